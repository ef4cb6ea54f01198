//! Rows that the wire keeps back from the protocol's state machine, which would allocate for each of them several times.
//!
//! What comes before and behind the rows of a result still passes through it: it says how the statement ended.

use std::{
    mem,
    ops::ControlFlow,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use super::{cells::Sent, decode::Reader, error::Failure};
use crate::error::{Error, ErrorKind, Result};

/// The tag of a row.
pub(super) const ROW: u8 = b'D';

/// How much room stays for the next result.
const ROOM: usize = 1024 * 1024;

/// Rows on their way from the wire to whoever asked for them.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// Whether somebody takes rows from here.
    wanted: AtomicBool,
    /// Messages as they came; the last may not be there in full.
    messages: Mutex<Vec<u8>>,
}

impl Kept {
    /// Keeps the rows from now on.
    pub(super) fn want(&self) {
        self.wanted.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_wanted(&self) -> bool {
        self.wanted.load(Ordering::Relaxed)
    }

    /// Keeps rows no longer.
    pub(super) fn end(&self) {
        if self.wanted.swap(false, Ordering::Relaxed) {
            let mut messages = self.messages();
            messages.clear();
            messages.shrink_to(ROOM);
        }
    }

    /// Forgets the rows that nobody has taken.
    pub(super) fn discard(&self) {
        self.messages().clear();
    }

    /// Adds what was read of such messages.
    pub(super) fn add(&self, bytes: &[u8]) {
        self.messages().extend_from_slice(bytes);
    }

    /// Hands over the rows that are there in full, until `each` breaks off.
    pub(super) fn take(
        &self,
        mut each: impl FnMut(&KeptRow<'_>) -> Result<ControlFlow<()>>,
    ) -> Result<ControlFlow<()>, Failure> {
        let mut messages = mem::take(&mut *self.messages());
        let mut rest = messages.as_slice();
        let mut row = KeptRow(Vec::new());
        while let Some((body, behind)) = first(rest) {
            rest = behind;
            row.read(body)?;
            if each(&row)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        let taken = messages.len() - rest.len();
        messages.drain(..taken);
        *self.messages() = messages;
        Ok(ControlFlow::Continue(()))
    }

    fn messages(&self) -> MutexGuard<'_, Vec<u8>> {
        // Bytes are whole whenever somebody panics.
        self.messages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the first message holds, and what is behind it; nothing where it is not there in full.
#[inline]
fn first(messages: &[u8]) -> Option<(&[u8], &[u8])> {
    const LENGTH: usize = 4;
    let (_, rest) = messages.split_first()?;
    let (length, rest) = rest.split_first_chunk::<LENGTH>()?;
    rest.split_at_checked((u32::from_be_bytes(*length) as usize).saturating_sub(LENGTH))
}

/// A row that was kept: its cells, `None` for NULL.
pub(super) struct KeptRow<'b>(Vec<Option<&'b [u8]>>);

impl<'b> KeptRow<'b> {
    /// Takes the cells of another row.
    #[inline]
    fn read(&mut self, body: &'b [u8]) -> Result<(), Failure> {
        self.0.clear();
        let mut reader = Reader(body);
        let count = reader.fixed().map(u16::from_be_bytes).ok_or_else(damaged)?;
        self.0.reserve(count.into());
        for _ in 0..count {
            self.0.push(reader.sized().ok_or_else(damaged)?);
        }
        Ok(())
    }
}

impl Sent for KeptRow<'_> {
    #[inline]
    fn bytes(&self, index: usize) -> Option<&[u8]> {
        self.0.get(index).copied().flatten()
    }
}

#[cold]
fn damaged() -> Failure {
    let message = "the server sent a row that ends before its cells do";
    Error::new(ErrorKind::Operational, message).into()
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::Kept;
    use crate::driver::postgres::cells::Sent;

    /// A row of `abc` and NULL.
    const ROW: &[u8] = b"D\0\0\0\x11\0\x02\0\0\0\x03abc\xff\xff\xff\xff";

    #[test]
    fn rows_are_handed_over_however_they_are_cut() {
        let messages = ROW.repeat(3);
        for size in 1..=messages.len() {
            let kept = Kept::default();
            let mut rows = 0;
            for part in messages.chunks(size) {
                kept.add(part);
                let taken = kept.take(|row| {
                    assert_eq!(row.bytes(0), Some(&b"abc"[..]));
                    assert_eq!(row.bytes(1), None);
                    rows += 1;
                    Ok(ControlFlow::Continue(()))
                });
                assert!(taken.is_ok_and(|flow| flow.is_continue()), "{size}");
            }
            assert_eq!(rows, 3, "{size}");
        }
    }

    #[test]
    fn a_row_that_is_too_short_for_its_cells_is_an_error() {
        let kept = Kept::default();
        kept.add(b"D\0\0\0\x0a\0\x01\0\0\0\x09");
        assert!(kept.take(|_| Ok(ControlFlow::Continue(()))).is_err());
    }

    #[test]
    fn whoever_breaks_off_gets_no_further_row() {
        let kept = Kept::default();
        kept.add(&ROW.repeat(2));
        let mut rows = 0;
        let taken = kept.take(|_| {
            rows += 1;
            Ok(ControlFlow::Break(()))
        });
        assert!(taken.is_ok_and(|flow| flow.is_break()));
        assert_eq!(rows, 1);
    }
}
