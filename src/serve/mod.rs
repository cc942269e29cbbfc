//! The site while it is being written: each page is made when it is asked for, from the same [`Edition`] that a build
//! publishes. Files are watched; the browser reloads by itself.
//!
//! While the content has errors the last edition without errors stays reachable, and every page shows the problems, those
//! of its own file first. The [desk](DESK) shows a page as a computer and as a phone do, and follows each save.

mod hosts;
mod patience;
mod preview;

use hosts::AllowedHosts;
use patience::{IDLE, Patient, RequestCompleted};
use preview::Problems;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::uri::Authority;
use axum::http::{HeaderValue, Method, Request, Response, StatusCode, header};
use axum::middleware::Next;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use camino::Utf8Path;
use futures_util::Stream;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::watch as signal;

use crate::diagnostic::Messages;
use crate::model::BaseUrl;
use crate::output::{MakeError, OutputPath};
use crate::source::{ChangedPaths, SourceError, SourceFile, SourceTree};
use crate::watch::Changes;
use crate::{Edition, Options, Session};

/// Address of the stream of changes for browsers; the program's own, below no page.
const CHANGES: &str = "/__vetro/changes";

/// Address of the desk, where editors see the page of the file that was saved last.
pub(crate) const DESK: &str = "/__vetro/";

/// An edition with the files that it was made of.
struct ServedEdition {
    tree: SourceTree,
    edition: Edition,
}

/// State that requests are answered from: the last edition without errors (as long as there has been none, the last one
/// that could be made), the problems of the current files, and the file that was saved last.
#[derive(Clone, Default)]
struct Shown {
    edition: Option<Arc<ServedEdition>>,
    problems: Option<Arc<Problems>>,
    saved: Option<Arc<str>>,
}

struct Server {
    hosts: AllowedHosts,
    options: Options,
    messages: Messages,
    shown: RwLock<Shown>,
    changes: signal::Sender<u64>,
}

/// Serves the site in `root` on `address` until the process is interrupted; `ready` is called with the address, which has a
/// free port if `address` has port 0. Nothing but the site's files can be reached, and only by the address, by `localhost`
/// on this machine, and by the names that are `allowed` beside them.
///
/// # Errors
/// When the folder can't be read or watched, or the address can't be used.
pub(crate) fn run(
    root: &Utf8Path,
    address: SocketAddr,
    allowed: &[String],
    mut options: Options,
    messages: Messages,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    crate::interrupt::has_room()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let address_error = |source| ServeError::Address { address, source };
        let listener = TcpListener::bind(address).await.map_err(address_error)?;
        let address = listener.local_addr().map_err(address_error)?;
        // Pages for wrong addresses, and feeds, name the server's own address, not the one that is published.
        options.base = Some(BaseUrl::new(&format!("http://{address}"), "/"));
        let server = Arc::new(Server {
            hosts: AllowedHosts::of(address.ip(), allowed),
            options,
            messages,
            shown: RwLock::default(),
            changes: signal::Sender::new(0),
        });
        let mut session = Session::new(root);
        let (files, read) = rayon::join(|| Changes::new(root), || server.read(&mut session, None));
        let mut files = files?;
        read?;
        let watched = Arc::clone(&server);
        std::thread::spawn(move || {
            // Of a write after the first read and before the folder was watched there is no notice: the first pass checks
            // all.
            let mut changed = None;
            loop {
                // A folder that can't be read in this moment will have changed again in the next.
                let _ = watched.read(&mut session, changed.as_ref());
                changed = files.wait();
            }
        });
        ready(address);
        let app = Router::new()
            .route(CHANGES, get(changes))
            .fallback(answer)
            .layer(axum::middleware::from_fn_with_state(Arc::clone(&server), check_host))
            .with_state(Arc::clone(&server));
        tokio::select! {
            () = accept(&listener, &app) => Ok(()),
            // An open stream of changes must not keep the process alive.
            interrupted = tokio::signal::ctrl_c() => Ok(interrupted?),
        }
    })
}

/// Answers each connection, for ever.
async fn accept(listener: &TcpListener, app: &Router) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Too many are open: some will be closed.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let completed = RequestCompleted::default();
        let io = TokioIo::new(Patient::new(stream, completed.clone()));
        let service = TowerToHyperService::new(app.clone());
        let answer = service_fn(move |request| {
            completed.set();
            service.call(request)
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(IDLE)
            .serve_connection(io, answer);
        // A connection that fails is the browser's to open again.
        tokio::spawn(async move { drop(connection.await) });
    }
}

/// Refuses a request for another host: a page of a stranger could have its own name lead to this machine, and read drafts.
async fn check_host(State(server): State<Arc<Server>>, request: Request<Body>, next: Next) -> Response<Body> {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let named = request.uri().authority().map(Authority::as_str).or(host).unwrap_or_default();
    if server.hosts.has(named) && host.is_none_or(|host| server.hosts.has(host)) {
        return next.run(request).await;
    }
    plain(StatusCode::MISDIRECTED_REQUEST, &server.messages.ui("preview.other_name", &[("name", named.into())]))
}

