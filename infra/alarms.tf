# What calls a person. Every alarm says in its message what to do; "What each alarm asks for" in README.md says more.
# Nothing here rings for something that mends itself.

resource "aws_sns_topic" "alarms" {
  name              = "${var.name}-alarms"
  kms_master_key_id = aws_kms_key.data.id
}

resource "aws_sns_topic_subscription" "email" {
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}

resource "aws_sns_topic_policy" "alarms" {
  arn = aws_sns_topic.alarms.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AlarmsOfThisAccount"
      Effect    = "Allow"
      Principal = { Service = "cloudwatch.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.alarms.arn
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })
}

locals {
  of = { for key, name in local.function_names : key => { FunctionName = name } }

  # Who counts what `web` answers with 5xx: each way in does it elsewhere. What a balancer answers by itself it counts
  # apart (`balancer-5xx`); the other two have both in one figure.
  answers_5xx = {
    cloudfront    = { namespace = "AWS/Lambda", metric = "Url5xxCount", dimensions = local.of.web }
    http_api      = { namespace = "AWS/ApiGateway", metric = "5xx", dimensions = { ApiId = one(aws_apigatewayv2_api.this[*].id) } }
    load_balancer = { namespace = "AWS/ApplicationELB", metric = "HTTPCode_Target_5XX_Count", dimensions = { LoadBalancer = one(aws_lb.this[*].arn_suffix) } }
  }[var.edge]

  # One line an alarm: what is measured, over how many minutes, above what it rings.
  alarms = {
    web-errors = {
      says      = "People get error pages. Do: dashboard, `web` errors; the newest lines with level ERROR name the route. Began with an upgrade? Roll back."
      namespace = "AWS/Lambda", metric = "Errors", dimensions = local.of.web
      minutes   = 5, times = 1, statistic = "Sum", threshold = 3
    }
    web-5xx = {
      says      = "People get answers that say `try again`. Do: dashboard; throttled tables or functions come first, then errors."
      namespace = local.answers_5xx.namespace, metric = local.answers_5xx.metric, dimensions = local.answers_5xx.dimensions
      minutes   = 5, times = 2, statistic = "Sum", threshold = 10
    }
    web-slow = {
      says      = "One request in a hundred takes longer than ${var.alarm_p99_ms} ms. Do: dashboard; compare with throttles and with the number of requests. More memory is more processor (`memory`)."
      namespace = "AWS/Lambda", metric = "Duration", dimensions = local.of.web
      minutes   = 5, times = 3, statistic = "p99", threshold = var.alarm_p99_ms
    }
    web-throttles = {
      says      = "More people ask at once than functions may run: they see `try again in a moment`. Do: ask AWS for more concurrent executions (a new account has 10), or raise `reserved_concurrency`."
      namespace = "AWS/Lambda", metric = "Throttles", dimensions = local.of.web
      minutes   = 1, times = 2, statistic = "Sum", threshold = 0
    }
    tally-late = {
      says      = "Totals, boards and push are more than 2 minutes behind; orders and marks are not. Do: `tally` errors on the dashboard; it catches up by itself once they end."
      namespace = "AWS/Lambda", metric = "IteratorAge", dimensions = local.of.tally
      minutes   = 1, times = 3, statistic = "Maximum", threshold = 120000
    }
    tally-throttles = {
      says      = "`tally` may not run as often as it must. Do: as for `web-throttles`."
      namespace = "AWS/Lambda", metric = "Throttles", dimensions = local.of.tally
      minutes   = 5, times = 2, statistic = "Sum", threshold = 0
    }
    tally-dead-letters = {
      says      = "A change could not be counted and was set aside, with its reason. Nothing is lost. Do: README.md, `Dead letters`."
      namespace = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = aws_sqs_queue.dead["tally"].name }
      minutes   = 5, times = 1, statistic = "Maximum", threshold = 0
    }
    clock-errors = {
      says      = "Windows may not close by themselves. Do: the desk can close one by hand; the newest lines of `clock` say why. It catches up by itself."
      namespace = "AWS/Lambda", metric = "Errors", dimensions = local.of.clock
      minutes   = 5, times = 2, statistic = "Sum", threshold = 0
    }
    clock-dead-letters = {
      says      = "The schedule could not call `clock`, or it failed three times. Do: if `clock-errors` and `clock-silent` are quiet, empty the queue: later calls did its work."
      namespace = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = aws_sqs_queue.dead["clock"].name }
      minutes   = 5, times = 1, statistic = "Maximum", threshold = 0
    }
    main-table-writes-throttled = {
      says      = "The main table is asked to write faster than it may. Do: a busy closing time? Raise `max_write_units`. Otherwise look for who writes so much."
      namespace = "AWS/DynamoDB", metric = "WriteThrottleEvents", dimensions = { TableName = aws_dynamodb_table.main.name }
      minutes   = 1, times = 3, statistic = "Sum", threshold = 0
    }
    main-table-reads-throttled = {
      says      = "The main table is asked to read faster than it may. Do: raise `max_read_units`, or look for who reads so much."
      namespace = "AWS/DynamoDB", metric = "ReadThrottleEvents", dimensions = { TableName = aws_dynamodb_table.main.name }
      minutes   = 1, times = 3, statistic = "Sum", threshold = 0
    }
    sessions-table-writes-throttled = {
      says      = "Signing in is slower than people ask. Do: many wrong codes are an attack: set `waf_rate_limit`. Otherwise raise `max_write_units`."
      namespace = "AWS/DynamoDB", metric = "WriteThrottleEvents", dimensions = { TableName = aws_dynamodb_table.sessions.name }
      minutes   = 1, times = 3, statistic = "Sum", threshold = 0
    }
    cost = {
      says      = "The main table wrote more than ${var.alarm_write_units_an_hour} units in an hour. Do: compare with the requests on the dashboard; when they don't explain it, set `waf_rate_limit` or lower `max_write_units`."
      namespace = "AWS/DynamoDB", metric = "ConsumedWriteCapacityUnits", dimensions = { TableName = aws_dynamodb_table.main.name }
      minutes   = 60, times = 1, statistic = "Sum", threshold = var.alarm_write_units_an_hour
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name        = "${var.name}-${each.key}"
  alarm_description = each.value.says

  namespace   = each.value.namespace
  metric_name = each.value.metric
  dimensions  = each.value.dimensions

  statistic          = startswith(each.value.statistic, "p") ? null : each.value.statistic
  extended_statistic = startswith(each.value.statistic, "p") ? each.value.statistic : null

  period              = each.value.minutes * 60
  evaluation_periods  = each.value.times
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  # Nobody asks at night: no figure is a good figure.
  treat_missing_data = "notBreaching"

  alarm_actions = [aws_sns_topic.alarms.arn]
  ok_actions    = [aws_sns_topic.alarms.arn]
}

