//! Wrong queries do not compile, and the compiler says why in the words of SQL.

mod cases;

use std::fmt::Write as _;

use aludel_testing::{CompileFail, Message, Outcome, workspace};
use cases::{CASES, RIGHT};

/// A program around what a case does.
fn program(body: &str) -> String {
    format!(
        "#![allow(unused)]\nmod models;\nuse aludel::{{Connection, prelude::*}};\n\
         use models::{{Employee, Post, User}};\n\n\
         fn run(conn: &Connection) -> aludel::Result<()> {{\n    {body}\n    Ok(())\n}}\n\nfn main() {{}}\n"
    )
}

/// With the generated models as a module of each program.
fn with_models(judge: CompileFail) -> CompileFail {
    let folder = tempfile::tempdir().unwrap();
    aludel_build::schema(workspace().join("tests/compile_fail/schema.sql"))
        .relationship("post.editor_id", "editor", "edited")
        .output_module(folder.path())
        .run()
        .unwrap();
    judge.models(folder.path())
}

/// What is ours of a message, and what the compiler says in its place: the frames that it puts around differ by its version.
fn shown(message: &Message) -> String {
    let is_frame = |text: &String| {
        FRAMES
            .iter()
            .any(|(start, end)| text.starts_with(start) && text.contains(end))
    };
    let mut ours = message.clone();
    ours.labels.retain(|label| !is_frame(label));
    ours.notes.retain(|note| !is_frame(note));
    ours.shown()
}

/// How the compiler's frames start, and what else is in them.
const FRAMES: [(&str, &str); 9] = [
    ("required by a bound introduced by this call", ""),
    ("note: required by a bound in", ""),
    ("note: required for", "to implement"),
    ("note: ", "redundant requirement"),
    ("note: multiple `impl`s satisfying", ""),
    ("help: the trait ", "is not implemented for"),
    ("help: the following other types implement trait", ""),
    ("help: for that trait implementation, expected", ""),
    ("help: `", "implements trait"),
];

/// With its frames, a message of the compiler fits on a screen.
const LONGEST: usize = 16;

#[test]
fn wrong_queries_do_not_compile_and_say_why() {
    let mut judge = with_models(CompileFail::new("wrong-queries").aludel());
    judge = judge.case("a_right_query", &program(RIGHT));
    for (name, body) in CASES {
        judge = judge.case(name, &program(body));
    }
    let mut judged = judge.judge();
    let right = judged.remove(0);
    assert_eq!(
        right.outcome,
        Outcome::Compiled,
        "{}",
        right.outcome.shown()
    );
    let mut all = String::new();
    for (case, (name, body)) in judged.iter().zip(CASES) {
        assert_eq!(&case.name, name);
        assert_ne!(
            case.outcome,
            Outcome::Compiled,
            "`{name}` compiles:\n{body}"
        );
        let messages = case.outcome.messages();
        for message in messages {
            assert!(message.lines() <= LONGEST, "{name}:\n{}", message.shown());
        }
        let messages: Vec<String> = messages.iter().map(shown).collect();
        let _ = writeln!(all, "# {name}\n    {body}\n{}\n", messages.join("\n"));
    }
    insta::assert_snapshot!(all);
}
