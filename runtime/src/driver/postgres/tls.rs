//! TLS by rustls, with the proofs that `sslmode` asks for.

use std::{
    io::{self, Read, Write},
    sync::Arc,
};

use rustls::{
    CertificateError, ClientConfig, ClientConnection, DigitallySignedStruct, Error as TlsError,
    RootCertStore, SignatureScheme, StreamOwned,
    client::{
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        verify_server_cert_signed_by_trust_anchor, verify_server_name,
    },
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
    server::ParsedCertificate,
};

use super::{
    options::{Options, Place, TlsMode},
    socket::{Plain, Socket},
};
use crate::{
    error::{Error, ErrorKind, Result},
    url::wrong,
};

/// The message that asks for TLS: its length, and a number that is no version.
const REQUEST: [u8; 8] = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];

/// What a server has to prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Proof {
    Nothing,
    Certificate,
    CertificateAndName,
}

/// How connections are encrypted.
pub(super) struct Tls {
    is_required: bool,
    config: Arc<ClientConfig>,
}

impl Tls {
    /// Nothing where TLS is not wanted. Reads the certificates that are trusted.
    pub(super) fn new(options: &Options) -> Result<Option<Tls>> {
        let path = options.root_certificates.as_deref();
        let proof = match options.tls {
            TlsMode::Disable => return Ok(None),
            // As every client of PostgreSQL has it: whoever names certificates wants them to be looked at.
            TlsMode::Require if path.is_none() => Proof::Nothing,
            TlsMode::Require | TlsMode::VerifyCa => Proof::Certificate,
            TlsMode::Prefer | TlsMode::VerifyFull => Proof::CertificateAndName,
        };
        let trusted = match path {
            _ if proof == Proof::Nothing => Vec::new(),
            None | Some("system") => rustls_native_certs::load_native_certs().certs,
            Some(path) => certificates(path)?,
        };
        Ok(Some(Tls {
            is_required: options.tls != TlsMode::Prefer,
            config: config(proof, trusted, path.is_some_and(|path| path != "system"))?,
        }))
    }

    /// Asks the server for TLS, and begins it.
    pub(super) fn begin(&self, mut socket: Plain, place: &Place) -> Result<Socket> {
        let Place::Name(name) = place else {
            // Nobody can listen to it, nor stand in between.
            return Ok(Socket::Plain(socket));
        };
        let mut answer = [0];
        let asked = socket
            .write_all(&REQUEST)
            .and_then(|()| socket.read_exact(&mut answer));
        asked.map_err(|error| failed(error.into()))?;
        if answer != [b'S'] {
            return self.without(socket);
        }
        let name = ServerName::try_from(name.clone())
            .map_err(|_| wrong("the host is no name that a certificate could be for"))?;
        let client = ClientConnection::new(Arc::clone(&self.config), name).map_err(handshake)?;
        let mut stream = StreamOwned::new(client, socket);
        while stream.conn.is_handshaking() {
            let step = stream.conn.complete_io(&mut stream.sock);
            step.map_err(|error| failed(error.into()))?;
        }
        Ok(Socket::Tls(Box::new(stream)))
    }

    fn without(&self, socket: Plain) -> Result<Socket> {
        if !self.is_required {
            return Ok(Socket::Plain(socket));
        }
        let message = "the server has no TLS, but `sslmode` demands it: give `sslmode=prefer`, or `sslmode=disable` where nobody \
                       can listen";
        Err(Error::new(ErrorKind::Operational, message))
    }
}

fn config(
    proof: Proof,
    trusted: Vec<CertificateDer<'static>>,
    are_own: bool,
) -> Result<Arc<ClientConfig>> {
    let provider = Arc::new(ring::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(trusted.iter().cloned());
    let verifier = Verifier {
        proof,
        roots,
        pinned: if are_own { trusted } else { Vec::new() },
        provider: Arc::clone(&provider),
    };
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(handshake)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(Arc::new(config))
}

fn certificates(path: &str) -> Result<Vec<CertificateDer<'static>>> {
    let unreadable = |why: String| wrong(&format!("`sslrootcert` cannot be read: {why}"));
    let text = std::fs::read(path).map_err(|error| unreadable(error.to_string()))?;
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(&text)
        .collect::<Result<_, _>>()
        .map_err(|error| unreadable(error.to_string()))?;
    if certificates.is_empty() {
        return Err(unreadable("there is no certificate in it".to_owned()));
    }
    Ok(certificates)
}

/// Looks at what a server proves, as far as was asked for.
#[derive(Debug)]
struct Verifier {
    proof: Proof,
    roots: RootCertStore,
    /// Certificates that are trusted by themselves: a server's own, signed by nobody else, is no authority that could have
    /// signed it.
    pinned: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        _: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        if self.proof == Proof::Nothing {
            return Ok(ServerCertVerified::assertion());
        }
        let parsed = ParsedCertificate::try_from(certificate)?;
        if !self.pinned.contains(certificate) {
            let algorithms = self.provider.signature_verification_algorithms.all;
            verify_server_cert_signed_by_trust_anchor(
                &parsed,
                &self.roots,
                intermediates,
                now,
                algorithms,
            )?;
        }
        if self.proof == Proof::CertificateAndName {
            verify_server_name(&parsed, name)?;
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        let algorithms = &self.provider.signature_verification_algorithms;
        algorithms.supported_schemes()
    }
}

/// What went wrong while TLS began.
enum Trouble {
    Tls(TlsError),
    Socket(io::Error),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        match error
            .get_ref()
            .and_then(|inner| inner.downcast_ref::<TlsError>())
        {
            Some(tls) => Trouble::Tls(tls.clone()),
            None => Trouble::Socket(error),
        }
    }
}

#[cold]
fn failed(trouble: Trouble) -> Error {
    match trouble {
        Trouble::Tls(error) => handshake(error),
        Trouble::Socket(error) => super::open::unreachable(error),
    }
}

#[cold]
fn handshake(error: TlsError) -> Error {
    let (kind, message) = match &error {
        TlsError::InvalidCertificate(problem) => {
            let advice = match problem {
                CertificateError::NotValidForName
                | CertificateError::NotValidForNameContext { .. } => {
                    "connect by the name that it is for, or give `sslmode=verify-ca`"
                }
                _ => {
                    "name the certificate that signed it by `sslrootcert=path`; `sslmode=require` encrypts without looking \
                     at it, `sslmode=disable` does not encrypt"
                }
            };
            let problem = match problem {
                CertificateError::UnknownIssuer => "nobody who is trusted has signed it".to_owned(),
                CertificateError::Other(_) => "it is signed by itself, or for no server".to_owned(),
                problem => problem.to_string(),
            };
            let message = format!("the server's certificate is not trusted: {problem}: {advice}");
            (ErrorKind::Authentication, message)
        }
        other => (
            ErrorKind::Operational,
            format!("TLS could not begin: {other}"),
        ),
    };
    Error::new(kind, message).with_source(error)
}
