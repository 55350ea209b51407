# CloudFront: files from S3, everything else from `web` and never cached. One distribution, so that a phone sees one
# origin. Made with `edge = "cloudfront"` only.

data "aws_cloudfront_cache_policy" "never" {
  count = local.cloudfront ? 1 : 0
  name  = "Managed-CachingDisabled"
}

# Everything the phone sent, except the name it called: the Function URL answers only to its own.
data "aws_cloudfront_origin_request_policy" "all" {
  count = local.cloudfront ? 1 : 0
  name  = "Managed-AllViewerExceptHostHeader"
}

# By the path alone: no cookie, header or query gets near the cache, so nothing signed in can be kept in it.
resource "aws_cloudfront_cache_policy" "files" {
  count = local.cloudfront ? 1 : 0

  name        = "${var.name}-files"
  comment     = "Files by their path."
  min_ttl     = 0
  default_ttl = 0
  max_ttl     = 31536000

  parameters_in_cache_key_and_forwarded_to_origin {
    # The viewer function has chosen the brotli form already.
    enable_accept_encoding_brotli = false
    enable_accept_encoding_gzip   = false

    cookies_config {
      cookie_behavior = "none"
    }

    headers_config {
      header_behavior = "none"
    }

    query_strings_config {
      query_string_behavior = "none"
    }
  }
}

resource "aws_cloudfront_function" "brotli" {
  count = local.cloudfront ? 1 : 0

  name    = "${var.name}-brotli"
  comment = "Asks for the brotli form of a file where the phone reads it."
  runtime = "cloudfront-js-2.0"
  publish = true
  code    = templatefile("${path.module}/brotli.js", { kinds = join("|", local.packed_kinds) })
}

# The same as `functions/web/src/security.rs` says for pages; a test compares the two. What `web` says itself stays.
resource "aws_cloudfront_response_headers_policy" "security" {
  #checkov:skip=CKV_AWS_259:a year, as `web` says it; other hosts of the domain and preload lists are their owner's to decide

  count = local.cloudfront ? 1 : 0

  name    = "${var.name}-security"
  comment = "For files, and for answers that CloudFront gives by itself."

  security_headers_config {
    content_security_policy {
      content_security_policy = local.content_security_policy
      override                = false
    }

    content_type_options {
      override = true
    }

    frame_options {
      frame_option = "DENY"
      override     = false
    }

    referrer_policy {
      referrer_policy = "same-origin"
      override        = false
    }

    strict_transport_security {
      access_control_max_age_sec = 31536000
      override                   = false
    }
  }

  custom_headers_config {
    items {
      header   = "cross-origin-resource-policy"
      value    = "same-origin"
      override = false
    }

    items {
      header   = "permissions-policy"
      value    = "camera=(self), geolocation=(), microphone=(), payment=()"
      override = false
    }
  }
}

locals {
  content_security_policy = join("; ", [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ])

  # Everything that lies in S3: hashed files, icons, and the scripts, manifest and picture at the top.
  file_paths = local.cloudfront ? ["/pkg/*", "/icons/*", "/screenshots/*", "/*.js", "/manifest.webmanifest", "/favicon.svg", local.no_answer] : []

  # What `web` says itself (404, 500, 503) goes through as it is. These two are CloudFront's own: the function broke off
  # or took too long. The status stays, so that no phone takes the page for an answer.
  no_answer      = "/no-answer.html"
  not_from_web   = [502, 504]
  errors_by_path = [403, 404, 500, 501, 502, 503, 504]
}

resource "aws_cloudfront_origin_access_control" "assets" {
  count = local.cloudfront ? 1 : 0

  name                              = "${var.name}-assets"
  description                       = "Signs what is read from the two buckets."
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_lambda_function_url" "web" {
  #checkov:skip=CKV_AWS_258:signatures would break forms posted without script; the secret header guards it (permissions.tf)

  count = local.cloudfront ? 1 : 0

  function_name      = aws_lambda_function.this["web"].function_name
  authorization_type = "NONE"
  invoke_mode        = "BUFFERED"
}

