//! The errors of MySQL and MariaDB, by kind.

mod culprit;
mod kind;

use std::{error::Error as _, fmt, io};

use kind::kind_of;
use mysql::{DriverError, Error as ServerError, MySqlError};
use rustls::CertificateError;

use crate::error::{Error, ErrorKind};

/// The server's number for a savepoint, a function or a procedure that is not there.
pub(super) const NO_SAVEPOINT: u16 = 1305;

/// The server's number for a statement that is larger than it takes.
const PACKET_TOO_LARGE: u16 = 1153;

/// The server's number for a database that is not there.
const UNKNOWN_DATABASE: u16 = 1049;

const TOO_LARGE: &str = "the statement with its values, or a row, is larger than `max_allowed_packet` of the server: send or ask \
                         for less at once, or raise it there";

const NO_TLS: &str = "the server offers no TLS, so it cannot prove who it is: have it set up there, or add `ssl_mode=disabled` to \
                      the URL where the network between is one to trust";

/// A server that demands TLS says no more than this either.
const ACCESS_DENIED: &str = ": check user, password and host in the URL, what the server grants them, and whether it demands \
                             TLS (`ssl_mode`)";

const TIMED_OUT: &str =
    "the server did not answer within `read_timeout`, or took nothing within `write_timeout`";

/// The error with its kind, and with whatever the server says about table, columns and constraint.
#[cold]
pub(super) fn classify(error: ServerError, is_mariadb: bool) -> Error {
    match error {
        ServerError::MySqlError(error) => {
            let kind = kind_of(&error);
            of_server(error, kind, is_mariadb)
        }
        error => of_client(error),
    }
}

/// The error of values that are larger than the server takes: sent all the same, they would cost the connection.
#[cold]
pub(super) fn too_large() -> Error {
    Error::new(ErrorKind::Data, TOO_LARGE)
}

/// The error of a connection that could not be opened.
#[cold]
pub(super) fn refused(error: ServerError) -> Error {
    let (kind, message) = match (&error, of_socket(&error)) {
        (ServerError::DriverError(DriverError::TlsNotSupported), _) => {
            (ErrorKind::Operational, NO_TLS.to_owned())
        }
        (ServerError::TlsError(inner), _) => (
            ErrorKind::Configuration,
            format!("TLS cannot be set up: {inner}"),
        ),
        (_, Some(inner)) if !is_timeout(inner) => {
            let ended =
                || format!("the connection to the server ended while it was being opened: {inner}");
            untrusted(inner).unwrap_or_else(|| (ErrorKind::Operational, ended()))
        }
        (ServerError::MySqlError(told), _) if told.code == UNKNOWN_DATABASE => {
            return of_server(told.clone(), ErrorKind::Configuration, false);
        }
        _ => return classify(error, false),
    };
    Error::new(kind, message).with_source(error)
}

/// The error of a connection that nobody could wait for.
#[cold]
pub(super) fn no_helper(error: io::Error) -> Error {
    let message = format!("no thread can be started that waits for the server: {error}");
    Error::new(ErrorKind::Operational, message).with_source(error)
}

/// Whether the connection cannot be used again.
pub(super) fn breaks_connection(error: &ServerError) -> bool {
    match error {
        ServerError::MySqlError(error) => {
            error.code == PACKET_TOO_LARGE || kind_of(error) == ErrorKind::Disconnected
        }
        ServerError::DriverError(error) => !matches!(
            error,
            DriverError::MismatchedStmtParams(..)
                | DriverError::Params(_)
                | DriverError::MixedParams
        ),
        _ => true,
    }
}

/// Whether the server takes the statement only as text.
pub(super) fn is_not_preparable(error: &ServerError) -> bool {
    matches!(error, ServerError::MySqlError(error) if error.code == 1295)
}

/// Whether the server does not know a prepared statement any more, or cannot bring it up to date.
pub(super) fn is_outdated_statement(error: &ServerError) -> bool {
    matches!(error, ServerError::MySqlError(error) if matches!(error.code, 1243 | 1615))
}

/// Whether a statement was not sent because it is larger than the server takes.
pub(super) fn is_too_large(error: &ServerError) -> bool {
    const MESSAGE: &str = "Packet is larger than max_allowed_packet";
    matches!(error, ServerError::CodecError(error) if error.to_string() == MESSAGE)
}

fn of_server(error: MySqlError, kind: ErrorKind, is_mariadb: bool) -> Error {
    let hint = hint(&error);
    let message = format!("{} (error {}){hint}", error.message, error.code);
    let classified = Error::new(kind, message).with_code(error.state.as_str());
    culprit::named(classified, &error, is_mariadb).with_source(ServerError::MySqlError(error))
}

