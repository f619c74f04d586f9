//! What was sent for a person is proposed again for the next employer: the message, and the CV.

use chrono::{DateTime, Utc};
use iae_domain::applications::draft::{DraftMessage, KEPT};
use iae_domain::documents::Owner;
use iae_domain::ids::{ApplicationDraftId, ApplicationId, CandidateId, OrganisationId, UserId};

use super::super::store::Data;
use crate::error::Result;
use crate::{Work, documents};

/// The last application its author sent for the person, from the same organisation, within the time a draft is kept.
pub(in super::super) struct Proposed {
    id: ApplicationId,
    candidate: CandidateId,
    message: String,
    submitted_at: DateTime<Utc>,
}

impl Proposed {
    /// What may be proposed again for this person.
    pub(in super::super) async fn to(
        work: &mut Work<'_>,
        candidate: Option<CandidateId>,
    ) -> Result<Option<Self>> {
        let Some(candidate) = candidate else { return Ok(None) };
        let by = work.by;
        let proposed = sqlx::query_as!(
            Self,
            r#"
            SELECT id
                 , candidate_id AS candidate
                 , message
                 , submitted_at
            FROM applications
            WHERE candidate_id = $1
              AND sender_id = $2
              AND sender_organisation_id IS NOT DISTINCT FROM $3
              AND submitted_at > $4
            ORDER BY submitted_at DESC, id DESC
            LIMIT 1
            "#,
            candidate as _,
            by.user as Option<UserId>,
            by.organisation as Option<OrganisationId>,
            work.now() - KEPT,
        )
        .fetch_optional(work.db())
        .await?;
        Ok(proposed)
    }

    /// The part of it a draft holds.
    pub(in super::super) fn data(&self) -> Data {
        let message = DraftMessage { text: self.message.clone(), ..DraftMessage::default() };
        Data { message, proposed_from: Some(self.submitted_at), ..Data::default() }
    }

    /// Its CV, for the draft too.
    pub(in super::super) async fn attach(self, work: &mut Work<'_>, draft: ApplicationDraftId) -> Result<()> {
        documents::copy_all(work, Owner::Application(self.id), (Owner::Draft(draft), self.candidate)).await
    }
}
