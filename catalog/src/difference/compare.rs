//! Two catalogs side by side.

use std::collections::BTreeSet;

use crate::{Catalog, Domain, Enum, Name, Sequence, Table, View};

pub(crate) use super::{
    objects::{Numbers, checks_of, comment, default_of, has_same_base, numbers},
    tables::{ColumnPair, TablePair},
};

use super::{
    objects,
    pairs::Pairs,
    renames::{RenameError, Renames},
    tables,
};

/// What became of all that a catalog declares.
pub(crate) struct Compared<'c> {
    pub(crate) from: &'c Catalog,
    pub(crate) to: &'c Catalog,
    /// Namespaces that only the new one has.
    pub(crate) namespaces: Vec<&'c str>,
    pub(crate) tables: Vec<TablePair<'c>>,
    pub(crate) created: Vec<&'c Table>,
    pub(crate) dropped: Vec<&'c Table>,
    pub(crate) enums: Objects<'c, Enum>,
    pub(crate) domains: Objects<'c, Domain>,
    pub(crate) sequences: Objects<'c, Sequence>,
    pub(crate) views: Objects<'c, View>,
}

/// What became of things that have names.
pub(crate) struct Objects<'c, T> {
    /// Those on both sides that differ.
    pub(crate) changed: Vec<(&'c T, &'c T)>,
    pub(crate) created: Vec<&'c T>,
    pub(crate) dropped: Vec<&'c T>,
}

impl<'c> Compared<'c> {
    pub(crate) fn of(
        from: &'c Catalog,
        to: &'c Catalog,
        renames: &'c Renames,
    ) -> Result<Self, RenameError> {
        renames.admit(from, to)?;
        let mut compared = Compared {
            from,
            to,
            namespaces: namespaces(to)
                .difference(&namespaces(from))
                .copied()
                .collect(),
            tables: Vec::new(),
            created: Vec::new(),
            dropped: Vec::new(),
            enums: objects::enums(from, to),
            domains: objects::domains(from, to),
            sequences: objects::sequences(from, to),
            views: objects::views(from, to),
        };
        let pairs = Pairs::of(
            &from.tables,
            &to.tables,
            |_| None,
            |old, new| {
                let is_renamed = renames.of_table(&old.name) != &old.name;
                let name = renames.of_table(&old.name);
                name == &new.name && (is_renamed || !renames.is_new_table(&new.name))
            },
        );
        compared.created = pairs.added;
        compared.dropped = pairs.dropped;
        let sides = (from, to, renames);
        compared.tables = pairs
            .kept
            .into_iter()
            .map(|(old, new)| tables::compare(sides, old, new))
            .collect();
        Ok(compared)
    }

    /// The pair whose old table has this name.
    pub(crate) fn pair_of_old(&self, name: &Name) -> Option<&TablePair<'c>> {
        self.tables.iter().find(|pair| pair.from.name == *name)
    }
}

fn namespaces(catalog: &Catalog) -> BTreeSet<&str> {
    let tables = catalog.tables.iter().map(|it| &it.name);
    let views = catalog.views.iter().map(|it| &it.name);
    let types = catalog.enums.iter().map(|it| &it.name);
    let domains = catalog.domains.iter().map(|it| &it.name);
    let sequences = catalog.sequences.iter().filter_map(|it| it.name.as_ref());
    let all = tables
        .chain(views)
        .chain(types)
        .chain(domains)
        .chain(sequences);
    all.filter_map(|name| name.schema.as_deref())
        .filter(|schema| *schema != "public")
        .collect()
}
