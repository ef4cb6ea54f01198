//! What is known of an expression of a query: its type, and whether it can be NULL.

use aludel_catalog::{ColumnType, Dialect, IntegerSize, Name, Type};

/// What a type is known to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Known(ColumnType),
    /// That of NULL, which fits any other.
    Null,
    Unknown,
}

/// What an expression gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    pub(super) kind: Kind,
    pub(super) nullable: bool,
    /// The table and the column whose values these are, as they are there.
    pub(super) origin: Option<(Name, String)>,
}

/// A column of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Output {
    /// Its name, where the database's name for it is certain.
    pub(super) name: Option<String>,
    pub(super) typed: Typed,
}

impl Typed {
    pub(super) const UNKNOWN: Typed = Typed {
        kind: Kind::Unknown,
        nullable: true,
        origin: None,
    };

    pub(super) const NULL: Typed = Typed {
        kind: Kind::Null,
        nullable: true,
        origin: None,
    };

    pub(super) fn new(kind: Type, sql: &str, nullable: bool) -> Self {
        Typed::of(ColumnType::new(kind, sql), nullable)
    }

    pub(super) const fn of(ty: ColumnType, nullable: bool) -> Self {
        Typed {
            kind: Kind::Known(ty),
            nullable,
            origin: None,
        }
    }

    pub(super) fn boolean(nullable: bool) -> Self {
        Typed::new(Type::Boolean, "boolean", nullable)
    }

    pub(super) fn text(nullable: bool) -> Self {
        Typed::new(Type::text(), "text", nullable)
    }

    pub(super) fn double(nullable: bool) -> Self {
        Typed::new(Type::Double, "double precision", nullable)
    }

    pub(super) fn decimal(nullable: bool) -> Self {
        let kind = Type::Decimal {
            precision: None,
            scale: None,
        };
        Typed::new(kind, "numeric", nullable)
    }

    pub(super) fn integer(size: IntegerSize, nullable: bool) -> Self {
        let sql = match size {
            IntegerSize::Tiny | IntegerSize::Small => "smallint",
            IntegerSize::Medium | IntegerSize::Regular => "integer",
            IntegerSize::Big => "bigint",
        };
        Typed::new(Type::integer(size), sql, nullable)
    }

    pub(super) fn bigint(nullable: bool) -> Self {
        Typed::integer(IntegerSize::Big, nullable)
    }

    /// A whole number of the size that most functions give.
    pub(super) fn number(dialect: Dialect, nullable: bool) -> Self {
        match dialect {
            Dialect::Postgres => Typed::integer(IntegerSize::Regular, nullable),
            Dialect::Sqlite | Dialect::Mysql => Typed::bigint(nullable),
        }
    }

    pub(super) fn ty(&self) -> Option<&Type> {
        match &self.kind {
            Kind::Known(ty) => Some(&ty.kind),
            Kind::Null | Kind::Unknown => None,
        }
    }

    #[must_use]
    pub(super) fn or_null(mut self, nullable: bool) -> Self {
        self.nullable |= nullable;
        self
    }

    /// What holds both: a column of UNION, the result of CASE.
    #[must_use]
    pub(super) fn or(self, other: Typed) -> Self {
        let nullable = self.nullable || other.nullable;
        let origin = self
            .origin
            .filter(|origin| other.origin.as_ref() == Some(origin));
        let kind = match (self.kind, other.kind) {
            (Kind::Null, kind) | (kind, Kind::Null) => kind,
            (Kind::Known(left), Kind::Known(right)) => {
                wider(left, right).map_or(Kind::Unknown, Kind::Known)
            }
            _ => Kind::Unknown,
        };
        Typed {
            kind,
            nullable,
            origin,
        }
    }
}

/// The type that holds the values of both, where that is certain.
pub(super) fn wider(left: ColumnType, right: ColumnType) -> Option<ColumnType> {
    use Type::{Decimal, Double, Float, Integer, Text};
    if left.kind == right.kind {
        return Some(left);
    }
    let of = |typed: Typed| match typed.kind {
        Kind::Known(ty) => Some(ty),
        _ => None,
    };
    match (&left.kind, &right.kind) {
        (
            Integer { size, unsigned },
            Integer {
                size: other,
                unsigned: too,
            },
        ) if unsigned == too => Some(if size >= other { left } else { right }),
        (Decimal { .. }, Decimal { .. } | Integer { .. }) | (Integer { .. }, Decimal { .. }) => {
            of(Typed::decimal(false))
        }
        (Double | Float, Double | Float | Decimal { .. } | Integer { .. })
        | (Decimal { .. } | Integer { .. }, Double | Float) => of(Typed::double(false)),
        (Text { .. }, Text { .. }) => of(Typed::text(false)),
        _ => None,
    }
}
