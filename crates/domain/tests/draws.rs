//! The draws that `tests/draws/draw.py` did, in another language, done again by the platform.

use std::path::Path;

use iae_domain::control::{FrozenList, Line, Ratio};
use iae_domain::ids::{ApplicationId, OrganisationId};

/// What a file says under `word`, in its order.
fn said<'a>(file: &'a str, word: &str) -> Vec<&'a str> {
    file.lines()
        .filter_map(|line| line.split_once(' '))
        .filter(|(first, _)| *first == word)
        .map(|(_, rest)| rest)
        .collect()
}

#[test]
fn another_language_draws_the_same() {
    let line = |text: &str| {
        let parts: Vec<_> = text.split(';').collect();
        Line {
            company: OrganisationId(parts[0].parse().unwrap()),
            hire: ApplicationId(parts[1].parse().unwrap()),
            starts_on: parts[2].parse().unwrap(),
        }
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/draws");
    for name in ["one-siae", "a-tie", "many-hires"] {
        let file = std::fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap();
        let one = |word| said(&file, word)[0];
        let mut lines: Vec<_> = said(&file, "line").into_iter().map(line).collect();
        lines.reverse();
        let frozen = FrozenList::freeze(lines);
        assert_eq!(frozen.digest().to_string(), one("list"), "{name}");
        assert_eq!(frozen.seed(one("value")).to_string(), one("seed"), "{name}");
        let drawn: Vec<_> = frozen
            .draw(one("value"), Ratio::parse(one("ratio")).unwrap())
            .into_iter()
            .flat_map(|drawn| {
                drawn.hires.into_iter().map(move |hire| format!("{};{}", drawn.company.0, hire.0))
            })
            .collect();
        assert_eq!(drawn, said(&file, "drawn"), "{name}");
    }
}
