#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Retros that both sides changed: the merge driver, and what `check` finds of a
# merge that was made without it.
. "${0%/*}/../lib/test.sh"

retro () {
	cat <<-\EOF
	---
	id: a
	title: Loader
	date: 2026-01-05
	status: draft
	labels: [data, loader]
	commits:
	  - pitfall: P1
	    cause: [b0dd790f44]
	---

	# Loader

	## Pitfalls

	- P1: Empty labels are lost

	## Timeline

	- 10:00 Alarm

	## Actions

	- [ ] A1: Test empty labels @ann due:2026-02-01
	EOF
}

ours () {
	sed -e 's/^labels:.*/labels: [data, loader, gpu]/' \
		-e 's/^- P1.*/&\n- P2: The cache was cold/' \
		-e 's/^    cause.*/&\n  - pitfall: P2\n    cause: [aaaaaaaaaa]/' \
		-e 's/^- 10:00.*/&\n- 10:05 Rolled back/' \
		-e 's/^- \[ \] A1/- [x] A1/' \
		-e '$s/$/\n- [ ] A2: Warm the cache @bo due:2026-03-01/' "$1"
}

theirs () {
	sed -e 's/^labels:.*/labels: [loader, api]/' \
		-e 's/^- P1.*/&\n- P2: A retry hid it/' \
		-e 's/^    cause.*/&\n  - pitfall: P2\n    cause: [bbbbbbbbbb]/' \
		-e 's/^- 10:00.*/&\n- 10:20 Fixed/' \
		-e 's/due:2026-02-01/due:2026-02-15/' \
		-e '$s/$/\n- [ ] A2: Count retries @cy due:2026-03-01/' "$1"
}

cat >merged <<\EOF
---
id: a
title: Loader
date: 2026-01-05
status: draft
labels: [loader, gpu, api]
commits:
  - pitfall: P1
    cause: [b0dd790f44]
  - pitfall: P2
    cause: [aaaaaaaaaa]
  - pitfall: P3
    cause: [bbbbbbbbbb]
---

# Loader

## Pitfalls

- P1: Empty labels are lost
- P2: The cache was cold
- P3: A retry hid it

## Timeline

- 10:00 Alarm
- 10:05 Rolled back
- 10:20 Fixed

## Actions

- [x] A1: Test empty labels @ann due:2026-02-15
- [ ] A2: Warm the cache @bo due:2026-03-01
- [ ] A3: Count retries @cy due:2026-03-01
EOF

