//! The name of a type as it is written: words, arguments, and what follows them.

use sqlparser::tokenizer::{Token, Word};

use aludel_catalog::Dialect;

use super::{
    Placed, Result,
    cursor::{Cursor, string_value},
};

/// A type as written.
#[derive(Debug, Clone)]
pub(super) struct TypeName {
    /// Its words, in capitals unless quoted, with one blank between them: `DOUBLE PRECISION`.
    pub(super) name: String,
    /// Whether the name was in quotes.
    pub(super) quoted: bool,
    /// The namespace before it, folded.
    pub(super) schema: Option<String>,
    /// Where a type of the schema's own stands that is written without a namespace.
    pub(super) current_schema: Option<String>,
    /// What stands in parentheses behind it.
    pub(super) arguments: Vec<Argument>,
    /// What follows the arguments, in capitals: `UNSIGNED`, `WITH TIME ZONE`.
    pub(super) modifiers: Vec<String>,
    /// Words of SQLite's that are in no known type.
    pub(super) odd_words: Vec<Placed<String>>,
    /// Over how many dimensions it is an array.
    pub(super) dimensions: usize,
    /// Exactly what was written, and where.
    pub(super) sql: Placed<String>,
}

/// One of the arguments of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Argument {
    Number(i64),
    Text(String),
    Word(String),
}

impl TypeName {
    /// The number at `index` among the arguments.
    pub(super) fn number<N: TryFrom<i64>>(&self, index: usize) -> Option<N> {
        match self.arguments.get(index) {
            Some(Argument::Number(number)) => N::try_from(*number).ok(),
            _ => None,
        }
    }

    pub(super) fn texts(&self) -> Vec<String> {
        let text = |argument: &Argument| match argument {
            Argument::Text(text) => Some(text.clone()),
            _ => None,
        };
        self.arguments.iter().filter_map(text).collect()
    }

    pub(super) fn has(&self, modifier: &str) -> bool {
        self.modifiers.iter().any(|word| word == modifier)
    }
}

/// Words that begin the next option of a column, and so are no part of its type.
const OPTION_WORDS: &[&str] = &[
    "CONSTRAINT",
    "NOT",
    "NULL",
    "DEFAULT",
    "PRIMARY",
    "UNIQUE",
    "CHECK",
    "REFERENCES",
    "COLLATE",
    "GENERATED",
    "AS",
    "AUTOINCREMENT",
    "ON",
    "FOREIGN",
    "HIDDEN",
    "DEFERRABLE",
];

/// The same, but in SQLite words like any other.
const MYSQL_OPTION_WORDS: &[&str] = &["AUTO_INCREMENT", "COMMENT", "KEY"];

/// Types of several words: the first word, and what may follow it.
const SEQUELS: &[(&str, &[&str])] = &[
    ("DOUBLE", &["PRECISION"]),
    ("CHARACTER", &["VARYING", "LARGE OBJECT"]),
    ("CHAR", &["VARYING", "LARGE OBJECT", "BYTE"]),
    (
        "NATIONAL",
        &[
            "CHARACTER VARYING",
            "CHAR VARYING",
            "CHARACTER",
            "CHAR",
            "VARCHARACTER",
            "VARCHAR",
        ],
    ),
    ("NCHAR", &["VARYING", "VARCHAR"]),
    ("BIT", &["VARYING"]),
    ("BINARY", &["VARYING", "LARGE OBJECT"]),
    (
        "LONG",
        &["VARCHAR", "VARBINARY", "CHAR VARYING", "CHARACTER VARYING"],
    ),
];

/// What stands behind the first word of SQLite's types.
const FURTHER_WORDS: &[&str] = &[
    "BIG",
    "BINARY",
    "BLOB",
    "CHAR",
    "CHARACTER",
    "INT",
    "INTEGER",
    "LARGE",
    "OBJECT",
    "POINT",
    "PRECISION",
    "SIGNED",
    "SUB_TYPE",
    "TEXT",
    "TIME",
    "UNSIGNED",
    "VARCHAR",
    "VARYING",
    "WITH",
    "WITHOUT",
    "ZONE",
];

