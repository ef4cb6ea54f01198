//! FROM: tables, views, subqueries, and how they are joined. Functions are read by `rows`.

use sqlparser::ast::{
    Ident, JoinConstraint, JoinOperator, ObjectName, TableAlias, TableFactor, TableWithJoins,
};

use aludel_catalog::Name;

use super::{
    query::{Environment, Reader},
    rows::{self, Call},
    scope::{Relation, Scope, folded},
    typed::{Output, Typed},
    typing::Typing,
};
use crate::parse::{namespace::default_schema, table::not_counted};

impl Reader<'_> {
    /// A table of FROM with everything that is joined to it; `before` is what stands in front of it.
    pub(super) fn joined(
        &self,
        tables: &TableWithJoins,
        before: &Scope<'_>,
        environment: &Environment<'_>,
    ) -> Scope<'static> {
        let mut left = Scope {
            outer: Some(before),
            ..self.factor(&tables.relation, before, environment)
        };
        for join in &tables.joins {
            let right = self.factor(&join.relation, &left, environment);
            self.join(&mut left, right, &join.join_operator);
        }
        Scope {
            relations: left.relations,
            all: left.all,
            outer: None,
        }
    }

    fn join(&self, left: &mut Scope<'_>, mut right: Scope<'_>, operator: &JoinOperator) {
        use JoinOperator as Operator;
        let (left_open, right_open, constraint) = match operator {
            Operator::Join(on)
            | Operator::Inner(on)
            | Operator::CrossJoin(on)
            | Operator::StraightJoin(on) => (false, false, Some(on)),
            Operator::Left(on) | Operator::LeftOuter(on) => (false, true, Some(on)),
            Operator::Right(on) | Operator::RightOuter(on) => (true, false, Some(on)),
            Operator::FullOuter(on) => (true, true, Some(on)),
            _ => (true, true, None),
        };
        if left_open {
            left.make_nullable(self.draft);
        }
        if right_open {
            right.make_nullable(self.draft);
        }
        let shared = self.shared(left, &right, constraint);
        let once = |side: &Scope<'_>, name: &String| side.once(self.draft, name);
        let mut all: Vec<Output> = Vec::new();
        for name in &shared {
            let (mine, theirs) = (once(left, name), once(&right, name));
            let nullable = match (left_open, right_open) {
                (false, false) => false,
                (true, true) => true,
                (true, false) => theirs.nullable,
                (false, true) => mine.nullable,
            };
            let typed = Typed {
                nullable,
                ..mine.or(theirs)
            };
            all.push(Output {
                name: Some(name.clone()),
                typed,
            });
        }
        let is_other = |output: &Output| {
            let name = output.name.as_deref();
            !name.is_some_and(|name| shared.iter().any(|other| self.draft.is_same(other, name)))
        };
        all.extend(left.all.drain(..).filter(is_other));
        all.extend(right.all.into_iter().filter(is_other));
        left.all = all;
        left.relations.append(&mut right.relations);
        if matches!(constraint, Some(JoinConstraint::Natural)) && left.is_open() {
            // Any of them may be one that both sides have.
            for output in &mut left.all {
                output.typed = Typed::UNKNOWN;
            }
        }
    }

    /// The columns that both sides have in common by USING or NATURAL.
    fn shared(
        &self,
        left: &Scope<'_>,
        right: &Scope<'_>,
        constraint: Option<&JoinConstraint>,
    ) -> Vec<String> {
        match constraint {
            Some(JoinConstraint::Using(names)) => {
                let names = names.iter().filter_map(|name| name.0.last()?.as_ident());
                names.map(|name| folded(self.draft.dialect, name)).collect()
            }
            Some(JoinConstraint::Natural) => {
                let has = |side: &Scope<'_>, name: &str| {
                    let mut names = side.all.iter().filter_map(|output| output.name.as_deref());
                    names.any(|other| self.draft.is_same(other, name))
                };
                let names = left.all.iter().filter_map(|output| output.name.clone());
                names.filter(|name| has(right, name)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn factor(
        &self,
        factor: &TableFactor,
        before: &Scope<'_>,
        environment: &Environment<'_>,
    ) -> Scope<'static> {
        let (name, columns, alias) = match factor {
            TableFactor::Table {
                name,
                alias,
                args: None,
                ..
            } => {
                let columns = self.named(name, environment);
                let own = name.0.last().and_then(|part| part.as_ident());
                (own, columns, alias.as_ref())
            }
            TableFactor::Derived {
                lateral,
                subquery,
                alias,
                ..
            } => {
                let inner = match lateral {
                    true => environment.within(before),
                    false => environment.clone(),
                };
                (None, self.query(subquery, &inner).ok(), alias.as_ref())
            }
            TableFactor::NestedJoin {
                table_with_joins,
                alias,
            } => {
                let inner = self.joined(table_with_joins, before, environment);
                if alias.is_none() {
                    return inner;
                }
                let columns = (!inner.is_open()).then_some(inner.all);
                (None, columns, alias.as_ref())
            }
            TableFactor::JsonTable { columns, alias, .. } => {
                let typing = Typing::new(self, before, environment, false);
                let columns = rows::of_json(&typing, columns, false);
                (None, Some(columns), alias.as_ref())
            }
            TableFactor::TableFunction { alias, .. } | TableFactor::XmlTable { alias, .. } => {
                (None, None, alias.as_ref())
            }
            other => match Call::of(other) {
                Some(call) => return self.rows(&call, before, environment),
                None => (None, None, None),
            },
        };
        self.aliased(name, columns, alias)
    }

    /// Something of this name, unless an alias calls it and its columns otherwise.
    fn aliased(
        &self,
        name: Option<&Ident>,
        columns: Option<Vec<Output>>,
        alias: Option<&TableAlias>,
    ) -> Scope<'static> {
        let columns = columns.map(|columns| match alias {
            Some(alias) => self.renamed(columns, alias),
            None => columns,
        });
        let name = alias.map(|alias| &alias.name).or(name);
        let name = name.map(|name| folded(self.draft.dialect, name));
        Scope::of(Relation {
            name: name.unwrap_or_default(),
            columns,
            is_value: false,
        })
    }

    /// The columns under the names that an alias gives them.
    pub(super) fn renamed(&self, mut columns: Vec<Output>, alias: &TableAlias) -> Vec<Output> {
        for (column, other) in columns.iter_mut().zip(&alias.columns) {
            column.name = Some(folded(self.draft.dialect, &other.name));
        }
        columns
    }

    /// The columns of what goes by a name: a common table expression, a table, a view.
    pub(super) fn named(
        &self,
        name: &ObjectName,
        environment: &Environment<'_>,
    ) -> Option<Vec<Output>> {
        let dialect = self.draft.dialect;
        let parts = name
            .0
            .iter()
            .map(|part| Some(folded(dialect, part.as_ident()?)));
        let mut parts: Vec<String> = parts.collect::<Option<_>>()?;
        let own = parts.pop()?;
        let schema = parts.pop();
        if schema.is_none() {
            let mut known = environment.expressions.iter().rev();
            if let Some((_, columns)) = known.find(|(known, _)| self.draft.is_same(known, &own)) {
                return columns.clone();
            }
        }
        let is_default = |schema: &String| {
            default_schema(dialect).is_some_and(|default| default.eq_ignore_ascii_case(schema))
        };
        let alone = Name::new(own);
        let name = Name {
            schema: schema.filter(|schema| !is_default(schema)),
            ..alone.clone()
        };
        // A dump may write the name of its own database.
        self.declared(&name).or_else(|| self.declared(&alone))
    }

    fn declared(&self, name: &Name) -> Option<Vec<Output>> {
        if let Some(table) = self.draft.table(name) {
            let columns = table.columns.iter().map(|column| {
                let mut ty = column.column.ty.clone();
                not_counted(&mut ty);
                Output {
                    name: Some(column.column.name.clone()),
                    typed: Typed {
                        origin: Some((table.name.clone(), column.column.name.clone())),
                        ..Typed::of(ty, column.column.nullable)
                    },
                }
            });
            return Some(columns.collect());
        }
        self.view(self.draft.view_number(name)?).ok()
    }
}
