//! Functions, aggregates and windows.

use super::{
    Tree, sheet,
    trees::{
        age, binary, call, cast, descending, distinct, filtered, greater, id, int, label, name,
        order, over, select, text,
    },
};
use crate::sql::{Binary, Bound, CastType, Frame, Function, Node, Nulls, Window};

fn selected(node: Node) -> Tree {
    Tree::from(select(vec![node]))
}

#[test]
fn functions() {
    let half = || cast(age(), CastType::Float64);
    let least = |function, arguments| selected(call(function, arguments));
    let sheet = sheet(vec![
        (
            "named",
            selected(call(Function::Named("coalesce"), vec![age(), int(1)])),
        ),
        (
            "named by the program",
            selected(call(Function::Named("app.f_1"), vec![])),
        ),
        (
            "not a name",
            selected(call(Function::Named("f(); --"), vec![])),
        ),
        ("length", selected(call(Function::Length, vec![name()]))),
        (
            "substring",
            selected(call(Function::Substring, vec![name(), int(1), int(2)])),
        ),
        (
            "rest",
            selected(call(Function::Substring, vec![name(), int(2)])),
        ),
        (
            "position",
            selected(call(Function::Position, vec![name(), text("e")])),
        ),
        (
            "one argument too few",
            selected(call(Function::Position, vec![name()])),
        ),
        ("floor", selected(call(Function::Floor, vec![half()]))),
        (
            "ceiling",
            selected(call(
                Function::Ceiling,
                vec![binary(half(), Binary::Add, half())],
            )),
        ),
        ("round", selected(call(Function::Round, vec![half()]))),
        (
            "round to digits",
            selected(call(Function::Round, vec![half(), int(2)])),
        ),
        ("random", selected(call(Function::Random, vec![]))),
        ("now", selected(call(Function::Now, vec![]))),
        ("least", least(Function::Least, vec![age(), id()])),
        (
            "greatest of three",
            least(Function::Greatest, vec![age(), id(), int(3)]),
        ),
        ("least of one", least(Function::Least, vec![age()])),
    ]);
    insta::assert_snapshot!(sheet);
}

#[test]
fn aggregates() {
    let adult = || greater(age(), int(17));
    let count = || call(Function::CountRows, vec![]);
    let joined = |separator| call(Function::JoinText, vec![name(), separator]);
    let sheet = sheet(vec![
        ("rows", selected(label("n", count()))),
        (
            "values",
            selected(distinct(call(Function::Named("COUNT"), vec![age()]))),
        ),
        ("sum", selected(call(Function::SumWhole, vec![age()]))),
        (
            "average",
            selected(distinct(call(Function::Average, vec![age()]))),
        ),
        ("texts", selected(joined(text(", ")))),
        ("distinct texts", selected(distinct(joined(text(", "))))),
        ("unsafe separator", selected(joined(text("'")))),
        ("computed separator", selected(joined(name()))),
        ("filtered rows", selected(filtered(count(), adult()))),
        (
            "filtered sum",
            selected(filtered(call(Function::SumWhole, vec![age()]), adult())),
        ),
        (
            "filtered maximum",
            selected(filtered(call(Function::Named("MAX"), vec![age()]), adult())),
        ),
        (
            "filtered distinct",
            selected(filtered(
                distinct(call(Function::Named("COUNT"), vec![name()])),
                adult(),
            )),
        ),
        (
            "filtered texts",
            selected(filtered(joined(text("; ")), adult())),
        ),
        (
            "filtered other",
            selected(filtered(
                call(Function::Named("bool_and"), vec![adult()]),
                adult(),
            )),
        ),
        ("distinct rows", selected(distinct(count()))),
        (
            "filtered value",
            selected(filtered(call(Function::Length, vec![name()]), adult())),
        ),
        (
            "of a value",
            selected(call(Function::Named("MAX"), vec![int(1)])),
        ),
    ]);
    insta::assert_snapshot!(sheet);
}

#[test]
fn windows() {
    let row_number = || call(Function::Named("row_number"), vec![]);
    let sum = || call(Function::SumWhole, vec![age()]);
    let by_age = || Window {
        partition: vec![name()],
        order: vec![descending(age(), Some(Nulls::Last)), order(id())],
        frame: None,
    };
    let framed = |rows, start, end| Window {
        frame: Some(Frame { rows, start, end }),
        ..by_age()
    };
    let sheet = sheet(vec![
        (
            "all rows",
            selected(over(call(Function::CountRows, vec![]), Window::default())),
        ),
        (
            "partition",
            selected(label("place", over(row_number(), by_age()))),
        ),
        (
            "running sum",
            selected(over(
                sum(),
                framed(true, Bound::UnboundedPreceding, Bound::CurrentRow),
            )),
        ),
        (
            "around",
            selected(over(
                sum(),
                framed(true, Bound::Preceding(2), Bound::Following(3)),
            )),
        ),
        (
            "range",
            selected(over(
                filtered(sum(), greater(age(), int(1))),
                Window {
                    frame: Some(Frame {
                        rows: false,
                        start: Bound::CurrentRow,
                        end: Bound::UnboundedFollowing,
                    }),
                    ..Window {
                        order: vec![order(age())],
                        ..Window::default()
                    }
                },
            )),
        ),
        ("not a function", selected(over(age(), Window::default()))),
    ]);
    insta::assert_snapshot!(sheet);
}