/// Why a site can't be served.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ServeError {
    /// The sources can't be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The system doesn't report changes.
    #[error(transparent)]
    Watch(#[from] notify::Error),
    /// The address can't be used.
    #[error("{address}: {source}")]
    Address {
        /// The address.
        address: SocketAddr,
        /// Error of the system.
        source: io::Error,
    },
    /// The system refuses something that a server needs.
    #[error(transparent)]
    System(#[from] io::Error),
}

impl Server {
    fn shown(&self) -> Shown {
        self.shown.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Makes an edition of the files if some of them, which are among `changed`, have changed since the last one.
    fn read(&self, session: &mut Session, changed: Option<&ChangedPaths>) -> Result<(), SourceError> {
        let previous = session.tree().clone();
        let is_first = previous.files().next().is_none();
        let edited = session.edition_if_changed(&self.options, changed)?;
        let Some((tree, edition, report)) = edited else { return Ok(()) };
        let has_errors = report.errors() > 0;
        let problems = Problems::of(&tree, report, &self.messages).map(Arc::new);
        let Shown { edition: last, saved, .. } = self.shown();
        let saved = if is_first { None } else { first_changed(&previous, &tree).or(saved) };
        let edition = match (last, edition) {
            (Some(last), _) if has_errors => Some(last),
            (_, edition) => edition.map(|edition| Arc::new(ServedEdition { tree, edition })),
        };
        let shown = Shown { edition, problems, saved };
        let last = std::mem::replace(&mut *self.shown.write().unwrap_or_else(PoisonError::into_inner), shown);
        self.changes.send_modify(|version| *version += 1);
        // Freeing a large site takes a while, for which no request should wait.
        drop(last);
        Ok(())
    }
}

/// The first file of a tree that differs from that of an earlier tree.
fn first_changed(previous: &SourceTree, tree: &SourceTree) -> Option<Arc<str>> {
    let mut previous = previous.files().map(|(_, file)| file).peekable();
    let is_changed = |file: &&SourceFile| {
        while previous.next_if(|previous| previous.path < file.path).is_some() {}
        previous
            .next_if(|previous| previous.path == file.path)
            .is_none_or(|previous| previous != *file)
    };
    tree.files().map(|(_, file)| file).find(is_changed).map(|file| file.path.clone())
}

async fn changes(State(server): State<Arc<Server>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut receiver = server.changes.subscribe();
    receiver.mark_unchanged();
    let stream = futures_util::stream::unfold(receiver, |mut receiver| async move {
        receiver.changed().await.ok()?;
        Some((Ok(Event::default().data("reload")), receiver))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

async fn answer(State(server): State<Arc<Server>>, request: Request<Body>) -> Response<Body> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut refusal = plain(StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD");
        // RFC 9110 §15.5.6 requires the allowed methods.
        refusal.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET,HEAD"));
        return refusal;
    }
    let path = request.uri().path().to_owned();
    if let Some(part) = path.strip_prefix(DESK) {
        return desk(&server, part, request.uri().query().unwrap_or_default());
    }
    // The desk itself shows the problems (Fetch Metadata, `Sec-Fetch-Dest`).
    let framed = request.headers().get("sec-fetch-dest").is_some_and(|kind| kind == "iframe");
    // Making a page takes a while and has no `await`: it mustn't hold up other requests.
    let made = tokio::task::spawn_blocking(move || respond(&server, &path, framed)).await;
    made.unwrap_or_else(|error| plain(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()))
}

/// Answers a request of the desk: for the desk itself, the page that was saved last, or the problems.
fn desk(server: &Server, part: &str, query: &str) -> Response<Body> {
    let html = |text: String| response(StatusCode::OK, "text/html; charset=utf-8".to_owned(), text.into_bytes());
    let Shown { edition, problems, saved } = server.shown();
    let site = edition.as_ref().map(|served| &served.edition.site);
    match part {
        "" => html(preview::desk(&server.messages)),
        "saved" => {
            let page = site.zip(saved).and_then(|(site, saved)| preview::page_of(site, &saved));
            let address = site.zip(page).map(|(site, page)| format!("/{}", site.address(page)));
            plain(StatusCode::OK, &address.unwrap_or_default())
        }
        "problems" => {
            let path = percent_encoding::percent_decode_str(query).decode_utf8_lossy();
            let route = site.and_then(|site| site.find(path.trim_start_matches('/'))).map(|page| page.route);
            let own = site.zip(route).map_or_else(Vec::new, |(site, route)| preview::files_of(site, route));
            html(problems.map_or_else(String::new, |problems| problems.html(&own, &server.messages)))
        }
        _ => plain(StatusCode::NOT_FOUND, "404"),
    }
}

fn respond(server: &Server, path: &str, framed: bool) -> Response<Body> {
    let Ok(path) = percent_encoding::percent_decode_str(path.trim_start_matches('/')).decode_utf8() else {
        return plain(StatusCode::BAD_REQUEST, &server.messages.ui("address_not_text", &[]));
    };
    let shown = server.shown();
    let problems = shown.problems.filter(|_| !framed);
    let panel = |own: &[Arc<str>]| {
        let html = problems.as_ref().map(|problems| problems.html(own, &server.messages));
        html.unwrap_or_default()
    };
    let Some(served) = shown.edition else { return page(StatusCode::OK, Vec::new(), &panel(&[])) };
    let mut bytes = Vec::new();
    let site = &served.edition.site;
    if let Some(found) = site.find(&path) {
        let address = site.address(found);
        if !path.is_empty() && path == address.trim_end_matches('/') && path != address {
            return redirect(&format!("/{address}"));
        }
        return match served.edition.page(found).map(|file| file.make(&mut bytes)) {
            Ok(Ok(())) => {
                let draft = preview::draft_html(site, found.route, &server.messages);
                page(StatusCode::OK, bytes, &(draft + &panel(&preview::files_of(site, found.route))))
            }
            Ok(Err(error)) => failed(server, &served, error),
            Err(error) => unmade(server, &path, &error),
        };
    }
    // A path that is none of the site (`..`, an absolute one) is no file of it either.
    let folder = format!("{}/index.html", path.trim_end_matches('/'));
    let wanted = [&*path, &folder].map(OutputPath::parse).into_iter().filter_map(Result::ok);
    let mut found = wanted.filter_map(|wanted| Some((served.edition.file(&served.tree, &wanted)?, wanted)));
    if let Some((file, path)) = found.next() {
        let path = path.as_ref();
        return match file.make(&mut bytes) {
            Ok(()) => response(StatusCode::OK, content_type(path), bytes),
            Err(error) => failed(server, &served, error),
        };
    }
    match served.edition.not_found().map(|file| file.make(&mut bytes)) {
        Ok(Ok(())) => page(StatusCode::NOT_FOUND, bytes, &panel(&[])),
        Ok(Err(error)) => failed(server, &served, error),
        _ => plain(StatusCode::NOT_FOUND, "404"),
    }
}

/// The media type of a file by its name (RFC 6838), with the encoding of texts.
fn content_type(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    let kind = match name {
        "feed.xml" => "application/rss+xml".to_owned(),
        "atom.xml" => "application/atom+xml".to_owned(),
        _ => mime_guess::from_path(path).first_or_octet_stream().essence_str().to_owned(),
    };
    let text = kind.starts_with("text/") || kind.ends_with("xml") || kind.ends_with("json");
    if text { format!("{kind}; charset=utf-8") } else { kind }
}

/// A page with a panel above it, and with the script that reloads it.
fn page(status: StatusCode, mut html: Vec<u8>, panel: &str) -> Response<Body> {
    html.extend_from_slice(panel.as_bytes());
    let script = format!("<script>new EventSource('{CHANGES}').onmessage=()=>location.reload()</script>");
    html.extend_from_slice(script.as_bytes());
    response(status, "text/html; charset=utf-8".to_owned(), html)
}

fn response(status: StatusCode, content_type: String, body: Vec<u8>) -> Response<Body> {
    let builder = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, content_type)
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    builder.body(Body::from(body)).unwrap_or_default()
}

fn redirect(to: &str) -> Response<Body> {
    let builder = Response::builder().status(StatusCode::TEMPORARY_REDIRECT).header(header::LOCATION, to);
    builder.body(Body::empty()).unwrap_or_default()
}

fn plain(status: StatusCode, words: &str) -> Response<Body> {
    response(status, "text/plain; charset=utf-8".to_owned(), words.as_bytes().to_vec())
}

/// Answer in place of a file that can't be made: the problem of its template, else the error of the system.
fn failed(server: &Server, served: &ServedEdition, error: MakeError) -> Response<Body> {
    let failed = [error];
    let report = served.edition.template_problems(&failed);
    match report.and_then(|report| Problems::of(&served.tree, report, &server.messages)) {
        Some(problems) => page(StatusCode::INTERNAL_SERVER_ERROR, Vec::new(), &problems.html(&[], &server.messages)),
        None => unmade(server, failed[0].path.as_ref(), &*failed[0].source),
    }
}

fn unmade(server: &Server, path: &str, error: &dyn std::error::Error) -> Response<Body> {
    let file = format!("\n  {path}: {error}");
    let words = server.messages.ui("failure.make", &[("n", 1_usize.into()), ("files", (&file).into())]);
    plain(StatusCode::INTERNAL_SERVER_ERROR, &words)
}
