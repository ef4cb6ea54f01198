//! A catalog that uses every field and every variant there is. It is data, not a schema that a database would accept.
//!
//! No structure is completed with `..`, so a new field does not compile until it stands here.

use aludel_catalog::{
    Action, Catalog, Check, Column, ColumnType, Default, Deferrable, Dialect, Domain, Enum,
    ForeignKey, Generated, Identity, Index, IndexKey, IndexPart, IntegerSize, MatchType, Name,
    NullsOrder, PrimaryKey, Sequence, SortOrder, Storage, Table, TableOption, Type, Unique, View,
};

use crate::samples::strings;

/// The catalog with everything in it.
pub(crate) fn everything() -> Catalog {
    Catalog {
        dialect: Dialect::Postgres,
        tables: vec![big_table(), Table::new(Name::new("empty"))],
        views: vec![View {
            name: Name::new("recent"),
            columns: strings(&["id", "caption"]),
            query: "SELECT id, 'é\"\\' FROM app.big".into(),
            materialized: true,
            comment: Some("a view\nof two lines".into()),
        }],
        enums: vec![Enum {
            name: Name::within("app", "mood"),
            values: strings(&["sad", "it's", ""]),
            comment: Some("an enum".into()),
        }],
        domains: vec![Domain {
            name: Name::new("email"),
            base: ColumnType::new(Type::text(), "text"),
            not_null: true,
            default: Some("'nobody'".into()),
            checks: strings(&["VALUE LIKE '%@%'"]),
            comment: Some("a domain".into()),
        }],
        sequences: vec![sequence()],
    }
}

fn big_table() -> Table {
    Table {
        name: Name::within("app", "big"),
        columns: columns(),
        primary_key: Some(PrimaryKey {
            name: Some("big_key".into()),
            columns: strings(&["c0", "c1"]),
        }),
        foreign_keys: foreign_keys(),
        uniques: vec![Unique {
            name: Some("big_unique".into()),
            columns: strings(&["c2", "c3"]),
            nulls_not_distinct: true,
            deferrable: Some(Deferrable {
                deferrable: true,
                initially_deferred: true,
            }),
        }],
        checks: vec![Check {
            name: Some("big_check".into()),
            expression: "c1 > 0".into(),
        }],
        indexes: vec![index()],
        comment: Some("a table".into()),
        options: Dialect::ALL
            .map(|dialect| TableOption {
                dialect,
                name: "ENGINE".into(),
                value: Some("InnoDB".into()),
            })
            .into(),
        file: Some("schema/big.sql".into()),
    }
}

/// One column for each type; everything else that a column can say goes round among them.
fn columns() -> Vec<Column> {
    let mut columns: Vec<Column> = types()
        .into_iter()
        .enumerate()
        .map(|(number, kind)| Column {
            name: format!("c{number}"),
            ty: ColumnType::new(kind, format!("spelling {number}")),
            nullable: number % 2 == 0,
            default: None,
            generated: None,
            identity: None,
            on_update: None,
            collation: None,
            comment: None,
        })
        .collect();
    for (column, default) in columns.iter_mut().zip(defaults()) {
        column.default = Some(default);
    }
    for (column, storage) in columns.iter_mut().zip([Storage::Stored, Storage::Virtual]) {
        column.generated = Some(Generated {
            expression: "c0 + c1".into(),
            storage,
        });
    }
    columns[0].identity = Some(Identity {
        always: true,
        strict: true,
        sequence: Some(sequence()),
    });
    columns[0].on_update = Some("CURRENT_TIMESTAMP".into());
    columns[0].collation = Some("de_DE".into());
    columns[0].comment = Some("a column".into());
    columns
}

/// Every type, and every size of integers.
pub(crate) fn types() -> Vec<Type> {
    let sizes = [
        IntegerSize::Tiny,
        IntegerSize::Small,
        IntegerSize::Medium,
        IntegerSize::Regular,
        IntegerSize::Big,
    ];
    let integers = sizes
        .into_iter()
        .flat_map(|size| [false, true].map(|unsigned| Type::Integer { size, unsigned }));
    let zones = [false, true];
    let mut types = vec![
        Type::Boolean,
        Type::Float,
        Type::Double,
        Type::Decimal {
            precision: Some(10),
            scale: Some(-2),
        },
        Type::text(),
        Type::Text {
            length: Some(20),
            fixed: false,
        },
        Type::Text {
            length: Some(2),
            fixed: true,
        },
        Type::bytes(),
        Type::Bytes {
            length: Some(16),
            fixed: true,
        },
        Type::Date,
        Type::Interval,
        Type::Uuid,
        Type::Json { binary: false },
        Type::Json { binary: true },
        Type::Enum(Name::within("app", "mood")),
        Type::Set(strings(&["red", "green", "it's"])),
        Type::Array(Box::new(Type::Array(Box::new(Type::Uuid)))),
        Type::Range(Box::new(Type::Date)),
        Type::Network,
        Type::Domain(Name::new("email")),
        Type::Other,
    ];
    types.extend(integers);
    types.extend(zones.map(|zone| Type::Time {
        precision: Some(3),
        zone,
    }));
    types.extend(zones.map(|zone| Type::Timestamp {
        precision: Some(6),
        zone,
    }));
    types
}

fn defaults() -> [Default; 6] {
    [
        Default::Null,
        Default::Boolean(true),
        Default::Number("1.50".into()),
        Default::Text("it's".into()),
        Default::Now("CURRENT_TIMESTAMP".into()),
        Default::Expression("lower('A')".into()),
    ]
}

/// One foreign key for each action, way to compare, and time of checking.
fn foreign_keys() -> Vec<ForeignKey> {
    let actions = [
        Action::NoAction,
        Action::Restrict,
        Action::Cascade,
        Action::SetNull,
        Action::SetDefault,
    ];
    let matches = [MatchType::Simple, MatchType::Full, MatchType::Partial];
    let of = |number: usize, action: Action| ForeignKey {
        name: Some(format!("big_foreign_{number}")),
        columns: strings(&["c0", "c1"]),
        table: Name::within("app", "big"),
        references: strings(&["c0", "c1"]),
        on_delete: Some(action),
        on_update: Some(actions[actions.len() - 1 - number]),
        match_type: Some(matches[number % matches.len()]),
        deferrable: Some(Deferrable {
            deferrable: number > 1,
            initially_deferred: number > 2,
        }),
    };
    actions
        .into_iter()
        .enumerate()
        .map(|(number, action)| of(number, action))
        .collect()
}

fn index() -> Index {
    let part = |key, order, nulls| IndexPart {
        key,
        order: Some(order),
        nulls: Some(nulls),
        length: Some(10),
        collation: Some("C".into()),
        operator_class: Some("text_ops".into()),
    };
    Index {
        name: Some("big_index".into()),
        parts: vec![
            part(
                IndexKey::Column("c4".into()),
                SortOrder::Ascending,
                NullsOrder::First,
            ),
            part(
                IndexKey::Expression("lower(c4)".into()),
                SortOrder::Descending,
                NullsOrder::Last,
            ),
        ],
        unique: true,
        condition: Some("c4 <> ''".into()),
        include: strings(&["c5"]),
        method: Some("gin".into()),
        comment: Some("an index".into()),
    }
}

fn sequence() -> Sequence {
    Sequence {
        name: Some(Name::within("app", "numbers")),
        ty: Some(ColumnType::new(Type::integer(IntegerSize::Big), "bigint")),
        start: Some(i64::MIN),
        increment: Some(-1),
        min: Some(i64::MIN),
        max: Some(i64::MAX),
        cache: Some(20),
        cycle: true,
    }
}
