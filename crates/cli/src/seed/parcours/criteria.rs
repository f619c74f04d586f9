//! The criteria a diagnosis of the demonstration declares.

use iae_domain::eligibility::{Criteria, Criterion};
use iae_domain::organisations::CompanyKind;

use crate::seed::random::Random;

/// Criteria that suit an age, without contradiction, and enough of them for an SIAE of that kind.
pub(super) fn drawn(rng: &mut Random, age: i32, count: usize, needed_by: Option<CompanyKind>) -> Criteria {
    let mut kept: Vec<Criterion> = Vec::new();
    loop {
        if let Ok(chosen) = Criteria::choose(kept.iter().copied()) {
            let enough = needed_by.is_none_or(|kind| chosen.suffice_for(kind).is_ok());
            if enough && chosen.len() >= count {
                return chosen;
            }
        } else {
            kept.pop();
        }
        let criterion = rng.weighted(&[
            (Criterion::Rsa, 26),
            (Criterion::Detld, 14),
            (Criterion::Deld, 10),
            (Criterion::CapBep, 22),
            (Criterion::Qpv, 14),
            (Criterion::Mobility, 13),
            (Criterion::LoneParent, 9),
            (Criterion::Refugee, 7),
            (Criterion::DisabledWorker, 7),
            (Criterion::Aah, 4),
            (Criterion::Ass, 4),
            (Criterion::French, 5),
            (Criterion::Homeless, 5),
            (Criterion::Zrr, 4),
            (Criterion::Justice, 3),
            (Criterion::Ase, 2),
            (Criterion::Young, 12),
            (Criterion::Senior, 12),
        ]);
        let fits = match criterion {
            Criterion::Young => age < 26,
            Criterion::Senior => age >= 50,
            Criterion::Ase => age < 30,
            _ => true,
        };
        if fits && !kept.contains(&criterion) {
            kept.push(criterion);
        }
    }
}
