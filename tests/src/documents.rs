//! Files as tests find them.

use iae_domain::ids::ApplicationId;
use uuid::Uuid;

use crate::pdf::pdf;
use crate::{TestApp, world};

impl TestApp {
    /// Puts a CV on an application of the candidate of the world, under `cv/test` in the store.
    pub async fn attach_cv(&self, application: ApplicationId) {
        std::fs::create_dir_all(self.files().join("cv")).unwrap();
        std::fs::write(self.files().join("cv/test"), pdf()).unwrap();
        sqlx::query(
            "INSERT INTO documents
                 (id, kind, candidate_id, application_id, storage_key, size_bytes, sha256, uploaded_by, uploaded_at)
             VALUES (gen_random_uuid(), 'cv', $1, $2, 'cv/test', 1, '', $3, $4)",
        )
        .bind(world::CANDIDATE)
        .bind(application)
        .bind(world::PRESCRIBER)
        .bind(self.now())
        .execute(self.db())
        .await
        .unwrap();
    }

    /// Puts the proof of a controlled criterion of the candidate of the world under `proof/test` in the store.
    pub async fn attach_proof(&self, criterion: Uuid) {
        self.keep_proof();
        let content = pdf();
        let sha256 = ring::digest::digest(&ring::digest::SHA256, &content);
        sqlx::query(
            "INSERT INTO documents
                 (id, kind, candidate_id, control_criterion_id, storage_key, size_bytes, sha256, uploaded_by, uploaded_at)
             VALUES (gen_random_uuid(), 'proof', $1, $2, 'proof/test', $5, $6, $3, $4)",
        )
        .bind(world::CANDIDATE)
        .bind(criterion)
        .bind(world::EMPLOYER)
        .bind(self.now())
        .bind(i32::try_from(content.len()).unwrap())
        .bind(sha256.as_ref())
        .execute(self.db())
        .await
        .unwrap();
    }

    /// The content of that proof, which a copy of the database has not.
    pub fn keep_proof(&self) {
        std::fs::create_dir_all(self.files().join("proof")).unwrap();
        std::fs::write(self.files().join("proof/test"), pdf()).unwrap();
    }
}
