//! What columns a query gives.

use std::{cell::RefCell, collections::HashMap};

use sqlparser::ast::{
    BinaryOperator, Cte, Expr, GroupByExpr, Query, Select, SelectItem,
    SelectItemQualifiedWildcardKind, SetExpr, Values,
};

use aludel_catalog::Dialect;

use super::{
    scope::{Scope, folded},
    typed::{Kind, Output, Typed},
    typing::Typing,
};
use crate::parse::{draft::Draft, tree};

/// The columns of a query, or why they are not known.
pub(super) type Columns = Result<Vec<Output>, String>;

/// Reads the queries of views.
pub(super) struct Reader<'d> {
    pub(super) draft: &'d Draft,
    /// The columns of views, by number; nothing while they are being read.
    known: RefCell<HashMap<usize, Option<Columns>>>,
    /// The views whose lists of columns name some of them as the query does.
    renames_nothing: RefCell<Vec<usize>>,
}

/// What stands around a query.
#[derive(Clone, Default)]
pub(super) struct Environment<'e> {
    /// Common table expressions, with their columns where these are known.
    pub(super) expressions: Vec<(String, Option<Vec<Output>>)>,
    pub(super) outer: Option<&'e Scope<'e>>,
}

impl<'e> Environment<'e> {
    /// For a query within another.
    pub(super) fn within<'n>(&self, outer: &'n Scope<'n>) -> Environment<'n> {
        Environment {
            expressions: self.expressions.clone(),
            outer: Some(outer),
        }
    }
}

impl<'d> Reader<'d> {
    pub(super) fn new(draft: &'d Draft) -> Self {
        Reader {
            draft,
            known: RefCell::new(HashMap::new()),
            renames_nothing: RefCell::default(),
        }
    }

    /// The views whose lists of columns name some of them as the query does: what a YAML file says of a few.
    pub(super) fn renames_nothing(self) -> Vec<usize> {
        self.renames_nothing.into_inner()
    }

    /// The columns of a view.
    pub(super) fn view(&self, number: usize) -> Columns {
        if let Some(known) = self.known.borrow().get(&number) {
            return known
                .clone()
                .unwrap_or_else(|| Err("it reads itself".to_owned()));
        }
        self.known.borrow_mut().insert(number, None);
        let columns = self.read_view(number);
        self.known
            .borrow_mut()
            .insert(number, Some(columns.clone()));
        columns
    }

    fn read_view(&self, number: usize) -> Columns {
        let view = &self.draft.views[number].value;
        let tree = tree::query(&view.query, self.draft.dialect)
            .map_err(|problem| format!("its query is not understood: {problem}"))?;
        let mut columns = self.query(&tree, &Environment::default())?;
        let is_own = |name: &String| columns.iter().any(|own| own.name.as_ref() == Some(name));
        let listed = &view.columns;
        if !listed.is_empty() && listed.len() < columns.len() && listed.iter().all(is_own) {
            self.renames_nothing.borrow_mut().push(number);
        } else if !ignores_names(self.draft.dialect, &tree) {
            for (column, name) in columns.iter_mut().zip(listed) {
                column.name = Some(name.clone());
            }
        }
        let notes = self.draft.annotations.tables.get(&view.name);
        for said in notes.into_iter().flat_map(|notes| &notes.view_columns) {
            let named = |column: &&mut Output| {
                let name = column.name.as_deref();
                name.is_some_and(|name| self.draft.is_same(name, &said.value.name))
            };
            for column in columns.iter_mut().filter(named) {
                if let Some(ty) = &said.value.ty {
                    column.typed.kind = Kind::Known(ty.clone());
                }
                column.typed.nullable = said.value.nullable.unwrap_or(column.typed.nullable);
            }
        }
        Ok(columns)
    }

    /// The columns of a query.
    pub(super) fn query(&self, query: &Query, environment: &Environment<'_>) -> Columns {
        let mut environment = environment.clone();
        if let Some(with) = &query.with {
            for expression in &with.cte_tables {
                self.add_expression(expression, with.recursive, &mut environment);
            }
        }
        self.set(&query.body, &environment)
    }

    fn add_expression(&self, cte: &Cte, recursive: bool, environment: &mut Environment<'_>) {
        let name = folded(self.draft.dialect, &cte.alias.name);
        if recursive && let SetExpr::SetOperation { left, .. } = cte.query.body.as_ref() {
            // What it starts from says what its columns are.
            let start = self.set(left, environment).ok();
            let start = start.map(|columns| self.renamed(columns, &cte.alias));
            environment.expressions.push((name.clone(), start));
        }
        let columns = self.query(&cte.query, environment).ok();
        let columns = columns.map(|columns| self.renamed(columns, &cte.alias));
        environment.expressions.push((name, columns));
    }

    fn set(&self, set: &SetExpr, environment: &Environment<'_>) -> Columns {
        match set {
            SetExpr::Select(select) => self.select(select, environment),
            SetExpr::Query(query) => self.query(query, environment),
            SetExpr::SetOperation { left, right, .. } => {
                let (left, right) = (self.set(left, environment)?, self.set(right, environment)?);
                let both = left.into_iter().zip(right);
                let both = both.map(|(left, right)| Output {
                    name: left.name,
                    typed: left.typed.or(right.typed),
                });
                Ok(both.collect())
            }
            SetExpr::Values(values) => Ok(self.values(values, environment)),
            _ => Err("its query is none that gives rows".to_owned()),
        }
    }

