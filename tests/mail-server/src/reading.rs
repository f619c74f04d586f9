//! How a message is read.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::Taken;

impl Taken {
    /// A header, its encoded words read (RFC 2047).
    pub fn header(&self, name: &str) -> String {
        let head = self.message.split("\n\n").next().unwrap_or_default().replace("\n ", " ");
        let prefix = format!("{name}: ");
        let value = head.lines().find_map(|line| line.strip_prefix(&prefix)).unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        let mut after_encoded = false;
        for (rank, word) in value.split(' ').enumerate() {
            let encoded = word.strip_prefix("=?utf-8?b?").and_then(|word| word.strip_suffix("?="));
            // The blank between two encoded words is only there to fold the line.
            if rank > 0 && !(after_encoded && encoded.is_some()) {
                bytes.push(b' ');
            }
            match encoded {
                Some(encoded) => bytes.extend(BASE64_STANDARD.decode(encoded).unwrap()),
                None => bytes.extend_from_slice(word.as_bytes()),
            }
            after_encoded = encoded.is_some();
        }
        String::from_utf8(bytes).unwrap()
    }

    /// The text of a message: its first part, quoted-printable read (RFC 2045).
    pub fn text(&self) -> String {
        let part = self.message.split("Content-Type: text/plain; charset=utf-8").nth(1).expect("a text part");
        let (head, body) = part.split_once("\n\n").unwrap();
        let body = body.split("\n--").next().unwrap_or_default();
        if head.contains("base64") {
            return String::from_utf8(BASE64_STANDARD.decode(body.replace('\n', "")).unwrap()).unwrap();
        }
        assert!(head.contains("quoted-printable"), "{head}");
        let joined = body.replace("=\n", "");
        let mut bytes = Vec::new();
        let mut rest = joined.as_str();
        while let Some((before, after)) = rest.split_once('=') {
            bytes.extend_from_slice(before.as_bytes());
            bytes.push(u8::from_str_radix(&after[..2], 16).unwrap());
            rest = &after[2..];
        }
        bytes.extend_from_slice(rest.as_bytes());
        String::from_utf8(bytes).unwrap()
    }
}
