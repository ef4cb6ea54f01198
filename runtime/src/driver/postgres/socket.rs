//! Sockets: TCP, Unix, and TLS over TCP.

#[cfg(unix)]
use std::os::unix::net::UnixStream;
use std::{
    io::{self, Read, Write},
    net::{TcpStream, ToSocketAddrs},
    time::{Duration, Instant},
};

use rustls::{ClientConnection, StreamOwned};
use socket2::SockRef;

use super::options::{Host, Place};

/// A connected socket.
pub(super) enum Socket {
    Plain(Plain),
    Tls(Box<StreamOwned<ClientConnection, Plain>>),
}

/// A connected socket without TLS.
pub(super) enum Plain {
    Tcp(TcpStream),
    #[cfg(unix)]
    Unix(UnixStream),
}

impl Plain {
    /// Connects, and waits at most so long for that and for each answer, until told otherwise.
    pub(super) fn connect(host: &Host, timeout: Option<Duration>) -> io::Result<Plain> {
        let socket = match &host.place {
            Place::Name(name) => {
                let stream = connect_tcp(name, host.port, timeout)?;
                stream.set_nodelay(true)?;
                SockRef::from(&stream).set_keepalive(true)?;
                Plain::Tcp(stream)
            }
            #[cfg(unix)]
            Place::Folder(folder) => {
                let path = format!("{folder}/.s.PGSQL.{}", host.port);
                Plain::Unix(UnixStream::connect(path)?)
            }
            #[cfg(not(unix))]
            Place::Folder(_) => {
                let message = "this system has no Unix sockets";
                return Err(io::Error::new(io::ErrorKind::Unsupported, message));
            }
        };
        socket.set_timeout(timeout)?;
        Ok(socket)
    }

    fn set_timeout(&self, timeout: Option<Duration>) -> io::Result<()> {
        match self {
            Plain::Tcp(stream) => stream.set_read_timeout(timeout),
            #[cfg(unix)]
            Plain::Unix(stream) => stream.set_read_timeout(timeout),
        }
    }

    /// The same socket again, to change how long it waits while something else owns it.
    pub(super) fn handle(&self) -> io::Result<Plain> {
        Ok(match self {
            Plain::Tcp(stream) => Plain::Tcp(stream.try_clone()?),
            #[cfg(unix)]
            Plain::Unix(stream) => Plain::Unix(stream.try_clone()?),
        })
    }

    /// Waits for answers as long as they take.
    pub(super) fn wait_forever(&self) -> io::Result<()> {
        self.set_timeout(None)
    }
}

/// Connects to the first address of the name that answers.
fn connect_tcp(name: &str, port: u16, timeout: Option<Duration>) -> io::Result<TcpStream> {
    let deadline = timeout.map(|timeout| Instant::now() + timeout);
    let mut failure = io::Error::new(io::ErrorKind::NotFound, "the name has no address");
    for address in (name, port).to_socket_addrs()? {
        let connected = match deadline {
            None => TcpStream::connect(address),
            Some(deadline) => {
                // Zero would not be a time.
                let left = deadline.saturating_duration_since(Instant::now());
                TcpStream::connect_timeout(&address, left.max(Duration::from_millis(1)))
            }
        };
        match connected {
            Ok(stream) => return Ok(stream),
            Err(error) => failure = error,
        }
    }
    Err(failure)
}

impl Read for Plain {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Plain::Tcp(stream) => stream.read(into),
            #[cfg(unix)]
            Plain::Unix(stream) => stream.read(into),
        }
    }
}

impl Write for Plain {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Plain::Tcp(stream) => stream.write(bytes),
            #[cfg(unix)]
            Plain::Unix(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Read for Socket {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Socket::Plain(plain) => plain.read(into),
            Socket::Tls(stream) => stream.read(into),
        }
    }
}

impl Write for Socket {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Socket::Plain(plain) => plain.write(bytes),
            Socket::Tls(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Socket::Plain(plain) => plain.flush(),
            Socket::Tls(stream) => stream.flush(),
        }
    }
}
