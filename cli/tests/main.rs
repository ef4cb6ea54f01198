//! The command `aludel`, run as a process.

#![allow(clippy::unwrap_used, clippy::panic)] // Clippy takes the helpers of tests for production code.

mod diff;
mod generate;
mod inspect;
mod migrate;
mod migrations;
mod pull;

use std::{path::Path, process::Command};

/// How a run ended: exit code, standard output, standard error.
type Ended = (Option<i32>, String, String);

/// Runs the command in the folder of these tests, or in another.
fn aludel_in(folder: &Path, arguments: &[&str]) -> Ended {
    let output = Command::new(env!("CARGO_BIN_EXE_aludel"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

fn aludel(arguments: &[&str]) -> Ended {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    aludel_in(&folder, arguments)
}

#[test]
fn help_is_printed_and_is_a_success() {
    for (arguments, expected) in [
        (&["--help"][..], ["inspect", "generate"]),
        (&["inspect", "--help"], ["--dialect", "--format"]),
        (&["generate", "--help"], ["--output", "--module"]),
        (&["check", "--help"], ["--output", "--dialect"]),
        (&["diff", "--help"], ["--rename", "--exit-code"]),
        (&["migrate", "--help"], ["apply", "resolve"]),
        (&["migrate", "apply", "--help"], ["DATABASE_URL", "--to"]),
        (&["pull", "--help"], ["DATABASE_URL", "--check"]),
    ] {
        let (code, out, err) = aludel(arguments);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{arguments:?}");
        for word in expected {
            assert!(out.contains(word), "{arguments:?}: {out}");
        }
    }
    let (code, out, _) = aludel(&["--version"]);
    assert_eq!(code, Some(0));
    assert_eq!(out, format!("aludel {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_wrong_command_line_is_a_failure_of_its_own_code() {
    for (arguments, reason) in [
        (&[][..], "Usage"),
        (&["inspect"], "<PATH>"),
        (&["inspect", "--dialect", "oracle", "a.sql"], "oracle"),
        (&["inspect", "--format", "xml", "a.sql"], "xml"),
        (
            &["inspect", "--migrations", "liquibase", "a"],
            "golang-migrate",
        ),
        (&["generate", "schemas/sqlite.sql"], "--output"),
        (&["forget"], "forget"),
    ] {
        let (code, out, err) = aludel(arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(err.contains(reason), "{arguments:?}: {err}");
    }
}
