//! What makes one catalog of another, in words and as SQL.

mod rename;

use std::fmt::Write;

use aludel_catalog::{
    Catalog, Name,
    ddl::{self, Object, Script},
    difference::{Change, Difference, Renames},
};

pub(crate) use rename::Rename;

/// What differs between two catalogs, and the statements that make the one of the other.
pub(crate) struct Changes {
    difference: Difference,
    script: Script,
}

impl Changes {
    pub(crate) fn between(from: &Catalog, to: &Catalog, renames: &Renames) -> Result<Self, String> {
        let difference = Difference::between(from, to, renames);
        let difference = difference.map_err(|error| format!("{error}\n"))?;
        let script = match difference.is_empty() {
            true => Script::default(),
            false => {
                ddl::alter(from, to, renames, to.dialect).map_err(|error| format!("{error}\n"))?
            }
        };
        Ok(Changes { difference, script })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.difference.is_empty()
    }

    /// One line for each change, with what it does to rows.
    pub(crate) fn in_words(&self) -> String {
        let mut text = String::new();
        for change in &self.difference.changes {
            push(&mut text, &change.to_string());
            for warning in warnings(change) {
                push(&mut text, &format!("  {warning}"));
            }
        }
        text
    }

    /// A file of a migration: the changes as comments, and the statements.
    pub(crate) fn as_sql(&self) -> String {
        let mut text = String::new();
        if self.script.foreign_keys_off {
            push(&mut text, "-- aludel: foreign-keys-off");
        }
        let statements = &self.script.statements;
        let mut told = vec![Vec::new(); statements.len()];
        for change in &self.difference.changes {
            comment(&mut text, &change.to_string());
            let of = object(change);
            let first = statements
                .iter()
                .position(|statement| Some(&statement.of) == of.as_ref());
            for warning in warnings(change) {
                match first {
                    Some(index) => told[index].push(warning),
                    None => comment(&mut text, &warning),
                }
            }
        }
        for table in &self.script.rebuilt {
            let warning = format!(
                "`{table}` is made anew here: triggers on it are gone afterwards, so create them again below"
            );
            comment(&mut text, &warning);
        }
        for (statement, warnings) in statements.iter().zip(told) {
            text.push('\n');
            for warning in warnings {
                comment(&mut text, &warning);
            }
            push(&mut text, &format!("{};", statement.sql));
        }
        text
    }
}

/// What a change does to rows, loudly.
fn warnings(change: &Change) -> Vec<String> {
    let loses = change.loses().map(|what| format!("LOSES DATA: {what}"));
    let fails = change.may_fail().map(|why| format!("MAY FAIL: {why}"));
    loses.into_iter().chain(fails).collect()
}

/// What the statements of a change belong to, where its rows matter.
fn object(change: &Change) -> Option<Object> {
    let table: &Name = match change {
        Change::DropTable(table)
        | Change::AddColumn { table, .. }
        | Change::DropColumn { table, .. }
        | Change::AlterColumn { table, .. }
        | Change::AddPrimaryKey { table, .. }
        | Change::AddForeignKey { table, .. }
        | Change::AddUnique { table, .. }
        | Change::AddCheck { table, .. } => table,
        _ => return None,
    };
    Some(Object::Table(table.clone()))
}

fn comment(text: &mut String, words: &str) {
    for line in words.lines() {
        push(text, &format!("-- {line}"));
    }
}

fn push(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("writing to a string does not fail");
}
