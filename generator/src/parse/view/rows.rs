//! Functions in FROM: the columns of the rows that they give.

use sqlparser::ast::{
    Expr, FunctionArg, FunctionArgExpr, JsonTableColumn, ObjectName, TableAlias, TableFactor,
};

use aludel_catalog::{ColumnType, Dialect, IntegerSize, Type};

use super::{
    function::{array_of, json, moment},
    query::{Environment, Reader},
    scope::{Relation, Scope, folded},
    typed::{Kind, Output, Typed},
    typing::Typing,
};

/// A call of a function in FROM.
pub(super) struct Call<'t> {
    /// Nothing where it is `unnest`, which has a place of its own in trees.
    name: Option<&'t ObjectName>,
    /// Nothing where one is no plain expression.
    arguments: Vec<Option<&'t Expr>>,
    with_ordinality: bool,
    alias: Option<&'t TableAlias>,
}

impl<'t> Call<'t> {
    pub(super) fn of(factor: &'t TableFactor) -> Option<Self> {
        let of_list = |list: &'t [FunctionArg]| list.iter().map(plain).collect();
        let (name, arguments, with_ordinality, alias) = match factor {
            TableFactor::Table {
                name,
                args: Some(list),
                with_ordinality,
                alias,
                ..
            } => (Some(name), of_list(&list.args), with_ordinality, alias),
            TableFactor::Function {
                name,
                args,
                with_ordinality,
                alias,
                ..
            } => (Some(name), of_list(args), with_ordinality, alias),
            TableFactor::UNNEST {
                array_exprs,
                with_ordinality,
                alias,
                ..
            } => {
                let arrays = array_exprs.iter().map(Some).collect();
                (None, arrays, with_ordinality, alias)
            }
            _ => return None,
        };
        Some(Call {
            name,
            arguments,
            with_ordinality: *with_ordinality,
            alias: alias.as_ref(),
        })
    }

    /// What it is called, and whether the database itself has it.
    fn function(&self, dialect: Dialect) -> (String, bool) {
        let Some(name) = self.name else {
            return ("unnest".to_owned(), true);
        };
        let parts = name.0.iter().filter_map(|part| part.as_ident());
        let parts: Vec<String> = parts.map(|part| folded(dialect, part)).collect();
        let is_own = match parts.as_slice() {
            [_] => true,
            [schema, _] => dialect == Dialect::Postgres && schema == "pg_catalog",
            _ => false,
        };
        (parts.last().cloned().unwrap_or_default(), is_own)
    }
}

fn plain(argument: &FunctionArg) -> Option<&Expr> {
    match argument {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(expression)) => Some(expression),
        _ => None,
    }
}

