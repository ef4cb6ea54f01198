//! Wrong queries do not compile, and the compiler says why in the words of SQL.
//!
//! What it says is kept in `docs/mistakes.md`, for users to read. `ALUDEL_UPDATE=1` writes that again.

mod cases;
mod page;

use aludel_testing::{Case, CompileFail, Message, Outcome, workspace};
use cases::{RIGHT, themes};

/// A program around what a case does.
fn program(body: &str) -> String {
    format!(
        "#![allow(unused)]\nmod models;\nuse aludel::{{Connection, Entity, Pending, Session, SessionFactory, prelude::*}};\n\
         use models::{{Employee, Post, PostTag, Tag, User, Writer}};\n\n\
         fn run(conn: &Connection, session: &Session, factory: &SessionFactory) -> aludel::Result<()> {{\n    {body}\n    Ok(())\n}}\n\nfn main() {{}}\n"
    )
}

/// The tables that all cases are about.
const SCHEMA: &str = "tests/compile_fail/schema.sql";

/// With the generated models as a module of each program.
fn with_models(judge: CompileFail) -> CompileFail {
    let folder = tempfile::tempdir().unwrap();
    aludel_build::schema(workspace().join(SCHEMA))
        .relationship("post.editor_id", "editor", "edited")
        .output_module(folder.path())
        .run()
        .unwrap();
    judge.models(folder.path())
}

/// A title as the name of a program.
fn name(title: &str) -> String {
    let words = title.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("_").to_lowercase()
}

/// With its frames, a message of the compiler fits on a screen.
const LONGEST: usize = 16;

/// Half of the cases take no more lines than this, all that the compiler says included.
const MEDIAN: usize = 8;

/// How many ways to be wrong are known at least.
const FEWEST: usize = 100;

/// What users can name of the crate: the modules that they reach.
const REACHABLE: [&str; 9] = [
    "aludel",
    "aludel::model",
    "aludel::prelude",
    "aludel::prelude::func",
    "aludel::prelude::func::name",
    "aludel::query",
    "aludel::text",
    "aludel::types",
    "aludel::value",
];

/// The paths in what the compiler says that lead to items of the crate which users cannot reach. Where a method stands
/// (`query::partners::<impl Relationship<A, B, N>>::any`) is no such item.
fn private_paths(message: &Message) -> Vec<String> {
    let shown = message.shown();
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == ':';
    let mut paths: Vec<String> = Vec::new();
    for path in shown.split(|letter| !is_part(letter)) {
        let of_the_crate = ["aludel::", "query::", "model::", "value::"];
        let is_ours = of_the_crate.iter().any(|start| path.starts_with(start));
        let is_item = |part: &&str| part.starts_with(char::is_uppercase);
        let parts: Vec<&str> = path.split("::").collect();
        let Some(item) = parts.iter().position(is_item).filter(|_| is_ours) else {
            continue;
        };
        if !REACHABLE.contains(&parts[..item].join("::").as_str()) {
            paths.push(path.to_owned());
        }
    }
    paths
}

fn judged() -> Vec<Case> {
    let mut judge = with_models(CompileFail::new("wrong-queries").aludel());
    judge = judge.case("a_right_query", &program(RIGHT));
    for (title, body) in themes().flat_map(|theme| theme.wrong) {
        judge = judge.case(&name(title), &program(body));
    }
    judge.judge()
}

#[test]
fn q15_s16_wrong_queries_do_not_compile_and_say_why() {
    let mut judged = judged();
    let right = judged.remove(0);
    let shown = right.outcome.shown();
    assert_eq!(right.outcome, Outcome::Compiled, "{shown}");

    let mut problems = Vec::new();
    for Case { name, outcome } in &judged {
        if *outcome == Outcome::Compiled {
            problems.push(format!("`{name}` compiles"));
        }
        for message in outcome.messages() {
            let (shown, lines, private) =
                (message.shown(), message.lines(), private_paths(message));
            if lines > LONGEST {
                problems.push(format!("`{name}` takes {lines} lines:\n{shown}"));
            }
            if !private.is_empty() {
                problems.push(format!("`{name}` names {private:?}:\n{shown}"));
            }
        }
    }
    let mut lines: Vec<usize> = judged.iter().map(|case| case.outcome.lines()).collect();
    lines.sort_unstable();
    let median = lines[lines.len() / 2];
    if median > MEDIAN || lines.len() < FEWEST {
        let cases = lines.len();
        problems.push(format!("{cases} cases, half of them above {median} lines"));
    }
    let page = page::of(&judged);
    problems.extend(page::problem(&page));
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

#[test]
fn a_path_to_what_users_cannot_reach_is_found() {
    let message = |text: &str| Message {
        level: "error".to_owned(),
        code: None,
        text: text.to_owned(),
        labels: Vec::new(),
        notes: Vec::new(),
        line: 1,
    };
    for reachable in [
        "`aludel::query::Select<FromTable<User>>` and `aludel::prelude::func::name::Lower`",
        "required by a bound in `query::partners::<impl Relationship<A, B, N>>::any`",
        "`user::required::name` is missing",
        "required by a bound in `aludel::prelude::Expression::cast`",
    ] {
        assert!(private_paths(&message(reachable)).is_empty(), "{reachable}");
    }
    for private in [
        "`aludel::query::grouping::Member<_>` is not implemented",
        "the trait `query::scope::In`",
    ] {
        assert_eq!(private_paths(&message(private)).len(), 1, "{private}");
    }
}
