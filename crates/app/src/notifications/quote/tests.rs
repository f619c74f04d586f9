use proptest::prelude::*;

use super::*;

#[test]
fn addresses_people_write_lead_nowhere() {
    for came in [
        "http://evil.example/",
        "Http://evil.example/connexion.",
        "(https://evil.example)",
        "evil.example",
        "t.co/abc",
        "evil.example:8080",
        "WWW.Evil",
        "Voir:evil.example/login",
        "ici,evil.example/login",
        "(clic)evil.example",
        "«evil.example»",
        "evil.example/a@b.c",
        "evil.example?a@structure.example",
        "jean@evil.example/connexion",
        "@evil.example",
        "a@b@evil.example",
        "écrire.à@evil.example",
        "evil.Com/login",
        "m.evil.fr/login",
        "evil.xn--p1ai/x",
        "evil.xn--p1ai",
        "evil\u{3002}example",
        "93.184.215.14/login",
        "mailto:jean@structure.example",
        r"\\evil\partage",
    ] {
        assert_eq!(without_addresses(came), ELSEWHERE, "{came}");
    }
    for (came, kept) in [
        ("Inscrivez-vous (https://evil.example) avant le 3.", "Inscrivez-vous @ avant le 3."),
        ("voir\u{a0}evil.example", "voir\u{a0}@"),
        ("voir\tevil.example/x", "voir\t@"),
        ("voir\u{2028}evil.example\u{202f}!", "voir\u{2028}@\u{202f}!"),
        // What may be the end of a sentence stays, and is no host.
        ("evil.Com", "evil. Com"),
        ("m.evil.fr,x.evil.fr", "m. evil. fr,x. evil. fr"),
        ("C’est fini.Ensuite, on verra.", "C’est fini. Ensuite, on verra."),
        (
            "P.ex. le 12.03.2026 à 9h30, 12/03/2026 : 1.500 € et/ou H/F",
            "P. ex. le 12.03.2026 à 9h30, 12/03/2026 : 1.500 € et/ou H/F",
        ),
    ] {
        assert_eq!(without_addresses(came), kept.replace('@', ELSEWHERE), "{came}");
    }
    for kept in [
        "Écrivez à jean.dupont@structure.example, ou au 06.12.34.56.78.",
        "Mon adresse:jean+iae@structure.example. (jean@structure.example)",
        "Rdv au 3 rue St. Nicolas… en C++, en .NET ou en C#",
    ] {
        assert_eq!(without_addresses(kept), kept);
    }
}

/// Whether a reader may take some of the text for a host: a dot between what may be its names.
fn holds_host(text: &str) -> bool {
    let pieces = text.split(|c: char| !(c.is_alphanumeric() || "-_+@.\u{3002}\u{ff0e}\u{ff61}".contains(c)));
    let is_mailbox = |piece: &str| {
        piece
            .split_once('@')
            .is_some_and(|(who, host)| !who.is_empty() && !host.is_empty() && !host.contains('@'))
    };
    let has_host = |piece: &str| {
        let letters: Vec<char> = piece.chars().collect();
        letters
            .windows(3)
            .any(|three| !DOTS.contains(&three[0]) && DOTS.contains(&three[1]) && three[2].is_alphabetic())
    };
    pieces.filter(|piece| !is_mailbox(piece)).any(has_host)
}

proptest! {
    #[test]
    fn nothing_that_is_left_is_a_host(words in proptest::collection::vec(
        prop_oneof![
            Just("evil.example".to_owned()),
            Just("m.evil.fr".to_owned()),
            Just("jean@structure.example".to_owned()),
            Just("Fin.Ensuite".to_owned()),
            "[a-zA-Zé0-9]{1,4}",
            "[ \u{a0}\t.,;:/@+()«»\u{3002}?#_-]{1,2}",
        ],
        0..8,
    )) {
        let left = without_addresses(&words.concat());
        prop_assert!(!holds_host(&left.replace(ELSEWHERE, " ")), "{:?}: {:?}", words.concat(), left);
    }
}
