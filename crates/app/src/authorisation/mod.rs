//! Whether an organisation may prescribe today: asked by every use case that needs the right, given by `habilitations`.

mod store;

pub(crate) use store::is_authorised;
