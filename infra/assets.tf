# What phones download besides pages, in S3. Names below `pkg/` carry the hash of their content and never change; an
# apply uploads them before the function that names them. S3 copies each to a second bucket, where it outlives its
# release: a phone whose page is older than the deploy still finds everything it asks for (CloudFront looks there next).

locals {
  assets_dir = "${var.package_dir}/assets"

  # Not for phones: the manifests, which `web` has beside it, and the gzip forms, which no browser since 2017 needs.
  assets = {
    for file in fileset(local.assets_dir, "**") : file => trimsuffix(file, ".br")
    if local.cloudfront && !endswith(file, ".gz") && !contains(["assets.json", "releases.json"], trimsuffix(file, ".br"))
  }

  media_types = {
    css         = "text/css; charset=utf-8"
    html        = "text/html; charset=utf-8"
    ico         = "image/x-icon"
    jpg         = "image/jpeg"
    js          = "text/javascript; charset=utf-8"
    json        = "application/json"
    mjs         = "text/javascript; charset=utf-8"
    pack        = "application/octet-stream"
    png         = "image/png"
    svg         = "image/svg+xml"
    txt         = "text/plain; charset=utf-8"
    wasm        = "application/wasm"
    webmanifest = "application/manifest+json"
    webp        = "image/webp"
  }

  # Of these there is a brotli form beside each file; the viewer function asks for it (cdn.tf).
  packed_kinds = ["css", "js", "json", "mjs", "pack", "svg", "txt", "wasm", "webmanifest"]

  hashed_assets = { for file, plain in local.assets : file => plain if startswith(file, "pkg/") }
  named_assets  = { for file, plain in local.assets : file => plain if !startswith(file, "pkg/") }
}

resource "aws_s3_bucket" "assets" {
  #checkov:skip=CKV_AWS_18:what is read is public and CloudFront's access logs are the option for it (`access_log_days`)
  #checkov:skip=CKV_AWS_145:everything in it is public: S3's own encryption is enough, and a key would cost a call for each read
  #checkov:skip=CKV_AWS_144:another region is no use here: an apply uploads the files again
  #checkov:skip=CKV2_AWS_62:nobody acts on an upload

  count = local.cloudfront ? 1 : 0

  bucket = "${var.name}-assets-${local.account}"
  # Nothing in it is made anywhere but by `cargo xtask package`.
  force_destroy = true
}

resource "aws_s3_bucket" "earlier" {
  #checkov:skip=CKV_AWS_18:as above
  #checkov:skip=CKV_AWS_145:as above
  #checkov:skip=CKV_AWS_144:as above
  #checkov:skip=CKV2_AWS_62:as above

  count = local.cloudfront ? 1 : 0

  bucket        = "${var.name}-earlier-${local.account}"
  force_destroy = true
}

locals {
  asset_buckets = local.cloudfront ? {
    assets  = { id = aws_s3_bucket.assets[0].id, arn = aws_s3_bucket.assets[0].arn }
    earlier = { id = aws_s3_bucket.earlier[0].id, arn = aws_s3_bucket.earlier[0].arn }
  } : {}
}

resource "aws_s3_bucket_public_access_block" "assets" {
  for_each = local.asset_buckets

  bucket                  = each.value.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "assets" {
  for_each = local.asset_buckets

  bucket = each.value.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "assets" {
  for_each = local.asset_buckets

  bucket = each.value.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_versioning" "assets" {
  for_each = local.asset_buckets

  bucket = each.value.id

  versioning_configuration {
    status = "Enabled"
  }
}

# Only this distribution reads, and only encrypted.
resource "aws_s3_bucket_policy" "assets" {
  for_each = local.asset_buckets

  bucket = each.value.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "CloudFrontReads"
        Effect    = "Allow"
        Principal = { Service = "cloudfront.amazonaws.com" }
        Action    = "s3:GetObject"
        Resource  = "${each.value.arn}/*"
        Condition = { StringEquals = { "aws:SourceArn" = aws_cloudfront_distribution.this[0].arn } }
      },
      {
        Sid       = "OnlyEncryptedConnections"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [each.value.arn, "${each.value.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })

  depends_on = [aws_s3_bucket_public_access_block.assets]
}

resource "aws_s3_bucket_lifecycle_configuration" "assets" {
  #checkov:skip=CKV_AWS_300:the first rule says it; the check does not understand the rules that follow

  for_each = local.cloudfront ? { assets = null, earlier = var.assets_kept_days } : {}

  bucket = local.asset_buckets[each.key].id

  rule {
    id     = "unfinished-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }

  # What an apply replaced or removed can be brought back by hand for 30 days.
  rule {
    id     = "replaced"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = 30
    }
  }

  dynamic "rule" {
    for_each = each.value == null ? [] : [each.value]

    content {
      id     = "earlier-releases"
      status = "Enabled"

      filter {}

      expiration {
        days = rule.value
      }
    }
  }

  depends_on = [aws_s3_bucket_versioning.assets]
}

resource "aws_s3_bucket_replication_configuration" "assets" {
  count = local.cloudfront ? 1 : 0

  bucket = aws_s3_bucket.assets[0].id
  role   = aws_iam_role.replication[0].arn

  rule {
    id     = "outlive-the-release"
    status = "Enabled"

    filter {
      prefix = "pkg/"
    }

    # A release that is removed here stays there.
    delete_marker_replication {
      status = "Disabled"
    }

    destination {
      bucket = aws_s3_bucket.earlier[0].arn
    }
  }

  depends_on = [aws_s3_bucket_versioning.assets]
}

resource "aws_s3_object" "hashed" {
  for_each = local.hashed_assets

  bucket           = aws_s3_bucket.assets[0].id
  key              = each.key
  source           = "${local.assets_dir}/${each.key}"
  source_hash      = filemd5("${local.assets_dir}/${each.key}")
  content_type     = local.media_types[element(split(".", each.value), -1)]
  content_encoding = endswith(each.key, ".br") ? "br" : null
  cache_control    = "public, max-age=31536000, immutable"

  # A copy is only made of what comes after the rule.
  depends_on = [aws_s3_bucket_replication_configuration.assets]
}

# Service worker, icons, manifest: changed only when what they name is there. Browsers ask for the service worker at every
# page, so they may believe it for a day (`web` tells phones of a new release) and CloudFront for a minute; the others
# are asked for again each time.
resource "aws_s3_object" "named" {
  for_each = local.named_assets

  bucket           = aws_s3_bucket.assets[0].id
  key              = each.key
  source           = "${local.assets_dir}/${each.key}"
  source_hash      = filemd5("${local.assets_dir}/${each.key}")
  content_type     = local.media_types[element(split(".", each.value), -1)]
  content_encoding = endswith(each.key, ".br") ? "br" : null
  cache_control    = each.value == "sw.js" ? "max-age=86400, s-maxage=60" : "no-cache"

  depends_on = [aws_s3_object.hashed]

  lifecycle {
    precondition {
      condition = alltrue([
        for file, plain in local.assets : contains(keys(local.assets), "${plain}.br")
        if contains(local.packed_kinds, element(split(".", plain), -1))
      ])
      error_message = "A file of the package has no brotli form beside it; run `cargo xtask package` anew."
    }
  }
}
