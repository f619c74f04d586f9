//! Lists of applications.
