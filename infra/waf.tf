# A brake on one address that asks too often (`waf_rate_limit`): before CloudFront or before the balancer.

resource "aws_wafv2_web_acl" "this" {
  #checkov:skip=CKV2_AWS_31:a log of blocked requests would hold addresses within the site, which carry codes
  #checkov:skip=CKV_AWS_192:the managed rules are for Java; nothing here is

  count = !local.http_api && var.waf_rate_limit != null ? 1 : 0

  # CloudFront's rules live there, whatever the region.
  region      = local.cloudfront ? "us-east-1" : var.region
  name        = var.name
  description = "One address may not ask without end."
  scope       = local.cloudfront ? "CLOUDFRONT" : "REGIONAL"

  default_action {
    allow {}
  }

  rule {
    name     = "rate"
    priority = 1

    action {
      block {}
    }

    statement {
      rate_based_statement {
        limit              = var.waf_rate_limit
        aggregate_key_type = "IP"
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "${var.name}-rate"
      # A sample shows whole requests, with codes and cookies.
      sampled_requests_enabled = false
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = var.name
    sampled_requests_enabled   = false
  }
}

# CloudFront names its rules itself; a balancer is named by this.
resource "aws_wafv2_web_acl_association" "balancer" {
  count = local.balancer && var.waf_rate_limit != null ? 1 : 0

  resource_arn = aws_lb.this[0].arn
  web_acl_arn  = aws_wafv2_web_acl.this[0].arn
}
