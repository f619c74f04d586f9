//! `/habilitations/{id}/opinion`: the opinion of the departmental commission is recorded (guide P2 §1.1).

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use iae_app::habilitations::queries::HabilitationDetail;
use iae_app::habilitations::record_opinion;
use iae_app::{App, Ctx, Failure};
use iae_domain::habilitations::policy::Instructor;
use iae_domain::habilitations::{GivenOpinion, HabilitationRefused, Opinion};
use iae_domain::ids::HabilitationId;
use iae_domain::text::Message;
use serde::Deserialize;
use tower_sessions::Session;

use super::act::{conflict, not_done, to_instruct};
use super::news::{self, News};
use super::words::opinion_hint;
use super::words_page::WORDS_MAX_CHARS;
use crate::choice::Choice;
use crate::error::{PageResult, ok, page_with, unprocessable};
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{HabilitationOpinionPath, HabilitationReviewPath};
use crate::state::WebState;
use crate::transition::{instant, version};

/// The page.
#[derive(Template)]
#[template(path = "habilitations/opinion.html")]
pub struct OpinionPage {
    layout: Layout,
    of: HabilitationDetail,
    form: OpinionForm,
    /// What was changed since the page was read (D32).
    news: Option<News>,
    errors: FieldErrors,
}

/// What is typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct OpinionForm {
    opinion: String,
    opinion_on: String,
    words: String,
    /// When what was read changed last (D32).
    seen: String,
}

impl OpinionForm {
    /// As it was recorded, when it was.
    fn of(of: &HabilitationDetail) -> Self {
        let seen = version(of.habilitation.changed_at);
        let Some(given) = &of.habilitation.opinion else { return Self { seen, ..Self::default() } };
        let opinion_on = given.on.map(|day| day.to_string()).unwrap_or_default();
        Self { opinion: given.opinion.code().to_owned(), opinion_on, words: given.words.clone(), seen }
    }

    /// What was typed, as what is kept is called and written.
    fn versions(&self) -> [(&'static str, String); 3] {
        let opinion = Opinion::parse(&self.opinion).map(|opinion| opinion.label().to_owned());
        [
            (news::OPINION, opinion.unwrap_or_default()),
            (news::OPINION_ON, news::day(&self.opinion_on)),
            (news::OPINION_WORDS, self.words.clone()),
        ]
    }

    fn parse(&self) -> Result<GivenOpinion, FieldErrors> {
        let mut errors = FieldErrors::default();
        let opinion = Opinion::parse(&self.opinion);
        if opinion.is_none() {
            errors.add("opinion", "Choisissez l’avis de la commission.");
        }
        let on = errors.day("opinion_on", &self.opinion_on);
        let is_given = opinion.is_some_and(|opinion| opinion != Opinion::NotGiven);
        if is_given && on.is_none() {
            errors.add("opinion_on", "Indiquez la date de l’avis.");
        }
        errors.check_length("words", self.words.trim(), WORDS_MAX_CHARS);
        let words = Message::<WORDS_MAX_CHARS>::parse(&self.words);
        let words = words.map(|words| words.as_str().to_owned()).unwrap_or_default();
        errors.or(opinion.map(|opinion| GivenOpinion { opinion, on: on.filter(|_| is_given), words }))
    }
}

impl OpinionPage {
    /// The page as it is now, with what was typed before it changed, beside what is kept: to be sent again, if it may.
    fn overtaken(self, typed: OpinionForm) -> Self {
        let may_send = self.of.habilitation.state.is_instructed();
        let news = Some(News::of(&self.of, &typed.versions(), may_send));
        let form = OpinionForm { seen: self.form.seen, ..typed };
        Self { form, news, ..self }
    }

    /// Whether there is a form to send.
    fn may_send(&self) -> bool {
        self.news.as_ref().is_none_or(|news| news.may_send)
    }

    fn choices(&self) -> Vec<Choice> {
        let choice = |opinion: &Opinion| {
            let is_chosen = self.form.opinion == opinion.code();
            Choice::new(opinion.code(), opinion.label())
                .with_hint(opinion_hint(*opinion))
                .selected_if(is_chosen)
        };
        Opinion::ALL.iter().map(choice).collect()
    }
}

/// The page, whatever the state of the request.
async fn page(
    app: &App,
    ctx: &Ctx<Instructor>,
    layout: Layout,
    id: HabilitationId,
) -> PageResult<OpinionPage> {
    let of = to_instruct(app, ctx, id).await?;
    let form = OpinionForm::of(&of);
    Ok(OpinionPage { layout, of, form, news: None, errors: FieldErrors::default() })
}

/// Asks for the opinion.
pub async fn get(
    HabilitationOpinionPath { id }: HabilitationOpinionPath,
    State(state): State<WebState>,
    ctx: Ctx<Instructor>,
    layout: Layout,
) -> PageResult {
    let page = page(&state, &ctx, layout, id).await?;
    if page.of.habilitation.state.is_instructed() { ok(&page) } else { Err(conflict(&page.of)) }
}

/// Records it.
pub async fn post(
    HabilitationOpinionPath { id }: HabilitationOpinionPath,
    State(state): State<WebState>,
    ctx: Ctx<Instructor>,
    session: Session,
    layout: Layout,
    Form(form): Form<OpinionForm>,
) -> PageResult {
    let now = page(&state, &ctx, layout, id).await?;
    if !now.of.habilitation.state.is_instructed() {
        return page_with(StatusCode::CONFLICT, &now.overtaken(form));
    }
    let page = OpinionPage { form, ..now };
    let given = match page.form.parse() {
        Ok(given) => given,
        Err(errors) => return unprocessable(&OpinionPage { errors, ..page }),
    };
    match record_opinion(&state, &ctx, id, (instant(&page.form.seen), given)).await {
        Ok(()) => {
            let told = "Vous pouvez maintenant enregistrer l’arrêté, ou refuser la demande.";
            flash::done(&session, "Avis enregistré", told, HabilitationReviewPath { id }).await
        }
        Err(Failure::Refused(HabilitationRefused::Overtaken)) => {
            let OpinionPage { layout, form, .. } = page;
            let now = self::page(&state, &ctx, layout, id).await?;
            page_with(StatusCode::CONFLICT, &now.overtaken(form))
        }
        Err(failure) => {
            let errors = not_done(&state, &ctx, id, failure).await?;
            unprocessable(&OpinionPage { errors, ..page })
        }
    }
}
