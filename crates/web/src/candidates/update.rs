//! `/candidates/{id}/update`: what a file says is changed by the person or by a professional (UPD-1, UPD-2): the form, a
//! recap of what changes, then the change.

mod form;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum_extra::extract::Query;
use iae_app::candidates::update::{FieldChanged, FileToUpdate, changes_since, file_to_update, update};
use iae_app::{App, Ctx, Failure};
use iae_domain::Actor;
use iae_domain::candidates::{Details, Field, NirAnswer, UpdateRefused, rebased};
use iae_domain::ids::ApplicationId;
use iae_domain::text::full_name;
use serde::Deserialize;
use tower_sessions::Session;

use super::changes::{author, told};
use super::messages;
use crate::error::{PageResult, ok, page_with, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{ApplicationPath, CandidatePath, CandidateUpdatePath, MyFilePath};
use crate::state::WebState;
use crate::transition::OrSay as _;
use form::UpdateForm;

/// The form.
#[derive(Template)]
#[template(path = "candidates/update.html")]
pub struct UpdatePage {
    layout: Layout,
    known: FileToUpdate,
    form: UpdateForm,
    /// What others changed since the form was made (D32).
    news: Vec<FieldChanged>,
    errors: FieldErrors,
}

impl UpdatePage {
    fn is_locked(&self, field: Field) -> bool {
        self.known.file.locks.lock(field, &self.known.file.details)
    }

    fn name_is_locked(&self) -> bool {
        self.is_locked(Field::LastName)
    }

    fn email_is_locked(&self) -> bool {
        self.is_locked(Field::Email)
    }

    fn birth_place_is_locked(&self) -> bool {
        self.is_locked(Field::BirthPlace)
    }

    fn nir_is_locked(&self) -> bool {
        self.is_locked(Field::Nir)
    }

    fn france_travail_is_locked(&self) -> bool {
        self.is_locked(Field::FranceTravail)
    }

    /// Whether the team is asked for another NIR: one is set, or someone else has it (CNR-1, CNR-3).
    fn asks_for_correction(&self) -> bool {
        asks_for_correction(self.known.file.details.nir.as_ref())
    }

    /// Why the identity cannot be changed.
    fn locked_because(&self) -> &'static str {
        if self.known.file.locks.is_of_a_stranger {
            "Vous avez seulement retrouvé cette personne\u{a0}: son identité et son adresse e-mail se modifient une fois que votre organisation a envoyé ou reçu une candidature pour elle, ou validé son éligibilité."
        } else if self.known.file.locks.is_certified {
            "Cette identité est certifiée par l’administration\u{a0}: elle ne se modifie pas ici."
        } else {
            "Ces informations viennent du compte FranceConnect ou France Travail de la personne\u{a0}: elles ne se modifient pas ici."
        }
    }

    fn recorded(&self, field: Field) -> String {
        shown(&self.known, field, self.known.file.details.text(field))
    }

    fn title(&self) -> String {
        title(&self.known)
    }

    fn back_href(&self) -> String {
        self.form.destination(&self.known)
    }

    fn told(change: &FieldChanged) -> String {
        told(change)
    }

    fn author(change: &FieldChanged) -> String {
        author(&change.author)
    }
}

/// What changes, to be read once more before it is recorded (UPD-2).
#[derive(Template)]
#[template(path = "candidates/update_summary.html")]
pub struct UpdateSummaryPage {
    layout: Layout,
    known: FileToUpdate,
    form: UpdateForm,
    /// Label, before, after.
    changes: Vec<(&'static str, String, String)>,
    tells_person: bool,
}

impl UpdateSummaryPage {
    fn title(&self) -> String {
        title(&self.known)
    }

