//! SQLite's virtual tables, and the tables in which these keep their data.

use aludel_catalog::{Dialect, Name};

use super::draft::Draft;
use crate::diagnostic::Span;

/// What stands behind the name of a virtual table in the names of its tables, by its module.
const SUFFIXES: [(&[&str], &[&str]); 3] = [
    (&["fts5"], &["data", "idx", "content", "docsize", "config"]),
    (
        &["fts3", "fts4"],
        &["content", "segments", "segdir", "docsize", "stat"],
    ),
    (
        &["rtree", "rtree_i32", "geopoly"],
        &["node", "rowid", "parent"],
    ),
];

/// Whether these are the first words of a row with which a dump declares a virtual table.
pub(super) fn is_declared_by_row(words: &[String]) -> bool {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    matches!(
        words.as_slice(),
        ["INSERT", "INTO", "SQLITE_SCHEMA" | "SQLITE_MASTER", ..]
    )
}

/// Leaves a virtual table out, and what it keeps its data in. `text` is its declaration, or the row that has it.
pub(super) fn leave_out(draft: &mut Draft, text: &str, span: Span) {
    // Somebody may want a model for it.
    draft.miss("CREATE VIRTUAL TABLE", span);
    let Some((name, module)) = name_and_module(text) else {
        return;
    };
    draft.leave_out(&Name::new(name.as_str()));
    let known = |(modules, _): &&(&[&str], _)| modules.contains(&module.as_str());
    let suffixes = SUFFIXES.iter().find(known);
    for suffix in suffixes.iter().flat_map(|(_, suffixes)| *suffixes) {
        let shadow = draft.key(&Name::new(format!("{name}_{suffix}")));
        draft.shadows.insert(shadow);
    }
}

/// Whether a table is SQLite's own.
pub(super) fn is_internal(draft: &Draft, name: &Name) -> bool {
    let key = draft.key(name);
    draft.dialect == Dialect::Sqlite
        && (key.name.starts_with("sqlite_") || draft.shadows.contains(&Name::new(key.name)))
}

/// Finds `CREATE VIRTUAL TABLE [IF NOT EXISTS] name USING module`, which stands in quotes where it is a value.
fn name_and_module(text: &str) -> Option<(String, String)> {
    const OPENING: &str = "create virtual table";
    let lower = text.to_ascii_lowercase();
    let start = lower.find(OPENING)? + OPENING.len();
    let using = start + lower[start..].find(" using ")?;
    let name = text[start..using].trim();
    let is_guarded = lower[start..using].trim().starts_with("if not exists");
    let name = name
        .get("if not exists".len()..)
        .filter(|_| is_guarded)
        .unwrap_or(name);
    // It may stand behind that of its database.
    let name = name.rsplit('.').next()?.trim();
    let module = lower[using + " using ".len()..].trim_start();
    let end = module.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    let is_quote = |letter: char| matches!(letter, '"' | '`' | '[' | ']' | '\'');
    Some((
        name.trim_matches(is_quote).to_owned(),
        module[..end.unwrap_or(module.len())].to_owned(),
    ))
}
