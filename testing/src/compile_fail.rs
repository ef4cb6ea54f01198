//! Judges programs that must not compile by what the compiler says about them.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::{Message, Output, Scratch, workspace};

/// Programs to be judged. All are checked by one run of Cargo.
///
/// ```no_run
/// # use aludel_testing::{CompileFail, Outcome};
/// let cases = CompileFail::new("wrong-queries")
///     .aludel()
///     .module("models", "pub struct User;")
///     .case("no_such_name", "mod models;\nfn main() { models::Usr; }")
///     .judge();
/// println!("{}", cases[0].outcome.shown());
/// ```
#[derive(Debug)]
pub struct CompileFail {
    scratch: Scratch,
    dependencies: String,
    cases: Vec<String>,
}

impl CompileFail {
    /// Judges programs in a package with this name, which differs from those of other tests.
    ///
    /// # Panics
    /// As [`Scratch::new`].
    pub fn new(package: &str) -> CompileFail {
        CompileFail {
            scratch: Scratch::new(package),
            dependencies: String::new(),
            cases: Vec::new(),
        }
    }

    /// Lets the programs use a crate, given as a line of `[dependencies]`; see [`Scratch::manifest`].
    #[must_use]
    pub fn dependency(mut self, line: &str) -> Self {
        self.dependencies.push_str(line);
        self.dependencies.push('\n');
        self
    }

    /// Lets the programs use `aludel`, without a database: nothing of C is compiled.
    #[must_use]
    pub fn aludel(self) -> Self {
        self.dependency(
            r#"aludel = { path = "$WORKSPACE/runtime", default-features = false, features = ["chrono", "decimal", "json", "uuid"] }"#,
        )
    }

    /// Adds a module that programs declare with `mod …;`. Several files, such as `models/user`, make one of several files.
    ///
    /// # Panics
    /// When it cannot be written.
    #[must_use]
    pub fn module(self, name: &str, source: &str) -> Self {
        self.scratch.file(&format!("cases/{name}.rs"), source);
        self
    }

    /// Adds a folder of generated models, such as `generated/` of the workspace; programs declare them with `mod models;`.
    ///
    /// # Panics
    /// When a file in it cannot be read.
    #[must_use]
    pub fn models(self, folder: &Path) -> Self {
        for path in files(folder) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let name = if name == "lib.rs" { "mod.rs" } else { &name };
            let text = fs::read_to_string(&path).expect("generated files are text");
            self.scratch.file(&format!("cases/models/{name}"), &text);
        }
        self
    }

    /// Adds a program, under a name of letters, digits and underscores.
    ///
    /// # Panics
    /// When it cannot be written, or the name is taken.
    #[must_use]
    pub fn case(mut self, name: &str, source: &str) -> Self {
        let path = format!("cases/{name}.rs");
        let taken = self.scratch.path(&path).exists();
        assert!(!taken, "two cases are named `{name}`");
        self.scratch.file(&path, source);
        self.cases.push(name.to_owned());
        self
    }

    /// Adds the programs of a folder, each named as its `.rs` file, in the order of their names.
    ///
    /// # Panics
    /// When the folder cannot be read, or has no program.
    #[must_use]
    pub fn folder(mut self, folder: &Path) -> Self {
        let mut paths = files(folder);
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
        assert!(
            !paths.is_empty(),
            "there is no case in {}",
            folder.display()
        );
        for path in paths {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            let source = fs::read_to_string(&path).expect("a case can be read");
            self = self.case(&name, &source);
        }
        self
    }

    /// Checks all programs, and gives what came of each, in the order in which they were added.
    ///
    /// # Panics
    /// With what Cargo said, when it did not come to judging a program: a dependency does not compile, for example.
    pub fn judge(self) -> Vec<Case> {
        let bins = self
            .cases
            .iter()
            .map(|name| format!("[[bin]]\nname = \"{name}\"\npath = \"cases/{name}.rs\"\n\n"));
        let dependencies = &self.dependencies;
        let manifest = format!(
            "[dependencies]\n{dependencies}\n{}",
            bins.collect::<String>()
        );
        self.scratch.manifest(&manifest);
        let output =
            self.scratch
                .cargo(&["check", "--bins", "--keep-going", "--message-format=json"]);
        let mut outcomes = outcomes(&output);
        let folders = [self.scratch.path(""), workspace().join("")];
        for name in &self.cases {
            let judged = outcomes.contains_key(name);
            assert!(
                judged,
                "Cargo did not come to case `{name}`:\n{}",
                said(&output)
            );
        }
        let judged = self.cases.iter().filter_map(|name| {
            let outcome = without_paths(outcomes.remove(name)?, &folders);
            Some(Case {
                name: name.clone(),
                outcome,
            })
        });
        judged.collect()
    }
}

/// A program that was judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The name it was given.
    pub name: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It compiles.
    Compiled,
    /// It does not, for these reasons.
    Failed(Vec<Message>),
}

impl Outcome {
    /// The errors; none when it compiles.
    pub fn messages(&self) -> &[Message] {
        match self {
            Outcome::Compiled => &[],
            Outcome::Failed(messages) => messages,
        }
    }

    /// All messages as [`Message::shown`], with a blank line between them; `compiles` when it does.
    pub fn shown(&self) -> String {
        match self {
            Outcome::Compiled => "compiles".to_owned(),
            Outcome::Failed(messages) => {
                let shown: Vec<String> = messages.iter().map(Message::shown).collect();
                shown.join("\n\n")
            }
        }
    }

