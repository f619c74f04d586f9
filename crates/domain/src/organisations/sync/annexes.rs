//! Annexes: which make their convention valid, which are new, which vanished (CMP-9, CMP-12).

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use super::draft::Draft;
use super::{Annex, AnnexChanges, Base, ConventionKey, Files, KnownAnnex, Stop};
use crate::ids::ConventionId;
use crate::organisations::AnnexNumber;

/// What the files do not say of an annex, the platform keeps: its row was rejected, or nobody knows what vanished.
struct Spared<'a> {
    files: &'a Files,
    filed: HashSet<&'a AnnexNumber>,
}

impl<'a> Spared<'a> {
    fn of(files: &'a Files) -> Self {
        Self { files, filed: files.annexes.iter().map(|one| &one.annex.number).collect() }
    }

    fn is_filed(&self, number: &AnnexNumber) -> bool {
        self.filed.contains(number)
    }

    fn has(&self, number: &AnnexNumber) -> bool {
        let is_unread =
            self.files.has_unreadable_annex || self.files.unread_annexes.contains(number.as_str());
        is_unread && !self.is_filed(number)
    }
}

/// Conventions that are supposed to be in force: at least one annex is (CMP-9).
pub(super) fn active(
    base: &Base,
    files: &Files,
    draft: &Draft<'_>,
    today: NaiveDate,
) -> HashSet<ConventionKey> {
    let spared = Spared::of(files);
    let filed = files.annexes.iter().filter(|one| one.annex.is_active(today)).map(|one| one.key);
    let kept = base.annexes.iter().filter(|one| one.annex.is_active(today) && spared.has(&one.annex.number));
    filed.chain(kept.filter_map(|one| draft.key_of(one.convention))).collect()
}

/// What changes of the annexes of conventions that stay, in the order of their ids, and how many belong to none of them.
/// When deactivations are held back, no annex vanishes either: the file may be cut short.
pub(super) fn changes(base: &Base, draft: &Draft<'_>, stop: Stop) -> (Vec<AnnexChanges>, usize) {
    let files = draft.files;
    let known: HashMap<&AnnexNumber, &KnownAnnex> =
        base.annexes.iter().map(|one| (&one.annex.number, one)).collect();
    let mut changes: BTreeMap<ConventionId, (Vec<Annex>, Vec<AnnexNumber>)> = BTreeMap::new();
    let (kept, mut unused) = (draft.all_kept(), 0);
    for filed in &files.annexes {
        let Some(convention) = draft.convention_named(filed.key).filter(|id| kept.contains(id)) else {
            unused += 1;
            continue;
        };
        let is_same = known
            .get(&filed.annex.number)
            .is_some_and(|one| one.convention == convention && one.annex == filed.annex);
        if !is_same {
            changes.entry(convention).or_default().0.push(filed.annex.clone());
        }
    }
    if stop == Stop::Allowed {
        let spared = Spared::of(files);
        for KnownAnnex { convention, annex } in &base.annexes {
            let stays = spared.is_filed(&annex.number) || spared.has(&annex.number);
            if !stays && kept.contains(convention) {
                changes.entry(*convention).or_default().1.push(annex.number.clone());
            }
        }
    }
    let changes = changes
        .into_iter()
        .map(|(convention, (written, removed))| AnnexChanges { convention, written, removed })
        .collect();
    (changes, unused)
}
