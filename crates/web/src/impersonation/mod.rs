//! A member of the team sees the platform as somebody, to help them (AUT-30, AUT-31): begun from the page of their account, said
//! on every page meanwhile, left from there.

pub mod banner;
pub mod begin;
mod closed;
pub mod end;
mod over;

pub(crate) use closed::is_closed;
pub(crate) use over::over;

use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new().get(begin::get).post(begin::post).post(end::post)
}
