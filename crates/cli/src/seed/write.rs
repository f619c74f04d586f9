//! A parcours becomes rows.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use iae_app::AppConfig;
use iae_domain::applications::{ApplicationChange, ApplicationEvent, RefusalReason, StateCode};
use iae_domain::candidates::{CandidateChange, CandidateEvent, LookUpKey};
use iae_domain::eligibility::{AuthorKind, DiagnosisChange, DiagnosisEvent};
use iae_domain::ids::{ApplicationId, CandidateId, ConsentId, DiagnosisId, OrganisationId, PassId, UserId};
use iae_domain::pass::{InvalidPassNumber, PassChange, PassEvent, PassNumber};
use uuid::Uuid;

use super::journal::{self, actor};
use super::parcours::{Application, Member, Parcours, Sender};
use super::people::{BirthPlace, FranceTravail, nir};
use super::random::Random;
use super::tables::Tables;
use super::texts;
use super::trades::TRADES;
use super::world::World;

/// Streams of chance of the writing: one for each candidate, with none of their parcours.
const SEED_OFFSET: u64 = 2;

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

/// Writes parcours.
pub struct Writer<'a> {
    world: &'a World,
    config: &'a AppConfig,
    /// Rank of each PASS by date of issue: their numbers follow it.
    numbers: HashMap<Uuid, u32>,
    nirs: HashSet<String>,
}

impl<'a> Writer<'a> {
    /// A writer that gives PASS these numbers.
    pub fn new(world: &'a World, config: &'a AppConfig, numbers: HashMap<Uuid, u32>) -> Self {
        Self { world, config, numbers, nirs: HashSet::new() }
    }

    /// Writes everything that happened to one candidate.
    pub fn write(
        &mut self,
        number: u64,
        parcours: &Parcours,
        tables: &mut Tables,
    ) -> Result<(), InvalidPassNumber> {
        let rng = &mut Random::stream(self.world.seed.wrapping_add(SEED_OFFSET), number);
        self.person(rng, parcours, tables);
        for place in 0..parcours.diagnoses.len() {
            diagnosis(rng, parcours, place, tables);
        }
        self.passes(rng, parcours, tables)?;
        for application in &parcours.applications {
            self.application(rng, parcours, application, tables);
        }
        relations(self.world, parcours, tables);
        Ok(())
    }

    fn person(&mut self, rng: &mut Random, parcours: &Parcours, tables: &mut Tables) {
        let person = &parcours.person;
        let at = parcours.created_at;
        let has_signed_in = person.email.is_some() && (parcours.created_by.is_none() || rng.chance(250));
        let signed_in = has_signed_in
            .then_some(at + TimeDelta::hours(1))
            .filter(|at| at.date_naive() < self.world.calendar.today);
        tables.users.push(&[
            &parcours.id,
            &"job_seeker",
            &person.email,
            &person.first_name,
            &person.last_name,
            &Some(person.title),
            &Some(person.phone.as_str()),
            &true,
            &false,
            &at,
            &signed_in,
            &signed_in,
        ]);
        let nir = person.nir_stem.as_ref().map(|stem| nir(stem, &mut self.nirs));
        let (ft, ft_reason) = match &person.france_travail {
            FranceTravail::Known(id) => (Some(id.as_str()), None),
            FranceTravail::NotRegistered => (None, Some("NOT_REGISTERED")),
            FranceTravail::Forgotten => (None, Some("FORGOTTEN")),
        };
        let (birth_commune, birth_country) = match &person.birth_place {
            BirthPlace::Commune(code) => (Some(code.as_str()), "100"),
            BirthPlace::Country(code) => (None, *code),
        };
        let home = person.commune.map(|place| &self.world.communes[place]);
        let checked_at = self.world.calendar.after(rng, at, 0, 90).unwrap_or(at);
        tables.candidates.push(&[
            &parcours.id,
            &Some(person.birth_date),
            &birth_commune,
            &Some(birth_country),
            &nir,
            &nir.is_none().then_some("NO_NIR"),
            &ft,
            &ft_reason,
            &Some(person.education),
            &person.street,
            &Some(person.post_code.as_str()),
            &person.city,
            &home.map(|commune| commune.insee_code.as_str()),
            &home.map(|commune| commune.department_code.as_str()),
            &parcours.created_by.map(|member| member.user),
            &parcours.created_by.map(|member| member.organisation),
            &at,
            &checked_at,
            &Some(checked_at),
            &person.search(),
        ]);
        let id = CandidateId(parcours.id);
        let by = parcours
            .created_by
            .map_or(journal::candidate(parcours.id), |member| actor("prescriber", Some(member)));
        let created = CandidateEvent { candidate: id, change: CandidateChange::Created };
        journal::audit(rng, at, by, &created.into(), tables);
    }

