//! The columns of views: what is concluded of them, and what a database says and shows.

use std::collections::BTreeMap;

use aludel::{Connection, text_unchecked};
use aludel_build::{Dialect, parse::Parsed};
use aludel_catalog::Type;

use super::{
    facts::type_text,
    rows::{Row, rows},
};

/// The columns of views, by the views' names.
#[derive(Debug, Default)]
pub(crate) struct Views(BTreeMap<String, Vec<ViewColumn>>);

#[derive(Debug)]
pub(crate) struct ViewColumn {
    pub(crate) name: String,
    /// Its neutral type; nothing where the database knows none.
    pub(crate) ty: Option<String>,
    /// Whether it can be NULL. To a database this is whether some row has it so.
    pub(crate) nullable: bool,
}

impl Views {
    /// What is concluded of the views that become models.
    pub(crate) fn concluded(parsed: &Parsed) -> Views {
        let mut views = Views::default();
        for view in &parsed.catalog.views {
            let notes = parsed.annotations.tables.get(&view.name);
            let noted = notes.into_iter().flat_map(|notes| &notes.view_columns);
            let columns: Vec<ViewColumn> = noted
                .map(|noted| {
                    let ty = noted.value.ty.as_ref();
                    ViewColumn {
                        name: noted.value.name.clone(),
                        ty: ty
                            .map(|ty| width_apart(parsed.catalog.dialect, &ty.kind))
                            .map(|ty| type_text(&parsed.catalog, &ty)),
                        nullable: noted.value.nullable.unwrap_or(true),
                    }
                })
                .collect();
            if !columns.is_empty() {
                views.0.insert(view.name.to_string(), columns);
            }
        }
        views
    }

    pub(crate) fn add(&mut self, view: &str, columns: Vec<ViewColumn>) {
        self.0.insert(view.to_owned(), columns);
    }

    /// Adds a view of which a database knows the types.
    pub(crate) fn add_typed(
        &mut self,
        view: &str,
        names: Vec<String>,
        types: Vec<String>,
        nulls: Vec<bool>,
    ) {
        let columns = names.into_iter().zip(types).zip(nulls);
        let columns = columns.map(|((name, ty), nullable)| ViewColumn {
            name,
            ty: Some(ty),
            nullable,
        });
        self.add(view, columns.collect());
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }

    /// Where what is concluded is wrong. `self` is the database, which also has views of which nothing is concluded.
    pub(crate) fn differences(&self, concluded: &Views) -> Vec<String> {
        let both = concluded.0.iter();
        let both = both.filter_map(|(view, ours)| Some((view, ours, self.0.get(view)?)));
        let wrong = both.flat_map(|(view, ours, theirs)| {
            let number = (ours.len() != theirs.len())
                .then(|| format!("view {view}: {ours:?}, the database says {theirs:?}"));
            let columns = ours.iter().zip(theirs);
            number
                .into_iter()
                .chain(columns.filter_map(move |(ours, theirs)| ours.problem(theirs, view)))
        });
        wrong.collect()
    }
}

impl ViewColumn {
    fn problem(&self, theirs: &ViewColumn, view: &str) -> Option<String> {
        let is_same = theirs.ty.is_none() || theirs.ty == self.ty;
        let is_null = theirs.nullable && !self.nullable;
        (self.name != theirs.name || !is_same || is_null)
            .then(|| format!("view {view}: {self:?}, the database says {theirs:?}"))
    }
}

/// Rows by the view that each names first.
pub(crate) fn by_view(rows: Vec<Row>) -> BTreeMap<String, Vec<Row>> {
    let mut views: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows {
        views.entry(row.text(0)).or_default().push(row);
    }
    views
}

/// The texts at one place of each row.
pub(crate) fn texts(rows: &[Row], place: usize) -> Vec<String> {
    rows.iter().map(|row| row.text(place)).collect()
}

/// MariaDB makes the integers and the texts of a view as wide as each value needs.
pub(crate) fn width_apart(dialect: Dialect, ty: &Type) -> Type {
    match (dialect, ty) {
        (Dialect::Mysql, Type::Integer { .. } | Type::Boolean) => {
            Type::integer(aludel_catalog::IntegerSize::Big)
        }
        (Dialect::Mysql, Type::Text { .. }) => Type::text(),
        (Dialect::Mysql, Type::Decimal { .. }) => Type::Decimal {
            precision: None,
            scale: None,
        },
        (_, ty) => ty.clone(),
    }
}

/// Which columns of a view are NULL in some row. Of one that cannot be read nothing is known. Both are given quoted.
pub(crate) fn nulls(conn: &Connection, view: &str, columns: &[String]) -> Vec<bool> {
    let missing: Vec<String> = columns
        .iter()
        .map(|column| format!("count(*) - count({column})"))
        .collect();
    let sql = format!("SELECT {} FROM {view}", missing.join(", "));
    let row: Option<Row> = match conn.execute(text_unchecked(&sql)) {
        Ok(_) => rows(conn, &sql).pop(),
        Err(_) => {
            conn.rollback().unwrap();
            None
        }
    };
    let places = 0..columns.len();
    places
        .map(|place| row.as_ref().is_some_and(|row| row.number(place) > 0))
        .collect()
}
