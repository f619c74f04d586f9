//! Both files side by side, where what goes is chosen.

use askama::Template;
use iae_app::accounts::oversight::list::shown_address;
use iae_app::candidates::data_transfer::{FileCard, TransferPreview};
use iae_domain::candidates::{FileParts, Nir, TransferPart};

use super::form::TransferForm;
use crate::choice::Choice;
use crate::forms::FieldErrors;
use crate::french::{date, date_time, number, period};
use crate::layout::Layout;
use crate::paths::AdminUserPath;

/// The page.
#[derive(Template)]
#[template(path = "admin/data_transfer_preview.html")]
pub(super) struct PreviewPage {
    layout: Layout,
    of: TransferPreview,
    form: TransferForm,
    errors: FieldErrors,
}

/// What both say of one thing.
struct Line {
    label: &'static str,
    from: Vec<String>,
    to: Vec<String>,
    /// It says that they may be two people.
    is_alarming: bool,
}

impl PreviewPage {
    /// Everything is chosen: parts rest on one another.
    pub(super) fn new(layout: Layout, of: TransferPreview) -> Self {
        let held = TransferPart::ALL.iter().filter(|part| of.facts.from.count(**part) > 0);
        let parts = held.map(|part| part.code().to_owned()).collect();
        let form = TransferForm { parts, transfer: of.id.to_string(), ..TransferForm::default() };
        Self { layout, of, form, errors: FieldErrors::default() }
    }

    /// The same again, with what is wrong.
    pub(super) const fn mistaken(
        layout: Layout,
        of: TransferPreview,
        form: TransferForm,
        errors: FieldErrors,
    ) -> Self {
        Self { layout, of, form, errors }
    }

    fn seen(&self) -> String {
        self.of.facts.seen()
    }

    fn account(&self) -> AdminUserPath {
        super::account(self.of.from.id)
    }

    fn lines(&self) -> Vec<Line> {
        let of_person = |label, of: fn(&FileCard) -> String| Line {
            label,
            from: vec![of(&self.of.from)],
            to: vec![of(&self.of.to)],
            is_alarming: false,
        };
        let held = |label, of: fn(&FileParts) -> Vec<String>| Line {
            label,
            from: of(&self.of.facts.from),
            to: of(&self.of.facts.to),
            is_alarming: false,
        };
        let marked = |line: Line, is_alarming: bool| Line { is_alarming, ..line };
        let (from, to) = (&self.of.from, &self.of.to);
        let birth_date = of_person("Date de naissance", |card| card.birth_date.map_or_else(unknown, date));
        vec![
            marked(of_person("Nom", |card| card.name.clone()), from.name != to.name),
            marked(birth_date, from.has_another_birth_date_than(to)),
            marked(of_person("Numéro de sécurité sociale", nir), from.has_another_nir_than(to)),
            of_person("Adresse e-mail", email),
            of_person("Compte", |card| if card.is_active { "Ouvert" } else { "Désactivé" }.to_owned()),
            of_person("Dossier créé le", |card| date_time(card.created_at)),
            of_person("Dernière connexion", |card| {
                card.last_login_at.map_or_else(|| "Jamais".to_owned(), date_time)
            }),
            held("PASS IAE", passes),
            held("Diagnostics d’éligibilité", |parts| vec![number(parts.diagnoses.into())]),
            held("Justificatifs conservés", |parts| vec![number(parts.proofs.into())]),
            held("Candidatures", |parts| vec![number(parts.applications.into())]),
            held("Embauches sous un PASS IAE", |parts| vec![number(parts.hires_under_passes.into())]),
            held("Accompagnements", |parts| vec![number(parts.accompaniments.into())]),
        ]
    }

    fn parts(&self) -> Vec<Choice> {
        let choice = |part: &TransferPart| {
            let count = self.of.facts.from.count(*part);
            let choice = Choice::new(part.code(), format!("{} ({})", part.label(), number(count.into())));
            if count == 0 {
                return choice.disabled("Ce dossier n’en a pas.");
            }
            let is_chosen = self.form.parts.iter().any(|code| code == part.code());
            choice.with_hint(goes_with(*part)).selected_if(is_chosen)
        };
        TransferPart::ALL.iter().map(choice).collect()
    }
}

/// What goes with a part.
const fn goes_with(part: TransferPart) -> &'static str {
    match part {
        TransferPart::Passes => {
            "Avec leurs suspensions, leurs prolongations, les bilans joints et ce qui reste des PASS IAE annulés."
        }
        TransferPart::Diagnoses => "Avec leurs critères et les justificatifs que les SIAE conservent.",
        TransferPart::Applications => {
            "Avec leurs documents, leur historique et les contrôles dont elles font l’objet."
        }
        TransferPart::Accompaniments => "Les professionnels et structures qui accompagnent la personne.",
    }
}

fn unknown() -> String {
    "Inconnue".to_owned()
}

fn email(card: &FileCard) -> String {
    let email = card.email.as_deref().map(|email| shown_address(email, card.is_active));
    email.map_or_else(unknown, ToOwned::to_owned)
}

fn nir(card: &FileCard) -> String {
    let known = card.nir.as_deref().and_then(|nir| Nir::parse(nir).ok());
    known.map_or_else(|| "Inconnu".to_owned(), |nir| nir.grouped())
}

fn passes(parts: &FileParts) -> Vec<String> {
    if parts.passes.is_empty() {
        return vec!["Aucun".to_owned()];
    }
    parts.passes.iter().map(|days| period(days.start, days.end)).collect()
}
