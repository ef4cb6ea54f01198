//! e02, x03: something that takes connections, and says nothing, or nothing more after a while.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    thread,
    time::{Duration, Instant},
};

use aludel::{Engine, ErrorKind};
use aludel_testing::server::Kind;

/// The bytes that it says, one after each message.
type Words = &'static [&'static [u8]];

/// The first packet of MariaDB.
const GREETING: &[u8] = b"\x4a\0\0\0\x0a8.0.0\0\x01\0\0\0abcdefgh\0\x0f\xa2\x2d\x02\0\x0f\0\x15\0\0\0\0\0\0\0\0\0\0abcdefghijkl\0mysql_native_password\0";

/// Something that says these words, and then nothing; its port.
fn silent(words: Words) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let mut open = Vec::new();
        for client in listener.incoming().flatten() {
            open.push(client.try_clone().unwrap());
            thread::spawn(move || speak(client, words));
        }
    });
    port
}

fn speak(mut client: TcpStream, words: Words) {
    for word in words {
        // MariaDB speaks first.
        if *word != GREETING && client.read(&mut [0; 1024]).unwrap_or(0) == 0 {
            return;
        }
        client.write_all(word).unwrap();
    }
    while client.read(&mut [0; 1024]).is_ok_and(|read| read > 0) {}
}

#[test]
fn e02_a_server_that_falls_silent_while_a_connection_is_opened_is_a_time_out_in_every_phase() {
    const PASSWORD: &[u8] = b"R\0\0\0\x08\0\0\0\x03";
    const WELCOME: &[u8] = b"R\0\0\0\x08\0\0\0\0";
    const READY: &[u8] = b"R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I";
    let table: [(Kind, &str, Words); 9] = [
        (Kind::Postgres, "sslmode=disable", &[]),
        (Kind::Postgres, "sslmode=prefer", &[]),
        (Kind::Postgres, "sslmode=require", &[b"S"]),
        (Kind::Postgres, "sslmode=prefer", &[b"N"]),
        (Kind::Postgres, "sslmode=disable", &[PASSWORD]),
        (Kind::Postgres, "sslmode=disable", &[WELCOME]),
        // It has let us in, and does not answer what is agreed upon.
        (Kind::Postgres, "sslmode=disable", &[READY]),
        (Kind::MariaDb, "ssl_mode=disabled", &[]),
        (Kind::MariaDb, "ssl_mode=disabled", &[GREETING]),
    ];
    for (kind, option, words) in table {
        let scheme = match kind {
            Kind::Postgres => "postgresql",
            Kind::MariaDb => "mariadb",
        };
        let url = format!(
            "{scheme}://ed:secret@127.0.0.1:{}/db?{option}",
            silent(words)
        );
        let engine = Engine::builder(url.as_str()).connect_timeout(Duration::from_millis(300));
        let begin = Instant::now();
        let error = engine.build().unwrap().connect().map(drop).unwrap_err();
        let took = begin.elapsed();
        assert_eq!(
            error.kind(),
            ErrorKind::Timeout,
            "{option} {words:?}: {error:?}"
        );
        assert!(error.message().contains("`connect_timeout`"), "{error}");
        assert!(!format!("{error:?}").contains("secret"), "{error:?}");
        let least = Duration::from_millis(250);
        assert!(
            (least..super::PATIENCE).contains(&took),
            "{option}: {took:?}"
        );
    }
}

#[test]
fn e12_limits_of_servers_mean_nothing_to_sqlite_and_it_says_so() {
    let builder = || Engine::builder("sqlite://");
    let second = Duration::from_secs(1);
    for (option, engine) in [
        ("connect_timeout", builder().connect_timeout(second)),
        ("read_timeout", builder().read_timeout(second)),
        (
            "connect_timeout",
            Engine::builder("sqlite://?connect_timeout=1"),
        ),
        ("read_timeout", Engine::builder("sqlite://?read_timeout=1")),
    ] {
        let error = engine.build().unwrap_err();
        assert!(error.is_configuration(), "{error:?}");
        let words = [format!("option `{option}`"), "SQLite".to_owned()];
        for word in words {
            assert!(error.message().contains(&word), "{word}: {error}");
        }
    }
}
