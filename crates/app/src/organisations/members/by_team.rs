//! The team changes who acts for an organisation (rule book 01 §13, MEM-9).

use chrono::{DateTime, Utc};
use iae_domain::actor::StaffActor;
use iae_domain::ids::MembershipId;
use iae_domain::organisations::invitations::RevokedBecause;
use iae_domain::organisations::members::{self as rules, Departure, DepartureRefused, Leaver, MemberRefused};
use iae_domain::staff::{RemarkOn, StaffRight, SupportRemark, ensure};

use super::{queries, store};
use crate::error::Error;
use crate::organisations::invitations;
use crate::staff::remarks;
use crate::{App, Ctx, Failure};

/// Names an administrator, or takes the role away, of a member seen as they were at that time; the last one too, which its page says.
pub async fn change_role_by_team(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: MembershipId,
    (seen, is_admin): (DateTime<Utc>, bool),
    remark: &SupportRemark,
) -> Result<(), Failure<MemberRefused>> {
    ensure(&ctx.actor, StaffRight::ChangeOrganisations)?;
    let mut work = app.begin(ctx).await?;
    let place = queries::place_of(work.db(), id, ctx.today()).await?.ok_or(Error::NotFound)?;
    store::lock(&mut work, place.organisation).await?;
    let target = store::member(&mut work, place.organisation, id).await?.ok_or(Error::NotFound)?;
    let Some(changed) = rules::change_role_by_team(target, seen, is_admin, work.now())? else {
        return Ok(());
    };
    store::save(&mut work, changed).await?;
    let act = if is_admin { "organisation.member_promoted" } else { "organisation.member_demoted" };
    remarks::keep(&mut work, RemarkOn::Organisation(place.organisation), act, remark).await?;
    work.commit().await?;
    Ok(())
}

/// Ends a membership, and the invitations to and from the person (INV-12); what they held is handed to colleagues, where there are any.
pub async fn depart_by_team(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: MembershipId,
    asked: &Departure,
    remark: &SupportRemark,
) -> Result<(), Failure<DepartureRefused>> {
    ensure(&ctx.actor, StaffRight::ChangeOrganisations)?;
    let mut work = app.begin(ctx).await?;
    let place = queries::place_of(work.db(), id, ctx.today()).await?.ok_or(Error::NotFound)?;
    let organisation = place.organisation;
    store::hold_accompanied(&mut work, organisation, id).await?;
    store::lock(&mut work, organisation).await?;
    let member = store::member(&mut work, organisation, id).await?.ok_or(Error::NotFound)?;
    let holdings = queries::holdings(work.db(), organisation, member.user, place.hands_drafts).await?;
    let colleagues = store::colleagues(&mut work, organisation, member.user).await?;
    let leaver = Leaver { member, holdings, colleagues };
    let left = rules::depart_by_team(&leaver, asked, work.now())?;
    store::save_departure(&mut work, left).await?;
    let email = store::guest(&mut work, member.user).await?.and_then(|guest| guest.email);
    let because = (RevokedBecause::GuestLeft, RevokedBecause::SenderLeft);
    invitations::revoke_to_and_from(&mut work, organisation, email, member.user, because).await?;
    remarks::keep(&mut work, RemarkOn::Organisation(organisation), "organisation.member_left", remark)
        .await?;
    work.commit().await?;
    Ok(())
}
