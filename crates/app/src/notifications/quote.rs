//! What people wrote, as a mail repeats it: seen to be theirs, and leading nowhere. A mail of the platform is believed:
//! neither a sentence nor an address in it may pass for the platform's when someone else wrote it.
#![expect(
    clippy::inline_always,
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "`askama::filter_fn` makes always inlined builders, and asks for a `Result`"
)]

use std::fmt::Display;
use std::net::Ipv4Addr;

use iae_domain::text::Email;

/// Begins a line someone else wrote. What is typed never holds a control (`domain::text::typed`).
pub(super) const QUOTED: char = '\u{2}';
/// Begins an address the platform wrote.
pub(super) const OWN: char = '\u{3}';
/// What stands for an address someone wrote: mail readers make links of them, whatever the mail does.
const ELSEWHERE: &str = "[adresse à lire sur Parcours IAE]";
/// What parts the names of a host, as browsers read it.
const DOTS: [char; 4] = ['.', '\u{3002}', '\u{ff0e}', '\u{ff61}'];
/// What makes a link of what follows, whatever follows.
const MARKS: [&str; 3] = ["://", "mailto:", "\\\\"];

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
    let pieces = line.split_inclusive(char::is_whitespace).map(|piece| {
        let word = piece.trim_end();
        let kept = without_links(word).unwrap_or_else(|| ELSEWHERE.to_owned());
        kept + &piece[word.len()..]
    });
    pieces.collect()
}

/// The word, no part of which is a link for any reader; none when it holds an address. Whatever cannot stand in the name of
/// a host parts it: readers find a link within a word, behind a comma or a bracket.
fn without_links(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    if MARKS.iter().any(|mark| lower.contains(mark)) {
        return None;
    }
    let mut kept = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let is_name = is_of_name(first);
        let end = rest.find(|c| is_of_name(c) != is_name).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let has_page = after.starts_with(['/', '?', '#', ':', '\\']) && after.contains(char::is_alphanumeric);
        if !is_name || (is_email(name) && !has_page) {
            kept.push_str(name);
        } else if name.split(['@', '+']).any(|host| leads_elsewhere(host, has_page)) {
            return None;
        } else {
            push_parted(&mut kept, name);
        }
        rest = after;
    }
    Some(kept)
}

/// Whether it stands in the name of a host, or of a mailbox.
fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '+' | '@') || DOTS.contains(&c)
}

/// Exactly an e-mail address, at most at the end of a sentence.
fn is_email(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    name.is_ascii() && Email::parse(name).is_ok()
}

/// `www.…`, `exemple.fr/page`, `exemple.fr`; neither « fin.Ensuite » nor « p.ex. », unless a page follows.
fn leads_elsewhere(host: &str, has_page: bool) -> bool {
    let host = host.trim_matches(|c: char| !c.is_alphanumeric());
    let labels: Vec<&str> = host.split(DOTS).collect();
    let Some(top) =
        labels.last().filter(|_| labels.len() > 1 && labels.iter().all(|label| !label.is_empty()))
    else {
        return false;
    };
    // The last name of a host begins with a letter, `xn--…` included; or all are numbers.
    let is_top = top.starts_with(char::is_alphabetic) && top.chars().nth(1).is_some();
    let is_sentence = labels[1..].iter().any(|label| label.starts_with(char::is_uppercase));
    let is_abbreviation = labels.iter().any(|label| label.chars().nth(1).is_none());
    let is_clear = has_page || labels[0].eq_ignore_ascii_case("www") || !(is_sentence || is_abbreviation);
    (is_top && is_clear) || (has_page && host.parse::<Ipv4Addr>().is_ok())
}

/// Adds the name, a space between a dot and the letter after it: « fin.Ensuite » reads the same, and is no host.
fn push_parted(kept: &mut String, name: &str) {
    for c in name.chars() {
        let mut before = kept.chars().rev();
        let is_parting = before.next().is_some_and(|last| DOTS.contains(&last))
            && before.next().is_some_and(|last| !DOTS.contains(&last));
        if is_parting && c.is_alphabetic() {
            kept.push(' ');
        }
        kept.push(c);
    }
}

#[cfg(test)]
#[path = "quote/tests.rs"]
mod tests;
