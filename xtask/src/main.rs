//! `cargo xtask`: prepares the machine, builds the site, runs it, tests it, measures it.
//! No rule of the product lives here, and nothing depends on this crate.

mod bench;
mod cost;
mod doctor;
mod package;
mod prepare;
mod run;
mod say;
mod shell;
mod site;
mod test;
mod tidy;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use lexopt::prelude::{Long, Short, Value};

const USAGE: &str = "\
cargo xtask <command>

  run [--release] [server options]   prepare, build and start the server on this machine
                                     (--data DIR, --listen ADDR, --empty, ... go to the server)
  build [--dev]                      build what phones download into target/site
  test [--only PART,...] [-- NAME]   everything a change has to pass (tidy, fmt, clippy, rust,
                                     infra, site, browser, bars); NAME filters the tests
  bench [--only PART,...] [--json]   every bar with its figure, or why there is none yet (site,
                                     rust, scale, weights, browser, lighthouse)
  package [--assets]                 what Terraform uploads: the functions for arm64 and the site's
                                     files, in target/package (--assets: the files alone)
  cost [--region NAME]               what a household and month costs on AWS, from measured counters
                                     and list prices (--update-from COMMIT: what a phone downloads
                                     that has that commit's program)
  difference EARLIER LATER           what a phone downloads that has one pack of target/site/pkg and
                                     needs the other, to standard output
  doctor                             what is on this machine and how the rest gets here
  infra-schema                       renew what the tests know of Terraform's providers
";

fn main() -> ExitCode {
    match dispatch() {
        Ok(code) => code,
        Err(error) => {
            say::failure(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn dispatch() -> Result<ExitCode> {
    let mut arguments = lexopt::Parser::from_env();
    let command = match arguments.next()? {
        Some(Value(command)) => command.to_string_lossy().into_owned(),
        None | Some(Short('h') | Long("help")) => "help".to_owned(),
        Some(other) => return Err(other.unexpected().into()),
    };
    match command.as_str() {
        "run" => run::run(arguments),
        "build" => build(arguments),
        "test" => test::test(arguments),
        "bench" => bench::bench(arguments),
        "package" => package::package(arguments),
        "cost" => cost::cost(arguments),
        "difference" => difference(arguments),
        "doctor" => doctor::doctor(),
        "infra-schema" => test::infra::schema::renew(),
        "help" => {
            say::line(USAGE);
            Ok(ExitCode::SUCCESS)
        }
        unknown => bail!("there is no command `{unknown}`\n\n{USAGE}"),
    }
}

fn difference(mut arguments: lexopt::Parser) -> Result<ExitCode> {
    let files: Vec<PathBuf> = arguments.raw_args()?.map(PathBuf::from).collect();
    let [earlier, later] = files.as_slice() else { bail!("which two packs?") };
    let name = later.file_name().unwrap_or_default().to_string_lossy();
    let audience = name.split('.').next().unwrap_or_default();
    let made = site::difference::of(audience, &std::fs::read(earlier)?, &std::fs::read(later)?)?;
    std::io::stdout().write_all(&made.bytes)?;
    Ok(ExitCode::SUCCESS)
}

fn build(mut arguments: lexopt::Parser) -> Result<ExitCode> {
    let mut speed = site::Speed::Release;
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("dev") => speed = site::Speed::Dev,
            other => return Err(other.unexpected().into()),
        }
    }
    site::build(speed)?;
    Ok(ExitCode::SUCCESS)
}
