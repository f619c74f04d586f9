//! What `iae inspect-pdf` is to the platform, for the platform under test (ADR 20).

fn main() {
    std::process::exit(iae_app::gateways::pdf::inspect_input())
}
