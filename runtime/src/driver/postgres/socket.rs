//! Sockets: TCP, Unix, and TLS over TCP.

#[cfg(unix)]
use std::os::unix::net::UnixStream;
use std::{
    io::{self, Read, Write},
    net::{TcpStream, ToSocketAddrs},
    sync::Arc,
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

/// A connected socket without TLS. Clones are the same socket.
#[derive(Clone)]
pub(super) enum Plain {
    Tcp(Arc<TcpStream>),
    #[cfg(unix)]
    Unix(Arc<UnixStream>),
}

impl Plain {
    /// Connects, and waits at most so long for that and for each answer, until told otherwise.
    pub(super) fn connect(host: &Host, timeout: Option<Duration>) -> io::Result<Plain> {
        let socket = match &host.place {
            Place::Name(name) => Plain::of_tcp(connect_tcp(name, host.port, timeout)?)?,
            #[cfg(unix)]
            Place::Folder(folder) => {
                let path = format!("{folder}/.s.PGSQL.{}", host.port);
                Plain::Unix(Arc::new(UnixStream::connect(path)?))
            }
            #[cfg(not(unix))]
            Place::Folder(_) => {
                let message = "this system has no Unix sockets";
                return Err(io::Error::new(io::ErrorKind::Unsupported, message));
            }
        };
        socket.wait(timeout, timeout)?;
        Ok(socket)
    }

    /// Another connection to the same server: where a name has several addresses, to the same one.
    pub(super) fn again(&self, timeout: Duration) -> io::Result<Plain> {
        let socket = match self {
            Plain::Tcp(stream) => {
                let address = stream.peer_addr()?;
                Plain::of_tcp(TcpStream::connect_timeout(&address, timeout)?)?
            }
            #[cfg(unix)]
            Plain::Unix(stream) => {
                let address = stream.peer_addr()?;
                Plain::Unix(Arc::new(UnixStream::connect_addr(&address)?))
            }
        };
        socket.wait(Some(timeout), Some(timeout))?;
        Ok(socket)
    }

    fn of_tcp(stream: TcpStream) -> io::Result<Plain> {
        stream.set_nodelay(true)?;
        SockRef::from(&stream).set_keepalive(true)?;
        Ok(Plain::Tcp(Arc::new(stream)))
    }

    /// How long to wait from now on for something to read, and to write it; `None` for as long as it takes.
    pub(super) fn wait(&self, read: Option<Duration>, write: Option<Duration>) -> io::Result<()> {
        self.wait_to_read(read)?;
        match self {
            Plain::Tcp(stream) => stream.set_write_timeout(write),
            #[cfg(unix)]
            Plain::Unix(stream) => stream.set_write_timeout(write),
        }
    }

    /// As [`wait`](Plain::wait), for something to read alone.
    pub(super) fn wait_to_read(&self, limit: Option<Duration>) -> io::Result<()> {
        match self {
            Plain::Tcp(stream) => stream.set_read_timeout(limit),
            #[cfg(unix)]
            Plain::Unix(stream) => stream.set_read_timeout(limit),
        }
    }

    /// Waits for nothing any more.
    fn hasten(&self) -> io::Result<()> {
        match self {
            Plain::Tcp(stream) => stream.set_nonblocking(true),
            #[cfg(unix)]
            Plain::Unix(stream) => stream.set_nonblocking(true),
        }
    }
}

impl Socket {
    /// Waits for nothing any more: for what is said last, whether or not anybody hears it.
    pub(super) fn hasten(&self) -> io::Result<()> {
        match self {
            Socket::Plain(plain) => plain.hasten(),
            Socket::Tls(stream) => stream.sock.hasten(),
        }
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
            Plain::Tcp(stream) => (&**stream).read(into),
            #[cfg(unix)]
            Plain::Unix(stream) => (&**stream).read(into),
        }
    }
}

impl Write for Plain {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Plain::Tcp(stream) => (&**stream).write(bytes),
            #[cfg(unix)]
            Plain::Unix(stream) => (&**stream).write(bytes),
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
