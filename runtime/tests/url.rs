//! URLs: what is read, what is refused, and that passwords stay hidden.

use std::collections::HashSet;

use aludel::{Dialect, ErrorKind, Url};

/// Everything that a URL says: dialect, user, password, host, port, database, options.
type Parts<'t> = (
    Dialect,
    Option<&'t str>,
    Option<&'t str>,
    Option<&'t str>,
    Option<u16>,
    Option<&'t str>,
    &'t [(&'t str, &'t str)],
);

const SQLITE: Dialect = Dialect::Sqlite;
const POSTGRES: Dialect = Dialect::Postgres;
const MYSQL: Dialect = Dialect::Mysql;

#[rustfmt::skip]
const READ: &[(&str, Parts<'static>)] = &[
    ("sqlite://", (SQLITE, None, None, None, None, None, &[])),
    ("sqlite:///", (SQLITE, None, None, None, None, None, &[])),
    ("sqlite:///:memory:", (SQLITE, None, None, None, None, Some(":memory:"), &[])),
    ("sqlite://?mode=memory", (SQLITE, None, None, None, None, None, &[("mode", "memory")])),
    ("sqlite:///relative.db", (SQLITE, None, None, None, None, Some("relative.db"), &[])),
    ("sqlite:////var/shop.db?mode=ro", (SQLITE, None, None, None, None, Some("/var/shop.db"), &[("mode", "ro")])),
    ("sqlite+aiosqlite:////a b%3F%25.db", (SQLITE, None, None, None, None, Some("/a b?%.db"), &[])),
    ("sqlite:///me@home.db", (SQLITE, None, None, None, None, Some("me@home.db"), &[])),
    ("sqlite:///C:\\data\\shop.db", (SQLITE, None, None, None, None, Some("C:\\data\\shop.db"), &[])),
    ("sqlite:///100%.db", (SQLITE, None, None, None, None, Some("100%.db"), &[])),
    ("postgresql://host", (POSTGRES, None, None, Some("host"), None, None, &[])),
    ("postgres://host/", (POSTGRES, None, None, Some("host"), None, None, &[])),
    ("PostgreSQL://host/Shop", (POSTGRES, None, None, Some("host"), None, Some("Shop"), &[])),
    ("postgresql:///shop", (POSTGRES, None, None, None, None, Some("shop"), &[])),
    ("postgresql+psycopg2://ed:secret@db.example:5433/shop", (POSTGRES, Some("ed"), Some("secret"), Some("db.example"), Some(5433), Some("shop"), &[])),
    ("postgresql://ed@host:/shop", (POSTGRES, Some("ed"), None, Some("host"), None, Some("shop"), &[])),
    ("postgresql://:secret@host", (POSTGRES, None, Some("secret"), Some("host"), None, None, &[])),
    ("postgresql://ed:@host", (POSTGRES, Some("ed"), Some(""), Some("host"), None, None, &[])),
    ("postgresql://e%40d:p%40s%2Fs%3A%25@host/s%20hop", (POSTGRES, Some("e@d"), Some("p@s/s:%"), Some("host"), None, Some("s hop"), &[])),
    ("postgresql://ed:p:a+s@s@host/db", (POSTGRES, Some("ed"), Some("p:a+s@s"), Some("host"), None, Some("db"), &[])),
    ("postgresql://%2Frun%2Fpg/db", (POSTGRES, None, None, Some("/run/pg"), None, Some("db"), &[])),
    ("postgresql://ed:x@[::1]:5432/db", (POSTGRES, Some("ed"), Some("x"), Some("::1"), Some(5432), Some("db"), &[])),
    ("postgresql://[fe80::1%25eth0]/db", (POSTGRES, None, None, Some("fe80::1%eth0"), None, Some("db"), &[])),
    ("postgresql://ed:x@one:1,two,[::1]:2/db", (POSTGRES, Some("ed"), Some("x"), Some("one:1,two,[::1]:2"), None, Some("db"), &[])),
    ("postgresql://host:5432/db?user=ed@home", (POSTGRES, None, None, Some("host"), Some(5432), Some("db"), &[("user", "ed@home")])),
    ("mysql+pymysql://ed:x@host/db?charset=utf8&a=b+c%2B%26&empty=&", (MYSQL, Some("ed"), Some("x"), Some("host"), None, Some("db"), &[("charset", "utf8"), ("a", "b c+&"), ("empty", "")])),
    ("mariadb://データ:パス@host/表", (MYSQL, Some("データ"), Some("パス"), Some("host"), None, Some("表"), &[])),
];

#[test]
fn urls_are_read_into_their_parts() {
    for (text, (dialect, user, password, host, port, database, query)) in READ {
        let url = Url::parse(text).unwrap();
        assert_eq!(url.dialect(), *dialect, "{text}");
        assert_eq!(url.user(), *user, "{text}");
        assert_eq!(url.password(), *password, "{text}");
        assert_eq!(url.host(), *host, "{text}");
        assert_eq!(url.port(), *port, "{text}");
        assert_eq!(url.database(), *database, "{text}");
        assert_eq!(url.query().collect::<Vec<_>>(), *query, "{text}");
    }
}

#[test]
fn urls_written_with_their_password_read_back_as_themselves() {
    for (text, _) in READ {
        let url = Url::parse(text).unwrap();
        let written = url.to_string_with_password();
        assert_eq!(Url::parse(&written).unwrap(), url, "{text} as {written}");
    }
}

#[test]
fn a_password_of_any_characters_survives_but_is_never_shown() {
    let passwords = [
        "secret",
        "p@ss",
        "p/a",
        "p?a",
        "p#a",
        "p:a",
        "p%41a",
        "a+b c",
        "[::1]",
        "ключ",
        "\"'\\\n\0",
    ];
    for password in passwords {
        let builder = Url::builder()
            .dialect(POSTGRES)
            .user("ed")
            .password(password)
            .host("host")
            .query("sslpassword", password)
            .query("mode", "x");
        assert!(!format!("{builder:?}").contains(password), "{builder:?}");

        let url = builder.build().unwrap();
        let shown = "postgresql://ed:***@host?sslpassword=***&mode=x";
        assert_eq!(url.to_string(), shown);
        assert_eq!(format!("{url:?}"), format!("Url({shown})"));

        let read = Url::parse(&url.to_string_with_password()).unwrap();
        assert_eq!(read.password(), Some(password));
        assert_eq!(read.query_value("sslpassword"), Some(password));
    }
}

#[test]
fn what_is_no_url_is_refused_with_a_reason() {
    let refused = [
        ("", "no `://`"),
        ("shop.db", "no `://`"),
        ("sqlite:shop.db", "no `://`"),
        ("://host", "plain words"),
        ("ed:secret@x://host", "plain words"),
        ("mysql+://host", "plain words"),
        (
            "oracle://host",
            "unknown dialect `oracle`: expected `sqlite`, `postgresql`, `mysql` or `mariadb`",
        ),
        ("sqlite://shop.db", "SQLite has no host"),
        ("sqlite://ed:secret@/shop.db", "SQLite has no host"),
        ("postgresql://host:port", "from 1 to 65535"),
        ("postgresql://host:0", "from 1 to 65535"),
        ("postgresql://host:65536", "from 1 to 65535"),
        ("postgresql://host:+5432", "from 1 to 65535"),
        ("postgresql://host:-1", "from 1 to 65535"),
        ("postgresql://ed:secret@::1/db", "brackets"),
        ("postgresql://[::1/db", "`]`"),
        ("postgresql://[::1]5432/db", "[::1]:5432"),
        ("mysql://a,b/db", "several hosts"),
        ("postgresql://a,b:x/db", "from 1 to 65535"),
        ("postgresql://ed:secret/x@host/db", "`%2F`"),
        ("postgresql://ed:5432/secret@host/db", "`%2F`"),
        ("postgresql://ed:secret?x@host/db", "from 1 to 65535"),
        ("postgresql://host/db?secret", "key=value"),
        (
            "postgresql://ed:%ffsecret@host",
            "the password is not UTF-8",
        ),
    ];
    for (text, reason) in refused {
        let error = Url::parse(text).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{text}");
        for shown in [error.to_string(), format!("{error:?}")] {
            assert!(shown.contains(reason), "{text}: {shown}");
            assert!(!shown.contains("secret"), "{text}: {shown}");
        }
    }
}

#[test]
fn urls_are_changed_part_by_part() {
    let url = Url::parse("postgresql://ed:x@host:1/db?a=1&b=2&a=3").unwrap();
    let changed = url
        .clone()
        .with_user("wendy")
        .with_password("y/z")
        .with_host("::1")
        .with_port(2)
        .with_database("other")
        .with_query("a", "4")
        .without_query("b");
    assert_eq!(
        changed.to_string_with_password(),
        "postgresql://wendy:y%2Fz@[::1]:2/other?a=4"
    );
    assert_eq!(
        url.with_user("")
            .with_host("")
            .with_database("")
            .to_string(),
        "postgresql://:***@:1?a=1&b=2&a=3"
    );
}

#[test]
fn equal_urls_are_one_key_whatever_their_driver_suffix() {
    let urls: HashSet<Url> = [
        "mysql://h/db",
        "mysql+pymysql://h/db",
        "mariadb://h/db",
        "mysql://h/db2",
    ]
    .iter()
    .map(|text| Url::parse(text).unwrap())
    .collect();
    assert_eq!(urls.len(), 2);
}

#[test]
fn a_builder_refuses_what_no_url_can_say() {
    let missing = Url::builder().host("h").build().unwrap_err();
    assert!(
        missing.message().contains("dialect is missing"),
        "{missing}"
    );
    let host = Url::builder()
        .dialect(SQLITE)
        .host("h")
        .build()
        .unwrap_err();
    assert!(host.message().contains("SQLite has no host"), "{host}");
    let port = Url::builder().dialect(MYSQL).port(0).build().unwrap_err();
    assert!(port.message().contains("from 1 to 65535"), "{port}");
}
