//! The sink that makes a fingerprint: what tells one statement text from another without writing either.

use std::hash::{BuildHasherDefault, Hash, Hasher};

use aludel_catalog::Quoting;

use super::Sink;
use crate::{dialect::Dialect, model::TableInfo};

/// What identifies a statement text within this process. Equal fingerprints mean equal texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    first: u64,
    second: u64,
}

impl Fingerprint {
    /// That of finding a row of a table by its primary key.
    #[inline]
    pub(crate) fn of_key(table: &'static TableInfo) -> Self {
        Fingerprint {
            first: fold(std::ptr::from_ref(table).addr() as u64, FIRST[1]),
            second: Kind::Key as u64,
        }
    }

    #[cfg(test)]
    pub(crate) fn numbered(number: usize) -> Self {
        Fingerprint {
            first: number as u64,
            second: number as u64,
        }
    }
}

/// A fingerprint is a hash already.
impl Hash for Fingerprint {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.first);
    }
}

/// The hasher of a map whose keys are fingerprints: it hands on what they are.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PassThrough(u64);

/// What makes the hashers of a map whose keys are fingerprints.
pub(crate) type BuildPassThrough = BuildHasherDefault<PassThrough>;

impl Hasher for PassThrough {
    #[inline]
    fn finish(&self) -> u64 {
        self.0
    }

    #[inline]
    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
}

// Odd numbers without a pattern: the digits of pi and of e.
const FIRST: [u64; 2] = [0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7345];
const SECOND: [u64; 2] = [0xb7e1_5162_8aed_2a6b, 0xbf71_5880_9cf4_f3c7];

/// What a step mixes in beside its value, so that a name is never taken for a word or a number.
#[derive(Clone, Copy)]
enum Kind {
    Word = 0x10_0000,
    Name = 0x20_0000,
    Numbered = 0x30_0000,
    Number = 0x40_0000,
    Placeholder = 0x50_0000,
    Literal = 0x60_0000,
    Table = 0x70_0000,
    Again = 0x80_0000,
    Placeholders = 0x90_0000,
    Rows = 0xa0_0000,
    Key = 0xb0_0000,
}

/// A fingerprint in the making: two hashes that know nothing of each other.
pub(in crate::sql) struct Mixer {
    first: u64,
    second: u64,
}

impl Mixer {
    /// Begins with the dialect: the same tree has other texts in others.
    pub(in crate::sql) fn new(dialect: &dyn Dialect) -> Self {
        let mut mixer = Mixer {
            first: FIRST[0],
            second: SECOND[0],
        };
        mixer.text(dialect.title(), Kind::Word);
        mixer
    }

    #[inline]
    pub(in crate::sql) fn finish(self) -> Fingerprint {
        Fingerprint {
            first: self.first,
            second: self.second,
        }
    }

    #[inline]
    fn mix(&mut self, value: u64, beside: u64) {
        self.first = fold(self.first ^ value, FIRST[1] ^ beside);
        self.second = fold(self.second ^ value, SECOND[1] ^ beside);
    }

    /// A text that is never freed, and therefore is known by where it lies.
    #[inline]
    fn text(&mut self, text: &'static str, kind: Kind) {
        self.mix(
            text.as_ptr().addr() as u64,
            text.len() as u64 ^ (kind as u64) << 32,
        );
    }
}

/// Both halves of a product, so that each bit of it depends on all others.
#[inline]
fn fold(left: u64, right: u64) -> u64 {
    let product = u128::from(left) * u128::from(right);
    (product >> 64) as u64 ^ product as u64
}

impl Sink for Mixer {
    const MARKS: bool = false;

    #[inline]
    fn word(&mut self, word: &'static str) {
        self.text(word, Kind::Word);
    }

    #[inline]
    fn name(&mut self, name: &'static str, _quoting: impl FnOnce() -> Quoting) {
        self.text(name, Kind::Name);
    }

    #[inline]
    fn numbered(
        &mut self,
        prefix: &'static str,
        number: usize,
        _quoting: impl FnOnce() -> Quoting,
    ) {
        self.text(prefix, Kind::Numbered);
        self.number(number as u64);
    }

    #[inline]
    fn number(&mut self, number: u64) {
        self.mix(number, Kind::Number as u64);
    }

    #[inline]
    fn placeholder(&mut self, _number: usize, _dialect: &dyn Dialect) {
        self.mix(0, Kind::Placeholder as u64);
    }

    #[inline]
    fn placeholder_again(&mut self, number: usize, _dialect: &dyn Dialect) {
        self.mix(number as u64, Kind::Again as u64);
    }

    #[inline]
    fn placeholders(&mut self, _first: usize, count: usize, _dialect: &dyn Dialect) {
        self.mix(count as u64, Kind::Placeholders as u64);
    }

    #[inline]
    fn placeholder_rows(
        &mut self,
        _first: usize,
        width: usize,
        rows: usize,
        _dialect: &dyn Dialect,
    ) {
        self.mix(width as u64, Kind::Rows as u64);
        self.number(rows as u64);
    }

    fn literal(&mut self, text: &str) {
        self.mix(text.len() as u64, Kind::Literal as u64);
        for byte in text.bytes() {
            self.mix(u64::from(byte), Kind::Literal as u64);
        }
    }

    #[inline]
    fn table(&mut self, table: &'static TableInfo, alias: &'static str) -> bool {
        self.mix(std::ptr::from_ref(table).addr() as u64, Kind::Table as u64);
        self.text(alias, Kind::Name);
        true
    }
}
