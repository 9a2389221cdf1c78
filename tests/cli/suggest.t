#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Commits that seem to belong to a retro: shown, and never written unasked; and
# the ties that there are, resolved.
. "${0%/*}/../lib/test.sh"

# start <folder>: two commits wrote lines 3-4 and 15, a third deletes all three
# and says that it fixes the first; the retro names that first one.
start () {
	new_repo "$1" && cd "$1" && commit root f "$(seq 20)" && tick &&
	sed -i "s/^3$/three/;s/^4$/four/" f && git commit -q -a -m "Words" &&
	tick && sed -i "s/^15$/fifteen/" f && git commit -q -a -m "More words" &&
	git tag v1.0 && git branch release/1.0 && tick &&
	sed -i "s/three/3/;s/four/4/;s/fifteen/15/" f &&
	git commit -q -a -m "Digits again" \
		-m "Fixes: $(git rev-parse HEAD~1) (\"Words\")" &&
	git tag v1.1 && git retro new --no-edit "Numbers in words" >/dev/null &&
	git retro link @ --cause v1.0~1
}

ok_sha1 'a commit that says Fixes: is proposed, by link, show and status' '
	start fixes && f=$(git rev-parse v1.1) && before=$(cat retros/*.md) &&
	git retro link --suggest @ >out && golden cli/suggest.txt out &&
	git retro show @ >out && has out "May be related:" &&
	has out "git retro link 2026-01-05-numbers-in-words --fix" &&
	git retro status >out && has out "Commits that may be related to a retro" &&
	git retro status --format=json >out && has out "\"commit\": \"$f\"" &&
	test "$before" = "$(cat retros/*.md)"
'
ok 'a file that there was no time to blame is told, the first is waited for' '
	new_repo slow && cd slow && seq 20 >wide && seq 20 >narrow && git add . &&
	tick && git commit -q -m root && tick &&
	sed -i "s/^3$/three/;s/^4$/four/" wide && sed -i "s/^9$/nine/" narrow &&
	git commit -q -a -m words && tick && sed -i "s/three/3/;s/four/4/" wide &&
	sed -i "s/nine/9/" narrow && git commit -q -a -m digits &&
	git retro link --suggest --fix HEAD >want 2>err && test_empty err &&
	mkdir ../bin && cat >../bin/git <<\EOT && chmod +x ../bin/git &&
#!/bin/sh
# burn <clock ticks>: of the processor, by this process
burn () {
	most=$1
	while read -r line </proc/$$/stat && set -- $line &&
		[ $((${14} + ${15})) -lt "$most" ]
	do
		:
	done
}
case $HOW:$* in
busy:*blame*wide) burn 150 ;;
busy:*blame*narrow) burn 200 ;;
slow:*blame*wide | slow:*blame*narrow) sleep 2 ;;
esac
PATH=${PATH#*:} exec git "$@"
EOT
	(unhurried && HOW=busy PATH=$TRASH/bin:$PATH git-retro link --suggest \
		--fix HEAD >out 2>err) && has out words &&
	has err "there was only time to blame 1 of 2 files"
'
ok 'a busy machine is waited for: only the work of git counts' '
	cd slow && HOW=slow PATH=$TRASH/bin:$PATH git-retro link --suggest \
		--fix HEAD >out 2>err && test_empty err && same want out
'
ok 'an empty line in the diff moves no other, whatever git diff is set to' '
	new_repo empty && cd empty && commit "All lines" f "$(seq 12)" && tick &&
	sed -i "s/^5$/five/" f && git commit -q -a -m "A word" && tick &&
	sed -i "s/^3$/3\\n/" f && git commit -q -a -m "A gap" && tick &&
	sed -i "s/^five$/5/" f && git commit -q -a -m "A digit again" &&
	git retro new --no-edit Words >/dev/null &&
	git retro link @ --fix HEAD && git retro link --suggest @ >../want &&
	has ../want "100% A word" &&
	git config diff.suppressBlankEmpty true &&
	git retro link --suggest @ >../got && same ../want ../got
'
ok 'once it is tied, nobody proposes it' '
	cd fixes && git retro link @ --fix v1.1 &&
	status 1 git retro link --suggest @ >out 2>err && test_empty out &&
	has err "nothing to suggest" && git retro show @ >out &&
	lacks out "May belong" && git retro status >out &&
	lacks out "may belong"
'
ok 'nor one whose trailer says what it is' '
	start trailers && id=$(git rev-parse v1.0~1) &&
	git commit -q --amend -m "Digits again" -m "Fixes: $id (\"Words\")" &&
	git retro link --suggest @ >out && has out "Digits again" &&
	git commit -q --amend -m "Digits again" -m "Fixes: $id (\"Words\")
Retro-Fix: 2026-01-05-numbers-in-words" &&
	status 1 git retro link --suggest @ >out && lacks out "Digits again"
'
ok 'nor a pick of it' '
	cd fixes && git checkout -q release/1.0 && tick &&
	git cherry-pick -x v1.1 >/dev/null && git checkout -q main &&
	status 1 git retro link --suggest @
'
ok 'the ties are shown resolved' '
	cd fixes && git retro show @ >out &&
	has out "cause $(git rev-parse --short=10 v1.0~1) Words (Ann Author, 2026-01-05)" &&
	has out "fix   $(git rev-parse --short=10 v1.1) Digits again" &&
	has out "First release with the fix: v1.1" &&
	has out "Releases without the fix: v1.0" &&
	lacks out "Branches that"
'
ok 'list finds it by what carries it, and by the release that has the fix' '
	cd fixes && git retro list --release v1.0 >out && has out numbers &&
	git retro list --release "v1.1" >out && has out numbers &&
	git tag v1.2 && git retro list --release v1.2 >out && test_empty out &&
	git retro list --branch release/1.0 >out && test_empty out &&
	git branch -q -f release/1.0 v1.0 &&
	git retro list --branch "release/*" >out && has out numbers &&
	status 128 git retro list --release v1.0 --branch nowhere 2>err >out &&
	test_empty out && has err "nowhere"
'
ok 'the revert of a cause is a fix, that of a fix a cause' '
	start reverts && tick && may_fail git revert --no-edit v1.0~1 >/dev/null 2>&1 &&
	git checkout -q -f && git reset -q && tick &&
	git commit -q --allow-empty -m "Revert Words" \
		-m "This reverts commit $(git rev-parse v1.0~1)." &&
	git retro link @ --fix v1.1 && git retro link --suggest @ >out &&
	has out "reverts" && has out "--fix $(git rev-parse --short=10 HEAD)" &&
	git retro link @ --fix HEAD && tick &&
	git commit -q --allow-empty -m "Revert Digits again" \
		-m "This reverts commit $(git rev-parse v1.1)." &&
	git retro link --suggest @ >out &&
	has out "--cause $(git rev-parse --short=10 HEAD)"
'
ok 'a commit that mentions the retro is proposed' '
	cd reverts && tick && git commit -q --allow-empty -m "Look at it" \
		-m "Retro: 2026-01-05-numbers-in-words" &&
	git retro link --suggest @ >out && has out "mentions the retro" &&
	has out "--commit $(git rev-parse --short=10 HEAD)"
'
ok_sha1 'causes of a fix: who wrote what it deleted, with their share' '
	start blame && git retro link --suggest --fix v1.1 >out &&
	golden cli/suggest-fix.txt out && mkdir sub && cd sub &&
	git retro link --suggest --fix v1.1 >../got && same ../out ../got
'
ok 'a cause that is tied is left out' '
	cd blame && git retro link --suggest @ --fix v1.1 >out &&
	lacks out "66%" && has out "33%" && has out "--cause"
'
ok_sha1 'json' '
	cd blame && git retro link --suggest @ --fix v1.1 --format=json >out &&
	golden cli/suggest.json out
'
ok 'through a rename, in a path with blanks and letters of any kind' '
	new_repo odd && cd odd && commit base "a b/ü\"q.txt" "$(seq 9)" &&
	tick && sed -i "s/5/five/" a*/* && git commit -q -a -m bad &&
	bad=$(git rev-parse HEAD) && git mv "a b" c && tick &&
	sed -i "s/five/5/" c/* && git commit -q -a -m "move and mend" &&
	git retro link --suggest --fix HEAD >out && has out "100%" &&
	has out "$(git rev-parse --short=10 $bad)"
'
ok 'what deletes nothing, and a root, have no cause to propose' '
	cd odd && commit more && status 1 git retro link --suggest --fix HEAD &&
	status 1 git retro link --suggest \
		--fix "$(git rev-list --max-parents=0 HEAD)"
'
ok 'of a merge, what it deleted of its first parent' '
	start merge && git checkout -q -b topic v1.0 && tick &&
	sed -i "s/three/drei/" f && git commit -q -a -m German &&
	git checkout -q -B trunk v1.0 && commit other other && tick &&
	git merge -q --no-ff -m merge topic &&
	git retro link --suggest --fix HEAD >out && has out "Words" &&
	lacks out German
'
ok 'a shallow end is blamed for nothing' '
	git clone -q --depth 2 "file://$TRASH/blame" shallow && cd shallow &&
	status 1 git retro link --suggest --fix HEAD~0
'
ok 'what the message of the fix names comes first' '
	new_repo says && cd says && commit root f "$(seq 9)" && tick &&
	sed s/5/five/ f >g && mv g f && git commit -q -a -m "Say five" &&
	c=$(git rev-parse HEAD) && short=$(git rev-parse --short=9 HEAD) &&
	commit other g && other=$(git rev-parse HEAD) && base=$(git rev-parse HEAD) &&
	for words in "Fixes: $c (\"Say five\")" "Follow-up to $short" \
		"It was introduced by commit $short, see $other." \
		"Commit $short (\"Say five\") broke it." "Bisected to $c." \
		"This reverts commit $c." "Regression from $short"
	do
		git checkout -q $base && tick && sed s/2/two/ f >h && mv h f &&
		git commit -q -a -m "Check it" -m "$words" &&
		git retro link --suggest --fix HEAD --format=json >out &&
		sed -n "/\"commit\"/{p;q;}" out | grep $c || exit 1
	done && git checkout -q $base && tick && sed s/2/two/ f >h && mv h f &&
	git commit -q -a -m "Check it" -m "See $short.

(cherry picked from commit $other)" &&
	git retro link --suggest --fix HEAD --format=json >out &&
	lacks out $other && has out "\"why\": \"spoken-of\""
'
ok 'where nothing is deleted, who wrote what stands beside it' '
	new_repo beside && cd beside && commit root f "$(seq 90)" && tick &&
	sed "s/^50$/fifty/;s/^51$/more/" f >g && mv g f &&
	git commit -q -a -m "Say fifty" && c=$(git rev-parse HEAD) && tick &&
	sed "50a check fifty" f >g && mv g f && git commit -q -a -m "Check it" &&
	git retro link --suggest --fix HEAD >out && has out "2 of 6 lines next to" &&
	has out "Say fifty"
'
ok 'what changed the same names not long before, in another file' '
	new_repo names && cd names && commit root main.c "load_batches(4);" &&
	commit lib lib.c "void load_batches(int);" && tick &&
	echo "void load_in_batches(int size);" >lib.c &&
	git commit -q -a -m "Rename it" && commit other && tick &&
	echo "load_in_batches(4);" >main.c && git commit -q -a -m "Build again" &&
	git retro link --suggest --fix HEAD >out && sed -n 1p out >first &&
	has first "Rename it" && has out "changed 2 of the 2 names" &&
	lacks out other && git retro link --suggest --fix HEAD --format=json >out &&
	has out "\"why\": \"shares-names\""
'
ok 'tests and documentation are looked at where there is nothing else' '
	new_repo aside && cd aside && mkdir tests && commit root f "$(seq 9)" &&
	commit both tests/f "$(seq 9)" && tick && sed "s/5/five/" f >g &&
	mv g f && git commit -q -a -m "In the file" && tick &&
	sed "s/[1-9]/&&&/" tests/f >g && mv g tests/f &&
	git commit -q -a -m "In the test" && tick && sed "s/five/5/" f >g &&
	mv g f && sed "s/^.*$/0/" tests/f >g && mv g tests/f &&
	git commit -q -a -m "Both" &&
	git retro link --suggest --fix HEAD >out && sed -n 1p out >first &&
	has first "In the file" && lacks out "In the test" && tick &&
	seq 9 >tests/f && git commit -q -a -m "Test again" &&
	git retro link --suggest --fix HEAD >out && has out "Both"
'
ok 'a fix of 95 files' '
	new_repo many && cd many && for i in $(seq 95)
	do
		seq $i 60 99 >f$i && seq 1 40 >>f$i || exit 1
	done && git add . && tick && git commit -q -m root && tick &&
	sed -i "s/^7$/seven/" f* && git commit -q -a -m "Say seven" && tick &&
	sed -i "s/^seven$/7/" f* && git commit -q -a -m "Say 7" &&
	git retro link --suggest --fix HEAD >out 2>err &&
	sed -n 1p out >first && has first "Say seven" &&
	{ has out "wrote 96 of 96 lines" || has err "it changes 95 files"; }
'
ok 'wrong use' '
	cd blame && status 129 git retro link --suggest 2>err &&
	has err "--fix" && status 129 git retro link --suggest @ @ &&
	status 128 git retro link --suggest --fix nowhere &&
	status 128 git retro link --suggest nowhere &&
	status 129 git retro link @ --fix HEAD --format=json
'
test_done
