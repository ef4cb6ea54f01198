//! Calls of functions.

use crate::{Dialect, Type};

use super::super::{
    super::DdlError,
    kind::{Kind, kind},
    tree::{Expr, Function},
};
use super::Writer;

/// A random UUID of version 4, as text. SQLite has no function for it.
const UUID_OF_SQLITE: &str = "lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || \
    substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || \
    substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))";

impl Writer<'_> {
    pub(super) fn call(&mut self, function: Function, arguments: &[Expr]) -> Result<(), DdlError> {
        let arguments: Vec<&Expr> = arguments.iter().collect();
        self.call_parts(function, &arguments)
    }

    pub(super) fn call_parts(
        &mut self,
        function: Function,
        arguments: &[&Expr],
    ) -> Result<(), DdlError> {
        let to = self.to();
        match (function, to) {
            (Function::Common(name), _) => self.called(&name.to_lowercase(), arguments),
            (Function::Concatenate, Dialect::Mysql) => {
                self.admit_joined(arguments)?;
                self.called("CONCAT", arguments)
            }
            (Function::Concatenate, _) => self.joined(arguments),
            (Function::Characters, Dialect::Sqlite) => self.called("length", arguments),
            (Function::Characters, _) => self.called("char_length", arguments),
            (Function::Octets, Dialect::Sqlite) => {
                self.sql.push("length(CAST(");
                self.each(arguments)?;
                self.sql.push(" AS BLOB))");
                Ok(())
            }
            (Function::Octets, _) => self.called("octet_length", arguments),
            (Function::Position, Dialect::Postgres) => self.called("strpos", arguments),
            (Function::Position, _) => self.called("instr", arguments),
            (Function::Left, Dialect::Sqlite) => {
                let [text, length] = arguments else {
                    return Err(DdlError::new("`left` takes a text and a length"));
                };
                self.called("substr", &[text, &Expr::Number("1".into()), length])
            }
            (Function::Left, _) => self.called("left", arguments),
            (Function::Greatest, Dialect::Mysql) => self.called("greatest", arguments),
            (Function::Greatest, Dialect::Sqlite) => self.called("max", arguments),
            (Function::Least, Dialect::Mysql) => self.called("least", arguments),
            (Function::Least, Dialect::Sqlite) => self.called("min", arguments),
            (Function::Greatest | Function::Least, Dialect::Postgres) => Err(DdlError::new(
                "its `greatest` and `least` take no notice of NULLs",
            )),
            (Function::Uuid, _) => self.uuid(),
            (Function::JsonValid, Dialect::Postgres) => self.json_valid(arguments),
            (Function::JsonValid, _) => self.called("json_valid", arguments),
            (Function::UtcText, _) => {
                self.utc_text();
                Ok(())
            }
            (Function::NextValue, Dialect::Postgres) => self.called("nextval", arguments),
            (Function::NextValue, _) => Err(DdlError::new("it has no sequences")),
        }
    }

    fn called(&mut self, name: &str, arguments: &[&Expr]) -> Result<(), DdlError> {
        self.sql.push(name);
        self.sql.push("(");
        self.each(arguments)?;
        self.sql.push(")");
        Ok(())
    }

    fn each(&mut self, arguments: &[&Expr]) -> Result<(), DdlError> {
        for (position, argument) in arguments.iter().enumerate() {
            if position > 0 {
                self.sql.push(", ");
            }
            self.expression(argument)?;
        }
        Ok(())
    }

    /// `a || b`. PostgreSQL joins nothing but texts.
    fn joined(&mut self, arguments: &[&Expr]) -> Result<(), DdlError> {
        self.admit_joined(arguments)?;
        self.sql.push("(");
        for (position, argument) in arguments.iter().enumerate() {
            if position > 0 {
                self.sql.push(" || ");
            }
            let is_text = kind(argument, self.scope) == Some(Kind::Text);
            if is_text || self.to() == Dialect::Sqlite {
                self.operand(argument, 8)?;
            } else {
                self.sql.push("CAST(");
                self.expression(argument)?;
                self.sql.push(" AS text)");
            }
        }
        self.sql.push(")");
        Ok(())
    }

    /// Texts and whole numbers look the same in all databases.
    fn admit_joined(&self, arguments: &[&Expr]) -> Result<(), DdlError> {
        let is_alike = |argument: &&Expr| {
            matches!(kind(argument, self.scope), Some(Kind::Text | Kind::Integer))
        };
        match arguments.iter().all(is_alike) {
            true => Ok(()),
            false => Err(DdlError::new(
                "it joins values that are neither texts nor whole numbers, which look differently there",
            )),
        }
    }

    fn uuid(&mut self) -> Result<(), DdlError> {
        let is_native = matches!(self.target, Some(Type::Uuid));
        self.sql.push(match self.to() {
            Dialect::Postgres if is_native => "gen_random_uuid()",
            Dialect::Postgres => "CAST(gen_random_uuid() AS text)",
            Dialect::Mysql if is_native => "UNHEX(REPLACE(UUID(), '-', ''))",
            Dialect::Mysql => "UUID()",
            Dialect::Sqlite => UUID_OF_SQLITE,
        });
        Ok(())
    }

    /// A column of PostgreSQL's JSON holds nothing else.
    fn json_valid(&mut self, arguments: &[&Expr]) -> Result<(), DdlError> {
        match arguments {
            [argument] if kind(argument, self.scope) == Some(Kind::Json) => {
                self.sql.push(self.dialect.boolean(true));
                Ok(())
            }
            _ => Err(DdlError::new("it has no function like `json_valid`")),
        }
    }

    fn utc_text(&mut self) {
        let is_text = matches!(self.target, None | Some(Type::Text { .. }));
        self.sql.push(match self.to() {
            Dialect::Postgres if is_text => {
                "to_char(CURRENT_TIMESTAMP AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')"
            }
            Dialect::Postgres
                if matches!(self.target, Some(Type::Timestamp { zone: true, .. })) =>
            {
                "CURRENT_TIMESTAMP"
            }
            Dialect::Postgres => "CURRENT_TIMESTAMP AT TIME ZONE 'UTC'",
            Dialect::Mysql if is_text => "DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%d %H:%i:%s')",
            Dialect::Mysql => "UTC_TIMESTAMP()",
            Dialect::Sqlite => "datetime('now')",
        });
    }
}
