//! `/admin/memberships/{id}/departure`: the team ends a membership; what the person held is handed to colleagues, where there are any (MEM-7,
//! MEM-9).

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use iae_app::organisations::members::depart_by_team;
use iae_app::organisations::members::queries::{
    MemberCard, Place, Teammate, held_by, teammates, tended_member,
};
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::StaffActor;
use iae_domain::ids::MembershipId;
use iae_domain::organisations::members::{DepartureRefused, Held, Holdings};
use serde::Deserialize;
use tower_sessions::Session;

use super::act;
use super::role::overtaken;
use crate::choice::Choice;
use crate::error::{PageError, PageResult, ok, page_with, unprocessable};
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::french;
use crate::layout::Layout;
use crate::organisations::members::departure::form::{DepartureForm, field, meaning};
use crate::paths::{AdminDeparturePath, AdminOrganisationPath};
use crate::state::WebState;
use crate::transition::version;

/// The page.
#[derive(Template)]
#[template(path = "admin/organisations/departure.html")]
pub struct DeparturePage {
    layout: Layout,
    place: Place,
    member: MemberCard,
    holdings: Holdings,
    colleagues: Vec<Teammate>,
    form: TeamDepartureForm,
    /// What they hold changed since the page was read (D32).
    is_overtaken: bool,
    errors: FieldErrors,
}

/// Whose each thing becomes, and why.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TeamDepartureForm {
    remark: String,
    #[serde(flatten)]
    departure: DepartureForm,
}

/// Something to hand over, as its field shows it.
struct Line {
    field: &'static str,
    label: String,
    hint: &'static str,
    choices: Vec<Choice>,
}

impl DeparturePage {
    async fn load(app: &App, ctx: &Ctx<StaffActor>, layout: Layout, id: MembershipId) -> PageResult<Self> {
        let (place, member) = tended_member(app, ctx, id).await?;
        let holdings = held_by(app, place.organisation, member.user, place.hands_drafts).await?;
        let colleagues = teammates(app, place.organisation, member.user).await?;
        let (form, errors) = (TeamDepartureForm::default(), FieldErrors::default());
        Ok(Self { layout, place, member, holdings, colleagues, form, is_overtaken: false, errors })
    }

    fn title(&self) -> String {
        format!("Départ {}", french::of(&self.member.name))
    }

    /// The version of the member that the page shows (D32).
    fn seen(&self) -> String {
        version(self.member.updated_at)
    }

    /// Whether nobody would administer the organisation any more.
    fn is_last_admin(&self) -> bool {
        self.member.is_admin && self.place.other_admins == 0
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

    fn choices(&self, held: Held) -> Vec<Choice> {
        let chosen = self.form.departure.chosen(held);
        let is_alone = self.colleagues.len() == 1;
        let choice = |colleague: &Teammate| {
            let user = colleague.user.to_string();
            let is_chosen = user == chosen || is_alone;
            Choice::new(user, &colleague.name).selected_if(is_chosen)
        };
        self.colleagues.iter().map(choice).collect()
    }

    /// What nobody takes over yet.
    fn missing(&self) -> FieldErrors {
        let is_there = |chosen: &str| self.colleagues.iter().any(|one| one.user.to_string() == chosen);
        let mut errors = FieldErrors::default();
        for (held, _) in self.holdings.all().filter(|(held, _)| !is_there(self.form.departure.chosen(*held)))
        {
            errors.add(field(held), "Choisissez à quel collègue le confier.");
        }
        errors
    }
}

/// Shows what the member holds.
pub async fn get(
    AdminDeparturePath { id }: AdminDeparturePath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    let page = DeparturePage::load(&state, &ctx, layout, id).await?;
    if page.member.is_active { ok(&page) } else { Err(PageError::NotFound) }
}

/// Lets them go.
pub async fn post(
    AdminDeparturePath { id }: AdminDeparturePath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<TeamDepartureForm>,
) -> PageResult {
    let page = DeparturePage { form, ..DeparturePage::load(&state, &ctx, layout, id).await? };
    let departure = page.form.departure.parse()?;
    let remark = match act::only_remark(&page.form.remark) {
        Ok(remark) => remark,
        Err(errors) => return unprocessable(&DeparturePage { errors, ..page }),
    };
    match depart_by_team(&state, &ctx, id, &departure, &remark).await {
        Ok(()) => {
            let told = "Cette personne n’a plus accès aux dossiers de la structure et en est prévenue par e-mail, comme les collègues à qui \
                        ce qu’elle suivait est confié.";
            let back = AdminOrganisationPath { id: page.place.organisation };
            flash::done(&session, "Membre retiré", told, back).await
        }
        Err(Failure::Refused(DepartureRefused::Member(_))) => {
            let (place, member) = tended_member(&state, &ctx, id).await?;
            Err(overtaken(&place, &member))
        }
        Err(Failure::Refused(DepartureRefused::HoldingsChanged)) => {
            page_with(StatusCode::CONFLICT, &DeparturePage { is_overtaken: true, ..page })
        }
        Err(Failure::Refused(DepartureRefused::NoSuccessor(_))) => {
            let errors = page.missing();
            unprocessable(&DeparturePage { errors, ..page })
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}
