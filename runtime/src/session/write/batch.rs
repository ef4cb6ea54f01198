//! Updates of rows by their keys: rows that set the same columns go together.

use super::keys::{column, key_filter};
use crate::{
    connection::Connection,
    error::Result,
    model::TableInfo,
    session::few::Few,
    sql::{self, Assigned, Case, Node, Statement},
    value::{Value, ValueRef},
};

/// So many rows are updated with one statement, where that is faster than one for each.
const ROWS_AT_ONCE: usize = 64;

/// So many sets of parameters are handed over at once, where each is a statement.
const SETS_AT_ONCE: usize = 128;

/// What one row is set to.
pub(crate) struct RowUpdate {
    /// In the order of their columns.
    pub(crate) set: Few<Assigned>,
    /// The key, and behind it whatever else the row is found by.
    pub(crate) key: Few<Value>,
}

impl RowUpdate {
    /// Whether another row sets the same columns.
    pub(crate) fn sets_as(&self, other: &RowUpdate) -> bool {
        let columns = |row: &Assigned| row.column;
        self.set
            .iter()
            .map(columns)
            .eq(other.set.iter().map(columns))
    }
}

impl AsRef<RowUpdate> for RowUpdate {
    fn as_ref(&self) -> &RowUpdate {
        self
    }
}

/// Is told which rows a statement was about, and how many of them it found.
pub(crate) type Found<'f, R> = &'f mut dyn FnMut(&[R], u64) -> Result<()>;

/// Updates rows of one table.
pub(crate) struct Batch<'b> {
    pub(crate) connection: &'b Connection,
    pub(crate) table: &'static TableInfo,
    /// The column that rows are found by besides their key.
    pub(crate) version: Option<usize>,
}

impl Batch<'_> {
    /// Updates rows that set the same columns, no two of which have the same key.
    pub(crate) fn update<R: AsRef<RowUpdate>>(
        &self,
        rows: &[R],
        found: Found<'_, R>,
    ) -> Result<()> {
        let Some(first) = rows.first().map(AsRef::as_ref) else {
            return Ok(());
        };
        let capabilities = self.connection.dialect().capabilities();
        if first.set.is_empty() {
            return Ok(());
        }
        if !rows.iter().all(|row| self.is_plain(row.as_ref())) {
            return rows.iter().try_for_each(|row| self.one(row, found));
        }
        let most = self.rows_at_once(first, capabilities.max_parameters);
        let alone = rows.len() == 1 || most == 1 || self.sets_unique(first);
        if alone || !capabilities.updates_together {
            return self.each(rows, found);
        }
        let mut rest = rows;
        while !rest.is_empty() {
            let size = rest.len().min(most);
            // Sizes that are powers of two have few texts.
            let (part, others) = rest.split_at(1 << size.ilog2());
            self.together(part, found)?;
            rest = others;
        }
        Ok(())
    }

    /// Whether a row sets values only, and keeps its key.
    fn is_plain(&self, row: &RowUpdate) -> bool {
        row.set.iter().all(|assigned| {
            matches!(assigned.value, Node::Parameter(_))
                && !self.table.primary_key.contains(&assigned.column)
        })
    }

    /// Whether a row may take a value that another has to free before: within one statement, databases look row by row, in an order
    /// of their own.
    fn sets_unique(&self, row: &RowUpdate) -> bool {
        let mut keys = self.table.unique_keys.iter().copied().flatten();
        keys.any(|column| row.set.iter().any(|assigned| assigned.column == *column))
    }

    /// How many rows the parameters of one statement are enough for.
    fn rows_at_once(&self, row: &RowUpdate, max_parameters: usize) -> usize {
        let branch = self.table.primary_key.len() + 1;
        // Lists of keys are padded to powers of two.
        let of_one = row.set.len() * branch + 2 * row.key.len();
        (max_parameters / of_one).clamp(1, ROWS_AT_ONCE)
    }

    /// The columns that a row is found by.
    fn found_by(&self) -> Vec<usize> {
        let mut columns = self.table.primary_key.to_vec();
        columns.extend(self.version);
        columns
    }

    pub(super) fn tree(&self, set: Vec<Assigned>, filter: Node) -> sql::Update {
        sql::Update {
            table: self.table,
            set,
            joined: Vec::new(),
            filter: vec![filter],
            returning: Vec::new(),
            refused: None,
        }
    }

    fn of_one(&self, row: &RowUpdate) -> sql::Update {
        let filter = key_filter(self.table, &self.found_by(), row.key.clone());
        self.tree(row.set.to_vec(), filter)
    }

    fn one<R: AsRef<RowUpdate>>(&self, row: &R, found: Found<'_, R>) -> Result<()> {
        let tree = self.of_one(row.as_ref());
        let count = self.connection.change(Statement::Update(&tree))?;
        found(std::slice::from_ref(row), count)
    }

    /// One statement for each row, all of one text.
    fn each<R: AsRef<RowUpdate>>(&self, rows: &[R], found: Found<'_, R>) -> Result<()> {
        let Some(first) = rows.first() else {
            return Ok(());
        };
        let tree = self.of_one(first.as_ref());
        let mut parameters: Vec<ValueRef<'_>> = Vec::new();
        let statement = Statement::Update(&tree);
        let (known, origin) = self.connection.known(statement, &mut parameters)?;
        let width = tree.set.len() + first.as_ref().key.len();
        for part in rows.chunks(SETS_AT_ONCE) {
            parameters.clear();
            for RowUpdate { set, key } in part.iter().map(AsRef::as_ref) {
                parameters.extend(set.iter().map(|assigned| match &assigned.value {
                    Node::Parameter(value) => value.as_ref(),
                    _ => ValueRef::Null,
                }));
                parameters.extend(key.iter().map(Value::as_ref));
            }
            let mut rows = part.iter();
            self.connection
                .execute_each((&known, origin), width, &parameters, &mut |count| {
                    let row = rows.next().map_or(&[][..], std::slice::from_ref);
                    found(row, count)
                })?;
        }
        Ok(())
    }

    /// One statement for all: each column becomes what belongs to the key.
    fn together<R: AsRef<RowUpdate>>(&self, rows: &[R], found: Found<'_, R>) -> Result<()> {
        let Some(first) = rows.first().map(AsRef::as_ref) else {
            return Ok(());
        };
        let key = self.table.primary_key;
        let set = first.set.iter().enumerate().map(|(place, assigned)| {
            let branch = |row: &R| {
                let row = row.as_ref();
                let values = row.key[..key.len()].to_vec();
                (
                    key_filter(self.table, key, values),
                    row.set[place].value.clone(),
                )
            };
            let case = Case {
                branches: rows.iter().map(branch).collect(),
                otherwise: Some(column(self.table, assigned.column)),
            };
            Assigned {
                column: assigned.column,
                value: Node::Case(Box::new(case)),
            }
        });
        let keys = rows.iter().flat_map(|row| row.as_ref().key.clone());
        let filter = key_filter(self.table, &self.found_by(), keys);
        let tree = self.tree(set.collect(), filter);
        let count = self.connection.change(Statement::Update(&tree))?;
        found(rows, count)
    }
}
