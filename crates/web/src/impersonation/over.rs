//! What ends an impersonation without anybody leaving it: an hour went by, the account of the person was closed, a right was taken
//! away (AUT-30). Whatever was asked is not done: it was asked in the place of somebody.

use iae_app::Ctx;
use iae_app::accounts::SignedIn;
use iae_app::accounts::impersonation::lapse;
use iae_domain::Actor;
use tower_sessions::Session;

use crate::error::PageResult;
use crate::flash;
use crate::layout::FlashLevel;
use crate::paths::DashboardPath;
use crate::session;
use crate::state::WebState;
use crate::visitor::Visitor;

/// What the next page says.
const OVER: &str = "Une consultation dure une heure au plus, et s’arrête si le compte de la personne est désactivé ou si votre \
                    droit vous est retiré. Ce que vous veniez de demander à sa place n’a pas été fait.";

/// Where the member of the team goes, once theirs is over; none for everyone else.
pub(crate) async fn over(
    state: &WebState,
    session: &Session,
    visitor: &Visitor,
    person: &SignedIn,
) -> PageResult<Option<String>> {
    if person.impersonator.is_some() {
        return Ok(None);
    }
    let Some(impersonation) = session::impersonation(session).await? else { return Ok(None) };
    let ctx: Ctx<Actor> = visitor.ctx(Actor::System);
    lapse(state, &ctx, impersonation).await?;
    session::see_as_oneself(session).await?;
    let title = "Vous ne voyez plus la plateforme à la place d’une autre personne";
    flash::say(session, FlashLevel::Warning, title, OVER.to_owned()).await?;
    Ok(Some(DashboardPath.to_string()))
}
