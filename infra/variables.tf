# What an operator decides. Only `region` and `alarm_email` have no default.

variable "region" {
  description = "AWS region of everything but what CloudFront wants in us-east-1, for example `ap-east-1`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "A region looks like `ap-east-1`."
  }
}

variable "alarm_email" {
  description = "Where alarms and budget warnings go. AWS sends one message first that has to be confirmed."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[^@[:space:]]+@[^@[:space:]]+\\.[^@[:space:]]+$", var.alarm_email))
    error_message = "An e-mail address that somebody on duty reads."
  }
}

variable "name" {
  description = "What every name in the account begins with; a second installation in one account needs another."
  type        = string
  default     = "last-metre"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,22}[a-z0-9]$", var.name))
    error_message = "3 to 24 small letters, digits and hyphens, beginning with a letter and not ending with a hyphen."
  }
}

variable "tags" {
  description = "Tags on everything, besides `project`."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = !contains(keys(var.tags), "project")
    error_message = "`project` is set from `name`."
  }
}

variable "community" {
  description = "The community that strangers are welcomed to: its id, as `local import` prints it."
  type        = string
  default     = "local"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,24}$", var.community))
    error_message = "1 to 24 letters, digits, hyphens and underscores."
  }
}

variable "package_dir" {
  description = "What `cargo xtask package` made: `web.zip`, `tally.zip`, `clock.zip` and the folder `assets`."
  type        = string
  default     = "../target/package"
  nullable    = false

  validation {
    condition = alltrue([
      for file in ["web.zip", "tally.zip", "clock.zip", "assets/assets.json"] : fileexists("${var.package_dir}/${file}")
    ])
    error_message = "The packages are not there: run `cargo xtask package` first."
  }
}

# ---- how phones reach it ----

variable "edge" {
  description = "`cloudfront`: CloudFront before S3 and a Function URL. `load_balancer`: an Application Load Balancer, paid by the hour, for millions of households. `http_api`: an HTTP API and nothing else. The last two also where there is no CloudFront."
  type        = string
  default     = "cloudfront"
  nullable    = false

  validation {
    condition     = contains(["cloudfront", "load_balancer", "http_api"], var.edge)
    error_message = "`cloudfront`, `load_balancer` or `http_api`."
  }
}

variable "domain" {
  description = "Your own host name, for example `help.example.org`. Cards and letters carry it: choose it before printing. Null: the name AWS gives."
  type        = string
  default     = null

  validation {
    condition     = var.domain == null || can(regex("^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,}$", var.domain))
    error_message = "A host name in small letters, without `https://`."
  }

  validation {
    condition     = (var.domain == null) == (var.certificate_arn == null)
    error_message = "`domain` and `certificate_arn` belong together."
  }

  validation {
    condition     = var.domain != null || var.edge != "load_balancer"
    error_message = "`load_balancer` needs `domain` and `certificate_arn`: no certificate is given for a balancer's own name."
  }
}

variable "certificate_arn" {
  description = "Certificate of `domain` in ACM: in us-east-1 with `cloudfront`, in `region` otherwise."
  type        = string
  default     = null

  validation {
    condition = var.certificate_arn == null || can(regex(
      "^arn:aws[a-z-]*:acm:${var.edge == "cloudfront" ? "us-east-1" : var.region}:[0-9]{12}:certificate/",
      var.certificate_arn,
    ))
    error_message = "The ARN of a certificate in ACM: in us-east-1 with `cloudfront`, in `region` otherwise."
  }
}

variable "zone_id" {
  description = "Route 53 zone in which the record of `domain` is made; null if your names are kept elsewhere."
  type        = string
  default     = null

  validation {
    condition     = var.zone_id == null || var.domain != null
    error_message = "A zone without a `domain` has nothing to hold."
  }
}

variable "origin_secret_generation" {
  description = "Raise by one to rotate the secret between CloudFront and the function; the one before stays accepted."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.origin_secret_generation >= 1 && floor(var.origin_secret_generation) == var.origin_secret_generation
    error_message = "A whole number from 1, only ever raised."
  }
}

variable "waf_rate_limit" {
  description = "Requests one address may make in five minutes before WAF answers 403; null is no WAF. A whole compound may share one address."
  type        = number
  default     = null

  validation {
    condition     = var.waf_rate_limit == null || try(var.waf_rate_limit >= 1000 && var.waf_rate_limit <= 2000000000, false)
    error_message = "At least 1000: fewer would shut out a compound behind one address."
  }

  validation {
    condition     = var.waf_rate_limit == null || var.edge != "http_api"
    error_message = "WAF can't stand before an HTTP API: it needs another `edge`."
  }
}

