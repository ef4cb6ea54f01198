//! INSERT.

use super::{
    sheet,
    tables::{ACCOUNT, ENTRY, PERSON},
    trees::{age, binary, column, equal, greater, id, int, name, query, row, select, set, text},
};
use crate::{
    model::TableInfo,
    sql::{Assigned, Binary, Conflict, Insert, InsertSource, Node, Select},
};

fn rows(table: &'static TableInfo, rows: Vec<Vec<Assigned>>) -> Insert {
    Insert {
        table,
        source: InsertSource::Rows(rows),
        conflict: None,
        returning: vec![],
        numbered: false,
    }
}

fn people(select: Select) -> Insert {
    Insert {
        source: InsertSource::Query(vec![0, 1], Box::new(query(select))),
        ..rows(&PERSON, vec![])
    }
}

#[test]
fn inserts() {
    let ed = || vec![set(1, text("ed")), set(2, int(7))];
    let jo = || {
        vec![
            set(1, text("jo")),
            set(2, binary(int(1), Binary::Add, int(2))),
        ]
    };
    let sheet = sheet(vec![
        ("one row", rows(&PERSON, vec![ed()]).into()),
        (
            "giving back",
            Insert {
                returning: vec![row(&PERSON)],
                ..rows(&PERSON, vec![ed()])
            }
            .into(),
        ),
        (
            "giving back some",
            Insert {
                returning: vec![id(), binary(age(), Binary::Add, int(1))],
                ..rows(&PERSON, vec![ed()])
            }
            .into(),
        ),
        ("rows", rows(&PERSON, vec![ed(), jo()]).into()),
        (
            "in a namespace",
            rows(&ENTRY, vec![vec![set(1, text("x"))]]).into(),
        ),
        ("nothing set", rows(&PERSON, vec![vec![]]).into()),
        (
            "nothing set, twice",
            rows(&PERSON, vec![vec![], vec![]]).into(),
        ),
        ("no rows", rows(&PERSON, vec![]).into()),
        (
            "different columns",
            rows(&PERSON, vec![ed(), vec![set(1, text("x"))]]).into(),
        ),
        ("from a query", people(select(vec![id(), name()])).into()),
        (
            "from a query with a value",
            people(select(vec![id(), text("ed")])).into(),
        ),
        (
            "from a distinct query with a value",
            people(Select {
                distinct: true,
                ..select(vec![id(), text("ed")])
            })
            .into(),
        ),
    ]);
    insta::assert_snapshot!(sheet);
}

#[test]
fn conflicts() {
    let hits = || column(&ACCOUNT, 2);
    let email_only = || vec![set(1, text("a@b")), set(2, int(1))];
    let on_email = |set: Vec<Assigned>, filter: Vec<Node>| Insert {
        conflict: Some(Conflict {
            key: &[1],
            set,
            filter,
        }),
        ..rows(&ACCOUNT, vec![email_only()])
    };
    let count = || {
        vec![set(
            2,
            binary(hits(), Binary::Add, Node::Proposed(&ACCOUNT.columns[2])),
        )]
    };
    let from_query = |select: Select| Insert {
        conflict: Some(Conflict {
            key: &[0],
            set: vec![],
            filter: vec![],
        }),
        ..people(select)
    };
    let sheet = sheet(vec![
        ("nothing", on_email(vec![], vec![]).into()),
        (
            "nothing, giving back",
            Insert {
                returning: vec![row(&ACCOUNT)],
                ..on_email(vec![], vec![])
            }
            .into(),
        ),
        ("update", on_email(count(), vec![]).into()),
        (
            "update, giving back",
            Insert {
                returning: vec![row(&ACCOUNT)],
                ..on_email(count(), vec![])
            }
            .into(),
        ),
        (
            "update on a condition",
            on_email(count(), vec![greater(int(9), hits())]).into(),
        ),
        (
            "nothing on a condition",
            on_email(vec![], vec![greater(int(9), hits())]).into(),
        ),
        (
            "another key is set too",
            Insert {
                source: InsertSource::Rows(vec![[vec![set(0, int(1))], email_only()].concat()]),
                ..on_email(count(), vec![])
            }
            .into(),
        ),
        (
            "from a query",
            from_query(select(vec![id(), name()])).into(),
        ),
        (
            "from a query with a condition",
            from_query(Select {
                filter: vec![equal(name(), text("ed"))],
                ..select(vec![id(), name()])
            })
            .into(),
        ),
    ]);
    insta::assert_snapshot!(sheet);
}
