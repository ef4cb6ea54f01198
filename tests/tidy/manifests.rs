//! Which crate may depend on which.

use aludel_testing::{File, Tree};

use crate::invariant::{Breach, Invariant};

/// What a member of the workspace may not depend on, for whatever purpose.
const FORBIDDEN: [(&str, &[&str]); 3] = [
    (
        "catalog/Cargo.toml",
        &["aludel", "aludel-build", "aludel-cli"],
    ),
    (
        "generator/Cargo.toml",
        &["aludel", "aludel-cli", "rusqlite", "postgres", "mysql"],
    ),
    (
        "runtime/Cargo.toml",
        &["aludel-build", "aludel-cli", "sqlparser", "askama"],
    ),
];

#[test]
fn invariant_15_generator_and_runtime_do_not_know_each_other() {
    Invariant::new(
        15,
        "generator and runtime depend on the catalog and not on each other",
        "What both need is data: it belongs into the catalog. A test that needs both belongs into tests/.",
        dependencies,
    )
    .refuses("generator/Cargo.toml", "[dependencies]\naludel.workspace = true\n")
    .refuses("generator/Cargo.toml", "[dev-dependencies]\naludel = { path = \"../runtime\" }\n")
    .refuses("generator/Cargo.toml", "[dependencies]\nruntime = { package = \"aludel\", version = \"1\" }\n")
    .refuses("runtime/Cargo.toml", "[target.'cfg(unix)'.dependencies.aludel-build]\nversion = \"1\"\n")
    .refuses("catalog/Cargo.toml", "[build-dependencies]\naludel-build = \"1\"\n")
    .accepts("generator/Cargo.toml", "[package]\nname = \"aludel-build\"\n[dependencies]\naludel-catalog.workspace = true\n")
    .accepts("runtime/Cargo.toml", "[package]\nname = \"aludel\"\n[features]\naludel-build = []\n")
    .holds();
}

fn dependencies(tree: &Tree) -> Vec<Breach> {
    let manifests = FORBIDDEN
        .iter()
        .filter_map(|(path, forbidden)| Some((tree.file(path)?, forbidden)));
    manifests
        .flat_map(|(file, forbidden)| {
            let named = depended_on(file).into_iter();
            named
                .filter(|(_, name)| forbidden.contains(&name.as_str()))
                .map(move |(line, name)| Breach::new(file, line, format!("depends on `{name}`")))
        })
        .collect()
}

/// The packages of all dependency tables of a manifest, with their lines.
fn depended_on(manifest: &File) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut in_table = false;
    for (index, line) in manifest.text.lines().enumerate() {
        let line = line.trim();
        if let Some(header) = line.strip_prefix('[') {
            let header = header.trim_end_matches(']');
            in_table = header.contains("dependencies");
            let name = header.rsplit_once("dependencies.").map(|(_, name)| name);
            found.extend(name.map(|name| (index + 1, name.to_owned())));
        } else if in_table && !line.starts_with('#') {
            let key = line.split(['=', '.', ' ']).next().unwrap_or_default();
            found.push((index + 1, key.trim_matches('"').to_owned()));
            found.extend(renamed(line).map(|package| (index + 1, package.to_owned())));
        }
    }
    found
}

/// The package behind a dependency of another name.
fn renamed(line: &str) -> Option<&str> {
    let (_, value) = line.split_once("package")?;
    value
        .trim_start_matches([' ', '='])
        .strip_prefix('"')?
        .split('"')
        .next()
}
