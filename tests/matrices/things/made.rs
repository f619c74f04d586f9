//! The things that are written as the database keeps them: what made them is tested elsewhere.

use iae_domain::ids::{ApplicationId, PassId};
use iae_tests::{TestApp, world};
use uuid::Uuid;

use super::Control;

/// An import of the weekly flow, held back, with one rejected line.
pub(super) async fn import(app: &TestApp) -> Uuid {
    let id = Uuid::from_u128(0xED);
    sqlx::query(
        r#"WITH import AS (
             INSERT INTO imports (id, kind, outcome, imported_by, imported_at, as_of, files, counts, remarks)
             VALUES ($1, 'structures', 'held_back', $2, $3, '2026-05-04',
                     '[{"name": "annexes.csv", "sha256": "00", "rows": 3}]', '[["conventions_falling", 200]]', 1)
             RETURNING id
         )
         INSERT INTO import_remarks (import_id, rank, file, line, says)
         SELECT id, 1, 'annexes.csv', 2, '« number » est vide' FROM import"#,
    )
    .bind(id)
    .bind(world::STAFF)
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    id
}

/// The word of a link.
pub(super) const WORD: &str = "un-mot-de-la-bonne-longueur";

/// A link to the AI, where nobody is, that somebody without organisation asked for.
pub(super) async fn company_link(app: &TestApp) -> Uuid {
    let id = Uuid::from_u128(0xF8);
    sqlx::query(
        "INSERT INTO sign_up_requests (id, organisation_id, user_id, asked_at, token, expires_at)
         VALUES ($1, $2, $3, $4, $5, $4::timestamptz + interval '14 days')",
    )
    .bind(id)
    .bind(world::AI)
    .bind(world::NO_ORGANISATION)
    .bind(app.now())
    .bind(WORD)
    .execute(app.db())
    .await
    .unwrap();
    id
}

/// What the team says to everybody, for a week.
pub(super) async fn announcement(app: &TestApp) -> Uuid {
    let id = Uuid::from_u128(0xFA);
    sqlx::query(
        "INSERT INTO announcements
             (id, edition_id, title, body, level, kinds, departments, starts_at, ends_at, author_id, published_at, changed_at,
              changed_by)
         VALUES ($1, $1, 'Maintenance', 'Le service s’arrête un soir.', 'info', '{}', '{}', $2, $2::timestamptz + interval '7 days',
                 $3, $2, $2, $3)",
    )
    .bind(id)
    .bind(app.now())
    .bind(world::STAFF)
    .execute(app.db())
    .await
    .unwrap();
    id
}

/// A request of the ACI to the prescriber, about a PASS.
pub(super) async fn prolongation(app: &TestApp, pass: PassId) -> Uuid {
    let id = Uuid::from_u128(0xE3);
    sqlx::query(
        "INSERT INTO prolongation_requests
             (id, pass_id, reason, starts_on, ends_on, company_id, declared_by, condition_declared, review_done,
              review_obstacles, review_planned, wants_interview, prescriber_organisation_id, assignee_id, state, created_at)
         SELECT $1, id, 'rqth', ends_on, ends_on + 30, $3, $4, true, 'Fait.', 'Obstacles.', 'Prévu.', false, $5, $6,
                'pending', $7
         FROM passes WHERE id = $2",
    )
    .bind(id)
    .bind(pass)
    .bind(world::ACI)
    .bind(world::EMPLOYER)
    .bind(world::MISSION_LOCALE)
    .bind(world::PRESCRIBER)
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    id
}