/// Modifiers of several words.
const ZONES: &[&[&str]] = &[
    &["WITH", "TIME", "ZONE"],
    &["WITHOUT", "TIME", "ZONE"],
    &["WITH", "LOCAL", "TIME", "ZONE"],
];

/// Reads a type. SQLite does without; then there is none.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Option<TypeName>> {
    let start = cursor.span();
    let Some(mut ty) = read_name(cursor)? else {
        return Ok(None);
    };
    if cursor.is_symbol(&Token::LParen) {
        ty.arguments = read_arguments(cursor)?;
    }
    read_modifiers(cursor, &mut ty)?;
    let span = cursor.span_from(start);
    ty.sql = Placed::new(cursor.text(span).to_owned(), span);
    Ok(Some(ty))
}

fn read_name(cursor: &mut Cursor<'_>) -> Result<Option<TypeName>> {
    let dialect = cursor.source.dialect;
    let Some(word) = type_word(cursor) else {
        return match dialect {
            Dialect::Sqlite => Ok(None),
            _ => Err(cursor.expected("a type")),
        };
    };
    let mut ty = TypeName {
        name: spell(word),
        quoted: word.quote_style.is_some(),
        schema: None,
        current_schema: cursor.source.current_schema.map(str::to_owned),
        arguments: Vec::new(),
        modifiers: Vec::new(),
        odd_words: Vec::new(),
        dimensions: 0,
        sql: Placed::new(String::new(), cursor.span()),
    };
    cursor.advance(1);
    while dialect == Dialect::Postgres && cursor.eat_symbol(&Token::Period) {
        let Some(Token::Word(last)) = cursor.peek() else {
            return Err(cursor.expected("a type"));
        };
        let schema = if ty.quoted {
            ty.name
        } else {
            ty.name.to_lowercase()
        };
        ty.schema = Some(schema);
        ty.name = spell(last);
        ty.quoted = last.quote_style.is_some();
        cursor.advance(1);
    }
    match dialect {
        Dialect::Sqlite => read_more_words(cursor, &mut ty),
        _ if !ty.quoted => read_sequel(cursor, &mut ty),
        _ => {}
    }
    Ok(Some(ty))
}

/// The next token, if it can be a word of a type.
fn type_word<'s>(cursor: &Cursor<'s>) -> Option<&'s Word> {
    let sqlite = cursor.source.dialect == Dialect::Sqlite;
    match cursor.peek() {
        Some(Token::Word(word)) if word.quote_style.is_some() => Some(word),
        Some(Token::Word(word)) => {
            let spelled = word.value.to_uppercase();
            let spelled = spelled.as_str();
            let ends =
                OPTION_WORDS.contains(&spelled) || !sqlite && MYSQL_OPTION_WORDS.contains(&spelled);
            (!ends).then_some(word)
        }
        _ => None,
    }
}

fn spell(word: &Word) -> String {
    match word.quote_style {
        Some(_) => word.value.clone(),
        None => word.value.to_uppercase(),
    }
}

/// SQLite takes any words as a type. A line break ends it for us: behind it stands another column, and a comma is missing.
fn read_more_words(cursor: &mut Cursor<'_>, ty: &mut TypeName) {
    while let Some(word) = type_word(cursor) {
        if cursor.is_on_new_line() {
            return;
        }
        let word = spell(word);
        ty.name.push(' ');
        ty.name.push_str(&word);
        if !FURTHER_WORDS.contains(&word.as_str()) {
            ty.odd_words.push(Placed::new(word, cursor.span()));
        }
        cursor.advance(1);
    }
}

