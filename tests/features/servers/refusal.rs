//! e01, e02: a connection that is refused.

use std::{
    io::{self, Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    thread,
};

use aludel::{Error, ErrorKind, Url};
use aludel_testing::server::{Kind, Server, USER};

use super::{
    ask, narrow, on_shared, refused,
    told::{WRONG, WRONG_ENCODED},
    with,
};

fn url(server: &Server) -> Url {
    Url::parse(&server.new_database()).unwrap()
}

/// The error of connecting, which is the same the second time: the first has not used up the only place.
fn connecting(server: &Server, url: &str) -> Error {
    let engine = narrow(url);
    let first = refused(server, || engine.connect());
    let second = refused(server, || engine.connect());
    assert_eq!(first.kind(), second.kind(), "{second}");
    first
}

fn expect(server: &Server, url: &str, kind: ErrorKind, words: &[&str]) {
    let error = connecting(server, url);
    assert_eq!(error.kind(), kind, "{error:?}");
    for word in words {
        assert!(error.message().contains(word), "{word}: {error}");
    }
}

#[test]
fn e02_a_wrong_user_or_password_is_an_authentication_error_that_names_the_user() {
    on_shared(|server| {
        let url = url(server);
        for (url, user) in [
            (url.clone().with_password(WRONG), USER),
            (url.clone().with_user("nobody_such"), "nobody_such"),
        ] {
            let text = url.to_string_with_password();
            expect(server, &text, ErrorKind::Authentication, &[user]);
        }
        let encoded = url.with_password(WRONG).to_string_with_password();
        assert!(encoded.contains(WRONG_ENCODED), "{encoded}");
    });
}

#[test]
fn e02_an_unknown_database_is_a_configuration_error_that_names_it() {
    on_shared(|server| {
        let url = server.url("no_such_base");
        expect(server, &url, ErrorKind::Configuration, &["no_such_base"]);
    });
}

#[test]
fn e02_a_server_that_cannot_be_found_or_reached_is_an_operational_error_that_says_where() {
    on_shared(|server| {
        let url = url(server);
        let elsewhere = url.clone().with_host("nowhere.invalid");
        let closed = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = closed.local_addr().unwrap().port();
        drop(closed);
        for (url, place) in [
            (elsewhere, "nowhere.invalid".to_owned()),
            (url.with_port(port), format!("127.0.0.1:{port}")),
        ] {
            let text = url.to_string_with_password();
            let words = [place.as_str(), "host", "port"];
            expect(server, &text, ErrorKind::Operational, &words);
        }
    });
}

/// A URL with TLS, which is verified by the server's authority if `trusts`.
fn verified(server: &Server, host: &str, port: Option<u16>, trusts: bool) -> String {
    let url = Url::parse(&server.bare_url("postgres"))
        .unwrap()
        .with_host(host);
    let url = match server.kind() {
        Kind::Postgres => url,
        Kind::MariaDb => url.with_database("information_schema"),
    };
    let url = port.map_or(url.clone(), |port| url.with_port(port));
    let (mode, authority) = match server.kind() {
        Kind::Postgres => ("sslmode=verify-full", "sslrootcert"),
        Kind::MariaDb => ("ssl_mode=verify_identity", "ssl_ca"),
    };
    let url = with(&url.to_string_with_password(), mode);
    if !trusts {
        return url;
    }
    let path = server.authority().unwrap().display();
    with(&url, &format!("{authority}={path}"))
}

#[test]
fn e02_a_certificate_of_a_named_authority_for_this_host_is_trusted() {
    on_shared(|server| {
        for host in ["127.0.0.1", "localhost"] {
            let engine = narrow(&verified(server, host, None, true));
            assert_eq!(ask(&engine.connect().unwrap()).unwrap(), 7, "{host}");
        }
    });
}

#[test]
fn e02_a_certificate_of_an_unknown_authority_is_an_authentication_error_that_names_the_options() {
    on_shared(|server| {
        let (authority, mode) = match server.kind() {
            Kind::Postgres => ("sslrootcert", "sslmode=require"),
            Kind::MariaDb => ("ssl_ca", "ssl_mode=required"),
        };
        let url = verified(server, "127.0.0.1", None, false);
        let words = [authority, mode];
        expect(server, &url, ErrorKind::Authentication, &words);
    });
}

#[test]
fn e02_a_certificate_for_another_name_is_an_authentication_error_that_says_so() {
    on_shared(|server| {
        let port = relay(Url::parse(&server.url("")).unwrap().port().unwrap());
        let mode = match server.kind() {
            Kind::Postgres => "sslmode=verify-ca",
            Kind::MariaDb => "ssl_mode=verify_ca",
        };
        let url = verified(server, "127.0.0.2", Some(port), true);
        let words = ["name that it is for", mode];
        expect(server, &url, ErrorKind::Authentication, &words);
        let any_name = url
            .replace("sslmode=verify-full", mode)
            .replace("ssl_mode=verify_identity", mode);
        narrow(&any_name).connect().unwrap();
    });
}

#[test]
fn e02_tls_that_the_server_does_not_have_is_an_operational_error_that_names_the_option() {
    on_shared(|server| {
        let port = without_tls(server.kind());
        let url = verified(server, "127.0.0.1", Some(port), true);
        let option = match server.kind() {
            Kind::Postgres => "sslmode=disable",
            Kind::MariaDb => "ssl_mode=disabled",
        };
        expect(server, &url, ErrorKind::Operational, &[option]);
    });
}

/// The port of another address of this machine that leads to a server.
fn relay(to: u16) -> u16 {
    let listener = TcpListener::bind("127.0.0.2:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let server = TcpStream::connect(("127.0.0.1", to)).unwrap();
            pass(client.try_clone().unwrap(), server.try_clone().unwrap());
            pass(server, client);
        }
    });
    port
}

fn pass(mut from: TcpStream, mut to: TcpStream) {
    thread::spawn(move || {
        let _ = io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Write);
    });
}

/// The port of something that speaks as a server does that has no TLS.
fn without_tls(kind: Kind) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for mut client in listener.incoming().flatten() {
            let greeting = match kind {
                Kind::Postgres => b"N".to_vec(),
                Kind::MariaDb => greeting(),
            };
            client.write_all(&greeting).unwrap();
            let _ = client.read(&mut [0; 64]);
        }
    });
    port
}

/// The first packet of MySQL, of a server that can everything but TLS.
fn greeting() -> Vec<u8> {
    const CAPABILITIES: u32 = 0x000f_a20f & !0x0800;
    let [low, high] = [CAPABILITIES & 0xffff, CAPABILITIES >> 16];
    let mut packet = vec![10];
    packet.extend(b"8.0.0\0\x01\0\0\0abcdefgh\0");
    packet.extend(&low.to_le_bytes()[..2]);
    packet.extend(b"\x2d\x02\0");
    packet.extend(&high.to_le_bytes()[..2]);
    packet.extend(b"\x15");
    packet.extend([0; 10]);
    packet.extend(b"abcdefghijkl\0mysql_native_password\0");
    let mut framed = vec![u8::try_from(packet.len()).unwrap(), 0, 0, 0];
    framed.append(&mut packet);
    framed
}
