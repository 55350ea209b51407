//! The server on one machine: embedded table, pages, assets and the clock in one process. Everything it serves is
//! `web::router`; here are only the command line, the sockets and the end.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use domain::CommunityId;
use lexopt::prelude::{Long, Short, ValueExt};
use store::{Store, StoreConfig, StoreError, Vault};
use web::assets::Site;
use web::clock::Clock;
use web::config::{Config, PublicUrl};
use web::local::front::{self, Asked, Front, Https};
use web::local::{backup, control, operator, ready, signals, voice};
use web::state::AppState;

const USAGE: &str = "\
local [options]

  --data DIR          where everything is kept (default: data)
  --listen ADDR       address and port to listen on (default: 127.0.0.1:8080; with --acme 0.0.0.0:443)
  --public-url URL    the address phones use, where it is another one (behind a proxy)
  --tls-cert FILE     serve HTTPS with this certificate chain (PEM) ...
  --tls-key FILE      ... and this key (PEM)
  --acme DOMAIN       or fetch a certificate for this domain and renew it; port 443 of the domain has to lead here.
                      You agree to the terms of the authority, which is Let's Encrypt where no other is named
  --acme-contact MAIL where the authority writes to
  --acme-directory U  another authority's directory (https://...)
  --acme-root FILE    the root (PEM) by which that authority itself is known
  --site DIR          what phones download, made by `cargo xtask build` (default: target/site)
  --demo              fill an empty folder with the demo community
  --empty             start with an empty community and one desk
  --desk-link         make a new link for the desk of a community that is there
  --community ID      which community is served (default: local)
  --backup-every TIME make a backup every 30m, 6h, 1d ...
  --backup-to DIR     ... into this folder (default: backups, in the data folder)
  --backup-keep N     ... and keep the newest N (default: 14)
  --ready-json        print one line of JSON when ready, for programs
";

struct Options {
    data: PathBuf,
    listen: SocketAddr,
    public_url: Option<PublicUrl>,
    https: Option<Https>,
    site: PathBuf,
    fill: ready::Fill,
    desk_link: bool,
    community: CommunityId,
    backups: Option<backup::Schedule>,
    ready_json: bool,
}

fn main() -> ExitCode {
    let command = std::env::args().nth(1).filter(|word| operator::is_command(word));
    let options = match options() {
        _ if command.is_some() => None,
        Ok(Some(options)) => Some(options),
        Ok(None) => {
            voice::say(USAGE);
            voice::say(operator::USAGE);
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            voice::complain(&format!("{error}\n\n{USAGE}"));
            return ExitCode::from(2);
        }
    };
    web::log::start("info");
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&format!("this machine gives no threads: {error}")),
    };
    match (command, options) {
        (None, Some(options)) => runtime.block_on(serve(options)),
        (command, _) => {
            let arguments = std::env::args_os().skip(2);
            match runtime.block_on(operator::run(&command.unwrap_or_default(), arguments)) {
                Ok(()) => ExitCode::SUCCESS,
                Err(words) => failed(&words),
            }
        }
    }
}

fn options() -> Result<Option<Options>, lexopt::Error> {
    let mut options = Options {
        data: "data".into(),
        listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
        public_url: None,
        https: None,
        site: "target/site".into(),
        fill: ready::Fill::Demo,
        desk_link: false,
        community: "local".parse().map_err(|_| "the usual community has no name")?,
        backups: None,
        ready_json: false,
    };
    let (mut every, mut to, mut keep) = (None, None, backup::KEEP);
    let (mut https, mut listen) = (Asked::default(), None);
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("data") => options.data = arguments.value()?.into(),
            Long("listen") => listen = Some(arguments.value()?.parse()?),
            Long("public-url") => options.public_url = Some(arguments.value()?.parse_with(PublicUrl::parse)?),
            Long(option) if Asked::knows(option) => {
                let option = option.to_owned();
                https.take(&option, arguments.value()?)?;
            }
            Long("site") => options.site = arguments.value()?.into(),
            Long("demo") => options.fill = ready::Fill::Demo,
            Long("empty") => options.fill = ready::Fill::Empty,
            Long("desk-link") => options.desk_link = true,
            Long("community") => options.community = arguments.value()?.parse()?,
            Long("backup-every") => every = Some(arguments.value()?.parse_with(backup::read_every)?),
            Long("backup-to") => to = Some(PathBuf::from(arguments.value()?)),
            Long("backup-keep") => keep = arguments.value()?.parse()?,
            Long("ready-json") => options.ready_json = true,
            Short('h') | Long("help") => return Ok(None),
            other => return Err(other.unexpected()),
        }
    }
    options.https = https.decide(&options.data)?;
    if let Some(own) = options.https.as_ref().and_then(Https::own_address) {
        options.listen = SocketAddr::from(([0, 0, 0, 0], 443));
        options.public_url = Some(
            options
                .public_url
                .map_or_else(|| PublicUrl::parse(&own), Ok)
                .map_err(|error| error.to_string())?,
        );
    }
    options.listen = listen.unwrap_or(options.listen);
    let to = to.unwrap_or_else(|| options.data.join(backup::FOLDER));
    options.backups = every.map(|every| backup::Schedule { every, to, keep });
    if options.listen.ip().is_unspecified() && options.public_url.is_none() {
        let asked = options.listen;
        return Err(format!(
            "--listen {asked} needs --public-url: the address by which phones reach this machine"
        )
        .into());
    }
    Ok(Some(options))
}

