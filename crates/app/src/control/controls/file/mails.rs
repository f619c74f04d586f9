//! The mails of the control, as they were written. Those that list other SIAE are about the campaign, and are not here.

use iae_domain::notifications::ControlMail;
use iae_domain::time::paris_date;

use super::piece::Piece;
use super::said::{at, count, line};
use super::{Facts, Side};
use crate::control::controls::queries::file::MailRow;

/// One each, oldest first: to the SIAE; for the DDETS, those it got too.
pub(super) fn pieces(facts: &Facts) -> Vec<Piece> {
    let read = facts.row.mails.0.iter().filter_map(|mail| Some((mail, to(mail)?)));
    let read = read.filter(|(_, to)| facts.side == Side::Ddets || *to == Side::Company);
    let pieces = read.zip(1_usize..).map(|((mail, to), number)| {
        let name = format!("05-mails/{number:02}-{}.txt", paris_date(mail.written_at));
        let what = format!("E-mail «\u{a0}{}\u{a0}»", mail.subject);
        Piece::made(name, what, mail.written_at, text(facts, mail, to))
    });
    pieces.collect()
}

/// Whom a mail is for; none for what is no longer sent.
fn to(mail: &MailRow) -> Option<Side> {
    let kind = ControlMail::parse(&mail.kind)?;
    Some(if kind == ControlMail::Submitted { Side::Ddets } else { Side::Company })
}

/// Addresses are those of one's own colleagues.
fn text(facts: &Facts, mail: &MailRow, to: Side) -> String {
    let people = mail.recipients.len();
    let recipients = match to {
        _ if to == facts.side => mail.recipients.join(", "),
        Side::Company => count(people, "administrateur de la structure", "administrateurs de la structure"),
        Side::Ddets => count(people, "agent de la DDETS", "agents de la DDETS"),
    };
    let mut head = vec![line("Objet", &mail.subject), line("Écrit le", at(mail.written_at))];
    head.extend(sending(mail));
    head.push(line("Destinataires", recipients));
    format!("{}\n\n{}\n", head.join("\n"), mail.text.trim_end())
}

/// When it left, and whom it did not leave for.
fn sending(mail: &MailRow) -> impl Iterator<Item = String> {
    let all = mail.recipients.len();
    let to = |some: usize| format!("à {} sur {all}", count(some, "destinataire", "destinataires"));
    let sent = match mail.sent_at {
        Some(sent_at) if mail.sent < all => {
            Some(line("Envoyé le", format!("{}, {}", at(sent_at), to(mail.sent))))
        }
        Some(sent_at) => Some(line("Envoyé le", at(sent_at))),
        None if mail.failed < all => Some(line("Envoyé le", "pas encore")),
        None => None,
    };
    let failed = match mail.failed {
        0 => None,
        failed if failed < all => Some(format!("Envoi en échec, {}", to(failed))),
        _ => Some("Envoi en échec".to_owned()),
    };
    sent.into_iter().chain(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What was sent, what failed and what waits, of three.
    #[test]
    fn a_mail_says_whom_it_left_for() {
        let instant = "2026-05-04T08:05:00Z".parse().unwrap();
        let said = |sent: usize, failed: usize| {
            let mail = MailRow {
                kind: ControlMail::Drawn.code().to_owned(),
                subject: "Contrôle".to_owned(),
                text: String::new(),
                recipients: ["a@exemple.fr", "b@exemple.fr", "c@exemple.fr"].map(str::to_owned).to_vec(),
                written_at: instant,
                sent,
                failed,
                sent_at: (sent > 0).then_some(instant),
            };
            sending(&mail).map(|line| line.replace('\u{a0}', " ")).collect::<Vec<_>>()
        };
        let waits = "Envoyé le : pas encore";
        let all = "Envoyé le : 4 mai 2026 à 10 h 05";
        let two = "Envoyé le : 4 mai 2026 à 10 h 05, à 2 destinataires sur 3";
        let not_to_one = "Envoi en échec, à 1 destinataire sur 3";
        for (sent, failed, expected) in [
            (0, 0, vec![waits]),
            (0, 1, vec![waits, not_to_one]),
            (0, 3, vec!["Envoi en échec"]),
            (2, 0, vec![two]),
            (2, 1, vec![two, not_to_one]),
            (3, 0, vec![all]),
        ] {
            assert_eq!(said(sent, failed), expected, "{sent} sent, {failed} failed");
        }
    }
}
