//! Who a person is for a provider.

/// The most an identifier may have (OpenID Connect Core §2).
const LONGEST: usize = 255;

/// A provider's immutable identifier of a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Subject(String);

impl Subject {
    /// Reads an identifier: 1 to 255 characters of ASCII that can be seen.
    pub fn parse(text: &str) -> Option<Self> {
        let possible =
            (1..=LONGEST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        possible.then(|| Self(text.to_owned()))
    }

    /// As the provider says it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Stands for a person.
impl std::fmt::Debug for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Subject(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_short_and_seen() {
        for good in ["1", "b6048e95bb134ec5b1d1e1fa69f287172e91722b9354d637a1bcf2ebb0fd2ef5v1", "a@b|c:d"] {
            assert_eq!(
                Subject::parse(good).map(|subject| subject.as_str().to_owned()),
                Some(good.to_owned())
            );
        }
        assert!(Subject::parse(&"x".repeat(LONGEST)).is_some());
        let megabyte = "x".repeat(1_000_000);
        for bad in ["", "a\0b", "a b", "a\n", "é", &"x".repeat(LONGEST + 1), megabyte.as_str()] {
            assert_eq!(Subject::parse(bad), None, "{bad:.20?}");
        }
    }
}
