# Keys and secrets. Two keys: `data` for tables, queues' topic, logs and small secrets; `care` for the master keys of
# the care registry alone, so that only `web` can ever open a care remark.
#
# What is in the state as plain text: the origin secret, because CloudFront's own configuration holds it (an argument
# that cannot be write-only). Keep the state encrypted and remote. Nothing else: care and push keys are made by an
# ephemeral resource and handed over by write-only arguments.

locals {
  # The root statement only hands the decision to IAM policies; without it nobody could ever manage the key again.
  key_owner = {
    Sid       = "OwnedByTheAccount"
    Effect    = "Allow"
    Principal = { AWS = "arn:${local.partition}:iam::${local.account}:root" }
    Action    = "kms:*"
    Resource  = "*"
  }
}

resource "aws_kms_key" "data" {
  description             = "${var.name}: tables, logs, alarms, small secrets"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      local.key_owner,
      {
        Sid       = "LogsOfTheFunctions"
        Effect    = "Allow"
        Principal = { Service = "logs.${var.region}.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey", "kms:DescribeKey"]
        Resource  = "*"
        Condition = { ArnEquals = { "kms:EncryptionContext:aws:logs:arn" = values(local.log_group_arns) } }
      },
      {
        Sid       = "AlarmsToTheirTopic"
        Effect    = "Allow"
        Principal = { Service = ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"] }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "data" {
  name          = "alias/${var.name}-data"
  target_key_id = aws_kms_key.data.key_id
}

resource "aws_kms_key" "care" {
  description             = "${var.name}: master keys of the care registry"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [local.key_owner]
  })

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "care" {
  name          = "alias/${var.name}-care"
  target_key_id = aws_kms_key.care.key_id
}

# ---- master keys of the care registry: one secret each, written once and never again ----

locals {
  care_key_names = [for number in range(1, var.care_keys + 1) : format("%02d", number)]

  # 64 characters out of 0123456789abcdef: 256 bits.
  hex = { length = 64, letters = "abcdef" }
}

ephemeral "random_password" "care" {
  for_each = toset(local.care_key_names)

  length           = local.hex.length
  lower            = false
  upper            = false
  numeric          = true
  special          = true
  override_special = local.hex.letters
}

# Not rotated by Secrets Manager: a care key that is replaced instead of added makes every remark unreadable.
resource "aws_secretsmanager_secret" "care" {
  #checkov:skip=CKV2_AWS_57:rotation adds a key by `care_keys`; replacing one would lose what it sealed

  for_each = toset(local.care_key_names)

  name                    = "${var.name}/care/${each.key}"
  description             = "Master key ${each.key} of the care registry. Losing it loses every care remark and telephone number."
  kms_key_id              = aws_kms_key.care.arn
  recovery_window_in_days = 30

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_secretsmanager_secret_version" "care" {
  for_each = toset(local.care_key_names)

  secret_id        = aws_secretsmanager_secret.care[each.key].id
  secret_string_wo = ephemeral.random_password.care[each.key].result
  # Never raised: the value is sent once.
  secret_string_wo_version = 1

  lifecycle {
    prevent_destroy = true
  }
}

# ---- the push key (VAPID): a private P-256 scalar ----

ephemeral "random_password" "vapid" {
  length           = local.hex.length
  lower            = false
  upper            = false
  numeric          = true
  special          = true
  override_special = local.hex.letters
}

resource "aws_secretsmanager_secret" "vapid" {
  #checkov:skip=CKV2_AWS_57:phones subscribe with this key; it is replaced by `vapid_generation` when it must be

  name                    = "${var.name}/vapid"
  description             = "The key push messages are signed with."
  kms_key_id              = aws_kms_key.data.arn
  recovery_window_in_days = 30
}

resource "aws_secretsmanager_secret_version" "vapid" {
  secret_id                = aws_secretsmanager_secret.vapid.id
  secret_string_wo         = ephemeral.random_password.vapid.result
  secret_string_wo_version = var.vapid_generation
}

# ---- the secret between CloudFront and the function ----

locals {
  # Two values take turns: raising the generation makes one of them anew and leaves the other, which was current.
  origin_turn = var.origin_secret_generation % 2 == 1 ? "odd" : "even"
  origin_made = {
    odd  = floor((var.origin_secret_generation + 1) / 2)
    even = floor(var.origin_secret_generation / 2)
  }
  origin_current = random_password.origin[local.origin_turn].result
}

resource "random_password" "origin" {
  for_each = local.origin_made

  length  = 48
  special = false
  keepers = { made = each.value }
}

resource "aws_secretsmanager_secret" "origin" {
  #checkov:skip=CKV2_AWS_57:rotated together with CloudFront by `origin_secret_generation`

  name                    = "${var.name}/origin"
  description             = "Values of the header by which the function knows CloudFront: the current one, and the one before."
  kms_key_id              = aws_kms_key.data.arn
  recovery_window_in_days = 7
}

resource "aws_secretsmanager_secret_version" "origin" {
  secret_id     = aws_secretsmanager_secret.origin.id
  secret_string = join(",", [for turn in ["odd", "even"] : random_password.origin[turn].result])
}

# ---- the address, where CloudFront chose it ----

# Not secret. It stands here because the function must exist before CloudFront tells the name.
resource "aws_secretsmanager_secret" "public_url" {
  #checkov:skip=CKV2_AWS_57:an address, not a secret

  count = local.named_by_cloudfront ? 1 : 0

  name                    = "${var.name}/public-url"
  description             = "The address phones know, chosen by CloudFront."
  kms_key_id              = aws_kms_key.data.arn
  recovery_window_in_days = 7
}

resource "aws_secretsmanager_secret_version" "public_url" {
  count = local.named_by_cloudfront ? 1 : 0

  secret_id     = aws_secretsmanager_secret.public_url[0].id
  secret_string = local.public_url
}
