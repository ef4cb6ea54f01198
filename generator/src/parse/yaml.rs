//! YAML files join the draft that the SQL files have begun.
//!
//! A table that no SQL file declares is defined; one that is there already is annotated, and what its declaration says is
//! not said a second time. Definitions come before the statements that had to wait for them, annotations behind, when every
//! table and column is known.

mod action;
mod client_value;
mod column;
mod enumeration;
mod forced_type;
mod foreign_key;
mod fragment;
mod index;
mod key;
mod name;
mod notes;
mod overlay;
mod property;
mod reference_type;
mod relationship;
mod remarked;
mod sequence;
mod table;
mod view;

use std::collections::{HashMap, HashSet};

use aludel_catalog::{Dialect, Name};

pub(super) use self::view::unknown_column as unknown_view_column;

use self::{enumeration::Enums, reference_type::Awaited};
use super::{draft::Draft, resolve::named_types, table::declared_twice};
use crate::{
    diagnostic::{Diagnostic, Span},
    source::SourceFile,
    yaml::{self, Entry, Fields, Node, choice, expected, fields, keys, map},
};

/// All YAML files of a schema.
pub(super) struct Files<'f> {
    documents: Vec<Document<'f>>,
    dialect: Dialect,
    /// Whether tables may be missing because a file could not be read.
    incomplete: bool,
    problems: Vec<Diagnostic>,
    enums: Enums,
    /// The tables that are defined here.
    defined: HashSet<Name>,
    awaited: Vec<Awaited>,
}

/// One file.
struct Document<'f> {
    file: &'f str,
    node: Node,
}

impl<'f> Files<'f> {
    /// Reads the files into trees. `dialect` is that of the SQL files, and of YAML files that name none.
    pub(super) fn load(files: &'f [SourceFile], dialect: Dialect) -> Self {
        let mut loaded = Files {
            documents: Vec::new(),
            dialect,
            incomplete: false,
            problems: Vec::new(),
            enums: Enums::default(),
            defined: HashSet::new(),
            awaited: Vec::new(),
        };
        for (number, file) in files.iter().enumerate() {
            if yaml::is_yaml(file.name()) {
                loaded.load_file(number, file);
            }
        }
        let only_yaml = files.iter().all(|file| yaml::is_yaml(file.name()));
        loaded.choose_dialect(only_yaml);
        loaded
    }

    /// The dialect of the schema.
    pub(super) fn dialect(&self) -> Dialect {
        self.dialect
    }

    fn load_file(&mut self, number: usize, file: &'f SourceFile) {
        let problems_before = self.problems.len();
        match yaml::load(number, file, &mut self.problems) {
            Some(node) => self.documents.push(Document {
                file: file.name(),
                node,
            }),
            None => self.incomplete |= self.problems.len() > problems_before,
        }
    }

    /// Where SQL files are part of the schema, it has their dialect; otherwise the one that the files name.
    fn choose_dialect(&mut self, only_yaml: bool) {
        let mut first = None;
        for document in &self.documents {
            let Some(node) = document.value("dialect") else {
                continue;
            };
            let Some(number) = choice(node, keys::DIALECT, &mut self.problems) else {
                continue;
            };
            let dialect = Dialect::ALL[number];
            match first {
                None if only_yaml => {
                    self.dialect = dialect;
                    first = Some(node.span);
                }
                _ if dialect == self.dialect => {}
                Some(span) => self.problems.push(
                    other_dialect(node, dialect, self.dialect).also(span, "the first one is named here"),
                ),
                None => self
                    .problems
                    .push(other_dialect(node, dialect, self.dialect).help(format!(
                        "say in which dialect the SQL files are written: `.dialect(Dialect::{dialect:?})`"
                    ))),
            }
        }
    }

    /// Adds what the files declare.
    pub(super) fn declare(&mut self, draft: &mut Draft) {
        draft.diagnostics.append(&mut self.problems);
        draft.lost_table |= self.incomplete;
        if self.documents.is_empty() {
            return enumeration::declare_remarked(&mut self.enums, draft);
        }
        named_types::name_column_enums(draft);
        let documents = std::mem::take(&mut self.documents);
        for document in &documents {
            let Some(file) = fields(&document.node, keys::FILE, &mut draft.diagnostics) else {
                draft.lost_table = true;
                continue;
            };
            check_version(&file, draft);
            forced_type::read(&file, draft);
            enumeration::declare_all(&file, &mut self.enums, draft);
            sequence::declare_all(&file, draft);
        }
        enumeration::declare_remarked(&mut self.enums, draft);
        for document in &documents {
            self.define_tables(document, draft);
        }
        for document in &documents {
            view::declare_all(document.entries("views", draft), draft);
        }
        self.documents = documents;
    }

