//! The `iae` binary.
fn main() {}
