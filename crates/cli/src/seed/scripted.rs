//! What waits for the people of the demonstration: a candidate ready to be prescribed, applications to answer, an
//! auto-prescription to read, PASS to look at.

mod passes;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use iae_domain::applications::StateCode;
use iae_domain::pass::SuspensionReason;
use iae_domain::time::{paris_date, paris_midnight};

use super::parcours::{Application, Deed, Hire, Member, Parcours, REMINDERS, Sender, Step, Turn};
use super::people::{BirthPlace, FranceTravail, Person, nir_stem};
use super::personas::{self, Role};
use super::random::Random;
use super::world::World;
use super::{companies, prescribers};

/// Stream of chance of these parcours, with no candidate's.
const STREAM: u64 = 2;

/// Tells the parcours of the demonstration, where its people exist.
pub fn tell(world: &World) -> Vec<Parcours> {
    let mut rng = Random::stream(world.seed, STREAM);
    Script::new(world, &mut rng).map(Script::play).unwrap_or_default()
}

struct Script<'a> {
    world: &'a World,
    rng: &'a mut Random,
    claire: Member,
    antoine: Member,
    fatima: Member,
    sophie: Member,
    karim: Member,
    laurent: Member,
}

impl<'a> Script<'a> {
    fn new(world: &'a World, rng: &'a mut Random) -> Option<Self> {
        let prescriber = |role, rank: usize| {
            Some(Member { user: world.user(role)?, organisation: world.prescribers.get(rank)?.id })
        };
        let employer = |role, rank: usize| {
            Some(Member { user: world.user(role)?, organisation: world.companies.get(rank)?.id })
        };
        Some(Self {
            world,
            rng,
            claire: prescriber(Role::Prescriber, prescribers::MISSION_LOCALE)?,
            antoine: prescriber(Role::PrescriberAdmin, prescribers::MISSION_LOCALE)?,
            fatima: prescriber(Role::TwoOrganisations, prescribers::PLIE)?,
            sophie: prescriber(Role::Orienter, prescribers::ORIENTER)?,
            karim: employer(Role::Employer, companies::ACI)?,
            laurent: employer(Role::OtherEmployer, companies::EI)?,
        })
    }

    fn play(mut self) -> Vec<Parcours> {
        let claire = Sender::Prescriber(self.claire, prescribers::MISSION_LOCALE);
        let sophie = Sender::Prescriber(self.sophie, prescribers::ORIENTER);
        let mut all = vec![self.nadia(claire), self.thomas(claire)];
        // Ready to be prescribed: files made by Claire Weber, without diagnosis nor application.
        all.push(self.file("M", "Mamadou", "Diallo-Keita", 24, 3));
        all.push(self.file("MME", "Éloïse", "Marchand-Petit", 41, 5));
        // To be answered by Karim Benali: prescribed, sent by an orienteuse, sent by the person.
        for (title, first, last, age, ago) in [
            ("MME", "Inès", "Hadj-Saïd", 29, 2),
            ("M", "Jean-Noël", "Krieger", 52, 4),
            ("MME", "Oksana", "Kovalenko", 35, 6),
        ] {
            let mut parcours = self.file(title, first, last, age, ago + 7);
            let at = self.moment(ago);
            let made_at = at - TimeDelta::minutes(12);
            parcours.prescribe(self.rng, made_at, self.claire);
            self.send(&mut parcours, at, companies::ACI, claire);
            all.push(parcours);
        }
        for (title, first, last, age, ago, sender) in [
            ("M", "Théo", "Lefèvre", 22, 3, sophie),
            ("MME", "Aïcha", "Bensaïd", 47, 1, sophie),
            ("M", "Rémi", "Schaeffer", 31, 5, Sender::Candidate),
        ] {
            let mut parcours = self.file(title, first, last, age, ago + 7);
            let at = self.moment(ago);
            self.send(&mut parcours, at, companies::ACI, sender);
            all.push(parcours);
        }
        // To be answered by Laurent Becker.
        let mut parcours = self.file("M", "Murat", "Yilmaz", 38, 9);
        let at = self.moment(2);
        parcours.prescribe(self.rng, at - TimeDelta::minutes(9), self.claire);
        self.send(&mut parcours, at, companies::EI, claire);
        all.push(parcours);
        // To be read by the DDETS: people Karim Benali hired on administrative criteria.
        for (title, first, last, age, ago) in
            [("M", "Bakary", "Konaté", 33, 8), ("MME", "Sylvie", "Houpert", 55, 20)]
        {
            let mut parcours = self.file(title, first, last, age, ago);
            let at = self.moment(ago);
            let starts_on = paris_date(at) + TimeDelta::days(4);
            let (sender, member) = (Sender::Employer(self.karim), self.karim);
            self.hire(&mut parcours, at, companies::ACI, sender, member, starts_on);
            all.push(parcours);
        }
        all.extend(self.passes(claire));
        all
    }

