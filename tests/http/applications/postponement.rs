//! An employer puts an application on hold.
