//! The page of mistakes: the code of each case, and what of the compiler's message is ours.

use std::{fmt::Write as _, fs};

use aludel_testing::{Case, Message, Outcome, workspace};

use super::{SCHEMA, themes};

/// Where the page is.
const PAGE: &str = "docs/mistakes.md";

const INTRODUCTION: &str = "# Mistakes, and what the compiler says

A wrong query does not compile. Here is each known way to be wrong, side by side with the message: its headline, what it says at
the place in the code, and its notes. The lines that the compiler puts around them, such as `required by a bound in`, are left out.

A test compiles all of this and writes this page, so it is what you get.

";

/// The whole page.
pub(super) fn of(judged: &[Case]) -> String {
    let mut page = INTRODUCTION.to_owned();
    for theme in themes() {
        let _ = writeln!(page, "- [{}](#{})", theme.title, anchor(theme.title));
    }
    let schema = fs::read_to_string(workspace().join(SCHEMA)).unwrap();
    let _ = writeln!(page, "\nAll are about these tables:\n\n```sql\n{schema}```");
    let mut judged = judged.iter();
    for theme in themes() {
        let _ = writeln!(page, "\n## {}", theme.title);
        for ((title, code), case) in theme.wrong.iter().zip(&mut judged) {
            let code = code.replace("\n    ", "\n");
            let said = said(&case.outcome);
            let _ = writeln!(
                page,
                "\n### {title}\n\n```rust,ignore\n{code}\n```\n\n```text\n{said}\n```"
            );
        }
    }
    page
}

/// What is not as the page has it; nothing where the page was to be written again.
pub(super) fn problem(page: &str) -> Option<String> {
    let path = workspace().join(PAGE);
    if std::env::var_os("ALUDEL_UPDATE").is_some() {
        fs::write(path, page).unwrap();
        return None;
    }
    let kept = fs::read_to_string(path).unwrap_or_default();
    let mut lines = kept.lines().zip(page.lines()).enumerate();
    let different = lines.find(|(_, (kept, found))| kept != found);
    let shown = match different {
        Some((line, (kept, found))) => format!("line {}:\n- {kept}\n+ {found}", line + 1),
        None if kept == page => return None,
        None => "one ends before the other".to_owned(),
    };
    Some(format!(
        "{PAGE}: {shown}\nIf this is better, run the test again with ALUDEL_UPDATE=1, and read what it wrote."
    ))
}

/// A heading as the target of a link.
fn anchor(title: &str) -> String {
    let letters = title.to_lowercase();
    let kept = letters.replace(' ', "-");
    kept.replace(
        |letter: char| !letter.is_alphanumeric() && letter != '-',
        "",
    )
}

fn said(outcome: &Outcome) -> String {
    let messages: Vec<String> = outcome.messages().iter().map(ours).collect();
    messages.join("\n")
}

/// What is ours of a message, and what the compiler says in its place: the frames that it puts around differ by its version.
fn ours(message: &Message) -> String {
    let is_frame = |text: &str| {
        FRAMES
            .iter()
            .any(|(start, end)| text.starts_with(start) && text.contains(end))
    };
    let indented = |text: &str| text.replace('\n', "\n      ");
    let code = message.code.as_deref().unwrap_or_default();
    let mut shown = format!("error[{code}]: {}", indented(&message.text));
    for label in message.labels.iter().filter(|label| !is_frame(label)) {
        let _ = write!(shown, "\n  ^^^ {}", indented(label));
    }
    for note in message.notes.iter().filter(|note| !is_frame(note)) {
        let _ = write!(shown, "\n  = {}", indented(note));
    }
    shown
}

/// How the compiler's frames start, and what else is in them.
const FRAMES: [(&str, &str); 16] = [
    ("required by a bound introduced by this call", ""),
    ("note: required by a bound in", ""),
    ("note: required for", "to implement"),
    ("note: ", "redundant requirement"),
    ("note: multiple `impl`s satisfying", ""),
    ("help: the trait ", "implemented for"),
    ("help: the following other types implement trait", ""),
    ("help: for that trait implementation, expected", ""),
    ("help: `", "implements trait"),
    ("help: consider removing this method call", ""),
    ("help: consider specifying the generic argument", ""),
    ("note: the method call chain might not have had", ""),
    ("note: cannot satisfy `_: ", ""),
    ("help: the following types implement trait", ""),
    ("note: method defined here", ""),
    ("arguments to this method are incorrect", ""),
];
