use super::*;

fn link(position: i64, action: &str) -> Link {
    let mut link = Link {
        position,
        event_id: Uuid::from_u128(u128::try_from(position).unwrap()),
        digest: Vec::new(),
        is_purged: false,
        seq: Some(position),
        at: Some("2026-05-04T09:00:00.123456Z".parse().unwrap()),
        actor_kind: Some("staff".to_owned()),
        actor_id: None,
        organisation_id: None,
        action: Some(action.to_owned()),
        subject_kind: Some("candidate".to_owned()),
        subject_id: Some(Uuid::nil()),
        payload: Some("{}".to_owned()),
        request_id: Some(Uuid::nil()),
        impersonator_id: None,
    };
    link.digest = digest(&link).unwrap();
    link
}

/// A year and a day after the seals of these tests.
fn begin() -> Walk {
    Walk::begin("2027-05-05T09:01:00Z".parse().unwrap())
}

/// Seals rows as the schema does.
fn seal(walk: &Walk, links: &[Link]) -> Seal {
    let mut seal = Seal {
        number: walk.number + 1,
        first_position: walk.position + 1,
        last_position: walk.position + i64::try_from(links.len()).unwrap(),
        sealed_at: "2026-05-04T09:01:00Z".parse().unwrap(),
        previous_hash: walk.hash.clone(),
        hash: Vec::new(),
    };
    let head = format!(
        "[{}, {}, {}, {}]",
        seal.number,
        seal.first_position,
        seal.last_position,
        seal.sealed_at.timestamp_micros()
    );
    let digests: Vec<u8> = links.iter().flat_map(|link| link.digest.clone()).collect();
    seal.hash = Sha256::digest([head.as_bytes(), &walk.hash, &digests].concat()).to_vec();
    seal
}

/// What somebody does to a stretch of the chain.
type Change = fn(&mut Vec<Link>, &mut Seal);

#[test]
fn a_chain_as_it_was_sealed_is_sound_and_each_change_is_named() {
    let links = [link(1, "a"), link(2, "b"), link(3, "c")];
    let event = links[1].event_id;
    let cases: Vec<(&str, Change, Result<u64, Broken>)> = vec![
        ("nothing", |_, _| (), Ok(0)),
        (
            "a row purged",
            |links, _| {
                links[1].is_purged = true;
                links[1].seq = None;
            },
            Ok(1),
        ),
        (
            "a row altered",
            |links, _| links[1].action = Some("x".to_owned()),
            Err(Broken::Altered { position: 2, event }),
        ),
        (
            "what was absent filled in",
            |links, _| links[1].actor_id = Some(Uuid::nil()),
            Err(Broken::Altered { position: 2, event }),
        ),
        (
            "somebody put behind who acted",
            |links, _| links[1].impersonator_id = Some(Uuid::nil()),
            Err(Broken::Altered { position: 2, event }),
        ),
        (
            "its instant moved by a microsecond",
            |links, _| links[1].at = Some("2026-05-04T09:00:00.123457Z".parse().unwrap()),
            Err(Broken::Altered { position: 2, event }),
        ),
        ("a row deleted", |links, _| links[1].seq = None, Err(Broken::Removed { position: 2, event })),
        ("a place taken out", |links, _| drop(links.remove(1)), Err(Broken::Gap(2))),
        (
            "a row altered and its digest with it",
            |links, _| {
                links[1].action = Some("x".to_owned());
                links[1].digest = digest(&links[1]).unwrap();
            },
            Err(Broken::Seal { number: 1, first: 1, last: 3 }),
        ),
        (
            "a seal moved in time",
            |_, seal| seal.sealed_at = "2026-05-05T09:01:00Z".parse().unwrap(),
            Err(Broken::Seal { number: 1, first: 1, last: 3 }),
        ),
        ("a seal left out", |_, seal| seal.number = 2, Err(Broken::NoSeal(1))),
        (
            "another seal before",
            |_, seal| seal.previous_hash = vec![0; 32],
            Err(Broken::Seal { number: 1, first: 1, last: 3 }),
        ),
    ];
    for (name, change, expected) in cases {
        let mut walk = begin();
        let mut changed = links.to_vec();
        let mut seal = seal(&walk, &links);
        change(&mut changed, &mut seal);
        assert_eq!(walk.over(&seal, &changed).map(|()| walk.purged()), expected, "{name}");
    }
}

/// That retention deleted it is written beside the row, by whoever may; what the seal says of its age is hashed.
#[test]
fn what_is_not_a_year_old_was_not_purged() {
    let mut links = [link(1, "a"), link(2, "b")];
    let event = links[1].event_id;
    for (now, expected) in [
        ("2026-05-04T09:02:00Z", Err(Broken::Removed { position: 2, event })),
        ("2027-05-04T09:01:00Z", Err(Broken::Removed { position: 2, event })),
        ("2027-05-04T09:01:01Z", Ok(())),
    ] {
        let mut walk = Walk::begin(now.parse().unwrap());
        let seal = seal(&walk, &links);
        links[1].is_purged = true;
        links[1].seq = None;
        assert_eq!(walk.over(&seal, &links), expected, "{now}");
    }
}

#[test]
fn a_seal_is_not_older_than_the_one_before() {
    let mut walk = begin();
    let first = [link(1, "a")];
    walk.over(&seal(&walk, &first), &first).unwrap();
    let second = [link(2, "b")];
    let mut older = seal(&walk, &second);
    older.sealed_at -= TimeDelta::microseconds(1);
    assert_eq!(walk.over(&older, &second), Err(Broken::Backdated(2)));
}

#[test]
fn a_seal_says_all_that_came_before() {
    let mut walk = begin();
    let first = [link(1, "a")];
    let other = [link(1, "b")];
    let mut elsewhere = begin();
    walk.over(&seal(&walk, &first), &first).unwrap();
    elsewhere.over(&seal(&elsewhere, &other), &other).unwrap();
    let second = [link(2, "c")];
    let of_elsewhere = seal(&elsewhere, &second);
    assert_eq!(walk.over(&of_elsewhere, &second), Err(Broken::Seal { number: 2, first: 2, last: 2 }));
    assert_eq!(walk.position(), 1);
}

#[test]
fn texts_are_written_as_postgres_does() {
    for (text, expected) in [
        (None, "null"),
        (Some("é « œ »"), "\"é « œ »\""),
        (Some("a\"b\\c\n\u{1f}\u{7f}"), "\"a\\\"b\\\\c\\n\\u001f\u{7f}\""),
    ] {
        assert_eq!(quoted(text), expected);
    }
}
