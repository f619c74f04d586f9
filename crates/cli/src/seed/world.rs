//! The organisations, their posts and their members: what every story takes place in.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use iae_domain::organisations::{CompanyKind, PrescriberKind};
use uuid::Uuid;

use super::calendar::Calendar;
use super::personas::Role;
use super::random::{Choice, Random};
use super::size::{Counts, Wave};
use super::store::{Commune, Department};
use super::tables::Tables;
use super::{companies, institutions, members, prescribers};

/// Streams of chance below this one tell of organisations, those above of one candidate each.
pub const FIRST_CANDIDATE_STREAM: u64 = 1_000;

/// What organisations are made on.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The days of the base.
    pub calendar: Calendar,
    /// How many of each there are.
    pub counts: &'a Counts,
    /// Where they may stand.
    pub communes: &'a [Commune],
}

/// A post.
#[derive(Debug)]
pub struct Job {
    /// Its id.
    pub id: Uuid,
    /// When it was published.
    pub created_at: DateTime<Utc>,
    /// Whether it is open today.
    pub is_active: bool,
}

/// An employer.
#[derive(Debug)]
pub struct Company {
    /// Its id.
    pub id: Uuid,
    /// Its kind.
    pub kind: CompanyKind,
    /// Its SIRET.
    pub siret: String,
    /// Its name.
    pub name: String,
    /// Its trade, in [`super::trades::TRADES`].
    pub trade: usize,
    /// Its département.
    pub department: String,
    /// Its commune.
    pub commune: String,
    /// Its active members.
    pub members: Vec<Uuid>,
    /// Its posts.
    pub jobs: Vec<Job>,
    /// When it stopped receiving applications.
    pub refuses_since: Option<DateTime<Utc>>,
    /// Whether one may apply without choosing a post.
    pub spontaneous: bool,
}

/// A prescriber organisation.
#[derive(Debug)]
pub struct Prescriber {
    /// Its id.
    pub id: Uuid,
    /// Its kind.
    pub kind: PrescriberKind,
    /// Its name.
    pub name: String,
    /// Whether its members are prescripteurs habilités.
    pub is_authorised: bool,
    /// Whether it sends: those that wait for an authorisation or were refused do not.
    pub sends: bool,
    /// Its département.
    pub department: String,
    /// Its active members.
    pub members: Vec<Uuid>,
}

/// A département as the stories draw from it.
#[derive(Debug)]
pub struct Territory {
    /// Its communes, the populated ones more often.
    pub communes: Choice,
    /// Its employers, by how many applications they receive.
    pub companies: Choice,
    /// Its prescripteurs habilités, by how much they prescribe.
    pub authorised: Choice,
    /// Its orienteurs.
    pub orienters: Choice,
}

/// Where the stories take place.
#[derive(Debug)]
pub struct World {
    /// The seed of everything.
    pub seed: u64,
    /// The days.
    pub calendar: Calendar,
    /// Every commune.
    pub communes: Vec<Commune>,
    /// The employers, the busiest first.
    pub companies: Vec<Company>,
    /// The prescriber organisations.
    pub prescribers: Vec<Prescriber>,
    /// The départements, in the order of [`Counts::departments`].
    pub territories: Vec<Territory>,
    /// Which département someone lives in.
    pub departments: Choice,
    /// Accounts of the people of the demonstration who are professionals.
    pub known: Vec<(Role, Uuid)>,
    /// See [`Counts::older_pass`].
    pub older_pass: u32,
    /// See [`Counts::eager`].
    pub eager: u32,
    /// See [`Counts::wave`].
    pub wave: Wave,
    /// See [`Counts::is_country`].
    is_country: bool,
    /// Ranks of the employers, by their ids.
    ranks: HashMap<Uuid, usize>,
}

