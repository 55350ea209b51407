# The rules of Terraform itself; the ruleset for AWS is turned on by `cargo xtask test` where its plugin is installed.

config {
  format = "compact"
}

plugin "terraform" {
  enabled = true
  preset  = "all"
}

# Flat files by concern instead of main.tf.
rule "terraform_standard_module_structure" {
  enabled = false
}
