//! E-mail addresses.

use std::fmt;

use super::typed;

/// Longest address a mail server takes (RFC 5321, §4.5.3.1, less the brackets).
const LONGEST: usize = 254;
/// Longest part before the `@`.
const LONGEST_USER: usize = 64;
/// Longest label of a domain.
const LONGEST_LABEL: usize = 63;

/// An e-mail address a mail can be written to, lower-cased: two spellings of one address are one address.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
pub struct Email(String);

/// The text is no address a mail can be written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address")]
pub struct InvalidEmail;

impl Email {
    /// Reads an address as people type it: words parted by dots, one `@`, a dotted domain (RFC 5321, `Dot-string` and
    /// `Domain`). Neither quoted words, nor accents, nor addresses of machines: few servers take them, and who types
    /// one most often meant something else.
    pub fn parse(text: &str) -> Result<Self, InvalidEmail> {
        let address = typed(text).trim().to_lowercase();
        let Some((user, domain)) = address.split_once('@') else { return Err(InvalidEmail) };
        let possible = address.len() <= LONGEST && is_user(user) && is_domain(domain);
        if possible { Ok(Self(address)) } else { Err(InvalidEmail) }
    }

    /// The address, lower-cased.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the address is a France Travail professional one, forbidden to candidates (USR-9, CON-8).
    pub fn is_france_travail(&self) -> bool {
        self.0.ends_with("@pole-emploi.fr") || self.0.ends_with("@francetravail.fr")
    }

    /// Whether it is the address of an agent of France Travail, who works in an agency (PRE-18, PRE-20).
    pub fn is_france_travail_agent(&self) -> bool {
        self.0.ends_with("@francetravail.fr")
    }

    /// The address as whoever signs up reads where a link is sent: `d***n@exemple.fr` (USR-13).
    pub fn redacted_user(&self) -> String {
        let (user, domain) = self.0.split_once('@').unwrap_or((&self.0, ""));
        let mut letters = user.chars();
        let first: String = letters.next().into_iter().collect();
        let last: String = letters.next_back().into_iter().collect();
        format!("{first}***{last}@{domain}")
    }

    /// The address with every part reduced to its first letter and stars: `j*****@p****.e******` (CRE-2).
    pub fn redacted(&self) -> String {
        let stars = |part: &str| {
            part.chars().enumerate().map(|(i, c)| if i == 0 { c } else { '*' }).collect::<String>()
        };
        let (user, domain) = self.0.split_once('@').unwrap_or((&self.0, ""));
        let (host, top) = domain.rsplit_once('.').unwrap_or((domain, ""));
        format!("{}@{}.{}", stars(user), stars(host), stars(top))
    }
}

/// Words parted by single dots.
fn is_user(user: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
    };
    user.len() <= LONGEST_USER && user.split('.').all(is_word)
}

/// At least two labels; the last one, of letters, tells a domain from the number of a machine.
fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= LONGEST_LABEL
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let Some((_, top)) = domain.rsplit_once('.') else { return false };
    top.len() >= 2 && top.starts_with(|c: char| c.is_ascii_alphabetic()) && domain.split('.').all(is_label)
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_lower_cased_and_lose_what_nobody_sees() {
        for (came, read) in [
            (" Jeanne@Poste.Example ", "jeanne@poste.example"),
            ("\u{feff}jeanne@poste.example\u{200b}", "jeanne@poste.example"),
            ("jean-marc.o'neil+iae@ville-de.metz.fr", "jean-marc.o'neil+iae@ville-de.metz.fr"),
            ("a@xn--dcibel-bva.fr", "a@xn--dcibel-bva.fr"),
        ] {
            assert_eq!(Email::parse(came).unwrap().as_str(), read);
        }
    }

    #[test]
    fn what_no_mail_can_be_written_to_is_no_address() {
        let long_user = format!("{}@poste.example", "a".repeat(65));
        let long_label = format!("a@{}.fr", "b".repeat(64));
        let long = format!("a@{}fr", "b.".repeat(130));
        for nonsense in [
            "",
            "jeanne",
            "@poste.example",
            "a@b",
            "a b@poste.example",
            "a@b@c.de",
            "a@.fr",
            "a@b..fr",
            "jean.@courriel.example",
            ".jean@courriel.example",
            "jean..marc@courriel.example",
            "jean,marc@courriel.example",
            "\"jean marc\"@courriel.example",
            "jean<marc>@courriel.example",
            "hélène@courriel.example",
            "a@décibel.fr",
            "a@-courriel.example",
            "a@courriel-.example",
            "a@cour_riel.example",
            "a@courriel.example.",
            "a@[192.0.2.1]",
            "a@192.0.2.1",
            "a@courriel.e",
            "Jeanne <jeanne@poste.example>",
            &long_user,
            &long_label,
            &long,
        ] {
            assert_eq!(Email::parse(nonsense), Err(InvalidEmail), "{nonsense}");
        }
    }

    #[test]
    fn whoever_signs_up_reads_the_ends_of_an_address_and_its_domain() {
        for (address, read) in [
            ("direction@exemple.fr", "d***n@exemple.fr"),
            ("ab@exemple.fr", "a***b@exemple.fr"),
            ("a@exemple.fr", "a***@exemple.fr"),
        ] {
            assert_eq!(Email::parse(address).unwrap().redacted_user(), read, "USR-13");
        }
    }

    #[test]
    fn redaction_keeps_first_letters() {
        assert_eq!(Email::parse("jeanne@poste.example").unwrap().redacted(), "j*****@p****.e******");
    }
}
