//! Relationships: names for those that follow from foreign keys, and others.

use aludel_catalog::Name;

use super::{fragment, name, notes};
use crate::{
    annotation::{Cascade, Load, Noted, RelationshipNotes},
    diagnostic::{Diagnostic, Span},
    parse::{Placed, constraint::find_column, draft::Draft, table::unknown_table},
    yaml::{
        Entry, Fields, Node, choice, fields, flag, keys, map, not_a_choice, one_or_more, text, word,
    },
};

/// Reads `relationships` of a table or a view.
pub(super) fn read_all(
    node: &Node,
    own: &Name,
    draft: &mut Draft,
) -> Vec<Noted<RelationshipNotes>> {
    let entries = map(
        node,
        "a map of relationships by name",
        &mut draft.diagnostics,
    );
    entries
        .unwrap_or_default()
        .iter()
        .filter_map(|entry| {
            let value = read(entry, own, draft)?;
            notes::noted_at(entry.key.span, value)
        })
        .collect()
}

fn read(entry: &Entry, own: &Name, draft: &mut Draft) -> Option<RelationshipNotes> {
    let fields = fields(&entry.value, keys::RELATIONSHIP, &mut draft.diagnostics)?;
    let mut notes = RelationshipNotes {
        name: entry.key.text.clone(),
        ..RelationshipNotes::default()
    };
    notes.back_reference = notes::word_of(&fields, "backref", "the name of the other side", draft);
    read_ends(&fields, own, &mut notes, draft);
    if let (Some(through), Some(key)) = (fields.entry("through"), fields.entry("foreign_key")) {
        draft.report(two_ways(through.key.span, key.key.span));
    }
    if let Some(node) = fields.get("cascade") {
        notes.cascade = Some(read_cascade(node, draft));
    }
    if let Some(node) = fields.get("order_by") {
        notes.order_by = read_order(node, notes.to.as_ref(), draft);
    }
    notes.filter = fields
        .get("where")
        .and_then(|node| read_condition(node, draft));
    notes.load = fields.get("load").and_then(|node| read_load(node, draft));
    notes.read_only = fields
        .get("read_only")
        .and_then(|node| notes::noted(node, flag(node, &mut draft.diagnostics)));
    Some(notes)
}

/// Where it leads, and by what.
fn read_ends(fields: &Fields<'_>, own: &Name, notes: &mut RelationshipNotes, draft: &mut Draft) {
    notes.to = fields.get("to").and_then(|node| existing(node, draft));
    notes.through = fields.get("through").and_then(|node| existing(node, draft));
    if let Some(node) = fields.get("foreign_key") {
        notes.foreign_key = read_foreign_key(node, own, draft);
    }
}

/// The table or view that a node names.
fn existing(node: &Node, draft: &mut Draft) -> Option<Name> {
    let scalar = word(node, "the name of a table", &mut draft.diagnostics)?;
    let name = name::of_table(scalar, draft)?;
    find(&name, draft)
}

/// The table or view of this name, as it is declared. A missing one is reported.
pub(super) fn find(name: &Placed<Name>, draft: &mut Draft) -> Option<Name> {
    if let Some(table) = draft.table(&name.value) {
        return Some(table.name.clone());
    }
    if let Some(view) = draft.view_number(&name.value) {
        return Some(draft.views[view].value.name.clone());
    }
    if !draft.lost_table {
        let problem = unknown_table(draft, name);
        draft.report(problem);
    }
    None
}

fn read_foreign_key(node: &Node, own: &Name, draft: &mut Draft) -> Option<(Name, Vec<String>)> {
    let what = "the columns of a foreign key: `table.column` or `table(column, column)`";
    let scalar = word(node, what, &mut draft.diagnostics)?;
    let reference = name::columns_of(scalar, own, draft)?;
    let table = match reference.table.value == *own {
        true => own.clone(),
        false => find(&reference.table, draft)?,
    };
    let Some(number) = draft.table_number(&table) else {
        // The columns of a view are not known here.
        let columns = reference.columns.into_iter();
        return Some((table, columns.map(|column| column.value).collect()));
    };
    let mut columns = Vec::new();
    for column in &reference.columns {
        let found = find_column(draft, number, column)?;
        columns.push(draft.tables[number].columns[found].column.name.clone());
    }
    Some((table, columns))
}

