# How phones reach it: nothing public but what must be, nothing signed in ever cached.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

mock_provider "archive" {
  override_during = plan
}

variables {
  region      = "ap-east-1"
  alarm_email = "duty@example.org"
  package_dir = "tests/package"
}

run "no_bucket_is_public" {
  command = plan

  assert {
    condition     = keys(aws_s3_bucket_public_access_block.assets) == ["assets", "earlier"] && length(aws_s3_bucket.assets) + length(aws_s3_bucket.earlier) == 2
    error_message = "Every bucket has its block."
  }

  assert {
    condition = alltrue([
      for block in aws_s3_bucket_public_access_block.assets :
      block.block_public_acls && block.block_public_policy && block.ignore_public_acls && block.restrict_public_buckets
    ])
    error_message = "And the block is whole."
  }

  assert {
    condition = alltrue(flatten([
      for policy in aws_s3_bucket_policy.assets : [
        for statement in jsondecode(policy.policy).Statement :
        statement.Effect == "Deny" || try(
          statement.Principal.Service == "cloudfront.amazonaws.com" && statement.Condition.StringEquals["aws:SourceArn"] == aws_cloudfront_distribution.this[0].arn,
          false,
        )
      ]
    ]))
    error_message = "Only this distribution reads."
  }
}

run "pages_are_never_cached" {
  command = plan

  assert {
    condition     = aws_cloudfront_distribution.this[0].default_cache_behavior[0].cache_policy_id == "managed-caching-disabled"
    error_message = "What `web` answers is never cached."
  }

  assert {
    condition = alltrue([
      for behaviour in aws_cloudfront_distribution.this[0].ordered_cache_behavior : behaviour.target_origin_id == "files"
    ])
    error_message = "What is cached comes from the buckets, never from `web`."
  }

  assert {
    condition     = aws_cloudfront_cache_policy.files[0].parameters_in_cache_key_and_forwarded_to_origin[0].cookies_config[0].cookie_behavior == "none"
    error_message = "No cookie gets near the cache."
  }

  assert {
    condition     = alltrue([for behaviour in concat(aws_cloudfront_distribution.this[0].default_cache_behavior, aws_cloudfront_distribution.this[0].ordered_cache_behavior) : behaviour.viewer_protocol_policy == "redirect-to-https" && behaviour.response_headers_policy_id != null])
    error_message = "Encrypted, with security headers, everywhere."
  }
}

run "who_gets_no_answer_gets_a_page_and_no_phone_takes_it_for_one" {
  command = plan

  assert {
    condition = alltrue([
      for error in aws_cloudfront_distribution.this[0].custom_error_response :
      error.error_caching_min_ttl == 0 && (error.response_page_path == null || error.response_code == error.error_code)
    ])
    error_message = "No error is kept for others, and none becomes a success."
  }

  assert {
    condition = toset([
      for error in aws_cloudfront_distribution.this[0].custom_error_response : error.error_code if error.response_page_path == "/no-answer.html"
    ]) == toset([502, 504])
    error_message = "A function that broke off or took too long."
  }

  assert {
    condition     = aws_s3_object.named["no-answer.html"].content_type == "text/html; charset=utf-8"
    error_message = "The page is in the bucket."
  }

  assert {
    condition     = contains([for behaviour in aws_cloudfront_distribution.this[0].ordered_cache_behavior : behaviour.path_pattern], "/no-answer.html")
    error_message = "And CloudFront looks for it there."
  }
}

run "the_function_url_answers_only_cloudfront" {
  command = plan

  assert {
    condition     = one([for origin in aws_cloudfront_distribution.this[0].origin : origin.custom_header[0].name if origin.origin_id == "web"]) == "x-origin-secret"
    error_message = "CloudFront brings the secret."
  }

  assert {
    condition     = one([for origin in aws_cloudfront_distribution.this[0].origin : origin.domain_name if origin.origin_id == "web"]) == "abcdefg.lambda-url.ap-east-1.on.aws"
    error_message = "The origin is the Function URL's host."
  }

  assert {
    condition     = aws_lambda_function.this["web"].environment[0].variables.LM_ORIGIN_SECRETS_PARAMETER == "/last-metre/origin" && !contains(keys(aws_lambda_function.this["web"].environment[0].variables), "LM_ORIGIN_SECRETS")
    error_message = "`web` asks for it."
  }

  assert {
    condition = (
      aws_lambda_permission.function_url[0].action == "lambda:InvokeFunctionUrl" &&
      aws_lambda_permission.function_url[0].function_url_auth_type == "NONE" &&
      aws_lambda_permission.function_by_url[0].action == "lambda:InvokeFunction" &&
      aws_lambda_permission.function_by_url[0].invoked_via_function_url
    )
    error_message = "Function URLs made since October 2025 need both, and the second only by the URL."
  }
}

