//! The operator's commands beside serving: `local export`, `import`, `backup`, `restore`, `desk-link`, `erase-health`,
//! `moved`. Each reads its own options, does its work and says what came of it in words.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use domain::CommunityId;
use lexopt::prelude::{Long, Short, ValueExt};

use super::front::{self, Asked, Front, Https};
use super::place::Place;
use super::{backup, erasing, moved, moving, ready, signals, voice};
use crate::clock::Clock;
use crate::config::PublicUrl;

/// What `local help` says about them.
pub const USAGE: &str = "\
local export --out FILE          everything as lines of JSON; a server may go on running
local import --from FILE         takes such a file into an empty place; goes on where it was stopped
                                 (--key FILE: the care.key of where it came from)
  both: --data DIR, or --dynamodb URL, or --aws (tables from LM_TABLE and LM_SESSIONS_TABLE)
local backup [--to DIR]          a consistent copy of the table, with its checksum; a server may go on running
                                 (--data DIR; --keep N: how many stay)
local restore --from FILE        puts a backup into an empty folder (--data DIR; --key FILE)
local desk-link --public-url URL a new link for the desk, for who lost the way in or has just moved here
                                 (--community ID; --data DIR of a server that is stopped, --dynamodb URL, or --aws)
local erase-health               says how much there is that may tell of somebody's health
local erase-health --certificate FILE --by NAME
                                 erases it, at the end of an emergency, and writes what was erased, when and by whom
                                 (--data DIR of a server that is stopped, --dynamodb URL, or --aws)
local moved --to URL             leads an old address to the new one (--listen ADDR; --tls-cert and --tls-key, or
                                 --acme DOMAIN with the --data DIR that has its certificate)
";

/// A command that came with its options.
#[derive(Debug)]
enum Command {
    Export { place: Place, out: PathBuf },
    Import { place: Place, from: PathBuf, key: Option<PathBuf> },
    Backup { data: PathBuf, to: Option<PathBuf>, keep: usize },
    Restore { data: PathBuf, from: PathBuf, key: Option<PathBuf> },
    DeskLink { place: Place, community: CommunityId, public_url: PublicUrl },
    LookAtHealth { place: Place },
    EraseHealth { place: Place, certificate: PathBuf, by: String },
    Moved { to: PublicUrl, listen: SocketAddr, https: Option<Https> },
}

/// Whether a word is one of the commands.
#[must_use]
pub fn is_command(word: &str) -> bool {
    ["export", "import", "backup", "restore", "desk-link", "erase-health", "moved"].contains(&word)
}

/// Reads and runs a command; `arguments` is what follows its name.
///
/// # Errors
/// Words for whoever asked.
pub async fn run(name: &str, arguments: impl IntoIterator<Item = OsString>) -> Result<(), String> {
    let command = read(name, lexopt::Parser::from_args(arguments));
    let command = command.map_err(|error| format!("{error}\n\n{USAGE}"))?;
    match command {
        None => voice::say(USAGE),
        Some(Command::Export { place, out }) => {
            let contents = moving::export(&place, &out).await?;
            voice::say(&format!("{}: {}", out.display(), moving::words(&contents)));
            voice::say(
                "It holds names, addresses and orders in the clear: keep it as carefully as the table. Telephone \
                 numbers and\ncare remarks in it are sealed; whoever takes it in needs the care.key of this place.",
            );
        }
        Some(Command::Import { place, from, key }) => {
            let contents = moving::import(&place, &from, key.as_deref()).await?;
            voice::say(&format!("Everything is in: {}", moving::words(&contents)));
            let communities: Vec<&str> =
                contents.communities.iter().map(domain::CommunityId::as_str).collect();
            voice::say(&format!(
                "Serve it with --community {}. Everybody signs in again; cards and letters stay good.",
                communities.join(" or ")
            ));
        }
        Some(Command::Backup { data, to, keep }) => {
            let to = to.unwrap_or_else(|| {
                voice::complain(
                    "Backups beside the table do not survive its disk: pass --to, and copy them away.",
                );
                data.join(backup::FOLDER)
            });
            let file = backup::make(&data, &to, keep, Clock::default().now()).await?;
            voice::say(&format!("{}", file.display()));
            voice::say("The care.key is not in it: keep a copy of it somewhere else.");
        }
        Some(Command::Restore { data, from, key }) => {
            let contents = backup::restore(&from, &data, key.as_deref()).await?;
            voice::say(&format!("{}: {}", data.display(), moving::words(&contents)));
        }
        Some(Command::DeskLink { place, community, public_url }) => {
            let store = place.open().await.map_err(|error| voice::with_causes(&error))?;
            let link = ready::desk_link(&store, &community, Clock::default().now()).await;
            let link = link.map_err(|error| format!("{community}: {}", voice::with_causes(&error)))?;
            voice::say(&public_url.at(&link.path));
            voice::say("One phone, one day.");
        }
        Some(Command::LookAtHealth { place }) => {
            voice::say(&format!("{}: {}", place, erasing::look(&place).await?));
            voice::say("Nothing was erased: --certificate FILE --by NAME does it.");
        }
        Some(Command::EraseHealth { place, certificate, by }) => {
            let now = Clock::default().now();
            let erased = erasing::erase(&place, &certificate, &by, now).await?;
            voice::say(&format!("{}: {erased}", certificate.display()));
            voice::say(
                "Exports, backups and recovery points from before still hold it: destroy them, and the care.key with \
                 them.",
            );
        }
        Some(Command::Moved { to, listen, https }) => lead_on(to, listen, https).await?,
    }
    Ok(())
}

