#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What others wrote becomes retros: texts byte for byte, what is known of them
# as fields, each once; and what cannot be read leaves nothing behind.
. "${0%/*}/../lib/test.sh"

# fresh: an empty repository to import into; enters it.
fresh () {
	rm -rf "$TRASH/r" && new_repo "$TRASH/r" && cd "$TRASH/r" &&
	commit one
}

# body <retro>: what is below its front matter.
body () {
	awk 'past { print } /^---\r*$/ && ++n == 2 { past = 1 }' "$1"
}

# adds <source> <retro>: nothing of a document is missing, and its text is what
# the retro ends with.
adds () {
	perl -e 'undef $/; my ($s, $r) = map { open(my $f, "<:raw", $_) or die $_;
		<$f> } @ARGV; my ($front, $text) = $s =~
		/\A(---\r?\n.*?\r?\n---\r?\n)(.*)\z/s ? ($1, $2) : ("", $s);
		substr($r, -length $text) eq $text or !length $text or
			die "text differs\n";
		my $new = substr($r, 0, length($r) - length $text);
		for my $line (split /^/, $front) {
			next if $line =~ /^---/;
			index($new, $line) >= 0 or die "lost: $line";
		}' "$1" "$2"
}

# refuses <words> <argument>...: exit code 128, one line with the words and
# maybe a hint, and nothing is written.
refuses () {
	words=$1 && shift &&
	status 128 git retro import "$@" >out 2>err && test_empty out &&
	has err "$words" && test "$(grep -vc "^hint: " err)" = 1 &&
	test "$(git status --porcelain -uall -- retros .git/retro)" = ""
}

# leaves <words> <number> <argument>...: so many are imported, one is named with
# the words, and the exit code is 1.
leaves () {
	words=$1 && nr=$2 && shift 2 &&
	status 1 git retro import "$@" >out 2>err && has err "$words" &&
	has out "$nr retro" && has out ", 1 cannot be read" &&
	test "$(grep -vc "^hint: " err)" = 1 &&
	test "$(git status --porcelain -uall -- retros | wc -l)" = "$nr"
}

mkdir "$TRASH/md" "$TRASH/md/2025" "$TRASH/md/.hidden"
printf '# Queue outage\n\n2024-05-06\n\n## Action items\n\n- [ ] Alert on lag @ann due:2024-06-01\n- [x] Add a test\n\nEnd without a newline' \
	>"$TRASH/md/2024-05-06-queue.md"
printf -- '---\r\ntitle: 数据漂移\r\ncustomer: Acme\r\ndate: 2025-03-04\r\n---\r\n# 数据漂移\r\n\r\n## 踩过的坑\r\n\r\n- 标签为空\r\n' \
	>"$TRASH/md/2025/drift.md"
printf '\357\273\277# Mark in front\n\nText\n' >"$TRASH/md/bom.md"
printf '# Index\n' >"$TRASH/md/README.md"
printf '# Title\n' >"$TRASH/md/template.md"
printf '# Hidden\n' >"$TRASH/md/.hidden/x.md"
printf 'png' >"$TRASH/md/picture.png"
printf '# Not dated\n\n- [a](2025/drift.md)\n' >"$TRASH/md/Some notes.md"

ok 'a folder of Markdown: each text byte for byte, what it says of itself' '
	fresh && git retro import ../md >out && has out "4 retros imported" &&
	adds ../md/2024-05-06-queue.md retros/2024-05-06-queue.md &&
	adds ../md/2025/drift.md retros/2025/drift.md &&
	test "$(head -c 3 retros/bom.md)" = "$(printf "\357\273\277")" &&
	tail -c +4 ../md/bom.md >text && tail -c "$(wc -c <text)" retros/bom.md | cmp text - &&
	adds "../md/Some notes.md" retros/not-dated.md &&
	has retros/2025/drift.md "customer: Acme" &&
	has retros/2025/drift.md "imported-from: md/2025/drift.md" &&
	git retro list --format=tsv >list && has list "2024-05-06-queue" &&
	has list 数据漂移 && git retro actions --format=tsv >actions &&
	has actions "Alert on lag" && has actions "2024-06-01" &&
	test "$(find retros -type f | wc -l)" = 4
'
ok 'it says what was left out, and why' '
	fresh && git retro import ../md >out &&
	has out "not a retro by its name: README.md" &&
	has out "not a retro by its name: template.md" &&
	has out "1 file that is not Markdown was left out" &&
	has out "2 actions" && lacks out .hidden
