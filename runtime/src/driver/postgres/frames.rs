//! Following the messages that pass by: what the server says about the transaction, and whether it has answered everything.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU8, Ordering};

/// What was seen of a conversation with the server.
#[derive(Debug)]
pub(super) struct Seen {
    /// Whether the next read may wait for the server.
    may_wait: AtomicBool,
    /// The status of the transaction when the server was last ready: idle, within a transaction, within a failed one.
    status: AtomicU8,
    /// How often the server has still to say that it is ready.
    unanswered: AtomicI64,
    /// What was asked last: a query by itself, or statements up to a Sync.
    asked: AtomicU8,
    /// Whether the server waits for data to copy.
    wants_data: AtomicBool,
    /// Whether there is somebody who has data to copy.
    may_copy: AtomicBool,
    /// Whether the server takes data from somebody.
    copying: AtomicBool,
}

/// What a transaction can be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Idle,
    Open,
    Failed,
}

// Whoever holds the connection is one thread at a time, and handing it to another orders what was written.
const ORDER: Ordering = Ordering::Relaxed;

impl Seen {
    pub(super) fn new() -> Self {
        Seen {
            may_wait: AtomicBool::new(false),
            status: AtomicU8::new(b'I'),
            unanswered: AtomicI64::new(0),
            asked: AtomicU8::new(b'S'),
            wants_data: AtomicBool::new(false),
            may_copy: AtomicBool::new(false),
            copying: AtomicBool::new(false),
        }
    }

    pub(super) fn status(&self) -> Status {
        match self.status.load(ORDER) {
            b'I' => Status::Idle,
            b'E' => Status::Failed,
            _ => Status::Open,
        }
    }

    pub(super) fn has_unanswered(&self) -> bool {
        self.unanswered.load(ORDER) > 0
    }

    /// The server is ready for the first time, which answers no message.
    pub(super) fn begin(&self) {
        self.unanswered.store(0, ORDER);
    }

    pub(super) fn let_wait(&self, may: bool) {
        self.may_wait.store(may, ORDER);
    }

    /// Whether a read may wait; the one after it may not.
    pub(super) fn take_wait(&self) -> bool {
        self.may_wait.swap(false, ORDER)
    }

    pub(super) fn sent(&self, message: Message) {
        // Sync and Query.
        if matches!(message.tag, b'S' | b'Q') {
            self.unanswered.fetch_add(1, ORDER);
            self.asked.store(message.tag, ORDER);
        }
    }

    pub(super) fn received(&self, message: Message) {
        if message.tag == b'Z' {
            self.status.store(message.first, ORDER);
            self.unanswered.fetch_sub(1, ORDER);
            self.copying.store(false, ORDER);
        }
        if message.tag == b'G' {
            self.copy_begins();
        }
    }

    fn copy_begins(&self) {
        // Who sends a query by itself has no way to send data.
        if self.may_copy.load(ORDER) && self.asked.load(ORDER) == b'S' {
            self.copying.store(true, ORDER);
            // The Sync that was sent before is passed over; another one ends the copy.
            self.unanswered.fetch_sub(1, ORDER);
        } else {
            self.wants_data.store(true, ORDER);
        }
    }

    pub(super) fn let_copy(&self, may: bool) {
        self.may_copy.store(may, ORDER);
    }

    pub(super) fn is_copying(&self) -> bool {
        self.copying.load(ORDER)
    }

    /// What tells a server that waits for data that there is none; it would wait without end.
    pub(super) fn take_refusal(&self) -> Option<&'static [u8]> {
        // The Sync that was sent before was taken for a part of the data, and passed over.
        const REFUSAL: &[u8] = b"f\0\0\0\x05\0S\0\0\0\x04";
        const SYNC: usize = 5;
        if !self.wants_data.swap(false, ORDER) {
            return None;
        }
        let is_simple = self.asked.load(ORDER) == b'Q';
        Some(if is_simple {
            &REFUSAL[..REFUSAL.len() - SYNC]
        } else {
            REFUSAL
        })
    }
}

/// What matters of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Message {
    pub(super) tag: u8,
    /// The first byte of what it holds; 0 where it holds nothing.
    pub(super) first: u8,
}

/// What one message has of some bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) tag: u8,
    pub(super) length: usize,
}

