//! Expressions as trees: what they mean, whatever the dialect.

/// An expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expr {
    /// The column of this name.
    Column(String),
    Text(String),
    /// Bytes, as hexadecimal digits.
    Bytes(String),
    Number(String),
    Boolean(bool),
    Null,
    /// `CURRENT_DATE`, `CURRENT_TIME` or `CURRENT_TIMESTAMP`.
    Now(&'static str),
    Not(Box<Expr>),
    Negative(Box<Expr>),
    Binary(Binary, Box<Expr>, Box<Expr>),
    /// `IS [NOT] NULL`, `TRUE` or `FALSE`.
    Is {
        subject: Box<Expr>,
        negated: bool,
        what: &'static str,
    },
    In {
        subject: Box<Expr>,
        negated: bool,
        list: Vec<Expr>,
    },
    Between {
        subject: Box<Expr>,
        negated: bool,
        low: Box<Expr>,
        high: Box<Expr>,
    },
    Like(Like),
    Case {
        operand: Option<Box<Expr>>,
        branches: Vec<(Expr, Expr)>,
        otherwise: Option<Box<Expr>>,
    },
    Cast(Box<Expr>, CastTo),
    Call(Function, Vec<Expr>),
    /// Parentheses.
    Group(Box<Expr>),
    /// `ARRAY[…]`, which only `= ANY` and `<> ALL` are understood of.
    Array(Vec<Expr>),
}

/// `LIKE`. Whether the case of letters counts is part of its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Like {
    pub(super) subject: Box<Expr>,
    pub(super) negated: bool,
    pub(super) pattern: Box<Expr>,
    pub(super) ignores_case: bool,
}

/// An operator with two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Binary {
    Or,
    And,
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    /// Equal, where NULL equals NULL.
    Same,
    NotSame,
    BitAnd,
    BitOr,
    Concatenate,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

impl Binary {
    /// How tightly it binds, in all dialects alike; those of level 5 differ, and get parentheses.
    pub(super) const fn level(self) -> u8 {
        match self {
            Binary::Or => 1,
            Binary::And => 2,
            Binary::Equal
            | Binary::Unequal
            | Binary::Less
            | Binary::LessOrEqual
            | Binary::Greater
            | Binary::GreaterOrEqual
            | Binary::Same
            | Binary::NotSame => 4,
            Binary::BitAnd | Binary::BitOr | Binary::Concatenate => 5,
            Binary::Add | Binary::Subtract => 6,
            Binary::Multiply | Binary::Divide | Binary::Remainder => 7,
        }
    }
}

/// What a cast makes of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CastTo {
    Text,
    Integer,
    Decimal(Option<String>),
    Double,
    Date,
    Time,
    Timestamp,
    Boolean,
    Json,
    Uuid,
    Bytes,
    /// Something else: PostgreSQL's `regclass`, an enum, an array.
    Named(String),
}

/// A function, by what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    /// It has this name and does the same everywhere.
    Common(&'static str),
    /// How many characters a text has.
    Characters,
    /// How many bytes a value has.
    Octets,
    /// All arguments, one behind the other; NULL if one of them is.
    Concatenate,
    /// Where the second argument begins in the first.
    Position,
    /// The first characters.
    Left,
    /// The greatest argument; NULL if one of them is.
    Greatest,
    /// The smallest argument; NULL if one of them is.
    Least,
    /// A random UUID.
    Uuid,
    /// Whether a text is JSON.
    JsonValid,
    /// The current moment as SQLite's text of it, in UTC.
    UtcText,
    /// The next number of a sequence.
    NextValue,
}
