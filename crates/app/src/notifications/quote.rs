//! What people wrote, as a mail repeats it: seen to be theirs, and leading nowhere. A mail of the platform is believed:
//! neither a sentence nor an address in it may pass for the platform's when someone else wrote it.
#![expect(
    clippy::inline_always,
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "`askama::filter_fn` makes always inlined builders, and asks for a `Result`"
)]

use std::fmt::Display;

/// Begins a line someone else wrote. What is typed never holds a control (`domain::text::typed`).
pub(super) const QUOTED: char = '\u{2}';
/// Begins an address the platform wrote.
pub(super) const OWN: char = '\u{3}';
/// What stands for an address someone wrote: mail readers make links of them, whatever the mail does.
const ELSEWHERE: &str = "[adresse à lire sur Parcours IAE]";

/// `{{ words|quoted }}`: each line marked as someone's, without addresses of pages.
#[askama::filter_fn]
pub fn quoted(words: impl Display, _: &dyn askama::Values) -> askama::Result<String> {
    let words = words.to_string();
    let lines = words.trim().lines().map(|line| format!("{QUOTED}{}", without_addresses(line.trim_end())));
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

/// `{{ url|own }}`: an address of the platform.
#[askama::filter_fn]
pub fn own(url: impl Display, _: &dyn askama::Values) -> askama::Result<String> {
    Ok(format!("{OWN}{url}"))
}

/// The line, each word a mail reader would make a link of replaced; e-mail addresses stay, people answer to them.
fn without_addresses(line: &str) -> String {
    let words: Vec<&str> =
        line.split(' ').map(|word| if leads_elsewhere(word) { ELSEWHERE } else { word }).collect();
    words.join(" ")
}

/// `https://…`, `www.…`, `exemple.fr/page`, `exemple.fr`; neither « fin.Ensuite » nor « p.ex. ».
fn leads_elsewhere(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let lower = word.to_lowercase();
    if lower.contains("://") || lower.starts_with("www.") || lower.starts_with("mailto:") {
        return true;
    }
    if word.contains('@') {
        return false;
    }
    let (host, page) = lower.split_once(['/', '?', '#', ':']).unwrap_or((&lower, ""));
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    let Some(top) = labels.last().filter(|_| labels.len() > 1 && labels.iter().all(is_label)) else {
        return false;
    };
    let is_top = top.chars().count() >= 2 && top.chars().all(char::is_alphabetic);
    let is_sentence = word.split('.').skip(1).any(|next| next.starts_with(char::is_uppercase));
    let is_abbreviation = labels.iter().any(|label| label.chars().count() == 1);
    is_top && (!page.is_empty() || !(is_sentence || is_abbreviation))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_people_write_lead_nowhere() {
        for (came, kept) in [
            ("http://evil.example/", ELSEWHERE),
            ("Http://evil.example/connexion.", ELSEWHERE),
            ("evil.example", ELSEWHERE),
            ("t.co/abc", ELSEWHERE),
            ("evil.example:8080", ELSEWHERE),
        ] {
            assert_eq!(without_addresses(came), kept, "{came}");
        }
        assert_eq!(
            without_addresses("Inscrivez-vous (https://evil.example) avant le 3."),
            format!("Inscrivez-vous {ELSEWHERE} avant le 3.")
        );
        for kept in [
            "C’est fini.Ensuite, on verra.",
            "Écrivez à jean.dupont@structure.example, ou au 06.12.34.56.78.",
            "P.ex. le 12.03.2026 à 9h30, 12/03/2026 : 1.500 € et/ou H/F",
            "Rdv au 3 rue St. Nicolas…",
        ] {
            assert_eq!(without_addresses(kept), kept);
        }
    }
}
