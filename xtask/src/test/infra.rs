//! `infra` as its own tools see it.

pub(crate) mod schema;
