//! Each rule of the flow, one after the other, on the same few companies; and that a second run finds nothing to do.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

use super::*;
use crate::ids::OrganisationId;
use crate::organisations::{AnnexNumber, AnnexState, CompanyKind, CompanySource, Siret};
use crate::text::Email;

const HEAD: &str = "10000000000017";
const BRANCH: &str = "10000000000025";
const OTHER: &str = "20000000000018";

fn now() -> DateTime<Utc> {
    "2026-10-05T08:00:00Z".parse().unwrap()
}

fn october() -> Moment {
    Moment { now: now(), today: day("2026-10-05") }
}

/// A run of that day, at nine in Paris in winter, that judges annexes on another.
fn moment(run: &str, judged: &str) -> Moment {
    Moment { now: format!("{run}T08:00:00Z").parse().unwrap(), today: day(judged) }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn siret(text: &str) -> Siret {
    Siret::parse(text).unwrap()
}

fn key(asp_id: i32) -> ConventionKey {
    ConventionKey { asp_id, kind: CompanyKind::Aci }
}

fn convention_id(asp_id: i32) -> ConventionId {
    ConventionId(Uuid::from_u128(u128::from(asp_id.unsigned_abs())))
}

fn company_id(number: u128) -> OrganisationId {
    OrganisationId(Uuid::from_u128(0x1000 + number))
}

fn annex(asp_id: i32, last_day: &str) -> Annex {
    let number = format!("ACI57{asp_id:07}A0M0");
    Annex {
        number: AnnexNumber::parse(&number, CompanyKind::Aci).unwrap(),
        state: AnnexState::Valid,
        first_day: day("2020-01-01"),
        last_day: day(last_day),
    }
}

fn convention(asp_id: i32) -> SyncedConvention {
    SyncedConvention {
        id: convention_id(asp_id),
        key: key(asp_id),
        siret_signature: siret(HEAD),
        is_active: true,
        deactivated_at: None,
        reactivated_at: None,
    }
}

/// A company of the flow, in use, that has a member.
fn company(number: u128, of: i32, at: &str) -> SyncedCompany {
    SyncedCompany {
        id: company_id(number),
        siret: siret(at),
        left: vec![],
        kind: CompanyKind::Aci,
        source: CompanySource::Asp,
        convention: Some(convention_id(of)),
        auth_email: Some("direction@exemple.fr".to_owned()),
        is_searchable: true,
        hidden_at: None,
        created_at: now() - TimeDelta::days(400),
        has_member: true,
        is_unused: false,
        is_closed: false,
        heir: None,
    }
}

/// A structure of the flow whose annex ends that day.
fn filed(files: &mut Files, asp_id: i32, at: &str, last_day: &str) {
    let line = files.structures.len() as u64 + 2;
    let auth_email = Email::parse("direction@exemple.fr").unwrap();
    files.structures.push(FiledStructure { line, key: key(asp_id), siret: siret(at), auth_email });
    let siret_signature = siret(&format!("{}00017", siret(at).siren()));
    files.conventions.push(FiledConvention { line, key: key(asp_id), siret_signature });
    files.annexes.push(FiledAnnex { key: key(asp_id), annex: annex(asp_id, last_day) });
}

/// What is known of structure 1, and the same in the files.
fn known() -> (Base, Files) {
    let mut files = Files::default();
    filed(&mut files, 1, HEAD, "2026-12-31");
    let annexes = vec![KnownAnnex { convention: convention_id(1), annex: annex(1, "2026-12-31") }];
    let base = Base { conventions: vec![convention(1)], companies: vec![company(1, 1, HEAD)], annexes };
    (base, files)
}

/// What the plan comes to, and the remarks.
fn says(base: &Base, files: &Files) -> (Vec<(ImportCount, u64)>, Vec<Remark>) {
    let plan = plan(base, files, october(), None);
    (plan.counts, plan.remarks)
}

/// The base once the plan is written.
fn written(mut base: Base, plan: Plan) -> Base {
    for one in plan.conventions {
        let (convention, _) = one.into_parts();
        base.conventions.retain(|known| known.id != convention.id);
        base.conventions.push(convention);
    }
    for one in plan.companies {
        let (change, _) = one.into_parts();
        base.companies.retain(|known| known.id != change.company.id);
        base.companies.push(change.company);
    }
    for one in plan.created {
        let (new, _) = one.into_parts();
        base.companies.push(SyncedCompany {
            id: new.id,
            siret: new.filed.siret,
            convention: Some(new.convention),
            auth_email: Some(new.filed.auth_email.as_str().to_owned()),
            created_at: now(),
            has_member: false,
            is_unused: true,
            ..company(0, 0, HEAD)
        });
    }
    for one in plan.annexes {
        let (changes, _) = one.into_parts();
        let touched = |number: &AnnexNumber| {
            changes.removed.contains(number) || changes.written.iter().any(|annex| annex.number == *number)
        };
        base.annexes.retain(|known| !touched(&known.annex.number));
        let convention = changes.convention;
        base.annexes.extend(changes.written.into_iter().map(|annex| KnownAnnex { convention, annex }));
    }
    for one in plan.ended {
        let (ended, _) = one.into_parts();
        base.companies.retain(|known| known.id != ended.id);
    }
    for one in plan.left_conventions {
        let (left, _) = one.into_parts();
        base.conventions.retain(|known| known.id != left);
        base.annexes.retain(|known| known.convention != left);
    }
    base
}

/// Writes the plan, then looks again: nothing is left to do.
fn settled(base: Base, files: &Files) -> Base {
    let once = plan(&base, files, october(), None);
    let base = written(base, once);
    let again = plan(&base, files, october(), None);
    let left: Vec<_> = again.counts.iter().filter(|(count, _)| count.is_change()).collect();
    assert!(left.is_empty(), "a second run changes nothing: {left:?}");
    base
}

#[test]
fn what_is_as_the_files_say_does_not_change() {
    let (base, files) = known();
    assert_eq!(says(&base, &files), (vec![], vec![]));
}

/// CMP-12: created when its convention is in force, with it and its annexes; not otherwise.
#[test]
fn a_structure_in_force_is_created() {
    let (base, mut files) = known();
    filed(&mut files, 2, OTHER, "2026-10-05");
    filed(&mut files, 3, "30000000000019", "2026-10-04");
    let (counts, remarks) = says(&base, &files);
    let expected = [
        (ImportCount::CompaniesCreated, 1),
        (ImportCount::ConventionsCreated, 1),
        (ImportCount::AnnexesWritten, 1),
        (ImportCount::AnnexesUnused, 1),
    ];
    assert_eq!((counts.as_slice(), remarks), (expected.as_slice(), vec![]), "CMP-9: its last day included");
    let base = settled(base, &files);
    assert_eq!(base.companies.len(), 2);
}

/// CMP-12: its SIRET changes within its SIREN, unless another company is there.
#[test]
fn a_siret_changes_within_its_siren() {
    let (base, files) = known();
    let mut moved = files.clone();
    moved.structures[0].siret = siret(BRANCH);
    assert_eq!(says(&base, &moved).0, [(ImportCount::SiretsChanged, 1)]);
    let plan_of = plan(&base, &moved, october(), None);
    assert_eq!(plan_of.companies[0].value().former_siret, Some(siret(HEAD)), "CMP-5: what it was is kept");
    settled(base.clone(), &moved);

    let mut antenna = company(2, 1, BRANCH);
    antenna.source = CompanySource::UserCreated;
    let mut taken = base.clone();
    taken.companies.push(antenna);
    let kind = CompanyKind::Aci;
    let remark = Remark::SiretTaken { line: 2, siret: siret(BRANCH), kind };
    assert_eq!(says(&taken, &moved), (vec![], vec![remark]));

    moved.structures[0].siret = siret(OTHER);
    let signature = siret(HEAD);
    let remark = Remark::OtherSiren { line: 2, siret: siret(OTHER), signature };
    assert_eq!(says(&base, &moved), (vec![], vec![remark]), "CMP-8: the SIREN of who signed");
}

/// CMP-5: what the team recorded holds until the flow says something else than what it knew.
#[test]
fn a_late_flow_brings_no_siret_back() {
    const THIRD: &str = "10000000000033";
    let (mut base, mut files) = known();
    base.companies[0].siret = siret(BRANCH);
    base.companies[0].left = vec![siret(HEAD)];
    assert_eq!(says(&base, &files), (vec![], vec![]), "it still says the former one");
    files.structures[0].siret = siret(THIRD);
    assert_eq!(says(&base, &files).0, [(ImportCount::SiretsChanged, 1)]);
}

/// The whole of it moved to another SIREN: for someone to look at.
#[test]
fn a_siren_does_not_change() {
    let (base, mut files) = known();
    files.structures[0].siret = siret(OTHER);
    files.structures[0].auth_email = Email::parse("autres@exemple.fr").unwrap();
    files.conventions[0].siret_signature = siret(OTHER);
    let (counts, remarks) = says(&base, &files);
    let changed = Remark::SirenChanged { line: 2, before: siret(HEAD), after: siret(OTHER) };
    let signed = Remark::SignatureOfOthers { line: 2, signature: siret(OTHER) };
    let expected = (vec![], vec![changed, signed]);
    assert_eq!((counts, remarks), expected, "nor the address: who reads it may sign up (CMP-6)");
}

/// CMP-4, CMP-12: a place that is left is taken in the same run, in whatever order the file has it; who would exchange
/// theirs stay.
#[test]
fn a_place_that_is_left_is_taken_in_the_same_run() {
    const THIRD: &str = "10000000000033";
    let (mut base, mut files) = known();
    base.conventions.push(convention(2));
    base.companies.push(company(2, 2, BRANCH));
    base.annexes.push(KnownAnnex { convention: convention_id(2), annex: annex(2, "2026-12-31") });
    filed(&mut files, 3, HEAD, "2026-12-31");
    filed(&mut files, 2, THIRD, "2026-12-31");
    files.structures[0].siret = siret(BRANCH);
    let counted = [
        (ImportCount::CompaniesCreated, 1),
        (ImportCount::SiretsChanged, 2),
        (ImportCount::ConventionsCreated, 1),
        (ImportCount::AnnexesWritten, 1),
    ];
    let (counts, remarks) = says(&base, &files);
    assert_eq!((counts.as_slice(), remarks), (counted.as_slice(), vec![]));
    settled(base.clone(), &files);

    files.structures.retain(|one| one.key != key(3));
    files.structures[1].siret = siret(HEAD);
    let kind = CompanyKind::Aci;
    let taken =
        [(2, BRANCH), (4, HEAD)].map(|(line, at)| Remark::SiretTaken { line, siret: siret(at), kind });
    assert_eq!(says(&base, &files), (vec![(ImportCount::AnnexesUnused, 1)], taken.to_vec()));
}

#[test]
fn the_official_address_and_the_signature_follow_the_file() {
    let (base, mut files) = known();
    files.structures[0].auth_email = Email::parse("nouvelle@exemple.fr").unwrap();
    files.conventions[0].siret_signature = siret(BRANCH);
    let expected = [(ImportCount::AddressesChanged, 1), (ImportCount::ConventionsChanged, 1)];
    assert_eq!(says(&base, &files).0, expected);
    settled(base, &files);
}

/// CMP-12: the paying agency gives a structure another number.
#[test]
fn a_structure_numbered_anew_keeps_its_convention() {
    let (base, _) = known();
    let mut files = Files::default();
    filed(&mut files, 9, HEAD, "2026-12-31");
    let plan_of = plan(&base, &files, october(), None);
    assert_eq!(plan_of.conventions[0].value().key, key(9));
    assert!(plan_of.created.is_empty() && plan_of.falling == 0);
    settled(base.clone(), &files);

    files.conventions[0].key = key(8);
    let plan_of = plan(&base, &files, october(), None);
    assert_eq!(plan_of.remarks, [Remark::NoConvention { line: 2, key: key(9) }]);
    let keys: Vec<ConventionKey> = plan_of.conventions.iter().map(|one| one.value().key).collect();
    assert_eq!(keys, [key(1)], "a number that no convention has is not taken");
}

/// CMP-12: whoever was created here before the flow came becomes a company of the flow.
#[test]
fn a_company_created_here_is_taken_over_once_in_force() {
    let (mut base, mut files) = known();
    let mut early = company(2, 0, OTHER);
    (early.source, early.convention, early.created_at) = (CompanySource::StaffCreated, None, now());
    base.companies.push(early);
    filed(&mut files, 2, OTHER, "2026-12-31");
    let base = settled(base, &files);
    let taken = base.companies.iter().find(|one| one.id == company_id(2)).unwrap();
    assert_eq!(taken.source, CompanySource::Asp);
    assert_eq!(base.companies.len(), 2, "not created twice");
}

/// CMP-9, CMP-10: without annex in force, a convention falls and its grace begins; with one, it stands again.
#[test]
fn a_convention_falls_and_stands_by_its_annexes() {
    let (base, mut files) = known();
    files.annexes[0].annex.last_day = day("2026-10-04");
    let base = settled(base, &files);
    assert!(!base.conventions[0].is_active);
    assert_eq!(base.conventions[0].deactivated_at, Some(now()));
    files.annexes[0].annex.last_day = day("2026-10-05");
    let (counts, _) = says(&base, &files);
    assert_eq!(counts, [(ImportCount::ConventionsReactivated, 1), (ImportCount::AnnexesWritten, 1)]);
    assert_eq!(settled(base, &files).conventions[0].deactivated_at, None);
}

/// CMP-10: for 90 days, what the team reactivated does not fall.
#[test]
fn what_the_team_reactivated_does_not_fall() {
    for (days, falls) in [(0, false), (89, false), (90, true), (400, true)] {
        let (mut base, mut files) = known();
        base.conventions[0].reactivated_at = Some(now() - TimeDelta::days(days));
        files.annexes.clear();
        let (counts, remarks) = says(&base, &files);
        let has_fallen = counts.iter().any(|(count, _)| *count == ImportCount::ConventionsDeactivated);
        assert_eq!((has_fallen, remarks.is_empty()), (falls, falls), "{days} days");
    }
}

/// CMP-12: an annex that vanished goes, unless its row was there and could not be read.
#[test]
fn a_vanished_annex_is_deleted() {
    let (mut base, mut files) = known();
    let old = annex(77, "2021-12-31");
    base.annexes.push(KnownAnnex { convention: convention_id(1), annex: old.clone() });
    assert_eq!(says(&base, &files).0, [(ImportCount::AnnexesDeleted, 1)]);
    files.unread_annexes.insert(old.number.to_string());
    assert_eq!(says(&base, &files), (vec![], vec![]), "its row was rejected");
    files.unread_annexes.clear();
    files.has_unreadable_annex = true;
    assert_eq!(says(&base, &files), (vec![], vec![]), "nobody knows whose row that is");
}

/// An annex in force whose row is rejected still makes its convention valid.
#[test]
fn a_rejected_row_does_not_make_a_convention_fall() {
    let (base, mut files) = known();
    let row = files.annexes.pop().unwrap();
    files.unread_annexes.insert(row.annex.number.to_string());
    assert_eq!(says(&base, &files), (vec![], vec![]));
}

/// CMP-12.
#[test]
fn a_convention_without_company_is_deleted() {
    let (mut base, files) = known();
    base.conventions.push(convention(8));
    assert_eq!(says(&base, &files).0, [(ImportCount::ConventionsDeleted, 1)]);
    settled(base, &files);
}

/// Rule book 05, C13: what was merged into another structure neither ends, nor moves, nor becomes a company of the flow again.
#[test]
fn what_another_structure_replaced_is_left_alone() {
    for source in [CompanySource::StaffCreated, CompanySource::UserCreated, CompanySource::Asp] {
        let (mut base, mut files) = known();
        filed(&mut files, 2, BRANCH, "2026-12-31");
        let mut one = company(2, 1, BRANCH);
        (one.source, one.has_member, one.is_unused, one.is_closed) = (source, false, true, true);
        if source != CompanySource::UserCreated {
            one.convention = None;
        }
        base.companies.push(one);
        let plan = plan(&base, &files, october(), None);
        assert!(plan.ended.is_empty() && plan.created.is_empty() && plan.companies.is_empty(), "{source}");
        let taken = |remark: &Remark| matches!(remark, Remark::SiretTaken { .. });
        assert!(plan.remarks.iter().any(taken), "{source}: {:?}", plan.remarks);
    }
}

/// CMP-5; rule book 05, C13: the SIRET of what was merged is its heir's to take, and nobody else's.
#[test]
fn the_heir_alone_takes_the_siret_of_what_it_replaced() {
    let (mut base, mut files) = known();
    let mut gone = company(2, 1, BRANCH);
    (gone.convention, gone.is_closed, gone.heir) = (None, true, Some(company_id(1)));
    base.companies.push(gone);
    files.structures[0].siret = siret(BRANCH);
    assert_eq!(says(&base, &files), (vec![(ImportCount::SiretsChanged, 1)], vec![]));
    settled(base.clone(), &files);
    base.companies[1].heir = Some(company_id(3));
    let taken = Remark::SiretTaken { line: 2, siret: siret(BRANCH), kind: CompanyKind::Aci };
    assert_eq!(says(&base, &files), (vec![], vec![taken]));
}

/// CMP-13: what the team or a member created, and nobody confirmed or is left in.
#[test]
fn what_is_not_confirmed_or_has_no_member_ends() {
    let staff = CompanySource::StaffCreated;
    let user = CompanySource::UserCreated;
    let unconfirmed = Remark::Unconfirmed { siret: siret(BRANCH), kind: CompanyKind::Aci };
    let without = Remark::WithoutMember { siret: siret(BRANCH), kind: CompanyKind::Aci };
    for (source, days, has_member, is_unused, ends, remark) in [
        (staff, 89, false, true, false, None),
        (staff, 90, false, true, true, None),
        (staff, 90, false, false, false, Some(&unconfirmed)),
        (staff, 90, true, true, false, Some(&unconfirmed)),
        (user, 500, true, true, false, None),
        (user, 1, false, true, true, None),
        (user, 1, false, false, false, Some(&without)),
    ] {
        let (mut base, files) = known();
        let mut one = company(2, 1, BRANCH);
        (one.source, one.has_member, one.is_unused) = (source, has_member, is_unused);
        one.created_at = now() - TimeDelta::days(days);
        if source == staff {
            one.convention = None;
        }
        base.companies.push(one);
        let plan_of = plan(&base, &files, october(), None);
        let case = format!("{source} {days} {has_member} {is_unused}");
        assert_eq!(!plan_of.ended.is_empty(), ends, "{case}");
        assert_eq!(plan_of.remarks.first(), remark, "{case}");
        settled(base, &files);
    }
}

/// CMP-14, CMP-15: after its 30 days, deleted if nothing was done with it and no antenna is left, else hidden.
#[test]
fn once_its_grace_is_over_a_company_is_deleted_or_hidden() {
    for (days, is_unused, with_antenna, deleted, hidden) in
        [(30, true, false, 0, 0), (31, true, false, 1, 0), (31, false, false, 0, 1), (31, true, true, 0, 2)]
    {
        let (mut base, mut files) = known();
        files.annexes.clear();
        base.annexes.clear();
        base.conventions[0].is_active = false;
        base.conventions[0].deactivated_at = Some(now() - TimeDelta::days(days));
        (base.companies[0].is_unused, base.companies[0].has_member) = (is_unused, false);
        if with_antenna {
            let mut antenna = company(2, 1, BRANCH);
            antenna.source = CompanySource::UserCreated;
            base.companies.push(antenna);
        }
        let plan_of = plan(&base, &files, october(), None);
        let found = (plan_of.ended.len(), plan_of.companies.len());
        assert_eq!(found, (deleted, hidden), "{days} {is_unused} {with_antenna}");
        assert_eq!(plan_of.left_conventions.len(), deleted, "its convention goes with it");
        settled(base, &files);
    }
}

#[test]
fn an_antenna_without_member_that_cannot_be_deleted_is_hidden_after_its_grace() {
    let (mut base, mut files) = known();
    files.annexes.clear();
    base.annexes.clear();
    base.conventions[0].is_active = false;
    base.conventions[0].deactivated_at = Some(now() - TimeDelta::days(31));
    let mut antenna = company(2, 1, BRANCH);
    (antenna.source, antenna.has_member) = (CompanySource::UserCreated, false);
    base.companies.push(antenna);
    let (counts, remarks) = says(&base, &files);
    assert_eq!(counts, [(ImportCount::CompaniesHidden, 2)]);
    assert_eq!(remarks, [Remark::WithoutMember { siret: siret(BRANCH), kind: CompanyKind::Aci }]);
    settled(base, &files);
}

/// CMP-14: antennas are deleted before the company of the flow, which stays with one that cannot be.
#[test]
fn antennas_end_first() {
    let (mut base, mut files) = known();
    files.annexes.clear();
    base.annexes.clear();
    base.conventions[0].is_active = false;
    base.conventions[0].deactivated_at = Some(now() - TimeDelta::days(31));
    let mut antenna = company(2, 1, BRANCH);
    antenna.source = CompanySource::UserCreated;
    base.companies.push(antenna);
    for one in &mut base.companies {
        (one.has_member, one.is_unused) = (false, true);
    }
    let plan_of = plan(&base, &files, october(), None);
    let ended: Vec<OrganisationId> = plan_of.ended.iter().map(|one| one.value().id).collect();
    assert_eq!(ended, [company_id(2), company_id(1)]);
}

#[test]
fn what_the_flow_hid_is_found_again_with_its_convention() {
    let (mut base, files) = known();
    base.conventions[0].is_active = false;
    base.conventions[0].deactivated_at = Some(now() - TimeDelta::days(60));
    (base.companies[0].is_searchable, base.companies[0].hidden_at) = (false, Some(now()));
    let found = says(&base, &files).0;
    assert_eq!(found, [(ImportCount::CompaniesShown, 1), (ImportCount::ConventionsReactivated, 1)]);
    base.companies[0].hidden_at = None;
    assert_eq!(says(&base, &files).0, [(ImportCount::ConventionsReactivated, 1)], "hidden by someone else");
}

/// CMP-11, and the number to confirm from July on.
#[test]
fn two_hundred_conventions_do_not_fall_unasked() {
    for (falling, today, confirmed, stop) in [
        (199, "2026-01-15", None, Stop::Allowed),
        (200, "2026-01-15", None, Stop::HeldBack),
        (200, "2026-06-30", Some(200), Stop::HeldBack),
        (200, "2026-07-01", None, Stop::ToConfirm),
        (200, "2026-07-01", Some(199), Stop::ToConfirm),
        (200, "2026-07-01", Some(200), Stop::Allowed),
        (3676, "2026-11-28", None, Stop::ToConfirm),
    ] {
        let moment = moment(today, today);
        assert_eq!(Stop::of(falling, moment, confirmed), stop, "{falling} {today} {confirmed:?}");
    }
}

/// CMP-11: « in one run between January and June », whatever day the run judges, and a day of these months whenever it runs.
#[test]
fn neither_day_is_a_way_around_the_stop() {
    for (run, judged, stop) in [
        ("2027-02-01", "2026-12-31", Stop::HeldBack),
        ("2026-11-28", "2021-06-01", Stop::HeldBack),
        ("2026-11-28", "2026-07-01", Stop::Allowed),
    ] {
        assert_eq!(Stop::of(200, moment(run, judged), Some(200)), stop, "{run} {judged}");
    }
}

/// Held back: nothing falls, no annex vanishes, everything else is written.
#[test]
fn what_is_held_back_leaves_the_rest() {
    let (mut base, mut files) = (Base::default(), Files::default());
    for asp_id in 1..=200 {
        let at = format!("{:09}00011", 300_000_000 + asp_id);
        base.conventions.push(SyncedConvention { siret_signature: siret(&at), ..convention(asp_id) });
        base.companies.push(company(u128::from(asp_id.unsigned_abs()), asp_id, &at));
        let annex = annex(asp_id, "2025-12-31");
        base.annexes.push(KnownAnnex { convention: convention_id(asp_id), annex });
    }
    filed(&mut files, 500, OTHER, "2026-12-31");
    let january = Moment { now: now(), today: day("2026-01-12") };
    let plan_of = plan(&base, &files, january, None);
    let expected = [
        (ImportCount::CompaniesCreated, 1),
        (ImportCount::ConventionsCreated, 1),
        (ImportCount::ConventionsFalling, 200),
        (ImportCount::AnnexesWritten, 1),
    ];
    assert_eq!((plan_of.stop, plan_of.counts.as_slice()), (Stop::HeldBack, expected.as_slice()));
    let confirmed = plan(&base, &files, october(), Some(200));
    assert!(confirmed.counts.contains(&(ImportCount::ConventionsDeactivated, 200)));
}
