//! A throw-away Cargo package, for tests of what a user sees when they build.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use tempfile::TempDir;

use crate::workspace;

/// The tables of a manifest whose package uses Aludel, with a build script that generates models.
pub const ALUDEL: &str = r#"
[dependencies]
aludel = { path = "$WORKSPACE/runtime" }

[build-dependencies]
aludel-build = { path = "$WORKSPACE/generator" }
"#;

/// A Cargo package in a folder of its own, outside the workspace; it goes when this is dropped.
///
/// All such packages share one target folder, so that what they depend on is compiled once. Cargo runs there one at a time,
/// and tells packages apart by their names: each test gives its own.
#[derive(Debug)]
pub struct Scratch {
    name: String,
    folder: TempDir,
}

impl Scratch {
    /// A package with this name, without dependencies, and with the workspace's lock file.
    ///
    /// # Panics
    /// When the folder for temporary files cannot be used.
    pub fn new(name: &str) -> Scratch {
        let folder = tempfile::Builder::new()
            .prefix("aludel-")
            .tempdir()
            .expect("a temporary folder can be made");
        let scratch = Scratch {
            name: name.to_owned(),
            folder,
        };
        scratch.manifest("");
        let lock = fs::read_to_string(workspace().join("Cargo.lock"));
        scratch.file("Cargo.lock", &lock.expect("the workspace has a lock file"));
        scratch
    }

    /// Writes the manifest: these tables come after `[package]`. In them `$WORKSPACE` stands for the workspace's folder.
    ///
    /// # Panics
    /// As [`file`](Scratch::file).
    pub fn manifest(&self, tables: &str) -> &Self {
        let workspace = workspace().to_string_lossy().replace('\\', "/");
        let tables = tables.replace("$WORKSPACE", &workspace);
        let name = &self.name;
        let package =
            format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n");
        self.file("Cargo.toml", &format!("{package}\n[workspace]\n\n{tables}"))
    }

    /// Writes a file of the package, and the folders it needs.
    ///
    /// # Panics
    /// When it cannot be written.
    pub fn file(&self, path: &str, text: &str) -> &Self {
        let path = self.path(path);
        let parent = path.parent().expect("a file lies in the package's folder");
        fs::create_dir_all(parent).expect("folders can be made in the package");
        fs::write(path, text).expect("files can be written in the package");
        self
    }

    /// Removes a file or folder of the package.
    ///
    /// # Panics
    /// When there is none.
    pub fn remove(&self, path: &str) -> &Self {
        let path = self.path(path);
        let removed = if path.is_dir() {
            fs::remove_dir_all(path)
        } else {
            fs::remove_file(path)
        };
        removed.expect("what a test removes was there");
        self
    }

