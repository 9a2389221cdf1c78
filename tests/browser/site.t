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

# The words that are looked for, in both languages.
words='rollback drift timeout staging 标注 漂移 回滚 显存 监控 配置'

ok 'the pages work from the disk and over http, ask for nothing, and pass axe' '
	new_repo r && cd r &&
	printf "releases:\n  tags: [\"v*\"]\n" >.retro.yml &&
	commit one && git tag v1.0.0 && commit two && git tag v1.1.0 &&
	perl "$TESTS/bench/corpus.pl" retros 60 7 $(git log --format=%H) &&
	git add . && git commit -q -m retros && git retro site -o ../out >out &&
	for word in $words
	do
		printf "\"%s\"" "$word" &&
		git retro search --limit 0 --format=json "\"$word\"" >hits &&
		jq -r ".hits[].title | \"\t\" + ." hits | tr -d "\n" && echo ||
		return 1
	done >../queries &&
	cp "$TESTS"/browser/site.mjs "$TOP/build/browser/" &&
	cd .. && may_fail node "$TOP/build/browser/site.mjs" out queries >tap &&
	has tap "1.." && if grep "^not ok" -A 20 tap; then return 1; fi
'
test_done
