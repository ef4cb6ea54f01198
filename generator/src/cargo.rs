//! What Cargo is told by a build script, in the lines that it reads.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::{Failure, Report, source::Place};

/// The folder for a build script's output.
pub(crate) fn out_dir() -> Result<PathBuf, &'static str> {
    match env::var_os("OUT_DIR") {
        Some(folder) => Ok(PathBuf::from(folder)),
        None => Err(
            "`generate` is for build scripts, where Cargo sets OUT_DIR; elsewhere, set `.output(…)` and call `run`",
        ),
    }
}

/// Tells how it went, and what to watch.
pub(crate) fn report(schema: &[Place], output: Option<&Path>, result: &Result<Report, Failure>) {
    match result {
        Ok(report) => {
            watch(report.watched.iter().map(PathBuf::as_path).chain(output));
            for warning in report.warnings.warnings() {
                print("warning", &report.warnings.render(warning));
            }
        }
        Err(failure) => {
            watch(schema.iter().map(Place::path));
            print("error", &failure.to_string());
        }
    }
}

/// Fails the build.
pub(crate) fn error(message: &str) {
    print("error", message);
}

/// A path that does not exist would run the script at every build.
fn watch<'p>(paths: impl Iterator<Item = &'p Path>) {
    for path in paths.filter(|path| path.exists()) {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    println!("cargo::rerun-if-changed=build.rs");
}

/// One message of several lines is several messages to Cargo.
fn print(kind: &str, text: &str) {
    for line in text.lines() {
        println!("cargo::{kind}={line}");
    }
}
