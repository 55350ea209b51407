//! What must never be true of an installation, whatever its variables: each promise is a function over a body, and each
//! has a control that breaks it.

use hcl::structure::{Block, Body};

use super::walk::{blocks, resources, said, shown, text};
use super::{configuration, parsed, text_of};

/// What a block says for `a.b.c`, as text.
fn says(block: &Block, path: &str) -> Option<String> {
    let mut body = &block.body;
    let steps: Vec<&str> = path.split('.').collect();
    let (last, above) = steps.split_last()?;
    for step in above {
        body = &blocks(body, step).next()?.body;
    }
    said(body, last).map(shown)
}

/// Kind of resource, argument, and what it must say; `None` is anything.
const MUST: [(&str, &str, Option<&str>); 46] = [
    ("aws_dynamodb_table", "deletion_protection_enabled", Some("true")),
    ("aws_dynamodb_table", "lifecycle.prevent_destroy", Some("true")),
    ("aws_dynamodb_table", "point_in_time_recovery.enabled", Some("true")),
    ("aws_dynamodb_table", "server_side_encryption.enabled", Some("true")),
    ("aws_dynamodb_table", "server_side_encryption.kms_key_arn", Some("aws_kms_key.data.arn")),
    ("aws_dynamodb_table", "billing_mode", Some("\"PAY_PER_REQUEST\"")),
    ("aws_dynamodb_table", "on_demand_throughput.max_read_request_units", Some("var.max_read_units")),
    ("aws_dynamodb_table", "on_demand_throughput.max_write_request_units", Some("var.max_write_units")),
    ("aws_kms_key", "enable_key_rotation", Some("true")),
    ("aws_kms_key", "lifecycle.prevent_destroy", Some("true")),
    ("aws_lambda_function", "architectures", Some("[ \"arm64\" ]")),
    ("aws_lambda_function", "runtime", Some("\"provided.al2023\"")),
    ("aws_lambda_function", "timeout", None),
    ("aws_lambda_function", "memory_size", None),
    ("aws_lambda_function", "reserved_concurrent_executions", None),
    ("aws_lambda_function", "logging_config.log_group", None),
    ("aws_lambda_function", "logging_config.system_log_level", Some("\"WARN\"")),
    ("aws_cloudwatch_log_group", "retention_in_days", None),
    ("aws_lambda_event_source_mapping", "function_response_types", Some("[ \"ReportBatchItemFailures\" ]")),
    ("aws_lambda_event_source_mapping", "bisect_batch_on_function_error", Some("true")),
    ("aws_lambda_event_source_mapping", "maximum_retry_attempts", None),
    ("aws_lambda_event_source_mapping", "destination_config.on_failure.destination_arn", None),
    ("aws_lambda_function_event_invoke_config", "destination_config.on_failure.destination", None),
    ("aws_scheduler_schedule", "target.dead_letter_config.arn", None),
    ("aws_s3_bucket_public_access_block", "block_public_acls", Some("true")),
    ("aws_s3_bucket_public_access_block", "block_public_policy", Some("true")),
    ("aws_s3_bucket_public_access_block", "ignore_public_acls", Some("true")),
    ("aws_s3_bucket_public_access_block", "restrict_public_buckets", Some("true")),
    ("aws_s3_object", "content_type", None),
    ("aws_s3_object", "cache_control", None),
    ("aws_sqs_queue", "sqs_managed_sse_enabled", Some("true")),
    ("aws_sns_topic", "kms_master_key_id", None),
    ("aws_cloudwatch_metric_alarm", "alarm_actions", None),
    ("aws_cloudwatch_metric_alarm", "alarm_description", None),
    ("aws_cloudwatch_metric_alarm", "treat_missing_data", None),
    (
        "aws_cloudfront_distribution",
        "default_cache_behavior.cache_policy_id",
        Some("data.aws_cloudfront_cache_policy.never[0].id"),
    ),
    (
        "aws_cloudfront_distribution",
        "default_cache_behavior.viewer_protocol_policy",
        Some("\"redirect-to-https\""),
    ),
    ("aws_cloudfront_distribution", "default_cache_behavior.response_headers_policy_id", None),
    ("aws_lb", "enable_deletion_protection", Some("true")),
    ("aws_lb", "drop_invalid_header_fields", Some("true")),
    ("aws_lb", "desync_mitigation_mode", None),
    ("aws_lb_target_group", "lambda_multi_value_headers_enabled", Some("true")),
    ("aws_lb_listener", "protocol", None),
    ("aws_wafv2_web_acl", "visibility_config.sampled_requests_enabled", Some("false")),
    ("aws_budgets_budget", "limit_amount", None),
    ("aws_ssm_parameter", "type", None),
];

