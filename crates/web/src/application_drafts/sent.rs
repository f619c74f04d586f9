//! `/applications/{id}/sent`: what happens next, for the sender alone (SUB-70, SUB-71).

use askama::Template;
use axum::extract::State;
use axum_extra::routing::TypedPath as _;
use iae_app::Ctx;
use iae_app::applications::drafts::{self, Sending, SentTo};
use iae_domain::Actor;
use iae_domain::actor::PrescriberActor;
use iae_domain::applications::draft::NotSent;
use iae_domain::ids::ApplicationId;

use super::messages;
use crate::directory::{search_for, search_path};
use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::french;
use crate::layout::Layout;
use crate::paths::{EmployerPath, EmployersPath, NewDraftPath, SentPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "application_drafts/sent.html")]
pub struct SentPage {
    layout: Layout,
    id: ApplicationId,
    title: String,
    name: String,
    sees_identity: bool,
    is_candidate: bool,
    is_prescriber: bool,
    is_own_company: bool,
    /// The search for the same person.
    search: Option<String>,
    received: Vec<SentTo>,
    /// Those for which nothing left.
    not_sent: Vec<NotReceived>,
    sent: Sending,
}

/// An employer that got nothing, why, and how to go on.
struct NotReceived {
    company: String,
    why: &'static str,
    /// The words of the way on, and its address; none for an employer that has no page any more.
    next: Option<(String, String)>,
}

impl NotReceived {
    fn new(sent: &Sending, one: &SentTo, refusal: NotSent, is_candidate: bool) -> Self {
        let name = &one.company_name;
        let next = match refusal {
            NotSent::JobsClosed | NotSent::SpontaneousClosed => Some((
                format!("Choisir d’autres postes chez {name}"),
                format!("{NewDraftPath}?company={}&candidate={}", one.company_id, sent.candidate_id),
            )),
            NotSent::AppliedRecently
            | NotSent::CompanyBlocks
            | NotSent::CompanyNotRegistered
            | NotSent::Withdrawn
            | NotSent::WaitingPeriod => Some((
                format!("Voir la fiche {}", french::of(name)),
                EmployerPath { id: one.company_id }.to_string(),
            )),
            NotSent::CompanyLeft => None,
        };
        Self { company: name.clone(), why: messages::not_sent(refusal, is_candidate), next }
    }
}

impl SentPage {
    /// « Les Jardins de la Seille a reçu », « A et B ont reçu ».
    fn receivers(&self) -> String {
        let names: Vec<&str> = self.received.iter().map(|one| one.company_name.as_str()).collect();
        format!("{} {} reçu", messages::listed(&names), if names.len() > 1 { "ont" } else { "a" })
    }

    /// Who was told by mail: whoever has an address.
    const fn confirmation(&self) -> &'static str {
        match (self.sent.sender_is_told, self.is_candidate, self.sent.email.is_some()) {
            (true, true, _) => "Un e-mail de confirmation vous a été envoyé.",
            (true, false, true) => "Un e-mail de confirmation vous a été envoyé, ainsi qu’à la personne.",
            (true, false, false) => {
                "Un e-mail de confirmation vous a été envoyé. La personne n’a pas d’adresse e-mail\u{a0}: prévenez-la vous-même."
            }
            (false, false, true) => "Un e-mail de confirmation a été envoyé à la personne.",
            (false, true, _) | (false, false, false) => "",
        }
    }
}

/// Says what was sent, to whom, and what happens next.
pub async fn get(
    path: SentPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
) -> PageResult {
    let sent = drafts::sent(&state, &ctx, path.id).await?.ok_or(PageError::NotFound)?;
    let received: Vec<SentTo> = sent.received().cloned().collect();
    let own = ctx.actor_record().organisation;
    let is_own_company = received.iter().all(|one| Some(one.company_id) == own);
    let is_candidate = ctx.actor.candidate().is_some();
    let again =
        |search| if is_candidate { search_path(search) } else { search_for(search, sent.candidate_id) };
    let search = match sent.search.as_deref().and_then(again) {
        None if !is_candidate => search_for(EmployersPath::PATH, sent.candidate_id),
        search => search,
    };
    let not_sent = sent
        .to
        .iter()
        .filter_map(|one| Some(NotReceived::new(&sent, one, one.refusal?, is_candidate)))
        .collect();
    ok(&SentPage {
        layout,
        id: path.id,
        title: match received.len() {
            1 if is_own_company => "Auto-prescription enregistrée".to_owned(),
            1 => "Candidature envoyée".to_owned(),
            several => format!("{several} candidatures envoyées"),
        },
        name: sent.candidate_name(&ctx.actor),
        sees_identity: sent.sees_identity(&ctx.actor),
        is_candidate,
        is_prescriber: PrescriberActor::try_from(ctx.actor).is_ok(),
        is_own_company,
        search,
        received,
        not_sent,
        sent,
    })
}
