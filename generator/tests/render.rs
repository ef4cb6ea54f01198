//! What is generated: its form, and when files change.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::Command,
    time::{Duration, SystemTime},
};

use aludel_build::Failure;

fn schema_folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas")
}

/// Generates from a schema text into a new folder.
fn generated(schema: &str) -> (tempfile::TempDir, BTreeMap<String, String>) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("schema.sql"), schema).unwrap();
    run(folder.path()).unwrap();
    let files = read(&folder.path().join("out"));
    (folder, files)
}

fn builder(folder: &Path) -> aludel_build::Builder {
    aludel_build::schema(folder.join("schema.sql")).output(folder.join("out"))
}

fn run(folder: &Path) -> Result<aludel_build::Report, Failure> {
    builder(folder).run()
}

fn read(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .map(|path| {
            (
                path.file_name().unwrap().to_str().unwrap().to_owned(),
                fs::read_to_string(path).unwrap(),
            )
        })
        .collect()
}

#[test]
fn generated_code_is_what_rustfmt_makes_of_it() {
    if Command::new("rustfmt").arg("--version").output().is_err() {
        assert!(
            std::env::var_os("CI").is_none(),
            "rustfmt is required in CI"
        );
        eprintln!("SKIPPED: rustfmt is not installed");
        return;
    }
    let awkward = fs::read_to_string(schema_folder().join("awkward.sql")).unwrap();
    let (folder, _) = generated(&awkward);
    // An empty configuration, so that none of the machine's is found.
    fs::write(folder.path().join("rustfmt.toml"), "").unwrap();
    let checked = Command::new("rustfmt")
        .args(["--check", "--edition", "2024", "--config-path"])
        .arg(folder.path())
        .arg(folder.path().join("out/lib.rs"))
        .output()
        .unwrap();
    assert!(
        checked.status.success(),
        "{}",
        String::from_utf8_lossy(&[checked.stdout, checked.stderr].concat())
    );
}

#[test]
fn the_same_schema_gives_the_same_bytes() {
    let awkward = fs::read_to_string(schema_folder().join("awkward.sql")).unwrap();
    let without_path = |files: BTreeMap<String, String>, folder: &Path| -> Vec<(String, String)> {
        let folder = folder.to_str().unwrap();
        files
            .into_iter()
            .map(|(name, text)| (name, text.replace(folder, "…")))
            .collect()
    };
    let (first, first_files) = generated(&awkward);
    let (second, second_files) = generated(&awkward);
    assert_eq!(
        without_path(first_files, first.path()),
        without_path(second_files, second.path())
    );
}

#[test]
fn a_second_run_writes_nothing_and_a_change_writes_only_what_it_concerns() {
    let (folder, _) = generated(
        "CREATE TABLE a (id INTEGER PRIMARY KEY);\nCREATE TABLE b (id INTEGER PRIMARY KEY);",
    );
    let long_ago = SystemTime::now() - Duration::from_secs(3600);
    for entry in fs::read_dir(folder.path().join("out")).unwrap() {
        fs::File::open(entry.unwrap().path())
            .unwrap()
            .set_modified(long_ago)
            .unwrap();
    }
    assert_eq!(
        run(folder.path()).unwrap().written,
        aludel_build::Written::default()
    );

    let changed = "CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT);\nCREATE TABLE b (id INTEGER PRIMARY KEY);";
    fs::write(folder.path().join("schema.sql"), changed).unwrap();
    let written = run(folder.path()).unwrap().written;
    let names: Vec<_> = written
        .changed
        .iter()
        .map(|path| path.file_name().unwrap().to_str().unwrap())
        .collect();
    assert_eq!(names, ["a.rs", "catalog.json", "lib.rs"]);
    let untouched = fs::metadata(folder.path().join("out/b.rs"))
        .unwrap()
        .modified()
        .unwrap();
    assert!(untouched <= long_ago + Duration::from_secs(1));
}

#[test]
fn a_check_tells_what_is_stale_and_changes_nothing() {
    let (folder, before) = generated(
        "CREATE TABLE a (id INTEGER PRIMARY KEY);\nCREATE TABLE b (id INTEGER PRIMARY KEY);",
    );
    let check = || builder(folder.path()).check().unwrap().written;
    assert!(check().is_empty());
    fs::write(
        folder.path().join("schema.sql"),
        "CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT);",
    )
    .unwrap();
    let stale = check();
    assert_eq!(stale.removed, [folder.path().join("out/b.rs")]);
    assert!(stale.changed.contains(&folder.path().join("out/a.rs")));
    assert_eq!(read(&folder.path().join("out")), before);
}

