//! Reading expressions. What is not understood is an error: its meaning must not change unnoticed.

mod cast;
mod function;
mod primary;

use crate::Dialect;

use super::super::DdlError;
use super::{
    Scope,
    token::{Token, tokens},
    tree::{Binary, Expr, Like},
};

/// The tree of an expression that was written in the dialect of the scope's catalog.
pub(super) fn parse(text: &str, scope: Scope<'_>) -> Result<Expr, DdlError> {
    let mut parser = Parser {
        tokens: tokens(text, scope.catalog.dialect)?,
        position: 0,
        depth: 0,
        operators: 0,
        scope,
    };
    let expression = parser.expression()?;
    match parser.peek() {
        None => Ok(expression),
        Some(token) => Err(unexpected(token)),
    }
}

/// How many parentheses and operators may stand within each other.
const DEEPEST: usize = 200;
/// How many operators an expression may have: each of a chain makes its tree deeper.
const MOST_OPERATORS: usize = 500;

struct Parser<'c> {
    tokens: Vec<Token>,
    position: usize,
    depth: usize,
    operators: usize,
    scope: Scope<'c>,
}

impl Parser<'_> {
    fn dialect(&self) -> Dialect {
        self.scope.catalog.dialect
    }

    fn expression(&mut self) -> Result<Expr, DdlError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(DdlError::new("it is nested too deeply"));
        }
        let mut left = self.conjunction()?;
        while self.eat_word("OR") || (self.dialect() == Dialect::Mysql && self.eat("||")) {
            self.count_operator()?;
            left = binary(Binary::Or, left, self.conjunction()?);
        }
        self.depth -= 1;
        Ok(left)
    }

    fn conjunction(&mut self) -> Result<Expr, DdlError> {
        let mut left = self.negation()?;
        while self.eat_word("AND") || (self.dialect() == Dialect::Mysql && self.eat("&&")) {
            self.count_operator()?;
            left = binary(Binary::And, left, self.negation()?);
        }
        Ok(left)
    }

    fn negation(&mut self) -> Result<Expr, DdlError> {
        let mut times = 0;
        while self.eat_word("NOT") {
            self.count_operator()?;
            times += 1;
        }
        let mut expression = self.comparison()?;
        for _ in 0..times {
            expression = Expr::Not(expression.into());
        }
        Ok(expression)
    }

    /// At most one comparison: how several in a row are grouped differs.
    fn comparison(&mut self) -> Result<Expr, DdlError> {
        let left = self.operation(0)?;
        if let Some(operator) = self.comparison_operator() {
            return self.compared(operator, left);
        }
        if self.eat_word("IS") {
            return self.is(left);
        }
        if self.eat_word("ISNULL") {
            return Ok(is(left, false, "NULL"));
        }
        if self.eat_word("NOTNULL") {
            return Ok(is(left, true, "NULL"));
        }
        let negated = self.eat_word("NOT");
        if self.eat_word("IN") {
            return self.within(left, negated);
        }
        if self.eat_word("BETWEEN") {
            let low = self.operation(0)?.into();
            self.expect_word("AND")?;
            return Ok(Expr::Between {
                subject: left.into(),
                negated,
                low,
                high: self.operation(0)?.into(),
            });
        }
        if let Some(ignores_case) = self.like(&left) {
            return self.pattern(left, negated, ignores_case);
        }
        match negated {
            true => Err(DdlError::new("`NOT` stands where it is not understood")),
            false => self.tilde(left),
        }
    }

    fn compared(&mut self, operator: Binary, left: Expr) -> Result<Expr, DdlError> {
        let quantifier = match operator {
            Binary::Equal => "ANY",
            _ => "ALL",
        };
        let takes_list = matches!(operator, Binary::Equal | Binary::Unequal);
        if takes_list && self.eat_word(quantifier) {
            self.expect("(")?;
            let list = without_casts(self.expression()?);
            self.expect(")")?;
            let Expr::Array(list) = list else {
                return Err(DdlError::new(format!(
                    "`{quantifier}` of something else than a list is not understood"
                )));
            };
            return Ok(Expr::In {
                subject: left.into(),
                negated: operator == Binary::Unequal,
                list,
            });
        }
        Ok(binary(operator, left, self.operation(0)?))
    }

    fn comparison_operator(&mut self) -> Option<Binary> {
        let Some(Token::Symbol(symbol)) = self.peek() else {
            return None;
        };
        let operator = match *symbol {
            "=" | "==" => Binary::Equal,
            "<>" | "!=" => Binary::Unequal,
            "<" => Binary::Less,
            "<=" => Binary::LessOrEqual,
            ">" => Binary::Greater,
            ">=" => Binary::GreaterOrEqual,
            "<=>" => Binary::Same,
            _ => return None,
        };
        self.position += 1;
        Some(operator)
    }

    fn is(&mut self, left: Expr) -> Result<Expr, DdlError> {
        let negated = self.eat_word("NOT");
        if let Some(what) = ["NULL", "TRUE", "FALSE"]
            .into_iter()
            .find(|what| self.eat_word(what))
        {
            return Ok(is(left, negated, what));
        }
        let is_distinct = self.eat_word("DISTINCT");
        if is_distinct {
            self.expect_word("FROM")?;
        } else if self.dialect() != Dialect::Sqlite {
            return Err(DdlError::new("what stands behind `IS` is not understood"));
        }
        let operator = match negated == is_distinct {
            true => Binary::Same,
            false => Binary::NotSame,
        };
        Ok(binary(operator, left, self.operation(0)?))
    }

    fn within(&mut self, left: Expr, negated: bool) -> Result<Expr, DdlError> {
        self.expect("(")?;
        Ok(Expr::In {
            subject: left.into(),
            negated,
            list: self.list(")")?,
        })
    }

    /// Whether LIKE stands here, and then whether it takes no notice of case.
    fn like(&mut self, subject: &Expr) -> Option<bool> {
        if self.dialect() == Dialect::Postgres && self.eat_word("ILIKE") {
            return Some(true);
        }
        self.eat_word("LIKE").then(|| match self.dialect() {
            Dialect::Sqlite => true,
            Dialect::Postgres => false,
            Dialect::Mysql => !self.scope.is_binary_text(subject),
        })
    }

    /// The operators that PostgreSQL's dumps write for LIKE.
    fn tilde(&mut self, left: Expr) -> Result<Expr, DdlError> {
        for (symbol, negated, ignores_case) in [
            ("~~", false, false),
            ("!~~", true, false),
            ("~~*", false, true),
            ("!~~*", true, true),
        ] {
            if self.dialect() == Dialect::Postgres && self.eat(symbol) {
                return self.pattern(left, negated, ignores_case);
            }
        }
        Ok(left)
    }

    fn pattern(&mut self, left: Expr, negated: bool, ignores_case: bool) -> Result<Expr, DdlError> {
        let pattern = self.operation(0)?;
        let has_escapes = match without_casts(pattern.clone()) {
            Expr::Text(pattern) => pattern.contains('\\'),
            _ => true,
        };
        if has_escapes || self.eat_word("ESCAPE") {
            return Err(DdlError::new(
                "`LIKE` with another pattern than a text without escapes is not understood",
            ));
        }
        Ok(Expr::Like(Like {
            subject: left.into(),
            negated,
            pattern: without_casts(pattern).into(),
            ignores_case,
        }))
    }

    /// Arithmetic and the like, of operators that bind more tightly than `above`.
    fn operation(&mut self, above: u8) -> Result<Expr, DdlError> {
        let mut left = self.unary()?;
        while let Some((operator, level)) = self.operator() {
            if level <= above {
                break;
            }
            self.position += 1;
            self.count_operator()?;
            left = binary(operator, left, self.operation(level)?);
        }
        Ok(left)
    }

    /// The operator that stands here and how tightly it binds in the dialect.
    fn operator(&self) -> Option<(Binary, u8)> {
        let Some(Token::Symbol(symbol)) = self.peek() else {
            return None;
        };
        let found = match (*symbol, self.dialect()) {
            ("||", Dialect::Sqlite) => (Binary::Concatenate, 8),
            ("||", Dialect::Postgres) => (Binary::Concatenate, 3),
            ("|", Dialect::Mysql) => (Binary::BitOr, 2),
            ("|", _) => (Binary::BitOr, 3),
            ("&", _) => (Binary::BitAnd, 3),
            ("+", _) => (Binary::Add, 4),
            ("-", _) => (Binary::Subtract, 4),
            ("*", _) => (Binary::Multiply, 5),
            ("/", _) => (Binary::Divide, 5),
            ("%", _) => (Binary::Remainder, 5),
            _ => return None,
        };
        Some(found)
    }

    fn unary(&mut self) -> Result<Expr, DdlError> {
        let mut is_negative = false;
        loop {
            if self.eat("-") {
                is_negative = !is_negative;
            } else if !self.eat("+") {
                break;
            }
        }
        let primary = self.primary()?;
        Ok(match (is_negative, primary) {
            (false, primary) => primary,
            (true, primary) => Expr::Negative(primary.into()),
        })
    }

    /// Fails where an expression would give too deep a tree.
    fn count_operator(&mut self) -> Result<(), DdlError> {
        self.operators += 1;
        match self.operators > MOST_OPERATORS {
            true => Err(DdlError::new("it has too many operators")),
            false => Ok(()),
        }
    }

    /// Expressions between commas, up to `end`.
    fn list(&mut self, end: &str) -> Result<Vec<Expr>, DdlError> {
        let mut list = Vec::new();
        if self.eat(end) {
            return Ok(list);
        }
        loop {
            list.push(self.expression()?);
            if self.eat(end) {
                return Ok(list);
            }
            self.expect(",")?;
        }
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.position)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token::Word(found)) if found.eq_ignore_ascii_case(word))
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.position += usize::from(found);
        found
    }

    fn expect_word(&mut self, word: &str) -> Result<(), DdlError> {
        match self.eat_word(word) {
            true => Ok(()),
            false => Err(self.expected(word)),
        }
    }

    fn eat(&mut self, symbol: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Symbol(found)) if *found == symbol);
        self.position += usize::from(found);
        found
    }

    fn expect(&mut self, symbol: &str) -> Result<(), DdlError> {
        match self.eat(symbol) {
            true => Ok(()),
            false => Err(self.expected(symbol)),
        }
    }

    fn expected(&self, what: &str) -> DdlError {
        match self.peek() {
            Some(token) => unexpected(token),
            None => DdlError::new(format!("it ends where `{what}` is expected")),
        }
    }
}

fn unexpected(token: &Token) -> DdlError {
    let text = match token {
        Token::Word(text)
        | Token::Name(text)
        | Token::Text(text)
        | Token::Bytes(text)
        | Token::Number(text) => text,
        Token::Symbol(symbol) => *symbol,
    };
    DdlError::new(format!("`{text}` is not understood there"))
}

fn binary(operator: Binary, left: Expr, right: Expr) -> Expr {
    Expr::Binary(operator, left.into(), right.into())
}

fn is(subject: Expr, negated: bool, what: &'static str) -> Expr {
    Expr::Is {
        subject: subject.into(),
        negated,
        what,
    }
}

/// What stands within parentheses and casts.
fn without_casts(expression: Expr) -> Expr {
    match expression {
        Expr::Group(inner) | Expr::Cast(inner, _) => without_casts(*inner),
        other => other,
    }
}
