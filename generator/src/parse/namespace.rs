//! Which namespace a name stands in that is written without one: `USE`, `SET search_path`.

use sqlparser::tokenizer::Token;

use aludel_catalog::Dialect;

use super::{
    cursor::{Cursor, string_value},
    draft::Draft,
};

/// What a session has been told, up to some statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Namespaces {
    /// The one that is left out of names.
    pub(super) default: Option<String>,
    /// Where a name without one stands, if that is another.
    pub(super) current: Option<String>,
}

/// The namespace that names without one stand in, before a file says otherwise.
pub(super) const fn default_schema(dialect: Dialect) -> Option<&'static str> {
    match dialect {
        Dialect::Sqlite => Some("main"),
        Dialect::Postgres => Some("public"),
        Dialect::Mysql => None,
    }
}

impl Namespaces {
    /// Before anything is said.
    pub(super) fn new(dialect: Dialect) -> Self {
        Namespaces {
            default: default_schema(dialect).map(str::to_owned),
            current: None,
        }
    }

    /// Where another file begins: the first database that was used stays the default one.
    pub(super) fn leave_file(&mut self) {
        self.current = None;
    }

    /// `USE database`: the first one is the default, the names in others are written with theirs.
    pub(super) fn use_database(&mut self, cursor: &mut Cursor<'_>) {
        cursor.advance(1);
        let Ok(database) = cursor.identifier("the name of a database") else {
            return;
        };
        let default = self.default.get_or_insert_with(|| database.value.clone());
        let is_default = default.eq_ignore_ascii_case(&database.value);
        self.current = (!is_default).then_some(database.value);
    }

    /// `SET search_path`, in one of its forms.
    pub(super) fn set_path(&mut self, cursor: &mut Cursor<'_>, draft: &mut Draft) {
        let path: Vec<Option<String>> = read_path(cursor)
            .into_iter()
            .filter(|schema| !schema.starts_with("pg_") && schema != "$user")
            .map(|schema| Some(schema).filter(|schema| Some(schema) != self.default.as_ref()))
            .collect();
        self.current = path.first().cloned().flatten();
        if let Some((first, others)) = path.split_first() {
            draft.look_further(first.clone(), others);
        }
    }
}

/// The namespaces of the path. Where the path is set back, or cannot be known, there are none.
fn read_path(cursor: &mut Cursor<'_>) -> Vec<String> {
    // SELECT pg_catalog.set_config('search_path', 'a, b', false)
    if cursor.is_word("SELECT") {
        let texts = cursor
            .rest()
            .iter()
            .filter_map(|token| string_value(&token.token));
        let path = texts.skip(1).take(1).flat_map(|list| list.split(','));
        return path
            .map(|schema| schema.trim().trim_matches('"').to_owned())
            .filter(|schema| !schema.is_empty())
            .collect();
    }
    while !cursor.is_at_end() && !cursor.is_one_of(&["SEARCH_PATH", "SCHEMA"]) {
        cursor.advance(1);
    }
    cursor.advance(1);
    if !cursor.eat_word("TO") {
        cursor.eat_symbol(&Token::Eq);
    }
    if cursor.is_one_of(&["DEFAULT", "FROM"]) {
        return Vec::new();
    }
    let mut path = Vec::new();
    for mut part in cursor.split_at_commas() {
        let schema = match part.peek().and_then(string_value) {
            Some(text) => Some(text.to_owned()),
            None => part.identifier("a namespace").ok().map(|name| name.value),
        };
        path.extend(schema.filter(|schema| !schema.is_empty()));
    }
    path
}
