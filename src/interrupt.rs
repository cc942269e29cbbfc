//! Interrupts (`^C`) that don't break off a command: files that are being written are finished or taken back first.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::runtime::{Builder, Runtime};

/// Exit code of a process that was interrupted: 128 and the number of the signal (POSIX.1-2024, Shell §2.8.2).
pub(crate) const EXIT: u8 = 130;

#[cfg(unix)]
type Interrupts = tokio::signal::unix::Signal;
#[cfg(windows)]
type Interrupts = tokio::signal::windows::CtrlC;

/// From now on an interrupt doesn't end the process; `handle` is called instead, on a thread of its own. If the system
/// doesn't report interrupts nothing changes.
pub(crate) fn on(mut handle: impl FnMut() + Send + 'static) {
    let Ok((runtime, mut interrupts)) = listen() else { return };
    std::thread::spawn(move || {
        while runtime.block_on(interrupts.recv()).is_some() {
            handle();
        }
    });
}

/// A flag that the next interrupt sets, so that a command can stop between two files. A second interrupt ends the process.
pub(crate) fn flag() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let handled = Arc::clone(&flag);
    on(move || {
        if handled.swap(true, Ordering::SeqCst) {
            std::process::exit(EXIT.into());
        }
    });
    flag
}

/// Begins to listen at once: no interrupt is missed between this call and the first wait.
fn listen() -> io::Result<(Runtime, Interrupts)> {
    has_room()?;
    let runtime = Builder::new_current_thread().enable_io().build()?;
    let entered = runtime.enter();
    #[cfg(unix)]
    let interrupts = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())?;
    #[cfg(windows)]
    let interrupts = tokio::signal::windows::ctrl_c()?;
    drop(entered);
    Ok((runtime, interrupts))
}

/// Makes sure that the system gives the open files with which tokio listens to signals: it panics if it gets none.
///
/// # Errors
/// When the system doesn't.
pub(crate) fn has_room() -> io::Result<()> {
    #[cfg(unix)]
    (0..4).map(|_| std::os::unix::net::UnixStream::pair()).collect::<io::Result<Vec<_>>>()?;
    Ok(())
}

/// Waits until the process is interrupted (`^C`).
///
/// # Errors
/// When the system doesn't report it.
pub(crate) fn wait() -> io::Result<()> {
    has_room()?;
    Builder::new_current_thread().enable_io().build()?.block_on(tokio::signal::ctrl_c())
}
