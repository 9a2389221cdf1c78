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
ok 'a problem that the retro does not have is no answer' '
	cd r && status 128 git retro trace both#P3 2>err &&
	has err "both#P3 names no cause and no fix" &&
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
