//! What the compiler says about a snippet, read from its JSON.

use std::fmt::Write as _;

use serde_json::Value;

/// An error of the compiler, without its frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Always an error of some kind: `error`.
    pub level: String,
    /// The code of the error, where it has one: `E0277`.
    pub code: Option<String>,
    /// The headline.
    pub text: String,
    /// What stands at the places in the source, the main place first.
    pub labels: Vec<String>,
    /// Notes and helps, in the compiler's order: `help: …`.
    pub notes: Vec<String>,
    /// The line of the main place, counted from 1; 0 where there is no place.
    pub line: usize,
}

impl Message {
    /// Reads a diagnostic, unless it is no error, or only counts errors.
    pub(crate) fn read(diagnostic: &Value) -> Option<Message> {
        let level = text(&diagnostic["level"]);
        let headline = text(&diagnostic["message"]);
        let only_counts = headline.starts_with("aborting due to");
        if !level.starts_with("error") || only_counts {
            return None;
        }
        let mut spans: Vec<&Value> = list(&diagnostic["spans"]).collect();
        spans.sort_by_key(|span| span["is_primary"] != true);
        let labels = spans.iter().map(|span| text(&span["label"]));
        Some(Message {
            code: diagnostic["code"]["code"].as_str().map(str::to_owned),
            labels: labels.filter(|label| !label.is_empty()).collect(),
            notes: list(&diagnostic["children"]).filter_map(note).collect(),
            line: spans.first().map_or(0, |span| line(span)),
            level,
            text: headline,
        })
    }

    /// Message, labels and notes, one below the other, for a snapshot: without the compiler's frame, the source or paths.
    pub fn shown(&self) -> String {
        let code = self.code.as_ref().map(|code| format!("[{code}]"));
        let mut shown = format!(
            "{}{}: {}",
            self.level,
            code.unwrap_or_default(),
            indented(&self.text)
        );
        for label in &self.labels {
            let _ = write!(shown, "\n  label: {}", indented(label));
        }
        for note in &self.notes {
            let _ = write!(shown, "\n  {}", indented(note));
        }
        shown
    }

    /// The number of lines of [`shown`](Message::shown).
    pub fn lines(&self) -> usize {
        self.shown().lines().count()
    }
}

/// A child of a diagnostic, unless it tells where a long type was written to.
fn note(child: &Value) -> Option<String> {
    let message = text(&child["message"]);
    let about_files = [
        "the full name for the type has been written to",
        "the full type name has been written to",
    ];
    let of_the_machine = about_files.iter().any(|start| message.starts_with(start))
        || message.starts_with("consider using `--verbose`");
    let is_empty = message.is_empty();
    (!of_the_machine && !is_empty).then(|| format!("{}: {message}", text(&child["level"])))
}

/// Where a span begins; in a macro, where the outermost is called.
fn line(span: &Value) -> usize {
    let mut span = span;
    while !span["expansion"].is_null() {
        span = &span["expansion"]["span"];
    }
    span["line_start"].as_u64().map_or(0, |line| line as usize)
}

fn indented(text: &str) -> String {
    text.replace('\n', "\n    ")
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Message;

    fn diagnostic() -> Value {
        json!({
            "level": "error",
            "code": { "code": "E0277" },
            "message": "this query does not read table `Post`",
            "spans": [
                { "line_start": 9, "is_primary": false, "label": "required by this call", "expansion": null },
                { "line_start": 7, "is_primary": true, "label": "not in the query", "expansion": null },
                { "line_start": 8, "is_primary": false, "label": null, "expansion": null }
            ],
            "children": [
                { "level": "note", "message": "add a join\nbefore this" },
                { "level": "note", "message": "the full name for the type has been written to '/tmp/a.txt'" },
                { "level": "note", "message": "consider using `--verbose` to print the full type name to the console" },
                { "level": "help", "message": "" },
                { "level": "help", "message": "the trait `A` is not implemented for `B`" }
            ]
        })
    }

    #[test]
    fn an_error_shows_its_headline_then_labels_then_notes() {
        let message = Message::read(&diagnostic()).unwrap();
        let lines = [
            "error[E0277]: this query does not read table `Post`",
            "  label: not in the query",
            "  label: required by this call",
            "  note: add a join",
            "    before this",
            "  help: the trait `A` is not implemented for `B`",
        ];
        assert_eq!(message.shown(), lines.join("\n"));
        assert_eq!((message.lines(), message.line), (6, 7));
    }

    #[test]
    fn what_is_no_error_of_its_own_is_left_out() {
        for (level, text) in [
            ("warning", "unused variable: `a`"),
            (
                "failure-note",
                "For more information about this error, try `rustc --explain E0277`.",
            ),
            ("error", "aborting due to 2 previous errors"),
        ] {
            let diagnostic =
                json!({ "level": level, "message": text, "spans": [], "children": [] });
            assert_eq!(Message::read(&diagnostic), None, "{text}");
        }
    }

    #[test]
    fn an_error_in_a_macro_stands_where_the_macro_is_called() {
        let mut diagnostic = diagnostic();
        diagnostic["spans"][1]["expansion"] =
            json!({ "span": { "line_start": 3, "expansion": null } });
        assert_eq!(Message::read(&diagnostic).unwrap().line, 3);
    }
}
