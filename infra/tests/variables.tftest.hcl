# What an operator cannot set.

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

run "region_in_words" {
  command = plan

  variables {
    region = "Hong Kong"
  }

  expect_failures = [var.region]
}

run "alarm_to_nobody" {
  command = plan

  variables {
    alarm_email = "nobody"
  }

  expect_failures = [var.alarm_email]
}

run "name_with_capitals" {
  command = plan

  variables {
    name = "Last-Metre"
  }

  expect_failures = [var.name]
}

run "project_tag" {
  command = plan

  variables {
    tags = { project = "x" }
  }

  expect_failures = [var.tags]
}

run "community_with_spaces" {
  command = plan

  variables {
    community = "Our Compound"
  }

  expect_failures = [var.community]
}

run "no_package" {
  command = plan

  variables {
    package_dir = "tests/nothing"
  }

  expect_failures = [var.package_dir]
}

run "another_edge" {
  command = plan

  variables {
    edge = "nginx"
  }

  expect_failures = [var.edge]
}

run "name_without_certificate" {
  command = plan

  variables {
    domain = "help.example.org"
  }

  expect_failures = [var.domain]
}

run "certificate_of_another_region" {
  command = plan

  variables {
    domain          = "help.example.org"
    certificate_arn = "arn:aws:acm:ap-east-1:123456789012:certificate/abc"
  }

  expect_failures = [var.certificate_arn]
}

run "zone_without_name" {
  command = plan

  variables {
    zone_id = "Z123"
  }

  expect_failures = [var.zone_id]
}

run "half_a_generation" {
  command = plan

  variables {
    origin_secret_generation = 1.5
  }

  expect_failures = [var.origin_secret_generation]
}

run "rate_that_shuts_out_a_compound" {
  command = plan

  variables {
    waf_rate_limit = 100
  }

  expect_failures = [var.waf_rate_limit]
}

run "waf_before_an_api" {
  command = plan

  variables {
    edge           = "http_api"
    waf_rate_limit = 5000
  }

  expect_failures = [var.waf_rate_limit]
}

run "balancer_without_a_name" {
  command = plan

  variables {
    edge = "load_balancer"
  }

  expect_failures = [var.domain]
}

run "balancer_with_a_certificate_of_cloudfront" {
  command = plan

  variables {
    edge            = "load_balancer"
    domain          = "help.example.org"
    certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/abc"
  }

  expect_failures = [var.certificate_arn]
}

run "access_log_of_a_balancer" {
  command = plan

  variables {
    edge            = "load_balancer"
    domain          = "help.example.org"
    certificate_arn = "arn:aws:acm:ap-east-1:123456789012:certificate/abc"
    access_log_days = 30
  }

  expect_failures = [var.access_log_days]
}

run "odd_retention" {
  command = plan

  variables {
    access_log_days = 31
  }

  expect_failures = [var.access_log_days]
}

run "assets_gone_at_once" {
  command = plan

  variables {
    assets_kept_days = 1
  }

  expect_failures = [var.assets_kept_days]
}

run "table_without_writes" {
  command = plan

  variables {
    max_write_units = 0
  }

  expect_failures = [var.max_write_units]
}

run "table_without_reads" {
  command = plan

  variables {
    max_read_units = 0
  }

  expect_failures = [var.max_read_units]
}

run "no_care_key" {
  command = plan

  variables {
    care_keys = 0
  }

  expect_failures = [var.care_keys]
}

run "no_push_key" {
  command = plan

  variables {
    push_key_generation = 0
  }

  expect_failures = [var.push_key_generation]
}

run "no_memory" {
  command = plan

  variables {
    memory = { web = 64 }
  }

  expect_failures = [var.memory]
}

run "a_function_that_may_not_run" {
  command = plan

  variables {
    reserved_concurrency = { web = 0 }
  }

  expect_failures = [var.reserved_concurrency]
}

run "logs_for_ever" {
  command = plan

  variables {
    log_days = 0
  }

  expect_failures = [var.log_days]
}

run "log_level_of_secrets" {
  command = plan

  variables {
    log_level = "trace"
  }

  expect_failures = [var.log_level]
}

run "patience_without_end" {
  command = plan

  variables {
    alarm_p99_ms = 60000
  }

  expect_failures = [var.alarm_p99_ms]
}

run "alarm_at_every_order" {
  command = plan

  variables {
    alarm_write_units_an_hour = 1
  }

  expect_failures = [var.alarm_write_units_an_hour]
}

run "no_budget" {
  command = plan

  variables {
    monthly_budget_usd = 0
  }

  expect_failures = [var.monthly_budget_usd]
}
