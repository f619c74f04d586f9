//! `/habilitation/request`: an organisation writes its request on the four points of the guide, gives its pieces, takes them back. The
//! draft is kept (D32: what a colleague kept meanwhile is not written over); it is submitted once it was read again.

mod form;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use iae_app::documents::ReceivedFile;
use iae_app::habilitations::queries::{OwnHabilitation, own};
use iae_app::habilitations::{Request, RequestRefused, check_piece, request};
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::PrescriberActor;
use iae_domain::documents::DocumentKind;
use iae_domain::habilitations::{HabilitationRefused, HabilitationState, WRITTEN_MAX_CHARS};
use tower_sessions::Session;

use form::RequestForm;

use super::words::{self, Point};
use crate::documents::messages;
use crate::documents::upload::Incoming;
use crate::error::{PageError, PageResult, ok, page_with, see_other};
use crate::filters;
use crate::flash;
use crate::forms::FieldErrors;
use crate::french::{date_time, spaced};
use crate::layout::Layout;
use crate::paths::{HabilitationPath, HabilitationRequestPath, HabilitationTransmissionPath};
use crate::state::WebState;
use crate::transition::NotDone;

/// The field of the file, and what it is.
const PIECE: &str = "piece";
const KIND: DocumentKind = DocumentKind::HabilitationPiece;

/// Said of a file that came with what is not kept.
const FILE_LOST: &str = "Le fichier choisi n’a pas été gardé : choisissez-le de nouveau.";

/// The page.
#[derive(Template)]
#[template(path = "habilitations/request.html")]
pub struct RequestPage {
    layout: Layout,
    own: OwnHabilitation,
    form: RequestForm,
    /// What a file may be.
    limits: String,
    /// What happened since the page was read (D32).
    news: Option<String>,
    /// The answers that were typed and differ from those that were kept since: what was asked, what is kept, what was typed.
    differences: Vec<(&'static str, String, String)>,
    errors: FieldErrors,
}

impl RequestPage {
    fn new(layout: Layout, own: OwnHabilitation) -> Self {
        let form = own.open.as_ref().map(RequestForm::of).unwrap_or_default();
        let (limits, errors) = (messages::limits(KIND), FieldErrors::default());
        Self { layout, own, form, limits, news: None, differences: vec![], errors }
    }

    /// The request as it is kept now, with what was typed before it changed, to be compared and sent again.
    fn overtaken(self, typed: RequestForm) -> Self {
        let at = self.own.open.as_ref().map(|open| format!(" le {}", date_time(open.changed_at)));
        // The DDETS may record an opinion while a complement is written.
        let or_by_whom = if self.complement().is_some() { ", ou par la DDETS" } else { "" };
        let news = spaced(&format!(
            "Elle a été modifiée{}, par un collègue ou dans un autre onglet{or_by_whom}. Ce que vous venez d’envoyer n’a pas été \
             enregistré.",
            at.unwrap_or_default()
        ));
        let kept = self.points();
        let mut form = typed;
        form.seen.clone_from(&self.form.seen);
        let page = Self { form, news: Some(news), ..self };
        let differences = kept
            .into_iter()
            .zip(page.points())
            .filter(|(kept, typed)| kept.text.trim() != typed.text.trim())
            .map(|(kept, typed)| (kept.label, kept.text, typed.text))
            .collect();
        Self { differences, ..page }
    }

    fn points(&self) -> Vec<Point> {
        words::points(&self.form.written(), self.own.is_renewal())
    }

    /// What the DDETS asked for.
    fn complement(&self) -> Option<&str> {
        let open = self.own.open.as_ref()?;
        open.complement.as_deref().filter(|_| open.state == HabilitationState::Completing)
    }

    /// When a file is owed: with the name of a piece, and as long as there is none.
    fn piece_owed(&self) -> &'static str {
        if self.own.pieces.is_empty() {
            "une pièce au moins avant de transmettre"
        } else {
            "obligatoire avec un nom"
        }
    }

    fn title(&self) -> &'static str {
        if self.own.is_renewal() { "Renouveler l’habilitation" } else { "Demander l’habilitation" }
    }
}

/// The request that may be written; none leads back to where it stands.
async fn writable(app: &App, ctx: &Ctx<PrescriberActor>) -> PageResult<Option<OwnHabilitation>> {
    let own = own(app, ctx).await?;
    let is_writable = match &own.open {
        Some(open) => open.state.is_written(),
        None => own.may_apply.is_ok(),
    };
    Ok(is_writable.then_some(own))
}

/// Shows the request as it was kept.
pub async fn get(
    _: HabilitationRequestPath,
    State(state): State<WebState>,
    ctx: Ctx<PrescriberActor>,
    layout: Layout,
) -> PageResult {
    match writable(&state, &ctx).await? {
        Some(own) => ok(&RequestPage::new(layout, own)),
        None => see_other(HabilitationPath.to_string()),
    }
}

