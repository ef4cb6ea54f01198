//! The packages that are measured: a library that holds the models of a schema and nothing else, and one whose build script
//! generates such models, and which is empty.

use std::{
    error::Error,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

const LIBRARY: &str = "//! Models.\n\naludel::include_models!();\n";
const EMPTY_LIBRARY: &str = "//! Nothing.\n";
const BUILD: &str = "fn main() { aludel_build::schema(\"schema\").generate(); }\n";

/// Its schema.
const SCHEMA: &str = "schema/things.sql";

/// Its target folder.
const TARGET: &str = "target";

/// A package in a temporary folder, with a target folder of its own.
pub struct Package {
    folder: TempDir,
}

impl Package {
    /// A library with the models of a schema.
    pub fn of_models(schema: &str) -> Result<Package, Box<dyn Error>> {
        let features =
            "default-features = false, features = [\"chrono\", \"decimal\", \"json\", \"uuid\"]";
        let runtime = workspace()?.join("runtime");
        let dependency = format!("aludel = {{ path = '{}', {features} }}", runtime.display());
        Package::new(schema, LIBRARY, &dependency)
    }

    /// An empty library, whose build script generates the models of a schema.
    pub fn of_generator(schema: &str) -> Result<Package, Box<dyn Error>> {
        Package::new(schema, EMPTY_LIBRARY, "")
    }

    /// Writes it, for the workspace that this benchmark lies in.
    fn new(schema: &str, library: &str, dependency: &str) -> Result<Package, Box<dyn Error>> {
        let workspace = workspace()?;
        let package = Package {
            folder: tempfile::tempdir()?,
        };
        for (path, text) in [
            ("Cargo.toml", manifest(&workspace, dependency).as_str()),
            (
                "Cargo.lock",
                &fs::read_to_string(workspace.join("Cargo.lock"))?,
            ),
            ("build.rs", BUILD),
            ("src/lib.rs", library),
            (SCHEMA, schema),
        ] {
            let path = package.path(path);
            fs::create_dir_all(path.parent().unwrap_or(&path))?;
            fs::write(path, text)?;
        }
        Ok(package)
    }

    /// Makes Cargo believe that the library has changed.
    pub fn touch(&self) -> Result<(), Box<dyn Error>> {
        self.library("")
    }

    /// Writes the library anew, with this behind the models.
    pub fn library(&self, more: &str) -> Result<(), Box<dyn Error>> {
        Ok(fs::write(
            self.path("src/lib.rs"),
            format!("{LIBRARY}{more}"),
        )?)
    }

    /// Downloads what is not on this machine yet, and leaves out of the lock file what is not needed.
    pub fn fetch(&self) -> Result<(), Box<dyn Error>> {
        self.cargo("fetch").map(|_| ())
    }

    /// Runs `cargo check`; returns its CPU seconds.
    pub fn check(&self) -> Result<f64, Box<dyn Error>> {
        self.cargo("check")
    }

    /// Runs `cargo check` as it is run at work, so that it need not look again at what has not changed; returns its CPU seconds.
    pub fn check_incrementally(&self) -> Result<f64, Box<dyn Error>> {
        self.timed("cargo check --quiet", &[("CARGO_INCREMENTAL", "1".into())])
    }

    /// Runs the build script, which has to be built, into an empty folder; returns its CPU seconds.
    pub fn generate(&self) -> Result<f64, Box<dyn Error>> {
        let output = tempfile::tempdir()?;
        let folder = output.path().as_os_str().to_owned();
        let script = "target/debug/build/scratch-*/build-script-build";
        self.timed(script, &[("OUT_DIR", folder)])
    }

    /// Adds something to the schema.
    pub fn change_schema(&self, more: &str) -> Result<(), Box<dyn Error>> {
        let path = self.path(SCHEMA);
        let schema = fs::read_to_string(&path)?;
        Ok(fs::write(&path, schema + more)?)
    }

    /// Runs `cargo build` where nothing is built yet; returns its CPU seconds.
    pub fn build_from_nothing(&self) -> Result<f64, Box<dyn Error>> {
        let target = self.path(TARGET);
        if target.exists() {
            fs::remove_dir_all(target)?;
        }
        self.cargo("build")
    }

    /// Runs Cargo without incremental compilation; returns the CPU seconds of it and of all that it started.
    fn cargo(&self, command: &str) -> Result<f64, Box<dyn Error>> {
        let command = format!("cargo {command} --quiet");
        self.timed(&command, &[("CARGO_INCREMENTAL", "0".into())])
    }

    /// Runs a command; returns the CPU seconds of it and of all that it started.
    ///
    /// Bash measures them: the standard library cannot.
    fn timed(&self, command: &str, variables: &[(&str, OsString)]) -> Result<f64, Box<dyn Error>> {
        let script = format!(r#"TIMEFORMAT="%U %S"; time {command} > cargo.out 2> cargo.log"#);
        let output = Command::new("bash")
            .args(["-c", &script])
            .current_dir(self.folder.path())
            .envs(variables.iter().map(|(name, value)| (name, value)))
            .env("CARGO_TARGET_DIR", self.path(TARGET))
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
        for build in fs::read_dir(self.path(TARGET).join("debug/build"))? {
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

fn workspace() -> Result<PathBuf, Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    Ok(here.join("../..").canonicalize()?)
}

fn manifest(workspace: &Path, dependency: &str) -> String {
    let workspace = workspace.display();
    format!(
        "[package]
name = \"scratch\"
version = \"0.0.0\"
edition = \"2024\"

[workspace]

[dependencies]
{dependency}

[build-dependencies]
aludel-build = {{ path = '{workspace}/generator' }}
"
    )
}
