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
		! grep -v "no actions" out >is || { echo "# n$n"; cat out; return 1; }
	done <<-\EOF &&
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
	done <<-\EOF &&
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
	has out "retros/u1.md:10:1: warning: unread: no action could be read under '\''Actions'\''" &&
	has out "retros/u2.md:10:1: warning: unread: no action could be read under '\''行动项'\''" &&
	has out "retros/u3.md:10:1: warning: unread: no pitfall could be read under '\''Pitfalls'\''" &&
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
	may_fail git retro check --fix f >out 2>&1 && sed -n "/^## Actions/,\$p" retros/f.md >is &&
	printf "## Actions\n\n- [ ] A10: Alert @ann\n- [ ] A11: Rotate\n- [ ] A9: Mop\n\n| Action | Owner |\n|-|-|\n| A12: Sweep | @bo |\n\n" >want &&
	diff -u want is && may_fail git retro check f >out 2>&1 && lacks out action- && rm retros/f.md
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
ok 'front matter behind blank lines, comments, as ---yaml and JSON' '
	new_repo f && cd f && git retro init >/dev/null && b="title: T
date: 2024-01-01
status: final
---
# H" &&
	printf "\n\n---\n%s\n" "$b" >retros/a.md &&
	printf "<!-- SPDX-License-Identifier: CC0-1.0 -->\n---\n%s\n" "$b" >retros/b.md &&
	printf "<!--\nA licence\nof lines.\n-->\n\n---\n%s\n" "$b" >retros/c.md &&
	printf -- "---yaml\n%s\n" "$b" >retros/d.md && printf -- "--- YAML \n%s\n" "$b" >retros/e.md &&
	printf "{ \"title\": \"T\", \"date\": \"2024-01-01\", \"status\": \"final\" }\n\n# H\n" >retros/f.md &&
	printf "\n{\n\t\"title\": \"T\",\n\t\"x\": {\"y\": \"}\"},\n\t\"date\": \"2024-01-01\",\n\t\"status\": \"final\"\n}\n# H\n" >retros/g.md &&
	git retro list --format=tsv >out && cut -f2-4 out | sed 1d | sort -u >is &&
	test "$(wc -l <is)" = 1 && test "$(grep -c "2024-01-01" out)" = 7 && test "$(grep -c "final" out)" = 7 &&
	git retro check >out 2>&1 && lacks out error && git add -A && git commit -q -m f && git tag v1.0.0 &&
	for f in a b c d e f g
	do
		git retro link $f --release v1.0.0 && git diff --numstat "retros/$f.md" >out &&
		git retro show --format=json $f >out && has out v1.0.0 || return 1
	done && sed "/^# /d" retros/g.md | python3 -c "import json,sys; json.load(sys.stdin)"