fn read_sequel(cursor: &mut Cursor<'_>, ty: &mut TypeName) {
    let sequels = SEQUELS
        .iter()
        .find(|(first, _)| *first == ty.name)
        .map_or(&[][..], |(_, sequels)| sequels);
    let found = sequels.iter().find(|sequel| {
        let words: Vec<&str> = sequel.split(' ').collect();
        cursor.eat_words(&words)
    });
    if let Some(sequel) = found {
        ty.name.push(' ');
        ty.name.push_str(sequel);
    }
}

fn read_arguments(cursor: &mut Cursor<'_>) -> Result<Vec<Argument>> {
    let mut inside = cursor.parentheses()?;
    let mut arguments = Vec::new();
    loop {
        arguments.push(read_argument(&mut inside)?);
        if inside.is_at_end() {
            return Ok(arguments);
        }
        if !inside.eat_symbol(&Token::Comma) {
            return Err(inside.expected("`)`"));
        }
    }
}

fn read_argument(cursor: &mut Cursor<'_>) -> Result<Argument> {
    let argument = match cursor.peek() {
        Some(Token::Word(word)) if cursor.source.dialect != Dialect::Mysql => {
            Argument::Word(word.value.clone())
        }
        Some(token) => match string_value(token) {
            Some(text) => Argument::Text(text.to_owned()),
            None => {
                let number = cursor.number()?;
                // What is out of range for a length is out of range for every use of it.
                return Ok(Argument::Number(number.value.parse().unwrap_or(i64::MAX)));
            }
        },
        None => return Err(cursor.expected("a number")),
    };
    cursor.advance(1);
    Ok(argument)
}

fn read_modifiers(cursor: &mut Cursor<'_>, ty: &mut TypeName) -> Result<()> {
    match cursor.source.dialect {
        Dialect::Sqlite => Ok(()),
        Dialect::Mysql => read_mysql_attributes(cursor, ty),
        Dialect::Postgres => {
            read_zone(cursor, ty);
            if ty.name == "INTERVAL" {
                read_interval_fields(cursor, ty)?;
            }
            read_dimensions(cursor, ty)
        }
    }
}

fn read_zone(cursor: &mut Cursor<'_>, ty: &mut TypeName) {
    if let Some(words) = ZONES.iter().find(|words| cursor.eat_words(words)) {
        ty.modifiers.push(words.join(" "));
    }
}

fn read_interval_fields(cursor: &mut Cursor<'_>, ty: &mut TypeName) -> Result<()> {
    const FIELDS: &[&str] = &["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "TO"];
    while cursor.is_one_of(FIELDS) {
        cursor.advance(1);
    }
    if cursor.is_symbol(&Token::LParen) {
        ty.arguments = read_arguments(cursor)?;
    }
    Ok(())
}

fn read_dimensions(cursor: &mut Cursor<'_>, ty: &mut TypeName) -> Result<()> {
    let by_word = cursor.eat_word("ARRAY");
    ty.dimensions = usize::from(by_word);
    while cursor.eat_symbol(&Token::LBracket) {
        if !cursor.is_symbol(&Token::RBracket) {
            cursor.number()?;
        }
        cursor.expect_symbol(&Token::RBracket)?;
        ty.dimensions += usize::from(!by_word);
    }
    Ok(())
}

fn read_mysql_attributes(cursor: &mut Cursor<'_>, ty: &mut TypeName) -> Result<()> {
    const ATTRIBUTES: &[&str] = &[
        "UNSIGNED", "SIGNED", "ZEROFILL", "BINARY", "ASCII", "UNICODE", "BYTE",
    ];
    loop {
        let attribute = ATTRIBUTES.iter().find(|word| cursor.is_word(word));
        if let Some(attribute) = attribute {
            cursor.advance(1);
            ty.modifiers.push((*attribute).to_owned());
        } else if cursor.eat_words(&["CHARACTER", "SET"]) || cursor.eat_word("CHARSET") {
            cursor.identifier("a character set")?;
        } else {
            return Ok(());
        }
    }
}
