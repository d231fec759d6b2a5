//! See `address` in `src/readers.rs`.
#![no_main]

use fact_explorer_fuzz::{readers, run};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| run(readers::address, bytes));
