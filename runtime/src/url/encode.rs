//! Writing a URL.

use std::fmt;

use aludel_catalog::Dialect;
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Url;

/// In a part with separators around it, everything but what never needs it.
const PART: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// An IPv6 address, between brackets.
const ADDRESS: &AsciiSet = &PART.remove(b':');

/// Several hosts, with their ports.
const HOSTS: &AsciiSet = &ADDRESS.remove(b',').remove(b'[').remove(b']');

/// A path keeps what makes it readable.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'?')
    .add(b'@');

/// A URL on its way to text, with its password or without.
pub(super) struct Shown<'u> {
    pub(super) url: &'u Url,
    pub(super) secrets: bool,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.url.dialect {
            Dialect::Sqlite => "sqlite://",
            Dialect::Postgres => "postgresql://",
            Dialect::Mysql => "mysql://",
        })?;
        self.credentials(f)?;
        self.host_and_port(f)?;
        if let Some(database) = &self.url.database {
            write!(f, "/{}", utf8_percent_encode(database, PATH))?;
        }
        self.query(f)
    }
}

impl Shown<'_> {
    fn credentials(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (user, password) = (&self.url.user, &self.url.password);
        if let Some(user) = user {
            write!(f, "{}", utf8_percent_encode(user, PART))?;
        }
        if let Some(password) = password {
            write!(f, ":{}", self.secret(password))?;
        }
        if user.is_some() || password.is_some() {
            f.write_str("@")?;
        }
        Ok(())
    }

    fn host_and_port(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.url.host {
            Some(hosts) if hosts.contains(',') => {
                write!(f, "{}", utf8_percent_encode(hosts, HOSTS))?;
            }
            Some(address) if address.contains(':') => {
                write!(f, "[{}]", utf8_percent_encode(address, ADDRESS))?;
            }
            Some(host) => write!(f, "{}", utf8_percent_encode(host, PART))?,
            None => {}
        }
        match self.url.port {
            Some(port) => write!(f, ":{port}"),
            None => Ok(()),
        }
    }

    fn query(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (key, value)) in self.url.query.iter().enumerate() {
            let separator = if index == 0 { '?' } else { '&' };
            write!(f, "{separator}{}=", utf8_percent_encode(key, PART))?;
            if is_secret(key) {
                write!(f, "{}", self.secret(value))?;
            } else {
                write!(f, "{}", utf8_percent_encode(value, PART))?;
            }
        }
        Ok(())
    }

    fn secret(&self, secret: &str) -> String {
        if self.secrets {
            utf8_percent_encode(secret, PART).to_string()
        } else {
            "***".to_owned()
        }
    }
}

/// Passwords can be given as options too: `password`, `sslpassword`, `passwd`.
fn is_secret(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    key.contains("pass") || key.contains("pwd")
}
