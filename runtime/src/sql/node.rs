//! Expressions as trees.

use std::borrow::Cow;

use super::{
    function::Function,
    query::{Query, Window},
};
use crate::{
    model::{ColumnInfo, TableInfo},
    value::Value,
};

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A column of the table that the query calls `table`.
    Column {
        /// What the query calls the table.
        table: &'static str,
        /// The column.
        column: &'static ColumnInfo,
    },
    /// All columns of a table, in a list of selected columns; in GROUP BY, those of its primary key.
    WholeRow {
        /// What the query calls the table.
        alias: &'static str,
        /// The table.
        table: &'static TableInfo,
    },
    /// A column at the end of relationships that lead to one row each, which the query joins by itself.
    Path(Box<Path>),
    /// The value that an insert proposed for a column, in what it does about a conflict.
    Proposed(&'static ColumnInfo),
    /// An expression of the schema's, as it is written there.
    Written(&'static str),
    /// A condition of the schema's on a row of the table that the query calls `table`; `{table}` stands for that.
    Condition {
        /// What the query calls the table.
        table: &'static str,
        /// The condition.
        text: &'static str,
    },
    /// A bound value, whose type the database takes from what stands around it.
    Parameter(Value),
    /// The value of a column of an object that is not in the database yet.
    Unknown(Unknown),
    /// An expression with a name: `AS name` where it is selected, the name alone in ORDER BY, the expression elsewhere.
    Label(&'static str, Box<Node>),
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
    /// A number with the other sign.
    Negative(Box<Node>),
    /// `IS NULL`.
    IsNull(Box<Node>),
    /// `IN` a list of values; false when it is empty.
    In {
        /// What is looked for.
        operand: Box<Node>,
        /// The values.
        list: Vec<Node>,
    },
    /// `IN` the rows of a query with one column.
    InQuery {
        /// What is looked for.
        operand: Box<Node>,
        /// The query.
        query: Box<Query>,
    },
    /// Whether several columns together are among rows of values; false when there are none.
    AmongRows {
        /// The columns. As slices, which cannot grow, these do not make all nodes larger.
        columns: Box<[Node]>,
        /// The values of one row behind those of another.
        values: Box<[Value]>,
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
    Like(Box<Like>),
    /// A function, also an aggregate one.
    Call(Box<Call>),
    /// A function over the rows around.
    Over {
        /// The function: a [`Call`].
        function: Box<Node>,
        /// The rows around.
        window: Box<Window>,
    },
    /// `CASE WHEN … THEN … ELSE … END`.
    Case(Box<Case>),
    /// `CAST(… AS …)`.
    Cast {
        /// What is converted.
        operand: Box<Node>,
        /// To what.
        to: CastType,
    },
    /// Whether a query gives a row.
    Exists(Box<Query>),
    /// The only value of the only row of a query.
    Subquery(Box<Query>),
    /// An operand of something that needs exact decimal numbers to be computed or compared: ordering, arithmetic.
    Exact(Box<Node>),
    /// An expression in parentheses, which it would not need: databases read a long chain as a tree of that depth.
    Grouped(Box<Node>),
}

// The values of each new row lie in nodes.
const _: () = assert!(size_of::<Node>() <= 40);

impl Node {
    /// Both conditions.
    pub(crate) fn both(left: Node, right: Node) -> Node {
        Node::binary(left, Binary::And, right)
    }

    /// That both are equal.
    pub(crate) fn equal(left: Node, right: Node) -> Node {
        Node::binary(left, Binary::Equal, right)
    }

    pub(crate) fn binary(left: Node, operator: Binary, right: Node) -> Node {
        Node::Binary {
            left: Box::new(left),
            operator,
            right: Box::new(right),
        }
    }
}

/// A column of an object that is not in the database yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unknown {
    /// The object's number.
    pub(crate) object: u64,
    /// The column, as its position in the object's table.
    pub(crate) column: usize,
}

/// A column at the end of relationships.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// What the query calls the table at the beginning.
    pub(crate) start: &'static str,
    /// The relationships; there is at least one.
    pub(crate) steps: Vec<Step>,
    /// A column of the last table.
    pub(crate) column: &'static ColumnInfo,
}

/// A relationship from one table to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Step {
    /// The table it leads from.
    pub(crate) from: &'static TableInfo,
    /// The table it leads to.
    pub(crate) to: &'static TableInfo,
    /// Pairs of columns that are equal, as positions in both tables.
    pub(crate) on: &'static [(usize, usize)],
}

/// `LIKE`, in its forms.
#[derive(Debug, Clone, PartialEq)]
pub struct Like {
    /// What is tested.
    pub(crate) operand: Node,
    /// The pattern.
    pub(crate) pattern: Node,
    /// Whether the pattern escapes characters.
    pub(crate) escaped: bool,
    /// Whether upper and lower case are alike, whatever the database does by itself.
    pub(crate) ignores_case: bool,
}

/// A function and its arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The function.
    pub(crate) function: Function,
    /// Its arguments.
    pub(crate) arguments: Vec<Node>,
    /// Whether it makes one value of many rows.
    pub(crate) aggregate: bool,
    /// Whether an aggregate takes equal arguments once.
    pub(crate) distinct: bool,
    /// The rows that an aggregate takes.
    pub(crate) filter: Option<Node>,
}

/// `CASE`.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Conditions and values; there is at least one.
    pub(crate) branches: Vec<(Node, Node)>,
    /// The value where no condition holds; NULL where there is none.
    pub(crate) otherwise: Option<Node>,
}

/// What a value can be converted to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CastType {
    /// Truth values.
    Bool,
    /// Whole numbers of two bytes.
    Int16,
    /// Whole numbers of four bytes.
    Int32,
    /// Whole numbers of eight bytes.
    Int64,
    /// Floating-point numbers of four bytes.
    Float32,
    /// Floating-point numbers of eight bytes.
    Float64,
    /// Exact numbers.
    Decimal,
    /// Text.
    Text,
    /// Text, of a UUID.
    TextOfUuid,
    /// Bytes.
    Bytes,
    /// Days.
    Date,
    /// Times of day.
    Time,
    /// Days and times without a zone.
    Timestamp,
    /// Points in time.
    TimestampUtc,
    /// UUIDs.
    Uuid,
    /// JSON.
    Json,
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
    /// What remains of a division of whole numbers.
    Remainder,
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
