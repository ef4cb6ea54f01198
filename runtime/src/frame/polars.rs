//! Frames as data frames of Polars.

use polars_core::{
    chunked_array::builder::get_list_builder,
    prelude::{
        BinaryChunked, BooleanChunked, ChunkedArray, Column as PolarsColumn, DataFrame, DataType,
        Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, Int128Type,
        IntoColumn, IntoSeries, NewChunkedArray, PlSmallStr, PolarsNumericType, PolarsResult,
        Series, StringChunked, TimeUnit, TimeZone, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
    },
};

use super::{
    Frame, FrameType,
    column::Column,
    data::{Data, range},
};
use crate::{
    error::{Error, ErrorKind, Result},
    value::hyphenated,
};

/// How many nanoseconds, in which Polars counts times of day, a microsecond has.
const NANOS: i64 = 1_000;

impl Frame {
    /// The frame as a data frame of Polars.
    ///
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) where two columns have the same name: see [`named`](Frame::named).
    pub fn into_data_frame(self) -> Result<DataFrame> {
        for (index, column) in self.columns.iter().enumerate() {
            if self.columns[..index]
                .iter()
                .any(|other| other.name == column.name)
            {
                let message = format!(
                    "two columns are called `{}`, which a data frame of Polars does not allow: name them by `named`",
                    column.name
                );
                return Err(Error::new(ErrorKind::InvalidRequest, message));
            }
        }
        let rows = self.rows;
        let columns: PolarsResult<Vec<PolarsColumn>> = self
            .columns
            .into_iter()
            .map(|column| series(column).map(Series::into_column))
            .collect();
        let frame = columns.and_then(|columns| DataFrame::new(rows, columns));
        frame.map_err(|error| Error::new(ErrorKind::Data, error.to_string()).with_source(error))
    }
}

fn series(column: Column) -> PolarsResult<Series> {
    let name = PlSmallStr::from(column.name.as_str());
    let (ty, rows, valid) = (column.ty, column.len(), column.valid);
    Ok(match column.data {
        Data::Nothing => Series::new_null(name, rows),
        Data::Bool(values) => {
            BooleanChunked::from_iter_options(name, optional(values, valid)).into_series()
        }
        Data::Int { values, .. } => integers(ty, name, values, valid),
        Data::UInt(values) => numbers::<UInt64Type>(name, values, valid).into_series(),
        Data::Float(values) if ty == FrameType::Float32 => {
            let values = values.into_iter().map(|value| value as f32).collect();
            numbers::<Float32Type>(name, values, valid).into_series()
        }
        Data::Float(values) => numbers::<Float64Type>(name, values, valid).into_series(),
        Data::Decimal(values) => {
            let FrameType::Decimal { precision, scale } = ty else {
                return Ok(Series::new_null(name, rows));
            };
            let numbers = numbers::<Int128Type>(name, values, valid);
            numbers
                .into_decimal(precision.into(), scale.into())?
                .into_series()
        }
        Data::Days(values) => numbers::<Int32Type>(name, values, valid)
            .into_date()
            .into_series(),
        Data::Micros(values) => times(ty, name, values, valid),
        Data::Text(texts) => {
            let texts = (0..rows).map(|index| texts.text(index));
            StringChunked::from_iter_options(name, optional(texts, valid)).into_series()
        }
        Data::Bytes(pieces) => {
            let pieces = (0..rows).map(|index| pieces.get(index));
            BinaryChunked::from_iter_options(name, optional(pieces, valid)).into_series()
        }
        Data::Uuid(values) => {
            let texts = values.into_iter().map(hyphenated);
            StringChunked::from_iter_options(name, optional(texts, valid)).into_series()
        }
        Data::List { ends, items } => lists(name, &ends, series(*items)?, &valid)?,
    })
}

/// The values that are not NULL.
fn optional<T>(
    values: impl IntoIterator<Item = T>,
    valid: Vec<bool>,
) -> impl Iterator<Item = Option<T>> {
    let valid = valid.into_iter().chain(std::iter::repeat(true));
    let values = values.into_iter().zip(valid);
    values.map(|(value, is_valid)| is_valid.then_some(value))
}

fn numbers<T: PolarsNumericType>(
    name: PlSmallStr,
    values: Vec<T::Native>,
    valid: Vec<bool>,
) -> ChunkedArray<T> {
    if valid.is_empty() {
        return ChunkedArray::from_vec(name, values);
    }
    ChunkedArray::from_iter_options(name, optional(values, valid))
}

fn integers(ty: FrameType, name: PlSmallStr, values: Vec<i64>, valid: Vec<bool>) -> Series {
    match ty {
        FrameType::Int8 => narrow::<Int8Type>(name, &values, valid).into_series(),
        FrameType::Int16 => narrow::<Int16Type>(name, &values, valid).into_series(),
        FrameType::Int32 => narrow::<Int32Type>(name, &values, valid).into_series(),
        FrameType::UInt8 => narrow::<UInt8Type>(name, &values, valid).into_series(),
        FrameType::UInt16 => narrow::<UInt16Type>(name, &values, valid).into_series(),
        FrameType::UInt32 => narrow::<UInt32Type>(name, &values, valid).into_series(),
        _ => numbers::<Int64Type>(name, values, valid).into_series(),
    }
}

fn narrow<T: PolarsNumericType<Native: TryFrom<i64, Error: std::fmt::Debug>>>(
    name: PlSmallStr,
    values: &[i64],
    valid: Vec<bool>,
) -> ChunkedArray<T> {
    let narrow = |value: &i64| T::Native::try_from(*value).expect("what was pushed was in range");
    numbers::<T>(name, values.iter().map(narrow).collect(), valid)
}

fn times(ty: FrameType, name: PlSmallStr, values: Vec<i64>, valid: Vec<bool>) -> Series {
    if ty == FrameType::Time {
        // A time of day has been looked at: so many nanoseconds are always there.
        let nanos = values.into_iter().map(|micros| micros * NANOS).collect();
        return numbers::<Int64Type>(name, nanos, valid)
            .into_time()
            .into_series();
    }
    let zone = (ty == FrameType::TimestampUtc).then_some(TimeZone::UTC);
    let micros = numbers::<Int64Type>(name, values, valid);
    micros
        .into_datetime(TimeUnit::Microseconds, zone)
        .into_series()
}

fn lists(name: PlSmallStr, ends: &[i32], items: Series, valid: &[bool]) -> PolarsResult<Series> {
    let rows = ends.len() - 1;
    let item: DataType = items.dtype().clone();
    let mut builder = get_list_builder(&item, items.len(), rows, name);
    for index in 0..rows {
        if valid.get(index) == Some(&false) {
            builder.append_null();
            continue;
        }
        let range = range(ends, index);
        builder.append_series(&items.slice(range.start as i64, range.len()))?;
    }
    Ok(builder.finish().into_series())
}
