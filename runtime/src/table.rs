//! Tables of which no code was generated: what is known of them is read from the database.

mod interned;

use std::{fmt, ops::ControlFlow, sync::Arc};

use crate::{
    connection::Connection,
    engine::Engine,
    error::{Error, ErrorKind, Result},
    model::{ColumnInfo, Filled, TableInfo},
    value::ValueRef,
};

/// A table or view as the database describes it, for queries without generated code.
///
/// [`reflect`](Table::reflect) reads its columns. [`column`](Table::column) gives one of them as an expression, whose Rust type
/// the program says, and from there on all is as with models: [conditions](crate::query::Expression), order, functions,
/// subqueries. Rows are [`RawRow`](crate::RawRow)s, unless [`select`](crate::query::Select::select) says otherwise.
///
/// ```
/// use aludel::{Engine, Table, prelude::*, text};
///
/// let engine = Engine::new("sqlite://")?;
/// let conn = engine.connect()?;
/// conn.execute(text("create table person (id integer primary key, name text not null, age integer)"))?;
///
/// let person = conn.table("person")?;
/// person.insert().value("name", "ed").value("age", 39).on(&conn).execute()?;
/// person.insert().value("name", "wendy").value("age", 21).on(&conn).execute()?;
///
/// let (name, age) = (person.column::<String>("name")?, person.column::<Option<i64>>("age")?);
/// let adults = person.select().filter(age.clone().gt(30)).order_by(age.desc()).on(&conn);
/// for row in adults.all()? {
///     println!("{}: {}", row.get::<i64>("id")?, row.get::<String>("name")?);
/// }
/// let names: Vec<String> = adults.select(name).all()?;
/// assert_eq!(names, ["ed"]);
/// # Ok::<(), aludel::Error>(())
/// ```
///
/// What is known of a table is kept until the program ends, once for each form that it was ever found in, as what is generated
/// is. A program that creates tables without an end under names of its own making, and reflects each, keeps them all.
#[derive(Clone)]
pub struct Table {
    pub(crate) info: &'static TableInfo,
    /// What queries call it.
    pub(crate) alias: &'static str,
    columns: Arc<[TableColumn]>,
}

/// A column of a [`Table`], as the database describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    /// Its name.
    pub name: String,
    /// Its type, as the database spells it: `character varying(20)`. Empty where SQLite was told none.
    pub declared: String,
    /// Whether it can be NULL. Those of a view always can, as far as the database says.
    pub nullable: bool,
    /// What the database does about its value by itself.
    pub filled: Filled,
    /// Its place in the primary key, counted from 0; `None` outside of the key.
    pub key: Option<usize>,
}

impl Table {
    /// Reads what the database says of the table or view of this name, written `schema.table` where it is not found without.
    ///
    /// # Errors
    /// [`Programming`](ErrorKind::Programming) where there is no such table; when there is no connection.
    pub fn reflect(engine: &Engine, name: &str) -> Result<Table> {
        engine.connect()?.table(name)
    }

    /// Its name in the database, without its namespace.
    pub fn name(&self) -> &str {
        self.info.name
    }

    /// The namespace that it was asked for in.
    pub fn schema(&self) -> Option<&str> {
        self.info.schema
    }

    /// Its columns, in order.
    pub fn columns(&self) -> &[TableColumn] {
        &self.columns
    }

    /// The names of the columns of its primary key, in order; none where it has no key.
    pub fn primary_key(&self) -> impl ExactSizeIterator<Item = &str> {
        let key = self.info.primary_key.iter();
        key.map(|position| self.info.columns[*position].name)
    }

    /// The same table under another name, to read it twice in one query.
    pub fn alias(&self, name: &str) -> Table {
        Table {
            alias: interned::name(name),
            ..self.clone()
        }
    }

    /// What is known of a column, and its position.
    pub(crate) fn known(&self, name: &str) -> Result<(usize, &'static ColumnInfo)> {
        let mut columns = self.info.columns.iter().enumerate();
        let found = columns.find(|(_, column)| column.name == name);
        found.ok_or_else(|| self.unknown(name))
    }

    #[cold]
    fn unknown(&self, name: &str) -> Error {
        let names = self.info.columns.iter().map(|column| column.name);
        let nearest = aludel_catalog::nearest(name, names.clone());
        let hint = match nearest {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("it has `{}`", names.collect::<Vec<_>>().join("`, `")),
        };
        let table = self.info.name;
        let message = format!("there is no column `{name}` in the table `{table}`: {hint}");
        Error::new(ErrorKind::InvalidRequest, message)
    }
}

/// With the same columns, under the same name.
impl PartialEq for Table {
    fn eq(&self, other: &Table) -> bool {
        std::ptr::eq(self.info, other.info)
            && self.alias == other.alias
            && self.columns == other.columns
    }
}

impl Eq for Table {}

/// As a declaration, for people to read.
impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.columns.iter().map(|column| {
            let null = if column.nullable { "" } else { " not null" };
            format!("{} {}{null}", column.name, column.declared)
        });
        let columns = columns.collect::<Vec<_>>().join(", ");
        write!(f, "Table({} ({columns}))", self.info.name)
    }
}

impl Connection {
    /// Reads what the database says of a table or view, also of a temporary one of this connection: see [`Table::reflect`].
    ///
    /// # Errors
    /// [`Programming`](ErrorKind::Programming) where there is no such table.
    pub fn table(&self, name: &str) -> Result<Table> {
        let whole = self.reflected(None, name)?;
        if let Some(table) = whole {
            return Ok(table);
        }
        if let Some((schema, within)) = name.split_once('.')
            && let Some(table) = self.reflected(Some(schema), within)?
        {
            return Ok(table);
        }
        let message = format!("there is no table or view `{name}` in the database");
        Err(Error::new(ErrorKind::Programming, message))
    }

    fn reflected(&self, schema: Option<&str>, name: &str) -> Result<Option<Table>> {
        let asked = schema.map_or(ValueRef::Null, ValueRef::Text);
        let all = [asked, ValueRef::Text(name)].repeat(2);
        let parameters = &all[..self.dialect().column_parameters()];
        let mut columns = Vec::new();
        self.query_sql(self.dialect().columns(), parameters, false, &mut |row| {
            columns.push(TableColumn {
                name: row.get(0)?,
                declared: row.get(1)?,
                nullable: row.get::<i64>(2)? != 0,
                filled: filled(&row.get::<String>(3)?),
                key: row
                    .get::<Option<i64>>(4)?
                    .and_then(|place| usize::try_from(place).ok()),
            });
            Ok(ControlFlow::Continue(()))
        })?;
        if columns.is_empty() {
            return Ok(None);
        }
        let info = interned::table(schema, name, &columns);
        Ok(Some(Table {
            info,
            alias: info.name,
            columns: columns.into(),
        }))
    }
}

/// What a dialect's query says of how a column is filled.
fn filled(word: &str) -> Filled {
    match word {
        "default" => Filled::Default,
        "counted" => Filled::Counted,
        "computed" => Filled::Computed,
        _ => Filled::Never,
    }
}
