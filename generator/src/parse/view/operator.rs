//! What operators give.

use sqlparser::ast::{BinaryOperator, Expr, UnaryOperator};

use aludel_catalog::{ColumnType, Dialect, Type};

use super::{
    typed::{Kind, Typed, wider},
    typing::Typing,
};

impl Typing<'_> {
    pub(super) fn unary(&self, operator: UnaryOperator, operand: &Expr) -> Typed {
        let typed = self.of(operand);
        match operator {
            UnaryOperator::Not => Typed::boolean(typed.nullable),
            UnaryOperator::Plus | UnaryOperator::Minus => match typed.ty() {
                Some(Type::Integer { unsigned: true, .. }) => Typed::UNKNOWN,
                _ => Typed {
                    origin: None,
                    ..typed
                },
            },
            _ => Typed::UNKNOWN,
        }
    }

    pub(super) fn binary(&self, left: &Expr, operator: &BinaryOperator, right: &Expr) -> Typed {
        use BinaryOperator as Operator;
        let (left, right) = (self.of(left), self.of(right));
        let nullable = left.nullable || right.nullable;
        match operator {
            Operator::Plus | Operator::Minus | Operator::Multiply => {
                self.arithmetic(left, right, nullable)
            }
            Operator::Divide | Operator::Modulo => self.quotient(operator, left, right, nullable),
            Operator::StringConcat if self.dialect() == Dialect::Mysql => Typed::boolean(nullable),
            Operator::StringConcat => match (left.ty(), right.ty()) {
                (Some(Type::Text { .. }), _) | (_, Some(Type::Text { .. })) => {
                    Typed::text(nullable)
                }
                _ if self.dialect() == Dialect::Sqlite => Typed::text(nullable),
                _ => Typed::UNKNOWN,
            },
            Operator::LongArrow | Operator::HashLongArrow => Typed::text(true),
            Operator::Arrow | Operator::HashArrow => Typed {
                origin: None,
                ..left.or_null(true)
            },
            Operator::Spaceship => Typed::boolean(false),
            Operator::Gt
            | Operator::Lt
            | Operator::GtEq
            | Operator::LtEq
            | Operator::Eq
            | Operator::NotEq
            | Operator::And
            | Operator::Or
            | Operator::Xor
            | Operator::Regexp
            | Operator::Glob
            | Operator::Match
            | Operator::PGRegexMatch
            | Operator::PGRegexIMatch
            | Operator::PGRegexNotMatch
            | Operator::PGRegexNotIMatch
            | Operator::PGLikeMatch
            | Operator::PGILikeMatch
            | Operator::PGNotLikeMatch
            | Operator::PGNotILikeMatch
            | Operator::AtArrow
            | Operator::ArrowAt
            | Operator::PGOverlap => Typed::boolean(nullable),
            _ => Typed::UNKNOWN,
        }
    }

    fn arithmetic(&self, left: Typed, right: Typed, nullable: bool) -> Typed {
        let (Kind::Known(left), Kind::Known(right)) = (left.kind, right.kind) else {
            return Typed::UNKNOWN;
        };
        match (&left.kind, &right.kind) {
            (
                Type::Integer {
                    unsigned: false, ..
                },
                Type::Integer {
                    unsigned: false, ..
                },
            ) => match (self.dialect(), wider(left, right)) {
                (Dialect::Postgres, Some(ty)) => Typed::of(ty, nullable),
                _ => Typed::bigint(nullable),
            },
            (
                Type::Integer { .. } | Type::Decimal { .. } | Type::Double | Type::Float,
                Type::Decimal { .. } | Type::Double | Type::Float,
            )
            | (Type::Decimal { .. } | Type::Double | Type::Float, Type::Integer { .. }) => {
                let (left, right) = (without_digits(left), without_digits(right));
                match wider(left, right) {
                    Some(ty) => Typed::of(ty, nullable),
                    None => Typed::UNKNOWN,
                }
            }
            _ => Typed::UNKNOWN,
        }
    }

    /// Dividing by zero gives NULL, except in PostgreSQL, where it is an error.
    fn quotient(
        &self,
        operator: &BinaryOperator,
        left: Typed,
        right: Typed,
        nullable: bool,
    ) -> Typed {
        let are_integers = [&left, &right]
            .iter()
            .all(|typed| matches!(typed.ty(), Some(Type::Integer { .. })));
        let nullable = nullable || self.dialect() != Dialect::Postgres;
        match (self.dialect(), operator) {
            (Dialect::Mysql, BinaryOperator::Divide) if are_integers => Typed::decimal(nullable),
            _ => self.arithmetic(left, right, nullable),
        }
    }
}

/// The digits of a result are not those of its operands.
fn without_digits(ty: ColumnType) -> ColumnType {
    match ty.kind {
        Type::Decimal { .. } => ColumnType::new(
            Type::Decimal {
                precision: None,
                scale: None,
            },
            "numeric",
        ),
        _ => ty,
    }
}
