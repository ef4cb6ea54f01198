//! All statements of all files, each handed to the module of its kind.

use std::collections::HashSet;

use sqlparser::tokenizer::Token;

use aludel_catalog::Dialect;

use super::{
    Parsed, Result, alter, checks,
    classify::{Kind, classify},
    comment, composite,
    cursor::{Cursor, Source},
    domain,
    draft::Draft,
    drop, encoding, enumeration, finish, index,
    namespace::Namespaces,
    remark::{self, Beside},
    resolve, schema, sequence, shadow,
    split::{self, Statement},
    table, token, view, yaml,
};
use crate::{
    diagnostic::{Diagnostic, Severity, Span},
    source::SourceFile,
    yaml::is_yaml,
};

/// What became of a statement.
pub(super) enum Outcome {
    /// It is done with.
    Done,
    /// It is about something that is not there: to be tried again when all files are read.
    Missing(Box<Diagnostic>),
    /// It ends early, and what is left is another one.
    Another,
}

/// Reads all files.
pub(super) fn read_all(files: &[SourceFile], dialect: Dialect) -> Parsed {
    let mut yaml = yaml::Files::load(files, dialect);
    let mut reader = Reader {
        draft: Draft::new(yaml.dialect()),
        files,
        namespaces: Namespaces::new(yaml.dialect()),
        postponed: Vec::new(),
        undecoded: HashSet::new(),
    };
    for (number, file) in files.iter().enumerate() {
        if !is_yaml(file.name()) {
            reader.read_file(number);
        }
    }
    yaml.declare(&mut reader.draft);
    reader.retry();
    drop::report_missing(&mut reader.draft);
    yaml.complete(&mut reader.draft);
    table::leave_out_empty(&mut reader.draft);
    checks::note(&mut reader.draft);
    composite::report_unused(&mut reader.draft);
    reader.report_skipped();
    resolve::resolve(&mut reader.draft);
    view::columns::note(&mut reader.draft);
    finish::finish(reader.draft)
}

/// Whether another statement starts here although the last one has not been ended.
pub(super) fn starts_another(cursor: &Cursor<'_>) -> bool {
    cursor.is_on_new_line()
        && cursor.is_one_of(&["CREATE", "ALTER", "DROP", "INSERT", "COMMENT", "SET"])
}

struct Reader<'f> {
    draft: Draft,
    files: &'f [SourceFile],
    namespaces: Namespaces,
    postponed: Vec<Postponed>,
    /// The files of which it has been told that they are not UTF-8.
    undecoded: HashSet<usize>,
}

/// A statement to be tried again.
struct Postponed {
    file: usize,
    kind: Kind,
    tokens: Vec<token::PlacedToken>,
    namespaces: Namespaces,
    beside: Beside,
}

/// A file that is being read.
struct File<'t> {
    number: usize,
    /// Its text as it is given to the tokenizer.
    text: &'t str,
    /// Whether any statement in it is known. Otherwise it may be something else than SQL.
    is_sql: bool,
}

