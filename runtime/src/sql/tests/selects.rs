//! One SELECT, clause by clause.

use super::{
    Tree, sheet,
    tables::{ENTRY, HOBBY, PERSON},
    trees::{
        age, aliased, binary, call, cast, column, descending, equal, greater, id, int, joined,
        label, name, not, on_hobby, order, path, query, row, select, table, text,
    },
};
use crate::sql::{
    Binary, CastType, From, Function, Join, Lock, Node, Nulls, Select, Wait,
    tests::tables::TO_HOBBY,
};

#[test]
fn clauses() {
    let by_id = Select {
        filter: vec![equal(id(), int(7))],
        ..select(vec![row(&PERSON)])
    };
    let adults = Select {
        filter: vec![
            greater(age(), int(17)),
            binary(
                equal(name(), text("ed")),
                Binary::Or,
                Node::IsNull(Box::new(age())),
            ),
        ],
        distinct: true,
        order: vec![order(name()), descending(id(), None)],
        limit: Some(10),
        offset: Some(20),
        ..select(vec![name(), id()])
    };
    let pairs = Select {
        columns: vec![row(&PERSON), aliased(&PERSON, "boss", 1)],
        from: vec![
            table(&PERSON),
            From {
                alias: "boss",
                ..joined(
                    &PERSON,
                    Join::Left(equal(column(&PERSON, 4), aliased(&PERSON, "boss", 0))),
                )
            },
            joined(&HOBBY, Join::Inner(on_hobby())),
            table(&ENTRY),
        ],
        ..Select::default()
    };
    let sheet = sheet(vec![
        ("by key", Tree::First(query(by_id.clone()))),
        ("the smaller limit", Tree::First(query(adults.clone()))),
        ("all clauses", adults.into()),
        (
            "offset alone",
            Select {
                offset: Some(5),
                ..by_id.clone()
            }
            .into(),
        ),
        ("joins", pairs.into()),
        (
            "no table, and values without a type",
            Select {
                columns: vec![
                    int(1),
                    label("who", text("ed")),
                    cast(int(1), CastType::Text),
                ],
                ..Select::default()
            }
            .into(),
        ),
        (
            "refused",
            Select {
                refused: Some("a query cannot have two limits"),
                ..by_id
            }
            .into(),
        ),
    ]);
    insta::assert_snapshot!(sheet);
}

#[test]
fn counting() {
    let adults = Select {
        filter: vec![greater(age(), int(17))],
        order: vec![order(name())],
        ..select(vec![row(&PERSON)])
    };
    let both = |select: &Select| {
        let query = query(select.clone());
        (Tree::Count(query.clone()), Tree::Exists(query))
    };
    let cases = vec![
        ("plain", adults.clone()),
        (
            "limited",
            Select {
                limit: Some(3),
                offset: Some(1),
                ..adults.clone()
            },
        ),
        (
            "distinct",
            Select {
                distinct: true,
                columns: vec![name(), age(), binary(age(), Binary::Add, int(1))],
                ..adults.clone()
            },
        ),
        (
            "grouped",
            Select {
                columns: vec![age()],
                group: vec![age()],
                having: vec![greater(call(Function::CountRows, vec![]), int(1))],
                ..adults.clone()
            },
        ),
        (
            "grouped by what is selected",
            Select {
                columns: vec![
                    binary(age(), Binary::DivideWhole, int(10)),
                    call(Function::CountRows, vec![]),
                ],
                group: vec![binary(age(), Binary::DivideWhole, int(10))],
                ..adults.clone()
            },
        ),
        (
            "aggregate",
            Select {
                columns: vec![label("n", call(Function::CountRows, vec![]))],
                order: vec![],
                ..adults.clone()
            },
        ),
        (
            "with a path",
            Select {
                columns: vec![path("person", &[TO_HOBBY], 1)],
                filter: vec![equal(path("person", &[TO_HOBBY], 1), text("chess"))],
                ..adults.clone()
            },
        ),
    ];
    let mut all = Vec::new();
    for (title, select) in &cases {
        let (count, exists) = both(select);
        all.push((*title, count));
        all.push((*title, exists));
    }
    let sheet = sheet(all);
    insta::assert_snapshot!(sheet);
}

