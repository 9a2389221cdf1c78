#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Several problems in one retro: each has its pitfall, its causes, its fixes.
. "${0%/*}/../lib/test.sh"

# put <line> <text> <message>: another text in this line of f.
put () {
	sed "$1s/.*/$2/" f >g && cp g f && rm g && tick &&
	git commit -q -a -m "$3"
}

# A and B shipped in v1.0 and release/1.0, both fixed in v1.1; A was fixed by
# hand on release/1.0.
start () {
	new_repo "$1" && cd "$1" && commit root f "$(seq 20)" &&
	git branch release/0.9 && put 2 two 'Cause A' && git tag a &&
	put 9 nine 'Cause B' && git tag b && git tag v1.0.0 &&
	git branch release/1.0 && put 2 2 'Fix A' && git tag fix-a &&
	put 9 9 'Fix B' && git tag fix-b && git tag v1.1.0 &&
	git checkout -q release/1.0 && put 2 zwei 'Fix A by hand' &&
	git tag hand-a && git checkout -q main && mkdir retros
}

# retro <file> <commits>, with two pitfalls.
retro () {
	printf -- '---\nid: %s\ntitle: Both\ndate: 2026-01-02\nstatus: draft\n%s\n---\n# Both\n\n## Pitfalls\n\n- P1: A breaks\n- P2: B breaks\n' \
		"$(basename "$1" .md)" "$2" >"$1"
}

id () {
	git rev-parse "$1^{commit}"
}

ok 'each problem is asked about on its own' '
	start r && retro retros/both.md "commits:
  - pitfall: P1
    cause: [$(id a)]
    fix: [$(id fix-a)]
    backport: [$(id hand-a)]
  - pitfall: P2
    cause: [$(id b)]
    fix: [$(id fix-b)]" && git add . && git commit -q -m retro &&
	git retro trace both --format=tsv | cut -f 4,6,11 >got &&
	cat >want <<-\EOF &&
	name	state	problem
	v1.0.0	exposed	P1
	v1.1.0	fixed	P1
	release/0.9	unaffected	P1
	release/1.0	fixed	P1
	v1.0.0	exposed	P2
	v1.1.0	fixed	P2
	release/0.9	unaffected	P2
	release/1.0	exposed	P2
	EOF
	same want got && git retro trace both#P2 --format=tsv >got &&
	has got "P2" && lacks got "P1" &&
	git retro trace both#p1 >got && has got "(both#P1)" && has got "A breaks" &&
	has got "(backport)" && lacks got "B breaks"
'
ok 'and audit names the pitfall of the one that is still carried' '
	cd r && status 1 git retro audit release/1.0 >got &&
	has got "both#P2" && has got "B breaks" && lacks got "A breaks" &&
	has got "git cherry-pick -x $(git rev-parse --short=10 fix-b)" &&
	status 1 git retro audit v1.0.0 --format=tsv >got &&
	test "$(cut -f 9,10 got | tail -n 2 | sort | tr "\n" ,)" = \
		"A breaks	P1,B breaks	P2,"
'
ok 'a retro of one problem means what it meant, and names no other pitfall' '
	start old && retro retros/old.md "commits:
  cause: [$(id a), $(id b)]
  fix: [$(id fix-a), $(id fix-b)]" && git add . && git commit -q -m retro &&
	status 1 git retro audit release/1.0 >got && has got "exposed  old" &&
	has got "      Both" && lacks got "breaks" &&
	git retro trace old --format=json >got && has got "\"problem\": null"
'
ok 'of a pitfall that no text has the title speaks, and no other pitfall' '
	start lost && retro retros/lost.md "commits:
  - pitfall: P9
    cause: [$(id b)]
    fix: [$(id fix-b)]" && git add . && git commit -q -m retro &&
	status 1 git retro audit release/1.0 >got && has got "lost#P9" &&
	has got "      Both" && lacks got "breaks" &&
	git retro trace lost#P9 --format=tsv >got &&
	has got "release/1.0	branch	exposed" && has got "	P9" &&
	git retro trace lost >got && has got "Both (lost#P9)" &&
	lacks got "breaks" && git retro check lost >got &&
	has got "the text has no pitfall P9"
