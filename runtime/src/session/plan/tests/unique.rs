//! Unique values that change hands.

use super::{
    scenario::{ASK, NULL, delete, holds, insert, refuses, update},
    schema::{ADDRESS, BOOKING, ORDER, PROFILE, ROOM, USER},
};

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
