//! The 18 administrative criteria and what an auto-prescription needs of them (rule book 03 §2.3 to §2.5).

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::code::code;
use crate::organisations::CompanyKind;
use crate::time::age;

code! {
    /// Administrative criteria, in display order: level 1, then level 2 (ministerial order of 1 September 2021).
    Criterion {
        Rsa = "RSA", "Bénéficiaire du RSA";
        Ass = "ASS", "Allocataire ASS";
        Aah = "AAH", "Allocataire AAH";
        Detld = "DETLD", "DETLD (+ 24 mois)";
        CapBep = "CAP_BEP", "Niveau d’étude 3 (CAP, BEP) ou infra";
        Senior = "SENIOR", "Senior (+50 ans)";
        Young = "JEUNE", "Jeune (-26 ans)";
        Ase = "ASE", "Sortant de l’ASE";
        Deld = "DELD", "DELD (12-24 mois)";
        DisabledWorker = "TH", "Travailleur handicapé";
        LoneParent = "PI", "Parent isolé";
        Homeless = "PSH_PR", "Personne sans hébergement ou hébergée ou ayant un parcours de rue";
        Refugee = "REF_DA", "Réfugié statutaire, bénéficiaire d’une protection temporaire, protégé subsidiaire ou demandeur d’asile";
        Zrr = "ZRR", "Résident ZRR/ZFRR";
        Qpv = "QPV", "Résident QPV";
        Justice = "DETENTION_MJ", "Sortant de détention ou personne placée sous main de justice";
        French = "FLE", "Maîtrise de la langue française inférieure au niveau A1";
        Mobility = "PM", "Problème de mobilité";
    }
}

/// The two levels of criteria.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// One is enough.
    One,
    /// Two or three are needed, according to the kind of SIAE.
    Two,
}

impl Criterion {
    /// Level of the criterion (rule book 03 §2.3).
    pub const fn level(self) -> Level {
        match self {
            Self::Rsa | Self::Ass | Self::Aah | Self::Detld => Level::One,
            Self::CapBep
            | Self::Senior
            | Self::Young
            | Self::Ase
            | Self::Deld
            | Self::DisabledWorker
            | Self::LoneParent
            | Self::Homeless
            | Self::Refugee
            | Self::Zrr
            | Self::Qpv
            | Self::Justice
            | Self::French
            | Self::Mobility => Level::Two,
        }
    }

    /// Whether it may be said of someone of this age: those of age alone say anything of it (rule book 03 §2.3).
    pub const fn fits_age(self, years: i32) -> bool {
        match self {
            Self::Senior => years >= 50,
            Self::Young => years < 26,
            _ => true,
        }
    }
}

/// Pairs nobody can meet at once, prescribers included (ELI-2, rule book 03 §2.5).
const EXCLUSIVE: [(Criterion, Criterion); 2] =
    [(Criterion::Senior, Criterion::Young), (Criterion::Detld, Criterion::Deld)];

/// A set of criteria without contradiction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Criteria(BTreeSet<Criterion>);

/// Two chosen criteria exclude each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} and {1:?} exclude each other")]
pub struct CriteriaConflict(pub Criterion, pub Criterion);

/// A chosen criterion of age is contrary to the birth date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{criterion:?} is said of someone of {years} years")]
pub struct AgeContradicted {
    /// The criterion.
    pub criterion: Criterion,
    /// The age, in whole years.
    pub years: i32,
}

/// What an SIAE's selection still lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("one level-1 criterion or {level_2_required} of level 2 are needed, {level_2_chosen} chosen")]
pub struct CriteriaMissing {
    /// Level-2 criteria that would be enough for this kind of SIAE.
    pub level_2_required: usize,
    /// Level-2 criteria chosen.
    pub level_2_chosen: usize,
}

impl Criteria {
    /// A selection, each criterion counted once, refused when two of them exclude each other.
    pub fn choose(criteria: impl IntoIterator<Item = Criterion>) -> Result<Self, CriteriaConflict> {
        let chosen: BTreeSet<Criterion> = criteria.into_iter().collect();
        match EXCLUSIVE.iter().find(|(a, b)| chosen.contains(a) && chosen.contains(b)) {
            Some((a, b)) => Err(CriteriaConflict(*a, *b)),
            None => Ok(Self(chosen)),
        }
    }

    /// Whether the criteria of age agree with the birth date on that day, when it is known (D12).
    pub fn agree_with(&self, birth_date: Option<NaiveDate>, on: NaiveDate) -> Result<(), AgeContradicted> {
        let Some(years) = birth_date.map(|born| age(born, on)) else { return Ok(()) };
        match self.iter().find(|criterion| !criterion.fits_age(years)) {
            Some(criterion) => Err(AgeContradicted { criterion, years }),
            None => Ok(()),
        }
    }

