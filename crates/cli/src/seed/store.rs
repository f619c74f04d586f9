//! SQL of the seed: what it reads of the reference data, and what it empties. Not checked at compile time: the list of
//! the emptied tables is that of [`super::tables`].

pub mod indexes;

use iae_app::{Db, Tx};
use iae_domain::ids::{ControlCampaignId, ControlHireId, ControlId, OrganisationId, UserId};
use iae_domain::pass::IssuerPrefix;

use super::personas::{self, Role};

/// A commune, as addresses need it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Commune {
    /// INSEE code.
    pub insee_code: String,
    /// Name.
    pub name: String,
    /// First post code.
    pub post_code: String,
    /// Département.
    pub department_code: String,
    /// Inhabitants.
    pub population: i32,
    /// Latitude.
    pub latitude: f64,
    /// Longitude.
    pub longitude: f64,
}

/// The communes of some départements, the biggest first.
pub async fn communes(db: &Db, departments: &[&str]) -> sqlx::Result<Vec<Commune>> {
    sqlx::query_as(
        r"
        SELECT insee_code, name, post_codes[1] AS post_code, department_code
             , coalesce(population, 1) AS population, latitude, longitude
        FROM communes
        WHERE department_code = ANY ($1) AND latitude IS NOT NULL AND cardinality(post_codes) > 0
        ORDER BY coalesce(population, 0) DESC, insee_code
        ",
    )
    .bind(departments)
    .fetch_all(db)
    .await
}

/// A département and its région.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Department {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Code of the région.
    pub region_code: String,
    /// Name of the région.
    pub region_name: String,
}

/// Some départements, in the order of their régions.
pub async fn departments(db: &Db, codes: &[&str]) -> sqlx::Result<Vec<Department>> {
    sqlx::query_as(
        r"
        SELECT d.code
             , d.name
             , d.region_code
             , r.name AS region_name
        FROM departments d
        JOIN regions r ON r.code = d.region_code
        WHERE d.code = ANY ($1)
        ORDER BY d.region_code, d.code
        LIMIT 200
        ",
    )
    .bind(codes)
    .fetch_all(db)
    .await
}

/// Whether nobody uses the base yet.
pub async fn is_empty(db: &Db) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT NOT EXISTS (SELECT FROM users) AND NOT EXISTS (SELECT FROM organisations)")
        .fetch_one(db)
        .await
}

/// Empties everything that is not reference data.
pub async fn empty(tx: &mut Tx) -> sqlx::Result<()> {
    let truncate = r"
        TRUNCATE users, staff_groups, account_remarks, organisation_remarks, identities, local_passwords, account_letters, sign_ups, login_failures, second_factors
               , backup_codes, sessions, impersonations, login_attempts, logout_tokens, conventions, financial_annexes, organisations
               , companies, prescriber_organisations, institutions, memberships, invitations, admin_requests, sign_up_requests, member_handovers, followers, job_descriptions, candidates
               , candidate_relations, followed_people, sharing_consents, documents, eligibility_diagnoses, diagnosis_criteria
               , situation_points, pass_counters, passes, hired_passes, self_prescribers, cancelled_passes, cancelled_prolongation_requests, suspensions, pass_closures, pass_corrections
               , prolongations, prolongation_requests, prolongation_denials, prolongation_reports
               , control_calendars, control_campaigns, control_list_lines, controls, control_hires, control_criteria
               , control_decisions, control_subsidy_cuts, eligibility_proofs, habilitations, habilitation_pieces
               , applications, application_counts, application_count_changes, application_jobs, application_transitions
               , application_reminders, application_reads, candidate_field_changes, identity_certifications, nir_corrections
               , application_departments, application_drafts, draft_applications, directory_employers, directory_jobs, home_figures, emails
               , announcements, exports, spendings, imports, import_remarks, siret_changes, organisation_sirets, structure_successions, moved_applications, organisation_transfers, account_mergers, candidate_transfers
               , audit_events, audit_unsealed, audit_chain, audit_seals
        ";
    // The trail refuses to be emptied, unless it is told that it is not anyone's.
    sqlx::query("SET LOCAL iae.audit_erase = 'on'").execute(&mut **tx).await?;
    sqlx::query(truncate).execute(&mut **tx).await.map(drop)
}

