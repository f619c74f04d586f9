//! How pages are compressed.

/// gzip, quickly: most pages are made for one visitor and read once. Brotli took more time than the page itself. Those that are ready
/// (ADR 42) are compressed alike.
pub(crate) const GZIP_LEVEL: u32 = 2;
