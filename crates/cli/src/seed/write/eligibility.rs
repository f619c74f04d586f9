//! Diagnoses and PASS become rows.

use iae_domain::eligibility::{AuthorKind, DiagnosisChange, DiagnosisEvent};
use iae_domain::ids::{ApplicationId, CandidateId, DiagnosisId, PassId};
use iae_domain::pass::{PassChange, PassEvent};
use uuid::Uuid;

use super::super::journal::{self, actor};
use super::super::life::Life;
use super::super::parcours::{Parcours, Sender};
use super::super::random::Random;
use super::super::tables::Tables;
use super::super::texts;
use super::Writer;

/// Topics of the structured diagnosis (guide, partie 2, §2.1) that an interview often notes.
const TOPICS: &[(&str, bool)] = &[
    ("labour_market", true),
    ("training", true),
    ("career", true),
    ("inactivity", true),
    ("mobility", false),
    ("language", false),
    ("family", false),
    ("housing", false),
    ("finances", false),
];

impl Writer<'_> {
    /// The PASS of that rank as it is today, and its issue.
    pub(super) fn pass(
        &self,
        rng: &mut Random,
        parcours: &Parcours,
        (place, life): (usize, &Life),
        tables: &mut Tables,
    ) {
        let pass = &parcours.passes[place];
        let company = &self.world.companies[pass.company];
        let prescriber = match pass.sender {
            Sender::Prescriber(_, rank) => Some(self.world.prescribers[rank].kind.code()),
            Sender::Candidate | Sender::Employer(_) => None,
        };
        let dates = life.dates();
        tables.passes.push(&[
            &pass.id,
            &life.number(),
            &parcours.id,
            &dates.start(),
            &dates.end(),
            &dates.closed_on(),
            &parcours.diagnoses[pass.diagnosis].id,
            &company.siret,
            &company.kind.code(),
            &pass.sender.kind().code(),
            &prescriber,
            &pass.at,
            &life.last_at(),
        ]);
        let issuing =
            parcours.applications.iter().find(|application| application.accepted_at() == Some(pass.at));
        if let Some(application) = issuing {
            let change =
                PassChange::Issued { application: ApplicationId(application.id), period: pass.period };
            let event = PassEvent { pass: PassId(pass.id), candidate: CandidateId(parcours.id), change };
            let by = application.steps.last().and_then(|step| step.by);
            journal::audit(rng, pass.at, actor("employer", by), &event.into(), tables);
        }
    }
}

pub(super) fn diagnosis(rng: &mut Random, parcours: &Parcours, place: usize, tables: &mut Tables) {
    let diagnosis = &parcours.diagnoses[place];
    tables.diagnoses.push(&[
        &diagnosis.id,
        &parcours.id,
        &diagnosis.author.user,
        &diagnosis.author_kind.code(),
        &diagnosis.author.organisation,
        &diagnosis.at,
        &diagnosis.expires_on,
    ]);
    for criterion in diagnosis.criteria.iter() {
        tables.criteria.push(&[&diagnosis.id, &criterion.code()]);
    }
    if diagnosis.author_kind == AuthorKind::Prescriber && rng.chance(450) {
        points(rng, diagnosis.id, tables);
    }
    let made = DiagnosisChange::Made { by: diagnosis.author_kind, expires_on: diagnosis.expires_on };
    let event = DiagnosisEvent {
        diagnosis: DiagnosisId(diagnosis.id),
        candidate: CandidateId(parcours.id),
        change: made,
    };
    let by = actor(diagnosis.author_kind.code(), Some(diagnosis.author));
    journal::audit(rng, diagnosis.at, by, &event.into(), tables);
}

/// Some points of the situation: what touches private life is not shared.
fn points(rng: &mut Random, diagnosis: Uuid, tables: &mut Tables) {
    let first = rng.index(TOPICS.len());
    for (topic, is_professional) in TOPICS.iter().cycle().skip(first).take(2 + rng.index(3)) {
        let assessment =
            rng.weighted(&[("obstacle", 3), ("being_addressed", 4), ("no_obstacle", 3), ("strength", 2)]);
        let note = if rng.chance(600) { texts::note(rng) } else { String::new() };
        tables.points.push(&[&diagnosis, topic, &assessment, &note, &(*is_professional && rng.chance(700))]);
    }
    tables.points.push(&[&diagnosis, &"expectations", &"noted", &texts::hope(rng), &true]);
}
