//! The data of all contestants, and the plain form in which their results are compared.

/// How many rows there are.
pub const ROWS: i64 = 10_000;

/// A row, plain: its key, name, note and amount.
pub type ItemRow = (i64, String, Option<String>, i64);

/// The rows: every other one has no note. Keys count from 1.
pub fn items() -> impl Iterator<Item = ItemRow> {
    (1..=ROWS).map(|number| {
        let note = (number % 2 == 0).then(|| format!("the note of item {number}"));
        (
            number,
            format!("the name of item {number}"),
            note,
            number * 3,
        )
    })
}
