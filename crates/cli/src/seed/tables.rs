//! The tables the demonstration fills, in the order their foreign keys ask for.

use iae_app::Tx;
use sha2::{Digest as _, Sha256};

use super::copy::Rows;

macro_rules! tables {
    ($( $field:ident: $table:literal ($columns:literal) ),+ $(,)?) => {
        /// Rows of every table, on their way.
        #[derive(Debug)]
        pub struct Tables {
            $( #[doc = concat!("Rows of `", $table, "`.")] pub $field: Rows, )+
        }

        impl Tables {
            /// No row yet.
            pub const fn new() -> Self {
                Self { $( $field: Rows::of($table, $columns), )+ }
            }

            /// Sends what waits, a table after those it refers to.
            pub async fn flush(&mut self, tx: &mut Tx) -> sqlx::Result<()> {
                $( self.$field.flush(tx).await?; )+
                Ok(())
            }

            /// How many rows of each table.
            pub fn counts(&self) -> Vec<(&'static str, u64)> {
                vec![ $( ($table, self.$field.written()), )+ ]
            }

            /// The fingerprint of what waits, table after table.
            pub fn fingerprint(&self) -> [u8; 32] {
                let mut hash = Sha256::new();
                $( hash.update(self.$field.bytes()); )+
                hash.finalize().into()
            }
        }
    };
}

impl Tables {
    /// Sends the people that wait and their parcours, but their applications and what follows from these.
    pub async fn flush_people(&mut self, tx: &mut Tx) -> sqlx::Result<()> {
        for rows in [
            &mut self.users,
            &mut self.candidates,
            &mut self.relations,
            &mut self.diagnoses,
            &mut self.criteria,
            &mut self.points,
            &mut self.passes,
            &mut self.suspensions,
            &mut self.requests,
            &mut self.denials,
            &mut self.prolongations,
            &mut self.closures,
            &mut self.consents,
        ] {
            rows.flush(tx).await?;
        }
        Ok(())
    }

    /// Sends the applications that wait.
    pub async fn flush_applications(&mut self, tx: &mut Tx) -> sqlx::Result<()> {
        self.applications.flush(tx).await
    }
}

tables! {
    users: "users" ("id, kind, email, first_name, last_name, title, phone, is_active, is_superuser, created_at, first_login_at, last_login_at, welcomed_at, terms_version, terms_accepted_at"),
    conventions: "conventions" ("id, asp_id, kind, siret_signature, is_active, deactivated_at, created_at"),
    annexes: "financial_annexes" ("number, convention_id, state, starts_on, ends_on"),
    organisations: "organisations" ("id, family, kind, siret, name, brand, phone, email, website, description, address_line_1, post_code, city, department_code, latitude, longitude, created_at, updated_at"),
    companies: "companies" ("organisation_id, source, convention_id, auth_email, provided_support, is_searchable, block_applications_at, spontaneous_open_since, first_hours, weekly_hours"),
    prescribers: "prescriber_organisations" ("organisation_id, kind, authorisation_status, authorisation_updated_at, code_safir, is_brsa"),
    institutions: "institutions" ("organisation_id, region_code"),
    memberships: "memberships" ("id, user_id, organisation_id, is_admin, is_active, joined_at, updated_at"),
    jobs: "job_descriptions" ("id, company_id, appellation_code, custom_name, commune_code, contract_type, weekly_hours, open_positions, missions, profile, is_active, created_at, last_employer_update_at"),
    candidates: "candidates" ("id, birth_date, birth_commune_code, birth_country_code, nir, nir_missing_reason, france_travail_id, france_travail_id_missing_reason, education_level, address_line_1, post_code, city, commune_code, department_code, created_by, created_by_organisation, created_at, updated_at, last_checked_at, search"),
    relations: "candidate_relations" ("candidate_id, organisation_id, user_id, origin, created_at, last_action_at"),
    diagnoses: "eligibility_diagnoses" ("id, candidate_id, author_id, author_kind, organisation_id, created_at, expires_on"),
    criteria: "diagnosis_criteria" ("diagnosis_id, criterion_code"),
    points: "situation_points" ("diagnosis_id, topic, assessment, note, shared"),
    passes: "passes" ("id, number, candidate_id, starts_on, ends_on, closed_on, diagnosis_id, origin_siret, origin_company_kind, origin_sender_kind, origin_prescriber_kind, created_at, updated_at"),
    suspensions: "suspensions" ("id, pass_id, starts_on, ends_on, reason, explanation, organisation_id, created_by, created_at, updated_by, updated_at"),
    requests: "prolongation_requests" ("id, pass_id, reason, starts_on, ends_on, company_id, declared_by, condition_declared, review_done, review_obstacles, review_planned, wants_interview, contact_email, contact_phone, prescriber_organisation_id, assignee_id, state, created_at, reminded_at, processed_by, processed_at"),
    denials: "prolongation_denials" ("request_id, reason, explanation, actions, details"),
    prolongations: "prolongations" ("id, pass_id, starts_on, ends_on, reason, company_id, declared_by, condition_declared, request_id, validated_by, prescriber_organisation_id, created_at"),
    closures: "pass_closures" ("pass_id, reason, organisation_id, closed_by, closed_at"),
    consents: "sharing_consents" ("id, candidate_id, organisation_id, company_id, recorded_by, recorded_at, shared"),
    applications: "applications" ("id, candidate_id, company_id, sender_id, sender_kind, sender_organisation_id, state, submitted_at, updated_at, processed_at, message, answer, answer_to_prescriber, refusal_reason, refusal_reason_shared, hiring_starts_on, hiring_ends_on, hired_job_id, consent_id, diagnosis_id, pass_id, pass_delivery"),
    application_jobs: "application_jobs" ("application_id, job_description_id"),
    transitions: "application_transitions" ("id, application_id, at, from_state, to_state, user_id"),
    emails: "emails" ("id, kind, recipient, subject, text_body, html_body, about_kind, about_id, status, attempts, last_error, created_at, sent_at"),
    audit: "audit_events" ("id, at, actor_kind, actor_id, organisation_id, action, subject_kind, subject_id, payload, request_id"),
}
