//! Columns of a domain, for dialects that have none: the type underneath, and what the domain demands.

use crate::{Catalog, ColumnType, Type};

use super::DdlError;

/// What the type of a column comes down to.
pub(super) struct Resolved<'c> {
    /// The type that is no domain.
    pub(super) ty: &'c ColumnType,
    /// Whether a domain refuses NULL.
    pub(super) not_null: bool,
    /// The default of the outermost domain that has one.
    pub(super) default: Option<&'c str>,
    /// The conditions of all domains, about `VALUE`, the innermost domain's first.
    pub(super) checks: Vec<&'c str>,
}

impl<'c> Resolved<'c> {
    /// A type as it stands, its domain being what demands something.
    pub(super) fn without_demands(ty: &'c ColumnType) -> Self {
        Resolved {
            ty,
            not_null: false,
            default: None,
            checks: Vec::new(),
        }
    }
}

/// Follows a type through its domains.
pub(super) fn resolve<'c>(
    catalog: &'c Catalog,
    ty: &'c ColumnType,
) -> Result<Resolved<'c>, DdlError> {
    let mut resolved = Resolved::without_demands(ty);
    for _ in 0..=catalog.domains.len() {
        let Type::Domain(name) = &resolved.ty.kind else {
            resolved.checks.reverse();
            return Ok(resolved);
        };
        let domain = catalog
            .domains
            .iter()
            .find(|domain| domain.name == *name)
            .ok_or_else(|| DdlError::new(format!("there is no domain `{name}`")))?;
        resolved.ty = &domain.base;
        resolved.not_null |= domain.not_null;
        resolved.default = resolved.default.or(domain.default.as_deref());
        resolved
            .checks
            .extend(domain.checks.iter().rev().map(String::as_str));
    }
    Err(DdlError::new("its domain is made of itself"))
}
