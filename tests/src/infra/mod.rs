//! What `infra` says in Terraform, read as text: the arguments it gives, what it refers to, what must never be true of
//! it, and where the program's own code says the same. Terraform's own tests are in `infra/tests`; they need the AWS
//! provider, these need nothing.

mod contract;
mod manual;
mod policies;
mod promises;
mod references;
pub(crate) mod rights;
mod schema;
mod tables;
mod walk;

use std::path::Path;

use hcl::Body;

/// A file of the project.
fn text_of(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie below the project");
    std::fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every `.tf` file as one body, as Terraform reads them.
fn configuration() -> Body {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../infra");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("infra")
        .map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".tf"))
        .collect();
    names.sort();
    names.iter().flat_map(|name| parsed(&text_of(&format!("infra/{name}"))).into_inner()).collect()
}

fn parsed(text: &str) -> Body {
    hcl::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}
