//! What the documents in docs/ show compiles and runs.

use std::fmt::Write as _;

use aludel_testing::{Scratch, workspace};

use crate::readme::blocks;

/// Each block as a function, all of which run one after the other on a database of their own.
fn program(examples: &[String]) -> String {
    let mut functions = String::new();
    let mut calls = String::new();
    for (index, example) in examples.iter().enumerate() {
        let _ = writeln!(
            functions,
            "fn example_{index}(conn: &Connection) -> aludel::Result<()> {{\n{example}Ok(())\n}}\n"
        );
        let _ = writeln!(calls, "    on_a_new_database(example_{index})?;");
    }
    format!(
        "#![allow(unused)]\nuse aludel::prelude::*;\nuse models::*;\n\n\
         aludel::include_models!();\n\n{functions}\
         fn on_a_new_database(example: fn(&Connection) -> aludel::Result<()>) -> aludel::Result<()> {{\n    \
         let engine = Engine::new(\"sqlite://\")?;\n    catalog().create_all(&engine)?;\n    example(&engine.connect()?)\n}}\n\n\
         fn main() -> aludel::Result<()> {{\n{calls}    Ok(())\n}}\n"
    )
}

#[test]
fn what_the_page_of_queries_shows_runs_on_the_schema_of_the_tour() {
    let page = std::fs::read_to_string(workspace().join("docs/queries.md")).unwrap();
    let examples = blocks(&page, "rust");
    assert!(examples.len() > 10, "{} examples", examples.len());
    let scratch = Scratch::new("queries-page");
    scratch.manifest(
        "[dependencies]\naludel = { path = \"$WORKSPACE/runtime\" }\n\n\
         [build-dependencies]\naludel-build = { path = \"$WORKSPACE/generator\" }\n",
    );
    let schema = workspace().join("schema");
    scratch.file(
        "build.rs",
        &format!("fn main() {{ aludel_build::schema({:?}).relationship(\"person.hobby_id\", \"hobby\", \"pers\").generate(); }}\n", schema.display().to_string()),
    );
    scratch.file("src/main.rs", &program(&examples));
    scratch.cargo(&["run", "--quiet"]).succeeded();
}
