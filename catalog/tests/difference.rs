//! What differs between two catalogs, in words, and what is said of the rows.

use aludel_catalog::{
    Action, Catalog, Check, Column, ColumnType, Default, Dialect, Enum, Generated, Index, IndexKey,
    IndexPart, IntegerSize, Name, SortOrder, Storage, Table, TableOption, Type, Unique, View,
    difference::{Change, Difference, Renames},
};

use crate::everything::everything;
use crate::samples::{
    catalog, column, foreign_key, identity, key, numbered, strings, table, text, with_default,
};

fn differences(from: &Catalog, to: &Catalog) -> Vec<Change> {
    Difference::between(from, to, &Renames::default())
        .unwrap()
        .changes
}

fn told(from: &Catalog, to: &Catalog) -> Vec<String> {
    let changes = differences(from, to);
    changes.iter().map(Change::to_string).collect()
}

/// A table of one column in a catalog.
fn of_column(dialect: Dialect, column: Column) -> Catalog {
    catalog(dialect, [table("t", [text("id"), column])])
}

fn number(sql: &str) -> Column {
    column("n", Type::integer(IntegerSize::Regular), sql)
}

fn defaulting(kind: Type, default: Default) -> Column {
    with_default(column("n", kind, "x"), default)
}

fn expression(text: &str) -> Default {
    Default::Expression(text.into())
}

#[test]
fn m15_a_catalog_with_everything_does_not_differ_from_itself() {
    let all = everything();
    for dialect in Dialect::ALL {
        let same = Catalog {
            dialect,
            ..all.clone()
        };
        assert_eq!(told(&same, &same), Vec::<String>::new());
    }
}

#[test]
fn m15_defaults_that_fill_in_the_same_do_not_differ() {
    let whole = || Type::integer(IntegerSize::Regular);
    let moment = || Type::Timestamp {
        precision: None,
        zone: false,
    };
    let now = || Default::Now("CURRENT_TIMESTAMP".into());
    let same = [
        (
            Dialect::Postgres,
            Type::text(),
            Default::Text("x".into()),
            expression("'x'::character varying"),
        ),
        (
            Dialect::Postgres,
            Type::text(),
            Default::Text("x".into()),
            expression("('x'::text)"),
        ),
        (
            Dialect::Postgres,
            whole(),
            Default::Number("-1".into()),
            expression("'-1'::integer"),
        ),
        (
            Dialect::Postgres,
            whole(),
            Default::Number("-1".into()),
            expression("(-1)"),
        ),
        (
            Dialect::Postgres,
            Type::Boolean,
            Default::Boolean(true),
            Default::Text("t".into()),
        ),
        (Dialect::Postgres, moment(), now(), expression("now()")),
        (
            Dialect::Postgres,
            Type::text(),
            Default::Null,
            expression("NULL::character varying"),
        ),
        (
            Dialect::Mysql,
            whole(),
            Default::Number("1".into()),
            Default::Text("1".into()),
        ),
        (
            Dialect::Mysql,
            Type::Boolean,
            Default::Boolean(false),
            Default::Number("0".into()),
        ),
        (
            Dialect::Mysql,
            Type::Boolean,
            Default::Boolean(true),
            expression("b'1'"),
        ),
        (
            Dialect::Mysql,
            moment(),
            now(),
            expression("current_timestamp()"),
        ),
        (Dialect::Mysql, moment(), now(), expression("now(6)")),
        (
            Dialect::Mysql,
            Type::text(),
            Default::Text("x".into()),
            expression("_utf8mb4'x'"),
        ),
        (
            Dialect::Sqlite,
            whole(),
            Default::Number("1".into()),
            Default::Number("+1".into()),
        ),
        (
            Dialect::Sqlite,
            Type::Boolean,
            Default::Boolean(true),
            Default::Number("1".into()),
        ),
    ];
    for (dialect, kind, one, other) in same {
        let (one, other) = (defaulting(kind.clone(), one), defaulting(kind, other));
        let (one, other) = (of_column(dialect, one), of_column(dialect, other));
        assert_eq!(
            told(&one, &other),
            Vec::<String>::new(),
            "{dialect} {other:?}"
        );
    }
    let unlike = [
        (
            Type::text(),
            Default::Text("x".into()),
            Default::Text("X".into()),
        ),
        (
            Type::text(),
            Default::Text("01".into()),
            Default::Text("1".into()),
        ),
        (
            whole(),
            Default::Number("1".into()),
            Default::Number("10".into()),
        ),
        (
            Type::Boolean,
            Default::Boolean(true),
            Default::Boolean(false),
        ),
        (moment(), now(), Default::Now("CURRENT_DATE".into())),
        (Type::text(), Default::Text(String::new()), Default::Null),
    ];
    for dialect in Dialect::ALL {
        for (kind, one, other) in unlike.clone() {
            let (one, other) = (defaulting(kind.clone(), one), defaulting(kind, other));
            let (one, other) = (of_column(dialect, one), of_column(dialect, other));
            assert_eq!(told(&one, &other).len(), 1, "{dialect} {other:?}");
        }
    }
}

