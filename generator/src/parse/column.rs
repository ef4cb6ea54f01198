//! A column's declaration.

pub(super) mod generated;
mod unexpected;

use sqlparser::tokenizer::Token;

use aludel_catalog::{Column, ColumnType, Dialect, Identity, PrimaryKey, Type, Unique};

use super::{
    Placed, Result,
    constraint::{self, Constraint},
    cursor::Cursor,
    default,
    draft::{ColumnDraft, Draft},
    type_name,
    types::{self, Meaning},
};
use crate::diagnostic::{Diagnostic, Span};

/// A column and the constraints declared with it.
pub(super) struct ColumnReading {
    pub(super) draft: ColumnDraft,
    pub(super) constraints: Vec<Constraint>,
    /// Whether it is declared as a PRIMARY KEY in descending order, which in SQLite is not the row's number.
    pub(super) descending_key: bool,
    /// Whether NULL or NOT NULL is said.
    nullability: Option<bool>,
    /// The name in front of the next constraint.
    constraint_name: Option<String>,
}

/// Reads a column. A column whose name can be read is always given back; what is wrong with the rest is reported.
pub(super) fn read(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<ColumnReading> {
    let name = cursor.identifier("a column name")?;
    let mut reading = ColumnReading::new(name);
    let outcome = reading.read_type(cursor, draft).and_then(|()| {
        while !cursor.is_at_end() && !cursor.is_one_of(&["FIRST", "AFTER"]) {
            reading.read_option(cursor, draft)?;
        }
        Ok(())
    });
    draft.accept(outcome);
    reading.settle();
    Ok(reading)
}

impl ColumnReading {
    pub(super) fn new(name: Placed<String>) -> Self {
        ColumnReading {
            draft: ColumnDraft {
                column: Column::new(name.value, ColumnType::new(Type::Other, "")),
                span: name.span,
                type_span: name.span,
                enum_values: None,
            },
            constraints: Vec::new(),
            descending_key: false,
            nullability: None,
            constraint_name: None,
        }
    }

    pub(super) fn read_type(&mut self, cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<()> {
        let Some(ty) = type_name::read(cursor)? else {
            draft.report(without_type(&self.name(), self.draft.span));
            return Ok(());
        };
        for word in &ty.odd_words {
            draft.report(unexpected::type_word(word));
        }
        let kind = match types::meaning(&ty, draft.dialect) {
            Meaning::Plain(plain) => {
                draft
                    .diagnostics
                    .extend(types::doubtful_type(&ty, draft.dialect));
                plain
            }
            Meaning::Serial { size, unsigned } => {
                self.count_up(unsigned);
                Type::Integer { size, unsigned }
            }
            Meaning::Values(values) => {
                self.draft.enum_values = Some(values);
                Type::Other
            }
            // Stands for an enum or a domain until all files are read.
            Meaning::Named(name) => (0..ty.dimensions).fold(Type::Domain(name), |element, _| {
                Type::Array(Box::new(element))
            }),
            Meaning::Unknown => {
                let others = std::iter::empty();
                draft.report(types::unknown_type(
                    &ty.sql.value,
                    ty.sql.span,
                    draft.dialect,
                    others,
                ));
                Type::Other
            }
        };
        self.draft.type_span = ty.sql.span;
        self.draft.column.ty = ColumnType::new(kind, ty.sql.value);
        Ok(())
    }

    /// The type that was read.
    pub(super) fn into_type(self) -> ColumnType {
        self.draft.column.ty
    }

    /// `serial`: counted up, and never NULL. In MySQL it is unique as well.
    fn count_up(&mut self, unsigned: bool) {
        self.draft.column.identity = Some(counted(None));
        self.nullability = Some(false);
        if unsigned {
            let unique = self.unique(self.draft.span, false);
            self.constraints.push(unique);
        }
    }

    fn read_option(&mut self, cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<()> {
        let start = cursor.span();
        let word = match cursor.peek() {
            Some(Token::Word(word)) if word.quote_style.is_none() => word.value.to_uppercase(),
            _ => return Err(cursor.expected("`,` or `)`")),
        };
        match word.as_str() {
            "CONSTRAINT" => {
                cursor.advance(1);
                self.constraint_name = Some(cursor.identifier("the name of a constraint")?.value);
                return Ok(());
            }
            "NOT" if cursor.is_word_at(1, "DEFERRABLE") => return self.defer(cursor),
            "NOT" => {
                cursor.advance(1);
                cursor.expect_word("NULL")?;
                self.nullability = Some(false);
                constraint::skip_conflict_clause(cursor, draft)?;
                if cursor.eat_words(&["NO", "INHERIT"]) {
                    draft.report(not_kept("NO INHERIT", cursor.span_from(start)));
                }
            }
            "NULL" => {
                cursor.advance(1);
                // SERIAL and keys stay what they are.
                self.nullability = self.nullability.or(Some(true));
                constraint::skip_conflict_clause(cursor, draft)?;
            }
            "DEFAULT" => self.draft.column.default = Some(default::read(cursor)?),
            "PRIMARY" | "KEY" => self.read_primary_key(cursor, draft)?,
            "UNIQUE" => self.read_unique(cursor, draft)?,
            "CHECK" => {
                let check = constraint::read_check(cursor, self.constraint_name.take(), draft)?;
                self.constraints.push(check);
            }
            "REFERENCES" => {
                let column = self.placed_name();
                let key = constraint::read_references(
                    cursor,
                    self.constraint_name.take(),
                    vec![column],
                    start,
                    draft,
                )?;
                self.constraints.push(key);
            }
            "DEFERRABLE" | "INITIALLY" => return self.defer(cursor),
            "COLLATE" => {
                cursor.advance(1);
                self.draft.column.collation = Some(cursor.name("a collation")?.value.name);
            }
            "GENERATED" | "AS" => generated::read(cursor, &mut self.draft.column, draft)?,
            "AUTO_INCREMENT" if draft.dialect == Dialect::Mysql => {
                cursor.advance(1);
                self.draft.column.identity = Some(counted(None));
            }
            "COMMENT" if draft.dialect == Dialect::Mysql => {
                cursor.advance(1);
                cursor.eat_symbol(&Token::Eq);
                self.draft.column.comment = Some(cursor.string()?.value);
            }
            "ON" if cursor.is_word_at(1, "UPDATE") => {
                self.draft.column.on_update = Some(cursor.column_option_expression(2)?.value);
            }
            _ => return self.read_rare_option(cursor, draft),
        }
        if self.draft.column.identity.is_some() && draft.dialect == Dialect::Postgres {
            self.nullability = Some(false);
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
            draft.report(not_kept(&words.join(" "), cursor.span_from(start)));
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
        let primary = cursor.eat_word("PRIMARY");
        if primary || draft.dialect == Dialect::Mysql {
            cursor.expect_word("KEY")?;
        } else {
            return Err(unexpected::option(cursor, &self.name()));
        }
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

    fn unique(&mut self, span: Span, nulls_not_distinct: bool) -> Constraint {
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

    /// Draws the consequences of all options together.
    fn settle(&mut self) {
        let is_key = self
            .constraints
            .iter()
            .any(|constraint| matches!(constraint, Constraint::PrimaryKey { .. }));
        let column = &mut self.draft.column;
        column.nullable = !is_key && self.nullability != Some(false);
        if let Some(value) = column.default.take() {
            column.default = Some(default::fit(value, &column.ty.kind));
        }
    }

    fn name(&self) -> String {
        self.draft.column.name.clone()
    }

    fn placed_name(&self) -> Placed<String> {
        Placed::new(self.name(), self.draft.span)
    }
}

/// Counted up by the database, values of ours allowed.
pub(super) fn counted(sequence: Option<aludel_catalog::Sequence>) -> Identity {
    Identity {
        always: false,
        strict: false,
        sequence,
    }
}

fn without_type(column: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(format!("column `{column}` has no type"))
        .at(span)
        .label("its values can be of any type")
        .help(format!("give it a type, as in `{column} TEXT`"))
}

/// A clause is understood, but the catalog has no room for it.
pub(super) fn not_kept(clause: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(format!("`{clause}` is left out"))
        .at(span)
        .label("this is not kept")
}
