#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
. "${0%/*}/../lib/test.sh"

# retro <id> <date> <field>... -- <pitfall>...: writes retros/<id>.md
retro () {
	file=retros/$1.md
	printf -- '---\nid: %s\ntitle: Title of %s\ndate: %s\nstatus: final\n' \
		"$1" "$1" "$2" >"$file"
	shift 2
	while [ "$1" != -- ]
	do
		printf '%s\n' "$1" >>"$file"
		shift
	done
	shift
	printf -- '---\n\n## Pitfalls\n\n' >>"$file"
	printf -- '- %s\n' "$@" >>"$file"
}

ok 'set up' '
	new_repo r && cd r && mkdir retros data && echo x >data/load.py &&
	retro first 2023-12-01 "releases: [v1.0.0, v1.0.1]" "labels: [data]" \
		"severity: 2" -- "P1: Labels can be empty: \`data/load.py\`" \
		"The *driver* was too old" &&
	retro second 2025-11-20 "seen-before: [first#P1]" "paths: [data/**]" -- \
		"Empty labels, again" &&
	retro third 2026-01-02 "seen-before: [second]" -- \
		"Labels, a third time: \`src/check.py\`" &&
	retro fourth 2026-01-04 "seen-before: [third, first, nowhere]" -- \
		"| a tab	and \`data/load.py:3\`" &&
	printf "# 旧\n\n## 踩过的坑\n\n- CUDA 版本没有固定\n" >retros/old.md &&
	retro none 2026-01-01 -- && sed -i "/^- /d" retros/none.md &&
	git add . && git commit -q -m retros
'
ok 'each on its own, newest first, with what came of it' '
	cd r && git retro pitfalls >out && golden cli/pitfalls.txt out
'
ok 'json, ndjson and tsv' '
	cd r && git retro pitfalls --format=json >out &&
	golden cli/pitfalls.json out &&
	git retro pitfalls --format=tsv >out && golden cli/pitfalls.tsv out &&
	git retro pitfalls --format=ndjson >out && test "$(wc -l <out)" = 6
'
# texts <option>...: the retros of a filtered list, in its order.
ids () {
	git retro pitfalls --format=tsv "$@" | tail -n +2 | cut -f1 | tr "\n" " "
}
ok 'those that come back most often first' '
	cd r && test "$(ids --recurring)" = "first second third first old fourth "
'
ok 'chains may lead in circles, and to the retro itself' '
	cp -R r circles && cd circles &&
	sed -i "s/^severity.*/seen-before: [fourth, first]/" retros/first.md &&
	test "$(git retro pitfalls --format=tsv --label data |
		sed -n 2p | cut -f5)" = "second, third, fourth" &&
	test "$(git retro pitfalls --format=tsv --since 2026-01-04 |
		grep ^fourth | cut -f5)" = "first"
'
ok 'a name without a number is the retro, not each of its pitfalls' '
	cd r && git retro pitfalls --label data >out &&
	grep "^first#P1 .*  came back 3 times  *Labels" out &&
	grep "^first .*  its retro came back once  The driver" out
'
ok 'filters of list' '
	cd r && test "$(ids --label DATA)" = "first first " &&
	test "$(ids --release "v1.*")" = "first first " &&
	test "$(ids --since 2026-01-01 --status final)" = "fourth third " &&
	test "$(ids --severity 2)" = "first first " && test -z "$(ids --label x)" &&
	test "$(ids --sort=id)" = "first first fourth old second third " &&
	git retro pitfalls --label x >out && test_empty out
'
ok 'a count is that of all retros, those left out too' '
	cd r && git retro pitfalls --label data >out && has out "came back 3 times"
'
ok 'of files: a pitfall that names others is left out' '
	cd r && git retro pitfalls --path data --format=tsv >out &&
	test "$(tail -n +2 out | cut -f1 | sort | tr "\n" " ")" = \
		"first first fourth second " &&
	test "$(ids --path src/check.py)" = "third " &&
	(cd data && test "$(ids --path load.py --label data)" = "first first ") &&
	test -z "$(ids --path other.c)"
'
ok 'as of a revision, and what is not committed' '
	cd r && echo "- A fresh one" >>retros/third.md &&
	git retro pitfalls >out && has out "A fresh one" &&
	git retro pitfalls --at HEAD >out && lacks out "A fresh one" &&
	git checkout -q . && git clone -q --bare . ../bare.git &&
	git -C ../bare.git retro pitfalls >out && test "$(wc -l <out)" = 6
'
ok 'ages' '
	cd r && for day in "2026-01-05 today" "2026-01-04 1.day" \
		"2026-01-01 4.days" "2025-12-23 13.days" "2025-12-22 2.weeks" \
		"2025-11-05 2.months" "2024-01-06 23.months" "2024-01-05 2.years" \
		"2030-01-01 today"
	do
		sed "s/^date:.*/date: ${day% *}/" retros/third.md >retros/z.md &&
		sed -i "s/^id:.*/id: z/" retros/z.md &&
		git retro pitfalls | grep -q "^z *${day#* } " ||
		{ echo "$day"; git retro pitfalls; exit 1; }
	done && rm retros/z.md
'
ok 'mistakes' '
	cd r && status 129 git retro pitfalls load 2>err &&
	has err "git retro grep load --in pitfalls" &&
	status 129 git retro pitfalls --kind nope 2>err &&
	status 128 git retro pitfalls --at nope 2>err && has err nope
'
ok 'no retro at all' '
	new_repo none && cd none && git retro pitfalls >out && test_empty out &&
	git retro pitfalls --format=json >out && has out "\"pitfalls\": []"
'
test_done
