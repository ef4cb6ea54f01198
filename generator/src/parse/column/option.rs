//! What follows a column's type.

use sqlparser::tokenizer::Token;

use aludel_catalog::{Dialect, PrimaryKey, Unique};

use super::{ColumnReading, counted, generated, not_kept, unexpected};
use crate::{
    diagnostic::Span,
    parse::{
        Result,
        constraint::{self, Constraint},
        cursor::Cursor,
        default,
        draft::Draft,
        remark::Remarks,
    },
};

/// Options that say how values are stored, and nothing of what they are.
const PHYSICAL: &[&str] = &["COLUMN_FORMAT", "STORAGE", "COMPRESSION"];

impl ColumnReading {
    /// Reads one option. Every option passes at least one token, or is an error.
    pub(super) fn read_option(&mut self, cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<()> {
        if !matches!(cursor.peek(), Some(Token::Word(word)) if word.quote_style.is_none()) {
            return Err(cursor.expected("`,` or `)`"));
        }
        let word = cursor.text(cursor.span()).to_uppercase();
        match word.as_str() {
            "CONSTRAINT" => {
                cursor.advance(1);
                self.constraint_name = Some(cursor.identifier("the name of a constraint")?.value);
                Ok(())
            }
            "DEFERRABLE" | "INITIALLY" => self.defer(cursor),
            "NOT" if cursor.is_word_at(1, "DEFERRABLE") => self.defer(cursor),
            "NOT" | "NULL" => self.read_nullability(cursor, draft),
            "PRIMARY" => self.read_primary_key(cursor, draft),
            "KEY" if draft.dialect == Dialect::Mysql => self.read_primary_key(cursor, draft),
            "UNIQUE" => self.read_unique(cursor, draft),
            "CHECK" => {
                let check = constraint::read_check(cursor, self.constraint_name.take(), draft)?;
                self.constraints.push(check);
                Ok(())
            }
            "REFERENCES" => {
                let (name, columns, start) = (
                    self.constraint_name.take(),
                    vec![self.placed_name()],
                    cursor.span(),
                );
                let key = constraint::read_references(cursor, name, columns, start, draft)?;
                self.constraints.push(key);
                Ok(())
            }
            word => self.read_property(word, cursor, draft),
        }
    }

    /// Reads an option that is no constraint.
    fn read_property(
        &mut self,
        word: &str,
        cursor: &mut Cursor<'_>,
        draft: &mut Draft,
    ) -> Result<()> {
        let mysql = draft.dialect == Dialect::Mysql;
        let column = &mut self.draft.column;
        match word {
            "DEFAULT" => column.default = Some(default::read(cursor)?),
            "COLLATE" => {
                cursor.advance(1);
                column.collation = Some(cursor.collation()?);
            }
            "GENERATED" | "AS" => {
                generated::read(cursor, column, draft)?;
                if column.default.is_some() {
                    self.nullability = Some(false);
                }
            }
            "AUTO_INCREMENT" if mysql => {
                cursor.advance(1);
                column.identity = Some(counted(None));
            }
            "COMMENT" if mysql => {
                cursor.advance(1);
                cursor.eat_symbol(&Token::Eq);
                let text = cursor.string()?;
                self.draft.remarks.comment = Remarks::in_comment(cursor, &text);
                self.draft.column.comment = Some(text.value);
            }
            "ON" if mysql && cursor.is_word_at(1, "UPDATE") => {
                column.on_update = Some(cursor.column_option_expression(2)?.value);
            }
            _ => return self.read_rare_option(cursor, draft),
        }
        Ok(())
    }

    fn read_nullability(&mut self, cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<()> {
        let start = cursor.span();
        if cursor.eat_word("NOT") {
            cursor.expect_word("NULL")?;
            self.nullability = Some(false);
        } else {
            cursor.advance(1);
            // SERIAL stays what it is.
            self.nullability = self.nullability.or(Some(true));
        }
        constraint::skip_conflict_clause(cursor, draft)?;
        if cursor.eat_words(&["NO", "INHERIT"]) {
            draft.report(not_kept("NO INHERIT", cursor.span_from(start)));
        }
        Ok(())
    }

    /// What the catalog has no room for.
    fn read_rare_option(&mut self, cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<()> {
        const WITH_VALUE: &[&[&str]] = &[
            &["COLUMN_FORMAT"],
            &["STORAGE"],
            &["SRID"],
            &["COMPRESSION"],
            &["CHARACTER", "SET"],
            &["CHARSET"],
            &["REF_SYSTEM_ID"],
        ];
        const ALONE: &[&[&str]] = &[
            &["INVISIBLE"],
            &["VISIBLE"],
            &["HIDDEN"],
            &["COMPRESSED"],
            &["NO", "INHERIT"],
            &["ENFORCED"],
            &["WITHOUT", "SYSTEM", "VERSIONING"],
            &["WITH", "SYSTEM", "VERSIONING"],
        ];
        let start = cursor.span();
        if let Some(words) = WITH_VALUE.iter().find(|words| cursor.eat_words(words)) {
            cursor.eat_symbol(&Token::Eq);
            if cursor.next().is_none() {
                return Err(cursor.expected("a value"));
            }
            let (clause, span) = (words.join(" "), cursor.span_from(start));
            match PHYSICAL.contains(&clause.as_str()) {
                true => draft.skip(&format!("{clause} of a column"), span),
                false => draft.report(not_kept(&clause, span)),
            }
            return Ok(());
        }
        if draft.dialect == Dialect::Postgres && cursor.is_word("OPTIONS") {
            cursor.advance(1);
            cursor.parentheses()?;
            draft.report(not_kept("OPTIONS", cursor.span_from(start)));
            return Ok(());
        }
        if let Some(words) = ALONE.iter().find(|words| cursor.eat_words(words)) {
            draft.report(not_kept(&words.join(" "), cursor.span_from(start)));
            return Ok(());
        }
        Err(unexpected::option(cursor, &self.name()))
    }

    fn read_primary_key(&mut self, cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<()> {
        let start = cursor.span();
        cursor.eat_word("PRIMARY");
        cursor.expect_word("KEY")?;
        self.descending_key = cursor.eat_word("DESC");
        if !self.descending_key {
            cursor.eat_word("ASC");
        }
        constraint::skip_conflict_clause(cursor, draft)?;
        let autoincrement = (draft.dialect == Dialect::Sqlite && cursor.eat_word("AUTOINCREMENT"))
            .then(|| cursor.last_span());
        constraint::skip_index_parameters(cursor, draft)?;
        let key = PrimaryKey {
            name: self.constraint_name.take(),
            columns: Vec::new(),
        };
        self.constraints.push(Constraint::PrimaryKey {
            key,
            columns: vec![self.placed_name()],
            autoincrement,
            span: cursor.span_from(start),
        });
        Ok(())
    }

    fn read_unique(&mut self, cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<()> {
        let start = cursor.span();
        cursor.advance(1);
        if draft.dialect == Dialect::Mysql {
            cursor.eat_word("KEY");
        }
        let nulls_not_distinct = constraint::read_nulls_not_distinct(cursor);
        constraint::skip_conflict_clause(cursor, draft)?;
        constraint::skip_index_parameters(cursor, draft)?;
        let unique = self.unique(cursor.span_from(start), nulls_not_distinct);
        self.constraints.push(unique);
        Ok(())
    }

    pub(super) fn unique(&mut self, span: Span, nulls_not_distinct: bool) -> Constraint {
        Constraint::Unique {
            unique: Unique {
                name: self.constraint_name.take(),
                columns: Vec::new(),
                nulls_not_distinct,
                deferrable: None,
            },
            columns: vec![self.placed_name()],
            span,
        }
    }

    /// `DEFERRABLE …` belongs to the constraint before it.
    fn defer(&mut self, cursor: &mut Cursor<'_>) -> Result<()> {
        let unexpected = cursor.expected("`,` or `)`");
        let deferrable = constraint::read_deferrable(cursor)?;
        let deferred = self
            .constraints
            .last_mut()
            .is_some_and(|constraint| constraint.defer(deferrable));
        if deferred { Ok(()) } else { Err(unexpected) }
    }
}
