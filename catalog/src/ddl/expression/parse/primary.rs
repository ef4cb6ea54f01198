//! What operators stand between: literals, columns, calls, CASE, casts.

use super::super::{
    super::DdlError,
    token::Token,
    tree::{CastTo, Expr, Function},
};
use super::{Parser, unexpected};

use crate::Dialect;

impl Parser<'_> {
    pub(super) fn primary(&mut self) -> Result<Expr, DdlError> {
        let mut expression = self.bare_primary()?;
        loop {
            if self.dialect() == Dialect::Postgres && self.eat("::") {
                self.count_operator()?;
                let to = self.cast_type()?;
                expression = cast(expression, to);
            } else if self.is_word("COLLATE") {
                return Err(DdlError::new("`COLLATE` within it is not understood"));
            } else {
                return Ok(expression);
            }
        }
    }

    fn bare_primary(&mut self) -> Result<Expr, DdlError> {
        let token = self.peek().cloned();
        self.position += 1;
        match token {
            Some(Token::Text(text)) => Ok(Expr::Text(text)),
            Some(Token::Bytes(digits)) => Ok(Expr::Bytes(digits)),
            Some(Token::Number(number)) => Ok(Expr::Number(number)),
            Some(Token::Symbol("(")) => {
                let inner = self.expression()?;
                self.expect(")")?;
                Ok(Expr::Group(inner.into()))
            }
            Some(Token::Symbol("!")) if self.dialect() == Dialect::Mysql => {
                self.count_operator()?;
                Ok(Expr::Not(self.primary()?.into()))
            }
            Some(Token::Name(name)) => self.column(name, true),
            Some(Token::Word(word)) => self.word(word),
            Some(token) => Err(unexpected(&token)),
            None => Err(DdlError::new("it ends where a value is expected")),
        }
    }

    fn word(&mut self, word: String) -> Result<Expr, DdlError> {
        let upper = word.to_ascii_uppercase();
        match upper.as_str() {
            "NULL" => Ok(Expr::Null),
            "TRUE" => Ok(Expr::Boolean(true)),
            "FALSE" => Ok(Expr::Boolean(false)),
            "CASE" => self.case(),
            "CAST" if self.eat("(") => self.cast(),
            "ARRAY" if self.eat("[") => Ok(Expr::Array(self.list("]")?)),
            "CURRENT_DATE" | "CURRENT_TIME" | "CURRENT_TIMESTAMP" | "LOCALTIMESTAMP"
            | "LOCALTIME" => self.now(&upper),
            "SELECT" | "EXISTS" => Err(DdlError::new("queries within it are not understood")),
            "INTERVAL" => Err(DdlError::new("`INTERVAL` is not understood")),
            _ if self.eat("(") => self.call(&upper),
            _ => self.column(word, false),
        }
    }

    fn now(&mut self, word: &str) -> Result<Expr, DdlError> {
        // MySQL and PostgreSQL take a number of digits; each column has its own.
        if self.eat("(") {
            self.list(")")?;
        }
        Ok(Expr::Now(match (word, self.dialect()) {
            ("CURRENT_DATE", _) => "CURRENT_DATE",
            ("CURRENT_TIME", _) => "CURRENT_TIME",
            ("LOCALTIME", Dialect::Postgres) => "CURRENT_TIME",
            _ => "CURRENT_TIMESTAMP",
        }))
    }

    fn call(&mut self, name: &str) -> Result<Expr, DdlError> {
        let mut arguments = self.list(")")?;
        if name == "NOW" && self.dialect() != Dialect::Sqlite {
            return Ok(Expr::Now("CURRENT_TIMESTAMP"));
        }
        if self.dialect() == Dialect::Sqlite && arguments == [Expr::Text("now".into())] {
            match name {
                "DATE" => return Ok(Expr::Now("CURRENT_DATE")),
                "TIME" => return Ok(Expr::Now("CURRENT_TIME")),
                "DATETIME" => return Ok(Expr::Call(Function::UtcText, Vec::new())),
                _ => {}
            }
        }
        let is_bytes = arguments
            .first()
            .is_some_and(|first| self.scope.is_bytes(first));
        let function = super::function::meaning(name, self.dialect(), arguments.len(), is_bytes)
            .ok_or_else(|| {
                DdlError::new(format!(
                    "what the function `{}` does elsewhere is not known",
                    name.to_lowercase()
                ))
            })?;
        if function == Function::NextValue {
            arguments = arguments.into_iter().map(super::without_casts).collect();
        }
        Ok(Expr::Call(function, arguments))
    }

    fn case(&mut self) -> Result<Expr, DdlError> {
        let operand = match self.is_word("WHEN") {
            true => None,
            false => Some(self.expression()?.into()),
        };
        let mut branches = Vec::new();
        while self.eat_word("WHEN") {
            let condition = self.expression()?;
            self.expect_word("THEN")?;
            branches.push((condition, self.expression()?));
        }
        let otherwise = match self.eat_word("ELSE") {
            true => Some(self.expression()?.into()),
            false => None,
        };
        self.expect_word("END")?;
        Ok(Expr::Case {
            operand,
            branches,
            otherwise,
        })
    }

    fn cast(&mut self) -> Result<Expr, DdlError> {
        let subject = self.expression()?;
        self.expect_word("AS")?;
        let to = self.cast_type()?;
        self.expect(")")?;
        Ok(cast(subject, to))
    }

    /// A column, which may stand behind the name of its table.
    fn column(&mut self, name: String, is_quoted: bool) -> Result<Expr, DdlError> {
        if self.eat(".") {
            if let (Some(Token::Word(function)), "public" | "pg_catalog") =
                (self.peek().cloned(), name.as_str())
            {
                self.position += 1;
                self.expect("(")?;
                return self.call(&function.to_ascii_uppercase());
            }
            let is_own = self
                .scope
                .table
                .is_some_and(|table| table.name.name.eq_ignore_ascii_case(&name));
            return match self.peek().cloned() {
                Some(Token::Name(column)) if is_own => {
                    self.position += 1;
                    self.column(column, true)
                }
                Some(Token::Word(column)) if is_own => {
                    self.position += 1;
                    self.column(column, false)
                }
                _ => Err(DdlError::new(format!("there is no table `{name}` in it"))),
            };
        }
        if let Some(column) = self.scope.column(&name, is_quoted) {
            return Ok(Expr::Column(column.name.clone()));
        }
        // SQLite takes a name in quotes for a text where there is no such column.
        if is_quoted && self.dialect() == Dialect::Sqlite {
            return Ok(Expr::Text(name));
        }
        // The sequences of MariaDB are named like columns.
        let is_sequence = self.scope.catalog.sequences.iter().any(|sequence| {
            let known = sequence.name.as_ref();
            known.is_some_and(|known| known.name == name)
        });
        match is_sequence && self.dialect() == Dialect::Mysql {
            true => Ok(Expr::Text(name)),
            false => Err(DdlError::new(format!("there is no column `{name}`"))),
        }
    }
}

/// A cast; older dumps of PostgreSQL write the current day as `('now'::text)::date`.
fn cast(subject: Expr, to: CastTo) -> Expr {
    let is_now = super::without_casts(subject.clone()) == Expr::Text("now".into());
    match to {
        CastTo::Date if is_now => Expr::Now("CURRENT_DATE"),
        CastTo::Timestamp if is_now => Expr::Now("CURRENT_TIMESTAMP"),
        to => Expr::Cast(subject.into(), to),
    }
}
