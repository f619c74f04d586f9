//! A mail server for tests, over a real socket, and how what it took is read.

mod reading;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A message, as the server took it.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// Those it was to be brought to.
    pub recipients: Vec<String>,
    /// Headers, then body.
    pub message: String,
}

/// A mail server that keeps what it takes.
#[derive(Clone)]
pub struct MailServer {
    port: u16,
    taken: Arc<Mutex<Vec<Taken>>>,
}

impl MailServer {
    /// Starts it, on a port of its own of the loopback.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self { port: listener.local_addr().unwrap().port(), taken: Arc::default() };
        let taken = Arc::clone(&server.taken);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(take_messages(stream, Arc::clone(&taken)));
            }
        });
        server
    }

    /// Its address, as a mailer takes it.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// What it took.
    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap().clone()
    }

    /// What it took, once there are that many, or after five seconds; with what came a little later.
    pub async fn wait_for(&self, count: usize) -> Vec<Taken> {
        for _ in 0..100 {
            if self.taken.lock().unwrap().len() >= count {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        // What should not come had time to.
        tokio::time::sleep(Duration::from_millis(100)).await;
        self.taken()
    }
}

/// The server's side of RFC 5321: sender, recipients, then the message.
async fn take_messages(mut stream: TcpStream, taken: Arc<Mutex<Vec<Taken>>>) {
    let (reader, mut writer) = stream.split();
    let mut lines = BufReader::new(reader).lines();
    let (mut in_data, mut mail) = (false, Taken::default());
    writer.write_all(b"220 sink\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        let answer = if in_data && line == "." {
            in_data = false;
            taken.lock().unwrap().push(std::mem::take(&mut mail));
            "250 taken\r\n"
        } else if in_data {
            mail.message.push_str(line.strip_prefix('.').unwrap_or(&line));
            mail.message.push('\n');
            continue;
        } else if line == "DATA" {
            in_data = true;
            "354 go on\r\n"
        } else if line.starts_with("EHLO") {
            "250-sink\r\n250 8BITMIME\r\n"
        } else {
            let recipient = line.strip_prefix("RCPT TO:<").and_then(|rest| rest.split_once('>'));
            mail.recipients.extend(recipient.map(|(address, _)| address.to_owned()));
            "250 ok\r\n"
        };
        writer.write_all(answer.as_bytes()).await.unwrap();
    }
}