async fn serve(options: Options) -> ExitCode {
    let (store, vault) = match open(&options).await {
        Ok(opened) => opened,
        Err(StoreError::InUse { dir, process }) => {
            let by = process.map(|id| format!(" (process {id})")).unwrap_or_default();
            return failed(&format!(
                "{} is in use by another server{by}. Stop that one first, or choose another folder with --data.",
                dir.display()
            ));
        }
        Err(error) => return failed(&voice::with_causes(&error)),
    };
    let site = match Site::load(&options.site) {
        Ok(site) => site,
        Err(error) => return failed(&voice::with_causes(&error)),
    };
    let listener = match front::bind(options.listen).await {
        Ok(listener) => listener,
        Err(words) => return failed(&words),
    };
    let address = listener.local_addr().unwrap_or(options.listen);
    let scheme = if options.https.is_some() { "https" } else { "http" };
    let local = PublicUrl::parse(&format!("{scheme}://{address}")).ok();
    let Some(public_url) = options.public_url.or_else(|| local.clone()) else {
        return failed("the address to listen on makes no web address");
    };
    let config = Config { public_url, community: options.community };
    let state = AppState::new(store.clone(), vault, site, config, Clock::default());
    let tally = match web::tallying::prepare(&state, &options.data) {
        Ok(tally) => tally,
        Err(error) => return failed(&voice::with_causes(&error)),
    };

    if !options.ready_json {
        voice::say("Opening the folder; a new demo community takes a few seconds to fill.");
    }
    let filled = async {
        let mut links = ready::fill(&state, options.fill).await?;
        if options.desk_link && links.is_empty() {
            links.push(ready::desk_link(state.store(), &state.config().community, state.now()).await?);
        }
        Ok::<_, web::errors::Problem>(links)
    };
    let links = match filled.await {
        Ok(links) => links,
        Err(error) => return failed(&voice::with_causes(&error)),
    };
    let control = control::keep_answering(&options.data, store.clone());
    if let Err(error) = web::unread::read_again(&state).await {
        return failed(&voice::with_causes(&error));
    }
    let mut stop = signals::Stop::listen();
    let front = tokio::select! {
        opened = Front::open(listener, options.https) => match opened {
            Ok(front) => front,
            Err(words) => return failed(&words),
        },
        () = stop.asked() => return stopped(),
    };
    let here = local.map_or_else(|| format!("http://{address}"), |url| url.origin().to_owned());
    ready::announce(&state, &here, &links, options.ready_json).await;

    let time = tokio::spawn(web::seal::keep_time(state.clone()));
    let backups = options
        .backups
        .map(|schedule| tokio::spawn(backup::keep_making(store.clone(), schedule, Clock::default())));
    let tallying = tokio::spawn(web::tallying::keep_tallying(state.clone(), tally));
    let app = web::router(state);
    let (broke, mut told) = tokio::sync::watch::channel(false);
    let end = async move {
        tokio::select! {
            () = stop.asked() => {}
            () = store.poisoned() => drop(broke.send(true)),
        }
    };
    let served = front.serve(app, end).await;
    time.abort();
    drop(control);
    backups.inspect(tokio::task::JoinHandle::abort);
    tallying.abort();
    match served {
        Err(error) => failed(&format!("the server ended: {error}")),
        Ok(()) if *told.borrow_and_update() => {
            failed("the table broke and needs a restart; nothing acknowledged is lost")
        }
        Ok(()) => stopped(),
    }
}

/// The table and the key to what is sealed in it.
async fn open(options: &Options) -> Result<(Store, Vault), StoreError> {
    let store = Store::embedded(&options.data, StoreConfig::default()).await?;
    let vault = Vault::in_dir(&options.data)?;
    Ok((store, vault))
}

fn stopped() -> ExitCode {
    voice::say("Stopped. Everything acknowledged is on the disk.");
    ExitCode::SUCCESS
}

fn failed(words: &str) -> ExitCode {
    voice::complain(words);
    ExitCode::FAILURE
}
