//! What a build script says.

use std::path::PathBuf;

use aludel_catalog::Dialect;

use crate::{
    Dates, Failure, MigrationTool, Purpose, Report, analyse::Options, annotation::ForcedType,
    cargo, render::Root, source::Place,
};

/// Starts with a schema file, or a folder of them.
///
/// Relative paths begin where the program runs; for a build script, that is its package's folder.
pub fn schema(path: impl Into<PathBuf>) -> Builder {
    Builder::from(Place::Schema(path.into()))
}

/// Starts with a folder of migrations, whose tool is recognised; otherwise as [`schema`].
pub fn migrations(folder: impl Into<PathBuf>) -> Builder {
    Builder::from(Place::Migrations(folder.into(), None))
}

/// What is generated from which files, and how. See [`schema`].
#[derive(Debug, Clone)]
pub struct Builder {
    places: Vec<Place>,
    dialect: Option<Dialect>,
    module: String,
    output: Option<Target>,
    options: Options,
}

/// Where the files go.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(crate) folder: PathBuf,
    pub(crate) root: Root,
}

impl From<Place> for Builder {
    fn from(place: Place) -> Self {
        Builder {
            places: vec![place],
            dialect: None,
            module: "models".to_owned(),
            output: None,
            options: Options::default(),
        }
    }
}

impl Builder {
    /// Adds another schema file or folder; together they are one schema. A folder of migrations is recognised where the names
    /// and texts in it say which tool it is of.
    #[must_use]
    pub fn schema(mut self, path: impl Into<PathBuf>) -> Self {
        self.places.push(Place::Schema(path.into()));
        self
    }

    /// Adds a folder of migrations, whose tool is recognised: they apply in the order of that tool, and what leads back is left
    /// out. Where nothing tells the tool, that is an error.
    #[must_use]
    pub fn migrations(mut self, folder: impl Into<PathBuf>) -> Self {
        self.places.push(Place::Migrations(folder.into(), None));
        self
    }

    /// Adds a place where schema files are, of whatever kind.
    #[must_use]
    pub fn place(mut self, place: Place) -> Self {
        self.places.push(place);
        self
    }

    /// Adds a folder of migrations of this tool.
    #[must_use]
    pub fn migrations_of(mut self, tool: MigrationTool, folder: impl Into<PathBuf>) -> Self {
        self.places
            .push(Place::Migrations(folder.into(), Some(tool)));
        self
    }

    /// The dialect that the files are written in. Without this it is found by what stands in them; where that could be more than
    /// one, a message says what speaks for each.
    #[must_use]
    pub fn dialect(mut self, dialect: Dialect) -> Self {
        self.dialect = Some(dialect);
        self
    }

    /// Names the module for `aludel::include_models!(name)`; without this it is `models`. A crate with two schemas needs two
    /// names.
    #[must_use]
    pub fn module(mut self, name: impl Into<String>) -> Self {
        self.module = name.into();
        self
    }

    /// Writes into this folder, to be checked in, with a `lib.rs`: it is a library of its own.
    ///
    /// Without this, the files go where Cargo keeps a build script's output, for `aludel::include_models!()`.
    #[must_use]
    pub fn output(mut self, folder: impl Into<PathBuf>) -> Self {
        self.output = Some(Target {
            folder: folder.into(),
            root: Root::Library,
        });
        self
    }

    /// Writes into this folder, to be checked in, with a `mod.rs`: it is a module of a crate, such as `src/models`.
    #[must_use]
    pub fn output_module(mut self, folder: impl Into<PathBuf>) -> Self {
        self.output = Some(Target {
            folder: folder.into(),
            root: Root::Module,
        });
        self
    }

    /// Chooses the name of a table's struct: `.model("users", "Account")`.
    #[must_use]
    pub fn model(mut self, table: impl Into<String>, name: impl Into<String>) -> Self {
        self.options.models.insert(table.into(), name.into());
        self
    }

    /// Chooses the names of both sides of a foreign key: `.relationship("person.hobby_id", "hobby", "fans")` for
    /// `Person::hobby` and `Hobby::fans`. The columns of a composite key stand behind each other: `"line.tenant,order"`.
    #[must_use]
    pub fn relationship(
        mut self,
        foreign_key: impl Into<String>,
        name: impl Into<String>,
        back_reference: impl Into<String>,
    ) -> Self {
        self.options
            .relationships
            .insert(foreign_key.into(), (name.into(), back_reference.into()));
        self
    }

