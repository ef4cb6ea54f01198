//! What README.md shows is what happens when one does it.

use std::fs;

use aludel_testing::{Scratch, workspace};

/// The code blocks with a tag, such as `rust,ignore`, in order.
pub(crate) fn blocks(readme: &str, tag: &str) -> Vec<String> {
    let fenced = readme.split("\n```").skip(1).step_by(2);
    let of_tag = fenced.filter_map(|block| {
        let (name, code) = block.split_once('\n')?;
        (name == tag).then(|| format!("{code}\n"))
    });
    of_tag.collect()
}

/// The block that contains a text, which must be one.
fn with<'b>(blocks: &'b [String], text: &str) -> &'b str {
    let mut found = blocks.iter().filter(|block| block.contains(text));
    let block = found
        .next()
        .unwrap_or_else(|| panic!("no block has `{text}`"));
    assert!(found.next().is_none(), "two blocks have `{text}`");
    block
}

/// What the README says that a command prints: `` `cargo run` prints `…` ``.
fn promised(readme: &str) -> &str {
    let (_, rest) = readme.split_once("`cargo run` prints `").unwrap();
    rest.split_once('`').unwrap().0
}

#[test]
fn the_first_steps_of_the_readme_lead_to_what_it_says() {
    let readme = fs::read_to_string(workspace().join("README.md")).unwrap();
    let (rust, sql) = (blocks(&readme, "rust,ignore"), blocks(&readme, "sql"));
    let manifest = blocks(&readme, "toml");
    let schema = with(&sql, "-- schema/people.sql");
    let scratch = Scratch::new("people");
    scratch.manifest(&with(&manifest, "[build-dependencies]").replace("../aludel/", "$WORKSPACE/"));
    scratch.file(
        "build.rs",
        with(&rust, "aludel_build::schema(\"schema\").generate();"),
    );
    scratch.file("schema/people.sql", schema);
    scratch.file("src/main.rs", with(&rust, "aludel::include_models!();"));
    scratch.file(
        "examples/first.rs",
        &in_a_program(with(&rust, "engine.transact(")),
    );

    let output = scratch.cargo(&["run", "--quiet"]).succeeded();
    assert_eq!(output.stdout, format!("{}\n", promised(&readme)));
    assert!(!output.stderr.contains("warning"), "{}", output.stderr);
    scratch
        .cargo(&["run", "--quiet", "--example", "first"])
        .succeeded();
    assert!(scratch.path("people.db").exists());

    // "Add a column to the file and build again: the struct has it."
    let more = schema.replace(
        "caption TEXT NOT NULL",
        "caption TEXT NOT NULL, since INTEGER",
    );
    assert_ne!(more, schema);
    scratch.file("schema/people.sql", &more);
    let since =
        "println!(\"{:?}\", models::Hobby { id: 1, caption: String::new(), since: None }.since);";
    let main = with(&rust, "aludel::include_models!();")
        .replace("conn.commit()", &format!("{since}\n    conn.commit()"));
    scratch.file("src/main.rs", &main);
    let output = scratch.cargo(&["run", "--quiet"]).succeeded();
    assert_eq!(output.stdout, format!("{}\nNone\n", promised(&readme)));
}

/// The README's first example, which begins in the middle, within a function.
fn in_a_program(example: &str) -> String {
    format!(
        "use aludel::{{Engine, prelude::*}};\nuse models::{{Hobby, Person, catalog}};\n\naludel::include_models!();\n\n\
         fn main() -> aludel::Result<()> {{\n{example}\nOk(())\n}}\n"
    )
}
