#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| aws_switch::properties::aws_file(bytes));