# forked <folder>: a repository in which both branches changed the retro.
forked () {
	new_repo "$1" && cd "$1" && commit one && git retro init >/dev/null &&
	rm -f .git/hooks/* && retro >retros/a.md &&
	cp retros/a.md ../base && git add . && git commit -q -m Retro &&
	git branch theirs && ours ../base >retros/a.md &&
	git commit -q -a -m Ours && git switch -q theirs &&
	theirs ../base >retros/a.md && git commit -q -a -m Theirs &&
	git switch -q main
}

ok 'init sets it, once, and uninstall takes it away' '
	forked r && git check-attr merge retros/x/y.md >../out &&
	has ../out "merge: retro" && cp .git/config ../before &&
	git retro init >../out && has ../out "git merge: already set up" &&
	rm -f .git/hooks/* &&
	same ../before .git/config && git clone -q . ../mine && cd ../mine &&
	git config merge.retro.driver mine && git retro init >../out &&
	has ../out "keeping your own setting of merge.retro.driver" &&
	git retro hooks uninstall >../out &&
	test "$(git config merge.retro.driver)" = mine &&
	cp -r ../r ../gone && cd ../gone && git retro hooks uninstall >../out &&
	has ../out "git merge: setting removed" &&
	status 1 git config merge.retro.driver
'
ok 'git merge: by field, section and item' '
	cd r && git merge -q theirs >../out 2>&1 && same ../merged retros/a.md &&
	test -z "$(git status --porcelain)" && git reset -q --hard HEAD~1
'
ok 'rebase and cherry-pick' '
	cd r && git switch -q -c picked && git cherry-pick theirs >../out 2>&1 &&
	same ../merged retros/a.md && git switch -q -c rebased theirs &&
	git rebase -q main >../out 2>&1 && same ../merged retros/a.md &&
	git switch -q main
'
ok 'merge-tree, which writes no file' '
	cd r && tree=$(git merge-tree --write-tree main theirs) &&
	git cat-file blob "$tree:retros/a.md" >../have && same ../merged ../have
'
ok 'three branches in one merge: git merges those by itself' '
	cp -r r octopus && cd octopus && git switch -q -c one main~1 &&
	sed -i "s/^# Loader/# The loader/" retros/a.md &&
	git commit -q -a -m One && git switch -q -c two main~1 &&
	sed -i "s/^title.*/title: The loader/" retros/a.md &&
	git commit -q -a -m Two && git switch -q -c all main &&
	git merge -q one two >../out 2>&1 && has retros/a.md "# The loader" &&
	has retros/a.md "title: The loader" && has retros/a.md "A2: Warm" &&
	git retro check --format=json >../out
'
ok 'a number that a commit names is kept' '
	cp -r r named && cd named && git switch -q theirs &&
	git commit -q --allow-empty -m "Count" -m "Retro-Action: a#A2" &&
	git switch -q main && git merge -q theirs >../out 2>&1 &&
	has retros/a.md "A2: Count retries" && has retros/a.md "A3: Warm the cache"
'
ok 'one that commits of both name conflicts' '
	cp -r r both && cd both && git commit -q --allow-empty -m "Warm" \
		-m "Retro-Action: a#A2" && git switch -q theirs &&
	git commit -q --allow-empty -m "Count" -m "Retro-Action: a#A2" &&
	git switch -q main && status 1 git merge -q theirs >../out 2>&1 &&
	has retros/a.md "<<<<<<< ours" && has retros/a.md "Warm the cache" &&
	has retros/a.md "Count retries"
'
ok 'a longer number, or one of another retro, is not that number' '
	cp -r r longer && cd longer && git switch -q theirs &&
	git commit -q --allow-empty -m "Count" -m "Retro-Action: a#A20" &&
	git commit -q --allow-empty -m "Count" -m "Retro-Action: data#A2" &&
	git switch -q main && git merge -q theirs >../out 2>&1 &&
	same ../merged retros/a.md
'
ok 'a dot in an id is a dot' '
	cp -r r dotted && cd dotted && git switch -q theirs &&
	sed -i "s/^id: a/id: a.b/" retros/a.md && git commit -q -a -m Dotted &&
	git commit -q --allow-empty -m "Count" -m "Retro-Action: axb#A2" &&
	git switch -q main && sed -i "s/^id: a/id: a.b/" retros/a.md &&
	git commit -q -a -m Dotted && git merge -q theirs >../out 2>&1 &&
	has retros/a.md "A2: Warm the cache"
'
# slow_git <seconds>: a git that takes so long to look through commits.
slow_git () {
	mkdir -p slow && cat >slow/git <<-EOF &&
	#!/bin/sh
	case " \$* " in *" rev-list "*) exec sleep $1 ;; esac
	exec $(command -v git) "\$@"
	EOF
	chmod +x slow/git
}
# three <letter> <words>: a retro with three new numbers.
three () {
	retro && printf -- "- [ ] A%s: $1\n" 2 3 4
}
ok 'where there is no time to look through commits a person decides' '
	slow_git 30 && cd r && retro >O && ours O >A && theirs O >B &&
	(PATH=$TRASH/slow:$PATH &&
	status 1 git-retro merge-file O A B 7 retros/a.md) &&
	has A "<<<<<<< ours" && has A "Warm the cache" && has A "Count retries" &&
	rm O A B
'
ok 'the time is that of all numbers together' '
	slow_git 1 && cd r && retro >O && three Warm >A && three Count >B &&
	(PATH=$TRASH/slow:$PATH &&
	status 1 git-retro merge-file O A B 7 retros/a.md) &&
	has A "<<<<<<< ours" && rm O A B
