//! Tables that inherit from others (PostgreSQL): what is done to a table reaches its heirs, unless `ONLY` stands in front of it.

use std::collections::BTreeSet;

use aludel_catalog::{Column, Name};

use super::{
    Placed, Result,
    alter::{Altered, remove::drop_column},
    constraint::{Constraint, unknown_column},
    cursor::Cursor,
    draft::{CheckDraft, ColumnDraft, Draft},
    remark::Remarks,
    statement::Outcome,
    table,
};
use crate::diagnostic::{Diagnostic, Span};

impl Draft {
    /// The tables that inherit from this one directly.
    fn children(&self, table: usize) -> Vec<usize> {
        let name = &self.tables[table].name;
        let tables = self.tables.iter().enumerate();
        let children = tables.filter(|(_, other)| other.parents.contains(name));
        children.map(|(number, _)| number).collect()
    }

    /// The tables that inherit from this one, directly or not.
    pub(super) fn heirs(&self, table: usize) -> BTreeSet<usize> {
        let mut heirs = BTreeSet::new();
        let mut open = self.children(table);
        while let Some(heir) = open.pop() {
            if heirs.insert(heir) {
                open.extend(self.children(heir));
            }
        }
        heirs
    }

    /// The heirs of a table that have a column of this name, with its number.
    pub(super) fn inherited_columns(&self, table: usize, column: &str) -> Vec<(usize, usize)> {
        let heirs = self.heirs(table).into_iter();
        let columns = heirs.map(|heir| (heir, self.tables[heir].column_number(self, column)));
        columns
            .filter_map(|(heir, number)| Some((heir, number?)))
            .collect()
    }

    /// Whether a table has a column from one of its parents.
    fn inherits_column(&self, table: usize, column: &str) -> bool {
        let mut parents = self.parents(table);
        parents.any(|parent| self.tables[parent].column_names().any(|it| it == column))
    }

    fn parents(&self, table: usize) -> impl Iterator<Item = usize> {
        let parents = self.tables[table].parents.iter();
        parents.filter_map(|parent| self.own_table_number(parent))
    }
}

/// A column as another table has it from its parent.
pub(super) fn inherited(column: &ColumnDraft) -> ColumnDraft {
    let mut inherited = column.clone();
    inherited.is_local = false;
    inherited.column.comment = None;
    inherited.remarks = Remarks::default();
    // Only a default is inherited: that of a serial column, which counts in the same sequence.
    if !table::is_serial(&inherited.column.ty) {
        inherited.column.identity = None;
    }
    inherited
}

/// The checks of a table as another one has them from it.
pub(super) fn inherited_checks(checks: &[CheckDraft]) -> Vec<CheckDraft> {
    let handed_down = checks.iter().filter(|check| check.is_handed_down);
    let inherited = handed_down.cloned().map(|mut check| {
        check.is_local = false;
        check
    });
    inherited.collect()
}

/// Gives a new column of a table to its heirs. One that has such a column keeps it as it is, and so do its own heirs.
pub(super) fn hand_down_column(draft: &mut Draft, table: usize, column: &ColumnDraft) {
    for child in draft.children(table) {
        let existing = draft.tables[child].column_number(draft, &column.column.name);
        if existing.is_none() {
            draft.tables[child].columns.push(inherited(column));
            hand_down_column(draft, child, column);
        }
    }
}

/// Lets the heirs of a table follow a constraint that it has been given: they take over checks, and what is never NULL.
pub(super) fn hand_down_constraint(draft: &mut Draft, table: usize, constraint: &Constraint) {
    match constraint {
        Constraint::Check { .. } => {
            if let Some(check) = draft.tables[table].checks.last().cloned() {
                inherited_checks(&[check])
                    .iter()
                    .for_each(|check| hand_down_check(draft, table, check));
            }
        }
        Constraint::PrimaryKey { .. } | Constraint::UsingIndex { primary: true, .. } => {
            let key = draft.tables[table].primary_key.as_ref();
            let columns = key.map(|key| key.value.columns.clone()).unwrap_or_default();
            for column in columns {
                change_columns(draft, table, &column, |column| column.nullable = false);
            }
        }
        Constraint::NotNull { column } => {
            change_columns(draft, table, &column.value, |column| {
                column.nullable = false
            });
        }
        _ => {}
    }
}

fn hand_down_check(draft: &mut Draft, table: usize, check: &CheckDraft) {
    for child in draft.children(table) {
        let checks = &mut draft.tables[child].checks;
        if !checks.iter().any(|other| other.is_same(check)) {
            checks.push(check.clone());
            hand_down_check(draft, child, check);
        }
    }
}

/// Changes a column in all heirs of a table.
pub(super) fn change_columns(
    draft: &mut Draft,
    table: usize,
    name: &str,
    change: impl Fn(&mut Column),
) {
    for (heir, number) in draft.inherited_columns(table, name) {
        change(&mut draft.tables[heir].columns[number].column);
    }
}

/// Lets the heirs follow a column that their parent has lost: it goes, where nothing else makes a table have it.
pub(super) fn drop_inherited_column(draft: &mut Draft, table: usize, name: &Placed<String>) {
    for child in draft.children(table) {
        let Some(number) = draft.tables[child].column_number(draft, &name.value) else {
            continue;
        };
        let is_local = draft.tables[child].columns[number].is_local;
        if !is_local && !draft.inherits_column(child, &name.value) {
            drop_column(draft, child, name);
        }
    }
}