    fn define_tables(&mut self, document: &Document<'_>, draft: &mut Draft) {
        let columns = document.entries("defaults", draft);
        for entry in document.entries("tables", draft) {
            let Some(name) = name::of_table(&entry.key, draft) else {
                continue;
            };
            let key = draft.key(&name.value);
            if let Some(first) = draft.table(&name.value).map(|table| table.span) {
                if self.defined.contains(&key) {
                    draft.report(declared_twice("table", &name, first));
                }
                continue;
            }
            if let Some(view) = draft.view_number(&name.value) {
                let first = draft.views[view].span;
                draft.report(declared_twice("table or view", &name, first));
                continue;
            }
            self.defined.insert(key);
            let scope = column::Scope {
                defaults: columns,
                enums: &self.enums,
                awaited: &mut self.awaited,
            };
            table::define(scope, name, &entry.value, document.file, draft);
        }
    }

    /// Looks up what refers to other tables, and adds what is said beyond the schema.
    pub(super) fn complete(&self, draft: &mut Draft) {
        reference_type::take_over(&self.awaited, draft);
        let mut annotated = HashMap::new();
        let mut views = HashSet::new();
        for document in &self.documents {
            for entry in document.entries("tables", draft) {
                self.annotate(entry, &mut annotated, draft);
            }
            for entry in document.entries("views", draft) {
                let number =
                    name::plain(&entry.key, draft).and_then(|name| draft.view_number(&name));
                views.extend(number);
                let entry = remarked::view(entry, number, draft);
                view::annotate(&entry, &self.enums, draft);
            }
        }
        self.complete_by_comments(&annotated, &views, draft);
    }

    /// Adds what only comments say.
    fn complete_by_comments(
        &self,
        annotated: &HashMap<usize, Span>,
        views: &HashSet<usize>,
        draft: &mut Draft,
    ) {
        for table in (0..draft.tables.len()).filter(|table| !annotated.contains_key(table)) {
            if let Some(node) = remarked::table(None, table, draft) {
                self.annotate_table(&node, table, false, draft);
            }
        }
        for view in (0..draft.views.len()).filter(|view| !views.contains(view)) {
            if let Some(entry) = remarked::only(view, draft) {
                view::annotate(&entry, &self.enums, draft);
            }
        }
    }

    fn annotate(&self, entry: &Entry, annotated: &mut HashMap<usize, Span>, draft: &mut Draft) {
        let table = name::plain(&entry.key, draft).and_then(|name| draft.table_number(&name));
        let Some(table) = table else {
            return;
        };
        let is_defined = self.defined.contains(&draft.key(&draft.tables[table].name));
        if let Some(first) = annotated.insert(table, entry.key.span) {
            if !is_defined {
                draft.report(annotated_twice(entry, first));
            }
            return;
        }
        let node = remarked::table(Some(&entry.value), table, draft);
        let node = node.as_ref().unwrap_or(&entry.value);
        self.annotate_table(node, table, is_defined, draft);
    }

    fn annotate_table(&self, node: &Node, table: usize, is_defined: bool, draft: &mut Draft) {
        let known = notes::known_fields(node, keys::TABLE);
        let fields = match is_defined {
            true => known,
            false => fields(node, keys::TABLE, &mut draft.diagnostics),
        };
        let Some(fields) = fields else {
            return;
        };
        if !is_defined {
            overlay::read(&fields, table, &self.enums, draft);
        }
        notes::read(&fields, table, draft);
    }
}

impl Document<'_> {
    fn value(&self, key: &str) -> Option<&Node> {
        let fields = notes::known_fields(&self.node, keys::FILE)?;
        fields.get(key)
    }

    /// The entries of a map of the file. Where it is none, that is told once: the draft drops what is told again.
    fn entries(&self, key: &str, draft: &mut Draft) -> &[Entry] {
        let node = self.value(key);
        node.and_then(|node| map(node, "a map by name", &mut draft.diagnostics))
            .unwrap_or_default()
    }
}

fn check_version(file: &Fields<'_>, draft: &mut Draft) {
    if let Some(node) = file.get("version")
        && node.scalar().is_none_or(|version| version.text != "1")
    {
        draft.report(expected(node, "version `1` of the format"));
    }
}

fn annotated_twice(entry: &Entry, first: Span) -> Diagnostic {
    Diagnostic::error(format!("table `{}` is annotated twice", entry.key.text))
        .at(entry.key.span)
        .label("annotated again here")
        .also(first, "first annotated here")
}

fn other_dialect(node: &Node, said: Dialect, used: Dialect) -> Diagnostic {
    Diagnostic::error(format!(
        "this file is written for {said}, but the schema is one for {used}"
    ))
    .at(node.span)
}