'
# twice <file>: the side's P2 stands there twice.
twice () {
	sed -i "s/^- P2.*/&\n- P2: It hid another/" "$1"
}
ok 'a new number that one side gives twice is for a person' '
	cd r && retro >O && ours O >A && theirs O >B && twice B &&
	status 1 git-retro merge-file O A B 7 retros/a.md &&
	has A "<<<<<<< ours" && has A "The cache was cold" &&
	has A "A retry hid it" && has A "It hid another" && rm O A B
'
ok 'what both changed differently conflicts, and nothing else' '
	cp -r r title && cd title && sed -i "s/^title.*/title: One/" retros/a.md &&
	git commit -q -a -m One && git switch -q theirs &&
	sed -i "s/^title.*/title: Two/" retros/a.md && git commit -q -a -m Two &&
	git switch -q main && status 1 git merge -q theirs >../out 2>&1 &&
	grep -v "^[<=>]\{7\}" retros/a.md | sed "/^title/d" >../have &&
	sed "/^title/d" ../merged >../want && same ../want ../have &&
	test $(grep -c "^<<<<<<<" retros/a.md) = 1 && git merge --abort &&
	status 1 git -c merge.conflictStyle=diff3 merge -q theirs >../out 2>&1 &&
	has retros/a.md "||||||| base"
'
ok 'a line of ours that looks like a marker stays as it is' '
	cd r && : >O && printf "%s\n" a "|||||||" "" b >lines && echo c >B &&
	for size in 7 0
	do
		cp lines A && status 1 git -c merge.conflictStyle=diff3 \
			retro merge-file O A B $size retros/a.md &&
		{ echo "<<<<<<< ours" && cat lines && echo "||||||| base" &&
		echo ======= && cat B && echo ">>>>>>> theirs"; } >want &&
		same want A || exit 1
	done && rm O A B lines want
'
ok 'an item that both have is not there once more' '
	cd r && retro >O && sed -i "s/^- 10:00.*/&\n\n- 10:30 Quiet/" O &&
	sed "s/^- 10:00.*/- 10:01 Alarm\n\n- 10:02 Page\n\n- 10:20 Fixed/" O >A &&
	sed "s/^- 10:30.*/- 10:20 Fixed\n\n&/" O >B && cp A before && cp A own &&
	git merge-file own O B && test "$(grep -c "10:20 Fixed" own)" = 2 &&
	git-retro merge-file O A B 7 retros/a.md && same before A &&
	rm O A B own before
'
ok 'what one side took out does not come back where both changed the rest' '
	cd r && retro >O && sed -i "s/^- 10:00.*/&\n\n- 10:30 Quiet/" O &&
	sed "/^- 10:30/d; s/^- 10:00.*/- 10:01 Alarm/" O | cat -s >A &&
	sed "s/^- 10:00.*/- 10:01 Alarm/" O >B && cp A before &&
	git-retro merge-file O A B 7 retros/a.md && same before A &&
	cp B A && git-retro merge-file O A before 7 retros/a.md && same before A &&
	cp before A && sed -i "s/^- 10:30.*/&\n- 10:40 Again/" B &&
	status 1 git-retro merge-file O A B 7 retros/a.md && has A "10:40 Again" &&
	has A "<<<<<<< ours" && rm O A B before
'
ok 'where the program is missing git merges itself' '
	cp -r r missing && cd missing && mkdir ../path &&
	for p in git sh sed cat
	do
		ln -sf "$(command -v $p)" ../path/ || exit 1
	done &&
	(PATH=$TRASH/path && status 1 git merge -q theirs) >../out 2>&1 &&
	has retros/a.md "<<<<<<< ours" && has retros/a.md ">>>>>>> theirs" &&
	has retros/a.md "Warm the cache" && has retros/a.md "Count retries"
'
ok 'where it is killed, too' '
	cp -r r fails && cd fails && mkdir ../fail &&
	printf "#!/bin/sh\nkill -9 \$\$\n" >../fail/git-retro &&
	chmod +x ../fail/git-retro &&
	(PATH=$TRASH/fail:$PATH && status 1 git merge -q theirs) >../out 2>&1 &&
	has retros/a.md "<<<<<<< ours" && has retros/a.md "Count retries"
