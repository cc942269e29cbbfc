//! Time limits of a connection: a request that has begun must soon be complete, and a connection without one ends later.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

/// Time for the head of a request, from its first byte.
const HEAD: Duration = Duration::from_secs(10);

/// Time between two requests on one connection, and before the first.
pub(super) const IDLE: Duration = Duration::from_secs(60);

/// Flag of a complete request, which the service sets for the connection of the request.
#[derive(Clone, Default)]
pub(super) struct RequestCompleted(Arc<AtomicBool>);

impl RequestCompleted {
    pub(super) fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// True once after each time that the flag was set.
    fn take(&self) -> bool {
        self.0.swap(false, Ordering::Relaxed)
    }
}

/// A connection that fails if a request isn't complete in the time [`HEAD`] after its first byte.
pub(super) struct Patient {
    stream: TcpStream,
    completed: RequestCompleted,
    limit: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    pub(super) fn new(stream: TcpStream, completed: RequestCompleted) -> Self {
        Self { stream, completed, limit: None }
    }
}

impl AsyncRead for Patient {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.completed.take() {
            self.limit = None;
        }
        let before = buf.filled().len();
        if let Poll::Ready(read) = Pin::new(&mut self.stream).poll_read(cx, buf) {
            if buf.filled().len() > before {
                self.limit.get_or_insert_with(|| Box::pin(tokio::time::sleep(HEAD)));
            }
            return Poll::Ready(read);
        }
        match &mut self.limit {
            Some(limit) => limit.as_mut().poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into())),
            None => Poll::Pending,
        }
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
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
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