    /// The text of a file of the package.
    ///
    /// # Panics
    /// When there is none.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("what a test reads was written")
    }

    /// When a file of the package was last written.
    ///
    /// # Panics
    /// When there is none.
    pub fn modified(&self, path: &str) -> SystemTime {
        let metadata = fs::metadata(self.path(path)).expect("what a test looks at was written");
        metadata
            .modified()
            .expect("the system keeps times of files")
    }

    /// The absolute path of something in the package, there or not.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The names of what lies in a folder of the package, sorted; nothing where there is no folder.
    pub fn list(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder))
            .into_iter()
            .flatten()
            .flatten();
        let mut names: Vec<String> = entries
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// The folder that the package's build script was given, once it has run.
    pub fn out_dir(&self) -> Option<PathBuf> {
        let builds = fs::read_dir(target().join("debug/build")).ok()?.flatten();
        let ours = builds.map(|entry| entry.path()).filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.rsplit_once('-')
                .is_some_and(|(package, _)| package == self.name)
        });
        ours.map(|path| path.join("out")).find(|path| path.is_dir())
    }

    /// Runs Cargo in the package as a user would, but without colours. The network is used only where it has to be.
    ///
    /// # Panics
    /// When Cargo cannot be started.
    pub fn cargo(&self, arguments: &[&str]) -> Output {
        let output = self.cargo_with(arguments, true);
        if !output.success && output.stderr.contains("--offline") {
            return self.cargo_with(arguments, false);
        }
        output
    }

    fn cargo_with(&self, arguments: &[&str], offline: bool) -> Output {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        for (name, _) in env::vars_os() {
            if name.to_str().is_some_and(belongs_to_this_run) {
                command.env_remove(name);
            }
        }
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("CARGO_TARGET_DIR", target())
            .env("CARGO_TERM_COLOR", "never");
        if offline {
            command.env("CARGO_NET_OFFLINE", "true");
        }
        let output = command.output().expect("Cargo can be started");
        Output {
            success: output.status.success(),
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Drop for Scratch {
    /// What was built of this package would be of no use to another: it goes too.
    fn drop(&mut self) {
        self.cargo_with(&["clean", "--package", &self.name], true);
    }
}

/// How a run of Cargo ended.
#[derive(Debug, Clone)]
pub struct Output {
    /// Whether it succeeded.
    pub success: bool,
    /// Its exit code, unless a signal ended it.
    pub code: Option<i32>,
    /// What it wrote to its standard output.
    pub stdout: String,
    /// What it wrote to its standard error output.
    pub stderr: String,
}

impl Output {
    /// Gives the output on, when it is that of a success.
    ///
    /// # Panics
    /// With what Cargo said, when it failed.
    #[track_caller]
    pub fn succeeded(self) -> Output {
        assert!(
            self.success,
            "Cargo failed:\n{}\n{}",
            self.stdout, self.stderr
        );
        self
    }

    /// Gives the output on, when it is that of a failure.
    ///
    /// # Panics
    /// With what Cargo said, when it succeeded.
    #[track_caller]
    pub fn failed(self) -> Output {
        assert!(
            !self.success,
            "Cargo succeeded:\n{}\n{}",
            self.stdout, self.stderr
        );
        self
    }
}

/// Whether a variable of the environment tells about the Cargo that runs the test, and not about how its user set Cargo up.
fn belongs_to_this_run(variable: &str) -> bool {
    const OF_THE_USER: [&str; 5] = [
        "CARGO_HOME",
        "CARGO_HTTP_",
        "CARGO_NET_",
        "CARGO_REGISTR",
        "CARGO_SOURCE_",
    ];
    const OTHERS: [&str; 5] = [
        "OUT_DIR",
        "RUSTFLAGS",
        "RUSTDOCFLAGS",
        "RUSTC_WORKSPACE_WRAPPER",
        "CLIPPY_ARGS",
    ];
    let of_cargo = variable == "CARGO" || variable.starts_with("CARGO_");
    let of_the_user = OF_THE_USER.iter().any(|start| variable.starts_with(start));
    (of_cargo && !of_the_user) || OTHERS.contains(&variable)
}

/// The target folder of all scratch packages: within the one that this test was built in.
fn target() -> PathBuf {
    let program = env::current_exe().unwrap_or_default();
    let is_target = |folder: &&Path| folder.join("CACHEDIR.TAG").is_file();
    let target = program.ancestors().find(is_target);
    target
        .map_or_else(|| workspace().join("target"), Path::to_owned)
        .join("scratch")
}

#[cfg(test)]
mod tests {
    use super::{Scratch, belongs_to_this_run};

    #[test]
    fn a_package_is_built_and_run() {
        let scratch = Scratch::new("scratch-runs");
        scratch.file("src/main.rs", "fn main() { println!(\"{}\", 6 * 7); }");
        let output = scratch.cargo(&["run", "--quiet"]).succeeded();
        assert_eq!((output.code, output.stdout.as_str()), (Some(0), "42\n"));
    }

    #[test]
    fn a_package_that_does_not_compile_says_why() {
        let scratch = Scratch::new("scratch-fails");
        scratch.file("src/main.rs", "fn main() { 6 * }");
        let output = scratch.cargo(&["check"]).failed();
        assert!(
            output.stderr.contains("error: expected expression"),
            "{}",
            output.stderr
        );
    }

    #[test]
    fn the_build_script_of_a_package_has_its_folder() {
        let scratch = Scratch::new("scratch-out");
        scratch.file("src/lib.rs", "");
        assert_eq!(scratch.out_dir(), None);
        scratch.file(
            "build.rs",
            "fn main() { std::fs::write(std::env::var(\"OUT_DIR\").unwrap() + \"/a\", \"b\").unwrap(); }",
        );
        scratch.cargo(&["check"]).succeeded();
        let out_dir = scratch.out_dir().unwrap();
        assert_eq!(std::fs::read_to_string(out_dir.join("a")).unwrap(), "b");
        drop(scratch);
        assert!(!out_dir.exists());
    }

    #[test]
    fn cargo_sees_nothing_of_the_cargo_that_runs_the_test() {
        let scratch = Scratch::new("scratch-environment");
        let print = "fn main() { println!(\"{:?}\", std::env::var(\"CARGO_PKG_NAME\")); }";
        scratch.file(
            "build.rs",
            "fn main() { assert!(std::env::var(\"CARGO_PRIMARY_PACKAGE\").is_err()); }",
        );
        scratch.file("src/main.rs", print);
        let output = scratch.cargo(&["run", "--quiet"]).succeeded();
        assert_eq!(output.stdout, "Ok(\"scratch-environment\")\n");
        for (variable, belongs) in [
            ("CARGO", true),
            ("CARGO_TARGET_DIR", true),
            ("CARGO_INCREMENTAL", true),
            ("RUSTFLAGS", true),
            ("CARGO_HOME", false),
            ("CARGO_REGISTRIES_COMPANY_INDEX", false),
            ("RUSTUP_TOOLCHAIN", false),
            ("PATH", false),
        ] {
            assert_eq!(belongs_to_this_run(variable), belongs, "{variable}");
        }
    }

    #[test]
    fn files_are_written_read_listed_and_removed() {
        let scratch = Scratch::new("scratch-files");
        scratch
            .file("schema/a.sql", "A")
            .file("schema/b/c.sql", "C");
        assert_eq!(scratch.list("schema"), ["a.sql", "b"]);
        assert_eq!(scratch.read("schema/b/c.sql"), "C");
        assert!(scratch.modified("schema/a.sql") <= std::time::SystemTime::now());
        scratch.remove("schema/a.sql").remove("schema/b");
        assert!(scratch.list("schema").is_empty() && !scratch.path("schema/a.sql").exists());
        assert!(scratch.list("nothing").is_empty());
    }

    #[test]
    fn the_manifest_knows_the_workspace() {
        let scratch = Scratch::new("scratch-manifest");
        scratch.manifest("[dependencies]\naludel-testing = { path = \"$WORKSPACE/testing\" }\n");
        let metadata = scratch
            .file("src/lib.rs", "")
            .cargo(&["metadata", "--format-version=1"])
            .succeeded();
        assert!(metadata.stdout.contains("\"name\":\"aludel-testing\""));
        assert!(
            scratch
                .read("Cargo.lock")
                .contains("name = \"scratch-manifest\"")
        );
    }
}
