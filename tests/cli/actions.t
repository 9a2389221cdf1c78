#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
. "${0%/*}/../lib/test.sh"

ok 'set up' '
	new_repo r && cd r && mkdir retros &&
	cat >retros/a.md <<-\EOF &&
	---
	id: 2026-01-02-a
	title: A
	date: 2026-01-02
	status: final
	releases: [v1.0.0]
	---
	## Actions

	- [ ] A1: Pin the version @ann due:2026-01-03 !high
	- [ ] A2: Count rows @bo due:2030-01-01
	- [x] A3: Write it down done:2222222
	- [-] A4: Rewrite it (declined: the vendor does)
	EOF
	printf "# Old\n\n## 行动项\n\n- [ ] A1: 固定 CUDA 版本 @李雷\n" \
		>retros/2025-01-01-old.md &&
	git add . && git commit -q -m retros
'
ok 'all of them, retro by retro' '
	cd r && git retro actions >out && golden cli/actions.txt out
'
ok 'json, ndjson and tsv' '
	cd r && git retro actions --format=json >out &&
	golden cli/actions.json out &&
	git retro actions --format=tsv >out && golden cli/actions.tsv out &&
	git retro actions --format=ndjson >out && test "$(wc -l <out)" = 5
'
# names <option>...: the names that a filtered list gives.
names () {
	git retro actions --format=tsv "$@" | tail -n +2 | cut -f1 | tr "\n" " "
}
ok 'filters' '
	cd r && test "$(names --open)" = \
		"2026-01-02-a#A1 2026-01-02-a#A2 2025-01-01-old#A1 " &&
	test "$(names --overdue)" = "2026-01-02-a#A1 " &&
	test "$(names --owner BO)" = "2026-01-02-a#A2 " &&
	test "$(names --open --owner 李)" = "2025-01-01-old#A1 " &&
	test "$(names v1.0.0 --open)" = "2026-01-02-a#A1 2026-01-02-a#A2 "
'
ok 'done, by a day and by a commit' '
	cd r && git retro actions done 2026-01-02-a#A1 &&
	has retros/a.md "- [x] A1: Pin the version @ann due:2026-01-03 !high done:2026-01-05" &&
	git retro actions done v1.0.0#A2 --commit HEAD &&
	has retros/a.md "- [x] A2: Count rows @bo due:2030-01-01 done:$(git rev-parse --short HEAD)" &&
	test "$(names --open)" = "2025-01-01-old#A1 " &&
	git diff --stat | grep -q "2 insertions(+), 2 deletions(-)"
'
ok 'reopen takes it back to the byte' '
	cd r && git retro actions reopen 2026-01-02-a#A1 2026-01-02-a#A2 &&
	git diff --exit-code
'
ok 'decline, with a reason' '
	cd r && git retro actions decline @#A2 --reason "nobody needs it" &&
	has retros/a.md "- [-] A2: Count rows @bo due:2030-01-01 (declined: nobody needs it)" &&
	git retro actions reopen @#A2 && git diff --exit-code
'
ok 'add, with the next free id' '
	cd r && git retro actions add @ "Alert on drift @cy due:2026-02-01" >out &&
	has out "2026-01-02-a#A5" &&
	has retros/a.md "- [ ] A5: Alert on drift @cy due:2026-02-01" &&
	git checkout -q . &&
	printf -- "---\nid: none\ntitle: N\ndate: 2026-01-01\nstatus: draft\n---\ntext\n" >retros/n.md &&
	git retro actions add none "First" >out && has out "none#A1" &&
	has retros/n.md "## Actions" && rm retros/n.md
'
ok 'a commit with the trailer closes it, from the branch one is on' '
	cd r && git checkout -q -b work && tick &&
	git commit -q --allow-empty -m "Pin it" \
		-m "Retro-Action: 2026-01-02-a#A1" &&
	git retro actions >out &&
	has out "done by $(git rev-parse --short=10 HEAD) on 2026-01-05" &&
	test "$(names --overdue)" = "" && git diff --exit-code &&
	git checkout -q main && test "$(names --overdue)" = "2026-01-02-a#A1 " &&
	git merge -q work && test "$(names --overdue)" = ""
'
ok 'mistakes' '
	cd r && status 129 git retro actions done 2>err &&
	status 129 git retro actions done A1 2>err && has err "<retro>#A1" &&
	status 128 git retro actions done @#A9 2>err && has err A9 &&
	status 128 git retro actions done @#A3 2>err && has err A3 &&
	status 128 git retro actions done nope#A1 2>err && has err nope &&
	status 129 git retro actions decline @#A2 2>err && has err reason &&
	status 129 git retro actions done @#A2 --reason x 2>err &&
	status 128 git retro actions done @#A2 --commit nope 2>err &&
	status 129 git retro actions add @ 2>err &&
	git diff --exit-code
'
ok 'a bare repository lists, and changes nothing' '
	git clone -q --bare r bare.git && cd bare.git &&
	git retro actions --open >out && has out "#A2" &&
	status 128 git retro actions done @#A2 2>err && has err bare
'
ok 'an option that a verb would ignore is refused, and nothing changes' '
	new_repo ignored && cd ignored && mkdir retros && commit a &&
	printf -- "---\nid: a\ntitle: A\ndate: 2026-01-01\n---\n\n## Actions\n\n- [ ] A1: do it\n" >retros/a.md &&
	cp retros/a.md before &&
	for options in "done a#A1 --dry-run" "reopen a#A1 --owner x" \
		"push --to gh --overdue" "push --to gh --open" "pull --to gh -n" \
		"add a x --format json" "decline a#A1 --reason x --stalled" \
		"-n" "--commit HEAD" "--reason x"
	do
		status 129 git retro actions $options || exit 1
	done && same before retros/a.md
'
test_done
