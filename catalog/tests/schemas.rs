//! Two schemas with much in them: one written for SQLite, one for PostgreSQL.

use aludel_catalog::{
    Action, Catalog, Check, Column, ColumnType, Default, Deferrable, Dialect, Domain, Enum,
    ForeignKey, Generated, Identity, Index, IndexKey, IndexPart, IntegerSize, MatchType, Name,
    NullsOrder, PrimaryKey, SortOrder, Storage, Table, TableOption, Type, Unique, View,
};

use crate::samples::{
    catalog, column, foreign_key, identity, key, strings, table, text, with_default,
};

/// Written for SQLite: all spellings are kept.
pub(crate) fn library() -> Catalog {
    Catalog {
        views: vec![View {
            name: Name::new("lent"),
            columns: strings(&["title", "since"]),
            query: "SELECT title, lent_at\nFROM book WHERE lent_at IS NOT NULL;\n".into(),
            materialized: false,
            comment: Some("Comments are left out.".into()),
        }],
        ..catalog(Dialect::Sqlite, [book(), author(), shelf()])
    }
}

fn integer(name: &str) -> Column {
    column(name, Type::integer(IntegerSize::Big), "INTEGER")
}

fn not_null(column: Column) -> Column {
    Column {
        nullable: false,
        ..column
    }
}

fn author() -> Table {
    let mut author = table(
        "author",
        [
            Column {
                identity: identity(),
                ..integer("id")
            },
            Column {
                collation: Some("NOCASE".into()),
                ..with_default(not_null(text("name")), Default::Text("it's ''".into()))
            },
            with_default(
                column("born", Type::Date, "DATE"),
                Default::Now("CURRENT_DATE".into()),
            ),
            column("anything", Type::Other, ""),
        ],
    );
    author.primary_key = key(&["id"]);
    author.uniques = vec![Unique {
        name: None,
        columns: strings(&["name", "born"]),
        nulls_not_distinct: false,
        deferrable: None,
    }];
    author.comment = Some("Comments are left out.".into());
    author
}

fn shelf() -> Table {
    let mut shelf = table(
        "shelf",
        [
            text("room"),
            integer("number"),
            with_default(integer("wide"), Default::Null),
        ],
    );
    shelf.primary_key = Some(PrimaryKey {
        name: Some("shelf_key".into()),
        columns: strings(&["room", "number"]),
    });
    shelf.options = vec![
        option(Dialect::Sqlite, "STRICT"),
        option(Dialect::Mysql, "ENGINE"),
        option(Dialect::Sqlite, "WITHOUT ROWID"),
    ];
    shelf
}

fn option(dialect: Dialect, name: &str) -> TableOption {
    TableOption {
        dialect,
        name: name.into(),
        value: (dialect == Dialect::Mysql).then(|| "InnoDB".into()),
    }
}

fn book() -> Table {
    let mut book = table("book", book_columns());
    book.primary_key = Some(PrimaryKey {
        name: Some("book_key".into()),
        columns: strings(&["id"]),
    });
    book.foreign_keys = vec![
        ForeignKey {
            name: Some("book_author".into()),
            on_delete: Some(Action::SetNull),
            on_update: Some(Action::Cascade),
            match_type: Some(MatchType::Simple),
            deferrable: Some(Deferrable {
                deferrable: true,
                initially_deferred: true,
            }),
            ..foreign_key("author", "author", "id")
        },
        ForeignKey {
            columns: strings(&["room", "shelf"]),
            references: strings(&["room", "number"]),
            on_delete: Some(Action::Restrict),
            deferrable: Some(Deferrable {
                deferrable: false,
                initially_deferred: false,
            }),
            ..foreign_key("", "shelf", "")
        },
        ForeignKey {
            deferrable: Some(Deferrable {
                deferrable: true,
                initially_deferred: false,
            }),
            on_update: Some(Action::NoAction),
            on_delete: Some(Action::SetDefault),
            ..foreign_key("successor", "book", "id")
        },
    ];
    book.uniques = vec![Unique {
        name: Some("one_title".into()),
        columns: strings(&["title"]),
        nulls_not_distinct: false,
        deferrable: None,
    }];
    book.checks = vec![
        Check {
            name: Some("has_pages".into()),
            expression: "pages > 0".into(),
        },
        Check {
            name: None,
            expression: "title <> ''".into(),
        },
    ];
    book.indexes = book_indexes();
    book
}