#[test]
fn groups_and_orders() {
    let decade = || binary(age(), Binary::DivideWhole, int(10));
    let count = || call(Function::CountRows, vec![]);
    let grouped = Select {
        columns: vec![row(&HOBBY), label("decade", decade()), count()],
        from: vec![table(&HOBBY), joined(&PERSON, Join::Inner(on_hobby()))],
        group: vec![row(&HOBBY), decade(), column(&PERSON, 4)],
        having: vec![
            greater(count(), int(1)),
            not(equal(column(&HOBBY, 2), int(2))),
        ],
        order: vec![
            order(label("decade", decade())),
            descending(count(), Some(Nulls::Last)),
            order(label(
                "unselected",
                binary(column(&HOBBY, 2), Binary::Add, int(1)),
            )),
        ],
        ..Select::default()
    };
    let again = Select {
        columns: vec![
            label("decade", decade()),
            binary(decade(), Binary::Multiply, int(10)),
        ],
        filter: vec![greater(age(), int(10))],
        group: vec![decade()],
        having: vec![
            greater(decade(), int(2)),
            greater(label("decade", decade()), int(1)),
        ],
        order: vec![order(binary(decade(), Binary::Add, int(1)))],
        ..Select::default()
    };
    let again = Select {
        from: vec![table(&PERSON)],
        ..again
    };
    let nulls = |descending: bool, nulls| {
        Tree::from(Select {
            order: vec![crate::sql::Order {
                by: age(),
                descending,
                nulls: Some(nulls),
            }],
            ..select(vec![id()])
        })
    };
    let sheet = sheet(vec![
        ("groups", grouped.clone().into()),
        (
            "nulls first by position",
            Select {
                order: vec![crate::sql::Order {
                    by: decade(),
                    descending: true,
                    nulls: Some(Nulls::First),
                }],
                ..grouped
            }
            .into(),
        ),
        ("what is grouped by, in other places", again.into()),
        (
            "without a key",
            Select {
                columns: vec![row(&ENTRY), count()],
                from: vec![table(&ENTRY)],
                group: vec![row(&ENTRY)],
                ..Select::default()
            }
            .into(),
        ),
        (
            "distinct, by what is selected",
            Select {
                distinct: true,
                order: vec![order(decade())],
                ..select(vec![name(), decade()])
            }
            .into(),
        ),
        ("nulls first", nulls(false, Nulls::First)),
        ("nulls last", nulls(false, Nulls::Last)),
        ("nulls first, descending", nulls(true, Nulls::First)),
        ("nulls last, descending", nulls(true, Nulls::Last)),
        (
            "label, nulls last",
            Select {
                order: vec![crate::sql::Order {
                    by: label("d", decade()),
                    descending: false,
                    nulls: Some(Nulls::Last),
                }],
                ..select(vec![label("d", decade())])
            }
            .into(),
        ),
    ]);
    insta::assert_snapshot!(sheet);
}

#[test]
fn locks() {
    let locked = |shared, wait| {
        let tree = Select {
            lock: Some(Lock { shared, wait }),
            limit: Some(1),
            ..select(vec![id()])
        };
        Tree::from(tree)
    };
    let along_a_path = Select {
        lock: Some(Lock {
            shared: false,
            wait: Wait::Block,
        }),
        filter: vec![equal(path("person", &[TO_HOBBY], 1), text("chess"))],
        ..select(vec![id()])
    };
    let sheet = sheet(vec![
        ("update", locked(false, Wait::Block)),
        ("shared", locked(true, Wait::Block)),
        ("nowait", locked(false, Wait::Fail)),
        ("shared, skip", locked(true, Wait::Skip)),
        ("along a path", along_a_path.clone().into()),
        ("counted", Tree::Count(query(along_a_path))),
    ]);
    insta::assert_snapshot!(sheet);
}
