//! Whether two expressions mean the same. Databases give back what they made of an expression: with parentheses around all
//! that is in it, casts around its literals, and other words for the same.

use crate::{Dialect, Type};

use super::{
    Scope,
    kind::{Kind, kind},
    parse,
    token::{Token, tokens},
    tree::{Binary, CastTo, Expr, Function, Like},
};

/// What an expression means, as far as it is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Canonical(Form);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Form {
    Tree(Expr),
    /// Of what is not understood: its words, without the spaces between them.
    Words(Vec<Token>),
    /// Of what cannot even be cut into words.
    Text(String),
}

impl Canonical {
    /// The value, where the expression is nothing but a literal: a truth value counts as `1` or `0`.
    pub(crate) fn literal(&self) -> Option<String> {
        match &self.0 {
            Form::Tree(Expr::Text(text) | Expr::Number(text)) => Some(text.clone()),
            Form::Tree(Expr::Negative(inner)) => match &**inner {
                Expr::Number(number) => Some(format!("-{number}")),
                _ => None,
            },
            Form::Tree(Expr::Boolean(value)) => Some(u8::from(*value).to_string()),
            Form::Tree(Expr::Bytes(digits)) => Some(format!("x{}", digits.to_lowercase())),
            _ => None,
        }
    }

    /// Whether it is NULL and nothing else.
    pub(crate) fn is_null(&self) -> bool {
        self.0 == Form::Tree(Expr::Null)
    }

    /// Whether it takes the next number of a sequence and does nothing else.
    pub(crate) fn takes_number(&self) -> bool {
        matches!(self.0, Form::Tree(Expr::Call(Function::NextValue, _)))
    }
}

/// The meaning of `expression`. `renamed` gives each column the name under which it is compared.
pub(crate) fn canonical(
    expression: &str,
    scope: Scope<'_>,
    renamed: &dyn Fn(&str) -> String,
) -> Canonical {
    match parse::parse(expression, scope) {
        Ok(tree) => Canonical(Form::Tree(Simplifier { scope, renamed }.simple(tree))),
        Err(_) => words(expression, scope.catalog.dialect, renamed),
    }
}

/// The meaning of what is only cut into words: a query.
pub(crate) fn words(text: &str, dialect: Dialect, renamed: &dyn Fn(&str) -> String) -> Canonical {
    let text = text.trim().trim_end_matches(';');
    let Ok(tokens) = tokens(text, dialect) else {
        return Canonical(Form::Text(text.into()));
    };
    let named = tokens.into_iter().map(|token| match token {
        Token::Word(word) => Token::Name(renamed(&word.to_lowercase())),
        Token::Name(name) if dialect != Dialect::Postgres => {
            Token::Name(renamed(&name.to_lowercase()))
        }
        Token::Name(name) => Token::Name(renamed(&name)),
        Token::Symbol("!=") => Token::Symbol("<>"),
        other => other,
    });
    let mut tokens = without_casts_of_texts(named.collect());
    while let Some(inner) = without_outer(&tokens) {
        tokens = inner;
    }
    Canonical(Form::Words(tokens))
}

/// PostgreSQL writes the type behind each text.
fn without_casts_of_texts(tokens: Vec<Token>) -> Vec<Token> {
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_cast = token == Token::Symbol("::") && matches!(kept.last(), Some(Token::Text(_)));
        if !is_cast {
            kept.push(token);
            continue;
        }
        tokens.next();
        while tokens
            .next_if(|next| {
                matches!(next, Token::Name(word) if ["varying", "precision"].contains(&word.as_str()))
                    || matches!(next, Token::Symbol("[" | "]"))
            })
            .is_some()
        {}
    }
    kept
}

/// The tokens between parentheses that enclose them all.
fn without_outer(tokens: &[Token]) -> Option<Vec<Token>> {
    let [Token::Symbol("("), inner @ .., Token::Symbol(")")] = tokens else {
        return None;
    };
    let mut depth = 0_i32;
    for token in inner {
        match token {
            Token::Symbol("(") => depth += 1,
            Token::Symbol(")") => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return None;
        }
    }
    Some(inner.to_vec())
}

struct Simplifier<'c, 'r> {
    scope: Scope<'c>,
    renamed: &'r dyn Fn(&str) -> String,
}

