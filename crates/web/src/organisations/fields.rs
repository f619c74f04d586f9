//! What is typed of an organisation: what it is called, where it is, how it is reached, what it says.

use iae_app::App;
use iae_app::organisations::profile::queries::OwnOrganisation;
use iae_app::reference::queries::{Suggested, communes_called};
use iae_domain::actor::Professional;
use iae_domain::directory::Position;
use iae_domain::organisations::{
    OrganisationName, OrganisationNameRefused, Presentation, Profile, Seat, Website,
};
use iae_domain::reference::{TypedPlace, department_of_commune};
use iae_domain::text::{
    AddressLine, AddressLineRefused, Email, Message, PhoneNumber, department_of_post_code,
};
use serde::Deserialize;

use crate::choice::Choice;
use crate::directory::place;
use crate::forms::FieldErrors;
use crate::transition::version;

/// What an organisation has to say in its own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Says {
    /// Nothing: an orienteur has no public card (PRE-27).
    Nothing,
    /// What it does.
    Description,
    /// What it does, and how it accompanies people.
    DescriptionAndSupport,
}

impl Says {
    /// What that of a member has.
    pub(super) const fn of(member: &Professional) -> Self {
        match member {
            Professional::Employer(_) => Self::DescriptionAndSupport,
            Professional::Prescriber(actor) if actor.authorised => Self::Description,
            Professional::Prescriber(_) => Self::Nothing,
        }
    }
}

/// What is typed. Steps that are not shown are kept in the page.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct ProfileForm {
    pub(crate) name: String,
    pub(crate) address_line_1: String,
    pub(crate) address_line_2: String,
    pub(crate) post_code: String,
    pub(crate) city: String,
    pub(crate) city_choice: String,
    pub(crate) phone: String,
    pub(crate) email: String,
    pub(crate) website: String,
    pub(crate) description: String,
    pub(crate) support: String,
    /// The version that was read (D32).
    pub(crate) seen: String,
    /// What is sent: the code of a step, or `back_` and the code of the step to come back to.
    pub(crate) step: String,
}

impl ProfileForm {
    /// As it is published today.
    pub(super) fn of(own: &OwnOrganisation) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            name: own.shown_name.clone(),
            address_line_1: own.address_line_1.clone(),
            address_line_2: own.address_line_2.clone(),
            post_code: text(&own.post_code),
            city: own.city.clone(),
            city_choice: String::new(),
            phone: text(&own.phone),
            email: text(&own.email),
            website: text(&own.website),
            description: own.description.clone(),
            support: own.support.clone(),
            seen: version(own.version),
            step: String::new(),
        }
    }

    /// The fields of how it is reached, by name.
    pub(crate) fn contact_fields(&self) -> Vec<(&'static str, &str)> {
        vec![
            ("name", self.name.as_str()),
            ("address_line_1", self.address_line_1.as_str()),
            ("address_line_2", self.address_line_2.as_str()),
            ("post_code", self.post_code.as_str()),
            ("city", self.city.as_str()),
            ("city_choice", self.city_choice.as_str()),
            ("phone", self.phone.as_str()),
            ("email", self.email.as_str()),
            ("website", self.website.as_str()),
        ]
    }

    /// The fields of its own words, by name.
    pub(super) fn words_fields(&self) -> Vec<(&'static str, &str)> {
        vec![("description", self.description.as_str()), ("support", self.support.as_str())]
    }

    /// The communes that the address may be in.
    pub(crate) async fn communes(&self, app: &App) -> iae_app::Result<Vec<Suggested>> {
        communes_called(&app.db, &self.place()).await
    }

    /// The commune and the post code, each of which may hold both.
    fn place(&self) -> TypedPlace {
        let typed: String = self.post_code.chars().filter(|c| !c.is_whitespace()).collect();
        let place = TypedPlace::read(&self.city);
        TypedPlace { post_code: Some(typed).filter(|code| !code.is_empty()).or(place.post_code), ..place }
    }

    /// The communes to choose among, when the post code leaves several.
    pub(crate) fn city_choices(&self, communes: &[Suggested]) -> Vec<Choice> {
        let choice = |one: &Suggested| {
            Choice::new(one.commune.insee_code.as_str(), place::long_label(one))
                .selected_if(one.commune.insee_code == self.city_choice)
        };
        communes.iter().filter(|_| communes.len() > 1).map(choice).collect()
    }

    /// All of it, or each mistake.
    pub(crate) fn profile(
        &self,
        errors: &mut FieldErrors,
        communes: &[Suggested],
        says: Says,
    ) -> Option<Profile> {
        let name = OrganisationName::parse(&self.name);
        let name = name.map_err(|refused| errors.add("name", self::name(refused))).ok();
        let seat = self.seat(errors, communes);
        let phone = optional(errors, "phone", &self.phone, PhoneNumber::parse, NO_PHONE);
        let email = optional(errors, "email", &self.email, Email::parse, NO_EMAIL);
        let website = optional(errors, "website", &self.website, Website::parse, NO_WEBSITE);
        let presentation = self.presentation(errors, says);
        let (name, seat) = (name?, seat?);
        Some(Profile { name, seat, phone, email, website, presentation })
    }

    /// Its own words, or what is wrong with them.
    pub(super) fn presentation(&self, errors: &mut FieldErrors, says: Says) -> Option<Presentation> {
        let mut text = |field: &'static str, typed: &str| -> Option<Message> {
            if typed.trim().is_empty() { None } else { errors.message(field, typed, "") }
        };
        match says {
            Says::Nothing => None,
            Says::Description => {
                Some(Presentation { description: text("description", &self.description), support: None })
            }
            Says::DescriptionAndSupport => Some(Presentation {
                description: text("description", &self.description),
                support: text("support", &self.support),
            }),
        }
    }

    /// Where it is, in a commune of the reference (D23, D24); nothing is kept of an address that cannot be placed (ORG-5).
    fn seat(&self, errors: &mut FieldErrors, communes: &[Suggested]) -> Option<Seat> {
        let line_1 = line(errors, "address_line_1", &self.address_line_1);
        let has_more = !self.address_line_2.trim().is_empty();
        let line_2 = if has_more { line(errors, "address_line_2", &self.address_line_2) } else { None };
        let typed = self.place();
        let post_code = typed.post_code.clone().filter(|code| department_of_post_code(code).is_some());
        if post_code.is_none() {
            errors.add("post_code", "Le code postal a 5 chiffres.");
        }
        let chosen = communes.iter().find(|one| one.commune.insee_code == self.city_choice);
        let commune = match (chosen, communes) {
            (Some(one), _) | (None, [one]) => Some(&one.commune),
            (None, several) => {
                // Under a mistaken post code nothing is found: one mistake is enough.
                if post_code.is_some() || typed.name.is_empty() {
                    errors.add("city", no_commune(typed.name.is_empty(), several.len()));
                }
                None
            }
        };
        let (line_1, post_code, commune) = (line_1?, post_code?, commune?);
        let Some((latitude, longitude)) = commune.latitude.zip(commune.longitude) else {
            errors.add(
                "city",
                "La position de cette commune n’est pas connue : la structure ne serait trouvée par aucune recherche. Choisissez \
                 une commune voisine, ou écrivez à l’équipe du service.",
            );
            return None;
        };
        Some(Seat {
            line_1,
            line_2,
            post_code,
            city: typed.postal_city(&commune.name),
            department: department_of_commune(&commune.insee_code).to_owned(),
            position: Position { latitude, longitude },
        })
    }
}

