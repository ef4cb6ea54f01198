//! Addresses of the Internet with the length of their network, as PostgreSQL has them.

use std::{fmt, net::IpAddr, str::FromStr};

use super::{FromValue, ToValue, Value, ValueError, ValueRef};

/// An address, and how many of its first bits name the network: the type of PostgreSQL's `inet` and `cidr` columns.
///
/// ```
/// use aludel::types::Inet;
///
/// let net: Inet = "10.1.0.0/16".parse()?;
/// assert_eq!((net.address().is_ipv4(), net.prefix()), (true, 16));
/// let host = Inet::from(std::net::IpAddr::from([10, 1, 0, 1]));
/// assert_eq!(host.to_string(), "10.1.0.1");
/// # Ok::<(), aludel::ValueError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Inet {
    address: IpAddr,
    prefix: u8,
}

impl Inet {
    /// An address within a network.
    ///
    /// # Errors
    /// When the network is longer than the address.
    pub fn new(address: IpAddr, prefix: u8) -> Result<Self, ValueError> {
        if prefix > longest(address) {
            return Err(ValueError::new(format!(
                "`{address}/{prefix}` has a network longer than the address"
            )));
        }
        Ok(Inet { address, prefix })
    }

    /// The address.
    pub const fn address(self) -> IpAddr {
        self.address
    }

    /// How many bits of the address name the network.
    pub const fn prefix(self) -> u8 {
        self.prefix
    }
}

const fn longest(address: IpAddr) -> u8 {
    match address {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    }
}

/// The address alone.
impl From<IpAddr> for Inet {
    fn from(address: IpAddr) -> Self {
        Inet {
            address,
            prefix: longest(address),
        }
    }
}

/// The network is left out where it is the whole address.
impl fmt::Display for Inet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.prefix == longest(self.address) {
            self.address.fmt(f)
        } else {
            write!(f, "{}/{}", self.address, self.prefix)
        }
    }
}

impl FromStr for Inet {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let wrong = || ValueError::new(format!("`{text}` is not a network address"));
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        match prefix {
            Some(prefix) => Inet::new(address, prefix.parse().map_err(|_| wrong())?),
            None => Ok(Inet::from(address)),
        }
    }
}

impl FromValue for Inet {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        match value {
            ValueRef::Text(text) => text.parse(),
            other => Err(ValueError::expected("a network address", other)),
        }
    }
}

impl ToValue for Inet {
    fn to_value(&self) -> Value {
        Value::Text(self.to_string().into())
    }
}

#[cfg(test)]
mod tests {
    use super::Inet;

    #[test]
    fn what_is_no_address_is_refused() {
        for wrong in [
            "",
            "10.0.0",
            "10.0.0.1/33",
            "::1/129",
            "10.0.0.1/",
            "10.0.0.1/x",
            "10.0.0.1/-1",
            "10.0.0.1/256",
        ] {
            assert!(wrong.parse::<Inet>().is_err(), "{wrong}");
        }
        for right in ["10.0.0.1", "0.0.0.0/0", "10.0.0.1/31", "::1", "fe80::/10"] {
            assert_eq!(right.parse::<Inet>().unwrap().to_string(), right);
        }
        let whole: Inet = "10.0.0.1/32".parse().unwrap();
        assert_eq!(whole.to_string(), "10.0.0.1");
    }
}
