//! An application is sent (rule book 02 §4.9).

use chrono::TimeDelta;
use iae_domain::Actor;
use iae_domain::applications::draft::{Advisor, Closed, NotSent, sent as close, supersede};
use iae_domain::applications::submit::{Submit, SubmitRefused, submit as decide};
use iae_domain::candidates::consent::{Consent, Declaration, Sharing, consent};
use iae_domain::candidates::{Relation, RelationOrigin, relate};
use iae_domain::documents::Owner;
use iae_domain::ids::{ApplicationDraftId, ApplicationId, CandidateId, ConsentId, OrganisationId, UserId};
use iae_domain::text::Message;

use super::drafts::{OpenApplication, OpenDraft, load_around, store as drafts};
use super::store;
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure, Work, candidates, documents};

/// Time during which sending again is the same click (SUB-64).
const DOUBLE_CLICK: TimeDelta = TimeDelta::seconds(10);

/// What the summary showed, and what was ticked there.
#[derive(Debug, Clone, Default)]
pub struct Confirmed {
    /// The person it showed: for anyone else chosen since, nothing leaves.
    pub person: Option<CandidateId>,
    /// The person was informed beforehand.
    pub informed: bool,
    /// The employers the person consents to.
    pub consents: Vec<OrganisationId>,
    /// What would leave, as [`OpenDraft::mark`] says it in one word.
    pub told: String,
}

impl Confirmed {
    /// What is declared of one employer, over what was shown.
    fn declaration(&self, company: OrganisationId, open: &OpenDraft) -> Declaration {
        let is_what_was_shown = self.told == open.mark();
        Declaration {
            informed: self.informed,
            consents: self.consents.contains(&company),
            shown: if is_what_was_shown { open.sharing().clone() } else { Sharing::default() },
        }
    }
}

/// Sends the draft `id`: one application for each employer, with its consent, its audit rows and its mails. An employer
/// that can get nothing any more is named, and the others get theirs; when none can, nothing leaves and the draft stays.
/// Answers one of the applications, the first. Other drafts of the author that would send the same again end with it.
///
/// All that can leave leaves in one transaction (ADR 24): whatever breaks, either everything was sent or nothing, and
/// the draft is there to be sent again. The ids of the applications are those of the draft: a second submit answers with
/// the first.
///
/// The draft is locked, then the candidate: two drafts for one person wait for each other, and the second meets the
/// 24-hour rule (SUB-6).
pub async fn submit(
    app: &App,
    ctx: &Ctx<Actor>,
    id: ApplicationDraftId,
    confirmed: Confirmed,
) -> Result<ApplicationId, Failure<SubmitRefused>> {
    let actor = ctx.actor_record();
    let user = actor.user.ok_or(Error::NotFound)?;
    let mut work = app.begin(ctx).await?;
    drafts::lock(&mut work, id).await?;
    let draft = drafts::find(work.db(), user, actor.organisation, id).await?.ok_or(Error::NotFound)?;
    if draft.submitted_at.is_some() {
        return Ok(drafts::first_sent(&mut work, id).await?.ok_or(Error::NotFound)?);
    }
    draft.is_still_about(confirmed.person)?;
    let candidate = draft.candidate.ok_or(Error::NotFound)?;
    candidates::store::lock(&mut work, candidate).await?;
    let now = ctx.at(work.now());
    let open = load_around(work.db(), &now, draft).await?;
    // Nothing leaves that was not shown: an employer added in another tab has no post chosen yet.
    if open.applications.iter().any(|one| !one.is_chosen() && open.check_one(one).is_ok()) {
        return Err(Failure::Refused(SubmitRefused::JobsNotChosen));
    }
    let mut sent = vec![];
    let mut not_sent = vec![];
    for application in &open.applications {
        match send_one(&mut work, ctx, &open, application, &confirmed).await? {
            Ok(()) => sent.push(application.written.id),
            Err((refusal, refused)) => not_sent.push((application, refusal, refused)),
        }
    }
    let Some(first) = sent.first().copied() else {
        // The same click, on another draft for the same employer.
        if let [(one, ..)] = not_sent.as_slice()
            && let Some(first) = sent_just_before(&mut work, &open, one).await?
        {
            drafts::delete(&mut work, supersede(id)).await?;
            work.commit().await?;
            return Ok(first);
        }
        let refused = not_sent.first().map(|(_, _, refused)| *refused);
        return Err(refused.map_or_else(|| Error::NotFound.into(), Failure::Refused));
    };
    // The first has what the draft has; the others the same content.
    for other in sent.iter().skip(1) {
        let to = (Owner::Application(*other), candidate);
        documents::copy_all(&mut work, Owner::Draft(id), to).await?;
    }
    let received = |one: &&OpenApplication| sent.contains(&one.written.id);
    let reached: Vec<_> = open.applications.iter().filter(received).map(|one| one.company.id).collect();
    let named = |(one, refusal, _): (&OpenApplication, NotSent, SubmitRefused)| {
        (one.written.id, one.company.id, refusal)
    };
    let closed = Closed { draft: id, first, not_sent: not_sent.into_iter().map(named).collect() };
    drafts::close(&mut work, close(closed)).await?;
    for twin in drafts::twins(&mut work, candidate, id, &reached).await? {
        drafts::delete(&mut work, supersede(twin)).await?;
    }
    if let Some(organisation) = actor.organisation {
        let advisor = advisor(&mut work, (user, organisation), open.draft.message.advisor).await?;
        let applied = Relation::new(candidate, advisor, organisation, RelationOrigin::Applied);
        let advisor_is_unlisted = open.draft.message.advisor == Advisor::Unlisted;
        candidates::store::save_relation(&mut work, relate(Relation { advisor_is_unlisted, ..applied }))
            .await?;
    }
    work.commit().await?;
    Ok(first)
}

