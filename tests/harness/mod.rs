//! Tests of the test harness.

mod powershell;
mod shells;
