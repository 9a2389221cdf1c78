#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Documents as people write them: read, closed and brought into the usual form.
. "${0%/*}/../lib/test.sh"

# doc <name> <status> <body>: a retro of that name.
doc () {
	printf -- '---\nid: %s\ntitle: %s\ndate: 2026-01-01\nstatus: %s\n---\n\n# %s\n\n%b\n' \
		"$1" "$1" "$2" "$1" "$3" >"retros/$1.md"
}

# actions <name>: what is read, a line each.
actions () {
	git retro actions --format=tsv "$1" | sed 1d | cut -f2- | tr '\t' '|'
}

ok 'set up' '
	new_repo r && cd r && git retro init >/dev/null && git add -A && git commit -q -m init
'
ok 'actions: every form of a row, an item and a heading' '
	cd r && while IFS="~" read -r n body want
	do
		doc "a$n" draft "## Actions\n\n$body" && git retro actions "a$n" >out 2>err || return 1
		sed "s/^[^ ]*  *//; s/  */ /g" out >is
		printf "%b\n" "$want" >want
		diff -u want is || { echo "# a$n"; cat out; return 1; }
	done <<-\EOF
	01~| Action | Owner | Due |\n|---|---|---|\n| Alert | @ann | 2026-02-01 |~due 2026-02-01 @ann Alert
	02~| 措施 | 责任人 | 完成时间 | 状态 |\n|---|---|---|---|\n| 加告警 | 张三 | 2026年2月1日 | 进行中 |~due 2026-02-01 @张三 加告警
	03~| # | 行动项 | 负责人 | 截止 |\n|--|--|--|--|\n| A7 | 限流 | 张三、李四 | 2026-02 |~due 2026-02-28 @张三, 李四 限流
	04~| Status | Task | Who | Deadline |\n|-|-|-|-|\n| Done | Rotate | Ann Lee | May 6th, 2026 |\n| open | Mop | TBD | - |~done @Ann Lee Rotate\nopen Mop
	05~| 優先級 | 行動項 | 負責人 | 期限 |\n|-|-|-|-|\n| P1 | 擴容 | @bo | ２０２６－０２－０１ |~due 2026-02-01 @bo !high 擴容
	06~- Alert @ann due:2026-02-01~due 2026-02-01 @ann Alert
	07~- 加告警（负责人：王五，完成时间：2026年6月1日）~due 2026-06-01 @王五 加告警
	08~- 加告警，负责人：张三，截止：2026-05-30~due 2026-05-30 @张三 加告警
	09~- 加告警 @张伟 @李娜\n- 限流 ＠王五~open @张伟, 李娜 加告警\nopen @王五 限流
	10~- Alert (Owner: Ann Lee, due date: 6 May 2026)~due 2026-05-06 @Ann Lee Alert
	11~- [] Alert @ann\n- [ ]A2: Rotate @bo~open @ann Alert\nopen @bo Rotate
	12~- Alert\n- Rotate~open Alert\nopen Rotate
	13~- ✅ Alert\n- Rotate (done)\n- Mop~done ✅ Alert\ndone Rotate\nopen Mop
	14~- Alert\n  - Owner: Ann\n  - Due: 2026-02-01~due 2026-02-01 @Ann Alert
	15~### Alert\n\nOwner: @ann\n\n### Rotate\n\n- 负责人：张三\n- 截止：2026-02-01~open @ann Alert\ndue 2026-02-01 @张三 Rotate
	16~### Process\n\n- Alert\n\n### Tools\n\n1. Rotate~open Alert\nopen Rotate
	17~- [x] Alert done: May 6, 2026 @ann~done May 6, 2026 @ann Alert
	18~- [ ] Alert due:2026-Q2 @ann~due 2026-06-30 @ann Alert
	EOF
'
ok 'actions: what is none' '
	cd r && while IFS="~" read -r n body
	do
		doc "n$n" draft "## Actions\n\n$body" && git retro actions "n$n" >out 2>err &&
		grep -v "no actions" out >is && { echo "# n$n"; cat out; return 1; }
	done <<-\EOF
	1~None.
	2~- 无
	3~| When | Then |\n|---|---|\n| it rains | run |
	4~- N/A
	5~| Action | Owner |\n|---|---|\n| - | @ann |
	EOF
	doc n6 draft "## Actions\n\n- [ ] A1: x\n- a note beside it\n" && git retro actions n6 >out &&
	lacks out note &&
	doc n7 draft "## Actions\n\n| Action | Owner |\n|-|-|\n| Alert | @ann |\n\n### What these mean\n\n- prevention\n" &&
	git retro actions n7 >out && has out Alert && lacks out prevention &&
	rm retros/n*.md retros/a*.md
'
ok 'pitfalls: every form' '
	cd r && while IFS="~" read -r n body want
	do
		doc "p$n" draft "## Pitfalls\n\n$body" && git retro pitfalls "p$n" >out 2>err
		git retro show --format=json "p$n" | python3 -c "import json,sys