'
ok 'a clone without the setting merges as git does' '
	git clone -q r clone && cd clone &&
	status 1 git merge -q origin/theirs >../out 2>&1 &&
	has retros/a.md "<<<<<<< HEAD"
'
ok 'what cannot be read conflicts as always; wrong arguments are told' '
	cd r && printf "x\0y\n" >O && printf "x\0z\n" >A && printf "x\0w\n" >B &&
	cp A before && status 1 git retro merge-file O A B 7 retros/a.md &&
	cmp before A && rm before &&
	status 128 git retro merge-file nowhere A B 7 retros/a.md 2>../err &&
	has ../err "nowhere" && status 129 git retro merge-file O A 2>../err &&
	rm O A B
'
# plain: what each side of a merge without the driver changed.
plain () {
	cat <<-\EOF
	---
	id: a
	title: Loader
	date: 2026-01-05
	status: draft
	labels: [data]
	---

	# Loader

	## Pitfalls

	- P1: Empty labels are lost
	- P2: Rows are lost

	## Actions

	- [ ] A1: Test empty labels @ann due:2026-02-01
	- [ ] A2: Count rows @ann due:2026-02-01
	EOF
}
plain_ours () {
	sed -e "s/^title/owner: ann\n&/" -e "s/^- P1/- P3: The cache was cold\n&/" \
		-e "s/^- \[ \] A1/- [ ] A3: Warm the cache @bo due:2026-03-01\n&/"
}
plain_theirs () {
	sed -e "s/^labels.*/&\nowner: ann/" -e "s/^- P2.*/&\n- P3: A retry hid it/" \
		-e "s/^- \[ \] A2.*/&\n- [x] A3: Count retries @cy/"
}
# pressed <folder>: both were merged on a forge, by a button.
pressed () {
	new_repo "$1" && cd "$1" && mkdir retros && plain >retros/a.md &&
	git add . && git commit -q -m Retro && git branch theirs &&
	plain | plain_ours >retros/a.md && git commit -q -a -m Ours &&
	git switch -q theirs && plain | plain_theirs >retros/a.md &&
	git commit -q -a -m Theirs && git switch -q main &&
	git merge -q theirs >../out 2>&1
}
ok 'without it, check finds a number and a key twice' '
	pressed forge && status 1 git retro check >../out 2>../err &&
	has ../out "A3'\'' is also the number of the action on line" &&
	has ../out "P3 is also the number of the pitfall on line" &&
	has ../out "owner'\'' appears twice"
'
ok 'and --fix mends what nothing else names, and no other byte' '
	cd forge && plain | plain_ours | plain_theirs |
	sed -e "/^labels/{n;d}" -e "s/^- P3: A retry/- P4: A retry/" \
		-e "s/^- \[x\] A3/- [x] A4/" >../want &&
	git retro check --fix >../out 2>../err && same ../want retros/a.md &&
	test_empty ../out && has ../err "fixed 3 problems" &&
	git retro check --fix >../out 2>../err && test_empty ../err
'
ok 'what a commit, a file or the front matter names is for a person' '
	cd forge && git checkout -q retros && cp retros/a.md ../before &&
	git commit -q --allow-empty -m "Count" -m "Retro-Action: a#A3" &&
	mkdir src && echo "/* see a#p3 */" >src/load.c &&
	git retro check --fix >../out 2>../err &&
	has ../err "fixed 1 problem" && has ../out "A3'\'' is also" &&
	has ../out "P3 is also" && test "$(grep -c "A3: " retros/a.md)" = 2 &&
	rm -r src && cp ../before retros/a.md &&
	sed -i "s/^labels.*/&\ncommits:\n  - pitfall: P3\n    cause: [b0dd790f44]/" retros/a.md &&
	git retro check --fix >../out 2>../err &&
	test "$(grep -c "^- P3: " retros/a.md)" = 2 &&
	cp ../before retros/a.md && echo "As P3 shows" >>retros/a.md &&
	git retro check --fix >../out 2>../err && has ../out "P3 is also"
