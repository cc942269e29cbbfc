//! One run of the program: how it ends, what it says, the time and memory that it takes; and how it is killed.

use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use wait4::Wait4;

/// How long a run may take before it counts as one that never ends.
const PATIENCE: Duration = Duration::from_secs(60);

/// The binary that is put to the test; `VETRO` names another.
pub(crate) fn binary() -> String {
    std::env::var("VETRO").unwrap_or_else(|_| env!("CARGO_BIN_EXE_vetro").to_owned())
}

/// How a run ended.
pub(crate) struct Ended {
    /// None where a signal ended it.
    pub(crate) code: Option<i32>,
    /// What it said on the standard error.
    pub(crate) said: String,
    pub(crate) hung: bool,
    pub(crate) time: Duration,
    /// The most bytes that were in memory.
    pub(crate) memory: u64,
}

/// The moment to kill a run: so long after something has happened, which is asked for again and again.
pub(crate) struct Kill<'a> {
    pub(crate) signal: &'static str,
    pub(crate) happened: Box<dyn FnMut() -> bool + Send + 'a>,
    pub(crate) after: Duration,
}

/// A shell that waits for a line and then sends a signal: it takes no time to start when the moment has come.
struct Killer(Child, Option<ChildStdin>);

impl Killer {
    fn of(process: u32, signal: &str) -> Self {
        let mut shell = Command::new("sh");
        shell.args(["-c", "read _ && kill -\"$0\" \"$1\"", signal, &process.to_string()]);
        let mut shell = shell.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().expect("there is a shell");
        let stdin = shell.stdin.take();
        Self(shell, stdin)
    }

    fn kill(&mut self) {
        if let Some(stdin) = &mut self.1 {
            let _ = stdin.write_all(b"\n");
        }
    }
}

impl Drop for Killer {
    fn drop(&mut self) {
        // Without a line it ends by itself.
        drop(self.1.take());
        let _ = self.0.wait();
    }
}

/// Runs a command to its end, which comes early where it is to be killed.
pub(crate) fn run(command: &mut Command, kill: Option<Kill<'_>>) -> Ended {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let began = Instant::now();
    let mut child = command.spawn().expect("the program starts");
    let mut last = Killer::of(child.id(), "KILL");
    let ended = AtomicBool::new(false);
    let (tell, told) = channel::<()>();
    let process = child.id();
    std::thread::scope(|threads| {
        let ended = &ended;
        if let Some(kill) = kill {
            let mut killer = Killer::of(process, kill.signal);
            threads.spawn(move || kill_when(kill, &mut killer, ended));
        }
        let watch = threads.spawn(move || {
            let hung = told.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout);
            if hung {
                last.kill();
            }
            hung
        });
        let mut said = Vec::new();
        let mut stderr = child.stderr.take().expect("it is piped");
        stderr.read_to_end(&mut said).expect("it can be read");
        // Until it is waited for, no other process has its number.
        while !has_ended(process) {
            std::thread::sleep(Duration::from_micros(200));
        }
        ended.store(true, Ordering::SeqCst);
        drop(tell);
        let hung = watch.join().expect("the watch doesn't fail");
        let used = child.wait4().expect("it has ended");
        Ended {
            code: used.status.code(),
            said: String::from_utf8_lossy(&said).into_owned(),
            hung,
            time: began.elapsed(),
            memory: used.rusage.maxrss,
        }
    })
}

fn kill_when(mut kill: Kill<'_>, killer: &mut Killer, ended: &AtomicBool) {
    while !(kill.happened)() {
        if ended.load(Ordering::SeqCst) {
            return;
        }
        std::thread::sleep(Duration::from_micros(50));
    }
    std::thread::sleep(kill.after);
    if !ended.load(Ordering::SeqCst) {
        killer.kill();
    }
}

/// Whether a process of ours has ended and waits to be asked for (`Z` in `proc(5)`); where the system doesn't tell, it is
/// taken to have ended with its output.
fn has_ended(process: u32) -> bool {
    let state = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    state.rsplit_once(')').is_none_or(|(_, rest)| rest.trim_start().starts_with(['Z', 'X']))
}
