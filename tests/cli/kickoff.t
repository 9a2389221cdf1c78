#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What is to be agreed before work begins: a template with boxes, told by review
# and status while one is open and code below its paths changes.
. "${0%/*}/../lib/test.sh"

for language in en zh
do
	ok "a kickoff is drafted ($language), and its boxes are actions" '
		new_repo '"$language"' && cd '"$language"' && commit Start &&
		draft=$(git retro new --no-edit --template kickoff \
			--language '"$language"' "Ranking") &&
		has "$draft" "kind: project" && git retro check 2>&1 &&
		git retro actions --open >out && test "$(wc -l <out)" = 5 &&
		sed -i "s|  # - src/ranking/|  - src/ranking/|" "$draft" &&
		git retro check 2>&1 && git add . && git commit -q -m Kickoff
	'
done
ok 'nothing is said before there is code' '
	cd en && git retro status >out && lacks out "Work has begun" &&
	git retro review --format=markdown HEAD~1 >out && lacks out "Not agreed"
'
ok 'review names what is open where a branch changes that code' '
	cd en && git switch -q -c other && commit Docs docs/a.md &&
	git retro review --format=markdown main >out && test_empty out &&
	git switch -q -c topic main && commit Rank src/ranking/rank.py &&
	git retro actions done 2026-01-05-ranking#A5 >/dev/null &&
	git add . && git commit -q -m Decided &&
	git retro review --format=markdown main >out &&
	has out "### Work has begun, but this is not agreed yet" && has out "2026-01-05-ranking#A1" &&
	has out "2026-01-05-ranking#A4" &&
	git retro review --format=json main | jq -e "(.kickoff | length) == 4" >/dev/null
'
ok 'status says so once the code is there' '
	cd en && git retro status >out && has out "Work has begun, but this is not agreed yet" &&
	has out "2026-01-05-ranking#A1" && lacks out "#A5" &&
	git retro status --format=json | jq -e ".kickoff == 4" >/dev/null
'
ok 'what is agreed is said no more' '
	cd en && for n in 1 2 3 4
	do
		git retro actions done 2026-01-05-ranking#A$n >/dev/null || exit 1
	done &&
	git retro status >out && lacks out "Work has begun" &&
	git commit -q -a -m Agreed &&
	git retro review --format=markdown main >out && lacks out "Not agreed"
'
test_done