/// Writes the application of one employer with its consent, or says why this employer gets none. What concerns the
/// whole sending is refused for all.
async fn send_one(
    work: &mut Work<'_>,
    ctx: &Ctx<Actor>,
    open: &OpenDraft,
    one: &OpenApplication,
    confirmed: &Confirmed,
) -> Result<Result<(), (NotSent, SubmitRefused)>, Failure<SubmitRefused>> {
    if sent_just_before(work, open, one).await?.is_some() {
        return Ok(Err((NotSent::AppliedRecently, SubmitRefused::AppliedRecently)));
    }
    let candidate = open.draft.candidate.ok_or(Error::NotFound)?;
    let recorder = work.by.user.zip(work.by.organisation);
    let command = Submit {
        id: one.written.id,
        candidate,
        jobs: one.written.jobs.clone(),
        message: Message::parse(&open.draft.message.text).ok(),
        consent: recorder.map(|_| ConsentId::at(work.now())),
    };
    let consent_id = command.consent;
    let new = match decide(&ctx.actor, command, &open.submit_facts(one), work.now()) {
        Ok(new) => new,
        Err(refused) => {
            let refusal = NotSent::of(refused).ok_or(Failure::Refused(refused))?;
            return Ok(Err((refusal, refused)));
        }
    };
    if let (Some((user, organisation)), Some(id)) = (recorder, consent_id) {
        let recorded = Consent {
            id,
            candidate,
            organisation,
            recorded_by: user,
            company: one.company.id,
            recorded_at: work.now(),
            sharing: open.sharing().clone(),
        };
        let declaration = confirmed.declaration(one.company.id, open);
        let recorded = consent(&declaration, recorded).map_err(|refused| Failure::Refused(refused.into()))?;
        candidates::store::insert_consent(work, recorded).await?;
    }
    store::insert(work, new).await?;
    Ok(Ok(()))
}

/// The application the author sent to this employer for the person a moment ago (SUB-64).
async fn sent_just_before(
    work: &mut Work<'_>,
    open: &OpenDraft,
    one: &OpenApplication,
) -> Result<Option<ApplicationId>> {
    let (Some(user), Some(candidate)) = (work.by.user, open.draft.candidate) else { return Ok(None) };
    let since = work.now() - DOUBLE_CLICK;
    drafts::sent_since(work, user, candidate, one.company.id, since).await
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