variable "access_log_days" {
  description = "Days for which access logs are kept; null is none. They never hold an address within the site, since those carry codes."
  type        = number
  default     = null

  validation {
    condition = var.access_log_days == null || try(contains(
      [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365], var.access_log_days,
    ), false)
    error_message = "One of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365."
  }

  validation {
    condition     = var.access_log_days == null || var.edge != "load_balancer"
    error_message = "A balancer's access log can't leave out the address within the site, and that carries codes: there is none."
  }
}

variable "assets_kept_days" {
  description = "Days after its upload for which a file of an earlier release is still served. Must outlast the longest life of a release by 30."
  type        = number
  default     = 400
  nullable    = false

  validation {
    condition     = var.assets_kept_days >= 60
    error_message = "At least 60: a release that lived a month, and 30 days after it."
  }
}

# ---- the tables ----

variable "max_read_units" {
  description = "Read units a second that a table may use at most: the brake on a bill that runs away."
  type        = number
  default     = 12000
  nullable    = false

  validation {
    condition     = var.max_read_units >= 100 && var.max_read_units <= 40000
    error_message = "100 to 40000, the account's default quota of a table."
  }
}

variable "max_write_units" {
  description = "Write units a second that a table may use at most."
  type        = number
  default     = 4000
  nullable    = false

  validation {
    condition     = var.max_write_units >= 100 && var.max_write_units <= 40000
    error_message = "100 to 40000, the account's default quota of a table."
  }
}

variable "care_keys" {
  description = "How many master keys the care registry has. Raise by one to rotate: the newest seals, all of them open. Never lower it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.care_keys >= 1 && var.care_keys <= 20 && floor(var.care_keys) == var.care_keys
    error_message = "A whole number from 1 to 20."
  }
}

variable "push_key_generation" {
  description = "Raise by one to replace the push key. Every phone has to subscribe again, which it does when its app is next opened."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.push_key_generation >= 1 && floor(var.push_key_generation) == var.push_key_generation
    error_message = "A whole number from 1, only ever raised."
  }
}

# ---- the functions ----

variable "memory" {
  description = "Megabytes of each function; processor time grows with it."
  type = object({
    web   = optional(number, 512)
    tally = optional(number, 256)
    clock = optional(number, 256)
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for size in values(var.memory) : size >= 128 && size <= 3008])
    error_message = "128 to 3008 each; more needs a higher quota in new accounts."
  }
}

variable "reserved_concurrency" {
  description = "Copies of each function kept for it, and its limit; -1 is off. Off by default: a new account has 10 in all and may reserve none."
  type = object({
    web   = optional(number, -1)
    tally = optional(number, -1)
    clock = optional(number, -1)
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for copies in values(var.reserved_concurrency) : copies == -1 || copies >= 1])
    error_message = "-1 or at least 1: 0 would stop the function."
  }
}

variable "tracing" {
  description = "Whether X-Ray traces the functions."
  type        = bool
  default     = false
  nullable    = false
}

variable "log_days" {
  description = "Days for which the functions' logs are kept."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365], var.log_days)
    error_message = "One of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365."
  }
}

variable "log_level" {
  description = "What the functions write to their logs."
  type        = string
  default     = "info"
  nullable    = false

  validation {
    condition     = contains(["error", "warn", "info", "debug"], var.log_level)
    error_message = "`error`, `warn`, `info` or `debug`."
  }
}

# ---- when somebody is called ----

variable "alarm_p99_ms" {
  description = "Milliseconds that 99 of 100 requests must stay under."
  type        = number
  default     = 1500
  nullable    = false

  validation {
    condition     = var.alarm_p99_ms >= 100 && var.alarm_p99_ms <= 20000
    error_message = "100 to 20000."
  }
}

variable "alarm_write_units_an_hour" {
  description = "Write units of the main table in an hour above which somebody looks at the bill; a million cost about 0.63 dollars."
  type        = number
  default     = 5000000
  nullable    = false

  validation {
    condition     = var.alarm_write_units_an_hour >= 1000
    error_message = "At least 1000."
  }
}

variable "monthly_budget_usd" {
  description = "Dollars a month for the whole account; warnings go out at half, at four fifths, and when the month will end above."
  type        = number
  default     = 50
  nullable    = false

  validation {
    condition     = var.monthly_budget_usd >= 1
    error_message = "At least 1."
  }
}
