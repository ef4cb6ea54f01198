//! Changes of names that others mention, and what goes with a table that goes.

use std::collections::BTreeSet;

use aludel_catalog::{Name, Type};

use super::{Draft, further_names};
use crate::parse::Placed;

impl Draft {
    /// Gives everything in one namespace another one.
    pub(in crate::parse) fn rename_schema(&mut self, from: &Option<String>, to: &Option<String>) {
        let rename = |name: &mut Name| {
            if name.schema == *from {
                name.schema.clone_from(to);
            }
        };
        let renamed = |mut name: Name| {
            rename(&mut name);
            name
        };
        self.used_types().into_iter().for_each(rename);
        for table in &mut self.tables {
            rename(&mut table.name);
            table.parents.iter_mut().for_each(rename);
            for key in &mut table.foreign_keys {
                rename(&mut key.key.table);
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
        let left_out = std::mem::take(&mut self.left_out);
        self.left_out = left_out.into_iter().map(renamed).collect();
        let opaque = std::mem::take(&mut self.opaque_types).into_iter();
        self.opaque_types = opaque.map(|(name, it)| (renamed(name), it)).collect();
        let remarks = std::mem::take(&mut self.type_remarks).into_iter();
        self.type_remarks = remarks.map(|(name, it)| (renamed(name), it)).collect();
        self.number_tables();
        (0..self.tables.len()).for_each(|table| self.find_indexes(table));
    }

    /// Lets what is of a type follow its new name.
    pub(in crate::parse) fn rename_type(&mut self, from: &Name, to: &Name) {
        if let Some(remarks) = self.type_remarks.remove(from) {
            self.type_remarks.insert(to.clone(), remarks);
        }
        let further = self.further.clone();
        for name in self.used_types() {
            if name == from || further_names(&further, name).contains(from) {
                name.clone_from(to);
            }
        }
    }

    /// Writes the names of types as they are declared, where the search path leads to them.
    pub(in crate::parse) fn settle_types(&mut self) {
        let enums = self.enums.iter().map(|item| &item.value.name);
        let domains = self.domains.iter().map(|domain| &domain.value.name);
        let declared = enums.chain(domains).chain(self.opaque_types.keys());
        let declared: BTreeSet<Name> = declared.cloned().collect();
        let further = self.further.clone();
        for name in self.used_types() {
            if declared.contains(name) {
                continue;
            }
            let mut others = further_names(&further, name).into_iter();
            if let Some(other) = others.find(|other| declared.contains(other)) {
                *name = other;
            }
        }
    }

    /// Takes away the foreign keys of other tables that lead to this one, as CASCADE does.
    pub(in crate::parse) fn forget_keys_to(&mut self, number: usize) {
        for other in (0..self.tables.len()).filter(|other| *other != number) {
            let mut keys = std::mem::take(&mut self.tables[other].foreign_keys);
            keys.retain(|key| self.table_number(&key.key.table) != Some(number));
            self.tables[other].foreign_keys = keys;
        }
    }

    /// The columns of one of the schema's own types, with the numbers of their tables.
    pub(in crate::parse) fn columns_of_type(&self, ty: &Name) -> Vec<(usize, Placed<String>)> {
        let tables = self.tables.iter().enumerate();
        let columns =
            tables.flat_map(|(number, table)| table.columns.iter().map(move |it| (number, it)));
        let of_type = columns.filter(|(_, it)| self.is_of(&it.column.ty.kind, ty));
        of_type
            .map(|(number, it)| (number, Placed::new(it.column.name.clone(), it.span)))
            .collect()
    }

    /// The domains that are made of one of the schema's own types.
    pub(in crate::parse) fn domains_of_type(&self, ty: &Name) -> Vec<Name> {
        let domains = self.domains.iter().map(|domain| &domain.value);
        let of_type = domains.filter(|domain| self.is_of(&domain.base.kind, ty));
        of_type.map(|domain| domain.name.clone()).collect()
    }

    fn is_of(&self, kind: &Type, ty: &Name) -> bool {
        match kind {
            Type::Array(element) => self.is_of(element, ty),
            Type::Domain(name) => name == ty || further_names(&self.further, name).contains(ty),
            _ => false,
        }
    }

    /// The names of the schema's own types, wherever something is of one: columns, attributes, domains and tables.
    fn used_types(&mut self) -> Vec<&mut Name> {
        let mut names = Vec::new();
        let tables = self.tables.iter_mut().chain(self.partitions.values_mut());
        for table in tables {
            names.extend(&mut table.of_type);
            let columns = table.columns.iter_mut();
            names.extend(columns.filter_map(|column| named_type(&mut column.column.ty.kind)));
        }
        for composite in self.opaque_types.values_mut().flatten() {
            let columns = composite.attributes.iter_mut();
            names.extend(columns.filter_map(|column| named_type(&mut column.column.ty.kind)));
        }
        let domains = self.domains.iter_mut();
        names.extend(domains.filter_map(|domain| named_type(&mut domain.value.base.kind)));
        names
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
