//! Services of the State.

use iae_domain::organisations::InstitutionKind;
use uuid::Uuid;

use super::calendar::Calendar;
use super::random::Random;
use super::size::Counts;
use super::store::Department;
use super::tables::Tables;

/// An institution.
#[derive(Debug)]
pub struct Institution {
    /// Its id.
    pub id: Uuid,
    /// Its kind.
    pub kind: InstitutionKind,
    /// Its département, for the kinds that have one.
    pub department: Option<&'static str>,
}

/// Region Grand Est.
const GRAND_EST: &str = "44";

/// Départements of Lorraine, whose institutions are always there.
const LORRAINE: &[(&str, &str)] =
    &[("57", "Moselle"), ("54", "Meurthe-et-Moselle"), ("55", "Meuse"), ("88", "Vosges")];
/// The others of the région.
const OTHERS: &[(&str, &str)] = &[
    ("67", "Bas-Rhin"),
    ("68", "Haut-Rhin"),
    ("51", "Marne"),
    ("10", "Aube"),
    ("08", "Ardennes"),
    ("52", "Haute-Marne"),
];

/// Makes the institutions: those of the région, or of these départements when they are the country.
pub fn build(
    rng: &mut Random,
    calendar: Calendar,
    counts: &Counts,
    departments: &[Department],
    tables: &mut Tables,
) -> Vec<Institution> {
    let mut register = Register { rng, calendar, tables, all: Vec::new() };
    if counts.is_country {
        register.country(counts, departments);
    } else {
        register.region(counts);
    }
    register.all
}

/// Writes institutions.
struct Register<'a> {
    rng: &'a mut Random,
    calendar: Calendar,
    tables: &'a mut Tables,
    all: Vec<Institution>,
}

impl Register<'_> {
    fn region(&mut self, counts: &Counts) {
        for place in LORRAINE {
            self.add(InstitutionKind::DdetsIae, Some(*place), "DDETS –", Some(GRAND_EST));
        }
        self.add(InstitutionKind::DdetsGeiq, Some(LORRAINE[0]), "DDETS GEIQ –", Some(GRAND_EST));
        self.add(InstitutionKind::DreetsIae, None, "DREETS Grand Est", Some(GRAND_EST));
        self.add(InstitutionKind::DreetsGeiq, None, "DREETS Grand Est, GEIQ", Some(GRAND_EST));
        self.add(InstitutionKind::DgefpIae, None, "DGEFP", None);
        if counts.departments.len() > 1 {
            for place in OTHERS {
                self.add(InstitutionKind::DdetsIae, Some(*place), "DDETS –", Some(GRAND_EST));
            }
            for place in LORRAINE.iter().skip(1).chain(OTHERS) {
                self.add(InstitutionKind::DdetsGeiq, Some(*place), "DDETS GEIQ –", Some(GRAND_EST));
            }
            for place in &OTHERS[..5] {
                self.add(InstitutionKind::DdetsLog, Some(*place), "DDETS logement –", Some(GRAND_EST));
            }
            self.add(InstitutionKind::DgefpGeiq, None, "DGEFP, GEIQ", None);
            self.add(InstitutionKind::Dihal, None, "DIHAL", None);
        }
    }

    /// Three in each département, two in each région, three for all.
    fn country(&mut self, counts: &Counts, departments: &[Department]) {
        let mut last = None;
        for Department { code, name, region_code, region_name } in departments {
            let region = Some(region_code.as_str());
            if last != region {
                self.add(InstitutionKind::DreetsIae, None, &format!("DREETS {region_name}"), region);
                self.add(InstitutionKind::DreetsGeiq, None, &format!("DREETS {region_name}, GEIQ"), region);
                last = region;
            }
            let Some(code) = counts.departments.iter().find(|known| *known == code) else { continue };
            for (kind, label) in [
                (InstitutionKind::DdetsIae, "DDETS –"),
                (InstitutionKind::DdetsGeiq, "DDETS GEIQ –"),
                (InstitutionKind::DdetsLog, "DDETS logement –"),
            ] {
                self.add(kind, Some((*code, name.as_str())), label, region);
            }
        }
        self.add(InstitutionKind::DgefpIae, None, "DGEFP", None);
        self.add(InstitutionKind::DgefpGeiq, None, "DGEFP, GEIQ", None);
        self.add(InstitutionKind::Dihal, None, "DIHAL", None);
    }

    fn add(
        &mut self,
        kind: InstitutionKind,
        place: Option<(&'static str, &str)>,
        name: &str,
        region: Option<&str>,
    ) {
        let created_at = self.calendar.moment(self.rng, self.calendar.ago(2_600));
        let id = self.rng.id(created_at);
        let department = place.map(|(code, _)| code);
        let nothing = None::<&str>;
        let name = place.map_or_else(|| name.to_owned(), |(_, label)| format!("{name} {label}"));
        self.tables.organisations.push(&[
            &id,
            &"institution",
            &kind.code(),
            &nothing,
            &name,
            &"",
            &nothing,
            &nothing,
            &nothing,
            &"",
            &"",
            &nothing,
            &"",
            &department,
            &None::<f64>,
            &None::<f64>,
            &created_at,
            &created_at,
        ]);
        self.tables.institutions.push(&[&id, &region]);
        self.all.push(Institution { id, kind, department });
    }
}
