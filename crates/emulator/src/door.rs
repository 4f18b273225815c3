//! The loopback listener of an emulator, which can also slam: a single connection, or all of them.

use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

/// The side that slams; cheap to clone.
#[derive(Debug, Clone)]
pub struct Door(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    address: SocketAddr,
    shut: AtomicBool,
    /// Cancelled to cut every connection of today; then a fresh one takes its place.
    all: Mutex<CancellationToken>,
}

impl Door {
    /// Binds a free port on loopback.
    ///
    /// # Errors
    /// When there is none.
    pub async fn open() -> io::Result<(Self, DoorListener)> {
        Self::open_on(0).await
    }
    /// Binds `port` on loopback (0: any free one).
    ///
    /// # Errors
    /// When it is taken.
    pub async fn open_on(port: u16) -> io::Result<(Self, DoorListener)> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let inner = Inner {
            address: listener.local_addr()?,
            shut: AtomicBool::new(false),
            all: Mutex::new(CancellationToken::new()),
        };
        let door = Self(Arc::new(inner));
        Ok((door.clone(), DoorListener { listener, door }))
    }
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.0.address
    }
    /// Cuts every connection, WebSockets too, and (while `shut`) every new one before a byte is read.
    pub fn shut(&self, shut: bool) {
        self.0.shut.store(shut, Ordering::SeqCst);
        if shut {
            self.cut_all();
        }
    }
    /// Cuts every connection that is open now.
    pub fn cut_all(&self) {
        let mut all = self.0.all.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *all).cancel();
    }
    fn connection(&self) -> CancellationToken {
        self.0.all.lock().unwrap_or_else(PoisonError::into_inner).child_token()
    }
}

/// The side that `axum::serve` takes.
#[derive(Debug)]
pub struct DoorListener {
    listener: TcpListener,
    door: Door,
}

impl Listener for DoorListener {
    type Io = Connection;
    type Addr = SocketAddr;
    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let (stream, address) = Listener::accept(&mut self.listener).await;
            if self.door.0.shut.load(Ordering::SeqCst) || stream.set_nodelay(true).is_err() {
                continue;
            }
            let cut = self.door.connection();
            return (Connection { stream, cut: cut.clone(), wait: Box::pin(cut.cancelled_owned()) }, address);
        }
    }
    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}

/// Cuts the connection that a request came on. Handlers take it as `ConnectInfo<Cut>`; serve the router with
/// `into_make_service_with_connect_info::<Cut>()`.
#[derive(Debug, Clone)]
pub struct Cut(CancellationToken);

impl Cut {
    /// Cuts it, and never returns: the handler ends with its connection.
    pub async fn cut(&self) -> std::convert::Infallible {
        self.0.cancel();
        std::future::pending().await
    }
}

impl Connected<IncomingStream<'_, DoorListener>> for Cut {
    fn connect_info(stream: IncomingStream<'_, DoorListener>) -> Self {
        Self(stream.io().cut.clone())
    }
}

/// A connection that can be cut.
pub struct Connection {
    stream: TcpStream,
    cut: CancellationToken,
    wait: Pin<Box<WaitForCancellationFutureOwned>>,
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connection").field("stream", &self.stream).finish_non_exhaustive()
    }
}

fn was_cut() -> io::Error {
    io::Error::new(io::ErrorKind::ConnectionReset, "the emulator cut this connection")
}

impl AsyncRead for Connection {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.wait.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Err(was_cut()));
        }
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        if self.cut.is_cancelled() {
            return Poll::Ready(Err(was_cut()));
        }
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.cut.is_cancelled() {
            return Poll::Ready(Err(was_cut()));
        }
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }
    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
