//! All statements of all files, each handed to the module of its kind.

use sqlparser::tokenizer::Token;

use aludel_catalog::Dialect;

use super::{
    Parsed, Result, alter, checks,
    classify::{Kind, classify},
    comment,
    cursor::{Cursor, Source},
    domain,
    draft::Draft,
    drop, enumeration, finish, index,
    remark::{self, Beside},
    resolve, sequence,
    split::{self, Statement},
    table, token, view, yaml,
};
use crate::{
    diagnostic::{Diagnostic, Span},
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
        postponed: Vec::new(),
    };
    for (number, file) in files.iter().enumerate() {
        if !is_yaml(file.name()) {
            reader.read_file(number);
        }
    }
    yaml.declare(&mut reader.draft);
    reader.retry();
    yaml.complete(&mut reader.draft);
    checks::note(&mut reader.draft);
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

/// The namespace that names without one stand in, before a file says otherwise.
pub(super) const fn default_schema(dialect: Dialect) -> Option<&'static str> {
    match dialect {
        Dialect::Sqlite => Some("main"),
        Dialect::Postgres => Some("public"),
        Dialect::Mysql => None,
    }
}

struct Reader<'f> {
    draft: Draft,
    files: &'f [SourceFile],
    postponed: Vec<Postponed>,
}

/// A statement to be tried again.
struct Postponed {
    file: usize,
    kind: Kind,
    tokens: Vec<token::PlacedToken>,
    default_schema: Option<String>,
    beside: Beside,
}

/// A file that is being read.
struct File<'t> {
    number: usize,
    /// Its text as it is given to the tokenizer.
    text: &'t str,
    default_schema: Option<String>,
}

impl Reader<'_> {
    fn read_file(&mut self, number: usize) {
        let split = split::split(number, self.files[number].text(), self.draft.dialect);
        self.draft.diagnostics.extend(split.problems);
        for span in split.client_commands {
            self.draft.skip("client command", span);
        }
        let default_schema = default_schema(self.draft.dialect).map(str::to_owned);
        let mut file = File {
            number,
            text: &split.text,
            default_schema,
        };
        let spans: Vec<Span> = split.statements.iter().map(|item| item.span).collect();
        let text = self.files[number].text();
        let sorted = Beside::sort(text, &split.remarks, &spans);
        for (statement, beside) in split.statements.iter().zip(sorted) {
            let waiting = self.postponed.len();
            self.read_statement(&mut file, statement);
            match self.postponed.get_mut(waiting) {
                Some(postponed) => postponed.beside = beside,
                None if beside.is_empty() => {}
                None => remark::attach(&beside, text, &mut self.draft),
            }
        }
    }

    fn read_statement(&mut self, file: &mut File<'_>, statement: &Statement) {
        let kind = classify(&statement.words);
        if let Kind::Skipped(label) = &kind {
            let label = precise_label(label, &statement.words);
            return self.draft.skip(label, statement.span);
        }
        if let Kind::Unknown(suggestion) = kind {
            return self.report_unknown(statement, suggestion.as_deref());
        }
        match token::tokenize(file.text, self.draft.dialect, statement.span) {
            Ok(tokens) => self.read_tokens(file, kind, tokens),
            Err(problem) => {
                self.draft.lost_table |= kind == Kind::CreateTable;
                self.draft.report(problem);
            }
        }
    }

    fn read_tokens(&mut self, file: &mut File<'_>, kind: Kind, tokens: Vec<token::PlacedToken>) {
        let default_schema = file.default_schema.clone();
        let files = self.files;
        let source = self.source(files, file.number, default_schema.as_deref());
        let mut cursor = Cursor::new(source, &tokens);
        if kind == Kind::Use {
            let name = tokens
                .get(1)
                .map(|token| cursor.text(token.span).trim_matches('`'));
            file.default_schema = name.map(str::to_owned);
            return self.draft.skip("USE", cursor.span());
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
                default_schema,
                beside: Beside::default(),
            }),
            Err(problem) => self.draft.report(problem),
        }
    }

    /// Tries again what was about something that had not been declared yet.
    fn retry(&mut self) {
        for Postponed {
            file,
            kind,
            tokens,
            default_schema,
            beside,
        } in std::mem::take(&mut self.postponed)
        {
            let source = self.source(self.files, file, default_schema.as_deref());
            let mut cursor = Cursor::new(source, &tokens);
            match self.dispatch(&kind, &mut cursor) {
                Ok(Outcome::Done | Outcome::Another) => {
                    remark::attach(&beside, self.files[file].text(), &mut self.draft);
                }
                Ok(Outcome::Missing(_)) if self.draft.lost_table => {}
                Ok(Outcome::Missing(problem)) | Err(problem) => self.draft.report(problem),
            }
        }
    }

    fn source<'s>(
        &self,
        files: &'s [SourceFile],
        file: usize,
        default_schema: Option<&'s str>,
    ) -> Source<'s> {
        Source {
            dialect: self.draft.dialect,
            file,
            text: files[file].text(),
            default_schema,
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
            Kind::Drop => drop::drop(cursor, draft),
            Kind::Comment => comment::comment(cursor, draft),
            Kind::RenameTable => alter::rename_tables(cursor, draft),
            Kind::Use | Kind::Skipped(_) | Kind::Unknown(_) => Ok(Outcome::Done),
        }
    }

    /// Reads what follows a statement that nothing separates from it.
    fn read_rest(&mut self, file: &mut File<'_>, tokens: &[token::PlacedToken]) {
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
        for ((file, label), spans) in self.draft.take_skipped() {
            let start = spans[0].start;
            let line = self.files[file].position(start).line;
            let line_end = self.files[file].line_start(line) + self.files[file].line(line).len();
            let span = Span::new(file, start, spans[0].end.min(line_end));
            self.draft.report(skipped(&label, spans.len(), span));
        }
    }

    fn report_unknown(&mut self, statement: &Statement, suggestion: Option<&str>) {
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
        self.draft
            .report(unknown_statement(&words, span, suggestion));
    }
}

/// Skipped statements of a kind that are worth a line of their own.
fn precise_label<'l>(label: &'l str, words: &[String]) -> &'l str {
    let has = |word: &str| words.iter().skip(1).any(|other| other == word);
    match label {
        "SET" if has("SEARCH_PATH") => "SET search_path",
        "CREATE SCHEMA" if has("TABLE") => "CREATE SCHEMA … CREATE TABLE",
        other => other,
    }
}

fn skipped(label: &str, count: usize, span: Span) -> Diagnostic {
    let message = match count {
        1 => format!("`{label}` is skipped"),
        _ => format!("`{label}` is skipped ({count} times in this file)"),
    };
    let warning = Diagnostic::warning(message).at(span);
    match count {
        1 => warning,
        _ => warning.label("the first of them"),
    }
}

fn unknown_statement(words: &str, span: Span, suggestion: Option<&str>) -> Diagnostic {
    Diagnostic::error(format!("unknown statement `{words}`"))
        .at(span)
        .label("this is not the beginning of a statement")
        .did_you_mean(suggestion)
}
