//! The cells of a row, as PostgreSQL sent them.

use std::error::Error as StdError;

use tokio_postgres::{
    Column, Row,
    types::{FromSql, Type},
};

use super::{decode, kind::Kind};
#[cfg(feature = "_frames")]
use crate::frame::FrameType;
use crate::{
    row::Cells,
    value::{Value, ValueError, ValueRef},
};

/// The types and names of a result's columns.
#[derive(Debug)]
pub(super) struct Columns {
    kinds: Box<[Kind]>,
    names: Box<[Box<str>]>,
    /// Those whose values have to be made before they can be lent.
    made: Box<[usize]>,
    #[cfg(feature = "_frames")]
    pub(super) declared: Box<[Option<FrameType>]>,
}

impl Columns {
    pub(super) fn of(columns: &[Column]) -> Self {
        let kinds: Box<[Kind]> = columns
            .iter()
            .map(|column| Kind::of(column.type_()))
            .collect();
        let indexes = kinds.iter().enumerate().filter(|(_, kind)| kind.is_made());
        Columns {
            made: indexes.map(|(index, _)| index).collect(),
            kinds,
            names: columns.iter().map(|column| column.name().into()).collect(),
            #[cfg(feature = "_frames")]
            declared: columns.iter().map(super::declared::of_column).collect(),
        }
    }
}

/// A row as the server sent it.
pub(super) trait Sent {
    /// The bytes of a cell; nothing for NULL.
    fn bytes(&self, index: usize) -> Option<&[u8]>;
}

/// Room for the values of a row that have to be made; used again by the row after it.
#[derive(Debug, Default)]
pub(super) struct Made(Vec<Slot>);

#[derive(Debug)]
struct Slot {
    value: Value,
    problem: Option<ValueError>,
}

impl Made {
    /// A row whose cells can be asked for.
    #[inline]
    pub(super) fn cells<'r, R: Sent>(
        &'r mut self,
        row: &'r R,
        columns: &'r Columns,
    ) -> PostgresCells<'r, R> {
        if !columns.made.is_empty() {
            self.make(row, columns);
        }
        PostgresCells {
            row,
            columns,
            made: &self.0,
        }
    }

    fn make(&mut self, row: &impl Sent, columns: &Columns) {
        while self.0.len() < columns.kinds.len() {
            let value = Value::Null;
            self.0.push(Slot {
                value,
                problem: None,
            });
        }
        for &index in &columns.made {
            let slot = &mut self.0[index];
            slot.problem = match row.bytes(index) {
                Some(bytes) => decode::make(&columns.kinds[index], bytes, &mut slot.value).err(),
                None => {
                    slot.value = Value::Null;
                    None
                }
            };
        }
    }
}

/// A row, with the values that were made for it.
pub(super) struct PostgresCells<'r, R> {
    row: &'r R,
    columns: &'r Columns,
    made: &'r [Slot],
}

impl<R: Sent> Cells for PostgresCells<'_, R> {
    #[inline]
    fn cell(&self, index: usize) -> Result<ValueRef<'_>, ValueError> {
        let Some(kind) = self.columns.kinds.get(index) else {
            return Err(missing());
        };
        if kind.is_made() {
            let slot = &self.made[index];
            return match &slot.problem {
                None => Ok(slot.value.as_ref()),
                Some(problem) => Err(problem.clone()),
            };
        }
        match self.row.bytes(index) {
            Some(bytes) => decode::lend(kind, bytes),
            None => Ok(ValueRef::Null),
        }
    }

    fn len(&self) -> usize {
        self.columns.kinds.len()
    }

    fn name(&self, index: usize) -> &str {
        self.columns.names.get(index).map_or("", |name| name)
    }

    #[cfg(feature = "_frames")]
    fn declared(&self, index: usize) -> Option<FrameType> {
        self.columns.declared.get(index).copied().flatten()
    }
}

/// What a cell holds, whatever its type.
struct Raw<'a>(&'a [u8]);

impl<'a> FromSql<'a> for Raw<'a> {
    #[inline]
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn StdError + Sync + Send>> {
        Ok(Raw(raw))
    }

    #[inline]
    fn accepts(_: &Type) -> bool {
        true
    }
}

impl Sent for Row {
    #[inline]
    fn bytes(&self, index: usize) -> Option<&[u8]> {
        let cell = self.try_get::<_, Option<Raw<'_>>>(index);
        cell.ok().flatten().map(|Raw(bytes)| bytes)
    }
}

#[cold]
fn missing() -> ValueError {
    ValueError::new("the row has no such column")
}
