//! Pages for developers, absent from a production build.

pub mod component_gallery;
