//! What waits for each kind of person.
