# Each function may do what it does and nothing else, and none runs without an end.

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

run "no_star" {
  command = plan

  assert {
    condition = alltrue(flatten([
      for policy in aws_iam_role_policy.function : [
        for statement in jsondecode(policy.policy).Statement : [
          for action in flatten([statement.Action]) : !strcontains(action, "*")
        ]
      ]
    ]))
    error_message = "No action with a star."
  }

  assert {
    condition = alltrue(flatten([
      for policy in concat(values(aws_iam_role_policy.function), [aws_iam_role_policy.scheduler], aws_iam_role_policy.replication) : [
        for statement in jsondecode(policy.policy).Statement : [
          for resource in flatten([statement.Resource]) : resource != "*"
        ]
      ]
    ]))
    error_message = "No statement about everything."
  }

  assert {
    condition     = alltrue([for policy in aws_iam_role_policy.function : alltrue([for statement in jsondecode(policy.policy).Statement : statement.Effect == "Allow"])])
    error_message = "The statements above are all there are."
  }
}

run "tally_and_clock_reach_no_session_and_no_care_key" {
  command = plan

  assert {
    condition     = strcontains(aws_iam_role_policy.function["web"].policy, aws_dynamodb_table.sessions.arn) && strcontains(aws_iam_role_policy.function["web"].policy, aws_kms_key.care.arn)
    error_message = "The control: `web` does."
  }

  assert {
    condition = alltrue([
      for name in ["tally", "clock"] : !anytrue([
        for secret in concat([aws_dynamodb_table.sessions.arn, aws_kms_key.care.arn], [for key in aws_ssm_parameter.care : key.arn], aws_ssm_parameter.origin[*].arn) :
        strcontains(aws_iam_role_policy.function[name].policy, secret)
      ])
    ])
    error_message = "`tally` and `clock` have no right to sessions, care keys and the origin's secret."
  }

  assert {
    condition     = !strcontains(jsonencode(aws_lambda_function.this["tally"].environment[0].variables), "sessions") && !strcontains(jsonencode(aws_lambda_function.this["tally"].environment[0].variables), "care")
    error_message = "Nor are they told where those are."
  }
}

run "every_function_has_its_limits" {
  command = plan

  assert {
    condition     = alltrue([for function in aws_lambda_function.this : function.architectures == tolist(["arm64"]) && function.runtime == "provided.al2023"])
    error_message = "arm64, provided.al2023."
  }

  assert {
    condition     = alltrue([for function in aws_lambda_function.this : function.timeout <= 60 && function.memory_size <= 3008])
    error_message = "No function without a limit of time and memory."
  }

  assert {
    condition     = alltrue([for function in aws_lambda_function.this : function.reserved_concurrent_executions == -1])
    error_message = "Reserved concurrency is off by default: a new account may reserve none."
  }

  assert {
    condition = alltrue([
      for function in aws_lambda_function.this :
      function.logging_config[0].log_format == "JSON" && function.logging_config[0].system_log_level == "WARN" && function.logging_config[0].application_log_level == "DEBUG"
    ])
    error_message = "Lambda's own lines of every call are not paid for; the function's own all arrive."
  }
}

run "reserved_concurrency_is_the_operators" {
  command = plan

  variables {
    reserved_concurrency = { web = 100 }
    tracing              = true
  }

  assert {
    condition     = aws_lambda_function.this["web"].reserved_concurrent_executions == 100 && aws_lambda_function.this["clock"].reserved_concurrent_executions == -1
    error_message = "Each function by itself."
  }

  assert {
    condition     = alltrue([for function in aws_lambda_function.this : function.tracing_config[0].mode == "Active"]) && length(aws_iam_role_policy_attachment.tracing) == 3
    error_message = "Tracing brings its rights with it."
  }
}

run "what_fails_is_kept_and_rings" {
  command = plan

  assert {
    condition     = aws_lambda_event_source_mapping.tally.function_response_types == toset(["ReportBatchItemFailures"]) || aws_lambda_event_source_mapping.tally.function_response_types == tolist(["ReportBatchItemFailures"])
    error_message = "One bad record does not hold up the others."
  }

  assert {
    condition = (
      aws_lambda_event_source_mapping.tally.destination_config[0].on_failure[0].destination_arn == aws_sqs_queue.dead["tally"].arn &&
      aws_lambda_function_event_invoke_config.clock.destination_config[0].on_failure[0].destination == aws_sqs_queue.dead["clock"].arn &&
      aws_scheduler_schedule.clock.target[0].dead_letter_config[0].arn == aws_sqs_queue.dead["clock"].arn
    )
    error_message = "What could not be done goes to a queue."
  }

  assert {
    condition     = alltrue([for name in ["tally", "clock"] : aws_cloudwatch_metric_alarm.this["${name}-dead-letters"].dimensions.QueueName == aws_sqs_queue.dead[name].name])
    error_message = "Each queue has its alarm."
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : contains(alarm.alarm_actions, aws_sns_topic.alarms.arn) && strcontains(alarm.alarm_description, " Do: ")])
    error_message = "Every alarm reaches somebody and says what to do."
  }

  assert {
    condition     = jsondecode(aws_scheduler_schedule.clock.target[0].input).at == "<aws.scheduler.scheduled-time>" && strcontains(aws_scheduler_schedule.clock.target[0].input, "<aws.scheduler.scheduled-time>")
    error_message = "The scheduler's own word stands as it knows it, not escaped."
  }
}
