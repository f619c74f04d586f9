//! For whom one searches: said on every page of the search, and in every address of it as `for=`, by id alone; and what
//! their waiting period means, before anyone applies (SUB-7).

use std::borrow::Borrow;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use chrono::NaiveDate;
use iae_app::Ctx;
use iae_app::directory::{Applicant, applicant};
use iae_domain::Actor;
use iae_domain::applications::submit::WaitingPeriod;
use iae_domain::ids::CandidateId;
use iae_domain::organisations::CompanyKind;

use super::query::SearchQuery;
use crate::error::PageError;
use crate::french;
use crate::paths::EligibilityPath;
use crate::state::WebState;

/// What is asked of the directory, and for whom: on each of its pages.
#[derive(Debug, Clone)]
pub struct Asked {
    pub(super) ctx: Ctx<()>,
    /// The person the address names, or the candidate who reads, if there is one. Whoever is signed out signs in first;
    /// someone the reader does not deal with is not found (D4).
    pub(super) applicant: Option<Applicant>,
    pub(super) query: SearchQuery,
}

impl FromRequestParts<WebState> for Asked {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, PageError> {
        let query = SearchQuery::read(parts.uri.query().unwrap_or_default());
        let applicant =
            match <Ctx<Actor> as FromRequestParts<WebState>>::from_request_parts(parts, state).await {
                Ok(ctx) => applicant(state, &ctx, query.person).await?,
                Err(error) if query.person.is_some() => return Err(error),
                Err(_) => None,
            };
        Ok(Self { ctx: <Ctx<()>>::from_request_parts(parts, state).await?, applicant, query })
    }
}

/// « Proposer Amel », or « Postuler » for oneself or for someone still to be chosen.
pub(super) fn action(applicant: Option<&Applicant>) -> String {
    match applicant.filter(|applicant| !applicant.is_reader).map(|applicant| applicant.first_name.as_deref())
    {
        None => "Postuler".to_owned(),
        Some(None) => "Proposer cette personne".to_owned(),
        Some(Some(first_name)) => format!("Proposer {first_name}"),
    }
}

/// The last day until which SIAE are closed to the person, when this employer is one (ELI-W).
pub(super) fn closed_until(applicant: Option<&Applicant>, kind: CompanyKind) -> Option<NaiveDate> {
    match applicant?.waiting? {
        WaitingPeriod::Closes { until } => Some(until).filter(|_| kind.is_siae()),
        WaitingPeriod::NeedsDiagnosis { .. } => None,
    }
}

/// What is said above a search of someone in their waiting period: until when, and who can help (D11).
pub(crate) fn waiting(
    waiting: impl Borrow<Option<WaitingPeriod>>,
    is_reader: impl Borrow<bool>,
) -> Option<(String, String)> {
    let waiting = (*waiting.borrow())?;
    let (WaitingPeriod::Closes { until } | WaitingPeriod::NeedsDiagnosis { until }) = waiting;
    let title = format!("Délai de carence jusqu’au {}", french::date(until));
    let helpers = "prescripteur habilité (France Travail, mission locale, Cap emploi…)";
    let message = match waiting {
        WaitingPeriod::Closes { .. } if *is_reader.borrow() => format!(
            "Votre parcours d’insertion s’est terminé il y a moins de deux ans. Pour rejoindre une structure \
             d’insertion avant cette date, demandez à un {helpers} de valider votre éligibilité, ou d’envoyer la \
             candidature pour vous."
        ),
        WaitingPeriod::Closes { .. } => format!(
            "Le parcours d’insertion de cette personne s’est terminé il y a moins de deux ans. Avant cette date, \
             seul un {helpers} peut la proposer à une structure d’insertion, ou valider son éligibilité pour que \
             vous le puissiez."
        ),
        WaitingPeriod::NeedsDiagnosis { .. } => "Le parcours d’insertion de cette personne s’est terminé il y a \
             moins de deux ans. Vous pouvez la proposer\u{a0}: un nouveau PASS IAE demandera que vous validiez \
             son éligibilité."
            .to_owned(),
    };
    Some((title, message))
}

/// Where the reader lifts the waiting period themselves.
pub(crate) fn eligibility_href(
    waiting: impl Borrow<Option<WaitingPeriod>>,
    candidate: impl Borrow<CandidateId>,
) -> Option<String> {
    match (*waiting.borrow())? {
        WaitingPeriod::NeedsDiagnosis { .. } => Some(EligibilityPath { id: *candidate.borrow() }.to_string()),
        WaitingPeriod::Closes { .. } => None,
    }
}
