//! What kind of value an expression gives, as far as it shows.

use crate::{ColumnType, Type};

use super::{
    Scope,
    tree::{Binary, CastTo, Expr, Function},
};

/// A kind of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    /// A number with a fraction.
    Fraction,
    Boolean,
    Json,
    Other,
}

/// The kind of an expression, where it shows.
pub(super) fn kind(expression: &Expr, scope: Scope<'_>) -> Option<Kind> {
    match expression {
        Expr::Column(name) => scope.type_of(name).map(of_type),
        Expr::Text(_) => Some(Kind::Text),
        Expr::Number(number) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(Kind::Integer)
        }
        Expr::Number(_) => Some(Kind::Fraction),
        Expr::Negative(inner) | Expr::Group(inner) => kind(inner, scope),
        Expr::Boolean(_)
        | Expr::Not(_)
        | Expr::Is { .. }
        | Expr::In { .. }
        | Expr::Between { .. }
        | Expr::Like(_) => Some(Kind::Boolean),
        Expr::Binary(operator, left, right) => {
            of_operation(*operator, kind(left, scope), kind(right, scope))
        }
        Expr::Cast(_, to) => of_cast(to),
        Expr::Call(function, arguments) => of_call(*function, arguments, scope),
        Expr::Case {
            branches,
            otherwise,
            ..
        } => {
            let results = branches.iter().map(|(_, result)| result);
            let mut kinds = results
                .chain(otherwise.as_deref())
                .filter(|result| **result != Expr::Null)
                .map(|result| kind(result, scope));
            let first = kinds.next()?;
            kinds.all(|other| other == first).then_some(first)?
        }
        Expr::Bytes(_) | Expr::Now(_) => Some(Kind::Other),
        Expr::Null | Expr::Array(_) => None,
    }
}

fn of_type(ty: &ColumnType) -> Kind {
    match ty.kind {
        Type::Boolean => Kind::Boolean,
        Type::Integer { .. } => Kind::Integer,
        Type::Float | Type::Double | Type::Decimal { .. } => Kind::Fraction,
        Type::Text { .. } | Type::Enum(_) | Type::Set(_) => Kind::Text,
        Type::Json { .. } => Kind::Json,
        _ => Kind::Other,
    }
}

fn of_operation(operator: Binary, left: Option<Kind>, right: Option<Kind>) -> Option<Kind> {
    match operator.level() {
        1..=4 => Some(Kind::Boolean),
        _ if operator == Binary::Concatenate => Some(Kind::Text),
        _ if left == right => left,
        _ if left == Some(Kind::Fraction) || right == Some(Kind::Fraction) => Some(Kind::Fraction),
        _ => None,
    }
}

fn of_cast(to: &CastTo) -> Option<Kind> {
    match to {
        CastTo::Text => Some(Kind::Text),
        CastTo::Integer => Some(Kind::Integer),
        CastTo::Decimal(_) | CastTo::Double => Some(Kind::Fraction),
        CastTo::Boolean => Some(Kind::Boolean),
        CastTo::Json => Some(Kind::Json),
        CastTo::Named(_) => None,
        _ => Some(Kind::Other),
    }
}

fn of_call(function: Function, arguments: &[Expr], scope: Scope<'_>) -> Option<Kind> {
    match function {
        Function::Common("ABS" | "COALESCE" | "NULLIF" | "ROUND")
        | Function::Greatest
        | Function::Least => kind(arguments.first()?, scope),
        Function::Common(_) | Function::Concatenate | Function::Left | Function::UtcText => {
            Some(Kind::Text)
        }
        Function::Characters | Function::Octets | Function::Position | Function::NextValue => {
            Some(Kind::Integer)
        }
        Function::JsonValid => Some(Kind::Boolean),
        Function::Uuid => Some(Kind::Other),
    }
}
