//! `/organisation`: « Présentation », what members read of their own organisation, and what they do of it (CMP-26, PRE-26).

mod openings_card;

use askama::Template;
use axum::extract::State;
use axum_extra::routing::TypedPath as _;
use iae_app::Ctx;
use iae_app::organisations::profile::queries::{OwnOrganisation, own};
use iae_app::organisations::succession::queries::history;
use iae_domain::actor::Professional;
use iae_domain::organisations::policy::{list_agreed, publish_profile, read_annexes, read_presentation};
use iae_domain::organisations::{
    CompanyKind, CompanySource, OrganisationFamily, PrescriberKind, Presentation, Profile, policy,
    shows_annexes,
};

use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::organisations::history::HistoryLines;
use crate::paths::{
    AgreedPath, AnnexesPath, EmployerPath, NewAntennaPath, OrganisationPath, OrganisationProfilePath,
    PrescriberPath,
};
use crate::state::WebState;

use openings_card::OpeningsCard;

/// The page.
#[derive(Template)]
#[template(path = "organisations/show.html")]
pub struct PresentationPage {
    layout: Layout,
    own: OwnOrganisation,
    shown: Shown,
    /// What a company takes.
    openings: Option<OpeningsCard>,
    /// Whether the reader publishes it.
    publishes: bool,
    /// Other pages of the organisation that the reader has: words and addresses.
    others: Vec<(&'static str, &'static str)>,
    /// What became of it.
    past: HistoryLines,
}

/// The public card of an organisation, as it is or as it would be.
pub(super) struct Shown {
    pub(super) kind: &'static str,
    pub(super) name: String,
    /// Its official name, where it is another one.
    pub(super) official: Option<String>,
    pub(super) address: Vec<String>,
    pub(super) phone: Option<String>,
    pub(super) email: Option<String>,
    pub(super) website: Option<String>,
    pub(super) description: String,
    pub(super) support: String,
}

impl Shown {
    /// As it is published today.
    pub(super) fn of(own: &OwnOrganisation) -> Self {
        let town = [own.post_code.clone().unwrap_or_default(), own.city.clone()].join(" ").trim().to_owned();
        let address = [own.address_line_1.clone(), own.address_line_2.clone(), town];
        Self {
            kind: kind_label(own),
            name: own.shown_name.clone(),
            official: official(own, &own.shown_name),
            address: address.into_iter().filter(|line| !line.is_empty()).collect(),
            phone: own.phone.clone(),
            email: own.email.clone(),
            website: own.website.clone(),
            description: own.description.clone(),
            support: own.support.clone(),
        }
    }

    /// As it would be.
    pub(super) fn of_profile(own: &OwnOrganisation, profile: &Profile) -> Self {
        let Profile { name, seat, phone, email, website, presentation } = profile;
        let Presentation { description, support } = presentation.clone().unwrap_or_default();
        let line_2 = seat.line_2.as_ref().map(|line| line.as_str().to_owned());
        let town = format!("{} {}", seat.post_code, seat.city);
        let address = [Some(seat.line_1.as_str().to_owned()), line_2, Some(town)];
        Self {
            kind: kind_label(own),
            name: name.as_str().to_owned(),
            official: official(own, name.as_str()),
            address: address.into_iter().flatten().collect(),
            phone: phone.as_ref().map(|phone| phone.as_str().to_owned()),
            email: email.as_ref().map(|email| email.as_str().to_owned()),
            website: website.as_ref().map(|website| website.as_str().to_owned()),
            description: description.map(|text| text.as_str().to_owned()).unwrap_or_default(),
            support: support.map(|text| text.as_str().to_owned()).unwrap_or_default(),
        }
    }
}

/// The official name of a company that goes by another one.
fn official(own: &OwnOrganisation, shown: &str) -> Option<String> {
    let differs =
        own.family == OrganisationFamily::Company && own.name.to_lowercase() != shown.to_lowercase();
    differs.then(|| own.name.clone())
}

