//! Proofs as pages show them, to the members of the SIAE that keeps them.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::actor::EmployerActor;
use iae_domain::candidates::policy::{Standing, shown_name};
use iae_domain::candidates::{PersonName, ShownName};
use iae_domain::eligibility::{Criterion, DeclaredHire, ServingProof, is_valid_for, max_age};
use iae_domain::ids::{ApplicationId, CandidateId, EligibilityProofId, UserId};

use super::super::queries::{CriterionProof, criteria};
use super::store;
use crate::candidates::note_opening;
use crate::error::{Error, Result};
use crate::{App, Ctx, Db};

/// What an SIAE declared of a hire, and the proofs that it keeps of it.
#[derive(Debug, Clone)]
pub struct Vault {
    /// The hire.
    pub hire: DeclaredHire,
    /// Who was hired.
    pub person: ShownName,
    /// What proves each criterion.
    pub expected: Vec<CriterionProof>,
    /// The proofs that are kept of this person, the latest document first.
    pub kept: Vec<KeptProof>,
}

/// A proof that is kept.
#[derive(Debug, Clone)]
pub struct KeptProof {
    /// Its id.
    pub id: EligibilityProofId,
    /// What it proves.
    pub criterion: Criterion,
    /// The day the document says.
    pub dated_on: NaiveDate,
    /// Who deposited it: « Prénom NOM ».
    pub deposited_by: String,
    /// When.
    pub deposited_at: DateTime<Utc>,
    /// Last day it is kept; none when it serves no hire any more.
    pub kept_until: Option<NaiveDate>,
    /// Whether a control that runs may ask for it.
    pub is_wanted: bool,
}

impl Vault {
    /// What proves a criterion.
    pub fn expected(&self, criterion: Criterion) -> Option<&CriterionProof> {
        self.expected.iter().find(|known| known.criterion == criterion)
    }

    /// The proofs that are kept of a criterion.
    pub fn kept_of(&self, criterion: Criterion) -> impl Iterator<Item = &KeptProof> {
        self.kept.iter().filter(move |proof| proof.criterion == criterion)
    }

    /// Whether a proof holds for this hire.
    pub fn is_valid(&self, proof: &KeptProof) -> bool {
        let max_age = self.hire.declared(proof.criterion).and_then(|declared| declared.max_age);
        is_valid_for(proof.dated_on, self.hire.starts_on, max_age)
    }
}

/// What was declared of a hire, and its proofs; who it is about is read (D34). That of another SIAE does not exist.
pub async fn vault(app: &App, ctx: &Ctx<EmployerActor>, id: ApplicationId) -> Result<Vault> {
    let hire = store::hire(&app.db, &ctx.actor, id).await?.ok_or(Error::NotFound)?;
    let (person, kept) = kept(&app.db, ctx, hire.candidate).await?;
    note_opening(app, &ctx.any(), hire.candidate).await?;
    Ok(Vault { expected: criteria(&app.db).await?, hire, person, kept })
}

/// The person, and one of the proofs that are kept of them; a row without proof when there is none.
struct KeptRow {
    created_by: Option<UserId>,
    person: PersonName,
    id: Option<EligibilityProofId>,
    criterion: Option<Criterion>,
    max_age_months: Option<i16>,
    dated_on: Option<NaiveDate>,
    deposited_by: Option<String>,
    deposited_at: Option<DateTime<Utc>>,
    hires: Vec<NaiveDate>,
    controlled: Vec<NaiveDate>,
}

impl KeptRow {
    fn proof(self) -> Option<KeptProof> {
        let (id, criterion, dated_on) = (self.id?, self.criterion?, self.dated_on?);
        let max_age = max_age(criterion, self.max_age_months);
        let serving = ServingProof { id, dated_on, max_age, hires: self.hires, controlled: self.controlled };
        Some(KeptProof {
            id,
            criterion,
            dated_on,
            deposited_by: self.deposited_by?,
            deposited_at: self.deposited_at?,
            kept_until: serving.kept_until(),
            is_wanted: serving.is_wanted(),
        })
    }
}