impl World {
    /// Makes the organisations, their posts and their members, and writes their rows. Institutions are those of these
    /// départements when they are the country; the rest stands in these communes.
    pub fn build(
        seed: u64,
        calendar: Calendar,
        counts: &Counts,
        (departments, communes): (&[Department], Vec<Commune>),
        tables: &mut Tables,
    ) -> Self {
        let mut rng = Random::stream(seed, 1);
        let ground = Ground { calendar, counts, communes: &communes };
        let mut companies = companies::build(&mut rng, ground, tables);
        let mut prescribers = prescribers::build(&mut rng, ground, tables);
        let institutions = institutions::build(&mut rng, calendar, counts, departments, tables);
        let known = members::build(
            &mut rng,
            calendar,
            counts,
            &mut companies,
            &mut prescribers,
            &institutions,
            tables,
        );
        let territories: Vec<Territory> = counts
            .departments
            .iter()
            .map(|department| Territory {
                communes: Choice::new(
                    communes
                        .iter()
                        .enumerate()
                        .filter(|(_, commune)| commune.department_code == *department)
                        .map(|(place, commune)| {
                            (place, u32::try_from(commune.population).unwrap_or(0).max(1))
                        }),
                ),
                companies: companies::attractiveness(&companies, department),
                authorised: prescribers::activity(&prescribers, department, true),
                orienters: prescribers::activity(&prescribers, department, false),
            })
            .collect();
        let departments = Choice::new(counts.departments.iter().enumerate().map(|(place, department)| {
            let inhabitants: u32 = communes
                .iter()
                .filter(|commune| commune.department_code == *department)
                .map(|commune| u32::try_from(commune.population).unwrap_or(0))
                .sum();
            (place, inhabitants)
        }));
        let Counts { older_pass, eager, wave, is_country, .. } = *counts;
        let ranks = companies.iter().enumerate().map(|(rank, company)| (company.id, rank)).collect();
        Self {
            seed,
            calendar,
            communes,
            companies,
            prescribers,
            territories,
            departments,
            known,
            older_pass,
            eager,
            wave,
            is_country,
            ranks,
        }
    }

    /// The département of someone who comes from another one: any of the country, else that of the demonstration.
    pub fn elsewhere(&self, rng: &mut Random) -> usize {
        if self.is_country { self.departments.draw(rng) } else { 0 }
    }

    /// The rank of the employer of that id, if it is one.
    pub fn rank_of(&self, organisation: Uuid) -> Option<usize> {
        self.ranks.get(&organisation).copied()
    }

    /// The employer of that id, if it is one.
    pub fn company_of(&self, organisation: Uuid) -> Option<&Company> {
        self.rank_of(organisation).map(|rank| &self.companies[rank])
    }

    /// The account of someone of the demonstration.
    pub fn user(&self, role: Role) -> Option<Uuid> {
        self.known.iter().find(|(known, _)| *known == role).map(|(_, user)| *user)
    }
}

/// « de Metz », « d'Amnéville », « du Ban-Saint-Martin ».
pub fn of_place(name: &str) -> String {
    if let Some(rest) = name.strip_prefix("Le ") {
        format!("du {rest}")
    } else if let Some(rest) = name.strip_prefix("Les ") {
        format!("des {rest}")
    } else if name.starts_with(['A', 'E', 'É', 'I', 'O', 'U', 'Y', 'H']) {
        format!("d'{name}")
    } else {
        format!("de {name}")
    }
}

/// A SIRET with the right keys, never twice the same for two different numbers.
pub fn siret(number: usize) -> String {
    let siren = with_luhn_key(&format!("{:08}", 38_400_000 + number * 37));
    with_luhn_key(&format!("{siren}{:04}", 1 + number % 4))
}

/// The digits with the one that makes their Luhn sum right.
fn with_luhn_key(digits: &str) -> String {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let value = u32::from(digit - b'0') * if place % 2 == 0 { 2 } else { 1 };
            value / 10 + value % 10
        })
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sirets_have_the_right_key() {
        assert_eq!(with_luhn_key("7992739871"), "79927398713");
        assert_ne!(siret(1), siret(2));
        assert_eq!(siret(800).len(), 14);
    }

    #[test]
    fn places_are_named_in_french() {
        let named: Vec<String> =
            ["Metz", "Amnéville", "Le Ban-Saint-Martin", "L'Hôpital"].into_iter().map(of_place).collect();
        assert_eq!(named, ["de Metz", "d'Amnéville", "du Ban-Saint-Martin", "de L'Hôpital"]);
    }
}