/// A campaign that was launched, and the one hire that was drawn of it, whose proof was submitted.
pub(super) async fn control(app: &TestApp, application: ApplicationId) -> Control {
    let id = Uuid::from_u128;
    let control = Control { campaign: id(0xE4), control: id(0xE5), hire: id(0xE6), criterion: id(0xE7) };
    sqlx::query(
        "WITH calendar AS (
             INSERT INTO control_calendars (id, name, launch_on, adversarial_from)
             VALUES ($1, 'calendrier', $2::timestamptz::date, $2::timestamptz::date + 60)
             RETURNING id
         ), campaign AS (
             INSERT INTO control_campaigns
                 (id, institution_id, calendar_id, name, hired_from, hired_to, created_at, ratio_set_at, list_frozen_at,
                  list_digest, value_name, value, launched_at)
             SELECT $1, $3, id, 'campagne', '2025-01-01', '2025-12-31', $2, $2, $2, decode(repeat('00', 32), 'hex'), 'Loto',
                    '4 8 15', $2
             FROM calendar
             RETURNING id
         ), control AS (
             INSERT INTO controls (id, campaign_id, company_id, frozen_at) SELECT $4, id, $5, $2 FROM campaign RETURNING id
         ), hire AS (
             INSERT INTO control_hires
                 (id, control_id, application_id, candidate_id, rank, pass_number, starts_on, criteria)
             SELECT $6, id, $7, $8, 1, '999992600001', '2025-06-01', ARRAY['RSA'] FROM control RETURNING id
         )
         INSERT INTO control_criteria (id, hire_id, candidate_id, criterion_code, uploaded_at, submitted_at)
         SELECT $9, id, $8, 'RSA', $2, $2 FROM hire",
    )
    .bind(control.campaign)
    .bind(app.now())
    .bind(world::DDETS_57)
    .bind(control.control)
    .bind(world::ACI)
    .bind(control.hire)
    .bind(application)
    .bind(world::CANDIDATE)
    .bind(control.criterion)
    .execute(app.db())
    .await
    .unwrap();
    app.attach_proof(control.criterion).await;
    control
}

/// A control of the ACI whose campaign ended, of which nothing was received.
pub(super) async fn refused_control(app: &TestApp, id: Uuid, application: ApplicationId) {
    sqlx::query(
        "WITH calendar AS (
             INSERT INTO control_calendars (id, name, launch_on, adversarial_from)
             VALUES ($1, 'calendrier ' || $1::text, $2::timestamptz::date - 120, $2::timestamptz::date - 60)
             RETURNING id
         ), campaign AS (
             INSERT INTO control_campaigns
                 (id, institution_id, calendar_id, name, hired_from, hired_to, created_at, ratio_set_at, list_frozen_at,
                  list_digest, value_name, value, launched_at, adversarial_at, ended_at)
             SELECT $1, $3, id, 'campagne close', '2024-01-01', '2024-12-31', $2, $2, $2, decode(repeat('00', 32), 'hex'), 'Loto',
                    '16 23 42', $2, $2, $2
             FROM calendar
             RETURNING id
         ), control AS (
             INSERT INTO controls (id, campaign_id, company_id, final_state) SELECT $1, id, $4, 'refused' FROM campaign RETURNING id
         )
         INSERT INTO control_hires
             (id, control_id, application_id, candidate_id, rank, pass_number, starts_on, criteria)
         SELECT gen_random_uuid(), id, $5, $6, 1, '999992600001', '2024-06-01', ARRAY['RSA'] FROM control",
    )
    .bind(id)
    .bind(app.now())
    .bind(world::DDETS_57)
    .bind(world::ACI)
    .bind(application)
    .bind(world::CANDIDATE)
    .execute(app.db())
    .await
    .unwrap();
}

/// A withdrawal that comes in a year: it stops nobody meanwhile.
pub(super) async fn decide(app: &TestApp, control: Uuid) {
    sqlx::query(
        "WITH decision AS (
             INSERT INTO control_decisions (id, control_id, reason, comment, withdrawn_days, decided_by, decided_at)
             VALUES ($1, $1, 'missing_proof', 'Rien reçu.', daterange($2::timestamptz::date + 365, NULL), $3, $2)
             RETURNING control_id
         )
         UPDATE controls SET notified_at = $2 FROM decision WHERE id = decision.control_id",
    )
    .bind(control)
    .bind(app.now())
    .bind(world::INSPECTOR)
    .execute(app.db())
    .await
    .unwrap();
}

