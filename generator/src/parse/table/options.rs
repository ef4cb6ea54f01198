//! What stands behind the list of columns.

pub(super) mod inherits;

use sqlparser::tokenizer::Token;

use aludel_catalog::{Dialect, TableOption};

use crate::{
    diagnostic::Diagnostic,
    parse::{
        Result,
        column::not_kept,
        cursor::{Cursor, string_value},
        draft::Draft,
        remark::Remarks,
        statement::{self, Outcome},
    },
};

/// Options of several words, and what they are kept as. DEFAULT in front of one says nothing.
const NAMES: &[(&[&str], &str)] = &[
    (&["CHARACTER", "SET"], "CHARSET"),
    (&["CHARSET"], "CHARSET"),
    (&["COLLATE"], "COLLATE"),
    (&["ENGINE"], "ENGINE"),
    (&["TYPE"], "ENGINE"),
    (&["DATA", "DIRECTORY"], "DATA DIRECTORY"),
    (&["INDEX", "DIRECTORY"], "INDEX DIRECTORY"),
];

/// Reads the options of a table to the end of the statement.
pub(in crate::parse) fn read(
    cursor: &mut Cursor<'_>,
    draft: &mut Draft,
    table: usize,
) -> Result<Outcome> {
    while !cursor.is_at_end() {
        if cursor.eat_symbol(&Token::Comma) {
            continue;
        }
        if statement::starts_another(cursor) {
            draft.report(missing_semicolon(cursor));
            return Ok(Outcome::Another);
        }
        let start = cursor.span();
        let option = match draft.dialect {
            Dialect::Sqlite => read_sqlite(cursor, draft, table),
            Dialect::Postgres => read_postgres(cursor, draft, table),
            Dialect::Mysql => read_mysql(cursor, draft, table),
        };
        if let Err(problem) = option {
            // SQLite knows two options, and no extension brings it another.
            if draft.dialect == Dialect::Sqlite {
                return Err(problem);
            }
            draft.tolerate(problem, start, cursor, "what follows the columns")?;
            cursor.skip_to_end();
        }
    }
    Ok(Outcome::Done)
}

/// Reads an option of a table where `ALTER TABLE` changes it (MySQL); false if there is none here.
pub(in crate::parse) fn change(
    cursor: &mut Cursor<'_>,
    draft: &mut Draft,
    table: usize,
) -> Result<bool> {
    let mut ahead = *cursor;
    ahead.eat_word("DEFAULT");
    let starts_option = NAMES.iter().any(|(words, _)| ahead.is_words(words))
        || ahead
            .rest()
            .first()
            .is_some_and(|token| is_known(&cursor.text(token.span).to_uppercase()));
    if draft.dialect != Dialect::Mysql || !starts_option {
        return Ok(false);
    }
    while !cursor.is_at_end() {
        read_mysql(cursor, draft, table)?;
    }
    Ok(true)
}

fn read_sqlite(cursor: &mut Cursor<'_>, draft: &mut Draft, table: usize) -> Result<()> {
    let name = if cursor.eat_words(&["WITHOUT", "ROWID"]) {
        "WITHOUT ROWID"
    } else if cursor.eat_word("STRICT") {
        "STRICT"
    } else {
        return Err(cursor.expected("`WITHOUT ROWID`, `STRICT` or `;`"));
    };
    push(draft, table, name, None);
    Ok(())
}

fn read_postgres(cursor: &mut Cursor<'_>, draft: &mut Draft, table: usize) -> Result<()> {
    let start = cursor.span();
    if cursor.eat_word("WITH") {
        let inside = cursor.parentheses()?;
        push(draft, table, "WITH", all_of(inside));
    } else if cursor.eat_word("TABLESPACE") {
        let value = cursor.identifier("a tablespace")?.value;
        push(draft, table, "TABLESPACE", Some(value));
    } else if cursor.eat_word("USING") {
        let value = cursor.identifier("an access method")?.value;
        push(draft, table, "USING", Some(value));
    } else if cursor.eat_words(&["PARTITION", "BY"]) {
        let value = all_of(*cursor);
        cursor.skip_to_end();
        push(draft, table, "PARTITION BY", value);
    } else if cursor.eat_word("INHERITS") {
        inherits::read(cursor, draft, table)?;
    } else if cursor.eat_words(&["WITHOUT", "OIDS"]) {
    } else if cursor.eat_words(&["ON", "COMMIT"])
        || cursor.eat_word("SERVER")
        || cursor.eat_word("OPTIONS")
    {
        cursor.skip_to_end();
        draft.report(not_kept(
            &cursor.text(start).to_uppercase(),
            cursor.span_from(start),
        ));
    } else {
        return Err(cursor.expected("`;`"));
    }
    Ok(())
}

