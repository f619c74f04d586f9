//! Connections: taken while there is room, closed when they fall silent, left in peace while a request is answered.

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::Bounds;
use crate::places::Places;
use crate::requests::Requests;
use crate::running::Running;
use crate::stalled::Stalled;

/// How long to wait when the system cannot give one more connection.
const RESPITE: Duration = Duration::from_secs(1);

/// What an address with too many connections is told, before it asked anything; the headers of every answer follow.
const COME_BACK: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 10\r\nContent-Length: 0\r\nConnection: close\r\n";

pub(crate) async fn serve(
    listener: TcpListener,
    requests: Requests,
    bounds: Bounds,
    shutdown: impl Future<Output = ()>,
) {
    let room = Arc::new(Semaphore::new(bounds.connections));
    let of_one = bounds.connections_of_one.map(|most| Places::new(bounds.connections, most));
    let come_back = [COME_BACK, &requests.headers().lines(), b"\r\n"].concat();
    let (connections, stopping) = (Running::new(), CancellationToken::new());
    let mut http = http1::Builder::new();
    // The head of a request, from the first moment of the connection or from the end of the answer before.
    http.timer(TokioTimer::new()).header_read_timeout(bounds.silence);
    let mut shutdown = pin!(shutdown);
    loop {
        let (stream, peer, room) = tokio::select! {
            accepted = accept(&listener, &room) => accepted,
            () = &mut shutdown => break,
        };
        let place = of_one.as_ref().map(|places| places.try_take(peer.ip().into()));
        if let Some(None) = place {
            tracing::warn!("an address has too many connections");
            stream.try_write(&come_back).ok();
            continue;
        }
        stream.set_nodelay(true).ok();
        let requests = requests.clone();
        let service = service_fn(move |request| requests.clone().answer(request, peer));
        let connection = http.serve_connection(TokioIo::new(Stalled::new(stream, bounds.silence)), service);
        let (stopping, run) = (stopping.clone(), connections.begin());
        tokio::spawn(async move {
            let mut connection = pin!(connection);
            let ended = tokio::select! {
                ended = connection.as_mut() => ended,
                () = stopping.cancelled() => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection was given up");
            }
            drop((room, place, run));
        });
    }
    drop(listener);
    let ended = async {
        stopping.cancel();
        connections.ended().await;
        requests.ended().await;
    };
    if timeout(bounds.farewell, ended).await.is_err() {
        tracing::warn!(requests = requests.count(), "stopped before the end of what was begun");
    }
}

/// The next connection, once there is room for it.
async fn accept(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> (TcpStream, SocketAddr, Option<OwnedSemaphorePermit>) {
    // Never closed: a permit is always there in the end.
    let room = Arc::clone(room).acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (stream, peer, room),
            // Gone before it was taken.
            Err(error) if is_of_the_peer(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be taken");
                sleep(RESPITE).await;
            }
        }
    }
}

fn is_of_the_peer(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionRefused | ConnectionAborted | ConnectionReset)
}
