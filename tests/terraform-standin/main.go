// Command standin speaks Terraform's provider protocol for the kinds of resource in tests/fixtures/terraform-schema.json,
// so that `terraform validate` and `terraform test` run where the real providers cannot be had.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type body struct {
	Attributes map[string]string `json:"attributes"`
	Blocks     map[string]block  `json:"blocks"`
}

type block struct {
	Required bool `json:"required"`
	Many     bool `json:"many"`
	body
}

type fixture struct {
	Schema map[string]body `json:"schema"`
}

func kind(text string) tftypes.Type {
	switch text {
	case "string":
		return tftypes.String
	case "number":
		return tftypes.Number
	case "bool":
		return tftypes.Bool
	}
	if inner, ok := strings.CutPrefix(text, "list("); ok {
		return tftypes.List{ElementType: kind(strings.TrimSuffix(inner, ")"))}
	}
	if inner, ok := strings.CutPrefix(text, "map("); ok {
		return tftypes.Map{ElementType: kind(strings.TrimSuffix(inner, ")"))}
	}
	return tftypes.DynamicPseudoType
}

func schemaBlock(b body) *tfprotov6.SchemaBlock {
	out := &tfprotov6.SchemaBlock{}
	for name, text := range b.Attributes {
		if strings.HasPrefix(text, "any") && name == "statement" {
			number := &tfprotov6.SchemaAttribute{Name: "limit", Type: tftypes.Number, Required: true}
			key := &tfprotov6.SchemaAttribute{Name: "aggregate_key_type", Type: tftypes.String, Optional: true}
			rate := &tfprotov6.SchemaNestedBlock{TypeName: "rate_based_statement", Nesting: tfprotov6.SchemaNestedBlockNestingModeList, MaxItems: 1,
				Block: &tfprotov6.SchemaBlock{Attributes: []*tfprotov6.SchemaAttribute{number, key}}}
			out.BlockTypes = append(out.BlockTypes, &tfprotov6.SchemaNestedBlock{TypeName: name, Nesting: tfprotov6.SchemaNestedBlockNestingModeList, MaxItems: 1,
				Block: &tfprotov6.SchemaBlock{BlockTypes: []*tfprotov6.SchemaNestedBlock{rate}}})
			continue
		}
		a := &tfprotov6.SchemaAttribute{Name: name, Type: kind(text[:len(text)-1])}
		switch text[len(text)-1] {
		case '!':
			a.Required = true
		case '?':
			a.Optional = true
			// Where nobody gives one, AWS does: the generated packages do not tell these from what is only optional.
			a.Computed = slices.Contains([]string{"id", "arn", "tags_all", "region", "ipv6_cidr_block"}, name)
		default:
			a.Computed = true
		}
		if strings.HasSuffix(name, "_wo") && a.Optional {
			a.WriteOnly = true
		}
		out.Attributes = append(out.Attributes, a)
	}
	for name, inner := range b.Blocks {
		n := &tfprotov6.SchemaNestedBlock{TypeName: name, Block: schemaBlock(inner.body), Nesting: tfprotov6.SchemaNestedBlockNestingModeList}
		if inner.Required {
			n.MinItems = 1
		}
		if !inner.Many {
			n.MaxItems = 1
		}
		out.BlockTypes = append(out.BlockTypes, n)
	}
	return out
}

type server struct {
	tfprotov6.ProviderServer
	name      string
	provider  *tfprotov6.Schema
	resources map[string]*tfprotov6.Schema
	data      map[string]*tfprotov6.Schema
	ephemeral map[string]*tfprotov6.Schema
}

func (s *server) GetMetadata(context.Context, *tfprotov6.GetMetadataRequest) (*tfprotov6.GetMetadataResponse, error) {
	return nil, fmt.Errorf("unimplemented")
}

func (s *server) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return &tfprotov6.GetProviderSchemaResponse{
		ServerCapabilities:       &tfprotov6.ServerCapabilities{GetProviderSchemaOptional: true},
		Provider:                 s.provider,
		ResourceSchemas:          s.resources,
		DataSourceSchemas:        s.data,
		EphemeralResourceSchemas: s.ephemeral,
	}, nil
}

func (s *server) GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov6.GetResourceIdentitySchemasResponse{}, nil
}
func (s *server) ValidateProviderConfig(_ context.Context, r *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return &tfprotov6.ValidateProviderConfigResponse{PreparedConfig: r.Config}, nil
}
func (s *server) ConfigureProvider(context.Context, *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return &tfprotov6.ConfigureProviderResponse{}, nil
}
func (s *server) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	return &tfprotov6.StopProviderResponse{}, nil
}
func (s *server) ValidateResourceConfig(context.Context, *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return &tfprotov6.ValidateResourceConfigResponse{}, nil
}
func (s *server) ValidateDataResourceConfig(context.Context, *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return &tfprotov6.ValidateDataResourceConfigResponse{}, nil
}
func (s *server) ValidateEphemeralResourceConfig(context.Context, *tfprotov6.ValidateEphemeralResourceConfigRequest) (*tfprotov6.ValidateEphemeralResourceConfigResponse, error) {
	return &tfprotov6.ValidateEphemeralResourceConfigResponse{}, nil
}
func (s *server) UpgradeResourceState(_ context.Context, r *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	t := s.resources[r.TypeName].ValueType()
	v, err := r.RawState.Unmarshal(t)
	if err != nil {
		return nil, err
	}
	d, err := tfprotov6.NewDynamicValue(t, v)
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &d}, err
}
func (s *server) ReadResource(_ context.Context, r *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return &tfprotov6.ReadResourceResponse{NewState: r.CurrentState}, nil
}

