//! The messages of a client in a stream of bytes (Language Server Protocol 3.17, Base Protocol), also of one that makes
//! mistakes: a wrong `Content-Length` costs a message and not the session, and half a surrogate pair is a strange letter.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read, Write};

use lsp_server::{Connection, ErrorCode, Message, Request, Response};

/// The header with the length of a message.
const LENGTH: &[u8] = b"Content-Length:";

/// Maximum length of a message in bytes: far more than the text of any sheet.
const LONGEST: usize = 64 << 20;

/// A connection to the client that writes to `input` and reads from `output`.
pub(super) fn connect(input: impl Read + Send + 'static, mut output: impl Write + Send + 'static) -> Connection {
    let (connection, client) = Connection::memory();
    std::thread::spawn(move || {
        let mut frames = Frames::of(input);
        while let Ok(Some(message)) = frames.message() {
            let is_end = matches!(&message, Message::Notification(notification) if notification.method == "exit");
            if client.sender.send(message).is_err() || is_end {
                return;
            }
        }
    });
    std::thread::spawn(move || {
        for message in client.receiver {
            if message.write(&mut output).and_then(|()| output.flush()).is_err() {
                return;
            }
        }
    });
    connection
}

/// Sends a message. A client that no longer reads is noticed by the end of its own messages.
pub(super) fn send(connection: &Connection, message: Message) {
    let _ = connection.sender.send(message);
}

/// Answers a request with an error.
pub(super) fn refuse(connection: &Connection, request: Request, code: ErrorCode, words: &str) {
    send(connection, Response::new_err(request.id, code as i32, words.to_owned()).into());
}

/// The messages in a stream of bytes.
struct Frames<R> {
    from: io::BufReader<R>,
    /// Bytes that were taken for a message and aren't part of it; they come before the rest of the stream.
    back: VecDeque<u8>,
}

impl<R: Read> Frames<R> {
    fn of(from: R) -> Self {
        Self { from: io::BufReader::new(from), back: VecDeque::new() }
    }

    /// The next message that can be understood. Returns `None` at the end of the stream.
    fn message(&mut self) -> io::Result<Option<Message>> {
        while let Some(length) = self.header()? {
            let mut body = Vec::new();
            self.rest().take(length as u64).read_to_end(&mut body)?;
            if body.len() < length {
                return Ok(None);
            }
            if let Some(message) = self.parse(body) {
                return Ok(Some(message));
            }
        }
        Ok(None)
    }

    /// The length in the next header, after anything that is no header. Returns `None` at the end of the stream.
    fn header(&mut self) -> io::Result<Option<usize>> {
        let mut length = None;
        loop {
            let mut line = Vec::new();
            self.rest().take(LONGEST as u64).read_until(b'\n', &mut line)?;
            if line.is_empty() {
                return Ok(None);
            }
            if let Some(at) = line.windows(LENGTH.len()).rposition(|word| word.eq_ignore_ascii_case(LENGTH)) {
                let value = std::str::from_utf8(&line[at + LENGTH.len()..]).unwrap_or_default();
                length = value.trim().parse().ok().filter(|length| *length <= LONGEST);
            }
            if let (true, Some(length)) = (line.trim_ascii().is_empty(), length) {
                return Ok(Some(length));
            }
        }
    }

    /// The message that a body is or begins with. The rest of the body, or another header in it, is read again.
    fn parse(&mut self, body: Vec<u8>) -> Option<Message> {
        let body = without_lone_surrogates(body);
        let mut messages = serde_json::Deserializer::from_slice(&body).into_iter::<Message>();
        let message = messages.next().and_then(Result::ok);
        let end = if message.is_some() { messages.byte_offset() } else { 0 };
        // The next header may be cut where the body ends.
        let begins = |rest: &[u8]| {
            let length = rest.len().min(LENGTH.len());
            rest[..length].eq_ignore_ascii_case(&LENGTH[..length])
        };
        let next = (end..body.len()).find(|at| begins(&body[*at..]));
        body[next.unwrap_or(body.len())..]
            .iter()
            .rev()
            .for_each(|byte| self.back.push_front(*byte));
        message
    }

    fn rest(&mut self) -> Rest<'_, R> {
        Rest { back: &mut self.back, from: &mut self.from }
    }
}

