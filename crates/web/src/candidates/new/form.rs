//! The form of a new file: what is typed, its options, and what it means.

use chrono::NaiveDate;
use iae_app::App;
use iae_app::reference::queries::{CommuneRow, communes_named};
use iae_domain::candidates::{
    Address, BirthDate, BirthPlace, Country, EducationLevel, FRANCE, FranceTravailAnswer, FranceTravailId,
    FranceTravailIdMissingReason, NewCandidateCommand, Nir, NirAnswer, NirMissingReason, Title,
    check_consistency,
};
use iae_domain::text::{Email, NonBlank, PhoneNumber, department_of_post_code};
use serde::{Deserialize, Deserializer};

use super::messages;
use crate::choice::Choice;
use crate::forms::FieldErrors;

/// Registered at France Travail, with an identifier at hand: the third answer beside the two missing reasons.
const REGISTERED: &str = "REGISTERED";

/// What is typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct NewForm {
    pub(super) id: String,
    pub(super) draft: String,
    pub(super) step: String,
    pub(super) title: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) birth_date: String,
    pub(super) birth_country: String,
    pub(super) birth_commune: String,
    pub(super) birth_commune_code: String,
    pub(super) nir: String,
    #[serde(deserialize_with = "flag")]
    pub(super) nir_is_looked_up: bool,
    pub(super) nir_missing_reason: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) address_line_1: String,
    pub(super) address_line_2: String,
    pub(super) post_code: String,
    pub(super) city: String,
    pub(super) education_level: String,
    pub(super) registration: String,
    pub(super) france_travail_id: String,
    #[serde(deserialize_with = "flag")]
    pub(super) duplicate_confirmed: bool,
}

/// Any text but `true` is no.
fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(String::deserialize(deserializer)? == "true")
}

/// The communes that bear the typed names.
pub(super) struct Communes {
    birth: Vec<CommuneRow>,
    home: Vec<CommuneRow>,
}

impl NewForm {
    /// The communes that bear the typed names.
    pub(super) async fn communes(&self, app: &App) -> iae_app::Result<Communes> {
        let birth = if self.birth_country == FRANCE.code() { self.birth_commune.as_str() } else { "" };
        Ok(Communes {
            birth: communes_named(&app.db, birth).await?,
            home: communes_named(&app.db, &self.city).await?,
        })
    }

    /// What the form means, with the place of birth in words; or its mistakes, in the order of its fields.
    pub(super) fn parse(
        &self,
        communes: &Communes,
        today: NaiveDate,
    ) -> Result<(NewCandidateCommand, String), FieldErrors> {
        let mut errors = FieldErrors::default();
        let title = required(&mut errors, "title", Title::parse(&self.title), "Choisissez la civilité.");
        let first_name = name(&mut errors, "first_name", &self.first_name, "Saisissez le prénom.");
        let last_name = name(&mut errors, "last_name", &self.last_name, "Saisissez le nom.");
        let birth_date = self.birth_date(&mut errors, today);
        let birth_place = self.birth_place(&mut errors, &communes.birth);
        let nir = self.nir_answer(&mut errors);
        if let Some(NirAnswer::Known(nir)) = &nir
            && let Err(what) = check_consistency(nir, title, birth_date)
        {
            let (field, message) = messages::inconsistent(what);
            errors.add(field, message);
        }
        let invalid_email = "Saisissez une adresse e-mail valide. Format attendu : nom@exemple.fr";
        let email = required(&mut errors, "email", Email::parse(&self.email).ok(), invalid_email);
        let phone = self.phone(&mut errors);
        let address = self.address(&mut errors, &communes.home);
        let education_level = required(
            &mut errors,
            "education_level",
            EducationLevel::parse(&self.education_level),
            "Choisissez le niveau de formation.",
        );
        let france_travail = self.france_travail(&mut errors);
        let id = required(
            &mut errors,
            "last_name",
            self.id.parse().ok(),
            "Recommencez la recherche de la personne.",
        );
        let read = || {
            let (birth_place, birth_place_name) = birth_place?;
            let command = NewCandidateCommand {
                id: id?,
                title: title?,
                first_name: first_name?,
                last_name: last_name?,
                birth_date: birth_date?,
                birth_place,
                nir: nir?,
                email: email?,
                phone,
                address: address?,
                education_level: education_level?,
                france_travail: france_travail?,
                duplicate_confirmed: self.duplicate_confirmed,
            };
            Some((command, birth_place_name))
        };
        let read = read();
        errors.or(read)
    }

