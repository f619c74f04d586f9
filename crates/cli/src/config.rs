//! The environment, read here and nowhere else: one file for each subject.

mod database;

pub use database::DatabaseConfig;

/// A variable is missing or cannot be what it is.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The variable is not set.
    #[error("la variable {0} manque")]
    Missing(&'static str),
    /// The variable is not of the expected form. Its value is not repeated: it may hold a password.
    #[error("la variable {name} n'est pas de la forme attendue : {expected}")]
    Invalid {
        /// Its name.
        name: &'static str,
        /// What was expected.
        expected: &'static str,
    },
}

/// The value of a variable, none when it is not set or empty.
fn variable(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "the one reading of the environment")]
    let value = std::env::var(name).ok();
    value.filter(|value| !value.is_empty())
}
