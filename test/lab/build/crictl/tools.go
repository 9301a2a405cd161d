//go:build tools

// Package tools keeps the programs the lab builds in go.mod.
package tools

import _ "sigs.k8s.io/cri-tools/cmd/crictl"
