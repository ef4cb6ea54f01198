//! What has another name now, as it is said on the command line.

use std::str::FromStr;

use aludel_catalog::{Catalog, Name, difference::Renames};

/// `old:new` for a table, `table.old:new` for a column of a table, which is called by the name that it has now.
#[derive(Debug, Clone)]
pub(crate) struct Rename {
    from: String,
    to: String,
}

impl FromStr for Rename {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            Some((from, to)) if !from.is_empty() && !to.is_empty() => Ok(Rename {
                from: from.to_owned(),
                to: to.to_owned(),
            }),
            _ => Err("write `old:new` for a table and `table.old:new` for a column".to_owned()),
        }
    }
}

impl Rename {
    /// All of them, for the way from the one catalog to the other, and for the way back.
    pub(crate) fn both_ways(list: &[Rename], from: &Catalog) -> (Renames, Renames) {
        let (mut there, mut back) = (Renames::default(), Renames::default());
        let (tables, columns): (Vec<_>, Vec<_>) =
            list.iter().partition(|rename| rename.table(from).is_some());
        let mut renamed: Vec<(Name, Name)> = Vec::new();
        for rename in tables {
            let Some(old) = rename.table(from) else {
                continue;
            };
            let new = rename.new_table(&old);
            there = there.table(old.clone(), new.clone());
            back = back.table(new.clone(), old.clone());
            renamed.push((old, new));
        }
        for rename in columns {
            let (table, column) = rename.from.rsplit_once('.').unwrap_or(("", &rename.from));
            if table.is_empty() {
                // No such table: the comparison says so.
                there = there.table(Name::new(column), Name::new(rename.to.as_str()));
                continue;
            }
            let now = name(table);
            let before = renamed.iter().find(|(_, new)| *new == now);
            let before = before.map_or_else(|| now.clone(), |(old, _)| old.clone());
            there = there.column(now, column, rename.to.as_str());
            back = back.column(before, rename.to.as_str(), column);
        }
        (there, back)
    }

    /// The table that it speaks of, if it is one.
    fn table(&self, catalog: &Catalog) -> Option<Name> {
        let mut names = catalog.tables.iter().map(|table| &table.name);
        names.find(|name| name.to_string() == self.from).cloned()
    }

    /// The new name of a table. It stays in its namespace, unless another one is said.
    fn new_table(&self, old: &Name) -> Name {
        match self.to.contains('.') {
            true => name(&self.to),
            false => Name {
                schema: old.schema.clone(),
                name: self.to.clone(),
            },
        }
    }
}

fn name(text: &str) -> Name {
    match text.rsplit_once('.') {
        Some((schema, name)) => Name {
            schema: Some(schema.to_owned()),
            name: name.to_owned(),
        },
        None => Name::new(text),
    }
}
