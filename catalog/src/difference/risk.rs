//! What a change does to the rows that are there.

use crate::{Column, IntegerSize, Type};

use super::{Aspect, Change};

impl Change {
    /// What is lost when it is made, in words; none where all that the rows hold stays.
    pub fn loses(&self) -> Option<String> {
        match self {
            Change::DropTable(name) => Some(format!("all rows of `{name}`")),
            Change::DropColumn { table, column } if column.generated.is_none() => {
                Some(format!("all values of `{}` in `{table}`", column.name))
            }
            Change::AlterColumn {
                table,
                from,
                to,
                aspects,
            } => {
                let becomes_computed = aspects.contains(&Aspect::Generated)
                    && from.generated.is_none()
                    && to.generated.is_some();
                if becomes_computed {
                    return Some(format!("the values of `{}` in `{table}`", to.name));
                }
                let is_rounded =
                    aspects.contains(&Aspect::Type) && rounds(&from.ty.kind, &to.ty.kind);
                is_rounded.then(|| {
                    format!(
                        "digits or parts of the values of `{}` in `{table}`",
                        to.name
                    )
                })
            }
            _ => None,
        }
    }

    /// Why it may fail on rows that are there, in words; none where it cannot.
    pub fn may_fail(&self) -> Option<String> {
        match self {
            Change::AddColumn { table, column } if !column.is_optional_on_insert() => {
                Some(format!(
                    "rows of `{table}` have nothing to fill `{}` with",
                    column.name
                ))
            }
            Change::AlterColumn {
                table,
                from,
                to,
                aspects,
            } => altered(table, from, to, aspects),
            Change::AddPrimaryKey { table, key } => {
                Some(repeated(&table.to_string(), &key.columns.join(", ")))
            }
            Change::AddUnique { table, unique } => {
                Some(repeated(&table.to_string(), &unique.columns.join(", ")))
            }
            Change::AddIndex { table, index } if index.unique => Some(format!(
                "rows of `{table}` may have the same values in the index"
            )),
            Change::AddCheck { table, check } => Some(format!(
                "rows of `{table}` may not meet {}",
                check.expression
            )),
            Change::AddForeignKey { table, key } => Some(format!(
                "rows of `{table}` may lead to no row of `{}`",
                key.table
            )),
            Change::AlterEnum { from, to } => {
                let mut removed = from.values.iter();
                let is_removed = removed.any(|value| !to.values.contains(value));
                is_removed.then(|| format!("rows may hold a value that `{}` has no more", to.name))
            }
            Change::AlterDomain { to, .. } => Some(format!(
                "rows may hold values that `{}` refuses now",
                to.name
            )),
            _ => None,
        }
    }
}

fn repeated(table: &str, columns: &str) -> String {
    format!("rows of `{table}` may have the same values in ({columns})")
}

fn altered(table: &crate::Name, from: &Column, to: &Column, aspects: &[Aspect]) -> Option<String> {
    if aspects.contains(&Aspect::Type) && !widens(&from.ty.kind, &to.ty.kind) {
        return Some(format!(
            "values of `{}` in `{table}` may not fit {}",
            to.name, to.ty.sql
        ));
    }
    let refuses_null = aspects.contains(&Aspect::Nullability) && !to.nullable;
    refuses_null.then(|| format!("rows of `{table}` may have NULL in `{}`", to.name))
}

/// Whether every value of the old type is one of the new type.
fn widens(from: &Type, to: &Type) -> bool {
    match (from, to) {
        (Type::Integer { size, unsigned }, to) => of_integer(*size, *unsigned, to),
        (Type::Boolean, Type::Integer { .. }) | (Type::Float, Type::Double) => true,
        (
            Type::Decimal { .. },
            Type::Decimal {
                precision: None, ..
            },
        ) => true,
        (
            Type::Decimal {
                precision: Some(old),
                scale: old_scale,
            },
            Type::Decimal {
                precision: Some(new),
                scale: new_scale,
            },
        ) => {
            let (old_scale, new_scale) = (old_scale.unwrap_or(0), new_scale.unwrap_or(0));
            let whole = |digits: u32, scale: i32| i64::from(digits) - i64::from(scale);
            new_scale >= old_scale && whole(*new, new_scale) >= whole(*old, old_scale)
        }
        (Type::Text { length: old, .. }, Type::Text { length: new, .. })
        | (Type::Bytes { length: old, .. }, Type::Bytes { length: new, .. }) => {
            new.is_none_or(|new| old.is_some_and(|old| old <= new))
        }
        (Type::Date, Type::Timestamp { .. }) => true,
        (Type::Timestamp { .. }, Type::Timestamp { .. })
        | (Type::Time { .. }, Type::Time { .. }) => true,
        (Type::Json { .. }, Type::Json { .. }) => true,
        // Everything has a text.
        (_, Type::Text { length: None, .. }) => true,
        (old, new) => old == new,
    }
}

fn of_integer(size: IntegerSize, unsigned: bool, to: &Type) -> bool {
    match to {
        Type::Integer {
            size: new,
            unsigned: is_unsigned,
        } => match (unsigned, is_unsigned) {
            (true, true) | (false, false) => *new >= size,
            (true, false) => *new > size,
            (false, true) => false,
        },
        Type::Decimal {
            precision: None, ..
        }
        | Type::Text { length: None, .. } => true,
        Type::Double => size < IntegerSize::Big,
        _ => false,
    }
}

/// Whether the database fits a value into the new type by leaving something of it out.
fn rounds(from: &Type, to: &Type) -> bool {
    match (from, to) {
        (
            Type::Float | Type::Double | Type::Decimal { .. },
            Type::Integer { .. } | Type::Boolean,
        )
        | (Type::Double, Type::Float)
        | (Type::Decimal { .. }, Type::Float | Type::Double)
        | (Type::Timestamp { .. }, Type::Date | Type::Time { .. }) => true,
        (Type::Integer { size, .. }, Type::Float) => *size > IntegerSize::Medium,
        (Type::Integer { size, .. }, Type::Double) => *size == IntegerSize::Big,
        (Type::Float | Type::Double, Type::Decimal { .. }) => true,
        (
            Type::Decimal { scale: old, .. },
            Type::Decimal {
                scale: new,
                precision: Some(_),
            },
        ) => old.is_none_or(|old| new.unwrap_or(0) < old),
        (
            Type::Timestamp { precision: old, .. } | Type::Time { precision: old, .. },
            Type::Timestamp { precision: new, .. } | Type::Time { precision: new, .. },
        ) => new.is_some_and(|new| old.is_none_or(|old| new < old)),
        _ => false,
    }
}
