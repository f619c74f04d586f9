//! Documents of people who do not exist.

use chrono::NaiveDate;
use iae_pdf::{
    AskedProlongation, Attestation, Contact, Diagnosis, Employer, IrregularPass, PdfError, Proposal,
    RefusalLetter, ReplacedDecision, SanctionLetter, Verification, attestation, refusal_letter,
    sanction_letter,
};

/// Every document, under its name.
pub fn documents() -> Result<Vec<(&'static str, Vec<u8>)>, PdfError> {
    let mut bare = an_attestation();
    (bare.employer, bare.diagnosis, bare.verification, bare.france_travail_id) = (None, None, None, None);
    let mut short = a_letter();
    (short.proposal, short.contact) = (None, None);
    (short.sender_address, short.addressee_address) = (String::new(), String::new());
    let mut withdrawn = a_sanction_letter();
    (withdrawn.training, withdrawn.replaced, withdrawn.cuts) = (None, None, vec![]);
    withdrawn.withdrawn = Some((day(2027, 1, 1), None));
    Ok(vec![
        ("attestation", attestation(&an_attestation())?),
        ("attestation_bare", attestation(&bare)?),
        ("attestation_strange", attestation(&a_strange_attestation())?),
        ("contents", iae_pdf::control_contents(&a_table_of_contents(2))?),
        ("contents_long", iae_pdf::control_contents(&a_table_of_contents(60))?),
        ("refusal", refusal_letter(&a_letter())?),
        ("refusal_short", refusal_letter(&short)?),
        ("refusal_strange", refusal_letter(&a_strange_letter())?),
        ("sanction", sanction_letter(&a_sanction_letter())?),
        ("sanction_strange", sanction_letter(&a_strange_sanction_letter())?),
        ("sanction_withdrawn", sanction_letter(&withdrawn)?),
    ])
}

/// A day every calendar has.
pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

pub fn an_attestation() -> Attestation {
    Attestation {
        printed_on: day(2026, 11, 27),
        employer: Some(Employer {
            name: "Les Jardins de la Seille".to_owned(),
            kind: "Atelier et chantier d’insertion".to_owned(),
            address: "12 rue des Moulins 57000 Metz".to_owned(),
        }),
        holder: "Amel BENALI".to_owned(),
        france_travail_id: Some("1234567A".to_owned()),
        number: "99999\u{a0}00\u{a0}00001".to_owned(),
        start: day(2026, 5, 4),
        end: day(2028, 5, 2),
        state: "PASS IAE valide".to_owned(),
        remaining: "523\u{a0}jours (1\u{a0}an, 5\u{a0}mois et 1\u{a0}semaine)".to_owned(),
        is_suspended: false,
        diagnosis: Some(Diagnosis {
            on: day(2026, 4, 28),
            author: "Claire MARTIN".to_owned(),
            organisation: "Mission locale du Pays messin".to_owned(),
        }),
        verification: Some(Verification {
            code: "7QX4-M2RD-K9TP-04WC".to_owned(),
            address: "https://parcours.exemple.fr/attestation".to_owned(),
        }),
    }
}

pub fn a_letter() -> RefusalLetter {
    RefusalLetter {
        refused_on: day(2026, 11, 27),
        sender: "Mission locale du Pays messin".to_owned(),
        sender_address: "8 place du Marché\n57000 Metz".to_owned(),
        addressee: "Amel BENALI".to_owned(),
        addressee_address: "3 rue du Pont\n57050 Metz".to_owned(),
        company: "Les Jardins de la Seille".to_owned(),
        number: "99999\u{a0}00\u{a0}00001".to_owned(),
        asked: AskedProlongation {
            on: day(2026, 11, 3),
            start: day(2026, 12, 1),
            end: day(2027, 11, 30),
            reason: "Difficultés particulières".to_owned(),
        },
        reason:
            "L’insertion par l’activité économique ne correspond plus à vos besoins ou à votre situation."
                .to_owned(),
        explanation:
            "Votre projet de formation commence en janvier.\nIl n’est plus besoin d’un contrat d’insertion."
                .to_owned(),
        proposal: Some(Proposal {
            actions: vec![
                "Accompagnement à la recherche d’emploi hors IAE.".to_owned(),
                "Orientation vers un partenaire de l’accompagnement social/professionnel.".to_owned(),
            ],
            details: "Un rendez-vous vous attend le 4 décembre à 10 h.".to_owned(),
        }),
        contact: Some(Contact {
            name: "Claire MARTIN, 03\u{a0}87\u{a0}00\u{a0}00\u{a0}00".to_owned(),
            email: Some("claire.martin@exemple.fr".to_owned()),
        }),
        signed_by: "Claire MARTIN".to_owned(),
    }
}

