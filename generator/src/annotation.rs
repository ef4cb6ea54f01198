//! What a schema says beyond what a database knows: names in Rust, types, relationships, defaults that the client fills in.
//!
//! YAML files say it beside the tables that they declare, or on top of tables that SQL files declare; a build script says
//! it by the builder's methods. Whoever reads it resolves names of tables and columns to those of the catalog and reports
//! those that do not exist; what is wrong with Rust names is found when they are used.

use std::collections::BTreeMap;

use aludel_catalog::{ColumnType, Name};

use crate::diagnostic::Span;

/// Everything said beyond the catalog.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Annotations {
    /// By table, or view.
    pub tables: BTreeMap<Name, TableNotes>,
    /// By enum.
    pub enums: BTreeMap<Name, EnumNotes>,
    /// Rust types for columns that fit a pattern; the first that fits is taken.
    pub forced_types: Vec<Noted<ForcedType>>,
    /// Singular forms by plural, for words that English rules get wrong.
    pub inflections: BTreeMap<String, String>,
    /// Whether a model's name is the singular of its table's, where said.
    pub singularize: Option<Noted<bool>>,
}

/// Something and where it was said; the builder's methods have no place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted<T> {
    /// What was said.
    pub value: T,
    /// Where.
    pub span: Option<Span>,
}

/// What is said of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableNotes {
    /// The struct's name.
    pub model: Option<Noted<String>>,
    /// Paths of derives for the struct: `serde::Serialize`.
    pub derive: Vec<Noted<String>>,
    /// How an instance is shown: `<User(name='{name}')>`, with fields in braces.
    pub display: Option<Noted<String>>,
    /// By column.
    pub columns: BTreeMap<String, ColumnNotes>,
    /// Expressions that are read with each row.
    pub properties: Vec<Noted<Property>>,
    /// Relationships that are named, changed or added.
    pub relationships: Vec<Noted<RelationshipNotes>>,
    /// Whether it joins two others (many-to-many), where its form does not decide.
    pub junction: Option<Noted<bool>>,
    /// Functions that find rows by an index, where one is named.
    pub finders: Vec<Noted<Finder>>,
    /// The columns of a view by which its rows are told apart.
    pub key: Vec<Noted<String>>,
    /// The columns of a view, all of them where they are known; the catalog knows no types of them.
    pub view_columns: Vec<Noted<ViewColumn>>,
}

/// What is said of a column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ColumnNotes {
    /// The field's name.
    pub field: Option<Noted<String>>,
    /// The path of the Rust type: `crate::types::Prefs`.
    pub rust: Option<Noted<String>>,
    /// What the client fills in where an insert gives no value.
    pub client_default: Option<Noted<ClientValue>>,
    /// What the client sets whenever the row changes.
    pub on_update: Option<Noted<ClientValue>>,
    /// The enum that its values are of, where the database sees texts or numbers. Where the column's type is that of an enum
    /// of the catalog, nothing is said here.
    pub enumeration: Option<Noted<Name>>,
    /// That it holds no enum, although a check lists its values.
    pub no_enum: bool,
    /// That it counts the changes of its row, where said.
    pub version: Option<Noted<()>>,
    /// Whether its values are kept out of logs, errors and `Debug`.
    pub sensitive: bool,
}

/// A function that finds rows by an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finder {
    /// Its name: `by_email`.
    pub name: String,
    /// The index, numbered as in the catalog's table.
    pub index: usize,
    /// Its arguments with the paths of their Rust types, where said; otherwise they follow from the columns of the index.
    pub arguments: Vec<(String, String)>,
}

/// A column of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewColumn {
    /// Its name.
    pub name: String,
    /// Its type. Where it is not said, it follows from the query.
    pub ty: Option<ColumnType>,
    /// Whether it can be NULL. Where it is not said, it follows from the query.
    pub nullable: Option<bool>,
    /// The table and the column that it leads to, where said.
    pub references: Option<(Name, String)>,
}

