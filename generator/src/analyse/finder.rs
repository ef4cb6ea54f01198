//! Unique keys beside the primary one, and functions that find rows by values: one for each such key, and one for each index that
//! names one.

use aludel_catalog::{IndexKey, Table};

use super::{Argument, Entity, Finder, Input, RustType, Sought, placed, position};
use crate::{
    annotation::{self, Noted},
    diagnostic::Diagnostic,
    naming,
};

pub(super) fn add_all(
    input: Input<'_>,
    entities: &mut [Entity],
    diagnostics: &mut Vec<Diagnostic>,
) {
    for entity in entities {
        let table = input.table(entity);
        let noted = input
            .notes(&table.name)
            .map_or(&[][..], |notes| &notes.finders);
        for finder in noted {
            match named(table, entity, &finder.value) {
                Ok(finder) => entity.finders.push(finder),
                Err(problem) => diagnostics.push(unknown_argument(finder, problem)),
            }
        }
        for (index, columns) in unique_keys(table) {
            let is_named =
                index.is_some_and(|index| noted.iter().any(|finder| finder.value.index == index));
            let fields: Option<Vec<usize>> = columns
                .iter()
                .map(|column| position(table, column))
                .collect();
            let Some(fields) = fields.filter(|fields| !fields.is_empty() && *fields != entity.key)
            else {
                continue;
            };
            if !entity.unique_keys.contains(&fields) {
                entity.unique_keys.push(fields.clone());
            }
            if is_named {
                continue;
            }
            let names = entity.joined_names(&fields);
            let name = format!("by_{}", naming::behind_others(&names));
            if entity.finders.iter().all(|finder| finder.name != name) {
                let arguments = fields
                    .iter()
                    .map(|&field| by_field(entity, field))
                    .collect();
                entity.finders.push(Finder { name, arguments });
            }
        }
    }
}

/// The columns of each unique key, and the index behind it, as its position, where it is one.
fn unique_keys(table: &Table) -> Vec<(Option<usize>, Vec<String>)> {
    let uniques = table
        .uniques
        .iter()
        .map(|unique| (None, unique.columns.clone()));
    let indexes = table
        .indexes
        .iter()
        .enumerate()
        .filter(|(_, index)| index.unique);
    let indexes = indexes.filter_map(|(position, index)| {
        let columns = index.full_columns()?;
        Some((
            Some(position),
            columns.into_iter().map(String::from).collect(),
        ))
    });
    uniques.chain(indexes).collect()
}

fn by_field(entity: &Entity, field: usize) -> Argument {
    let (name, ty) = (
        entity.fields[field].name.clone(),
        entity.fields[field].ty.clone(),
    );
    Argument {
        name,
        ty,
        sought: Sought::Field(field),
    }
}

/// The finder of an index: its arguments are those that are said, else one for each column.
fn named(table: &Table, entity: &Entity, finder: &annotation::Finder) -> Result<Finder, String> {
    let parts = &table.indexes[finder.index].parts;
    if !finder.arguments.is_empty() && finder.arguments.len() != parts.len() {
        return Err(format!(
            "it has {} arguments for {} parts of its index",
            finder.arguments.len(),
            parts.len()
        ));
    }
    let mut arguments = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let said = finder.arguments.get(index);
        let said = said.map(|(name, path)| (naming::field(name), RustType::Custom(path.clone())));
        let argument = match &part.key {
            IndexKey::Column(column) => {
                let field = position(table, column)
                    .ok_or_else(|| format!("there is no column `{column}`"))?;
                let usual = by_field(entity, field);
                match said {
                    Some((name, _)) => Argument { name, ..usual },
                    None => usual,
                }
            }
            IndexKey::Expression(expression) => {
                let (name, ty) = said.ok_or(
                    "an expression says no type: name its argument by `args: { name: Type }`",
                )?;
                Argument {
                    name,
                    ty,
                    sought: Sought::Expression(expression.clone()),
                }
            }
        };
        arguments.push(argument);
    }
    Ok(Finder {
        name: naming::field(&finder.name),
        arguments,
    })
}

fn unknown_argument(finder: &Noted<annotation::Finder>, problem: String) -> Diagnostic {
    placed(
        Diagnostic::error(format!("finder `{}`: {problem}", finder.value.name)),
        finder.span,
    )
}
