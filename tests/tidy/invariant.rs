//! An invariant: how to find what breaks it, and what to say then.

use std::sync::LazyLock;

use aludel_testing::{File, Tree, scan::Source, workspace};

/// A place that breaks an invariant.
pub(crate) struct Breach {
    path: String,
    line: usize,
    what: String,
}

impl Breach {
    /// A place in a file; line 0 stands for all of it.
    pub(crate) fn new(file: &File, line: usize, what: impl Into<String>) -> Breach {
        Breach {
            path: file.path.clone(),
            line,
            what: what.into(),
        }
    }

    /// A file that should be there.
    pub(crate) fn missing(path: &str) -> Breach {
        Breach {
            path: path.to_owned(),
            line: 0,
            what: "does not exist".to_owned(),
        }
    }

    fn shown(&self) -> String {
        let Breach { path, line, what } = self;
        match line {
            0 => format!("  {path}: {what}"),
            _ => format!("  {path}:{line}: {what}"),
        }
    }
}

/// Something that holds of all files.
pub(crate) struct Invariant {
    number: usize,
    rule: &'static str,
    advice: &'static str,
    find: fn(&Tree) -> Vec<Breach>,
}

impl Invariant {
    /// An invariant with its number, its words, what to do about a breach, and how to find those.
    pub(crate) fn new(
        number: usize,
        rule: &'static str,
        advice: &'static str,
        find: fn(&Tree) -> Vec<Breach>,
    ) -> Invariant {
        Invariant {
            number,
            rule,
            advice,
            find,
        }
    }

    /// Makes sure that a file like this would be found.
    pub(crate) fn refuses(self, path: &str, text: &str) -> Self {
        let found = !(self.find)(&Tree::of([(path, text)])).is_empty();
        assert!(
            found,
            "invariant {} does not see what is wrong in {path}:\n{text}",
            self.number
        );
        self
    }

    /// Makes sure that a file like this is let through.
    pub(crate) fn accepts(self, path: &str, text: &str) -> Self {
        let breaches = shown(&(self.find)(&Tree::of([(path, text)])));
        assert!(
            breaches.is_empty(),
            "invariant {} refuses what is right:\n{breaches}\n{text}",
            self.number
        );
        self
    }

    /// Looks at the workspace's own files.
    pub(crate) fn holds(self) {
        static TREE: LazyLock<Tree> =
            LazyLock::new(|| Tree::read(&workspace()).expect("the workspace can be read"));
        let breaches = shown(&(self.find)(&TREE));
        let Invariant {
            number,
            rule,
            advice,
            ..
        } = self;
        assert!(
            breaches.is_empty(),
            "invariant {number}, {rule}, is broken:\n{breaches}\n{advice}"
        );
    }
}

fn shown(breaches: &[Breach]) -> String {
    let shown: Vec<String> = breaches.iter().map(Breach::shown).collect();
    shown.join("\n")
}

/// The Rust files that people write.
pub(crate) fn hand_written(tree: &Tree) -> impl Iterator<Item = (&File, &Source)> {
    let rust = tree
        .files()
        .filter_map(|file| Some((file, file.rust.as_ref()?)));
    rust.filter(|(file, _)| !file.is_generated())
}

/// The Rust files that people write and that are not compiled for tests alone.
pub(crate) fn outside_tests(tree: &Tree) -> impl Iterator<Item = (&File, &Source)> {
    hand_written(tree).filter(|(file, _)| !file.is_test)
}

/// Where one of these patterns stands outside of test code.
pub(crate) fn found_outside_tests(file: &File, source: &Source, patterns: &[&str]) -> Vec<Breach> {
    let found = patterns.iter().flat_map(|pattern| {
        let lines = source.lines_with_outside_tests(pattern).into_iter();
        lines.map(move |line| Breach::new(file, line, format!("`{}`", pattern.replace(' ', ""))))
    });
    found.collect()
}

/// Whether a file is `module.rs` or lies in `module/`.
pub(crate) fn belongs_to(file: &File, module: &str) -> bool {
    let rest = file.path.strip_prefix(module);
    rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}