'
ok 'of many numbers, git is asked twice and not for each' '
	cp -r forge many && cd many && git reset -q --hard HEAD~1 &&
	{ printf "%s\n" --- "id: m" "title: M" "date: 2026-01-05" "status: draft" --- "" "## Pitfalls" "" &&
		for i in $(seq 300); do printf "%s\n" "- P$i: It breaks" "- P$i: It breaks, too" || exit 1; done; } >retros/m.md &&
	echo "see m#P7, M#p9, m#P80x; not xm#P8, m#P or m" >note &&
	git commit -q --allow-empty -m "Count" -m "As m#P300 says, not xm#P8 or n#P10" &&
	GIT_TRACE=$PWD/trace may_fail git retro check --fix m >../out 2>../err && has ../err "fixed 296 problems" &&
	test "$(sed -n "s/^- \(P[0-9]*\): .*/\1/p" retros/m.md | sort | uniq -d | xargs)" = "P300 P7 P80 P9" &&
	test "$(grep -c "built-in: git.* \(grep\|log\|rev-list\) .*m#" trace)" = 2
'
ok 'where there is no time to look, too' '
	cp -r forge hurry && cd hurry && git reset -q --hard HEAD~1 &&
	mkdir ../late && printf "#!/bin/sh\ncase \" \$* \" in *\" grep \"*) kill -9 \$\$ ;; esac\nexec %s \"\$@\"\n" \
		"$(command -v git)" >../late/git && chmod +x ../late/git &&
	(PATH=$TRASH/late:$PATH && git-retro check --fix) >../out 2>../err &&
	has ../out "A3'\'' is also" && git-retro check --fix >../out 2>../err &&
	has ../err "fixed 2 problems"
'
ok 'a git grep that fails has not looked' '
	cp -r forge failing && cd failing && git reset -q --hard HEAD~1 &&
	mkdir src && echo "/* see a#p3 */" >src/load.c &&
	git config grep.threads -1 && status 128 git grep -q x &&
	may_fail git retro check --fix >../out 2>../err &&
	has ../out "P3 is also" && git config --unset grep.threads &&
	git retro check --fix >../out 2>../err && has ../err "fixed 1 problem" &&
	has ../out "P3 is also"
'
ok 'whatever a person has git log show' '
	cp -r forge zh && cd zh && git reset -q --hard HEAD~1 &&
	git mv retros/a.md retros/标注.md &&
	sed -i "s/^id: .*/id: 标注/" retros/标注.md &&
	git commit -q --allow-empty -m "Count" -m "Retro-Action: 标注#A3" &&
	git config i18n.logOutputEncoding GB18030 &&
	git config log.showSignature true && git config log.date rfc &&
	git config log.follow true && git config grep.lineNumber true &&
	may_fail git retro check --fix >../out 2>../err && has ../out "A3" &&
	has ../err "fixed 2 problems"
'
ok 'a key twice with two values, or beside something else, is for a person' '
	cd forge && for change in "1,/^owner/s/^owner.*/owner: bo/" \
		"1,/^owner/!s/^owner.*/owner: ann # for good/" \
		"1,/^owner/!s/^owner.*/# for good\n\"owner\": \"bo\"/"
	do
		sed "$change" ../before >retros/a.md && cp retros/a.md ../want &&
		may_fail git retro check --fix >../out 2>../err &&
		test "$(grep -c owner retros/a.md)" = 2 || exit 1
	done && sed "s/^owner: ann/metrics:\n  - name: x\n    after: 1/" ../before >retros/a.md &&
	may_fail git retro check --fix >../out 2>../err &&
	test "$(grep -c "name: x" retros/a.md)" = 1 && has retros/a.md "    after: 1" &&
	test "$(grep -c "^metrics" retros/a.md)" = 1
'
ok 'markers are found, and stay' '
	cp -r r marked && cd marked && git config --unset merge.retro.driver &&
	status 1 git merge -q theirs >../out 2>&1 && git add . &&
	git commit -q -n -m Both && cp retros/a.md ../before &&
	status 1 git retro check --fix >../out 2>../err &&
	has ../out "error: conflict" && same ../before retros/a.md
'
test_done