/// The name of a person and the proofs that this SIAE keeps of them.
async fn kept(
    db: &Db,
    ctx: &Ctx<EmployerActor>,
    candidate: CandidateId,
) -> Result<(ShownName, Vec<KeptProof>)> {
    let rows = sqlx::query_as!(
        KeptRow,
        r#"
        SELECT file.created_by AS "created_by: UserId"
             , full_name(u.first_name, u.last_name) AS "person!"
             , p.id AS "id?: EligibilityProofId"
             , p.criterion_code AS "criterion?: Criterion"
             , p.max_age_months AS "max_age_months?"
             , p.dated_on AS "dated_on?"
             , full_name(depositor.first_name, depositor.last_name) AS deposited_by
             , p.deposited_at AS "deposited_at?"
             , coalesce(p.hires, '{}') AS "hires!: Vec<NaiveDate>"
             , coalesce(p.controlled, '{}') AS "controlled!: Vec<NaiveDate>"
        FROM candidates file
        JOIN users u ON u.id = file.id
        LEFT JOIN serving_proofs p ON p.candidate_id = file.id AND p.company_id = $2
        LEFT JOIN users depositor ON depositor.id = p.deposited_by
        WHERE file.id = $1
        ORDER BY p.dated_on DESC, p.id
        LIMIT 1000
        "#,
        candidate as _,
        ctx.actor.organisation as _,
    )
    .fetch_all(db)
    .await?;
    let first = rows.first().ok_or(Error::NotFound)?;
    let standing = Standing::related(candidate, first.created_by);
    let person = shown_name(&ctx.any().actor, &standing, first.person.clone());
    Ok((person, rows.into_iter().filter_map(KeptRow::proof).collect()))
}

/// A proof by itself, to be given up.
#[derive(Debug, Clone)]
pub struct ProofCard {
    /// The proof.
    pub proof: KeptProof,
    /// Who it is about.
    pub person: ShownName,
    /// The last hire it was declared for, as long as there is one.
    pub application: Option<ApplicationId>,
    /// Whether it was given to a control that runs, which has it for itself.
    pub is_given: bool,
}

/// A proof of this SIAE; that of another does not exist. Who it is about is read (D34).
pub async fn proof(app: &App, ctx: &Ctx<EmployerActor>, id: EligibilityProofId) -> Result<ProofCard> {
    let row = sqlx::query!(
        r#"
        SELECT p.candidate_id AS "candidate: CandidateId"
             , (
                   SELECT declared.application_id
                   FROM self_prescribed_criteria declared
                   WHERE declared.candidate_id = p.candidate_id
                     AND declared.company_id = p.company_id
                     AND declared.criterion_code = p.criterion_code
                   ORDER BY declared.starts_on DESC, declared.application_id DESC
                   LIMIT 1
               ) AS "application?: ApplicationId"
             , EXISTS (
                   SELECT
                   FROM documents content
                   JOIN documents given ON given.storage_key = content.storage_key
                   JOIN control_criteria x ON x.id = given.control_criterion_id
                   JOIN control_hires h ON h.id = x.hire_id
                   JOIN controls c ON c.id = h.control_id
                   JOIN control_campaigns k ON k.id = c.campaign_id
                   WHERE content.eligibility_proof_id = p.id
                     AND c.company_id = p.company_id
                     AND k.ended_at IS NULL
               ) AS "is_given!"
        FROM eligibility_proofs p
        WHERE p.id = $1 AND p.company_id = $2
        "#,
        id as _,
        ctx.actor.organisation as _,
    )
    .fetch_optional(&app.db)
    .await?
    .ok_or(Error::NotFound)?;
    let (person, kept) = kept(&app.db, ctx, row.candidate).await?;
    let proof = kept.into_iter().find(|proof| proof.id == id).ok_or(Error::NotFound)?;
    note_opening(app, &ctx.any(), row.candidate).await?;
    Ok(ProofCard { proof, person, application: row.application, is_given: row.is_given })
}
