//! `CREATE TABLE`.

mod again;
mod copy;
mod of_type;
pub(super) mod options;
pub(super) mod row_number;
mod without_columns;

use sqlparser::tokenizer::Token;

use aludel_catalog::{Dialect, Name};

pub(super) use self::copy::{is_serial, not_counted};
use super::{
    Placed, Result,
    column::{self, not_kept},
    constraint::{self, Constraint},
    cursor::{self, Cursor},
    draft::{Draft, TableDraft},
    shadow,
    statement::Outcome,
};
use crate::{
    diagnostic::{Diagnostic, Severity, Span},
    suggest,
};

/// Reads `CREATE TABLE …`.
pub(super) fn create(cursor: &mut Cursor<'_>, draft: &mut Draft, file: &str) -> Result<Outcome> {
    let start = cursor.span();
    let Head {
        temporary,
        replaces,
    } = read_head(cursor, draft)?;
    let if_not_exists = cursor.eat_words(&["IF", "NOT", "EXISTS"]);
    let name = cursor
        .name("the name of a table")
        .inspect_err(|_| draft.lost_table = true)?;
    let name_span = cursor.span_from(start);
    if shadow::is_internal(draft, &name.value) {
        draft.leave_out(&name.value);
        draft.skip("CREATE TABLE of SQLite's own", name_span);
        return Ok(Outcome::Done);
    }
    if temporary || is_temporary(&name.value, draft.dialect) {
        draft.leave_out(&name.value);
        draft.report(temporary_table(&name));
        return Ok(Outcome::Done);
    }
    if let Some(number) = draft.own_table_number(&name.value).filter(|_| replaces) {
        draft.remove_table(number);
    }
    let existing = draft.own_table_number(&name.value);
    if let Some(existing) = existing {
        let first = draft.tables[existing].span;
        if !if_not_exists && cursor.is_symbol(&Token::LParen) {
            return again::read(cursor, draft, &name, existing);
        }
        draft.report(match if_not_exists {
            true => exists_already(&name, first),
            false => declared_twice("table", &name, first),
        });
        return Ok(Outcome::Done);
    }
    if let Some(view) = draft.own_view_number(&name.value) {
        draft.report(declared_twice(
            "table or view",
            &name,
            draft.views[view].span,
        ));
        return Ok(Outcome::Done);
    }
    if draft.dialect == Dialect::Postgres && cursor.eat_word("OF") {
        return of_type::read(cursor, draft, name, file);
    }
    if !cursor.is_symbol(&Token::LParen) || is_like_in_parentheses(cursor) {
        let _ = is_like_in_parentheses(cursor) && cursor.eat_symbol(&Token::LParen);
        return without_columns::read(cursor, draft, &name, name_span);
    }
    read_body(cursor, draft, TableDraft::new(name, file.to_owned()))
}

/// MySQL's `CREATE TABLE a (LIKE b)`, which is the same as without the parentheses.
fn is_like_in_parentheses(cursor: &Cursor<'_>) -> bool {
    let is_mysql = cursor.source.dialect == Dialect::Mysql;
    is_mysql && cursor.is_symbol(&Token::LParen) && cursor.is_word_at(1, "LIKE")
}

/// What stands in front of the word TABLE.
#[derive(Default)]
struct Head {
    temporary: bool,
    replaces: bool,
}

