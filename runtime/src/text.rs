//! SQL by hand: statements that the program writes itself, with values bound by name.
//!
//! [`text()`] marks SQL as such, [`Connection::execute`](crate::Connection::execute) runs it and gives a [`RawResult`], and
//! [`Connection::stream`](crate::Connection::stream) gives its rows one by one. [`Connection::script`](crate::Connection::script)
//! runs many statements.

mod from_row;
mod lex;
mod result;
mod row;
mod run;
mod scan;
mod script;
mod split;
mod write;

use std::borrow::Cow;

pub use from_row::{FromRow, check_fields, column_of};
pub use result::RawResult;
pub use row::{ColumnIndex, RawRow};
pub(crate) use script::Script;

use crate::{
    error::{Error, ErrorKind, Result},
    value::{ToValue, Value},
};

/// A statement that stands in the program as SQL.
///
/// A `:name` stands for a value, which [`bind`](Text::bind) gives; the same name may stand several times. Names are not looked
/// for in texts, quoted names and comments; `::type` and `:=` are what they are, and `\:` is a colon that begins no name. The
/// database says what else it is: there is one statement in one text.
///
/// ```
/// # use aludel::{Engine, text};
/// let conn = Engine::new("sqlite://")?.connect()?;
/// let twice = conn.execute(text("select :a + :a").bind("a", 21))?.scalar::<i64>()?;
/// assert_eq!(twice, Some(42));
/// # Ok::<(), aludel::Error>(())
/// ```
///
/// # PostgreSQL
/// The server knows the type of a value by where it stands. A number or truth value of which it would know nothing, or think
/// that it is text, is sent as what it is; whatever else it knows nothing of is text, unless one writes `cast(:a as date)`. A name
/// that stands twice is one value of one type: where two are wanted, write two names.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "it runs when it is given to `execute` or `stream` of a connection"]
pub struct Text {
    sql: Cow<'static, str>,
    values: Vec<(String, Given)>,
}

/// What was bound to a name.
#[derive(Debug, Clone, PartialEq)]
enum Given {
    One(Value),
    List(Vec<Value>),
}

/// Marks SQL that stands in the program: a literal. What is put together while it runs could be anything, and does not compile;
/// values are [bound](Text::bind). There is [`text_unchecked`] for what cannot be said so.
pub fn text(sql: impl Literal) -> Text {
    Text::new(Cow::Borrowed(sql.into_static()))
}

/// As [`text()`], for SQL that the program puts together. Nothing that comes from outside may be a part of it.
pub fn text_unchecked(sql: impl Into<String>) -> Text {
    Text::new(Cow::Owned(sql.into()))
}

impl Text {
    fn new(sql: Cow<'static, str>) -> Self {
        Text {
            sql,
            values: Vec::new(),
        }
    }

    /// Binds a value to a name, without its colon; or NULL, by `None`. What was bound to it before is replaced.
    pub fn bind(self, name: &str, value: impl IntoParameter) -> Self {
        self.with(name, Given::One(value.into_parameter()))
    }

    /// The text as it stands.
    ///
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) where a value is bound.
    pub(crate) fn into_plain(self) -> Result<Cow<'static, str>> {
        if self.values.is_empty() {
            return Ok(self.sql);
        }
        let message = "values cannot be bound here: the statement is sent as it stands";
        Err(Error::new(ErrorKind::InvalidRequest, message))
    }

    /// Binds a list to a name, for `x IN :name`: it stands there in parentheses. Nothing is in an empty list.
    ///
    /// PostgreSQL also takes a whole array as one value: `x = ANY(:name)`, with a vector given to [`bind`](Text::bind).
    pub fn bind_list(self, name: &str, values: impl IntoIterator<Item: IntoParameter>) -> Self {
        let values = values.into_iter().map(IntoParameter::into_parameter);
        self.with(name, Given::List(values.collect()))
    }

    fn with(mut self, name: &str, given: Given) -> Self {
        self.values.retain(|(other, _)| other != name);
        self.values.push((name.to_owned(), given));
        self
    }
}

/// SQL that stands in the program.
#[diagnostic::on_unimplemented(
    message = "`text` takes SQL that stands in the program, and not a `{Self}`",
    label = "expected a literal, `\"select …\"`",
    note = "bind values by name: `text(\"… where name = :name\").bind(\"name\", name)`",
    note = "for SQL that the program puts together there is `text_unchecked`"
)]
pub trait Literal {
    #[doc(hidden)]
    fn into_static(self) -> &'static str;
}

#[diagnostic::do_not_recommend]
impl Literal for &'static str {
    fn into_static(self) -> &'static str {
        self
    }
}

/// A value to bind: of any type with [`ToValue`], or an `Option` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value that can be bound",
    label = "expected a value, or an `Option` of one",
    note = "a list is bound by `bind_list`; for a type of your own implement `aludel::ToValue`"
)]
pub trait IntoParameter {
    #[doc(hidden)]
    fn into_parameter(self) -> Value;
}

#[diagnostic::do_not_recommend]
impl<T: ToValue> IntoParameter for T {
    fn into_parameter(self) -> Value {
        self.to_value()
    }
}

#[diagnostic::do_not_recommend]
impl<T: ToValue> IntoParameter for Option<T> {
    fn into_parameter(self) -> Value {
        self.as_ref().map_or(Value::Null, T::to_value)
    }
}

/// What a connection executes: [`text()`], or a reference to it, to run it again.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not SQL that can be run",
    label = "expected `text(\"…\")`",
    note = "SQL is marked as such: `conn.execute(text(\"select 1\"))`"
)]
pub trait Executable {
    #[doc(hidden)]
    fn as_text(&self) -> &Text;
}

#[diagnostic::do_not_recommend]
impl Executable for Text {
    fn as_text(&self) -> &Text {
        self
    }
}

#[diagnostic::do_not_recommend]
impl Executable for &Text {
    fn as_text(&self) -> &Text {
        self
    }
}