/// What it is.
fn kind_label(own: &OwnOrganisation) -> &'static str {
    match own.family {
        OrganisationFamily::Company => CompanyKind::parse(&own.kind).map_or("", CompanyKind::label),
        OrganisationFamily::Prescriber => PrescriberKind::parse(&own.kind).map_or("", PrescriberKind::label),
        OrganisationFamily::Institution => "",
    }
}

impl PresentationPage {
    fn is_company(&self) -> bool {
        self.own.family == OrganisationFamily::Company
    }

    /// « Structure » for a company, « Organisation » for who prescribes.
    fn called(&self) -> &'static str {
        if self.is_company() { "Structure" } else { "Organisation" }
    }

    /// Its public card, when anyone may read it.
    fn card(&self) -> Option<String> {
        let id = self.own.id;
        match self.own.family {
            OrganisationFamily::Company => {
                let is_found = self.own.is_searchable && self.layout.grace.is_none();
                is_found.then(|| EmployerPath { id }.to_string())
            }
            OrganisationFamily::Prescriber => Some(PrescriberPath { id }.to_string()),
            OrganisationFamily::Institution => None,
        }
    }

    /// Who changes what the card says, for whoever does not.
    fn edited_by(&self) -> &'static str {
        if self.own.kind == PrescriberKind::Ft.code() && !self.is_company() {
            "Ce que dit la fiche vient du répertoire des agences France Travail."
        } else {
            "Ce que dit la fiche est modifié par les administrateurs."
        }
    }

    /// What is to be done of an address that nobody finds (ORG-5).
    fn unlocated(&self) -> String {
        let how = if self.publishes { "Modifiez la fiche pour la corriger." } else { self.edited_by() };
        format!("Son adresse n’a pas pu être située. {how}")
    }

    fn siret(&self) -> String {
        self.own.siret.as_deref().map(crate::french::siret).unwrap_or_default()
    }

    /// Who last published it, and when.
    fn published(&self) -> Option<String> {
        let (name, at) = (self.own.published_by.as_ref()?, self.own.published_at?);
        Some(format!("Publiée par {name} le {}.", crate::french::date_time(at)))
    }
}

/// Where the pages of their organisation begin for a member: orienteurs have no presentation.
pub(super) fn home_of(member: &Professional) -> &'static str {
    if read_presentation(member).is_some() { OrganisationPath::PATH } else { OrganisationProfilePath::PATH }
}

/// The other pages of the organisation that a member has.
fn others(
    member: &Professional,
    own: &OwnOrganisation,
    layout: &Layout,
) -> Vec<(&'static str, &'static str)> {
    let mut others = Vec::new();
    match member {
        Professional::Employer(actor) => {
            if read_annexes(actor).is_ok() && own.source.is_some_and(shows_annexes) {
                others.push(("Annexes financières", AnnexesPath::PATH));
            }
            // What staff add before the State does has no convention to share (CMP-19).
            let shares = !actor.kind.is_siae() || own.source != Some(CompanySource::StaffCreated);
            if policy::add_antenna(actor).is_ok() && layout.grace.is_none() && shares {
                others.push(("Ajouter une antenne", NewAntennaPath::PATH));
            }
        }
        Professional::Prescriber(actor) => {
            if list_agreed(actor).is_ok() {
                others.push(("Organisations conventionnées", AgreedPath::PATH));
            }
        }
    }
    others
}

/// Shows it; to an orienteur it does not exist (P48).
pub async fn get(
    _: OrganisationPath,
    State(state): State<WebState>,
    ctx: Ctx<Professional>,
    layout: Layout,
) -> PageResult {
    let organisation = read_presentation(&ctx.actor).ok_or(PageError::NotFound)?;
    let own = own(&state.db, organisation).await?.ok_or(PageError::NotFound)?;
    ok(&PresentationPage {
        shown: Shown::of(&own),
        openings: OpeningsCard::of(&own, ctx.now),
        publishes: publish_profile(&ctx.actor).is_ok(),
        others: others(&ctx.actor, &own, &layout),
        past: HistoryLines::for_members(history(&state.db, organisation).await?, organisation),
        own,
        layout,
    })
}
