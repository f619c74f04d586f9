//! PASS IAE: list, page, certificate.