#[test]
fn the_file_of_a_table_that_is_gone_is_removed_and_a_foreign_file_stays() {
    let (folder, _) = generated(
        "CREATE TABLE a (id INTEGER PRIMARY KEY);\nCREATE TABLE b (id INTEGER PRIMARY KEY);",
    );
    let out = folder.path().join("out");
    fs::write(out.join("mine.rs"), "// by hand\n").unwrap();
    fs::write(
        folder.path().join("schema.sql"),
        "CREATE TABLE a (id INTEGER PRIMARY KEY);",
    )
    .unwrap();
    let written = run(folder.path()).unwrap().written;
    assert_eq!(written.removed, [out.join("b.rs")]);
    assert_eq!(
        read(&out).into_keys().collect::<Vec<_>>(),
        ["a.rs", "catalog.json", "lib.rs", "mine.rs"]
    );
}

#[test]
fn a_file_that_was_not_generated_is_not_overwritten_and_nothing_else_is_written() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("schema.sql"),
        "CREATE TABLE a (id INTEGER PRIMARY KEY);",
    )
    .unwrap();
    fs::create_dir(folder.path().join("out")).unwrap();
    fs::write(folder.path().join("out/lib.rs"), "//! Mine.\n").unwrap();
    let message = run(folder.path()).unwrap_err().to_string();
    assert!(
        message.contains("was not generated, so it is not overwritten"),
        "{message}"
    );
    assert_eq!(
        read(&folder.path().join("out"))
            .into_keys()
            .collect::<Vec<_>>(),
        ["lib.rs"]
    );
}

#[test]
fn an_error_in_the_schema_changes_no_file() {
    let (folder, before) = generated("CREATE TABLE a (id INTEGER PRIMARY KEY);");
    fs::write(
        folder.path().join("schema.sql"),
        "CREATE TABLE a (id INTEGER PRIMARY KEY, n DTE);",
    )
    .unwrap();
    assert!(matches!(run(folder.path()), Err(Failure::Schema(_))));
    assert_eq!(read(&folder.path().join("out")), before);
}

/// A space behind `///`, and none at the end of a line.
fn assert_documented_with_spaces(text: &str) {
    for line in text.lines() {
        assert!(!line.ends_with(' '), "`{line}`");
        let documentation = line.trim_start().strip_prefix("///").unwrap_or_default();
        let spaced = documentation.is_empty() || documentation.starts_with(' ');
        assert!(spaced, "`{line}`");
    }
}

#[test]
fn enums_are_documented_too() {
    let sql = "CREATE TYPE mood AS ENUM ('sad');\nCREATE TABLE a (id int PRIMARY KEY, m mood);\n\
               COMMENT ON TYPE mood IS 'how one\n\nfeels';";
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("schema.sql"), sql).unwrap();
    let builder = aludel_build::schema(folder.path().join("schema.sql"))
        .dialect(aludel_build::Dialect::Postgres);
    builder.output(folder.path().join("out")).run().unwrap();
    let text = fs::read_to_string(folder.path().join("out/mood.rs")).unwrap();
    assert!(
        text.contains("/// how one\n///\n/// feels\n///\n/// Enum `mood`.\n"),
        "{text}"
    );
    assert_documented_with_spaces(&text);
}

#[test]
fn comments_of_the_schema_are_shown_as_they_are() {
    let sql = "CREATE TABLE a (id INT PRIMARY KEY COMMENT 'see [b](c) and `d`\n    indented <e> *f*') \
               COMMENT = '```\nnot an example\n```'";
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("schema.sql"), sql).unwrap();
    let builder = aludel_build::schema(folder.path().join("schema.sql"))
        .dialect(aludel_build::Dialect::Mysql);
    builder.output(folder.path().join("out")).run().unwrap();
    let text = fs::read_to_string(folder.path().join("out/a.rs")).unwrap();
    assert!(
        text.contains("/// \\`\\`\\`\n/// not an example\n/// \\`\\`\\`\n"),
        "{text}"
    );
    assert!(
        text.contains("/// see \\[b\\](c) and \\`d\\`\n    /// indented \\<e\\> \\*f\\*\n"),
        "{text}"
    );
    assert_documented_with_spaces(&text);
}

#[test]
fn an_enum_without_values_is_a_type_that_nothing_is_of() {
    let (_folder, files) = generated(
        "CREATE TYPE public.mood AS ENUM ();\nCREATE TABLE public.pet (id bigserial PRIMARY KEY, mood public.mood);",
    );
    let file = files.values().find(|text| text.contains("pub enum"));
    let text = file.unwrap();
    assert!(text.contains("Mood {}\n"), "{text}");
    // A reference is taken for one to a value.
    assert!(text.contains("match *self {}\n"), "{text}");
}

#[test]
fn a_finder_by_a_name_that_begins_with_a_digit_is_in_snake_case() {
    let (_folder, files) = generated(
        "CREATE TABLE public.prize (id bigserial PRIMARY KEY, \"1st\" int, \"2nd\" int, UNIQUE (\"1st\"), UNIQUE (\"1st\", \"2nd\"));",
    );
    let text = &files["prize.rs"];
    for expected in ["fn by_1st(", "fn by_1st_and_2nd(", "_1st_and_2nd_key"] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
}
