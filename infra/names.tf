# Where `domain` leads. One record for every `edge`, so that a change of it moves the name instead of asking for another
# of the same.

locals {
  way_in = {
    cloudfront = {
      name    = one(aws_cloudfront_distribution.this[*].domain_name)
      zone_id = one(aws_cloudfront_distribution.this[*].hosted_zone_id)
    }
    load_balancer = {
      name    = one(aws_lb.this[*].dns_name)
      zone_id = one(aws_lb.this[*].zone_id)
    }
    http_api = {
      name    = one(flatten(aws_apigatewayv2_domain_name.this[*].domain_name_configuration[*].target_domain_name))
      zone_id = one(flatten(aws_apigatewayv2_domain_name.this[*].domain_name_configuration[*].hosted_zone_id))
    }
  }[var.edge]
}

resource "aws_route53_record" "own" {
  # An HTTP API has addresses of the older kind only.
  for_each = toset(var.zone_id == null ? [] : local.http_api ? ["A"] : ["A", "AAAA"])

  zone_id = var.zone_id
  name    = var.domain
  type    = each.key

  alias {
    name                   = local.way_in.name
    zone_id                = local.way_in.zone_id
    evaluate_target_health = false
  }
}
