//! The values of a column, side by side, as Arrow and Polars keep them.

use super::{FrameType, column::Column};
use crate::value::ValueError;

/// Values of one type. NULL takes the place of one, of which nobody reads what it is.
#[derive(Debug, Clone)]
pub(super) enum Data {
    /// Nothing but NULL so far.
    Nothing,
    Bool(Vec<bool>),
    /// Whole numbers within bounds, which are those of a narrower type.
    Int {
        values: Vec<i64>,
        least: i64,
        most: i64,
    },
    UInt(Vec<u64>),
    Float(Vec<f64>),
    Decimal(Vec<i128>),
    Text(Pieces),
    Bytes(Pieces),
    Uuid(Vec<[u8; 16]>),
    Days(Vec<i32>),
    Micros(Vec<i64>),
    List {
        ends: Vec<i32>,
        items: Box<Column>,
    },
}

/// Texts or bytes of any length, one behind the other.
#[derive(Debug, Clone)]
pub(super) struct Pieces {
    pub(super) bytes: Vec<u8>,
    /// Where each begins, and where the last ends.
    pub(super) ends: Vec<i32>,
}

impl Pieces {
    fn new() -> Self {
        Pieces {
            bytes: Vec::new(),
            ends: vec![0],
        }
    }

    #[inline]
    pub(super) fn push(&mut self, piece: &[u8]) -> Result<(), ValueError> {
        self.bytes.extend_from_slice(piece);
        self.ends.push(end(self.bytes.len())?);
        Ok(())
    }

    pub(super) fn get(&self, index: usize) -> &[u8] {
        &self.bytes[range(&self.ends, index)]
    }

    /// The same, of texts.
    pub(super) fn text(&self, index: usize) -> &str {
        str::from_utf8(self.get(index)).expect("what was pushed was text")
    }
}

/// Where the value at an index lies.
pub(super) fn range(ends: &[i32], index: usize) -> std::ops::Range<usize> {
    ends[index] as usize..ends[index + 1] as usize
}

/// How much there is, as Arrow counts it.
#[inline]
pub(super) fn end(length: usize) -> Result<i32, ValueError> {
    i32::try_from(length).map_err(|_| too_much())
}

#[cold]
fn too_much() -> ValueError {
    ValueError::new("a column of a frame holds at most 2 GiB: read the rows in several frames")
}

impl Data {
    /// No values of this type.
    pub(super) fn new(ty: FrameType) -> Self {
        let int = |least, most| Data::Int {
            values: Vec::new(),
            least,
            most,
        };
        match ty {
            FrameType::Null => Data::Nothing,
            FrameType::Bool => Data::Bool(Vec::new()),
            FrameType::Int8 => int(i8::MIN.into(), i8::MAX.into()),
            FrameType::Int16 => int(i16::MIN.into(), i16::MAX.into()),
            FrameType::Int32 => int(i32::MIN.into(), i32::MAX.into()),
            FrameType::Int64 => int(i64::MIN, i64::MAX),
            FrameType::UInt8 => int(0, u8::MAX.into()),
            FrameType::UInt16 => int(0, u16::MAX.into()),
            FrameType::UInt32 => int(0, u32::MAX.into()),
            FrameType::UInt64 => Data::UInt(Vec::new()),
            FrameType::Float32 | FrameType::Float64 => Data::Float(Vec::new()),
            FrameType::Decimal { .. } => Data::Decimal(Vec::new()),
            FrameType::Text | FrameType::Json => Data::Text(Pieces::new()),
            FrameType::Bytes => Data::Bytes(Pieces::new()),
            FrameType::Uuid => Data::Uuid(Vec::new()),
            FrameType::Date => Data::Days(Vec::new()),
            FrameType::Time | FrameType::Timestamp | FrameType::TimestampUtc => {
                Data::Micros(Vec::new())
            }
            FrameType::List(item) => Data::List {
                ends: vec![0],
                items: Box::new(Column::new("item".to_owned(), *item)),
            },
        }
    }

    /// Puts something in the place of NULL.
    pub(super) fn push_nothing(&mut self) {
        match self {
            Data::Nothing => {}
            Data::Bool(values) => values.push(false),
            Data::Int { values, .. } | Data::Micros(values) => values.push(0),
            Data::UInt(values) => values.push(0),
            Data::Float(values) => values.push(0.0),
            Data::Decimal(values) => values.push(0),
            Data::Uuid(values) => values.push([0; 16]),
            Data::Days(values) => values.push(0),
            Data::Text(Pieces { ends, .. })
            | Data::Bytes(Pieces { ends, .. })
            | Data::List { ends, .. } => ends.push(ends.last().copied().unwrap_or_default()),
        }
    }
}