fn read_cascade(node: &Node, draft: &mut Draft) -> Vec<Noted<Cascade>> {
    const CASCADES: [Cascade; 6] = [
        Cascade::Save,
        Cascade::Merge,
        Cascade::Refresh,
        Cascade::Expunge,
        Cascade::Delete,
        Cascade::DeleteOrphan,
    ];
    // The last word stands for all but the last of them.
    let meant = |number: usize| match CASCADES.get(number) {
        Some(only) => std::slice::from_ref(only),
        None => &CASCADES[..CASCADES.len() - 1],
    };
    let mut cascades = Vec::new();
    for word in one_or_more(node, "a list of cascades", &mut draft.diagnostics) {
        match keys::CASCADE.position(&word.text) {
            Some(number) => {
                let meant = meant(number).iter();
                cascades.extend(meant.filter_map(|cascade| notes::noted_at(word.span, *cascade)));
            }
            None => draft.report(not_a_choice(word, keys::CASCADE)),
        }
    }
    cascades
}

/// A condition in which the table's name may stand in braces. Whether it does is found out by whoever knows the table.
fn read_condition(node: &Node, draft: &mut Draft) -> Option<Noted<String>> {
    let scalar = text(node, "a condition in SQL", &mut draft.diagnostics)?;
    let mut bare = scalar.clone();
    bare.text = scalar.text.replace(['{', '}'], " ");
    fragment::read(&bare, draft, |cursor, _| cursor.expression())?;
    notes::noted_at(scalar.span, scalar.text.trim().to_owned())
}

fn read_load(node: &Node, draft: &mut Draft) -> Option<Noted<Load>> {
    const LOADS: [Load; 6] = [
        Load::Lazy,
        Load::Joined,
        Load::SelectIn,
        Load::Subquery,
        Load::Raise,
        Load::WriteOnly,
    ];
    let number = choice(node, keys::LOAD, &mut draft.diagnostics)?;
    notes::noted(node, Some(LOADS[number]))
}

/// Columns of the other table, each with whether it is descending: `-created_at`, `created_at desc`. Where that table is not
/// named, whoever uses the names finds out whether they exist.
fn read_order(node: &Node, to: Option<&Name>, draft: &mut Draft) -> Vec<Noted<(String, bool)>> {
    let table = to.and_then(|to| draft.table_number(to));
    let mut order = Vec::new();
    let what = "columns, such as `[-created_at, id]`";
    for scalar in one_or_more(node, what, &mut draft.diagnostics) {
        let (column, descending) = direction(&scalar.text);
        let Some(number) = table else {
            order.extend(notes::noted_at(
                scalar.span,
                (column.to_owned(), descending),
            ));
            continue;
        };
        let placed = Placed::new(column.to_owned(), scalar.span);
        if let Some(found) = find_column(draft, number, &placed) {
            let name = draft.tables[number].columns[found].column.name.clone();
            order.extend(notes::noted_at(scalar.span, (name, descending)));
        }
    }
    order
}

fn direction(text: &str) -> (&str, bool) {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    if let Some(column) = text.strip_prefix('-') {
        (column.trim(), true)
    } else if lower.ends_with(" desc") {
        (text[..text.len() - " desc".len()].trim(), true)
    } else if lower.ends_with(" asc") {
        (text[..text.len() - " asc".len()].trim(), false)
    } else {
        (text, false)
    }
}

fn two_ways(through: Span, key: Span) -> Diagnostic {
    Diagnostic::error("a relationship goes `through` a table or along a `foreign_key`, not both")
        .at(through)
        .also(key, "the other way")
}
