//! The facts about relationships that sessions need at run time.

use std::fmt;

use super::info::{ForeignKeyInfo, TableInfo};

/// What sessions have to know of a relationship that a table's rows have.
#[derive(Debug, PartialEq, Eq)]
pub struct RelationInfo {
    /// Its name: `hobby`.
    pub name: &'static str,
    /// How it gets to the other side.
    pub along: Along,
    /// What is done to the other side together with this one.
    pub cascade: Cascade,
    /// When it is loaded, and how.
    pub load: Load,
    /// The order of a collection: columns of the other table as positions, each with whether it is descending.
    pub order: &'static [(usize, bool)],
    /// A condition on the rows of the other table, in which `{table}` stands for what the query calls that.
    pub filter: Option<&'static str>,
    /// Whether it can only be read.
    pub read_only: bool,
}

/// How a relationship gets to the other side.
#[derive(Clone, Copy)]
pub enum Along {
    /// By a foreign key of its own table, as a position there.
    Own(usize),
    /// By a foreign key of another table, that leads here.
    Other {
        /// The other table.
        table: &'static TableInfo,
        /// The foreign key, as a position there.
        foreign_key: usize,
    },
    /// Through a table in between, whose rows are pairs.
    Between {
        /// The table in between.
        table: &'static TableInfo,
        /// Its foreign key that leads here, as a position.
        here: usize,
        /// Its foreign key that leads to the other side, as a position.
        there: usize,
    },
}

/// What is done to the other side of a relationship together with this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cascade {
    /// An object that is linked to one of a session is added to that.
    pub save: bool,
    /// What is merged takes those along that it leads to.
    pub merge: bool,
    /// What is refreshed or expired takes those along that it leads to.
    pub refresh: bool,
    /// What is expunged takes those along that it leads to.
    pub expunge: bool,
    /// What is deleted takes those along that it leads to.
    pub delete: bool,
    /// What is taken out of the relationship is deleted.
    pub delete_orphan: bool,
}

/// When a relationship is loaded, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Load {
    /// When it is first asked for, for all peers at once.
    #[default]
    Lazy,
    /// With the row, by a join.
    Joined,
    /// With the row, by a second query with the keys of the first.
    SelectIn,
    /// With the row, by a second query around the first.
    Subquery,
    /// Not at all: asking for it is an error unless it is there.
    Raise,
    /// Not at all: it can be added to and queried.
    WriteOnly,
}

impl RelationInfo {
    /// For generated code: a relationship with nothing to it.
    #[doc(hidden)]
    pub const fn new(name: &'static str, along: Along) -> Self {
        RelationInfo {
            name,
            along,
            cascade: Cascade::NONE.save().merge(),
            load: Load::Lazy,
            order: &[],
            filter: None,
            read_only: false,
        }
    }

    /// For generated code: other cascades.
    #[doc(hidden)]
    pub const fn cascade(self, cascade: Cascade) -> Self {
        RelationInfo { cascade, ..self }
    }

    /// For generated code: another way of loading.
    #[doc(hidden)]
    pub const fn load(self, load: Load) -> Self {
        RelationInfo { load, ..self }
    }

    /// For generated code: an order.
    #[doc(hidden)]
    pub const fn ordered(self, order: &'static [(usize, bool)]) -> Self {
        RelationInfo { order, ..self }
    }

    /// For generated code: a condition. What is left out by it could not be written through the relationship.
    #[doc(hidden)]
    pub const fn filtered(self, filter: &'static str) -> Self {
        RelationInfo {
            filter: Some(filter),
            read_only: true,
            ..self
        }
    }

    /// For generated code: one that is only read.
    #[doc(hidden)]
    pub const fn read_only(self) -> Self {
        RelationInfo {
            read_only: true,
            ..self
        }
    }

    /// The table at the other side of this relationship of `table`.
    pub fn target(&self, table: &'static TableInfo) -> &'static TableInfo {
        match self.along {
            Along::Own(foreign_key) => table.foreign_keys[foreign_key].table,
            Along::Other { table, .. } => table,
            Along::Between { table, there, .. } => table.foreign_keys[there].table,
        }
    }
}

impl Cascade {
    /// Nothing is done to the other side.
    pub const NONE: Cascade = Cascade {
        save: false,
        merge: false,
        refresh: false,
        expunge: false,
        delete: false,
        delete_orphan: false,
    };

    /// For generated code: as this, and [`save`](Cascade::save).
    #[doc(hidden)]
    pub const fn save(self) -> Self {
        Cascade { save: true, ..self }
    }

    /// For generated code: as this, and [`merge`](Cascade::merge).
    #[doc(hidden)]
    pub const fn merge(self) -> Self {
        Cascade {
            merge: true,
            ..self
        }
    }

    /// For generated code: as this, and [`refresh`](Cascade::refresh).
    #[doc(hidden)]
    pub const fn refresh(self) -> Self {
        Cascade {
            refresh: true,
            ..self
        }
    }

    /// For generated code: as this, and [`expunge`](Cascade::expunge).
    #[doc(hidden)]
    pub const fn expunge(self) -> Self {
        Cascade {
            expunge: true,
            ..self
        }
    }

    /// For generated code: as this, and [`delete`](Cascade::delete).
    #[doc(hidden)]
    pub const fn delete(self) -> Self {
        Cascade {
            delete: true,
            ..self
        }
    }

    /// For generated code: as this, and [`delete_orphan`](Cascade::delete_orphan).
    #[doc(hidden)]
    pub const fn delete_orphan(self) -> Self {
        Cascade {
            delete_orphan: true,
            ..self
        }
    }
}

impl Along {
    /// The foreign key by which the relationship leaves this table, or is led to, and the table that has it.
    pub(crate) fn foreign_key(
        &self,
        own: &'static TableInfo,
    ) -> (&'static TableInfo, usize, &'static ForeignKeyInfo) {
        let (table, position) = match *self {
            Along::Own(foreign_key) => (own, foreign_key),
            Along::Other { table, foreign_key } => (table, foreign_key),
            Along::Between { table, here, .. } => (table, here),
        };
        (table, position, &table.foreign_keys[position])
    }
}

// Tables lead to each other, so that neither comparing nor showing them would end.
impl PartialEq for Along {
    fn eq(&self, other: &Self) -> bool {
        let same = |one: &'static TableInfo, other| std::ptr::eq(one, other);
        match (*self, *other) {
            (Along::Own(one), Along::Own(other)) => one == other,
            (
                Along::Other { table, foreign_key },
                Along::Other {
                    table: other,
                    foreign_key: other_key,
                },
            ) => same(table, other) && foreign_key == other_key,
            (
                Along::Between { table, here, there },
                Along::Between {
                    table: other,
                    here: other_here,
                    there: other_there,
                },
            ) => same(table, other) && (here, there) == (other_here, other_there),
            _ => false,
        }
    }
}

impl Eq for Along {}

impl fmt::Debug for Along {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Along::Own(foreign_key) => write!(f, "Own({foreign_key})"),
            Along::Other { table, foreign_key } => write!(f, "Other({} {foreign_key})", table.name),
            Along::Between { table, here, there } => {
                write!(f, "Between({} {here} {there})", table.name)
            }
        }
    }
}
