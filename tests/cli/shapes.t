#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Actions in each shape that people write them in, in two languages: brought
# into the usual form, closed, declined and opened again, a line at a time. And
# what other tools write, read.
. "${0%/*}/../lib/test.sh"

# changed: the lines that a command changed, "<old>|<new>".
changed () {
	git diff -U0 | sed "1,4d" | grep -v "^@@" | paste -sd "~" - | sed "s/~+/|/; s/^-//"
}

# shape <name> <text> <numbered> <done> <declined>: its one action, line 5 or so
# of a retro, as it reads then.
shape () {
	rm -rf "$1" && new_repo "$1" && cd "$1" && git retro init >/dev/null && printf "$2" >retros/2026-01-01-x.md &&
	git add -A && git commit -q -m x && git retro check --fix >/dev/null && changed >out && echo "$3" >want && diff want out &&
	git commit -q -a -m numbered && git retro actions done 2026-01-01-x#A1 >/dev/null &&
	changed >out && test "$(git diff --numstat | cut -f1,2)" = "1	1" &&
	grep -qF -e "$4" out && git retro actions >out && has out "  done 20" &&
	git retro actions reopen 2026-01-01-x#A1 >/dev/null && git retro actions >out && lacks out "  done 20" &&
	git retro actions decline 2026-01-01-x#A1 --reason "too dear" >/dev/null &&
	test "$(git diff --numstat | cut -f1,2)" = "1	1" && git diff >out && has out "$5" &&
	git retro actions >out && has out declined && git retro check >out
}

ok 'a plain item' '
	shape item "# T\n\n## Actions\n\n- Alert (Owner: Ann)\n" "- Alert (Owner: Ann)|- [ ] A1: Alert (Owner: Ann)" \
		"[x] A1: Alert (Owner: Ann) done:" "[-] A1: Alert (Owner: Ann) (declined: too dear)"
'
ok 'a plain item in Chinese' '
	shape zhitem "# 复盘\n\n## 行动项\n\n- 加 Alert（负责人：王五）\n" "- 加 Alert（负责人：王五）|- [ ] A1: 加 Alert（负责人：王五）" \
		"[x] A1: 加 Alert（负责人：王五） done:" "[-] A1: 加 Alert（负责人：王五） (declined: too dear)"
'
ok 'a box that is none' '
	shape box "# T\n\n## Next steps\n\n- []Alert @ann\n" "- []Alert @ann|- [ ] A1: Alert @ann" "[x] A1: Alert @ann done:" \
		"[-] A1: Alert @ann (declined: too dear)"
'
ok 'a row' '
	shape row "# T\n\n## Actions\n\n| Action | Owner | Status |\n|---|---|---|\n| Alert | @ann | open |\n" \
		"| Alert | @ann | open ||| A1: Alert | @ann | open |" "| A1: Alert | @ann | done:" "| @ann | declined: too dear |"
'
ok 'a row in Chinese' '
	shape zhrow "# 复盘\n\n## 改进措施\n\n| 改进措施 | 责任人 | 状态 |\n|---|---|---|\n| 加 Alert | 张三 | 进行中 |\n" \
		"| 加 Alert | 张三 | 进行中 ||| A1: 加 Alert | 张三 | 进行中 |" "| A1: 加 Alert | 张三 | 已完成 done:" "too dear |"
'
ok 'a heading' '
	shape heading "# T\n\n## Actions\n\n### Alert\n\n- Owner: Ann\n" "### Alert|### A1: Alert" "### A1: Alert done:" \
		"### A1: Alert (declined: too dear)"
'
ok 'a heading in Chinese' '
	shape zhheading "# 复盘\n\n## 后续计划\n\n### 加 Alert\n\n- 负责人：张三\n" "### 加 Alert|### A1: 加 Alert" "### A1: 加 Alert done:" \
		"### A1: 加 Alert (declined: too dear)"
'
ok 'of headings that are actions each is one, whoever says more' '
	new_repo headings && cd headings && git retro init >/dev/null &&
	printf "# T\n\n## Actions\n\n### Rotate the keys\n\n- Owner: Ann\n\n### Alert\n\nWe need one.\n" >retros/2026-01-01-x.md &&
	git retro actions >out && has out "Rotate the keys" && has out "Alert"
