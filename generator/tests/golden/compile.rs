//! All expected models, as one package.

use std::process::Command;

use aludel_testing::Scratch;

use super::case::Case;

const MANIFEST: &str = r#"
[dependencies]
aludel = { path = "$WORKSPACE/runtime", default-features = false, features = ["chrono", "decimal", "jiff", "json", "serde", "time", "uuid"] }
serde = { version = "1", features = ["derive"] }
"#;

/// What users ask of their own code has to hold of what is generated into it.
const LINTS: &str = "//! Models of all cases.\n#![deny(warnings, missing_docs, rustdoc::all)]\n\n";

/// A package with the models of all schemas that have some, each as a module.
pub(crate) fn package<'c>(
    name: &str,
    cases: impl IntoIterator<Item = &'c str>,
    generate: impl Fn(&str, &std::path::Path),
) -> Scratch {
    let scratch = Scratch::new(name);
    let mut root = LINTS.to_owned();
    for case in cases {
        root += &format!("pub mod {case};\n");
        generate(case, &scratch.path(&format!("src/{case}")));
    }
    scratch.manifest(MANIFEST).file("src/lib.rs", &root);
    scratch
}

/// The text of a program that judges the package, when it finds fault.
pub(crate) fn rustfmt(scratch: &Scratch) -> Option<String> {
    // An empty configuration, so that none of the machine's is found.
    scratch.file("rustfmt.toml", "");
    let checked = Command::new("rustfmt")
        .args(["--check", "--edition", "2024", "--config-path"])
        .arg(scratch.path("rustfmt.toml"))
        .arg(scratch.path("src/lib.rs"))
        .output()
        .unwrap();
    let said = [checked.stdout, checked.stderr].concat();
    (!checked.status.success()).then(|| String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn expected_models_compile_are_documented_and_formatted() {
    let cases = Case::all();
    let good: Vec<&Case> = cases
        .iter()
        .filter(|case| !case.expects_messages())
        .collect();
    let names = good.iter().map(|case| case.name.as_str());
    let scratch = package("golden-models", names, |name, folder| {
        let case = good.iter().find(|case| case.name == name).unwrap();
        if let Err(failure) = case.generate(folder) {
            panic!("{name}: {failure}");
        }
    });
    for case in &good {
        if let Some(uses) = case.uses() {
            let module = format!("uses_of_{}", case.name);
            scratch.file(&format!("src/{module}.rs"), &uses);
            let root = std::fs::read_to_string(scratch.path("src/lib.rs")).unwrap();
            scratch.file("src/lib.rs", &format!("{root}\npub mod {module};\n"));
        }
    }
    scratch.cargo(&["check"]).succeeded();
    scratch.cargo(&["doc", "--no-deps"]).succeeded();
    if Command::new("rustfmt").arg("--version").output().is_err() {
        assert!(
            std::env::var_os("CI").is_none(),
            "rustfmt is required in CI"
        );
        eprintln!("SKIPPED: rustfmt is not installed");
        return;
    }
    assert_eq!(rustfmt(&scratch), None);
}
