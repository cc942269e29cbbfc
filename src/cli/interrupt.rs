//! What an interrupt (`^C`) doesn't break off: what is being written is finished or taken back first.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::runtime::{Builder, Runtime};

use crate::serve;

/// How a process ends that was interrupted: 128 and the number of the signal (POSIX.1-2024, Shell §2.8.2).
pub(super) const EXIT: u8 = 130;

#[cfg(unix)]
type Interrupts = tokio::signal::unix::Signal;
#[cfg(windows)]
type Interrupts = tokio::signal::windows::CtrlC;

/// From now on an interrupt doesn't end the process; `told` is called instead, on a thread of its own. Where the system
/// doesn't tell of interrupts all stays as it was.
pub(super) fn on(mut told: impl FnMut() + Send + 'static) {
    let Ok((runtime, mut interrupts)) = listen() else { return };
    std::thread::spawn(move || {
        while runtime.block_on(interrupts.recv()).is_some() {
            told();
        }
    });
}

/// From now on an interrupt is noted, for whoever writes files to leave off between two of them. A second one ends the
/// process.
pub(super) fn noted() -> Arc<AtomicBool> {
    let noted = Arc::new(AtomicBool::new(false));
    let note = Arc::clone(&noted);
    on(move || {
        if note.swap(true, Ordering::SeqCst) {
            std::process::exit(EXIT.into());
        }
    });
    noted
}

/// What tells of interrupts, at once: none is missed between this call and the first wait.
fn listen() -> io::Result<(Runtime, Interrupts)> {
    serve::has_room()?;
    let runtime = Builder::new_current_thread().enable_io().build()?;
    let entered = runtime.enter();
    #[cfg(unix)]
    let interrupts = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())?;
    #[cfg(windows)]
    let interrupts = tokio::signal::windows::ctrl_c()?;
    drop(entered);
    Ok((runtime, interrupts))
}
