//! One change, and all changes between two catalogs in order.

use crate::{
    Check, Column, Domain, Enum, ForeignKey, Index, Name, PrimaryKey, Sequence, Table, TableOption,
    Unique, View,
};

use super::{compare::Compared, objects::comment, tables::TablePair};

/// Something that has to change. Tables are called by the name that they have now, but for those that are dropped or renamed.
///
/// Displayed, it is one line in words; [`loses`](Change::loses) and [`may_fail`](Change::may_fail) say what becomes of the rows
/// that are there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// A namespace that was not used before.
    CreateNamespace(String),
    /// A table that was not there.
    CreateTable(Box<Table>),
    /// A table that is not there any more.
    DropTable(Name),
    /// A table has another name.
    RenameTable {
        /// Its old name.
        from: Name,
        /// Its new name.
        to: Name,
    },
    /// A column that was not there.
    AddColumn {
        /// Its table.
        table: Name,
        /// The column.
        column: Box<Column>,
    },
    /// A column that is not there any more.
    DropColumn {
        /// Its table.
        table: Name,
        /// The column.
        column: Box<Column>,
    },
    /// A column has another name.
    RenameColumn {
        /// Its table.
        table: Name,
        /// Its old name.
        from: String,
        /// Its new name.
        to: String,
    },
    /// A column is another one.
    AlterColumn {
        /// Its table.
        table: Name,
        /// The column as it was.
        from: Box<Column>,
        /// The column as it is.
        to: Box<Column>,
        /// What differs.
        aspects: Vec<Aspect>,
    },
    /// A primary key that was not there.
    AddPrimaryKey {
        /// Its table.
        table: Name,
        /// The key.
        key: PrimaryKey,
    },
    /// A primary key that is not there any more.
    DropPrimaryKey {
        /// Its table.
        table: Name,
        /// The key.
        key: PrimaryKey,
    },
    /// A foreign key that was not there.
    AddForeignKey {
        /// Its table.
        table: Name,
        /// The key.
        key: Box<ForeignKey>,
    },
    /// A foreign key that is not there any more.
    DropForeignKey {
        /// Its table.
        table: Name,
        /// The key.
        key: Box<ForeignKey>,
    },
    /// A unique constraint that was not there.
    AddUnique {
        /// Its table.
        table: Name,
        /// The constraint.
        unique: Unique,
    },
    /// A unique constraint that is not there any more.
    DropUnique {
        /// Its table.
        table: Name,
        /// The constraint.
        unique: Unique,
    },
    /// A check that was not there.
    AddCheck {
        /// Its table.
        table: Name,
        /// The constraint.
        check: Check,
    },
    /// A check that is not there any more.
    DropCheck {
        /// Its table.
        table: Name,
        /// The constraint.
        check: Check,
    },
    /// An index that was not there.
    AddIndex {
        /// Its table.
        table: Name,
        /// The index.
        index: Box<Index>,
    },
    /// An index that is not there any more.
    DropIndex {
        /// Its table.
        table: Name,
        /// The index.
        index: Box<Index>,
    },
    /// A table has another comment, or none.
    CommentTable {
        /// The table.
        table: Name,
        /// Its comment.
        comment: Option<String>,
    },
    /// What is said behind a table's columns has changed.
    ChangeOption {
        /// The table.
        table: Name,
        /// The option as it was.
        from: Option<TableOption>,
        /// The option as it is.
        to: Option<TableOption>,
    },
    /// An enum that was not there.
    CreateEnum(Enum),
    /// An enum that is not there any more.
    DropEnum(Name),
    /// An enum has other values, another order of them, or another comment.
    AlterEnum {
        /// The enum as it was.
        from: Enum,
        /// The enum as it is.
        to: Enum,
    },
    /// A domain that was not there.
    CreateDomain(Box<Domain>),
    /// A domain that is not there any more.
    DropDomain(Name),
    /// A domain is another one.
    AlterDomain {
        /// The domain as it was.
        from: Box<Domain>,
        /// The domain as it is.
        to: Box<Domain>,
    },
    /// A sequence that was not there.
    CreateSequence(Sequence),
    /// A sequence that is not there any more.
    DropSequence(Name),
    /// A sequence gives other numbers.
    AlterSequence {
        /// The sequence as it was.
        from: Box<Sequence>,
        /// The sequence as it is.
        to: Box<Sequence>,
    },
    /// A view that was not there.
    CreateView(View),
    /// A view that is not there any more.
    DropView(Name),
    /// A view shows something else.
    ReplaceView {
        /// The view as it was.
        from: Box<View>,
        /// The view as it is.
        to: Box<View>,
    },
}

/// What can differ between two columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Aspect {
    /// What its values are.
    Type,
    /// Whether it can be NULL.
    Nullability,
    /// Whether, and how, it is counted up.
    Identity,
    /// What is filled in.
    Default,
    /// What it is computed from.
    Generated,
    /// What it is set to whenever its row changes.
    OnUpdate,
    /// How its texts are compared.
    Collation,
    /// What is said of it.
    Comment,
    /// Where it stands among the columns, which only MySQL can change.
    Position,
}