pub fn a_sanction_letter() -> SanctionLetter {
    let pass = |rank: u8| format!("99999\u{a0}00\u{a0}0000{rank}");
    SanctionLetter {
        decided_on: day(2026, 11, 27),
        sender: "DDETS de la Moselle".to_owned(),
        sender_address: "1 rue du Chanoine-Collin\n57000 Metz".to_owned(),
        contact: Some(Contact {
            name: "DDETS de la Moselle, 03\u{a0}87\u{a0}00\u{a0}00\u{a0}00".to_owned(),
            email: Some("ddets@exemple.fr".to_owned()),
        }),
        addressee: "Les Jardins de la Seille".to_owned(),
        addressee_kind: "Atelier et chantier d’insertion".to_owned(),
        addressee_address: "12 rue des Moulins\n57000 Metz".to_owned(),
        sirets: vec![("SIRET".to_owned(), "123\u{a0}456\u{a0}789\u{a0}00012".to_owned())],
        hired: (day(2025, 1, 1), day(2025, 12, 31)),
        controlled: 3,
        irregular: vec![
            IrregularPass { number: pass(1), motive: "Documents non transmis".to_owned() },
            IrregularPass { number: pass(2), motive: "Documents incomplets ou non conformes".to_owned() },
        ],
        reason: "Pièce justificative manquante".to_owned(),
        comment: "Deux attestations n’ont pas été produites.\nLes relances sont restées sans réponse."
            .to_owned(),
        replaced: Some(ReplacedDecision {
            decided_on: day(2026, 10, 5),
            why: "Un justificatif a été produit avec le recours gracieux.".to_owned(),
        }),
        training: Some("Le 12 janvier 2027 à 9 h, à la DDETS.".to_owned()),
        withdrawn: Some((day(2027, 1, 1), Some(day(2027, 6, 30)))),
        cuts: vec![(pass(1), 100), (pass(2), 40)],
    }
}

/// As many hires as a control may hold, and words without end.
pub fn a_strange_sanction_letter() -> SanctionLetter {
    let mut strange = a_sanction_letter();
    strange.addressee = "李小龍 <b>Владимир</b> \u{202e}tac\u{202c} ".repeat(8);
    strange.comment = text_of(800);
    strange.training = Some(text_of(600));
    strange.irregular =
        (0..20).map(|number| IrregularPass { number: word(number), motive: text_of(30) }).collect();
    strange.cuts = (1..=20).map(|percent| (text_of(3), percent)).collect();
    strange
}

/// Names longer than lines, scripts that the faces lack, marks of direction, what could pass for markup.
pub fn a_strange_attestation() -> Attestation {
    let mut strange = an_attestation();
    strange.holder = "Wolfeschlegelsteinhausenbergerdorff".repeat(6);
    strange.remaining = "<b>\\textbf{#emph[x]}</b> (1\u{a0}an) \u{202e}tac\u{202c} %PDF-1.7 endobj".into();
    strange.number = String::new();
    if let Some(employer) = &mut strange.employer {
        employer.name =
            "李小龍 محمد Владимир Ἀλέξανδρος 🦩👩\u{200d}👩\u{200d}👧 Łukasz Çağrı Ș\u{301}".into();
        employer.address = "x".repeat(2_000);
    }
    strange
}

/// A text of that many words, never twice the same: no line comes back, as one at the top of each page would.
fn text_of(words: usize) -> String {
    (0..words).map(word).collect::<Vec<_>>().join(" ")
}

fn word(number: usize) -> String {
    const SYLLABLES: [&str; 7] = ["ba", "co", "di", "lu", "mé", "ra", "vo"];
    let first = SYLLABLES[number % 7].to_owned();
    if number < 7 { first } else { first + &word(number / 7) }
}

/// Pages of it, and a row of a table that no page can hold.
pub fn a_strange_letter() -> RefusalLetter {
    let mut strange = a_letter();
    strange.explanation = text_of(1_500);
    strange.asked.reason = text_of(700);
    strange.addressee = "🦩".repeat(200);
    if let Some(proposal) = &mut strange.proposal {
        proposal.actions =
            (1..60).map(|number| format!("Action {}, parmi d’autres.", word(number))).collect();
    }
    strange
}

/// The table of contents of a control with so many proofs, where nobody was written to.
pub fn a_table_of_contents(proofs: usize) -> iae_pdf::ControlContents {
    let piece = |name: String, number: usize| iae_pdf::ContentsPiece {
        name,
        what: (number..number + 6 + number % 5).map(word).collect::<Vec<_>>().join(" "),
        size: format!("{}\u{a0}ko", 12 + number),
        sha256: format!("{:064x}", (number + 1) * 0x9e37_79b9_7f4a),
    };
    let given =
        |number: usize| piece(format!("07-justificatifs/{}-{number}/rsa.pdf", word(number + 7)), number);
    let part = |title: &str, pieces| iae_pdf::ContentsPart { title: title.to_owned(), pieces };
    iae_pdf::ControlContents {
        as_of: day(2026, 11, 27),
        company: "Les Jardins de la Seille".to_owned(),
        sirets: vec![
            ("SIRET de la structure".to_owned(), "880\u{a0}000\u{a0}001\u{a0}00011".to_owned()),
            ("SIRET de la convention".to_owned(), "880\u{a0}000\u{a0}001\u{a0}00029".to_owned()),
        ],
        ddets: "DDETS de la Moselle".to_owned(),
        hired: "du 1er janvier au 31 décembre 2025".to_owned(),
        copy_of: "Exemplaire de la DDETS".to_owned(),
        parts: vec![
            part("Le contrôle", vec![piece("02-tirage.txt".to_owned(), 0)]),
            part("Les e-mails", vec![]),
            part("Les justificatifs", (1..=proofs).map(given).collect()),
        ],
    }
}
