//! Changes of names that others mention, and what goes with a table that goes.

use aludel_catalog::{Name, Type};

use super::Draft;

impl Draft {
    /// Gives everything in one namespace another one.
    pub(in crate::parse) fn rename_schema(&mut self, from: &Option<String>, to: &Option<String>) {
        let rename = |name: &mut Name| {
            if name.schema == *from {
                name.schema.clone_from(to);
            }
        };
        for table in &mut self.tables {
            rename(&mut table.name);
            for key in &mut table.foreign_keys {
                rename(&mut key.key.table);
            }
            for column in &mut table.columns {
                named_type(&mut column.column.ty.kind)
                    .into_iter()
                    .for_each(rename);
            }
        }
        self.views
            .iter_mut()
            .for_each(|it| rename(&mut it.value.name));
        self.enums
            .iter_mut()
            .for_each(|it| rename(&mut it.value.name));
        self.domains
            .iter_mut()
            .for_each(|it| rename(&mut it.value.name));
        let sequences = self.sequences.iter_mut();
        sequences
            .filter_map(|it| it.value.name.as_mut())
            .for_each(rename);
        for names in [&mut self.opaque_types, &mut self.left_out] {
            let renamed = std::mem::take(names).into_iter().map(|mut name| {
                rename(&mut name);
                name
            });
            *names = renamed.collect();
        }
        self.number_tables();
        (0..self.tables.len()).for_each(|table| self.find_indexes(table));
    }

    /// Lets the columns of a type follow its new name.
    pub(in crate::parse) fn rename_type(&mut self, from: &Name, to: &Name) {
        let mut tables = std::mem::take(&mut self.tables);
        let columns = tables.iter_mut().flat_map(|table| &mut table.columns);
        let named = columns.filter_map(|column| named_type(&mut column.column.ty.kind));
        for name in named {
            if name == from || self.further_names(name).contains(from) {
                name.clone_from(to);
            }
        }
        self.tables = tables;
    }

    /// Writes the names of types as they are declared, where the search path leads to them.
    pub(in crate::parse) fn settle_types(&mut self) {
        let mut tables = std::mem::take(&mut self.tables);
        let columns = tables.iter_mut().flat_map(|table| &mut table.columns);
        for name in columns.filter_map(|column| named_type(&mut column.column.ty.kind)) {
            if self.further_names(name).is_empty() || self.declares_type(name) {
                continue;
            }
            let mut further = self.further_names(name).into_iter();
            if let Some(declared) = further.find(|name| self.declares_type(name)) {
                *name = declared;
            }
        }
        self.tables = tables;
    }

    /// Whether exactly this type is declared.
    pub(in crate::parse) fn declares_type(&self, name: &Name) -> bool {
        self.enums.iter().any(|item| item.value.name == *name)
            || self.domains.iter().any(|item| item.value.name == *name)
            || self.opaque_types.contains(name)
    }

    /// Takes away the foreign keys of other tables that lead to this one, as CASCADE does.
    pub(in crate::parse) fn forget_keys_to(&mut self, number: usize) {
        for other in (0..self.tables.len()).filter(|other| *other != number) {
            let mut keys = std::mem::take(&mut self.tables[other].foreign_keys);
            keys.retain(|key| self.table_number(&key.key.table) != Some(number));
            self.tables[other].foreign_keys = keys;
        }
    }
}

/// The name that a type of the schema's own goes by.
fn named_type(ty: &mut Type) -> Option<&mut Name> {
    match ty {
        Type::Array(element) => named_type(element),
        Type::Domain(name) => Some(name),
        _ => None,
    }
}