'
ok 'front matter that cannot be: each told with its line, the others read' '
	new_repo bad && cd bad && git retro init >/dev/null &&
	printf -- "---\ntitle: T\n\n# H\n" >retros/open.md &&
	printf " ---\n title: T\n ---\n# H\n" >retros/indented.md &&
	printf "{ \"title\": \"T\",\n\n# H\n" >retros/json.md &&
	printf "\n+++\ntitle = 1\n+++\n" >retros/toml.md &&
	printf "# \316\312\314\342\267\326\316\366\n\n\261\263\276\260\n" >retros/gbk.md &&
	printf "# \264\137\275\114\n\n\263\163\275\165\246\300\271\114\244\160\241\101\277\351\271\117\256\311\n" >retros/big5.md &&
	printf "\377\376#\0 \0H\0" >retros/utf16.md && printf "#\0 \0H\0e\0l\0l\0o\0" >retros/utf16le.md &&
	printf "# caf\351 au lait\n" >retros/latin.md && printf "{{< toc >}}\n# Shortcode\n" >retros/ok.md &&
	printf "# S \355\240\200\n" >retros/lone.md && printf "# N\0\n" >retros/nul.md &&
	printf -- "---\rtitle: Cr\r---\r\r# H\r" >retros/cr.md && printf "# One line alone\r" >retros/ok3.md &&
	{ printf "# Long\n\n## Lessons\n\n- " && head -c 1000000 /dev/zero | tr "\0" x; } >retros/ok4.md &&
	printf "{#id}\n# Brace\n" >retros/ok2.md &&
	{ git retro check >out 2>&1; test $? = 1; } &&
	has out "retros/open.md:1:1: error: front-matter:" && has out "retros/indented.md:1:1: error: front-matter:" &&
	has out "retros/json.md:1:1: error: front-matter:" && has out "retros/toml.md:2:1: error: front-matter:" &&
	has out "retros/gbk.md:1:1: error: encoding: this is GBK" && has out "iconv -f gbk -t utf-8" &&
	has out "retros/big5.md:1:1: error: encoding: this is Big5" && has out "iconv -f big5 -t utf-8" &&
	has out "retros/utf16.md:1:1: error: encoding: this is UTF-16" && has out "retros/utf16le.md:1:1: error: encoding: this is UTF-16" &&
	has out "retros/latin.md:1:6: error: encoding: byte 0xE9" && lacks out "retros/ok" &&
	has out "retros/lone.md:1:5: error: encoding: byte 0xED" && has out "retros/nul.md:1:4: error: encoding: a NUL byte" &&
	has out "retros/cr.md:1:1: error: encoding: the lines end in CR alone" && has out "tr '"'\\\\r' '\\\\n'"'" &&
	git retro list >out 2>err && has out Shortcode && has out Brace && has out "One line alone" && has out Long
'
ok 'fields below the title' '
	new_repo t && cd t && git retro init >/dev/null && while IFS="~" read -r n body want
	do
		printf "%b\n" "$body" >retros/$n.md && git retro show --format=json $n | python3 -c "import json,sys