/// A table with a check.
fn checked(dialect: Dialect, condition: &str) -> Catalog {
    let name = column(
        "Name",
        Type::Text {
            length: Some(20),
            fixed: false,
        },
        "varchar(20)",
    );
    let name = match dialect {
        Dialect::Postgres => Column {
            name: "name".into(),
            ..name
        },
        _ => name,
    };
    let price = column(
        "price",
        Type::Decimal {
            precision: Some(8),
            scale: Some(2),
        },
        "decimal(8,2)",
    );
    let mut table = table("t", [name, number("integer"), price]);
    table.checks = vec![Check {
        name: None,
        expression: condition.into(),
    }];
    catalog(dialect, [table])
}

#[test]
fn m15_expressions_that_mean_the_same_do_not_differ() {
    let same = [
        (
            Dialect::Postgres,
            "name IN ('a', 'b')",
            "((name)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
        ),
        (
            Dialect::Postgres,
            "name = 'a'",
            "((name)::text = 'a'::text)",
        ),
        (
            Dialect::Postgres,
            "name IN ('a')",
            "((name)::text = 'a'::text)",
        ),
        (
            Dialect::Postgres,
            "n BETWEEN 1 AND 5 AND price > 0",
            "(((n >= 1) AND (n <= 5)) AND (price > (0)::numeric))",
        ),
        (
            Dialect::Postgres,
            "n > 0 AND (n < 9 AND n <> 5)",
            "((n > 0) AND (n < 9) AND (n <> 5))",
        ),
        (
            Dialect::Postgres,
            "NAME like 'a%'",
            "((name)::text ~~ 'a%'::text)",
        ),
        (Dialect::Postgres, "n > -1", "(n > '-1'::integer)"),
        (Dialect::Postgres, "price >= 0.50", "(price >= 0.5)"),
        (
            Dialect::Postgres,
            "f(n, 'x') > 0",
            "(F(\"n\", 'x'::text) > 0)",
        ),
        (
            Dialect::Mysql,
            "name IN ('a','b')",
            "(`name` in (_utf8mb4'a',_utf8mb4'b'))",
        ),
        (
            Dialect::Mysql,
            "n > 0 and name is not null",
            "((`n` > 0) and (`Name` is not null))",
        ),
        (Dialect::Mysql, "n <> TRUE", "`n` <> 1"),
        (
            Dialect::Sqlite,
            "n>0 AND \"Name\"!=''",
            "([n] > 0 and name <> '')",
        ),
        (
            Dialect::Sqlite,
            "glob('x', name)",
            "GLOB( 'x',\n  \"NAME\" )",
        ),
    ];
    for (dialect, one, other) in same {
        let changes = told(&checked(dialect, one), &checked(dialect, other));
        assert_eq!(changes, Vec::<String>::new(), "{dialect}: {other}");
    }
    for dialect in Dialect::ALL {
        for (one, other) in [
            ("n > 0", "n > 1"),
            ("n > 0", "price > 0"),
            ("n = 1 OR n = 2 AND n = 3", "(n = 1 OR n = 2) AND n = 3"),
            ("n - (n - 1) = 1", "n - n - 1 = 1"),
            ("name IN ('a', 'b')", "name IN ('a', 'c')"),
            ("name = 'a'", "name = 'A'"),
            ("f(n)", "g(n)"),
            ("f(n * (n + 1))", "f(n * n + 1)"),
        ] {
            let changes = told(&checked(dialect, one), &checked(dialect, other));
            assert_eq!(
                changes.len(),
                2,
                "{dialect}: {one} and {other}: {changes:?}"
            );
        }
    }
}

