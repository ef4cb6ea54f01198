//! The types of expressions.

use sqlparser::ast::{
    DataType, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, Query, Value,
};

use aludel_catalog::{ColumnType, Dialect, IntegerSize, Type};

use super::{
    function,
    query::{Environment, Reader},
    scope::{Scope, folded},
    typed::{Kind, Typed},
};
use crate::{
    diagnostic::Span,
    parse::{
        cursor::{Cursor, Source},
        namespace::default_schema,
        token, type_name,
        types::{self, Meaning},
    },
};

/// What expressions of one SELECT are read with.
pub(super) struct Typing<'t> {
    pub(super) reader: &'t Reader<'t>,
    scope: &'t Scope<'t>,
    environment: &'t Environment<'t>,
    /// Whether every aggregate has a row to work on.
    pub(super) is_grouped: bool,
}

impl<'t> Typing<'t> {
    pub(super) fn new(
        reader: &'t Reader<'t>,
        scope: &'t Scope<'t>,
        environment: &'t Environment<'t>,
        is_grouped: bool,
    ) -> Self {
        Typing {
            reader,
            scope,
            environment,
            is_grouped,
        }
    }

    pub(super) fn dialect(&self) -> Dialect {
        self.reader.draft.dialect
    }

    /// What the database calls a column without an alias, where that is certain.
    pub(super) fn name(&self, expression: &Expr) -> Option<String> {
        match expression {
            Expr::Identifier(name) => Some(folded(self.dialect(), name)),
            Expr::CompoundIdentifier(parts) => {
                parts.last().map(|name| folded(self.dialect(), name))
            }
            _ if self.dialect() != Dialect::Postgres => None,
            Expr::Nested(inner) => self.name(inner),
            Expr::Cast { expr, .. } => self.name(expr),
            Expr::Function(function) => {
                let name = function.name.0.last()?.as_ident()?;
                Some(folded(Dialect::Postgres, name))
            }
            _ => None,
        }
    }

