//! `/candidates/new`: the file of a person nobody found (CRE-1 to CRE-5): the form, a summary, then the creation.

mod form;

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use iae_app::candidates::create;
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::Professional;
use iae_domain::candidates::{CreateRefused, NewCandidateCommand, Nir};
use iae_domain::ids::CandidateId;
use iae_domain::text::Email;
use tower_sessions::Session;

use super::fields::PersonFields;
use super::{Draft, DraftQuery, messages};
use crate::error::{PageResult, ok, see_other, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{LookupPath, NewCandidatePath};
use crate::state::WebState;
use crate::transition::OrSay as _;
pub use form::NewForm;

/// The form.
#[derive(Template)]
#[template(path = "candidates/new.html")]
pub struct NewPage {
    layout: Layout,
    form: NewForm,
    errors: FieldErrors,
}

impl NewPage {
    /// The form, with what was looked up.
    pub(super) async fn blank(
        app: &App,
        layout: Layout,
        ctx: &Ctx<Professional>,
        draft: Draft,
        (nir, email): (Option<&Nir>, Option<&Email>),
    ) -> PageResult<Self> {
        let mut person = PersonFields {
            email: email.map(|email| email.as_str().to_owned()).unwrap_or_default(),
            ..PersonFields::default()
        };
        if let Some(nir) = nir {
            nir.as_str().clone_into(&mut person.file.nir);
            person.file.born_as_said_by(nir, app, ctx.today()).await?;
        }
        let form = NewForm {
            id: CandidateId::at(ctx.now).to_string(),
            draft: draft.value(),
            person,
            nir_is_looked_up: nir.is_some(),
            ..NewForm::default()
        };
        Ok(Self { layout, form, errors: FieldErrors::default() })
    }

    /// The number that cannot be typed over: the one looked up, as long as nothing is wrong with it (CRE-1).
    fn locked_nir(&self) -> Option<Nir> {
        let locked = self.form.nir_is_looked_up && self.errors.of("nir").is_none();
        Nir::parse(&self.form.person.file.nir).ok().filter(|_| locked)
    }

    fn again_href(&self) -> String {
        Draft::read(&self.form.draft).on(LookupPath)
    }
}

/// What was typed, to be read once more before the file is created (CRE-5), or because someone of the same names and
/// birth date already has one (CRE-2).
#[derive(Template)]
#[template(path = "candidates/new_summary.html")]
pub struct NewSummaryPage {
    layout: Layout,
    form: NewForm,
    command: NewCandidateCommand,
    birth_place: String,
    /// Redacted addresses of people of the same names, in either order, and birth date.
    duplicates: Option<Vec<Option<String>>>,
}

/// A file is not created before the person was looked for.
pub async fn get(_: NewCandidatePath, _: Ctx<Professional>, Query(query): Query<DraftQuery>) -> PageResult {
    see_other(query.draft().on(LookupPath))
}

/// Checks what was typed, shows it once more, and creates the file when it is confirmed.
pub async fn post(
    _: NewCandidatePath,
    State(state): State<WebState>,
    ctx: Ctx<Professional>,
    session: Session,
    layout: Layout,
    Form(mut form): Form<NewForm>,
) -> PageResult {
    form.person.file.look_up(&state, None, None).await?;
    if form.step == "edit" {
        return ok(&NewPage { layout, form, errors: FieldErrors::default() });
    }
    let (command, birth_place) = match form.parse(ctx.today()) {
        Ok(read) => read,
        Err(errors) => return unprocessable(&NewPage { layout, form, errors }),
    };
    if form.step != "create" {
        return ok(&NewSummaryPage { layout, form, command, birth_place, duplicates: None });
    }
    let created = match create(&state, &ctx.any(), command.clone()).await {
        Err(Failure::Refused(CreateRefused::PossibleDuplicate { emails })) => {
            let duplicates = Some(emails);
            return unprocessable(&NewSummaryPage { layout, form, command, birth_place, duplicates });
        }
        created => created.or_say(messages::create),
    };
    match created {
        Ok(candidate) => {
            let to = Draft::read(&form.draft).choose(&state, &ctx.any(), candidate).await?;
            let told = if command.email.is_some() {
                "La personne en est informée par e-mail."
            } else {
                "La personne n’a pas d’adresse e-mail\u{a0}: dites-lui ce qui est enregistré."
            };
            flash::done(&session, "Dossier créé", told, to).await
        }
        Err(not_done) => not_done.again(|errors| NewPage { layout, form, errors }),
    }
}
