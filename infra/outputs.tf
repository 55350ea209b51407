# What an operator needs after an apply.

output "public_url" {
  description = "The address phones know. Letters and cards carry it."
  value       = local.public_url
}

output "main_table" {
  description = "For `local export` and `local import`."
  value       = aws_dynamodb_table.main.name
}

output "sessions_table" {
  description = "For `local export` and `local import`."
  value       = aws_dynamodb_table.sessions.name
}

output "care_keys" {
  description = "Parameters with the master keys of the care registry, oldest first. Copy their values to a safe: see README.md."
  value       = [for name in local.care_key_names : aws_ssm_parameter.care[name].name]
}

output "dashboard" {
  description = "The page to look at first."
  value       = "https://${var.region}.console.aws.amazon.com/cloudwatch/home?region=${var.region}#dashboards/dashboard/${var.name}"
}

output "dead_letters" {
  description = "Queues of what could not be done, by function."
  value       = { for key, queue in aws_sqs_queue.dead : key => queue.url }
}

output "log_groups" {
  description = "Log groups, by function."
  value       = { for key, group in aws_cloudwatch_log_group.function : key => group.name }
}

output "assets_bucket" {
  description = "Bucket of what phones download; null without CloudFront."
  value       = one(aws_s3_bucket.assets[*].id)
}

output "name_target" {
  description = "What a CNAME or ALIAS of `domain` points to, where your names are not kept in `zone_id`."
  value       = var.domain == null && local.http_api ? aws_apigatewayv2_api.this[0].api_endpoint : local.way_in.name
}
