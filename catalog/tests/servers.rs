//! How types are written on PostgreSQL and MySQL, and what these cannot express.

use aludel_catalog::{
    Action, Catalog, Check, Column, Default, Deferrable, Dialect, Domain, Enum, ForeignKey,
    Identity, Index, IndexKey, IndexPart, IntegerSize, MatchType, Name, NullsOrder, Sequence,
    SortOrder, Table, TableOption, Type, Unique, View, ddl,
};
use insta::assert_snapshot;

use crate::everything::types;
use crate::samples::{
    catalog, column, created_on, dropped_on, foreign_key, identity, key, refused_on, strings,
    table, text, with_default,
};

use Dialect::{Mysql, Postgres, Sqlite};

/// A table of one column, of a schema that has the enum and the domain of `types`.
fn of_column(from: Dialect, column: Column) -> Catalog {
    Catalog {
        enums: vec![Enum {
            name: Name::within("app", "mood"),
            values: strings(&["sad"]),
            comment: None,
        }],
        domains: vec![Domain {
            name: Name::new("email"),
            base: aludel_catalog::ColumnType::new(Type::text(), "text"),
            not_null: false,
            default: None,
            checks: Vec::new(),
            comment: None,
        }],
        ..catalog(from, [table("t", [column])])
    }
}

fn spellings(from: Dialect, to: Dialect) -> String {
    let spelling = |kind: Type| {
        let told = format!("{kind:?}");
        let catalog = of_column(from, column("c", kind, "elsewhere"));
        let written = match ddl::create_all(&catalog, to) {
            Err(error) => error.to_string(),
            Ok(script) => {
                let tables = script.statements.iter();
                let mut tables = tables.filter(|it| matches!(it.of, ddl::Object::Table(_)));
                let sql = &tables.next().unwrap().sql;
                let lines: Vec<&str> = sql.lines().collect();
                let lines = &lines[1..lines.len() - 1];
                lines.join("").trim()[4..].into()
            }
        };
        format!("{told}: {written}")
    };
    let lines: Vec<String> = types().into_iter().map(spelling).collect();
    lines.join("\n")
}

