//! `/admin/organisations/{id}/succession/merger`: a structure is merged into another one.

use askama::Template;
use axum::extract::State;
use iae_app::organisations::succession::{MergerCommand, MergerPreview, merge, merger_preview, structure};
use iae_app::organisations::transfer::queries::named;
use iae_app::{App, Ctx};
use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::succession::{Moved, Structure};
use serde::Deserialize;
use tower_sessions::Session;

use super::messages::{Fields, refused};
use super::terms::{BACK, CONFIRM, Found, said_day, target, terms};
use crate::choice::Choice;
use crate::error::{PageError, PageResult, ok, see_other};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::french;
use crate::layout::Layout;
use crate::paths::{AdminStructureMergerPath, AdminSuccessionPath};
use crate::state::WebState;
use crate::transition::{NotDone, OrSay as _};

const FIELDS: Fields = Fields { siret: "wanted", target: "wanted" };

/// The page: the form, then what it would do.
#[derive(Template)]
#[template(path = "admin/succession/merger.html")]
pub struct MergerPage {
    layout: Layout,
    structure: Structure,
    form: MergerForm,
    /// What the search of the other structure found.
    found: Found,
    /// What would be done, once it was read.
    preview: Option<MergerPreview>,
    errors: FieldErrors,
}

/// What is typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct MergerForm {
    /// SIRET, name or id of the structure that takes over.
    wanted: String,
    /// What the structures that are shown were searched by.
    searched: String,
    /// The one that is chosen among them.
    target: String,
    effective_on: String,
    remark: String,
    /// What was read (D32).
    seen: String,
    step: String,
}

impl MergerPage {
    async fn load(app: &App, ctx: &Ctx<StaffActor>, layout: Layout, id: OrganisationId) -> PageResult<Self> {
        let structure = structure(app, ctx, id).await?;
        if structure.company.is_none() {
            return Err(PageError::NotFound);
        }
        let form = MergerForm { effective_on: ctx.today().to_string(), ..MergerForm::default() };
        let (found, errors) = (Found::default(), FieldErrors::default());
        Ok(Self { layout, structure, form, found, preview: None, errors })
    }

    /// What is asked, once the other structure is known; or each mistake.
    async fn command(&mut self, app: &App) -> Result<MergerCommand, NotDone> {
        let mut errors = FieldErrors::default();
        let asked = (self.form.wanted.as_str(), self.form.searched.as_str(), self.form.target.as_str());
        let (target, found) = target(app, &mut errors, asked, self.structure.id).await?;
        self.found = found;
        self.form.searched.clone_from(&self.form.wanted);
        let (day, remark) = terms(&mut errors, &self.form.effective_on, &self.form.remark);
        let asked = target.zip(day).zip(remark);
        let command =
            asked.map(|((target, effective_on), remark)| MergerCommand { target, effective_on, remark });
        Ok(errors.or(command)?)
    }

    fn siret(&self) -> String {
        self.structure.siret.as_ref().map(|siret| french::siret(siret.as_str())).unwrap_or_default()
    }

    fn target_siret(&self) -> String {
        let target = self.preview.as_ref().and_then(|preview| preview.target.siret.as_ref());
        target.map(|siret| french::siret(siret.as_str())).unwrap_or_default()
    }

    fn effective(&self) -> String {
        said_day(&self.form.effective_on)
    }

    fn choices(&self) -> Vec<Choice> {
        self.found.choices(&self.form.target)
    }

    /// Whether there is something to choose among.
    fn is_to_choose(&self) -> bool {
        self.found.only().is_none() && !self.found.is_empty()
    }

    /// What moves, what there is of it.
    fn moved(&self) -> Vec<Moved> {
        let counts = self.preview.as_ref().map(|preview| preview.counts.as_slice()).unwrap_or_default();
        counts.iter().map(Moved::from).filter(|moved| moved.moved > 0 || moved.left > 0).collect()
    }

    /// Whether the other structure is of another type.
    fn other_kind(&self) -> Option<&'static str> {
        let own = self.structure.company.as_ref().map(|company| company.kind)?;
        let theirs = self.preview.as_ref()?.target.company.as_ref().map(|company| company.kind)?;
        (own != theirs).then(|| theirs.label())
    }
}

/// Shows the form.
pub async fn get(
    AdminStructureMergerPath { id }: AdminStructureMergerPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    let page = MergerPage::load(&state, &ctx, layout, id).await?;
    // Of one that is closed, the choice of what else becomes of it says what became of it.
    if page.structure.is_closed {
        return see_other(AdminSuccessionPath { id }.to_string());
    }
    ok(&page)
}

/// Shows what it would do, then does it.
pub async fn post(
    AdminStructureMergerPath { id }: AdminStructureMergerPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<MergerForm>,
) -> PageResult {
    let mut page = MergerPage { form, ..MergerPage::load(&state, &ctx, layout, id).await? };
    if page.form.step == BACK {
        return ok(&page);
    }
    let acted: Result<Option<MergerPreview>, NotDone> = async {
        let command = page.command(&state).await?;
        page.form.target = command.target.to_string();
        if page.form.step == CONFIRM {
            let merged = merge(&state, &ctx, (id, &page.form.seen), command).await;
            merged.or_say(|why| refused(why, id, FIELDS)).map(|()| None)
        } else {
            let preview = merger_preview(&state, &ctx, id, &command).await;
            preview.or_say(|why| refused(why, id, FIELDS)).map(Some)
        }
    }
    .await;
    match acted {
        Ok(Some(preview)) => {
            page.form.seen.clone_from(&preview.seen);
            ok(&MergerPage { preview: Some(preview), ..page })
        }
        Ok(None) => {
            let taker = match page.form.target.parse() {
                Ok(target) => named(&state, &ctx, target).await?,
                Err(_) => None,
            };
            let taker = taker.map_or_else(|| "celle qui la reprend".to_owned(), |taker| taker.name);
            let told = format!(
                "{} est fermée, et son adresse mène à {taker}. Les administrateurs des deux sont prévenus par e-mail.",
                page.structure.name
            );
            flash::done(&session, "Structures fusionnées", told, AdminSuccessionPath { id }).await
        }
        Err(not_done) => not_done.again(|errors| MergerPage { errors, ..page }),
    }
}
