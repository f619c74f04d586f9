//! Services of the State.

use iae_domain::organisations::InstitutionKind;
use uuid::Uuid;

use super::calendar::Calendar;
use super::random::Random;
use super::size::Counts;
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

/// Makes the institutions.
pub fn build(rng: &mut Random, calendar: Calendar, counts: &Counts, tables: &mut Tables) -> Vec<Institution> {
    let mut all = Vec::new();
    let mut add =
        |kind: InstitutionKind, place: Option<(&'static str, &str)>, name: &str, region: Option<&str>| {
            let created_at = calendar.moment(rng, calendar.ago(2_600));
            let id = rng.id(created_at);
            let department = place.map(|(code, _)| code);
            let nothing = None::<&str>;
            let name = place.map_or_else(|| name.to_owned(), |(_, label)| format!("{name} {label}"));
            tables.organisations.push(&[
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
            tables.institutions.push(&[&id, &region]);
            all.push(Institution { id, kind, department });
        };
    for place in LORRAINE {
        add(InstitutionKind::DdetsIae, Some(*place), "DDETS –", Some(GRAND_EST));
    }
    add(InstitutionKind::DdetsGeiq, Some(LORRAINE[0]), "DDETS GEIQ –", Some(GRAND_EST));
    add(InstitutionKind::DreetsIae, None, "DREETS Grand Est", Some(GRAND_EST));
    add(InstitutionKind::DreetsGeiq, None, "DREETS Grand Est, GEIQ", Some(GRAND_EST));
    add(InstitutionKind::DgefpIae, None, "DGEFP", None);
    if counts.departments.len() > 1 {
        for place in OTHERS {
            add(InstitutionKind::DdetsIae, Some(*place), "DDETS –", Some(GRAND_EST));
        }
        for place in LORRAINE.iter().skip(1).chain(OTHERS) {
            add(InstitutionKind::DdetsGeiq, Some(*place), "DDETS GEIQ –", Some(GRAND_EST));
        }
        for place in &OTHERS[..5] {
            add(InstitutionKind::DdetsLog, Some(*place), "DDETS logement –", Some(GRAND_EST));
        }
        add(InstitutionKind::DgefpGeiq, None, "DGEFP, GEIQ", None);
        add(InstitutionKind::Dihal, None, "DIHAL", None);
    }
    all
}
