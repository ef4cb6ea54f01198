//! The socket as the protocol's state machine wants it: reads and writes that look asynchronous, but wait in the thread that
//! asks. There is no runtime, so that a program which has one of its own can call from wherever it likes.

use std::{
    io::{self, Read, Write},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::{
    frames::{Frames, Seen},
    kept::{Kept, ROW},
    socket::Socket,
};

/// How much is asked of the socket at once.
const READ_SIZE: usize = 32 * 1024;

/// A socket, and what was seen to pass through it.
pub(super) struct Wire {
    socket: Socket,
    seen: Arc<Seen>,
    kept: Arc<Kept>,
    sent: Frames,
    received: Frames,
    buffer: Box<[u8]>,
    /// The part of the buffer that nobody has taken yet.
    filled: std::ops::Range<usize>,
}

impl Wire {
    pub(super) fn new(socket: Socket, seen: Arc<Seen>, kept: Arc<Kept>) -> Self {
        Wire {
            socket,
            seen,
            kept,
            sent: Frames::of_client(),
            received: Frames::of_server(),
            buffer: vec![0; READ_SIZE].into_boxed_slice(),
            filled: 0..0,
        }
    }

    /// Waits for something to read; false at the end. What was read may all have been kept.
    fn fill(&mut self) -> io::Result<bool> {
        let read = uninterrupted(|| self.socket.read(&mut self.buffer))?;
        self.filled = 0..self.sort(read);
        if let Some(refusal) = self.seen.take_refusal() {
            self.socket.write_all(refusal)?;
            self.socket.flush()?;
        }
        Ok(read > 0)
    }

    /// Follows what was read, and keeps the rows of it where they are wanted. The others stand at the beginning of the buffer
    /// then, and so many bytes they are.
    fn sort(&mut self, read: usize) -> usize {
        let seen = &self.seen;
        let mut see = |message| seen.received(message);
        if !self.kept.is_wanted() {
            self.received.follow(&self.buffer[..read], see);
            return read;
        }
        let (mut left, mut place) = (0, 0);
        while place < read {
            let start = place;
            // Rows that stand together are kept together.
            let other = loop {
                let part = self.received.pass(&self.buffer[place..read], &mut see);
                if part.tag != ROW {
                    break part.length;
                }
                place += part.length;
                if place == read {
                    break 0;
                }
            };
            self.kept.add(&self.buffer[start..place]);
            self.buffer.copy_within(place..place + other, left);
            left += other;
            place += other;
        }
        left
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let wire = self.get_mut();
        if wire.filled.is_empty() {
            if !wire.seen.take_wait() {
                // Whoever drives it knows, and lets it wait when there is nothing else to do.
                return Poll::Pending;
            }
            if wire.fill()? && wire.filled.is_empty() {
                return Poll::Pending;
            }
        }
        let taken = wire.filled.len().min(into.remaining());
        into.put_slice(&wire.buffer[wire.filled.start..][..taken]);
        wire.filled.start += taken;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let wire = self.get_mut();
        let written = uninterrupted(|| wire.socket.write(bytes))?;
        let seen = &wire.seen;
        wire.sent
            .follow(&bytes[..written], |message| seen.sent(message));
        Poll::Ready(Ok(written))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.get_mut().socket.flush())
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// Says goodbye, so that the server does not log a client that vanished.
impl Drop for Wire {
    fn drop(&mut self) {
        const TERMINATE: &[u8] = b"X\0\0\0\x04";
        // A server that takes nothing need not hear it.
        let _ = self.socket.hasten();
        let _ = self.socket.write(TERMINATE);
        let _ = self.socket.flush();
    }
}

fn uninterrupted<T>(mut work: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match work() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}
