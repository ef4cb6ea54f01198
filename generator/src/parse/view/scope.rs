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
    /// Whether its name also stands for its only column, as that of a function in PostgreSQL that gives no rows but values.
    pub(super) is_value: bool,
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
    pub(super) fn of(relation: Relation) -> Self {
        Scope {
            all: relation.columns.iter().flatten().cloned().collect(),
            relations: vec![relation],
            outer: None,
        }
    }

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
        let found = self.column(draft, table, column);
        let value = || match table {
            None => self.value(draft, column),
            Some(_) => None,
        };
        found.or_else(value).unwrap_or(Typed::UNKNOWN)
    }

    /// A column of `*`, which stands there once.
    pub(super) fn once(&self, draft: &Draft, column: &str) -> Typed {
        let found = named(draft, &self.all, column);
        found.unwrap_or(Typed::UNKNOWN)
    }

    /// The column of this name, unless there certainly is none. What may also be in something that is not known is not known.
    fn column(&self, draft: &Draft, table: Option<&str>, column: &str) -> Option<Typed> {
        let meant = table.map(|table| self.relation(draft, table));
        let found = match &meant {
            None => named(draft, &self.all, column),
            Some(relation) => {
                let columns = relation.and_then(|relation| relation.columns.as_ref());
                columns.and_then(|columns| named(draft, columns, column))
            }
        };
        let is_here = match &meant {
            None => self.is_open(),
            Some(relation) => relation.is_some(),
        };
        let row_number = || {
            let relations = self.relations.as_slice();
            let read = match &meant {
                None => relations,
                Some(relation) => relation.map_or(&[][..], std::slice::from_ref),
            };
            row_number(draft, read, column)
        };
        match found.or_else(row_number) {
            None if is_here => Some(Typed::UNKNOWN),
            None => self.outer?.column(draft, table, column),
            found => found,
        }
    }

    /// The value that a function gives, by the function's name.
    fn value(&self, draft: &Draft, name: &str) -> Option<Typed> {
        match self.relation(draft, name) {
            Some(relation) if relation.is_value => {
                let columns = relation.columns.as_ref();
                columns?.first().map(|output| output.typed.clone())
            }
            Some(_) => None,
            None => self.outer?.value(draft, name),
        }
    }

    pub(super) fn relation(&self, draft: &Draft, name: &str) -> Option<&Relation> {
        let mut relations = self.relations.iter();
        relations.find(|relation| draft.is_same(&relation.name, name))
    }

    /// A column that no row of the result has without a value.
    pub(super) fn require(&mut self, draft: &Draft, table: Option<&str>, column: &str) {
        let is_open = self.is_open();
        let is_named = |output: &&mut Output| is_named(draft, output, column);
        let relations = self.relations.iter_mut();
        let meant = relations
            .filter(|relation| table.is_none_or(|table| draft.is_same(&relation.name, table)));
        let columns = meant.filter_map(|relation| relation.columns.as_mut());
        let mut columns: Vec<&mut Output> = columns.flatten().filter(is_named).collect();
        let is_found = !columns.is_empty();
        // A name alone may be that of two columns, of which USING makes one: then either can be NULL.
        if let ([output], true) = (columns.as_mut_slice(), table.is_some() || !is_open) {
            output.typed.nullable = false;
        }
        // A name that stands in `*` once is that of this column.
        let mut same: Vec<&mut Output> = self.all.iter_mut().filter(is_named).collect();
        if let ([output], true) = (same.as_mut_slice(), is_found) {
            output.typed.nullable = false;
        }
    }
}

fn is_named(draft: &Draft, output: &Output, name: &str) -> bool {
    let own = output.name.as_deref();
    own.is_some_and(|own| draft.is_same(own, name))
}

fn named(draft: &Draft, columns: &[Output], name: &str) -> Option<Typed> {
    let mut columns = columns.iter();
    let found = columns.find(|output| is_named(draft, output, name));
    found.map(|output| output.typed.clone())
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

/// SQLite's number of a row, which a table has without declaring it. Where an outer join found no partner there is none.
fn row_number(draft: &Draft, relations: &[Relation], column: &str) -> Option<Typed> {
    let names = ["rowid", "oid", "_rowid_"];
    if draft.dialect != Dialect::Sqlite || !names.contains(&column.to_ascii_lowercase().as_str()) {
        return None;
    }
    let columns = relations.iter().map(|relation| relation.columns.as_ref());
    let columns: Vec<_> = columns.collect::<Option<_>>()?;
    let may_be_missing =
        |columns: &&Vec<Output>| columns.iter().all(|output| output.typed.nullable);
    match columns.as_slice() {
        [] => None,
        columns => Some(Typed::bigint(columns.iter().any(may_be_missing))),
    }
}

/// A name as the dialect folds it.
pub(super) fn folded(dialect: Dialect, name: &Ident) -> String {
    match (dialect, name.quote_style) {
        (Dialect::Postgres, None) => name.value.to_ascii_lowercase(),
        _ => name.value.clone(),
    }
}
