# An Application Load Balancer instead of CloudFront (`edge = "load_balancer"`): paid by the hour and by what goes
# through it, not by request, which at millions of households is the smaller bill; also for regions without CloudFront
# or Function URLs. `web` then serves the files too, from a layer. Its network is in network.tf.

resource "aws_lb" "this" {
  #checkov:skip=CKV_AWS_91:its access log can't leave out the path, and letters and cards carry their code in it
  #checkov:skip=CKV2_AWS_28:WAF is an option (`waf_rate_limit`)
  #checkov:skip=CKV2_AWS_76:the managed rules are for Java; nothing here is

  count = local.balancer ? 1 : 0

  name               = var.name
  internal           = false
  load_balancer_type = "application"
  ip_address_type    = "dualstack"
  subnets            = aws_subnet.public[*].id
  security_groups    = aws_security_group.balancer[*].id

  # Somebody who deletes it by a slip of the console changes the name that `domain` points to.
  enable_deletion_protection = true

  drop_invalid_header_fields = true
  # `strictest` would also turn away old phones and proxies that are only careless.
  desync_mitigation_mode = "defensive"

  depends_on = [aws_route.ipv4, aws_route.ipv6, aws_route_table_association.public]
}

resource "aws_lb_target_group" "web" {
  count = local.balancer ? 1 : 0

  name        = "${var.name}-web"
  target_type = "lambda"
  # Several cookies in one answer, several values of one name in a query.
  lambda_multi_value_headers_enabled = true
}

resource "aws_lb_target_group_attachment" "web" {
  count = local.balancer ? 1 : 0

  target_group_arn = aws_lb_target_group.web[0].arn
  target_id        = aws_lambda_function.this["web"].arn

  depends_on = [aws_lambda_permission.balancer]
}

resource "aws_lb_listener" "https" {
  count = local.balancer ? 1 : 0

  load_balancer_arn = aws_lb.this[0].arn
  port              = 443
  protocol          = "HTTPS"
  # TLS 1.3, and of 1.2 only what cannot be read later.
  ssl_policy      = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
  certificate_arn = var.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web[0].arn
  }
}

resource "aws_lb_listener" "http" {
  count = local.balancer ? 1 : 0

  load_balancer_arn = aws_lb.this[0].arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}
