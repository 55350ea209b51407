# One page for whoever is on duty: are people served, is anything behind, what does it cost. "Read the dashboard" in
# README.md goes through it.

locals {
  # title, metrics, statistic, unit of a row; two rows of three, then what is set aside.
  widgets = [
    {
      title = "Requests, and those that failed"
      stat  = "Sum"
      lines = concat(
        [
          ["AWS/Lambda", "Invocations", "FunctionName", local.function_names.web, { label = "requests" }],
          ["AWS/Lambda", "Errors", "FunctionName", local.function_names.web, { label = "errors", color = "#d13212" }],
          ["AWS/Lambda", "Throttles", "FunctionName", local.function_names.web, { label = "throttled", color = "#ff9900" }],
        ],
        [
          for name, value in local.answers_5xx.dimensions :
          [local.answers_5xx.namespace, local.answers_5xx.metric, name, value, { label = "answers 5xx", color = "#7f0000" }]
        ],
        [
          for name in aws_lb.this[*].arn_suffix :
          ["AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count", "LoadBalancer", name, { label = "the balancer's own 5xx", color = "#e377c2" }]
        ],
      )
    },
    {
      title = "How long a request takes (ms)"
      stat  = "p50"
      lines = [
        ["AWS/Lambda", "Duration", "FunctionName", local.function_names.web, { label = "half of them" }],
        ["AWS/Lambda", "Duration", "FunctionName", local.function_names.web, { label = "99 of 100", stat = "p99" }],
      ]
    },
    {
      title = "Copies of functions that run at once"
      stat  = "Maximum"
      lines = [
        for key, name in local.function_names : ["AWS/Lambda", "ConcurrentExecutions", "FunctionName", name, { label = key }]
      ]
    },
    {
      title = "How far totals and push are behind (ms)"
      stat  = "Maximum"
      lines = [["AWS/Lambda", "IteratorAge", "FunctionName", local.function_names.tally, { label = "tally" }]]
    },
    {
      title = "Units the tables spend"
      stat  = "Sum"
      lines = [
        for pair in setproduct(
          [aws_dynamodb_table.main.name, aws_dynamodb_table.sessions.name],
          ["ConsumedWriteCapacityUnits", "ConsumedReadCapacityUnits"],
        ) : ["AWS/DynamoDB", pair[1], "TableName", pair[0], { label = "${pair[0]} ${lower(substr(pair[1], 8, 5))}" }]
      ]
    },
    {
      title = "What the tables held back"
      stat  = "Sum"
      lines = [
        for pair in setproduct(
          [aws_dynamodb_table.main.name, aws_dynamodb_table.sessions.name],
          ["WriteThrottleEvents", "ReadThrottleEvents"],
        ) : ["AWS/DynamoDB", pair[1], "TableName", pair[0], { label = "${pair[0]} ${lower(substr(pair[1], 0, 5))}" }]
      ]
    },
    {
      title = "Dead letters"
      stat  = "Maximum"
      lines = [
        for key, queue in aws_sqs_queue.dead :
        ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", queue.name, { label = key }]
      ]
    },
    {
      title = "Calls of clock and tally, and errors"
      stat  = "Sum"
      lines = [
        for pair in setproduct(["clock", "tally"], ["Invocations", "Errors"]) :
        ["AWS/Lambda", pair[1], "FunctionName", local.function_names[pair[0]], { label = "${pair[0]} ${lower(pair[1])}" }]
      ]
    },
  ]
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name

  dashboard_body = jsonencode({
    widgets = concat(
      [{
        type = "alarm", x = 0, y = 0, width = 24, height = 3
        properties = {
          title = "Alarms"
          alarms = concat([for alarm in aws_cloudwatch_metric_alarm.this : alarm.arn], aws_cloudwatch_metric_alarm.balancer_5xx[*].arn, [
            aws_cloudwatch_metric_alarm.clock_silent.arn,
            aws_cloudwatch_metric_alarm.main_table_refused.arn,
          ])
        }
      }],
      [
        for place, widget in local.widgets : {
          type   = "metric"
          x      = (place % 3) * 8
          y      = 3 + floor(place / 3) * 6
          width  = 8
          height = 6
          properties = {
            title   = widget.title
            region  = var.region
            view    = "timeSeries"
            stat    = widget.stat
            period  = 60
            metrics = widget.lines
          }
        }
      ],
      [{
        type = "log", x = 0, y = 21, width = 24, height = 6
        properties = {
          title  = "The newest errors"
          region = var.region
          query = join(" | ", concat(
            [for group in aws_cloudwatch_log_group.function : "SOURCE '${group.name}'"],
            ["fields @timestamp, @message", "filter level = 'ERROR' or @message like /panicked/", "sort @timestamp desc", "limit 20"],
          ))
        }
      }],
    )
  })
}