fn read(name: &str, mut arguments: lexopt::Parser) -> Result<Option<Command>, lexopt::Error> {
    let mut place = Place::default();
    let (mut out, mut from, mut key, mut to) = (None, None, None, None::<OsString>);
    let (mut keep, mut listen) = (backup::KEEP, SocketAddr::from(([127, 0, 0, 1], 8080)));
    let (mut record, mut by) = (None, None);
    let mut https = Asked::default();
    let (mut community, mut public_url) = (CommunityId::from_str("local").ok(), None);
    while let Some(argument) = arguments.next()? {
        match (name, argument) {
            (_, Short('h') | Long("help")) => return Ok(None),
            ("export", Long("out")) => out = Some(PathBuf::from(arguments.value()?)),
            ("import" | "restore", Long("from")) => from = Some(PathBuf::from(arguments.value()?)),
            ("import" | "restore", Long("key")) => key = Some(PathBuf::from(arguments.value()?)),
            ("backup" | "moved", Long("to")) => to = Some(arguments.value()?),
            ("backup", Long("keep")) => keep = arguments.value()?.parse()?,
            ("moved", Long("listen")) => listen = arguments.value()?.parse()?,
            ("erase-health", Long("certificate")) => record = Some(PathBuf::from(arguments.value()?)),
            ("erase-health", Long("by")) => by = Some(arguments.value()?.string()?),
            ("moved", Long(option)) if Asked::knows(option) => {
                let option = option.to_owned();
                https.take(&option, arguments.value()?)?;
            }
            ("desk-link", Long("community")) => community = Some(arguments.value()?.parse()?),
            ("desk-link", Long("public-url")) => {
                public_url = Some(arguments.value()?.parse_with(PublicUrl::parse)?);
            }
            (
                "export" | "import" | "backup" | "restore" | "desk-link" | "erase-health" | "moved",
                Long("data"),
            ) => {
                place = Place::Folder(arguments.value()?.into());
            }
            ("export" | "import" | "desk-link" | "erase-health", Long("dynamodb")) => {
                place = Place::DynamoDb(arguments.value()?.string()?);
            }
            ("export" | "import" | "desk-link" | "erase-health", Long("aws")) => place = Place::Aws,
            (_, other) => return Err(other.unexpected()),
        }
    }
    let data = place.folder().map(ToOwned::to_owned).unwrap_or_default();
    let needed = |file: Option<PathBuf>, option| {
        file.ok_or_else(|| lexopt::Error::from(format!("local {name} needs {option}")))
    };
    Ok(Some(match name {
        "export" => Command::Export { place, out: needed(out, "--out FILE")? },
        "import" => Command::Import { place, from: needed(from, "--from FILE")?, key },
        "backup" => Command::Backup { data, to: to.map(Into::into), keep },
        "restore" => Command::Restore { data, from: needed(from, "--from FILE")?, key },
        "desk-link" => Command::DeskLink {
            place,
            community: community
                .ok_or_else(|| lexopt::Error::from("local desk-link needs --community ID"))?,
            public_url: public_url
                .ok_or_else(|| lexopt::Error::from("local desk-link needs --public-url URL"))?,
        },
        "erase-health" => match (record, by) {
            (None, None) => Command::LookAtHealth { place },
            (Some(certificate), Some(by)) if !by.trim().is_empty() => {
                Command::EraseHealth { place, certificate, by }
            }
            _ => return Err("local erase-health needs --certificate FILE and --by NAME, or neither".into()),
        },
        "moved" => {
            let to = to.ok_or_else(|| lexopt::Error::from("local moved needs --to URL"))?;
            Command::Moved { to: to.parse_with(PublicUrl::parse)?, listen, https: https.decide(&data)? }
        }
        other => return Err(format!("there is no command {other}").into()),
    }))
}

async fn lead_on(to: PublicUrl, listen: SocketAddr, https: Option<Https>) -> Result<(), String> {
    let listener = front::bind(listen).await?;
    let address = listener.local_addr().unwrap_or(listen);
    let mut stop = signals::Stop::listen();
    let front = tokio::select! {
        opened = Front::open(listener, https) => opened?,
        () = stop.asked() => return Ok(()),
    };
    voice::say(&format!("{address} leads to {}. Ctrl-C stops it.", to.origin()));
    let served = front.serve(moved::router(to), async move { stop.asked().await }).await;
    served.map_err(|error| format!("{listen}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(words: &[&str]) -> Result<Option<Command>, lexopt::Error> {
        read("desk-link", lexopt::Parser::from_args(words.iter().copied()))
    }

    #[test]
    fn a_link_for_the_desk_needs_the_address_that_it_leads_to() {
        let link = asked(&["--aws", "--community", "east", "--public-url", "https://lm.example.org"]);
        let Ok(Some(Command::DeskLink { place, community, public_url })) = link else { panic!("{link:?}") };
        assert_eq!((place, community.as_str()), (Place::Aws, "east"));
        assert_eq!(public_url.origin(), "https://lm.example.org");
        let without = asked(&["--aws"]).expect_err("no address").to_string();
        assert!(without.contains("--public-url"), "{without}");
    }

    #[test]
    fn health_data_is_erased_only_by_somebody_who_is_named() {
        let asked = |words: &[&str]| read("erase-health", lexopt::Parser::from_args(words.iter().copied()));
        assert!(matches!(asked(&["--data", "d"]), Ok(Some(Command::LookAtHealth { .. }))));
        let named = asked(&["--aws", "--certificate", "c.json", "--by", "Li"]);
        assert!(matches!(named, Ok(Some(Command::EraseHealth { by, .. })) if by == "Li"));
        for words in [&["--certificate", "c.json"][..], &["--by", "Li"], &["--certificate", "c", "--by", " "]]
        {
            assert!(asked(words).is_err(), "{words:?}");
        }
    }
}
