//! Tables that take their columns over from another one: `LIKE`.

use aludel_catalog::{ColumnType, IntegerSize, Name, Type};

use crate::parse::{
    Placed, Result,
    cursor::Cursor,
    draft::{CheckDraft, ColumnDraft, TableDraft},
    remark::Remarks,
};

/// What PostgreSQL copies besides columns, their types and NOT NULL: `INCLUDING …`.
#[derive(Default)]
pub(super) struct Including {
    defaults: bool,
    generated: bool,
    identity: bool,
    comments: bool,
    checks: bool,
    indexes: bool,
}

impl Including {
    /// Reads `INCLUDING …` and `EXCLUDING …` to the end.
    pub(super) fn read(part: &mut Cursor<'_>) -> Result<Self> {
        let mut including = Including::default();
        while !part.is_at_end() {
            let includes = part.eat_word("INCLUDING");
            if !includes {
                part.expect_word("EXCLUDING")?;
            }
            let what = part.identifier("what is included")?.value.to_uppercase();
            let all = what == "ALL";
            for (word, flag) in [
                ("DEFAULTS", &mut including.defaults),
                ("GENERATED", &mut including.generated),
                ("IDENTITY", &mut including.identity),
                ("COMMENTS", &mut including.comments),
                ("CONSTRAINTS", &mut including.checks),
                ("INDEXES", &mut including.indexes),
            ] {
                if all || what == word {
                    *flag = includes;
                }
            }
        }
        Ok(including)
    }

    /// Copies `from` into a table that is being read.
    pub(super) fn copy(&self, from: &TableDraft, into: &mut TableDraft) {
        let columns = from.columns.iter().map(|column| self.copied(column));
        into.columns.extend(columns);
        if self.checks {
            let checks = from.checks.iter().cloned();
            into.checks.extend(checks.map(|check| CheckDraft {
                is_local: true,
                ..check
            }));
        }
        if self.indexes {
            let mut copy = from.clone();
            forget_names(&mut copy);
            into.primary_key = into.primary_key.take().or(copy.primary_key);
            into.uniques.extend(copy.uniques);
            into.indexes.extend(copy.indexes);
        }
    }

    fn copied(&self, column: &ColumnDraft) -> ColumnDraft {
        let mut copy = column.clone();
        copy.is_local = true;
        let is_serial = is_serial(&copy.column.ty);
        if !self.defaults {
            not_counted(&mut copy.column.ty);
            copy.column.default = None;
        }
        if !(self.identity && !is_serial || self.defaults && is_serial) {
            copy.column.identity = None;
        }
        // A copy counts by a sequence of its own.
        if let Some(identity) = &mut copy.column.identity {
            let sequence = identity.sequence.as_mut();
            sequence
                .into_iter()
                .for_each(|sequence| sequence.name = None);
        }
        if !self.generated {
            copy.column.generated = None;
        }
        if !self.comments {
            copy.column.comment = None;
        }
        copy.remarks = Remarks::default();
        copy
    }
}

/// A partition, as the table that it is when it stands alone: the names of its indexes are its own.
pub(super) fn partition_of(whole: &TableDraft, name: &Placed<Name>) -> TableDraft {
    let mut part = renamed(whole, name);
    part.options.clear();
    part.of_type = None;
    part.comment = None;
    forget_names(&mut part);
    part
}

/// MySQL's `CREATE TABLE … LIKE …`: everything but the foreign keys.
pub(super) fn like(other: &TableDraft, name: &Placed<Name>) -> TableDraft {
    let mut copy = renamed(other, name);
    copy.foreign_keys.clear();
    copy
}

fn renamed(table: &TableDraft, name: &Placed<Name>) -> TableDraft {
    let mut copy = table.clone();
    copy.name = name.value.clone();
    copy.span = name.span;
    copy
}

fn forget_names(table: &mut TableDraft) {
    if let Some(key) = &mut table.primary_key {
        key.value.name = None;
    }
    for unique in &mut table.uniques {
        unique.value.name = None;
    }
    for index in &mut table.indexes {
        index.value.name = None;
    }
}

/// The integer that is left of `serial` where another column takes the type over.
pub(in crate::parse) fn not_counted(ty: &mut ColumnType) {
    if let (Type::Integer { size, .. }, true) = (&ty.kind, is_serial(ty)) {
        ty.sql = match size {
            IntegerSize::Small => "smallint",
            IntegerSize::Big => "bigint",
            _ => "integer",
        }
        .to_owned();
    }
}

/// Whether a type stands for an integer that is counted up.
pub(in crate::parse) fn is_serial(ty: &ColumnType) -> bool {
    ty.sql.to_lowercase().contains("serial")
}
