//! Rows that lead to each other, and long chains of them.

use super::{
    scenario::{ASK, NULL, Unit, delete, holds, insert, refuses},
    schema::{COMPANY, EMPLOYEE, HEAD, LINK, NODE, PART, TEAM},
};
use crate::{
    error::ErrorKind,
    model::TableInfo,
    session::plan::{Step, plan},
};

#[test]
fn u48_circles_between_tables_are_opened_where_a_foreign_key_can_be_null() {
    holds(vec![
        (
            "tables in a circle, rows in none",
            vec![
                insert(&EMPLOYEE, [1, 1, NULL]),
                insert(&COMPANY, [1, NULL]),
                insert(&COMPANY, [2, 1]),
            ],
            "1 0 2",
        ),
        (
            "each leads to the other",
            vec![
                insert(&EMPLOYEE, [ASK, ASK, NULL]).leading(0, 1),
                insert(&COMPANY, [ASK, ASK]).leading(0, 0),
            ],
            "1 0 1+0",
        ),
        (
            "and both are deleted",
            vec![delete(&EMPLOYEE, [1, 1, NULL]), delete(&COMPANY, [1, 1])],
            "1-0 0 1",
        ),
        (
            "only what is in the circle waits",
            vec![
                insert(&EMPLOYEE, [1, 1, NULL]),
                insert(&EMPLOYEE, [2, 1, 1]),
                insert(&EMPLOYEE, [3, 1, 1]),
                insert(&COMPANY, [1, 1]),
            ],
            "3 0 1 2 3+0",
        ),
        (
            "a foreign key that is checked at the end needs no step",
            vec![insert(&HEAD, [1, 1]), insert(&TEAM, [1, 1])],
            "1 0",
        ),
    ]);
    refuses(vec![
        (
            "a key that the database gives is not known at the end of the transaction only",
            vec![
                insert(&HEAD, [ASK, ASK]).leading(0, 1),
                insert(&TEAM, [ASK, ASK]).leading(0, 0),
            ],
            "rows lead to each other in a circle that no nullable foreign key opens: head.team_id → team, team.head_id → head",
        ),
        (
            "U-48: nothing can be NULL",
            vec![insert(&PART, [1, 2]), insert(&PART, [2, 1])],
            "rows lead to each other in a circle that no nullable foreign key opens: part.whole_id → part",
        ),
        (
            "nor when they are deleted",
            vec![delete(&PART, [1, 2]), delete(&PART, [2, 1])],
            "rows lead to each other in a circle that no nullable foreign key opens: part.whole_id → part",
        ),
    ]);
}

/// Each leads to the one after it, and the last to the first where it is a circle.
fn chain(length: i64, table: &'static TableInfo, is_circle: bool) -> Vec<Unit> {
    let last = if is_circle { 0 } else { length - 1 };
    let next = |row| if row + 1 == length { last } else { row + 1 };
    (0..length)
        .map(|row| insert(table, [row, next(row)]))
        .collect()
}

#[test]
fn a_chain_may_be_as_long_as_a_flush() {
    const LENGTH: i64 = 10_000;
    let all: Vec<usize> = (0..LENGTH.cast_unsigned() as usize).collect();
    let steps = |units| plan(&units).unwrap().steps;

    let saved = steps(chain(LENGTH, &NODE, false));
    let expected: Vec<Step> = all.iter().rev().map(|&unit| Step::Write(unit)).collect();
    assert_eq!(saved, expected);

    let mut circle = steps(chain(LENGTH, &NODE, true));
    let connect = circle.pop();
    assert!(
        matches!(connect, Some(Step::Connect { foreign_key: 0, .. })),
        "{connect:?}"
    );
    assert_eq!(
        circle.len(),
        all.len(),
        "each row is written, and one key connected"
    );

    let error = plan(&chain(LENGTH, &PART, true)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
}

#[test]
fn rows_that_lead_to_both_neighbours_are_opened_on_one_side() {
    const LENGTH: i64 = 5_000;
    let number = |row| {
        if (0..LENGTH).contains(&row) {
            row
        } else {
            NULL
        }
    };
    let rows = (0..LENGTH).map(|row| insert(&EMPLOYEE, [row, number(row - 1), number(row + 1)]));
    let rows = rows.map(|unit| Unit {
        table: &LINK,
        ..unit
    });
    let plan = plan(&rows.collect::<Vec<_>>()).unwrap();
    assert_eq!(plan.postponed.len(), LENGTH.cast_unsigned() as usize - 1);
    assert!(
        plan.postponed
            .iter()
            .all(|&(_, foreign_key)| foreign_key == 1)
    );
}
