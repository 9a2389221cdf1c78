#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The pages of `git retro site` in a browser: site.mjs, with what package.json
# names from npm.
. "${0%/*}/../lib/test.sh"

modules=$TOP/build/browser/node_modules
if ! command -v chromium >/dev/null || ! [ -d "$modules/puppeteer-core" ]
then
	skip 'browser' 'chromium or what it is driven with is not installed'
	test_done
fi

# ask: each line of `queries`, and behind tabs the titles that the command finds,
# best first.
ask () {
	while read -r query
	do
		may_fail git retro search --limit 0 --format=json -- "$query" >hits &&
		printf "%s" "$query" && { test ! -s hits ||
			jq -r ".hits[].title | \"\t\" + ." hits | tr -d "\n"; } &&
		echo || return 1
	done <"$TESTS/browser/queries"
}

ok 'the pages work from the disk and over http, ask for nothing, and pass axe' '
	new_repo r && cd r &&
	printf "releases:\n  tags: [\"v*\"]\n" >.retro.yml &&
	commit one && git tag v1.0.0 && commit two && git tag v1.1.0 &&
	perl "$TESTS/bench/corpus.pl" retros 160 7 $(git log --format=%H) &&
	cp -R "$TESTS/judged/team" retros/ &&
	printf -- "---\ntitle: Odd labels\nlabels: [\"a, b\", \"c  d\", e]\n---\n" >retros/odd.md &&
	git add . && git commit -q -m retros && git retro site -o ../out >out &&
	ask >../queries && test "$(grep -c "	" ../queries)" -ge 60 &&
	cp "$TESTS"/browser/site.mjs "$TOP/build/browser/" &&
	cd .. && may_fail node "$TOP/build/browser/site.mjs" out queries >tap &&
	has tap "1.." && if grep "^not ok" -A 20 tap; then return 1; fi
'
test_done
