//! Expressions of a grouped query that stand in several places and have to be seen to be the same.
//!
//! `GROUP BY age / $1` beside `HAVING age / $2 > 3` fails, because two parameters could differ. So the second is written with
//! the parameters of the first; or, where parameters have no numbers, as the label of what is selected.

use std::mem;

use super::{
    expression::expression,
    selected::{COLUMN, Names, position, unlabelled},
};
use crate::sql::{
    Node,
    writer::{Sink, Writer},
};

/// What has to be written in the same way wherever it stands in a SELECT.
#[derive(Default)]
pub(in crate::sql) enum Known<'t> {
    /// Nothing.
    #[default]
    Nothing,
    /// What the query groups by, and for each the number of its first parameter once it was written.
    Keys(&'t [Node], Vec<Option<usize>>),
    /// What the query selects, by its labels, as far as it groups by it.
    Labels {
        /// What it selects.
        selected: &'t [Node],
        /// What that is called.
        names: Names,
        /// What it groups by.
        keys: &'t [Node],
    },
}

/// Says what a SELECT groups by.
#[inline]
pub(super) fn expect<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, keys: &'t [Node]) {
    let repeated = writer.capabilities.repeated_parameters && !writer.in_key;
    if repeated && !keys.iter().all(is_name) {
        writer.scope.known = Known::Keys(keys, vec![None; keys.len()]);
    }
}

/// Says what a SELECT selects, before its HAVING. Gives what is to be put back afterwards.
pub(super) fn expect_labels<'t, S: Sink>(
    writer: &mut Writer<'_, 't, S>,
    selected: &'t [Node],
    names: Names,
    keys: &'t [Node],
) -> Option<Known<'t>> {
    let labels = Known::Labels {
        selected,
        names,
        keys,
    };
    let wanted = writer.capabilities.having_labels;
    wanted.then(|| mem::replace(&mut writer.scope.known, labels))
}

/// Whether there is anything that has to be written in the same way.
#[inline]
pub(super) fn is_known<S>(writer: &Writer<'_, '_, S>) -> bool {
    !matches!(writer.scope.known, Known::Nothing)
}

/// Writes the node if it has to be written in the same way as elsewhere; tells whether it did.
#[cold]
pub(super) fn known<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, node: &'t Node) -> bool {
    if is_name(node) {
        return false;
    }
    match &writer.scope.known {
        Known::Nothing => false,
        Known::Labels {
            selected,
            names,
            keys,
        } => match label(selected, *names, keys, unlabelled(node)) {
            None => {
                if keys.iter().any(|key| unlabelled(key) == unlabelled(node)) {
                    writer.unsupported(
                        "finds what a query groups by in HAVING by its label only: give it a label, and select it",
                    );
                }
                false
            }
            Some(Called::Name(name)) => {
                writer.name(name);
                true
            }
            Some(Called::Number(number)) => {
                writer.numbered(COLUMN, number);
                true
            }
        },
        Known::Keys(keys, _) => match keys
            .iter()
            .position(|key| unlabelled(key) == unlabelled(node))
        {
            None => false,
            Some(index) => {
                key(writer, node, index);
                true
            }
        },
    }
}

/// What something selected is called.
enum Called {
    Name(&'static str),
    Number(usize),
}

/// What a query calls what it groups by, unless a column that it groups by has that name: it would be meant.
fn label(selected: &[Node], names: Names, keys: &[Node], node: &Node) -> Option<Called> {
    if !keys.iter().any(|key| unlabelled(key) == node) {
        return None;
    }
    let is_taken = |name: &str| {
        keys.iter().any(|key| match unlabelled(key) {
            Node::Column { column, .. } => column.name.eq_ignore_ascii_case(name),
            _ => false,
        })
    };
    let name = match names {
        Names::AsWritten | Names::Inserted => selected.iter().find_map(|item| match item {
            Node::Label(name, inner) if **inner == *node => Some(*name),
            _ => None,
        })?,
        Names::Of(table) => table.columns.get(position(selected, node)? - 1)?.name,
        Names::Numbered => return position(selected, node).map(Called::Number),
    };
    (!is_taken(name)).then_some(Called::Name(name))
}

/// Writes what the query groups by: the first time with parameters of its own, afterwards with those.
fn key<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, node: &'t Node, index: usize) {
    let next = writer.bound() + 1;
    let mut known = mem::take(&mut writer.scope.known);
    let first = match &mut known {
        Known::Keys(_, numbers) => {
            let first = numbers[index];
            numbers[index] = first.or(Some(next));
            first
        }
        Known::Nothing | Known::Labels { .. } => None,
    };
    // What is within is part of it: its parameters follow one another, each as often as it stands there.
    writer.in_key = true;
    writer.repeat(first);
    expression(writer, node);
    writer.repeat(None);
    writer.in_key = false;
    writer.scope.known = known;
}

/// What is the same wherever it stands.
fn is_name(node: &Node) -> bool {
    matches!(
        unlabelled(node),
        Node::Column { .. } | Node::WholeRow { .. } | Node::Path(_) | Node::Parameter(_)
    )
}
