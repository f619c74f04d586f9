//! Signing in and out, sessions, the organisation people act for.
