//! Words: what documents point to, and what has no place in any file.

use aludel_testing::{File, Tree};

use crate::invariant::{Breach, Invariant};

/// Documents whose paths lead to something.
const MAPS: [&str; 2] = ["ARCHITECTURE.md", "CONTRIBUTING.md"];

/// Files that others wrote.
const OF_OTHERS: [&str; 2] = ["Cargo.lock", "LICENSE-APACHE"];

/// What stands in for work that was not done.
const UNFINISHED: [&str; 3] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
];

/// Where people's files lie on their machines.
const HOMES: [&str; 5] = [
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
    concat!("/ro", "ot/"),
    concat!("/wo", "rk/"),
    concat!(":\\Us", "ers\\"),
];

#[test]
fn invariant_19_documents_lead_to_files_that_exist() {
    Invariant::new(
        19,
        "the paths in ARCHITECTURE.md and CONTRIBUTING.md exist",
        "Correct the document together with what it describes.",
        broken_paths,
    )
    .refuses("ARCHITECTURE.md", "Queries are in `runtime/src/query/`.\n")
    .refuses("ARCHITECTURE.md", "See `runtime/src/query.rs`.\n")
    .refuses("README.md", "There is no ARCHITECTURE.md.\n")
    .holds();
    let documents = ["ARCHITECTURE.md", "CONTRIBUTING.md"];
    let text = "`a/b/` and `a/b/c.rs`, no `mod.rs`, `x/*.rs`\n```text\n`y/`\n```\n";
    let tree = Tree::of(
        documents
            .map(|path| (path, text))
            .into_iter()
            .chain([("a/b/c.rs", "//! C.\n")]),
    );
    assert!(broken_paths(&tree).is_empty());
}

#[test]
fn invariant_20_files_speak_of_the_product_alone() {
    Invariant::new(
        20,
        "no file speaks of unfinished work, of the sessions it was written in, or of a machine",
        "Finish it, or say in ARCHITECTURE.md what is missing and why; name places relative to the workspace.",
        stray_words,
    )
    .refuses("runtime/src/a.rs", &format!("//! A.\n// {}: b\n", UNFINISHED[0]))
    .refuses("a.md", &format!("({})", UNFINISHED[2]))
    .refuses("a.md", concat!("As in sess", "ion 12."))
    .refuses("a.md", concat!("As in Sess", "ion #3."))
    .refuses("a.sh", &format!("cd {}ed/aludel", HOMES[0]))
    .accepts("a.md", "A session ends; session.add(2); `todo!`; \"/tmp/x\"; https://example.org/homepage")
    .accepts("a.md", &format!("{}S", UNFINISHED[0]))
    .accepts("Cargo.lock", UNFINISHED[0])
    .holds();
}

fn broken_paths(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for map in MAPS {
        let Some(file) = tree.file(map) else {
            breaches.push(Breach::missing(map));
            continue;
        };
        let paths = paths(&file.text).into_iter();
        let broken = paths.filter(|(_, path)| !tree.has(path));
        breaches.extend(
            broken.map(|(line, path)| Breach::new(file, line, format!("`{path}` does not exist"))),
        );
    }
    breaches
}

/// The paths between backticks, outside of blocks of code: what ends in a slash, or in `.rs` and lies in a folder.
fn paths(document: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut in_block = false;
    for (index, line) in document.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            let quoted = line.split('`').skip(1).step_by(2);
            found.extend(
                quoted
                    .filter(|text| is_path(text))
                    .map(|text| (index + 1, text)),
            );
        }
    }
    found
}

fn is_path(text: &str) -> bool {
    let is_plain = !text.contains([' ', '*', '<', ':', '…']) && !text.starts_with("..");
    is_plain
        && text.contains('/')
        && (text.ends_with('/') || text.ends_with(".rs") || text.ends_with(".md"))
}

fn stray_words(tree: &Tree) -> Vec<Breach> {
    let ours = tree
        .files()
        .filter(|file| !OF_OTHERS.contains(&file.path.as_str()));
    ours.flat_map(|file| {
        let lines = file.text.lines().enumerate();
        lines.filter_map(move |(index, line)| stray(file, index + 1, line))
    })
    .collect()
}

fn stray(file: &File, number: usize, line: &str) -> Option<Breach> {
    let mut words = line.split(|character: char| !character.is_alphanumeric() && character != '_');
    let unfinished = words.find(|word| UNFINISHED.contains(word));
    let home = HOMES.into_iter().find(|home| line.contains(home));
    let session = counts_sessions(line).then_some("the number of a session");
    let what = unfinished.or(home).or(session)?;
    Some(Breach::new(file, number, format!("`{what}`")))
}

fn counts_sessions(line: &str) -> bool {
    let line = line.to_lowercase();
    let mut rests = line.split("session").skip(1);
    rests.any(|rest| {
        let number = rest.trim_start_matches([' ', '#']);
        number.len() < rest.len() && number.starts_with(|first: char| first.is_ascii_digit())
    })
}