    fn birth_date(&self, errors: &mut FieldErrors, today: NaiveDate) -> Option<BirthDate> {
        let typed = self.birth_date.trim().parse().ok();
        let date =
            required(errors, "birth_date", typed, "Saisissez la date de naissance : jour, mois et année.")?;
        BirthDate::new(date, today).map_err(|refused| errors.add("birth_date", messages::age(refused))).ok()
    }

    /// CON-5: a country, and a commune when it is France.
    fn birth_place(&self, errors: &mut FieldErrors, named: &[CommuneRow]) -> Option<(BirthPlace, String)> {
        let country = Country::parse(&self.birth_country);
        let country = required(errors, "birth_country", country, "Choisissez le pays de naissance.")?;
        if country != FRANCE {
            return Some((BirthPlace::Abroad(country), country.name().to_owned()));
        }
        let chosen = named.iter().find(|commune| {
            commune.insee_code == self.birth_commune_code || commune.slug == self.birth_commune_code
        });
        let commune = match (chosen, named) {
            (Some(commune), _) | (None, [commune]) => commune,
            (None, []) => {
                errors.add(
                    "birth_commune",
                    "Saisissez la commune de naissance, telle qu'elle s'appelle aujourd'hui.",
                );
                return None;
            }
            (None, _) => {
                errors.add(
                    "birth_commune",
                    "Plusieurs communes portent ce nom : ajoutez le département, par exemple « Saint-Denis (93) ».",
                );
                return None;
            }
        };
        let name = format!("{} ({})", commune.name, commune.department_code);
        Some((BirthPlace::France { commune: commune.insee_code.clone() }, name))
    }

    /// A number, or the reason there is none; the number wins.
    fn nir_answer(&self, errors: &mut FieldErrors) -> Option<NirAnswer> {
        if self.nir.trim().is_empty() {
            let reason = NirMissingReason::parse(&self.nir_missing_reason);
            let message = "Saisissez le numéro de sécurité sociale, ou dites pourquoi il manque.";
            return required(errors, "nir", reason, message).map(NirAnswer::Missing);
        }
        match Nir::parse(&self.nir) {
            Ok(nir) => Some(NirAnswer::Known(nir)),
            Err(refused) => {
                errors.add("nir", messages::nir(refused));
                None
            }
        }
    }

    fn phone(&self, errors: &mut FieldErrors) -> Option<PhoneNumber> {
        if self.phone.trim().is_empty() {
            return None;
        }
        let message = "Ce numéro de téléphone n'est pas valide. Exemple : 06 12 34 56 78";
        required(errors, "phone", PhoneNumber::parse(&self.phone).ok(), message)
    }

    fn address(&self, errors: &mut FieldErrors, named: &[CommuneRow]) -> Option<Address> {
        let line_1 = NonBlank::parse(&self.address_line_1);
        let line_1 = required(errors, "address_line_1", line_1, "Saisissez le numéro et la rue.");
        let post_code = self.post_code.trim().to_owned();
        let valid = department_of_post_code(&post_code).map(|_| post_code);
        let post_code = required(errors, "post_code", valid, "Le code postal a 5 chiffres.");
        let here = named
            .iter()
            .find(|commune| post_code.as_ref().is_none_or(|code| commune.post_codes.contains(code)));
        let message = "Cette commune n'existe pas sous ce code postal.";
        let commune = required(errors, "city", here, message);
        let (line_1, post_code, commune) = (line_1?, post_code?, commune?);
        Some(Address {
            line_1,
            line_2: NonBlank::parse(&self.address_line_2),
            post_code,
            city: commune.name.clone(),
            commune: commune.insee_code.clone(),
        })
    }

