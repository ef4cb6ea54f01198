//! Which part of the house may name what.

use aludel_testing::{File, Tree, scan::Source};

use crate::invariant::{
    Breach, Invariant, belongs_to, found_outside_tests, hand_written, outside_tests,
};

#[test]
fn invariant_08_sqlparser_stays_behind_one_door() {
    Invariant::new(
        8,
        "`sqlparser` is named only in generator/src/parse",
        "Give the rest a type of ours.",
        parsing_elsewhere,
    )
    .refuses(
        "generator/src/analyse.rs",
        "//! A.\nuse sqlparser::ast::Statement;\n",
    )
    .refuses("cli/src/main.rs", "//! A.\nfn a(b: sqlparser::B) {}\n")
    .accepts(
        "generator/src/parse.rs",
        "//! A.\nuse sqlparser::ast::Statement;\n",
    )
    .accepts(
        "generator/src/parse/types.rs",
        "//! A.\nuse sqlparser::ast::DataType;\n",
    )
    .accepts(
        "generator/src/analyse.rs",
        "//! Not what `sqlparser::ast` says.\n",
    )
    .holds();
}

#[test]
fn invariant_09_askama_stays_behind_one_door() {
    Invariant::new(
        9,
        "`askama` is named only in generator/src/render",
        "Prepare strings there instead.",
        templates_elsewhere,
    )
    .refuses("generator/src/write.rs", "//! A.\nuse askama::Template;\n")
    .accepts(
        "generator/src/render/entity.rs",
        "//! A.\nuse askama::Template;\n",
    )
    .holds();
}

#[test]
fn invariant_10_the_generator_writes_in_one_place() {
    Invariant::new(
        10,
        "within the generator, files are written only by generator/src/write.rs",
        "Return the text, and let that file write it.",
        writes,
    )
    .refuses(
        "generator/src/render.rs",
        "//! A.\nfn a() { std::fs::write(b, c); }\n",
    )
    .refuses(
        "generator/src/cargo.rs",
        "//! A.\nfn a() { File::create(b); }\n",
    )
    .refuses(
        "generator/src/cargo.rs",
        "//! A.\nuse std::fs::{read, remove_file};\n",
    )
    .accepts(
        "generator/src/write.rs",
        "//! A.\nfn a() { fs::rename(b, c); }\n",
    )
    .accepts(
        "generator/src/source.rs",
        "//! A.\nfn a() { fs::read(b); c.write(d); }\n",
    )
    .holds();
}

#[test]
fn invariant_11_the_catalog_does_no_input_or_output() {
    Invariant::new(
        11,
        "the catalog does no I/O",
        "Take and return data; let callers read and write.",
        catalog_io,
    )
    .refuses("catalog/src/json.rs", "//! A.\nuse std::{fmt, fs};\n")
    .refuses(
        "catalog/src/json.rs",
        "//! A.\nfn a() { std::net::TcpStream::connect(b); }\n",
    )
    .accepts("catalog/src/json.rs", "//! A.\nuse std::fmt;\n")
    .holds();
}

#[test]
fn invariant_12_drivers_stay_behind_one_door() {
    Invariant::new(
        12,
        "driver crates are named only in runtime/src/driver",
        "Go through `Connector` and `DriverConnection`.",
        drivers,
    )
    .refuses("runtime/src/pool.rs", "//! A.\nuse rusqlite::Connection;\n")
    .refuses(
        "runtime/src/pool.rs",
        "//! A.\nfn a(b: &postgres::Client) {}\n",
    )
    .refuses("cli/src/main.rs", "//! A.\nuse mysql;\n")
    .accepts(
        "runtime/src/driver/sqlite.rs",
        "//! A.\nuse rusqlite::Connection;\n",
    )
    .accepts(
        "runtime/src/dialect.rs",
        "//! A.\nmod mysql;\npub(crate) use mysql::MySql;\n",
    )
    .accepts("runtime/src/pool.rs", "//! As `rusqlite::Connection`.\n")
    .accepts(
        "catalog/tests/database.rs",
        "//! A.\nuse rusqlite::Connection;\n",
    )
    .holds();
}

