//! Changes in words.

use std::fmt;

use crate::{
    Column, Default, Enum, ForeignKey, Generated, Index, IndexKey, Name, TableOption, Unique,
};

use super::{Aspect, Change};

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Change::CreateNamespace(name) => write!(f, "create namespace `{name}`"),
            Change::CreateTable(table) => write!(f, "create table `{}`", table.name),
            Change::DropTable(name) => write!(f, "drop table `{name}`"),
            Change::RenameTable { from, to } => write!(f, "rename table `{from}` to `{to}`"),
            Change::CreateEnum(it) => {
                write!(f, "create enum `{}`: {}", it.name, it.values.join(", "))
            }
            Change::DropEnum(name) => write!(f, "drop enum `{name}`"),
            Change::AlterEnum { from, to } => enumeration(f, from, to),
            Change::CreateDomain(it) => write!(f, "create domain `{}`: {}", it.name, it.base.sql),
            Change::DropDomain(name) => write!(f, "drop domain `{name}`"),
            Change::AlterDomain { to, .. } => write!(f, "change domain `{}`", to.name),
            Change::CreateSequence(it) => write!(f, "create sequence `{}`", named(&it.name)),
            Change::DropSequence(name) => write!(f, "drop sequence `{name}`"),
            Change::AlterSequence { to, .. } => write!(f, "change sequence `{}`", named(&to.name)),
            Change::CreateView(it) => write!(f, "create view `{}`", it.name),
            Change::DropView(name) => write!(f, "drop view `{name}`"),
            Change::ReplaceView { to, .. } => write!(f, "replace view `{}`", to.name),
            _ => self.of_table(f),
        }
    }
}

impl Change {
    fn of_table(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Change::AddColumn { table, column } => {
                write!(
                    f,
                    "add column `{}` to `{table}`: {}",
                    column.name,
                    Told(column)
                )
            }
            Change::DropColumn { table, column } => {
                write!(f, "drop column `{}` of `{table}`", column.name)
            }
            Change::RenameColumn { table, from, to } => {
                write!(f, "rename column `{from}` of `{table}` to `{to}`")
            }
            Change::AlterColumn {
                table,
                from,
                to,
                aspects,
            } => {
                write!(f, "change column `{}` of `{table}`: ", to.name)?;
                list(f, aspects.iter().map(|aspect| altered(*aspect, from, to)))
            }
            Change::CommentTable {
                table,
                comment: Some(comment),
            } => write!(f, "comment table `{table}`: {comment}"),
            Change::CommentTable { table, .. } => write!(f, "drop the comment of table `{table}`"),
            Change::ChangeOption { table, from, to } => {
                option(f, table, from.as_ref(), to.as_ref())
            }
            _ => self.of_constraint(f),
        }
    }

    fn of_constraint(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Change::AddPrimaryKey { table, key } => {
                write!(
                    f,
                    "add primary key ({}) to `{table}`",
                    key.columns.join(", ")
                )
            }
            Change::DropPrimaryKey { table, key } => {
                write!(
                    f,
                    "drop primary key ({}) of `{table}`",
                    key.columns.join(", ")
                )
            }
            Change::AddForeignKey { table, key } => {
                write!(f, "add foreign key {} to `{table}`", foreign(key))
            }
            Change::DropForeignKey { table, key } => {
                write!(f, "drop foreign key {} of `{table}`", foreign(key))
            }
            Change::AddUnique { table, unique } => {
                write!(f, "add unique constraint {} to `{table}`", demanded(unique))
            }
            Change::DropUnique { table, unique } => {
                write!(
                    f,
                    "drop unique constraint {} of `{table}`",
                    demanded(unique)
                )
            }
            Change::AddCheck { table, check } => {
                let name = called(check.name.as_ref());
                write!(f, "add check {name}({}) to `{table}`", check.expression)
            }
            Change::DropCheck { table, check } => {
                let name = called(check.name.as_ref());
                write!(f, "drop check {name}({}) of `{table}`", check.expression)
            }
            Change::AddIndex { table, index } => write!(f, "add {} to `{table}`", indexed(index)),
            Change::DropIndex { table, index } => write!(f, "drop {} of `{table}`", indexed(index)),
            // All others stand above.
            _ => Ok(()),
        }
    }
}

/// A column in words: its type, and what else there is to it.
struct Told<'c>(&'c Column);

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let column = self.0;
        f.write_str(type_of(column))?;
        if !column.nullable {
            f.write_str(", not null")?;
        }
        if let Some(default) = &column.default {
            write!(f, ", default {}", default_text(default))?;
        }
        if let Some(generated) = &column.generated {
            write!(f, ", computed from {}", generated.expression)?;
        }
        if column.identity.is_some() {
            f.write_str(", counted up")?;
        }
        Ok(())
    }
}

fn type_of(column: &Column) -> &str {
    match column.ty.sql.as_str() {
        "" => "no type",
        sql => sql,
    }
}

