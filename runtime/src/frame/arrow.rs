//! Frames as record batches of Arrow.

use std::{collections::HashMap, sync::Arc};

use arrow_array::{
    ArrayRef, ArrowPrimitiveType, BinaryArray, BooleanArray, FixedSizeBinaryArray, ListArray,
    NullArray, PrimitiveArray, RecordBatch, RecordBatchOptions, StringArray,
    types::{
        Date32Type, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type,
        Int64Type, Time64MicrosecondType, TimestampMicrosecondType, UInt8Type, UInt16Type,
        UInt32Type, UInt64Type,
    },
};
use arrow_buffer::{Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, DataType, Field, Schema, TimeUnit};

use super::{
    Frame, FrameType,
    column::Column,
    data::{Data, Pieces},
};
use crate::error::{Error, ErrorKind, Result};

impl Frame {
    /// The frame as a record batch of Arrow. Names may occur twice, as Arrow allows.
    ///
    /// # Errors
    /// [`Data`](ErrorKind::Data) where Arrow refuses, which would be news.
    pub fn into_record_batch(self) -> Result<RecordBatch> {
        let rows = RecordBatchOptions::new().with_row_count(Some(self.rows));
        let fields: Vec<Field> = self.columns.iter().map(field).collect();
        let arrays: Result<Vec<ArrayRef>, ArrowError> =
            self.columns.into_iter().map(array).collect();
        let batch = arrays.and_then(|arrays| {
            RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &rows)
        });
        batch.map_err(|error| Error::new(ErrorKind::Data, error.to_string()).with_source(error))
    }
}

fn field(column: &Column) -> Field {
    let field = Field::new(&column.name, data_type(column.ty), !column.required);
    let extension = match column.ty {
        FrameType::Uuid => "arrow.uuid",
        FrameType::Json => "arrow.json",
        _ => return field,
    };
    let entry = |key: &str, value: &str| (format!("ARROW:extension:{key}"), value.to_owned());
    field.with_metadata(HashMap::from([
        entry("name", extension),
        entry("metadata", ""),
    ]))
}

fn data_type(ty: FrameType) -> DataType {
    match ty {
        FrameType::Null => DataType::Null,
        FrameType::Bool => DataType::Boolean,
        FrameType::Int8 => DataType::Int8,
        FrameType::Int16 => DataType::Int16,
        FrameType::Int32 => DataType::Int32,
        FrameType::Int64 => DataType::Int64,
        FrameType::UInt8 => DataType::UInt8,
        FrameType::UInt16 => DataType::UInt16,
        FrameType::UInt32 => DataType::UInt32,
        FrameType::UInt64 => DataType::UInt64,
        FrameType::Float32 => DataType::Float32,
        FrameType::Float64 => DataType::Float64,
        FrameType::Decimal { precision, scale } => DataType::Decimal128(
            precision,
            i8::try_from(scale).expect("there are at most 38 digits"),
        ),
        FrameType::Text | FrameType::Json => DataType::Utf8,
        FrameType::Uuid => DataType::FixedSizeBinary(16),
        FrameType::Bytes => DataType::Binary,
        FrameType::Date => DataType::Date32,
        FrameType::Time => DataType::Time64(TimeUnit::Microsecond),
        FrameType::Timestamp => DataType::Timestamp(TimeUnit::Microsecond, None),
        FrameType::TimestampUtc => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
        FrameType::List(item) => {
            DataType::List(Arc::new(Field::new("item", data_type(*item), true)))
        }
    }
}

fn array(column: Column) -> Result<ArrayRef, ArrowError> {
    let (ty, rows) = (column.ty, column.len());
    let nulls = (!column.valid.is_empty()).then(|| NullBuffer::from(column.valid));
    Ok(match column.data {
        Data::Nothing => Arc::new(NullArray::new(rows)),
        Data::Bool(values) => Arc::new(BooleanArray::new(values.into(), nulls)),
        Data::Int { values, .. } => return integers(ty, values, nulls),
        Data::UInt(values) => primitive::<UInt64Type>(values, nulls)?,
        Data::Float(values) if ty == FrameType::Float32 => primitive::<Float32Type>(
            values.into_iter().map(|value| value as f32).collect(),
            nulls,
        )?,
        Data::Float(values) => primitive::<Float64Type>(values, nulls)?,
        Data::Decimal(values) => typed::<Decimal128Type>(values, nulls, ty)?,
        Data::Days(values) => primitive::<Date32Type>(values, nulls)?,
        Data::Micros(values) if ty == FrameType::Time => {
            primitive::<Time64MicrosecondType>(values, nulls)?
        }
        Data::Micros(values) => typed::<TimestampMicrosecondType>(values, nulls, ty)?,
        Data::Text(Pieces { bytes, ends }) => {
            let ends = OffsetBuffer::new(ends.into());
            Arc::new(StringArray::try_new(ends, Buffer::from_vec(bytes), nulls)?)
        }
        Data::Bytes(Pieces { bytes, ends }) => {
            let ends = OffsetBuffer::new(ends.into());
            Arc::new(BinaryArray::try_new(ends, Buffer::from_vec(bytes), nulls)?)
        }
        Data::Uuid(values) => {
            let bytes = Buffer::from_vec(values.into_flattened());
            Arc::new(FixedSizeBinaryArray::try_new(16, bytes, nulls)?)
        }
        Data::List { ends, items } => {
            let item = Arc::new(field(&items));
            let ends = OffsetBuffer::new(ends.into());
            Arc::new(ListArray::try_new(item, ends, array(*items)?, nulls)?)
        }
    })
}

fn integers(
    ty: FrameType,
    values: Vec<i64>,
    nulls: Option<NullBuffer>,
) -> Result<ArrayRef, ArrowError> {
    match ty {
        FrameType::Int8 => narrow::<Int8Type>(&values, nulls),
        FrameType::Int16 => narrow::<Int16Type>(&values, nulls),
        FrameType::Int32 => narrow::<Int32Type>(&values, nulls),
        FrameType::UInt8 => narrow::<UInt8Type>(&values, nulls),
        FrameType::UInt16 => narrow::<UInt16Type>(&values, nulls),
        FrameType::UInt32 => narrow::<UInt32Type>(&values, nulls),
        _ => primitive::<Int64Type>(values, nulls),
    }
}

fn narrow<T: ArrowPrimitiveType<Native: TryFrom<i64, Error: std::fmt::Debug>>>(
    values: &[i64],
    nulls: Option<NullBuffer>,
) -> Result<ArrayRef, ArrowError> {
    let narrow = |value: &i64| T::Native::try_from(*value).expect("what was pushed was in range");
    primitive::<T>(values.iter().map(narrow).collect(), nulls)
}

fn primitive<T: ArrowPrimitiveType>(
    values: Vec<T::Native>,
    nulls: Option<NullBuffer>,
) -> Result<ArrayRef, ArrowError> {
    let values = ScalarBuffer::from(values);
    Ok(Arc::new(PrimitiveArray::<T>::try_new(values, nulls)?))
}

/// As [`primitive`], of a type that has digits or a zone.
fn typed<T: ArrowPrimitiveType>(
    values: Vec<T::Native>,
    nulls: Option<NullBuffer>,
    ty: FrameType,
) -> Result<ArrayRef, ArrowError> {
    let array = PrimitiveArray::<T>::try_new(ScalarBuffer::from(values), nulls)?;
    Ok(Arc::new(array.with_data_type(data_type(ty))))
}
