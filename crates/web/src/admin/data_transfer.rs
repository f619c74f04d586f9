//! `/admin/candidates/{id}/data-transfer`: the team moves what a file holds to another file of the same person (rule book 01 §13). The
//! other one is found by what is typed, which stands in no address.

mod form;
mod preview;
mod words;

use askama::Template;
use axum::extract::State;
use iae_app::candidates::data_transfer::{self, FileCard, PastTransfer};
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::StaffActor;
use iae_domain::ids::{CandidateId, UserId};
use tower_sessions::Session;

use self::form::TransferForm;
use self::preview::PreviewPage;
use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{AdminDataTransferPath, AdminUserPath};
use crate::state::WebState;
use crate::transition::{NotDone, OrSay as _};

/// The page where the other file is asked.
#[derive(Template)]
#[template(path = "admin/data_transfer.html")]
pub struct DataTransferPage {
    layout: Layout,
    card: FileCard,
    past: Vec<PastTransfer>,
    other: String,
    errors: FieldErrors,
}

impl DataTransferPage {
    async fn load(app: &App, ctx: &Ctx<StaffActor>, layout: Layout, id: CandidateId) -> PageResult<Self> {
        let (card, past) = data_transfer::card(app, ctx, id).await?;
        Ok(Self { layout, card, past, other: String::new(), errors: FieldErrors::default() })
    }

    fn account(&self) -> AdminUserPath {
        account(self.card.id)
    }
}

/// The page of the account that a file is of, under the same id.
const fn account(id: CandidateId) -> AdminUserPath {
    AdminUserPath { id: UserId(id.0) }
}

/// Asks for the other file.
pub async fn get(
    AdminDataTransferPath { id }: AdminDataTransferPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    ok(&DataTransferPage::load(&state, &ctx, layout, id).await?)
}

/// Compares both, then moves what is chosen.
pub async fn post(
    AdminDataTransferPath { id }: AdminDataTransferPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<TransferForm>,
) -> PageResult {
    if form.file.is_empty() {
        return compare(&state, &ctx, layout, id, form).await;
    }
    let to: CandidateId = form.file.parse().map_err(|_| PageError::NotFound)?;
    let transferred = async {
        let asked = form.asked(id, to)?;
        let transferred = data_transfer::transfer(&state, &ctx, asked).await;
        transferred.or_say(|refusal| words::refused(refusal, id, "parts"))
    };
    match transferred.await {
        Ok(()) => {
            let told =
                "L’autre dossier porte désormais ce que vous avez choisi. Celui qu’il quitte est conservé.";
            flash::done(&session, "Données transférées", told, account(to)).await
        }
        Err(NotDone::Elsewhere(error)) => Err(error),
        Err(not_done) => match data_transfer::preview(&state, &ctx, id, to).await {
            Ok(of) => not_done.again(|errors| PreviewPage::mistaken(layout, of, form, errors)),
            Err(Failure::Refused(_)) => {
                let page = DataTransferPage::load(&state, &ctx, layout, id).await?;
                not_done.again(|errors| DataTransferPage { errors, ..page })
            }
            Err(Failure::App(error)) => Err(error.into()),
        },
    }
}

async fn compare(
    app: &App,
    ctx: &Ctx<StaffActor>,
    layout: Layout,
    id: CandidateId,
    form: TransferForm,
) -> PageResult {
    let found = async {
        let sought = form.sought()?;
        let found = data_transfer::preview_with(app, ctx, id, &sought).await;
        let found = found.or_say(|refusal| words::refused(refusal, id, "other"))?;
        found.ok_or_else(|| {
            NotDone::from(FieldErrors::one("other", "Aucun dossier de candidat ne correspond."))
        })
    };
    match found.await {
        Ok(of) => ok(&PreviewPage::new(layout, of)),
        Err(NotDone::Elsewhere(error)) => Err(error),
        Err(not_done) => {
            let page = DataTransferPage::load(app, ctx, layout, id).await?;
            not_done.again(|errors| DataTransferPage { other: form.other, errors, ..page })
        }
    }
}
