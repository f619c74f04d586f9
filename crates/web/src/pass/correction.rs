//! `/pass/{id}/correction`: the team moves the first day of a PASS, and with it all its days (rule book 03 §4.7).

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::NaiveDate;
use iae_app::pass::queries::{PassDetail, last_move};
use iae_app::{App, Ctx, Failure, pass};
use iae_domain::actor::StaffActor;
use iae_domain::ids::PassId;
use iae_domain::pass::suspension::Effect;
use iae_domain::pass::{CORRECTION_MAX_CHARS, Correct, CorrectionReason, NotCorrectable};
use iae_domain::time::Period;
use serde::Deserialize;
use tower_sessions::Session;

use super::suspension::effects;
use super::words;
use crate::choice::Choice;
use crate::error::{PageError, PageResult, ok, page_with};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::french::{self, spaced};
use crate::layout::Layout;
use crate::paths::{CorrectionPath, PassPath};
use crate::state::WebState;
use crate::transition::{NotDone, OrSay as _};

/// The page: the form, then what it would do.
#[derive(Template)]
#[template(path = "pass/correction.html")]
pub struct CorrectionPage {
    layout: Layout,
    pass: PassDetail,
    form: CorrectionForm,
    /// What it would do, once it is asked.
    effect: Option<Effect>,
    /// What changed the PASS since that was shown (D32).
    news: Option<String>,
    errors: FieldErrors,
    today: NaiveDate,
}

/// The first day and why; the step says whether it is only shown, confirmed, or typed again.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CorrectionForm {
    starts_on: String,
    reason: String,
    explanation: String,
    seen_start: String,
    seen_end: String,
    step: String,
}

impl CorrectionForm {
    /// What is asked, or its mistakes. What was shown counts once it is confirmed.
    pub fn parse(&self) -> Result<Correct, FieldErrors> {
        let mut errors = FieldErrors::default();
        let starts_on = errors.day("starts_on", &self.starts_on);
        if starts_on.is_none() {
            errors.add("starts_on", "Indiquez le premier jour que le PASS IAE doit avoir.");
        }
        let reason = CorrectionReason::parse(&self.reason);
        if reason.is_none() {
            errors.add("reason", "Choisissez un motif de la liste.");
        }
        let explanation = self.explanation.trim().to_owned();
        if explanation.is_empty() {
            errors.add("explanation", "Dites ce qui justifie cette correction.");
        } else if explanation.chars().count() > CORRECTION_MAX_CHARS {
            errors.add("explanation", format!("{CORRECTION_MAX_CHARS} caractères au plus."));
        }
        let (asked, seen) = (starts_on.zip(reason), self.seen());
        errors.or(asked.map(|(starts_on, reason)| Correct { starts_on, reason, explanation, seen }))
    }

    /// The days that were shown.
    fn seen(&self) -> Option<Period> {
        let (start, end) = self.seen_start.parse().ok().zip(self.seen_end.parse().ok())?;
        Some(Period { start, end })
    }

    /// Nothing is confirmed that does not say what was shown (D32).
    fn is_confirmed(&self) -> bool {
        self.step == "confirm" && self.seen().is_some()
    }
}

impl CorrectionPage {
    fn reasons(&self) -> Vec<Choice> {
        let choice = |reason: &CorrectionReason| {
            Choice::new(reason.code(), reason.label()).selected_if(reason.code() == self.form.reason)
        };
        CorrectionReason::ALL.iter().map(choice).collect()
    }

    fn reason(&self) -> &'static str {
        CorrectionReason::parse(&self.form.reason).map_or("", CorrectionReason::label)
    }

    /// What it would do, row by row.
    fn rows(&self, effect: &Effect) -> Vec<(&'static str, String)> {
        let start = format!(
            "{} (avant : {})",
            french::date(effect.after.start()),
            french::date(effect.before.start())
        );
        let told =
            "La personne, son accompagnateur si elle en a un, et le dernier employeur sous ce PASS IAE.";
        let told = ("Sont prévenus par e-mail", told.to_owned());
        let rows =
            [("Début du PASS IAE", start)].into_iter().chain(effects(effect, self.today)).chain([told]);
        rows.map(|(label, value)| (label, spaced(&value))).collect()
    }

    /// The contracts that would start on no day of the PASS: most often a mistake.
    fn left_out(&self, effect: &Effect) -> Vec<String> {
        let days = effect.after.period();
        let left_out = self.pass.contracts.iter().filter(|contract| !days.contains(contract.starts_on));
        left_out
            .map(|contract| {
                format!("{}, à partir du {}", contract.company_name, french::date(contract.starts_on))
            })
            .collect()
    }
}

