//! Enums, domains and sequences.

use std::collections::HashSet;

use crate::{
    Catalog, Domain, Enum, Name, Sequence, Type,
    difference::compare::{
        Numbers, checks_of, comment, default_of, has_same_base, numbers as numbers_of,
    },
};

use super::super::super::{DdlError, Object, Statement, expression, postgres::comments, sql::Sql};
use super::super::Work;

/// The types that are made anew: created under their name while the old one has another, which goes when no column has it.
pub(super) struct Anew {
    names: HashSet<Name>,
}

impl Anew {
    /// Those that cannot be altered: enums that lose a value or another order of them, and domains of another type or with
    /// other checks, whose names are not known.
    pub(super) fn needed(work: &Work<'_>) -> Self {
        let mut anew = Anew {
            names: HashSet::new(),
        };
        for (old, new) in &work.compared.enums.changed {
            let kept: Vec<&String> = new
                .values
                .iter()
                .filter(|it| old.values.contains(it))
                .collect();
            if kept != old.values.iter().collect::<Vec<_>>() {
                anew.names.insert(new.name.clone());
            }
        }
        let (from, to) = (work.compared.from, work.compared.to);
        for (old, new) in &work.compared.domains.changed {
            if !has_same_base(from, to, old, new) || checks_of(from, old) != checks_of(to, new) {
                anew.names.insert(new.name.clone());
            }
        }
        anew.spread(to);
        anew
    }

    pub(super) fn add(&mut self, work: &Work<'_>, name: Name) {
        self.names.insert(name);
        self.spread(work.compared.to);
    }

    /// A domain of such a type is made anew, too.
    fn spread(&mut self, to: &Catalog) {
        loop {
            let domains = to.domains.iter();
            let next = domains
                .filter(|domain| !self.names.contains(&domain.name))
                .find(|domain| self.is_in(&domain.base.kind));
            match next {
                Some(domain) => self.names.insert(domain.name.clone()),
                None => return,
            };
        }
    }

    /// Whether a type is one of them, or made of one.
    pub(super) fn is_in(&self, kind: &Type) -> bool {
        match kind {
            Type::Enum(name) | Type::Domain(name) => self.names.contains(name),
            Type::Array(element) | Type::Range(element) => self.is_in(element),
            _ => false,
        }
    }
}

/// An enum with a value that is added to it and that another statement uses, which PostgreSQL refuses within one transaction.
pub(super) fn used_too_early(
    work: &Work<'_>,
    anew: &Anew,
    statements: &[Statement],
) -> Option<Name> {
    let is_used = |value: &String| {
        let mut literal = String::new();
        work.dialect.push_literal(&mut literal, value);
        statements.iter().any(|statement| {
            !statement.sql.starts_with("ALTER TYPE ")
                && !statement.sql.starts_with("COMMENT ON ")
                && statement.sql.contains(&literal)
        })
    };
    let changed = work.compared.enums.changed.iter();
    changed
        .filter(|(_, new)| !anew.names.contains(&new.name))
        .find(|(old, new)| {
            let mut added = new
                .values
                .iter()
                .filter(|value| !old.values.contains(value));
            added.any(is_used)
        })
        .map(|(_, new)| new.name.clone())
}

/// The statements that create and alter them.
pub(super) fn create(work: &Work<'_>, anew: &Anew) -> Result<Vec<Statement>, DdlError> {
    let compared = &work.compared;
    let mut statements = Vec::new();
    for sequence in compared
        .sequences
        .created
        .iter()
        .filter_map(|it| it.name.clone())
    {
        statements.extend(work.creates(&Object::Sequence(sequence)));
    }
    for (_, new) in &compared.sequences.changed {
        statements.push(alter_sequence(work, new)?);
    }
    for (old, new) in &compared.enums.changed {
        if !anew.names.contains(&new.name) {
            statements.extend(add_values(work, old, new)?);
        }
    }
    for (old, new) in &compared.domains.changed {
        if !anew.names.contains(&new.name) {
            statements.extend(alter_domain(work, old, new)?);
        }
    }
    // In the order of the new catalog, where a domain stands behind what it is made of.
    let enums = compared.to.enums.iter().map(|it| (&it.name, "TYPE"));
    let domains = compared.to.domains.iter().map(|it| (&it.name, "DOMAIN"));
    let is_created = |name: &Name| {
        compared.enums.created.iter().any(|it| it.name == *name)
            || compared.domains.created.iter().any(|it| it.name == *name)
    };
    for (name, kind) in enums.chain(domains) {
        if anew.names.contains(name) && !is_created(name) {
            let of = Object::Type(name.clone());
            let mut sql = Sql::new(work.dialect);
            sql.push(&format!("ALTER {kind} "));
            sql.qualified(name)?;
            sql.push(" RENAME TO ");
            sql.name(&old_name(work, name).name)?;
            statements.push(Statement {
                of,
                sql: sql.finish()?,
            });
        }
        if anew.names.contains(name) || is_created(name) {
            statements.extend(work.creates(&Object::Type(name.clone())));
        }
    }
    Ok(statements)
}