/// Lets the transaction stay idle while the next packet is invented. Connections of commands may; those of pages, which tests
/// have, would be closed after ten seconds, and a busy machine takes longer.
pub async fn stay_idle(tx: &mut Tx) -> sqlx::Result<()> {
    sqlx::query("SET LOCAL idle_in_transaction_session_timeout = 0").execute(&mut **tx).await.map(drop)
}

/// Says which PASS number was given last.
pub async fn set_counter(tx: &mut Tx, prefix: &IssuerPrefix, last: i32) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO pass_counters (prefix, last_sequence) VALUES ($1, $2)")
        .bind(prefix.as_str())
        .bind(last)
        .execute(&mut **tx)
        .await
        .map(drop)
}

/// The département of the demonstration.
pub const DEPARTMENT: &str = "57";

/// Who makes the campaigns of the demonstration.
#[derive(Debug, sqlx::FromRow)]
pub struct Parties {
    /// A member of the team who holds every right.
    pub team: UserId,
    /// The DDETS of the département.
    pub ddets: OrganisationId,
    /// One of its agents.
    pub agent: UserId,
    /// The SIAE that has a member among the personas.
    pub company: Option<OrganisationId>,
}

/// They are there once the demonstration is loaded.
pub async fn parties(db: &Db) -> sqlx::Result<Option<Parties>> {
    sqlx::query_as(
        r"
        SELECT u.id AS team
             , o.id AS ddets
             , m.user_id AS agent
             , (
                   SELECT own.organisation_id
                   FROM memberships own
                   JOIN users member ON member.id = own.user_id
                   WHERE member.email = $2
                   ORDER BY own.organisation_id
                   LIMIT 1
               ) AS company
        FROM users u
        CROSS JOIN organisations o
        JOIN memberships m ON m.organisation_id = o.id
        WHERE u.kind = 'itou_staff' AND u.is_superuser AND o.kind = 'DDETS IAE' AND o.department_code = $1
        ORDER BY u.id, o.id, m.user_id
        LIMIT 1
        ",
    )
    .bind(DEPARTMENT)
    .bind(personas::email(Role::Employer))
    .fetch_optional(db)
    .await
}

/// A control whose result is negative.
#[derive(Debug, sqlx::FromRow)]
pub struct RefusedControl {
    /// The control.
    pub id: ControlId,
    /// The SIAE.
    pub company: OrganisationId,
    /// One of its hires.
    pub hire: ControlHireId,
}

/// Those of a campaign that ended, in the order of their ids.
pub async fn refused_controls(db: &Db, campaign: ControlCampaignId) -> sqlx::Result<Vec<RefusedControl>> {
    sqlx::query_as(
        r"
        SELECT DISTINCT ON (c.id)
               c.id
             , c.company_id AS company
             , h.id AS hire
        FROM controls c
        JOIN control_hires h ON h.control_id = c.id
        WHERE c.campaign_id = $1 AND c.final_state = 'refused'
        ORDER BY c.id, h.rank
        LIMIT 1000
        ",
    )
    .bind(campaign)
    .fetch_all(db)
    .await
}

/// Tells the planner how the tables grow that triggers read: what they keep of their plans is made anew.
pub async fn analyze_parcours(db: &Db) -> sqlx::Result<()> {
    sqlx::query("ANALYZE candidates, candidate_relations, eligibility_diagnoses, passes, applications")
        .execute(db)
        .await
        .map(drop)
}

/// Tells the planner what came in, and the pages that they are visible to all.
pub async fn analyze(db: &Db) -> sqlx::Result<()> {
    sqlx::query("VACUUM (ANALYZE)").execute(db).await.map(drop)
}
