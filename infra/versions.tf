# Versions of everything this configuration was checked with.

terraform {
  # 1.11 is the first with write-only arguments: with them no generated key is kept in the state.
  required_version = ">= 1.11.0"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      # tests/fixtures/aws-schema.json says which version's arguments these files are checked against.
      version = ">= 6.62.0, < 7.0.0"
    }
    archive = {
      source  = "hashicorp/archive"
      version = "~> 2.7"
    }
    random = {
      source  = "hashicorp/random"
      version = "~> 3.7"
    }
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = merge({ project = var.name }, var.tags)
  }
}

data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

locals {
  account   = data.aws_caller_identity.this.account_id
  partition = data.aws_partition.this.partition

  cloudfront = var.edge == "cloudfront"
  http_api   = var.edge == "http_api"
  balancer   = var.edge == "load_balancer"

  # Without CloudFront's buckets `web` serves the files too.
  serves_files = !local.cloudfront
}
