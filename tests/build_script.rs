//! What a build does with a schema: in packages of their own, as a user has them, and in this one.

use std::{fs, time::SystemTime};

use aludel_testing::{Output, Scratch, workspace};

const SCHEMA: &str = "CREATE TABLE hobby (id INTEGER PRIMARY KEY, caption TEXT NOT NULL);\n";

/// A program that knows its models, but needs no database to be compiled: what is tested here happens before.
const WITHOUT_DATABASE: &str = r#"
[dependencies]
aludel = { path = "$WORKSPACE/runtime", default-features = false, features = ["chrono"] }

[build-dependencies]
aludel-build = { path = "$WORKSPACE/generator" }
"#;

const MAIN: &str = r#"
aludel::include_models!();

fn main() {
    let tables = models::catalog().tables().unwrap();
    let shown = tables.iter().map(|table| {
        let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        format!("{}({})", table.name, columns.join(","))
    });
    println!("{}", shown.collect::<Vec<_>>().join(" "));
}
"#;

/// A package with a schema of one table, whose program prints tables and columns.
fn package(name: &str, build: &str) -> Scratch {
    let scratch = Scratch::new(name);
    scratch.manifest(WITHOUT_DATABASE);
    scratch.file("build.rs", build);
    scratch.file("schema/hobby.sql", SCHEMA);
    scratch.file("src/main.rs", MAIN);
    scratch
}

const BUILD: &str = "fn main() {\n    aludel_build::schema(\"schema\").generate();\n}\n";

fn run(scratch: &Scratch) -> String {
    scratch.cargo(&["run", "--quiet"]).succeeded().stdout
}

/// Files of a folder with the time when each was written.
fn times(folder: &std::path::Path) -> Vec<(String, SystemTime)> {
    let mut times: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, entry.metadata().unwrap().modified().unwrap())
        })
        .collect();
    times.sort();
    times
}

