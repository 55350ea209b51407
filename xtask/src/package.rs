//! `cargo xtask package`: what Terraform uploads. The functions for arm64 as zips, the site's files for S3 with their
//! headers, and how large each is. Two builds of one commit give the same bytes.

mod assets;
mod functions;
mod zip_file;

use std::process::ExitCode;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::site::{self, Speed};
use crate::{say, shell};

/// Builds everything into `target/package`.
pub(crate) fn package(mut arguments: lexopt::Parser) -> Result<ExitCode> {
    let mut only_assets = false;
    while let Some(argument) = arguments.next()? {
        match argument {
            lexopt::Arg::Long("assets") => only_assets = true,
            other => return Err(other.unexpected().into()),
        }
    }
    site::build(Speed::Release)?;
    let folder = shell::target("package");
    std::fs::create_dir_all(&folder)?;
    say::heading("package");
    assets::collect(&site::folder(), &folder)?;
    let names = std::fs::read(site::folder().join("assets.json")).context("the site's names")?;
    // Not uploaded: for the layer from which `web` serves the files where there is no CDN.
    std::fs::write(folder.join("assets/assets.json"), &names)?;
    if only_assets {
        return Ok(ExitCode::SUCCESS);
    }
    for function in &functions::ALL {
        let mut files = vec![zip_file::File::program("bootstrap", functions::build(function)?)];
        if function.draws_pages {
            files.push(zip_file::File::plain("site/assets.json", names.clone()));
        }
        let zip = zip_file::write(files)?;
        std::fs::write(folder.join(format!("{}.zip", function.name)), &zip)?;
        let hash: String = Sha256::digest(&zip).iter().map(|byte| format!("{byte:02x}")).collect();
        say::line(&format!(
            "    {:<24} {:>10} bytes  sha256 {hash}",
            format!("{}.zip", function.name),
            zip.len()
        ));
    }
    Ok(ExitCode::SUCCESS)
}
