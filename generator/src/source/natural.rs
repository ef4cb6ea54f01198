//! The order in which people count: `2_users.sql` before `10_posts.sql`.

use std::cmp::Ordering;

/// Compares two names; runs of digits count as numbers.
pub(super) fn compare(left: &str, right: &str) -> Ordering {
    let (mut left_rest, mut right_rest) = (left, right);
    loop {
        let (left_run, left_after) = run(left_rest);
        let (right_run, right_after) = run(right_rest);
        let order = compare_runs(left_run, right_run);
        if order.is_ne() {
            return order;
        }
        if left_run.is_empty() {
            // Only the zeros before a number are left to tell the names apart.
            return left.cmp(right);
        }
        (left_rest, right_rest) = (left_after, right_after);
    }
}

/// The characters up to the next change between digits and others, and what follows them.
fn run(text: &str) -> (&str, &str) {
    let Some(first) = text.chars().next() else {
        return ("", "");
    };
    let digits = first.is_ascii_digit();
    let end = text
        .find(|character: char| character.is_ascii_digit() != digits)
        .unwrap_or(text.len());
    text.split_at(end)
}

fn compare_runs(left: &str, right: &str) -> Ordering {
    let is_number = |run: &str| run.starts_with(|first: char| first.is_ascii_digit());
    if is_number(left) && is_number(right) {
        let (left, right) = (left.trim_start_matches('0'), right.trim_start_matches('0'));
        left.len().cmp(&right.len()).then_with(|| left.cmp(right))
    } else {
        left.cmp(right)
    }
}
