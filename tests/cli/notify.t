#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A digest as the body that the robot of a chat takes: within its limits, calling
# nobody, signed as it asks for.
. "${0%/*}/../lib/test.sh"

# day <from today>: "2026-01-07"
day () {
	date -u -d "@$((SOURCE_DATE_EPOCH + $1 * 86400))" +%F
}

ok 'set up' '
	new_repo one && cd one && printf "releases: {require: all}\n" >.retro.yml &&
	git add . && commit base && tick && git tag -a -m v1 v1.0.0 &&
	commit retro retros/one.md "$(printf -- \
		"---\nid: one\ntitle: \"<!channel> *all* @here\"\ndate: %s\nstatus: draft\n---\n\n## Actions\n\n- [ ] A1: Late <at user_id=\"all\"></at> @ann due:%s\n- [ ] A2: Soon due:%s\n- [ ] A3: Later due:%s\n- [x] A4: Done due:%s\n" \
		"$(day 0)" "$(day -3)" "$(day 2)" "$(day 9)" "$(day 1)")"
'
ok 'markdown: what is owed, overdue, due soon and new' '
	cd one && git retro notify >out && has out "## Retros: 1 missing; actions: 1 overdue, 1 due soon" &&
	has out "### Releases without a retro" && has out "v1.0.0, due" &&
	has out "### Overdue actions" && has out "### Due soon" &&
	has out "A2 Soon, due" && has out "(ann), due" && lacks out Later && lacks out Done && lacks out "@here" &&
	has out "### New retros" && git retro notify --within 10 >out &&
	has out Later && git retro notify --since "$(day 1)" >out &&
	lacks out "New retros"
'
ok '--due: each action once, so many days before' '
	cd one && git retro notify --due >out && has out "Actions due on $(day 2)" &&
	has out Soon && lacks out Late && lacks out "New retros" &&
	status 1 git retro notify --due --within 1 >out && test_empty out &&
	sed -i "s/A3: Later due:[-0-9]*/A3: Now due:$(day 0)/" retros/one.md &&
	git retro notify --due --within 0 >out && has out "Actions due on $(day 0)" &&
	has out Now && lacks out Soon && git checkout -q retros
'
ok '--due asks for actions alone' '
	cd one && GIT_CONFIG_COUNT=0 && export GIT_CONFIG_COUNT && : each command asks for its settings &&
	GIT_TRACE2_EVENT=$TRASH/all.trace git retro notify >out &&
	GIT_TRACE2_EVENT=$TRASH/due.trace git retro notify --due >out &&
	test "$(grep "show-origin" "$TRASH/all.trace" | grep -c "\"start\"")" = 4 &&
	test "$(grep "show-origin" "$TRASH/due.trace" | grep -c "\"start\"")" = 2
'
ok 'nothing to say: nothing is printed' '
	new_repo quiet && cd quiet && commit base && status 1 git retro notify >out &&
	test_empty out
'
ok 'slack: blocks; no text is a call or a link' '
	cd one && git retro notify --format slack >out && jq -e . out >json &&
	test "$(jq -r ".blocks[0].text.type" out)" = plain_text &&
	test "$(jq -r ".blocks | length" out)" = 5 &&
	test "$(jq -r ".blocks[1:][].text | .type + (.verbatim | tostring)" out | sort -u)" = mrkdwntrue &&
	has out "&lt;!channel&gt;" && lacks out "<!"
'
q="'"
ok 'whose it is and when it is due stays behind a text that is too long' '
	new_repo long && cd long && commit base && mkdir retros &&
	long=$(printf "%0150d" 0 | sed "s/0/中文/g") &&
	printf -- "---\nid: 2026-01-05-a\ntitle: \"*bold* ~gone~ \`code\` _slanted_ a_b\"\ndate: 2026-01-05\n---\n\n## Actions\n\n- [ ] A1: %s @bo due:2026-01-02\n" \
		"$long" >retros/2026-01-05-a.md &&
	for format in markdown slack feishu dingtalk wecom
	do
		git retro notify --format $format --since 2020 >out &&
		has out "… (bo), due 2026-01-02" || exit
	done &&
	git retro notify --format slack --since 2020 >out &&
	has out "＊bold＊ ～gone～ ${q}code${q} ＿slanted＿ a_b"
