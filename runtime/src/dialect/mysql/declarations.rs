//! What MySQL and MariaDB show of each table, view and sequence.

use std::collections::{BTreeMap, HashMap};

use aludel_catalog::{Dialect, Name};

use super::shown;
use crate::{
    dialect::declaration::{Ask, Declaration, Declared, Needing, in_order},
    error::Result,
};

const OBJECTS: &str = "SELECT table_name, table_type, DATABASE() FROM information_schema.tables \
     WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED', 'VIEW', 'SEQUENCE')";

/// The foreign keys, with the tables that have them and those that they lead to within the database.
const KEYS: &str = "SELECT table_name, constraint_name, referenced_table_name FROM information_schema.referential_constraints \
     WHERE constraint_schema = DATABASE() AND unique_constraint_schema = DATABASE()";

pub(super) fn declarations(ask: &mut Ask<'_>) -> Result<Vec<Declaration>> {
    let mut sequences = BTreeMap::new();
    let mut tables = BTreeMap::new();
    let mut views = BTreeMap::new();
    for object in ask(OBJECTS)? {
        let (name, kind) = (object.text(0), object.text(1));
        let (kind, kept) = match kind {
            "SEQUENCE" => ("SEQUENCE", &mut sequences),
            "VIEW" => ("VIEW", &mut views),
            _ => ("TABLE", &mut tables),
        };
        let mut show = format!("SHOW CREATE {kind} ");
        Dialect::Mysql.quoting().push(&mut show, name);
        let answer = ask(&show)?;
        let text = answer.first().map_or("", |row| row.text(1));
        let text = shown::without_database(text, object.text(2));
        kept.insert(name.to_owned(), text);
    }
    let mut all = Vec::new();
    for (name, text) in sequences {
        all.push(Declaration::new(Declared::Sequence(Name::new(name)), text));
    }
    all.extend(of_tables(tables, &Keys::of(ask)?));
    all.extend(of_views(views));
    Ok(all)
}

/// The foreign keys of each table: their names, and the tables that they lead to.
struct Keys(HashMap<String, Vec<(String, String)>>);

impl Keys {
    fn of(ask: &mut Ask<'_>) -> Result<Self> {
        let mut keys: HashMap<String, Vec<(String, String)>> = HashMap::new();
        for row in ask(KEYS)? {
            let of_table = keys.entry(row.text(0).to_owned()).or_default();
            of_table.push((row.text(1).to_owned(), row.text(2).to_owned()));
        }
        Ok(Keys(keys))
    }

    fn of_table(&self, table: &str) -> &[(String, String)] {
        self.0.get(table).map_or(&[], Vec::as_slice)
    }
}

/// The tables, each behind those that its keys lead to. A key that leads to one further behind is added when both are there.
fn of_tables(tables: BTreeMap<String, String>, keys: &Keys) -> Vec<Declaration> {
    let needing = tables.keys().map(|name| Needing {
        item: name.as_str(),
        name: name.clone(),
        needs: keys
            .of_table(name)
            .iter()
            .map(|key| key.1.clone())
            .collect(),
    });
    let waiting = in_order(needing.collect());
    let (mut all, mut late) = (Vec::new(), Vec::new());
    for (place, name) in waiting.iter().enumerate() {
        let behind = &waiting[place + 1..];
        let is_late = |key: &&(String, String)| behind.contains(&key.1.as_str());
        let keys: Vec<&str> = keys
            .of_table(name)
            .iter()
            .filter(is_late)
            .map(|(key, _)| key.as_str())
            .collect();
        let text = tables.get(*name).map_or("", String::as_str);
        let (text, parted) = shown::without_keys(text, &keys);
        let of = Declared::Table(Name::new(*name));
        late.extend(parted.into_iter().map(|key| {
            let mut sql = "ALTER TABLE ".to_owned();
            Dialect::Mysql.quoting().push(&mut sql, name);
            sql.push_str(" ADD ");
            sql.push_str(&key);
            Declaration::new(of.clone(), sql)
        }));
        all.push(Declaration::new(of, shown::without_counter(&text)));
    }
    all.extend(late);
    all
}

/// The views, each behind those that it reads.
fn of_views(views: BTreeMap<String, String>) -> Vec<Declaration> {
    let needing = views.iter().map(|(name, text)| {
        let read = views.keys().filter(|other| shown::reads(text, other));
        let of = Declared::View(Name::new(name.as_str()));
        Needing {
            item: Declaration::new(of, shown::without_definer(text)),
            name: name.clone(),
            needs: read.cloned().collect(),
        }
    });
    in_order(needing.collect())
}
