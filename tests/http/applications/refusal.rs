//! An employer declines.