    /// CON-6: the identifier wins over the reason.
    fn france_travail(&self, errors: &mut FieldErrors) -> Option<FranceTravailAnswer> {
        if !self.france_travail_id.trim().is_empty() {
            let message = "L'identifiant France Travail a 8 caractères (7 chiffres, puis un chiffre ou une lettre) ou 11 chiffres.";
            let id = FranceTravailId::parse(&self.france_travail_id).ok();
            return required(errors, "france_travail_id", id, message).map(FranceTravailAnswer::Known);
        }
        if self.registration == REGISTERED {
            errors.add(
                "france_travail_id",
                "Saisissez l'identifiant France Travail, ou dites qu'il est oublié.",
            );
            return None;
        }
        let reason = FranceTravailIdMissingReason::parse(&self.registration);
        let message = "Dites si la personne est inscrite à France Travail.";
        required(errors, "registration", reason, message).map(FranceTravailAnswer::Missing)
    }

    /// Everything typed, for the hidden fields of the summary.
    pub(super) fn kept(&self) -> Vec<(&'static str, &str)> {
        vec![
            ("id", &self.id),
            ("draft", &self.draft),
            ("title", &self.title),
            ("first_name", &self.first_name),
            ("last_name", &self.last_name),
            ("birth_date", &self.birth_date),
            ("birth_country", &self.birth_country),
            ("birth_commune", &self.birth_commune),
            ("birth_commune_code", &self.birth_commune_code),
            ("nir", &self.nir),
            ("nir_is_looked_up", if self.nir_is_looked_up { "true" } else { "" }),
            ("nir_missing_reason", &self.nir_missing_reason),
            ("email", &self.email),
            ("phone", &self.phone),
            ("address_line_1", &self.address_line_1),
            ("address_line_2", &self.address_line_2),
            ("post_code", &self.post_code),
            ("city", &self.city),
            ("education_level", &self.education_level),
            ("registration", &self.registration),
            ("france_travail_id", &self.france_travail_id),
        ]
    }
}

/// The value, or the mistake of its field.
fn required<T>(errors: &mut FieldErrors, field: &'static str, value: Option<T>, message: &str) -> Option<T> {
    if value.is_none() {
        errors.add(field, message);
    }
    value
}

/// A name of a person: something, of at most 100 characters.
fn name(errors: &mut FieldErrors, field: &'static str, typed: &str, message: &str) -> Option<NonBlank> {
    let short = NonBlank::parse(typed).filter(|name| name.as_str().chars().count() <= 100);
    required(errors, field, short, message)
}

macro_rules! choices {
    ($( $(#[$meta:meta])* $function:ident: $list:ty, $field:ident; )+) => { $(
        $(#[$meta])*
        pub(super) fn $function(form: &NewForm) -> Vec<Choice> {
            <$list>::ALL.iter().map(|value| option(value.code(), value.label(), &form.$field)).collect()
        }
    )+ };
}

choices! {
    titles: Title, title;
    nir_reasons: NirMissingReason, nir_missing_reason;
    education_levels: EducationLevel, education_level;
}

/// France first, then every other country.
pub(super) fn countries(form: &NewForm) -> Vec<Choice> {
    let countries = [FRANCE].into_iter().chain(Country::ABROAD.iter().copied());
    countries.map(|country| option(country.code(), country.name(), &form.birth_country)).collect()
}

pub(super) fn registrations(form: &NewForm) -> Vec<Choice> {
    [
        (REGISTERED, "Oui, et son identifiant est connu"),
        (FranceTravailIdMissingReason::Forgotten.code(), "Oui, mais son identifiant est oublié"),
        (FranceTravailIdMissingReason::NotRegistered.code(), "Non"),
    ]
    .map(|(value, label)| option(value, label, &form.registration))
    .into()
}

fn option(value: &str, label: &str, chosen: &str) -> Choice {
    Choice::new(value, label).selected_if(value == chosen)
}
