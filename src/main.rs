//! Starts the page in the browser.

fn main() {
    fact_explorer::browser::start();
}