    /// Nadia Ferhat, in parcours for eight months, her contract suspended for a while; PASS in her pocket.
    fn nadia(&mut self, sender: Sender) -> Parcours {
        let mut parcours = self.persona(Role::Candidate, 29, 260);
        let at = self.moment(250);
        parcours.prescribe(self.rng, at - TimeDelta::minutes(15), self.claire);
        let starts_on = paris_date(at) + TimeDelta::days(12);
        self.hire(&mut parcours, at, companies::EI, sender, self.laurent, starts_on);
        let (first, last) = (self.world.calendar.ago(120), self.world.calendar.ago(95));
        let stopped = Deed::Suspend(first, Some(last), SuspensionReason::ContractSuspended);
        self.turn(&mut parcours, 104, self.laurent, stopped);
        parcours
    }

    /// Thomas Kieffer, whose PASS ended five months ago.
    fn thomas(&mut self, sender: Sender) -> Parcours {
        let mut parcours = self.persona(Role::WaitingCandidate, 44, 900);
        let at = self.moment(885);
        parcours.prescribe(self.rng, at - TimeDelta::minutes(15), self.claire);
        let starts_on = self.world.calendar.ago(729 + 150);
        self.hire(&mut parcours, at, companies::EI, sender, self.laurent, starts_on.max(paris_date(at)));
        parcours
    }

    fn persona(&mut self, role: Role, age: i64, ago: i64) -> Parcours {
        let known = personas::of(role);
        let (title, first, last) =
            known.map_or(("M", "", ""), |known| (known.title, known.first_name, known.last_name));
        let mut parcours = self.file(title, first, last, age, ago);
        parcours.person.email = known.map(|known| known.email.to_owned());
        parcours
    }

    fn file(&mut self, title: &'static str, first: &str, last: &str, age: i64, ago: i64) -> Parcours {
        let created_at = self.moment(ago) - TimeDelta::days(1);
        let birth_date = self.world.calendar.ago(age * 365 + 180);
        let person = self.person(title, first, last, birth_date);
        Parcours {
            id: self.rng.id(created_at),
            person,
            created_at,
            created_by: Some(self.claire),
            diagnoses: Vec::new(),
            passes: Vec::new(),
            applications: Vec::new(),
            turns: Some(Vec::new()),
        }
    }

    fn person(&mut self, title: &'static str, first: &str, last: &str, birth_date: NaiveDate) -> Person {
        let commune = 0;
        let home = &self.world.communes[commune];
        let birth_place = BirthPlace::Commune("57463".to_owned());
        let handle = super::place::slug(&format!("{first} {last}")).replace('-', ".");
        Person {
            title,
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            email: Some(format!("{handle}@courriel.example")),
            phone: format!("06{:08}", self.rng.below(99_999_999)),
            birth_date,
            nir_stem: Some(nir_stem(title == "MME", birth_date, &birth_place)),
            birth_place,
            france_travail: FranceTravail::Known(format!("57{:09}", self.rng.below(999_999_999))),
            education: "51",
            street: super::place::street(self.rng),
            city: home.name.clone(),
            commune: Some(commune),
            post_code: home.post_code.clone(),
            territory: 0,
        }
    }

    /// Someone did this to their PASS so many days ago.
    fn turn(&mut self, parcours: &mut Parcours, ago: i64, by: Member, deed: Deed) {
        let at = if matches!(deed, Deed::Remind) {
            paris_midnight(self.world.calendar.ago(ago)) + REMINDERS
        } else {
            self.moment(ago)
        };
        parcours.turns.get_or_insert_default().push(Turn { at, by, deed });
    }

    fn moment(&mut self, ago: i64) -> DateTime<Utc> {
        self.world.calendar.moment(self.rng, self.world.calendar.ago(ago))
    }

    fn send(&mut self, parcours: &mut Parcours, at: DateTime<Utc>, company: usize, sender: Sender) {
        let jobs = &self.world.companies[company].jobs;
        let job = jobs.iter().find(|job| job.is_active && job.created_at < at).map(|job| job.id);
        let id = self.rng.id(at);
        let application =
            Application { id, at, company, sender, job, steps: Vec::new(), hire: None, refusal: None };
        parcours.applications.push(application);
    }

    /// Hires without more ado, on the diagnosis that holds or on the company's own.
    fn hire(
        &mut self,
        parcours: &mut Parcours,
        at: DateTime<Utc>,
        company: usize,
        sender: Sender,
        by: Member,
        starts_on: NaiveDate,
    ) {
        self.send(parcours, at, company, sender);
        let accepted_at = at + TimeDelta::minutes(25);
        let kind = self.world.companies[company].kind;
        let diagnosis = match parcours.prescribed_on(paris_date(accepted_at)) {
            Some(diagnosis) => diagnosis,
            None => parcours.self_prescribe(self.rng, at + TimeDelta::minutes(10), by, kind),
        };
        let pass = parcours.issue(self.rng, accepted_at, starts_on, diagnosis, company, sender);
        if let Some(application) = parcours.applications.last_mut() {
            application.steps.push(Step { at: accepted_at, to: StateCode::Accepted, by: Some(by) });
            application.hire = Some(Hire {
                starts_on,
                ends_on: Some(starts_on + TimeDelta::days(180)),
                diagnosis: Some(diagnosis),
                pass: Some(pass),
                is_manual: false,
            });
        }
    }
}
