//! What `iae inspect-pdf` is to the platform, for the platform under test (ADR 20): the allocator of the program included, which
//! the limit of memory bounds (ADR 46).

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    std::process::exit(iae_app::gateways::pdf::inspect_input())
}
