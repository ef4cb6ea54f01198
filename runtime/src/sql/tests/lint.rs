//! Tables that nothing links.

use super::{
    tables::{CLUB, HOBBY, OLDEST, PERSON, TO_CLUB, TO_HOBBY},
    trees::{
        age, binary, column, compound, derived, equal, greater, int, joined, name, on_hobby, path,
        query, row, select, table, text,
    },
};
use crate::sql::{Binary, Join, Node, Query, Select, SetOperator, unlinked};

fn both(filter: Vec<Node>) -> Select {
    Select {
        columns: vec![row(&PERSON), row(&HOBBY)],
        from: vec![table(&PERSON), table(&HOBBY)],
        filter,
        ..Select::default()
    }
}

const FOUND: Option<(&str, &str)> = Some(("person", "hobby"));

fn judge(select: Select) -> Option<(&'static str, &'static str)> {
    unlinked(&query(select))
}

#[test]
fn forgotten_conditions_are_found() {
    assert_eq!(judge(both(vec![])), FOUND);
    let each_alone = binary(
        equal(name(), text("ed")),
        Binary::And,
        equal(column(&HOBBY, 1), text("chess")),
    );
    assert_eq!(judge(both(vec![each_alone])), FOUND);
    let on_itself = Select {
        from: vec![
            table(&PERSON),
            joined(&HOBBY, Join::Inner(greater(column(&HOBBY, 0), int(1)))),
        ],
        ..both(vec![])
    };
    assert_eq!(judge(on_itself), FOUND);
}

#[test]
fn links_are_found() {
    assert_eq!(judge(select(vec![row(&PERSON)])), None);
    assert_eq!(judge(both(vec![on_hobby()])), None);
    assert_eq!(
        judge(both(vec![binary(
            on_hobby(),
            Binary::Or,
            equal(age(), int(1))
        )])),
        None
    );
    let by_path = equal(path("person", &[TO_HOBBY], 1), column(&HOBBY, 1));
    assert_eq!(judge(both(vec![by_path])), None);
    let in_between = Select {
        from: vec![table(&PERSON), table(&CLUB), table(&HOBBY)],
        ..both(vec![on_hobby(), equal(column(&HOBBY, 2), column(&CLUB, 0))])
    };
    assert_eq!(judge(in_between), None);
    let through_a_query = Node::Exists(Box::new(query(Select {
        from: vec![table(&CLUB)],
        filter: vec![
            equal(column(&CLUB, 0), column(&HOBBY, 2)),
            equal(column(&CLUB, 1), name()),
        ],
        ..Select::default()
    })));
    assert_eq!(judge(both(vec![through_a_query])), None);
    let joined = Select {
        from: vec![table(&PERSON), joined(&HOBBY, Join::Left(on_hobby()))],
        ..both(vec![equal(path("hobby", &[TO_CLUB], 1), text("Oslo"))])
    };
    assert_eq!(judge(joined), None);
}

#[test]
fn queries_within_are_looked_at() {
    let pairs = || query(both(vec![]));
    let from = Select {
        columns: vec![row(&OLDEST)],
        from: vec![derived(&OLDEST, pairs())],
        ..Select::default()
    };
    assert_eq!(judge(from), FOUND);
    let condition = Select {
        filter: vec![Node::Not(Box::new(Node::Exists(Box::new(pairs()))))],
        ..select(vec![row(&PERSON)])
    };
    assert_eq!(judge(condition), FOUND);
    let second = Query::Compound(compound(
        query(both(vec![on_hobby()])),
        vec![(SetOperator::Union, pairs())],
    ));
    assert_eq!(unlinked(&second), FOUND);
}
