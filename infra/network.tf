# The balancer's own network, in which there is nothing but the balancer: it calls `web` over AWS's own network, so
# nothing here needs a way out, and the functions stay outside.

data "aws_availability_zones" "this" {
  #checkov:skip=CKV_AWS_394:the first two by name are taken, and a zone that AWS adds comes after them

  count = local.balancer ? 1 : 0
  state = "available"

  # No local zones: not each has balancers.
  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

resource "aws_vpc" "this" {
  #checkov:skip=CKV2_AWS_11:a flow log would be a list of who asked for help from where, and nothing else speaks here

  count = local.balancer ? 1 : 0

  cidr_block                       = "10.0.0.0/23"
  assign_generated_ipv6_cidr_block = true

  tags = { Name = var.name }
}

# Closed: what belongs to no other group reaches nothing and is reached by nobody.
resource "aws_default_security_group" "this" {
  count = local.balancer ? 1 : 0

  vpc_id = aws_vpc.this[0].id
}

# A balancer wants two zones, and free addresses in each to grow into.
resource "aws_subnet" "public" {
  count = local.balancer ? 2 : 0

  vpc_id            = aws_vpc.this[0].id
  availability_zone = data.aws_availability_zones.this[0].names[count.index]
  cidr_block        = cidrsubnet(aws_vpc.this[0].cidr_block, 1, count.index)
  ipv6_cidr_block   = cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, count.index)

  tags = { Name = "${var.name}-${count.index + 1}" }
}

resource "aws_internet_gateway" "this" {
  count = local.balancer ? 1 : 0

  vpc_id = aws_vpc.this[0].id

  tags = { Name = var.name }
}

resource "aws_route_table" "public" {
  count = local.balancer ? 1 : 0

  vpc_id = aws_vpc.this[0].id

  tags = { Name = var.name }
}

resource "aws_route" "ipv4" {
  count = local.balancer ? 1 : 0

  route_table_id         = aws_route_table.public[0].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route" "ipv6" {
  count = local.balancer ? 1 : 0

  route_table_id              = aws_route_table.public[0].id
  destination_ipv6_cidr_block = "::/0"
  gateway_id                  = aws_internet_gateway.this[0].id
}

resource "aws_route_table_association" "public" {
  count = local.balancer ? 2 : 0

  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public[0].id
}

# ---- who may come in: everybody, by two ports; nothing goes out ----

resource "aws_security_group" "balancer" {
  count = local.balancer ? 1 : 0

  name        = "${var.name}-balancer"
  description = "Everybody by 443, and by 80 to be sent there."
  vpc_id      = aws_vpc.this[0].id
}

locals {
  # A rule is for one port and one kind of address.
  ways_in = local.balancer ? {
    for pair in setproduct([443, 80], ["ipv4", "ipv6"]) : "${pair[0]}-${pair[1]}" => { port = pair[0], kind = pair[1] }
  } : {}
}

resource "aws_vpc_security_group_ingress_rule" "balancer" {
  #checkov:skip=CKV_AWS_260:port 80 only sends on to 443

  for_each = local.ways_in

  security_group_id = aws_security_group.balancer[0].id
  description       = "Everybody, ${each.value.kind}."
  from_port         = each.value.port
  to_port           = each.value.port
  ip_protocol       = "tcp"
  cidr_ipv4         = each.value.kind == "ipv4" ? "0.0.0.0/0" : null
  cidr_ipv6         = each.value.kind == "ipv6" ? "::/0" : null
}
