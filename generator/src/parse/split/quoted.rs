//! Where quoted texts and names end.

use aludel_catalog::Dialect;

use super::{Splitter, is_word_byte};

impl Splitter<'_> {
    /// The end of the quoted text or name that starts here, if one does; what it is if it never ends.
    pub(super) fn quoted_end(&self) -> Option<Result<usize, &'static str>> {
        let start = self.position;
        let backslashes = self.dialect == Dialect::Mysql;
        match (self.bytes[start], self.dialect) {
            (b'\'', _) => Some(self.closed_by(start + 1, b'\'', backslashes).ok_or("text")),
            (b'"', Dialect::Mysql) => Some(self.closed_by(start + 1, b'"', true).ok_or("text")),
            (b'"', _) => Some(self.closed_by(start + 1, b'"', false).ok_or("quoted name")),
            (b'`', Dialect::Sqlite | Dialect::Mysql) => {
                Some(self.closed_by(start + 1, b'`', false).ok_or("quoted name"))
            }
            (b'[', Dialect::Sqlite) => {
                let end = self.rest().find(']').map(|length| start + length + 1);
                Some(end.ok_or("quoted name"))
            }
            (b'E' | b'e', Dialect::Postgres) if self.byte(1) == Some(b'\'') => {
                Some(self.closed_by(start + 2, b'\'', true).ok_or("text"))
            }
            (b'$', Dialect::Postgres) => self.dollar_quoted_end(),
            _ => None,
        }
    }

    /// Behind the quote that closes what begins at `start`. Doubled quotes stand for one.
    fn closed_by(&self, start: usize, quote: u8, backslashes: bool) -> Option<usize> {
        let mut position = start;
        while let Some(byte) = self.bytes.get(position) {
            if backslashes && *byte == b'\\' {
                position += 2;
            } else if *byte != quote {
                position += 1;
            } else if self.bytes.get(position + 1) == Some(&quote) {
                position += 2;
            } else {
                return Some(position + 1);
            }
        }
        None
    }

    /// The tag of a dollar-quoted text that starts here.
    pub(super) fn dollar_tag(&self, start: usize) -> Option<&str> {
        let rest = self.text[start..].strip_prefix('$')?;
        let end = rest.find('$')?;
        Some(&self.text[start..start + end + 2])
    }

    /// The end of `$tag$ … $tag$`.
    fn dollar_quoted_end(&self) -> Option<Result<usize, &'static str>> {
        let after_word = self.position > 0 && is_word_byte(self.bytes[self.position - 1]);
        let tag_length = self.bytes[self.position + 1..]
            .iter()
            .take_while(|byte| is_word_byte(**byte))
            .count();
        let starts_with_digit = self.byte(1).is_some_and(|byte| byte.is_ascii_digit());
        if after_word || starts_with_digit || self.byte(tag_length + 1) != Some(b'$') {
            return None;
        }
        let body = self.position + tag_length + 2;
        let tag = &self.text[self.position..body];
        let end = self.text[body..]
            .find(tag)
            .map(|length| body + length + tag.len());
        Some(end.ok_or("dollar-quoted text"))
    }
}