'

ok 'a bold line for a heading' '
	shape bold "**Summary**\n\nDown.\n\n**Action items:**\n\n- Alert (Owner: Ann)\n" "- Alert (Owner: Ann)|- [ ] A1: Alert (Owner: Ann)" \
		"[x] A1: Alert (Owner: Ann) done:" "[-] A1: Alert (Owner: Ann) (declined: too dear)"
'

# read <name> <text>: a retro of this text.
reads () {
	new_repo "$1" && cd "$1" && git retro init >/dev/null && printf "$2" >retros/2026-01-01-x.md
}

ok 'a bold line is no heading where there is one' '
	reads inside "# T\n\n## Pitfalls\n\n- One\n\n**Action items**\n\n- Two\n" &&
	git retro pitfalls --format tsv >out && test "$(sed 1d out | cut -f 8 | paste -sd , -)" = One,Two
'
ok 'lines with the numbers of Chinese text are one each' '
	reads lines "# 复盘\n\n## 踩坑\n\n1、缓存\n2、重试\n\n（3）时区\n（4）编码\n\n①磁盘\n②内存\n\n一、网络\n二、证书\n" &&
	git retro pitfalls --format tsv >out &&
	test "$(sed 1d out | cut -f 7,8 | tr "\t\n" ": ")" = "5:缓存 6:重试 8:时区 9:编码 11:磁盘 12:内存 14:网络 15:证书 "
'
ok 'and a paragraph with a number in it is one' '
	reads para "# 复盘\n\n## 踩坑\n\n1、缓存没有过期，\n重试没有上限。\n" &&
	git retro pitfalls --format tsv >out && test "$(sed 1d out | wc -l)" = 1
'
ok 'the table of actions of the Google template' '
	reads table "# T\n\n## Action items\n\n| Action Item | Type | Owner | Bug |\n|---|---|---|---|\n| One<br>alert | mitigate | Ann. | n/a **DONE** |\n| Two | prevent | J. D. | 55 TODO |\n" &&
	git retro actions --format tsv >out && sed 1d out | cut -f 2,5,9 | tr "\t\n" ":;" >is &&
	echo "done:Ann:One alert;open:J. D.:Two;" | tr -d "\n" | diff - is
'
ok 'a section with HTML alone is told' '
	reads html "# T\n\n## Pitfalls\n\n<table><tr><td>One</td></tr></table>\n\n## Action items\n\n<!-- none -->\n<br>\n" &&
	{ git retro check >out || test $? = 1; } && has out "no pitfall could be read" && lacks out "no action could be read"
'
# counts <pitfalls> <actions>: how many are read.
counts () {
	git retro pitfalls --format tsv >p && git retro actions --format tsv >a &&
	test "$(sed 1d p | wc -l) $(sed 1d a | wc -l)" = "$1 $2"
}
ok 'a title with a name in front is no section where others are' '
	reads title "# 踩坑：白屏\n\n## 验证\n\n- 打开\n\n## 教训\n\n- 锁版本\n\n## 相关文件\n\n- a.c\n" && counts 1 0
'
ok 'and is one where it is the only name' '
	reads all "# Lessons learned: the July outage\n\n- One\n\n## More\n\n- Two\n" && counts 2 0
'
ok 'headings that sort the actions part none off' '
	reads sorted "# T\n\n## Action items\n\n### Mitigate\n\n- [ ] One\n\n### Prevention\n\n- [ ] Two\n\n### Detection\n\n- [x] Three\n\n## Prevention\n\n- Pin\n" &&
	counts 1 3 &&
	reads zhsorted "# 复盘\n\n## 行动项\n\n### 缓解（已发生的）\n\n- [ ] 一\n\n### 预防（整类问题）\n\n- [ ] 二\n" && counts 0 2
'
ok 'what went well is no pitfall among the lessons' '
	reads luck "# T\n\n## Lessons learned\n\n- **What went right?** Fast.\n- **What could be better?** No test.\n- **Where did we get lucky?** Night.\n" &&
	counts 1 0
