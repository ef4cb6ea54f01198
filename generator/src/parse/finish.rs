//! From the draft to the catalog.

use std::collections::HashMap;

use aludel_catalog::{Catalog, Column, Default, Name, Table};

use super::{
    Parsed, Placed, Positions,
    domain::DomainDraft,
    draft::{Draft, TableDraft},
    positions::{ColumnPositions, TablePositions},
};
use crate::diagnostic::{Diagnostic, Span};

/// The catalog, the places of its parts, and what is to be said, in the order of the files.
pub(super) fn finish(draft: Draft) -> Parsed {
    let mut catalog = Catalog::new(draft.dialect);
    let mut positions = Positions::default();
    for table in draft.tables {
        positions
            .tables
            .insert(table.name.clone(), table_positions(&table));
        catalog.tables.push(finish_table(table));
    }
    (catalog.views, positions.views) = unplace(draft.views, |view| Some(view.name.clone()));
    (catalog.enums, positions.enums) = unplace(draft.enums, |item| Some(item.name.clone()));
    let domains = draft.domains.into_iter().map(DomainDraft::placed).collect();
    (catalog.domains, positions.domains) = unplace(domains, |domain| Some(domain.name.clone()));
    (catalog.sequences, positions.sequences) =
        unplace(draft.sequences, |sequence| sequence.name.clone());
    let mut diagnostics = draft.diagnostics;
    diagnostics.sort_by_key(|diagnostic: &Diagnostic| diagnostic.span);
    // A column that another table takes over is wrong once.
    diagnostics.dedup();
    Parsed {
        catalog,
        positions,
        annotations: draft.annotations,
        diagnostics,
    }
}

fn finish_table(draft: TableDraft) -> Table {
    Table {
        name: draft.name,
        columns: draft
            .columns
            .into_iter()
            .map(|column| finish_column(column.column))
            .collect(),
        primary_key: draft.primary_key.map(|key| key.value),
        foreign_keys: draft.foreign_keys.into_iter().map(|key| key.key).collect(),
        uniques: values(draft.uniques),
        checks: draft.checks.into_iter().map(|check| check.check).collect(),
        indexes: values(draft.indexes),
        comment: draft.comment,
        options: draft.options,
        file: Some(draft.file),
    }
}

/// A default that the column itself refuses is none: dumps have it where the default of a parent was taken away.
fn finish_column(mut column: Column) -> Column {
    let nullable = column.nullable;
    column
        .default
        .take_if(|default| !nullable && *default == Default::Null);
    column
}

fn table_positions(table: &TableDraft) -> TablePositions {
    let column = |draft: &super::draft::ColumnDraft| {
        let positions = ColumnPositions {
            name: draft.span,
            ty: draft.type_span,
        };
        (draft.column.name.clone(), positions)
    };
    TablePositions {
        name: Some(table.span),
        columns: table.columns.iter().map(column).collect(),
        primary_key: table.primary_key.as_ref().map(|key| key.span),
        foreign_keys: table.foreign_keys.iter().map(|key| key.span).collect(),
        uniques: spans(&table.uniques),
        checks: table.checks.iter().map(|check| check.span).collect(),
        indexes: spans(&table.indexes),
    }
}

fn values<T>(placed: Vec<Placed<T>>) -> Vec<T> {
    placed.into_iter().map(|placed| placed.value).collect()
}

fn spans<T>(placed: &[Placed<T>]) -> Vec<Span> {
    placed.iter().map(|placed| placed.span).collect()
}

/// The values, and their places by name.
fn unplace<T>(
    placed: Vec<Placed<T>>,
    name: impl Fn(&T) -> Option<Name>,
) -> (Vec<T>, HashMap<Name, Span>) {
    let positions = placed
        .iter()
        .filter_map(|placed| Some((name(&placed.value)?, placed.span)))
        .collect();
    (values(placed), positions)
}
