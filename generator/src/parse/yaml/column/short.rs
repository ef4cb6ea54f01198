//! A column in a line: `varchar(20) null unique = 'x'`.

use sqlparser::tokenizer::Token;

use super::{Definition, Scope, default, long::enum_as_type};
use crate::{
    diagnostic::{Diagnostic, Span},
    parse::{
        Result,
        cursor::{Cursor, is_word},
        draft::Draft,
        yaml::fragment,
    },
    yaml::Scalar,
};

/// What can stand behind a type.
const FLAGS: &[&str] = &["null", "unique", "pk", "index"];

/// Words of SQL's that people put there, and what to write instead.
const OTHERS: &[(&[&str], &str)] = &[
    (
        &["not", "null"],
        "leave it out: a column cannot be NULL unless `null` is said",
    ),
    (&["primary", "key"], "write `pk`"),
    (&["default"], "write `= …`"),
    (&["references"], "write a map: `{ references: users.id }`"),
    (&["generated"], "write a map: `{ type: …, generated: … }`"),
    (
        &["auto_increment"],
        "write a map: `{ type: …, identity: by_default }`",
    ),
    (
        &["autoincrement"],
        "write a map: `{ type: …, identity: strict }`",
    ),
    (&["check"], "write it among the `checks` of the table"),
];

impl Definition {
    pub(super) fn read_short(&mut self, scalar: &Scalar, scope: &Scope<'_>, draft: &mut Draft) {
        let first = scalar.text.split_whitespace().next().unwrap_or_default();
        if scope.enums.stands_for_no_type(first, draft.dialect) {
            return draft.report(enum_as_type(scalar, first));
        }
        self.reading.draft.type_span = scalar.span;
        let now = fragment::read(scalar, draft, |cursor, draft| {
            self.read_type(cursor, draft)?;
            while !cursor.is_at_end() && !cursor.is_symbol(&Token::Eq) {
                self.read_flag(cursor, scalar)?;
            }
            if !cursor.eat_symbol(&Token::Eq) {
                return Ok(None);
            }
            default::read(cursor, &self.reading.draft.column.ty.kind).map(Some)
        });
        let type_span = self.reading.draft.type_span;
        self.reading.draft.type_span = fragment::place(type_span, scalar);
        if let Some(value) = now.flatten() {
            self.column().default = Some(value);
        }
    }

    /// Reads the type in front of the first flag.
    fn read_type(&mut self, cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<()> {
        let ends = |token: &Token| {
            *token == Token::Eq
                || FLAGS.iter().any(|flag| is_word(token, flag))
                || OTHERS.iter().any(|(words, _)| is_word(token, words[0]))
        };
        let mut ty = cursor.until(ends);
        if ty.is_at_end() {
            return Err(cursor.expected("a type"));
        }
        let length = ty.rest().len();
        self.reading.read_type(&mut ty, draft)?;
        if !ty.is_at_end() {
            return Err(ty.expected("`null`, `unique`, `pk`, `index` or `=`"));
        }
        cursor.advance(length);
        Ok(())
    }

    fn read_flag(&mut self, cursor: &mut Cursor<'_>, scalar: &Scalar) -> Result<()> {
        let span = fragment::place(cursor.span(), scalar);
        if let Some((words, instead)) = OTHERS.iter().find(|(words, _)| cursor.is_words(words)) {
            let start = cursor.span();
            cursor.advance(words.len());
            return Err(Box::new(not_here(words, cursor.span_from(start), instead)));
        }
        match FLAGS.iter().find(|flag| cursor.eat_word(flag)) {
            Some(&"null") => self.null = Some(span),
            Some(&"unique") => self.add_unique(None, span),
            Some(&"pk") => self.add_primary_key(span),
            Some(&"index") => self.add_index(None, span),
            _ => return Err(cursor.expected("`null`, `unique`, `pk`, `index` or `=`")),
        }
        Ok(())
    }
}

fn not_here(words: &[&str], span: Span, instead: &str) -> Diagnostic {
    Diagnostic::error(format!("`{}` cannot stand here", words.join(" ")))
        .at(span)
        .help(instead)
}
