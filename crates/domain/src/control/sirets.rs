//! The SIRET of an SIAE as what leaves the platform says it: that of its site, and that of its convention when it was signed under
//! another.

/// What a SIRET is called when there is one only.
const ONLY: &str = "SIRET";
/// That of the site, beside another.
const OF_SITE: &str = "SIRET de la structure";
/// That of the convention, beside another.
const OF_CONVENTION: &str = "SIRET de la convention";

/// The SIRET of an SIAE, fourteen digits each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sirets {
    site: String,
    convention: Option<String>,
}

impl Sirets {
    /// That of the site, if its file says it, and the one its convention was signed under, if it has a convention.
    pub fn new(site: Option<String>, convention: Option<String>) -> Self {
        match (site, convention) {
            (Some(site), convention) => {
                let convention = convention.filter(|signed| *signed != site);
                Self { site, convention }
            }
            (None, convention) => Self { site: convention.unwrap_or_default(), convention: None },
        }
    }

    /// That of the site: what files are named by.
    pub fn site(&self) -> &str {
        &self.site
    }

    /// Each, with what it is called.
    pub fn named(&self) -> Vec<(&'static str, &str)> {
        match &self.convention {
            Some(signed) => vec![(OF_SITE, self.site.as_str()), (OF_CONVENTION, signed.as_str())],
            None => vec![(ONLY, self.site.as_str())],
        }
    }

    /// « SIRET de la structure 380…, SIRET de la convention 390… ».
    pub fn said(&self) -> String {
        let said = self.named().into_iter().map(|(what, siret)| format!("{what} {siret}"));
        said.collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_sirets_are_named_and_one_is_not() {
        let own = |siret: &str| Some(siret.to_owned());
        for (site, convention, said) in [
            (own("1"), None, "SIRET 1"),
            (own("1"), own("1"), "SIRET 1"),
            (None, own("2"), "SIRET 2"),
            (own("1"), own("2"), "SIRET de la structure 1, SIRET de la convention 2"),
        ] {
            assert_eq!(Sirets::new(site, convention).said(), said);
        }
    }
}
