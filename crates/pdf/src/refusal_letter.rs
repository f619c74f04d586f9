//! The refusal of a prolongation, in writing, dated and motivated, for the person and their employer (rule book 03 §6.6).

use chrono::NaiveDate;
use iae_domain::french;

use crate::PdfError;
use crate::contact::Contact;
use crate::layout::Layout;
use crate::write::write;

/// What the letter says.
pub struct RefusalLetter {
    /// The day of the refusal.
    pub refused_on: NaiveDate,
    /// The organisation that refuses, a prescripteur habilité.
    pub sender: String,
    /// Its address, a line each; none is shown when it is empty.
    pub sender_address: String,
    /// Who is written to, the holder of the PASS.
    pub addressee: String,
    /// Their address, a line each; none is shown when it is empty.
    pub addressee_address: String,
    /// The SIAE that asked.
    pub company: String,
    /// The number of the PASS, as people read it.
    pub number: String,
    /// What was asked.
    pub asked: AskedProlongation,
    /// Why it is refused: a whole sentence.
    pub reason: String,
    /// The explanation of the one who refuses, in their words.
    pub explanation: String,
    /// What is proposed instead, if anything has to be.
    pub proposal: Option<Proposal>,
    /// Who to talk to.
    pub contact: Option<Contact>,
    /// Who signs.
    pub signed_by: String,
}

/// A prolongation that was asked.
pub struct AskedProlongation {
    /// The day it was asked.
    pub on: NaiveDate,
    /// First day.
    pub start: NaiveDate,
    /// Last day, counted.
    pub end: NaiveDate,
    /// Why, in words.
    pub reason: String,
}

/// What is proposed when IAE no longer suits the person.
pub struct Proposal {
    /// The actions, at least one.
    pub actions: Vec<String>,
    /// What they consist of.
    pub details: String,
}

/// Its title, as a document and on the page.
const TITLE: &str = "Refus d’une prolongation de PASS IAE";

/// The document.
pub fn refusal_letter(letter: &RefusalLetter) -> Result<Vec<u8>, PdfError> {
    let mut layout = Layout::new()?;
    layout.letterhead();
    layout.correspondents(
        &lines(&[&letter.sender, "Prescripteur habilité", &letter.sender_address]),
        &lines(&[&letter.addressee, &letter.addressee_address]),
    );
    layout.paragraph(&format!("Le {}", french::date(letter.refused_on)));
    layout.title(TITLE);
    layout.paragraph("Bonjour,");
    layout.paragraph(&format!(
        "Le {}, {} a demandé que votre PASS IAE soit prolongé. {} a étudié cette demande et ne l’accepte pas. Cette \
         lettre vous dit pourquoi, et ce qui reste possible.",
        french::date(letter.asked.on),
        letter.company,
        letter.sender
    ));
    say_what_was_asked(&mut layout, letter);
    layout.section("Pourquoi ce refus");
    layout.paragraph(&letter.reason);
    layout.paragraph(&letter.explanation);
    if let Some(Proposal { actions, details }) = &letter.proposal {
        layout.section("Ce qui vous est proposé");
        layout.list(actions);
        layout.paragraph(details);
    }
    say_what_remains(&mut layout, letter);
    layout.strong(&format!("{}, pour {}", letter.signed_by, letter.sender));
    layout.paragraph(&format!("Copie à {}", letter.company));
    write(layout, TITLE, letter.refused_on)
}

fn say_what_was_asked(layout: &mut Layout, letter: &RefusalLetter) {
    let AskedProlongation { start, end, reason, on: _ } = &letter.asked;
    layout.section("Ce qui avait été demandé");
    layout.table(
        [0.24, 0.24, 0.24, 0.28],
        ["PASS IAE", "Du", "Au", "Motif"],
        &[[&letter.number, &french::date(*start), &french::date(*end), reason]],
    );
}

fn say_what_remains(layout: &mut Layout, letter: &RefusalLetter) {
    layout.section("Ce que vous pouvez faire");
    layout.paragraph(
        "Ce refus ne change pas la date de fin de votre PASS IAE. Une nouvelle demande peut être faite dès \
         maintenant, par votre employeur, par exemple pour une autre durée ou pour un autre motif.",
    );
    layout.contact(letter.contact.as_ref());
}

/// One line each, without those that are empty.
fn lines(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.trim().is_empty()).copied().collect::<Vec<_>>().join("\n")
}