# The other way round: here silence is the trouble.
resource "aws_cloudwatch_metric_alarm" "clock_silent" {
  alarm_name        = "${var.name}-clock-silent"
  alarm_description = "Nobody has called `clock` for ten minutes: windows do not close by themselves. Do: is the schedule on (EventBridge, Schedules)? Until then the desk closes by hand."

  namespace   = "AWS/Lambda"
  metric_name = "Invocations"
  dimensions  = local.of.clock
  statistic   = "Sum"

  period              = 300
  evaluation_periods  = 2
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  treat_missing_data  = "breaching"

  alarm_actions = [aws_sns_topic.alarms.arn]
  ok_actions    = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "balancer_5xx" {
  count = local.balancer ? 1 : 0

  alarm_name        = "${var.name}-balancer-5xx"
  alarm_description = "The balancer got no answer that it could hand on: people see its own bare page, phones keep what was done and send again. Do: `web-errors` and `web-throttles` first. Quiet? An answer above 1 MB, which the balancer cuts off: README.md, `Limits of a balancer`."

  namespace   = "AWS/ApplicationELB"
  metric_name = "HTTPCode_ELB_5XX_Count"
  dimensions  = { LoadBalancer = aws_lb.this[0].arn_suffix }
  statistic   = "Sum"

  period              = 300
  evaluation_periods  = 2
  comparison_operator = "GreaterThanThreshold"
  threshold           = 10
  treat_missing_data  = "notBreaching"

  alarm_actions = [aws_sns_topic.alarms.arn]
  ok_actions    = [aws_sns_topic.alarms.arn]
}

# DynamoDB counts its own troubles for each operation apart.
resource "aws_cloudwatch_metric_alarm" "main_table_refused" {
  alarm_name        = "${var.name}-main-table-refused"
  alarm_description = "DynamoDB refused a call for its own reasons. Do: health.aws.amazon.com for DynamoDB in this region. Phones keep what people did and send it again."

  dynamic "metric_query" {
    for_each = local.operations

    content {
      id          = "m${metric_query.key}"
      return_data = false

      metric {
        namespace   = "AWS/DynamoDB"
        metric_name = "SystemErrors"
        dimensions  = { TableName = aws_dynamodb_table.main.name, Operation = metric_query.value }
        period      = 300
        stat        = "Sum"
      }
    }
  }

  metric_query {
    id          = "all"
    label       = "calls refused"
    expression  = join(" + ", [for place, operation in local.operations : "FILL(m${place}, 0)"])
    return_data = true
  }

  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"

  alarm_actions = [aws_sns_topic.alarms.arn]
  ok_actions    = [aws_sns_topic.alarms.arn]
}

locals {
  operations = ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"]
}
