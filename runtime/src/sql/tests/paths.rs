//! Columns at the end of relationships.

use super::{
    Tree, sheet,
    tables::{HOBBY, PERSON, TO_BOSS, TO_CLUB, TO_HOBBY},
    trees::{
        aliased, call, column, equal, greater, id, int, joined, name, on_hobby, order, path, query,
        row, select, set, table, text,
    },
};
use crate::sql::{Delete, From, Function, Join, Node, Select, Update};

fn city() -> Node {
    path("person", &[TO_HOBBY, TO_CLUB], 1)
}

fn title() -> Node {
    path("person", &[TO_HOBBY], 1)
}

fn boss() -> Node {
    path("person", &[TO_BOSS], 1)
}

#[test]
fn joined_once() {
    let shared = Select {
        filter: vec![equal(title(), text("chess")), equal(city(), text("Oslo"))],
        order: vec![order(boss()), order(city())],
        ..select(vec![id(), city()])
    };
    let behind_its_table = Select {
        columns: vec![row(&HOBBY)],
        from: vec![table(&PERSON), joined(&HOBBY, Join::Left(on_hobby()))],
        filter: vec![equal(path("hobby", &[TO_CLUB], 1), boss())],
        ..Select::default()
    };
    let in_a_join = Select {
        columns: vec![id()],
        from: vec![
            table(&PERSON),
            From {
                join: Join::Inner(equal(
                    path("person", &[TO_HOBBY], 2),
                    path("hobby", &[TO_CLUB], 0),
                )),
                ..table(&HOBBY)
            },
        ],
        filter: vec![equal(path("hobby", &[TO_CLUB], 1), text("Oslo"))],
        ..Select::default()
    };
    let grouped = Select {
        group: vec![title()],
        having: vec![greater(call(Function::CountRows, vec![]), int(1))],
        ..select(vec![title(), call(Function::CountRows, vec![])])
    };
    let sheet = sheet(vec![
        ("shared", shared.clone().into()),
        ("counted", Tree::Count(query(shared.clone()))),
        ("whether there is one", Tree::Exists(query(shared))),
        ("behind its table", behind_its_table.into()),
        ("in a join", in_a_join.into()),
        ("grouped", grouped.into()),
        (
            "property",
            select(vec![path("person", &[TO_BOSS, TO_BOSS], 5)]).into(),
        ),
        (
            "names that are taken",
            Select {
                from: vec![
                    table(&PERSON),
                    From {
                        alias: "path_1",
                        ..joined(
                            &HOBBY,
                            Join::Inner(equal(id(), aliased(&HOBBY, "path_1", 0))),
                        )
                    },
                ],
                ..select(vec![title()])
            }
            .into(),
        ),
    ]);
    insta::assert_snapshot!(sheet);
}

#[test]
fn queries_of_their_own() {
    let of_the_query_around = Select {
        columns: vec![column(&HOBBY, 0)],
        from: vec![table(&HOBBY)],
        filter: vec![
            equal(path("hobby", &[TO_CLUB], 1), city()),
            equal(column(&HOBBY, 0), id()),
        ],
        ..Select::default()
    };
    let sheet = sheet(vec![
        (
            "update",
            Update {
                table: &PERSON,
                set: vec![set(1, city())],
                joined: vec![],
                filter: vec![equal(title(), text("chess"))],
                returning: vec![],
                refused: None,
            }
            .into(),
        ),
        (
            "delete",
            Delete {
                table: &PERSON,
                joined: vec![],
                filter: vec![equal(city(), text("Oslo"))],
                returning: vec![],
                refused: None,
            }
            .into(),
        ),
        (
            "of the query around",
            Select {
                filter: vec![
                    equal(title(), name()),
                    Node::Exists(Box::new(query(of_the_query_around))),
                ],
                ..select(vec![id()])
            }
            .into(),
        ),
    ]);
    insta::assert_snapshot!(sheet);
}
