//! A column's declaration.

pub(super) mod generated;
mod option;
mod unexpected;

use aludel_catalog::{Column, ColumnType, Identity, Type};

use super::{
    Placed, Result,
    constraint::Constraint,
    cursor::Cursor,
    default,
    draft::{ColumnDraft, Draft},
    remark::Remarks,
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
    let outcome = reading.read_type(cursor, draft);
    let outcome = outcome.and_then(|()| reading.read_options(cursor, draft));
    draft.accept(outcome);
    reading.settle();
    Ok(reading)
}

/// Reads what else is said of a column that has a name and a type already.
pub(super) fn refine(
    cursor: &mut Cursor<'_>,
    draft: &mut Draft,
    column: ColumnDraft,
) -> ColumnReading {
    let mut reading = ColumnReading::of(column);
    let outcome = reading.read_options(cursor, draft);
    draft.accept(outcome);
    reading.settle();
    reading
}

impl ColumnReading {
    pub(super) fn new(name: Placed<String>) -> Self {
        ColumnReading::of(ColumnDraft {
            column: Column::new(name.value, ColumnType::new(Type::Other, "")),
            span: name.span,
            type_span: name.span,
            enum_values: None,
            is_local: true,
            remarks: Remarks::default(),
        })
    }

    fn of(draft: ColumnDraft) -> Self {
        ColumnReading {
            draft,
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
            Meaning::Named(name) => types::named(name, &ty),
            Meaning::Unknown => types::unknown(&ty, draft),
        };
        self.draft.type_span = ty.sql.span;
        self.draft.column.ty = ColumnType::new(kind, ty.sql.value);
        Ok(())
    }

    fn read_options(&mut self, cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<()> {
        while !cursor.is_at_end() && !cursor.is_one_of(&["FIRST", "AFTER"]) {
            let start = cursor.span();
            if let Err(problem) = self.read_option(cursor, draft) {
                draft.tolerate(problem, start, cursor, "this option of the column")?;
                cursor.skip_unknown(unexpected::OPTIONS);
            }
        }
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

    /// Draws the consequences of all options together.
    fn settle(&mut self) {
        let is_key = self
            .constraints
            .iter()
            .any(|constraint| matches!(constraint, Constraint::PrimaryKey { .. }));
        let column = &mut self.draft.column;
        column.nullable = !is_key && self.nullability != Some(false) && column.identity.is_none();
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
