#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What is left of the code that a pitfall was about, and pitfalls that retire.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/hook.sh"

# The loader drops rows; the fix keeps them. Both say enough to be known again.
loader () {
	printf "%s\n" "def load_rows(table):" \
		"    rows = drop_empty_labels(table.all_rows())" \
		"    return shuffle_with_seed(rows, table.seed)" >data/load.py
}
fixed_loader () {
	printf "%s\n" "def load_rows(table):" \
		"    rows = keep_empty_labels(table.all_rows())" \
		"    check_that_labels_are_known(rows, table.labels)" \
		"    return shuffle_with_seed(rows, table.seed)" >data/load.py
}
written () {
	printf -- "---\nid: lost\ntitle: Lost rows\ndate: 2026-01-05\nstatus: draft\n"
	printf "commits:\n  - pitfall: P1\n    cause: [%s]\n    fix: [%s]\n" \
		"$cause" "$fix"
	printf -- "---\n\n# Lost rows\n\n## Pitfalls\n\n- P1: Rows without a label were dropped\n"
	printf -- "- P2: Nobody looked\n"
}
ok 'set up' '
	new_repo r && cd r && mkdir data retros && commit first && loader &&
	git add . && git commit -q -m cause && cause=$(git rev-parse HEAD) &&
	fixed_loader && git commit -q -a -m fix && fix=$(git rev-parse HEAD) &&
	written >retros/lost.md && git add . && git commit -q -m retro
'
ok 'code that stands is not stale' '
	cd r && git retro pitfalls --stale >out && test_empty out &&
	git retro status >out && lacks out "replaced" &&
	git retro stats --format=json >out &&
	jq -e ".total.stale | .n == 0 and .of == 1" out
'
ok 'renamed, it still stands' '
	cp -R r renamed && cd renamed && git mv data/load.py data/rows.py &&
	git commit -q -m move && git retro pitfalls --stale >out && test_empty out
'
ok 'all of it replaced: said by status, stats and pitfalls --stale' '
	cp -R r gone && cd gone && echo "import polars_rows as load_rows" >data/load.py &&
	git commit -q -a -m "Use the library" &&
	git retro pitfalls --stale --format=json >out &&
	jq -e ".pitfalls | length == 1 and .[0].id == \"P1\" and
		.[0].\"lines-left\" == 4 and .[0].\"lines-now\" == 0" out &&
	git retro status >out && has out "Pitfalls whose code was all replaced" &&
	has out "lost#P1" && has out "pitfalls retire" &&
	git retro status --format=json >out &&
	jq -e ".stale == [{name: \"lost#P1\", \"lines-left\": 4}]" out &&
	git retro status --exit-code >/dev/null &&
	git retro stats --format=json >out &&
	jq -e ".total.stale | .n == 1 and .of == 1" out
'
ok 'so does a file that was deleted' '
	cp -R r deleted && cd deleted && git rm -q data/load.py &&
	git commit -q -m gone && git retro pitfalls --stale >out &&
	has out "lost#P1"
'
ok 'retired, it is asked for no more, and can come back' '
	cd gone && git retro pitfalls retire lost#P1 &&
	grep "^retired: \[P1\]" retros/lost.md &&
	git retro pitfalls --stale >out && test_empty out &&
	git retro status >out && lacks out "replaced" &&
	git retro pitfalls >out && has out "retired" &&
	git retro check retros/lost.md &&
	git retro pitfalls reopen lost#p1 && git retro pitfalls --stale >out &&
	has out "lost#P1"
'
ok 'a branch that has no commit yet: nothing is known of it' '
	cp -R r orphan && cd orphan && git symbolic-ref HEAD refs/heads/new &&
	git retro pitfalls --stale >out && test_empty out &&
	git retro stats --format=json >out && jq -e ".total.stale.of == 0" out &&
	git retro status >out
'
ok 'a number that is not there, and what is no pitfall' '
	cd r && status 128 git retro pitfalls retire lost#P7 2>err &&
	has err "lost has no pitfall P7" &&
	status 129 git retro pitfalls retire lost 2>err &&
	has err "is not a pitfall" &&
	status 129 git retro pitfalls retire 2>err && git diff --exit-code &&
	cp -R . ../wrong && cd ../wrong &&
	sed -i "s/^status.*/&\nretired: [P9]/" retros/lost.md &&
	git retro check retros/lost.md >out && has out "lost has no pitfall P9"
'
# The hook is told of a change of the fix's lines; not once it retired, and not
# once nothing but the function's name is left.
ok 'git commit: what retired, and what is gone, says nothing' '
	cp -R r hooks && cd hooks && git retro hooks install >/dev/null &&
	sed -i "s/keep_empty_labels/keep_labels/" data/load.py &&
	git commit -q -a -m "Fix the rows" 2>err && has err "lost#P1" &&
	git reset -q --hard HEAD~ && rm -f .git/retro/shown &&
	git retro pitfalls retire lost#P1 && git commit -q -a -m retire 2>err &&
	sed -i "s/keep_empty_labels/keep_labels/" data/load.py &&
	git commit -q -a -m "Fix the rows" 2>err && test_empty err
'
test_done
