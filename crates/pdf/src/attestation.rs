//! The attestation of a PASS IAE (rule book 03 §4.14): what its page says, to keep and to hand over.

use chrono::NaiveDate;
use iae_domain::french;

use crate::PdfError;
use crate::layout::{Layout, Target};
use crate::write::write;

/// What an attestation says.
pub struct Attestation {
    /// The day it is made.
    pub printed_on: NaiveDate,
    /// For whom it is made, when it is an employer.
    pub employer: Option<Employer>,
    /// The name of the holder.
    pub holder: String,
    /// Their France Travail identifier.
    pub france_travail_id: Option<String>,
    /// The number of the PASS, as people read it.
    pub number: String,
    /// First day.
    pub start: NaiveDate,
    /// Last day, counted.
    pub end: NaiveDate,
    /// « PASS IAE valide ».
    pub state: String,
    /// What remains of it, in words.
    pub remaining: String,
    /// Whether it is suspended: what remains stands still.
    pub is_suspended: bool,
    /// The diagnosis it rests on, if there is one.
    pub diagnosis: Option<Diagnosis>,
    /// How whoever receives it makes sure of it.
    pub verification: Option<Verification>,
}

/// An SIAE that hired the holder.
pub struct Employer {
    /// Its name.
    pub name: String,
    /// Its kind, in words.
    pub kind: String,
    /// Its address, on one line.
    pub address: String,
}

/// Who said that the holder is eligible.
pub struct Diagnosis {
    /// When.
    pub on: NaiveDate,
    /// Who.
    pub author: String,
    /// For which organisation.
    pub organisation: String,
}

/// What the public page of verification asks for.
pub struct Verification {
    /// The code.
    pub code: String,
    /// The address of the page.
    pub address: String,
}

/// Its title, as a document and on the page.
const TITLE: &str = "Attestation de délivrance d’un PASS IAE";

/// The document.
pub fn attestation(pass: &Attestation) -> Result<Vec<u8>, PdfError> {
    let mut layout = Layout::new()?;
    layout.letterhead();
    layout.paragraph(&format!("Le {}", french::date(pass.printed_on)));
    if let Some(Employer { name, kind, address }) = &pass.employer {
        layout.strong(name);
        layout.paragraph(&format!("{kind}\n{address}"));
    }
    layout.title(TITLE);
    layout.paragraph(&issued_to(pass));
    layout.terms(&[
        ("Numéro", &pass.number),
        ("Date de début", &french::date(pass.start)),
        ("Date de fin", &french::date(pass.end)),
        ("État", &pass.state),
        ("Reste", &pass.remaining),
    ]);
    layout.paragraph(counted(pass.is_suspended));
    if let Some(Diagnosis { on, author, organisation }) = &pass.diagnosis {
        let on = french::date(*on);
        layout.paragraph(&format!("Son éligibilité a été validée le {on} par {author}, {organisation}."));
    }
    layout.paragraph(
        "Délivré en application des articles L.\u{a0}5132-1 à L.\u{a0}5132-17 du code du travail.",
    );
    if let Some(Verification { code, address }) = &pass.verification {
        layout.section("Vérifier cette attestation");
        layout.paragraph(
            "Cette page dit, pour le code ci-dessous, si le PASS IAE est valide et jusqu’à quand, et rien d’autre\u{a0}:",
        );
        layout.link(
            address,
            &Target { uri: address.clone(), says: "Ouvrir la page de vérification".to_owned() },
        );
        layout.terms(&[("Code", code)]);
    }
    write(layout, TITLE, pass.printed_on)
}

/// How what remains is counted (rule book 03 §4.8): the page says the same.
pub const fn counted(is_suspended: bool) -> &'static str {
    if is_suspended {
        "Le nombre de jours restants est compté en jours calendaires. Il ne baisse pas tant que le PASS IAE est suspendu."
    } else {
        "Le nombre de jours restants est compté en jours calendaires. Il baisse d’un jour chaque jour, samedis, dimanches et jours \
         fériés compris."
    }
}

fn issued_to(pass: &Attestation) -> String {
    let identifier = pass.france_travail_id.as_ref();
    let identifier = identifier.map(|id| format!(", identifiant France Travail {id}")).unwrap_or_default();
    let holder = &pass.holder;
    format!(
        "Un PASS IAE a été délivré à {holder}{identifier}, pour un parcours d’insertion par l’activité économique."
    )
}