/// The statements that drop those that are gone, and the old ones of those that were made anew.
pub(super) fn drop(work: &Work<'_>, anew: &Anew) -> Result<Vec<Statement>, DdlError> {
    let compared = &work.compared;
    let domains = compared.domains.dropped.iter().map(|it| it.name.clone());
    let enums = compared.enums.dropped.iter().map(|it| it.name.clone());
    let sequences = compared
        .sequences
        .dropped
        .iter()
        .filter_map(|it| it.name.clone());
    let gone = domains.chain(enums).map(Object::Type);
    let gone: HashSet<Object> = gone.chain(sequences.map(Object::Sequence)).collect();
    let mut statements = Vec::new();
    let from = compared.from;
    let old_domains = from.domains.iter().rev().map(|it| (&it.name, "DOMAIN"));
    let old_enums = from.enums.iter().map(|it| (&it.name, "TYPE"));
    for (name, kind) in old_domains.chain(old_enums) {
        if anew.names.contains(name) {
            let mut sql = Sql::new(work.dialect);
            sql.push(&format!("DROP {kind} "));
            sql.qualified(&old_name(work, name))?;
            statements.push(Statement {
                of: Object::Type(name.clone()),
                sql: sql.finish()?,
            });
        }
    }
    statements.extend(work.drops(&gone));
    Ok(statements)
}

/// A name for a type that is about to go, which no other has.
fn old_name(work: &Work<'_>, name: &Name) -> Name {
    let mut free = name.clone();
    let cut = (0..=free.name.len().min(59))
        .rev()
        .find(|end| free.name.is_char_boundary(*end));
    free.name.truncate(cut.unwrap_or_default());
    let is_taken = |name: &Name| {
        [work.compared.from, work.compared.to]
            .iter()
            .any(|catalog| {
                catalog.enumeration(name).is_some()
                    || catalog.table(name).is_some()
                    || catalog.domains.iter().any(|it| it.name == *name)
            })
    };
    free.name.push_str("_old");
    while is_taken(&free) {
        free.name.pop();
        free.name.push_str("_o");
    }
    free
}

fn add_values(work: &Work<'_>, old: &Enum, new: &Enum) -> Result<Vec<Statement>, DdlError> {
    let of = || Object::Type(new.name.clone());
    let mut statements = Vec::new();
    let mut before: Option<&String> = None;
    for value in &new.values {
        if !old.values.contains(value) {
            let mut sql = Sql::new(work.dialect);
            sql.push("ALTER TYPE ");
            sql.qualified(&new.name)?;
            sql.push(" ADD VALUE ");
            sql.literal(value);
            match (before, old.values.first()) {
                (Some(before), _) => {
                    sql.push(" AFTER ");
                    sql.literal(before);
                }
                (None, Some(first)) => {
                    sql.push(" BEFORE ");
                    sql.literal(first);
                }
                (None, None) => {}
            }
            statements.push(Statement {
                of: of(),
                sql: sql.finish()?,
            });
        }
        before = Some(value);
    }
    if comment(&old.comment) != comment(&new.comment) {
        let text = new.comment.as_ref();
        statements.push(comments::set("TYPE", &new.name, None, text, of())?);
    }
    Ok(statements)
}