/// What is said of a text that is no number.
pub(crate) const NO_PHONE: &str = "Ce numéro de téléphone n’est pas complet, ou n’en est pas un.";
/// What is said of a text that is no address.
pub(crate) const NO_EMAIL: &str =
    "Cette adresse e-mail n’est pas complète : écrivez-la comme nom@exemple.fr.";
/// What is said of a text that is no address of a site.
pub(crate) const NO_WEBSITE: &str =
    "L’adresse d’un site commence par https:// ou http://, comme https://www.exemple.fr, sans espace.";

/// What is typed where nothing has to be, or its mistake.
pub(crate) fn optional<T, E>(
    errors: &mut FieldErrors,
    field: &'static str,
    typed: &str,
    parse: impl Fn(&str) -> Result<T, E>,
    mistake: &str,
) -> Option<T> {
    if typed.trim().is_empty() {
        return None;
    }
    parse(typed).map_err(|_| errors.add(field, mistake)).ok()
}

/// A line of the address, or its mistake.
fn line(errors: &mut FieldErrors, field: &'static str, typed: &str) -> Option<AddressLine> {
    let mistake = |refused| match refused {
        AddressLineRefused::Blank => "Saisissez le numéro et la rue.",
        AddressLineRefused::TooLong => {
            "Cette ligne dépasse 200 caractères : gardez ce qu’une enveloppe peut porter."
        }
        AddressLineRefused::NotALine => {
            "Une ligne d’adresse tient sur une ligne et contient des lettres ou des chiffres."
        }
    };
    AddressLine::parse(typed).map_err(|refused| errors.add(field, mistake(refused))).ok()
}

/// Why a text is no name.
pub(crate) const fn name(refused: OrganisationNameRefused) -> &'static str {
    match refused {
        OrganisationNameRefused::Blank => "Saisissez le nom.",
        OrganisationNameRefused::TooLong => "Ce nom dépasse 200 caractères : gardez celui de l’enseigne.",
    }
}

const fn no_commune(is_blank: bool, found: usize) -> &'static str {
    match (is_blank, found) {
        (true, _) => "Saisissez la commune.",
        (false, 0) => "Cette commune n’existe pas sous ce code postal.",
        (false, _) => "Plusieurs communes correspondent : choisissez celle de l’adresse.",
    }
}