/// Lets the heirs keep a column that their parent alone has lost, as their own.
pub(super) fn keep_column(draft: &mut Draft, table: usize, name: &str) {
    for child in draft.children(table) {
        if let Some(number) = draft.tables[child].column_number(draft, name) {
            draft.tables[child].columns[number].is_local = true;
        }
    }
}

/// Lets the heirs follow a check that their parent has lost, like a column; behind `ONLY`, they keep it as their own.
pub(super) fn drop_inherited_check(draft: &mut Draft, altered: Altered, check: &CheckDraft) {
    for child in draft.children(altered.table) {
        let has = |table: usize| {
            let mut checks = draft.tables[table].checks.iter();
            checks.position(|other| other.is_handed_down && other.is_same(check))
        };
        let is_inherited = draft.parents(child).any(|parent| has(parent).is_some());
        let Some(number) = has(child) else { continue };
        if altered.only {
            draft.tables[child].checks[number].is_local = true;
        } else if !draft.tables[child].checks[number].is_local && !is_inherited {
            draft.tables[child].checks.remove(number);
            let table = child;
            drop_inherited_check(draft, Altered { table, ..altered }, check);
        }
    }
}

/// Gives a check another name in all heirs of a table.
pub(super) fn rename_check(draft: &mut Draft, table: usize, from: &str, to: &str) {
    for heir in draft.heirs(table) {
        let names = draft.tables[heir].checks.iter_mut();
        let names = names.filter_map(|check| check.check.name.as_mut());
        names
            .filter(|name| *name == from)
            .for_each(|name| to.clone_into(name));
    }
}

/// Whether this is `INHERIT …` or `NO INHERIT …`.
pub(super) fn starts(action: &Cursor<'_>) -> bool {
    action.is_word("INHERIT") || action.is_words(&["NO", "INHERIT"])
}

/// Reads `INHERIT parent` and `NO INHERIT parent` in `ALTER TABLE`. The columns are there already, and stay.
pub(super) fn alter(action: &mut Cursor<'_>, draft: &mut Draft, table: usize) -> Result<()> {
    let start = action.span();
    let parts = action.eat_word("NO");
    action.expect_word("INHERIT")?;
    let name = action.name("the name of a table")?;
    let Some(parent) = draft.table_number(&name.value) else {
        return match table::missing(draft, &name)? {
            Outcome::Missing(problem) => Err(problem),
            _ => Ok(()),
        };
    };
    match parts {
        true => part(draft, table, &draft.tables[parent].name.clone()),
        false => {
            draft.report(link_not_kept("INHERIT", action.span_from(start)));
            join(draft, table, parent, name.span)?;
        }
    }
    action.expect_end()
}

fn join(draft: &mut Draft, table: usize, parent: usize, span: Span) -> Result<()> {
    if table == parent || draft.heirs(table).contains(&parent) {
        return Err(Box::new(circular(draft, table, span)));
    }
    let child = &draft.tables[table];
    let columns = draft.tables[parent].column_names();
    let missing = columns.filter(|name| child.column_number(draft, name).is_none());
    let missing = missing.filter(|_| !child.lost_column);
    let problems: Vec<Diagnostic> = missing
        .map(|name| unknown_column(name, &child.name.to_string(), span, child.column_names()))
        .collect();
    draft.diagnostics.extend(problems);
    let parent = draft.tables[parent].name.clone();
    let parents = &mut draft.tables[table].parents;
    if !parents.contains(&parent) {
        parents.push(parent);
    }
    Ok(())
}

/// Ends the link to a parent. What came from there alone is the table's own now.
fn part(draft: &mut Draft, table: usize, parent: &Name) {
    draft.tables[table].parents.retain(|other| other != parent);
    let mut columns = std::mem::take(&mut draft.tables[table].columns);
    for column in &mut columns {
        column.is_local |= !draft.inherits_column(table, &column.column.name);
    }
    draft.tables[table].columns = columns;
    let mut checks = std::mem::take(&mut draft.tables[table].checks);
    for check in &mut checks {
        let mut others = draft.parents(table).flat_map(|it| &draft.tables[it].checks);
        check.is_local |= !others.any(|other| other.is_handed_down && other.is_same(check));
    }
    draft.tables[table].checks = checks;
}

/// Ends the links to tables that are no more; CASCADE takes what inherits from them away, too.
pub(super) fn leave_dropped(draft: &mut Draft, cascades: bool) {
    let orphan = |draft: &Draft| {
        let tables = draft.tables.iter().enumerate();
        let mut links = tables.flat_map(|(number, table)| {
            let parents = table.parents.iter();
            parents.map(move |parent| (number, parent))
        });
        let link = links.find(|(_, parent)| draft.own_table_number(parent).is_none());
        link.map(|(number, parent)| (number, parent.clone()))
    };
    while let Some((table, parent)) = orphan(draft) {
        if cascades {
            draft.forget_keys_to(table);
            draft.remove_table(table);
        } else {
            part(draft, table, &parent);
        }
    }
}

/// Which tables inherit from which is not kept.
pub(super) fn link_not_kept(clause: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(format!("`{clause}` is left out"))
        .at(span)
        .label("the columns are taken over, but not the link between the tables")
}

fn circular(draft: &Draft, table: usize, span: Span) -> Diagnostic {
    let name = &draft.tables[table].name;
    Diagnostic::error(format!("table `{name}` would inherit from itself"))
        .at(span)
        .label("this table is or inherits from it")
}
