//! What differs beside tables: enums, domains, sequences and views.

use crate::{
    Catalog, Dialect, Domain, Enum, IntegerSize, Name, Sequence, Type, View,
    ddl::expression::{Canonical, Scope, canonical, words},
};

use super::{columns, compare::Objects, types};

/// Enums are objects of their own on PostgreSQL only: elsewhere they are a matter of their columns.
pub(super) fn enums<'c>(from: &'c Catalog, to: &'c Catalog) -> Objects<'c, Enum> {
    let own = |catalog: &'c Catalog| {
        let is_own = catalog.dialect == Dialect::Postgres;
        catalog.enums.iter().filter(move |_| is_own)
    };
    by_name(
        own(from),
        own(to),
        |it| Some(&it.name),
        |old, new| old.values == new.values && comment(&old.comment) == comment(&new.comment),
    )
}

/// Domains, on PostgreSQL only.
pub(super) fn domains<'c>(from: &'c Catalog, to: &'c Catalog) -> Objects<'c, Domain> {
    let own = |catalog: &'c Catalog| {
        let is_own = catalog.dialect == Dialect::Postgres;
        catalog.domains.iter().filter(move |_| is_own)
    };
    by_name(
        own(from),
        own(to),
        |it| Some(&it.name),
        |old, new| {
            has_same_base(from, to, old, new)
                && old.not_null == new.not_null
                && default_of(from, old) == default_of(to, new)
                && checks_of(from, old) == checks_of(to, new)
                && comment(&old.comment) == comment(&new.comment)
        },
    )
}

/// Whether two domains stand for the same type.
pub(crate) fn has_same_base(from: &Catalog, to: &Catalog, old: &Domain, new: &Domain) -> bool {
    types::is_same(
        types::Side {
            catalog: from,
            ty: &old.base,
        },
        types::Side {
            catalog: to,
            ty: &new.base,
        },
    )
}

pub(crate) fn default_of(catalog: &Catalog, domain: &Domain) -> Option<Canonical> {
    let scope = Scope::without_columns(catalog);
    let default = domain.default.as_ref()?;
    Some(canonical(default, scope, &str::to_owned)).filter(|default| !default.is_null())
}

/// The checks of a domain, in words: they are about VALUE, which is no column. PostgreSQL gives them back in any order.
pub(crate) fn checks_of(catalog: &Catalog, domain: &Domain) -> Vec<String> {
    let checks = domain.checks.iter();
    let meaning = |check: &String| format!("{:?}", words(check, catalog.dialect, &str::to_owned));
    let mut checks: Vec<String> = checks.map(meaning).collect();
    checks.sort();
    checks
}

/// Sequences that stand for themselves: those of counted columns belong to these.
pub(super) fn sequences<'c>(from: &'c Catalog, to: &'c Catalog) -> Objects<'c, Sequence> {
    let own = |catalog: &'c Catalog| {
        let is_own = catalog.dialect != Dialect::Sqlite;
        let all = catalog.sequences.iter();
        all.filter(move |it| is_own && !columns::uses_sequence(catalog, it))
    };
    by_name(
        own(from),
        own(to),
        |it| it.name.as_ref(),
        |old, new| {
            let kind = |it: &Sequence| it.ty.as_ref().map(|ty| ty.kind.clone());
            numbers(Some(old), kind(old).as_ref()) == numbers(Some(new), kind(new).as_ref())
        },
    )
}

/// Start, step, smallest, greatest, cache, cycle.
pub(crate) type Numbers = (i64, i64, i64, i64, i64, bool);

/// The numbers that a sequence gives, with what its database fills in.
pub(crate) fn numbers(sequence: Option<&Sequence>, kind: Option<&Type>) -> Numbers {
    let step = sequence.and_then(|it| it.increment).unwrap_or(1);
    let greatest = match kind {
        Some(Type::Integer {
            size: IntegerSize::Small,
            ..
        }) => i16::MAX.into(),
        Some(Type::Integer {
            size: IntegerSize::Regular,
            ..
        }) => i32::MAX.into(),
        _ => i64::MAX,
    };
    let (low, high) = match step < 0 {
        true => (-greatest - 1, -1),
        false => (1, greatest),
    };
    let min = sequence.and_then(|it| it.min).unwrap_or(low);
    let max = sequence.and_then(|it| it.max).unwrap_or(high);
    let first = if step < 0 { max } else { min };
    let start = sequence.and_then(|it| it.start).unwrap_or(first);
    let cache = sequence.and_then(|it| it.cache).unwrap_or(1);
    (
        start,
        step,
        min,
        max,
        cache,
        sequence.is_some_and(|it| it.cycle),
    )
}

/// Views, by the words of their queries. A database may give back a query in other words; that is then a change, which makes
/// the view anew and harms nobody.
pub(super) fn views<'c>(from: &'c Catalog, to: &'c Catalog) -> Objects<'c, View> {
    let query =
        |catalog: &Catalog, view: &View| words(&view.query, catalog.dialect, &str::to_owned);
    by_name(
        from.views.iter(),
        to.views.iter(),
        |it| Some(&it.name),
        |old, new| {
            let is_listed = !old.columns.is_empty() && !new.columns.is_empty();
            old.materialized == new.materialized
                && (!is_listed || old.columns == new.columns)
                && (to.dialect != Dialect::Postgres
                    || comment(&old.comment) == comment(&new.comment))
                && query(from, old) == query(to, new)
        },
    )
}

/// A comment; an empty one is none.
pub(crate) fn comment(comment: &Option<String>) -> Option<&str> {
    comment.as_deref().filter(|text| !text.is_empty())
}

fn by_name<'c, T>(
    from: impl Iterator<Item = &'c T>,
    to: impl Iterator<Item = &'c T>,
    name: impl Fn(&T) -> Option<&Name>,
    is_same: impl Fn(&T, &T) -> bool,
) -> Objects<'c, T> {
    let mut dropped: Vec<&'c T> = from.collect();
    let mut objects = Objects {
        changed: Vec::new(),
        created: Vec::new(),
        dropped: Vec::new(),
    };
    for new in to {
        match dropped.iter().position(|old| name(old) == name(new)) {
            None => objects.created.push(new),
            Some(position) => {
                let old = dropped.remove(position);
                if !is_same(old, new) {
                    objects.changed.push((old, new));
                }
            }
        }
    }
    objects.dropped = dropped;
    objects
}
