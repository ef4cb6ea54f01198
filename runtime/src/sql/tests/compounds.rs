//! Several queries as one.

use super::{
    Tree, sheet,
    tables::{HOBBY, PERSON},
    trees::{age, column, compound, equal, id, int, name, order, query, row, select, table, text},
};
use crate::sql::{Compound, Nulls, Position, Query, Select, SetOperator};

fn hobbies() -> Query {
    query(Select {
        columns: vec![column(&HOBBY, 0), column(&HOBBY, 1)],
        from: vec![table(&HOBBY)],
        ..Select::default()
    })
}

fn people() -> Query {
    query(select(vec![id(), name()]))
}

#[test]
fn compounds() {
    let named = |wanted| {
        query(Select {
            filter: vec![equal(name(), text(wanted))],
            ..select(vec![id(), name()])
        })
    };
    let limited = query(Select {
        order: vec![order(age())],
        limit: Some(2),
        ..select(vec![id(), name()])
    });
    let ordered = |number, nulls| Compound {
        order: vec![Position {
            number,
            descending: true,
            nulls,
        }],
        limit: Some(5),
        offset: Some(1),
        ..compound(people(), vec![(SetOperator::Union, hobbies())])
    };
    let left_to_right = compound(
        people(),
        vec![
            (SetOperator::Union, hobbies()),
            (SetOperator::Intersect, named("a")),
            (SetOperator::Except, named("b")),
            (SetOperator::UnionAll, hobbies()),
            (SetOperator::Intersect, named("c")),
        ],
    );
    let intersect_first = compound(
        people(),
        vec![
            (SetOperator::Intersect, hobbies()),
            (SetOperator::Union, named("a")),
        ],
    );
    let inner = Query::Compound(compound(people(), vec![(SetOperator::Except, hobbies())]));
    let sheet = sheet(vec![
        ("ordered", Query::Compound(ordered(2, None)).into()),
        (
            "first",
            Tree::First(Query::Compound(ordered(1, Some(Nulls::Last)))),
        ),
        (
            "nulls first",
            Query::Compound(ordered(1, Some(Nulls::First))).into(),
        ),
        ("no such column", Query::Compound(ordered(3, None)).into()),
        ("left to right", Query::Compound(left_to_right).into()),
        ("intersect first", Query::Compound(intersect_first).into()),
        (
            "limited operand",
            Query::Compound(compound(limited, vec![(SetOperator::UnionAll, hobbies())])).into(),
        ),
        (
            "compound operand",
            Query::Compound(compound(people(), vec![(SetOperator::Except, inner)])).into(),
        ),
        (
            "counted",
            Tree::Count(Query::Compound(compound(
                query(select(vec![row(&PERSON), int(1)])),
                vec![(
                    SetOperator::Union,
                    query(select(vec![row(&PERSON), int(2)])),
                )],
            ))),
        ),
        (
            "whether there is one",
            Tree::Exists(Query::Compound(ordered(1, None))),
        ),
    ]);
    insta::assert_snapshot!(sheet);
}
