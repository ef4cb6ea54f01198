//! What a URL may say.

use super::{connect, connector, server, value};
use crate::{
    driver::{Connector, mysql::MysqlConnector},
    error::ErrorKind,
    url::Url,
    value::Value,
};

#[test]
fn options_that_are_wrong_are_a_configuration_error_that_names_them() {
    #[rustfmt::skip]
    let table = [
        ("charset=latin1", "`charset` is `utf8mb4` or left out, not `latin1`"),
        ("speed=high", "MySQL and MariaDB know no option `speed`"),
        ("ssl_mode=on", "`ssl_mode` is `disabled`"),
        ("ssl_mode=verify_ca", "`ssl_mode=verify_ca` needs `ssl_ca`"),
        ("ssl_mode=disabled&ssl_ca=ca.pem", "`ssl_mode=disabled` uses no certificates"),
        ("ssl_cert=a.pem", "`ssl_cert` and `ssl_key` are given together"),
        ("read_timeout=-1", "`read_timeout` is a number of seconds"),
        ("connect_timeout=soon", "`connect_timeout` is a number of seconds"),
        ("statement_cache=-1", "`statement_cache` is how many"),
        ("charset=utf8&charset=utf8", "`charset` is given twice"),
    ];
    for (options, reason) in table {
        let url = Url::parse(&format!("mysql://ed:secret@host/db?{options}")).unwrap();
        let error = MysqlConnector::new(&url).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{options}");
        assert!(error.message().contains(reason), "{options}: {error}");
        assert!(!format!("{error:?}").contains("secret"), "{options}");
    }
}

#[test]
fn making_a_connector_opens_nothing() {
    for options in [
        "",
        "?charset=utf8mb4&connect_timeout=3&ssl_mode=REQUIRED",
        "?charset=utf8&unix_socket=/none.sock&read_timeout=1&write_timeout=1&statement_cache=0",
        "?ssl_mode=verify_ca&ssl_ca=/none.pem",
    ] {
        let url = Url::parse(&format!("mysql://ed:secret@nowhere.invalid:1/db{options}")).unwrap();
        assert!(MysqlConnector::new(&url).is_ok(), "{options}");
    }
}

#[test]
fn a_server_that_cannot_be_reached_is_operational_and_says_where() {
    for (url, place) in [
        ("mysql://ed:secret@127.0.0.1:1/db", "127.0.0.1:1"),
        ("mysql://ed:secret@localhost:1/db", "localhost:1"),
        (
            "mysql://ed:secret@nowhere.invalid/db",
            "nowhere.invalid:3306",
        ),
        ("mysql://ed:secret@/db?unix_socket=/none.sock", "/none.sock"),
    ] {
        let error = connector(&Url::parse(url).unwrap())
            .connect()
            .err()
            .unwrap();
        assert_eq!(error.kind(), ErrorKind::Operational, "{error}");
        let reason = format!("the server at {place} cannot be reached");
        assert!(error.message().starts_with(&reason), "{error}");
        assert!(!format!("{error:?}").contains("secret"));
    }
}

#[test]
fn a_file_of_certificates_that_is_missing_is_a_configuration_error() {
    let url = Url::parse("mysql://ed@127.0.0.1:1/db?ssl_ca=/none.pem").unwrap();
    let error = connector(&url).connect().err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.message().contains("`ssl_ca`, /none.pem"), "{error}");
}

#[test]
fn a_wrong_password_is_an_authentication_error_without_it() {
    let Some(url) = server() else { return };
    let url = url.with_user("aludel_nobody").with_password("Hunter2");
    let error = connector(&url).connect().err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Authentication, "{error:?}");
    assert!(error.message().contains("check user, password"), "{error}");
    assert!(!format!("{error:?}").contains("Hunter2"));
}

#[test]
fn a_database_that_is_missing_is_an_error_that_names_it() {
    let Some(url) = server() else { return };
    let error = connector(&url.with_database("aludel_none"))
        .connect()
        .err()
        .unwrap();
    assert!(error.message().contains("aludel_none"), "{error}");
    assert!(
        matches!(
            error.kind(),
            ErrorKind::Configuration | ErrorKind::Authentication
        ),
        "{error:?}"
    );
}

#[test]
fn the_server_says_which_dialect_it_speaks() {
    let Some(url) = server() else { return };
    let connector = connector(&url);
    assert_eq!(connector.dialect().title(), "MySQL");
    let mut driver = connector.connect().unwrap();
    let version = value(&mut driver, "SELECT CONCAT(@@version, @@version_comment)").to_string();
    let expected = if version.to_lowercase().contains("mariadb") {
        "MariaDB"
    } else {
        "MySQL"
    };
    assert_eq!(connector.dialect().title(), expected);
}

#[test]
fn connections_are_strict_and_speak_utf8_and_utc() {
    let Some(url) = server() else { return };
    let mut driver = connect(&url);
    let modes = value(&mut driver, "SELECT @@sql_mode").to_string();
    for mode in [
        "STRICT_ALL_TABLES",
        "NO_ZERO_DATE",
        "NO_ZERO_IN_DATE",
        "ERROR_FOR_DIVISION_BY_ZERO",
    ] {
        assert!(modes.split(',').any(|found| found == mode), "{modes}");
    }
    assert!(!modes.contains("ANSI_QUOTES"), "{modes}");
    for (variable, expected) in [
        ("time_zone", "+00:00"),
        ("character_set_client", "utf8mb4"),
        ("character_set_results", "utf8mb4"),
        ("autocommit", "1"),
        ("group_concat_max_len", "1073741824"),
    ] {
        let found = value(&mut driver, &format!("SELECT @@{variable}"));
        assert_eq!(found.to_string(), expected, "{variable}");
    }
    // A backslash escapes, and double quotes are those of text.
    assert_eq!(
        value(&mut driver, "SELECT 'a\\'b' \"c\""),
        Value::Text("a'bc".into())
    );
}
