//! What the team reads of a hire before it delivers its PASS by hand (rule book 03 §4.10).

use chrono::{DateTime, Utc};
use iae_domain::actor::StaffActor;
use iae_domain::eligibility::AuthorKind;
use iae_domain::ids::{ApplicationId, CandidateId};
use iae_domain::pass::Pass;

use crate::error::Result;
use crate::{App, Ctx, pass};

/// What decides whether a PASS is delivered by hand.
#[derive(Debug, Clone)]
pub struct DeliveryFile {
    /// The diagnosis the hire rests on.
    pub diagnosis: Option<DeliveryDiagnosis>,
    /// The PASS the person had before, the last to end first.
    pub passes: Vec<Pass>,
}

/// The diagnosis a hire rests on.
#[derive(Debug, Clone)]
pub struct DeliveryDiagnosis {
    /// Which kind of organisation made it.
    pub author_kind: AuthorKind,
    /// Who made it.
    pub author: String,
    /// For which organisation.
    pub organisation: String,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// The file of the hire `id` of this person, which the team opened.
pub async fn delivery_file(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: ApplicationId,
    candidate: CandidateId,
) -> Result<DeliveryFile> {
    iae_domain::staff::ensure(&ctx.actor, iae_domain::staff::StaffRight::ChangePasses)?;
    let diagnosis = sqlx::query_as!(
        DeliveryDiagnosis,
        r#"
        SELECT d.author_kind
             , full_name(u.first_name, u.last_name) AS "author!"
             , o.shown_name AS organisation
             , d.created_at
        FROM applications a
        JOIN eligibility_diagnoses d ON d.id = a.diagnosis_id
        JOIN users u ON u.id = d.author_id
        JOIN organisations o ON o.id = d.organisation_id
        WHERE a.id = $1
        "#,
        id as _,
    );
    Ok(DeliveryFile {
        diagnosis: diagnosis.fetch_optional(&app.db).await?,
        passes: pass::store::of_candidate(&app.db, candidate).await?,
    })
}
