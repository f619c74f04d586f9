//! A parcours becomes rows.

mod applications;
mod eligibility;
mod life;
mod relations;

use chrono::{DateTime, TimeDelta, Utc};
use iae_app::AppConfig;
use iae_domain::candidates::{CandidateChange, CandidateEvent};
use iae_domain::ids::CandidateId;
use iae_domain::pass::InvalidPassNumber;

use super::journal::{self, actor};
use super::parcours::Parcours;
use super::people::{BirthPlace, FranceTravail, nir};
use super::random::Random;
use super::ranks::Ranks;
use super::tables::Tables;
use super::world::World;
use eligibility::diagnosis;
use relations::relations;

/// Streams of chance of the writing: one for each candidate, with none of their parcours.
const SEED_OFFSET: u64 = 2;
/// Streams of chance of what happens to PASS.
const LIFE_OFFSET: u64 = 3;

/// Writes parcours, each alone: in any order, and several at once.
pub struct Writer<'a> {
    world: &'a World,
    config: &'a AppConfig,
    ranks: &'a Ranks,
}

impl<'a> Writer<'a> {
    /// A writer that gives everyone what their rank says.
    pub const fn new(world: &'a World, config: &'a AppConfig, ranks: &'a Ranks) -> Self {
        Self { world, config, ranks }
    }

    /// Writes everything that happened to one candidate; what happens to their PASS is known then.
    pub fn write(
        &self,
        number: u64,
        mut parcours: Parcours,
        tables: &mut Tables,
    ) -> Result<(), InvalidPassNumber> {
        let chance = &mut Random::stream(self.world.seed.wrapping_add(LIFE_OFFSET), number);
        let lives = self.lives(chance, &mut parcours)?;
        let parcours = &parcours;
        let rng = &mut Random::stream(self.world.seed.wrapping_add(SEED_OFFSET), number);
        self.person(rng, number, parcours, tables);
        for place in 0..parcours.diagnoses.len() {
            diagnosis(rng, parcours, place, tables);
        }
        for (place, life) in lives.iter().enumerate() {
            self.pass(rng, parcours, (place, life), tables);
            self.life(chance, parcours, life, tables);
        }
        for application in &parcours.applications {
            self.application(rng, parcours, application, tables);
        }
        relations(self.world, parcours, tables);
        Ok(())
    }

    fn person(&self, rng: &mut Random, number: u64, parcours: &Parcours, tables: &mut Tables) {
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
            &self.world.calendar.read_at(),
            &None::<&str>,
            &None::<DateTime<Utc>>,
        ]);
        let nir = person.nir_stem.as_ref().map(|stem| nir(stem, self.ranks.nir(number)));
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
}