'
ok 'imported twice, nothing is added; whatever the retro says by then' '
	fresh && git retro import ../md >out && find retros -type f | sort >before &&
	git retro import ../md >out && has out "0 retros imported, 4 were here already" &&
	find retros -type f | sort | same before - &&
	echo more >>retros/2025/drift.md && git mv -k retros/bom.md x &&
	mv retros/not-dated.md retros/other-name.md &&
	git retro import ../md >out && has out "0 retros imported, 4 were here already" &&
	has out "here already, with another text: retros/2025/drift.md" &&
	lacks out 2024-05-06
'
ok 'a dry run shows the table and writes nothing' '
	fresh && git retro import --dry-run ../md >out &&
	test ! -e retros && has out "4 retros would be imported" &&
	has out "retros/2024-05-06-queue.md" && has out 2024-05-06 &&
	has out "Queue outage" && git retro import ../md >out &&
	rm retros/bom.md && git retro import --dry-run ../md >out &&
	has out "1 retro would be imported, 3 were here already" &&
	has out "here already: retros/2024-05-06-queue.md"
'
ok 'check finds no error that the source had not' '
	fresh && git retro import ../md >out && at_most 1 git retro check >out &&
	lacks out ": error:"
'
ok 'what is there is never overwritten' '
	fresh && mkdir retros && echo mine >retros/bom.md &&
	echo two >retros/2024-05-06-queue.md && git retro import ../md >out &&
	test "$(cat retros/bom.md)" = mine && has out retros/bom-2.md &&
	adds ../md/2024-05-06-queue.md retros/2024-05-06-queue-2.md
'
ok 'a file that cannot be written takes all back' '
	fresh && mkdir retros && echo mine >retros/2025 && git add . &&
	git commit -q -m mine && refuses "retros/2025" ../md &&
	has err "hint: nothing was imported" && test "$(ls retros)" = 2025
'
ok 'a document without a date has that of its first commit where it was' '
	rm -rf "$TRASH/other" && new_repo "$TRASH/other" && cd "$TRASH/other" &&
	mkdir docs && echo "# One" >docs/one.md && git add . &&
	GIT_AUTHOR_DATE="2019-03-04T12:00:00+0100" git commit -q -m one &&
	echo more >>docs/one.md && git commit -q -a -m two && fresh &&
	git retro import ../other/docs >out && has retros/one.md "date: 2019-03-04" &&
	has retros/one.md "imported-from: other/docs/one.md" &&
	git clone -q --depth 1 "file://$TRASH/other" ../shallow && rm -rf retros &&
	git retro import ../shallow/docs >out && lacks retros/one.md "date:"
'
ok 'two collections with one name for two documents' '
	for repo in one two
	do
		rm -rf "$TRASH/$repo" && mkdir -p "$TRASH/$repo/.git" "$TRASH/$repo/adr" &&
		echo "# $repo" >"$TRASH/$repo/adr/0001-record.md" || exit 1
	done &&
	fresh && git retro import ../one >out && git retro import ../two >out &&
	body retros/adr/0001-record.md | cmp - ../one/adr/0001-record.md &&
	body retros/adr/0001-record-2.md | cmp - ../two/adr/0001-record.md &&
	git retro import ../two >out && has out "0 retros imported, 1 was here"
'
ok 'what was imported elsewhere is known by what it was made of' '
	fresh && git retro import ../md/bom.md >out && rm -rf ../theirs &&
	new_repo ../theirs && (cd ../theirs && git retro import ../md) >out &&
	git retro import ../theirs/retros >out && has out "3 retros imported, 1 was" &&
	has retros/2025/drift.md "imported-from: md/2025/drift.md" &&
	git retro import ../theirs/retros >out && has out "0 retros imported, 4 were" &&
	git retro import ../md >out && has out "0 retros imported, 4 were"
'
ok 'a retro of ours is none to be imported' '
	fresh && mkdir retros && echo "# A" >retros/a.md &&
	git retro import --dry-run retros >out && has out "0 retros would be" &&
	has out "here already: retros/a.md"
'

mkdir "$TRASH/adr"
cat >"$TRASH/adr/0001-use-queues.md" <<\END
# 1. Use queues

Date: 2016-02-12

## Status

Superseded by [2. Use streams](0002-use-streams.md)

## Context