/// A value that the client makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClientValue {
    /// A truth value.
    Boolean(bool),
    /// A number, as written.
    Number(String),
    /// A text.
    Text(String),
    /// The current date, time, or both, by the column's type: `now()`.
    Now,
    /// A new random UUID: `uuid_v4`.
    UuidV4,
    /// A new UUID that sorts by time: `uuid_v7`.
    UuidV7,
    /// What a Rust function without arguments returns: `crate::defaults::token`.
    Function(String),
}

/// An expression that is read with each row, and can be filtered by (SQLAlchemy's column property).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// The field's name.
    pub name: String,
    /// Its type.
    pub ty: ColumnType,
    /// Whether it can be NULL.
    pub nullable: bool,
    /// The expression, in which `{table}` stands for the table's name in the query.
    pub sql: String,
    /// Whether it is read only when asked for.
    pub deferred: bool,
}

/// A relationship that is named, changed or added.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RelationshipNotes {
    /// Its name on this side.
    pub name: String,
    /// Its name on the other side.
    pub back_reference: Option<Noted<String>>,
    /// The table that it leads to, where said.
    pub to: Option<Name>,
    /// The foreign key behind it, where said: its table and its columns.
    pub foreign_key: Option<(Name, Vec<String>)>,
    /// The table that joins both sides (many-to-many), where said.
    pub through: Option<Name>,
    /// What is done to the other side together with this one, where said; an empty list is nothing.
    pub cascade: Option<Vec<Noted<Cascade>>>,
    /// The order of a collection: columns of the other table, and whether descending.
    pub order_by: Vec<Noted<(String, bool)>>,
    /// A condition on the other table, as SQL, in which that table's name may stand in braces.
    pub filter: Option<Noted<String>>,
    /// How it is loaded, where said.
    pub load: Option<Noted<Load>>,
    /// Whether changes to it are not written, where said.
    pub read_only: Option<Noted<bool>>,
}

/// What is done to the other side of a relationship together with this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cascade {
    /// `save`
    Save,
    /// `merge`
    Merge,
    /// `refresh`
    Refresh,
    /// `expunge`
    Expunge,
    /// `delete`
    Delete,
    /// `delete_orphan`
    DeleteOrphan,
}

/// How a relationship is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Load {
    /// When it is first touched, for all peers at once: `lazy`.
    Lazy,
    /// By a join: `joined`.
    Joined,
    /// By a second query with the keys of the first: `selectin`.
    SelectIn,
    /// By a second query around the first: `subquery`.
    Subquery,
    /// Not at all; touching it is an error: `raise`.
    Raise,
    /// Not at all; it can only be added to: `write_only`.
    WriteOnly,
}

/// What is said of an enum.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EnumNotes {
    /// The Rust type's name.
    pub name: Option<Noted<String>>,
    /// Its values in the database, in order.
    pub values: Vec<String>,
    /// How it is stored. The catalog has those enums that the database knows by themselves.
    pub storage: EnumStorage,
    /// What it is for.
    pub comment: Option<String>,
    /// Names of variants, by the value in the database.
    pub variants: BTreeMap<String, Noted<String>>,
    /// Whether a value that is not in the list is kept, in a variant `Unknown(String)`, instead of being an error.
    pub keep_unknown: bool,
    /// The columns, by table, whose checks list its values; none where it is declared.
    pub checked: Vec<(Name, String)>,
}

/// How the values of an enum are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EnumStorage {
    /// In a type of the database's own: `native`.
    #[default]
    Native,
    /// As text, which a check constraint restricts: `check`.
    Check,
    /// As text that a foreign key looks up in a table: `lookup`.
    Lookup,
    /// As integers, which a check constraint restricts: `int`.
    Integer,
}

/// A Rust type for all columns that fit a pattern. What is not said fits everything; a pattern between slashes is a regular
/// expression, any other is compared as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ForcedType {
    /// The table's name.
    pub table: Option<String>,
    /// The column's name.
    pub column: Option<String>,
    /// The type, as the schema spells it.
    pub ty: Option<String>,
    /// Whether the column can be NULL.
    pub nullable: Option<bool>,
    /// The column's comment.
    pub comment: Option<String>,
    /// The path of the Rust type.
    pub rust: String,
}