#[test]
fn m15_keys_and_indexes_are_told_by_what_they_demand() {
    let base = |dialect| {
        let mut child = table("c", [text("a"), text("b")]);
        child.primary_key = key(&["a"]);
        catalog(dialect, [child, numbered("INTEGER", false)])
    };
    let with = |dialect, change: &dyn Fn(&mut Table)| {
        let mut changed = base(dialect);
        change(&mut changed.tables[0]);
        changed
    };
    let leads = |action| {
        let mut key = foreign_key("b", "t", "id");
        key.on_delete = action;
        key
    };
    let index = |part: IndexPart| Index {
        parts: vec![part],
        ..Index::on(Some("i".into()), Vec::<String>::new())
    };
    let ordered = |order| IndexPart {
        order,
        ..IndexPart::new(IndexKey::Column("b".into()))
    };
    for dialect in Dialect::ALL {
        let plain = with(dialect, &|it| it.foreign_keys = vec![leads(None)]);
        let named = with(dialect, &|it| {
            it.foreign_keys = vec![leads(Some(Action::NoAction))];
            it.foreign_keys[0].name = Some("c_t".into());
        });
        assert_eq!(told(&plain, &named), Vec::<String>::new());
        let strict = with(dialect, &|it| {
            it.foreign_keys = vec![leads(Some(Action::Restrict))]
        });
        let count = if dialect == Dialect::Mysql { 0 } else { 2 };
        assert_eq!(told(&plain, &strict).len(), count, "{dialect}");

        let rising = with(dialect, &|it| {
            it.indexes = vec![index(ordered(Some(SortOrder::Ascending)))]
        });
        let said = with(dialect, &|it| it.indexes = vec![index(ordered(None))]);
        let falling = with(dialect, &|it| {
            it.indexes = vec![index(ordered(Some(SortOrder::Descending)))]
        });
        assert_eq!(told(&rising, &said), Vec::<String>::new());
        assert_eq!(
            told(&rising, &falling),
            ["drop index `i` (b) of `c`", "add index `i` (b) to `c`"]
        );

        let constraint = with(dialect, &|it| {
            it.uniques = vec![Unique {
                name: None,
                columns: strings(&["b"]),
                nulls_not_distinct: false,
                deferrable: None,
            }];
        });
        let unique = with(dialect, &|it| {
            it.indexes = vec![Index {
                unique: true,
                ..Index::on(Some("b".into()), ["b"])
            }];
        });
        let changes = told(&constraint, &unique).len() + told(&unique, &constraint).len();
        assert_eq!(
            changes,
            if dialect == Dialect::Mysql { 0 } else { 4 },
            "{dialect}"
        );

        // MySQL makes an index for a foreign key that has none.
        let indexed = with(dialect, &|it| {
            it.foreign_keys = vec![leads(None)];
            it.indexes = vec![Index::on(Some("c_t".into()), ["b"])];
        });
        let count = usize::from(dialect != Dialect::Mysql);
        assert_eq!(told(&indexed, &plain).len(), count, "{dialect}");
    }
}

