//! Queries whose rows become data frames.

use super::{
    super::{compound::Compound, select::Select},
    read::Runnable,
};
use crate::{
    connection::Connection,
    error::Result,
    frame::{Builder, Frame, Frames},
};

macro_rules! frames {
    ($([$($generics:ident),+] $ty:ty;)*) => { $(
        impl<$($generics),+> $ty {
            /// All rows, as columns: plain values, also on a session. The columns are called as their tables and labels say.
            ///
            /// # Errors
            /// When the database refuses or cannot do what is asked; [`Data`](crate::ErrorKind::Data), which names the column and
            /// the row, where a column of SQLite holds values of several types, or is of a type that frames do not have.
            pub fn frame(&self) -> Result<Frame>
            where
                Self: Runnable,
            {
                let on = self.lend()?;
                let reading = self.reading(&on);
                on.frame(reading.statement(), Builder::new(reading.query.expected()))
            }

            /// All rows, as a record batch of Arrow.
            ///
            /// # Errors
            /// As [`frame`](Self::frame).
            #[cfg(feature = "arrow")]
            pub fn record_batch(&self) -> Result<crate::frame::arrow_array::RecordBatch>
            where
                Self: Runnable,
            {
                self.frame()?.into_record_batch()
            }

            /// All rows, as a data frame of Polars.
            ///
            /// # Errors
            /// As [`frame`](Self::frame); [`InvalidRequest`](crate::ErrorKind::InvalidRequest) where two columns have the same name.
            #[cfg(feature = "polars")]
            pub fn data_frame(&self) -> Result<crate::frame::polars_core::frame::DataFrame>
            where
                Self: Runnable,
            {
                self.frame()?.into_data_frame()
            }
        }
    )* };
}

frames! {
    [S, O, G, X] Select<S, O, G, X>;
    [O, U, X] Compound<O, U, X>;
}

macro_rules! streams {
    ($([$($generics:ident),+] $ty:ty;)*) => { $(
        impl<$($generics),+> $ty {
            /// The rows as [frames](Frame) of so many, the last one smaller: only one of them is in memory.
            ///
            /// # Errors
            /// As [`iter`](Self::iter); [`InvalidRequest`](crate::ErrorKind::InvalidRequest) for frames of no row.
            pub fn frames(&self, rows: usize) -> Result<Frames<'_>>
            where
                Self: Runnable,
            {
                self.iter()?.expecting(rows, self.reading(self.on).query.expected())
            }
        }
    )* };
}

streams! {
    [S, O, G] Select<S, O, G, &Connection>;
    [O, U] Compound<O, U, &Connection>;
}
