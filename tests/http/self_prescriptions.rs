//! Auto-prescriptions, as the DDETS reads them.
