//! The constraints of a table: what errors name them by.

use aludel_catalog::Table;

use super::{documentation, layout, rust::literal};
use crate::analyse::{Constraint, ConstraintKind, Entity};

/// The enum of a table's constraints.
pub(super) struct ConstraintsView {
    pub(super) name: String,
    pub(super) members: Vec<MemberView>,
}

pub(super) struct MemberView {
    pub(super) documentation: String,
    pub(super) name: String,
    pub(super) info: String,
}

pub(super) fn view(table: &Table, entity: &Entity) -> Option<ConstraintsView> {
    let constraints = entity.constraints.as_ref()?;
    let members = constraints.members.iter();
    Some(ConstraintsView {
        name: constraints.name.clone(),
        members: members.map(|member| of_member(table, member)).collect(),
    })
}

fn of_member(table: &Table, member: &Constraint) -> MemberView {
    let declared = match &member.declared {
        Some(name) => format!("Some({})", literal(name)),
        None => "None".to_owned(),
    };
    let columns = layout::positions(&member.columns);
    let (info, what) = match &member.kind {
        ConstraintKind::Primary => (format!("primary({declared}, {columns})"), "The primary key"),
        ConstraintKind::Unique => (format!("unique({declared}, {columns})"), "The unique key"),
        ConstraintKind::Foreign => (format!("foreign({declared}, {columns})"), "The foreign key"),
        ConstraintKind::Check(expression) => (
            format!("check({declared}, {})", literal(expression)),
            "The check",
        ),
    };
    let names = member.columns.iter();
    let names = names.map(|&column| documentation::code(&table.columns[column].name));
    let of = match &member.kind {
        ConstraintKind::Check(expression) => documentation::code(expression),
        _ if member.columns.is_empty() => {
            documentation::code(member.declared.as_deref().unwrap_or_default())
        }
        _ => format!("of {}", names.collect::<Vec<_>>().join(" and ")),
    };
    MemberView {
        documentation: format!(" {what} {of}."),
        name: member.name.clone(),
        info: format!("rt::ConstraintInfo::{info}"),
    }
}