'
ok 'feishu: a post, signed with seconds' '
	cd one && git retro notify --format feishu >out &&
	test "$(jq -r .msg_type out)" = post &&
	test "$(jq -r .content.post.zh_cn.content[0][0].tag out)" = text &&
	test "$(jq -r .sign out)" = null && lacks out "<at" &&
	GIT_RETRO_NOTIFY_SECRET=demo SOURCE_DATE_EPOCH=1767607260 \
		git retro notify --since 2020 --format feishu >out &&
	test "$(jq -r .timestamp out)" = 1767607260 &&
	test "$(jq -r .sign out)" = "E+CZL/oxNq7Wz9IZapkEA3BCvnFUKC4lAILIxlKJqow="
'
ok 'dingtalk: markdown; the address is signed with milliseconds' '
	cd one && git retro notify --format dingtalk >out &&
	test "$(jq -r .msgtype out)" = markdown && has out "Releases without" &&
	lacks out "@here" &&
	GIT_RETRO_NOTIFY_SECRET=SECabc SOURCE_DATE_EPOCH=1767607260 \
		git retro notify --format dingtalk --sign >out &&
	test "$(cat out)" = "timestamp=1767607260000&sign=4XhXfUnScW6GNZvCkWMz%2F40Agm2ZRyJAILjmXBZU9kA%3D" &&
	status 129 git retro notify --format dingtalk --sign 2>err &&
	has err GIT_RETRO_NOTIFY_SECRET &&
	status 129 git retro notify --format slack --sign 2>err
'
ok 'wecom: markdown' '
	cd one && git retro notify --format wecom >out &&
	jq -r .markdown.content out >text && has text "## Retros" &&
	lacks text "@here"
'
ok 'too much for any of them is counted in a line' '
	new_repo full && cd full && commit base && mkdir retros &&
	{
		printf -- "---\nid: all\ntitle: All\ndate: 2020-01-01\nstatus: draft\n---\n\n## Actions\n\n"
		for i in $(seq 500)
		do
			echo "- [ ] A$i: 数据版本没有固定，上线前要检查 \"x\" & <y> due:2020-01-01"
		done
	} >retros/all.md && git retro notify --format wecom >out &&
	jq -j .markdown.content out >text && test "$(wc -c <text)" -le 4096 &&
	test "$(wc -c <text)" -gt 3000 && has text "more" &&
	git retro notify --format feishu >out && test "$(wc -c <out)" -le 20000 &&
	test "$(wc -c <out)" -gt 8000 &&
	git retro notify --format dingtalk >out && test "$(wc -c <out)" -le 20000 &&
	git retro notify --format slack >out &&
	test "$(jq ".blocks[1].text.text | length" out)" -le 3000 &&
	test "$(jq ".blocks | length" out)" -le 50
'
ok 'of many repositories, by name; one that is broken is named' '
	mkdir -p all && git clone -q one all/app && git clone -q full all/lib &&
	cp -r full/retros all/lib && git init -q all/odd && rm -rf all/odd/.git/objects &&
	status 2 git retro notify --repos=all >out 2>err && has out "app:one" &&
	has out "lib:all" && has err "all/odd: not a git repository" &&
	test "$(wc -l <err)" = 1
'
ok 'outside of a repository, and what is not understood' '
	mkdir nowhere && cd nowhere && status 128 git retro notify 2>err &&
	cd ../one && status 129 git retro notify --format teams 2>err &&
	status 129 git retro notify x 2>err && status 128 git retro notify --since odd 2>err &&
	has err "not a valid day"
'
test_done
