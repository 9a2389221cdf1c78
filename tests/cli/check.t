#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
. "${0%/*}/../lib/test.sh"

# retro <file> <line>...: writes it, the lines as front matter.
retro () {
	file=$1
	shift
	{
		echo ---
		printf '%s\n' "$@"
		echo ---
	} >"$file"
}

ok 'nothing wrong is silent' '
	new_repo good && cd good && mkdir retros && commit one &&
	git tag v1.0.0 &&
	retro retros/a.md "id: a" "title: A" "date: 2026-01-01" \
		"status: draft" "releases: [v1.0.0]" &&
	git retro check >out 2>err && test_empty out && test_empty err
'
ok 'each problem with its place and way out' '
	new_repo bad && cd bad && mkdir retros &&
	retro retros/a.md "id: a" "title: A" "date: 2026-02-30" \
		"status: fnal" "stauts: draft" "severity: 9" &&
	retro retros/b.md "id: b" "title: v1.4: trap" &&
	retro retros/c.md "id: a" "title: C" "date: 2026-01-01" \
		"status: draft" "releases: [v9]" "related: [nope]" \
		"commits: {cause: [deadbeef], fix: [xyz]}" \
		"started: 2026-01-02T00:00:00Z" \
		"resolved: 2026-01-01T00:00:00Z" &&
	retro retros/d.md "id: d" "title: D" "date: 2026-01-01" \
		"status: final" "status: draft" &&
	printf "dir: retros\nrelaeses: {}\n" >.retro.yml &&
	status 1 git retro check >out 2>err && golden cli/check.txt out &&
	golden cli/check.err err
'
ok 'the sum comes last in a log, too' '
	cd bad && status 1 git retro check >log 2>&1 &&
	tail -n1 log >last && same "$TESTS/golden/cli/check.err" last
'
ok 'json' '
	cd bad && status 1 git retro check --format=json >out 2>err &&
	test_empty err && golden cli/check.json out
'
ok 'only what was named' '
	cd bad && status 1 git retro check retros/b.md >out 2>err &&
	has out retros/b.md:3 && lacks out retros/a.md &&
	cd retros && status 1 git retro check b.md >out 2>err && has out "b.md:3"
'
ok 'settings from elsewhere are named by their place' '
	mkdir -p bad/sub && cd bad/sub &&
	git -c retro.due=soon retro check >out 2>err;
	has out "command line: warning: policy: " &&
	has out "../.retro.yml:2:1: warning" &&
	git config retro.due soon && git retro check >out 2>err;
	has out "$TRASH/bad/.git/config: warning: policy: " &&
	git config --unset retro.due && cd ../../good &&
	git -c retro.due=soon retro list 2>err &&
	has err "git retro: command line: '\''due'\'' wants"
'
ok 'warnings only exit 0' '
	new_repo warn && cd warn && mkdir retros &&
	retro retros/a.md "id: a" "title: A" "date: 2026-01-01" \
		"status: draft" "releases: [v9]" &&
	git retro check >out 2>err && has out "warning: release-unresolved" &&
	echo "1 warning in 1 retro" >want && same want err
'
ok 'a final retro needs its sections' '
	new_repo final && cd final && mkdir retros &&
	retro retros/a.md "id: a" "title: A" "date: 2026-01-01" \
		"status: final" &&
	printf "## Summary\n\nIt broke.\n\n## Pitfalls\n\n<!-- what? -->\n" \
		>>retros/a.md &&
	status 1 git retro check >out 2>err &&
	has out "required-section" && has out "empty-section" &&
	git -c retro.due=3d retro check >out 2>err;
	printf "required: {final: [summary]}\n" >.retro.yml &&
	git retro check >out 2>err && test_empty out
'
ok 'a collection that is older than this tool has no errors' '
	new_repo old && cd old && mkdir retros &&
	printf "# Outage\n\ntext\n" >retros/2019-01-01-a.md &&
	retro retros/b.md "uuid: 0a1b" "url: https://example.com" \
		"start_time: 2016-01-02T03:04:05Z" "end_time:" \
		"categories: [cloud]" "company: Example" &&
	git retro check >out && test_empty out
'
ok 'files that cannot be read are named, each for itself' '
	new_repo broken && cd broken && mkdir retros &&
	printf "\377\376a\0" >retros/utf16.md &&
	printf "+++\ntitle = 1\n+++\n" >retros/toml.md &&
	printf -- "---\ntitle: x\n" >retros/open.md &&
	printf "a\377b\n" >retros/latin.md &&
	printf -- "---\na: &a [x]\nb: *c\n---\n" >retros/alias.md &&
	printf -- "---\n\ttab: x\n---\n" >retros/tab.md &&
	ln -s /etc/passwd retros/out.md && mkfifo retros/fifo.md &&
	status 1 git retro check >out 2>err &&
	for f in utf16 toml open latin alias tab out
	do
		grep -q "^retros/$f.md:.* error: " out || {
			echo "not named: $f"; cat out; exit 1; }
	done && lacks out root:
'
ok 'in a shallow clone a commit that is not here is not called wrong' '
	new_repo full && cd full && mkdir retros && commit one && commit two &&
	first=$(git rev-parse HEAD~1) &&
	retro retros/a.md "id: a" "title: A" "date: 2026-01-01" \
		"status: draft" "commits: [$first]" &&
	git add . && git commit -q -m retro && git retro check >out &&
	test_empty out &&
	git clone -q --depth 1 "file://$TRASH/full" ../shallow &&
	cd ../shallow && git retro check >out && test_empty out
'
ok 'a commit is known by its id, or the beginning of it that is unique' '
	new_repo ids && cd ids && mkdir retros && commit one &&
	git tag -m note v1 && id=$(git rev-parse HEAD) &&
	short=$(git rev-parse --short HEAD) && tag=$(git rev-parse v1) &&
	retro retros/a.md "id: a" "title: A" "date: 2026-01-01" \
		"status: draft" "commits: [$id, $short]" &&
	git retro check >out && test_empty out &&
	retro retros/a.md "id: a" "title: A" "date: 2026-01-01" \
		"status: draft" "commits: [$tag, ${id}0, ${short}0]" &&
	git retro check >out && test "$(grep -c commit-unresolved out)" = 3 &&
	mkdir blobs && for i in $(seq 600); do echo $i >blobs/$i; done &&
	ls -d blobs/* | git hash-object -w --stdin-paths | cut -c1-4 |
		sort | uniq -d >twice && test -s twice &&
	retro retros/a.md "id: a" "title: A" "date: 2026-01-01" \
		"status: draft" "commits: [\"$(head -n1 twice)\"]" &&
	git retro check >out && test_empty out
'
ok 'in a bare repository' '
	git -C bad add . && git -C bad commit -q -m bad &&
	git clone -q --bare bad bad.git && cd bad.git &&
	status 1 git retro check >out 2>err && golden cli/check.txt out
'
test_done