fn default_text(default: &Default) -> String {
    match default {
        Default::Null => "NULL".into(),
        Default::Boolean(value) => value.to_string(),
        Default::Number(text) | Default::Now(text) | Default::Expression(text) => text.clone(),
        Default::Text(text) => format!("'{text}'"),
    }
}

/// What differs in one aspect.
fn altered(aspect: Aspect, from: &Column, to: &Column) -> String {
    let computed = |it: &Generated| it.expression.clone();
    let (what, old, new) = match aspect {
        Aspect::Type => ("type", Some(type_of(from).into()), Some(type_of(to).into())),
        Aspect::Nullability if to.nullable => return "can be null".into(),
        Aspect::Nullability => return "not null".into(),
        Aspect::Identity => return identity(to).into(),
        Aspect::Default => {
            let text = |column: &Column| column.default.as_ref().map(default_text);
            ("default", text(from), text(to))
        }
        Aspect::Generated => {
            let text = |column: &Column| column.generated.as_ref().map(computed);
            ("computed from", text(from), text(to))
        }
        Aspect::OnUpdate => ("on update", from.on_update.clone(), to.on_update.clone()),
        Aspect::Collation => ("collation", from.collation.clone(), to.collation.clone()),
        Aspect::Comment => ("comment", from.comment.clone(), to.comment.clone()),
        Aspect::Position => return "another place".into(),
    };
    match (old, new) {
        (Some(old), Some(new)) => format!("{what} {old} becomes {new}"),
        (None, Some(new)) => format!("{what} {new}"),
        (_, None) => format!("no {what}"),
    }
}

fn identity(column: &Column) -> &'static str {
    match &column.identity {
        None => "not counted up any more",
        Some(identity) if identity.always => "always counted up",
        Some(_) => "counted up",
    }
}

/// Which values an enum got and lost.
fn enumeration(f: &mut fmt::Formatter<'_>, from: &Enum, to: &Enum) -> fmt::Result {
    write!(f, "change enum `{}`: ", to.name)?;
    let missing = |of: &Enum, other: &Enum| {
        let values = of
            .values
            .iter()
            .filter(|value| !other.values.contains(value));
        values.map(|value| format!("`{value}`")).collect::<Vec<_>>()
    };
    let (added, removed) = (missing(to, from), missing(from, to));
    let mut parts = Vec::new();
    if !added.is_empty() {
        parts.push(format!("add {}", added.join(", ")));
    }
    if !removed.is_empty() {
        parts.push(format!("remove {}", removed.join(", ")));
    }
    if parts.is_empty() && from.values != to.values {
        parts.push("another order".into());
    }
    if from.comment != to.comment {
        parts.push("another comment".into());
    }
    list(f, parts.into_iter())
}

fn option(
    f: &mut fmt::Formatter<'_>,
    table: &Name,
    from: Option<&TableOption>,
    to: Option<&TableOption>,
) -> fmt::Result {
    match (from, to) {
        (_, Some(option)) => match &option.value {
            Some(value) => write!(f, "set option {} of `{table}` to {value}", option.name),
            None => write!(f, "set option {} of `{table}`", option.name),
        },
        (Some(option), None) => write!(f, "drop option {} of `{table}`", option.name),
        (None, None) => Ok(()),
    }
}

fn foreign(key: &ForeignKey) -> String {
    let name = called(key.name.as_ref());
    let (columns, references) = (key.columns.join(", "), key.references.join(", "));
    let mut text = format!("{name}({columns}) to `{}` ({references})", key.table);
    for (event, action) in [("delete", key.on_delete), ("update", key.on_update)] {
        if let Some(action) = action {
            text.push_str(&format!(" on {event} {}", action.sql().to_lowercase()));
        }
    }
    text
}

fn demanded(unique: &Unique) -> String {
    format!(
        "{}({})",
        called(unique.name.as_ref()),
        unique.columns.join(", ")
    )
}

fn indexed(index: &Index) -> String {
    let parts = index.parts.iter().map(|part| match &part.key {
        IndexKey::Column(name) => name.clone(),
        IndexKey::Expression(text) => format!("({text})"),
    });
    let parts = parts.collect::<Vec<_>>().join(", ");
    let kind = if index.unique {
        "unique index"
    } else {
        "index"
    };
    let condition = index.condition.as_ref().map(|it| format!(" where {it}"));
    let name = called(index.name.as_ref());
    format!("{kind} {name}({parts}){}", condition.unwrap_or_default())
}

fn called(name: Option<&String>) -> String {
    name.map(|name| format!("`{name}` ")).unwrap_or_default()
}

fn named(name: &Option<Name>) -> String {
    name.as_ref().map(Name::to_string).unwrap_or_default()
}

fn list(f: &mut fmt::Formatter<'_>, parts: impl Iterator<Item = String>) -> fmt::Result {
    for (position, part) in parts.enumerate() {
        f.write_str(if position == 0 { "" } else { ", " })?;
        f.write_str(&part)?;
    }
    Ok(())
}
