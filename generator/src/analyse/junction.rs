//! Tables whose rows are pairs: many-to-many relationships.

use aludel_catalog::{ForeignKey, Table};
use heck::ToSnakeCase;

use super::{Input, foreign_key};
use crate::naming;

/// Words that join two names and mean nothing by themselves.
const JOINING_WORDS: [&str; 12] = [
    "2", "to", "and", "x", "has", "of", "in", "map", "link", "rel", "ref", "join",
];

/// The two foreign keys of a table that joins two others, as positions; none for other tables.
///
/// Its rows are pairs when a key consists of exactly the columns of both, and no other column has to be given.
pub(super) fn keys(input: Input<'_>, table: &Table) -> Option<(usize, usize)> {
    let said = input
        .notes(&table.name)
        .and_then(|notes| notes.junction.as_ref())
        .map(|noted| noted.value);
    let [first, second] = table.foreign_keys.as_slice() else {
        return None;
    };
    let columns: Vec<String> = first
        .columns
        .iter()
        .chain(&second.columns)
        .cloned()
        .collect();
    let given = |name: &String| columns.contains(name);
    let only_pairs = table.is_unique(&columns)
        && table
            .columns
            .iter()
            .all(|column| given(&column.name) || column.is_optional_on_insert());
    said.unwrap_or(only_pairs).then_some((0, 1))
}

/// Whether its rows are pairs and say nothing else: every column is of a foreign key, or of the primary key.
pub(super) fn is_pure(input: Input<'_>, table: &Table) -> bool {
    let in_key = |name: &String| {
        let mut keys = table.foreign_keys.iter();
        keys.any(|key| key.columns.contains(name)) || table.key_columns().contains(name)
    };
    keys(input, table).is_some() && table.columns.iter().all(|column| in_key(&column.name))
}

/// What the rows at the end of `to` are called from the rows at the end of `from`.
pub(super) fn name(input: Input<'_>, table: &Table, from: &ForeignKey, to: &ForeignKey) -> String {
    let plural = |name: &str| naming::plural(name, &input.annotations.inflections);
    let forward = self::forward(input, table, to);
    let target = foreign_key::singular(input, &to.table.name);
    if from.table == to.table || forward != target {
        return plural(&forward);
    }
    if let Some(words) = own_words(input, table, from, to) {
        return words;
    }
    // As with the other side of a foreign key: `subscriber_id` says more than that it leads to a user.
    let here = self::forward(input, table, from);
    if here == foreign_key::singular(input, &from.table.name) {
        plural(&target)
    } else {
        format!("{here}_{}", plural(&target))
    }
}

/// The name on the side of a foreign key.
fn forward(input: Input<'_>, table: &Table, key: &ForeignKey) -> String {
    match foreign_key::chosen_names(input, table, key) {
        Some((chosen, _)) => chosen.clone(),
        None => foreign_key::forward_name(input, table, key),
    }
}

/// What a table's name says of its target, where it says more than the target's name: `issue_labels_to_exclude` says
/// `labels_to_exclude` of labels, while `team_members` says nothing of users.
fn own_words(
    input: Input<'_>,
    table: &Table,
    from: &ForeignKey,
    to: &ForeignKey,
) -> Option<String> {
    let (here, there) = (words(input, &from.table.name), words(input, &to.table.name));
    let all = split(&table.name.name);
    let of_target: Vec<(&String, String)> = all
        .iter()
        .map(|word| (word, foreign_key::singular(input, word)))
        .filter(|(_, singular)| !here.contains(singular))
        .collect();
    let named = of_target
        .iter()
        .any(|(_, singular)| there.contains(singular));
    let plain = |(word, singular): &(&String, String)| {
        there.contains(singular) || JOINING_WORDS.contains(&word.as_str())
    };
    if !named || of_target.len() == all.len() || of_target.iter().all(plain) {
        return None;
    }
    let words: Vec<&str> = of_target.iter().map(|(word, _)| word.as_str()).collect();
    Some(words.join("_"))
}

fn words(input: Input<'_>, name: &str) -> Vec<String> {
    split(name)
        .iter()
        .map(|word| foreign_key::singular(input, word))
        .collect()
}

/// The words of a name; digits stand by themselves: `boy2girl` → `boy`, `2`, `girl`.
fn split(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for part in name.to_snake_case().split('_') {
        let mut word = String::new();
        for character in part.chars() {
            let changes = word
                .chars()
                .last()
                .is_some_and(|last| last.is_ascii_digit() != character.is_ascii_digit());
            if changes {
                words.push(std::mem::take(&mut word));
            }
            word.push(character);
        }
        words.push(word);
    }
    words.retain(|word| !word.is_empty());
    words
}
