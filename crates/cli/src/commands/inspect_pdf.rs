//! `iae inspect-pdf`: one PDF, read in a process of its own (ADR 20).

/// Reads a PDF on the standard input, says in its exit code what it is, and ends. It is the platform that asks, not a person.
pub fn run() -> ! {
    std::process::exit(iae_app::gateways::pdf::inspect_input())
}
