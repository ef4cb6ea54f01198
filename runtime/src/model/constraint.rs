//! The constraints of a table, and which of them an error is about.

use super::TableInfo;
use crate::error::{Error, ErrorKind};

/// The constraints of a table as an enum, which is generated for each table that has some: see [`Error::violated`].
pub trait Constraint: Copy + 'static {
    /// For generated code: the table, and all its constraints.
    #[doc(hidden)]
    const ALL: (&'static TableInfo, &'static [(Self, ConstraintInfo)]);
}

/// What is known of a constraint.
#[derive(Debug)]
pub struct ConstraintInfo {
    demands: Demands,
    /// Its name, where the schema gives one.
    name: Option<&'static str>,
    /// Its columns, as positions in the table.
    columns: &'static [usize],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Demands {
    Primary,
    Unique,
    Foreign,
    Check(&'static str),
}

impl ConstraintInfo {
    /// For generated code: a primary key.
    #[doc(hidden)]
    pub const fn primary(name: Option<&'static str>, columns: &'static [usize]) -> Self {
        ConstraintInfo {
            demands: Demands::Primary,
            name,
            columns,
        }
    }

    /// For generated code: a unique key.
    #[doc(hidden)]
    pub const fn unique(name: Option<&'static str>, columns: &'static [usize]) -> Self {
        ConstraintInfo {
            demands: Demands::Unique,
            ..ConstraintInfo::primary(name, columns)
        }
    }

    /// For generated code: a foreign key.
    #[doc(hidden)]
    pub const fn foreign(name: Option<&'static str>, columns: &'static [usize]) -> Self {
        ConstraintInfo {
            demands: Demands::Foreign,
            ..ConstraintInfo::primary(name, columns)
        }
    }

    /// For generated code: a check.
    #[doc(hidden)]
    pub const fn check(name: Option<&'static str>, condition: &'static str) -> Self {
        ConstraintInfo {
            demands: Demands::Check(condition),
            ..ConstraintInfo::primary(name, &[])
        }
    }

    /// Whether it is a foreign key without a name of its own that PostgreSQL calls so.
    fn is_called_by_postgres(&self, table: &TableInfo, name: &str) -> bool {
        let middle = name
            .strip_prefix(table.name)
            .and_then(|rest| rest.strip_suffix("_fkey"));
        let names = self
            .columns
            .iter()
            .map(|column| table.columns[*column].name);
        let columns = names.fold(String::new(), |all, column| all + "_" + column);
        self.demands == Demands::Foreign && middle == Some(columns.as_str())
    }

    fn is_of(&self, kind: ErrorKind) -> bool {
        match self.demands {
            Demands::Primary | Demands::Unique => kind == ErrorKind::UniqueViolation,
            Demands::Foreign => kind == ErrorKind::ForeignKeyViolation,
            Demands::Check(_) => kind == ErrorKind::CheckViolation,
        }
    }
}

/// Which of its table's constraints an error is about: by the name that the database gives, by the columns, and where there is
/// nothing else by there being one alone.
pub(crate) fn violated<C: Constraint>(error: &Error) -> Option<C> {
    let (of, all) = C::ALL;
    let of_kind = || all.iter().filter(|(_, info)| info.is_of(error.kind()));
    let table = error.table().or(error.changed().map(|(table, _)| table));
    if table.is_some_and(|table| table != of.name) {
        return None;
    }
    let first = |fits: &dyn Fn(&ConstraintInfo) -> bool| {
        let found = of_kind().find(|(_, info)| fits(info));
        found.map(|(constraint, _)| *constraint)
    };
    let name = error.constraint();
    let by_name = name.and_then(|name| first(&|info| info.name == Some(name)));
    if by_name.is_some() {
        return by_name;
    }
    // Anything else says nothing where nobody knows of which table.
    table?;
    // Where the other row is deleted, PostgreSQL names the columns of that one.
    let by_default = name.and_then(|name| first(&|info| info.is_called_by_postgres(of, name)));
    if by_default.is_some() {
        return by_default;
    }
    let columns = error.columns();
    if !columns.is_empty() {
        return first(&|info| {
            let of_info = info.columns.iter();
            let mut names = of_info.map(|column| of.columns[*column].name);
            info.columns.len() == columns.len()
                && names.all(|name| columns.iter().any(|column| column == name))
        });
    }
    match (error.kind(), name) {
        (ErrorKind::UniqueViolation, Some("PRIMARY")) => {
            first(&|info| info.demands == Demands::Primary)
        }
        (ErrorKind::UniqueViolation, Some(name)) => of_default_name::<C>(name),
        (ErrorKind::CheckViolation, Some(name)) => {
            let is_it = |info: &ConstraintInfo| matches!(info.demands, Demands::Check(text) if text == name);
            first(&is_it).or_else(|| only(of_kind().filter(|(_, info)| info.name.is_none())))
        }
        // SQLite says no more than that it was a foreign key: of a new row it is one of its own.
        (ErrorKind::ForeignKeyViolation, None) => {
            let is_insert = error.changed().is_some_and(|(_, is_insert)| is_insert);
            only(of_kind()).filter(|_| is_insert)
        }
        _ => None,
    }
}

/// MySQL calls a key without a name like its first column, and the second of these `…_2`.
fn of_default_name<C: Constraint>(name: &str) -> Option<C> {
    let (of, all) = C::ALL;
    let mut unnamed = all.iter().filter(|(_, info)| {
        info.demands == Demands::Unique && info.name.is_none() && !info.columns.is_empty()
    });
    let first = |info: &ConstraintInfo| of.columns[info.columns[0]].name;
    let mut counts: Vec<(&str, usize)> = Vec::new();
    let found = unnamed.find(|(_, info)| {
        let column = first(info);
        let known = counts.iter_mut().find(|(known, _)| *known == column);
        let count = match known {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                counts.push((column, 1));
                1
            }
        };
        if count == 1 {
            name.eq_ignore_ascii_case(column)
        } else {
            name.eq_ignore_ascii_case(&format!("{column}_{count}"))
        }
    });
    found.map(|(constraint, _)| *constraint)
}

/// The constraint, where it is alone.
fn only<'a, C: Constraint>(mut all: impl Iterator<Item = &'a (C, ConstraintInfo)>) -> Option<C> {
    let (only, _) = all.next()?;
    all.next().is_none().then_some(*only)
}
