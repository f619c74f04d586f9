//! `/admin/organisations/{id}/transfer`: what a company has goes to another one, category by category (rule book 01 §13).

mod form;

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use iae_app::organisations::transfer::queries::{NamedOrganisation, named};
use iae_app::organisations::transfer::{TransferPreview, preview_transfer, transfer};
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::OrganisationFamily;
use iae_domain::organisations::transfer::{
    Category, Count, Fit, TransferRefused, is_emptied, may_transfer, version,
};
use tower_sessions::Session;

use form::TransferForm;

use super::target::{Search, TargetQuery, chosen};
use super::{BACK, CONFIRM, counted, messages, overtaken};
use crate::choice::Choice;
use crate::error::{PageError, PageResult, ok, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{AdminOrganisationPath, AdminOrganisationTransferPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "admin/organisation_moves/transfer.html")]
pub struct TransferPage {
    layout: Layout,
    search: Search,
    /// The company that would have it, and what there is.
    both: Option<(NamedOrganisation, TransferPreview)>,
    form: TransferForm,
    /// Whether what would be done is read before it is confirmed.
    is_review: bool,
    errors: FieldErrors,
}

impl TransferPage {
    /// Of a company; any other organisation has no such page.
    async fn load(
        app: &App,
        ctx: &Ctx<StaffActor>,
        layout: Layout,
        id: OrganisationId,
        query: &TargetQuery,
    ) -> PageResult<Self> {
        let action = AdminOrganisationTransferPath { id }.to_string();
        let search = Search::load(app, ctx, id, (query, action)).await?;
        if search.source.family != OrganisationFamily::Company {
            return Err(PageError::NotFound);
        }
        let (form, errors) = (TransferForm::default(), FieldErrors::default());
        let mut page = Self { layout, search, both: None, form, is_review: false, errors };
        match query.target()? {
            Some(target) if target == id => page.errors = messages::transfer(TransferRefused::Same),
            Some(target) => page.choose(app, ctx, target).await?,
            None => {}
        }
        Ok(page)
    }

    /// At first, all that may move is ticked but what the target says of itself, and the source is disabled.
    async fn choose(&mut self, app: &App, ctx: &Ctx<StaffActor>, id: OrganisationId) -> PageResult<()> {
        let preview =
            preview_transfer(app, ctx, self.search.source.id, id).await?.ok_or(PageError::NotFound)?;
        let target = named(app, ctx, id).await?.ok_or(PageError::NotFound)?;
        let moves = |count: &&Count| unticked(&preview, count).is_none() && !count.category.is_said();
        let code = |count: &Count| count.category.code().to_owned();
        self.form.target = target.id.to_string();
        self.form.seen = version(&preview.source, &preview.target, &preview.counts);
        self.form.categories = preview.counts.iter().filter(moves).map(code).collect();
        if !preview.source.is_disabled {
            "true".clone_into(&mut self.form.disable_source);
        }
        self.both = Some((target, preview));
        Ok(())
    }

    /// Why nothing may move between these two.
    fn blocked(preview: &TransferPreview) -> Option<String> {
        let emptied = is_emptied(&preview.source, &preview.counts).then_some(TransferRefused::Emptied);
        let refused = may_transfer(&preview.source, &preview.target).err().or(emptied)?;
        messages::transfer(refused).all().first().map(|(_, said)| said.clone())
    }

    /// Each category, what there is of it, or why it may not move.
    fn choices(&self, preview: &TransferPreview) -> Vec<Choice> {
        let choice = |count: &Count| {
            let code = count.category.code();
            let choice = Choice::new(code, count.category.label());
            match unticked(preview, count) {
                Some(why) => choice.disabled(why),
                None => choice.with_hint(amount(count)).selected_if(self.form.moves(count.category)),
            }
        };
        preview.counts.iter().map(choice).collect()
    }

    /// What was chosen, with how much there is of it.
    fn chosen(&self, preview: &TransferPreview) -> Vec<(&'static str, String)> {
        let moves = |count: &&Count| self.form.moves(count.category);
        let line = |count: &Count| (count.category.label(), amount(count));
        preview.counts.iter().filter(moves).map(line).collect()
    }

    /// What the source has and keeps.
    fn kept(&self, preview: &TransferPreview) -> Vec<&'static str> {
        let stays = |count: &&Count| !self.form.moves(count.category) && !count.is_none();
        preview.counts.iter().filter(stays).map(|count| count.category.label()).collect()
    }
}

/// Why a category cannot be chosen.
fn unticked(preview: &TransferPreview, count: &Count) -> Option<&'static str> {
    let fit: Fit = count.category.fit(preview.source.kind, preview.target.kind);
    if let Some(why) = messages::unfit(fit) {
        return Some(why);
    }
    if count.is_none() {
        return Some("Rien à déplacer.");
    }
    let is_hidden = preview.source.is_disabled && count.category == Category::Searchable;
    is_hidden.then_some("La source est masquée parce qu’elle est désactivée : cela ne se transmet pas.")
}

/// « 12 à déplacer, 1 doublon »; what a company says of itself is not counted.
fn amount(count: &Count) -> String {
    if count.category.is_said() {
        return "Remplace ce que la cible dit d’elle-même".to_owned();
    }
    counted(count)
}

/// Shows what there is.
pub async fn get(
    AdminOrganisationTransferPath { id }: AdminOrganisationTransferPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
    Query(query): Query<TargetQuery>,
) -> PageResult {
    let page = TransferPage::load(&state, &ctx, layout, id, &query).await?;
    if page.errors.is_empty() { ok(&page) } else { unprocessable(&page) }
}

/// Shows what would be done, then moves what was chosen.
pub async fn post(
    AdminOrganisationTransferPath { id }: AdminOrganisationTransferPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<TransferForm>,
) -> PageResult {
    let page = TransferPage::load(&state, &ctx, layout, id, &TargetQuery::of(&form.target)).await?;
    if form.step == BACK {
        return ok(&TransferPage { form, ..page });
    }
    let (asked, remark) = match form.parse() {
        Ok(parsed) => parsed,
        Err(errors) => return unprocessable(&TransferPage { form, errors, ..page }),
    };
    let confirms = form.step == CONFIRM;
    let acted = match page.both.as_ref() {
        Some(_) if confirms => transfer(&state, &ctx, id, (&asked, &remark)).await,
        Some((_, preview)) => preview.check(&asked).map_err(Failure::Refused),
        None => Err(Failure::Refused(TransferRefused::Same)),
    };
    match acted {
        Ok(()) if confirms => {
            let told = "Ce que vous avez choisi est dans cette structure. La remarque et le détail sont sur la page des deux, sous « Remarques du support ».";
            let target = AdminOrganisationPath { id: asked.target };
            flash::done(&session, "Données transférées", told, target).await
        }
        Ok(()) => ok(&TransferPage { form, is_review: true, ..page }),
        Err(Failure::Refused(TransferRefused::Overtaken)) => {
            let again = chosen(&AdminOrganisationTransferPath { id }.to_string(), asked.target);
            Err(overtaken(&state, &ctx, id, again).await)
        }
        Err(Failure::Refused(refused)) => {
            let errors = messages::transfer(refused);
            unprocessable(&TransferPage { form, errors, ..page })
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}
