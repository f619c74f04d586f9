//! What is typed of an organisation that the team creates or changes.

use iae_app::admin::organisations::queries::Card;
use iae_app::reference::queries::Suggested;
use iae_domain::organisations::team::{CompanyAsked, CreateCommand, TeamCard, TeamRefused};
use iae_domain::organisations::{
    CompanyKind, InstitutionKind, InstitutionLevel, OrganisationFamily, OrganisationName,
    OrganisationNameRefused, PrescriberKind, Siret, Website,
};
use iae_domain::text::{Email, PhoneNumber};
use serde::Deserialize;

use crate::forms::FieldErrors;
use crate::organisations::fields::{self, NO_EMAIL, NO_PHONE, NO_WEBSITE, ProfileForm, Says};
use crate::organisations::no_siret;
use crate::transition::{NotDone, version};

/// What is typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct OrganisationForm {
    /// The id of a new one, chosen when it is read again: sent twice, it is created once.
    pub(super) id: String,
    pub(super) family: String,
    pub(super) kind: String,
    pub(super) siret: String,
    pub(super) legal_name: String,
    pub(super) department: String,
    pub(super) auth_email: String,
    pub(super) convention: String,
    pub(super) remark: String,
    #[serde(flatten)]
    pub(super) profile: ProfileForm,
}

impl OrganisationForm {
    /// As it is today.
    pub(super) fn of(card: &Card) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            family: card.family.code().to_owned(),
            legal_name: card.name.clone(),
            department: text(&card.department_code),
            auth_email: text(&card.auth_email),
            convention: card.convention().map(|(_, number)| number.to_string()).unwrap_or_default(),
            profile: ProfileForm {
                name: card.shown_name.clone(),
                address_line_1: card.address_line_1.clone(),
                address_line_2: card.address_line_2.clone(),
                post_code: text(&card.post_code),
                city: card.city.clone(),
                phone: text(&card.phone),
                email: text(&card.email),
                website: text(&card.website),
                seen: version(card.updated_at),
                ..ProfileForm::default()
            },
            ..Self::default()
        }
    }

    /// Everything that was typed but the remark, for the page that asks to confirm it.
    pub(super) fn kept(&self) -> Vec<(&'static str, &str)> {
        let own = [
            ("id", self.id.as_str()),
            ("family", self.family.as_str()),
            ("kind", self.kind.as_str()),
            ("siret", self.siret.as_str()),
            ("legal_name", self.legal_name.as_str()),
            ("department", self.department.as_str()),
            ("auth_email", self.auth_email.as_str()),
            ("convention", self.convention.as_str()),
            ("seen", self.profile.seen.as_str()),
        ];
        own.into_iter().chain(self.profile.contact_fields()).collect()
    }

    /// What is sent: the recap, its confirmation, or a way back.
    pub(super) fn step(&self) -> &str {
        &self.profile.step
    }

    /// What it is called, where it is, how it is reached.
    pub(super) fn card(
        &self,
        errors: &mut FieldErrors,
        family: OrganisationFamily,
        communes: &[Suggested],
    ) -> Option<TeamCard> {
        match family {
            OrganisationFamily::Institution => self.institution(errors),
            OrganisationFamily::Prescriber => {
                let profile = self.profile.profile(errors, communes, Says::Nothing)?;
                Some(TeamCard {
                    name: profile.name,
                    brand: None,
                    seat: Some(profile.seat),
                    department: None,
                    phone: profile.phone,
                    email: profile.email,
                    website: profile.website,
                })
            }
            OrganisationFamily::Company => {
                let name = self.legal_name(errors, "Saisissez le nom officiel.");
                let profile = self.profile.profile(errors, communes, Says::Nothing);
                let (name, profile) = name.zip(profile)?;
                Some(TeamCard {
                    brand: Some(profile.name).filter(|brand| *brand != name),
                    name,
                    seat: Some(profile.seat),
                    department: None,
                    phone: profile.phone,
                    email: profile.email,
                    website: profile.website,
                })
            }
        }
    }

    /// `blank` asks for it by the label of its field: a company has a second name.
    fn legal_name(&self, errors: &mut FieldErrors, blank: &'static str) -> Option<OrganisationName> {
        let said = |refused| match refused {
            OrganisationNameRefused::Blank => blank,
            OrganisationNameRefused::TooLong => fields::name(refused),
        };
        let name = OrganisationName::parse(&self.legal_name);
        name.map_err(|refused| errors.add("legal_name", said(refused))).ok()
    }

    /// An institution has no address here: its département says where it acts (rule book 01 §5).
    fn institution(&self, errors: &mut FieldErrors) -> Option<TeamCard> {
        let name = self.legal_name(errors, "Saisissez le nom.");
        let phone = fields::optional(errors, "phone", &self.profile.phone, PhoneNumber::parse, NO_PHONE);
        let email = fields::optional(errors, "email", &self.profile.email, Email::parse, NO_EMAIL);
        let website = fields::optional(errors, "website", &self.profile.website, Website::parse, NO_WEBSITE);
        let department = Some(self.department.clone()).filter(|code| !code.is_empty());
        Some(TeamCard { name: name?, brand: None, seat: None, department, phone, email, website })
    }

    /// What is created.
    pub(super) fn command(
        &self,
        errors: &mut FieldErrors,
        family: OrganisationFamily,
    ) -> Option<CreateCommand> {
        let no_kind = "Choisissez sa nature.";
        match family {
            OrganisationFamily::Company => {
                let kind = CompanyKind::parse(&self.kind);
                if kind.is_none() {
                    errors.add("kind", no_kind);
                }
                let siret = self.siret(errors);
                let CompanyAsked { auth_email, convention } = self.asked(errors);
                Some(CreateCommand::Company { siret: siret?, kind: kind?, auth_email, convention })
            }
            OrganisationFamily::Prescriber => {
                let kind = PrescriberKind::parse(&self.kind);
                if kind.is_none() {
                    errors.add("kind", no_kind);
                }
                let siret = self.siret(errors);
                Some(CreateCommand::Prescriber { siret: siret?, kind: kind? })
            }
            OrganisationFamily::Institution => {
                let kind = InstitutionKind::parse(&self.kind);
                if kind.is_none() {
                    errors.add("kind", no_kind);
                }
                let kind = kind?;
                if is_local(kind) && self.department.is_empty() {
                    errors.add("department", DEPARTMENT);
                }
                Some(CreateCommand::Institution { kind })
            }
        }
    }

    fn siret(&self, errors: &mut FieldErrors) -> Option<Siret> {
        Siret::parse(&self.siret).map_err(|_| errors.add("siret", no_siret(&self.siret))).ok()
    }

    /// What is a company's alone.
    pub(super) fn asked(&self, errors: &mut FieldErrors) -> CompanyAsked {
        let auth_email = fields::optional(errors, "auth_email", &self.auth_email, Email::parse, NO_EMAIL);
        let number = |text: &str| text.split_whitespace().collect::<String>().parse::<i32>();
        let convention = fields::optional(errors, "convention", &self.convention, number, NO_NUMBER);
        CompanyAsked { auth_email, convention }
    }
}

