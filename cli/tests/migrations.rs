//! Folders of migrations on the command line.

use std::fs;

use super::aludel_in;

#[test]
fn migrations_are_applied_as_their_tool_does() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("db");
    fs::create_dir(&db).unwrap();
    for (name, text) in [
        ("1_a.sql", "CREATE TABLE a (id SERIAL PRIMARY KEY);"),
        (
            "2_b.sql",
            "CREATE TABLE b (id SERIAL PRIMARY KEY);\nDROP TABLE a;",
        ),
        ("10_c.sql", "ALTER TABLE b RENAME TO c;"),
        ("10_c.down.sql", "DROP TABLE c;"),
    ] {
        fs::write(db.join(name), text).unwrap();
    }
    for tool in ["auto", "sqlx"] {
        let (code, out, err) = aludel_in(folder.path(), &["inspect", "--migrations", tool, "db"]);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{tool}");
        let tables: Vec<&str> = out
            .lines()
            .filter(|line| line.starts_with("table"))
            .collect();
        assert_eq!(tables, ["table c"], "{tool}: {out}");
    }
    let (code, _, err) = aludel_in(folder.path(), &["inspect", "--migrations", "flyway", "db"]);
    assert_eq!(code, Some(1));
    assert!(
        err.starts_with("error: no migration of Flyway in `db`"),
        "{err}"
    );
}
