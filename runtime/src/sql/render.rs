//! Statements as text: what can be asked of a tree, and the way to it.
//!
//! All of it is written for any [`Sink`], so that a text and its fingerprint cannot differ in what they look at.

pub(in crate::sql) mod again;
mod call;
mod change;
mod expression;
mod insert;
mod order;
pub(in crate::sql) mod paths;
mod query;
mod select;
mod selected;
mod template;

use super::{
    grouped,
    query::QueryRef,
    statement::{Delete, Insert, Update},
    writer::{Fingerprint, Mixer, Sink, Text, Writer},
};
use crate::{
    dialect::Dialect,
    error::{Error, ErrorKind, Result},
    model::TableInfo,
    value::ValueRef,
};
pub(crate) use expression::padded;
use selected::Names;

/// A tree, and what is asked of it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Statement<'t> {
    /// The rows of a query.
    Select {
        /// The query.
        query: QueryRef<'t>,
        /// The greatest number of rows; the smaller of this and what the query says holds.
        at_most: Option<u64>,
    },
    /// The number of rows of a query.
    Count(QueryRef<'t>),
    /// Whether a query has a row.
    Exists(QueryRef<'t>),
    /// An INSERT.
    Insert(&'t Insert),
    /// An UPDATE.
    Update(&'t Update),
    /// A DELETE.
    Delete(&'t Delete),
}

/// A statement, ready to run.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rendered<'t> {
    /// The text.
    pub(crate) sql: String,
    /// The values of its placeholders, in order.
    pub(crate) parameters: Vec<ValueRef<'t>>,
    /// Which of them are values of sensitive columns, counted from 0.
    pub(crate) secrets: Box<[usize]>,
}

impl<'t> Statement<'t> {
    /// The text and its parameters.
    ///
    /// # Errors
    /// `Unsupported` when the dialect cannot say it, `InvalidRequest` when nobody can.
    pub(crate) fn render(&self, dialect: &dyn Dialect) -> Result<Rendered<'t>> {
        let mut writer = Writer::new(dialect, Text::new(), Vec::new());
        self.write(&mut writer);
        let secrets = writer.take_secrets();
        let (text, parameters) = writer.finish();
        Ok(Rendered {
            sql: text?.into_string(),
            parameters,
            secrets,
        })
    }

    /// What tells the text from others, without writing it. The parameters, the same as the text's, take the place of those in
    /// `parameters`, whose memory is used again.
    ///
    /// # Errors
    /// Those of [`render`](Self::render).
    pub(crate) fn fingerprint(
        &self,
        dialect: &dyn Dialect,
        parameters: &mut Vec<ValueRef<'t>>,
    ) -> Result<Fingerprint> {
        parameters.clear();
        let mut writer = Writer::new(dialect, Mixer::new(dialect), std::mem::take(parameters));
        self.write(&mut writer);
        let (mixer, bound) = writer.finish();
        *parameters = bound;
        Ok(mixer?.finish())
    }

    /// Looks whether all that a grouped query says of a group is the same for its rows. Once for each text is enough for what
    /// it selects: which of that is equal to a key is part of its shape.
    ///
    /// # Errors
    /// `InvalidRequest` where a column is neither aggregated nor grouped by.
    pub(crate) fn check_groups(&self) -> Result<()> {
        let ungrouped = match *self {
            Statement::Select { query, .. }
            | Statement::Count(query)
            | Statement::Exists(query) => grouped::ungrouped(query),
            Statement::Insert(_) | Statement::Update(_) | Statement::Delete(_) => None,
        };
        let Some((table, column)) = ungrouped else {
            return Ok(());
        };
        let message = format!(
            "column `{column}` of `{table}` is neither aggregated nor in GROUP BY: no key of the query is the expression it is used in"
        );
        Err(Error::new(ErrorKind::InvalidRequest, message))
    }

    /// The table that it changes, and whether it inserts.
    pub(crate) fn changes(&self) -> Option<(&'static str, bool)> {
        match self {
            Statement::Insert(tree) => Some((tree.table.name, true)),
            Statement::Update(tree) => Some((tree.table.name, false)),
            Statement::Delete(tree) => Some((tree.table.name, false)),
            Statement::Select { .. } | Statement::Count(_) | Statement::Exists(_) => None,
        }
    }

    /// Whether it changes rows.
    pub(crate) fn writes(&self) -> bool {
        matches!(
            self,
            Statement::Insert(_) | Statement::Update(_) | Statement::Delete(_)
        )
    }

    /// Two tables that it reads with no condition between them.
    pub(crate) fn unlinked(&self) -> Option<(&'static str, &'static str)> {
        match *self {
            Statement::Select { query, .. }
            | Statement::Count(query)
            | Statement::Exists(query) => super::unlinked(query),
            Statement::Insert(_) | Statement::Update(_) | Statement::Delete(_) => None,
        }
    }

    fn write<S: Sink>(&self, writer: &mut Writer<'_, 't, S>) {
        match *self {
            Statement::Select { query, at_most } => {
                query::query(writer, query, Names::AsWritten, at_most);
            }
            Statement::Count(query) => query::count(writer, query),
            Statement::Exists(query) => query::exists(writer, query),
            Statement::Insert(tree) => insert::insert(writer, tree),
            Statement::Update(tree) => change::update(writer, tree),
            Statement::Delete(tree) => change::delete(writer, tree),
        }
    }
}

fn table_name<S: Sink>(writer: &mut Writer<'_, '_, S>, table: &TableInfo) {
    if let Some(schema) = table.schema {
        writer.name(schema).word(".");
    }
    writer.name(table.name);
}
