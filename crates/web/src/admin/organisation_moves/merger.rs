//! `/admin/organisations/{id}/merger`: a prescriber organisation is merged into another one (rule book 01 §13).

mod form;

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use chrono::NaiveDate;
use iae_app::organisations::transfer::queries::{NamedOrganisation, named};
use iae_app::organisations::transfer::{MergerPreview, merge, preview_merger};
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::OrganisationFamily;
use iae_domain::organisations::merger::{KeptRight, MergerRefused, Merging, asks_for_right, may_merge, seen};
use tower_sessions::Session;

use form::MergerForm;

use super::target::{Search, TargetQuery, chosen};
use super::{messages, overtaken};
use crate::choice::Choice;
use crate::error::{PageError, PageResult, ok, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{AdminOrganisationMergerPath, AdminOrganisationPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "admin/organisation_moves/merger.html")]
pub struct MergerPage {
    layout: Layout,
    search: Search,
    /// The organisation that would stay, and what would become of both.
    both: Option<(NamedOrganisation, MergerPreview)>,
    today: NaiveDate,
    form: MergerForm,
    errors: FieldErrors,
}

impl MergerPage {
    /// Of a prescriber organisation; any other has no such page.
    async fn load(
        app: &App,
        ctx: &Ctx<StaffActor>,
        layout: Layout,
        id: OrganisationId,
        query: &TargetQuery,
    ) -> PageResult<Self> {
        let action = AdminOrganisationMergerPath { id }.to_string();
        let search = Search::load(app, ctx, id, (query, action)).await?;
        if search.source.family != OrganisationFamily::Prescriber {
            return Err(PageError::NotFound);
        }
        let (form, errors) = (MergerForm::default(), FieldErrors::default());
        let mut page = Self { layout, search, both: None, today: ctx.today(), form, errors };
        match query.target()? {
            Some(target) if target == id => page.errors = messages::merger(MergerRefused::Same),
            Some(target) => page.choose(app, ctx, target).await?,
            None => {}
        }
        Ok(page)
    }

    async fn choose(&mut self, app: &App, ctx: &Ctx<StaffActor>, id: OrganisationId) -> PageResult<()> {
        let preview =
            preview_merger(app, ctx, self.search.source.id, id).await?.ok_or(PageError::NotFound)?;
        let kept = named(app, ctx, id).await?.ok_or(PageError::NotFound)?;
        self.form.target = kept.id.to_string();
        self.form.seen = seen(&preview.source, &preview.target, &preview.counts, self.today);
        self.both = Some((kept, preview));
        Ok(())
    }

    /// Why these two do not become one, whatever is chosen.
    fn blocked(preview: &MergerPreview) -> Option<String> {
        let refused = may_merge(&preview.source, &preview.target).err()?;
        messages::merger(refused).all().first().map(|(_, said)| said.clone())
    }

    /// Whose right stays, when that is to be said.
    fn rights(&self, preview: &MergerPreview) -> Option<Vec<Choice>> {
        let choice = |right: &KeptRight| {
            let of = match right {
                KeptRight::Target => &preview.target,
                KeptRight::Source => &preview.source,
            };
            let choice = Choice::new(right.code(), right.label()).with_hint(self.right(of));
            choice.selected_if(self.form.right == right.code())
        };
        let is_asked = asks_for_right(&preview.source, &preview.target, self.today);
        is_asked.then(|| KeptRight::ALL.iter().map(choice).collect())
    }

    /// « Habilitée aujourd’hui », « Pas habilitée aujourd’hui (Habilitation en attente de validation) ».
    fn right(&self, of: &Merging) -> String {
        if of.authorisation.is_on(self.today) {
            return "Habilitée aujourd’hui".to_owned();
        }
        format!("Pas habilitée aujourd’hui ({})", of.authorisation.status.label())
    }
}

/// Shows what would become of both.
pub async fn get(
    AdminOrganisationMergerPath { id }: AdminOrganisationMergerPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
    Query(query): Query<TargetQuery>,
) -> PageResult {
    let page = MergerPage::load(&state, &ctx, layout, id, &query).await?;
    if page.errors.is_empty() { ok(&page) } else { unprocessable(&page) }
}

/// Does it.
pub async fn post(
    AdminOrganisationMergerPath { id }: AdminOrganisationMergerPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<MergerForm>,
) -> PageResult {
    let errors = match form.parse() {
        Ok((asked, remark)) => match merge(&state, &ctx, id, (&asked, &remark)).await {
            Ok(()) => {
                let told = "Tout est dans l’organisation qui reste. Les administrateurs des deux sont prévenus par e-mail.";
                let kept = AdminOrganisationPath { id: asked.target };
                return flash::done(&session, "Organisations fusionnées", told, kept).await;
            }
            Err(Failure::Refused(MergerRefused::Overtaken)) => {
                let again = chosen(&AdminOrganisationMergerPath { id }.to_string(), asked.target);
                return Err(overtaken(&state, &ctx, id, again).await);
            }
            Err(Failure::Refused(refused)) => messages::merger(refused),
            Err(Failure::App(error)) => return Err(error.into()),
        },
        Err(errors) => errors,
    };
    let query = TargetQuery::of(&form.target);
    let page = MergerPage::load(&state, &ctx, layout, id, &query).await?;
    unprocessable(&MergerPage { form, errors, ..page })
}