#[test]
fn invariant_13_dialects_are_chosen_by_drivers_alone() {
    Invariant::new(
        13,
        "concrete dialects are named only in runtime/src/dialect and runtime/src/driver",
        "Ask `&dyn Dialect`, with a method or a field of `Capabilities` where none answers yet.",
        dialects,
    )
    .refuses(
        "runtime/src/sql/render.rs",
        "//! A.\nimpl Dialect for Sqlite {}\nfn a() { b(&Sqlite); }\n",
    )
    .accepts(
        "runtime/src/dialect/sqlite.rs",
        "//! A.\nimpl Dialect for Sqlite {}\nfn a() { b(&Sqlite); }\n",
    )
    .accepts(
        "runtime/src/url.rs",
        "//! A.\nfn a() { b(Dialect::Sqlite); }\n",
    )
    .accepts(
        "runtime/src/url.rs",
        "//! A.\n#[cfg(test)]\nmod tests { use crate::Sqlite; }\n",
    )
    .holds();
}

#[test]
fn invariant_14_names_are_quoted_in_one_place() {
    Invariant::new(
        14,
        "names reach SQL text only through runtime/src/sql/writer.rs and catalog/src/ddl/sql.rs",
        "Use the writer's `name`.",
        quoting,
    )
    .refuses(
        "runtime/src/sql/render.rs",
        "//! A.\nfn a() { b.quoting().push(c, d); }\n",
    )
    .refuses(
        "catalog/src/ddl/table.rs",
        "//! A.\nfn a() { b\n.quoting().push(c, d); }\n",
    )
    .accepts(
        "runtime/src/sql/writer.rs",
        "//! A.\nfn a() { b.quoting().push(c, d); }\n",
    )
    .accepts(
        "runtime/src/dialect.rs",
        "//! A.\nfn quoting(&self) -> Quoting { self.name().quoting() }\n",
    )
    .holds();
}

fn parsing_elsewhere(tree: &Tree) -> Vec<Breach> {
    named_elsewhere(tree, "sqlparser", "generator/src/parse")
}

fn templates_elsewhere(tree: &Tree) -> Vec<Breach> {
    named_elsewhere(tree, "askama", "generator/src/render")
}

fn named_elsewhere(tree: &Tree, name: &str, home: &str) -> Vec<Breach> {
    let others = hand_written(tree).filter(|(file, _)| !belongs_to(file, home));
    let lines = others.flat_map(|(file, source)| {
        source
            .lines_with(name)
            .into_iter()
            .map(move |line| (file, line))
    });
    lines
        .map(|(file, line)| Breach::new(file, line, format!("`{name}`")))
        .collect()
}

fn writes(tree: &Tree) -> Vec<Breach> {
    const OF_FS: [&str; 8] = [
        "copy",
        "create_dir",
        "create_dir_all",
        "remove_dir",
        "remove_dir_all",
        "remove_file",
        "rename",
        "write",
    ];
    let called = OF_FS.map(|function| format!("fs :: {function}"));
    let mut patterns: Vec<&str> = called.iter().map(String::as_str).collect();
    patterns.extend(["File :: create", "File :: create_new", "OpenOptions"]);
    let elsewhere = outside_tests(tree).filter(|(file, _)| {
        file.path.starts_with("generator/src/") && file.path != "generator/src/write.rs"
    });
    elsewhere
        .flat_map(|(file, source)| {
            let mut breaches = found_outside_tests(file, source, &patterns);
            breaches.extend(used_in_group(file, source, "fs", &OF_FS));
            breaches
        })
        .collect()
}

