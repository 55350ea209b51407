//! Server on one machine.
fn main() {}
