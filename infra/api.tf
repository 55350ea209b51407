# An HTTP API instead of CloudFront and a Function URL, for a small place in a region that has neither
# (`edge = "http_api"`). `web` then serves the files too, from a layer. Without CloudFront's cache every phone's files
# come through the function: some 100 KB once for each phone and release.

resource "aws_apigatewayv2_api" "this" {
  count = local.http_api ? 1 : 0

  name          = var.name
  description   = "Last Metre"
  protocol_type = "HTTP"
  # With an own name there is one way in.
  disable_execute_api_endpoint = var.domain != null
}

resource "aws_apigatewayv2_integration" "web" {
  count = local.http_api ? 1 : 0

  api_id                 = aws_apigatewayv2_api.this[0].id
  integration_type       = "AWS_PROXY"
  integration_method     = "POST"
  integration_uri        = aws_lambda_function.this["web"].invoke_arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 25000
}

# Who may do what is decided by `web`, for every route.
resource "aws_apigatewayv2_route" "all" {
  count = local.http_api ? 1 : 0

  #checkov:skip=CKV_AWS_309:pages are for everybody; `web` checks the right of each route
  api_id             = aws_apigatewayv2_api.this[0].id
  route_key          = "$default"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.web[0].id}"
}

resource "aws_cloudwatch_log_group" "api" {
  count = local.http_api ? 1 : 0

  #checkov:skip=CKV_AWS_338:kept as long as the functions' own logs
  name              = "/aws/apigateway/${var.name}"
  retention_in_days = var.log_days
  kms_key_id        = aws_kms_key.data.arn
}

resource "aws_apigatewayv2_stage" "this" {
  count = local.http_api ? 1 : 0

  api_id      = aws_apigatewayv2_api.this[0].id
  name        = "$default"
  auto_deploy = true

  # No path: letters and cards carry their code in it.
  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.api[0].arn
    format = jsonencode({
      at      = "$context.requestTime"
      id      = "$context.requestId"
      method  = "$context.httpMethod"
      status  = "$context.status"
      ms      = "$context.responseLatency"
      problem = "$context.integrationErrorMessage"
    })
  }

  default_route_settings {
    throttling_burst_limit = 2000
    throttling_rate_limit  = 2000
  }
}

resource "aws_apigatewayv2_domain_name" "this" {
  count = local.http_api && var.domain != null ? 1 : 0

  domain_name = var.domain

  domain_name_configuration {
    certificate_arn = var.certificate_arn
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }
}

resource "aws_apigatewayv2_api_mapping" "this" {
  count = local.http_api && var.domain != null ? 1 : 0

  api_id      = aws_apigatewayv2_api.this[0].id
  domain_name = aws_apigatewayv2_domain_name.this[0].id
  stage       = aws_apigatewayv2_stage.this[0].id
}
