//! Secrets from the parameter store of AWS Systems Manager: one signed call when a function starts.

use crate::error::StoreError;
use crate::signed::Call;
use std::collections::HashMap;

const GET: Call = Call {
    service: "ssm",
    target: "AmazonSSM.GetParameters",
    content_type: "application/x-amz-json-1.1",
    endpoint: "AWS_ENDPOINT_URL_SSM",
};
/// At most so many in one call, as AWS has it.
const AT_ONCE: usize = 10;

/// The values of parameters, each under the word it was asked by; where several names stand with commas between,
/// their values do. Asks nothing when nothing is wanted.
///
/// Region and credentials come from the environment, as for the table; `AWS_ENDPOINT_URL_SSM` may name another
/// address.
///
/// # Errors
/// [`StoreError::Denied`] when the function may not read one of them, or it does not exist;
/// [`StoreError::Unreachable`].
pub async fn parameters<W: Copy + Eq + std::hash::Hash>(
    wanted: Vec<(W, String)>,
) -> Result<HashMap<W, String>, StoreError> {
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let mut names: Vec<&str> = wanted.iter().flat_map(|(_, names)| names.split(',')).map(str::trim).collect();
    names.sort_unstable();
    names.dedup();
    if names.len() > AT_ONCE {
        return Err(denied("more than ten parameters"));
    }
    let asked = serde_json::json!({ "Names": names, "WithDecryption": true }).to_string();
    let answer = GET.send(asked).await?;
    let values: HashMap<&str, &str> = answer["Parameters"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|one| Some((one["Name"].as_str()?, one["Value"].as_str()?)))
        .collect();
    let value = |name: &str| {
        values.get(name.trim()).copied().ok_or_else(|| {
            // The name is no secret, and whoever reads the log needs it.
            denied(&format!("no parameter {name}"))
        })
    };
    let joined = |names: &str| names.split(',').map(value).collect::<Result<Vec<&str>, _>>();
    wanted.iter().map(|(word, names)| Ok((*word, joined(names)?.join(",")))).collect()
}

fn denied(code: &str) -> StoreError {
    StoreError::Denied { code: code.to_owned() }
}
