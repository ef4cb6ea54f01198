//! The errors of MySQL and MariaDB, by kind.

mod culprit;
mod kind;

use std::{error::Error as StdError, io};

use kind::kind_of;
use mysql::{DriverError, Error as ServerError, MySqlError};
use rustls::CertificateError;

use crate::error::{Error, ErrorKind};

/// The server's number for a savepoint, a function or a procedure that is not there.
pub(super) const NO_SAVEPOINT: u16 = 1305;

/// The server's number for a statement that is larger than it takes.
const PACKET_TOO_LARGE: u16 = 1153;

const TOO_LARGE: &str = "the statement with its values, or a row, is larger than `max_allowed_packet` of the server: send or ask \
                         for less at once, or raise it there";

const TIMED_OUT: &str = "the server did not answer within `read_timeout`, or did not take the statement within `write_timeout`";

/// The error with its kind, and with whatever the server says about table, columns and constraint.
#[cold]
pub(super) fn classify(error: ServerError, is_mariadb: bool) -> Error {
    match error {
        ServerError::MySqlError(error) => of_server(error, is_mariadb),
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
    match &error {
        ServerError::DriverError(DriverError::TlsNotSupported) => {
            let message = "the server offers no TLS, so it cannot prove who it is: have it set up there, or add \
                           `ssl_mode=disabled` to the URL where the network between is one to trust";
            Error::new(ErrorKind::Operational, message).with_source(error)
        }
        ServerError::IoError(inner) => match untrusted(inner) {
            Some(message) => Error::new(ErrorKind::Operational, message).with_source(error),
            None if is_timeout(inner) => of_client(error),
            None => {
                let message = format!(
                    "the connection to the server ended while it was being opened: {inner}"
                );
                Error::new(ErrorKind::Operational, message).with_source(error)
            }
        },
        ServerError::TlsError(inner) => {
            let message = format!("TLS cannot be set up: {inner}");
            Error::new(ErrorKind::Configuration, message).with_source(error)
        }
        _ => classify(error, false),
    }
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
    matches!(error, ServerError::CodecError(error) if is_packet_too_large(error))
}

fn of_server(error: MySqlError, is_mariadb: bool) -> Error {
    let hint = hint(&error);
    let message = format!("{} (error {}){hint}", error.message, error.code);
    let classified = Error::new(kind_of(&error), message).with_code(error.state.as_str());
    culprit::named(classified, &error, is_mariadb).with_source(ServerError::MySqlError(error))
}

/// What to do about it, where that is known.
fn hint(error: &MySqlError) -> &'static str {
    match error.code {
        1040 | 1203 => {
            ": have fewer connections (`pool_size` and `max_overflow`), or allow more of them on the server"
        }
        1044 | 1045 | 1698 => {
            ": check user, password and host in the URL, and what the server grants them"
        }
        PACKET_TOO_LARGE => ": send less at once, or raise `max_allowed_packet` on the server",
        1461 => {
            ": add `statement_cache=` with a smaller number to the URL, or raise `max_prepared_stmt_count` on the server"
        }
        3159 => {
            ": add `ssl_mode=verify_identity` to the URL, or `ssl_mode=required` where the certificate cannot be checked"
        }
        _ if error.message.contains("insecure transport") => {
            ": add `ssl_mode=verify_identity` to the URL, or `ssl_mode=required` where the certificate cannot be checked"
        }
        _ => "",
    }
}

/// The error of the driver, or of what it stands on.
fn of_client(error: ServerError) -> Error {
    let (kind, message) = match &error {
        ServerError::IoError(inner) if is_timeout(inner) => {
            (ErrorKind::Timeout, TIMED_OUT.to_owned())
        }
        ServerError::IoError(inner) => (ErrorKind::Disconnected, lost(inner)),
        ServerError::CodecError(inner) => of_packets(inner),
        ServerError::DriverError(inner) => of_driver(inner),
        ServerError::UrlError(inner) => (ErrorKind::Configuration, inner.to_string()),
        ServerError::TlsError(inner) => (ErrorKind::Disconnected, inner.to_string()),
        other => (ErrorKind::Operational, other.to_string()),
    };
    Error::new(kind, message).with_source(error)
}

fn lost(error: &io::Error) -> String {
    format!("the connection to the server was lost: {error}")
}

/// The error of packets, whose type the driver does not show: there are those of the socket, those of a packet too large, and
/// those of packets that cannot be understood.
fn of_packets(error: &(impl StdError + 'static)) -> (ErrorKind, String) {
    if is_packet_too_large(error) {
        return (ErrorKind::Data, TOO_LARGE.to_owned());
    }
    match error.source().and_then(|source| source.downcast_ref()) {
        Some(inner) if is_timeout(inner) => (ErrorKind::Timeout, TIMED_OUT.to_owned()),
        Some(inner) => (ErrorKind::Disconnected, lost(inner)),
        None => (
            ErrorKind::Disconnected,
            format!("the connection to the server cannot be used any more: {error}"),
        ),
    }
}

fn is_packet_too_large(error: &dyn StdError) -> bool {
    error.to_string() == "Packet is larger than max_allowed_packet"
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
        DriverError::Params(_)
        | DriverError::MixedParams
        | DriverError::MismatchedStmtParams(..) => (
            ErrorKind::Programming,
            format!("the parameters do not fit the statement: {error}"),
        ),
        DriverError::PacketTooLarge => (ErrorKind::Data, error.to_string()),
        DriverError::PacketOutOfSync | DriverError::UnexpectedPacket => (
            ErrorKind::Disconnected,
            format!("the connection to the server cannot be used any more: {error}"),
        ),
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
fn untrusted(error: &io::Error) -> Option<String> {
    let inner: &rustls::Error = error.get_ref()?.downcast_ref()?;
    let what_to_do = match inner {
        rustls::Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => {
            "connect to a name that it is for, or add `ssl_mode=verify_ca` to the URL to accept any name of an authority in \
             `ssl_ca`"
        }
        rustls::Error::InvalidCertificate(_) => {
            "name the file with the certificates of its authority by `ssl_ca` in the URL, or add `ssl_mode=required` to \
             accept any certificate"
        }
        _ => "check that the server speaks TLS 1.2 or 1.3",
    };
    Some(format!(
        "the server did not prove who it is by TLS ({inner}): {what_to_do}"
    ))
}