/// What to do about it, where that is known.
fn hint(error: &MySqlError) -> &'static str {
    match error.code {
        1040 | 1203 => {
            ": have fewer connections (`pool_size` and `max_overflow`), or allow more of them on the server"
        }
        1044 | 1045 | 1698 => ACCESS_DENIED,
        PACKET_TOO_LARGE => ": send less at once, or raise `max_allowed_packet` on the server",
        UNKNOWN_DATABASE => ": check the database in the URL, or create it",
        1461 => {
            ": lower `statement_cache` in the URL, or raise `max_prepared_stmt_count` on the server"
        }
        3159 => {
            ": add `ssl_mode=verify_identity` to the URL, or `ssl_mode=required` where the certificate cannot be checked"
        }
        _ => "",
    }
}

/// The error of the driver, or of what it stands on.
fn of_client(error: ServerError) -> Error {
    let (kind, message) = match (&error, of_socket(&error)) {
        (_, Some(inner)) if is_timeout(inner) => (ErrorKind::Timeout, TIMED_OUT.to_owned()),
        (_, Some(inner)) => (
            ErrorKind::Disconnected,
            format!("the connection to the server was lost: {inner}"),
        ),
        (error, _) if is_too_large(error) => (ErrorKind::Data, TOO_LARGE.to_owned()),
        (ServerError::CodecError(inner), _) => (ErrorKind::Disconnected, unusable(inner)),
        (ServerError::TlsError(inner), _) => (ErrorKind::Disconnected, unusable(inner)),
        (ServerError::DriverError(inner), _) => of_driver(inner),
        (ServerError::UrlError(inner), _) => (ErrorKind::Configuration, inner.to_string()),
        (other, _) => (ErrorKind::Operational, other.to_string()),
    };
    Error::new(kind, message).with_source(error)
}

fn unusable(error: &dyn fmt::Display) -> String {
    format!("the connection to the server cannot be used any more: {error}")
}

/// The error of the socket, which can be inside that of a packet; the driver does not show the type of that.
fn of_socket(error: &ServerError) -> Option<&io::Error> {
    match error {
        ServerError::IoError(inner) => Some(inner),
        ServerError::CodecError(packet) => packet.source()?.downcast_ref(),
        _ => None,
    }
}

fn of_driver(error: &DriverError) -> (ErrorKind, String) {
    match error {
        DriverError::ConnectTimeout => (
            ErrorKind::Timeout,
            "the server did not answer within `connect_timeout`: check host and port in the URL"
                .to_owned(),
        ),
        DriverError::CouldNotConnect(Some((address, problem, _))) => (
            ErrorKind::Operational,
            format!(
                "the server at {address} cannot be reached: {problem}; check host, port and `unix_socket` in the URL, and \
                 that the server runs"
            ),
        ),
        DriverError::UnknownAuthPlugin(plugin) => (
            ErrorKind::Authentication,
            format!("the server asks for the password in a way that is not supported: {plugin}"),
        ),
        DriverError::OldMysqlPasswordDisabled | DriverError::CleartextPluginDisabled => (
            ErrorKind::Authentication,
            "the server asks for the password in a way that would give it away".to_owned(),
        ),
        DriverError::MismatchedStmtParams(expected, given) => (
            ErrorKind::Programming,
            format!("the statement has {expected} parameters, but {given} values were given"),
        ),
        DriverError::Params(_) | DriverError::MixedParams => (
            ErrorKind::Programming,
            format!("the parameters do not fit the statement: {error}"),
        ),
        DriverError::PacketTooLarge => (ErrorKind::Data, error.to_string()),
        DriverError::PacketOutOfSync | DriverError::UnexpectedPacket => {
            (ErrorKind::Disconnected, unusable(error))
        }
        other => (ErrorKind::Operational, other.to_string()),
    }
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock
    )
}

/// What to do about a certificate that is not accepted; none, if the error is another.
fn untrusted(error: &io::Error) -> Option<(ErrorKind, String)> {
    let inner: &rustls::Error = error.get_ref()?.downcast_ref()?;
    let (kind, what_to_do) = match inner {
        rustls::Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => (
            ErrorKind::Authentication,
            "connect to a name that it is for, or add `ssl_mode=verify_ca` to the URL to accept any name of an authority in \
             `ssl_ca`",
        ),
        rustls::Error::InvalidCertificate(_) => (
            ErrorKind::Authentication,
            "name the file with the certificates of its authority by `ssl_ca` in the URL, or add `ssl_mode=required` to \
             accept any certificate",
        ),
        _ => (
            ErrorKind::Operational,
            "check that the server speaks TLS 1.2 or 1.3",
        ),
    };
    let message = format!("the server did not prove who it is by TLS ({inner}): {what_to_do}");
    Some((kind, message))
}
