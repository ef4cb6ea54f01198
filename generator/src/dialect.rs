//! The dialect of schema files whose dialect is not said: found by what only one database understands.

mod evidence;
mod scan;

use aludel_catalog::Dialect;

use self::evidence::CERTAIN;
use crate::{
    diagnostic::{Diagnostic, Span},
    source::SourceFile,
    yaml::is_yaml,
};

/// What speaks for a dialect.
#[derive(Debug, Clone)]
struct Finding {
    dialect: Dialect,
    weight: u32,
    span: Span,
}

/// The dialect of the files, and what is to be said where that is not certain. Without any evidence it is SQLite's.
pub(crate) fn detect(files: &[SourceFile]) -> (Dialect, Option<Diagnostic>) {
    let mut findings: Vec<Finding> = Vec::new();
    for (number, file) in files.iter().enumerate() {
        match is_yaml(file.name()) {
            true => findings.extend(said_in_yaml(number, file)),
            false => findings.extend(evidence::find(number, file.text())),
        }
    }
    if findings.iter().all(|finding| finding.weight < CERTAIN) {
        // Names of files and folders say what the texts leave open.
        let files = files.iter().enumerate();
        let sql = files.filter(|(_, file)| !is_yaml(file.name()));
        findings.extend(sql.filter_map(|(number, file)| evidence::of_path(number, file.name())));
    }
    let mut candidates: Vec<Candidate<'_>> = Dialect::ALL
        .into_iter()
        .filter_map(|dialect| Candidate::of(dialect, &findings))
        .collect();
    candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.weight));
    let Some(best) = candidates.first() else {
        return (Dialect::Sqlite, None);
    };
    let rivals: Vec<&Candidate<'_>> = candidates[1..]
        .iter()
        .filter(|other| match best.weight < CERTAIN {
            true => other.weight * 2 > best.weight,
            false => other.weight >= CERTAIN,
        })
        .collect();
    let problem = (!rivals.is_empty()).then(|| ambiguous(files, best, &rivals));
    (best.dialect, problem)
}

/// A dialect that something speaks for.
struct Candidate<'f> {
    dialect: Dialect,
    weight: u32,
    /// The first of what weighs most.
    best: &'f Finding,
}

impl<'f> Candidate<'f> {
    fn of(dialect: Dialect, findings: &'f [Finding]) -> Option<Self> {
        let own = || {
            findings
                .iter()
                .filter(move |finding| finding.dialect == dialect)
        };
        let mut best = own().next()?;
        for finding in own() {
            if finding.weight > best.weight {
                best = finding;
            }
        }
        Some(Candidate {
            dialect,
            weight: own().map(|finding| finding.weight).sum(),
            best,
        })
    }
}

/// `dialect: postgres` at the start of a line: what the file itself says.
fn said_in_yaml(number: usize, file: &SourceFile) -> Option<Finding> {
    let mut start = 0;
    for line in file.text().split_inclusive('\n') {
        let said = line.strip_prefix("dialect:").map(|rest| {
            let rest = rest.split('#').next().unwrap_or_default();
            rest.trim().trim_matches(['"', '\''])
        });
        let dialect = said.and_then(|said| {
            let mut all = Dialect::ALL.into_iter();
            all.find(|dialect| dialect.as_str().eq_ignore_ascii_case(said))
        });
        if let Some(dialect) = dialect {
            return Some(Finding {
                dialect,
                weight: CERTAIN * CERTAIN,
                span: Span::new(number, start, start + line.trim_end().len()),
            });
        }
        start += line.len();
    }
    None
}

/// Nothing is certain, or too much is.
fn ambiguous(files: &[SourceFile], best: &Candidate<'_>, rivals: &[&Candidate<'_>]) -> Diagnostic {
    let shown = |candidate: &Candidate<'_>| {
        let span = candidate.best.span;
        let text = &files[span.file].text()[span.start..span.end];
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return format!(
                "the name of this file is that of {}",
                name(candidate.dialect)
            );
        }
        format!("`{text}` is that of {}", name(candidate.dialect))
    };
    let mut all = vec![best];
    all.extend(rivals);
    let names: Vec<&str> = all
        .iter()
        .map(|candidate| name(candidate.dialect))
        .collect();
    let names = names.join(" and of ");
    let diagnostic = match best.weight < CERTAIN {
        true => Diagnostic::warning(format!(
            "these files could be SQL of {names}; they are read as that of {}",
            name(best.dialect)
        )),
        false => Diagnostic::error(format!("these files look like SQL of {names}")),
    };
    let mut diagnostic = diagnostic.at(best.best.span).label(shown(best));
    for rival in rivals {
        diagnostic = diagnostic.also(rival.best.span, shown(rival));
    }
    diagnostic.help(format!(
        "say which it is: `.dialect(Dialect::{:?})` in build.rs, `--dialect {}` on the command line, `dialect: {}` in YAML",
        best.dialect,
        best.dialect.as_str(),
        best.dialect.as_str(),
    ))
}

/// As people write it.
fn name(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "SQLite",
        Dialect::Postgres => "PostgreSQL",
        Dialect::Mysql => "MySQL",
    }
}