/// Where in a message one direction stands. A message is a tag, its length without the tag, and what it holds.
#[derive(Debug)]
pub(super) struct Frames {
    header: [u8; HEADER],
    in_header: usize,
    left: usize,
    is_fresh: bool,
}

const HEADER: usize = 5;
const LENGTH: usize = 4;

impl Frames {
    /// What the server sends.
    pub(super) fn of_server() -> Self {
        Frames {
            header: [0; HEADER],
            in_header: 0,
            left: 0,
            is_fresh: false,
        }
    }

    /// What is sent to the server: its first message has no tag.
    pub(super) fn of_client() -> Self {
        Frames {
            in_header: HEADER - LENGTH,
            ..Frames::of_server()
        }
    }

    /// Follows the next bytes, and tells of each message that begins in them.
    pub(super) fn follow(&mut self, mut bytes: &[u8], mut seen: impl FnMut(Message)) {
        while !bytes.is_empty() {
            let part = self.pass(bytes, &mut seen);
            bytes = &bytes[part.length..];
        }
    }

    /// Follows what one message has of the next bytes, which are not empty, and tells when it begins.
    #[inline]
    pub(super) fn pass(&mut self, bytes: &[u8], seen: &mut impl FnMut(Message)) -> Part {
        if self.in_header == 0
            && self.left == 0
            && let Some((&[tag, ref length @ ..], rest)) = bytes.split_first_chunk::<HEADER>()
        {
            let left = (u32::from_be_bytes(*length) as usize).saturating_sub(LENGTH);
            if let Some(&first) = rest.first()
                && (1..=rest.len()).contains(&left)
            {
                seen(Message { tag, first });
                let length = HEADER + left;
                return Part { tag, length };
            }
        }
        self.pass_in_parts(bytes, seen)
    }

    /// As [`pass`](Self::pass), where the message is not there in full, or holds nothing.
    fn pass_in_parts(&mut self, bytes: &[u8], seen: &mut impl FnMut(Message)) -> Part {
        let mut length = 0;
        while self.left == 0 {
            let tag = self.header[0];
            let Some(&byte) = bytes.get(length) else {
                return Part { tag, length };
            };
            self.header[self.in_header] = byte;
            self.in_header += 1;
            length += 1;
            if self.in_header == HEADER {
                self.begin_message(seen);
                if self.left == 0 {
                    return Part {
                        tag: self.header[0],
                        length,
                    };
                }
            }
        }
        let tag = self.header[0];
        if let Some(&first) = bytes.get(length)
            && std::mem::take(&mut self.is_fresh)
        {
            seen(Message { tag, first });
        }
        let passed = self.left.min(bytes.len() - length);
        self.left -= passed;
        length += passed;
        Part { tag, length }
    }

    fn begin_message(&mut self, seen: &mut impl FnMut(Message)) {
        let [tag, length @ ..] = self.header;
        self.in_header = 0;
        self.left = (u32::from_be_bytes(length) as usize).saturating_sub(LENGTH);
        self.is_fresh = self.left > 0;
        if !self.is_fresh {
            seen(Message { tag, first: 0 });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Frames, Message, Seen, Status};

    #[test]
    fn messages_are_followed_however_they_are_cut() {
        let server = b"1\0\0\0\x04D\0\0\0\x07abcZ\0\0\0\x05T";
        for size in 1..=server.len() {
            let mut frames = Frames::of_server();
            let mut seen = Vec::new();
            for part in server.chunks(size) {
                frames.follow(part, |message| seen.push((message.tag, message.first)));
            }
            assert_eq!(seen, [(b'1', 0), (b'D', b'a'), (b'Z', b'T')], "{size}");
        }
    }

    #[test]
    fn the_first_message_of_a_client_has_no_tag() {
        let mut frames = Frames::of_client();
        let mut tags = Vec::new();
        frames.follow(
            b"\0\0\0\x08\0\x03\0\0S\0\0\0\x04Q\0\0\0\x06x\0",
            |message| tags.push(message.tag),
        );
        assert_eq!(tags, [0, b'S', b'Q']);
    }

    #[test]
    fn the_status_is_what_the_server_said_last() {
        let seen = Seen::new();
        seen.sent(Message {
            tag: b'Q',
            first: b'B',
        });
        assert!(seen.has_unanswered());
        seen.received(Message {
            tag: b'Z',
            first: b'E',
        });
        assert!(!seen.has_unanswered());
        assert_eq!(seen.status(), Status::Failed);
    }
}
