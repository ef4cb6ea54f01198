//! Messages as people see them.

use aludel_build::{
    diagnostic::{Diagnostic, Diagnostics, Severity, Span},
    source::SourceFile,
};

fn sources() -> Vec<SourceFile> {
    let far = "-- nothing\n".repeat(30);
    vec![
        SourceFile::new(
            "schema/a.sql",
            format!("CREATE TABLE a (\n\tid INT,\n\t名前 TEXT, id TEXT\n);\n{far}DROP TABLE b;"),
        ),
        SourceFile::new(
            "schema/b.sql",
            "CREATE TABLE b (x INT);\r\nCREATE TABLE c (y INT);\r\n",
        ),
    ]
}

fn span_of(file: usize, text: &str) -> Span {
    let start = sources()[file]
        .text()
        .find(text)
        .expect("the text is in the file");
    Span::new(file, start, start + text.len())
}

#[test]
fn a_message_begins_with_its_place_and_shows_the_source() {
    let cases = [
        Diagnostic::error("it is declared twice")
            .at(span_of(0, "id TEXT"))
            .label("again here")
            .also(span_of(0, "id INT"), "first here")
            .help("take one away")
            .help("or give it another name"),
        Diagnostic::warning("far away")
            .at(span_of(0, "DROP"))
            .also(span_of(0, "CREATE TABLE a"), "in the same file")
            .also(span_of(1, "b (x"), "in another"),
        Diagnostic::error("over several lines")
            .at(Span::new(0, 0, 60))
            .label("from here"),
        Diagnostic::error("at the end").at(Span::new(1, 9_999, 9_999)),
        Diagnostic::error("before a line break").at(Span::new(1, 23, 24)),
        Diagnostic::error("within a character").at(Span::new(
            0,
            span_of(0, "名").start + 1,
            span_of(0, "名").start + 2,
        )),
        Diagnostic::error("nowhere").help("look elsewhere"),
        Diagnostic::error("in no file").at(Span::new(7, 0, 1)),
    ];
    let diagnostics = Diagnostics::new(sources(), cases.to_vec());
    insta::assert_snapshot!(diagnostics);
}

#[test]
fn of_a_long_line_only_what_is_near_the_place_is_shown() {
    let much = "x名 ".repeat(20_000);
    let text = format!("SELECT 1;\n{much}here{much}\n{much}");
    let there = text.find("here").expect("it is there");
    let diagnostics = Diagnostics::new(
        vec![SourceFile::new("schema/long.sql", &text)],
        vec![
            Diagnostic::error("far inside")
                .at(Span::new(0, there, there + 4))
                .label("here")
                .also(Span::new(0, there + 90_000, there + 90_001), "beyond")
                .also(Span::new(0, text.len() - 1, text.len()), "on the next line"),
            Diagnostic::warning("at the beginning").at(Span::new(0, 10, 70_000)),
        ],
    );
    insta::assert_snapshot!(diagnostics);
}

#[test]
fn errors_and_warnings_are_told_apart() {
    let mut diagnostics = Diagnostics::new(sources(), vec![Diagnostic::warning("w")]);
    assert!(!diagnostics.has_errors() && !diagnostics.is_empty());
    diagnostics.push(Diagnostic::error("e"));
    assert!(diagnostics.has_errors());
    assert_eq!(
        diagnostics
            .errors()
            .map(|error| error.message.as_str())
            .collect::<Vec<_>>(),
        ["e"]
    );
    assert_eq!(diagnostics.warnings().count(), 1);
    assert_eq!(
        diagnostics.iter().last().map(|last| last.severity),
        Some(Severity::Error)
    );
}

#[test]
fn a_headline_is_one_line_whatever_is_quoted_in_it() {
    let diagnostics = Diagnostics::new(
        sources(),
        vec![Diagnostic::error("two\nlines").at(Span::new(1, 0, 1))],
    );
    assert!(
        diagnostics
            .to_string()
            .starts_with("schema/b.sql:1:1: error: two lines\n")
    );
}

#[test]
fn very_long_lines_are_cut_around_the_place() {
    let text = format!("{}HERE{}", "x".repeat(100_000), "y".repeat(100_000));
    let files = vec![SourceFile::new("long.sql", text)];
    let here = Diagnostic::error("here")
        .at(Span::new(0, 100_000, 100_004))
        .label("this");
    let diagnostics = Diagnostics::new(files, vec![here]);
    let rendered = diagnostics.to_string();
    assert!(
        rendered.contains("HERE") && rendered.contains("^^^^ this"),
        "{rendered}"
    );
    assert!(rendered.len() < 1_000, "{}", rendered.len());
}
