//! The test harness tests itself, with a small function in the place of the integration.

mod powershell;
mod shells;
