//! Files that belong together, and what must not be there twice.

use super::{
    file::{Migration, Named},
    refused,
};
use crate::error::{Error, Result};

/// Puts those that lead up and those that lead back together.
pub(super) fn paired(files: Vec<Named>) -> Result<Vec<Migration>> {
    let (down, up): (Vec<Named>, Vec<Named>) = files.into_iter().partition(|file| file.leads_back);
    let mut list: Vec<Migration> = up
        .into_iter()
        .map(|file| Migration {
            version: file.version,
            name: file.name,
            up: file.sql,
            down: None,
        })
        .collect();
    for file in down {
        let same = |one: &&mut Migration| one.version == file.version && one.name == file.name;
        let Some(migration) = list.iter_mut().find(same) else {
            return Err(leads_back_from_nothing(&list, &file));
        };
        if let Some(other) = &migration.down {
            return Err(twice(file.version, &other.file, &file.sql.file));
        }
        migration.down = Some(file.sql);
    }
    Ok(list)
}

/// The migrations in order, of which no version is there twice.
pub(super) fn checked(mut list: Vec<Migration>) -> Result<Vec<Migration>> {
    list.sort_by_key(|migration| migration.version);
    let same = |pair: &&[Migration]| pair[0].version == pair[1].version;
    match list.windows(2).find(same) {
        Some([one, other]) => Err(twice(one.version, &one.up.file, &other.up.file)),
        _ => Ok(list),
    }
}

#[cold]
fn leads_back_from_nothing(list: &[Migration], file: &Named) -> Error {
    let of_version = list.iter().find(|one| one.version == file.version);
    let down = &file.sql.file;
    refused(match of_version {
        Some(other) => format!(
            "`{down}` leads back from another migration than `{}` leads to: name both alike",
            other.up.file
        ),
        None => format!(
            "`{down}` leads back from a version that nothing leads to: `{}_{}.up.sql` is missing",
            file.version, file.name
        ),
    })
}

#[cold]
fn twice(version: u64, one: &str, other: &str) -> Error {
    refused(format!(
        "the version {version} is there twice, in `{one}` and `{other}`: give one of them another"
    ))
}
