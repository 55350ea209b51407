# The two tables, as `functions/store/src/table.rs` makes them elsewhere; a test compares the two.
# `prevent_destroy` refuses a `terraform destroy` before anything is touched: see "The end" in README.md.

resource "aws_dynamodb_table" "main" {
  name         = var.name
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"
  range_key    = "sk"

  deletion_protection_enabled = true

  # For `tally`. New images only: what was there before is nobody's business.
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"

  attribute {
    name = "pk"
    type = "S"
  }

  attribute {
    name = "sk"
    type = "S"
  }

  attribute {
    name = "gpk"
    type = "S"
  }

  attribute {
    name = "gsk"
    type = "S"
  }

  global_secondary_index {
    name            = "desk"
    hash_key        = "gpk"
    range_key       = "gsk"
    projection_type = "ALL"

    on_demand_throughput {
      max_read_request_units  = var.max_read_units
      max_write_request_units = var.max_write_units
    }
  }

  on_demand_throughput {
    max_read_request_units  = var.max_read_units
    max_write_request_units = var.max_write_units
  }

  ttl {
    attribute_name = "ttl"
    enabled        = true
  }

  point_in_time_recovery {
    enabled                 = true
    recovery_period_in_days = 35
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.data.arn
  }

  lifecycle {
    prevent_destroy = true
  }
}

# Sessions, codes, throttles. No stream, so that `tally` never sees one.
resource "aws_dynamodb_table" "sessions" {
  name         = "${var.name}-sessions"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"
  range_key    = "sk"

  deletion_protection_enabled = true

  attribute {
    name = "pk"
    type = "S"
  }

  attribute {
    name = "sk"
    type = "S"
  }

  on_demand_throughput {
    max_read_request_units  = var.max_read_units
    max_write_request_units = var.max_write_units
  }

  ttl {
    attribute_name = "ttl"
    enabled        = true
  }

  point_in_time_recovery {
    enabled                 = true
    recovery_period_in_days = 35
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.data.arn
  }

  lifecycle {
    prevent_destroy = true
  }
}
