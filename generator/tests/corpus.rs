//! Schemas that no one here wrote. `ALUDEL_CORPUS` names their folder.

use std::{collections::HashSet, fs, path::PathBuf};

use aludel_catalog::Dialect;

use crate::outline::parse_all;

#[test]
fn real_schemas_give_as_many_tables_as_they_create() {
    let Some(folder) = std::env::var_os("ALUDEL_CORPUS").map(PathBuf::from) else {
        eprintln!("ALUDEL_CORPUS is not set: nothing was tried");
        return;
    };
    let mut incomplete = Vec::new();
    for dialect in Dialect::ALL {
        let mut files: Vec<PathBuf> = fs::read_dir(folder.join(dialect.as_str()))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        let mut clean = 0;
        for path in &files {
            let name = format!("{dialect}/{}", path.file_name().unwrap().to_string_lossy());
            let text = fs::read_to_string(path).unwrap();
            let (parsed, diagnostics) = parse_all(dialect, &[(&name, &text)]);
            let (errors, warnings) = (diagnostics.errors().count(), diagnostics.warnings().count());
            let (expected, found) = (created_tables(&text), parsed.catalog.tables.len());
            println!("{name}: {found} of {expected} tables, {errors} errors, {warnings} warnings");
            for diagnostic in diagnostics.iter().take(20) {
                println!("{}", diagnostics.render(diagnostic));
            }
            clean += usize::from(errors == 0 && expected == found);
            if expected != found {
                incomplete.push(name);
            }
        }
        println!("{dialect}: {clean} of {} files are clean", files.len());
    }
    assert_eq!(incomplete, Vec::<String>::new());
}

/// How many different tables are created.
fn created_tables(text: &str) -> usize {
    let names: HashSet<String> = text
        .lines()
        .map(|line| line.trim_start().to_lowercase())
        .filter(|line| !line.contains(" partition of "))
        .filter_map(|line| {
            let line = line.strip_prefix("create table ")?;
            let line = line.strip_prefix("if not exists ").unwrap_or(line);
            line.split([' ', '(']).next().map(str::to_owned)
        })
        .collect();
    names.len()
}