impl Simplifier<'_, '_> {
    fn simple(&self, expression: Expr) -> Expr {
        let is_mysql = self.scope.catalog.dialect == Dialect::Mysql;
        match expression {
            Expr::Group(inner) => self.simple(*inner),
            Expr::Column(name) => Expr::Column((self.renamed)(&name)),
            Expr::Boolean(value) if is_mysql => Expr::Number(u8::from(value).to_string()),
            Expr::Number(number) => Expr::Number(plain(&number)),
            Expr::Not(inner) => Expr::Not(self.boxed(*inner)),
            Expr::Negative(inner) => Expr::Negative(self.boxed(*inner)),
            Expr::Binary(operator, left, right) => self.binary(operator, *left, *right),
            Expr::Is {
                subject,
                negated,
                what,
            } => Expr::Is {
                subject: self.boxed(*subject),
                negated,
                what,
            },
            Expr::In {
                subject,
                negated,
                list,
            } => self.within(*subject, negated, list),
            Expr::Between {
                subject,
                negated,
                low,
                high,
            } => self.between(*subject, negated, *low, *high),
            Expr::Like(like) => Expr::Like(Like {
                subject: self.boxed(*like.subject),
                pattern: self.boxed(*like.pattern),
                ..like
            }),
            Expr::Case {
                operand,
                branches,
                otherwise,
            } => Expr::Case {
                operand: operand.map(|operand| self.boxed(*operand)),
                branches: branches
                    .into_iter()
                    .map(|(when, then)| (self.simple(when), self.simple(then)))
                    .collect(),
                otherwise: otherwise
                    .filter(|otherwise| **otherwise != Expr::Null)
                    .map(|otherwise| self.boxed(*otherwise)),
            },
            Expr::Cast(inner, to) => self.cast(*inner, to),
            Expr::Call(function, arguments) => Expr::Call(function, self.all(arguments)),
            Expr::Array(items) => Expr::Array(self.all(items)),
            other => other,
        }
    }

    fn boxed(&self, expression: Expr) -> Box<Expr> {
        self.simple(expression).into()
    }

    fn all(&self, expressions: Vec<Expr>) -> Vec<Expr> {
        expressions.into_iter().map(|it| self.simple(it)).collect()
    }

    /// Chains of AND, and of OR, lean to the left, wherever their parentheses stood.
    fn binary(&self, operator: Binary, left: Expr, right: Expr) -> Expr {
        let (left, right) = (self.simple(left), self.simple(right));
        match right {
            Expr::Binary(inner, first, second)
                if inner == operator && matches!(operator, Binary::And | Binary::Or) =>
            {
                let left = chained(operator, left, *first);
                Expr::Binary(operator, left.into(), second)
            }
            right => Expr::Binary(operator, left.into(), right.into()),
        }
    }

    /// A list of one is a comparison.
    fn within(&self, subject: Expr, negated: bool, list: Vec<Expr>) -> Expr {
        let subject = self.boxed(subject);
        let mut list = self.all(list);
        match (list.pop(), list.is_empty()) {
            (Some(only), true) => {
                let operator = match negated {
                    true => Binary::Unequal,
                    false => Binary::Equal,
                };
                Expr::Binary(operator, subject, only.into())
            }
            (last, _) => {
                list.extend(last);
                Expr::In {
                    subject,
                    negated,
                    list,
                }
            }
        }
    }

    /// PostgreSQL makes two comparisons of it.
    fn between(&self, subject: Expr, negated: bool, low: Expr, high: Expr) -> Expr {
        let subject = self.simple(subject);
        let (low, high) = (self.boxed(low), self.boxed(high));
        let (chain, below, above) = match negated {
            true => (Binary::Or, Binary::Less, Binary::Greater),
            false => (Binary::And, Binary::GreaterOrEqual, Binary::LessOrEqual),
        };
        let below = Expr::Binary(below, subject.clone().into(), low);
        Expr::Binary(
            chain,
            below.into(),
            Expr::Binary(above, subject.into(), high).into(),
        )
    }

    /// A cast of a literal, or of a text to text, is no more than PostgreSQL's way to write it.
    fn cast(&self, inner: Expr, to: CastTo) -> Expr {
        let is_text = kind(&inner, self.scope) == Some(Kind::Text);
        let is_enum = self.is_enum(&inner);
        let inner = self.simple(inner);
        let is_number = matches!(to, CastTo::Integer | CastTo::Decimal(_) | CastTo::Double);
        match inner {
            Expr::Text(text) if is_number && text.parse::<f64>().is_ok() => {
                match text.strip_prefix('-') {
                    Some(digits) => Expr::Negative(Expr::Number(plain(digits)).into()),
                    None => Expr::Number(plain(&text)),
                }
            }
            literal @ (Expr::Text(_) | Expr::Number(_) | Expr::Boolean(_) | Expr::Null) => literal,
            Expr::Negative(number) if matches!(*number, Expr::Number(_)) => Expr::Negative(number),
            inner if is_text && !is_enum && to == CastTo::Text => inner,
            inner => Expr::Cast(inner.into(), to),
        }
    }

    fn is_enum(&self, expression: &Expr) -> bool {
        match expression {
            Expr::Group(inner) => self.is_enum(inner),
            Expr::Column(name) => self
                .scope
                .type_of(name)
                .is_some_and(|ty| matches!(ty.kind, Type::Enum(_))),
            _ => false,
        }
    }
}

/// Appends to a chain what may be a chain itself.
fn chained(operator: Binary, left: Expr, right: Expr) -> Expr {
    match right {
        Expr::Binary(inner, first, second) if inner == operator => {
            Expr::Binary(operator, chained(operator, left, *first).into(), second)
        }
        right => Expr::Binary(operator, left.into(), right.into()),
    }
}

/// A number without what makes no difference.
pub(crate) fn plain(number: &str) -> String {
    let number = number.replace('_', "").to_lowercase();
    let number = match number.contains('.') && !number.contains('e') {
        true => number.trim_end_matches('0').trim_end_matches('.'),
        false => &number,
    };
    match number {
        "" => "0".into(),
        number if number.starts_with('.') => format!("0{number}"),
        number => number.into(),
    }
}
