//! An application is sent (rule book 02 §4.9).

use chrono::TimeDelta;
use iae_domain::Actor;
use iae_domain::applications::draft::{Advisor, sent};
use iae_domain::applications::submit::{Submit, SubmitRefused, submit as decide};
use iae_domain::candidates::consent::{Consent, consent};
use iae_domain::candidates::{Relation, RelationOrigin, relate};
use iae_domain::ids::{ApplicationDraftId, ApplicationId, CandidateId, ConsentId, OrganisationId, UserId};
use iae_domain::text::NonBlank;

use super::drafts::{OpenDraft, load_around, store as drafts};
use super::store;
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure, Work, candidates};

/// Time during which sending again is the same click (SUB-64).
const DOUBLE_CLICK: TimeDelta = TimeDelta::seconds(10);

/// Sends the draft `id`: the consent, the application, its audit rows and its mails are written together or not at
/// all. The id of the draft becomes the id of the application, so a second submit answers with the first.
///
/// The summary showed what leaves for `person`: for anyone else chosen since, nothing leaves.
///
/// The draft is locked, then the candidate: two drafts for one person wait for each other, and the second meets the
/// 24-hour rule (SUB-6).
pub async fn submit(
    app: &App,
    ctx: &Ctx<Actor>,
    id: ApplicationDraftId,
    person: Option<CandidateId>,
) -> Result<ApplicationId, Failure<SubmitRefused>> {
    let actor = ctx.actor_record();
    let user = actor.user.ok_or(Error::NotFound)?;
    let application = ApplicationId(id.0);
    let mut work = app.begin(ctx).await?;
    drafts::lock(&mut work, id).await?;
    let draft = drafts::find(work.db(), user, actor.organisation, id).await?.ok_or(Error::NotFound)?;
    if draft.submitted_at.is_some() {
        return Ok(application);
    }
    draft.is_still_about(person)?;
    let candidate = draft.candidate.ok_or(Error::NotFound)?;
    candidates::store::lock(&mut work, candidate).await?;
    let since = work.now() - DOUBLE_CLICK;
    if let Some(first) = drafts::sent_since(&mut work, user, candidate, draft.company, since).await? {
        return Ok(first);
    }
    let now = ctx.at(work.now());
    let open = load_around(work.db(), &now, draft).await?;
    open.check()?;
    let consent = record_consent(&mut work, &open, candidate).await?;
    let command = Submit {
        id: application,
        candidate,
        jobs: open.draft.jobs.clone(),
        message: NonBlank::parse(&open.draft.message.text),
        consent,
    };
    let new = decide(&ctx.actor, command, &open.submit_facts(), work.now())?;
    store::insert(&mut work, new).await?;
    drafts::close(&mut work, sent(id)).await?;
    if let Some(organisation) = actor.organisation {
        let advisor = advisor(&mut work, (user, organisation), open.draft.message.advisor).await?;
        let applied = Relation::new(candidate, advisor, organisation, RelationOrigin::Applied);
        let advisor_is_unlisted = open.draft.message.advisor == Advisor::Unlisted;
        candidates::store::save_relation(&mut work, relate(Relation { advisor_is_unlisted, ..applied }))
            .await?;
    }
    work.commit().await?;
    Ok(application)
}

/// Whoever accompanies the person as an application leaves (SUB-65): the colleague the sender named if still there, else
/// the sender.
async fn advisor(
    work: &mut Work<'_>,
    (sender, organisation): (UserId, OrganisationId),
    named: Advisor,
) -> Result<UserId> {
    match named {
        Advisor::Colleague(colleague)
            if candidates::store::is_member(work, colleague, organisation).await? =>
        {
            Ok(colleague)
        }
        Advisor::Colleague(_) | Advisor::Sender | Advisor::Unlisted => Ok(sender),
    }
}

/// The consent of the person to what leaves with this application, item by item, when it is what they were shown; none
/// when they apply themselves.
async fn record_consent(
    work: &mut Work<'_>,
    open: &OpenDraft,
    candidate: CandidateId,
) -> Result<Option<ConsentId>, Failure<SubmitRefused>> {
    let (Some(user), Some(organisation)) = (work.by.user, work.by.organisation) else { return Ok(None) };
    let id = ConsentId::at(work.now());
    let recorded = consent(
        &open.draft.message.declaration,
        Consent {
            id,
            candidate,
            organisation,
            recorded_by: user,
            company: open.company.id,
            recorded_at: work.now(),
            sharing: open.sharing().clone(),
        },
    )?;
    candidates::store::insert_consent(work, recorded).await?;
    Ok(Some(id))
}