/// What a function gives.
enum Given {
    /// Values, which are called as the function is.
    Values(Typed),
    /// Values under a name of their own.
    Named(&'static str, Typed),
    /// Rows.
    Rows(Vec<(&'static str, Typed)>),
}

impl Reader<'_> {
    /// What a function in FROM adds; its arguments may be columns of what stands `before` it.
    pub(super) fn rows(
        &self,
        call: &Call<'_>,
        before: &Scope<'_>,
        environment: &Environment<'_>,
    ) -> Scope<'static> {
        let dialect = self.draft.dialect;
        let typing = Typing::new(self, before, environment, false);
        let (function, is_own) = call.function(dialect);
        let name = call.alias.map(|alias| folded(dialect, &alias.name));
        let name = name.unwrap_or_else(|| function.clone());
        let given = match (listed(&typing, call.alias), is_own) {
            (Some(columns), _) => Some((columns, false)),
            (None, true) => given(&typing, &function, &call.arguments).map(|given| {
                let is_value = dialect == Dialect::Postgres && !call.with_ordinality;
                match given {
                    Given::Values(typed) => (vec![output(&name, typed)], is_value),
                    Given::Named(own, typed) => (vec![output(own, typed)], is_value),
                    Given::Rows(rows) => {
                        let columns = rows.into_iter();
                        let columns = columns.map(|(name, typed)| output(name, typed));
                        (columns.collect(), false)
                    }
                }
            }),
            (None, false) => None,
        };
        let (columns, is_value) = given.unzip();
        let columns = columns.map(|mut columns: Vec<Output>| {
            if call.with_ordinality {
                columns.push(output("ordinality", Typed::bigint(false)));
            }
            match call.alias {
                Some(alias) => self.renamed(columns, alias),
                None => columns,
            }
        });
        Scope::of(Relation {
            name,
            columns,
            is_value: is_value.unwrap_or(false),
        })
    }
}

fn output(name: &str, typed: Typed) -> Output {
    Output {
        name: Some(name.to_owned()),
        typed,
    }
}

/// The columns where they are listed with their types: `AS x (a integer, b text)`.
fn listed(typing: &Typing<'_>, alias: Option<&TableAlias>) -> Option<Vec<Output>> {
    let listed = alias.map(|alias| alias.columns.as_slice())?;
    if listed.iter().all(|column| column.data_type.is_none()) {
        return None;
    }
    let columns = listed.iter().map(|column| {
        let ty = column.data_type.as_ref();
        let ty = ty.and_then(|ty| typing.read_type(&ty.to_string()));
        let typed = ty.map_or(Typed::UNKNOWN, |ty| Typed::of(ty, true));
        output(&folded(typing.dialect(), &column.name), typed)
    });
    Some(columns.collect())
}

/// The columns that JSON_TABLE lists. Where the path leads nowhere they are NULL, and all of them are in a nested list without rows.
pub(super) fn of_json(
    typing: &Typing<'_>,
    columns: &[JsonTableColumn],
    is_nested: bool,
) -> Vec<Output> {
    let dialect = typing.dialect();
    let read = |column: &JsonTableColumn| match column {
        JsonTableColumn::Named(named) => {
            let ty = typing.read_type(&named.r#type.to_string());
            let typed = ty.map_or(Typed::UNKNOWN, |ty| {
                Typed::of(ty, is_nested || !named.exists)
            });
            vec![output(&folded(dialect, &named.name), typed)]
        }
        JsonTableColumn::ForOrdinality(name) => {
            let typed = Typed::number(dialect, is_nested);
            vec![output(&folded(dialect, name), typed)]
        }
        JsonTableColumn::Nested(nested) => of_json(typing, &nested.columns, true),
    };
    columns.iter().flat_map(read).collect()
}

fn given(typing: &Typing<'_>, function: &str, arguments: &[Option<&Expr>]) -> Option<Given> {
    match typing.dialect() {
        Dialect::Postgres if function == "unnest" => unnested(typing, arguments),
        Dialect::Postgres => {
            let of = |argument: &Option<&Expr>| {
                argument.map_or(Typed::UNKNOWN, |argument| typing.of(argument))
            };
            of_postgres(function, &arguments.iter().map(of).collect::<Vec<_>>())
        }
        Dialect::Sqlite => of_sqlite(function),
        Dialect::Mysql => None,
    }
}

fn of_postgres(function: &str, arguments: &[Typed]) -> Option<Given> {
    let binary = function.starts_with("jsonb_");
    let given = match function {
        "generate_series" => Given::Values(series(arguments)?),
        "generate_subscripts" => Given::Values(Typed::integer(IntegerSize::Regular, false)),
        "json_array_elements" | "jsonb_array_elements" => {
            Given::Named("value", json(binary, false))
        }
        "json_array_elements_text" | "jsonb_array_elements_text" => {
            Given::Named("value", Typed::text(true))
        }
        "json_object_keys" | "jsonb_object_keys" | "regexp_split_to_table" => {
            Given::Values(Typed::text(false))
        }
        "json_each" | "jsonb_each" => Given::Rows(vec![
            ("key", Typed::text(false)),
            ("value", json(binary, false)),
        ]),
        "json_each_text" | "jsonb_each_text" => Given::Rows(vec![
            ("key", Typed::text(false)),
            ("value", Typed::text(true)),
        ]),
        // Its third argument is the text that stands for NULL.
        "string_to_table" => Given::Values(Typed::text(arguments.len() != 2)),
        "regexp_matches" => Given::Values(array_of(ColumnType::new(Type::text(), "text"), false)),
        _ => return None,
    };
    Some(given)
}

/// What is not listed can be of any type, as all is that comes from JSON.
fn of_sqlite(function: &str) -> Option<Given> {
    matches!(
        function.to_ascii_lowercase().as_str(),
        "json_each" | "json_tree"
    )
    .then(|| {
        Given::Rows(vec![
            ("key", Typed::UNKNOWN),
            ("value", Typed::UNKNOWN),
            ("type", Typed::text(false)),
            ("atom", Typed::UNKNOWN),
            ("id", Typed::bigint(false)),
            ("parent", Typed::bigint(true)),
            ("fullkey", Typed::text(false)),
            ("path", Typed::text(false)),
        ])
    })
}

/// The values between two, by the types of all arguments: PostgreSQL takes the form that fits most of them.
fn series(arguments: &[Typed]) -> Option<Typed> {
    let [from, to, step @ ..] = arguments else {
        return None;
    };
    let moments = [from.ty()?, to.ty()?];
    let is_moment = |ty: &Type| matches!(ty, Type::Date | Type::Timestamp { .. });
    if moments.iter().all(|ty| is_moment(ty)) {
        let has_zone = |ty: &&Type| matches!(ty, Type::Timestamp { zone: true, .. });
        let has_none = |ty: &&Type| matches!(ty, Type::Timestamp { zone: false, .. });
        let zone = moments.iter().any(has_zone) || !moments.iter().any(has_none);
        return Some(moment(zone, false));
    }
    let mut sizes = Vec::new();
    for argument in [from, to].into_iter().chain(step) {
        match argument.ty()? {
            Type::Integer { size, .. } => sizes.push(Some(*size)),
            Type::Decimal { .. } => sizes.push(None),
            _ => return None,
        }
    }
    match sizes.iter().copied().max()? {
        _ if sizes.contains(&None) => Some(Typed::decimal(false)),
        Some(IntegerSize::Small | IntegerSize::Tiny) | None => None,
        Some(size) => Some(Typed::integer(size, false)),
    }
}

/// The elements of one array, or of several beside each other, of which the shorter ones are filled up with NULL.
fn unnested(typing: &Typing<'_>, arrays: &[Option<&Expr>]) -> Option<Given> {
    let elements = arrays.iter().map(|array| element(typing, (*array)?));
    let mut elements: Vec<Typed> = elements.collect::<Option<_>>()?;
    match elements.len() {
        0 => None,
        1 => elements.pop().map(Given::Values),
        _ => {
            let columns = elements.into_iter();
            let columns = columns.map(|typed| ("unnest", typed.or_null(true)));
            Some(Given::Rows(columns.collect()))
        }
    }
}

/// An element of an array; of one in others too, as all of them are taken apart.
fn element(typing: &Typing<'_>, array: &Expr) -> Option<Typed> {
    let Kind::Known(mut ty) = typing.of(array).kind else {
        return None;
    };
    let mut depth = 0;
    while let Type::Array(inner) = ty.kind {
        ty.kind = *inner;
        depth += 1;
    }
    if depth == 0 {
        return None;
    }
    let all_there = match array {
        Expr::Array(list) if depth == 1 => {
            let mut elements = list.elem.iter();
            elements.all(|element| !typing.of(element).nullable)
        }
        _ => false,
    };
    Some(Typed::of(bare(ty), !all_there))
}

/// The type without brackets, and without what a declaration says of its size: a function's result has none.
fn bare(ty: ColumnType) -> ColumnType {
    let kind = match ty.kind {
        Type::Text { fixed, .. } => Type::Text {
            length: None,
            fixed,
        },
        Type::Decimal { .. } => Type::Decimal {
            precision: None,
            scale: None,
        },
        Type::Time { zone, .. } => Type::Time {
            precision: None,
            zone,
        },
        Type::Timestamp { zone, .. } => Type::Timestamp {
            precision: None,
            zone,
        },
        other => other,
    };
    let mut sql = ty.sql.trim();
    while let (true, Some(start)) = (sql.ends_with(']'), sql.rfind('[')) {
        sql = sql[..start].trim_end();
    }
    let is_word = |word: &&str| word.eq_ignore_ascii_case("array");
    if let Some((rest, _)) = sql.rsplit_once(' ').filter(|(_, word)| is_word(word)) {
        sql = rest;
    }
    let sql = match (sql.find('('), sql.rfind(')')) {
        (Some(start), Some(end)) if start < end && !sql.contains('"') => {
            format!("{}{}", &sql[..start], &sql[end + 1..])
        }
        _ => sql.to_owned(),
    };
    ColumnType::new(kind, sql)
}
