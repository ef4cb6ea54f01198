//! What Rust will see of a schema.

use aludel_catalog::{Column, Name, Table};

use super::{Constraints, Filling, Input, Piece, RustType};
use crate::{
    annotation::{Cascade, Load},
    diagnostic::Span,
    naming,
};

/// The models of a schema, in the order of its tables.
#[derive(Debug)]
pub(crate) struct Models {
    pub(crate) entities: Vec<Entity>,
    pub(crate) enums: Vec<Enumeration>,
}

/// A struct for the rows of a table.
#[derive(Debug)]
pub(crate) struct Entity {
    /// The table, as its position in the catalog.
    pub(crate) table: usize,
    /// Whether that is a view, whose rows are only read.
    pub(crate) view: bool,
    /// The struct: `Person`.
    pub(crate) name: String,
    /// Its module and file: `person`.
    pub(crate) module: String,
    /// Derives beside the usual ones.
    pub(crate) derives: Vec<String>,
    /// How an instance is shown.
    pub(crate) display: Vec<Piece>,
    /// Its fields: one for each column, in the same order, then one for each property.
    pub(crate) fields: Vec<Field>,
    /// The fields of the primary key, as positions; empty where there is none.
    pub(crate) key: Vec<usize>,
    /// The type of its own for the key, where asked for.
    pub(crate) id_type: Option<IdType>,
    /// The foreign keys that lead to models, as their positions in the table.
    pub(crate) foreign_keys: Vec<usize>,
    /// Where it leads to.
    pub(crate) relationships: Vec<Relationship>,
    /// The methods by which objects follow the relationships, where there are some.
    pub(crate) accessors: Option<Accessors>,
    /// Its constraints, where it has some.
    pub(crate) constraints: Option<Constraints>,
    /// Ways to find the only row with some values.
    pub(crate) finders: Vec<Finder>,
    /// The columns of each unique key but the primary one, as positions.
    pub(crate) unique_keys: Vec<Vec<usize>>,
}

impl Entity {
    /// What is called after several fields: `name_and_age`.
    pub(crate) fn joined_names(&self, fields: &[usize]) -> String {
        let mut names: Vec<&str> = fields
            .iter()
            .map(|&field| naming::plain(&self.fields[field].name))
            .collect();
        for name in names.iter_mut().skip(1) {
            *name = naming::behind_others(name);
        }
        names.join("_and_")
    }

    /// The position of a foreign key among those that lead to models.
    pub(crate) fn foreign_key_position(&self, foreign_key: usize) -> usize {
        let mut known = self.foreign_keys.iter();
        known
            .position(|&known| known == foreign_key)
            .expect("a relationship goes along a foreign key that leads to a model")
    }
}

/// A field of a struct.
#[derive(Debug)]
pub(crate) struct Field {
    /// Its name, raw where it has to be: `r#type`.
    pub(crate) name: String,
    /// Its type, without the `Option`.
    pub(crate) ty: RustType,
    /// Whether it can be NULL.
    pub(crate) nullable: bool,
    /// Whether an insert may leave it out.
    pub(crate) optional_on_insert: bool,
    /// Whether the database refuses values for it.
    pub(crate) read_only: bool,
    /// How to make the value that the client fills in.
    pub(crate) client_default: Option<Filling>,
    /// How to make the value that the client sets when the row changes.
    pub(crate) client_update: Option<Filling>,
    /// What it reads.
    pub(crate) origin: Origin,
    /// Whether it counts the changes of its row.
    pub(crate) version: bool,
    /// Whether its values are kept out of logs, errors and `Debug`.
    pub(crate) sensitive: bool,
}

/// What a field reads.
#[derive(Debug)]
pub(crate) enum Origin {
    /// The column at the same position.
    Column,
    /// An expression, in which `{table}` stands for the table's name in the query.
    Property(String),
}

/// A newtype for a table's key: `pub struct UserId(pub i64);`.
#[derive(Debug)]
pub(crate) struct IdType {
    pub(crate) name: String,
    pub(crate) inner: RustType,
}

