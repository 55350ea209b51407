//! Pages as the server renders them: typed data in, a whole document out. Handlers fetch first and render then, so
//! that no page waits for anything.

pub mod desk;
pub mod document;
pub mod enrol;
pub mod error;
pub mod held;
pub mod no_answer;
pub mod passkeys;
pub mod print;
pub mod refused;
pub mod welcome;