const DEPARTMENT: &str = "Choisissez le département : une institution de ce niveau en a un.";
const NO_NUMBER: &str = "Le numéro d’une convention à l’ASP est fait de chiffres, comme 5701.";

/// Whether an institution of this kind acts in a part of the country.
fn is_local(kind: InstitutionKind) -> bool {
    match kind.level() {
        InstitutionLevel::Department | InstitutionLevel::Region => true,
        InstitutionLevel::Country | InstitutionLevel::Elsewhere => false,
    }
}

/// Why it is not created, nor changed: beside its field; none when somebody was faster.
pub(super) fn refused(refused: TeamRefused, family: OrganisationFamily) -> Option<NotDone> {
    let beside = |field: &'static str, said: &str| Some(FieldErrors::one(field, said).into());
    match refused {
        TeamRefused::Overtaken => None,
        TeamRefused::Taken if family == OrganisationFamily::Institution => beside(
            "kind",
            "Cette institution existe déjà, ou vous venez de la créer. Cherchez-la dans la liste.",
        ),
        TeamRefused::Taken => beside(
            "siret",
            "Une structure de cette nature existe déjà avec ce SIRET. Cherchez-la dans la liste.",
        ),
        TeamRefused::Unchanged => beside("", "Rien ne change : ce que vous avez saisi est déjà enregistré."),
        TeamRefused::NoConvention => beside(
            "convention",
            "Les structures de cette nature n’ont pas de convention : laissez ce champ vide.",
        ),
        TeamRefused::UnknownConvention => beside(
            "convention",
            "Aucune convention de cette nature n’a ce numéro : vérifiez-le dans les données de l’ASP.",
        ),
        TeamRefused::OtherSiren => beside(
            "convention",
            "Cette convention a été signée par une autre entité : son SIREN n’est pas celui de la structure.",
        ),
        TeamRefused::ConventionKept => beside(
            "convention",
            "Une structure rattachée à une convention ne s’en détache pas : indiquez-en une autre, ou désactivez la convention.",
        ),
        TeamRefused::FranceTravail => beside(
            "kind",
            "Les agences de France Travail viennent de leur annuaire : elles ne se créent pas ici.",
        ),
        TeamRefused::Department => beside("department", DEPARTMENT),
    }
}
