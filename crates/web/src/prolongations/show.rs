//! `/prolongations/{id}`: a request, to be granted, refused or handed over.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use iae_app::pass::prolongation::queries::{RequestDetail, colleagues, request};
use iae_app::pass::queries::last_move;
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::AuthorisedPrescriber;
use iae_domain::ids::{ProlongationRequestId, UserId};
use iae_domain::pass::prolongation::{DecideRefused, RequestState};
use iae_domain::pass::{Chapter, remaining};
use iae_domain::time::Period;

use crate::applications::state_badge::{self, StateBadge};
use crate::choice::Choice;
use crate::error::{PageError, PageResult, ok, page_with, unprocessable};
use crate::filters;
use crate::forms::FieldErrors;
use crate::french;
use crate::layout::Layout;
use crate::pass::prolongation::mistake;
use crate::pass::words;
use crate::paths::ProlongationRequestPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "prolongations/show.html")]
pub struct RequestPage {
    layout: Layout,
    request: RequestDetail,
    colleagues: Vec<(UserId, String)>,
    today: NaiveDate,
    errors: FieldErrors,
    /// What happened since the page was read, or why nothing was done: a title, what follows.
    problem: Option<(&'static str, String)>,
}

impl RequestPage {
    async fn load(
        app: &App,
        ctx: &Ctx<AuthorisedPrescriber>,
        layout: Layout,
        id: ProlongationRequestId,
    ) -> PageResult<Self> {
        let request = request(app, ctx, id).await?;
        let colleagues = match request.state {
            RequestState::Pending => colleagues(app, ctx.actor.organisation).await?,
            RequestState::Granted | RequestState::Denied | RequestState::Returned => vec![],
        };
        let (today, errors) = (ctx.today(), FieldErrors::default());
        Ok(Self { layout, request, colleagues, today, errors, problem: None })
    }

    fn badge(&self) -> StateBadge {
        state_badge::of_request(self.request.state)
    }

    fn is_pending(&self) -> bool {
        self.request.state == RequestState::Pending
    }

    /// The end of the PASS now, and once the request is granted; none when it cannot be.
    fn ends(&self) -> Option<(NaiveDate, NaiveDate)> {
        let parcours = &self.request.parcours;
        let after = parcours.grant(self.request.reason, self.request.period).ok()?;
        Some((parcours.end(), after.end()))
    }

    /// Why the end it gives is not the one that was asked for (rule book 03 §6.8).
    fn moved(&self) -> Option<String> {
        let asked = self.request.period;
        let (start, end) = self.ends().filter(|(_, after)| *after != asked.end)?;
        Some(format!(
            "La structure l’avait demandée {}. La fin du PASS IAE {} depuis\u{a0}: la prolongation compte autant de jours, et finit donc le {}.",
            french::period(asked.start, asked.end),
            Chapter::end_moved(asked, Period { start, end }),
            french::date(end)
        ))
    }

    fn remaining(&self) -> String {
        remaining(&self.request.parcours, self.today)
    }

    /// What the SIAE declared, nothing recorded proving it (D12).
    fn declared(&self) -> Option<&'static str> {
        self.request.condition_declared.then_some("La structure l’atteste sur l’honneur.")
    }

    fn choices(&self) -> Vec<Choice> {
        let others = self.colleagues.iter().filter(|(user, _)| *user != self.request.assignee);
        others.map(|(user, name)| Choice::new(user.to_string(), name)).collect()
    }
}

/// Shows the request.
pub async fn get(
    ProlongationRequestPath { id }: ProlongationRequestPath,
    State(state): State<WebState>,
    ctx: Ctx<AuthorisedPrescriber>,
    layout: Layout,
) -> PageResult {
    ok(&RequestPage::load(&state, &ctx, layout, id).await?)
}

/// The page again once nothing was decided, with why; or the page that says who decided.
pub(super) async fn again(
    app: &App,
    ctx: &Ctx<AuthorisedPrescriber>,
    layout: Layout,
    id: ProlongationRequestId,
    failure: Failure<DecideRefused>,
) -> PageResult<Response> {
    let refused = match failure {
        Failure::Refused(refused) => refused,
        Failure::App(error) => return Err(error.into()),
    };
    let (status, title, message) = match refused {
        DecideRefused::AlreadyDecided(_) => return Err(already_decided(app, ctx, id).await?),
        DecideRefused::NotAuthorised => {
            return Err(PageError::Forbidden { reserved_for: "aux prescripteurs habilités" });
        }
        DecideRefused::EndMoved { end } => {
            (StatusCode::CONFLICT, "La fin du PASS IAE a changé entre-temps", moved(app, ctx, id, end).await?)
        }
        DecideRefused::Closed => (
            StatusCode::CONFLICT,
            "Ce PASS IAE a été clôturé",
            "Il ne peut plus être prolongé\u{a0}: la demande peut être refusée.".to_owned(),
        ),
        DecideRefused::Mistake(why) => {
            (StatusCode::UNPROCESSABLE_ENTITY, "La demande ne peut pas être acceptée", mistake(why))
        }
        DecideRefused::NotAColleague => {
            let page = RequestPage::load(app, ctx, layout, id).await?;
            let errors = FieldErrors::one("colleague", "Choisissez un collègue dans la liste.");
            return unprocessable(&RequestPage { errors, ..page });
        }
    };
    let page = RequestPage::load(app, ctx, layout, id).await?;
    page_with(status, &RequestPage { problem: Some((title, message)), ..page })
}

/// Who moved the end of the PASS, and when (D32).
async fn moved(
    app: &App,
    ctx: &Ctx<AuthorisedPrescriber>,
    id: ProlongationRequestId,
    end: NaiveDate,
) -> PageResult<String> {
    let request = request(app, ctx, id).await?;
    let moved = words::moved(end, last_move(app, request.pass).await?.as_ref());
    Ok(format!("{moved} Relisez ce que la prolongation donnerait, puis répondez."))
}

/// Nobody decided: the organisation was not authorised any more (D15).
fn returned(id: ProlongationRequestId) -> PageError {
    PageError::Conflict {
        message:
            "Cette demande a été rendue à la structure\u{a0}: votre organisation n’était plus habilitée."
                .to_owned(),
        link: Some(("Revoir la demande".to_owned(), ProlongationRequestPath { id }.to_string())),
    }
}

/// Who decided, what and when (D32).
pub(super) async fn already_decided(
    app: &App,
    ctx: &Ctx<AuthorisedPrescriber>,
    id: ProlongationRequestId,
) -> PageResult<PageError> {
    let request = request(app, ctx, id).await?;
    let did = match request.state {
        RequestState::Returned => return Ok(returned(id)),
        RequestState::Denied => "refusé",
        RequestState::Granted | RequestState::Pending => "accepté",
    };
    let (who, when) = request.processed.map_or_else(
        || ("Quelqu’un".to_owned(), String::new()),
        |(who, at)| (who, format!(" le {}", french::date_time(at))),
    );
    Ok(PageError::Conflict {
        message: format!("{who} a {did} cette demande{when}."),
        link: Some(("Revoir la demande".to_owned(), ProlongationRequestPath { id }.to_string())),
    })
}
