//! The command for authors: begins a dataset, checks it, and makes the finished site of it.

mod build;
mod check;
mod import;
mod new;
mod number_format;
mod outcome;
mod prerender;
mod progress;
mod serve;
mod sheet;

use std::env;
use std::io;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};
use clap_complete::Shell;

use outcome::{Done, Failed, told};

/// Makes an explorer of facts from a folder of data: a static site that readers can filter, search and
/// question.
#[derive(Debug, Parser)]
#[command(name = "fact-explorer", version, after_help = ENDINGS, max_term_width = 100)]
#[command(subcommand_required = true, arg_required_else_help = true)]
struct Command {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Begins a dataset: a small one, with comments, that builds
    #[command(after_help = ENDINGS)]
    New(new::Arguments),
    /// Tells every problem of a dataset, with file, line, column and rule
    #[command(after_help = ENDINGS)]
    Check(check::Arguments),
    /// Makes the whole site of a dataset
    #[command(after_help = ENDINGS)]
    Build(build::Arguments),
    /// Makes a dataset of a table: CSV, JSON (a list of objects) or a spreadsheet
    #[command(after_help = ENDINGS)]
    Import(Box<import::Arguments>),
    /// Shows a finished site in a browser on this machine
    #[command(after_help = ENDINGS)]
    Serve(serve::Arguments),
    /// Writes what a shell needs to complete this command's words
    #[command(after_help = ENDINGS)]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Finishes the pages that Trunk staged
    #[command(hide = true)]
    Prerender(prerender::Arguments),
}

/// How the command ends.
const ENDINGS: &str = "\
Exit codes:
  0  it is done; checked, nothing is wrong
  1  the data, or a file that was to be read, is wrong; what was said tells where
  2  the command was used wrongly
  3  the result couldn't be written, or its place is taken
  4  this command has no engine, or the engine doesn't fit (see fact-explorer build --help)";

fn main() -> ExitCode {
    let command = match Command::try_parse() {
        Ok(it) => it,
        Err(error) => {
            // Help and the version are no errors, though they come this way.
            let asked = matches!(
                error.kind(),
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
            );
            _ = error.print();
            return ExitCode::from(if asked { 0 } else { 2 });
        }
    };
    let (json, done) = match command.task {
        Task::New(it) => (false, new::run(&it)),
        Task::Import(it) => (it.json, import::run(&it)),
        Task::Check(it) => (it.json, check::run(&it)),
        Task::Build(it) => (it.json, build::run(&it)),
        Task::Serve(it) => (false, serve::run(&it)),
        Task::Completions { shell } => (false, completions(shell)),
        Task::Prerender(it) => (false, prerender::run(&it)),
    };
    told(json, done)
}

fn completions(shell: Shell) -> Done {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Command::command(), "fact-explorer", &mut script);
    io::Write::write_all(&mut io::stdout(), &script)
        .map_err(|it| Failed::output(format!("the words can't be written: {it}")))?;
    Ok(outcome::Report::default())
}

/// A variable of the environment; empty where it isn't set.
fn variable(name: &str) -> Result<String, Failed> {
    match env::var(name) {
        Ok(it) => Ok(it),
        Err(env::VarError::NotPresent) => Ok(String::new()),
        Err(env::VarError::NotUnicode(_)) => Err(Failed::usage(format!("{name} isn't text"))),
    }
}
