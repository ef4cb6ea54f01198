//! Reading a URL. Messages never quote it: where it is malformed, any part of it may be the password.

use aludel_catalog::Dialect;
use percent_encoding::percent_decode_str;

use super::{Url, given, wrong};
use crate::error::Result;

pub(super) const BAD_PORT: &str = "the port must be a number from 1 to 65535";

pub(super) fn parse(text: &str) -> Result<Url> {
    let (scheme, rest) = text.split_once("://").ok_or_else(|| {
        wrong("it has no `://`; a URL is written `dialect://user:password@host:port/database`")
    })?;
    let dialect = dialect(scheme)?;
    let parts = Parts::of(rest)?;
    let (user, password) = credentials(parts.userinfo)?;
    let (host, port) = match several(parts.host_and_port, dialect)? {
        Some(hosts) => (Some(hosts), None),
        None => host_and_port(parts.host_and_port)?,
    };
    Ok(Url {
        dialect,
        user,
        password,
        host,
        port,
        database: decoded(parts.database, "database")?,
        query: query(parts.query)?,
    })
}

fn dialect(scheme: &str) -> Result<Dialect> {
    let is_word = |text: &str| {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        !text.is_empty() && text.bytes().all(allowed)
    };
    let (name, driver) = match scheme.split_once('+') {
        Some((name, driver)) => (name, Some(driver)),
        None => (scheme, None),
    };
    if !is_word(name) || driver.is_some_and(|driver| !is_word(driver)) {
        return Err(wrong(
            "it must begin with `dialect://` or `dialect+driver://`, where both are plain words",
        ));
    }
    name.to_ascii_lowercase().parse().map_err(|_| {
        wrong(&format!(
            "unknown dialect `{name}`: expected `sqlite`, `postgresql`, `mysql` or `mariadb`"
        ))
    })
}

/// What stands behind `://`, cut but not yet decoded.
struct Parts<'t> {
    userinfo: Option<&'t str>,
    host_and_port: &'t str,
    database: &'t str,
    query: &'t str,
}

impl<'t> Parts<'t> {
    fn of(rest: &'t str) -> Result<Self> {
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at(end);
        let (path, query) = tail.split_once('?').unwrap_or((tail, ""));
        let (userinfo, host_and_port) = match authority.rsplit_once('@') {
            Some((userinfo, host_and_port)) => (Some(userinfo), host_and_port),
            None => (None, authority),
        };
        // `user:pass/word@host`: read by the rules, the password would end up as port and database, and be shown as such.
        if userinfo.is_none() && authority.contains(':') && path.contains('@') {
            return Err(wrong(
                "an `@` stands behind the first `/`; in user, password and database, `/` is written `%2F`, `?` is written \
                 `%3F`, and `@` is written `%40`",
            ));
        }
        Ok(Parts {
            userinfo,
            host_and_port,
            database: path.strip_prefix('/').unwrap_or(path),
            query,
        })
    }
}

fn credentials(userinfo: Option<&str>) -> Result<(Option<String>, Option<String>)> {
    let Some(userinfo) = userinfo else {
        return Ok((None, None));
    };
    let (user, password) = match userinfo.split_once(':') {
        Some((user, password)) => (user, Some(password)),
        None => (userinfo, None),
    };
    // An empty password is one; an empty user is none.
    let password = password.map(|password| decode(password, "password"));
    Ok((decoded(user, "user")?, password.transpose()?))
}

/// Several hosts, each with its port, where there is more than one.
fn several(text: &str, dialect: Dialect) -> Result<Option<String>> {
    if !text.contains(',') {
        return Ok(None);
    }
    if dialect != Dialect::Postgres {
        return Err(wrong(
            "several hosts can only be given for PostgreSQL: give one",
        ));
    }
    for host in text.split(',') {
        host_and_port(host)?;
    }
    decoded(text, "host")
}

fn host_and_port(text: &str) -> Result<(Option<String>, Option<u16>)> {
    let (host, port) = match text.strip_prefix('[') {
        Some(bracketed) => {
            let (host, port) = bracketed
                .split_once(']')
                .ok_or_else(|| wrong("the `]` behind an IPv6 address is missing"))?;
            (host, port)
        }
        None => text.split_at(text.find(':').unwrap_or(text.len())),
    };
    if port.matches(':').count() > 1 {
        return Err(wrong(
            "an IPv6 address is written in brackets, as in `[::1]:5432`; in user and password, `@` and `:` are \
             written `%40` and `%3A`",
        ));
    }
    let port = match (port, port.strip_prefix(':')) {
        ("" | ":", _) => None,
        (_, Some(digits)) => Some(number(digits)?),
        (_, None) => {
            return Err(wrong(
                "only a port can follow an IPv6 address, as in `[::1]:5432`",
            ));
        }
    };
    Ok((decoded(host, "host")?, port))
}

fn number(digits: &str) -> Result<u16> {
    let is_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    let port = digits.parse().ok().filter(|port| is_digits && *port > 0);
    port.ok_or_else(|| wrong(BAD_PORT))
}

fn query(text: &str) -> Result<Vec<(String, String)>> {
    text.split('&')
        .filter(|option| !option.is_empty())
        .map(|option| {
            let (key, value) = option.split_once('=').ok_or_else(|| {
                wrong("options behind the `?` are written `key=value`, with `&` between them")
            })?;
            let spaced = |text: &str| decode(&text.replace('+', " "), "options");
            Ok((spaced(key)?, spaced(value)?))
        })
        .collect()
}

/// The decoded text, unless it is empty.
fn decoded(text: &str, part: &str) -> Result<Option<String>> {
    decode(text, part).map(given)
}

fn decode(text: &str, part: &str) -> Result<String> {
    match percent_decode_str(text).decode_utf8() {
        Ok(text) => Ok(text.into_owned()),
        Err(_) => Err(wrong(&format!("the {part} is not UTF-8 when decoded"))),
    }
}