resource "aws_cloudfront_distribution" "this" {
  #checkov:skip=CKV_AWS_86:access logs are an option (`access_log_days`), by the newer delivery below
  #checkov:skip=CKV_AWS_68:WAF is an option (`waf_rate_limit`): it costs more than everything else of a small place
  #checkov:skip=CKV2_AWS_47:the managed rules are for Java; nothing here is
  #checkov:skip=CKV_AWS_174:CloudFront's own certificate takes no choice of versions; with an own domain it is TLS 1.2 of 2021
  #checkov:skip=CKV2_AWS_42:own domain and certificate are an option
  #checkov:skip=CKV_AWS_305:`/` is a page of `web`, not a file
  #checkov:skip=CKV_AWS_310:files fail over to the earlier releases; pages have one origin, and a second would need a second table
  #checkov:skip=CKV_AWS_374:people may be away and help from abroad

  count = local.cloudfront ? 1 : 0

  comment         = var.name
  enabled         = true
  is_ipv6_enabled = true
  http_version    = "http2and3"
  # Europe, the Americas and Asia; leaves out only what costs most.
  price_class = "PriceClass_200"
  aliases     = var.domain == null ? [] : [var.domain]
  web_acl_id  = one(aws_wafv2_web_acl.this[*].arn)

  origin {
    origin_id   = "web"
    domain_name = trimsuffix(trimprefix(aws_lambda_function_url.web[0].function_url, "https://"), "/")

    custom_header {
      name  = "x-origin-secret"
      value = local.origin_current
    }

    custom_origin_config {
      http_port                = 80
      https_port               = 443
      origin_protocol_policy   = "https-only"
      origin_ssl_protocols     = ["TLSv1.2"]
      origin_read_timeout      = 30
      origin_keepalive_timeout = 60
    }
  }

  origin {
    origin_id                = "assets"
    domain_name              = aws_s3_bucket.assets[0].bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.assets[0].id
  }

  origin {
    origin_id                = "earlier"
    domain_name              = aws_s3_bucket.earlier[0].bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.assets[0].id
  }

  origin_group {
    origin_id = "files"

    failover_criteria {
      # S3 says 403 for what isn't there to whoever may not list.
      status_codes = [403, 404]
    }

    member {
      origin_id = "assets"
    }

    member {
      origin_id = "earlier"
    }
  }

  default_cache_behavior {
    target_origin_id           = "web"
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = data.aws_cloudfront_cache_policy.never[0].id
    origin_request_policy_id   = data.aws_cloudfront_origin_request_policy.all[0].id
    response_headers_policy_id = aws_cloudfront_response_headers_policy.security[0].id
    # `web` packs its pages itself.
    compress = false
  }

  dynamic "ordered_cache_behavior" {
    for_each = local.file_paths

    content {
      path_pattern               = ordered_cache_behavior.value
      target_origin_id           = "files"
      viewer_protocol_policy     = "redirect-to-https"
      allowed_methods            = ["GET", "HEAD"]
      cached_methods             = ["GET", "HEAD"]
      cache_policy_id            = aws_cloudfront_cache_policy.files[0].id
      response_headers_policy_id = aws_cloudfront_response_headers_policy.security[0].id
      compress                   = false

      function_association {
        event_type   = "viewer-request"
        function_arn = aws_cloudfront_function.brotli[0].arn
      }
    }
  }

  # An error belongs to one reader and one moment: without this CloudFront gives it to everybody for ten seconds.
  dynamic "custom_error_response" {
    for_each = local.errors_by_path

    content {
      error_code            = custom_error_response.value
      error_caching_min_ttl = 0
      response_code         = contains(local.not_from_web, custom_error_response.value) ? custom_error_response.value : null
      response_page_path    = contains(local.not_from_web, custom_error_response.value) ? local.no_answer : null
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = var.domain == null
    acm_certificate_arn            = var.certificate_arn
    minimum_protocol_version       = var.domain == null ? null : "TLSv1.2_2021"
    ssl_support_method             = var.domain == null ? null : "sni-only"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  depends_on = [aws_lambda_permission.function_url, aws_lambda_permission.function_by_url]
}

# ---- access logs: when, what kind, how long; never which address within the site ----

locals {
  access_logs = local.cloudfront && var.access_log_days != null
}

resource "aws_cloudwatch_log_group" "access" {
  #checkov:skip=CKV_AWS_338:kept for `access_log_days`, as short as the operator needs

  count = local.access_logs ? 1 : 0

  # Deliveries of CloudFront's logs start in us-east-1, and AWS encrypts them with its own key.
  #checkov:skip=CKV_AWS_158:the data key lives in another region; nothing in these lines names a person
  region            = "us-east-1"
  name              = "/aws/vendedlogs/cloudfront/${var.name}"
  retention_in_days = var.access_log_days
}

resource "aws_cloudwatch_log_delivery_source" "access" {
  count = local.access_logs ? 1 : 0

  region       = "us-east-1"
  name         = "${var.name}-access"
  log_type     = "ACCESS_LOGS"
  resource_arn = aws_cloudfront_distribution.this[0].arn
}

resource "aws_cloudwatch_log_delivery_destination" "access" {
  count = local.access_logs ? 1 : 0

  region        = "us-east-1"
  name          = "${var.name}-access"
  output_format = "json"

  delivery_destination_configuration {
    destination_resource_arn = aws_cloudwatch_log_group.access[0].arn
  }
}

resource "aws_cloudwatch_log_delivery" "access" {
  count = local.access_logs ? 1 : 0

  region                   = "us-east-1"
  delivery_source_name     = aws_cloudwatch_log_delivery_source.access[0].name
  delivery_destination_arn = aws_cloudwatch_log_delivery_destination.access[0].arn

  # No `cs-uri-stem`, `cs-uri-query`, `cs(Referer)`, `cs(Cookie)`: letters and cards carry their code in the path.
  record_fields = [
    "date", "time", "x-edge-location", "sc-bytes", "c-ip", "cs-method", "sc-status", "x-edge-result-type",
    "x-edge-request-id", "cs-protocol", "time-taken", "ssl-protocol", "cs-protocol-version", "time-to-first-byte",
  ]
}
