//! UPDATE and DELETE.

use super::{
    Tree, sheet,
    tables::{ENTRY, HOBBY, OLDEST, PERSON, TO_BOSS, TO_HOBBY},
    trees::{
        age, binary, column, derived, equal, id, int, joined, name, on_hobby, order, path, query,
        row, select, set, table, text,
    },
};
use crate::sql::{Binary, Delete, From, Join, Node, Select, Update};

fn older() -> Update {
    Update {
        table: &PERSON,
        set: vec![
            set(2, binary(age(), Binary::Add, int(1))),
            set(1, text("ed")),
        ],
        joined: vec![],
        filter: vec![equal(id(), int(7))],
        returning: vec![],
        refused: None,
    }
}

fn gone() -> Delete {
    Delete {
        table: &PERSON,
        joined: vec![],
        filter: vec![equal(id(), int(7))],
        returning: vec![],
        refused: None,
    }
}

#[test]
fn updates() {
    let with_hobby = Update {
        set: vec![set(1, column(&HOBBY, 1))],
        joined: vec![joined(&HOBBY, Join::Inner(on_hobby()))],
        ..older()
    };
    let with_oldest = Update {
        joined: vec![
            From {
                join: Join::Inner(equal(name(), column(&OLDEST, 0))),
                ..derived(
                    &OLDEST,
                    query(Select {
                        order: vec![order(age())],
                        limit: Some(1),
                        ..select(vec![name(), age()])
                    }),
                )
            },
            table(&HOBBY),
        ],
        ..older()
    };
    let sheet = sheet(vec![
        ("by key", older().into()),
        (
            "all rows, in a namespace",
            Update {
                table: &ENTRY,
                set: vec![set(1, text("x"))],
                filter: vec![],
                ..older()
            }
            .into(),
        ),
        (
            "giving back",
            Update {
                returning: vec![row(&PERSON)],
                ..older()
            }
            .into(),
        ),
        ("joined", with_hobby.clone().into()),
        (
            "joined, giving back",
            Update {
                returning: vec![row(&PERSON), id()],
                ..with_hobby
            }
            .into(),
        ),
        ("joined to queries", with_oldest.into()),
        (
            "left joined",
            Update {
                joined: vec![joined(&HOBBY, Join::Left(on_hobby()))],
                ..older()
            }
            .into(),
        ),
        (
            "nothing to set",
            Update {
                set: vec![],
                ..older()
            }
            .into(),
        ),
    ]);
    insta::assert_snapshot!(sheet);
}

#[test]
fn values_that_are_set_and_read() {
    let setting = |set| Update { set, ..older() };
    let reads_itself = |from| {
        let rows = Select {
            from,
            ..select(vec![int(1)])
        };
        Update {
            filter: vec![Node::Exists(Box::new(query(rows)))],
            ..older()
        }
    };
    let sheet = sheet(vec![
        (
            "behind what reads it",
            setting(vec![set(1, text("ed")), set(2, age())]).into(),
        ),
        (
            "before what reads it",
            setting(vec![set(2, int(1)), set(4, age())]).into(),
        ),
        (
            "before a property that reads it",
            setting(vec![set(1, text("ed")), set(2, column(&PERSON, 5))]).into(),
        ),
        (
            "before a path that begins at it",
            setting(vec![set(3, int(1)), set(1, path("person", &[TO_HOBBY], 1))]).into(),
        ),
        (
            "by a path back to the table",
            setting(vec![set(1, path("person", &[TO_BOSS], 1))]).into(),
        ),
        (
            "by a query of the table",
            reads_itself(vec![table(&PERSON)]).into(),
        ),
        (
            "by a derived table of the table",
            reads_itself(vec![derived(&OLDEST, query(select(vec![name(), age()])))]).into(),
        ),
    ]);
    insta::assert_snapshot!(sheet);
}

#[test]
fn deletes() {
    let with_hobby = Delete {
        joined: vec![joined(&HOBBY, Join::Inner(on_hobby()))],
        filter: vec![equal(column(&HOBBY, 1), text("chess"))],
        ..gone()
    };
    let sheet = sheet(vec![
        ("by key", gone().into()),
        (
            "all rows",
            Tree::from(Delete {
                filter: vec![],
                ..gone()
            }),
        ),
        (
            "giving back",
            Delete {
                returning: vec![row(&PERSON)],
                ..gone()
            }
            .into(),
        ),
        ("joined", with_hobby.clone().into()),
        (
            "joined, giving back",
            Delete {
                returning: vec![id()],
                ..with_hobby
            }
            .into(),
        ),
    ]);
    insta::assert_snapshot!(sheet);
}