    fn passes(
        &self,
        rng: &mut Random,
        parcours: &Parcours,
        tables: &mut Tables,
    ) -> Result<(), InvalidPassNumber> {
        for pass in &parcours.passes {
            let rank = self.numbers.get(&pass.id).copied().unwrap_or(0);
            let number = PassNumber::new(&self.config.pass_prefix, rank)?;
            let company = &self.world.companies[pass.company];
            let prescriber = match pass.sender {
                Sender::Prescriber(_, rank) => Some(self.world.prescribers[rank].kind.code()),
                Sender::Candidate | Sender::Employer(_) => None,
            };
            tables.passes.push(&[
                &pass.id,
                &number.as_str(),
                &parcours.id,
                &pass.period.start,
                &pass.period.end,
                &parcours.diagnoses[pass.diagnosis].id,
                &company.siret,
                &company.kind.code(),
                &pass.sender.kind().code(),
                &prescriber,
                &pass.at,
                &pass.at,
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
        Ok(())
    }

    fn application(
        &self,
        rng: &mut Random,
        parcours: &Parcours,
        application: &Application,
        tables: &mut Tables,
    ) {
        let company = &self.world.companies[application.company];
        let trade = &TRADES[company.trade];
        let state = application.state();
        let consent = application
            .sender
            .member()
            .map(|member| self.consent(rng, parcours, application, member, tables));
        let last_at = application.steps.last().map_or(application.at, |step| step.at);
        let is_processed = matches!(
            state,
            StateCode::Accepted | StateCode::Refused | StateCode::Cancelled | StateCode::Obsolete
        );
        let message = match application.sender {
            Sender::Candidate => texts::own_message(rng, trade),
            Sender::Prescriber(..) => texts::message(rng, trade, &parcours.person.first_name),
            Sender::Employer(_) => String::new(),
        };
        let answer = match state {
            StateCode::Accepted => texts::acceptance(rng),
            StateCode::Refused => texts::refusal(rng),
            StateCode::Postponed => texts::postponement(rng),
            _ => String::new(),
        };
        let to_prescriber = match (state, application.sender) {
            (StateCode::Refused, Sender::Prescriber(..)) if rng.chance(300) => texts::to_prescriber(rng),
            _ => String::new(),
        };
        let hire = application.hire;
        let delivery = hire.and_then(|hire| match (hire.is_manual, hire.pass) {
            (true, _) => Some("manual"),
            (false, Some(_)) => Some("automatic"),
            (false, None) => None,
        });
        tables.applications.push(&[
            &application.id,
            &parcours.id,
            &company.id,
            &Some(application.sender.member().map_or(parcours.id, |member| member.user)),
            &application.sender.kind().code(),
            &application.sender.member().map(|member| member.organisation),
            &state.code(),
            &application.at,
            &last_at,
            &is_processed.then_some(last_at),
            &message,
            &answer,
            &to_prescriber,
            &application.refusal.map(RefusalReason::code),
            &(application.refusal.is_some() && rng.chance(550)),
            &hire.map(|hire| hire.starts_on),
            &hire.and_then(|hire| hire.ends_on),
            &hire.and(application.job),
            &consent,
            &hire.and_then(|hire| hire.diagnosis).map(|place| parcours.diagnoses[place].id),
            &hire.and_then(|hire| hire.pass).map(|place| parcours.passes[place].id),
            &delivery,
        ]);
        if let Some(job) = application.job {
            tables.application_jobs.push(&[&application.id, &job]);
        }
        self.history(rng, parcours, application, tables);
    }

    fn consent(
        &self,
        rng: &mut Random,
        parcours: &Parcours,
        application: &Application,
        member: Member,
        tables: &mut Tables,
    ) -> Uuid {
        let at = application.at - TimeDelta::minutes(2);
        let id = rng.id(at);
        let mut shared = vec!["identity", "contact", "message"];
        if parcours.prescribed_on(application.at.date_naive()).is_some() {
            shared.extend(["diagnosis", "labour_market", "training"]);
        }
        let company = self.world.companies[application.company].id;
        tables.consents.push(&[
            &id,
            &parcours.id,
            &member.organisation,
            &company,
            &member.user,
            &at,
            &shared,
        ]);
        let change = CandidateChange::ConsentRecorded { consent: ConsentId(id) };
        let event = CandidateEvent { candidate: CandidateId(parcours.id), change };
        let kind = if matches!(application.sender, Sender::Employer(_)) { "employer" } else { "prescriber" };
        if rng.chance(400) {
            let looked_up = CandidateChange::LookedUp { by: LookUpKey::Nir };
            let event = CandidateEvent { candidate: CandidateId(parcours.id), change: looked_up };
            journal::audit(rng, at - TimeDelta::minutes(1), actor(kind, Some(member)), &event.into(), tables);
        }
        journal::audit(rng, at, actor(kind, Some(member)), &event.into(), tables);
        id
    }

    /// The transitions of an application, their audit rows and their mails.
    fn history(&self, rng: &mut Random, parcours: &Parcours, application: &Application, tables: &mut Tables) {
        let event = |change: ApplicationChange| {
            iae_domain::Event::from(ApplicationEvent {
                application: ApplicationId(application.id),
                candidate: CandidateId(parcours.id),
                company: OrganisationId(self.world.companies[application.company].id),
                sender: Some(UserId(application.sender.member().map_or(parcours.id, |member| member.user))),
                sender_kind: application.sender.kind(),
                change,
            })
        };
        let sender = match application.sender {
            Sender::Candidate => journal::candidate(parcours.id),
            Sender::Prescriber(member, _) => actor("prescriber", Some(member)),
            Sender::Employer(member) => actor("employer", Some(member)),
        };
        let submitted = event(ApplicationChange::Submitted);
        transition(
            rng,
            application,
            application.at,
            None,
            StateCode::New,
            sender.user.map(|user| user.0),
            tables,
        );
        journal::audit(rng, application.at, sender, &submitted, tables);
        journal::mail(
            rng,
            self.world,
            self.config,
            parcours,
            application,
            application.at,
            &submitted,
            tables,
        );
        let mut from = StateCode::New;
        for step in &application.steps {
            transition(
                rng,
                application,
                step.at,
                Some(from),
                step.to,
                step.by.map(|member| member.user),
                tables,
            );
            if let Some(change) = journal::change(from, step.to, parcours, application, step.at) {
                let event = event(change);
                journal::audit(rng, step.at, actor("employer", step.by), &event, tables);
                journal::mail(rng, self.world, self.config, parcours, application, step.at, &event, tables);
            }
            from = step.to;
        }
        let opened =
            CandidateEvent { candidate: CandidateId(parcours.id), change: CandidateChange::FileOpened };
        if let Some(step) = application.steps.first() {
            journal::audit(rng, step.at, actor("employer", step.by), &opened.into(), tables);
        }
    }
}

fn transition(
    rng: &mut Random,
    application: &Application,
    at: DateTime<Utc>,
    from: Option<StateCode>,
    to: StateCode,
    user: Option<Uuid>,
    tables: &mut Tables,
) {
    let id = rng.id(at);
    tables.transitions.push(&[&id, &application.id, &at, &from.map(StateCode::code), &to.code(), &user]);
}

fn diagnosis(rng: &mut Random, parcours: &Parcours, place: usize, tables: &mut Tables) {
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

/// Who deals with the person, one row for each professional of each organisation: the last action names it.
fn relations(world: &World, parcours: &Parcours, tables: &mut Tables) {
    let mut acts: Vec<(DateTime<Utc>, Member, &'static str)> = Vec::new();
    acts.extend(parcours.created_by.map(|member| (parcours.created_at, member, "created")));
    for diagnosis in &parcours.diagnoses {
        acts.push((diagnosis.at, diagnosis.author, "diagnosed"));
    }
    for application in &parcours.applications {
        acts.extend(application.sender.member().map(|member| (application.at, member, "applied")));
        let own = |member: &Member| member.organisation == world.companies[application.company].id;
        for step in &application.steps {
            let origin = if step.to == StateCode::Accepted { "hired" } else { "received" };
            acts.extend(step.by.filter(own).map(|member| (step.at, member, origin)));
        }
    }
    acts.sort_by_key(|(at, ..)| *at);
    let mut relations: BTreeMap<(Uuid, Uuid), Relation> = BTreeMap::new();
    for (at, member, origin) in acts {
        relations
            .entry((member.organisation, member.user))
            .and_modify(|relation| (relation.origin, relation.last_at) = (origin, at))
            .or_insert(Relation { origin, created_at: at, last_at: at });
    }
    for ((organisation, user), relation) in relations {
        let Relation { origin, created_at, last_at } = relation;
        tables.relations.push(&[&parcours.id, &organisation, &user, &origin, &created_at, &last_at]);
    }
}

/// Why and since when a professional deals with the person.
struct Relation {
    origin: &'static str,
    created_at: DateTime<Utc>,
    last_at: DateTime<Utc>,
}