fn names(folder: &std::path::Path) -> Vec<String> {
    times(folder).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn a_changed_schema_changes_the_models_and_an_unchanged_one_nothing() {
    let scratch = package("build-changes", BUILD);
    assert_eq!(run(&scratch), "hobby(id,caption)\n");

    // A column more, in a program that uses it.
    scratch.file(
        "schema/hobby.sql",
        "CREATE TABLE hobby (id INTEGER PRIMARY KEY, caption TEXT NOT NULL, since INTEGER);\n",
    );
    let main = MAIN.replace(
        "fn main() {",
        "fn main() {\n    let hobby = models::Hobby { id: 1, caption: String::new(), since: Some(1999) };\n    print!(\"{} \", hobby.since.unwrap());",
    );
    scratch.file("src/main.rs", &main);
    assert_eq!(run(&scratch), "1999 hobby(id,caption,since)\n");

    // Nothing more: nothing runs, nothing is written.
    let models = scratch.out_dir().unwrap().join("models");
    let before = times(&models);
    let output = scratch.cargo(&["build", "--verbose"]).succeeded();
    assert!(
        output.stderr.contains("Fresh build-changes"),
        "{}",
        output.stderr
    );
    assert!(!output.stderr.contains("Running"), "{}", output.stderr);
    assert_eq!(times(&models), before);

    // A file more, a file less.
    scratch.file(
        "schema/more/pet.sql",
        "CREATE TABLE pet (id INTEGER PRIMARY KEY);\n",
    );
    assert_eq!(run(&scratch), "1999 hobby(id,caption,since) pet(id)\n");
    assert_eq!(
        names(&models),
        ["catalog.json", "diagram.md", "hobby.rs", "mod.rs", "pet.rs"]
    );
    let written = |name: &str, times: &[(String, SystemTime)]| {
        times.iter().find(|(file, _)| file == name).unwrap().1
    };
    assert_eq!(
        written("hobby.rs", &times(&models)),
        written("hobby.rs", &before)
    );
    scratch.remove("schema/more/pet.sql");
    assert_eq!(run(&scratch), "1999 hobby(id,caption,since)\n");
    assert_eq!(
        names(&models),
        ["catalog.json", "diagram.md", "hobby.rs", "mod.rs"]
    );
}

#[test]
fn a_broken_schema_fails_the_build_and_leaves_the_models() {
    let scratch = package("build-broken", BUILD);
    run(&scratch);
    let models = scratch.out_dir().unwrap().join("models");
    let before = times(&models);
    scratch.file(
        "schema/hobby.sql",
        "CREATE TABLE hobby (\n    id INTEGER PRIMARY KEY,\n    pet_id INTEGER REFERENCES pets\n);\nCREATE TABLE pet (id INTEGER PRIMARY KEY);\n",
    );
    let Output { stderr, .. } = scratch.cargo(&["build"]).failed();
    assert!(
        stderr.contains("schema/hobby.sql:3:31: error: "),
        "{stderr}"
    );
    assert!(stderr.contains("pets"), "{stderr}");
    assert!(!stderr.contains("panicked"), "{stderr}");
    assert_eq!(times(&models), before);

    // Fixed by giving the old text back, it builds again.
    scratch.file("schema/hobby.sql", SCHEMA);
    assert_eq!(run(&scratch), "hobby(id,caption)\n");
    assert_eq!(times(&models), before);
}

#[test]
fn a_schema_folder_that_is_not_there_is_named_and_found_when_it_is_made() {
    let scratch = package("build-missing", &BUILD.replace("\"schema\"", "\"sql\""));
    let Output { stderr, .. } = scratch.cargo(&["build"]).failed();
    assert!(stderr.contains("sql"), "{stderr}");
    assert!(!stderr.contains("panicked"), "{stderr}");
    let error = stderr.lines().find(|line| line.contains("`sql`")).unwrap();
    let expected = "error: build-missing@0.0.0: error: cannot read `sql`: it does not exist";
    assert_eq!(error.trim(), expected);
    scratch.file("sql/hobby.sql", SCHEMA);
    assert_eq!(run(&scratch), "hobby(id,caption)\n");
}

#[test]
fn checked_in_models_are_restored_when_somebody_edits_them() {
    let build = "fn main() {\n    aludel_build::schema(\"schema\").output_module(\"src/models\").generate();\n}\n";
    let scratch = package("build-checked-in", build);
    scratch.file(
        "src/main.rs",
        &MAIN.replace("aludel::include_models!();", "mod models;"),
    );
    assert_eq!(run(&scratch), "hobby(id,caption)\n");
    assert_eq!(
        scratch.list("src/models"),
        ["catalog.json", "hobby.rs", "mod.rs"]
    );
    let generated = scratch.read("src/models/hobby.rs");

    scratch.file(
        "src/models/hobby.rs",
        &generated.replace("caption", "title"),
    );
    assert_eq!(run(&scratch), "hobby(id,caption)\n");
    assert_eq!(scratch.read("src/models/hobby.rs"), generated);

    scratch.remove("src/models/catalog.json");
    assert_eq!(run(&scratch), "hobby(id,caption)\n");

    // A file of somebody else's is neither overwritten nor removed.
    scratch.file("src/models/mine.rs", "//! Mine.\n");
    assert_eq!(run(&scratch), "hobby(id,caption)\n");
    assert_eq!(scratch.read("src/models/mine.rs"), "//! Mine.\n");
    scratch.file(
        "schema/mine.sql",
        "CREATE TABLE mine (id INTEGER PRIMARY KEY);\n",
    );
    let Output { stderr, .. } = scratch.cargo(&["build"]).failed();
    assert!(stderr.contains("mine.rs"), "{stderr}");
    assert_eq!(scratch.read("src/models/mine.rs"), "//! Mine.\n");
}

#[test]
fn the_models_checked_in_here_are_those_of_the_schema() {
    // The paths in the models are those that `build.rs` gives; tests run in the same folder as it does.
    let folder = tempfile::tempdir().unwrap();
    let report = aludel_build::schema("schema")
        .relationship("person.hobby_id", "hobby", "pers")
        .output(folder.path())
        .run()
        .unwrap();
    assert_eq!(report.warnings.warnings().count(), 0);
    let checked_in = workspace().join("generated");
    let fresh = names(folder.path());
    assert_eq!(names(&checked_in), fresh);
    for name in fresh {
        let text = |folder: &std::path::Path| fs::read_to_string(folder.join(&name)).unwrap();
        assert_eq!(
            text(&checked_in),
            text(folder.path()),
            "{name} is not fresh: build once, and check it in"
        );
    }
    let build = fs::read_to_string(workspace().join("build.rs")).unwrap();
    let relationships = build.matches(".relationship(").count();
    assert_eq!(relationships, 1, "this test says what `build.rs` says");
}
