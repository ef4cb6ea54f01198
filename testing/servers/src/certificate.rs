//! Certificates for servers: an authority that nobody knows, and one that it signed for this machine.

use std::{fs, path::Path};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

/// Files of a server's certificate, as PEM.
pub(super) const AUTHORITY: &str = "authority.pem";
pub(super) const CERTIFICATE: &str = "server.pem";
pub(super) const KEY: &str = "server.key";

/// Writes an authority's certificate, and one for `localhost` and `127.0.0.1` with its key.
///
/// # Panics
/// When the folder cannot be written to.
pub(super) fn write(folder: &Path) {
    let authority = authority();
    let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
    let parameters = CertificateParams::new(names).expect("these are names");
    let key = KeyPair::generate().expect("a key can be made");
    let certificate = parameters
        .signed_by(&key, &authority)
        .expect("the authority can sign");
    for (file, text) in [
        (AUTHORITY, authority.pem()),
        (CERTIFICATE, certificate.pem()),
        (KEY, key.serialize_pem()),
    ] {
        fs::write(folder.join(file), text).expect("the folder can be written to");
    }
}

fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut parameters = CertificateParams::new([]).expect("no names are needed");
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().expect("a key can be made");
    CertifiedIssuer::self_signed(parameters, key).expect("an authority signs itself")
}
