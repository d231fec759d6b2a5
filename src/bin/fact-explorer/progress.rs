//! What a task is doing, on stderr, once it takes longer than a second: on a terminal a line that
//! changes, elsewhere a line for each step.

use std::io::{IsTerminal, Write, stderr};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// How long a task may be silent.
const PATIENCE: Duration = Duration::from_secs(1);

/// Tells what a task is doing, until it is dropped.
#[derive(Debug)]
pub struct Progress {
    steps: Option<Sender<String>>,
    teller: Option<JoinHandle<()>>,
}

impl Progress {
    /// Nothing is told yet.
    pub fn start() -> Self {
        let (steps, told) = channel::<String>();
        let teller = thread::spawn(move || {
            let begun = Instant::now();
            let mut step = String::new();
            let mut bar: Option<ProgressBar> = None;
            loop {
                let left = PATIENCE.saturating_sub(begun.elapsed());
                let heard = if left.is_zero() {
                    told.recv().map_err(|_| RecvTimeoutError::Disconnected)
                } else {
                    told.recv_timeout(left)
                };
                match heard {
                    Ok(it) => step = it,
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break,
                }
                if begun.elapsed() >= PATIENCE && !step.is_empty() {
                    tell(&mut bar, &step);
                }
            }
            if let Some(bar) = bar {
                bar.finish_and_clear();
            }
        });
        Self {
            steps: Some(steps),
            teller: Some(teller),
        }
    }

    /// The next step.
    pub fn step(&self, words: &str) {
        if let Some(steps) = &self.steps {
            _ = steps.send(words.to_owned());
        }
    }
}

fn tell(bar: &mut Option<ProgressBar>, step: &str) {
    if stderr().is_terminal() {
        let bar = bar.get_or_insert_with(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} … {elapsed}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        bar.set_message(step.to_owned());
    } else {
        _ = writeln!(stderr(), "fact-explorer: {step} …");
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        // Without a sender the teller ends.
        self.steps = None;
        if let Some(teller) = self.teller.take() {
            _ = teller.join();
        }
    }
}
