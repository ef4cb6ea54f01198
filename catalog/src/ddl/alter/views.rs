//! Which views go before their tables change, and come back after.

use std::collections::HashSet;

use crate::{Name, View};

use super::super::{Object, Statement, expression, view};
use super::Work;

/// The views that are dropped: those that are gone or other ones, those of tables whose columns change, and those that show
/// them in turn. `touched` are the old names of more tables that count as changed.
pub(super) fn dropped<'c>(work: &Work<'c>, touched: &[&Name]) -> Vec<&'c View> {
    let compared = &work.compared;
    let views = &compared.views;
    let mut names: Vec<&str> = touched.iter().map(|name| name.name.as_str()).collect();
    let changed = compared
        .tables
        .iter()
        .filter(|pair| pair.has_other_columns());
    names.extend(changed.map(|pair| pair.from.name.name.as_str()));
    names.extend(
        compared
            .dropped
            .iter()
            .map(|table| table.name.name.as_str()),
    );
    let gone: HashSet<&Name> = views.dropped.iter().map(|view| &view.name).collect();
    let other: HashSet<&Name> = views.changed.iter().map(|(old, _)| &old.name).collect();
    let mut dropped: Vec<&'c View> = Vec::new();
    // Each stands behind those that it shows.
    for view in view::creation_order(compared.from) {
        let mut names = names.iter();
        let is_shown = names.any(|name| expression::names(&view.query, name));
        let mut before = dropped.iter();
        let shows = before.any(|other| expression::names(&view.query, &other.name.name));
        if gone.contains(&view.name) || other.contains(&view.name) || is_shown || shows {
            dropped.push(view);
        }
    }
    dropped
}

/// The statements that drop them.
pub(super) fn drop(work: &Work<'_>, dropped: &[&View]) -> Vec<Statement> {
    let objects = dropped.iter().map(|view| Object::View(view.name.clone()));
    work.drops(&objects.collect())
}

/// The statements that create what was dropped and is still there, and what is new.
pub(super) fn create(work: &Work<'_>, dropped: &[&View]) -> Vec<Statement> {
    let created = work.compared.views.created.iter().copied();
    let names: HashSet<&Name> = created
        .chain(dropped.iter().copied())
        .map(|view| &view.name)
        .collect();
    let is_meant = |it: &&Statement| matches!(&it.of, Object::View(name) if names.contains(name));
    work.created.iter().filter(is_meant).cloned().collect()
}