    /// What an expression gives.
    pub(super) fn of(&self, expression: &Expr) -> Typed {
        match expression {
            Expr::Nested(inner) | Expr::Collate { expr: inner, .. } => self.of(inner),
            Expr::Prefixed { value, .. } => self.of(value),
            Expr::Identifier(name) => {
                let name = folded(self.dialect(), name);
                self.scope.find(self.reader.draft, None, &name)
            }
            Expr::CompoundIdentifier(parts) => self.qualified(parts),
            Expr::Value(value) => self.literal(&value.value),
            Expr::TypedString(text) => self.cast(&text.data_type, &Typed::text(false)),
            Expr::Cast {
                expr, data_type, ..
            } => self.cast(data_type, &self.of(expr)),
            Expr::Convert {
                expr,
                data_type: Some(ty),
                ..
            } => self.cast(ty, &self.of(expr)),
            Expr::UnaryOp { op, expr } => self.unary(*op, expr),
            Expr::BinaryOp { left, op, right } => self.binary(left, op, right),
            Expr::Case {
                conditions,
                else_result,
                ..
            } => {
                let branches = conditions.iter().map(|branch| self.of(&branch.result));
                let other = else_result
                    .as_ref()
                    .map_or(Typed::NULL, |other| self.of(other));
                branches.fold(other, Typed::or)
            }
            Expr::Subquery(query) => self.scalar(query),
            Expr::Function(function) => self.function(function),
            Expr::Substring {
                expr,
                substring_from: Some(from),
                ..
            } if matches!(self.of(from).ty(), Some(Type::Text { .. })) => {
                // A pattern may be nowhere in the text.
                Typed::text(true).or_null(self.of(expr).nullable)
            }
            Expr::Substring { expr, .. } | Expr::Trim { expr, .. } | Expr::Overlay { expr, .. } => {
                Typed::text(self.of(expr).nullable)
            }
            Expr::Position { expr, r#in } => {
                let nullable = self.of(expr).nullable || self.of(r#in).nullable;
                Typed::number(self.dialect(), nullable)
            }
            Expr::Ceil { expr, .. } | Expr::Floor { expr, .. } => {
                function::rounded(self.of(expr), self.dialect())
            }
            Expr::Array(array) => self.array(&array.elem),
            Expr::AtTimeZone { timestamp, .. } => other_zone(self.of(timestamp)),
            other => self.condition(other),
        }
    }

    /// What is true or false.
    fn condition(&self, expression: &Expr) -> Typed {
        let any = |expressions: &[&Expr]| {
            let mut all = expressions.iter();
            Typed::boolean(all.any(|expression| self.of(expression).nullable))
        };
        match expression {
            Expr::IsFalse(_)
            | Expr::IsNotFalse(_)
            | Expr::IsTrue(_)
            | Expr::IsNotTrue(_)
            | Expr::IsNull(_)
            | Expr::IsNotNull(_)
            | Expr::IsUnknown(_)
            | Expr::IsNotUnknown(_)
            | Expr::IsDistinctFrom(..)
            | Expr::IsNotDistinctFrom(..)
            | Expr::Exists { .. } => Typed::boolean(false),
            Expr::InList { expr, list, .. } => {
                let list = list.iter().any(|item| self.of(item).nullable);
                any(&[expr]).or_null(list)
            }
            Expr::Between {
                expr, low, high, ..
            } => any(&[expr, low, high]),
            Expr::Like { expr, pattern, .. }
            | Expr::ILike { expr, pattern, .. }
            | Expr::SimilarTo { expr, pattern, .. }
            | Expr::RLike { expr, pattern, .. } => any(&[expr, pattern]),
            Expr::InSubquery { .. } | Expr::AnyOp { .. } | Expr::AllOp { .. } => {
                Typed::boolean(true)
            }
            _ => Typed::UNKNOWN,
        }
    }

    fn qualified(&self, parts: &[sqlparser::ast::Ident]) -> Typed {
        let [.., table, column] = parts else {
            return Typed::UNKNOWN;
        };
        let (table, column) = (
            folded(self.dialect(), table),
            folded(self.dialect(), column),
        );
        self.scope.find(self.reader.draft, Some(&table), &column)
    }

    fn literal(&self, value: &Value) -> Typed {
        match value {
            Value::Number(number, _) if number.contains(['.', 'e', 'E']) => match self.dialect() {
                Dialect::Sqlite => Typed::double(false),
                _ => Typed::decimal(false),
            },
            Value::Number(number, _) => match (self.dialect(), number.parse::<i64>()) {
                (Dialect::Postgres, Ok(number)) if i32::try_from(number).is_ok() => {
                    Typed::integer(IntegerSize::Regular, false)
                }
                (_, Ok(_)) => Typed::bigint(false),
                (_, Err(_)) => Typed::decimal(false),
            },
            Value::Boolean(_) => Typed::boolean(false),
            Value::Null => Typed::NULL,
            Value::SingleQuotedString(_)
            | Value::EscapedStringLiteral(_)
            | Value::UnicodeStringLiteral(_)
            | Value::NationalStringLiteral(_)
            | Value::DollarQuotedString(_) => Typed::text(false),
            Value::DoubleQuotedString(_) if self.dialect() == Dialect::Mysql => Typed::text(false),
            _ => Typed::UNKNOWN,
        }
    }

    fn cast(&self, to: &DataType, from: &Typed) -> Typed {
        match self.read_type(&to.to_string()) {
            Some(ty) => {
                let is_moment = matches!(
                    ty.kind,
                    Type::Date | Type::Time { .. } | Type::Timestamp { .. }
                );
                // MySQL makes NULL of what is none.
                let may_fail = is_moment && self.dialect() == Dialect::Mysql;
                Typed::of(ty, from.nullable || may_fail)
            }
            None => Typed::UNKNOWN,
        }
    }

    /// A type as CAST names it.
    pub(super) fn read_type(&self, text: &str) -> Option<ColumnType> {
        if self.dialect() == Dialect::Mysql {
            let known = match text.split([' ', '(']).next()? {
                "SIGNED" => Some(Typed::bigint(false)),
                "UNSIGNED" => Some(Typed::new(
                    Type::Integer {
                        size: IntegerSize::Big,
                        unsigned: true,
                    },
                    "bigint unsigned",
                    false,
                )),
                "CHAR" => Some(Typed::text(false)),
                _ => None,
            };
            if let Some(Typed {
                kind: Kind::Known(ty),
                ..
            }) = known
            {
                return Some(ty);
            }
        }
        let tokens = token::tokenize(text, self.dialect(), Span::new(0, 0, text.len())).ok()?;
        let source = Source {
            dialect: self.dialect(),
            file: 0,
            text,
            default_schema: default_schema(self.dialect()),
            current_schema: None,
            whole: "the type",
        };
        let ty = type_name::read(&mut Cursor::new(source, &tokens)).ok()??;
        let kind = match types::meaning(&ty, self.dialect()) {
            Meaning::Plain(kind) => kind,
            Meaning::Named(name) if ty.dimensions == 0 => {
                let draft = self.reader.draft;
                let is_enum = draft.enums.iter().any(|item| item.value.name == name);
                let is_domain = draft.domains.iter().any(|domain| domain.value.name == name);
                match (is_enum, is_domain) {
                    (true, _) => Type::Enum(name),
                    (_, true) => Type::Domain(name),
                    _ => return None,
                }
            }
            _ => return None,
        };
        Some(ColumnType::new(kind, ty.sql.value.to_lowercase()))
    }

    fn scalar(&self, query: &Query) -> Typed {
        let inner = self.environment.within(self.scope);
        match self.reader.query(query, &inner).as_deref() {
            Ok([only]) => only.typed.clone().or_null(!always_gives_a_row(query)),
            _ => Typed::UNKNOWN,
        }
    }

    fn array(&self, elements: &[Expr]) -> Typed {
        let all = elements.iter().map(|element| self.of(element));
        match all.reduce(Typed::or).map(|typed| typed.kind) {
            Some(Kind::Known(ty)) => function::array_of(ty, false),
            _ => Typed::UNKNOWN,
        }
    }

    fn function(&self, function: &Function) -> Typed {
        let Some(name) = function.name.0.last().and_then(|part| part.as_ident()) else {
            return Typed::UNKNOWN;
        };
        let arguments = match &function.args {
            FunctionArguments::None => Vec::new(),
            FunctionArguments::Subquery(_) => return Typed::UNKNOWN,
            FunctionArguments::List(list) => {
                let arguments = list.args.iter().map(|argument| match argument {
                    FunctionArg::Unnamed(FunctionArgExpr::Expr(expression)) => self.of(expression),
                    FunctionArg::Unnamed(_) => Typed::NULL,
                    _ => Typed::UNKNOWN,
                });
                arguments.collect()
            }
        };
        let call = function::Call {
            name: name.value.to_ascii_lowercase(),
            arguments,
            dialect: self.dialect(),
            has_rows: self.is_grouped && function.filter.is_none() && function.over.is_none(),
        };
        call.typed()
    }
}

/// What is counted in another zone is a moment of a calendar, and the other way round.
fn other_zone(typed: Typed) -> Typed {
    let nullable = typed.nullable;
    match typed.ty() {
        Some(Type::Timestamp { zone, .. }) => function::moment(!zone, nullable),
        _ => Typed::UNKNOWN,
    }
}

/// Whether a subquery is an aggregate of everything.
fn always_gives_a_row(query: &Query) -> bool {
    use sqlparser::ast::{GroupByExpr, SelectItem, SetExpr};
    let SetExpr::Select(select) = query.body.as_ref() else {
        return false;
    };
    let is_ungrouped = matches!(&select.group_by, GroupByExpr::Expressions(by, _) if by.is_empty());
    let aggregates = |item: &SelectItem| {
        let (SelectItem::UnnamedExpr(expression)
        | SelectItem::ExprWithAlias {
            expr: expression, ..
        }) = item
        else {
            return false;
        };
        matches!(expression, Expr::Function(function)
            if function.over.is_none()
                && function.name.to_string().eq_ignore_ascii_case("count"))
    };
    let all_rows = query.limit_clause.is_none() && select.having.is_none();
    is_ungrouped && all_rows && select.projection.iter().all(aggregates)
}
