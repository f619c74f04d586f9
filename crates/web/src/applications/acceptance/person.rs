//! What the person's file lacks, asked before the hire (rule book 02 §6.2). What is known is neither asked nor
//! overwritten (ACC-10).

use chrono::NaiveDate;
use iae_app::App;
use iae_app::applications::detail::Person;
use iae_domain::candidates::{
    Complete, FranceTravailAnswer, Identification, Missing, NirAnswer, NirMissingReason,
};

use crate::candidates::fields::FileFields;
use crate::forms::FieldErrors;
use crate::french;

/// The parts of the file that are asked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub(super) missing: Missing,
    /// Whether a number may be given: as long as none is known, also when a reason was stored.
    pub(super) lacks_nir: bool,
    /// That reason.
    pub(super) nir_missing_reason: Option<NirMissingReason>,
}

/// What was given, with the place of birth in words.
#[derive(Debug, Clone, Default)]
pub(super) struct Given {
    pub(super) complete: Complete,
    birth_place: String,
}

impl Asked {
    pub(super) fn of(person: &Person) -> Self {
        Self {
            missing: person.missing,
            lacks_nir: person.identification != Identification::Nir,
            nir_missing_reason: person.nir_missing_reason,
        }
    }

    pub(super) const fn is_nothing(self) -> bool {
        self.missing.suffices_to_hire() && !self.lacks_nir
    }

    /// Finds the communes that are meant, when a place is asked.
    pub(super) async fn look_up(
        self,
        app: &App,
        typed: &mut FileFields,
        person: &Person,
    ) -> iae_app::Result<()> {
        if self.missing.birth_place || self.missing.address {
            let born = person.contact.as_ref().and_then(|contact| contact.birth_date);
            typed.look_up(app, person.nir.as_ref(), born).await?;
        }
        Ok(())
    }

    /// What is given for what is asked; the rest of what is posted is not read.
    pub(super) fn read(self, typed: &FileFields, errors: &mut FieldErrors, today: NaiveDate) -> Given {
        let missing = self.missing;
        let birth_date = missing.birth_date.then(|| typed.birth_date(errors, today)).flatten();
        let birth_place = missing.birth_place.then(|| typed.birth_place(errors)).flatten();
        let gives_nir = missing.nir || (self.lacks_nir && !typed.nir.trim().is_empty());
        let nir = gives_nir.then(|| typed.nir_answer(errors)).flatten();
        let address = missing.address.then(|| typed.address(errors)).flatten();
        let france_travail = missing.france_travail.then(|| typed.france_travail(errors)).flatten();
        let (birth_place, words) = birth_place.unzip();
        let complete = Complete { phone: None, birth_date, birth_place, nir, france_travail, address };
        Given { complete, birth_place: words.unwrap_or_default() }
    }
}

impl Given {
    /// Label and value of each part, for the recap.
    pub(super) fn rows(&self) -> Vec<(&'static str, String)> {
        let Complete { phone: _, birth_date, birth_place, nir, france_travail, address } = &self.complete;
        let nir = nir.as_ref().map(|answer| match answer {
            NirAnswer::Known(nir) => nir.grouped(),
            NirAnswer::Missing(reason) => reason.label().to_owned(),
        });
        let france_travail = france_travail.as_ref().map(|answer| match answer {
            FranceTravailAnswer::Known(id) => id.as_str().to_owned(),
            FranceTravailAnswer::Missing(reason) => reason.label().to_owned(),
        });
        let address = address.as_ref().map(|address| {
            let lines = [Some(&address.line_1), address.line_2.as_ref()];
            let lines: Vec<&str> = lines.into_iter().flatten().map(|line| line.as_str()).collect();
            format!("{}, {} {}", lines.join(", "), address.post_code, address.city)
        });
        [
            ("Date de naissance", birth_date.map(|born| french::date(born.date()))),
            ("Lieu de naissance", birth_place.as_ref().map(|_| self.birth_place.clone())),
            ("Numéro de sécurité sociale", nir),
            ("Adresse", address),
            ("Identifiant France Travail", france_travail),
        ]
        .into_iter()
        .filter_map(|(label, value)| value.map(|value| (label, value)))
        .collect()
    }
}
