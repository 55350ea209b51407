# Nothing that people entrusted can be lost or read by a slip: tables, keys, logs.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

mock_provider "archive" {
  override_during = plan
}

variables {
  region      = "ap-east-1"
  alarm_email = "duty@example.org"
  package_dir = "tests/package"
}

run "tables_are_protected" {
  command = plan

  assert {
    condition = alltrue([
      for table in [aws_dynamodb_table.main, aws_dynamodb_table.sessions] :
      table.deletion_protection_enabled && table.point_in_time_recovery[0].enabled && table.point_in_time_recovery[0].recovery_period_in_days == 35
    ])
    error_message = "Every table is protected from deletion and can be recovered for 35 days."
  }

  assert {
    condition = alltrue([
      for table in [aws_dynamodb_table.main, aws_dynamodb_table.sessions] :
      table.server_side_encryption[0].enabled && table.server_side_encryption[0].kms_key_arn == aws_kms_key.data.arn
    ])
    error_message = "Every table is encrypted with our own key."
  }

  assert {
    condition = alltrue([
      for table in [aws_dynamodb_table.main, aws_dynamodb_table.sessions] :
      table.billing_mode == "PAY_PER_REQUEST" && table.on_demand_throughput[0].max_write_request_units > 0 && table.on_demand_throughput[0].max_read_request_units > 0
    ])
    error_message = "Every table is on demand, with a maximum."
  }

  assert {
    condition     = aws_dynamodb_table.main.stream_enabled && aws_dynamodb_table.main.stream_view_type == "NEW_IMAGE" && aws_dynamodb_table.sessions.stream_enabled != true
    error_message = "The main table tells its changes; the sessions table tells nobody anything."
  }
}

run "care_keys_are_added_and_never_replaced" {
  command = plan

  variables {
    care_keys = 3
  }

  assert {
    condition     = keys(aws_ssm_parameter.care) == ["01", "02", "03"] && alltrue([for key in aws_ssm_parameter.care : key.value_wo_version == 1])
    error_message = "A new care key is a new parameter, and none is ever written twice."
  }

  assert {
    condition     = alltrue([for key in aws_ssm_parameter.care : key.type == "SecureString" && key.key_id == aws_kms_key.care.arn && key.value == null])
    error_message = "Care keys are sealed with their own key, and not in the state."
  }

  assert {
    condition     = aws_lambda_function.this["web"].environment[0].variables.LM_CARE_KEYS_PARAMETER == "/last-metre/care/01,/last-metre/care/02,/last-metre/care/03"
    error_message = "`web` reads them all, the newest last."
  }
}

run "every_log_ends" {
  command = plan

  variables {
    access_log_days = 7
  }

  assert {
    condition     = length(aws_cloudwatch_log_group.function) == 3 && alltrue([for group in aws_cloudwatch_log_group.function : group.retention_in_days == 30])
    error_message = "Every function has a log, and none is kept for ever."
  }

  assert {
    condition     = alltrue([for key, function in aws_lambda_function.this : function.logging_config[0].log_group == "/aws/lambda/last-metre-${key}"])
    error_message = "No function writes into a log of its own making, which would be kept for ever."
  }

  assert {
    condition     = aws_cloudwatch_log_group.access[0].retention_in_days == 7
    error_message = "Access logs are kept as long as asked."
  }

  assert {
    condition     = alltrue([for field in aws_cloudwatch_log_delivery.access[0].record_fields : !strcontains(lower(field), "uri") && !strcontains(lower(field), "refer") && !strcontains(lower(field), "cookie")])
    error_message = "No access log holds an address within the site: letters and cards carry their code in it."
  }
}

run "no_access_log_unless_asked_for" {
  command = plan

  assert {
    condition     = length(aws_cloudwatch_log_delivery.access) == 0 && length(aws_cloudwatch_log_group.access) == 0
    error_message = "Access logs are an option."
  }
}
