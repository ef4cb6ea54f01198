//! Plans of small flushes, step by step; random ones are in `random`.

mod random;
mod schema;
mod simulation;

use super::{Action, Facts, Plan, Step, plan};
use crate::{error::ErrorKind, model::TableInfo, value::Value};
use schema::{
    ADDRESS, BOOKING, COMPANY, EMPLOYEE, HEAD, NODE, ORDER, PART, PROFILE, ROOM, TEAM, USER,
};

/// A row that is written, and all that is known of it.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) table: &'static TableInfo,
    pub(super) action: Action,
    pub(super) before: Vec<Value>,
    /// `None` for what the database is going to say.
    pub(super) after: Vec<Option<Value>>,
    /// Which foreign key leads to which insert.
    pub(super) leads_to: Vec<(usize, usize)>,
}

impl Unit {
    fn leading(mut self, foreign_key: usize, unit: usize) -> Self {
        self.leads_to.push((foreign_key, unit));
        self
    }
}

impl Facts for Vec<Unit> {
    fn len(&self) -> usize {
        self.len()
    }

    fn table(&self, unit: usize) -> &'static TableInfo {
        self[unit].table
    }

    fn action(&self, unit: usize) -> Action {
        self[unit].action
    }

    fn before(&self, unit: usize, column: usize) -> Option<Value> {
        self[unit].before.get(column).cloned()
    }

    fn after(&self, unit: usize, column: usize) -> Option<Value> {
        self[unit].after.get(column).cloned().flatten()
    }

    fn leads_to(&self, unit: usize, foreign_key: usize) -> Option<usize> {
        let mut links = self[unit].leads_to.iter();
        links
            .find(|(key, _)| *key == foreign_key)
            .map(|(_, to)| *to)
    }
}

/// The number for NULL, and the one for what the database is going to say.
const NULL: i64 = -1;
const ASK: i64 = -2;

fn value(number: i64) -> Value {
    if number == NULL {
        Value::Null
    } else {
        Value::Int(number)
    }
}

fn insert<const N: usize>(table: &'static TableInfo, after: [i64; N]) -> Unit {
    assert_eq!(N, table.columns.len());
    Unit {
        table,
        action: Action::Insert,
        before: Vec::new(),
        after: after
            .map(|number| (number != ASK).then(|| value(number)))
            .to_vec(),
        leads_to: Vec::new(),
    }
}

fn update<const N: usize>(table: &'static TableInfo, before: [i64; N], after: [i64; N]) -> Unit {
    Unit {
        action: Action::Update,
        before: before.map(value).to_vec(),
        ..insert(table, after)
    }
}

fn delete<const N: usize>(table: &'static TableInfo, before: [i64; N]) -> Unit {
    Unit {
        action: Action::Delete,
        before: before.map(value).to_vec(),
        after: Vec::new(),
        ..insert(table, before)
    }
}