fn read_mysql(cursor: &mut Cursor<'_>, draft: &mut Draft, table: usize) -> Result<()> {
    if cursor.eat_words(&["PARTITION", "BY"]) {
        let value = all_of(*cursor);
        cursor.skip_to_end();
        push(draft, table, "PARTITION BY", value);
        return Ok(());
    }
    if cursor.eat_words(&["WITH", "SYSTEM", "VERSIONING"]) {
        push(draft, table, "WITH SYSTEM VERSIONING", None);
        return Ok(());
    }
    cursor.eat_word("DEFAULT");
    let name = match NAMES.iter().find(|(words, _)| cursor.eat_words(words)) {
        Some((_, name)) => (*name).to_owned(),
        None if matches!(cursor.peek(), Some(Token::Word(_))) => cursor
            .identifier("an option of the table")?
            .value
            .to_uppercase(),
        None => return Err(cursor.expected("an option of the table or `;`")),
    };
    let spelled_out = cursor.eat_symbol(&Token::Eq);
    if name == "COMMENT" {
        let text = cursor.string()?;
        draft.tables[table].remarks.comment = Remarks::in_comment(cursor, &text);
        draft.tables[table].comment = Some(text.value);
        return Ok(());
    }
    if !spelled_out && !is_known(&name) {
        cursor.step_back();
        return Err(cursor.expected("an option of the table or `;`"));
    }
    let value = read_value(cursor)?;
    push(draft, table, &name, Some(value));
    Ok(())
}

/// Options whose `=` may be left out.
fn is_known(name: &str) -> bool {
    const KNOWN: &[&str] = &[
        "ENGINE",
        "CHARSET",
        "COLLATE",
        "COMMENT",
        "AUTO_INCREMENT",
        "ROW_FORMAT",
        "KEY_BLOCK_SIZE",
        "MAX_ROWS",
        "MIN_ROWS",
        "AVG_ROW_LENGTH",
        "CHECKSUM",
        "PACK_KEYS",
        "DELAY_KEY_WRITE",
        "STATS_PERSISTENT",
        "STATS_AUTO_RECALC",
        "STATS_SAMPLE_PAGES",
        "DATA DIRECTORY",
        "INDEX DIRECTORY",
        "TABLESPACE",
        "COMPRESSION",
        "ENCRYPTION",
        "CONNECTION",
        "INSERT_METHOD",
        "UNION",
        "PASSWORD",
        "TRANSACTIONAL",
        "PAGE_CHECKSUM",
    ];
    KNOWN.contains(&name)
}

fn read_value(cursor: &mut Cursor<'_>) -> Result<String> {
    if cursor.is_symbol(&Token::LParen) {
        let start = cursor.span();
        cursor.parentheses()?;
        return Ok(cursor.text(cursor.span_from(start)).to_owned());
    }
    match cursor.next() {
        Some(token) => Ok(match string_value(&token.token) {
            Some(_) => cursor.text(token.span).to_owned(),
            None => cursor.text(token.span).trim_matches('`').to_owned(),
        }),
        None => Err(cursor.expected("a value")),
    }
}

/// The text of everything that is left.
fn all_of(cursor: Cursor<'_>) -> Option<String> {
    let (first, last) = (cursor.rest().first()?, cursor.rest().last()?);
    Some(cursor.text(first.span.to(last.span)).to_owned())
}

/// Sets an option; a later declaration replaces an earlier one.
fn push(draft: &mut Draft, table: usize, name: &str, value: Option<String>) {
    let dialect = draft.dialect;
    let options = &mut draft.tables[table].options;
    match options.iter_mut().find(|option| option.name == name) {
        Some(option) => option.value = value,
        None => options.push(TableOption {
            dialect,
            name: name.to_owned(),
            value,
        }),
    }
}

fn missing_semicolon(cursor: &Cursor<'_>) -> Diagnostic {
    cursor
        .expected("`;`")
        .help("a semicolon is missing at the end of the statement above")
}