'
ok 'a problem that the retro does not have is no answer' '
	cd r && status 128 git retro trace both#P3 2>err &&
	has err "has no pitfall P3" && has err "section pitfalls" &&
	status 128 git retro trace none#P1 2>err && has err none
'
ok 'a trailer names a problem' '
	cd old && retro retros/said.md "commits:
  - pitfall: P1
    cause: [$(id a)]
  - cause: [$(id b)]" && git add . && git commit -q -m retro &&
	tick && git commit -q --allow-empty -m "Fix

Retro-Fix: said#P1" && tick && git commit -q --allow-empty -m "Fix

Retro-Fix: said" && tick && git commit -q --allow-empty -m "Cause

Retro-Cause: said#P2" &&
	git retro trace said --branches=main --format=json >got &&
	test "$(grep -c "\"problem\"" got)" = 3 &&
	git retro trace said --branches=main --format=tsv |
		awk -F"\t" "\$4 == \"main\" { print \$6, \$11 }" >got &&
	grep -q "^fixed P1$" got && grep -q "^exposed P2$" got
'
ok 'a squash leaves trailers anywhere, a quote and code are none' '
	cd old && retro retros/squash.md "commits:
  - pitfall: P1
    cause: [$(id a)]
  - pitfall: P2
    cause: [$(id b)]" &&
	printf "\n## Actions\n\n- [ ] A1: Test it\n- [ ] A2: Alert\n- [ ] A3: Ask\n- [ ] A4: Code\n" \
		>>retros/squash.md && git add . && git commit -q -m retro &&
	tick && git commit -q --allow-empty -F - <<-\EOF &&
	Both (#12)

	* Fix the first

	Retro-Fix: squash#P1
	Retro-Action: squash#A1, squash#A2

	* Tidy

	> Retro-Action: squash#A3

	```
	Retro-Action: squash#A4
	```

	* Retro-Fix: squash#P2

	Co-authored-by: Bo <bo@example.com>
	EOF
	git retro actions --open squash >got && test "$(wc -l <got)" = 2 &&
	has got "#A3" && has got "#A4" &&
	git retro trace squash --branches=main --format=tsv |
		awk -F"\t" "\$4 == \"main\" { print \$6 }" >got &&
	test "$(cat got)" = "fixed
fixed"
'
ok 'a trailer of ten ids, and a message of ten megabytes' '
	cd old && for i in 0 1 2 3 4 5 6 7 8 9
	do
		retro retros/t$i.md "commits: {cause: [$(id a)]}" &&
		ids="$ids t$i" || exit 1
	done &&
	git add . && git commit -q -m retros && tick &&
	git commit -q --allow-empty -m "Fix

Retro-Fix:$ids" &&
	git retro trace t0 t5 t9 --branches=main --format=tsv |
		awk -F"\t" "\$4 == \"main\" { print \$6 }" >got &&
	test "$(sort -u got)" = fixed && test "$(wc -l <got)" = 3 &&
	{ printf "Long\n\n" && yes "* Retro-Cause: t1#P7 and more" |
		head -c 10000000 && printf "\n\nRetro-Cause: t1#P8\n"; } >message &&
	tick && git commit -q --allow-empty -F message &&
	git retro trace t1 --branches=main --format=tsv >got &&
	has got P8 && lacks got P7
'
ok 'link and unlink edit the problem of a pitfall, and number the pitfalls' '
	start links && mkdir t && echo 1 >t/a.sh && retro retros/l.md "labels: [x] # why" &&
	sed -i "s/- P[12]: /- /" retros/l.md && git add . && git commit -q -m retro &&
	git retro link l#P2 --cause b --fix fix-b --guard t/a.sh --guard "t/*" &&
	has retros/l.md "- P1: A breaks" && has retros/l.md "- P2: B breaks" &&
	git retro link l#P1 --cause a --backport hand-a --commit v1.1.0 &&
	cat >want <<-EOF &&
	labels: [x] # why
	commits:
	  - pitfall: P2
	    cause: [$(id b)]
	    fix: [$(id fix-b)]
	    guard: [t/a.sh, t/*]
	  - pitfall: P1
	    cause: [$(id a)]
	    backport: [$(id hand-a)]
	  - $(id v1.1.0)
	EOF
	sed -n "/^labels/,/^---/p" retros/l.md | sed "/^---/d; s/\"//g" >got &&
	same want got && cp retros/l.md before &&
	git retro link l#P2 --cause b && git retro link l#p1 --backport hand-a &&
	cmp before retros/l.md &&
	status 128 git retro link l#P3 --fix fix-a 2>err && has err "it has P1, P2" &&
	status 129 git retro link l --fix fix-a 2>err && has err "l#P1" &&
	status 128 git retro link l#P1 --guard none.sh 2>err &&
	status 128 git retro unlink l#P1 --fix fix-b 2>err && has err commits.P1.fix &&
	cmp before retros/l.md &&
	git retro unlink l#P2 --guard "t/*" && git retro unlink l --cause a &&
	has retros/l.md "guard: [t/a.sh]" && has retros/l.md "cause: []" &&
	retro retros/m.md "" && git retro link m --seen-before l#P2 &&
	has retros/m.md "l#P2" &&
	status 128 git retro link m --seen-before l#P9 2>err && has err "no pitfall P9" &&
	git retro check m >out && lacks out unresolved
'
ok 'unlink of a problem and nothing more removes it' '
	cd links && retro retros/w.md "commits: # two
  - pitfall: P1
    cause: [$(id a)] # Cause A
    # why it was
    fix: [$(id fix-a)] # Fix A
    # below it
  - pitfall: P2
    cause: [$(id b)]
  # at the end
labels: [x]" && cp retros/w.md before && git retro unlink w#p1 &&
	sed "/pitfall: P1/,/below it/d" before >want && cmp want retros/w.md &&
	status 128 git retro unlink w#P1 2>err && has err "no links of P1" &&
	cmp want retros/w.md && git retro unlink w#P2 &&
	sed -n "/^commits/,/^---/p" retros/w.md >got &&
	printf "commits: [] # two\n  # at the end\nlabels: [x]\n---\n" >want &&
	same want got && status 128 git retro unlink w#P2 &&
	retro retros/w.md "commits: [{pitfall: P1, cause: [$(id a)]}, {pitfall: P2}]" &&
	git retro unlink w#P2 && has retros/w.md "commits: [{pitfall: P1, cause: [$(id a)]}]" &&
	retro retros/w.md "commits: {pitfall: P1, cause: [$(id a)]}" &&
	cp retros/w.md before && status 128 git retro unlink w#P1 2>err &&
	has err "only problem" && cmp before retros/w.md &&
	status 129 git retro unlink w && cmp before retros/w.md && rm retros/w.md
'
ok 'a commit is proposed for the problem that it belongs to, a backport as that' '
	start proposed && tick && git commit -q --allow-empty -m "Also A" \
		-m "Fixes: $(id a)" && tick &&
	git commit -q --allow-empty -m "Also B" -m "Fixes: $(id b)" &&
	b=$(id HEAD) && git checkout -q release/1.0 && tick &&
	git commit -q --allow-empty -m "Fix A here" -m "Fixes: $(id a)" &&
	here=$(id HEAD) && git checkout -q main && retro retros/s.md "commits:
  - pitfall: P1
    cause: [$(id a)]
    fix: [$(id fix-a)]
  - pitfall: P2
    cause: [$(id b)]" && git retro link --suggest s >out &&
	grep "git retro link" out >got && cat >want <<-EOF && same want got &&
	       git retro link '\''s#P1'\'' --fix $(id HEAD~1 | cut -c1-10)
	       git retro link '\''s#P1'\'' --backport $(echo $here | cut -c1-10)
	       git retro link '\''s#P2'\'' --fix $(echo $b | cut -c1-10)
	EOF
	git retro link --suggest s#P2 >out && grep -c "git retro link" out >got &&
	test "$(cat got)" = 1 && has out "s#P2" &&
	git retro link --suggest s#P1 --format=json >out &&
	has out "\"role\": \"backport\"" && has out "\"problem\": \"P1\"" &&
	lacks out "$b" && git retro link s#P1 --backport $here &&
	git retro link --suggest s#P1 >out && lacks out backport &&
	status 128 git retro link --suggest s#P7 2>err && has err "no links of P7"
'
ok 'a retro of one problem stays one, until a pitfall is named' '
	cd links && retro retros/n.md "commits:
  cause: [$(id a)] # why
  other: $(id v1.1.0)" && git add . && git commit -q -m n &&
	git retro link n --fix fix-a && lacks retros/n.md "- cause" &&
	git retro link n#P2 --cause b && cat >want <<-EOF &&
	commits:
	  - cause: [$(id a)] # why
	    fix: [$(id fix-a)]
	    other: $(id v1.1.0)
	  - pitfall: P2
	    cause: [$(id b)]
	---
	EOF
	sed -n "/^commits/,/^---/p" retros/n.md | sed "s/\"//g" >got && same want got
'
ok 'check --fix numbers pitfalls; check tells what no text has' '
	cd links && retro retros/o.md "commits: [{pitfall: P7, fix: [$(id a)]}, {cause: [$(id b)]}]" &&
	sed -i "s/- P1: /- /" retros/o.md && git retro check o >out &&
	has out "pitfall: the text has no pitfall P7" &&
	has out "cause-missing: P7: a fix is linked, but no cause" &&
	has out "pitfall-number:" && git retro check --fix o >out 2>err &&
	has retros/o.md "- P3: A breaks" && lacks out "pitfall-number" &&
	has out "no pitfall P7"
'
ok 'relink follows a commit in every problem that names it' '
	start moved && retro retros/re.md "commits:
  - pitfall: P1
    cause: [$(id a)]
  - pitfall: P2
    cause: [$(id a)]
    backport: [$(id hand-a)]" && git add . && git commit -q -m retro &&
	old=$(id hand-a) && git tag -d hand-a >/dev/null &&
	git checkout -q release/1.0 && tick &&
	git -c core.hooksPath= commit -q --amend -m "Fix A by hand, again" &&
	git checkout -q main && git retro relink >out &&
	has out "backport" && has out "is now" && lacks retros/re.md $old &&
	has retros/re.md "$(id release/1.0)"
'
# guard <glob>: a problem whose fix is on release/1.0, and its guard is not.
guard () {
	retro retros/g.md "commits:
  - pitfall: P1
    cause: [$(id a)]
    fix: [$(id fix-a)]
    backport: [$(id hand-a)]
    guard: [$1]" && git add . && git commit -q -m "guard $1"
}

ok 'audit and trace say where the fix is in and the guard is not' '
	start guard && mkdir -p t/deep .ci && echo 1 >t/deep/a.sh &&
	echo 1 >.ci/b.yml && for g in t/deep/a.sh t/deep/a.sh/ t/ "t" "\"t/**/*.sh\"" \
		"\"*.sh\"" a.sh "\".ci/*.yml\"" "\"t/*/\""
	do
		guard "$g" && git retro audit main release/1.0 >out &&
		has out "release/1.0 has the fix of g#P1, but not its guard: " &&
		lacks out "main has" && git retro trace g --branches "*" >out &&
		has out "Without the guard" && grep "Without" out >line &&
		has line release/1.0 && lacks line main || { echo "$g"; exit 1; }
	done &&
	git retro audit main release/1.0 --format=json >out &&
	has out "\"missing\": [" && git retro audit main --format=github >out &&
	test_empty out && git retro audit v1.1.0 --format=github >out &&
	has out "warning" && has out unguarded &&
	git retro trace g --format=json >out && has out "\"t/*/\"" &&
	guard "none/*.sh" && git retro audit main >out && has out "main has the fix"
'
ok 'review says when a branch takes a guard away' '
	cd guard && guard "\"t/deep/*.sh\"" && echo 2 >t/deep/b.sh && git add . &&
	git commit -q -m b && git checkout -q -b topic &&
	git mv t/deep/a.sh t/deep/c.sh && git rm -q t/deep/b.sh && tick &&
	git commit -q -m "Tidy" && git retro review main >out &&
	grep "deep/b.sh. is deleted, and guards .g#P1.: A breaks" out &&
	lacks out a.sh && git mv t/deep/c.sh t/c.sh && tick &&
	git commit -q -m "Move" && git retro review main >out &&
	grep "deep/a.sh. is now .t/c.sh., and guards" out &&
	git retro review --format=json main >out && has out "\"to\": \"t/c.sh\"" &&
	git checkout -q main
'
ok 'show one pitfall, with what is known of it' '
	cd r && git retro show both#P2 >out && has out "Both (both#P2)" &&
	has out "P2: B breaks" && has out "Branches without the fix: release/1.0" &&
	lacks out "A breaks" && lacks out hand-a &&
	git retro show both#p1 both#P2 >out && has out "A breaks" &&
	git retro show both#P2 --format=json >out && has out "B breaks" &&
	lacks out "\"A breaks\"" && status 128 git retro show both#P3 2>err &&
	has err "has no pitfall P3" && status 129 git retro show both#P1 --raw 2>err
'
ok 'a tag and a branch of one name are both told' '
	start names && git tag release/1.0 fix-a && retro retros/na.md "commits:
  - pitfall: P1
    cause: [$(id b)]
    fix: [$(id fix-b)]" && git add . && git commit -q -m retro &&
	status 1 git retro audit release/1.0 >out && has out "heads/release/1.0" &&
	has out "tags/release/1.0" && status 128 git retro link na --fix release/1.0 2>err &&
	has err "ambiguous: the tag is at $(git rev-parse --short=7 fix-a)" &&
	has err "heads/release/1.0" &&
	status 128 git retro trace --fix release/1.0 2>err && has err ambiguous &&
	git retro link na --commit heads/release/1.0 &&
	has retros/na.md "$(id hand-a)" && git tag same && git branch same &&
	git retro link na --commit same
'
ok 'commits that are gone are a finding, and no all clear' '
	cd names && retro retros/gone.md "commits:
  - pitfall: P1
    cause: [$(printf %040d 5)]
    fix: [$(id fix-a)]
  - pitfall: P2
    cause: [$(id b)]
    backport: [abcdef1]" && git add . && git commit -q -m gone &&
	git retro trace gone --branches=main --format=tsv >out &&
	awk -F"\t" "\$4 == \"release/1.0\" || \$4 == \"main\" { print \$6, \$11 }" out >got &&
	has got "exposed P2" && lacks got "unaffected" &&
	git retro check gone >out && has out "0000005 does not exist" &&
	has out "abcdef1 does not exist" && git retro trace gone#P2 >out &&
	lacks out "No fix is named" &&
	has out "No release is known to have the fix."
'
ok 'a thousand problems' '
	cd names && {
		printf -- "---\nid: big\ntitle: Big\ndate: 2026-01-01\nstatus: draft\ncommits:\n" &&
		b=$(id b) fix=$(id fix-b) && for i in $(seq 1000)
		do
			printf "  - pitfall: P%d\n    cause: [%s]\n    fix: [%s]\n" \
				$i $b $fix || exit 1
		done && printf -- "---\n## Pitfalls\n" &&
		for i in $(seq 1000); do echo "- P$i: pitfall $i"; done
	} >retros/big.md 2>/dev/null && git add . && git commit -q -m big &&
	git retro trace big --branches=none --tags=v1.0.0 --format=tsv >out &&
	test "$(grep -c exposed out)" = 1000 &&
	git retro link big#P700 --guard f && has retros/big.md "guard: [f]" &&
	git retro check big >out && test_empty out
'
ok 'list --branch finds it by any of its problems' '
	cd r && git retro list --branch release/1.0 >got && has got both &&
	git retro list --release v1.1.0 >got && has got both &&
	git retro list --branch release/0.9 >got && test_empty got
'
ok 'json has the problems beside the union' '
	cd r && git retro show both --format=json >got &&
	has got "\"text\": \"A breaks\"" && has got "\"backport\": [" &&
	test "$(grep -c "$(id fix-b)" got)" = 2
'
test_done