We need them.

## Decision

We will use queues.
END
cat >"$TRASH/adr/0002-use-streams.md" <<\END
---
status: "accepted"
date: 2018-03-04
decision-makers: [Ann Author, 张伟]
consulted: Bo
---
# Use streams

## Context and Problem Statement

Queues fill up.

## Decision Outcome

Chosen option: streams.
END
cat >"$TRASH/adr/0003-old.md" <<\END
---
status: superseded by ADR-0002
date: 2017-01-02
---
# 旧方案

## 决策

不用。
END
printf '# Meeting\n\nNo decision record.\n' >"$TRASH/adr/notes.md"

ok 'records of decisions: MADR and Nygard, who replaces whom' '
	fresh && git retro import ../adr >out && has out "4 retros imported" &&
	git retro list --format=json >json &&
	test "$(jq -r ".retros[] | select(.id == \"0001-use-queues\") |
		[.date, .status, .\"superseded-by\", .labels[0]] | join(\" \")" json)" = \
		"2016-02-12 superseded 0002-use-streams adr" &&
	test "$(jq -r ".retros[] | select(.id == \"0002-use-streams\") |
		[.date, .status, .authors[]] | join(\" \")" json)" = \
		"2018-03-04 final Ann Author 张伟" &&
	test "$(jq -r ".retros[] | select(.id == \"0003-old\") |
		[.date, .status, .\"superseded-by\", .title] | join(\" \")" json)" = \
		"2017-01-02 superseded 0002-use-streams 旧方案" &&
	test "$(jq -r ".retros[] | select(.id == \"notes\") | .labels | length" json)" = 0 &&
	for f in ../adr/*.md
	do
		adds "$f" "retros/${f##*/}" || exit 1
	done && at_most 1 git retro check >out && lacks out ": error:" &&
	git retro import ../adr >out && has out "0 retros imported, 4 were"
'

mkdir "$TRASH/notion"
cat >"$TRASH/notion/Cache stampede 0123456789abcdef0123456789abcdef.md" <<\END
# Cache stampede

Created time: November 24, 2026 9:30 AM
Created by: Ann Author
Tags: cache, latency
Status: Done

## Lessons

- One key, all callers
END
cat >"$TRASH/notion/数据标注复盘 fedcba9876543210fedcba9876543210.md" <<\END
# 数据标注复盘

创建时间: 2026年3月2日 10:00
负责人: 张伟

## 踩过的坑

- 标注规范没有版本
END

ok 'a decision beside a page that gets another name' '
	new_repo beside && cd beside && mkdir retros docs && printf "# 1. T\n\n## Status\n\nSuperseded by ADR-2\n\n## Decision\n\nx\n" >docs/0001-t.md &&
	printf "# 2. U\n\n## Status\n\nSuperseded by ADR-9\n\n## Decision\n\nx\n" >docs/0002-u.md &&
	printf "# P\n\nCreated: 2026-01-05\n\ntext\n" >"docs/Page 00000000000000000000000000000001.md" &&
	git retro import docs >out && has out "3 retros imported" && has retros/0001-t.md "superseded-by: 0002-u"
'
ok 'pages of Notion: their properties, their numbers' '
	fresh && git retro import ../notion >out && has out "2 retros imported" &&
	adds "../notion/Cache stampede 0123456789abcdef0123456789abcdef.md" \
		retros/2026-11-24-cache-stampede.md &&
	adds ../notion/数据*.md retros/2026-03-02-数据标注复盘.md &&
	has retros/2026-11-24-cache-stampede.md \
		"imported-from: \"notion:0123456789abcdef0123456789abcdef\"" &&
	git retro list --format=json >json &&
	test "$(jq -r ".retros[] | select(.id | test(\"cache\")) |
		[.date, .status, .authors[0], .labels[]] | join(\" \")" json)" = \
		"2026-11-24 final Ann Author cache latency" &&
	test "$(jq -r ".retros[] | select(.id | test(\"数据\")) |
		[.date, .owner] | join(\" \")" json)" = "2026-03-02 张伟" &&
	mv ../notion ../notion-2 && git retro import ../notion-2 >out &&
	has out "0 retros imported, 2 were here already" && mv ../notion-2 ../notion
'

ok 'links between pages that get other names: the retros are related' '
	fresh && mkdir pages && printf "# One\n\nCreated time: 2026-01-05\n\n[b](Two%%20b%%20fedcba9876543210fedcba9876543210.md#x) [self](One%%200123456789abcdef0123456789abcdef.md) [gone](Gone%%20aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.md) [c](<../x/C_123456.html>) [b](Two%%20b%%20fedcba9876543210fedcba9876543210.md)\n" \
		>"pages/One 0123456789abcdef0123456789abcdef.md" &&
	printf "# Two b\n\nCreated time: 2026-01-06\n" >"pages/Two b fedcba9876543210fedcba9876543210.md" &&
	printf "# C\n\nCreated by Ann on Jan 7, 2026\n" >pages/C_123456.md &&
	git retro import pages >out && has retros/2026-01-05-one.md "related: [2026-01-06-two-b, \"2026-01-07-c\"]" &&
	lacks retros/2026-01-06-two-b.md related && body retros/2026-01-05-one.md | cmp - "pages/One 0123456789abcdef0123456789abcdef.md" &&
	git retro import pages >out && has out "0 retros imported, 3 were"
'

mkdir "$TRASH/confluence"
cat >"$TRASH/confluence/Login-outage_12345678.md" <<\END
1.  [Operations](index.html)

# Login outage

Created by Ann Author, last modified by Bo on Nov 24, 2026

## Root cause

A certificate.
END
cat >"$TRASH/confluence/登录故障_87654321.md" <<\END
# 登录故障

由 张三创建, 最后修改于 2026-05-06

## 根因

证书过期。
END

ok 'pages of Confluence: who made them, and when' '
	fresh && git retro import ../confluence >out && has out "2 retros imported" &&
	adds ../confluence/Login-outage_12345678.md retros/2026-11-24-login-outage.md &&
	adds ../confluence/登录故障_87654321.md retros/2026-05-06-登录故障.md &&
	has retros/2026-11-24-login-outage.md "authors: [Ann Author]" &&
	has retros/2026-11-24-login-outage.md "imported-from: \"confluence:12345678\"" &&
	has retros/2026-05-06-登录故障.md "authors: [张三]" &&
	git retro import ../confluence >out && has out "0 retros imported, 2"
'

cat >"$TRASH/gh.json" <<\END
[
  {
    "assignees": [{"login": "bo", "name": "Bo B"}, {"login": "cy", "name": ""}],
    "author": {"login": "ann", "name": "Ann Author"},
    "body": "## Timeline\r\n\r\n9:30 down\r\n\r\n## Action items\r\n\r\n- [ ] Alert @bo due:2026-12-01\r\n",
    "closedAt": "2026-11-25T10:00:00Z",
    "comments": [{"author": {"login": "cy"}, "createdAt": "2026-11-24T11:00:00Z", "body": "## Action items\r\n\r\n- [ ] Not one of ours"}, {"body": "b"}],
    "createdAt": "2026-11-24T09:30:00Z",
    "labels": [{"name": "incident"}, {"name": "sev-2"}],
    "milestone": {"title": "v1.4.0"},
    "number": 12,
    "state": "CLOSED",
    "title": "Login: down \"again\" #12",
    "url": "https://github.com/o/r/issues/12"
  },
  {
    "author": {"login": "wei"},
    "body": "",
    "createdAt": "2026-03-02T00:00:00Z",
    "labels": [],
    "number": 13,
    "state": "OPEN",
    "title": "标注口径不一致",
    "url": "https://github.com/o/r/issues/13"
  }
]
END
ok 'issues of GitHub' '
	fresh && git retro import ../gh.json >out && has out "2 retros imported" &&
	has out "2 comments" && has out "1 action" &&
	f=retros/2026-11-24-login-down-again-12.md &&
	jq -j ".[0].body" ../gh.json >text && awk "END { exit !(NR == 0) }" /dev/null &&
	printf "\n\n## Comments\n\n**cy**, 2026-11-24:\n\n> ## Action items\n>\n> - [ ] Not one of ours\n\n> b\n" >>text &&
	tail -c "$(wc -c <text)" "$f" | cmp text - && test "$(git retro actions --format=tsv | wc -l)" = 2 &&
	git retro list --format=json >json &&
	test "$(jq -r ".retros[0] | [.title, .date, .status, .kind, .severity, .owner,
		.\"imported-from\", .authors[], .labels[]] | join(\"|\")" json)" = \
		"Login: down \"again\" #12|2026-11-24|final|incident|2|Bo B, cy|https://github.com/o/r/issues/12|Ann Author|incident|sev-2" &&
	has "$f" "x-milestone: v1.4.0" && has "$f" "x-closed-at: " &&
	test "$(jq -r ".retros[1] | [.title, .date, .status, .authors[]] | join(\"|\")" json)" = \
		"标注口径不一致|2026-03-02|draft|wei" &&
	at_most 1 git retro check >out && lacks out ": error:" &&
	git retro import - <../gh.json >out && has out "0 retros imported, 2" &&
	jq "[.[], .[0]]" ../gh.json >more.json && rm "$f" &&
	git retro import more.json >out && has out "1 retro imported, 1 was here already, 1 left out"
'

cat >"$TRASH/gitlab.json" <<\END
[{"id":1,"iid":7,"project_id":3,"title":"部署回滚","description":"## 经过\n\n灰度\n\n## 行动项\n\n- [ ] 加开关 负责人：王五\n",
"state":"closed","created_at":"2026-05-06T01:00:00.000+08:00","labels":["deployment","灰度"],
"author":{"name":"张三","username":"zhangsan"},"assignees":[{"name":"李四","username":"lisi"}],
"web_url":"https://gitlab.example/a/b/-/issues/7","user_notes_count":3,"issue_type":"incident",
"severity":"HIGH","milestone":null,"due_date":"2026-06-01","time_stats":{"time_estimate":0}},
{"id":2,"iid":8,"project_id":3,"title":"Slow build","description":null,"state":"opened",
"created_at":"2026-05-07T01:00:00Z","labels":[],"author":{"name":"","username":"ann"},
"assignees":[],"web_url":"https://gitlab.example/a/b/-/issues/8","user_notes_count":0}]
END
ok 'issues of GitLab, as an array and as lines' '
	fresh && git retro import ../gitlab.json >out && has out "2 retros imported" &&
	has out "3 comments" && f=retros/2026-05-06-部署回滚.md &&
	jq -j ".[0].description" ../gitlab.json >text &&
	tail -c "$(wc -c <text)" "$f" | cmp text - && has "$f" "x-due-date: " &&
	git retro list --format=json >json &&
	test "$(jq -r ".retros[] | select(.title == \"部署回滚\") | [.date, .status, .kind,
		.severity, .owner, .authors[], .labels[]] | join(\"|\")" json)" = \
		"2026-05-06|final|incident|2|李四|张三|deployment|灰度" &&
	test "$(jq -r ".retros[] | select(.title == \"Slow build\") | [.status, .authors[]] | join(\"|\")" json)" = \
		"draft|ann" && at_most 1 git retro check >out && lacks out ": error:" &&
	jq -c ".[]" ../gitlab.json >lines && git retro import lines >out &&
	has out "0 retros imported, 2" && rm -rf retros &&
	git retro import - <lines >out && has out "2 retros imported"
'

cat >"$TRASH/jira.csv" <<\END
Summary,Issue key,Issue id,Parent id,Issue Type,Status,Priority,Assignee,Reporter,Created,Due Date,Labels,Labels,Description,Comment,Comment,Attachment,Custom field (Impact),Custom field (Started),Custom field (Team)
"Payments, down",OPS-12,100,,Incident,Done,P1,bo,Ann Author,24/Nov/26 9:30 PM,,payments,db,"h2. What happened

He said ""no"" twice.",c1,"25/Nov/26 10:00 AM;bo;It is
the driver",24/Nov/26 9:40 PM;bo;log [1].txt;https://jira.example/a/1/log,"Two hours.
All shops.",24/Nov/26 9:05 AM,core
Add an alert,OPS-13,101,100,Sub-task,To Do,Low,bo,Ann Author,25/Nov/26 8:00 AM,01/Dec/26 12:00 AM,,,,,,,,,
Pin the driver,OPS-14,102,100,Sub-task,Done,Low,Cy C,Ann Author,25/Nov/26 8:00 AM,,,,,,,,,,
Slow page,OPS-15,103,,Bug,Waiting,Low,,Ann Author,05/06/2024,,,,,,,,,,
END
ok 'the CSV of Jira: columns that come again, texts, dates, sub-tasks as actions' '
	fresh && git retro import ../jira.csv >out && has out "2 retros imported" &&
	has out "2 comments" && has out "1 attachment" && f=retros/2026-11-24-payments-down.md &&
	tail -n 8 "$f" >text && printf "%s\n" "## Comments" "" "> c1" "" "**bo**, 2026-11-25:" "" "> It is" "> the driver" |
	same - text && grep -A2 "^## Attachments" "$f" | tail -n 1 >text && has text "](<https://jira.example/a/1/log>)" && has text "log" &&
	git retro list --format=json >json &&
	test "$(jq -r ".retros[] | select(.title == \"Payments, down\") | [.date, .status, .kind,
		.severity, .owner, .\"imported-from\", .authors[], .labels[]] | join(\"|\")" json)" = \
		"2026-11-24|final|incident|2|bo|jira:OPS-12|Ann Author|payments|db" &&
	body "$f" | head -n 3 >text &&
	printf "h2. What happened\n\nHe said \"no\" twice.\n" | cmp - text &&
	has "$f" "## Impact" && has "$f" "All shops." && has "$f" "x-team: core" &&
	has "$f" "started: 2026-11-24T09:05" && has "$f" "date: 2026-11-24" &&
	git retro actions --format=json >actions &&
	test "$(jq -r ".actions[] | [.id, .state, .owner, .due] | join(\"|\")" actions)" = \
		"A1|open|bo|2026-12-01
A2|done|Cy C|" && g=retros/slow-page.md && has "$g" "x-status: Waiting" &&
	has "$g" "x-issue-type: Bug" && has "$g" "x-created: 05/06/2024" &&
	has out "its date" && at_most 1 git retro check >out && lacks out ": error:" &&
	git retro import ../jira.csv >out && has out "0 retros imported, 2"
'
# The markup of Jira is text like any other: no byte of it is read as anything.
cat >"$TRASH/markup" <<\END
h2. Root cause
*bold* _it_ -gone- {{mono}} [link|https://x.example/a|smart-link] [~ann] [^a.txt]
!image.png|thumbnail!
{code:java|title=A.java}
# "not" a heading, {x}; 中文
## Pitfalls
{code}
{noformat}
--- not a rule
{noformat}
{quote}
said
{quote}
bq. one line
||Head||Other||
|cell|*x*|
# first
#* mixed
** deeper
----
{color:red}red{color} & &amp; <b>x</b> \\ \{escaped\}	tab  and spaces  
END
ok 'the markup of Jira stays byte for byte' '
	fresh && { printf "Summary,Issue key,Status,Created,Description,Comment\n" &&
	printf "Markup,OPS-1,Done,24/Nov/26 9:30 PM,\"" && sed "s/\"/\"\"/g" ../markup &&
	printf "\",\"24/Nov/26;bo;h2. In a comment\n{code}x{code}\"\n"; } >markup.csv &&
	git retro import markup.csv >out && f=retros/2026-11-24-markup.md &&
	body "$f" | head -n "$(wc -l <../markup)" | cmp - ../markup &&
	has "$f" "> {code}x{code}" && test "$(git retro check --format=json |
		jq "[.diagnostics[] | select(.level == \"error\")] | length")" = 0
'
ok 'what a sub-task says beside its title is left out, and that is told' '
	new_repo subtask && cd subtask && mkdir retros && head="Issue key,Issue id,Summary,Issue Type,Parent id,Description,Comment" &&
	printf "%s\n" "$head" "A-1,1,Main,Bug,,text," "A-2,2,Short,Sub-task,1,," "A-3,3,Long,Sub-task,1,how it is done," \
		"A-4,4,Asked,Sub-task,1,,24/Nov/26 9:30 AM;bo;when?" >jira.csv && git retro import jira.csv >out &&
	has out "not taken: the text of sub-task A-3, the text of sub-task A-4" && has retros/main.md "A3: Asked (A-4)"
'
ok 'the same in Chinese, with semicolons, CRLF and a mark in front' '
	fresh && printf "\357\273\277概要;问题关键字;状态;报告人;创建日期;描述;自定义字段 (根因)\r\n数据回灌失败;数-3;已完成;王五;24/十一月/26 9:30 下午;\"第一行\n第二行\";\"一\n二\"\r\n" >zh.csv &&
	git retro import zh.csv >out && has out "1 retro imported" &&
	f=retros/2026-11-24-数据回灌失败.md && has "$f" "status: final" &&
	has "$f" "authors: [王五]" && has "$f" "第二行" && has "$f" "## 根因" &&
	has "$f" "imported-from: \"jira:数-3\""
'

# --- what cannot be read ---

cp -r "$TRASH/md" "$TRASH/bad"
ok 'a row that is cut off, a quote that is not closed' '
	fresh && head -c 640 ../jira.csv >cut.csv &&
	refuses "cut.csv: line " cut.csv &&
	printf "Summary,Issue key,Description\na,b-1,\"half a" >open.csv &&
	refuses "open.csv: line 2: a quote is not closed" open.csv &&
	printf "Summary,Issue key\na,B-1\nb\n" >short.csv &&
	refuses "short.csv: line 3: 1 fields, not 2" short.csv
'
ok 'a row without a key' '
	fresh && printf "Summary,Issue key\na,B-1\nb,\n" >key.csv &&
	leaves "key.csv:3: the row has no " 1 key.csv && rm -r retros &&
	printf "Summary,Issue key\nb,\n" >key.csv && refuses "key.csv:2: the row has no " key.csv &&
	printf "Summary,Key\na,B-1\n" >other.csv &&
	refuses "other.csv: unknown format" other.csv &&
	refuses "other.csv: the first line has no " --from jira other.csv
'
ok 'JSON that is cut off, without a key, of something else' '
	fresh && head -c 300 ../gh.json >cut.json &&
	refuses "cut.json: line " cut.json &&
	jq "del(.[1].url)" ../gh.json >key.json &&
	leaves "key.json: issue 2 has no " 1 key.json && has err "gh issue list" && rm -r retros &&
	jq "del(.[1].body)" ../gh.json >body.json &&
	leaves "body.json: issue 2 has no " 1 body.json && rm -r retros &&
	jq ".[1].comments = [{body: \"a\\u0000b\"}]" ../gh.json >nul.json &&
	leaves "nul.json: issue 2: there is a NUL character in a text" 1 nul.json && rm -r retros &&
	echo "{\"version\": \"0.2.4\", \"project\": {}}" >other.json &&
	refuses "other.json: value 1 is not an issue" other.json &&
	jq -c ".[]" ../gitlab.json >lines && printf "{\"iid\": 3, " >>lines &&
	leaves "lines:3: this line is not valid JSON" 2 lines
'
ok 'a mark in front of JSON, lines of it behind empty ones, UTF-16' '
	new_repo marked && cd marked && mkdir retros && one="{\"title\": \"One\", \"url\": \"https://x.test/1\", \"body\": \"\"}" &&
	two="{\"title\": \"Two\", \"url\": \"https://x.test/2\", \"body\": \"\"}" && printf "\357\273\277[%s]" "$one" >array.json &&
	git retro import --dry-run array.json >out && has out "1 retro" && printf "\357\273\277%s\n%s\n" "$one" "$two" >marked.json &&
	git retro import --dry-run marked.json >out && has out "2 retros" && printf "\n \n%s\n%s\n" "$one" "$two" >empty.json &&
	git retro import --dry-run empty.json >out && has out "2 retros" && iconv -t UTF-16 array.json >wide.json &&
	status 128 git retro import wide.json 2>err && has err "hint: save it as UTF-8"
'
ok 'a year that no date has is no other year' '
	new_repo year && cd year && mkdir retros && printf "Issue key,Summary,Created\nA-1,One,24/Nov/12345 9:30 AM\n" >jira.csv &&
	git retro import jira.csv >out && has out "its date" && has retros/one.md "x-created: \"24/Nov/12345"
'
ok 'bytes that are no text' '
	fresh && printf "# A\n\377\376\n" >../bad/utf.md &&
	leaves "../bad/utf.md:2: the text is not valid UTF-8" 4 ../bad && rm -r retros &&
	printf "# A\n\nb\0c\n" >../bad/utf.md &&
	leaves "../bad/utf.md:3: there is a NUL byte" 4 ../bad && rm -r retros &&
	refuses "../bad/utf.md:3: there is a NUL byte" ../bad/utf.md &&
	printf "Summary,Issue key\na\0,B-1\n" >nul.csv &&
	refuses "nul.csv:2: there is a NUL byte" nul.csv && rm ../bad/utf.md
'
ok 'one that cannot be read is named, the others are imported, and it once it can be' '
	fresh && printf -- "---\ntitle: A\nowner: ann\nowner: bo\n---\ntext\n" >../bad/twice.md &&
	leaves "../bad/twice.md" 4 ../bad && test ! -e retros/twice.md && rm -r retros &&
	status 1 git retro import --dry-run ../bad >out 2>err && has err "../bad/twice.md" && test ! -e retros &&
	status 1 git retro import ../bad >out && printf -- "---\ntitle: A\nowner: ann\n---\ntext\n" >../bad/twice.md &&
	git retro import ../bad >out && has out "1 retro imported, 4 were here already" && rm ../bad/twice.md
'
ok 'names that no retro can have' '
	fresh && mkdir odd && echo "# A" >"odd/$(printf "a\377.md")" &&
	refuses "the name is not valid UTF-8" odd && rm odd/* &&
	echo "# New line" >"odd/$(printf "new\nline.md")" &&
	echo "# Quote" >"odd/a\"b #c.md" && echo "# Dash" >odd/-x.md &&
	git retro import odd >out && has out "3 retros imported" &&
	test -f retros/new-line.md && test -f retros/quote.md &&
	git retro import odd >out && has out "0 retros imported, 3 were"
'
ok 'two documents with one id: the second is not taken, and that is told' '
	fresh && mkdir odd && printf -- "---\nid: x\n---\none\n" >odd/a.md &&
	printf -- "---\nid: x\n---\ntwo\n" >odd/b.md &&
	git retro import odd >out && has out "another one in the source has its id, '\''x'\''" &&
	has out "1 retro imported, 1 left out because it is there twice" && lacks out "here already" &&
	printf "[{\"title\":\"A\",\"url\":\"https://x/1\",\"body\":\"x\"},{\"title\":\"A\",\"url\":\"https://x/1\",\"body\":\"y\"}]" |
	git retro import - >out && has out "https://x/1" && has out "not taken: more than once in the source"
'
ok 'a page without a heading is called as its file' '
	fresh && mkdir odd && echo text >odd/Page_123456.md && : >odd/empty.md &&
	echo text >"odd/Plan 0123456789abcdef0123456789abcdef.md" &&
	for from in confluence notion
	do
		git retro import --from $from odd >out && has out "3 retros imported" &&
		has out "retros/page-123456" && has out "retros/plan" &&
		{ [ $from = confluence ] || test -f retros/plan.md; } && rm -r retros || exit 1
	done && echo "[{\"title\": \" \", \"url\": \"https://x/1\", \"body\": \"b\"}]" >odd.json &&
	git retro import odd.json >out && has out "retros/issue-1.md"
'
ok 'an archive that was not unpacked' '
	fresh && printf "PK\003\004rest" >export.zip &&
	refuses "export.zip: this is a zip archive" export.zip
'
ok 'front matter that cannot be read is text like the rest, and that is told' '
	fresh && mkdir odd && printf -- "---\ntag:General\n---\n# 1. One\n\nDate: 2023-02-16\n" >odd/a.md &&
	printf -- "---\ntitle: [\n---\ntext\n" >odd/b.md &&
	printf -- "---\nno end\n" >odd/c.md && printf "+++\na = 1\n+++\nb\n" >odd/d.md &&
	git retro import odd >out && has out "4 retros imported" &&
	has out "not taken: its front matter, line 2: the front matter has no keys" &&
	for f in a b c d
	do
		tail -c "$(wc -c <odd/$f.md)" "retros/$f.md" | cmp - odd/$f.md || exit 1
	done && git retro list --format=tsv >list && has list 2023-02-16 &&
	at_most 1 git retro check >out && lacks out ": error:" &&
	git retro import odd >out && has out "0 retros imported, 4 were" &&
	lacks out "another text"
'
ok 'a link in the place of a file' '
	fresh && ln -s /etc/passwd ../bad/link.md && leaves "link.md" 4 ../bad &&
	rm -r ../bad/link.md retros && mkfifo ../bad/pipe.md &&
	{ git retro import --dry-run ../bad >out 2>err; rm ../bad/pipe.md; } &&
	git retro import ../bad >out
'
ok 'what is larger than a document can be' '
	fresh && { printf "# Big\n"; head -c 17000000 /dev/zero | tr "\0" x; } \
		>../bad/big.md && leaves "big.md" 4 ../bad && rm ../bad/big.md
'
ok 'nothing there, nothing named' '
	fresh && refuses "there is no file " nowhere &&
	status 129 git retro import 2>err && has err "import takes one file" &&
	status 129 git retro import --from jira ../md 2>err &&
	status 129 git retro import --from markdown - </dev/null 2>err
'
test_done
