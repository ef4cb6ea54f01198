//! Models of schemas that no one here wrote. `ALUDEL_CORPUS` names their folder; what is read from them is compared with their
//! databases in the tests of the whole.
#![allow(clippy::unwrap_used, clippy::panic)] // also in what the tests share

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use aludel_build::Failure;
use aludel_catalog::Dialect;

use crate::golden::compile;

/// Every file of the corpus, with its dialect; nothing where there is none.
fn files() -> Vec<(Dialect, PathBuf)> {
    let Some(folder) = std::env::var_os("ALUDEL_CORPUS").map(PathBuf::from) else {
        eprintln!("ALUDEL_CORPUS is not set: nothing was tried");
        return Vec::new();
    };
    let mut files = Vec::new();
    for dialect in Dialect::ALL {
        let entries = fs::read_dir(folder.join(dialect.as_str())).unwrap();
        files.extend(entries.map(|entry| (dialect, entry.unwrap().path())));
    }
    files.sort_by(|a, b| a.1.cmp(&b.1));
    files
}

#[test]
fn real_schemas_give_models_that_compile_or_clashes_of_names() {
    let files: BTreeMap<String, (Dialect, PathBuf)> = files()
        .into_iter()
        .map(|(dialect, path)| (module(dialect, &path), (dialect, path)))
        .collect();
    if files.is_empty() {
        return;
    }
    let mut generating = Vec::new();
    let mut others = Vec::new();
    let output = tempfile::tempdir().unwrap();
    for (module, (dialect, path)) in &files {
        match generate(*dialect, path, &output.path().join(module)) {
            Ok(()) => generating.push(module.as_str()),
            Err(failure) => others.extend(clashes(module, &failure)),
        }
    }
    println!("{} of {} files generate", generating.len(), files.len());
    assert_eq!(others, Vec::<String>::new());
    let scratch = compile::package("corpus-models", generating, |module, folder| {
        let (dialect, path) = &files[module];
        assert!(generate(*dialect, path, folder).is_ok());
    });
    scratch.cargo(&["check"]).succeeded();
    scratch.cargo(&["doc", "--no-deps"]).succeeded();
    assert_eq!(compile::rustfmt(&scratch), None);
}

fn generate(dialect: Dialect, path: &Path, output: &Path) -> Result<(), Failure> {
    let builder = aludel_build::schema(path).dialect(dialect);
    builder.output_module(output).run().map(|_| ())
}

/// Prints the errors that are clashes of names, and gives back the others.
fn clashes(module: &str, failure: &Failure) -> Vec<String> {
    let Failure::Schema(diagnostics) = failure else {
        return vec![format!("{module}: {failure}")];
    };
    let (clashes, others): (Vec<_>, Vec<_>) = diagnostics.errors().partition(|error| {
        [" would be ", " both become ", " is declared twice"]
            .iter()
            .any(|of_two| error.message.contains(of_two))
    });
    println!("{module}: {} names clash", clashes.len());
    for clash in clashes {
        println!("  {}", clash.message);
    }
    let others = others.into_iter();
    others
        .map(|error| format!("{module}: {}", diagnostics.render(error)))
        .collect()
}

/// The module for a file: `postgres_kanboard`.
fn module(dialect: Dialect, path: &Path) -> String {
    format!("{dialect}_{}", path.file_stem().unwrap().to_string_lossy())
}
