//! The catalog while it is being read: its parts with their places, found by name.

mod change;

use std::collections::{BTreeMap, HashMap, HashSet};

use aludel_catalog::{
    Check, Column, Dialect, Enum, ForeignKey, Index, Name, PrimaryKey, Sequence, TableOption,
    Unique, View,
};

use super::{Placed, composite::Composite, domain::DomainDraft, remark::Remarks};
use crate::{
    annotation::Annotations,
    diagnostic::{Diagnostic, Severity, Span},
};

/// What has been read so far.
pub(super) struct Draft {
    pub(super) dialect: Dialect,
    pub(super) tables: Vec<TableDraft>,
    table_numbers: HashMap<Name, usize>,
    /// The tables that indexes were declared on, by the names of the indexes. Dropped ones may still be in it.
    index_tables: HashMap<Name, Name>,
    pub(super) views: Vec<Placed<View>>,
    /// What comments say of views, and of their columns.
    pub(super) view_remarks: HashMap<Name, Remarks>,
    pub(super) view_column_remarks: BTreeMap<(Name, String), Remarks>,
    pub(super) enums: Vec<Placed<Enum>>,
    pub(super) domains: Vec<DomainDraft>,
    /// What comments say of enums and domains.
    pub(super) type_remarks: BTreeMap<Name, Remarks>,
    pub(super) sequences: Vec<Placed<Sequence>>,
    /// Types that are declared, but of which the catalog knows nothing. Tables can have the columns of composite ones.
    pub(super) opaque_types: BTreeMap<Name, Option<Composite>>,
    /// Tables that are known to exist, but are left out of the catalog, and indexes on them.
    pub(super) left_out: HashSet<Name>,
    /// What is not there to be dropped, by its kind. It may be declared later.
    pub(super) nothing_to_drop: Vec<(&'static str, Placed<Name>)>,
    /// The tables in which SQLite's virtual tables keep their data.
    pub(super) shadows: HashSet<Name>,
    /// Partitions, which are left out, as the tables that they become when they are detached.
    pub(super) partitions: HashMap<Name, TableDraft>,
    /// Where else to look for a name that is not in a namespace.
    further: Further,
    /// Whether the database is extended by what may bring types of its own.
    pub(super) extended: bool,
    /// Whether a table may be missing because its declaration could not be read.
    pub(super) lost_table: bool,
    /// What was skipped: by file and kind, and where.
    skipped: Skipped,
    pub(super) annotations: Annotations,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What was skipped: by file and kind, how bad that is, and where.
pub(super) type Skipped = BTreeMap<(usize, String), (Severity, Vec<Span>)>;

/// Where else to look for what is not in a namespace.
type Further = HashMap<Option<String>, Vec<Option<String>>>;

/// A table while it is being read.
#[derive(Debug, Clone)]
pub(super) struct TableDraft {
    pub(super) name: Name,
    pub(super) span: Span,
    pub(super) file: String,
    pub(super) columns: Vec<ColumnDraft>,
    pub(super) primary_key: Option<Placed<PrimaryKey>>,
    pub(super) foreign_keys: Vec<ForeignKeyDraft>,
    pub(super) uniques: Vec<Placed<Unique>>,
    pub(super) checks: Vec<CheckDraft>,
    pub(super) indexes: Vec<Placed<Index>>,
    pub(super) comment: Option<String>,
    pub(super) options: Vec<TableOption>,
    /// The composite type whose attributes its columns are.
    pub(super) of_type: Option<Name>,
    /// The tables that it inherits from.
    pub(super) parents: Vec<Name>,
    /// Whether a column may be missing because its declaration could not be read.
    pub(super) lost_column: bool,
    /// What comments say of it.
    pub(super) remarks: Remarks,
}

/// A column while it is being read.
#[derive(Debug, Clone)]
pub(super) struct ColumnDraft {
    pub(super) column: Column,
    pub(super) span: Span,
    /// Where its type stands; its name where it has none.
    pub(super) type_span: Span,
    /// The values of an enum that is declared with the column.
    pub(super) enum_values: Option<Vec<String>>,
    /// Whether its table has it not only from a parent.
    pub(super) is_local: bool,
    /// What comments say of it.
    pub(super) remarks: Remarks,
}

/// A check while it is being read.
#[derive(Debug, Clone)]
pub(super) struct CheckDraft {
    pub(super) check: Check,
    pub(super) span: Span,
    /// Whether its table has it not only from a parent.
    pub(super) is_local: bool,
    /// Whether tables that inherit have it, too.
    pub(super) is_handed_down: bool,
}

impl CheckDraft {
    /// Whether another table's check is this one: without names, it has to be the very same.
    pub(super) fn is_same(&self, other: &CheckDraft) -> bool {
        self.check.name == other.check.name
            && (self.check.name.is_some() || self.span == other.span)
    }
}

/// A foreign key while it is being read.
#[derive(Debug, Clone)]
pub(super) struct ForeignKeyDraft {
    pub(super) key: ForeignKey,
    pub(super) span: Span,
    pub(super) table_span: Span,
    pub(super) reference_spans: Vec<Span>,
}

impl Draft {
    pub(super) fn new(dialect: Dialect) -> Self {
        Draft {
            dialect,
            tables: Vec::new(),
            table_numbers: HashMap::new(),
            index_tables: HashMap::new(),
            views: Vec::new(),
            view_remarks: HashMap::new(),
            view_column_remarks: BTreeMap::new(),
            enums: Vec::new(),
            domains: Vec::new(),
            type_remarks: BTreeMap::new(),
            sequences: Vec::new(),
            opaque_types: BTreeMap::new(),
            left_out: HashSet::new(),
            nothing_to_drop: Vec::new(),
            shadows: HashSet::new(),
            partitions: HashMap::new(),
            further: HashMap::new(),
            extended: false,
            lost_table: false,
            skipped: BTreeMap::new(),
            annotations: Annotations::default(),
            diagnostics: Vec::new(),
        }
    }

    pub(super) fn report(&mut self, diagnostic: impl Into<Box<Diagnostic>>) {
        self.diagnostics.push(*diagnostic.into());
    }

    /// Notes that something of a kind was passed over because it says nothing about tables. Each kind is told once a file.
    pub(super) fn skip(&mut self, kind: &str, span: Span) {
        self.add_skipped(Severity::Note, kind, span);
    }

    /// Warns that something of a kind is missing now. Each kind is told once a file.
    pub(super) fn miss(&mut self, kind: &str, span: Span) {
        self.add_skipped(Severity::Warning, kind, span);
    }

    fn add_skipped(&mut self, severity: Severity, kind: &str, span: Span) {
        let places = self.skipped.entry((span.file, kind.to_owned()));
        places.or_insert((severity, Vec::new())).1.push(span);
    }

    /// What was skipped: each kind of each file with its places.
    pub(super) fn take_skipped(&mut self) -> Skipped {
        std::mem::take(&mut self.skipped)
    }

    /// Reports what went wrong, if something did.
    pub(super) fn accept<T>(&mut self, outcome: super::Result<T>) -> Option<T> {
        outcome.map_err(|problem| self.report(problem)).ok()
    }

    /// The table of this name, or one that the search path leads to.
    pub(super) fn table_number(&self, name: &Name) -> Option<usize> {
        self.find(name, |name| self.own_table_number(name))
    }

    /// The table of exactly this name.
    pub(super) fn own_table_number(&self, name: &Name) -> Option<usize> {
        self.table_numbers.get(&self.key(name)).copied()
    }

    pub(super) fn table(&self, name: &Name) -> Option<&TableDraft> {
        Some(&self.tables[self.table_number(name)?])
    }

    pub(super) fn view_number(&self, name: &Name) -> Option<usize> {
        self.find(name, |name| self.own_view_number(name))
    }

    /// The view of exactly this name.
    pub(super) fn own_view_number(&self, name: &Name) -> Option<usize> {
        let key = self.key(name);
        self.views
            .iter()
            .position(|view| self.key(&view.value.name) == key)
    }

    pub(super) fn enum_number(&self, name: &Name) -> Option<usize> {
        self.find(name, |name| {
            let mut enums = self.enums.iter();
            enums.position(|item| item.value.name == *name)
        })
    }

    pub(super) fn domain_number(&self, name: &Name) -> Option<usize> {
        self.find(name, |name| {
            let mut domains = self.domains.iter();
            domains.position(|domain| domain.value.name == *name)
        })
    }

    /// Whether there is a type of this name.
    pub(super) fn names_type(&self, name: &Name) -> bool {
        self.enum_number(name).is_some()
            || self.domain_number(name).is_some()
            || self.opaque_name(name).is_some()
    }

    /// The name under which a type is declared that is neither an enum nor a domain.
    pub(super) fn opaque_name(&self, name: &Name) -> Option<Name> {
        self.find(name, |name| {
            self.opaque_types.contains_key(name).then(|| name.clone())
        })
    }

    pub(super) fn sequence_number(&self, name: &Name) -> Option<usize> {
        self.find(name, |name| {
            let mut sequences = self.sequences.iter();
            sequences.position(|sequence| sequence.value.name.as_ref() == Some(name))
        })
    }

    /// Finds what has this name, or what has it in a namespace further on the search path.
    fn find<T>(&self, name: &Name, of: impl Fn(&Name) -> Option<T>) -> Option<T> {
        of(name).or_else(|| further_names(&self.further, name).iter().find_map(of))
    }

    /// Notes that what is not in one namespace is looked for in others. It is not forgotten again: no database takes a file
    /// in which that would lead to something else.
    pub(super) fn look_further(&mut self, from: Option<String>, others: &[Option<String>]) {
        let known = self.further.entry(from.clone()).or_default();
        for other in others {
            if *other != from && !known.contains(other) {
                known.push(other.clone());
            }
        }
    }

    pub(super) fn is_left_out(&self, name: &Name) -> bool {
        self.left_out_name(name).is_some()
    }

    /// The name as which something is kept that is left out.
    pub(super) fn left_out_name(&self, name: &Name) -> Option<Name> {
        self.find(name, |name| self.left_out.get(&self.key(name)).cloned())
    }

    pub(super) fn leave_out(&mut self, name: &Name) {
        let key = self.key(name);
        self.left_out.insert(key);
    }

    /// Adds a table, whose name must be free.
    pub(super) fn add_table(&mut self, table: TableDraft) -> usize {
        let number = self.tables.len();
        self.table_numbers.insert(self.key(&table.name), number);
        self.tables.push(table);
        number
    }

    pub(super) fn remove_table(&mut self, number: usize) -> TableDraft {
        let table = self.tables.remove(number);
        self.number_tables();
        table
    }

    pub(super) fn rename_table(&mut self, number: usize, name: Name) {
        self.tables[number].name = name;
        self.number_tables();
        self.find_indexes(number);
    }

    /// Notes anew which table the indexes of a table are on.
    pub(super) fn find_indexes(&mut self, table: usize) {
        let table = &self.tables[table];
        let names = table.indexes.iter().filter_map(|index| {
            Some(Name {
                schema: table.name.schema.clone(),
                name: index.value.name.clone()?,
            })
        });
        let found: Vec<_> = names
            .map(|name| (self.key(&name), table.name.clone()))
            .collect();
        self.index_tables.extend(found);
    }

    /// The index of this name: the numbers of its table and of the index within.
    pub(super) fn index_numbers(&self, name: &Name) -> Option<(usize, usize)> {
        self.find(name, |name| self.own_index_numbers(name))
    }

    fn own_index_numbers(&self, name: &Name) -> Option<(usize, usize)> {
        let table = self.table_number(self.index_tables.get(&self.key(name))?)?;
        let named = |index: &Placed<Index>| {
            let other = index.value.name.as_deref();
            other.is_some_and(|other| self.is_same(other, &name.name))
        };
        let index = self.tables[table].indexes.iter().position(named)?;
        Some((table, index))
    }

    /// Adds an index to a table.
    pub(super) fn add_index(&mut self, table: usize, index: Placed<Index>) {
        let owner = &self.tables[table].name;
        if let Some(name) = &index.value.name {
            let name = Name {
                schema: owner.schema.clone(),
                name: name.clone(),
            };
            let owner = owner.clone();
            self.index_tables.insert(self.key(&name), owner);
        }
        self.tables[table].indexes.push(index);
    }

    /// A name as the dialect compares it.
    pub(super) fn key(&self, name: &Name) -> Name {
        Name {
            schema: name.schema.as_deref().map(|schema| self.fold(schema)),
            name: self.fold(&name.name),
        }
    }

    /// Whether two names of columns are the same to the dialect.
    pub(super) fn is_same(&self, left: &str, right: &str) -> bool {
        left == right || self.fold(left) == self.fold(right)
    }

    pub(super) fn fold(&self, name: &str) -> String {
        fold(self.dialect, name)
    }

    fn number_tables(&mut self) {
        self.table_numbers = self
            .tables
            .iter()
            .enumerate()
            .map(|(number, table)| (self.key(&table.name), number))
            .collect();
    }
}

/// What else a name can mean.
fn further_names(further: &Further, name: &Name) -> Vec<Name> {
    let schemas = further.get(&name.schema).into_iter().flatten();
    let within = |schema: &Option<String>| Name {
        schema: schema.clone(),
        name: name.name.clone(),
    };
    schemas.map(within).collect()
}

/// A name as a dialect compares it.
pub(super) fn fold(dialect: Dialect, name: &str) -> String {
    match dialect {
        Dialect::Postgres => name.to_owned(),
        Dialect::Sqlite => name.to_ascii_lowercase(),
        Dialect::Mysql => name.to_lowercase(),
    }
}

impl TableDraft {
    pub(super) fn new(name: Placed<Name>, file: String) -> Self {
        TableDraft {
            name: name.value,
            span: name.span,
            file,
            columns: Vec::new(),
            primary_key: None,
            foreign_keys: Vec::new(),
            uniques: Vec::new(),
            checks: Vec::new(),
            indexes: Vec::new(),
            comment: None,
            options: Vec::new(),
            of_type: None,
            parents: Vec::new(),
            lost_column: false,
            remarks: Remarks::default(),
        }
    }

    /// Whether a column is part of the primary key.
    pub(super) fn is_key(&self, column: &str) -> bool {
        self.primary_key
            .as_ref()
            .is_some_and(|key| key.value.columns.iter().any(|name| name == column))
    }

    pub(super) fn column_names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|draft| draft.column.name.as_str())
    }

    /// The number of the column of this name, as the dialect compares names.
    pub(super) fn column_number(&self, draft: &Draft, name: &str) -> Option<usize> {
        self.columns
            .iter()
            .position(|column| draft.is_same(&column.column.name, name))
    }
}
