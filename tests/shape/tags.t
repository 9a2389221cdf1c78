#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# 100,000 tags, among them what nobody expects: each command answers, with what
# git's own list says, and asks for nothing in error. What it costs is told by
# tests/bench/tags.sh. A tenth of them for sanitizers, which do not look for
# size.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/hook.sh"

tags=100000
[ -z "$sanitized" ] || tags=10000
newest=v$((tags / 1000 - 1)).99.9

owed () {
	git retro status --format=json | jq -r ".owed[].tag" | sort
}
range () {
	rm -f retros/2*.md && git retro new --no-edit --release="$1" >/dev/null &&
	sed -n "s/^range: //p" retros/2*.md
}

ok 'set up' '
	new_repo many && cd many && "$TESTS/bench/tags.pl" $tags |
	git fast-import --quiet && git reset -q --hard &&
	git update-ref refs/tags/v300.0.0 HEAD^{tree} &&
	test "$(git for-each-ref refs/tags | wc -l)" = $((tags + 5))
'
ok 'init proposes what is in use, and nothing is owed then' '
	cd many && git retro init >../out 2>../err && test_empty ../err &&
	has ../out "tags like $newest" &&
	has ../out "releases up to $newest need no retro" &&
	git retro status >../out && lacks ../out "without a retro"
'
ok 'a tag of a blob or a tree, or named like an option, is asked of nobody' '
	cd many && git tag v400.0.0 HEAD:f 2>err && test_empty err &&
	git tag v401.0.0 HEAD^{tree} 2>err && test_empty err &&
	git update-ref refs/tags/--release HEAD 2>err && test_empty err &&
	git tag v100.0.0 2>err && line v100.0.0 && test "$(owed)" = v100.0.0 &&
	git tag -d v100.0.0 v400.0.0 v401.0.0 &&
	git update-ref -d refs/tags/--release
'
ok 'patterns that match everything: all that lead to a commit' '
	cd many && printf "%s\n" "releases:" "  tags: [\"*\"]" \
		"  require: all" >.retro.yml &&
	git for-each-ref refs/tags \
		--format="%(refname:lstrip=2) %(objecttype) %(*objecttype)" |
	sed -nE "s/ (commit |tag commit)$//p" | sort >../want &&
	owed >../got && same ../want ../got && git retro status >../out &&
	has ../out "and $((tags - 7)) more: set releases.since in .retro.yml"
'
ok 'the release before each kind' '
	cd many && test "$(range v5.5.5)" = v5.4.9..v5.5.5 &&
	test "$(range v5.5.0)" = v5.4.9..v5.5.0 &&
	test "$(range v7.0.0)" = v6.99.9..v7.0.0 && range v1.0.0_v2.0.0 &&
	range --all && range -v3.0.0 && git retro check &&
	status 128 git retro new --no-edit --release v200.0.0 2>../err &&
	has ../err v200.0.0 && lacks ../err "no tag"
'
ok 'the other questions' '
	cd many && rm -f retros/2*.md && git retro list && git retro doctor &&
	git retro audit main && status 0 git retro check
'
test_done