'
ok 'none and why is none' '
	reads none "# T\n\n## Action Items (Changes Made)\n\n- None (the fix shipped)\n\n## Actions (changes made)\n\n- Pinned it\n" &&
	counts 0 1 && grep -q "	done	" a &&
	reads nonebut "# T\n\n## Actions\n\n- None (the default) is refused by load()\n- N/A (for now (really)).\n- 无（默认值）也要检查\n" && counts 0 2 &&
	reads janone "# T\n\n## アクション\n\n- 変更なし（完了済み）\n" && counts 0 0
'
ok 'names from Chinese weekly reports and Korean retrospectives' '
	reads weekly "# 周报\n\n## 下一阶段建议与待确认问题\n\n1. 一\n2. 二\n" && counts 0 2 &&
	reads ko "# 회고\n\n## 발생한 문제\n\n- 하나\n\n## 배운 점\n\n- 둘\n\n## 다음 개선 사항\n\n- 셋\n" && counts 2 1
'
ok 'and for what comes next' '
	reads next "# T\n\n## Next Phase Readiness\n\n- [x] One\n- [ ] Two\n\n## What remains\n\n- Three\n" && counts 0 3 &&
	reads later "# T\n\n## What was puzzling or frustrating?\n\n- One\n\n## What should we change for next time?\n\n- Two\n" && counts 1 1
'
ok 'tasks that are not read where they are promised are told' '
	reads unread "# T\n\n## What to improve\n\n- [x] Done\n- [ ] Close it\n\n## Verification\n\n- [ ] Builds\n" &&
	{ git retro check >out || test $? = 1; } && has out "x.md:6:" && has out "## Actions" && test "$(grep -c "not read as actions" out)" = 1 &&
	reads boldlist "# T\n\n## Root cause\n\nx\n\n**Action items**\n\n- Page someone\n" &&
	{ git retro check >out || test $? = 1; } && has out "x.md:9:" && has out "not read as actions" &&
	reads zhunread "# 复盘\n\n## 可以优化的地方\n\n### 缓存\n\n- [ ] 加上限\n" &&
	{ git retro check >out || test $? = 1; } && has out "x.md:7:" && has out "## 行动项"
'
ok 'a day and a name in the folder' '
	new_repo folder && cd folder && git retro init >/dev/null &&
	mkdir -p retros/sub && printf "# A\n" >retros/sub/retro.2026-01-01.md && printf "# B\n" >retros/sub/retro.2026-02-01.md &&
	mkdir -p retros/2026-02-23_sprint-004 retros/2026-02-24_sprint-005 retros/2022/01 &&
	printf "# S 4\n" >retros/2026-02-23_sprint-004/retrospective.md && printf "# S 5\n" >retros/2026-02-24_sprint-005/retrospective.md &&
	printf "# P\n" >retros/2026-02-24_sprint-005/plan.md && printf "# W\n" >retros/2022/01/14.md && git add -A && git commit -q -m x &&
	git retro list --format tsv | sed 1d | cut -f 1,2 | sort >is && cat is >&2 &&
	printf "14\t2022-01-14\n2026-02-23_sprint-004\t2026-02-23\n2026-02-24_sprint-005\t2026-02-24\nplan\t2026-02-24\nretro.2026-01-01\t2026-01-01\nretro.2026-02-01\t2026-02-01\n" | diff - is
'
ok 'an address in angle brackets is no prompt' '
	reads who "# T\n\nAuthors: <https://example.com/ann>, <name>\n\n## Summary\n\nx\n" &&
	git retro list --format=json >out && has out "https://example.com/ann" && lacks out "<name>"
'
ok 'a day without a year is told' '
	reads day "# 复盘\n\n## 改进措施\n\n| 改进措施 | 完成时间 |\n|---|---|\n| 加告警 | 5月30日 |\n| 加重试 | 待定 |\n" &&
	{ git retro check >out || test $? = 1; } && has out "5月30日" && lacks out "待定"
'

test_done
