//! An employer puts an application under study.