    /// Adds a derive to every generated struct and enum, by its path: `.derive("serde::Serialize")`. The types of fields must
    /// have it too.
    #[must_use]
    pub fn derive(mut self, path: impl Into<String>) -> Self {
        self.options.derives.push(path.into());
        self
    }

    /// Gives every key of one column a type of its own, which foreign keys take over: `UserId` instead of `i64`.
    #[must_use]
    pub fn id_newtypes(mut self) -> Self {
        self.options.id_newtypes = true;
        self
    }

    /// Whether a column of text whose check lists its values, `CHECK (status IN ('open', 'done'))`, becomes an enum in Rust; it does
    /// unless this says `false`. For one column, YAML says `enum: false`.
    #[must_use]
    pub fn check_enums(mut self, wanted: bool) -> Self {
        self.options.without_check_enums = !wanted;
        self
    }

    /// Chooses the library whose types dates and times have; `chrono` unless this says otherwise.
    #[must_use]
    pub fn dates(mut self, dates: Dates) -> Self {
        self.options.dates = dates;
        self
    }

    /// Makes models only of the tables whose names fit, in which `*` stands for any text; several calls add up.
    #[must_use]
    pub fn include(mut self, tables: impl Into<String>) -> Self {
        self.options.include.push(tables.into());
        self
    }

    /// Makes no models of the tables whose names fit, in which `*` stands for any text.
    #[must_use]
    pub fn exclude(mut self, tables: impl Into<String>) -> Self {
        self.options.exclude.push(tables.into());
        self
    }

    /// Gives columns that fit a pattern a Rust type of one's own, which implements `aludel::FromValue` and `aludel::ToValue`.
    /// The first that fits is taken; whether the column can be NULL is taken care of.
    ///
    /// ```
    /// use aludel_build::annotation::ForcedType;
    ///
    /// let cents = ForcedType { column: Some("/_cents$/".into()), rust: "crate::Cents".into(), ..ForcedType::default() };
    /// let builder = aludel_build::schema("schema").rust_type(cents);
    /// ```
    #[must_use]
    pub fn rust_type(mut self, forced: ForcedType) -> Self {
        self.options.forced_types.push(forced);
        self
    }

    /// Generates, in a build script: tells Cargo what to watch, and reports warnings and errors through it. An error in the
    /// schema fails the build, with file, line and column.
    pub fn generate(self) {
        let target = match self.output.clone() {
            Some(target) => Ok(target),
            None => cargo::out_dir().map(|folder| Target {
                folder: folder.join(&self.module),
                root: Root::Included,
            }),
        };
        let output = self.output.as_ref().map(|target| target.folder.clone());
        match target {
            Ok(target) => cargo::report(
                &self.places,
                output.as_deref(),
                &crate::generate(&self, &target, Purpose::Write),
            ),
            Err(problem) => cargo::error(problem),
        }
    }

    /// Generates into the folder given by [`output`](Builder::output) or [`output_module`](Builder::output_module), and
    /// leaves the reporting to the caller: for programs that are no build scripts.
    ///
    /// # Errors
    /// When the schema has errors, the output cannot be written, or no output folder was given.
    pub fn run(&self) -> Result<Report, Failure> {
        crate::generate(self, self.target()?, Purpose::Write)
    }

    /// Finds out what [`run`](Builder::run) would write and remove, and changes nothing: whether checked-in models are fresh.
    ///
    /// # Errors
    /// As [`run`](Builder::run).
    pub fn check(&self) -> Result<Report, Failure> {
        crate::generate(self, self.target()?, Purpose::Compare)
    }

    fn target(&self) -> Result<&Target, Failure> {
        self.output.as_ref().ok_or(Failure::NoOutput)
    }

    pub(crate) fn places(&self) -> &[Place] {
        &self.places
    }

    pub(crate) fn schema_dialect(&self) -> Option<Dialect> {
        self.dialect
    }

    pub(crate) fn options(&self) -> &Options {
        &self.options
    }
}
