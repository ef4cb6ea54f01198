//! Functions that find the only row with some values: one for each unique key beside the primary one.

use super::{Entity, Finder, Input, position};

pub(super) fn add_all(input: Input<'_>, entities: &mut [Entity]) {
    for entity in entities {
        let table = input.table(entity);
        let uniques = table.uniques.iter().map(|unique| unique.columns.clone());
        let indexes = table
            .indexes
            .iter()
            .filter(|index| index.unique)
            .filter_map(|index| {
                let columns = index.full_columns()?;
                Some(columns.into_iter().map(String::from).collect::<Vec<_>>())
            });
        for columns in uniques.chain(indexes) {
            let fields: Option<Vec<usize>> = columns
                .iter()
                .map(|column| position(table, column))
                .collect();
            let Some(fields) = fields.filter(|fields| !fields.is_empty() && *fields != entity.key)
            else {
                continue;
            };
            let names: Vec<&str> = fields
                .iter()
                .map(|&field| entity.fields[field].name.trim_start_matches("r#"))
                .collect();
            let name = format!("by_{}", names.join("_and_"));
            if entity.finders.iter().all(|finder| finder.name != name) {
                entity.finders.push(Finder { name, fields });
            }
        }
    }
}