/// All changes of a comparison.
pub(super) fn all(compared: &Compared<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    let namespaces = compared.namespaces.iter();
    changes.extend(namespaces.map(|name| Change::CreateNamespace((*name).into())));
    types(compared, &mut changes);
    let created = compared.created.iter();
    changes.extend(created.map(|table| Change::CreateTable(Box::new((*table).clone()))));
    for pair in &compared.tables {
        of_table(pair, &mut changes);
    }
    let views = &compared.views;
    changes.extend(
        views
            .created
            .iter()
            .map(|it| Change::CreateView((*it).clone())),
    );
    changes.extend(views.changed.iter().map(|(from, to)| Change::ReplaceView {
        from: Box::new((*from).clone()),
        to: Box::new((*to).clone()),
    }));
    changes.extend(
        views
            .dropped
            .iter()
            .map(|it| Change::DropView(it.name.clone())),
    );
    let dropped = compared.dropped.iter();
    changes.extend(dropped.map(|table| Change::DropTable(table.name.clone())));
    let domains = compared.domains.dropped.iter();
    changes.extend(domains.map(|it| Change::DropDomain(it.name.clone())));
    let enums = compared.enums.dropped.iter();
    changes.extend(enums.map(|it| Change::DropEnum(it.name.clone())));
    let sequences = compared
        .sequences
        .dropped
        .iter()
        .filter_map(|it| it.name.clone());
    changes.extend(sequences.map(Change::DropSequence));
    changes
}

fn types(compared: &Compared<'_>, changes: &mut Vec<Change>) {
    let sequences = &compared.sequences;
    changes.extend(
        sequences
            .created
            .iter()
            .map(|it| Change::CreateSequence((*it).clone())),
    );
    changes.extend(
        sequences
            .changed
            .iter()
            .map(|(from, to)| Change::AlterSequence {
                from: Box::new((*from).clone()),
                to: Box::new((*to).clone()),
            }),
    );
    let enums = &compared.enums;
    changes.extend(
        enums
            .created
            .iter()
            .map(|it| Change::CreateEnum((*it).clone())),
    );
    changes.extend(enums.changed.iter().map(|(from, to)| Change::AlterEnum {
        from: (*from).clone(),
        to: (*to).clone(),
    }));
    let domains = &compared.domains;
    let created = domains.created.iter();
    changes.extend(created.map(|it| Change::CreateDomain(Box::new((*it).clone()))));
    changes.extend(
        domains
            .changed
            .iter()
            .map(|(from, to)| Change::AlterDomain {
                from: Box::new((*from).clone()),
                to: Box::new((*to).clone()),
            }),
    );
}

fn of_table(pair: &TablePair<'_>, changes: &mut Vec<Change>) {
    let table = || pair.to.name.clone();
    if pair.is_renamed() {
        changes.push(Change::RenameTable {
            from: pair.from.name.clone(),
            to: table(),
        });
    }
    of_columns(pair, changes);
    of_constraints(pair, changes);
    if pair.comment {
        changes.push(Change::CommentTable {
            table: table(),
            comment: comment(&pair.to.comment).map(String::from),
        });
    }
    changes.extend(pair.options.iter().map(|(from, to)| Change::ChangeOption {
        table: table(),
        from: from.cloned(),
        to: to.cloned(),
    }));
}

fn of_columns(pair: &TablePair<'_>, changes: &mut Vec<Change>) {
    let table = || pair.to.name.clone();
    for column in pair.columns.iter().filter(|column| column.is_renamed()) {
        changes.push(Change::RenameColumn {
            table: table(),
            from: column.from.name.clone(),
            to: column.to.name.clone(),
        });
    }
    for column in &pair.added {
        changes.push(Change::AddColumn {
            table: table(),
            column: Box::new((*column).clone()),
        });
    }
    for column in pair.columns.iter().filter(|it| !it.aspects.is_empty()) {
        changes.push(Change::AlterColumn {
            table: table(),
            from: Box::new(column.from.clone()),
            to: Box::new(column.to.clone()),
            aspects: column.aspects.clone(),
        });
    }
    for column in &pair.dropped {
        changes.push(Change::DropColumn {
            table: table(),
            column: Box::new((*column).clone()),
        });
    }
}

fn of_constraints(pair: &TablePair<'_>, changes: &mut Vec<Change>) {
    let table = || pair.to.name.clone();
    let (old, new) = pair.primary_key.unwrap_or_default();
    let (old, new) = (old.cloned(), new.cloned());
    changes.extend(old.map(|key| Change::DropPrimaryKey {
        table: table(),
        key,
    }));
    changes.extend(new.map(|key| Change::AddPrimaryKey {
        table: table(),
        key,
    }));
    let uniques = &pair.uniques;
    changes.extend(uniques.dropped.iter().map(|unique| Change::DropUnique {
        table: table(),
        unique: (*unique).clone(),
    }));
    changes.extend(uniques.added.iter().map(|unique| Change::AddUnique {
        table: table(),
        unique: (*unique).clone(),
    }));
    changes.extend(pair.checks.dropped.iter().map(|check| Change::DropCheck {
        table: table(),
        check: (*check).clone(),
    }));
    changes.extend(pair.checks.added.iter().map(|check| Change::AddCheck {
        table: table(),
        check: (*check).clone(),
    }));
    changes.extend(pair.indexes.dropped.iter().map(|index| Change::DropIndex {
        table: table(),
        index: Box::new((*index).clone()),
    }));
    changes.extend(pair.indexes.added.iter().map(|index| Change::AddIndex {
        table: table(),
        index: Box::new((*index).clone()),
    }));
    let keys = &pair.foreign_keys;
    changes.extend(keys.dropped.iter().map(|key| Change::DropForeignKey {
        table: table(),
        key: Box::new((*key).clone()),
    }));
    changes.extend(keys.added.iter().map(|key| Change::AddForeignKey {
        table: table(),
        key: Box::new((*key).clone()),
    }));
}
