# What a month may cost. A warning, not a brake: the brakes are `max_write_units`, `max_read_units` and
# `reserved_concurrency`. AWS knows the sum some hours late; the alarm `cost` is faster.

resource "aws_budgets_budget" "month" {
  name         = var.name
  budget_type  = "COST"
  time_unit    = "MONTHLY"
  limit_amount = tostring(var.monthly_budget_usd)
  limit_unit   = "USD"

  dynamic "notification" {
    for_each = {
      half     = { percent = 50, of = "ACTUAL" }
      most     = { percent = 80, of = "ACTUAL" }
      too_much = { percent = 100, of = "FORECASTED" }
    }

    content {
      comparison_operator        = "GREATER_THAN"
      threshold                  = notification.value.percent
      threshold_type             = "PERCENTAGE"
      notification_type          = notification.value.of
      subscriber_email_addresses = [var.alarm_email]
    }
  }
}
