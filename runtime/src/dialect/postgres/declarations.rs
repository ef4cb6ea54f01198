//! What PostgreSQL knows of what it holds, written as pg_dump would: a few queries, each for all things of a kind.

mod additions;
mod namespaces;
mod relations;
mod sequences;
mod tables;
mod types;
mod views;

use crate::{
    dialect::declaration::{Ask, Declaration},
    error::Result,
};

use additions::Additions;
use relations::Relations;
use sequences::Sequences;

/// What somebody declared in a namespace `n`: nothing of the server's own.
const OURS: &str = "n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'";

pub(super) fn declarations(ask: &mut Ask<'_>) -> Result<Vec<Declaration>> {
    // The server leaves out of all it writes the namespace that it would find names in. There should be one.
    let before = ask("SELECT current_setting('search_path')")?;
    ask("SELECT set_config('search_path', coalesce(quote_ident(current_schema()), ''), false)")?;
    let all = read(ask);
    let before = before
        .first()
        .map_or("", |row| row.text(0))
        .replace('\'', "''");
    let restored = ask(&format!(
        "SELECT set_config('search_path', '{before}', false)"
    ));
    // Where reading failed, so has the transaction, and what was set goes with it.
    let all = all?;
    restored?;
    Ok(all)
}

fn read(ask: &mut Ask<'_>) -> Result<Vec<Declaration>> {
    let relations = Relations::of(ask)?;
    let sequences = Sequences::of(ask)?;
    let mut additions = Additions::of(ask)?;
    let mut all = namespaces::declarations(ask)?;
    all.extend(types::declarations(ask, &mut additions)?);
    all.extend(sequences.declarations(&mut additions));
    all.extend(tables::declarations(
        ask,
        &relations,
        &sequences,
        &mut additions,
    )?);
    all.extend(views::declarations(&relations, &mut additions));
    Ok(all)
}

/// The condition that no extension brought what has this number in this catalog.
fn is_no_member(of: &str, number: &str) -> String {
    format!(
        "NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '{of}'::regclass AND e.objid = {number} AND e.deptype = 'e')"
    )
}