/// What the ACI keeps of the criterion that it declared of the other candidate.
pub(super) async fn eligibility_proof(app: &TestApp) -> Uuid {
    let id = Uuid::from_u128(0xEA);
    sqlx::query(
        "WITH proof AS (
             INSERT INTO eligibility_proofs
                 (id, company_id, candidate_id, criterion_code, dated_on, deposited_by, deposited_at)
             VALUES ($1, $2, $3, 'RSA', $5::timestamptz::date - 10, $4, $5)
             RETURNING id, candidate_id
         )
         INSERT INTO documents
             (id, kind, candidate_id, eligibility_proof_id, storage_key, size_bytes, sha256, uploaded_by, uploaded_at)
         SELECT gen_random_uuid(), 'proof', candidate_id, id, 'proof/test', 1, decode(repeat('00', 32), 'hex'), $4, $5 FROM proof",
    )
    .bind(id)
    .bind(world::ACI)
    .bind(world::OTHER_CANDIDATE)
    .bind(world::EMPLOYER)
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    id
}

/// The membership of the employer in the ACI, the invitation they sent to somebody who has an account, and their request to
/// administer it.
pub(super) async fn members(app: &TestApp) -> (Uuid, Uuid, Uuid) {
    let (invitation, request) = (Uuid::from_u128(0xEE), Uuid::from_u128(0xEF));
    let membership: Uuid =
        sqlx::query_scalar("SELECT id FROM memberships WHERE user_id = $1 AND organisation_id = $2")
            .bind(world::EMPLOYER)
            .bind(world::ACI)
            .fetch_one(app.db())
            .await
            .unwrap();
    sqlx::query(
        "WITH invitation AS (
             INSERT INTO invitations
                 (id, organisation_id, sender_id, email, first_name, last_name, token, created_at, sent_at, expires_at)
             VALUES ($1, $3, $4, 'nadia.petit@exemple.fr', 'Nadia', 'Petit', 'a word of the right length',
                     $6::timestamptz - interval '1 hour', $6::timestamptz - interval '1 hour', $6::timestamptz + interval '13 days')
         )
         INSERT INTO admin_requests (id, membership_id, token, asked_at, expires_at)
         VALUES ($2, $5, 'a word of the right length', $6, $6::timestamptz + interval '14 days')",
    )
    .bind(invitation)
    .bind(request)
    .bind(world::ACI)
    .bind(world::EMPLOYER)
    .bind(membership)
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    (membership, invitation, request)
}

/// A request of habilitation of the association that waits for its DDETS, with a piece; and an order it had before.
pub(super) async fn habilitations(app: &TestApp) -> [Uuid; 3] {
    let [asked, granted, piece] = [Uuid::from_u128(0xF1), Uuid::from_u128(0xF2), Uuid::from_u128(0xF3)];
    sqlx::query(
        "WITH asked AS (
             INSERT INTO habilitations
                 (id, organisation_id, department_code, is_renewal, is_recorded, state, begun_at, submitted_at, changed_at)
             VALUES ($1, $4, '57', false, false, 'submitted', $6, $6, $6)
             RETURNING id
         ), granted AS (
             INSERT INTO habilitations
                 (id, organisation_id, department_code, is_renewal, is_recorded, state, begun_at, decided_at, changed_at,
                  order_number, ordered_on, starts_on, ends_on)
             VALUES ($2, $4, '57', false, true, 'granted', $6, $6, $6, '2025-57-1', $6::timestamptz::date - 400,
                     $6::timestamptz::date - 400, $6::timestamptz::date + 400)
         ), piece AS (
             INSERT INTO habilitation_pieces (id, habilitation_id, label, given_by, given_at)
             SELECT $3, id, 'Statuts', $5, $6 FROM asked
             RETURNING id
         )
         INSERT INTO documents (id, kind, habilitation_piece_id, storage_key, size_bytes, sha256, uploaded_by, uploaded_at)
         SELECT gen_random_uuid(), 'habilitation_piece', id, 'proof/test', 1, decode(repeat('00', 32), 'hex'), $5, $6 FROM piece",
    )
    .bind(asked)
    .bind(granted)
    .bind(piece)
    .bind(world::ASSOCIATION)
    .bind(world::ORIENTER)
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    [asked, granted, piece]
}
