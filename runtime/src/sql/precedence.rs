//! Which operands need parentheses.

use super::{Binary, Node};

/// How strongly an expression holds together; what is weaker than its surroundings needs parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// `OR`
    Or,
    /// `AND`
    And,
    /// `NOT`
    Not,
    /// Comparisons, `IS NULL`, `IN`, `BETWEEN`, `LIKE`. They do not chain.
    Comparison,
    /// `||`. Databases disagree on where it stands, so anything else inside it gets parentheses.
    Concatenation,
    /// `+ -`
    Sum,
    /// `* /`
    Product,
    /// Columns, parameters, calls.
    Whole,
}

pub(super) fn strength(node: &Node) -> Strength {
    match node {
        Node::Binary { operator, .. } => operator.strength(),
        Node::Not(_) => Strength::Not,
        Node::Negative(_) => Strength::Product,
        Node::IsNull(_)
        | Node::In { .. }
        | Node::InQuery { .. }
        | Node::AmongRows { .. }
        | Node::Between { .. }
        | Node::Like(_) => Strength::Comparison,
        Node::Label(_, inner) | Node::Exact(inner) => strength(inner),
        Node::Column { .. }
        | Node::WholeRow { .. }
        | Node::Path(_)
        | Node::Proposed(_)
        | Node::Written(_)
        | Node::Condition { .. }
        | Node::Parameter(_)
        | Node::Unknown(_)
        | Node::Call(_)
        | Node::Over { .. }
        | Node::Case(_)
        | Node::Cast { .. }
        | Node::Exists(_)
        | Node::Grouped(_)
        | Node::Subquery(_) => Strength::Whole,
    }
}

impl Binary {
    pub(super) fn strength(self) -> Strength {
        match self {
            Binary::Or => Strength::Or,
            Binary::And => Strength::And,
            Binary::Equal
            | Binary::NotEqual
            | Binary::NullSafeEqual
            | Binary::Less
            | Binary::LessOrEqual
            | Binary::Greater
            | Binary::GreaterOrEqual => Strength::Comparison,
            Binary::Concatenate => Strength::Concatenation,
            Binary::Add | Binary::Subtract => Strength::Sum,
            Binary::Multiply | Binary::Divide | Binary::DivideWhole | Binary::Remainder => {
                Strength::Product
            }
        }
    }

    /// Whether `a op b op c` reads the same from either side.
    fn is_associative(self) -> bool {
        matches!(self, Binary::Or | Binary::And | Binary::Concatenate)
    }

    /// Whether the left operand needs parentheses.
    pub(super) fn wraps_left(self, operand: &Node) -> bool {
        let inner = strength(operand);
        match self.strength() {
            Strength::Concatenation => inner < Strength::Whole && !same(self, operand),
            Strength::Comparison => inner <= Strength::Comparison,
            outer => {
                inner < outer || inner == Strength::Concatenation && outer > Strength::Concatenation
            }
        }
    }

    /// Whether the right operand needs parentheses.
    pub(super) fn wraps_right(self, operand: &Node) -> bool {
        let chained = strength(operand) == self.strength();
        self.wraps_left(operand) || chained && !(self.is_associative() && same(self, operand))
    }
}

fn same(operator: Binary, node: &Node) -> bool {
    match node {
        Node::Binary {
            operator: inner, ..
        } => *inner == operator,
        Node::Label(_, inner) | Node::Exact(inner) => same(operator, inner),
        _ => false,
    }
}
