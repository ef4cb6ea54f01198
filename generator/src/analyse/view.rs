//! Views as tables that nobody writes: what is decided of tables is decided of them alike.

use aludel_catalog::{Catalog, Column, ForeignKey, Name, Table, Unique};

use crate::annotation::{Annotations, TableNotes, ViewColumn};

/// The catalog with a table for each view whose columns are known, behind its own tables.
pub(crate) fn as_tables(catalog: &Catalog, annotations: &Annotations) -> Catalog {
    let mut seen = catalog.clone();
    let is_view = |(name, notes): &(&Name, &TableNotes)| {
        catalog.table(name).is_none() && !notes.view_columns.is_empty()
    };
    let mut views: Vec<_> = annotations.tables.iter().filter(is_view).collect();
    let declared = |name: &Name| catalog.views.iter().position(|view| view.name == *name);
    views.sort_by_key(|(name, _)| declared(name).unwrap_or(usize::MAX));
    for (name, notes) in views {
        seen.tables.extend(table(catalog, name, notes));
    }
    seen
}

fn table(catalog: &Catalog, name: &Name, notes: &TableNotes) -> Option<Table> {
    let mut table = Table::new(name.clone());
    for noted in &notes.view_columns {
        let ViewColumn {
            name,
            ty,
            nullable,
            references,
        } = &noted.value;
        table.columns.push(Column {
            nullable: nullable.unwrap_or_default(),
            ..Column::new(name.clone(), ty.clone()?)
        });
        if let Some((other, column)) = references {
            table.foreign_keys.push(reference(name, other, column));
        }
    }
    if !notes.key.is_empty() {
        let columns = notes.key.iter().map(|noted| noted.value.clone());
        table.uniques.push(Unique {
            name: None,
            columns: columns.collect(),
            nulls_not_distinct: false,
            deferrable: None,
        });
    }
    let view = catalog.views.iter().find(|view| view.name == *name);
    table.comment = view.and_then(|view| view.comment.clone());
    Some(table)
}

/// What a column leads to, which no database watches over.
fn reference(column: &str, table: &Name, references: &str) -> ForeignKey {
    ForeignKey {
        name: None,
        columns: vec![column.to_owned()],
        table: table.clone(),
        references: vec![references.to_owned()],
        on_delete: None,
        on_update: None,
        match_type: None,
        deferrable: None,
    }
}