/// Why the dates are not corrected so: beside which field, or the page shown instead.
fn not_corrected(refused: NotCorrectable, id: PassId) -> NotDone {
    let conflict = |message: &str| {
        let link = Some(("Revoir le PASS IAE".to_owned(), PassPath { id }.to_string()));
        PageError::Conflict { message: message.to_owned(), link }
    };
    let day = |message: String| FieldErrors::one("starts_on", message).into();
    match refused {
        NotCorrectable::EmployeeRecord => conflict(
            "Une fiche salarié porte déjà le numéro de ce PASS IAE auprès de l’ASP\u{a0}: ses dates ne se corrigent plus ici.",
        )
        .into(),
        NotCorrectable::Closed => {
            conflict("Ce PASS IAE a été clôturé\u{a0}: son dernier jour a été décidé, ses dates ne se corrigent plus.").into()
        }
        NotCorrectable::Moved => conflict("Ce PASS IAE a changé depuis que vous avez ouvert la page.").into(),
        NotCorrectable::Unchanged => day("C’est déjà le premier jour de ce PASS IAE.".to_owned()),
        NotCorrectable::TooFar { earliest, latest } => day(format!(
            "Entre le {} et le {} : deux ans au plus avant ou après son premier jour d’aujourd’hui.",
            french::date(earliest),
            french::date(latest)
        )),
        NotCorrectable::EndsBeforeProlongation { until, end } => day(format!(
            "Le PASS IAE finirait le {}, avant le {}, jusqu’auquel il a été prolongé.",
            french::date(end),
            french::date(until)
        )),
        NotCorrectable::AfterItsFirstChange { start } => day(format!(
            "Le {} au plus tard : ce jour-là commence une suspension ou une prolongation de ce PASS IAE.",
            french::date(start)
        )),
        NotCorrectable::EndsBeforeSuspension { start, end } => day(format!(
            "Le PASS IAE finirait le {}, avant le début de sa suspension, le {}.",
            french::date(end),
            french::date(start)
        )),
        NotCorrectable::Overlaps { other } => day(format!(
            "Ces jours sont en partie ceux d’un autre PASS IAE de la personne, {}.",
            french::period(other.start, other.end)
        )),
    }
}

/// Asks for the first day, and why.
pub async fn get(
    CorrectionPath { id }: CorrectionPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    let pass = pass::open(&state, &ctx.any(), id).await?;
    let form = CorrectionForm { starts_on: pass.period().start.to_string(), ..CorrectionForm::default() };
    let (errors, today) = (FieldErrors::default(), ctx.today());
    ok(&CorrectionPage { layout, pass, form, effect: None, news: None, errors, today })
}

/// Step « confirm » corrects, step « edit » comes back to the form; any other says what it would do, and writes nothing.
pub async fn post(
    CorrectionPath { id }: CorrectionPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<CorrectionForm>,
) -> PageResult {
    let edits = form.step == "edit";
    let done = if edits { Ok(Step::Typed) } else { step(&state, &ctx, id, &form).await };
    if matches!(done, Ok(Step::Done)) {
        let told = "Ses jours sont déplacés, le motif est gardé dans le journal.";
        return flash::done(&session, "Dates du PASS IAE corrigées", told, PassPath { id }).await;
    }
    let pass = pass::open(&state, &ctx.any(), id).await?;
    let (errors, today) = (FieldErrors::default(), ctx.today());
    let page = |effect, news, errors| CorrectionPage { layout, pass, form, effect, news, errors, today };
    match done {
        Ok(Step::Shown { effect, changed }) => {
            let status = if changed { StatusCode::CONFLICT } else { StatusCode::OK };
            let news = if changed {
                Some(words::moved(effect.before.end(), last_move(&state, id).await?.as_ref()))
            } else {
                None
            };
            page_with(status, &page(Some(effect), news, errors))
        }
        Ok(Step::Typed | Step::Done) => ok(&page(None, None, errors)),
        Err(not_done) => not_done.again(|errors| page(None, None, errors)),
    }
}

/// What a form led to.
enum Step {
    /// It is to be typed again.
    Typed,
    /// What it would do is shown, for the first time or since the PASS changed.
    Shown { effect: Effect, changed: bool },
    /// It is done.
    Done,
}

async fn step(app: &App, ctx: &Ctx<StaffActor>, id: PassId, form: &CorrectionForm) -> Result<Step, NotDone> {
    let command = form.parse()?;
    let mut changed = false;
    if form.is_confirmed() {
        match pass::correct(app, ctx, id, command.clone()).await {
            Ok(()) => return Ok(Step::Done),
            Err(Failure::Refused(NotCorrectable::Moved)) => changed = true,
            refused => refused.or_say(|refused| not_corrected(refused, id))?,
        }
    }
    let command = Correct { seen: None, ..command };
    let effect =
        pass::preview_correction(app, ctx, id, command).await.or_say(|refused| not_corrected(refused, id))?;
    Ok(Step::Shown { effect, changed })
}