run "files_are_uploaded_with_what_a_browser_needs" {
  command = plan

  assert {
    condition     = alltrue([for object in aws_s3_object.hashed : object.cache_control == "public, max-age=31536000, immutable"]) && alltrue([for file, object in aws_s3_object.named : object.cache_control == (trimsuffix(file, ".br") == "sw.js" ? "max-age=86400, s-maxage=60" : "no-cache")])
    error_message = "Hashed names are kept for a year, the others asked for again."
  }

  assert {
    condition = (
      aws_s3_object.hashed["pkg/resident.0123456789ab.wasm.br"].content_type == "application/wasm" &&
      aws_s3_object.hashed["pkg/resident.0123456789ab.wasm.br"].content_encoding == "br" &&
      aws_s3_object.hashed["pkg/resident.0123456789ab.wasm"].content_encoding == null &&
      aws_s3_object.hashed["pkg/resident.0123456789ab.pack.br"].content_type == "application/octet-stream" &&
      aws_s3_object.hashed["pkg/resident.0123456789ab.pack.br"].content_encoding == "br" &&
      aws_s3_object.named["icons/icon-192.png"].content_type == "image/png"
    )
    error_message = "Type and encoding are those of the file."
  }

  assert {
    condition     = !anytrue([for key in concat(keys(aws_s3_object.hashed), keys(aws_s3_object.named)) : endswith(key, ".gz") || endswith(key, ".json") || startswith(key, "assets.")])
    error_message = "Manifests and gzip forms stay here."
  }

  assert {
    condition     = aws_s3_bucket_replication_configuration.assets[0].rule[0].delete_marker_replication[0].status == "Disabled" && aws_s3_bucket_lifecycle_configuration.assets["earlier"].rule[2].expiration[0].days >= 60
    error_message = "A file outlives its release in the second bucket."
  }
}

run "a_rotated_secret_leaves_the_one_before_accepted" {
  command = plan

  variables {
    origin_secret_generation = 2
  }

  assert {
    condition     = random_password.origin["odd"].keepers.made == "1" && random_password.origin["even"].keepers.made == "1"
    error_message = "Generation 2 makes the even one anew (it was made 0 times before) and leaves the odd one."
  }

  assert {
    condition     = local.origin_turn == "even"
    error_message = "And CloudFront sends the even one."
  }
}

run "own_name" {
  command = plan

  variables {
    domain          = "help.example.org"
    certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/abc"
    zone_id         = "Z123"
    waf_rate_limit  = 5000
  }

  assert {
    condition     = output.public_url == "https://help.example.org" && aws_lambda_function.this["web"].environment[0].variables.LM_PUBLIC_URL == "https://help.example.org"
    error_message = "The address is the own name."
  }

  assert {
    condition     = aws_cloudfront_distribution.this[0].viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021" && keys(aws_route53_record.own) == ["A", "AAAA"]
    error_message = "With its certificate and its records."
  }

  assert {
    condition     = alltrue([for record in aws_route53_record.own : record.alias[0].name == "d111111abcdef8.cloudfront.net" && record.alias[0].zone_id == "Z2FDTNDATAQYW2"])
    error_message = "Which lead to CloudFront."
  }

  assert {
    condition     = aws_wafv2_web_acl.this[0].region == "us-east-1" && aws_cloudfront_distribution.this[0].web_acl_id == aws_wafv2_web_acl.this[0].arn
    error_message = "WAF stands before it."
  }
}

run "an_http_api_instead" {
  command = plan

  variables {
    edge = "http_api"
  }

  assert {
    condition     = length(aws_cloudfront_distribution.this) + length(aws_s3_bucket.assets) + length(aws_s3_object.hashed) + length(aws_lambda_function_url.web) + length(aws_lambda_permission.function_url) + length(aws_lb.this) + length(aws_vpc.this) == 0
    error_message = "Neither CloudFront nor a Function URL nor a bucket, and no balancer."
  }

  assert {
    condition     = length(aws_lambda_function.this["web"].layers) == 1 && length(aws_lambda_function.this["tally"].layers) == 0
    error_message = "`web` has the files in a layer."
  }

  assert {
    condition     = aws_lambda_function.this["web"].environment[0].variables.LM_PUBLIC_URL == "https://abc.execute-api.ap-east-1.amazonaws.com" && aws_lambda_function.this["web"].environment[0].variables.LM_SITE == "/opt"
    error_message = "And knows where they and itself are."
  }

  assert {
    condition     = aws_apigatewayv2_integration.web[0].payload_format_version == "2.0" && aws_apigatewayv2_stage.this[0].default_route_settings[0].throttling_rate_limit > 0 && !strcontains(aws_apigatewayv2_stage.this[0].access_log_settings[0].format, "ath")
    error_message = "The same events, a limit, and no path in the log."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["web-5xx"].namespace == "AWS/ApiGateway" && aws_cloudwatch_metric_alarm.this["web-5xx"].dimensions == tomap({ ApiId = "abc" })
    error_message = "Its answers are watched where they are counted."
  }
}

run "an_http_api_with_an_own_name" {
  command = plan

  variables {
    edge            = "http_api"
    domain          = "help.example.org"
    certificate_arn = "arn:aws:acm:ap-east-1:123456789012:certificate/abc"
    zone_id         = "Z123"
  }

  assert {
    condition     = keys(aws_route53_record.own) == ["A"] && output.public_url == "https://help.example.org" && aws_apigatewayv2_api.this[0].disable_execute_api_endpoint
    error_message = "One way in, by its own name."
  }
}