j = json.load(sys.stdin); j = j.get(\"retros\", [j])[0]
for p in j[\"pitfalls\"]: print(p[\"text\"] + \"|\" + \",\".join(p[\"paths\"]))" >is
		printf "%b\n" "$want" >want
		diff -u want is || { echo "# p$n"; return 1; }
	done <<-\EOF
	01~| Trap | Way out |\n|---|---|\n| Zone of `src/r.c` | UTC |~Zone of src/r.c|src/r.c
	02~| # | 问题 | 解决办法 |\n|-|-|-|\n| 1 | 时区 `a/b.py` | UTC |\n| 2 | 丢行 | 检查 |~时区 a/b.py|a/b.py\n丢行|
	03~### Zone: local\n\nSymptom: one day is missing.\n\nCause: `src/r.c`.\n\n### Rows\n\nlost~Zone: local|src/r.c\nRows|
	04~> The zone is local: `a.py`~The zone is local: a.py|a.py
	05~> [!WARNING]\n> Never restart it twice.~Never restart it twice.|
	06~### Technical\n\n- one\n- two\n\n### Process\n\n- three~one|\ntwo|\nthree|
	07~### 原则 1：先看数据\n\n- 一\n- 二\n\n### 原则 2：不要猜\n\n- 三~原则 1：先看数据|\n原则 2：不要猜|
	08~### Cache\n\n- Cause: `c.py`\n- Fix: none~Cache|c.py
	09~- a list\n\n| metric | before |\n|-|-|\n| rows | 9 |~a list|
	10~one\n\ntwo~one|\ntwo|
	EOF
	rm retros/p*.md
'
ok 'what a section has and nothing could be taken from is told' '
	cd r && doc u1 draft "## Actions\n\nWe should all be careful.\n" &&
	doc u2 draft "## 行动项\n\n| When | Then |\n|---|---|\n| it rains | run |\n" &&
	doc u3 draft "## Pitfalls\n\n\`\`\`\ncode alone\n\`\`\`\n" &&
	doc u4 draft "## Actions\n\nNone.\n\n## Pitfalls\n\n暂无\n" &&
	git retro check u1 u2 u3 u4 >out 2>&1 &&
	has out "retros/u1.md:10:1: warning: unread: nothing under '\''Actions'\''" &&
	has out "retros/u2.md:10:1: warning: unread: nothing under '\''行动项'\''" &&
	has out "retros/u3.md:10:1: warning: unread: nothing under '\''Pitfalls'\''" &&
	lacks out u4 && rm retros/u*.md
'
ok 'closing: a cell, a box, a mark; nothing else changes' '
	cd r && cat >retros/c.md <<-\EOF &&
	---
	id: c
	title: C
	date: 2026-01-01
	status: draft
	---

	## Actions

	| # | Action | Owner | Status |
	|---|---|---|---|
	| A1 | Alert \| page | @ann | open |
	| A2 | 限流 | 张三 | |

	| Action | Owner |
	|---|---|
	| A3: Rotate | @ann |

	- A4: Sweep @bo
	- [] A5: Dust @ann
	- [ ]A6: Wipe ＠ann、@bo
	- A7: 擦（负责人：张三，截止：2026-05-30）

	### A8: Scrub

	Owner: Ann Smith
	EOF
	git add -A && git commit -q -m c && for n in 1 2 3 4 5 6 7 8
	do
		git retro actions done "c#A$n" >/dev/null || return 1
	done && sed -i "s/done:2[0-9-]*/DAY/" retros/c.md && git diff -U0 | grep "^+[^+]" >is &&
	cat >want <<-\EOF && diff -u want is &&
	+| A1 | Alert \| page | @ann | DAY |
	+| A2 | 限流 | 张三 | 已完成 DAY |
	+| A3: Rotate DAY | @ann |
	+- [x] A4: Sweep @bo DAY
	+- [x] A5: Dust @ann DAY
	+- [x] A6: Wipe ＠ann、@bo DAY
	+- [x] A7: 擦（负责人：张三，截止：2026-05-30） DAY
	+### A8: Scrub DAY
	EOF
	git checkout -q retros && git retro actions done c#A1 c#A3 c#A8 &&
	git retro actions reopen c#A1 c#A3 c#A8 && git diff --exit-code retros &&
	git retro actions decline --reason "no | need" c#A1 c#A3 &&
	has retros/c.md "| A1 | Alert \| page | @ann | declined: no \| need |" &&
	has retros/c.md "| A3: Rotate (declined: no \| need) | @ann |" &&
	git retro actions c >out && has out "declined" && git checkout -q retros
'
ok 'check --fix brings it into the usual form' '
	cd r && doc f draft "## Actions\n\n- Alert @ann\n- [] Rotate\n- [ ]A9: Mop\n\n| Action | Owner |\n|-|-|\n| Sweep | @bo |\n" &&
	git retro check --fix f >out 2>&1; sed -n "/^## Actions/,\$p" retros/f.md >is &&
	printf "## Actions\n\n- [ ] A10: Alert @ann\n- [ ] A11: Rotate\n- [ ] A9: Mop\n\n| Action | Owner |\n|-|-|\n| A12: Sweep | @bo |\n\n" >want &&
	diff -u want is && git retro check f >out 2>&1; lacks out action- && rm retros/f.md
'
ok 'conflict markers are an error with their line, and never text' '
	cd r && doc x final "## Pitfalls\n\n<<<<<<< HEAD\n- Trap one\n=======\n- Trap two\n>>>>>>> theirs\n" &&
	{ git retro check x >out 2>&1; test $? = 1; } && has out "retros/x.md:12:1: error: conflict:" &&
	git retro pitfalls >out 2>err && lacks out "=====" && lacks out theirs &&
	has out "Trap one" && has out "Trap two" &&
	printf -- "---\nid: y\n<<<<<<< HEAD\ntitle: a\n=======\ntitle: b\n>>>>>>> o\ndate: 2026-01-01\nstatus: draft\n---\n# Y\n" >retros/y.md &&
	{ git retro check y >out 2>&1; test $? = 1; } && has out "retros/y.md:3:1: error: conflict:" &&
	test "$(grep -c "y.md" out)" = 1 &&
	doc z draft "\`\`\`\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> o\n\`\`\`\n" &&
	git retro check z >out 2>&1 && lacks out conflict && rm retros/[xyz].md
'
test_done
