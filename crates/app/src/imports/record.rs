//! The rows of a file, by column name.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Chain, Cursor, Read};

use csv::{ByteRecord, StringRecord, Terminator};

use iae_domain::text::typed;

use super::lines::Lines;
use super::{ImportError, Reason};

/// The first line, read to know what parts the values, then the rest.
type Source<R> = Chain<Cursor<Vec<u8>>, BufReader<Lines<R>>>;

/// A CSV file being read: commas or semicolons, UTF-8 with or without a byte-order mark, first line naming columns. A
/// spreadsheet leaves empty columns on the right of those that have a name: they count for nothing.
pub(super) struct Rows<R> {
    reader: csv::Reader<Source<R>>,
    columns: HashMap<String, usize>,
    /// How many values a row has.
    width: usize,
    buffer: ByteRecord,
}

impl<R: Read> Rows<R> {
    /// Reads the header.
    pub(super) fn open(source: R) -> Result<Self, ImportError> {
        let mut source = BufReader::new(Lines::of(source));
        // A pipe gives its first line piece by piece.
        let mut header = Vec::new();
        source.read_until(b'\n', &mut header).map_err(csv::Error::from)?;
        let delimiter = if header.contains(&b';') { b';' } else { b',' };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .terminator(Terminator::Any(b'\n'))
            .flexible(true)
            .from_reader(Cursor::new(header).chain(source));
        let names: Vec<String> =
            reader.headers()?.iter().map(|name| typed(name).trim().to_lowercase()).collect();
        let width = names.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
        let columns = names.into_iter().take(width).enumerate().map(|(i, name)| (name, i)).collect();
        Ok(Self { reader, columns, width, buffer: ByteRecord::new() })
    }

    /// Whether the file has a column of that name.
    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.contains_key(column)
    }

    /// Refuses a file without the columns of its kind.
    pub(super) fn expect(&self, columns: &[&'static str]) -> Result<(), ImportError> {
        let missing = columns.iter().find(|column| !self.has(column));
        missing.map_or(Ok(()), |missing| Err(ImportError::MissingColumn(missing)))
    }

    /// The next row with its line, none at the end of the file.
    pub(super) fn next(&mut self) -> Result<Option<Line<'_>>, ImportError> {
        loop {
            if !self.reader.read_byte_record(&mut self.buffer)? {
                return Ok(None);
            }
            if !self.buffer.iter().all(is_blank) {
                break;
            }
        }
        let number = self.buffer.position().map_or(0, csv::Position::line);
        let values = self.buffer.iter().rposition(|value| !is_blank(value)).map_or(0, |last| last + 1);
        let (expected, found) = (self.width, self.buffer.len().min(self.width.max(values)));
        let record = if expected == found {
            StringRecord::from_byte_record(self.buffer.clone())
                .map(|fields| Record { columns: &self.columns, fields: fields.iter().map(typed).collect() })
                .map_err(|_| Reason::Unreadable)
        } else {
            Err(Reason::ValueCount { expected, found })
        };
        Ok(Some(Line { number, record }))
    }
}

const fn is_blank(value: &[u8]) -> bool {
    value.trim_ascii().is_empty()
}

/// A line of the file.
pub(super) struct Line<'a> {
    /// Its number, the header being line 1.
    pub(super) number: u64,
    /// Its row, or why it cannot be read.
    pub(super) record: Result<Record<'a>, Reason>,
}

/// A row: values by column name, trimmed.
pub(super) struct Record<'a> {
    columns: &'a HashMap<String, usize>,
    fields: StringRecord,
}

