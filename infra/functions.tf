# The three functions, their logs, and what starts `tally`. functions/README.md says
# what each variable of their environment means.

locals {
  functions = {
    web = {
      does        = "Pages and facts."
      timeout     = 20
      memory      = var.memory.web
      reserved    = var.reserved_concurrency.web
      environment = local.web_environment
    }
    tally = {
      does        = "Totals, boards and push, from the main table's changes."
      timeout     = 60
      memory      = var.memory.tally
      reserved    = var.reserved_concurrency.tally
      environment = local.tally_environment
    }
    clock = {
      does        = "Windows, deadlines and what recurs, every minute."
      timeout     = 60
      memory      = var.memory.clock
      reserved    = var.reserved_concurrency.clock
      environment = local.clock_environment
    }
  }

  function_names = { for key in ["web", "tally", "clock"] : key => "${var.name}-${key}" }

  log_group_names = { for key, name in local.function_names : key => "/aws/lambda/${name}" }
  log_group_arns = {
    for key, group in merge(local.log_group_names, local.http_api ? { api = "/aws/apigateway/${var.name}" } : {}) :
    key => "arn:${local.partition}:logs:${var.region}:${local.account}:log-group:${group}"
  }

  # Changes whenever a secret does, so that no warm copy goes on with an old one.
  secrets_version = "${var.care_keys}.${var.push_key_generation}.${var.origin_secret_generation}"

  named_by_cloudfront = local.cloudfront && var.domain == null
  public_url = (
    var.domain != null ? "https://${var.domain}" :
    local.cloudfront ? "https://${aws_cloudfront_distribution.this[0].domain_name}" :
    aws_apigatewayv2_api.this[0].api_endpoint
  )

  # Named by CloudFront, the address would make a circle: function, its URL, CloudFront, its name, function. So it stands
  # in a parameter, which is named here and not referred to.
  public_url_parameters = local.named_by_cloudfront ? ["/${var.name}/public-url"] : []
  public_url_environment = (
    local.named_by_cloudfront
    ? { LM_PUBLIC_URL_PARAMETER = one(local.public_url_parameters) }
    : { LM_PUBLIC_URL = var.domain != null ? "https://${var.domain}" : one(aws_apigatewayv2_api.this[*].api_endpoint) }
  )

  shared_environment = {
    LM_TABLE           = aws_dynamodb_table.main.name
    LM_SECRETS_VERSION = local.secrets_version
    RUST_LOG           = var.log_level
  }

  web_environment = merge(
    local.shared_environment,
    local.public_url_environment,
    {
      LM_SESSIONS_TABLE      = aws_dynamodb_table.sessions.name
      LM_COMMUNITY           = var.community
      LM_CARE_KEYS_PARAMETER = join(",", [for name in local.care_key_names : aws_ssm_parameter.care[name].name])
      LM_PUSH_KEY_PARAMETER  = aws_ssm_parameter.push.name
    },
    # Without CloudFront there is nobody who could add a secret, and the files come from a layer.
    local.serves_files
    ? { LM_ORIGIN_SECRETS = "off", LM_SITE = "/opt" }
    : { LM_ORIGIN_SECRETS_PARAMETER = aws_ssm_parameter.origin[0].name },
  )

  tally_environment = merge(
    local.shared_environment,
    local.public_url_environment,
    {
      LM_PUSH_KEY_PARAMETER = aws_ssm_parameter.push.name
      LM_DEAD_LETTERS       = aws_sqs_queue.dead["tally"].url
    },
  )

  clock_environment = local.shared_environment
}

resource "aws_cloudwatch_log_group" "function" {
  #checkov:skip=CKV_AWS_338:a year of logs is a year of who was where; `log_days` says how long is needed

  for_each = local.log_group_names

  name              = each.value
  retention_in_days = var.log_days
  kms_key_id        = aws_kms_key.data.arn
}

