//! Rows on their way to Postgres, in the text format of COPY: a buffer for each table.

use std::io::Write as _;

use chrono::{DateTime, NaiveDate, Utc};
use iae_app::Tx;
use serde_json::Value;
use uuid::Uuid;

/// A value of a row.
pub trait Field {
    /// Writes it as COPY reads it.
    fn write(&self, out: &mut Vec<u8>);
}

/// Rows of one table.
#[derive(Debug)]
pub struct Rows {
    table: &'static str,
    columns: &'static str,
    buffer: Vec<u8>,
    written: u64,
}

impl Rows {
    /// No row yet.
    pub const fn of(table: &'static str, columns: &'static str) -> Self {
        Self { table, columns, buffer: Vec::new(), written: 0 }
    }

    /// Adds a row, its values in the order of the columns.
    pub fn push(&mut self, values: &[&dyn Field]) {
        for (place, value) in values.iter().enumerate() {
            if place > 0 {
                self.buffer.push(b'\t');
            }
            value.write(&mut self.buffer);
        }
        self.buffer.push(b'\n');
        self.written += 1;
    }

    /// The rows that wait.
    pub fn bytes(&self) -> &[u8] {
        &self.buffer
    }

    /// How many rows were added since the beginning.
    pub const fn written(&self) -> u64 {
        self.written
    }

    /// Sends the rows that wait.
    pub async fn flush(&mut self, tx: &mut Tx) -> sqlx::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let statement = format!("COPY {} ({}) FROM STDIN", self.table, self.columns);
        let mut copy = tx.copy_in_raw(&statement).await?;
        copy.send(self.buffer.as_slice()).await?;
        copy.finish().await?;
        self.buffer.clear();
        Ok(())
    }
}

fn escape(text: &str, out: &mut Vec<u8>) {
    for byte in text.bytes() {
        match byte {
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            other => out.push(other),
        }
    }
}

impl Field for str {
    fn write(&self, out: &mut Vec<u8>) {
        escape(self, out);
    }
}

impl<T: Field + ?Sized> Field for &T {
    fn write(&self, out: &mut Vec<u8>) {
        (*self).write(out);
    }
}

impl Field for String {
    fn write(&self, out: &mut Vec<u8>) {
        escape(self, out);
    }
}

impl<T: Field> Field for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Some(value) => value.write(out),
            None => out.extend_from_slice(b"\\N"),
        }
    }
}

impl Field for bool {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(if *self { b't' } else { b'f' });
    }
}

/// An array of texts without quotes, commas nor braces: codes and post codes.
impl Field for Vec<&str> {
    fn write(&self, out: &mut Vec<u8>) {
        escape(&format!("{{{}}}", self.join(",")), out);
    }
}

impl Field for Value {
    fn write(&self, out: &mut Vec<u8>) {
        escape(&self.to_string(), out);
    }
}

macro_rules! displayed {
    ($($kind:ty),+) => { $(
        impl Field for $kind {
            fn write(&self, out: &mut Vec<u8>) {
                // Writing to memory cannot fail.
                write!(out, "{self}").ok();
            }
        }
    )+ };
}

displayed! { Uuid, NaiveDate, i64, i32, u32, f64 }

impl Field for DateTime<Utc> {
    fn write(&self, out: &mut Vec<u8>) {
        write!(out, "{}", self.format("%Y-%m-%dT%H:%M:%S%.6fZ")).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_characters_do_not_break_a_row() {
        let mut rows = Rows::of("t", "a, b, c");
        rows.push(&[&"une\ttabulation, un \\ et\nune ligne", &None::<String>, &vec!["57000", "57050"]]);
        let expected = "une\\ttabulation, un \\\\ et\\nune ligne\t\\N\t{57000,57050}\n";
        assert_eq!(String::from_utf8_lossy(rows.bytes()), expected);
    }
}