#[test]
fn m06_types_of_other_databases_on_postgres() {
    assert_snapshot!(spellings(Mysql, Postgres), @r#"
    Boolean: boolean
    Float: real
    Double: double precision
    Decimal { precision: Some(10), scale: Some(-2) }: numeric(10,-2)
    Text { length: None, fixed: false }: text
    Text { length: Some(20), fixed: false }: varchar(20)
    Text { length: Some(2), fixed: true }: char(2)
    Bytes { length: None, fixed: false }: bytea
    Bytes { length: Some(16), fixed: true }: bytea CHECK (octet_length("c") <= 16)
    Date: date
    Interval: interval
    Uuid: uuid
    Json { binary: false }: jsonb
    Json { binary: true }: jsonb
    Enum(Name { schema: Some("app"), name: "mood" }): "app"."mood"
    Set(["red", "green", "it's"]): text CHECK ("c" = '' OR replace(replace(replace(',' || "c" || ',', ',red,', ','), ',green,', ','), ',it''s,', ',') = ',')
    Array(Array(Uuid)): uuid[][]
    Range(Date): daterange
    Network: inet
    Domain(Name { schema: None, name: "email" }): "email"
    Other: table `t`: column `c`: PostgreSQL has no type that can stand for `elsewhere`
    Integer { size: Tiny, unsigned: false }: smallint CHECK ("c" BETWEEN -128 AND 127)
    Integer { size: Tiny, unsigned: true }: smallint CHECK ("c" BETWEEN 0 AND 255)
    Integer { size: Small, unsigned: false }: smallint
    Integer { size: Small, unsigned: true }: integer CHECK ("c" BETWEEN 0 AND 65535)
    Integer { size: Medium, unsigned: false }: integer CHECK ("c" BETWEEN -8388608 AND 8388607)
    Integer { size: Medium, unsigned: true }: integer CHECK ("c" BETWEEN 0 AND 16777215)
    Integer { size: Regular, unsigned: false }: integer
    Integer { size: Regular, unsigned: true }: bigint CHECK ("c" BETWEEN 0 AND 4294967295)
    Integer { size: Big, unsigned: false }: bigint
    Integer { size: Big, unsigned: true }: bigint CHECK ("c" >= 0)
    Time { precision: Some(3), zone: false }: time(3)
    Time { precision: Some(3), zone: true }: time(3) with time zone
    Timestamp { precision: Some(6), zone: false }: timestamp(6)
    Timestamp { precision: Some(6), zone: true }: timestamp(6) with time zone
    "#);
}

#[test]
fn m06_types_of_other_databases_on_mysql() {
    assert_snapshot!(spellings(Sqlite, Mysql), @r#"
    Boolean: TINYINT(1)
    Float: FLOAT
    Double: DOUBLE
    Decimal { precision: Some(10), scale: Some(-2) }: table `t`: column `c`: MySQL has no exact numbers of 10 digits with -2 of them behind the point
    Text { length: None, fixed: false }: LONGTEXT
    Text { length: Some(20), fixed: false }: VARCHAR(20)
    Text { length: Some(2), fixed: true }: CHAR(2)
    Bytes { length: None, fixed: false }: LONGBLOB
    Bytes { length: Some(16), fixed: true }: VARBINARY(16)
    Date: DATE
    Interval: LONGTEXT
    Uuid: BINARY(16)
    Json { binary: false }: JSON
    Json { binary: true }: JSON
    Enum(Name { schema: Some("app"), name: "mood" }): ENUM('sad')
    Set(["red", "green", "it's"]): SET('red', 'green', 'it''s')
    Array(Array(Uuid)): table `t`: column `c`: MySQL has no type that can stand for `elsewhere`
    Range(Date): table `t`: column `c`: MySQL has no type that can stand for `elsewhere`
    Network: table `t`: column `c`: MySQL has no type that can stand for `elsewhere`
    Domain(Name { schema: None, name: "email" }): LONGTEXT
    Other: table `t`: column `c`: MySQL has no type that can stand for `elsewhere`
    Integer { size: Tiny, unsigned: false }: TINYINT
    Integer { size: Tiny, unsigned: true }: TINYINT UNSIGNED
    Integer { size: Small, unsigned: false }: SMALLINT
    Integer { size: Small, unsigned: true }: SMALLINT UNSIGNED
    Integer { size: Medium, unsigned: false }: MEDIUMINT
    Integer { size: Medium, unsigned: true }: MEDIUMINT UNSIGNED
    Integer { size: Regular, unsigned: false }: INT
    Integer { size: Regular, unsigned: true }: INT UNSIGNED
    Integer { size: Big, unsigned: false }: BIGINT
    Integer { size: Big, unsigned: true }: BIGINT UNSIGNED
    Time { precision: Some(3), zone: false }: TIME(3)
    Time { precision: Some(3), zone: true }: table `t`: column `c`: MySQL has no type that can stand for `elsewhere`
    Timestamp { precision: Some(6), zone: false }: DATETIME(6)
    Timestamp { precision: Some(6), zone: true }: DATETIME(6)
    "#);
}

#[test]
fn lengths_that_a_type_cannot_have_are_checked() {
    let kinds = || {
        [
            Type::Text {
                length: Some(20_000_000),
                fixed: false,
            },
            Type::Text {
                length: Some(300),
                fixed: true,
            },
            Type::Bytes {
                length: Some(70_000),
                fixed: false,
            },
        ]
    };
    let columns = |to| {
        let names = ["a", "b", "c"];
        let columns = names.into_iter().zip(kinds());
        let columns = columns.map(|(name, kind)| column(name, kind, "elsewhere"));
        let from = if to == Mysql { Postgres } else { Mysql };
        created_on(&catalog(from, [table("t", columns)]), to)
    };
    assert_snapshot!(columns(Postgres), @r#"
    CREATE TABLE "t" (
      "a" text CHECK (char_length("a") <= 20000000),
      "b" char(300),
      "c" bytea CHECK (octet_length("c") <= 70000)
    )
    "#);
    assert_snapshot!(columns(Mysql), @r"
    CREATE TABLE `t` (
      `a` LONGTEXT,
      `b` VARCHAR(300),
      `c` LONGBLOB,
      CHECK (char_length(`a`) <= 20000000),
      CHECK (octet_length(`c`) <= 70000)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
    ");
}

fn changed(change: impl FnOnce(&mut Table)) -> Catalog {
    let number = column("n", Type::integer(IntegerSize::Big), "INTEGER");
    let mut table = table("t", [text("a"), text("b"), number]);
    table.primary_key = key(&["n"]);
    change(&mut table);
    catalog(Sqlite, [table])
}

fn indexed(change: impl FnOnce(&mut Index)) -> Catalog {
    let mut index = Index::on(Some("i".into()), ["a"]);
    change(&mut index);
    changed(|t| t.indexes = vec![index])
}

fn unique(change: impl FnOnce(&mut Unique)) -> Catalog {
    let mut unique = Unique {
        name: None,
        columns: strings(&["a"]),
        nulls_not_distinct: false,
        deferrable: None,
    };
    change(&mut unique);
    changed(|t| t.uniques = vec![unique])
}

fn referring(change: impl FnOnce(&mut ForeignKey)) -> Catalog {
    let mut key = foreign_key("a", "u", "c");
    change(&mut key);
    changed(|t| t.foreign_keys = vec![key])
}

fn counted(change: impl FnOnce(&mut Sequence)) -> Catalog {
    let mut sequence = Sequence {
        name: None,
        ty: None,
        start: None,
        increment: None,
        min: None,
        max: None,
        cache: None,
        cycle: false,
    };
    change(&mut sequence);
    changed(|t| {
        t.columns[2].identity = Some(Identity {
            always: false,
            strict: false,
            sequence: Some(sequence),
        });
    })
}

fn view(query: &str, materialized: bool) -> Catalog {
    let mut catalog = changed(|_| ());
    catalog.views = vec![View {
        name: Name::new("v"),
        columns: Vec::new(),
        query: query.into(),
        materialized,
        comment: None,
    }];
    catalog
}

fn refusals(to: Dialect, catalogs: Vec<Catalog>) -> String {
    let messages: Vec<String> = catalogs.iter().map(|it| refused_on(it, to)).collect();
    messages.join("\n")
}

const DEFERRED: Option<Deferrable> = Some(Deferrable {
    deferrable: true,
    initially_deferred: true,
});

#[test]
fn what_postgres_cannot_express_is_refused() {
    let with_option = |name: &str| {
        changed(|t| {
            t.options = vec![TableOption {
                dialect: Postgres,
                name: name.into(),
                value: None,
            }];
        })
    };
    assert_snapshot!(refusals(Postgres, vec![
        changed(|t| t.columns[0].on_update = Some("CURRENT_TIMESTAMP".into())),
        changed(|t| t.columns[0].collation = Some("NOCASE".into())),
        changed(|t| t.columns[0].collation = Some(String::new())),
        changed(|t| t.columns[0].identity = identity()),
        changed(|t| t.columns[0].ty.kind = Type::Enum(Name::new("mood"))),
        changed(|t| t.columns[0].ty.kind = Type::Domain(Name::new("email"))),
        changed(|t| t.columns[0].ty.kind = Type::Other),
        changed(|t| t.columns[0].name = "n".repeat(64)),
        changed(|t| t.columns[0] = with_default(text("a"), Default::Number("1;".into()))),
        referring(|key| key.match_type = Some(MatchType::Partial)),
        indexed(|index| index.method = Some("fulltext".into())),
        with_option("INHERITS"),
        with_option("WITH"),
        view("SELECT 1 WHERE 'a' LIKE 'A'", false),
    ]), @r"
    table `t`: column `a`: PostgreSQL has no ON UPDATE for columns
    table `t`: column `a`: PostgreSQL has no collation like `NOCASE`
    table `t`: column `a`: a name is empty
    table `t`: column `a`: PostgreSQL counts up only integers
    table `t`: column `a`: there is no enum `mood`
    table `t`: column `a`: there is no domain `email`
    table `t`: column `a`: PostgreSQL has no type that can stand for `TEXT`
    table `t`: column `nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn`: a name is longer than the 63 bytes that PostgreSQL keeps of it
    table `t`: column `a`: its default `1;` is neither a number nor the current date or time
    table `t`: foreign key on `a`: PostgreSQL has no MATCH PARTIAL
    table `t`: index `i`: PostgreSQL has no indexes of the kind `fulltext`
    table `t`: PostgreSQL has no table option `INHERITS`
    table `t`: the table option `WITH` has no value
    view `v`: its query uses `LIKE`, which may mean something else in PostgreSQL
    ");
}

#[test]
fn what_mysql_cannot_express_is_refused() {
    let decimal = |precision, scale| {
        changed(|t| {
            t.columns[0].ty.kind = Type::Decimal {
                precision: Some(precision),
                scale: Some(scale),
            };
        })
    };
    let part = |change: fn(&mut IndexPart)| indexed(|index| change(&mut index.parts[0]));
    assert_snapshot!(refusals(Mysql, vec![
        changed(|t| t.columns.clear()),
        changed(|t| t.comment = Some("c".repeat(2049))),
        changed(|t| t.columns[0].comment = Some("c".repeat(1025))),
        changed(|t| t.columns[0].collation = Some("de_DE".into())),
        changed(|t| t.columns[0].identity = identity()),
        changed(|t| for at in [1, 2] { t.columns[at].identity = identity() }),
        changed(|t| t.columns[0].ty.kind = Type::Time { precision: None, zone: true }),
        changed(|t| t.columns[0].ty.kind = Type::Array(Box::new(Type::Uuid))),
        changed(|t| t.columns[0].ty.kind = Type::Set(strings(&["a,b"]))),
        changed(|t| t.columns[0].ty.kind = Type::Set(strings(&["a "]))),
        changed(|t| t.columns[0] = with_default(text("a"), Default::Expression("nextval('s')".into()))),
        changed(|t| t.name = Name::new("n".repeat(65))),
        changed(|t| t.columns[0].name = "🦀".into()),
        changed(|t| t.columns[0].name = "a ".into()),
        decimal(66, 0),
        decimal(40, 31),
        decimal(10, -2),
        counted(|sequence| sequence.increment = Some(2)),
        counted(|sequence| sequence.cycle = true),
        counted(|sequence| sequence.max = Some(9)),
        counted(|sequence| sequence.start = Some(0)),
        unique(|unique| unique.nulls_not_distinct = true),
        unique(|unique| unique.deferrable = DEFERRED),
        referring(|key| key.deferrable = DEFERRED),
        referring(|key| key.on_update = Some(Action::SetDefault)),
        referring(|key| {
            key.columns.push("b".into());
            key.references.push("d".into());
            key.match_type = Some(MatchType::Full);
        }),
        indexed(|index| index.condition = Some("a > ''".into())),
        indexed(|index| index.include = strings(&["b"])),
        indexed(|index| index.method = Some("gin".into())),
        indexed(|index| index.comment = Some("c".repeat(1025))),
        part(|part| part.key = IndexKey::Expression("lower(a)".into())),
        part(|part| part.collation = Some("BINARY".into())),
        part(|part| part.operator_class = Some("text_ops".into())),
        part(|part| part.nulls = Some(NullsOrder::Last)),
        part(|part| {
            part.order = Some(SortOrder::Descending);
            part.nulls = Some(NullsOrder::First);
        }),
        Catalog {
            dialect: Mysql,
            ..changed(|t| t.primary_key = key(&["a"]))
        },
        view("SELECT 1", true),
        view("SELECT a || b FROM t", false),
        view("SELECT length(a) FROM t", false),
    ]), @r"
    table `t`: MySQL has no tables without columns
    table `t`: its comment is longer than the 2048 characters that MySQL admits
    table `t`: column `a`: its comment is longer than the 1024 characters that MySQL admits
    table `t`: column `a`: MySQL has no collation like `de_DE`
    table `t`: column `a`: MySQL counts up only integers
    table `t`: MySQL counts up only one column of a table
    table `t`: column `a`: MySQL has no type that can stand for `TEXT`
    table `t`: column `a`: MySQL has no type that can stand for `TEXT`
    table `t`: column `a`: a value of a SET contains a comma
    table `t`: column `a`: one of its values ends with a blank
    table `t`: column `a`: its default takes numbers from a sequence, and MySQL has none
    table `nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn`: a name is longer than the 64 characters that MySQL keeps of it
    table `t`: column `🦀`: a name has characters beyond U+FFFF, which MySQL does not know in names
    table `t`: column `a `: a name ends with a blank, which MySQL does not know in names
    table `t`: column `a`: MySQL has no exact numbers of 66 digits with 0 of them behind the point
    table `t`: column `a`: MySQL has no exact numbers of 40 digits with 31 of them behind the point
    table `t`: column `a`: MySQL has no exact numbers of 10 digits with -2 of them behind the point
    table `t`: column `n`: MySQL counts upwards in steps of 1 and without an end
    table `t`: column `n`: MySQL counts upwards in steps of 1 and without an end
    table `t`: column `n`: MySQL counts upwards in steps of 1 and without an end
    table `t`: column `n`: MySQL counts upwards in steps of 1 and without an end
    table `t`: unique constraint on `a`: MySQL has no NULLS NOT DISTINCT
    table `t`: unique constraint on `a`: MySQL cannot put off the check of a unique constraint
    table `t`: foreign key on `a`: MySQL cannot put off the check of a foreign key
    table `t`: foreign key on `a`: MySQL has no SET DEFAULT for foreign keys
    table `t`: foreign key on `a, b`: MySQL has no MATCH FULL and no MATCH PARTIAL
    table `t`: index `i`: MySQL has no partial indexes
    table `t`: index `i`: MySQL has no INCLUDE
    table `t`: index `i`: MySQL has no indexes of the kind `gin`
    table `t`: index `i`: its comment is longer than the 1024 characters that MySQL admits
    table `t`: index `i`: MariaDB has no indexes over expressions
    table `t`: index `i`: MySQL's indexes have the collations of their columns
    table `t`: index `i`: MySQL has no operator class `text_ops`
    table `t`: index `i`: MySQL's indexes have NULLs before all values
    table `t`: index `i`: MySQL's indexes have NULLs before all values
    table `t`: the primary key needs to know how many characters of `a` it looks at
    view `v`: MySQL has no materialized views
    view `v`: its query uses `||`, which may mean something else in MySQL
    view `v`: its query uses `length`, which may mean something else in MySQL
    ");
}

#[test]
fn a_key_that_is_too_long_for_mysql_is_refused() {
    let mut t = table("t", ["a", "b", "c", "d", "e"].map(text));
    t.primary_key = key(&["a", "b", "c", "d", "e"]);
    assert_eq!(
        refused_on(&catalog(Sqlite, [t]), Mysql),
        "table `t`: column `a`: the key on `a, b, c, d, e` is longer than the 3072 bytes that MySQL has for it"
    );
}

#[test]
fn what_mysql_and_postgres_can_say_is_said() {
    let start = counted(|sequence| sequence.start = Some(1000));
    assert!(created_on(&start, Mysql).ends_with(" AUTO_INCREMENT=1000"));
    assert!(created_on(&start, Postgres).contains("IDENTITY (START WITH 1000) NOT NULL"));
    let late = unique(|unique| {
        unique.nulls_not_distinct = true;
        unique.deferrable = DEFERRED;
    });
    assert!(
        created_on(&late, Postgres)
            .contains("UNIQUE NULLS NOT DISTINCT (\"a\") DEFERRABLE INITIALLY DEFERRED")
    );
    // Only what begins a key is counted up: another column gets an index.
    let mut keyless = counted(|_| ());
    keyless.tables[0].primary_key = None;
    assert!(created_on(&keyless, Mysql).contains(",\n  INDEX (`n`)\n)"));
    // A key that only an index makes unique is led to when the index is there.
    let mut u = table("u", [text("c")]);
    u.indexes = vec![Index {
        unique: true,
        ..Index::on(None, ["c"])
    }];
    let mut led = referring(|_| ());
    led.tables.push(u);
    let created = created_on(&led, Postgres);
    let last = created.lines().last().unwrap();
    assert_eq!(
        last,
        "ALTER TABLE \"t\" ADD CONSTRAINT \"t_a_fkey\" FOREIGN KEY (\"a\") REFERENCES \"u\" (\"c\")"
    );
    assert!(
        dropped_on(&led, Postgres).starts_with("ALTER TABLE \"t\" DROP CONSTRAINT \"t_a_fkey\"")
    );
    // MySQL wants both columns of a foreign key of one size.
    let mut sized = referring(|key| {
        key.columns = strings(&["n"]);
        key.table = Name::new("t");
        key.references = strings(&["m"]);
    });
    let small = column("m", Type::integer(IntegerSize::Small), "SMALLINT");
    sized.tables[0].columns.push(small);
    assert!(created_on(&sized, Mysql).contains("`n` SMALLINT NOT NULL,"));
    // citext takes no notice of case.
    let mut citext = changed(|t| t.columns[0].ty.sql = "public.citext".into());
    citext.dialect = Postgres;
    assert!(created_on(&citext, Mysql).contains("`a` LONGTEXT COLLATE `utf8mb4_general_ci`,"));
    assert!(created_on(&citext, Sqlite).contains("\"a\" TEXT COLLATE \"NOCASE\","));
    // A view keeps its meaning where its words do.
    let seen = view(
        "SELECT `a` AS [x y], \"b\" FROM t WHERE b <> 'it''s' -- ok",
        false,
    );
    assert!(
        created_on(&seen, Mysql)
            .ends_with("AS\nSELECT `a` AS `x y`, `b` FROM t WHERE b <> 'it''s'")
    );
}

#[test]
fn options_of_tables_are_kept_for_the_database_that_has_them() {
    let option = |dialect, name: &str, value: &str| TableOption {
        dialect,
        name: name.into(),
        value: Some(value.into()),
    };
    let optional = |dialect| {
        let mut catalog = changed(|t| {
            t.checks = vec![Check {
                name: None,
                expression: "n > 0".into(),
            }];
            t.options = vec![
                option(Postgres, "TABLESPACE", "fast"),
                option(Postgres, "WITH", "fillfactor=70"),
                option(Postgres, "PARTITION BY", "RANGE (n)"),
                option(Mysql, "PARTITION BY", "HASH (n)"),
                option(Mysql, "ENGINE", "MyISAM"),
                option(Mysql, "COLLATE", "utf8mb4_bin"),
            ];
        });
        catalog.dialect = dialect;
        created_on(&catalog, dialect)
    };
    assert!(
        optional(Postgres)
            .ends_with(") PARTITION BY RANGE (n) WITH (fillfactor=70) TABLESPACE \"fast\"")
    );
    assert!(optional(Mysql).ends_with(") ENGINE=MyISAM COLLATE=utf8mb4_bin PARTITION BY HASH (n)"));
}
