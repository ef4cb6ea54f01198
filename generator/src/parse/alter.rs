//! `ALTER TABLE`, and MySQL's `RENAME TABLE`.

mod column;
pub(super) mod partition;
pub(super) mod remove;
pub(super) mod rename;

use sqlparser::tokenizer::Token;

use aludel_catalog::{Dialect, Name};

use super::{
    Placed, Result, column as declaration,
    constraint::{self, Constraint, find_column},
    cursor::Cursor,
    draft::{ColumnDraft, Draft, TableDraft},
    enumeration::unknown_type,
    inheritance, sequence,
    statement::Outcome,
    table, view,
};
use crate::diagnostic::{Diagnostic, Span};

/// What an action is done to.
#[derive(Clone, Copy)]
pub(super) struct Altered {
    pub(super) table: usize,
    /// Whether the tables that inherit from it stay as they are.
    pub(super) only: bool,
}

/// Reads `ALTER TABLE …`.
pub(super) fn alter(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Outcome> {
    cursor.skip_past("TABLE")?;
    let if_exists = cursor.eat_words(&["IF", "EXISTS"]);
    let only = cursor.eat_word("ONLY");
    let name = cursor.name("the name of a table")?;
    cursor.eat_symbol(&Token::Mul);
    let Some(number) = draft.table_number(&name.value) else {
        return alter_other(cursor, draft, &name, if_exists);
    };
    if let Some(problem) = missing_yet(cursor, draft) {
        return Ok(Outcome::Missing(problem));
    }
    let mut target = draft.tables[number].name.clone();
    let clears = clears_the_way(cursor, &draft.tables[number]);
    for mut action in cursor.split_at_commas() {
        if clears && takes_away(&action) {
            continue;
        }
        // A table may have got another name, and with it another place.
        let table = draft.table_number(&target).unwrap_or(number);
        let outcome = act(&mut action, draft, Altered { table, only }, &mut target);
        draft.accept(outcome);
    }
    Ok(Outcome::Done)
}

/// The parent or the type that an action leads to, where it is not there: another file may declare it.
fn missing_yet(cursor: &Cursor<'_>, draft: &Draft) -> Option<Box<Diagnostic>> {
    cursor.split_at_commas().into_iter().find_map(|mut action| {
        if inheritance::starts(&action) {
            action.eat_word("NO");
            action.advance(1);
            let parent = action.name("the name of a table").ok()?;
            let is_there = draft.table_number(&parent.value).is_some();
            return match table::missing(draft, &parent) {
                Ok(Outcome::Missing(problem)) if !is_there => Some(problem),
                _ => None,
            };
        }
        if draft.dialect != Dialect::Postgres || !action.eat_word("OF") {
            return None;
        }
        let ty = action.name("the name of a type").ok()?;
        let is_there = draft.opaque_name(&ty.value).is_some();
        (!is_there).then(|| Box::new(unknown_type(draft, &ty)))
    })
}

/// Whether a statement stands in front of the table that it is about. What it takes away there is nothing of that table: a dump may
/// begin with what clears the way for itself.
fn clears_the_way(cursor: &Cursor<'_>, table: &TableDraft) -> bool {
    let span = cursor.span();
    table.span.file == span.file && table.span.start > span.start
}

fn takes_away(action: &Cursor<'_>) -> bool {
    let mut action = *action;
    if action.eat_word("ALTER") {
        action.eat_word("COLUMN");
        action.advance(1);
    }
    action.is_word("DROP")
}

/// Reads `RENAME TABLE a TO b, c TO d`.
pub(super) fn rename_tables(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Outcome> {
    cursor.advance(2);
    for mut part in cursor.split_at_commas() {
        let from = part.name("the name of a table")?;
        part.expect_word("TO")?;
        let to = part.name("the name of a table")?;
        match draft.table_number(&from.value) {
            Some(number) => rename::table(draft, number, to),
            None => return table::missing(draft, &from),
        }
    }
    Ok(Outcome::Done)
}

/// What is altered need not be a table: PostgreSQL takes views and sequences, too.
fn alter_other(
    cursor: &mut Cursor<'_>,
    draft: &mut Draft,
    name: &Placed<Name>,
    if_exists: bool,
) -> Result<Outcome> {
    if let Some(number) = draft.view_number(&name.value) {
        return view::change(cursor, draft, number);
    }
    if let Some(number) = draft.sequence_number(&name.value) {
        return sequence::change(cursor, draft, number);
    }
    if partition::starts(cursor) && draft.is_left_out(&name.value) {
        partition::change(cursor, draft, None)?;
        return Ok(Outcome::Done);
    }
    if if_exists {
        return Ok(Outcome::Done);
    }
    table::missing(draft, name)
}

/// The first words of what can be done to a table without changing what it is.
#[rustfmt::skip]
const OTHER_ACTIONS: &[&str] = &[
    "ALGORITHM", "ALTER", "ANALYZE", "CHECK", "CLUSTER", "COALESCE", "CONVERT", "DISABLE", "DISCARD", "ENABLE", "EXCHANGE", "FORCE",
    "IMPORT", "LOCK", "NO", "NOWAIT", "OPTIMIZE", "ORDER", "OWNER", "PARTITION", "PERIOD", "REBUILD",
    "REMOVE", "REORGANIZE", "REPAIR", "REPLICA", "RESET", "SECONDARY_LOAD", "SECONDARY_UNLOAD", "SET", "TRUNCATE", "UPGRADE",
    "VALIDATE", "WAIT", "WITH", "WITHOUT",
];

fn act(
    action: &mut Cursor<'_>,
    draft: &mut Draft,
    altered: Altered,
    target: &mut Name,
) -> Result<()> {
    let table = altered.table;
    if action.eat_word("ADD") {
        return add(action, draft, altered);
    }
    if action.eat_word("DROP") {
        return remove::remove(action, draft, altered);
    }
    if action.eat_word("RENAME") {
        return rename::rename(action, draft, table, target);
    }
    if action.is_words(&["SET", "SCHEMA"]) {
        if let Some(to) = rename::read_move(action, target)? {
            *target = to.value.clone();
            rename::table(draft, table, to);
        }
        return action.expect_end();
    }
    if draft.dialect == Dialect::Postgres && action.is_one_of(&["OF", "NOT"]) {
        return of_type(action, draft, table);
    }
    if inheritance::starts(action) {
        return inheritance::alter(action, draft, table);
    }
    if partition::starts(action) {
        return partition::change(action, draft, Some(table));
    }
    if action.is_word("ALTER")
        && !action.is_word_at(1, "INDEX")
        && !action.is_word_at(1, "CONSTRAINT")
    {
        action.advance(1);
        action.eat_word("COLUMN");
        return column::alter(action, draft, altered);
    }
    let modifies = action.is_word("MODIFY");
    if modifies || action.is_word("CHANGE") {
        action.advance(1);
        action.eat_word("COLUMN");
        action.eat_words(&["IF", "EXISTS"]);
        return match modifies {
            true => column::modify(action, draft, table),
            false => column::change(action, draft, table),
        };
    }
    if !matches!(action.peek(), Some(Token::Word(_))) {
        return Err(action.expected("`ADD`, `DROP`, `ALTER` or `RENAME`"));
    }
    if table::options::change(action, draft, table)? {
        return Ok(());
    }
    pass_over(action, draft);
    Ok(())
}

/// Skips an action that changes nothing of what a table is, or one that is not known.
fn pass_over(action: &mut Cursor<'_>, draft: &mut Draft) {
    let start = action.span();
    let word = action.text(start).to_uppercase();
    let says_nothing = OTHER_ACTIONS.contains(&word.as_str());
    action.skip_to_end();
    let (what, span) = (format!("ALTER TABLE … {word}"), action.span_from(start));
    match says_nothing {
        true => draft.skip(&what, span),
        false => draft.miss(&what, span),
    }
}

/// Reads `OF type` or `NOT OF`: whose attributes the columns are. They are there already, and stay.
fn of_type(action: &mut Cursor<'_>, draft: &mut Draft, table: usize) -> Result<()> {
    if action.eat_word("NOT") {
        action.expect_word("OF")?;
        draft.tables[table].of_type = None;
        return action.expect_end();
    }
    action.advance(1);
    let name = action.name("the name of a type")?;
    let Some(known) = draft.opaque_name(&name.value) else {
        draft.report(unknown_type(draft, &name));
        return Ok(());
    };
    if let Some(Some(composite)) = draft.opaque_types.get_mut(&known) {
        composite.is_used = true;
    }
    draft.tables[table].of_type = Some(known);
    action.expect_end()
}

fn add(action: &mut Cursor<'_>, draft: &mut Draft, altered: Altered) -> Result<()> {
    if constraint::starts_constraint(action) {
        if let Some(constraint) = constraint::read_table_constraint(action, draft)? {
            action.expect_end()?;
            add_constraint(draft, altered, constraint);
        }
        return Ok(());
    }
    if action.is_word("PARTITION") {
        let start = action.span();
        action.skip_to_end();
        draft.skip("ALTER TABLE … ADD PARTITION", action.span_from(start));
        return Ok(());
    }
    action.eat_word("COLUMN");
    let if_not_exists = action.eat_words(&["IF", "NOT", "EXISTS"]);
    if action.is_symbol(&Token::LParen) {
        let inside = action.parentheses()?;
        action.expect_end()?;
        for mut part in inside.split_at_commas() {
            add_column(&mut part, draft, altered, if_not_exists)?;
        }
        return Ok(());
    }
    add_column(action, draft, altered, if_not_exists)
}

fn add_column(
    action: &mut Cursor<'_>,
    draft: &mut Draft,
    altered: Altered,
    if_not_exists: bool,
) -> Result<()> {
    let table = altered.table;
    let reading = declaration::read(action, draft)?;
    let name = &reading.draft.column.name;
    let existing = draft.tables[table].column_number(draft, name);
    if let Some(existing) = existing {
        let target = &draft.tables[table];
        let first = target.columns[existing].span;
        if !if_not_exists {
            let problem =
                table::duplicate_column(name, &target.name.to_string(), reading.draft.span, first);
            draft.report(problem);
        }
        return Ok(());
    }
    let column = reading.draft.clone();
    place_column(action, draft, table, reading.draft)?;
    if !altered.only {
        inheritance::hand_down_column(draft, table, &column);
    }
    for constraint in reading.constraints {
        add_constraint(draft, altered, constraint);
    }
    action.expect_end()
}

fn add_constraint(draft: &mut Draft, altered: Altered, constraint: Constraint) {
    constraint::add(draft, altered.table, constraint.clone());
    if !altered.only {
        inheritance::hand_down_constraint(draft, altered.table, &constraint);
    }
}

/// Puts a column where `FIRST` or `AFTER …` says, or else behind all others.
fn place_column(
    action: &mut Cursor<'_>,
    draft: &mut Draft,
    table: usize,
    column: ColumnDraft,
) -> Result<()> {
    let end = draft.tables[table].columns.len();
    let position = if action.eat_word("FIRST") {
        0
    } else if action.eat_word("AFTER") {
        let after = action.identifier("a column name")?;
        find_column(draft, table, &after).map_or(end, |position| position + 1)
    } else {
        end
    };
    draft.tables[table].columns.insert(position, column);
    Ok(())
}

/// Ends an action: what follows a column in DROP is of no interest here.
fn skip_behaviour(action: &mut Cursor<'_>) -> Result<()> {
    let _ = action.eat_word("CASCADE") || action.eat_word("RESTRICT");
    action.expect_end()
}

/// What an action changed, as text for a warning.
fn changed(action: &Cursor<'_>, start: Span) -> String {
    action.text(action.span_from(start)).to_owned()
}
