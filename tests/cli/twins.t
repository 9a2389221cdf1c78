#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# audit --repos --twins: a problem that one repository knows, in others that
# have its cause by another id.
. "${0%/*}/../lib/test.sh"

# code <file> <line>: a file of ten lines with that one in the middle.
code () {
	{ seq 1 5 | sed "s/^/first /"; echo "$2"; seq 6 10 | sed "s/^/last /"; } >"$1"
}

# program <folder>: one that has the code.
program () {
	git init -q "$1" && cd "$1" && mkdir src && code src/a.c good &&
	git add . && tick && git commit -q -m "Base of $1" && cd ..
}

# bug, fix <folder>: the same change everywhere, by another id.
bug () {
	code "$1/src/a.c" bad && tick && git -C "$1" commit -q -a -m "Change in $1"
}
fix () {
	code "$1/src/a.c" mended && tick && git -C "$1" commit -q -a -m "Mend $1"
}
id () {
	git -C "$1" rev-parse "${2:-HEAD}"
}

ok 'set up' '
	mkdir all && cd all && for p in known copy fixed forked other clean
	do
		[ $p = forked ] || program $p || exit 1
	done && bug known && cause=$(id known) && fix known && mend=$(id known) &&
	git clone -q known forked && git -C forked reset -q --hard "$cause" &&
	bug copy && bug fixed && fix fixed && echo x >other/src/b.c &&
	code other/src/a.c bad && git -C other add . &&
	git -C other commit -q -m "The same and more" && cd known &&
	commit retro retros/one.md "$(printf -- \
		"---\nid: one\ntitle: Rows were lost\ndate: 2026-01-05\nstatus: final\ncommits:\n  - pitfall: P1\n    cause: [%s]\n    fix: [%s]\n---\n\n## Pitfalls\n\n- P1: An empty row ends the file\n" \
		"$cause" "$mend")"
'
ok 'who has the cause, and not the fix, by whatever id' '
	cd all && status 1 git retro audit --repos=. --twins >out &&
	has out "copy: HEAD has a problem of known:one#P1" &&
	has out "      An empty row ends the file" &&
	has out "its cause is here as $(id copy | cut -c 1-10)" &&
	has out "git fetch $TRASH/all/known && git cherry-pick -x $(id known HEAD~ | cut -c 1-10)" &&
	has out "forked: HEAD has a problem of known:one#P1" &&
	test "$(grep -c "has a problem" out)" = 2 && lacks out "no known"
'
ok 'as JSON' '
	cd all && status 1 git retro audit --repos=. --twins --format=json >out &&
	test "$(jq -r ".twins[] | [.repo, .line, .of, .retro, .problem, .state, .severity, .pick] | join(\" \")" out)" = \
		"copy HEAD known one P1 exposed  $(id known HEAD~)
forked HEAD known one P1 exposed  $(id known HEAD~)" &&
	test "$(jq -r ".twins[0].cause" out)" = "$(id copy)" &&
	test "$(jq -r ".version" out)" = 1
'
ok 'as TSV, with what it is a problem of' '
	cd all && status 1 git retro audit --repos=. --twins --format=tsv >out && tab=$(printf "\t") &&
	has out "repo${tab}line${tab}type${tab}retro${tab}path${tab}severity${tab}state${tab}why${tab}pick${tab}pitfall${tab}problem${tab}of${tab}cause" &&
	test "$(tail -n +2 out)" = "copy${tab}HEAD${tab}branch${tab}one${tab}${tab}${tab}exposed${tab}${tab}$(id known HEAD~)${tab}An empty row ends the file${tab}P1${tab}known${tab}$(id copy)
forked${tab}HEAD${tab}branch${tab}one${tab}${tab}${tab}exposed${tab}${tab}$(id known HEAD~)${tab}An empty row ends the file${tab}P1${tab}known${tab}$(id forked)" &&
	git retro audit --repos=. --format=tsv >out && lacks out cause
'
ok 'without --twins nobody looks' '
	cd all && git retro audit --repos=. >out && lacks out "has a problem" &&
	git retro audit --repos=. --format=json >out && lacks out twins
'
ok 'what was picked or reverted is gone' '
	cd all && cp -r copy picked && git -C picked fetch -q ../known &&
	git -C picked cherry-pick -x "$(id known HEAD~)" >/dev/null &&
	cp -r copy reverted && git -C reverted revert --no-edit HEAD >/dev/null &&
	status 1 git retro audit --repos=. --twins >out && lacks out picked &&
	lacks out reverted && has out "copy: HEAD"
'
ok 'a retro of its own speaks for it, and a mirror of its own' '
	cd all && rm -rf picked reverted forked && git clone -q --mirror known known.git &&
	status 1 git retro audit --repos=. --twins >out &&
	test "$(grep -c "copy: HEAD has" out)" = 1 &&
	(cd copy && commit retro retros/mine.md "$(printf -- \
		"---\nid: mine\ntitle: Ours\ndate: 2026-01-05\nstatus: final\ncommits: {cause: [%s]}\n---\n" \
		"$(id . )")") &&
	may_fail git retro audit --repos=. --twins >out &&
	lacks out "has a problem of known:one" && lacks out "known.git: HEAD has"
'
ok 'release branches are looked at, too' '
	cd all && git -C clean checkout -q -b release/1.0 && bug clean &&
	git -C clean checkout -q main && status 1 git retro audit --repos=. --twins >out &&
	has out "clean: release/1.0 has a problem of known:one#P1" &&
	lacks out "clean: HEAD"
'
ok 'one that is broken is named once, and the others are told' '
	cd all && git init -q --bare broken && echo "[" >>broken/config &&
	status 1 git retro audit --repos=. --twins >out 2>err &&
	has out "clean: release/1.0" && test "$(grep -c broken err)" = 1
'
ok 'a shallow clone does not pass for one without it' '
	cd all && git clone -q --depth 1 "file://$PWD/copy" cut &&
	printf "%s\n" known cut >repos &&
	status 2 git retro audit --repos=repos --twins >out 2>err &&
	has err "git retro: cut: part of the history is not in this clone" &&
	lacks out "cut: HEAD has" && lacks out "no known" && printf "%s\n" known other >repos &&
	git retro audit --repos=repos --twins >out 2>err && test_empty err
'
ok 'it is asked of many' '
	cd all/known && status 129 git retro audit --twins 2>err &&
	has err "needs --repos" && git retro audit --no-twins >out
'
test_done
