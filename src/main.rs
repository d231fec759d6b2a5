//! Starts the page in the browser.

/// What gives memory out: a quarter of the usual one's code (docs/decisions/0004-size.md).
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: rlsf::GlobalTlsf<Options> = rlsf::GlobalTlsf::new();

/// How.
#[cfg(target_arch = "wasm32")]
struct Options;

#[cfg(target_arch = "wasm32")]
impl rlsf::GlobalTlsfOptions for Options {
    // A thing that grows is copied to a place that is large enough; without this, 1 KB of code more.
    const ENABLE_REALLOCATION: bool = false;
}

fn main() {
    fact_explorer::browser::start();
}
