//! The dashboard of a prescriber or orienteur: whom to call back, what was answered. Their own first; the whole
//! organisation's by choice, with who sent what.

use askama::Template;
use chrono::NaiveDate;
use iae_app::applications::list::Applications;
use iae_app::dashboard::queries::{sent_answered, sent_waiting};
use iae_app::habilitations::queries::own_right;
use iae_app::list::Facets;
use iae_app::organisations::sign_up::queries::{Joining, asking};
use iae_app::pass::prolongation::list::Prolongations;
use iae_app::{App, Ctx};
use iae_domain::actor::PrescriberActor;

use super::{DraftItem, Item};
use crate::error::{PageResult, ok};
use crate::filters;
use crate::habilitations::notice;
use crate::layout::Layout;
use crate::list::{Figure, figures};
use crate::paths::DashboardPath;
use crate::prolongations::TO_ANSWER;

/// Whose applications are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    /// Those one sent oneself.
    Mine,
    /// Those of every colleague.
    Organisation,
}

/// What the figures of each view open: what no one answered, the answers to read, and three groups of states.
const MINE: [&str; 5] = [
    "sender=mine&due=late&sort=sent",
    "sender=mine&answer=unread",
    "sender=mine&state=new&state=processing&state=postponed",
    "sender=mine&state=accepted",
    "sender=mine&state=refused",
];
const ORGANISATION: [&str; 5] = [
    "due=late&sort=sent",
    "answer=unread",
    "state=new&state=processing&state=postponed",
    "state=accepted",
    "state=refused",
];

/// The page.
#[derive(Template)]
#[template(path = "dashboard/prescriber.html")]
struct PrescriberDashboard {
    layout: Layout,
    today: NaiveDate,
    authorised: bool,
    /// What is said of the right of the organisation: tone, title, message.
    right: Option<(&'static str, String, String)>,
    /// Whether the DDETS waits for the organisation to complete its request of habilitation.
    is_completing: bool,
    view: View,
    /// Those who ask to join it, for whoever administers it; said once, beside what is theirs.
    asking: Vec<Joining>,
    drafts: Vec<DraftItem>,
    late: Figure,
    unanswered: Vec<Item>,
    unread: Figure,
    answered: Vec<Item>,
    pending: Figure,
    accepted: Figure,
    refused: Figure,
    /// The requests of prolongation that wait; none for an orienteur.
    prolongations: Option<Figure>,
}

impl PrescriberDashboard {
    /// Words, address, whether it is the one shown.
    fn views(&self) -> [(&'static str, String, bool); 2] {
        [
            ("Les miennes", DashboardPath.to_string(), self.is_mine()),
            ("Toute l’organisation", format!("{DashboardPath}?view=organisation"), !self.is_mine()),
        ]
    }

    fn is_mine(&self) -> bool {
        self.view == View::Mine
    }

    /// The list of all that is counted: its words, its query.
    fn whole(&self) -> (&'static str, &'static str) {
        match self.view {
            View::Mine => ("Toutes celles que vous avez envoyées", "?sender=mine"),
            View::Organisation => ("Toutes les candidatures envoyées", ""),
        }
    }
}

pub(super) async fn page(app: &App, ctx: &Ctx<PrescriberActor>, layout: Layout, view: View) -> PageResult {
    let list = Applications::of(&ctx.any())?;
    let (queries, facets) = match view {
        View::Mine => (MINE, Facets::default()),
        View::Organisation => (ORGANISATION, list.counted(&app.db).await?),
    };
    let [late, unread, pending, accepted, refused] = figures(app, &list, &facets, queries).await?;
    let prolongations = match Prolongations::of(&ctx.any()) {
        Ok(list) => {
            let [waiting] = figures(app, &list, &Facets::default(), [TO_ANSWER]).await?;
            Some(waiting)
        }
        Err(_) => None,
    };
    let own = own_right(app, ctx).await?;
    let right = notice(&own.authorisation, ctx.today());
    let is_mine = view == View::Mine;
    let PrescriberActor { organisation, is_admin, .. } = ctx.actor;
    let asking = if is_admin && is_mine { asking(&app.db, organisation, ctx.now).await? } else { Vec::new() };
    let unanswered = sent_waiting(&app.db, ctx, is_mine).await?;
    let answered = sent_answered(&app.db, ctx, is_mine).await?;
    ok(&PrescriberDashboard {
        layout,
        today: ctx.today(),
        authorised: ctx.actor.authorised,
        right,
        is_completing: own.is_completing,
        view,
        asking,
        drafts: DraftItem::all(app, &ctx.any()).await?,
        late,
        unanswered: unanswered.into_iter().map(Item::new).collect(),
        unread,
        answered: answered.into_iter().map(Item::new).collect(),
        pending,
        accepted,
        refused,
        prolongations,
    })
}
