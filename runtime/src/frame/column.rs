//! A column of a frame that grows by one value after the other.

use super::{
    FrameType,
    data::{Data, end, range},
    decimal,
};
use crate::value::{FromValue, Value, ValueError, ValueRef, civil, hyphenated};

/// A column of a frame.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) ty: FrameType,
    /// Whether the schema says that it is never NULL.
    pub(super) required: bool,
    /// Whether its type is that of frames before.
    settled: bool,
    pub(super) data: Data,
    /// Which values are not NULL; empty where none is NULL.
    pub(super) valid: Vec<bool>,
    len: usize,
}

impl Column {
    pub(super) fn new(name: String, ty: FrameType) -> Self {
        Column {
            name,
            data: Data::new(ty),
            ty,
            required: false,
            settled: false,
            valid: Vec::new(),
            len: 0,
        }
    }

    /// The values so far; what stays takes further ones of the same type.
    pub(super) fn take(&mut self) -> Column {
        let mut rest = self.empty(self.ty);
        rest.settled = true;
        std::mem::replace(self, rest)
    }

    /// The same column as another type, without values.
    pub(super) fn empty(&self, ty: FrameType) -> Column {
        Column {
            required: self.required,
            settled: self.settled,
            ..Column::new(self.name.clone(), ty)
        }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Adds a value.
    #[inline]
    pub(super) fn push(&mut self, value: ValueRef<'_>) -> Result<(), ValueError> {
        match (&mut self.data, value) {
            (_, ValueRef::Null) => return self.push_null(),
            (
                Data::Int {
                    values,
                    least,
                    most,
                },
                ValueRef::Int(value),
            ) if (*least..=*most).contains(&value) => {
                values.push(value);
            }
            (Data::Text(texts), ValueRef::Text(value)) => texts.push(value.as_bytes())?,
            (Data::Float(values), ValueRef::Float(value)) => values.push(value),
            _ => self.push_other(value)?,
        }
        self.len += 1;
        if !self.valid.is_empty() {
            self.valid.push(true);
        }
        Ok(())
    }

    fn push_null(&mut self) -> Result<(), ValueError> {
        if self.required {
            return Err(ValueError::expected(
                "a value, since it is NOT NULL",
                ValueRef::Null,
            ));
        }
        if self.valid.is_empty() {
            self.valid.resize(self.len, true);
        }
        self.data.push_nothing();
        self.valid.push(false);
        self.len += 1;
        Ok(())
    }

    /// Adds a value that is not as its column keeps it.
    fn push_other(&mut self, value: ValueRef<'_>) -> Result<(), ValueError> {
        if let Some(ty) = self.other_type(value)? {
            *self = self.converted(ty)?;
        }
        let ty = self.ty;
        match &mut self.data {
            Data::Nothing => {}
            Data::Bool(values) => values.push(bool::from_value(value)?),
            Data::Int {
                values,
                least,
                most,
            } => {
                let number = i64::from_value(value)?;
                if !(*least..=*most).contains(&number) {
                    return Err(ValueError::out_of_range(number, &format!("{ty:?}")));
                }
                values.push(number);
            }
            Data::UInt(values) => values.push(u64::from_value(value)?),
            Data::Float(values) => values.push(f64::from_value(value)?),
            Data::Decimal(values) => values.push(exact(value, ty)?),
            Data::Text(texts) => text(value, |text| texts.push(text.as_bytes()))?,
            Data::Bytes(pieces) => match value {
                ValueRef::Bytes(bytes) => pieces.push(bytes)?,
                other => return Err(ValueError::expected("bytes", other)),
            },
            Data::Uuid(values) => values.push(uuid(value)?),
            Data::Days(values) => values.push(civil::read_date(value, "a date", Some)?),
            Data::Micros(values) => values.push(micros(value, ty)?),
            Data::List { ends, items } => {
                push_all(items, value)?;
                ends.push(end(items.len)?);
            }
        }
        Ok(())
    }

    /// The type that the column has to have from here on, where it has another: the values decide until they are known, and
    /// whole numbers may turn out to be floating-point numbers.
    fn other_type(&self, value: ValueRef<'_>) -> Result<Option<FrameType>, ValueError> {
        match (&self.data, value) {
            (Data::Nothing, _) if self.settled => {
                let before =
                    "nothing but NULL, as in the frames before; say its type by `with_type`";
                Err(ValueError::expected(before, value))
            }
            (Data::Nothing, _) => match FrameType::of(value) {
                Some(ty) => Ok(Some(ty)),
                None => Err(ValueError::expected(
                    "a value of a type that frames have",
                    value,
                )),
            },
            (Data::Int { .. }, ValueRef::Float(_)) if self.ty == FrameType::Int64 => {
                match self.settled {
                    false => Ok(Some(FrameType::Float64)),
                    true => Err(ValueError::expected(
                        "an integer, as in the frames before; say its type by `with_type`",
                        value,
                    )),
                }
            }
            _ => Ok(None),
        }
    }

    /// The same column as another type.
    pub(super) fn converted(&self, ty: FrameType) -> Result<Column, ValueError> {
        let mut other = self.empty(ty);
        for index in 0..self.len {
            other.push(self.value(index).as_ref())?;
        }
        Ok(other)
    }

    /// A value, as the database could have given it.
    fn value(&self, index: usize) -> Value {
        if self.valid.get(index) == Some(&false) {
            return Value::Null;
        }
        match &self.data {
            Data::Nothing => Value::Null,
            Data::Bool(values) => Value::Bool(values[index]),
            Data::Int { values, .. } => Value::Int(values[index]),
            Data::UInt(values) => Value::UInt(values[index]),
            Data::Float(values) => Value::Float(values[index]),
            Data::Decimal(values) => {
                let scale = match self.ty {
                    FrameType::Decimal { scale, .. } => scale,
                    _ => 0,
                };
                Value::Decimal(decimal::write(values[index], scale))
            }
            Data::Text(texts) => Value::Text(texts.text(index).to_owned().into()),
            Data::Bytes(pieces) => Value::Bytes(pieces.get(index).to_vec()),
            Data::Uuid(values) => Value::Uuid(values[index]),
            Data::Days(values) => Value::Date(values[index]),
            Data::Micros(values) => match self.ty {
                FrameType::Time => Value::Time(values[index]),
                FrameType::Timestamp => Value::Timestamp(values[index]),
                _ => Value::TimestampUtc(values[index]),
            },
            Data::List { ends, items } => {
                Value::Array(range(ends, index).map(|item| items.value(item)).collect())
            }
        }
    }
}

fn push_all(items: &mut Column, value: ValueRef<'_>) -> Result<(), ValueError> {
    let ValueRef::Array(values) = value else {
        return Err(ValueError::expected("an array", value));
    };
    for (number, value) in (1..).zip(values) {
        items
            .push(Value::as_ref(value))
            .map_err(|error| ValueError::new(format!("item {number} of the array: {error}")))?;
    }
    Ok(())
}

fn exact(value: ValueRef<'_>, ty: FrameType) -> Result<i128, ValueError> {
    let FrameType::Decimal { precision, scale } = ty else {
        return Err(ValueError::expected("a decimal number", value));
    };
    match value {
        ValueRef::Decimal(digits) | ValueRef::Text(digits) => {
            decimal::parse(digits, precision, scale)
        }
        ValueRef::Int(number) => decimal::parse(&number.to_string(), precision, scale),
        ValueRef::UInt(number) => decimal::parse(&number.to_string(), precision, scale),
        other => Err(ValueError::expected("a decimal number", other)),
    }
}

fn text(
    value: ValueRef<'_>,
    take: impl FnOnce(&str) -> Result<(), ValueError>,
) -> Result<(), ValueError> {
    match value {
        ValueRef::Text(text) | ValueRef::Json(text) | ValueRef::Decimal(text) => take(text),
        ValueRef::Uuid(bytes) => take(&hyphenated(bytes)),
        other => Err(ValueError::expected("text", other)),
    }
}

fn uuid(value: ValueRef<'_>) -> Result<[u8; 16], ValueError> {
    let wrong = || ValueError::expected("a UUID", value);
    match value {
        ValueRef::Uuid(bytes) => Ok(bytes),
        ValueRef::Bytes(bytes) => bytes.try_into().map_err(|_| wrong()),
        ValueRef::Text(text) => {
            let digits: String = text.chars().filter(|character| *character != '-').collect();
            let number = u128::from_str_radix(&digits, 16).ok();
            let number = number.filter(|_| digits.len() == 32 && !digits.starts_with('+'));
            number.map(u128::to_be_bytes).ok_or_else(wrong)
        }
        other => Err(ValueError::expected("a UUID", other)),
    }
}

fn micros(value: ValueRef<'_>, ty: FrameType) -> Result<i64, ValueError> {
    if ty != FrameType::Time {
        return civil::read_timestamp(value, "a timestamp", Some);
    }
    civil::read_time(value, "a time of day", |clock| {
        let minutes = i64::from(clock.hour) * 60 + i64::from(clock.minute);
        let seconds = minutes * 60 + i64::from(clock.second);
        Some(seconds * civil::MICROS_PER_SECOND + i64::from(clock.micro))
    })
}
