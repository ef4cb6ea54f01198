//! Expressions as trees.

use std::borrow::Cow;

use crate::{
    model::{ColumnInfo, TableInfo},
    value::Value,
};

/// An expression.
#[derive(Debug, Clone)]
pub enum Node {
    /// A column of the table that the query calls `table`.
    Column {
        /// What the query calls the table.
        table: &'static str,
        /// The column.
        column: &'static ColumnInfo,
    },
    /// All columns of a table, in a list of selected columns.
    WholeRow {
        /// What the query calls the table.
        alias: &'static str,
        /// The table.
        table: &'static TableInfo,
    },
    /// An expression of the schema's, as it is written there.
    Written(&'static str),
    /// A bound value.
    Parameter(Value),
    /// Two operands and what stands between them.
    Binary {
        /// The left operand.
        left: Box<Node>,
        /// The operator.
        operator: Binary,
        /// The right operand.
        right: Box<Node>,
    },
    /// The opposite of a condition.
    Not(Box<Node>),
    /// `IS NULL`.
    IsNull(Box<Node>),
    /// `IN` a list of values; false when it is empty.
    In {
        /// What is looked for.
        operand: Box<Node>,
        /// The values.
        list: Vec<Node>,
    },
    /// `BETWEEN`, both ends included.
    Between {
        /// What is tested.
        operand: Box<Node>,
        /// The low end.
        low: Box<Node>,
        /// The high end.
        high: Box<Node>,
    },
    /// `LIKE`.
    Like {
        /// What is tested.
        operand: Box<Node>,
        /// The pattern.
        pattern: Box<Node>,
        /// Whether the pattern escapes characters.
        escaped: bool,
    },
}

/// What stands between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binary {
    /// Either.
    Or,
    /// Both.
    And,
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `=`, where NULL equals NULL.
    NullSafeEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/` with a fraction.
    Divide,
    /// `/` of whole numbers, the rest dropped.
    DivideWhole,
    /// Text joined to text.
    Concatenate,
}

/// How a text becomes the pattern of a LIKE.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// It is one already.
    Like,
    /// It stands at the start.
    Start,
    /// It stands anywhere.
    Middle,
    /// It stands at the end.
    End,
}

impl Pattern {
    /// Takes the meaning from the character behind it. Not the backslash, which means something else in each database.
    const ESCAPE: char = '!';
    /// The clause that says so.
    pub(crate) const ESCAPE_CLAUSE: &'static str = " ESCAPE '!'";

    /// The pattern, as a parameter.
    pub(crate) fn text(self, text: &str) -> Value {
        let text = match self {
            Pattern::Like => text.to_owned(),
            Pattern::Start => format!("{}%", escape(text)),
            Pattern::Middle => format!("%{}%", escape(text)),
            Pattern::End => format!("%{}", escape(text)),
        };
        Value::Text(Cow::Owned(text))
    }

    pub(crate) fn is_escaped(self) -> bool {
        self != Pattern::Like
    }
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '%' | '_' | Pattern::ESCAPE) {
            escaped.push(Pattern::ESCAPE);
        }
        escaped.push(character);
    }
    escaped
}
