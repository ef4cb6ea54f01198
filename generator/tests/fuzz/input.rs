//! What is damaged: the schema files of this repository, and of the corpus where there is one.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// All texts, by what they are.
pub(super) struct Inputs {
    pub(super) sql: Vec<String>,
    pub(super) yaml: Vec<String>,
}

impl Inputs {
    pub(super) fn load() -> Inputs {
        let mut folders = vec![
            PathBuf::from("tests"),
            PathBuf::from("../schema"),
            PathBuf::from("../testing"),
        ];
        folders.extend(std::env::var_os("ALUDEL_CORPUS").map(PathBuf::from));
        let mut files = Vec::new();
        for folder in &folders {
            collect(folder, &mut files);
        }
        files.sort();
        let mut inputs = Inputs {
            sql: Vec::new(),
            yaml: Vec::new(),
        };
        for file in files {
            let Ok(text) = fs::read_to_string(&file) else {
                continue;
            };
            match file.extension().and_then(|extension| extension.to_str()) {
                _ if text.is_empty() => {}
                Some("sql") => inputs.sql.push(text),
                Some("yaml") => inputs.yaml.push(text),
                _ => {}
            }
        }
        assert!(inputs.sql.len() > 20 && inputs.yaml.len() > 5);
        inputs
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => collect(&path, files),
            false => files.push(path),
        }
    }
}
