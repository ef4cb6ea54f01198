//! How files are named, and which go together.

use std::fs;

use aludel::{ErrorKind, migrate::Migrations};

fn read(files: &[(&str, &[u8])]) -> aludel::Result<Vec<(u64, String)>> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let migrations = Migrations::read(folder.path())?;
    let versions = migrations.versions();
    Ok(versions
        .map(|(version, name)| (version, name.to_owned()))
        .collect())
}

#[test]
fn m15_files_are_migrations_by_their_names() {
    let found = read(&[
        ("20261130094500_users.up.sql", b""),
        ("20261130094500_users.down.sql", b""),
        ("0002_add_column.sql", b"-- aludel: no-transaction\n"),
        ("README.md", b"anything"),
        (".gitkeep", b""),
    ]);
    let expected = [
        (2, "add_column".to_owned()),
        (20_261_130_094_500, "users".to_owned()),
    ];
    assert_eq!(found.unwrap(), expected);
    assert!(read(&[]).unwrap().is_empty());
}

#[test]
fn m15_files_that_do_not_go_together_are_named_in_the_error() {
    type Files = &'static [(&'static str, &'static [u8])];
    let cases: &[(Files, &[&str])] = &[
        (&[("users.sql", b"")], &["users.sql", "VERSION_name.up.sql"]),
        (&[("1.up.sql", b"")], &["1.up.sql"]),
        (&[("1_.up.sql", b"")], &["1_.up.sql"]),
        (&[("_a.up.sql", b"")], &["_a.up.sql"]),
        (&[("+1_a.up.sql", b"")], &["+1_a.up.sql"]),
        (&[("0_a.up.sql", b"")], &["0_a.up.sql", "from 1 on"]),
        (
            &[("99999999999999999999_a.up.sql", b"")],
            &["99999999999999999999_a.up.sql"],
        ),
        (
            &[("1_a.up.sql", b""), ("01_b.up.sql", b"")],
            &["version 1", "1_a.up.sql", "01_b.up.sql"],
        ),
        (
            &[("1_a.up.sql", b""), ("1_a.sql", b"")],
            &["version 1", "1_a.sql", "1_a.up.sql"],
        ),
        (
            &[
                ("1_a.up.sql", b""),
                ("1_a.down.sql", b""),
                ("01_a.down.sql", b""),
            ],
            &["version 1", "01_a.down.sql"],
        ),
        (
            &[("1_a.down.sql", b"")],
            &["1_a.down.sql", "`1_a.up.sql` is missing"],
        ),
        (
            &[("1_a.up.sql", b""), ("1_b.down.sql", b"")],
            &["1_b.down.sql", "1_a.up.sql"],
        ),
        (&[("1_a.up.sql", b"\xff")], &["1_a.up.sql", "UTF-8"]),
        (
            &[("1_a.up.sql", b"\n-- aludel: no-transactions")],
            &["1_a.up.sql", "line 2", "no-transactions"],
        ),
        (
            &[("1_a.up.sql", b"-- aludel: no-transaction, foreign-keys-off")],
            &["1_a.up.sql", "do not go together"],
        ),
    ];
    for (files, words) in cases {
        let error = read(files).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Migration, "{error}");
        for word in *words {
            assert!(error.message().contains(word), "{word}: {error}");
        }
    }
    let error = Migrations::read("no/such/folder").unwrap_err();
    assert!(
        error
            .message()
            .starts_with("`no/such/folder` cannot be read"),
        "{error}"
    );
}
