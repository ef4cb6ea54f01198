//! The package that is measured: a library that holds the models of a schema, and nothing else.

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

const LIBRARY: &str = "//! Models.\n\naludel::include_models!();\n";
const BUILD: &str = "fn main() { aludel_build::schema(\"schema\").generate(); }\n";

/// A package in a temporary folder, with a target folder of its own.
pub struct Package {
    folder: TempDir,
}

impl Package {
    /// Writes it, for a schema and for the workspace that this benchmark lies in.
    pub fn new(schema: &str) -> Result<Package, Box<dyn Error>> {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../..")
            .canonicalize()?;
        let package = Package {
            folder: tempfile::tempdir()?,
        };
        for (path, text) in [
            ("Cargo.toml", manifest(&workspace).as_str()),
            (
                "Cargo.lock",
                &fs::read_to_string(workspace.join("Cargo.lock"))?,
            ),
            ("build.rs", BUILD),
            ("src/lib.rs", LIBRARY),
            ("schema/things.sql", schema),
        ] {
            let path = package.path(path);
            fs::create_dir_all(path.parent().unwrap_or(&path))?;
            fs::write(path, text)?;
        }
        Ok(package)
    }

    /// Makes Cargo believe that the library has changed.
    pub fn touch(&self) -> Result<(), Box<dyn Error>> {
        Ok(fs::write(self.path("src/lib.rs"), LIBRARY)?)
    }

    /// Runs `cargo check` without incremental compilation; returns the CPU seconds of Cargo and all that it started.
    ///
    /// Bash measures them: the standard library cannot.
    pub fn check(&self) -> Result<f64, Box<dyn Error>> {
        let script = r#"TIMEFORMAT="%U %S"; time cargo check --quiet 2> cargo.log"#;
        let output = Command::new("bash")
            .args(["-c", script])
            .current_dir(self.folder.path())
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_TARGET_DIR", self.path("target"))
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .output()?;
        if !output.status.success() {
            return Err(fs::read_to_string(self.path("cargo.log"))?.into());
        }
        let times = String::from_utf8(output.stderr)?;
        let seconds: Result<Vec<f64>, _> = times.split_whitespace().map(str::parse).collect();
        Ok(seconds?.iter().sum())
    }

    /// The number of lines of the generated models.
    pub fn generated_lines(&self) -> Result<usize, Box<dyn Error>> {
        let mut lines = 0;
        for build in fs::read_dir(self.path("target/debug/build"))? {
            let models = build?.path().join("out/models");
            for file in fs::read_dir(models).into_iter().flatten().flatten() {
                let is_rust = file
                    .path()
                    .extension()
                    .is_some_and(|extension| extension == "rs");
                if is_rust {
                    lines += fs::read_to_string(file.path())?.lines().count();
                }
            }
        }
        Ok(lines)
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }
}

fn manifest(workspace: &Path) -> String {
    let workspace = workspace.display();
    format!(
        "[package]
name = \"models\"
version = \"0.0.0\"
edition = \"2024\"

[workspace]

[dependencies]
aludel = {{ path = '{workspace}/runtime', default-features = false, features = [\"chrono\", \"decimal\", \"json\", \"uuid\"] }}

[build-dependencies]
aludel-build = {{ path = '{workspace}/generator' }}
"
    )
}