fn broken(configuration: &Body) -> Vec<String> {
    let mut broken = Vec::new();
    for (kind, path, wanted) in MUST {
        for (name, block) in resources(configuration, kind) {
            let said = says(block, path);
            if said.is_none() || wanted.is_some_and(|wanted| said.as_deref() != Some(wanted)) {
                broken.push(format!("{kind}.{name}: {path} is {said:?}"));
            }
        }
    }
    for (name, block) in resources(configuration, "aws_ssm_parameter") {
        // A value in the state: only where it has to be (keys.tf says why).
        if says(block, "value").is_some() && !["origin", "public_url"].contains(&name) {
            broken.push(format!("aws_ssm_parameter.{name}: its value is kept in the state"));
        }
        if says(block, "type").as_deref() != Some("\"SecureString\"") && name != "public_url" {
            broken.push(format!("aws_ssm_parameter.{name}: it is not encrypted"));
        }
    }
    let care = resources(configuration, "aws_ssm_parameter").find(|(name, _)| *name == "care");
    if let Some((_, care)) = care {
        for (path, wanted) in [("lifecycle.prevent_destroy", "true"), ("lifecycle.ignore_changes", "all")] {
            if says(care, path).as_deref() != Some(wanted) {
                broken.push(format!("aws_ssm_parameter.care: {path} is not {wanted}, a key could be lost"));
            }
        }
    }
    for variable in blocks(configuration, "variable") {
        let (name, body) = (variable.labels[0].as_str(), &variable.body);
        let checked = blocks(body, "validation").next().is_some();
        // Tags and a yes or no need no rule beyond their type; an address of a zone is checked by what it belongs to.
        let free = said(body, "type").map(shown).as_deref() == Some("bool");
        if said(body, "type").is_none() || said(body, "description").is_none() || !(checked || free) {
            broken.push(format!("variable {name}: a type, a description and a validation, all three"));
        }
    }
    for output in blocks(configuration, "output") {
        if said(&output.body, "description").is_none() {
            broken.push(format!("output {}: a description", output.labels[0].as_str()));
        }
    }
    broken
}

#[test]
fn what_must_never_be_true_is_not() {
    assert_eq!(broken(&configuration()), Vec::<String>::new());
}

/// Every line of the table above must bite: each argument that it asks for is taken out of the real files, one at a time.
#[test]
fn every_promise_bites_when_its_argument_is_taken_away() {
    let whole = configuration();
    for (kind, path, _) in MUST {
        assert!(
            resources(&whole, kind).next().is_some(),
            "there is no {kind} any more; take its promise out"
        );
        let body: Body = whole
            .iter()
            .cloned()
            .map(|structure| match structure {
                hcl::Structure::Block(mut block)
                    if block.labels.first().is_some_and(|label| label.as_str() == kind) =>
                {
                    block.body = without(block.body, &path.split('.').collect::<Vec<_>>());
                    hcl::Structure::Block(block)
                }
                other => other,
            })
            .collect();
        let found = broken(&body);
        assert!(
            found.iter().any(|line| line.starts_with(kind) && line.contains(path)),
            "{kind} {path}: {found:?}"
        );
    }
}

fn without(body: Body, path: &[&str]) -> Body {
    body.into_iter()
        .filter_map(|structure| match structure {
            hcl::Structure::Attribute(attribute) if path == [attribute.key()] => None,
            hcl::Structure::Block(mut block) if path.len() > 1 && block.identifier() == path[0] => {
                block.body = without(block.body, &path[1..]);
                Some(hcl::Structure::Block(block))
            }
            other => Some(other),
        })
        .collect()
}

#[test]
fn a_secret_in_the_state_and_a_bare_variable_are_seen() {
    let found = broken(&parsed(
        "resource \"aws_ssm_parameter\" \"care\" {\n  type = \"String\"\n  value = \"x\"\n}\nvariable \"x\" {}\noutput \"y\" {}\n",
    ));
    assert_eq!(found.len(), 6, "{found:?}");
}

/// CloudFront says of files what the server says of pages.
#[test]
fn one_content_security_policy() {
    let server = text_of("functions/web/src/security.rs");
    let (_, rest) = server.split_once("const POLICY: &str = \"").expect("the server's policy");
    let (policy, _) = rest.split_once("\";").expect("its end");
    // A line that ends with a backslash goes on at the next word.
    let words: Vec<&str> = policy.split_whitespace().filter(|word| *word != "\\").collect();
    let configuration = configuration();
    let ours = blocks(&configuration, "locals")
        .find_map(|block| said(&block.body, "content_security_policy"))
        .expect("local.content_security_policy");
    let hcl::Expression::FuncCall(join) = ours else { panic!("joined from its parts") };
    let hcl::Expression::Array(parts) = &join.args[1] else { panic!("a list of parts") };
    let parts: Vec<&str> = parts.iter().map(|part| text(part).expect("a text")).collect();
    assert_eq!(words.join(" "), parts.join("; "));
}

/// Letters and cards carry their code in the path, so no log may hold one.
#[test]
fn no_log_holds_a_path() {
    let fields = text_of("infra/cdn.tf");
    let (_, rest) = fields.split_once("record_fields = [").expect("the access log's fields");
    let (fields, _) = rest.split_once(']').expect("their end");
    for path in ["uri", "Referer", "Cookie", "cs(Host)"] {
        assert!(!fields.contains(path), "the access log holds {path}");
    }
    let api = text_of("infra/api.tf");
    for path in ["$context.path", "rawPath", "resourcePath"] {
        assert!(!api.contains(path), "the API's log holds {path}");
    }
    // A balancer's logs hold whole addresses, and nobody can choose: it has none.
    let configuration = configuration();
    for (name, block) in resources(&configuration, "aws_lb") {
        for log in ["access_logs", "connection_logs"] {
            assert!(blocks(&block.body, log).next().is_none(), "aws_lb.{name} has {log}");
        }
    }
}
