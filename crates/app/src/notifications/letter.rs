//! What every mail has: a subject of one line, a greeting, a signature, and the same paragraphs in HTML (NOT-1).

use askama::Template;

use super::quote::{OWN, QUOTED};
use crate::error::{Error, Result};

/// What the template of a mail says.
#[derive(Debug, Clone)]
pub(super) struct Text {
    subject: String,
    body: String,
}

impl Text {
    /// From the two blocks of a template; [`text!`] calls it.
    pub(super) fn of(subject: askama::Result<String>, body: askama::Result<String>) -> Result<Self> {
        let failed = |error| Error::internal("mail template", error);
        Ok(Self { subject: subject.map_err(failed)?, body: body.map_err(failed)? })
    }
}

/// The text of a mail. Its template must have a block `subject` and a block `body`, or nothing compiles.
macro_rules! text {
    ($mail:expr) => {{
        let mail = $mail;
        $crate::notifications::letter::Text::of(mail.as_subject().render(), mail.as_body().render())
    }};
}
pub(super) use text;

/// « Paul HOFFMANN (Mission locale du pays messin) », or what is known of it.
pub(super) fn named(name: Option<&str>, organisation: Option<&str>) -> Option<String> {
    match (name, organisation) {
        (Some(name), Some(organisation)) => Some(format!("{name} ({organisation})")),
        (Some(known), None) | (None, Some(known)) => Some(known.to_owned()),
        (None, None) => None,
    }
}

/// « 1 structure », « 2 structures »: French keeps the singular below two.
pub(super) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count}\u{a0}{}", if count < 2 { one } else { many })
}

/// What stands around the text, which depends on who receives it.
pub(super) struct Frame<'a> {
    /// Why this person receives it, when it was meant for someone else.
    pub note: Option<&'a str>,
    /// Who reads the answer.
    pub answers: &'a str,
}

/// A mail ready for the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rendered {
    pub subject: String,
    pub text: String,
    pub html: String,
}

#[derive(Template)]
#[template(path = "emails/layout.txt", escape = "none")]
struct TextLayout<'a> {
    body: &'a str,
    note: Option<&'a str>,
    answers: &'a str,
}

#[derive(Template)]
#[template(path = "emails/layout.html")]
struct HtmlLayout<'a> {
    subject: &'a str,
    blocks: Vec<Block<'a>>,
}

/// A paragraph of the HTML part.
enum Block<'a> {
    /// Lines of text.
    Lines(Vec<&'a str>),
    /// What someone else wrote, under who says it.
    Quote { title: &'a str, lines: Vec<&'a str> },
    /// A page of the platform, and what one does there.
    Link { label: &'a str, url: &'a str },
}

/// Puts the text in its frame.
pub(super) fn framed(text: &Text, frame: &Frame<'_>) -> Result<Rendered> {
    let failed = |error| Error::internal("mail layout", error);
    // A subject is one line, whatever names it holds, and fits the column (NOT-1).
    let subject: String =
        text.subject.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(250).collect();
    let layout = TextLayout { body: text.body.trim(), note: frame.note, answers: frame.answers };
    let text = tidy(&layout.render().map_err(failed)?);
    let blocks = text.split("\n\n").map(Block::of).collect();
    let html = HtmlLayout { subject: &subject, blocks }.render().map_err(failed)?;
    Ok(Rendered { subject, text: plain(&text), html })
}

/// The text part: someone's lines behind « > », as mail readers show what is quoted.
fn plain(text: &str) -> String {
    let lines = text.lines().map(|line| match line.strip_prefix(QUOTED) {
        Some("") => ">\n".to_owned(),
        Some(quoted) => format!("> {quoted}\n"),
        None => format!("{}\n", line.trim_start_matches(OWN)),
    });
    lines.collect()
}

/// One blank line between paragraphs, whatever the conditions of the template left between them.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut blank = false;
    for line in text.trim().lines().map(str::trim_end) {
        if line.is_empty() {
            blank = true;
            continue;
        }
        if !tidy.is_empty() {
            tidy.push_str(if blank { "\n\n" } else { "\n" });
        }
        tidy.push_str(line);
        blank = false;
    }
    tidy.push('\n');
    tidy
}

impl<'a> Block<'a> {
    /// An address marked as the platform's is a link under its label, lines marked as someone's are a quotation under
    /// theirs: neither is guessed from what the text looks like.
    fn of(paragraph: &'a str) -> Self {
        let lines: Vec<&str> = paragraph.lines().collect();
        match lines.as_slice() {
            [label, own] if own.starts_with(OWN) => {
                Self::Link { label: label.trim_end_matches(':').trim_end(), url: own.trim_start_matches(OWN) }
            }
            [title, first, ..] if first.starts_with(QUOTED) => {
                let lines = lines[1..].iter().map(|line| line.trim_start_matches(QUOTED)).collect();
                Self::Quote { title, lines }
            }
            _ => Self::Lines(lines),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_one_blank_line_apart_and_lines_stay_together() {
        assert_eq!(tidy("\n\nBonjour,\n\n\n  \nUn.  \nDeux.\n\n\n"), "Bonjour,\n\nUn.\nDeux.\n");
    }

    #[test]
    fn only_what_the_platform_wrote_becomes_a_link() {
        let own = Block::of("Pour répondre :\n\u{3}https://parcours.test/applications/1");
        assert!(matches!(
            own,
            Block::Link { label: "Pour répondre", url: "https://parcours.test/applications/1" }
        ));
        for other in ["Cliquez ici :\nhttps://ailleurs.test/", "Cliquez ici :\nhttps://parcours.test/logout"]
        {
            assert!(matches!(Block::of(other), Block::Lines(_)), "{other}");
        }
    }

    #[test]
    fn what_someone_wrote_is_seen_to_be_theirs() {
        let text = "Message :\n\u{2}Bonjour,\n\u{2}\n\u{2}Pour répondre :\n";
        assert_eq!(plain(text), "Message :\n> Bonjour,\n>\n> Pour répondre :\n");
        let Block::Quote { title, lines } = Block::of(text) else { panic!("no quotation") };
        assert_eq!((title, lines), ("Message :", vec!["Bonjour,", "", "Pour répondre :"]));
    }
}
