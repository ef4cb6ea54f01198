//! Parents before children, and the reverse.

use super::{
    scenario::{ASK, NULL, delete, holds, insert, refuses, update},
    schema::{ADDRESS, BOOKING, NODE, PART, ROOM, USER},
};

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
