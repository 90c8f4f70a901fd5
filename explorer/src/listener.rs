//! Connections, and how long a reader may take nothing of its answer.

use axum::serve::Listener;
use std::{
	io,
	net::SocketAddr,
	pin::Pin,
	task::{Context, Poll, ready},
	time::Duration,
};
use tokio::{
	io::{AsyncRead, AsyncWrite, ReadBuf},
	net::{TcpListener, TcpSocket, TcpStream},
	time::{Instant, Sleep, sleep},
};

/// How long a reader may take nothing. Else whoever asks for a file and does not read it would hold for ever its place among
/// those that are sent at once.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// What the system keeps of an answer that was not read yet, in bytes; Linux keeps twice as many. It asks for more when a third
/// of that was read, so a reader is taken for one that stalls below 1.5 kB/s; with what it keeps unasked, below 20 kB/s.
const UNREAD: u32 = 128 * 1024;

/// Connections waiting to be accepted.
const BACKLOG: u32 = 1_024;

/// A listener whose connections end with an error where the reader takes nothing for so long.
pub struct Impatient {
	listener: TcpListener,
	patience: Duration,
}

impl Impatient {
	/// Listens at an address.
	pub fn bind(address: SocketAddr, patience: Duration) -> io::Result<Self> {
		let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
		socket.set_reuseaddr(true)?;
		// Connections have it from their listener.
		socket.set_send_buffer_size(UNREAD)?;
		socket.bind(address)?;
		Ok(Self { listener: socket.listen(BACKLOG)?, patience })
	}
}

impl Listener for Impatient {
	type Io = Connection;
	type Addr = SocketAddr;

	async fn accept(&mut self) -> (Connection, SocketAddr) {
		let (stream, address) = Listener::accept(&mut self.listener).await;
		let patience = self.patience;
		(Connection { stream, patience, waits: false, until: Box::pin(sleep(patience)) }, address)
	}

	fn local_addr(&self) -> io::Result<SocketAddr> {
		self.listener.local_addr()
	}
}

/// A connection to a reader.
pub struct Connection {
	stream: TcpStream,
	patience: Duration,
	/// Whether something is to be written that the reader has no room for.
	waits: bool,
	until: Pin<Box<Sleep>>,
}

impl Connection {
	/// What became of a write, or that the reader took nothing for too long.
	fn judged(
		&mut self,
		context: &mut Context<'_>,
		written: Poll<io::Result<usize>>,
	) -> Poll<io::Result<usize>> {
		if written.is_ready() {
			self.waits = false;
			return written;
		}
		if !std::mem::replace(&mut self.waits, true) {
			self.until.as_mut().reset(Instant::now() + self.patience);
		}
		ready!(self.until.as_mut().poll(context));
		Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "the reader takes nothing")))
	}
}

impl AsyncRead for Connection {
	fn poll_read(
		mut self: Pin<&mut Self>,
		context: &mut Context<'_>,
		buffer: &mut ReadBuf<'_>,
	) -> Poll<io::Result<()>> {
		Pin::new(&mut self.stream).poll_read(context, buffer)
	}
}

impl AsyncWrite for Connection {
	fn poll_write(
		mut self: Pin<&mut Self>,
		context: &mut Context<'_>,
		bytes: &[u8],
	) -> Poll<io::Result<usize>> {
		let written = Pin::new(&mut self.stream).poll_write(context, bytes);
		self.judged(context, written)
	}

	fn poll_write_vectored(
		mut self: Pin<&mut Self>,
		context: &mut Context<'_>,
		parts: &[io::IoSlice<'_>],
	) -> Poll<io::Result<usize>> {
		let written = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
		self.judged(context, written)
	}

	fn is_write_vectored(&self) -> bool {
		self.stream.is_write_vectored()
	}

	fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
		Pin::new(&mut self.stream).poll_flush(context)
	}

	fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
		Pin::new(&mut self.stream).poll_shutdown(context)
	}
}
