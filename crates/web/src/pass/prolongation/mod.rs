//! `/pass/{id}/prolongation`: an SIAE declares a prolongation, or asks a prescripteur habilité for one (rule book 03 §6.3).

mod form;
mod messages;
mod of_pass;
mod pages;
mod report;

use axum::extract::State;
use axum::http::StatusCode;
use iae_app::pass::prolongation::queries::{PassToProlong, Prescriber, prescribers, to_prolong};
use iae_app::pass::prolongation::{ask, declare};
use iae_app::pass::queries::last_move;
use iae_app::{App, Ctx, Error, Failure};
use iae_domain::actor::EmployerActor;
use iae_domain::ids::PassId;
use iae_domain::pass::Parcours;
use iae_domain::pass::prolongation::{NotOpen, ProlongRefused};
use iae_domain::text::Email;
use tower_sessions::Session;

use crate::documents::upload::Incoming;
use crate::error::{PageError, PageResult, forbidden, not_now, ok, page_with, unprocessable};
use crate::flash;
use crate::forms::FieldErrors;
use crate::layout::Layout;
use crate::pass::words;
use crate::paths::{PassPath, ProlongationPath};
use crate::state::WebState;
pub(crate) use form::text;
use form::{Command, ProlongationForm};
use messages::CERTIFIED;
pub(crate) use messages::mistake;
pub(super) use messages::{mistakes, not_open};
pub(super) use of_pass::{ProlongationsOfPass, waiting};
use pages::{ClosedPage, FormPage, RecapPage};
use report::GivenReport;

/// Why nothing was done.
enum Stop {
    /// Mistakes, each beside its field.
    Mistakes(FieldErrors),
    /// The end of the PASS has changed since the form was made (D32).
    Moved,
    /// It is not the day for it.
    Closed(NotOpen),
    /// Anything else.
    Page(PageError),
}

impl From<FieldErrors> for Stop {
    fn from(errors: FieldErrors) -> Self {
        Self::Mistakes(errors)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Page(error.into())
    }
}

impl From<Failure<ProlongRefused>> for Stop {
    fn from(failure: Failure<ProlongRefused>) -> Self {
        match failure {
            Failure::Refused(refused) => refused.into(),
            Failure::App(error) => error.into(),
        }
    }
}

impl From<ProlongRefused> for Stop {
    fn from(refused: ProlongRefused) -> Self {
        match refused {
            ProlongRefused::NotOpen(why) => Self::Closed(why),
            ProlongRefused::EndMoved { .. } => Self::Moved,
            ProlongRefused::Mistakes(mistakes) => Self::Mistakes(messages::mistakes(&mistakes, "ends_on")),
            ProlongRefused::NotCertified => FieldErrors::one(CERTIFIED, messages::CERTIFY).into(),
            ProlongRefused::NoReport => FieldErrors::one(report::REPORT, report::MISSING).into(),
            ProlongRefused::OtherWay => FieldErrors::one("reason", messages::CHOOSE_REASON).into(),
            ProlongRefused::NotAuthorised => {
                FieldErrors::one("prescriber", messages::NO_LONGER_AUTHORISED).into()
            }
        }
    }
}

/// Shows the form, or why nothing can be asked and from when.
pub async fn get(
    ProlongationPath { id }: ProlongationPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    layout: Layout,
) -> PageResult {
    let known = to_prolong(&state, &ctx, id).await?;
    let today = ctx.today();
    if let Err(why) = known.pass.held.prolongation_open(known.is_pending(), today) {
        return forbidden(&ClosedPage::new(layout, known, why));
    }
    let form = ProlongationForm::new(ctx.now, known.pass.period().end);
    ok(&FormPage {
        layout,
        known,
        kind: ctx.actor.kind,
        today,
        form,
        report: GivenReport::none(ctx.actor.kind),
        found: vec![],
        news: None,
        errors: FieldErrors::default(),
    })
}

/// Shows what it would do; then, confirmed, does it.
pub async fn post(
    ProlongationPath { id }: ProlongationPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    session: Session,
    layout: Layout,
    incoming: Incoming,
) -> PageResult {
    let known = to_prolong(&state, &ctx, id).await?;
    let mut upload = incoming.read(&state, &[(report::REPORT, report::KIND)]).await?;
    let form: ProlongationForm = upload.typed()?;
    let report = GivenReport::of(&state, &ctx, id, &form, &mut upload).await?;
    let found = found(&state, &form, ctx.today()).await?;
    let (kind, today) = (ctx.actor.kind, ctx.today());
    let form_page = |layout, known, mut form: ProlongationForm, report, found, news, errors| {
        form.renew(&known);
        FormPage { layout, known, kind, today, form, report, found, news, errors }
    };
    if form.is_edited() {
        return ok(&form_page(layout, known, form, report, found, None, FieldErrors::default()));
    }
    match act(&state, &ctx, id, &known, &form, &found, &report).await {
        Ok(None) => {
            let (title, message) = messages::done(&form);
            flash::done(&session, title, message, PassPath { id }).await
        }
        Ok(Some(after)) => {
            let page = RecapPage::new(layout, known, today, form, &report, &found, after);
            if page.errors.is_empty() { ok(&page) } else { unprocessable(&page) }
        }
        Err(Stop::Mistakes(errors)) => {
            let until = report.allowed_from();
            let page = form_page(layout, known, form, report, found, None, errors);
            until.map_or_else(|| unprocessable(&page), |until| not_now(&page, until))
        }
        Err(Stop::Moved) => {
            let known = to_prolong(&state, &ctx, id).await?;
            let news = words::moved(known.pass.period().end, last_move(&state, id).await?.as_ref());
            let page = form_page(layout, known, form, report, found, Some(news), FieldErrors::default());
            page_with(StatusCode::CONFLICT, &page)
        }
        Err(Stop::Closed(why)) => forbidden(&ClosedPage::new(layout, known, why)),
        Err(Stop::Page(error)) => Err(error),
    }
}

/// What it would give, when it is still to be confirmed; nothing once it is done.
async fn act(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    id: PassId,
    known: &PassToProlong,
    form: &ProlongationForm,
    found: &[Prescriber],
    report: &GivenReport,
) -> Result<Option<Parcours>, Stop> {
    let command = form.parse(known.pass.parcours(), found, report)?;
    if !form.is_confirmed() {
        let held = &known.pass.held;
        let wanted = command.wanted();
        return Ok(Some(held.preview_prolongation(wanted, &ctx.actor, known.is_pending(), ctx.today())?));
    }
    match command {
        Command::Declare(declaration) => declare(app, ctx, id, declaration).await?,
        Command::Ask(asked) => ask(app, ctx, id, *asked).await?,
    }
    Ok(None)
}

/// The authorised organisations of whoever has the address that was typed.
async fn found(app: &App, form: &ProlongationForm, today: chrono::NaiveDate) -> PageResult<Vec<Prescriber>> {
    if !form.asks() {
        return Ok(vec![]);
    }
    match Email::parse(form.prescriber()) {
        Ok(email) => Ok(prescribers(app, &email, today).await?),
        Err(_) => Ok(vec![]),
    }
}
