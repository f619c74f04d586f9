//! The decision of a DDETS on a negative result, as the registered letter that notifies it (rule book 04 §1.15). It names no person:
//! a hire is called by the number of its PASS.

use chrono::NaiveDate;
use iae_domain::french;

use crate::PdfError;
use crate::contact::Contact;
use crate::layout::Layout;
use crate::write::write;

/// What the letter says.
pub struct SanctionLetter {
    /// The day of the decision.
    pub decided_on: NaiveDate,
    /// The DDETS.
    pub sender: String,
    /// Its address, a line each; none is shown when it is empty.
    pub sender_address: String,
    /// How it is reached, if that is known.
    pub contact: Option<Contact>,
    /// The SIAE.
    pub addressee: String,
    /// What kind of SIAE it is, in words.
    pub addressee_kind: String,
    /// Its address, a line each; none is shown when it is empty.
    pub addressee_address: String,
    /// Its SIRET, as people read it; two of them when its convention was signed under another. Each with what it is called.
    pub sirets: Vec<(String, String)>,
    /// First and last day of the contracts that were controlled.
    pub hired: (NaiveDate, NaiveDate),
    /// How many hires were controlled.
    pub controlled: usize,
    /// Those at fault.
    pub irregular: Vec<IrregularPass>,
    /// The main reason of the result.
    pub reason: String,
    /// The same in the words of the DDETS.
    pub comment: String,
    /// The decision it takes the place of, after an appeal.
    pub replaced: Option<ReplacedDecision>,
    /// The session of training, in words.
    pub training: Option<String>,
    /// The days when the SIAE may not prescribe to itself; without end when it is permanent.
    pub withdrawn: Option<(NaiveDate, Option<NaiveDate>)>,
    /// The share of the subsidy that is cut, by the number of the PASS, in percent.
    pub cuts: Vec<(String, u8)>,
}

/// A hire at fault.
pub struct IrregularPass {
    /// The number of its PASS, as people read it.
    pub number: String,
    /// What was found.
    pub motive: String,
}

/// A decision that another takes the place of.
pub struct ReplacedDecision {
    /// The day it was made.
    pub decided_on: NaiveDate,
    /// Why.
    pub why: String,
}

/// The texts a decision rests on.
pub const LEGAL_BASE: &str = "Code du travail, articles L.\u{a0}5132-3 et R.\u{a0}5132-1-12 à R.\u{a0}5132-1-17\u{a0}; décret \
                              n°\u{a0}2021-1128 du 30\u{a0}août\u{a0}2021\u{a0}; instruction DGEFP/SDPAE/MIP/2022/83 du \
                              5\u{a0}avril\u{a0}2022.";

/// How a decision is contested, within two months of its notification: the page of the decision says the same.
pub const WAYS_OF_APPEAL: [&str; 3] = [
    "Un recours gracieux, auprès de la DDETS qui a pris la décision.",
    "Un recours hiérarchique, auprès du ministre chargé de l’emploi.",
    "Un recours contentieux, devant le tribunal administratif, par courrier ou sur l’application Télérecours citoyens.",
];

/// What the first two do to the third.
pub const TIME_OF_APPEAL: &str = "Un recours gracieux ou hiérarchique formé dans ces deux mois reporte le délai du recours \
                                  contentieux\u{a0}: il est alors de deux mois à partir de la réponse. Sans réponse pendant deux \
                                  mois, le recours est rejeté, et ces deux mois courent à partir de ce jour.";

/// Its title, as a document and on the page.
const TITLE: &str = "Contrôle a posteriori des auto-prescriptions\u{a0}: notification d’une décision";

/// The document.
pub fn sanction_letter(letter: &SanctionLetter) -> Result<Vec<u8>, PdfError> {
    let mut layout = Layout::new()?;
    layout.letterhead();
    let SanctionLetter { addressee, addressee_kind, addressee_address, sirets, .. } = letter;
    let sirets: Vec<String> = sirets.iter().map(|(what, siret)| format!("{what} {siret}")).collect();
    layout.correspondents(
        &lines(&[&letter.sender, &letter.sender_address]),
        &lines(&[addressee, addressee_kind, &sirets.join("\n"), addressee_address]),
    );
    layout.strong("Lettre recommandée avec accusé de réception");
    layout.paragraph(&format!("Le {}", french::date(letter.decided_on)));
    layout.title(TITLE);
    layout.paragraph("Madame, Monsieur,");
    let (from, to) = letter.hired;
    layout.paragraph(&format!(
        "Votre structure a fait l’objet d’un contrôle a posteriori de ses auto-prescriptions, sur les contrats commencés {}. Au terme \
         de la phase amiable et de la phase contradictoire, son résultat est négatif. Cette lettre vous notifie la décision prise, et \
         comment la contester.",
        french::period(from, to)
    ));
    say_what_is_replaced(&mut layout, letter.replaced.as_ref());
    say_what_was_found(&mut layout, letter);
    say_what_is_decided(&mut layout, letter);
    say_how_it_is_contested(&mut layout);
    layout.section("Pour la DDETS");
    layout.contact(letter.contact.as_ref());
    // Room for a signature stands above the words.
    layout.terms(&[("Fait à", ""), ("Nom et qualité", ""), ("Signature", "\n\n\n\nSignature et cachet")]);
    write(layout, TITLE, letter.decided_on)
}

