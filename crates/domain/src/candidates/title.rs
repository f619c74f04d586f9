//! How a person is addressed, as civil status writes it.

use crate::code::code;

code! {
    /// Title of a person (rule book 02 §12.1).
    Title {
        Madam = "MME", "Madame";
        Mister = "M", "Monsieur";
    }
}
