# Keys and secrets. Two keys: `data` for tables, topic, logs and small secrets; `care` for the master keys of the care
# registry alone, so that only `web` can ever open a care remark. Secrets are parameters of Systems Manager, which the
# functions read in init, all in one call.
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
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:DescribeKey"]
        Resource  = "*"
        Condition = { ArnEquals = { "kms:EncryptionContext:aws:logs:arn" = values(local.log_group_arns) } }
      },
      {
        Sid       = "AlarmsToTheirTopic"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
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

# One call in init from every copy of a function: a busy opening starts hundreds of copies in a second, and without
# this setting of the account the parameter store answers 40.
resource "aws_ssm_service_setting" "many_reads" {
  setting_id    = "arn:${local.partition}:ssm:${var.region}:${local.account}:servicesetting/ssm/parameter-store/high-throughput-enabled"
  setting_value = "true"
}

# ---- master keys of the care registry: one parameter each, written once and never again ----

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

# A care key that is replaced instead of added makes every remark unreadable: the value is sent once, and nothing of the
# parameter is ever changed again. Never `terraform import` one: that would read its value into the state.
resource "aws_ssm_parameter" "care" {
  for_each = toset(local.care_key_names)

  name             = "/${var.name}/care/${each.key}"
  description      = "Master key ${each.key} of the care registry. Losing it loses every care remark and telephone number."
  type             = "SecureString"
  key_id           = aws_kms_key.care.arn
  value_wo         = ephemeral.random_password.care[each.key].result
  value_wo_version = 1

  lifecycle {
    prevent_destroy = true
    # Not even its description: the provider writes the value with every change, and has no value then.
    ignore_changes = all
  }
}

# ---- the push key: it signs messages and seals the addresses they go to ----

ephemeral "random_password" "push" {
  length           = local.hex.length
  lower            = false
  upper            = false
  numeric          = true
  special          = true
  override_special = local.hex.letters
}

resource "aws_ssm_parameter" "push" {
  name             = "/${var.name}/push"
  description      = "The key push messages are signed with."
  type             = "SecureString"
  key_id           = aws_kms_key.data.arn
  value_wo         = ephemeral.random_password.push.result
  value_wo_version = var.push_key_generation

  lifecycle {
    # Only a new generation writes a value; the provider has none for other changes.
    ignore_changes = [allowed_pattern, data_type, description, key_id, tier, type]
  }
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

resource "aws_ssm_parameter" "origin" {
  count = local.cloudfront ? 1 : 0

  name        = "/${var.name}/origin"
  description = "Values of the header by which the function knows CloudFront: the current one, and the one before."
  type        = "SecureString"
  key_id      = aws_kms_key.data.arn
  value       = join(",", [for turn in ["odd", "even"] : random_password.origin[turn].result])
}

# ---- the address, where CloudFront chose it ----

resource "aws_ssm_parameter" "public_url" {
  #checkov:skip=CKV2_AWS_34:an address that everybody knows; a parameter only because the function must exist before CloudFront tells it
  #checkov:skip=CKV_AWS_337:as above

  for_each = toset(local.public_url_parameters)

  name        = each.key
  description = "The address phones know, chosen by CloudFront."
  type        = "String"
  value       = local.public_url
}