fn alter_domain(work: &Work<'_>, old: &Domain, new: &Domain) -> Result<Vec<Statement>, DdlError> {
    let (from, to) = (work.compared.from, work.compared.to);
    let of = || Object::Type(new.name.clone());
    let mut clauses = Vec::new();
    if default_of(from, old) != default_of(to, new) {
        clauses.push(match &new.default {
            Some(default) => {
                let kind = to.resolve(&new.base.kind);
                let scope = expression::Scope::without_columns(to);
                let default = expression::translate_default(default, kind, scope, work.dialect)?;
                format!("SET DEFAULT {default}")
            }
            None => "DROP DEFAULT".into(),
        });
    }
    if old.not_null != new.not_null {
        let word = if new.not_null { "SET" } else { "DROP" };
        clauses.push(format!("{word} NOT NULL"));
    }
    let mut statements = Vec::new();
    for clause in clauses {
        let mut sql = Sql::new(work.dialect);
        sql.push("ALTER DOMAIN ");
        sql.qualified(&new.name)?;
        sql.push(" ");
        sql.push(&clause);
        statements.push(Statement {
            of: of(),
            sql: sql.finish()?,
        });
    }
    if comment(&old.comment) != comment(&new.comment) {
        let text = new.comment.as_ref();
        statements.push(comments::set("DOMAIN", &new.name, None, text, of())?);
    }
    Ok(statements)
}

fn alter_sequence(work: &Work<'_>, sequence: &Sequence) -> Result<Statement, DdlError> {
    let name = sequence.name.clone().unwrap_or_else(|| Name::new(""));
    let kind = sequence.ty.as_ref().map(|ty| &ty.kind);
    let mut sql = Sql::new(work.dialect);
    sql.push("ALTER SEQUENCE ");
    sql.qualified(&name)?;
    sql.push(" AS ");
    sql.push(sequence.ty.as_ref().map_or("bigint", |ty| ty.sql.as_str()));
    for word in numbers(numbers_of(Some(sequence), kind)) {
        sql.push(" ");
        sql.push(&word);
    }
    Ok(Statement {
        of: Object::Sequence(name),
        sql: sql.finish()?,
    })
}

/// All that is said of the numbers of a sequence.
pub(super) fn numbers(numbers: Numbers) -> [String; 6] {
    let (start, step, min, max, cache, cycle) = numbers;
    [
        format!("INCREMENT BY {step}"),
        format!("MINVALUE {min}"),
        format!("MAXVALUE {max}"),
        format!("START WITH {start}"),
        format!("CACHE {cache}"),
        String::from(if cycle { "CYCLE" } else { "NO CYCLE" }),
    ]
}

/// What a value is cast to on its way from one type to the other: nothing where PostgreSQL casts between them, else its text,
/// by way of which it casts them all.
pub(super) fn between(from: &Type, to: &Type) -> &'static str {
    match (from, to) {
        (Type::Boolean, number) | (number, Type::Boolean) if is_number(number) => "::integer",
        _ if has_cast(from, to) => "",
        _ => "::text",
    }
}

fn is_number(kind: &Type) -> bool {
    matches!(
        kind,
        Type::Integer { .. } | Type::Float | Type::Double | Type::Decimal { .. }
    )
}

fn has_cast(from: &Type, to: &Type) -> bool {
    let is_moment = |kind: &Type| {
        matches!(
            kind,
            Type::Date | Type::Time { .. } | Type::Timestamp { .. } | Type::Interval
        )
    };
    match (from, to) {
        (Type::Text { .. }, _) | (_, Type::Text { .. }) => true,
        (Type::Array(from), Type::Array(to)) => has_cast(from, to),
        (Type::Date, Type::Time { .. })
        | (Type::Time { .. }, Type::Date | Type::Timestamp { .. }) => false,
        (from, to) if is_number(from) && is_number(to) => true,
        (from, to) if is_moment(from) && is_moment(to) => true,
        // An enum that is made anew has the name of another type.
        (Type::Enum(_) | Type::Domain(_), _) | (_, Type::Enum(_) | Type::Domain(_)) => false,
        (from, to) => std::mem::discriminant(from) == std::mem::discriminant(to),
    }
}
