//! The order in which things get other names, so that none gets one that another still has.

use crate::{Name, Table};

use super::super::{DdlError, Statement};
use super::Work;

/// The statements that rename tables; `rename` writes one step.
pub(super) fn tables(
    work: &Work<'_>,
    rename: impl Fn(&Name, &Name) -> Result<Vec<Statement>, DdlError>,
) -> Result<Vec<Statement>, DdlError> {
    let compared = &work.compared;
    let renamed = compared.tables.iter().filter(|pair| pair.is_renamed());
    let renamed: Vec<(Name, Name)> = renamed
        .map(|pair| (pair.from.name.clone(), pair.to.name.clone()))
        .collect();
    let spare = |name: &Name| spare_table(work, name);
    let mut statements = Vec::new();
    for (from, to) in steps(&renamed, spare) {
        statements.extend(rename(&from, &to)?);
    }
    Ok(statements)
}

/// A name like that of a table, which no table has.
pub(super) fn spare_table(work: &Work<'_>, name: &Name) -> Name {
    let (from, to) = (work.compared.from, work.compared.to);
    let is_taken = |name: &Name| from.table(name).is_some() || to.table(name).is_some();
    let mut spare = Name {
        schema: name.schema.clone(),
        name: shortened(&name.name),
    };
    while is_taken(&spare) {
        spare.name.push('_');
    }
    spare
}

/// The statements that rename columns of a table, which has its new name already.
pub(super) fn columns(
    work: &Work<'_>,
    table: &Table,
    renamed: &[(String, String)],
) -> Result<Vec<Statement>, DdlError> {
    let spare = |name: &String| {
        let mut spare = shortened(name);
        let is_taken = |name: &String| {
            table.column(name).is_some() || renamed.iter().any(|(from, _)| from == name)
        };
        while is_taken(&spare) {
            spare.push('_');
        }
        spare
    };
    let steps = steps(renamed, spare).into_iter();
    let statements = steps.map(|(from, to)| {
        work.alter_table(&table.name, |sql| {
            sql.push("RENAME COLUMN ");
            sql.name(&from)?;
            sql.push(" TO ");
            sql.name(&to)
        })
    });
    statements.collect()
}

/// A name with something behind it, short enough for all databases.
fn shortened(name: &str) -> String {
    let kept: String = name.chars().take(14).collect();
    format!("{kept}_between")
}

/// Steps from one name to another: of names that change places, one goes by a name that nobody has.
pub(super) fn steps<N: Clone + PartialEq>(
    renamed: &[(N, N)],
    spare: impl Fn(&N) -> N,
) -> Vec<(N, N)> {
    let mut waiting: Vec<(N, N)> = renamed.to_vec();
    let mut steps = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let is_free = |(_, to): &(N, N)| !waiting.iter().any(|(from, _)| from == to);
        match waiting.iter().position(is_free) {
            Some(position) => steps.push(waiting.remove(position)),
            None => {
                let spare = spare(&waiting[0].0);
                steps.push((waiting[0].0.clone(), spare.clone()));
                waiting[0].0 = spare;
            }
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::steps;

    #[test]
    fn names_that_change_places_go_by_a_third_one() {
        let renamed = [("a", "b"), ("b", "c"), ("x", "y"), ("y", "x")];
        let steps = steps(&renamed, |_| "spare");
        let expected = [
            ("b", "c"),
            ("a", "b"),
            ("x", "spare"),
            ("y", "x"),
            ("spare", "y"),
        ];
        assert_eq!(steps, expected);
    }
}