/// The steps: the numbers of rows, `u-f` for a foreign key that is disconnected, `u+f` for one that is connected.
fn shown(plan: &Plan) -> String {
    let steps = plan.steps.iter().map(|step| match step {
        Step::Write(unit) => unit.to_string(),
        Step::Connect { unit, foreign_key } => format!("{unit}+{foreign_key}"),
        Step::Disconnect { unit, foreign_key } => format!("{unit}-{foreign_key}"),
    });
    steps.collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn holds(scenarios: Vec<(&str, Vec<Unit>, &str)>) {
    for (name, units, expected) in scenarios {
        let plan = plan(&units).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(shown(&plan), expected, "{name}");
        for (unit, facts) in units.iter().enumerate() {
            for foreign_key in 0..facts.table.foreign_keys.len() {
                let connects = plan.steps.contains(&Step::Connect { unit, foreign_key });
                assert_eq!(plan.postpones(unit, foreign_key), connects, "{name}");
            }
        }
        simulation::succeeds(name, &units, &plan);
    }
}

#[track_caller]
fn refuses(scenarios: Vec<(&str, Vec<Unit>, &str)>) {
    for (name, units, expected) in scenarios {
        let error = plan(&units).expect_err(name);
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{name}");
        assert_eq!(error.message(), expected, "{name}");
    }
}

#[test]
fn u41_tables_come_in_the_order_of_their_foreign_keys() {
    holds(vec![
        ("nothing", vec![], ""),
        (
            "T03, U-43: by the tables, without a word of objects",
            vec![insert(&ADDRESS, [1, 1]), insert(&USER, [1, NULL])],
            "1 0",
        ),
        (
            "T03: children are deleted first",
            vec![delete(&USER, [1, NULL]), delete(&ADDRESS, [1, 1])],
            "1 0",
        ),
        (
            "T01: children are let go before their parent is deleted",
            vec![
                delete(&USER, [7, NULL]),
                update(&ADDRESS, [1, 7], [1, NULL]),
                update(&ADDRESS, [2, 7], [2, NULL]),
            ],
            "1 2 0",
        ),
        (
            "T11: a child moves to another parent, the first of which goes",
            vec![
                delete(&USER, [1, NULL]),
                update(&ADDRESS, [1, 1], [1, 2]),
                insert(&USER, [2, NULL]),
            ],
            "2 1 0",
        ),
        (
            "keys that the database gives",
            vec![
                insert(&ADDRESS, [ASK, ASK]).leading(0, 1),
                insert(&USER, [ASK, NULL]),
            ],
            "1 0",
        ),
        (
            "U-42: tables that are free come by name",
            vec![
                insert(&USER, [1, NULL]),
                insert(&PART, [1, 1]),
                insert(&NODE, [1, NULL]),
            ],
            "2 1 0",
        ),
        (
            "U-44: updates, inserts, deletes; each in the given order",
            vec![
                delete(&USER, [3, NULL]),
                insert(&USER, [5, NULL]),
                update(&USER, [1, 1], [1, 2]),
                delete(&USER, [2, NULL]),
                insert(&USER, [4, NULL]),
                update(&USER, [9, 8], [9, 9]),
            ],
            "2 5 1 4 0 3",
        ),
    ]);
}

#[test]
fn u49_rows_of_a_table_that_leads_to_itself_come_by_level() {
    holds(vec![
        (
            "U-49: the root, its children, theirs",
            vec![
                insert(&NODE, [4, 1]),
                insert(&NODE, [1, NULL]),
                insert(&NODE, [2, 1]),
                insert(&NODE, [3, 2]),
            ],
            "1 0 2 3",
        ),
        (
            "U-49: leaves are deleted first",
            vec![
                delete(&NODE, [1, NULL]),
                delete(&NODE, [2, 1]),
                delete(&NODE, [3, 2]),
                delete(&NODE, [4, 2]),
            ],
            "2 3 1 0",
        ),
        (
            "T05: a level at once, by objects",
            vec![
                insert(&NODE, [ASK, NULL]),
                insert(&NODE, [ASK, ASK]).leading(0, 0),
                insert(&NODE, [ASK, ASK]).leading(0, 0),
                insert(&NODE, [ASK, ASK]).leading(0, 2),
                insert(&NODE, [ASK, ASK]).leading(0, 2),
                insert(&NODE, [ASK, ASK]).leading(0, 2),
                insert(&NODE, [ASK, ASK]).leading(0, 0),
            ],
            "0 1 2 6 3 4 5",
        ),
        (
            "a row moves below a new one, before the old one goes",
            vec![
                delete(&NODE, [1, NULL]),
                update(&NODE, [2, 1], [2, ASK]).leading(0, 2),
                insert(&NODE, [ASK, NULL]),
            ],
            "2 1 0",
        ),
        (
            "a row that leads to itself by a known key needs nothing",
            vec![insert(&NODE, [1, 1]), delete(&NODE, [2, 2])],
            "0 1",
        ),
        (
            "and by a key that the database gives, two steps",
            vec![insert(&NODE, [ASK, ASK]).leading(0, 0)],
            "0 0+0",
        ),
        (
            "a circle of three is opened once",
            vec![
                insert(&NODE, [1, 2]),
                insert(&NODE, [2, 3]),
                insert(&NODE, [3, 1]),
            ],
            "0 2 1 0+0",
        ),
        (
            "and once when it is deleted",
            vec![
                delete(&NODE, [1, 2]),
                delete(&NODE, [2, 3]),
                delete(&NODE, [3, 1]),
            ],
            "0-0 1 2 0",
        ),
    ]);
    refuses(vec![(
        "a row that cannot be without itself",
        vec![insert(&PART, [ASK, ASK]).leading(0, 0)],
        "a row of part leads to itself by part.whole_id, which cannot be NULL until its key is known; give it a key",
    )]);
}

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

#[test]
fn u52_unique_values_are_freed_before_they_are_taken() {
    holds(vec![
        (
            "U-52: a unique child is replaced",
            vec![
                insert(&PROFILE, [2, 1, NULL]),
                delete(&PROFILE, [1, 1, NULL]),
            ],
            "1 0",
        ),
        (
            "by another parent's, who goes",
            vec![
                delete(&USER, [1, NULL]),
                update(&PROFILE, [1, 1, NULL], [1, 2, NULL]),
                delete(&PROFILE, [2, 2, NULL]),
            ],
            "2 1 0",
        ),
        (
            "U-50: a row is replaced under its key",
            vec![delete(&USER, [1, 5]), insert(&USER, [1, 6])],
            "0 1",
        ),
        (
            "a chain of values goes on",
            vec![
                update(&USER, [1, 1], [1, 2]),
                update(&USER, [2, 2], [2, 3]),
                update(&USER, [3, 3], [3, 4]),
            ],
            "2 1 0",
        ),
        (
            "what leads to the row that goes early, goes before; what leads to the new one, after",
            vec![
                insert(&USER, [2, 7]),
                insert(&ADDRESS, [5, 2]),
                delete(&USER, [1, 7]),
                delete(&ADDRESS, [4, 1]),
                insert(&USER, [3, 8]),
            ],
            "4 3 2 0 1",
        ),
        (
            "a child stays with a parent that is replaced",
            vec![
                insert(&USER, [2, 7]),
                update(&ADDRESS, [4, 1], [4, 2]),
                delete(&USER, [1, 7]),
            ],
            "1-0 1 2 0 1+0",
        ),
        (
            "NULL is never in the way",
            vec![delete(&USER, [1, NULL]), insert(&USER, [2, NULL])],
            "1 0",
        ),
        (
            "nor is what is not known",
            vec![delete(&USER, [1, 3]), insert(&USER, [ASK, ASK])],
            "1 0",
        ),
        (
            "a key of two columns",
            vec![
                delete(&BOOKING, [1, 1, 1, 5]),
                insert(&BOOKING, [2, 1, 1, 5]),
                insert(&BOOKING, [3, 1, 1, 6]),
            ],
            "2 0 1",
        ),
    ]);
    refuses(vec![
        (
            "a swap",
            vec![update(&USER, [1, 1], [1, 2]), update(&USER, [2, 2], [2, 1])],
            "two rows or more swap their unique values of user.code; flush in between",
        ),
        (
            "a swap of keys",
            vec![
                update(&ROOM, [1, 1, 1], [1, 2, 1]),
                update(&ROOM, [1, 2, 2], [1, 1, 2]),
            ],
            "two rows or more swap their unique values of room.(building, number); flush in between",
        ),
        (
            "a child that cannot be without a parent stays with one that is replaced",
            vec![
                insert(&USER, [2, 7]),
                update(&ORDER, [4, 1], [4, 2]),
                delete(&USER, [1, 7]),
            ],
            "rows take unique values of user.code from each other in a circle that no nullable foreign key opens: \
             order.user_id → user; flush in between",
        ),
    ]);
}

#[test]
fn u51_a_key_that_changes_is_there_before_it_is_led_to() {
    holds(vec![
        (
            "the child follows",
            vec![
                update(&USER, [1, NULL], [2, NULL]),
                update(&ADDRESS, [1, 1], [1, 2]),
                insert(&ADDRESS, [2, 2]),
            ],
            "0 1 2",
        ),
        (
            "children that go, go before",
            vec![
                update(&USER, [1, NULL], [2, NULL]),
                delete(&ADDRESS, [1, 1]),
                insert(&ADDRESS, [2, 2]),
                insert(&ADDRESS, [3, NULL]),
            ],
            "3 1 0 2",
        ),
    ]);
}

#[test]
fn composite_foreign_keys_are_compared_as_wholes() {
    holds(vec![
        (
            "a part of it that is NULL leads nowhere",
            vec![
                delete(&ROOM, [1, 1, NULL]),
                delete(&BOOKING, [1, 1, 1, NULL]),
                delete(&BOOKING, [2, 1, NULL, NULL]),
            ],
            "1 2 0",
        ),
        (
            "rooms and bookings in a circle: the part that can be NULL is",
            vec![
                insert(&ROOM, [1, 1, 9]),
                insert(&ROOM, [1, 2, 8]),
                insert(&BOOKING, [9, 1, 1, NULL]),
                insert(&BOOKING, [8, 2, 1, NULL]),
            ],
            "2 3 0 1 2+0",
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
        table: &schema::LINK,
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
