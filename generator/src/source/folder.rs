//! What stands in a folder, by name.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The files and folders of a folder, sorted; hidden ones are left out.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Folder {
    /// Looks into a folder.
    pub(super) fn list(path: &Path) -> io::Result<Self> {
        let entries = fs::read_dir(path)?.map(|entry| Ok(entry?.path()));
        let mut entries = entries.collect::<io::Result<Vec<_>>>()?;
        entries.retain(|path| !is_hidden(path));
        entries.sort();
        let (folders, files) = entries.into_iter().partition(|path| path.is_dir());
        Ok(Folder {
            path: path.to_path_buf(),
            files,
            folders,
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn files(&self) -> &[PathBuf] {
        &self.files
    }

    pub(super) fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// The name of the folder itself.
    pub(super) fn name(&self) -> String {
        let path = self.path.canonicalize();
        let path = path.as_deref().unwrap_or(&self.path);
        let name = path.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    pub(super) fn has_file(&self, name: &str) -> bool {
        self.files.contains(&self.path.join(name))
    }

    pub(super) fn has_folder(&self, name: &str) -> bool {
        self.folders.contains(&self.path.join(name))
    }

    /// Its files, and those of the folders within. What cannot be listed is left out.
    pub(super) fn files_below(&self) -> Vec<PathBuf> {
        let mut files = self.files.clone();
        for folder in &self.folders {
            if let Ok(folder) = Folder::list(folder) {
                files.extend(folder.files_below());
            }
        }
        files
    }

    /// The YAML files, which say more about what the others declare.
    pub(super) fn overlays(&self) -> impl Iterator<Item = PathBuf> {
        let is_yaml = |path: &&PathBuf| {
            let extension = path
                .extension()
                .map(|extension| extension.to_ascii_lowercase());
            extension.is_some_and(|extension| extension == "yaml" || extension == "yml")
        };
        self.files.iter().filter(is_yaml).cloned()
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with('.'))
}
