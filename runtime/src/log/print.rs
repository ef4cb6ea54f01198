//! What an engine prints to standard error.

use std::{
    fmt::{self, Display},
    io::{self, IsTerminal, Write},
    sync::OnceLock,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::{Origin, TARGET};
use crate::value::{civil::format_timestamp, shorten};

/// A longer statement is cut in the middle.
const SHOWN_CHARACTERS: usize = 4_000;

const DIM: &str = "\x1b[2m";
const BOLD: &str = "\x1b[1m";
const WARNING: &str = "\x1b[33m";
const PLAIN: &str = "\x1b[0m";

impl Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::ByHand => f.write_str("raw sql"),
            Origin::Generated(time) => write!(f, "generated in {:.5}s", time.as_secs_f64()),
            Origin::Cached(time) => write!(f, "cached since {:.4}s ago", time.as_secs_f64()),
            Origin::Control => f.write_str("transaction"),
        }
    }
}

pub(super) fn statement(sql: &str, origin: Origin, parameters: &dyn Display) {
    let sql = shorten(sql, SHOWN_CHARACTERS);
    match origin {
        // It is begun by the statement that follows, and not by the program.
        Origin::Control if sql.starts_with("BEGIN") || sql.contains("START TRANSACTION") => {
            print(BOLD, &format_args!("{sql} (implicit)"));
        }
        Origin::Control => print(BOLD, &sql),
        _ => {
            print(BOLD, &sql);
            print("", &format_args!("[{origin}] {parameters}"));
        }
    }
}

pub(super) fn autocommit() {
    print(BOLD, &"AUTOCOMMIT (no transaction is begun)");
}

pub(super) fn columns(names: &[String]) {
    print("", &format_args!("Col {names:?}"));
}

pub(super) fn row(values: &dyn Display) {
    print("", &format_args!("Row {values}"));
}

pub(super) fn slow(sql: &str, elapsed: Duration, parameters: &dyn Display) {
    let sql = shorten(sql, SHOWN_CHARACTERS);
    print(
        WARNING,
        &format_args!("slow query ({elapsed:?}): {sql} {parameters}"),
    );
}

/// A line, with the time. There is nobody to tell where it cannot be written.
fn print(style: &str, what: &dyn Display) {
    let time = now();
    let line = if !is_coloured() {
        format!("{time} {TARGET} {what}\n")
    } else {
        format!("{DIM}{time} {TARGET}{PLAIN} {style}{what}{PLAIN}\n")
    };
    let _ = io::stderr().write_all(line.as_bytes());
}

fn now() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let micros = since.map_or(0, |since| since.as_micros() as i64);
    format!("{}Z", format_timestamp(micros))
}

/// Terminals are coloured, unless somebody does not want that (`NO_COLOR`).
fn is_coloured() -> bool {
    static IS_COLOURED: OnceLock<bool> = OnceLock::new();
    *IS_COLOURED.get_or_init(|| {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        !unwanted && io::stderr().is_terminal()
    })
}
