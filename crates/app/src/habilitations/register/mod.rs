//! The public register of authorised prescribers (PRE-28; guide P1 §5).

pub mod list;
