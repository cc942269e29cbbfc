//! How long whoever writes a large site waits to see what was saved: `vetro serve`, a sheet that is written anew, and a
//! browser that asks for its page until it shows that; the median and the longest time from before the sheet is written.

#![expect(clippy::disallowed_methods, reason = "the benchmark writes sheets")]

#[expect(dead_code, reason = "the comparison with other generators uses the rest")]
mod corpus;
mod large;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use corpus::Size;
use large::{SIZE, Site};
use wait4::Wait4;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// What a sheet says after an edit that brings a word.
type Change<'t> = &'t dyn Fn(&str) -> String;

/// How often each edit is made.
const ROUNDS: usize = 20;

/// How long an editor thinks between two edits, and a browser waits before it asks again.
const THOUGHT: Duration = Duration::from_millis(500);
const PATIENCE: Duration = Duration::from_millis(3);

fn main() -> Result<()> {
    let Some(site) = Site::wanted()? else { return Ok(()) };
    let Site { root, sheet, .. } = &site;
    let text = fs::read_to_string(root.join(sheet))?;
    let name = sheet.trim_start_matches("content/objectives/").trim_end_matches(".md");
    let address = format!("/{}/", name.to_lowercase());
    let mut first = Vec::new();
    for start in ["nothing known yet", "started again"] {
        // What was written a moment ago isn't trusted to stand.
        sleep(Duration::from_secs(3));
        let started = Instant::now();
        let server = Server::start(root)?;
        server.wait_for(&address, "</html>")?;
        first.push(format!("{:.2} s ({start})", started.elapsed().as_secs_f64()));
        // The page is looked at for a moment, in which is kept what was read.
        sleep(THOUGHT);
    }
    let server = Server::start(root)?;
    server.wait_for(&address, "</html>")?;
    let Size { objectives, projects } = SIZE;
    println!("{objectives} objectives and {projects} projects, first page after {}\n", first.join(", "));
    println!("| {:<24} | median, ms | longest, ms |", "edit");
    println!("| {:-<24} | ---------: | ----------: |", "");
    let edits: [(&str, Change<'_>); 3] = [
        ("a sentence in the text", &|word| format!("{text}\n{word}.\n")),
        ("a target", &|word| text.replacen("target: ", &format!("target: \"{word}\" #"), 1)),
        ("a title", &|word| text.replacen("title: ", &format!("title: {word} "), 1)),
    ];
    for (edit, change) in edits {
        let mut times = Vec::with_capacity(ROUNDS);
        for round in 0..ROUNDS {
            sleep(THOUGHT);
            let word = format!("parola{round}di{}", edit.len());
            let changed = change(&word);
            let saved = Instant::now();
            fs::write(root.join(sheet), changed)?;
            server.wait_for(&address, &word)?;
            times.push(saved.elapsed());
        }
        times.sort_unstable();
        let ms = |at: usize| times[at].as_secs_f64() * 1000.0;
        println!("| {edit:<24} | {:10.1} | {:11.1} |", ms(times.len() / 2), ms(times.len() - 1));
    }
    println!("\n{} MiB at most", server.stop()? / (1 << 20));
    Ok(())
}

struct Server {
    child: Option<Child>,
    host: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Server {
    fn start(root: &Path) -> Result<Self> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_vetro"))
            .args(["serve", "--port", "0", "--root"])
            .arg(root)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut told = String::new();
        BufReader::new(child.stdout.take().ok_or("it is piped")?).read_line(&mut told)?;
        let host = told.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        Ok(Self { child: Some(child), host })
    }

    /// Asks for a page until it holds a word.
    fn wait_for(&self, address: &str, word: &str) -> Result<()> {
        while !self.get(address)?.contains(word) {
            sleep(PATIENCE);
        }
        Ok(())
    }

    fn get(&self, address: &str) -> Result<String> {
        let mut stream = TcpStream::connect(&self.host)?;
        write!(stream, "GET {address} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.host)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    /// Ends it; gives the most memory that it took, in bytes.
    fn stop(mut self) -> Result<u64> {
        let mut child = self.child.take().ok_or("it runs")?;
        child.kill()?;
        Ok(child.wait4()?.rusage.maxrss)
    }
}
