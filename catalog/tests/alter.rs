//! The statements that make one catalog of another, and on SQLite what becomes of the database.

use aludel_catalog::{
    Catalog, Check, Column, Default, Dialect, Index, IndexKey, IntegerSize, Name, Type, Unique,
    View, ddl, difference::Renames,
};
use insta::assert_snapshot;

use crate::samples::{
    catalog, column, foreign_key, key, numbered, strings, table, text, with_default,
};

/// A schema that all dialects take: `t` with a key and a name, and `c`, which leads to it.
fn base(dialect: Dialect) -> Catalog {
    let varchar = |length: u64| {
        let kind = Type::Text {
            length: Some(length),
            fixed: false,
        };
        (kind, format!("varchar({length})"))
    };
    let (kind, sql) = varchar(20);
    let sql_of_key = if dialect == Dialect::Mysql {
        "bigint"
    } else {
        "INTEGER"
    };
    let mut t = numbered(sql_of_key, false);
    t.columns[0].identity = None;
    t.columns[1] = column("name", kind, &sql);
    t.columns
        .push(column("n", Type::integer(IntegerSize::Regular), "integer"));
    let mut c = table("c", [t.columns[0].clone(), t.columns[2].clone()]);
    c.columns[1].name = "t_id".into();
    c.columns[1].ty = t.columns[0].ty.clone();
    c.primary_key = key(&["id"]);
    let mut leads = foreign_key("t_id", "t", "id");
    leads.name = Some("c_t".into());
    c.foreign_keys = vec![leads];
    catalog(dialect, [t, c])
}

struct Step {
    name: &'static str,
    change: fn(&mut Catalog),
    renames: fn() -> (Renames, Renames),
}

fn unrenamed() -> (Renames, Renames) {
    (Renames::default(), Renames::default())
}

fn steps() -> Vec<Step> {
    let step = |name, change| Step {
        name,
        change,
        renames: unrenamed,
    };
    vec![
        step("add a column", |it| {
            let column = with_default(text("note"), Default::Text("it's".into()));
            it.tables[0].columns.push(Column {
                nullable: false,
                ..column
            });
        }),
        step("never NULL", |it| it.tables[0].columns[1].nullable = false),
        step("another type", |it| {
            it.tables[0].columns[2] = text("n");
        }),
        step("a default", |it| {
            it.tables[0].columns[2].default = Some(Default::Number("7".into()));
        }),
        step("a unique constraint, a check and an index", |it| {
            let table = &mut it.tables[0];
            table.uniques.push(Unique {
                name: None,
                columns: strings(&["name"]),
                nulls_not_distinct: false,
                deferrable: None,
            });
            table.checks.push(Check {
                name: Some("positive".into()),
                expression: "n > 0".into(),
            });
            table.indexes.push(Index::on(None, ["n", "name"]));
        }),
        step("no foreign key", |it| it.tables[1].foreign_keys.clear()),
        step("no table", |it| {
            it.tables.pop();
        }),
        Step {
            name: "other names",
            change: |it| {
                it.tables[0].name = Name::new("person");
                it.tables[0].columns[1].name = "title".into();
                it.tables[1].foreign_keys[0].table = Name::new("person");
            },
            renames: || {
                let (old, new) = (Name::new("t"), Name::new("person"));
                let there = Renames::default().table(old.clone(), new.clone());
                let back = Renames::default().table(new.clone(), old.clone());
                (
                    there.column(new, "name", "title"),
                    back.column(old, "title", "name"),
                )
            },
        },
    ]
}

fn joined(script: &ddl::Script) -> String {
    let mut lines: Vec<String> = Vec::new();
    if script.foreign_keys_off {
        lines.push("(foreign keys off)".into());
    }
    lines.extend(script.statements.iter().map(|it| format!("{};", it.sql)));
    lines.join("\n")
}

