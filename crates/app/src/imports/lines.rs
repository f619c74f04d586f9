//! Line ends of a file, whatever wrote it.

use std::io::{Read, Result};

/// A file whose every line ends with `\n`: `\r\n` and the `\r` of old spreadsheets count as one end each, so that lines
/// are counted where an editor counts them.
pub(super) struct Lines<R> {
    source: R,
    /// The byte before was a `\r`: a `\n` belongs to it.
    after_return: bool,
}

impl<R> Lines<R> {
    pub(super) const fn of(source: R) -> Self {
        Self { source, after_return: false }
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        loop {
            let read = self.source.read(buffer)?;
            let mut kept = 0;
            for index in 0..read {
                let byte = buffer[index];
                if !(byte == b'\n' && self.after_return) {
                    buffer[kept] = if byte == b'\r' { b'\n' } else { byte };
                    kept += 1;
                }
                self.after_return = byte == b'\r';
            }
            // Nothing read is the end; nothing kept is not.
            if kept > 0 || read == 0 {
                return Ok(kept);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_is_one_wherever_the_file_is_cut() {
        struct ByteByByte<'a>(&'a [u8]);
        impl Read for ByteByByte<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
                let most = buffer.len().min(1);
                self.0.read(&mut buffer[..most])
            }
        }
        for (file, expected) in
            [("a\r\nb\rc\n\r\nd\r\r", "a\nb\nc\n\nd\n\n"), ("", ""), ("a", "a"), ("\r\n", "\n"), ("\r", "\n")]
        {
            let (mut whole, mut cut) = (String::new(), String::new());
            Lines::of(file.as_bytes()).read_to_string(&mut whole).unwrap();
            Lines::of(ByteByByte(file.as_bytes())).read_to_string(&mut cut).unwrap();
            assert_eq!((whole.as_str(), cut.as_str()), (expected, expected), "{file:?}");
        }
    }
}
