//! CVs: sent, kept, opened by those who may.