impl Reader<'_> {
    fn read_file(&mut self, number: usize) {
        let split = split::split(number, self.files[number].text(), self.draft.dialect);
        self.draft.diagnostics.extend(split.problems);
        for span in split.client_commands {
            self.pass_client_command(span);
        }
        let file = File {
            number,
            text: &split.text,
            is_sql: split
                .statements
                .iter()
                .any(|statement| !matches!(classify(&statement.words), Kind::Unknown(_))),
        };
        self.namespaces.leave_file();
        let spans: Vec<Span> = split.statements.iter().map(|item| item.span).collect();
        let text = self.files[number].text();
        let sorted = Beside::sort(text, &split.remarks, &spans);
        for (statement, beside) in split.statements.iter().zip(sorted) {
            let waiting = self.postponed.len();
            self.read_statement(&file, statement);
            match self.postponed.get_mut(waiting) {
                Some(postponed) => postponed.beside = beside,
                None if beside.is_empty() => {}
                None => remark::attach(&beside, text, &mut self.draft),
            }
        }
    }

    /// A line for a client says nothing, unless it is that there is more to read elsewhere.
    fn pass_client_command(&mut self, span: Span) {
        const INCLUDES: &[&str] = &[
            "source",
            "\\.",
            "\\i",
            "\\ir",
            "\\include",
            "\\include_relative",
            ".read",
        ];
        let text = &self.files[span.file].text()[span.start..span.end];
        let command = text.split_whitespace().next().unwrap_or_default();
        match INCLUDES.contains(&command.to_lowercase().as_str()) {
            true => self.draft.report(not_included(text, span)),
            false => self.draft.skip("client command", span),
        }
    }

    fn read_statement(&mut self, file: &File<'_>, statement: &Statement) {
        let kind = classify(&statement.words);
        if let Kind::Skipped(label) = &kind {
            self.draft.extended |= label == "CREATE EXTENSION";
            let span = statement.span;
            let is_virtual = label == "CREATE VIRTUAL TABLE"
                || self.draft.dialect == Dialect::Sqlite
                    && shadow::is_declared_by_row(&statement.words);
            return match is_virtual {
                true => shadow::leave_out(&mut self.draft, &file.text[span.start..span.end], span),
                false => self.draft.skip(label, span),
            };
        }
        let dialect = self.draft.dialect;
        let source = &self.files[file.number];
        let raw = encoding::raw_defaults(source, file.text, dialect, statement.span);
        let mut decoded = encoding::around(statement.span, &raw).into_iter();
        if decoded.any(|piece| self.is_in_another_encoding(piece)) {
            return;
        }
        if let Kind::Unknown(suggestion) = kind {
            return self.report_unknown(file, statement, suggestion.as_deref());
        }
        match token::tokenize(file.text, dialect, statement.span) {
            Ok(mut tokens) => {
                for (span, problem) in raw {
                    tokens.retain(|token| {
                        token.span.end <= span.start || span.end <= token.span.start
                    });
                    self.draft.report(problem);
                }
                self.read_tokens(file, kind, tokens);
            }
            Err(problem) => {
                self.draft.lost_table |= kind == Kind::CreateTable;
                self.draft.report(problem);
            }
        }
    }

    /// Whether something in a statement is not UTF-8, which is told once a file.
    fn is_in_another_encoding(&mut self, span: Span) -> bool {
        let file = &self.files[span.file];
        let Some(problem) = file.check_encoding(span.file, span.start..span.end) else {
            return false;
        };
        self.draft.lost_table = true;
        if self.undecoded.insert(span.file) {
            self.draft.report(problem);
        }
        true
    }

    fn read_tokens(&mut self, file: &File<'_>, kind: Kind, tokens: Vec<token::PlacedToken>) {
        let namespaces = self.namespaces.clone();
        let source = self.source(self.files, file.number, &namespaces);
        let mut cursor = Cursor::new(source, &tokens);
        match kind {
            Kind::Use => return self.namespaces.use_database(&mut cursor),
            Kind::SearchPath if self.draft.dialect != Dialect::Postgres => return,
            Kind::SearchPath => return self.namespaces.set_path(&mut cursor, &mut self.draft),
            Kind::CreateSchema => return self.read_schema(file, &mut cursor),
            _ => {}
        }
        match self.dispatch(&kind, &mut cursor) {
            Ok(Outcome::Done) => {}
            Ok(Outcome::Another) => {
                let rest = cursor.rest();
                self.read_rest(file, rest);
            }
            Ok(Outcome::Missing(_)) => self.postponed.push(Postponed {
                file: file.number,
                kind,
                tokens,
                namespaces,
                beside: Beside::default(),
            }),
            Err(problem) if matches!(kind, Kind::CreateIndex | Kind::CreateSequence) => {
                let told = self
                    .draft
                    .tolerate(problem, cursor.span(), &cursor, "all of this");
                self.draft.accept(told);
            }
            Err(problem) => self.draft.report(problem),
        }
    }

    /// Tries again what was about something that had not been declared yet.
    fn retry(&mut self) {
        for Postponed {
            file,
            kind,
            tokens,
            namespaces,
            beside,
        } in std::mem::take(&mut self.postponed)
        {
            let source = self.source(self.files, file, &namespaces);
            let mut cursor = Cursor::new(source, &tokens);
            match self.dispatch(&kind, &mut cursor) {
                Ok(Outcome::Done | Outcome::Another) => {
                    remark::attach(&beside, self.files[file].text(), &mut self.draft);
                }
                Ok(Outcome::Missing(_)) if self.draft.lost_table => {}
                Ok(Outcome::Missing(problem)) => {
                    // What else is said of the table is no further mistake.
                    self.draft.lost_table |= kind == Kind::CreateTable;
                    self.draft.report(problem);
                }
                Err(problem) => self.draft.report(problem),
            }
        }
    }

    fn source<'s>(
        &self,
        files: &'s [SourceFile],
        file: usize,
        namespaces: &'s Namespaces,
    ) -> Source<'s> {
        Source {
            dialect: self.draft.dialect,
            file,
            text: files[file].text(),
            default_schema: namespaces.default.as_deref(),
            current_schema: namespaces.current.as_deref(),
            whole: "the statement",
        }
    }

    fn dispatch(&mut self, kind: &Kind, cursor: &mut Cursor<'_>) -> Result<Outcome> {
        let draft = &mut self.draft;
        match kind {
            Kind::CreateTable => {
                table::create(cursor, draft, self.files[cursor.source.file].name())
            }
            Kind::CreateIndex => index::create(cursor, draft),
            Kind::CreateView => view::create(cursor, draft),
            Kind::CreateType => enumeration::create(cursor, draft),
            Kind::CreateDomain => domain::create(cursor, draft),
            Kind::CreateSequence => sequence::create(cursor, draft),
            Kind::AlterTable => alter::alter(cursor, draft),
            Kind::AlterType => enumeration::alter(cursor, draft),
            Kind::AlterDomain => domain::alter(cursor, draft),
            Kind::AlterIndex => index::alter(cursor, draft),
            Kind::AlterView => view::alter(cursor, draft),
            Kind::AlterSequence => sequence::alter(cursor, draft),
            Kind::AlterSchema => schema::alter(cursor, draft),
            Kind::Drop => drop::drop(cursor, draft),
            Kind::Comment => comment::comment(cursor, draft),
            Kind::RenameTable => alter::rename_tables(cursor, draft),
            Kind::CreateSchema
            | Kind::SearchPath
            | Kind::Use
            | Kind::Skipped(_)
            | Kind::Unknown(_) => Ok(Outcome::Done),
        }
    }

    /// Reads `CREATE SCHEMA`, and the statements that can stand within it.
    fn read_schema(&mut self, file: &File<'_>, cursor: &mut Cursor<'_>) {
        let outcome = schema::create(cursor);
        let Some(Some(schema)) = self.draft.accept(outcome) else {
            return;
        };
        let before = self.namespaces.current.replace(schema);
        for element in schema::elements(cursor) {
            self.read_rest(file, element);
        }
        self.namespaces.current = before;
    }

    /// Reads what follows a statement that nothing separates from it.
    fn read_rest(&mut self, file: &File<'_>, tokens: &[token::PlacedToken]) {
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
            return;
        };
        let words = tokens
            .iter()
            .filter_map(|token| match &token.token {
                Token::Word(word) if word.quote_style.is_none() => Some(word.value.to_uppercase()),
                _ => None,
            })
            .take(16)
            .collect();
        let span = first.span.to(last.span);
        self.read_statement(file, &Statement { span, words });
    }

    fn report_skipped(&mut self) {
        for ((file, label), (severity, spans)) in self.draft.take_skipped() {
            let start = spans[0].start;
            let line = self.files[file].position(start).line;
            let line_end = self.files[file].line_start(line) + self.files[file].line(line).len();
            let span = Span::new(file, start, spans[0].end.min(line_end));
            self.draft
                .report(skipped(severity, &label, spans.len(), span));
        }
    }

    fn report_unknown(
        &mut self,
        in_file: &File<'_>,
        statement: &Statement,
        suggestion: Option<&str>,
    ) {
        let Span { file, start, end } = statement.span;
        let text = &self.files[file].text()[start..end];
        let verbs = ["CREATE", "ALTER", "DROP"];
        let count = match statement.words.first() {
            Some(first) if verbs.contains(&first.as_str()) => 2,
            _ => 1,
        };
        let mut length = 0;
        for _ in 0..count {
            let rest = &text[length..];
            let word_start = rest.len() - rest.trim_start().len();
            let word = &rest[word_start..];
            let first_length = word.chars().next().map_or(0, char::len_utf8);
            let others = word[first_length..]
                .find(|letter: char| !letter.is_alphanumeric() && letter != '_')
                .unwrap_or(word.len() - first_length);
            length += word_start + first_length + others;
        }
        self.draft.lost_table = true;
        let span = Span::new(file, start, start + length);
        let words = text[..length]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        // A word that is nearly one that is known was meant to be that.
        let mut problem = unknown_statement(&words, span).did_you_mean(suggestion);
        if in_file.is_sql && suggestion.is_none() {
            problem.severity = Severity::Warning;
            problem.message += "; it is skipped";
        }
        self.draft.report(problem);
    }
}

fn skipped(severity: Severity, label: &str, count: usize, span: Span) -> Diagnostic {
    let message = match count {
        1 => format!("`{label}` is skipped"),
        _ => format!("`{label}` is skipped ({count} times in this file)"),
    };
    let mut warning = Diagnostic::warning(message).at(span);
    warning.severity = severity;
    match count {
        1 => warning,
        _ => warning.label("the first of them"),
    }
}

fn not_included(command: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(format!("`{command}` is skipped"))
        .at(span)
        .label("the file that it names is not read")
        .help("if it declares tables, add it to the schema files")
}

fn unknown_statement(words: &str, span: Span) -> Diagnostic {
    Diagnostic::error(format!("unknown statement `{words}`"))
        .at(span)
        .label("this is not the beginning of a statement")
}