    /// The criteria, in display order.
    pub fn iter(&self) -> impl Iterator<Item = Criterion> + '_ {
        self.0.iter().copied()
    }

    /// How many criteria.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none is chosen: a prescripteur habilité needs none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the selection lets an SIAE of this kind prescribe by itself (rule book 03 §2.4): at least one
    /// level-1 criterion, or enough of level 2. A kind that is not an SIAE never may.
    pub fn suffice_for(&self, kind: CompanyKind) -> Result<(), CriteriaMissing> {
        let level_2_required = kind.level_2_criteria_required().unwrap_or(usize::MAX);
        let level_2_chosen = self.iter().filter(|criterion| criterion.level() == Level::Two).count();
        let has_level_1 = self.iter().any(|criterion| criterion.level() == Level::One);
        if kind.is_siae() && (has_level_1 || level_2_chosen >= level_2_required) {
            Ok(())
        } else {
            Err(CriteriaMissing { level_2_required, level_2_chosen })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Criterion::*;

    #[test]
    fn the_catalogue_has_4_criteria_of_level_1_and_14_of_level_2() {
        let level = |wanted| Criterion::ALL.iter().filter(|c| c.level() == wanted).count();
        assert_eq!((level(Level::One), level(Level::Two)), (4, 14));
    }

    #[test]
    fn contradictions_are_refused_for_everyone() {
        assert_eq!(Criteria::choose([Senior, Young]), Err(CriteriaConflict(Senior, Young)));
        assert_eq!(Criteria::choose([Deld, Rsa, Detld]), Err(CriteriaConflict(Detld, Deld)));
        let two = Criteria::choose([Senior, Deld, Detld].into_iter().take(2)).unwrap();
        assert_eq!(two.len(), 2);
        assert!(!two.is_empty() && Criteria::choose([]).unwrap().is_empty());
    }

    /// D12: on the day, whatever the year of birth says alone.
    #[test]
    fn a_criterion_of_age_agrees_with_the_birth_date() {
        type Case<'a> = (Option<&'a str>, &'a [Criterion], Option<(Criterion, i32)>);
        let on: NaiveDate = "2026-05-04".parse().unwrap();
        let table: &[Case<'_>] = &[
            (Some("1976-05-04"), &[Senior], None),
            (Some("1976-05-05"), &[Senior], Some((Senior, 49))),
            (Some("1976-05-05"), &[Rsa, Qpv, Senior], Some((Senior, 49))),
            (Some("2000-05-05"), &[Young], None),
            (Some("2000-05-04"), &[Young], Some((Young, 26))),
            (Some("1990-03-02"), &[Rsa, CapBep], None),
            (Some("1990-03-02"), &[], None),
            (None, &[Senior], None),
            (None, &[Young], None),
        ];
        for (born, criteria, contradicted) in table {
            let born = born.map(|born| born.parse().unwrap());
            let expected = contradicted.map(|(criterion, years)| AgeContradicted { criterion, years });
            let chosen = Criteria::choose(criteria.iter().copied()).unwrap();
            assert_eq!(chosen.agree_with(born, on).err(), expected, "{born:?} {criteria:?}");
        }
    }

    #[test]
    fn what_an_auto_prescription_needs() {
        let table: &[(CompanyKind, &[Criterion], bool)] = &[
            (CompanyKind::Aci, &[Rsa], true),
            (CompanyKind::Aci, &[Qpv, Zrr], false),
            (CompanyKind::Aci, &[Qpv, Zrr, Mobility], true),
            (CompanyKind::Ei, &[Senior, Deld], false),
            (CompanyKind::Ei, &[Senior, Deld, CapBep], true),
            (CompanyKind::Eiti, &[French, Refugee], false),
            (CompanyKind::Ai, &[Qpv], false),
            (CompanyKind::Ai, &[Qpv, Zrr], true),
            (CompanyKind::Etti, &[LoneParent, Justice], true),
            (CompanyKind::Etti, &[], false),
            (CompanyKind::Ai, &[Detld], true),
            (CompanyKind::Geiq, &[Rsa], false),
            (CompanyKind::Opcs, &[Rsa, Ass], false),
        ];
        for (kind, criteria, enough) in table {
            let criteria = Criteria::choose(criteria.iter().copied()).unwrap();
            assert_eq!(criteria.suffice_for(*kind).is_ok(), *enough, "{kind:?} {criteria:?}");
        }
    }

    #[test]
    fn what_is_missing_is_counted() {
        let criteria = Criteria::choose([Qpv]).unwrap();
        let missing = CriteriaMissing { level_2_required: 3, level_2_chosen: 1 };
        assert_eq!(criteria.suffice_for(CompanyKind::Ei), Err(missing));
    }
}