    /// The number of lines of all messages.
    pub fn lines(&self) -> usize {
        self.messages().iter().map(Message::lines).sum()
    }
}

/// The files of a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    paths
}

/// What Cargo's messages tell about each program that it came to.
fn outcomes(output: &Output) -> BTreeMap<String, Outcome> {
    let mut outcomes = BTreeMap::new();
    for line in output.stdout.lines() {
        let Ok(event) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        let is_bin = event["target"]["kind"][0] == "bin";
        let Some(name) = event["target"]["name"].as_str().filter(|_| is_bin) else {
            continue;
        };
        if event["reason"] == "compiler-artifact" {
            outcomes.insert(name.to_owned(), Outcome::Compiled);
        } else if let Some(message) = Message::read(&event["message"]) {
            match outcomes
                .entry(name.to_owned())
                .or_insert(Outcome::Failed(Vec::new()))
            {
                Outcome::Failed(messages) => messages.push(message),
                Outcome::Compiled => {}
            }
        }
    }
    outcomes
}

/// Takes the folders of this machine out of all texts.
fn without_paths(outcome: Outcome, folders: &[PathBuf]) -> Outcome {
    let clean = |text: &mut String| {
        for folder in folders {
            *text = text.replace(folder.to_string_lossy().as_ref(), "");
        }
    };
    let Outcome::Failed(mut messages) = outcome else {
        return outcome;
    };
    for message in &mut messages {
        clean(&mut message.text);
        message.labels.iter_mut().for_each(clean);
        message.notes.iter_mut().for_each(clean);
    }
    Outcome::Failed(messages)
}

/// All that Cargo and the compiler said, as they show it.
fn said(output: &Output) -> String {
    let rendered = output.stdout.lines().filter_map(|line| {
        let event: Value = serde_json::from_str(line).ok()?;
        event["message"]["rendered"].as_str().map(str::to_owned)
    });
    rendered.collect::<String>() + &output.stderr
}

#[cfg(test)]
mod tests {
    use super::{CompileFail, Outcome};

    #[test]
    fn each_program_is_judged_by_itself() {
        let cases = CompileFail::new("judged-programs")
            .module("shared", "pub struct Key(pub u8);\npub trait Locked {}\n")
            .case("compiles", "mod shared;\nfn main() {\n    let unused = shared::Key(1).0;\n}\n")
            .case("wrong_type", "mod shared;\n\nfn main() {\n    shared::Key(\"a\");\n}\n")
            .case(
                "wrong_trait",
                "mod shared;\nfn open<L: shared::Locked>(_: L) {}\nfn main() {\n    open(shared::Key(1));\n}\n",
            )
            .judge();
        let names: Vec<&str> = cases.iter().map(|case| case.name.as_str()).collect();
        assert_eq!(names, ["compiles", "wrong_type", "wrong_trait"]);
        assert_eq!(cases[0].outcome, Outcome::Compiled);
        assert_eq!(cases[0].outcome.shown(), "compiles");

        let [message] = cases[1].outcome.messages() else {
            panic!("one message, not {:?}", cases[1].outcome);
        };
        assert_eq!((message.code.as_deref(), message.line), (Some("E0308"), 4));
        assert_eq!(message.text, "mismatched types");
        assert_eq!(message.labels[0], "expected `u8`, found `&str`");

        let shown = cases[2].outcome.shown();
        let headline = "error[E0277]: the trait bound `Key: Locked` is not satisfied\n";
        assert!(shown.starts_with(headline), "{shown}");
        assert!(
            shown.contains("\n  note: required by a bound in `open`"),
            "{shown}"
        );
        assert_eq!(cases[2].outcome.lines(), shown.lines().count());
    }

    #[test]
    fn programs_are_read_from_a_folder_in_order() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("b.rs", "fn main() { c }"),
            ("a.rs", "fn main() {}"),
            ("d.md", "D"),
        ] {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let cases = CompileFail::new("judged-folder")
            .folder(folder.path())
            .judge();
        let compiled = cases
            .iter()
            .map(|case| (case.name.as_str(), case.outcome == Outcome::Compiled));
        assert_eq!(compiled.collect::<Vec<_>>(), [("a", true), ("b", false)]);
    }

    #[test]
    fn programs_use_generated_models() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            (
                "lib.rs",
                "//! Models.\npub mod user;\npub const C: &str = include_str!(\"catalog.json\");\n",
            ),
            ("user.rs", "//! A user.\npub struct User;\n"),
            ("catalog.json", "{}"),
        ] {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let program = "mod models;\nfn main() { let _ = (models::user::User, models::C); }";
        let cases = CompileFail::new("judged-models")
            .models(folder.path())
            .case("a", program)
            .judge();
        assert_eq!(cases[0].outcome.shown(), "compiles");
    }

    #[test]
    #[should_panic(expected = "Cargo did not come to case `a`")]
    fn a_program_that_is_not_reached_is_no_failure_of_its_own() {
        let _ = CompileFail::new("judged-nothing")
            .dependency("nowhere = { path = \"nowhere\" }")
            .case("a", "fn main() { b }")
            .judge();
    }

    #[test]
    #[should_panic(expected = "two cases are named `a`")]
    fn two_programs_with_one_name_are_refused() {
        let _ = CompileFail::new("judged-twice")
            .case("a", "fn main() {}")
            .case("a", "fn main() { b }");
    }
}
