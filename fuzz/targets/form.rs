#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| iae_fuzzed::form(bytes));