r = json.load(sys.stdin); r = r.get(\"retros\", [r])[0]
print(r[\"title\"], r[\"date\"], r[\"status\"], r[\"severity\"], sep=\"|\")" >is
		echo "$want" >want && diff -u want is || { echo "# $n"; return 1; }
	done <<-\EOF &&
	adr~# 3. Use C\n\nDate: 2016-02-12\n\n## Status\n\nAccepted\n\n## Context\n\nStatus: rejected~3. Use C|2016-02-12|final|None
	madr~# Use it\n\n* Status: superseded by [ADR 5](5.md)\n* Date: 2020-03-04~Use it|2020-03-04|superseded|None
	bold~# T\n\n**Date:** May 6th, 2024  \n**Status**: Draft\n**Severity:** SEV-2~T|2024-05-06|draft|2
	zh~# 复盘\n\n**日期**：2024 年 5 月 6 日\n\n- 状态：已归档\n- 严重程度：一级事故~复盘|2024-05-06|final|1
	table~# T\n\n| 字段 | 值 |\n|---|---|\n| 发生日期 | ２０２４－０５－０６ |\n| 状态 | ✅ 已解决（见下） |~T|2024-05-06|final|None
	line~# T\n\n**Date:** 2024-05-06 | **Status:** Final | **Severity:** P1~T|2024-05-06|final|2
	quote~# T\n\n> 日期：2024-05-06\n> 作者：张三~T|2024-05-06|None|None
	spaced~# T\n\n * Status: declined (2020-12-02)\n * Date: 2020-01-04\n    * Severity: P1~T|2020-01-04|final|None
	deep~# T\n\n- Date: 2020-01-04\n  - Status: accepted~T|2020-01-04|None|None
	about~# T\n\nDate: 2020-01-04\n\nImpact:\n - Status: accepted~T|2020-01-04|None|None
	start~# T\n\n发生时间：2024-05-06 23:30~T|2024-05-06|None|None
	title~# January 23rd, 2019 Outage~January 23rd, 2019 Outage|2019-01-23|None|None
	late~# T on 2020-01-02\n\n## Summary\n\nDate: 2016-02-12~T on 2020-01-02|2020-01-02|None|None
	2024-05-06-name~## Summary\n\nx~2024-05-06-name|2024-05-06|None|None
	2024-05-07-证书~## 一、背景\n\nx~2024-05-07-证书|2024-05-07|None|None
	EOF
	printf "# T\n\nDate: 05/06/2024\n" >retros/which.md && may_fail git retro check which >out 2>&1 &&
	has out "retros/which.md:3:7: warning: date: " &&
	printf -- "---\nid: strict\ntitle: T\n---\n# T\n\nDate: 2016-02-12\nStatus: final\n" >retros/strict.md &&
	{ git retro check strict >out 2>&1; test $? = 1; } && has out "the field '\''date'\'' is missing"
'
ok 'fields below the title are edited where they stand' '
	cd t && printf "# T\n\n**日期**：2024-05-06\n**Tags:** a, b\n" >retros/e.md && git add -A && git commit -q -m e &&
	git tag v2.0.0 && git retro link e --release v2.0.0 && git retro show --format=json e >out &&
	has out "2024-05-06" && has out "v2.0.0" && has retros/e.md "**日期**：2024-05-06"
'
ok 'a folder for each retro' '
	new_repo folders && cd folders && git retro init >/dev/null &&
	mkdir -p retros/2024-05-06-queue/img retros/2024-07-01-cert retros/2024-09-09-dns retros/2023/05 &&
	echo "# Queue" >retros/2024-05-06-queue/index.md && echo "# Cert" >retros/2024-07-01-cert/README.md &&
	printf "## Summary\n\nx\n" >retros/2024-09-09-dns/index.mdx && echo "# All of 2023" >retros/2023/README.md &&
	echo "# May" >retros/2023/05/2023-05-05-may.md && : >retros/2024-05-06-queue/img/x.png &&
	git retro list --format=tsv >out && cut -f1-2 out | sed 1d | sort >is && cat >want <<-\EOF && diff -u want is &&
	2023-05-05-may	2023-05-05
	2024-05-06-queue	2024-05-06
	2024-07-01-cert	2024-07-01
	2024-09-09-dns	2024-09-09
	EOF
	git add -A && git commit -q -m x && git retro list --format=tsv --at HEAD >at && diff out at &&
	rm retros/2023/05/*.md && git retro list >out && has out "All of 2023" && lacks out May
'
ok 'dir: a list, patterns, the whole repository' '
	new_repo dirs && cd dirs && mkdir -p services/a/postmortems services/b/postmortems/.x services/b/src docs/retro &&
	for f in services/a/postmortems/a services/b/postmortems/b services/b/postmortems/.x/h services/b/src/n docs/retro/r top
	do
		echo "# Of $f" >"$f.md" || return 1
	done &&
	printf "version: 1\ndir: [docs/retro, \"services/*/postmortems\", gone]\n" >.retro.yml && git add -A && git commit -q -m x &&
	git retro list --format=tsv >out && test "$(sed 1d out | cut -f1 | sort | tr "\n" " ")" = "a b r " &&
	git retro list --format=tsv --at HEAD >at && diff out at &&
	git retro grep -i "^# of" >out && test "$(wc -l <out)" = 3 &&
	{ git retro doctor >out 2>&1 || :; } && has out ".retro.yml:2" && has out "folder '\''gone'\''" &&
	test "$(git retro new --no-edit Hello)" = docs/retro/2026-01-05-hello.md &&
	printf "version: 1\ndir: .\n" >.retro.yml && git retro list --format=tsv >out &&
	test "$(sed 1d out | cut -f1 | sort | tr "\n" " ")" = "2026-01-05-hello a b n r top " &&
	test "$(git retro new --no-edit Hi)" = 2026-01-05-hi.md && git retro check --staged
'
ok 'one id, two retros: no command takes the first' '
	new_repo twins && cd twins && git retro init >/dev/null && git add -A && git commit -q -m init && for k in a b
	do
		mkdir retros/$k && printf -- "---\ntitle: $k\ndate: 2026-01-01\n---\n\n# $k\n\n## Actions\n\n- [ ] A1: do it in $k\n" \
			>retros/$k/outage.md || return 1
	done && git add -A && git commit -q -m two &&
	for c in "actions done outage#A1" "actions decline outage#A1 --reason x" "actions reopen outage#A1" "actions add outage x" \
		"link outage --cause HEAD" "unlink outage --cause HEAD" "show outage" "edit outage" "trace outage" "actions outage"
	do
		GIT_EDITOR=: git retro $c >out 2>err && { echo "# $c"; return 1; }
		has err "matches 2 retros" && has err "retros/a/outage.md, retros/b/outage.md" || { echo "# $c"; return 1; }
	done &&
	test -z "$(git status --short -uno)" && git retro show retros/b/outage.md >out && has out "do it in b" &&
	{ git retro actions done retros/a/outage.md#A1 2>/dev/null || :; } && git checkout -q . &&
	git commit -q --allow-empty -m "x

Retro-Action: outage#A1" && git retro actions --open >out && test "$(grep -c "do it in" out)" = 2
'
ok 'an incident covers no release, a waiver and the others do' '
	new_repo kinds && cd kinds && git retro init >/dev/null && git add -A && git commit -q -m init && git tag v1.0.0 &&
	sed -i "s/^ *since:.*/  since: v1.0.0/" .retro.yml && for k in incident experiment release project deployment
	do
		printf -- "---\ntitle: T\ndate: 2026-01-01\nkind: $k\nreleases: [v1.0.0]\n---\n# T\n" >retros/x.md &&
		{ git retro status >out 2>&1 || :; } &&
		case $k in
		incident|experiment) has out v1.0.0 ;;
		*) lacks out "v1.0.0 is\|v1.0.0 has\|--release v1.0.0" ;;
		esac || { echo "# $k"; return 1; }
	done &&
	printf -- "---\ntitle: T\ndate: 2026-01-01\nkind: incident\nstatus: waived\nsummary: x\nreleases: [v1.0.0]\n---\n# T\n" >retros/x.md &&
	{ git retro status >out 2>&1 || :; } && lacks out v1.0.0
'
ok 'a heading says that its actions are done; a box and a column know better' '
	new_repo done && cd done && git retro init >/dev/null && cat >retros/2026-01-01-d.md <<-\EOF &&
	# D

	## Immediate actions (completed)

	- Restart the pods @ann
	- [ ] Purge the cache

	### Short-term

	- Look at the log

	## Follow-up actions

	### Done

	| Action | Owner | Status |
	|---|---|---|
	| Alert | @ann | open |
	| Alarm | @bo | |

	### Not done yet

	- Write it up @cy

	## 已完成的行动项

	- 加监控 @张三

	## 行动项（未完成）

	- 改脚本 @李四
	EOF
	git retro actions >out && printf "%s\n" "done  @ann   Restart the pods" "open         Purge the cache" \
		"open  @ann   Alert" "done  @bo    Alarm" "open  @cy    Write it up" "done  @张三  加监控" \
		"open  @李四  改脚本" >expect &&
	sed "s/^2026-01-01-d  //" out >actual && diff expect actual && git retro check --fix >/dev/null &&
	has retros/2026-01-01-d.md "- [x] A1: Restart" && has retros/2026-01-01-d.md "- [ ] A7: 改脚本"
'
ok 'what is to be copied is no retro, and doctor names it' '
	new_repo templates && cd templates && git retro init >/dev/null && mkdir retros/templates retros/2024-05-07-template-engine &&
	for f in TEMPLATE template YYYY-MM-DD 0000-template PMyyyy-nnn "post-mortem template" 复盘模板 2024-XX-XX-x templates/incident
	do
		printf "# %s\n\n## Actions\n\n- Copy me @ann\n" "$f" >"retros/$f.md" || return 1
	done &&
	for f in 2024-05-06-email-template template-engine-outage 邮件模板 2024-05-07-template-engine/index
	do
		printf "# Real %s\n" "$f" >"retros/$f.md" || return 1
	done &&
	git retro list >out && test "$(wc -l <out)" = 4 && test "$(grep -c Real out)" = 4 &&
	git retro actions >out 2>&1 && lacks out "Copy me" && git retro doctor >out && test "$(grep -c "  template$" out)" = 9 &&
	git add -A && git commit -q -m x && git retro list --at HEAD >out && test "$(grep -c Real out)" = 4
'
ok 'a time without a zone is read in that of the author who added it' '
	new_repo zones && cd zones && git retro init >/dev/null && cat >retros/2026-01-01-z.md <<-\EOF &&
	---
	title: Z
	date: 2026-01-01
	status: draft
	kind: incident
	detected: 2026-01-01
	---

	# Z
	EOF
	git add -A && GIT_AUTHOR_DATE="2026-01-01T00:00:00+0000" git commit -q -m "a bot drafts it" &&
	sed -i "s/^kind:.*/&\nstarted: 2026-01-01 09:48/; s/^detected:.*/&\nresolved: 2026-01-01T02:00Z/" retros/2026-01-01-z.md &&
	TZ=Asia/Tokyo git retro list --format=json >out && has out "\"started\": \"2026-01-01T09:48:00+09:00\"" &&
	GIT_AUTHOR_DATE="2026-01-02T10:00:00+0800" git commit -qam "and Zhang fills it in" &&
	sed -i "s/^title:.*/title: ZZ/" retros/2026-01-01-z.md &&
	GIT_AUTHOR_DATE="2026-01-03T00:00:00-0500" git commit -qam "somebody else" &&
	git retro list --format=json >out && has out "\"started\": \"2026-01-01T09:48:00+08:00\"" &&
	git retro show --format=json 2026-01-01-z >out && has out "\"started\": \"2026-01-01T09:48:00+08:00\"" &&
	git retro show 2026-01-01-z >out &&
	has out "09:48 +0800" && lacks out "00:00" && { git retro check >out 2>&1 || :; } && lacks out time-order &&
	has out "2026-01-01 09:48 +0800" &&
	git retro export >out && has out "\"started\":\"2026-01-01T09:48:00+08:00\"" &&
	sed -i "s/^status:.*/status: final/" retros/2026-01-01-z.md &&
	git retro stats --since 2026-01-01 --format=json | jq -c ".total | .. | .\"time-to-resolve\"? | select(.) | [.n, .median]" >out &&
	echo "[1,720]" >want && same want out && git checkout -q retros &&
	git clone -q --depth 1 "file://$PWD" ../shallow && cd ../shallow && TZ=Asia/Tokyo git retro list --format=json >out &&
	has out "\"started\": \"2026-01-01T09:48:00+09:00\""
'
ok 'a wrong value is told once, where it stands; a Chinese retro is told Chinese headings' '
	new_repo metric && cd metric && git retro init >/dev/null && cat >retros/2026-01-01-m.md <<-\EOF &&
	---
	title: M
	date: 2026-01-01
	status: draft
	kind: incident
	started: 2026-01-01 09:48
	resolved: 2026-01-01T11:48+08:00
	detected: 2026-01-01
	metrics:
	  - { name: p99, before: 1, after: 2, better: 低 }
	  - { name: rps, before: 1, after: 2, better: sideways }
	---

	# M
	EOF
	{ git retro check >out 2>&1 || :; } && has out "2026-01-01-m.md:11" && lacks out "2026-01-01-m.md:10" &&
	has out "2026-01-01-m.md:6:10: note: time-zone" && test "$(grep -c time-zone out)" = 1 &&
	test "$(grep -c sideways out)" = 1 && cat >retros/2026-01-01-m.md <<-\EOF &&
	---
	id: 2026-01-01-m
	title: 中
	date: 2026-01-01
	status: final
	kind: incident
	---

	# 中

	## 摘要

	支付服务中断了一个小时。

	## 时间线

	十点开始,十一点结束。
	EOF
	{ git retro check >out 2>&1 || :; } && has out "## 踩过的坑" && lacks out "## Pitfalls" &&
	git retro actions add 2026-01-01-m "盯住队列" && has retros/2026-01-01-m.md "## 行动项"
'
ok 'since and until: a month, a quarter, how long ago' '
	SOURCE_DATE_EPOCH=1767607200 && export SOURCE_DATE_EPOCH && new_repo asked && cd asked && mkdir retros && for d in 2025-10-05 2025-11-30 2026-01-03
	do
		echo "# Outage $d" >retros/$d-x.md || return 1
	done && ids () { git retro list --format=tsv "$@" | sed 1d | cut -f2 | sort | tr "\n" " "; } &&
	test "$(ids --until 2025-11)" = "2025-10-05 2025-11-30 " && test "$(ids --since 2025-11 --until 2025-Q4)" = "2025-11-30 " &&
	test "$(ids --since "2 weeks ago")" = "2026-01-03 " && test "$(ids --since 3.months.ago)" = "2025-10-05 2025-11-30 2026-01-03 " &&
	test "$(ids --since "2 周前")" = "2026-01-03 " && test "$(ids --until 2025)" = "2025-10-05 2025-11-30 " &&
	test -n "$(git retro search outage since:2.weeks.ago)" && status 129 git retro list --since "two moons ago" 2>err && has err "weeks ago"
'
ok 'files of a sparse checkout cost no process each' '
	new_repo many && cd many && git retro init >/dev/null && mkdir src && echo x >src/x && for i in $(seq 40)
	do
		printf "# Retro %s\n\nzebra\n" "$i" >"retros/2026-01-01-r$i.md" || return 1
	done && git add -A && git commit -q -m all && git sparse-checkout set src && rm -rf .git/retro &&
	GIT_TRACE="$PWD/trace" git-retro search --limit 0 --format=tsv zebra >out && test "$(wc -l <out)" = 41 &&
	test "$(grep -c "git.*cat-file" trace)" -le 2 && test "$(grep -c "built-in: git" trace)" -lt 10 &&
	git-retro check >out
'
ok 'what a sparse checkout leaves out is read as it is staged' '
	new_repo sparse && cd sparse && git retro init >/dev/null && mkdir src retros/img && echo x >src/x && echo x >retros/img/a.png &&
	printf "# Outage\n\n## Actions\n\n- [ ] A1: do it @ann\n" >retros/2026-01-01-a.md && echo "# Other" >retros/2026-01-02-b.md &&
	git add -A && git commit -q -m x && git retro list --format=tsv >want && git retro actions >acts && git retro search outage >found &&
	git sparse-checkout set src && rm -rf .git/retro && test ! -e retros/2026-01-01-a.md && for i in 1 2
	do
		git retro list --format=tsv >is && diff -u want is && git retro actions >is && diff -u acts is &&
		git retro search outage >is && diff -u found is || return 1
	done && git retro show 2026-01-01-a >out && has out "do it" && git retro show retros/2026-01-02-b.md >out && has out Other &&
	git retro doctor >out 2>&1 && lacks out "does not exist" && git retro check >out && cd src && git retro show 2026-01-01-a >out && cd .. &&
	git retro actions done 2026-01-01-a#A1 && has retros/2026-01-01-a.md "[x] A1: do it @ann" && git retro list --format=tsv >is &&
	diff -u want is && git sparse-checkout disable && git add -A && git commit -q -m done && rm retros/2026-01-02-b.md &&
	git retro list >out && lacks out Other
'
ok 'Japanese and Korean headings and columns' '
	new_repo cjk && cd cjk && mkdir retros && cat >retros/2026-01-01-a.md <<-\EOF && cat >retros/2026-01-02-b.md <<-\EOF &&
	# 停止

	## うまくいったこと

	- 連絡

	## うまくいかなかったこと

	- 監視がなかった
	- 手順が古い

	## 再発防止策

	| # | アクション | 担当 | 期限 | 状態 |
	|---|---|---|---|---|
	| 1 | 監視を足す | ann | 2026-02-01 | 完了 |
	| 2 | 手順を直す | bob | 2026-03-01 | 未着手 |
	EOF
	# 장애

	## 잘 된 것

	- 연락

	## 프로세스 교훈

	- 하나

	## 후속 조치

	- [ ] 감시 추가
	EOF
	git retro pitfalls >out && test "$(wc -l <out)" = 3 && lacks out 連絡 && lacks out 연락 &&
	git retro actions >out && has out "done            @ann  監視を足す" && has out "due 2026-03-01  @bob  手順を直す" && has out "감시 추가"
'
ok 'a row with too few cells, too many, or no action' '
	new_repo rows && cd rows && mkdir retros && cat >retros/2026-01-01-a.md <<-\EOF &&
	# A

	## Actions

	| # | Action | Owner | Due |
	|---|---|---|---|
	| A1 | Do it | ann | 2026-02-01 |
	| A2 | | bob | 2026-02-01 |
	| A3 | short |
	| A4 | long | cy | 2026-02-01 | x | y |
	| | | | |
	EOF
	git retro actions >out && test "$(wc -l <out)" = 3 && has out "#A3  open                  short" && has out "@cy   long" &&
	git retro check >out && has out "2026-01-01-a.md:8:1: warning: action: the row does not say" && test "$(grep -c warning: out)" = 1 &&
	git add -A && git commit -q -m x && git retro actions done 2026-01-01-a#A4 2026-01-01-a#A3 && git retro actions --open >out &&
	test "$(wc -l <out)" = 1 && has out "#A1" && test "$(git diff --numstat retros | cut -f1,2)" = "2	2"
'
ok 'a table of 10,000 rows is read whole, and the others beside it' '
	new_repo huge && cd huge && mkdir retros && perl -e "
		print qq(---\nid: big\ndate: 2026-01-01\n---\n\n# Big\n\n## Actions\n\n),
			qq(| No | Action | Status |\n|---|---|---|\n);
		print qq(| A\$_ | Do \$_ | ), \$_ % 2 ? q(open) : q(done), qq( |\n)
			for 1 .. 10_000;" >retros/big.md &&
	printf -- "---\nid: small\ndate: 2026-13-45\n---\n\n# Small\n" >retros/small.md &&
	git add -A && git commit -q -m x &&
	git retro actions --format=json >out 2>err && has err "1 error" &&
	jq -e "(.actions | length) == 10000 and
		([.actions[] | select(.state == \"done\")] | length) == 5000" out &&
	git retro list >out 2>err && has out "Small" && has out "Big" &&
	may_fail git retro check >out && has out "retros/small.md:3:" &&
	git retro actions done big#A9999 >out 2>err &&
	test "$(git diff --numstat)" = "1	1	retros/big.md" &&
	git diff >out && grep -q "^+| A9999 | Do 9999 | done" out
'
ok 'an item of an item is no field of the file' '
	new_repo nested && cd nested && mkdir retros &&
	printf "# Review\n\n- changed a.md\n  - status: draft, now final\n" \
		>retros/2026-01-01-a.md && git retro list --format=tsv >out &&
	lacks out draft
'
ok 'lines that people number themselves are actions, and closed where they are' '
	new_repo lines && cd lines && mkdir retros && {
		printf -- "---\nid: a\ntitle: T\ndate: 2026-01-01\nstatus: draft\n---\n\n" &&
		printf "## 改进措施\n\n1、补充超时测试 负责人：张三 截止：2026-05-30\n" &&
		printf "  2、加上告警 @bo\n3、更新文档\n"
	} >retros/a.md && git add -A && git commit -q -m x &&
	git retro check >out && lacks out unread &&
	git retro check --fix 2>err && has retros/a.md "  2、A2: 加上告警 @bo" &&
	git commit -q -a -m x && git retro actions done a#A2 a#A3 &&
	git retro actions >out && has out "#A1  due 2026-05-30   @张三  补充" &&
	test "$(grep -c "done 20" out)" = 2 &&
	test "$(git diff --numstat retros | cut -f1,2)" = "2	2" &&
	git retro actions reopen a#A2 && git retro actions --open >out && has out "#A2"
'
ok 'bold lines are entries where headings are not' '
	new_repo bold && cd bold && mkdir retros && {
		printf -- "---\nid: a\ntitle: T\ndate: 2026-01-01\nstatus: draft\n---\n\n" &&
		printf "## Lessons\n\n### Technical\n\n**1. JSON columns**\n- fast\n" &&
		printf "\n**2. Pipelines**\n- slow\n\n**Note:**\nnone\n\n" &&
		printf "## Action Items\n\n### P0\n\n**Action #1: Pin versions**\n" &&
		printf -- "- **Owner**: Ann\n- **Due**: 2026-06-01\n\n**Add a test**\n" &&
		printf -- "- **Owner**: Bo\n"
	} >retros/a.md && git add -A && git commit -q -m x &&
	git retro pitfalls >out && has out "JSON columns" && has out "Pipelines" &&
	lacks out "1. JSON" && lacks out Technical && lacks out Note &&
	git retro check --fix 2>err && git commit -q -a -m x &&
	git retro actions >out && has out "#A1  due 2026-06-01  @Ann" &&
	has out "#A2  open            @Bo   Add a test" && test "$(wc -l <out)" = 2 &&
	git retro actions done a#A2 && git retro actions >out && has out "#A2  done 20" &&
	test "$(git diff --numstat retros | cut -f1,2)" = "1	1"
'
ok 'keep, problem, try: names only together' '
	new_repo kpt && cd kpt && mkdir retros &&
	printf "# S1\n\n## Keep (続ける)\n\n- pairs\n\n## Problem\n\n- long reviews\n\n## Try\n\n- [ ] A1: small changes\n" \
		>retros/2026-01-01-a.md &&
	printf "# Outage\n\n## Problem\n\n- the disk was full\n\n## Trying it\n\n- x\n" \
		>retros/2026-01-02-b.md && git add -A && git commit -q -m x &&
	git retro pitfalls >out && has out "long reviews" && lacks out "disk" &&
	lacks out pairs && git retro actions >out && has out "small changes" &&
	test "$(wc -l <out)" = 1
'
ok 'the end of a longer word, or of what there is none, is no name' '
	new_repo ends && cd ends && mkdir retros && {
		printf "# T\n\n**狀態**: ✅ 已完成\n**創建日期**: 2026-02-03\n" &&
		printf "**Authors**: Ann, <add name here>\n\n## 成果總結\n\n- 三个接口\n\n" &&
		printf "## 性能不足\n\n- 慢\n\n## 不足\n\n- 没有压测\n\n" &&
		printf "## Watch items (no action proposed)\n\nNothing.\n\n" &&
		printf "## Went poorly\n\n- nobody knew\n"
	} >retros/a.md && git add -A && git commit -q -m x &&
	git retro pitfalls >out && has out 没有压测 && has out "nobody knew" &&
	lacks out 三个接口 && lacks out 慢 && git retro check >out && lacks out unread &&
	git retro show --format=json a >out && jq -e ".retros[0] |
		.date == \"2026-02-03\" and .status == \"final\" and
		.authors == [\"Ann\"]" out
'
test_done