resource "aws_lambda_function" "this" {
  #checkov:skip=CKV_AWS_117:DynamoDB and push services are reached over TLS; a VPC would add a NAT and cold-start time
  #checkov:skip=CKV_AWS_116:dead letters are on the stream, the schedule and the asynchronous calls below; `web` is called synchronously
  #checkov:skip=CKV_AWS_115:reserved concurrency is off by default, since a new account may reserve none (`reserved_concurrency`)
  #checkov:skip=CKV_AWS_272:packages are built and applied by the same operator; code signing needs a signing profile of another party
  #checkov:skip=CKV_AWS_173:the environment holds no secret, only where secrets are
  #checkov:skip=CKV_AWS_50:tracing is an option (`tracing`)

  for_each = local.functions

  function_name = local.function_names[each.key]
  description   = each.value.does
  role          = aws_iam_role.function[each.key].arn

  architectures = ["arm64"]
  runtime       = "provided.al2023"
  handler       = "bootstrap"

  filename         = "${var.package_dir}/${each.key}.zip"
  source_code_hash = filebase64sha256("${var.package_dir}/${each.key}.zip")
  layers           = each.key == "web" ? aws_lambda_layer_version.site[*].arn : []

  memory_size                    = each.value.memory
  timeout                        = each.value.timeout
  reserved_concurrent_executions = each.value.reserved

  environment {
    variables = each.value.environment
  }

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.function[each.key].name
    # Lambda's own lines of each call say what its metrics say, and are paid for; of calls that failed they stay.
    system_log_level = "WARN"
    # What the function writes arrives: `log_level` decides in the function itself.
    application_log_level = "DEBUG"
  }

  tracing_config {
    mode = var.tracing ? "Active" : "PassThrough"
  }

  # Rights, secrets and the files a page names are there before the first request.
  depends_on = [
    aws_iam_role_policy.function,
    aws_ssm_service_setting.many_reads,
    aws_s3_object.hashed,
  ]
}

# ---- the main table's changes, to `tally` ----

resource "aws_lambda_event_source_mapping" "tally" {
  function_name     = aws_lambda_function.this["tally"].arn
  event_source_arn  = aws_dynamodb_table.main.stream_arn
  starting_position = "TRIM_HORIZON"

  # What expires is nothing new: removals are not told.
  filter_criteria {
    filter {
      pattern = jsonencode({ eventName = ["INSERT", "MODIFY"] })
    }
  }

  batch_size                         = 100
  maximum_batching_window_in_seconds = 2

  # `tally` puts aside by itself what it cannot read; what fails here is something that passes, such as a throttled table.
  function_response_types        = ["ReportBatchItemFailures"]
  bisect_batch_on_function_error = true
  maximum_retry_attempts         = 10
  maximum_record_age_in_seconds  = 86400

  destination_config {
    on_failure {
      destination_arn = aws_sqs_queue.dead["tally"].arn
    }
  }

  depends_on = [aws_iam_role_policy.function]
}

# ---- what could not be done ----

resource "aws_sqs_queue" "dead" {
  for_each = toset(["tally", "clock"])

  name                       = "${var.name}-${each.key}-dead"
  message_retention_seconds  = 1209600
  visibility_timeout_seconds = 300
  sqs_managed_sse_enabled    = true
}

resource "aws_sqs_queue_policy" "dead" {
  for_each = aws_sqs_queue.dead

  queue_url = each.value.url

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyEncryptedConnections"
      Effect    = "Deny"
      Principal = { AWS = "*" }
      Action    = ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"]
      Resource  = each.value.arn
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

# `clock` is called asynchronously: what fails twice goes to its queue. It is safe to run late or twice.
resource "aws_lambda_function_event_invoke_config" "clock" {
  function_name                = aws_lambda_function.this["clock"].function_name
  maximum_event_age_in_seconds = 300
  maximum_retry_attempts       = 2

  destination_config {
    on_failure {
      destination = aws_sqs_queue.dead["clock"].arn
    }
  }
}

# ---- the site as a layer, where no CloudFront serves it ----

data "archive_file" "site" {
  count = local.serves_files ? 1 : 0

  type        = "zip"
  source_dir  = local.assets_dir
  output_path = "${path.root}/.terraform/site.zip"
}

resource "aws_lambda_layer_version" "site" {
  count = local.serves_files ? 1 : 0

  layer_name               = "${var.name}-site"
  description              = "What phones download besides pages."
  filename                 = data.archive_file.site[0].output_path
  source_code_hash         = data.archive_file.site[0].output_base64sha256
  compatible_architectures = ["arm64"]
  compatible_runtimes      = ["provided.al2023"]
}
