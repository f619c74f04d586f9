//! Lines pasted from a spreadsheet: last name, first name, address, parted by tabs, semicolons or commas.

use super::Invited;
use crate::text::{Email, Name, NameRefused};

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineMistake {
    /// It does not have three cells.
    NotThree,
    /// The first cell is no last name.
    LastName,
    /// The first cell is longer than a name.
    LastNameTooLong,
    /// The second cell is no first name.
    FirstName,
    /// The second cell is longer than a name.
    FirstNameTooLong,
    /// The third cell is no address.
    Email,
}

/// The lines that say something, each with its number as it was pasted, from one: somebody to invite, or what is wrong. A line
/// of titles on top is left out.
pub fn read_lines(text: &str) -> Vec<(usize, Result<Invited, LineMistake>)> {
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !cells(line).iter().all(|cell| cell.is_empty()));
    let mut lines: Vec<(usize, &str)> = lines.collect();
    if lines.len() > 1 && lines.first().is_some_and(|(_, line)| is_titles(line)) {
        lines.remove(0);
    }
    lines.into_iter().map(|(number, line)| (number, read_line(line))).collect()
}

fn read_line(line: &str) -> Result<Invited, LineMistake> {
    let cells = cells(line);
    // A spreadsheet hands empty columns over too.
    let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    let Some([last_name, first_name, email]) = cells.get(..filled) else { return Err(LineMistake::NotThree) };
    let name = |cell: &str, not_one: LineMistake, too_long: LineMistake| {
        Name::parse(cell).map_err(|refused| match refused {
            NameRefused::Blank | NameRefused::NotAName => not_one,
            NameRefused::TooLong => too_long,
        })
    };
    Ok(Invited {
        last_name: name(last_name, LineMistake::LastName, LineMistake::LastNameTooLong)?,
        first_name: name(first_name, LineMistake::FirstName, LineMistake::FirstNameTooLong)?,
        email: Email::parse(email).map_err(|_| LineMistake::Email)?,
    })
}

/// The cells of a line, by the first of these that it has: a tab, a semicolon, a comma.
fn cells(line: &str) -> Vec<&str> {
    let parted_by = ['\t', ';', ','].into_iter().find(|mark| line.contains(*mark));
    match parted_by {
        Some(mark) => line.split(mark).map(clean).collect(),
        None => vec![clean(line)],
    }
}

/// Quotes around a cell are those of the file, not of the name.
fn clean(cell: &str) -> &str {
    let cell = cell.trim();
    cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')).unwrap_or(cell).trim()
}

/// « Nom ; Prénom ; E-mail »: names columns, and holds no address.
fn is_titles(line: &str) -> bool {
    let line = crate::text::folded(line);
    let says = |word: &str| line.split_whitespace().any(|one| one == word);
    says("nom") && says("prenom")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(usize, Result<String, LineMistake>)> {
        let shown = |invited: Invited| {
            let Invited { email, first_name, last_name } = invited;
            format!("{} {} {email}", first_name.as_str(), last_name.as_str())
        };
        read_lines(text).into_iter().map(|(number, line)| (number, line.map(shown))).collect()
    }

    #[test]
    fn lines_of_a_spreadsheet_are_read_whatever_parts_their_cells() {
        let claire = || Ok("Claire Weber claire@ml.exemple.fr".to_owned());
        for pasted in [
            "Weber\tClaire\tclaire@ml.exemple.fr",
            "Weber;Claire;claire@ml.exemple.fr",
            "Weber, Claire , Claire@ML.exemple.fr",
            "\"Weber\";\"Claire\";\"claire@ml.exemple.fr\"",
            "Weber\tClaire\tclaire@ml.exemple.fr\t\t",
        ] {
            assert_eq!(read(pasted), [(1, claire())], "{pasted:?}");
        }
        let pasted = "Nom\tPrénom\tAdresse e-mail\r\nWeber\tClaire\tclaire@ml.exemple.fr\r\n\r\n";
        assert_eq!(
            read(pasted),
            [(2, claire())],
            "titles and blank lines aside, numbers are those of the text"
        );
    }

    #[test]
    fn what_is_wrong_is_said_of_its_line() {
        let pasted = "Weber;Claire\n;;\nWeber;Claire;claire\nWeber;C1aire;claire@ml.exemple.fr\n;Claire;claire@ml.exemple.fr\nclaire@ml.exemple.fr";
        let mistakes: Vec<_> =
            read(pasted).into_iter().map(|(number, line)| (number, line.unwrap_err())).collect();
        assert_eq!(
            mistakes,
            [
                (1, LineMistake::NotThree),
                (3, LineMistake::Email),
                (4, LineMistake::FirstName),
                (5, LineMistake::LastName),
                (6, LineMistake::NotThree),
            ]
        );
        assert!(read(" \n\t\n").is_empty());
        let long = "é".repeat(101);
        let pasted = format!("{long};Claire;claire@ml.exemple.fr\nWeber;{long};claire@ml.exemple.fr");
        let mistakes: Vec<_> = read(&pasted).into_iter().map(|(_, line)| line.unwrap_err()).collect();
        assert_eq!(mistakes, [LineMistake::LastNameTooLong, LineMistake::FirstNameTooLong]);
    }
}