impl Record<'_> {
    /// The value of a column, empty when the file does not have it.
    pub(super) fn get(&self, column: &str) -> &str {
        self.columns.get(column).and_then(|i| self.fields.get(*i)).unwrap_or_default().trim()
    }

    /// The value of a column that cannot be empty.
    pub(super) fn required(&self, column: &'static str) -> Result<&str, Reason> {
        match self.get(column) {
            "" => Err(Reason::Missing(column)),
            value => Ok(value),
        }
    }

    /// The value of a column, none when empty.
    pub(super) fn optional(&self, column: &str) -> Option<&str> {
        Some(self.get(column)).filter(|value| !value.is_empty())
    }

    /// The value of a column read as `T`, none when empty.
    pub(super) fn parsed<T: std::str::FromStr>(
        &self,
        column: &'static str,
        expected: &'static str,
    ) -> Result<Option<T>, Reason> {
        self.optional(column)
            .map(|value| value.parse().map_err(|_| Reason::invalid(column, value, expected)))
            .transpose()
    }

    /// Latitude and longitude, both or neither, finite and on Earth.
    pub(super) fn position(&self) -> Result<Option<(f64, f64)>, Reason> {
        let degrees = |column, limit: f64| {
            let value: Option<f64> = self.parsed(column, "un nombre de degrés est attendu")?;
            match value {
                Some(x) if !(x.is_finite() && x.abs() <= limit) => {
                    Err(Reason::invalid(column, self.get(column), "hors de la Terre"))
                }
                value => Ok(value),
            }
        };
        match (degrees("latitude", 90.0)?, degrees("longitude", 180.0)?) {
            (Some(latitude), Some(longitude)) => Ok(Some((latitude, longitude))),
            (None, None) => Ok(None),
            (Some(_), None) => Err(Reason::Missing("longitude")),
            (None, Some(_)) => Err(Reason::Missing("latitude")),
        }
    }
}

/// A row made of a header and a line, for the tests of parsers.
#[cfg(test)]
pub(super) fn parse_line<T>(
    header: &str,
    line: &str,
    parse: impl Fn(&Record<'_>) -> Result<T, Reason>,
) -> Result<T, Reason> {
    let file = format!("{header}\n{line}\n");
    let mut rows = Rows::open(file.as_bytes()).expect("a header");
    let line = rows.next().expect("readable").expect("one row");
    parse(&line.record?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_with_semicolons_a_mark_and_crlf_are_read_alike() {
        for file in [
            "a,b\n1, 2 \n",
            "\u{feff}a;b\r\n1;2\r\n\r\n",
            "a,b\r\n1,\"2\"\r\n",
            "A,\"b\"\n\"1\",2",
            "a,b\r1,2\r\r",
            "a,b,,\n1,2,,\n,,,\n",
            "a;b;;\r\n1;2\r\n",
            "a,b\n1,2,,\n",
            "\u{200b}a,b\n1,2\u{200b}\n",
        ] {
            let mut rows = Rows::open(file.as_bytes()).unwrap();
            let Line { number, record } = rows.next().unwrap().unwrap();
            let record = record.unwrap();
            assert_eq!(
                (number, record.get("a"), record.get("b"), record.get("c")),
                (2, "1", "2", ""),
                "{file:?}"
            );
            assert!(rows.next().unwrap().is_none(), "blank lines are no rows: {file:?}");
        }
    }

    #[test]
    fn the_first_line_says_what_parts_the_values_even_piece_by_piece() {
        let pipe = b"a;".chain(&b"b\r\n1;"[..]).chain(&b"2\n"[..]);
        let mut rows = Rows::open(pipe).unwrap();
        assert_eq!(rows.next().unwrap().unwrap().record.unwrap().get("b"), "2");
        let wide = format!("a,{}\n1,2\n", "b".repeat(20_000));
        assert!(Rows::open(wide.as_bytes()).unwrap().has("a"));
    }

    #[test]
    fn a_bad_line_does_not_stop_the_next_ones() {
        let file = b"a,b\n1\n\xff\xfe,2\n\"x\ny\",3\nz,4\n";
        let mut rows = Rows::open(&file[..]).unwrap();
        let mut seen = Vec::new();
        while let Some(Line { number, record }) = rows.next().unwrap() {
            seen.push((number, record.map(|record| record.get("b").to_owned())));
        }
        assert_eq!(
            seen,
            [
                (2, Err(Reason::ValueCount { expected: 2, found: 1 })),
                (3, Err(Reason::Unreadable)),
                (4, Ok("3".into())),
                (6, Ok("4".into())),
            ]
        );
    }

    #[test]
    fn a_position_is_whole_finite_and_on_earth() {
        fn read(record: &Record<'_>) -> Result<Option<(f64, f64)>, Reason> {
            record.position()
        }
        let position = |line| parse_line("name,latitude,longitude", &format!("Metz,{line}"), read);
        assert_eq!(position("48.1,7.2"), Ok(Some((48.1, 7.2))));
        assert_eq!(position(","), Ok(None));
        for wrong in ["48.1,", ",7.2", "NaN,7.2", "48.1,inf", "91,7", "48,181", "nord,7"] {
            assert!(position(wrong).is_err(), "{wrong}");
        }
    }
}