/// Keeps it, then shows it as it is to be read before it is submitted when that is asked.
pub async fn post(
    _: HabilitationRequestPath,
    State(state): State<WebState>,
    ctx: Ctx<PrescriberActor>,
    session: Session,
    layout: Layout,
    incoming: Incoming,
) -> PageResult {
    let before = writable(&state, &ctx).await?;
    let mut upload = incoming.read(&state, &[(PIECE, KIND)]).await?;
    let form: RequestForm = upload.typed()?;
    let files = upload.take_files(PIECE);
    let (has_file, removes) = (!files.is_empty(), form.removes().is_some());
    let acted = async {
        match request(&state, &ctx, parsed(&state, &ctx, &form, files).await?).await {
            Ok(()) => Ok(true),
            Err(Failure::Refused(RequestRefused::Habilitation(HabilitationRefused::Overtaken))) => Ok(false),
            Err(Failure::Refused(refused)) => Err(refused_as(refused)),
            Err(Failure::App(error)) => Err(error.into()),
        }
    };
    match acted.await {
        Ok(true) if form.reviews() => see_other(HabilitationTransmissionPath.to_string()),
        Ok(true) if removes => {
            let told = "Elle n’est plus jointe à votre demande. Vos réponses sont enregistrées.";
            flash::done(&session, "Pièce retirée", told, HabilitationRequestPath).await
        }
        Ok(true) => {
            let told = if has_file {
                "La pièce y est jointe. La demande n’est pas encore transmise : vous pouvez y revenir."
            } else {
                "Aucune pièce n’a été ajoutée. La demande n’est pas encore transmise : vous pouvez y revenir."
            };
            flash::done(&session, "Demande enregistrée", told, HabilitationRequestPath).await
        }
        Ok(false) => {
            let Some(own) = writable(&state, &ctx).await? else { return Err(submitted()) };
            let now = RequestPage::new(layout, own).overtaken(form);
            let errors = if has_file { FieldErrors::one(PIECE, FILE_LOST) } else { FieldErrors::default() };
            page_with(StatusCode::CONFLICT, &RequestPage { errors, ..now })
        }
        Err(not_done) => {
            let Some(own) = before else { return Err(elsewhere(not_done)) };
            not_done.again(|mut errors| {
                if has_file {
                    errors.add(PIECE, FILE_LOST);
                }
                RequestPage { form, errors, ..RequestPage::new(layout, own) }
            })
        }
    }
}

/// What the form means, or all its mistakes at once, those of its file among them.
async fn parsed(
    app: &App,
    ctx: &Ctx<PrescriberActor>,
    form: &RequestForm,
    mut files: Vec<ReceivedFile>,
) -> Result<Request, NotDone> {
    let mut errors = match form.parse(&mut files) {
        Ok(request) => return Ok(request),
        Err(errors) => errors,
    };
    if let Some(file) = files.pop() {
        match check_piece(app, ctx, file).await {
            Ok(()) => {}
            Err(Failure::Refused(refused)) => errors.add(PIECE, messages::refused(KIND, refused)),
            Err(Failure::App(error)) => return Err(error.into()),
        }
    }
    Err(errors.into())
}

/// What is answered to a form that nobody may send any more.
fn elsewhere(not_done: NotDone) -> PageError {
    match not_done {
        NotDone::Elsewhere(error) => error,
        NotDone::Mistakes(_) | NotDone::Overtaken(_) | NotDone::NotNow(_) => submitted(),
    }
}

/// Why it is not kept, beside its field or on another page.
fn refused_as(refused: RequestRefused) -> NotDone {
    match refused {
        RequestRefused::Document(refused) => FieldErrors::one(PIECE, messages::refused(KIND, refused)).into(),
        RequestRefused::Habilitation(HabilitationRefused::Lacks(missing)) => words::lacking(&missing).into(),
        RequestRefused::Habilitation(HabilitationRefused::NotNeeded(why)) => PageError::Conflict {
            message: words::not_needed(why),
            link: Some(("Voir votre habilitation".to_owned(), HabilitationPath.to_string())),
        }
        .into(),
        RequestRefused::Habilitation(
            HabilitationRefused::Overtaken
            | HabilitationRefused::NotNow(_)
            | HabilitationRefused::NoOpinion
            | HabilitationRefused::OpinionInTheFuture
            | HabilitationRefused::OpinionTooEarly { .. }
            | HabilitationRefused::AlreadyEntered
            | HabilitationRefused::SameSiret,
        ) => submitted().into(),
    }
}

/// The page that says that a colleague submitted the request (D32).
fn submitted() -> PageError {
    PageError::Conflict {
        message: spaced(
            "La demande a été transmise ou décidée depuis que vous avez ouvert la page : ce que vous venez d’envoyer n’a pas été \
             enregistré.",
        ),
        link: Some(("Voir où en est la demande".to_owned(), HabilitationPath.to_string())),
    }
}