#[test]
fn m15_what_no_database_can_tell_apart_does_not_differ() {
    let with_sql = |dialect, sql: &str| of_column(dialect, number(sql));
    for (dialect, one, other) in [
        (Dialect::Mysql, "int(11)", "INT"),
        (Dialect::Postgres, "int4", "integer"),
        (Dialect::Sqlite, "INT", "INTEGER"),
    ] {
        let changes = told(&with_sql(dialect, one), &with_sql(dialect, other));
        assert_eq!(changes, Vec::<String>::new());
    }
    let long = |sql| of_column(Dialect::Mysql, column("n", Type::text(), sql));
    assert_eq!(
        told(&long("text"), &long("longtext")),
        ["change column `n` of `t`: type text becomes longtext"]
    );
    let shuffled = |dialect, columns: [&str; 2]| catalog(dialect, [table("t", columns.map(text))]);
    for (dialect, count) in [
        (Dialect::Sqlite, 0),
        (Dialect::Postgres, 0),
        (Dialect::Mysql, 1),
    ] {
        let changes = told(
            &shuffled(dialect, ["a", "b"]),
            &shuffled(dialect, ["b", "a"]),
        );
        assert_eq!(changes.len(), count, "{dialect}");
    }
    let mut elsewhere = shuffled(Dialect::Sqlite, ["a", "b"]);
    elsewhere.tables[0].file = Some("other.sql".into());
    elsewhere.tables[0].comment = Some("which SQLite has none of".into());
    assert_eq!(
        told(&shuffled(Dialect::Sqlite, ["a", "b"]), &elsewhere),
        Vec::<String>::new()
    );
    // A key column is never NULL, whatever is said.
    let (mut one, mut other) = (
        with_sql(Dialect::Postgres, "int"),
        with_sql(Dialect::Postgres, "int"),
    );
    for schema in [&mut one, &mut other] {
        schema.tables[0].primary_key = key(&["n"]);
    }
    other.tables[0].columns[1].nullable = false;
    assert_eq!(told(&one, &other), Vec::<String>::new());
    // A dump says `nextval` where a file says `serial`.
    let (mut one, mut other) = (one, other);
    one.tables[0].columns[1].identity = identity();
    other.tables[0].columns[1].default = Some(expression("nextval('t_n_seq'::regclass)"));
    assert_eq!(told(&one, &other), Vec::<String>::new());
}

#[test]
fn m15_an_option_of_mysql_counts_where_it_is_said() {
    let with = |options: &[(&str, &str)]| {
        let mut schema = of_column(Dialect::Mysql, number("int"));
        let options = options.iter().map(|(name, value)| TableOption {
            dialect: Dialect::Mysql,
            name: (*name).into(),
            value: Some((*value).into()),
        });
        schema.tables[0].options = options.collect();
        schema
    };
    let read = with(&[
        ("ENGINE", "InnoDB"),
        ("AUTO_INCREMENT", "7"),
        ("CHARSET", "utf8mb4"),
    ]);
    assert_eq!(told(&read, &with(&[])), Vec::<String>::new());
    assert_eq!(
        told(&read, &with(&[("ENGINE", "innodb")])),
        Vec::<String>::new()
    );
    assert_eq!(
        told(&read, &with(&[("ENGINE", "Aria")])),
        ["set option ENGINE of `t` to Aria"]
    );
    assert_eq!(
        told(&with(&[]), &with(&[("ROW_FORMAT", "COMPRESSED")])),
        ["set option ROW_FORMAT of `t` to COMPRESSED"]
    );
}

#[test]
fn m15_each_change_is_a_line_that_says_what_is_lost_and_what_may_fail() {
    let before = library(false);
    let after = library(true);
    let renames = Renames::default()
        .table(Name::new("author"), Name::new("writer"))
        .column(Name::new("writer"), "name", "full_name");
    let difference = Difference::between(&before, &after, &renames).unwrap();
    let lines = difference.changes.iter().map(|change| {
        let mut line = change.to_string();
        if let Some(loss) = change.loses() {
            line.push_str(&format!("\n  loses {loss}"));
        }
        if let Some(reason) = change.may_fail() {
            line.push_str(&format!("\n  may fail: {reason}"));
        }
        line
    });
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
}