fn book_columns() -> Vec<Column> {
    let generated = |name: &str, expression: &str, storage| Column {
        generated: Some(Generated {
            expression: expression.into(),
            storage,
        }),
        ..text(name)
    };
    vec![
        Column {
            identity: Some(Identity {
                always: false,
                strict: true,
                sequence: None,
            }),
            ..integer("id")
        },
        not_null(column(
            "title",
            Type::Text {
                length: Some(200),
                fixed: false,
            },
            "varchar(200)",
        )),
        with_default(integer("pages"), Default::Number("1".into())),
        with_default(
            not_null(column("new", Type::Boolean, "BOOLEAN")),
            Default::Boolean(true),
        ),
        with_default(
            column("torn", Type::Boolean, "BOOLEAN"),
            Default::Boolean(false),
        ),
        with_default(
            text("lent_at"),
            Default::Expression("datetime('now')".into()),
        ),
        integer("author"),
        text("room"),
        integer("shelf"),
        integer("successor"),
        generated("loud", "upper(title)", Storage::Stored),
        generated("quiet", "lower(title)", Storage::Virtual),
    ]
}

fn book_indexes() -> Vec<Index> {
    let lowered = IndexPart {
        order: Some(SortOrder::Descending),
        nulls: Some(NullsOrder::Last),
        ..IndexPart::new(IndexKey::Expression("lower(title)".into()))
    };
    let room = IndexPart {
        order: Some(SortOrder::Ascending),
        collation: Some("RTRIM".into()),
        ..IndexPart::new(IndexKey::Column("room".into()))
    };
    vec![
        Index {
            unique: true,
            condition: Some("torn = 0".into()),
            parts: vec![lowered, room],
            method: Some("BTREE".into()),
            comment: Some("Comments are left out.".into()),
            ..Index::on(Some("by_title".into()), ["title"])
        },
        Index::on(None, ["author", "pages"]),
    ]
}

/// Written for PostgreSQL: types, defaults and conditions are said in other words.
pub(crate) fn shop() -> Catalog {
    Catalog {
        enums: vec![Enum {
            name: Name::new("mood"),
            values: strings(&["sad", "it's fine"]),
            comment: None,
        }],
        domains: vec![
            Domain {
                name: Name::new("percent"),
                base: ColumnType::new(
                    Type::Decimal {
                        precision: Some(5),
                        scale: Some(2),
                    },
                    "numeric(5,2)",
                ),
                not_null: false,
                default: Some("12.50".into()),
                checks: strings(&["VALUE >= 0", "value < 100 AND 'VALUE' <> ''"]),
                comment: None,
            },
            Domain {
                name: Name::new("rebate"),
                base: ColumnType::new(Type::Domain(Name::new("percent")), "percent"),
                not_null: true,
                default: None,
                checks: strings(&["VALUE <> 13"]),
                comment: None,
            },
        ],
        ..catalog(Dialect::Postgres, [item()])
    }
}

fn item() -> Table {
    let decimal = Type::Decimal {
        precision: Some(12),
        scale: Some(2),
    };
    let mut item = table(
        "item",
        [
            Column {
                identity: Some(Identity {
                    always: true,
                    strict: false,
                    sequence: None,
                }),
                ..with_default(
                    column("id", Type::integer(IntegerSize::Regular), "serial"),
                    Default::Expression("nextval('item_id_seq'::regclass)".into()),
                )
            },
            with_default(
                column("price", decimal, "numeric(12,2)"),
                Default::Number("0.10".into()),
            ),
            column("mood", Type::Enum(Name::new("mood")), "mood"),
            column(
                "colours",
                Type::Set(strings(&["red", "it's"])),
                "set('red','it''s')",
            ),
            Column {
                collation: Some("C".into()),
                ..column(
                    "code",
                    Type::Text {
                        length: Some(3),
                        fixed: true,
                    },
                    "character(3)",
                )
            },
            column("rebate", Type::Domain(Name::new("rebate")), "rebate"),
            with_default(
                column("rebate2", Type::Domain(Name::new("rebate")), "rebate"),
                Default::Number("1".into()),
            ),
        ],
    );
    item.primary_key = key(&["id"]);
    item.checks = vec![Check {
        name: Some("not_too_dear".into()),
        expression: "price < 100 AND \"price\" <> 13 AND code <> 'price'".into(),
    }];
    item.indexes = vec![Index {
        condition: Some("PRICE > 20".into()),
        ..Index::on(None, ["price"])
    }];
    item
}
