# Who may do what. Each function has a role of its own with exactly the actions and resources it uses; nothing here
# names an action or a resource with a star, except where AWS knows no other form (said beside it).

locals {
  # What `functions/store` calls. A transaction needs the rights of its parts and a right to check conditions.
  table_reads  = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"]
  table_writes = ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:ConditionCheckItem"]
  table_bulk   = ["dynamodb:BatchWriteItem"]
  # `tally` and `clock` go step by step.
  table_steps = ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"]

  main_and_index = [aws_dynamodb_table.main.arn, "${aws_dynamodb_table.main.arn}/index/desk"]

  public_url_parameter_arns = [
    for name in local.public_url_parameters : "arn:${local.partition}:ssm:${var.region}:${local.account}:parameter${name}"
  ]

  # Lambda makes a stream of its own name for every copy of a function: AWS knows no other form than `:*`.
  may_log = {
    for key, group in aws_cloudwatch_log_group.function : key => {
      Sid      = "OwnLog"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${group.arn}:*"
    }
  }

  # The data key, but only through the services whose data it protects.
  may_use_data_key = {
    Sid      = "DataKeyThroughItsServices"
    Effect   = "Allow"
    Action   = ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"]
    Resource = aws_kms_key.data.arn
    Condition = {
      StringEquals = {
        "kms:ViaService" = ["dynamodb.${var.region}.amazonaws.com", "ssm.${var.region}.amazonaws.com"]
      }
    }
  }

  statements = {
    web = concat(
      [
        local.may_log["web"],
        local.may_use_data_key,
        {
          Sid      = "MainTable"
          Effect   = "Allow"
          Action   = concat(local.table_reads, local.table_writes, local.table_bulk)
          Resource = local.main_and_index
        },
        {
          Sid      = "Sessions"
          Effect   = "Allow"
          Action   = concat(local.table_reads, local.table_writes, local.table_bulk)
          Resource = aws_dynamodb_table.sessions.arn
        },
        {
          Sid    = "OwnParameters"
          Effect = "Allow"
          Action = "ssm:GetParameters"
          Resource = concat(
            [aws_ssm_parameter.push.arn],
            [for name in local.care_key_names : aws_ssm_parameter.care[name].arn],
            aws_ssm_parameter.origin[*].arn,
            local.public_url_parameter_arns,
          )
        },
        {
          Sid       = "CareKeysThroughTheirParameters"
          Effect    = "Allow"
          Action    = "kms:Decrypt"
          Resource  = aws_kms_key.care.arn
          Condition = { StringEquals = { "kms:ViaService" = "ssm.${var.region}.amazonaws.com" } }
        },
      ],
    )

    # No right to the sessions table, and none to the care key: `tests/permissions.tftest.hcl` watches both.
    tally = [
      local.may_log["tally"],
      local.may_use_data_key,
      {
        Sid      = "MainTable"
        Effect   = "Allow"
        Action   = local.table_steps
        Resource = aws_dynamodb_table.main.arn
      },
      {
        # AWS's own templates narrow `ListStreams` to the stream as well.
        Sid      = "Changes"
        Effect   = "Allow"
        Action   = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"]
        Resource = aws_dynamodb_table.main.stream_arn
      },
      {
        Sid      = "OwnParameters"
        Effect   = "Allow"
        Action   = "ssm:GetParameters"
        Resource = concat([aws_ssm_parameter.push.arn], local.public_url_parameter_arns)
      },
      {
        Sid      = "DeadLetters"
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.dead["tally"].arn
      },
    ]

    clock = [
      local.may_log["clock"],
      local.may_use_data_key,
      {
        Sid      = "MainTable"
        Effect   = "Allow"
        Action   = local.table_steps
        Resource = aws_dynamodb_table.main.arn
      },
      {
        Sid      = "DeadLetters"
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.dead["clock"].arn
      },
    ]
  }
}

