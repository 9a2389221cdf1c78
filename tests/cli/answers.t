#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What git told of linked commits is kept: nothing that changes since stays
# unseen, and the answers are those of an empty cache.
. "${0%/*}/../lib/test.sh"

# same_cold <command>...: twice, and once more without what is kept.
same_cold () {
	"$@" >first && "$@" >second && mv .git/retro aside && "$@" >cold &&
	rm -rf .git/retro && mv aside .git/retro && same cold first && same cold second && test -s cold
}

# linked <folder>: a retro of a cause and its fix, and of a range with a lock.
linked () {
	new_repo "$1" && cd "$1" && commit Cause src/a.c 1 && cause=$(git rev-parse HEAD) && git tag v1.0.0 &&
	printf "alpha==1.0\n" >requirements.txt && git add . && commit Fix src/a.c 2 && fix=$(git rev-parse HEAD) &&
	git tag v1.1.0 && mkdir retros &&
	printf -- '---\nid: r\ntitle: T\ndate: 2026-01-05\nstatus: final\nrange: v1.0.0..v1.1.0\ncommits:\n  cause: [%s]\n  fix: [%s]\n---\n\n## Pitfalls\n\n- P1: mind `src/a.c`\n' \
		"$cause" "$fix" >retros/r.md && git add . && git commit -q -m Retro
}

ok 'warm and cold, show and trace say the same' '
	linked same && same_cold git retro show r && same_cold git retro trace r && same_cold git retro show --format=json r
'
ok 'git is asked for none of it again' '
	linked once && git retro show r >out && sleep 0.1 && git retro show r >out &&
	GIT_TRACE=$PWD/trace git-retro show r >again && same out again &&
	if grep "built-in: git \(log\|diff-tree\)" trace; then false; fi
'
ok 'a person is called as .mailmap says, at once' '
	linked people && git retro show r >out && has out "Ann Author" &&
	echo "Annabel <ann@example.com>" >.mailmap && git retro show r >out && has out Annabel && same_cold git retro show r &&
	echo "Anna <ann@example.com>" >.mailmap && git retro show r >out && has out "Anna" && lacks out Annabel &&
	rm .mailmap && git retro show r >out && has out "Ann Author" &&
	echo "Bella <ann@example.com>" >../names && git config mailmap.file "$TRASH/names" && git retro show r >out && has out Bella &&
	echo "Stella <ann@example.com>" >../names && git retro show r >out && has out Stella && ln -s ../names .mailmap &&
	git config --unset mailmap.file && same_cold git retro show r
'
ok 'a tag that moves, and a commit that stands for another' '
	linked moves && git retro show r >out && has out alpha && git tag -f v1.1.0 v1.0.0 >/dev/null && git retro show r >out && lacks out alpha &&
	same_cold git retro show r && git tag -f v1.1.0 "$fix" >/dev/null && git retro show r >out && has out alpha &&
	other=$(git commit-tree -p "$cause" -m "Another fix" "$cause^{tree}") && git replace "$fix" "$other" &&
	git retro show r >out && has out "Another fix" && git replace -d "$fix" >/dev/null && git retro show r >out && lacks out "Another fix"
'
ok 'damaged, it is as good as none' '
	linked damaged && git retro show r >want && for i in 3 22 60 200 500
	do
		{ [ ! -f .git/retro/answers ] || printf X | dd of=.git/retro/answers bs=1 seek=$i conv=notrunc 2>/dev/null; } &&
		git retro show r >out && same want out || exit 1
	done && : >.git/retro/answers && git retro show r >out && same want out
'
test_done