/// A relationship to other rows.
#[derive(Debug, Clone)]
pub(crate) struct Relationship {
    /// Its name.
    pub(crate) name: String,
    /// The entity it leads to, as its position.
    pub(crate) target: usize,
    /// How many rows it leads to.
    pub(crate) cardinality: Cardinality,
    /// Whether it leads back to its own table.
    pub(crate) to_itself: bool,
    /// How it gets there.
    pub(crate) way: Way,
    /// The foreign key behind it (of a many-to-many, the one that leads here): its table, as its position in the catalog, and
    /// its position there.
    pub(crate) foreign_key: (usize, usize),
    /// What is done to the other side together with this one.
    pub(crate) cascade: Vec<Cascade>,
    /// When it is loaded, and how.
    pub(crate) load: Load,
    /// The order of a collection: fields of the other table as positions, each with whether it is descending.
    pub(crate) order: Vec<(usize, bool)>,
    /// A condition on the other table, in which `{table}` stands for its name in the query.
    pub(crate) filter: Option<String>,
    /// Whether it can only be read.
    pub(crate) read_only: bool,
}

/// How a relationship gets to the other table, by pairs of fields that are equal, as positions.
#[derive(Debug, Clone)]
pub(crate) enum Way {
    /// Along a foreign key of its own table, from here to there.
    Own(Vec<(usize, usize)>),
    /// Back along a foreign key of the other table, from here to there.
    Back(Vec<(usize, usize)>),
    /// Through the table of another entity: from here to it, and onward from it.
    Through {
        entity: usize,
        on: Vec<(usize, usize)>,
        onward: Vec<(usize, usize)>,
        /// The foreign key that leads onward, as its position in the table in between.
        there: usize,
    },
}

/// A trait with the methods by which objects of a model follow its relationships.
#[derive(Debug)]
pub(crate) struct Accessors {
    /// The trait's name: `PersonRelationships`.
    pub(crate) name: String,
    /// The methods.
    pub(crate) methods: Vec<Accessor>,
}

/// The methods for a relationship.
#[derive(Debug)]
pub(crate) struct Accessor {
    /// The relationship, as its position.
    pub(crate) relationship: usize,
    /// What gives the other side: `hobby`.
    pub(crate) name: String,
    /// What sets the other side, where it can be set: `set_hobby`.
    pub(crate) setter: Option<String>,
}

/// How many rows a relationship leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cardinality {
    One,
    Optional,
    Many,
}

/// A function that finds rows by values: the only row by those of a unique key.
#[derive(Debug)]
pub(crate) struct Finder {
    /// Its name: `by_email`.
    pub(crate) name: String,
    /// What it takes.
    pub(crate) arguments: Vec<Argument>,
}

/// A value that a finder takes, and what has to equal it.
#[derive(Debug)]
pub(crate) struct Argument {
    /// Its name.
    pub(crate) name: String,
    /// Its type.
    pub(crate) ty: RustType,
    /// What has to equal it.
    pub(crate) sought: Sought,
}

/// What a finder looks at.
#[derive(Debug, PartialEq)]
pub(crate) enum Sought {
    /// A field, as its position.
    Field(usize),
    /// An expression, as the schema writes it.
    Expression(String),
}

/// A Rust enum for an enum of the schema.
#[derive(Debug)]
pub(crate) struct Enumeration {
    /// The enum's name in the schema.
    pub(crate) declared: Name,
    /// The table and the column whose values are any number of these, where it is the list of a SET.
    pub(crate) set: Option<(Name, String)>,
    /// What it is for.
    pub(crate) comment: Option<String>,
    /// Its name.
    pub(crate) name: String,
    /// Its module and file.
    pub(crate) module: String,
    /// Its variants, each with the value in the database.
    pub(crate) variants: Vec<(String, String)>,
    /// Whether the database keeps numbers.
    pub(crate) is_integer: bool,
    /// Whether there is a variant for values that are not in the list.
    pub(crate) keep_unknown: bool,
}

impl Enumeration {
    /// Where it was declared.
    pub(super) fn span(&self, input: Input<'_>) -> Option<Span> {
        match &self.set {
            Some((table, column)) => input.positions.column(table, column),
            None => input.positions.enumeration(&self.declared),
        }
    }

    /// Whether the column has any number of these values.
    pub(crate) fn lists(&self, table: &Table, column: &Column) -> bool {
        let set = self.set.as_ref();
        set.is_some_and(|(of, name)| *of == table.name && *name == column.name)
    }
}
