//! Finding, creating, opening the files of candidates.
