//! `/members/{id}/departure`: an administrator lets a member go; what they hold is listed first, and handed to colleagues (MEM-7).

pub(crate) mod form;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use iae_app::organisations::members::queries::{MemberCard, Teammate, held_by, teammates};
use iae_app::organisations::members::{depart, hands_drafts};
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::Colleague;
use iae_domain::ids::MembershipId;
use iae_domain::organisations::members::{DepartureRefused, Held, Holdings};
use tower_sessions::Session;

use form::{DepartureForm, field, meaning};

use super::Administrator;
use super::role::{OneselfPage, refuse, target};
use crate::choice::Choice;
use crate::error::{PageResult, forbidden, ok, page_with, unprocessable};
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::french;
use crate::layout::Layout;
use crate::paths::{DeparturePath, MembersPath};
use crate::state::WebState;
use crate::transition::version;

/// The page.
#[derive(Template)]
#[template(path = "organisations/members/departure.html")]
pub struct DeparturePage {
    layout: Layout,
    member: MemberCard,
    holdings: Holdings,
    colleagues: Vec<Teammate>,
    hands_drafts: bool,
    form: DepartureForm,
    /// What they hold changed since the page was read (D32).
    is_overtaken: bool,
    errors: FieldErrors,
}

/// Something to hand over, as its field shows it.
struct Line {
    field: &'static str,
    label: String,
    hint: &'static str,
    choices: Vec<Choice>,
}

impl DeparturePage {
    async fn load(app: &App, ctx: &Ctx<Colleague>, layout: Layout, id: MembershipId) -> PageResult<Self> {
        let member = target(app, ctx, id).await?;
        let organisation = ctx.actor.organisation();
        let hands_drafts = hands_drafts(&ctx.actor);
        let holdings = held_by(app, organisation, member.user, hands_drafts).await?;
        let colleagues = teammates(app, organisation, member.user).await?;
        let (form, errors) = (DepartureForm::default(), FieldErrors::default());
        Ok(Self { layout, member, holdings, colleagues, hands_drafts, form, is_overtaken: false, errors })
    }

    fn title(&self) -> String {
        format!("Départ {}", french::of(&self.member.name))
    }

    /// The version of the member that the page shows (D32).
    fn seen(&self) -> String {
        version(self.member.updated_at)
    }

    fn lines(&self) -> Vec<Line> {
        let line = |(held, count): (Held, u32)| Line {
            field: field(held),
            label: format!("{} ({count})", held.label()),
            hint: meaning(held),
            choices: self.choices(held),
        };
        self.holdings.all().map(line).collect()
    }

    /// The one colleague there is is chosen already.
    fn choices(&self, held: Held) -> Vec<Choice> {
        let chosen = self.form.chosen(held);
        let is_alone = self.colleagues.len() == 1;
        let choice = |colleague: &Teammate| {
            let user = colleague.user.to_string();
            let is_chosen = user == chosen || is_alone;
            Choice::new(user, &colleague.name).selected_if(is_chosen)
        };
        self.colleagues.iter().map(choice).collect()
    }
}

/// Shows what the member holds.
pub async fn get(
    DeparturePath { id }: DeparturePath,
    State(state): State<WebState>,
    Administrator(ctx): Administrator,
    layout: Layout,
) -> PageResult {
    let page = DeparturePage::load(&state, &ctx, layout, id).await?;
    if page.member.user == ctx.actor.user() {
        return forbidden(&OneselfPage { layout: page.layout });
    }
    ok(&page)
}

/// Lets them go.
pub async fn post(
    DeparturePath { id }: DeparturePath,
    State(state): State<WebState>,
    Administrator(ctx): Administrator,
    session: Session,
    layout: Layout,
    Form(form): Form<DepartureForm>,
) -> PageResult {
    match depart(&state, &ctx, id, &form.parse()?).await {
        Ok(()) => {
            let told = "Cette personne n’a plus accès aux dossiers de la structure et en est prévenue par e-mail, comme les \
                        collègues à qui vous avez confié ce qu’elle suivait.";
            flash::done(&session, "Collaborateur retiré", told, MembersPath).await
        }
        Err(Failure::Refused(DepartureRefused::Member(refused))) => {
            refuse(&state, &ctx, layout, id, refused).await
        }
        Err(Failure::Refused(DepartureRefused::HoldingsChanged)) => {
            let page = DeparturePage::load(&state, &ctx, layout, id).await?;
            page_with(StatusCode::CONFLICT, &DeparturePage { form, is_overtaken: true, ..page })
        }
        Err(Failure::Refused(DepartureRefused::NoSuccessor(_))) => {
            let page = DeparturePage { form, ..DeparturePage::load(&state, &ctx, layout, id).await? };
            let errors = missing(&page);
            unprocessable(&DeparturePage { errors, ..page })
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}

/// What nobody takes over yet.
fn missing(page: &DeparturePage) -> FieldErrors {
    let is_there = |chosen: &str| page.colleagues.iter().any(|one| one.user.to_string() == chosen);
    let mut errors = FieldErrors::default();
    for (held, _) in page.holdings.all().filter(|(held, _)| !is_there(page.form.chosen(*held))) {
        errors.add(field(held), "Choisissez à quel collègue le confier.");
    }
    errors
}
