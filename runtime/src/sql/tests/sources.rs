//! What a SELECT reads that is no table of the schema.

use std::sync::Arc;

use super::{
    Tree, sheet,
    tables::{CHAIN, ENTRY, OLDEST, PERSON},
    trees::{
        age, binary, column, derived, equal, id, int, joined, label, name, order, query, row,
        select, table,
    },
};
use crate::sql::{Binary, From, Join, Node, Select, SetOperator, With};

#[test]
fn derived_tables() {
    let oldest = Select {
        limit: Some(3),
        order: vec![order(label("a", age()))],
        ..select(vec![name(), label("a", age())])
    };
    let from = |inner: Select| Select {
        columns: vec![row(&OLDEST)],
        from: vec![derived(&OLDEST, query(inner))],
        ..Select::default()
    };
    let sheet = sheet(vec![
        ("renamed", from(oldest.clone()).into()),
        (
            "joined",
            Select {
                columns: vec![row(&PERSON), column(&OLDEST, 1)],
                from: vec![
                    table(&PERSON),
                    From {
                        join: Join::Left(equal(name(), column(&OLDEST, 0))),
                        ..derived(&OLDEST, query(oldest))
                    },
                ],
                ..Select::default()
            }
            .into(),
        ),
        (
            "a whole row renamed",
            Select {
                columns: vec![row(&OLDEST)],
                from: vec![derived(
                    &OLDEST,
                    query(Select {
                        columns: vec![row(&ENTRY)],
                        from: vec![table(&ENTRY)],
                        ..Select::default()
                    }),
                )],
                ..Select::default()
            }
            .into(),
        ),
        ("too few columns", from(select(vec![name()])).into()),
    ]);
    insta::assert_snapshot!(sheet);
}

#[test]
fn common_tables() {
    let oldest = Arc::new(With {
        table: &OLDEST,
        query: query(Select {
            order: vec![order(age())],
            limit: Some(3),
            ..select(vec![name(), age()])
        }),
        step: None,
    });
    let other = Arc::new(With {
        query: query(select(vec![name(), id()])),
        ..(*oldest).clone()
    });
    let chain = Arc::new(With {
        table: &CHAIN,
        query: query(Select {
            filter: vec![equal(id(), int(1))],
            ..select(vec![id(), int(1)])
        }),
        step: Some((
            query(Select {
                from: vec![
                    table(&CHAIN),
                    joined(
                        &PERSON,
                        Join::Inner(equal(column(&PERSON, 4), column(&CHAIN, 0))),
                    ),
                ],
                ..select(vec![id(), binary(column(&CHAIN, 1), Binary::Add, int(1))])
            }),
            SetOperator::UnionAll,
        )),
    });
    let plain = Select {
        with: vec![oldest.clone(), oldest.clone()],
        columns: vec![row(&OLDEST)],
        from: vec![table(&OLDEST)],
        ..Select::default()
    };
    let nested = Select {
        filter: vec![Node::InQuery {
            operand: Box::new(name()),
            query: Box::new(query(Select {
                columns: vec![column(&OLDEST, 0)],
                ..plain.clone()
            })),
        }],
        ..select(vec![id()])
    };
    let sheet = sheet(vec![
        ("plain", plain.clone().into()),
        ("counted", Tree::Count(query(plain.clone()))),
        ("nested", nested.into()),
        (
            "recursive",
            Select {
                with: vec![oldest.clone(), chain],
                columns: vec![row(&CHAIN)],
                from: vec![table(&CHAIN), table(&OLDEST)],
                ..Select::default()
            }
            .into(),
        ),
        (
            "two of a name",
            Select {
                with: vec![oldest, other],
                ..plain
            }
            .into(),
        ),
    ]);
    insta::assert_snapshot!(sheet);
}
