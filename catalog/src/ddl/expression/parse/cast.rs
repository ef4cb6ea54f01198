//! The types that expressions are cast to.

use super::super::{super::DdlError, token::Token, tree::CastTo};
use super::Parser;

/// Words that a type's name can begin or go on with.
const CONTINUED: &[&str] = &[
    "VARYING",
    "PRECISION",
    "WITH",
    "WITHOUT",
    "TIME",
    "ZONE",
    "INTEGER",
    "INT",
    "BIG",
];

impl Parser<'_> {
    pub(super) fn cast_type(&mut self) -> Result<CastTo, DdlError> {
        let mut name = self.type_word()?;
        while self.eat(".") {
            // The namespace of a type is not part of what it is.
            name = self.type_word()?;
        }
        let mut arguments = self.type_arguments()?;
        while let Some(Token::Word(word)) = self.peek() {
            let word = word.to_ascii_uppercase();
            if !CONTINUED.contains(&word.as_str()) {
                break;
            }
            self.position += 1;
            name = format!("{name} {word}");
            arguments = arguments.or(self.type_arguments()?);
        }
        let mut is_array = false;
        while self.eat("[") {
            self.list("]")?;
            is_array = true;
        }
        if is_array {
            return Ok(CastTo::Named(format!("{name}[]")));
        }
        Ok(meaning(&name, arguments))
    }

    fn type_word(&mut self) -> Result<String, DdlError> {
        let word = match self.peek() {
            Some(Token::Word(word)) => word.to_ascii_uppercase(),
            Some(Token::Name(name)) => name.clone(),
            _ => return Err(self.expected("the name of a type")),
        };
        self.position += 1;
        Ok(word)
    }

    fn type_arguments(&mut self) -> Result<Option<String>, DdlError> {
        if !self.eat("(") {
            return Ok(None);
        }
        let mut numbers = Vec::new();
        loop {
            let Some(Token::Number(number)) = self.peek() else {
                return Err(self.expected("a number"));
            };
            numbers.push(number.clone());
            self.position += 1;
            if self.eat(")") {
                return Ok(Some(numbers.join(", ")));
            }
            self.expect(",")?;
        }
    }
}

fn meaning(name: &str, arguments: Option<String>) -> CastTo {
    match name {
        "TEXT" | "VARCHAR" | "CHARACTER VARYING" | "CHAR" | "CHARACTER" | "BPCHAR"
            if arguments.is_none() =>
        {
            CastTo::Text
        }
        "INTEGER" | "INT" | "BIGINT" | "SMALLINT" | "INT2" | "INT4" | "INT8" | "SIGNED"
        | "SIGNED INTEGER" => CastTo::Integer,
        "NUMERIC" | "DECIMAL" => CastTo::Decimal(arguments),
        "REAL" | "DOUBLE" | "DOUBLE PRECISION" | "FLOAT8" => CastTo::Double,
        "DATE" => CastTo::Date,
        "TIME" | "TIME WITHOUT TIME ZONE" => CastTo::Time,
        "DATETIME"
        | "TIMESTAMP"
        | "TIMESTAMPTZ"
        | "TIMESTAMP WITHOUT TIME ZONE"
        | "TIMESTAMP WITH TIME ZONE" => CastTo::Timestamp,
        "BOOLEAN" | "BOOL" => CastTo::Boolean,
        "JSON" | "JSONB" => CastTo::Json,
        "UUID" => CastTo::Uuid,
        "BYTEA" | "BLOB" | "BINARY" => CastTo::Bytes,
        _ => CastTo::Named(match arguments {
            Some(arguments) => format!("{name}({arguments})"),
            None => name.into(),
        }),
    }
}
