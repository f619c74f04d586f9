//! « Irrégularités constatées »: the drawn hires at fault, by the number of their PASS (rule book 04 §1.15).

use iae_app::control::controls::queries::outcome::OutcomeDetail;
use iae_domain::ids::ControlHireId;

use super::super::words;

/// A hire at fault.
pub(super) struct Irregular {
    pub hire: ControlHireId,
    /// The number of its PASS.
    pub number: String,
    /// What was found.
    pub motive: &'static str,
    /// The share of the subsidy that is cut, in percent.
    pub percent: u8,
}

impl Irregular {
    /// Those of a control, in their order.
    pub(super) fn all(of: &OutcomeDetail) -> Vec<Self> {
        let cuts = of.in_force.outcome().map(|outcome| outcome.sanctions.cuts.as_slice()).unwrap_or_default();
        let percent = |hire: ControlHireId| {
            cuts.iter().find(|(cut, _)| *cut == hire).map_or(0, |(_, percent)| *percent)
        };
        let irregular = of.passes().filter_map(|(hire, number)| {
            let motive = words::motive(hire.state())?;
            Some(Self { hire: hire.id, number: number.to_string(), motive, percent: percent(hire.id) })
        });
        irregular.collect()
    }
}