fn read_head(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Head> {
    const MODIFIERS: &[&str] = &[
        "OR",
        "REPLACE",
        "GLOBAL",
        "LOCAL",
        "TEMP",
        "TEMPORARY",
        "UNLOGGED",
        "FOREIGN",
    ];
    cursor.expect_word("CREATE")?;
    let mut head = Head::default();
    while !cursor.eat_word("TABLE") {
        head.temporary |= cursor.is_word("TEMP") || cursor.is_word("TEMPORARY");
        head.replaces |= cursor.is_word("REPLACE");
        if !cursor.is_one_of(MODIFIERS) {
            return Err(cursor.expected("`TABLE`"));
        }
        if cursor.is_one_of(&["UNLOGGED", "FOREIGN"]) {
            let span = cursor.span();
            draft.report(not_kept(&cursor.text(span).to_uppercase(), span));
        }
        cursor.advance(1);
    }
    Ok(head)
}

fn is_temporary(name: &Name, dialect: Dialect) -> bool {
    dialect == Dialect::Sqlite
        && name
            .schema
            .as_deref()
            .is_some_and(|schema| schema.eq_ignore_ascii_case("temp"))
}

/// Reads the columns, the constraints and what follows them.
fn read_body(cursor: &mut Cursor<'_>, draft: &mut Draft, table: TableDraft) -> Result<Outcome> {
    let open = cursor.span();
    let problems_before = draft.diagnostics.len();
    let (body, closed) = cursor.open_parentheses()?;
    let elements = read_elements(body, draft, table);
    if !closed && draft.diagnostics.len() == problems_before {
        draft.report(cursor::never_closed(open));
    }
    add(cursor, draft, elements, closed)
}

/// Adds a table, and reads what follows its columns; where they are not closed, nothing can.
fn add(
    cursor: &mut Cursor<'_>,
    draft: &mut Draft,
    elements: Elements,
    closed: bool,
) -> Result<Outcome> {
    let Elements {
        table,
        constraints,
        descending_key,
    } = elements;
    let number = draft.add_table(table);
    let outcome = match closed {
        true => options::read(cursor, draft, number),
        false => Ok(Outcome::Done),
    };
    let table = &mut draft.tables[number];
    let may_be_empty = draft.dialect == Dialect::Postgres;
    let is_wrong = table.columns.is_empty() && !may_be_empty;
    if is_wrong && !std::mem::replace(&mut table.lost_column, true) {
        let problem = no_columns(&table.name.to_string(), table.span);
        draft.report(problem);
    }
    let autoincrement = autoincrement(&constraints);
    let inherited = std::mem::take(&mut draft.tables[number].checks);
    for constraint in constraints {
        constraint::add(draft, number, constraint);
    }
    let own = std::mem::take(&mut draft.tables[number].checks);
    draft.tables[number].checks = options::inherits::with_checks(inherited, own);
    if draft.dialect == Dialect::Sqlite {
        row_number::recognise(draft, number, descending_key, autoincrement);
    }
    outcome
}

/// What stands between the parentheses.
struct Elements {
    table: TableDraft,
    constraints: Vec<Constraint>,
    /// Whether a column is declared as the primary key in descending order.
    descending_key: bool,
}

fn read_elements(body: Cursor<'_>, draft: &mut Draft, table: TableDraft) -> Elements {
    let mut elements = Elements::new(table);
    let parts = body.split_at_commas();
    let last = parts.len() - 1;
    for (number, mut part) in parts.into_iter().enumerate() {
        if part.is_at_end() {
            // An empty pair of parentheses is told as a table without columns.
            if last > 0 {
                draft.report(stray_comma(&part, number == last));
            }
            continue;
        }
        let outcome = elements.read(&mut part, draft);
        if draft.accept(outcome).is_none() {
            elements.table.lost_column = true;
        }
    }
    elements
}

impl Elements {
    fn new(table: TableDraft) -> Self {
        Elements {
            table,
            constraints: Vec::new(),
            descending_key: false,
        }
    }

    fn read(&mut self, part: &mut Cursor<'_>, draft: &mut Draft) -> Result<()> {
        if constraint::starts_constraint(part) {
            return self.read_constraints(part, draft);
        }
        if self.table.of_type.is_some() {
            return self.refine_column(part, draft);
        }
        if draft.dialect == Dialect::Postgres && part.is_word("LIKE") && part.peek_at(1).is_some() {
            return self.copy_columns(part, draft);
        }
        let reading = column::read(part, draft)?;
        self.descending_key |= reading.descending_key;
        let name = &reading.draft.column.name;
        if let Some(first) = self.table.column_number(draft, name) {
            let first = self.table.columns[first].span;
            draft.report(duplicate_column(
                name,
                &self.table.name.to_string(),
                reading.draft.span,
                first,
            ));
            return Ok(());
        }
        self.table.columns.push(reading.draft);
        self.constraints.extend(reading.constraints);
        Ok(())
    }

    /// SQLite lets the commas between constraints be left out.
    fn read_constraints(&mut self, part: &mut Cursor<'_>, draft: &mut Draft) -> Result<()> {
        loop {
            let start = part.span();
            let kind = kind_of_constraint(part);
            let lost_before = self.table.lost_column;
            match constraint::read_table_constraint(part, draft) {
                Ok(constraint) => self.constraints.extend(constraint),
                Err(problem) => {
                    let told = draft.tolerate(problem, kind, part, "this constraint");
                    draft.accept(told);
                    self.table.lost_column = lost_before;
                    return Ok(());
                }
            }
            if part.is_at_end() {
                return Ok(());
            }
            if draft.dialect != Dialect::Sqlite
                || !constraint::starts_constraint(part)
                || part.span() == start
            {
                let rest = part.expected("`,` or `)`");
                let told = draft.tolerate(rest, part.span(), part, "the rest of this constraint");
                draft.accept(told);
                return Ok(());
            }
        }
    }

    /// `LIKE other`: the columns of another table.
    fn copy_columns(&mut self, part: &mut Cursor<'_>, draft: &mut Draft) -> Result<()> {
        part.advance(1);
        let name = part.name("the name of a table")?;
        let including = copy::Including::read(part)?;
        match draft.table(&name.value) {
            Some(other) => including.copy(other, &mut self.table),
            None => {
                self.table.lost_column = true;
                draft.report(unknown_table(draft, &name));
            }
        }
        Ok(())
    }
}

/// Where it stands what kind of constraint it is: behind its name, if it has one.
fn kind_of_constraint(part: &Cursor<'_>) -> Span {
    let mut ahead = *part;
    let _ = ahead.eat_word("CONSTRAINT") && ahead.identifier("a name").is_ok();
    ahead.span()
}

fn autoincrement(constraints: &[Constraint]) -> Option<Span> {
    constraints.iter().find_map(|constraint| match constraint {
        Constraint::PrimaryKey { autoincrement, .. } => *autoincrement,
        _ => None,
    })
}

/// A statement is about a table that is not there (yet).
pub(super) fn missing(draft: &Draft, name: &Placed<Name>) -> Result<Outcome> {
    if draft.is_left_out(&name.value) {
        return Ok(Outcome::Done);
    }
    Ok(Outcome::Missing(Box::new(unknown_table(draft, name))))
}

/// There is no such table.
pub(super) fn unknown_table(draft: &Draft, name: &Placed<Name>) -> Diagnostic {
    let names: Vec<String> = draft
        .tables
        .iter()
        .map(|table| table.name.to_string())
        .collect();
    let wanted = name.value.to_string();
    let mut tables = draft.tables.iter();
    // The same name in another namespace is meant more likely than a similar one.
    let elsewhere = tables.find(|table| table.name.name == name.value.name);
    let elsewhere = elsewhere.map(|table| table.name.to_string());
    let near = suggest::nearest(&wanted, names.iter().map(String::as_str));
    Diagnostic::error(format!("unknown table `{wanted}`"))
        .at(name.span)
        .label("no such table")
        .did_you_mean(elsewhere.as_deref().or(near))
}

pub(super) fn declared_twice(what: &str, name: &Placed<Name>, first: Span) -> Diagnostic {
    Diagnostic::error(format!("{what} `{}` is declared twice", name.value))
        .at(name.span)
        .label("declared again here")
        .also(first, "first declared here")
}

fn exists_already(name: &Placed<Name>, first: Span) -> Diagnostic {
    Diagnostic::warning(format!(
        "table `{}` exists already; this declaration is skipped",
        name.value
    ))
    .at(name.span)
    .also(first, "first declared here")
}

pub(super) fn duplicate_column(column: &str, table: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(format!(
        "column `{column}` of table `{table}` is declared twice"
    ))
    .at(span)
    .label("declared again here")
    .also(first, "first declared here")
}

/// Leaves out the tables of PostgreSQL that have been given no column to the end.
pub(super) fn leave_out_empty(draft: &mut Draft) {
    let is_empty = |table: &TableDraft| table.columns.is_empty() && !table.lost_column;
    while let Some(number) = draft.tables.iter().position(is_empty) {
        let table = draft.remove_table(number);
        draft.leave_out(&table.name);
        let mut problem = no_columns(&table.name.to_string(), table.span);
        problem.severity = Severity::Warning;
        problem.message += "; it is skipped";
        draft.report(problem);
    }
}

pub(super) fn no_columns(table: &str, span: Span) -> Diagnostic {
    Diagnostic::error(format!("table `{table}` has no columns")).at(span)
}

fn stray_comma(part: &Cursor<'_>, last: bool) -> Diagnostic {
    match last {
        true => Diagnostic::error("there is a comma behind the last column or constraint")
            .at(part.last_span())
            .label("take this comma away"),
        false => *part.expected("a column or a constraint"),
    }
}

fn temporary_table(name: &Placed<Name>) -> Diagnostic {
    Diagnostic::warning(format!("the temporary table `{}` is skipped", name.value))
        .at(name.span)
        .label("it belongs to one connection")
}
