//! What a grouped query says of a group is the same for its rows, or it is refused.

use super::{
    tables::PERSON,
    trees::{age, binary, call, id, int, label, name, row, table},
};
use crate::sql::{Binary, Function, Node, Query, Select, grouped::ungrouped};

fn decade(years: i64) -> Node {
    binary(age(), Binary::DivideWhole, int(years))
}

fn grouped(keys: Vec<Node>, columns: Vec<Node>) -> Select {
    Select {
        columns,
        from: vec![table(&PERSON)],
        group: keys,
        ..Select::default()
    }
}

#[test]
fn an_expression_is_grouped_when_it_is_a_key_or_made_of_keys_or_aggregated() {
    let sum = call(Function::SumWhole, vec![age()]);
    for (keys, columns) in [
        (vec![decade(10)], vec![decade(10), sum.clone()]),
        (
            vec![label("d", decade(10))],
            vec![decade(10), label("e", decade(10))],
        ),
        (
            vec![age()],
            vec![decade(10), binary(age(), Binary::Add, sum)],
        ),
        (vec![row(&PERSON)], vec![row(&PERSON), name(), decade(3)]),
        (vec![], vec![name()]),
    ] {
        let query = Query::Select(grouped(keys, columns));
        assert_eq!(ungrouped(&query), None, "{query:?}");
    }
}

#[test]
fn an_expression_with_another_value_than_that_of_the_key_is_not_grouped() {
    for (keys, column) in [
        (vec![decade(10)], decade(20)),
        (vec![decade(10)], age()),
        (vec![age()], name()),
        (vec![id()], row(&PERSON)),
    ] {
        let query = Query::Select(grouped(keys, vec![column]));
        assert!(ungrouped(&query).is_some(), "{query:?}");
    }
}

#[test]
fn a_subquery_takes_only_keys_from_a_group() {
    let within = |column: Node| {
        let inner = Select {
            columns: vec![int(1)],
            filter: vec![column],
            ..Select::default()
        };
        Node::Exists(Box::new(Query::Select(inner)))
    };
    let of = |column| Query::Select(grouped(vec![age()], vec![within(column)]));
    assert_eq!(ungrouped(&of(age())), None);
    assert!(ungrouped(&of(name())).is_some());
}
