//! Writing an application, step by step.
