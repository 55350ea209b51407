# Every minute `clock` is called with the time it was due. Twice or late is harmless: it goes by the table.

resource "aws_scheduler_schedule_group" "this" {
  name = var.name
}

resource "aws_scheduler_schedule" "clock" {
  #checkov:skip=CKV_AWS_297:the schedule says a minute and a function's name; there is nothing in it to keep from AWS's own key

  name        = "${var.name}-clock"
  description = "Windows, deadlines and what recurs."
  group_name  = aws_scheduler_schedule_group.this.name

  schedule_expression = "rate(1 minute)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_function.this["clock"].arn
    role_arn = aws_iam_role.scheduler.arn
    # Written out: jsonencode would escape the angle brackets, and the scheduler would not know its own word again.
    input = "{\"at\":\"<aws.scheduler.scheduled-time>\"}"

    retry_policy {
      maximum_event_age_in_seconds = 120
      maximum_retry_attempts       = 2
    }

    dead_letter_config {
      arn = aws_sqs_queue.dead["clock"].arn
    }
  }

  depends_on = [aws_iam_role_policy.scheduler]
}
