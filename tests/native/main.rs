//! Native tests.
fn main() {}
