#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Retros, actions and releases, counted; tests/real/stats.pl recomputes it.
. "${0%/*}/../lib/test.sh"

day () {
	test_clock=$(date -u -d "2026-$1T10:00:00Z" +%s)
	tick
}
# retro <id> <field>... -- <line of the body>...
retro () {
	file=retros/$1.md
	printf -- '---\nid: %s\ntitle: %s\ndate: %.10s\nstatus: final\n' \
		"$1" "$1" "$1" >"$file"
	shift
	while [ "$1" != -- ]
	do
		printf '%s\n' "$1" >>"$file"
		shift
	done
	shift
	printf -- '---\n\n' >>"$file"
	printf -- '%s\n' "$@" >>"$file"
}
# figure <key> <field> [<jq filter in front>]: of the whole.
figure () {
	jq -c "${3:-.total}[\"$1\"].$2" out
}

ok 'set up' '
	day 01-05 && new_repo r && cd r && mkdir retros &&
	printf "releases:\n  tags: [\"v*\"]\n  branches: [\"release/*\"]\n" \
		>.retro.yml &&
	commit one a a && day 01-10 && git tag v1.0.0 &&
	day 02-01 && commit fault a b && cause=$(git rev-parse HEAD) &&
	day 02-05 && git tag v1.1.0 && git branch release/1.1 &&
	day 02-06 && commit fix a c && fix=$(git rev-parse HEAD) &&
	day 02-07 && git tag v1.1.1 &&
	retro 2026-01-13-v1-0-0 "kind: release" "releases: [v1.0.0]" \
		"labels: [data]" -- "## Pitfalls" "" "- P1: Labels can be empty" "" \
		"## Actions" "" "- [ ] A1: Test empty labels due:2026-01-20" \
		"- [x] A2: Say so done:2026-01-15" \
		"- [-] A3: Rewrite (declined: too much)" &&
	retro 2026-02-08-lost "kind: incident" "releases: [v1.1.0]" \
		"started: 2026-02-05T11:00:00Z" "detected: 2026-02-05T12:00:00Z" \
		"resolved: 2026-02-07T11:00:00Z" "labels: [data, batch]" \
		"seen-before: [2026-01-13-v1-0-0#P1]" "commits:" \
		"  cause: [$cause]" "  fix: [$fix]" -- \
		"## Pitfalls" "" "- P1: The last rows were lost" "" \
		"## Actions" "" "- [x] A1: Count the rows done:$fix" \
		"- [ ] A2: Watch them" &&
	retro 2026-02-09-old "status: superseded" -- "## Pitfalls" "" "- none" &&
	sed -i "0,/^status: final/{/^status: final/d}" retros/2026-02-09-old.md &&
	git add . && day 02-10 && git commit -q -m retros &&
	git commit -q --allow-empty -m "Watched" \
		-m "Retro-Action: 2026-02-08-lost#A2"
'
day 07-01
ok 'for a terminal, in all and by quarter' '
	cd r && git retro stats >out && golden cli/stats.txt out
'
ok 'every group has its own, and all each once' '
	cd r && git retro stats --by label --format=tsv >out &&
	grep -P "^(all|data|batch)\t(retros|actions)\t" out | cut -f1-3 >got &&
	printf "%s\t%s\t%s\n" all retros 2 all actions 5 data retros 2 \
		data actions 5 batch retros 1 batch actions 2 >want &&
	cmp want got
'
ok 'JSON says what each figure was made from' '
	cd r && git retro stats --by release --format=json >out &&
	test "$(figure change-fail evidence)" = \
		"[{\"release\":\"v1.1.0\",\"retro\":\"2026-02-08-lost\"}]" &&
	test "$(figure rework evidence)" = \
		"[{\"release\":\"v1.1.1\",\"retro\":\"2026-02-08-lost\"}]" &&
	test "$(figure carried evidence)" = \
		"[{\"release\":\"release/1.1\",\"retro\":\"2026-02-08-lost\"}]" &&
	test "$(figure recovery median)" = 172800 &&
	test "$(figure time-to-detect median)" = 3600 &&
	test "$(figure time-to-retro median)" = 1 &&
	test "$(figure came-back n)/$(figure came-back of)" = 1/2 &&
	test "$(figure evaporated evidence)" = \
		"[{\"release\":null,\"retro\":\"2026-01-13-v1-0-0#A1\"}]" &&
	test "$(figure done few)" = false &&
	test "$(figure change-fail few)" = true &&
	test "$(jq -c "[.groups[].name]" out)" = \
		"[\"v1.0.0\",\"v1.1.0\",\"v1.1.1\"]"
'
ok 'a time keeps retros and releases of it' '
	cd r && git retro stats --since 2026-02-06 --format=json >out &&
	test "$(figure retros n)/$(figure releases n)" = 1/1 &&
	test "$(figure lead-time evidence)" = \
		"[{\"release\":\"v1.1.1\",\"retro\":null}]" &&
	git retro stats --until 2026-01-31 --format=json >out &&
	test "$(figure retros n)/$(figure releases n)" = 1/1
'
ok 'with a label releases are not counted' '
	cd r && git retro stats --label batch --format=json >out &&
	test "$(figure retros n)/$(jq -c .total.releases out)" = 1/null &&
	git retro stats --label batch >out && lacks out releases
'
ok 'Markdown is two tables' '
	cd r && git retro stats --format=markdown >out &&
	golden cli/stats.md out
'
ok 'a script of its own comes to the same' '
	cd r && perl "$TESTS/real/stats.pl" . >out && has out " 0 differ"
'
ok 'a shallow clone says that history is cut off' '
	git clone -q --depth 1 "file://$PWD/r" shallow 2>err && cd shallow &&
	git retro stats --format=json >out && test "$(jq .cut out)" = true &&
	test "$(figure carried unknown)" != 0
'
ok 'nothing to count is said' '
	new_repo empty && cd empty && git retro stats >out &&
	has out "Nothing to count yet"
'
ok 'what it does not know is refused' '
	cd r && may_fail git retro stats --by author 2>err &&
	may_fail git retro stats more 2>err &&
	has err "unexpected argument"
'
# Thousands of releases, and a hundred problems that each may have: sanitizers
# need terabytes of addresses to begin with.
ok 'thousands of releases fit into little memory' '
	perl "$TESTS/bench/releases.pl" 8000 4000 2 1 >history && new_repo wide && cd wide &&
	git fast-import --quiet <../history && git symbolic-ref HEAD refs/heads/main &&
	git reset -q --hard && printf "releases:\n  tags: [\"v*\"]\n  require: all\n" >.retro.yml &&
	perl "$TESTS/bench/corpus.pl" retros 100 1 $(git rev-list -n 40 --skip 1000 main) &&
	(test -n "$sanitized" || ulimit -v 120000
	git-retro stats --by release >out && git-retro stats --by release --format=json >json) &&
	test "$(jq ".groups | length" json)" -gt 3900 && has out "12 of "
'
ok 'no figure is cut on a terminal of 80 columns, or 40' '
	cd wide && git retro stats >all && grep -q "90% within .* days " all &&
	for columns in 80 40
	do
		"$BUILD/tests/pty" -- sh -c "stty cols $columns; git-retro --no-pager stats" |
			sed "s/\x1b\[[0-9;]*[a-zA-Z]//g; s/\r//" >out &&
		test "$(grep -c "90% within .* \(days\|hours\)" out)" = \
			"$(grep -c "90% within .* \(days\|hours\)" all)" &&
		grep "^quarter  retros  pitfalls  actions  done" out &&
		lacks out "faul…" || exit 1
	done
'
test_done
