//! An employer accepts.
