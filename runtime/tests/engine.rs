//! Engines: what they check, what they open, and what they print.

use std::path::Path;

use aludel::{Catalog, Connection, Engine, Error, ErrorKind, Url};
use tempfile::TempDir;

const fn is_send<T: Send>() {}
const fn is_shared<T: Send + Sync + Clone>() {}
const _: () = is_shared::<Engine>();
const _: () = is_send::<Connection>();

/// Holds if `Connection` is not `Sync`: otherwise two implementations fit, and the call is ambiguous.
trait NotSync<A> {
    fn holds() {}
}
impl<T: ?Sized> NotSync<()> for T {}
impl<T: ?Sized + Sync> NotSync<u8> for T {}
const _: fn() = <Connection as NotSync<_>>::holds;

fn file_url(folder: &TempDir, name: &str, query: &str) -> String {
    format!("sqlite:///{}{query}", folder.path().join(name).display())
}

#[test]
fn making_an_engine_opens_nothing_and_connecting_creates_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let engine = Engine::new(file_url(&folder, "shop.db", "")).unwrap();
    let path = folder.path().join("shop.db");
    assert!(!path.exists());
    engine.connect().unwrap();
    assert!(path.exists());
}

#[test]
fn a_path_that_looks_like_a_uri_is_still_a_path() {
    let folder = tempfile::tempdir().unwrap();
    let odd = folder.path().join("a b%3Fmode=memory#.db");
    let url = Url::builder()
        .dialect(aludel::Dialect::Sqlite)
        .database(odd.to_str().unwrap())
        .build()
        .unwrap();
    Engine::new(url).unwrap().connect().unwrap();
    assert!(odd.exists());

    // As a URI it would name the file; as a path it leads into a folder `file:`, which is not there.
    let path = folder.path().join("uri.db");
    let engine = Engine::new(format!("sqlite:///file:{}", path.display())).unwrap();
    assert!(engine.connect().is_err());
    assert!(!path.exists());
}

#[test]
fn a_missing_file_is_not_created_unless_the_mode_says_so() {
    let folder = tempfile::tempdir().unwrap();
    for mode in ["?mode=ro", "?mode=rw"] {
        let engine = Engine::new(file_url(&folder, "missing.db", mode)).unwrap();
        let error = engine.connect().map(drop).unwrap_err();
        assert!(error.is_operational(), "{error:?}");
        assert!(error.message().contains("missing.db"), "{error}");
        assert_eq!(error.code(), Some("14"));
    }
    assert!(!folder.path().join("missing.db").exists());
    let engine = Engine::new(file_url(&folder, "missing.db", "?mode=rwc")).unwrap();
    engine.connect().unwrap();
    assert!(folder.path().join("missing.db").exists());
}

#[test]
fn a_file_that_is_no_database_is_an_operational_error() {
    let folder = tempfile::tempdir().unwrap();
    let text =
        "this is not a database, although it is long enough to be taken for one. ".repeat(20);
    std::fs::write(folder.path().join("text.db"), text).unwrap();
    let engine = Engine::new(file_url(&folder, "text.db", "")).unwrap();
    let error = Catalog::from_json(EMPTY).create_all(&engine).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Operational, "{error:?}");
    assert_eq!(error.code(), Some("26"));
}

const EMPTY: &str = r#"{"format": 1, "catalog": {"dialect": "sqlite", "tables": [], "views": [], "enums": [],
    "domains": [], "sequences": []}}"#;

#[test]
fn options_that_cannot_be_are_refused_when_the_engine_is_made() {
    let refused = [
        ("sqlite:///a.db?mode=readonly", "`mode` is `ro`"),
        ("sqlite:///a.db?mode=ro&mode=rw", "given twice"),
        (
            "sqlite:///a.db?cache=shared",
            "no option `cache`: expected `mode` or `statement_timeout`",
        ),
        ("sqlite://?mode=ro", "a database in memory begins empty"),
        (
            "sqlite:///:memory:?mode=ro",
            "a database in memory begins empty",
        ),
        ("sqlite://host/a.db", "SQLite has no host"),
    ];
    let changed = Url::parse("sqlite:///a.db").unwrap().with_host("host");
    let refused = refused
        .map(|(url, reason)| (Engine::builder(url), reason))
        .into_iter()
        .chain([
            (Engine::builder("sqlite://").max_overflow(-2), "but not -2"),
            (Engine::builder(changed), "SQLite has no host"),
        ]);
    for (builder, reason) in refused {
        let shown = format!("{builder:?}");
        let error = builder.build().unwrap_err();
        assert!(error.is_configuration(), "{shown}: {error:?}");
        assert!(error.message().contains(reason), "{shown}: {error}");
    }
}

#[test]
fn databases_without_a_driver_are_unsupported() {
    for (url, is_there, name, feature) in [
        (
            "postgresql://ed:secret@host/db",
            cfg!(feature = "postgres"),
            "PostgreSQL",
            "postgres",
        ),
        (
            "mysql+pymysql://ed:secret@host/db",
            cfg!(feature = "mysql"),
            "MySQL and MariaDB",
            "mysql",
        ),
    ] {
        if is_there {
            continue;
        }
        let error = Engine::new(url).unwrap_err();
        assert!(error.is_unsupported(), "{error:?}");
        assert_eq!(
            error.message(),
            format!(
                "this build has no driver for {name}: enable the feature `{feature}` of `aludel`"
            )
        );
    }
}

#[test]
fn engines_print_their_url_and_no_password() {
    let engine = Engine::new("sqlite:///shop.db").unwrap();
    assert_eq!(engine.to_string(), "Engine(sqlite:///shop.db)");
    assert_eq!(format!("{engine:?}"), "Engine(sqlite:///shop.db)");

    for url in [
        "postgresql://ed:secret@host/db",
        "postgresql://ed:secret@host:x/db",
        "postgresql://host/db?password=secret",
    ] {
        let builder = Engine::builder(url);
        assert!(!format!("{builder:?}").contains("secret"), "{builder:?}");
        let shown = match builder.build() {
            Ok(engine) => format!("{engine} {engine:?}"),
            Err(error) => format!("{error} {error:?}"),
        };
        assert!(!shown.contains("secret"), "{shown}");
    }
}

#[test]
fn engines_are_made_from_urls_of_every_form() {
    let text = String::from("sqlite://");
    let url = Url::parse(&text).unwrap();
    for engine in [
        Engine::new("sqlite://"),
        Engine::new(&text),
        Engine::new(text.clone()),
        Engine::new(&url),
        Engine::new(url.clone()),
    ] {
        assert_eq!(engine.unwrap().url(), &url);
    }
}

#[test]
fn an_open_connection_outlives_its_engine() {
    let connection = Engine::new("sqlite://").unwrap().connect().unwrap();
    let answer = connection.transact(|_| Ok::<_, Error>(1)).unwrap();
    assert_eq!(answer, 1);
    connection.close().unwrap();
}

#[test]
fn a_relative_path_is_relative_to_the_folder_of_the_process() {
    let engine = Engine::new("sqlite:///no/such/folder/shop.db").unwrap();
    assert!(engine.connect().map(drop).unwrap_err().is_operational());
    assert!(!Path::new("no").exists());
}