/// Where names of a module are used together with others: `use std::fs::{read, write};`.
fn used_in_group(file: &File, source: &Source, module: &str, names: &[&str]) -> Vec<Breach> {
    let group = format!("{module}::{{");
    let uses = source
        .uses()
        .into_iter()
        .filter(|found| !found.in_test && found.path.contains(&group));
    uses.filter(|found| words(&found.path).any(|word| names.contains(&word)))
        .map(|found| Breach::new(file, found.line, format!("`use {};`", found.path)))
        .collect()
}

fn catalog_io(tree: &Tree) -> Vec<Breach> {
    const MODULES: [&str; 4] = ["env", "fs", "net", "process"];
    let paths = MODULES.map(|module| format!("std :: {module}"));
    let patterns: Vec<&str> = paths.iter().map(String::as_str).collect();
    let catalog = outside_tests(tree).filter(|(file, _)| file.path.starts_with("catalog/src/"));
    catalog
        .flat_map(|(file, source)| {
            let mut breaches = found_outside_tests(file, source, &patterns);
            breaches.extend(used_in_group(file, source, "std", &MODULES));
            breaches
        })
        .collect()
}

fn drivers(tree: &Tree) -> Vec<Breach> {
    const CRATES: [&str; 7] = [
        "rusqlite",
        "libsqlite3_sys",
        "postgres",
        "tokio_postgres",
        "postgres_types",
        "mysql",
        "mysql_common",
    ];
    let sources = outside_tests(tree).filter(|(file, _)| {
        let home = belongs_to(file, "runtime/src/driver") || file.path.starts_with("benchmarks/");
        !home && !file.path.starts_with("testing/")
    });
    sources
        .flat_map(|(file, source)| {
            let own = source.declared("mod");
            let heads = source.path_heads().into_iter();
            let named = heads.filter(move |(_, head)| CRATES.contains(head) && !own.contains(head));
            named.map(move |(line, head)| Breach::new(file, line, format!("`{head}`")))
        })
        .collect()
}

fn dialects(tree: &Tree) -> Vec<Breach> {
    let runtime = || outside_tests(tree).filter(|(file, _)| file.path.starts_with("runtime/src/"));
    let names: Vec<&str> = runtime()
        .flat_map(|(_, source)| source.implementors("Dialect"))
        .collect();
    let others = runtime().filter(|(file, _)| {
        !belongs_to(file, "runtime/src/dialect") && !belongs_to(file, "runtime/src/driver")
    });
    others
        .flat_map(|(file, source)| {
            names
                .iter()
                .flat_map(move |name| named_dialect(file, source, name))
        })
        .collect()
}

/// Where a dialect's type is named, and not the variant `Dialect::Sqlite` that is called the same.
fn named_dialect(file: &File, source: &Source, name: &str) -> Vec<Breach> {
    let mut lines = source.lines_with_outside_tests(name);
    for variant in source.lines_with_outside_tests(&format!("Dialect :: {name}")) {
        if let Some(at) = lines.iter().position(|&line| line == variant) {
            lines.remove(at);
        }
    }
    lines
        .into_iter()
        .map(|line| Breach::new(file, line, format!("`{name}`")))
        .collect()
}

fn quoting(tree: &Tree) -> Vec<Breach> {
    let runtime = outside_tests(tree).filter(|(file, _)| {
        file.path.starts_with("runtime/src/")
            && file.path != "runtime/src/sql/writer.rs"
            && !belongs_to(file, "runtime/src/dialect")
    });
    let asked = runtime.map(|(file, source)| (file, source, ". quoting ("));
    // DDL may ask how names are quoted, to find them in expressions; what it writes goes through one file.
    let ddl = outside_tests(tree).filter(|(file, _)| {
        file.path.starts_with("catalog/src/") && file.path != "catalog/src/ddl/sql.rs"
    });
    let pushed = ddl.map(|(file, source)| (file, source, ". quoting ( ) . push ("));
    asked
        .chain(pushed)
        .flat_map(|(file, source, pattern)| found_outside_tests(file, source, &[pattern]))
        .collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric() && character != '_')
}
