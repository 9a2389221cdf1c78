#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# tests/agents/conformance.sh <folder>: the protocol's own conformance suite, as
# `npm install --prefix <folder> @modelcontextprotocol/conformance@0.2.0-alpha.12`
# puts it there, asks `git retro mcp` through bridge.mjs, once for each revision.
# What must fail is in conformance.md, with why; anything else that fails, and
# what fails no more, fails this. NODE (22 or later) runs the suite.
set -eu
tests=$(cd "${0%/*}/.." && pwd)
BUILD=${BUILD:-${tests%/*}/build}
NODE=${NODE:-node}
suite=$(cd "$1" && pwd)/node_modules/@modelcontextprotocol/conformance/dist/index.js
scratch=$(mktemp -d "${TMPDIR:-/tmp}/retro-conformance.XXXXXX")
PATH=$BUILD:$PATH HOME=$scratch GIT_CONFIG_NOSYSTEM=1
export PATH HOME GIT_CONFIG_NOSYSTEM

git init -q "$scratch/repo" && mkdir "$scratch/repo/retros"
printf '%s\n' --- 'id: one' 'title: One' 'date: 2026-01-05' 'status: final' --- '' \
	'## Pitfalls' '' '- P1: A label can be empty' >"$scratch/repo/retros/one.md"
mkfifo "$scratch/address"
"$NODE" "$tests/agents/bridge.mjs" "$scratch/repo" >"$scratch/address" &
trap 'kill $!; rm -rf "$scratch"' EXIT
read -r address <"$scratch/address"

result=0
for revision in 2025-11-25 2026-07-28
do
	{
		echo server:
		sed -n "/^## $revision/,/^## /s/^| \`\([^\`]*\)\`.*/  - \1/p" \
			"$tests/agents/conformance.md"
	} >"$scratch/expected.yml"
	"$NODE" "$suite" server --url "$address" --requirements "$revision" \
		--expected-failures "$scratch/expected.yml" \
		-o "$scratch/results" >"$scratch/log" 2>&1 || result=1
	echo "$revision:"
	sed -n '/^=== SUMMARY/,$p' "$scratch/log"
done
exit $result