fn say_what_is_replaced(layout: &mut Layout, replaced: Option<&ReplacedDecision>) {
    let Some(ReplacedDecision { decided_on, why }) = replaced else { return };
    layout.paragraph(&format!(
        "Cette décision remplace celle du {}, après un recours, pour la raison suivante\u{a0}:",
        french::date(*decided_on)
    ));
    layout.paragraph(why);
}

fn say_what_was_found(layout: &mut Layout, letter: &SanctionLetter) {
    layout.section("Les faits");
    layout.paragraph(&format!(
        "PASS IAE contrôlés\u{a0}: {}. PASS IAE irréguliers\u{a0}: {}.",
        letter.controlled,
        letter.irregular.len()
    ));
    let irregular: Vec<[&str; 2]> =
        letter.irregular.iter().map(|one| [one.number.as_str(), one.motive.as_str()]).collect();
    if !irregular.is_empty() {
        layout.table([0.4, 0.6], ["PASS IAE irrégulier", "Ce qui est constaté"], &irregular);
    }
    layout.paragraph(&format!("Motif principal du résultat négatif\u{a0}: {}.", letter.reason));
    layout.paragraph(&letter.comment);
}

fn say_what_is_decided(layout: &mut Layout, letter: &SanctionLetter) {
    layout.section("La décision");
    let mut decided = Vec::new();
    if let Some(training) = &letter.training {
        decided.push(format!(
            "Participation à une session de présentation de l’auto-prescription\u{a0}: {training}"
        ));
    }
    decided.extend(letter.withdrawn.map(|(from, to)| match to {
        Some(to) => format!(
            "Retrait temporaire de la capacité d’auto-prescription, {}, ces deux jours compris.",
            french::period(from, to)
        ),
        None => format!(
            "Retrait définitif de la capacité d’auto-prescription, à partir du {}.",
            french::date(from)
        ),
    }));
    if !letter.cuts.is_empty() {
        decided.push(
            "Suppression partielle ou totale de l’aide au poste, comme il est dit ci-dessous.".to_owned(),
        );
    }
    layout.list(&decided);
    if letter.withdrawn.is_some() {
        layout.paragraph(
            "Pendant le retrait, votre structure ne valide plus elle-même l’éligibilité des personnes qu’elle embauche. Elle peut \
             toujours embaucher une personne qui a un PASS IAE valide, ou un diagnostic d’éligibilité valide d’un prescripteur habilité.",
        );
    }
    say_what_is_cut(layout, &letter.cuts);
    layout.section("Les textes");
    layout.paragraph(LEGAL_BASE);
}

fn say_what_is_cut(layout: &mut Layout, cuts: &[(String, u8)]) {
    if cuts.is_empty() {
        return;
    }
    let percents: Vec<String> = cuts.iter().map(|(_, percent)| format!("{percent}\u{a0}%")).collect();
    let rows: Vec<[&str; 2]> = cuts
        .iter()
        .zip(&percents)
        .map(|((number, _), percent)| [number.as_str(), percent.as_str()])
        .collect();
    layout.table([0.4, 0.6], ["PASS IAE", "Part de l’aide supprimée"], &rows);
    layout.paragraph(
        "Cette part s’applique à l’aide versée pour les heures travaillées sous ce PASS IAE pendant l’année contrôlée. Elle est imputée \
         sur l’aide de l’année suivante, à la demande du préfet à l’Agence de services et de paiement (ASP). Le conseil départemental en \
         est informé s’il cofinance le poste.",
    );
}

fn say_how_it_is_contested(layout: &mut Layout) {
    layout.section("Contester cette décision");
    layout.paragraph(
        "Dans les deux mois qui suivent la réception de cette lettre, vous pouvez contester cette décision, au choix, par\u{a0}:",
    );
    layout.list(&WAYS_OF_APPEAL.map(ToOwned::to_owned));
    layout.paragraph(TIME_OF_APPEAL);
}

/// One line each, without those that are empty.
fn lines(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.trim().is_empty()).copied().collect::<Vec<_>>().join("\n")
}