/// Two versions of a schema of PostgreSQL that differ in all that can.
fn library(is_new: bool) -> Catalog {
    let id = Column::new(
        "id",
        ColumnType::new(Type::integer(IntegerSize::Regular), "integer"),
    );
    let mut author = table(if is_new { "writer" } else { "author" }, [id.clone()]);
    author
        .columns
        .push(text(if is_new { "full_name" } else { "name" }));
    author.primary_key = key(&["id"]);
    let mut book = table("book", [id]);
    let mut schema = Catalog::new(Dialect::Postgres);
    if is_new {
        book.primary_key = key(&["id"]);
        let wide = Type::integer(IntegerSize::Big);
        book.columns
            .push(Column::new("pages", ColumnType::new(wide, "bigint")));
        book.columns
            .push(with_default(text("title"), Default::Text("?".into())));
        book.columns.push(Column {
            generated: Some(Generated {
                expression: "pages * 2".into(),
                storage: Storage::Stored,
            }),
            ..number("integer")
        });
        book.columns
            .push(Column::new("isbn", ColumnType::new(Type::text(), "text")));
        book.columns.push(column(
            "price",
            Type::integer(IntegerSize::Regular),
            "integer",
        ));
        book.columns[1].identity = identity();
        book.foreign_keys = vec![foreign_key("id", "writer", "id")];
        book.indexes = vec![Index {
            unique: true,
            condition: Some("pages > 0".into()),
            ..Index::on(Some("by_title".into()), ["title"])
        }];
        book.uniques = vec![Unique {
            name: Some("one_isbn".into()),
            columns: strings(&["isbn"]),
            nulls_not_distinct: false,
            deferrable: None,
        }];
        book.checks = vec![Check {
            name: Some("has_pages".into()),
            expression: "pages > 0".into(),
        }];
        book.comment = Some("What is read".into());
        schema.tables = vec![author, book, table("shelf", [text("a")])];
    } else {
        book.columns.push(column(
            "pages",
            Type::integer(IntegerSize::Small),
            "smallint",
        ));
        book.columns.push(text("title"));
        book.columns.push(number("integer"));
        book.columns.push(text("gone"));
        book.columns
            .push(column("price", Type::Double, "double precision"));
        schema.tables = vec![author, book, table("lent", [text("a")])];
    }
    let values = if is_new {
        ["sad", "fine"]
    } else {
        ["sad", "happy"]
    };
    schema.enums = vec![Enum {
        name: Name::new("mood"),
        values: strings(&values),
        comment: None,
    }];
    schema.views = vec![View {
        name: Name::new("v"),
        columns: Vec::new(),
        query: if is_new { "SELECT 2" } else { "SELECT 1" }.into(),
        materialized: false,
        comment: None,
    }];
    schema
}

#[test]
fn m15_what_is_renamed_has_to_be_there_once() {
    let (from, to) = (library(false), library(true));
    let name = Name::new;
    for (renames, message) in [
        (
            Renames::default().table(name("x"), name("writer")),
            "there was no table `x` to rename to `writer`",
        ),
        (
            Renames::default().table(name("author"), name("x")),
            "there is no table `x` that was `author`",
        ),
        (
            Renames::default()
                .table(name("author"), name("writer"))
                .table(name("book"), name("writer")),
            "the table `book` or `writer` is renamed twice",
        ),
        (
            Renames::default().column(name("x"), "a", "b"),
            "there is no table `x` whose column `a` could be renamed",
        ),
        (
            Renames::default().column(name("book"), "a", "isbn"),
            "the table `book` had no column `a` to rename to `isbn`",
        ),
        (
            Renames::default().column(name("book"), "gone", "b"),
            "the table `book` has no column `b` that was `gone`",
        ),
        (
            Renames::default()
                .column(name("book"), "gone", "isbn")
                .column(name("book"), "title", "isbn"),
            "the column `title` or `isbn` of `book` is renamed twice",
        ),
    ] {
        let error = Difference::between(&from, &to, &renames).unwrap_err();
        assert_eq!(error.to_string(), message);
    }
}