    fn values(&self, values: &Values, environment: &Environment<'_>) -> Vec<Output> {
        let scope = Scope {
            outer: environment.outer,
            ..Scope::default()
        };
        let typing = Typing::new(self, &scope, environment, false);
        let row = |row: &Vec<Expr>| row.iter().map(|value| typing.of(value)).collect();
        let mut rows = values.rows.iter().map(|parens| row(&parens.content));
        let first: Vec<Typed> = rows.next().unwrap_or_default();
        let together = rows.fold(first, |all, row: Vec<Typed>| {
            all.into_iter()
                .zip(row)
                .map(|(all, one)| all.or(one))
                .collect()
        });
        let name = |place: usize| match self.draft.dialect {
            Dialect::Sqlite | Dialect::Postgres => Some(format!("column{}", place + 1)),
            Dialect::Mysql if values.explicit_row => Some(format!("column_{place}")),
            // MariaDB calls them by the texts of the first row.
            Dialect::Mysql => None,
        };
        let outputs = together.into_iter().enumerate();
        let outputs = outputs.map(|(place, typed)| Output {
            name: name(place),
            typed,
        });
        outputs.collect()
    }

    fn select(&self, select: &Select, environment: &Environment<'_>) -> Columns {
        let mut scope = Scope {
            outer: environment.outer,
            ..Scope::default()
        };
        for tables in &select.from {
            let mut joined = self.joined(tables, &scope, environment);
            scope.relations.append(&mut joined.relations);
            scope.all.append(&mut joined.all);
        }
        if let Some(condition) = &select.selection {
            self.require(&mut scope, condition);
        }
        let (is_grouped, is_rolled_up) = grouping(&select.group_by);
        if is_rolled_up {
            scope.make_nullable(self.draft);
        }
        let typing = Typing::new(self, &scope, environment, is_grouped && !is_rolled_up);
        let mut columns = Vec::new();
        for item in &select.projection {
            match item {
                SelectItem::UnnamedExpr(expression) => columns.push(Output {
                    name: typing.name(expression),
                    typed: typing.of(expression),
                }),
                SelectItem::ExprWithAlias { expr, alias } => columns.push(Output {
                    name: Some(folded(self.draft.dialect, alias)),
                    typed: typing.of(expr),
                }),
                SelectItem::Wildcard(_) if scope.is_open() => return Err(open("*")),
                SelectItem::Wildcard(_) => columns.extend(scope.all.iter().cloned()),
                SelectItem::QualifiedWildcard(
                    SelectItemQualifiedWildcardKind::ObjectName(name),
                    _,
                ) => {
                    let table = name.0.last().and_then(|part| part.as_ident());
                    let table = table.map(|table| folded(self.draft.dialect, table));
                    let found = table.and_then(|table| scope.relation(self.draft, &table));
                    let found = found.and_then(|relation| relation.columns.as_ref());
                    columns.extend(found.ok_or_else(|| open(&format!("{name}.*")))?.clone());
                }
                _ => return Err("it selects something that is not understood".to_owned()),
            }
        }
        Ok(columns)
    }

    /// What a condition on all rows excludes: a column that is compared is not NULL.
    fn require(&self, scope: &mut Scope<'_>, condition: &Expr) {
        match condition {
            Expr::Nested(inner) => self.require(scope, inner),
            Expr::BinaryOp {
                left,
                op: BinaryOperator::And,
                right,
            } => {
                self.require(scope, left);
                self.require(scope, right);
            }
            Expr::BinaryOp { left, op, right } if compares(op) => {
                self.require_column(scope, left);
                self.require_column(scope, right);
            }
            Expr::IsNotNull(column)
            | Expr::Like { expr: column, .. }
            | Expr::InList { expr: column, .. }
            | Expr::Between { expr: column, .. } => self.require_column(scope, column),
            _ => {}
        }
    }

    fn require_column(&self, scope: &mut Scope<'_>, expression: &Expr) {
        let fold = |name| folded(self.draft.dialect, name);
        match expression {
            Expr::Nested(inner) => self.require_column(scope, inner),
            Expr::Identifier(name) => scope.require(self.draft, None, &fold(name)),
            Expr::CompoundIdentifier(parts) => {
                if let [.., table, column] = parts.as_slice() {
                    scope.require(self.draft, Some(&fold(table)), &fold(column));
                }
            }
            _ => {}
        }
    }
}

/// MariaDB calls the columns of a mere list of rows by the texts of its first row, whatever the view calls them.
fn ignores_names(dialect: Dialect, query: &Query) -> bool {
    dialect == Dialect::Mysql
        && matches!(query.body.as_ref(), SetExpr::Values(values) if !values.explicit_row)
}

fn compares(operator: &BinaryOperator) -> bool {
    use BinaryOperator as Operator;
    matches!(
        operator,
        Operator::Eq
            | Operator::NotEq
            | Operator::Lt
            | Operator::LtEq
            | Operator::Gt
            | Operator::GtEq
    )
}

/// Whether rows are grouped, and whether sums over several groups stand among them.
fn grouping(group_by: &GroupByExpr) -> (bool, bool) {
    match group_by {
        GroupByExpr::All(_) => (true, true),
        GroupByExpr::Expressions(expressions, modifiers) => {
            let rolls_up = |expression: &Expr| {
                matches!(
                    expression,
                    Expr::Rollup(_) | Expr::Cube(_) | Expr::GroupingSets(_)
                )
            };
            let rolled_up = !modifiers.is_empty() || expressions.iter().any(rolls_up);
            (!expressions.is_empty(), rolled_up)
        }
    }
}

fn open(what: &str) -> String {
    format!("`{what}` stands for columns of something that the schema does not declare")
}
