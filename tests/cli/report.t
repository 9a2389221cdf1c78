#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What a person or the team can show, each line with its proof.
. "${0%/*}/../lib/test.sh"

day () {
	test_clock=$(date -u -d "2026-$1T10:00:00Z" +%s)
	tick
}

ok 'set up' '
	day 01-05 && new_repo r && cd r && mkdir retros &&
	printf "releases:\n  tags: [\"v*\"]\n" >.retro.yml &&
	commit one a a && git tag v1.0.0 && day 02-01 &&
	commit "Drop rows" a b && cause=$(git rev-parse HEAD) &&
	GIT_AUTHOR_NAME=Bo GIT_AUTHOR_EMAIL=bo@old.example git commit -q \
		--allow-empty -m "Keep rows" && fix=$(git rev-parse HEAD) &&
	day 02-07 && git tag v1.1.0 &&
	echo "Bo Builder <bo@example.com> <bo@old.example>" >.mailmap &&
	cat >retros/2026-02-08-v1-1-0.md <<-END &&
	---
	id: 2026-02-08-v1-1-0
	title: v1.1.0
	date: 2026-02-08
	status: final
	kind: release
	authors: [Ann Author <ann@example.com>]
	releases: [v1.1.0]
	metrics:
	  - {name: accuracy, before: 0.80, after: 0.88, better: higher}
	commits:
	  cause: [$cause]
	  fix: [$fix]
	---

	# v1.1.0

	## What was hard

	- Nobody knew which rows *were* lost

	## How it was solved

	We counted them.

	## Pitfalls

	- P1: Labels can be empty | \`data/load.py\`

	## Actions

	- [x] A1: Test empty labels @ann done:2026-02-20
	- [ ] A2: Watch the counts @ann
	- [ ] A3: Write it down @ann
	END
	cat >retros/2026-05-02-again.md <<-END &&
	---
	id: 2026-05-02-again
	title: Lost again
	date: 2026-05-02
	status: final
	kind: incident
	authors: [Bo <bo@old.example>]
	seen-before: [2026-02-08-v1-1-0#P1]
	---

	## Pitfalls

	- P1: Empty labels, again
	END
	git add . && git commit -q -m retros && day 05-03 &&
	GIT_AUTHOR_NAME=Bo GIT_AUTHOR_EMAIL=bo@old.example git commit -q \
		--allow-empty -m Watched -m "Retro-Action: 2026-02-08-v1-1-0#A2"
'
day 07-01
# plain <file>: ids of commits are another one in each run.
plain () {
	sed -E "s/[0-9a-f]{12}/<commit>/g" "$1"
}
ok 'of the team, as Markdown, on a terminal and as a page' '
	cd r && git retro report --format=markdown >out && plain out >got &&
	golden cli/report.md got &&
	git retro report >out && plain out >got && golden cli/report.txt got &&
	git retro report --format=html >page &&
	has page "<html lang=\"en\">" && has page "<h2>Pitfalls learned</h2>" &&
	lacks page mermaid
'
ok 'every line names what proves it, and that can be checked' '
	cd r && git retro report --format=markdown >report.md &&
	git retro report --verify report.md >out && has out "all exist" &&
	git retro report --format=markdown | git retro report --verify - >out &&
	sed "s/v1-1-0#A1/v1-1-0#A9/; s/(.v1.1.0., /(\`v9\`, /" report.md >false.md &&
	status 1 git retro report --verify false.md >out &&
	has out "false.md:5: there is no retro, tag or commit" &&
	has out "2026-02-08-v1-1-0 has no pitfall or action A9" &&
	echo "- I was great" >vain.md &&
	status 1 git retro report --verify vain.md >out &&
	has out "vain.md:1: nothing proves this line" &&
	: >empty.md && status 128 git retro report --verify empty.md 2>err &&
	has err "has no line of a report" &&
	status 128 git retro report --verify nowhere.md 2>err
'
ok 'of a person, joined by .mailmap, with what they did for others' '
	cd r && git retro report --person builder --format=json >out &&
	jq -r ".sections[] | .key as \$key | .lines[] | \$key + \" \" +
		(.retro // .release)" out >got &&
	cat >want <<-END &&
	shipped 2026-02-08-v1-1-0
	learned 2026-05-02-again#P1
	helped 2026-02-08-v1-1-0#A2
	helped 2026-02-08-v1-1-0
	END
	same want got
'
ok 'of oneself' '
	cd r && git config user.name "Ann Author" &&
	git config user.email ann@example.com &&
	git retro report --me --format=json >out &&
	test "$(jq -r .person out)" = "Ann Author <ann@example.com>" &&
	test "$(jq -c "[.sections[] | select(.key == \"kept\") | .lines[].retro]" \
		out)" = "[\"2026-02-08-v1-1-0#A1\",\"2026-02-08-v1-1-0#A2\"]" &&
	test "$(jq -c "[.sections[] | select(.key == \"impact\") | .lines[].text]" \
		out)" = "[\"accuracy: 0.80 → 0.88 (+10.0 %)\"]"
'
ok 'nobody else whose name or mail contains yours, or that yours contains' '
	cp -r r part && cd part && git config user.name An &&
	git config user.email n@example.com &&
	git retro report --me --format=json >out &&
	test "$(jq "[.sections[].lines[]] | length" out)" = 0 &&
	git config user.email Ann@Example.com &&
	git retro report --me --format=json >out &&
	test "$(jq "[.sections[].lines[]] | length" out)" -gt 5
'
ok 'what one shipped as a co-author, as .mailmap has them' '
	cp -r r pair && cd pair && git commit -q --allow-empty -m Pair \
		-m "Co-authored-by: cy <cy@old.example>" \
		-m "Co-authored-by: Cy <CY@example.com>" &&
	git commit -q --allow-empty -m Alone && git tag v1.2.0 &&
	echo "Cy Coder <cy@example.com> <cy@old.example>" >>.mailmap &&
	git retro report --person "cy coder" --format=json >out &&
	test "$(jq -c "[.sections[].lines[].text]" out)" = \
		"[\"v1.2.0: 1 of its 4 commits\"]"
'
# Lines that part and meet again, a release that is no descendant of the one
# before it, and a root of its own.
ok 'commits of many releases as git counts each, and it is asked once' '
	perl "$TESTS/bench/releases.pl" 400 90 6 3 >history && new_repo many && cd many &&
	git fast-import --quiet <../history && git symbolic-ref HEAD refs/heads/main &&
	git reset -q --hard && root=$(git commit-tree -m root HEAD^{tree}) &&
	git tag v900.0 $root && joined=$(git commit-tree -m join -p HEAD -p $root HEAD^{tree}) &&
	git tag v901.0 $joined &&
	printf "releases:\n  tags: [\"v*\"]\n  require: all\n" >.retro.yml &&
	GIT_TRACE=$PWD/trace git retro report --format=json >out &&
	test "$(grep -c "built-in: git \(log\|rev-list\)" trace)" -le 2 &&
	test "$(jq ".sections[] | select(.key == \"shipped\") | .lines | length" out)" -gt 60 &&
	perl "$TESTS/real/report.pl" . >out && has out " 0 differ" &&
	perl "$TESTS/real/report.pl" . a@example.com >out && has out " 0 differ"
'
ok 'a script of its own comes to the same' '
	cd r && for who in "" builder ann
	do
		perl "$TESTS/real/report.pl" . "$who" >out && has out " 0 differ" &&
		perl "$TESTS/real/report.pl" . "$who" 2026-04-01 >out &&
		has out " 0 differ" || exit
	done
'
ok 'a percentage that grew says by how much itself' '
	cp -r r share && cd share &&
	sed -i "s/^  - {name: accuracy.*/&\n  - {name: recall, before: 80%, after: 88%}\n  - {name: cost, before: 4, after: 3, unit: EUR}\n  - {name: cpu, before: 40, after: 20, unit: \"%\"}/" \
		retros/2026-02-08-v1-1-0.md && git retro report --format=json >out &&
	test "$(jq -c "[.sections[] | select(.key == \"impact\") | .lines[].text]" out)" = \
		"[\"accuracy: 0.80 → 0.88 (+10.0 %)\",\"recall: 80% → 88%\",\"cost: 4 → 3 EUR (-25.0 %)\",\"cpu: 40 → 20 %\"]"
'
ok 'of a quarter and of a release' '
	cd r && git retro report --since 2026-Q2 --format=json >out &&
	test "$(jq -c "[.sections[] | select(.lines != []) | .key]" out)" = \
		"[\"learned\",\"returned\",\"kept\"]" &&
	git retro report --release v1.0.0 --format=json >out &&
	test "$(jq -c "[.sections[] | .lines[].release]" out)" = "[\"v1.0.0\"]" &&
	git retro report --since 2027 >out && has out "Nothing to report"
'
ok 'a chart also where all actions are done' '
	cd r && git retro report --since 2026-Q2 --format=markdown >out &&
	has out "mermaid" && has out "\"done\" : 1" && has out "\"open\" : 0"
'
ok 'a pitfall that is gone ends in a stop before what is said of it' '
	cp -r r gone && cd gone && fix=$(git log -1 --format=%H --grep="Keep rows") &&
	sed -i "s/^seen-before.*/&\ncommits:\n  fix: [$fix]/" retros/2026-05-02-again.md &&
	day 12-01 && git retro report --format=json >out && day 07-01 &&
	has out "Empty labels, again. Not seen for 213 days" &&
	echo "- P2: Another one" >>retros/2026-05-02-again.md && day 12-01 &&
	git retro report --format=json >out && day 07-01 &&
	lacks out "Empty labels, again. Not seen" && lacks out "Another one. Not seen"
'
ok 'what is wrong is refused' '
	cd r && status 129 git retro report --me --person bo 2>err &&
	has err "cannot be combined" && echo "- x" >x.md &&
	status 129 git retro report --verify x.md --me 2>err &&
	has err "cannot be combined" && rm x.md &&
	status 129 git retro report more 2>err &&
	status 129 git retro report --since someday 2>err
'
test_done
