//! Taking facts along: rows, and the files they are written to. Pure.

pub mod cite;
pub mod csv;
pub mod json;
pub mod rows;
pub mod text;