/// The bytes that were put back, then the stream.
struct Rest<'f, R> {
    back: &'f mut VecDeque<u8>,
    from: &'f mut io::BufReader<R>,
}

impl<R: Read> Read for Rest<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: Read> BufRead for Rest<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.back.is_empty() { self.from.fill_buf() } else { Ok(self.back.as_slices().0) }
    }

    fn consume(&mut self, amount: usize) {
        if self.back.is_empty() {
            self.from.consume(amount);
        } else {
            self.back.drain(..amount);
        }
    }
}

/// JSON in which half a surrogate pair (`\ud800`), which is no character (RFC 8259, §8.2), is U+FFFD.
fn without_lone_surrogates(mut json: Vec<u8>) -> Vec<u8> {
    let unit = |at: usize| -> Option<u32> {
        let digits = json.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let mut lone = Vec::new();
    let mut at = 0;
    while let Some(next) = json[at..].iter().position(|byte| *byte == b'\\') {
        let start = at + next;
        at = start + 2;
        match unit(start) {
            Some(0xd800..=0xdbff) if matches!(unit(start + 6), Some(0xdc00..=0xdfff)) => at = start + 12,
            Some(0xd800..=0xdfff) => lone.push(start),
            _ => {}
        }
        at = at.min(json.len());
    }
    lone.into_iter().for_each(|start| json[start..start + 6].copy_from_slice(b"\\ufffd"));
    json
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(length: usize, body: &str) -> String {
        format!("Content-Length: {length}\r\n\r\n{body}")
    }

    fn body(method: &str) -> String {
        format!("{{\"jsonrpc\":\"2.0\",\"method\":\"{method}\",\"params\":{{\"text\":\"a\"}}}}")
    }

    fn correct_frame(method: &str) -> String {
        frame(body(method).len(), &body(method))
    }

    fn methods(stream: &str) -> Vec<String> {
        let mut frames = Frames::of(stream.as_bytes());
        let mut methods = Vec::new();
        while let Ok(Some(message)) = frames.message() {
            let Message::Notification(notification) = message else { panic!("{message:?}") };
            methods.push(notification.method);
        }
        methods
    }

    #[test]
    fn a_wrong_length_costs_no_more_than_its_message() {
        let length = body("b").len();
        for wrong in [0, 1, length - 1, length + 1, length + 20] {
            let stream = correct_frame("a") + &frame(wrong, &body("b")) + &correct_frame("c") + &correct_frame("d");
            let methods = methods(&stream);
            assert!(methods.first().is_some_and(|first| first == "a"), "{wrong}: {methods:?}");
            assert!(methods.ends_with(&["c".to_owned(), "d".to_owned()]), "{wrong}: {methods:?}");
        }
        assert_eq!(methods(&(frame(length + 1, &body("b")) + &correct_frame("c"))), ["b", "c"]);
    }

    #[test]
    fn bytes_that_are_no_message_are_passed_over() {
        for noise in [
            "noise\n",
            "Content-Length: -5\r\n\r\n",
            "Content-Length: 99999999999999999999\r\n\r\n",
            "Content-Length: 4\r\n\r\nnull",
            "Content-Length: 3\r\n\r\n{{{",
            "Content-Type: x\r\n\r\n",
            "\r\n\r\n",
        ] {
            assert_eq!(methods(&(noise.to_owned() + &correct_frame("c"))), ["c"], "{noise:?}");
        }
        assert_eq!(methods(&correct_frame("a").replace("Content-Length", "content-length")), ["a"]);
        assert_eq!(methods(&correct_frame("a")[..40]), [""; 0]);
    }

    #[test]
    fn half_a_surrogate_pair_is_a_strange_letter() {
        for (text, read) in [
            (r"a\ud800b", "a\u{fffd}b"),
            (r"\udfff", "\u{fffd}"),
            (r"\ud83d\ude00", "😀"),
            (r"\ud83d\ud83d\ude00", "\u{fffd}😀"),
            (r"\\ud800", r"\ud800"),
            (r"\ud800\\", "\u{fffd}\\"),
        ] {
            let json = without_lone_surrogates(format!("\"{text}\"").into_bytes());
            assert_eq!(serde_json::from_slice::<String>(&json).expect("a text"), read, "{text}");
        }
    }
}