fn written(dialect: Dialect) -> String {
    let mut text = Vec::new();
    for step in steps() {
        let (before, mut after) = (base(dialect), base(dialect));
        (step.change)(&mut after);
        let (there, back) = (step.renames)();
        for (way, from, to, renames) in [
            ("->", &before, &after, there),
            ("<-", &after, &before, back),
        ] {
            let script = match ddl::alter(from, to, &renames, dialect) {
                Ok(script) => joined(&script),
                Err(error) => format!("error: {error}"),
            };
            text.push(format!("{way} {}\n{script}", step.name));
        }
    }
    text.join("\n\n")
}

#[test]
fn m15_small_steps_on_sqlite() {
    assert_snapshot!(written(Dialect::Sqlite));
}

#[test]
fn m15_small_steps_on_postgres() {
    assert_snapshot!(written(Dialect::Postgres));
}

#[test]
fn m15_small_steps_on_mysql() {
    assert_snapshot!(written(Dialect::Mysql));
}

#[test]
fn m15_nothing_is_written_where_nothing_differs() {
    for dialect in Dialect::ALL {
        let same = base(dialect);
        let script = ddl::alter(&same, &same, &Renames::default(), dialect).unwrap();
        assert_eq!(script, ddl::Script::default());
    }
}

fn refused(from: &Catalog, to: &Catalog) -> String {
    let error = ddl::alter(from, to, &Renames::default(), from.dialect).unwrap_err();
    error.to_string()
}

#[test]
fn m15_what_cannot_be_done_says_what_to_do_by_hand() {
    let mysql = base(Dialect::Mysql);
    let mut checked = base(Dialect::Mysql);
    checked.tables[0].checks = vec![Check {
        name: None,
        expression: "n > 0".into(),
    }];
    assert_eq!(
        refused(&checked, &mysql),
        "table `t`: the check `n > 0` has no name to drop it by: compare with the database, which knows it, or drop it by hand"
    );
    let sqlite = base(Dialect::Sqlite);
    let error = ddl::alter(&sqlite, &mysql, &Renames::default(), Dialect::Sqlite).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the catalogs are written for sqlite and mysql: only two that are written for sqlite can be compared there"
    );
    let renames = Renames::default().table(Name::new("x"), Name::new("t"));
    let error = ddl::alter(&sqlite, &sqlite, &renames, Dialect::Sqlite).unwrap_err();
    assert_eq!(error.to_string(), "there was no table `x` to rename to `t`");
}

#[test]
fn m15_views_come_back_when_what_they_show_has_changed() {
    let view = |name: &str, query: &str| View {
        name: Name::new(name),
        columns: Vec::new(),
        query: query.into(),
        materialized: false,
        comment: None,
    };
    let mut before = base(Dialect::Postgres);
    before.views = vec![
        view("w", "SELECT * FROM v"),
        view("v", "SELECT n FROM t"),
        view("other", "SELECT id FROM c"),
    ];
    let mut after = before.clone();
    after.tables[0].columns[2].ty.kind = Type::integer(IntegerSize::Big);
    after.tables[0].columns[2].ty.sql = "bigint".into();
    let script = ddl::alter(&before, &after, &Renames::default(), Dialect::Postgres).unwrap();
    assert_snapshot!(joined(&script), @r#"
    DROP VIEW "w";
    DROP VIEW "v";
    ALTER TABLE "t" ALTER COLUMN "n" TYPE bigint USING "n"::bigint;
    CREATE VIEW "v" AS
    SELECT n FROM t;
    CREATE VIEW "w" AS
    SELECT * FROM v;
    "#);
}

#[test]
fn m15_an_index_over_an_expression_comes_back_with_its_column() {
    let mut before = base(Dialect::Postgres);
    let mut index = Index::on(Some("i".into()), Vec::<String>::new());
    index.parts = vec![aludel_catalog::IndexPart::new(IndexKey::Expression(
        "lower(name)".into(),
    ))];
    before.tables[0].indexes = vec![index];
    let mut after = before.clone();
    after.tables[0].columns[1] = text("name");
    let script = ddl::alter(&before, &after, &Renames::default(), Dialect::Postgres).unwrap();
    assert_snapshot!(joined(&script), @r#"
    DROP INDEX "i";
    ALTER TABLE "t" ALTER COLUMN "name" TYPE TEXT USING "name"::TEXT;
    CREATE INDEX "i" ON "t" ((lower(name)));
    "#);
}