// What is only read becomes unknown in a plan, and a made-up text when applied.
func fill(t tftypes.Type, sch *tfprotov6.Schema, d *tfprotov6.DynamicValue, unknown bool) (*tfprotov6.DynamicValue, error) {
	v, err := d.Unmarshal(t)
	if err != nil {
		return nil, err
	}
	if v.IsNull() {
		return d, nil
	}
	var m map[string]tftypes.Value
	if err := v.As(&m); err != nil {
		return nil, err
	}
	for _, a := range sch.Block.Attributes {
		if a.WriteOnly {
			m[a.Name] = tftypes.NewValue(a.Type, nil)
		}
		if !a.Computed {
			continue
		}
		if unknown && m[a.Name].IsNull() {
			m[a.Name] = tftypes.NewValue(a.Type, tftypes.UnknownValue)
		} else if !unknown && (!m[a.Name].IsKnown() || m[a.Name].IsNull()) {
			if a.Type.Is(tftypes.String) {
				m[a.Name] = tftypes.NewValue(a.Type, "0123456789abcdef0123456789abcdef0123456789abcdef")
			} else {
				m[a.Name] = tftypes.NewValue(a.Type, nil)
			}
		}
	}
	out, err := tfprotov6.NewDynamicValue(t, tftypes.NewValue(t, m))
	return &out, err
}

func (s *server) PlanResourceChange(_ context.Context, r *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	sch := s.resources[r.TypeName]
	d, err := fill(sch.ValueType(), sch, r.ProposedNewState, true)
	return &tfprotov6.PlanResourceChangeResponse{PlannedState: d}, err
}
func (s *server) ApplyResourceChange(_ context.Context, r *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	sch := s.resources[r.TypeName]
	d, err := fill(sch.ValueType(), sch, r.PlannedState, false)
	return &tfprotov6.ApplyResourceChangeResponse{NewState: d}, err
}
func (s *server) ReadDataSource(_ context.Context, r *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	sch := s.data[r.TypeName]
	d, err := fill(sch.ValueType(), sch, r.Config, false)
	return &tfprotov6.ReadDataSourceResponse{State: d}, err
}
func (s *server) OpenEphemeralResource(_ context.Context, r *tfprotov6.OpenEphemeralResourceRequest) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	sch := s.ephemeral[r.TypeName]
	d, err := fill(sch.ValueType(), sch, r.Config, false)
	return &tfprotov6.OpenEphemeralResourceResponse{Result: d}, err
}
func (s *server) CloseEphemeralResource(context.Context, *tfprotov6.CloseEphemeralResourceRequest) (*tfprotov6.CloseEphemeralResourceResponse, error) {
	return &tfprotov6.CloseEphemeralResourceResponse{}, nil
}

func main() {
	name := strings.TrimPrefix(filepath.Base(os.Args[0]), "terraform-provider-")
	raw, err := os.ReadFile(os.Getenv("STANDIN_SCHEMA"))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var f fixture
	if err := json.Unmarshal(raw, &f); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	s := &server{name: name, resources: map[string]*tfprotov6.Schema{}, data: map[string]*tfprotov6.Schema{}, ephemeral: map[string]*tfprotov6.Schema{}}
	s.provider = &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{}}
	if name == "aws" {
		tags := &tfprotov6.SchemaAttribute{Name: "tags", Type: tftypes.Map{ElementType: tftypes.String}, Optional: true}
		s.provider.Block.Attributes = []*tfprotov6.SchemaAttribute{{Name: "region", Type: tftypes.String, Optional: true}}
		s.provider.Block.BlockTypes = []*tfprotov6.SchemaNestedBlock{{TypeName: "default_tags", Nesting: tfprotov6.SchemaNestedBlockNestingModeList, MaxItems: 1,
			Block: &tfprotov6.SchemaBlock{Attributes: []*tfprotov6.SchemaAttribute{tags}}}}
	}
	for key, b := range f.Schema {
		sort, thing, _ := strings.Cut(key, " ")
		if !strings.HasPrefix(thing, name+"_") {
			continue
		}
		sch := &tfprotov6.Schema{Block: schemaBlock(b)}
		switch sort {
		case "resource":
			s.resources[thing] = sch
		case "data":
			s.data[thing] = sch
		case "ephemeral":
			s.ephemeral[thing] = sch
		}
	}
	if err := tf6server.Serve("registry.terraform.io/hashicorp/"+name, func() tfprotov6.ProviderServer { return s }); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
