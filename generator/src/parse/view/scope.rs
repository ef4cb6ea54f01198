//! The tables that a query reads, and the columns that it finds in them.

use sqlparser::ast::Ident;

use super::typed::{Kind, Output, Typed};
use crate::parse::draft::Draft;
use aludel_catalog::{Dialect, Type};

/// A table of FROM.
#[derive(Debug, Clone)]
pub(super) struct Relation {
    /// What it is called in the query.
    pub(super) name: String,
    /// Its columns; nothing where they are not known.
    pub(super) columns: Option<Vec<Output>>,
}

/// Everything that FROM makes visible.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope<'o> {
    pub(super) relations: Vec<Relation>,
    /// The columns of `*`: those that USING joins stand there once.
    pub(super) all: Vec<Output>,
    /// Around a subquery.
    pub(super) outer: Option<&'o Scope<'o>>,
}

impl Scope<'_> {
    /// Whether some of its columns are not known.
    pub(super) fn is_open(&self) -> bool {
        self.relations
            .iter()
            .any(|relation| relation.columns.is_none())
    }

    /// Makes everything nullable: the side of an outer join that may have no partner.
    pub(super) fn make_nullable(&mut self, draft: &Draft) {
        let columns = self
            .relations
            .iter_mut()
            .filter_map(|relation| relation.columns.as_mut());
        let columns = columns.flatten().chain(&mut self.all);
        for column in columns {
            column.typed.nullable = true;
            unrestrict(draft, &mut column.typed);
        }
    }

    /// What is found by this name, here or around.
    pub(super) fn find(&self, draft: &Draft, table: Option<&str>, column: &str) -> Typed {
        let named = |output: &&Output| {
            let name = output.name.as_deref();
            name.is_some_and(|name| draft.is_same(name, column))
        };
        let found = match table {
            None => self
                .all
                .iter()
                .find(named)
                .map(|output| output.typed.clone()),
            Some(table) => match self.relation(draft, table) {
                Some(Relation { columns: None, .. }) => return Typed::UNKNOWN,
                Some(Relation {
                    columns: Some(columns),
                    ..
                }) => columns
                    .iter()
                    .find(named)
                    .map(|output| output.typed.clone()),
                None => None,
            },
        };
        match (found, self.outer) {
            (Some(found), _) => found,
            (None, Some(outer)) if !self.is_open() => outer.find(draft, table, column),
            (None, _) if is_row_number(draft, column) => Typed::bigint(false),
            (None, _) => Typed::UNKNOWN,
        }
    }

    pub(super) fn relation(&self, draft: &Draft, name: &str) -> Option<&Relation> {
        let mut relations = self.relations.iter();
        relations.find(|relation| draft.is_same(&relation.name, name))
    }

    /// A column that no row of the result has without a value.
    pub(super) fn require(&mut self, draft: &Draft, table: Option<&str>, column: &str) {
        let named = |output: &&mut Output| {
            let name = output.name.as_deref();
            name.is_some_and(|name| draft.is_same(name, column))
        };
        let relations = self.relations.iter_mut();
        let meant = relations
            .filter(|relation| table.is_none_or(|table| draft.is_same(&relation.name, table)));
        let mut columns = meant
            .filter_map(|relation| relation.columns.as_mut())
            .flatten();
        let mut found = Vec::new();
        if let Some(output) = columns.find(named) {
            output.typed.nullable = false;
            found.push(output.clone());
        }
        drop(columns);
        // A name that stands in `*` once is that of this column.
        let mut same: Vec<&mut Output> = self.all.iter_mut().filter(named).collect();
        if let ([output], false) = (same.as_mut_slice(), found.is_empty()) {
            output.typed.nullable = false;
        }
    }
}

/// A domain may forbid NULL, which an outer join gives all the same: what is left is the type underneath.
fn unrestrict(draft: &Draft, typed: &mut Typed) {
    while let Kind::Known(ty) = &mut typed.kind {
        let Type::Domain(name) = &ty.kind else {
            return;
        };
        let mut domains = draft.domains.iter();
        let Some(domain) = domains.find(|domain| domain.value.name == *name) else {
            return;
        };
        *ty = domain.value.base.clone();
    }
}

fn is_row_number(draft: &Draft, column: &str) -> bool {
    let names = ["rowid", "oid", "_rowid_"];
    draft.dialect == Dialect::Sqlite && names.contains(&column.to_ascii_lowercase().as_str())
}

/// A name as the dialect folds it.
pub(super) fn folded(dialect: Dialect, name: &Ident) -> String {
    match (dialect, name.quote_style) {
        (Dialect::Postgres, None) => name.value.to_ascii_lowercase(),
        _ => name.value.clone(),
    }
}