    fn action(&self) -> String {
        CandidateUpdatePath { id: self.known.file.id }.to_string()
    }
}

/// Where one comes from.
#[derive(Debug, Default, Deserialize)]
pub struct UpdateQuery {
    #[serde(default)]
    application: String,
}

/// « Modifier le dossier d’Amel BENALI ».
pub(super) fn title(known: &FileToUpdate) -> String {
    if known.is_own {
        return "Modifier mon dossier".to_owned();
    }
    let Details { first_name, last_name, .. } = &known.file.details;
    format!("Modifier le dossier {}", crate::french::of(&full_name(first_name.as_str(), last_name.as_str())))
}

/// What stands for the NIR to whoever only looked the person up.
pub(crate) const NIR_NOT_SHOWN: &str = "Enregistré, non affiché";

/// A part in words; a commune by its name.
fn shown(known: &FileToUpdate, field: Field, text: Option<String>) -> String {
    if field == Field::Nir && !known.sees_nir {
        return text.map(|_| NIR_NOT_SHOWN.to_owned()).unwrap_or_default();
    }
    let is_commune = field == Field::BirthPlace && text == known.file.details.text(field);
    let commune = known.birth_commune.clone().filter(|_| is_commune);
    commune.or(text).unwrap_or_default()
}

pub(super) fn asks_for_correction(nir: Option<&NirAnswer>) -> bool {
    use iae_domain::candidates::NirMissingReason;
    matches!(nir, Some(NirAnswer::Known(_) | NirAnswer::Missing(NirMissingReason::NirOfSomeoneElse)))
}

/// Shows what is recorded.
pub async fn get(
    CandidateUpdatePath { id }: CandidateUpdatePath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    Query(query): Query<UpdateQuery>,
    layout: Layout,
) -> PageResult {
    let known = file_to_update(&state, &ctx, id).await?;
    let mut form = UpdateForm::of(&known, &known.file.details);
    form.application = application(&query.application);
    ok(&UpdatePage { layout, known, form, news: Vec::new(), errors: FieldErrors::default() })
}

/// What is not an id is no application.
fn application(text: &str) -> String {
    text.parse::<ApplicationId>().map(|id| id.to_string()).unwrap_or_default()
}

/// Step « save » records; step « edit » comes back to the form; any other shows what changes, and records nothing. When
/// someone changed the file meanwhile, the form says it and asks again (D32).
pub async fn post(
    CandidateUpdatePath { id }: CandidateUpdatePath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    session: Session,
    layout: Layout,
    Form(mut form): Form<UpdateForm>,
) -> PageResult {
    let known = file_to_update(&state, &ctx, id).await?;
    form.look_up(&state, &known).await?;
    let again =
        |known, form, errors| UpdatePage { layout: layout.clone(), known, form, news: Vec::new(), errors };
    if form.step == "edit" {
        return ok(&again(known, form, FieldErrors::default()));
    }
    let (details, birth_place) = match form.parse(&known, ctx.today()) {
        Ok(read) => read,
        Err(errors) => return unprocessable(&again(known, form, errors)),
    };
    if form.step == "save" && form.seen() != known.file.version && details == known.file.details {
        // A second click: the first one saved just this.
        let destination = form.destination(&known);
        return flash::done(&session, "Dossier modifié", "", destination).await;
    }
    if form.seen() != known.file.version {
        return overtaken(&state, &ctx, layout, &known, form, details).await;
    }
    if form.step != "save" {
        let change = |change: iae_domain::candidates::FieldChange| {
            let after = birth_place.clone().filter(|_| change.field == Field::BirthPlace).or(change.after);
            (change.field.label(), shown(&known, change.field, change.before), after.unwrap_or_default())
        };
        let changes = known.file.details.changes_to(&details).into_iter().map(change).collect();
        let tells_person = !known.is_own && (known.file.details.email.is_some() || details.email.is_some());
        return ok(&UpdateSummaryPage { layout, known, form, changes, tells_person });
    }
    let destination = form.destination(&known);
    let is_changed = details != known.file.details;
    match update(&state, &ctx, id, form.seen(), details.clone()).await {
        Ok(()) if is_changed => flash::done(&session, "Dossier modifié", "", destination).await,
        Ok(()) => {
            flash::done(&session, "Dossier vérifié", "Ces informations sont à jour.", destination).await
        }
        Err(Failure::Refused(UpdateRefused::Overtaken)) => {
            overtaken(&state, &ctx, layout, &known, form, details).await
        }
        Err(failure) => {
            let refused: Result<(), _> = Err(failure).or_say(messages::update);
            match refused {
                Ok(()) => flash::done(&session, "Dossier modifié", "", destination).await,
                Err(not_done) => not_done.again(|errors| again(known, form, errors)),
            }
        }
    }
}

/// The form again, with what others changed: what was left alone takes it, what was typed stays (D32).
async fn overtaken(
    app: &App,
    ctx: &Ctx<Actor>,
    layout: Layout,
    read: &FileToUpdate,
    form: UpdateForm,
    typed: Details,
) -> PageResult {
    let known = file_to_update(app, ctx, read.file.id).await?;
    let news = changes_since(app, ctx, &known, form.seen()).await?;
    let since: Vec<_> = news.iter().map(|changed| changed.change.clone()).collect();
    let details = rebased(typed, &known.file.details, &since);
    let mut again = UpdateForm::of(&known, &details);
    again.application = form.application;
    again.look_up(app, &known).await?;
    let page = UpdatePage { layout, known, form: again, news, errors: FieldErrors::default() };
    page_with(StatusCode::CONFLICT, &page)
}

impl UpdateForm {
    /// Where one goes back to: the application one comes from, one's own file, the file.
    fn destination(&self, known: &FileToUpdate) -> String {
        match self.application.parse::<ApplicationId>() {
            Ok(id) => ApplicationPath { id }.to_string(),
            Err(_) if known.is_own => MyFilePath.to_string(),
            Err(_) => CandidatePath { id: known.file.id }.to_string(),
        }
    }
}
