# A balancer instead of CloudFront: one way in, encrypted, into a network in which there is nothing else.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

mock_provider "archive" {
  override_during = plan
}

variables {
  region          = "ap-east-1"
  alarm_email     = "duty@example.org"
  package_dir     = "tests/package"
  edge            = "load_balancer"
  domain          = "help.example.org"
  certificate_arn = "arn:aws:acm:ap-east-1:123456789012:certificate/abc"
}

run "a_balancer_instead" {
  command = plan

  assert {
    condition     = length(aws_cloudfront_distribution.this) + length(aws_s3_bucket.assets) + length(aws_s3_object.hashed) + length(aws_lambda_function_url.web) + length(aws_lambda_permission.function_url) + length(aws_apigatewayv2_api.this) + length(aws_ssm_parameter.origin) == 0
    error_message = "Neither CloudFront nor a Function URL nor a bucket nor an API."
  }

  assert {
    condition = (
      length(aws_lambda_function.this["web"].layers) == 1 && length(aws_lambda_function.this["tally"].layers) == 0 &&
      aws_lambda_function.this["web"].environment[0].variables.LM_SITE == "/opt" &&
      aws_lambda_function.this["web"].environment[0].variables.LM_ORIGIN_SECRETS == "off"
    )
    error_message = "`web` has the files in a layer."
  }

  assert {
    condition     = output.public_url == "https://help.example.org" && output.name_target == "last-metre-123.ap-east-1.elb.amazonaws.com" && output.assets_bucket == null
    error_message = "The address is the own name, and points to the balancer."
  }

  assert {
    condition     = length(aws_route53_record.own) + length(aws_wafv2_web_acl.this) + length(aws_wafv2_web_acl_association.balancer) == 0
    error_message = "Records and WAF are options."
  }
}

run "only_the_balancer_calls_web_and_it_sees_every_cookie" {
  command = plan

  assert {
    condition = (
      aws_lb_target_group.web[0].target_type == "lambda" &&
      aws_lb_target_group.web[0].lambda_multi_value_headers_enabled &&
      aws_lb_target_group_attachment.web[0].target_id == aws_lambda_function.this["web"].arn
    )
    error_message = "Its target is the function, with several headers of one name."
  }

  assert {
    condition = (
      aws_lambda_permission.balancer[0].principal == "elasticloadbalancing.amazonaws.com" &&
      aws_lambda_permission.balancer[0].action == "lambda:InvokeFunction" &&
      aws_lambda_permission.balancer[0].source_arn == aws_lb_target_group.web[0].arn
    )
    error_message = "And only this target group calls it."
  }
}

run "everything_is_encrypted_and_nothing_slips_through" {
  command = plan

  assert {
    condition     = aws_lb_listener.https[0].port == 443 && aws_lb_listener.https[0].certificate_arn == var.certificate_arn && startswith(aws_lb_listener.https[0].ssl_policy, "ELBSecurityPolicy-TLS13-1-2-")
    error_message = "TLS 1.2 and 1.3, with the own certificate."
  }

  assert {
    condition = (
      aws_lb_listener.http[0].port == 80 && aws_lb_listener.http[0].default_action[0].type == "redirect" &&
      aws_lb_listener.http[0].default_action[0].redirect[0].protocol == "HTTPS" && aws_lb_listener.http[0].default_action[0].redirect[0].status_code == "HTTP_301"
    )
    error_message = "Port 80 only sends on."
  }

  assert {
    condition     = aws_lb.this[0].drop_invalid_header_fields && aws_lb.this[0].desync_mitigation_mode == "defensive" && aws_lb.this[0].enable_deletion_protection && length(aws_lb.this[0].access_logs) == 0
    error_message = "No smuggled header, no slip, and no log of paths."
  }
}

run "a_network_with_nothing_in_it_but_the_balancer" {
  command = plan

  assert {
    condition     = aws_lb.this[0].ip_address_type == "dualstack" && !aws_lb.this[0].internal && aws_subnet.public[*].availability_zone == ["ap-east-1a", "ap-east-1b"]
    error_message = "By both kinds of address, in two zones."
  }

  assert {
    condition     = aws_subnet.public[*].cidr_block == ["10.0.0.0/24", "10.0.1.0/24"] && aws_subnet.public[*].ipv6_cidr_block == ["2001:db8:1234:1a00::/64", "2001:db8:1234:1a01::/64"]
    error_message = "With room to grow in each."
  }

  assert {
    condition     = toset([for rule in aws_vpc_security_group_ingress_rule.balancer : rule.from_port]) == toset([80, 443]) && alltrue([for rule in aws_vpc_security_group_ingress_rule.balancer : rule.from_port == rule.to_port && rule.ip_protocol == "tcp" && (rule.cidr_ipv4 == null) != (rule.cidr_ipv6 == null)]) && length(aws_vpc_security_group_ingress_rule.balancer) == 4
    error_message = "Two ports, for each kind of address."
  }

  assert {
    condition     = length(coalesce(aws_default_security_group.this[0].ingress, [])) + length(coalesce(aws_default_security_group.this[0].egress, [])) == 0
    error_message = "The group that comes with the network is closed."
  }
}

run "who_is_on_duty_sees_the_balancer" {
  command = plan

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.this["web-5xx"].namespace == "AWS/ApplicationELB" &&
      aws_cloudwatch_metric_alarm.this["web-5xx"].metric_name == "HTTPCode_Target_5XX_Count" &&
      aws_cloudwatch_metric_alarm.this["web-5xx"].dimensions == tomap({ LoadBalancer = "app/last-metre/50dc6c495c0c9188" })
    )
    error_message = "What `web` answers with 5xx the balancer counts as its target's."
  }

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.balancer_5xx[0].metric_name == "HTTPCode_ELB_5XX_Count" &&
      aws_cloudwatch_metric_alarm.balancer_5xx[0].dimensions == tomap({ LoadBalancer = "app/last-metre/50dc6c495c0c9188" }) &&
      contains(aws_cloudwatch_metric_alarm.balancer_5xx[0].alarm_actions, aws_sns_topic.alarms.arn)
    )
    error_message = "What it answers by itself rings apart."
  }

  assert {
    condition     = strcontains(aws_cloudwatch_dashboard.this.dashboard_body, "HTTPCode_ELB_5XX_Count") && strcontains(aws_cloudwatch_dashboard.this.dashboard_body, "HTTPCode_Target_5XX_Count") && !strcontains(aws_cloudwatch_dashboard.this.dashboard_body, "Url5xxCount")
    error_message = "The dashboard shows both."
  }
}

run "own_records_and_a_brake" {
  command = plan

  variables {
    zone_id        = "Z123"
    waf_rate_limit = 5000
  }

  assert {
    condition     = keys(aws_route53_record.own) == ["A", "AAAA"] && aws_route53_record.own["AAAA"].alias[0].name == aws_lb.this[0].dns_name
    error_message = "The name leads to it by both kinds of address."
  }

  assert {
    condition     = aws_wafv2_web_acl.this[0].scope == "REGIONAL" && aws_wafv2_web_acl.this[0].region == "ap-east-1" && aws_wafv2_web_acl_association.balancer[0].resource_arn == aws_lb.this[0].arn
    error_message = "WAF of the region stands before it."
  }
}
