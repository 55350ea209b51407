# What AWS would say, where a test reads it.

mock_data "aws_caller_identity" {
  defaults = {
    account_id = "123456789012"
  }
}

mock_data "aws_partition" {
  defaults = {
    partition = "aws"
  }
}

mock_data "aws_availability_zones" {
  defaults = {
    names = ["ap-east-1a", "ap-east-1b", "ap-east-1c"]
  }
}

mock_data "aws_cloudfront_cache_policy" {
  defaults = {
    id = "managed-caching-disabled"
  }
}

mock_resource "aws_cloudfront_response_headers_policy" {
  defaults = {
    id = "security"
  }
}

mock_resource "aws_lambda_function_url" {
  defaults = {
    function_url = "https://abcdefg.lambda-url.ap-east-1.on.aws/"
  }
}

mock_resource "aws_cloudfront_distribution" {
  defaults = {
    arn            = "arn:aws:cloudfront::123456789012:distribution/EXAMPLE"
    domain_name    = "d111111abcdef8.cloudfront.net"
    hosted_zone_id = "Z2FDTNDATAQYW2"
  }
}

mock_resource "aws_apigatewayv2_api" {
  defaults = {
    api_endpoint  = "https://abc.execute-api.ap-east-1.amazonaws.com"
    execution_arn = "arn:aws:execute-api:ap-east-1:123456789012:abc"
    id            = "abc"
  }
}

mock_resource "aws_vpc" {
  defaults = {
    ipv6_cidr_block = "2001:db8:1234:1a00::/56"
  }
}

mock_resource "aws_lb" {
  defaults = {
    arn        = "arn:aws:elasticloadbalancing:ap-east-1:123456789012:loadbalancer/app/last-metre/50dc6c495c0c9188"
    arn_suffix = "app/last-metre/50dc6c495c0c9188"
    dns_name   = "last-metre-123.ap-east-1.elb.amazonaws.com"
    zone_id    = "Z3DQVH9N71FHZ0"
  }
}

mock_resource "aws_lb_target_group" {
  defaults = {
    arn = "arn:aws:elasticloadbalancing:ap-east-1:123456789012:targetgroup/last-metre-web/943f017f100becff"
  }
}

mock_resource "aws_lambda_function" {
  defaults = {
    arn        = "arn:aws:lambda:ap-east-1:123456789012:function:example"
    invoke_arn = "arn:invoke"
  }
}

mock_resource "aws_cloudwatch_log_group" {
  defaults = {
    arn = "arn:aws:logs:ap-east-1:123456789012:log-group:example"
  }
}

mock_resource "aws_sns_topic" {
  defaults = {
    arn = "arn:aws:sns:ap-east-1:123456789012:example"
  }
}

mock_resource "aws_wafv2_web_acl" {
  defaults = {
    arn = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/example"
  }
}

mock_resource "aws_lambda_layer_version" {
  defaults = {
    arn = "arn:aws:lambda:ap-east-1:123456789012:layer:example:1"
  }
}

mock_resource "aws_cloudwatch_metric_alarm" {
  defaults = {
    arn = "arn:aws:cloudwatch:ap-east-1:123456789012:alarm:example"
  }
}

# Where two of a kind must be told apart.

override_resource {
  target = aws_kms_key.data
  values = {
    arn    = "arn:aws:kms:ap-east-1:123456789012:key/data"
    id     = "data"
    key_id = "data"
  }
}

override_resource {
  target = aws_kms_key.care
  values = {
    arn    = "arn:aws:kms:ap-east-1:123456789012:key/care"
    id     = "care"
    key_id = "care"
  }
}

override_resource {
  target = aws_dynamodb_table.main
  values = {
    arn        = "arn:aws:dynamodb:ap-east-1:123456789012:table/last-metre"
    stream_arn = "arn:aws:dynamodb:ap-east-1:123456789012:table/last-metre/stream/1"
  }
}

override_resource {
  target = aws_dynamodb_table.sessions
  values = {
    arn = "arn:aws:dynamodb:ap-east-1:123456789012:table/last-metre-sessions"
  }
}

override_resource {
  target = aws_ssm_parameter.care
  values = {
    arn = "arn:aws:ssm:ap-east-1:123456789012:parameter/last-metre/care"
  }
}

override_resource {
  target = aws_ssm_parameter.push
  values = {
    arn = "arn:aws:ssm:ap-east-1:123456789012:parameter/last-metre/push"
  }
}

override_resource {
  target = aws_ssm_parameter.origin
  values = {
    arn = "arn:aws:ssm:ap-east-1:123456789012:parameter/last-metre/origin"
  }
}

override_resource {
  target = aws_sqs_queue.dead["tally"]
  values = {
    arn = "arn:aws:sqs:ap-east-1:123456789012:last-metre-tally-dead"
    url = "https://sqs.ap-east-1.amazonaws.com/123456789012/last-metre-tally-dead"
  }
}

override_resource {
  target = aws_sqs_queue.dead["clock"]
  values = {
    arn = "arn:aws:sqs:ap-east-1:123456789012:last-metre-clock-dead"
    url = "https://sqs.ap-east-1.amazonaws.com/123456789012/last-metre-clock-dead"
  }
}

override_resource {
  target = aws_s3_bucket.assets
  values = {
    arn                         = "arn:aws:s3:::last-metre-assets-123456789012"
    id                          = "last-metre-assets-123456789012"
    bucket_regional_domain_name = "last-metre-assets-123456789012.s3.ap-east-1.amazonaws.com"
  }
}

override_resource {
  target = aws_s3_bucket.earlier
  values = {
    arn                         = "arn:aws:s3:::last-metre-earlier-123456789012"
    id                          = "last-metre-earlier-123456789012"
    bucket_regional_domain_name = "last-metre-earlier-123456789012.s3.ap-east-1.amazonaws.com"
  }
}