resource "aws_iam_role" "function" {
  for_each = local.function_names

  name        = each.value
  description = "What ${each.value} may do."

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "function" {
  for_each = local.function_names

  name   = "own"
  role   = aws_iam_role.function[each.key].id
  policy = jsonencode({ Version = "2012-10-17", Statement = local.statements[each.key] })
}

# X-Ray knows no resources, so that its rights cannot be narrower than AWS's own policy.
resource "aws_iam_role_policy_attachment" "tracing" {
  for_each = var.tracing ? local.function_names : {}

  role       = aws_iam_role.function[each.key].name
  policy_arn = "arn:${local.partition}:iam::aws:policy/AWSXRayDaemonWriteAccess"
}

# ---- the scheduler calls `clock` and nothing else ----

resource "aws_iam_role" "scheduler" {
  name        = "${var.name}-scheduler"
  description = "What the schedule may do."

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })
}

resource "aws_iam_role_policy" "scheduler" {
  name = "own"
  role = aws_iam_role.scheduler.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "CallClock"
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.this["clock"].arn
      },
      {
        Sid      = "DeadLetters"
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.dead["clock"].arn
      },
    ]
  })
}

# ---- S3 copies the files of each release to where they outlive it ----

resource "aws_iam_role" "replication" {
  count = local.cloudfront ? 1 : 0

  name        = "${var.name}-replication"
  description = "Copies assets to the bucket of earlier releases."

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })
}

resource "aws_iam_role_policy" "replication" {
  count = local.cloudfront ? 1 : 0

  name = "own"
  role = aws_iam_role.replication[0].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "SeeWhatIsNew"
        Effect   = "Allow"
        Action   = ["s3:GetReplicationConfiguration", "s3:ListBucket"]
        Resource = aws_s3_bucket.assets[0].arn
      },
      {
        Sid    = "ReadIt"
        Effect = "Allow"
        Action = ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"]
        # Objects are named by their hash: which ones is not known when this is written.
        Resource = "${aws_s3_bucket.assets[0].arn}/pkg/*"
      },
      {
        Sid      = "WriteTheCopy"
        Effect   = "Allow"
        Action   = ["s3:ReplicateObject", "s3:ReplicateTags"]
        Resource = "${aws_s3_bucket.earlier[0].arn}/pkg/*"
      },
    ]
  })
}

# ---- who may call `web` ----

# A Function URL without AWS signatures: with them, a form posted without script fails, because its body has no
# `x-amz-content-sha256`. What keeps strangers from going around CloudFront is the secret header, which `web` asks for
# before it does anything else. Function URLs made since October 2025 need both of these.
resource "aws_lambda_permission" "function_url" {
  #checkov:skip=CKV_AWS_301:public by design, and only by the Function URL: the secret header guards it

  count = local.cloudfront ? 1 : 0

  statement_id           = "WebByItsUrl"
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = aws_lambda_function.this["web"].function_name
  principal              = "*"
  function_url_auth_type = "NONE"
}

resource "aws_lambda_permission" "function_by_url" {
  #checkov:skip=CKV_AWS_301:public by design, and only by the Function URL: the secret header guards it

  count = local.cloudfront ? 1 : 0

  statement_id             = "WebOnlyByItsUrl"
  action                   = "lambda:InvokeFunction"
  function_name            = aws_lambda_function.this["web"].function_name
  principal                = "*"
  invoked_via_function_url = true
}

resource "aws_lambda_permission" "http_api" {
  count = local.http_api ? 1 : 0

  statement_id  = "WebByItsApi"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this["web"].function_name
  principal     = "apigateway.amazonaws.com"
  # Its one route.
  source_arn = "${aws_apigatewayv2_api.this[0].execution_arn}/*/$default"
}

resource "aws_lambda_permission" "balancer" {
  count = local.balancer ? 1 : 0

  statement_id  = "WebByItsBalancer"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this["web"].function_name
  principal     = "elasticloadbalancing.amazonaws.com"
  source_arn    = aws_lb_target_group.web[0].arn
}
