#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Actions in thirty styles that people write them in, two in each: numbered by
# `check --fix`, each closed and opened again, a commit linked, one more added.
# Nothing but what was asked for may change in the file.
. "${0%/*}/../lib/test.sh"

# Each style: a name, how many actions it has, and the text.
cat >"$TRASH/styles" <<'EOF2'
tasks|2|# T\n\n## Actions\n\n- [ ] Alert @ann due:2026-05-30\n- [ ] Retry @bo\n\n## Notes\n\n- x\n
stars|2|# T\n\n## Action items\n\n* [ ] Alert\n* [x] Retry\n
loose|2|# T\n\n## Follow-ups\n\n- [ ] Alert\n\n- [ ] Retry\n\nThe end.\n
nested|2|# T\n\n## Actions\n\n- Platform\n  - [ ] Alert\n  - [ ] Retry\n
bullets|2|# T\n\n## Next steps\n\n- Alert (Owner: Ann)\n- Retry (Owner: Bo, due: 2026-05-30)\n
unowned|2|# T\n\n## Next steps\n\n- Alert on it\n- Retry it\n
numbered|2|# T\n\n## Actions\n\n1. Alert\n2. Retry\n
brackets|2|# T\n\n## Actions\n\n1) Alert @ann\n2) Retry @bo\n
numbered tasks|2|# T\n\n## Actions\n\n1. [ ] Alert\n2. [ ] Retry\n
boxes that are none|2|# T\n\n## Actions\n\n- []Alert @ann\n- [ ]Retry @bo\n
ids|2|# T\n\n## Actions\n\n- [ ] A3: Alert\n- [ ] A7: Retry\n
owner in front|2|# T\n\n## Actions\n\n- Owner: Ann, alert on it\n- Owner: Bo, retry it\n
owner behind|2|# T\n\n## Actions\n\n- Alert on it. Owner: Ann\n- Retry it. Owner: Bo\n
owner below|2|# T\n\n## Actions\n\n- Alert on it\n  - Owner: Ann\n  - Due: 2026-05-30\n- Retry it\n  - Owner: Bo\n
two lines|2|# T\n\n## Actions\n\n- [ ] Alert on it\n  before it is full\n- [ ] Retry it\n  thrice\n
table|2|# T\n\n## Action items\n\n| Action | Owner | Status |\n|---|---|---|\n| Alert | Ann | open |\n| Retry | Bo | In progress |\n
table without a state|2|# T\n\n## Action items\n\n| Action | Owner |\n|---|---|\n| Alert | Ann |\n| Retry | Bo |\n
table with numbers|2|# T\n\n## Corrective actions\n\n| # | Action | Type | Owner |\n|---|---|---|---|\n| 1 | Alert | detect | — |\n| 2 | Retry | prevent | — |\n
table aligned|2|# T\n\n## Actions\n\n| Action | Due        | Status |\n|:-------|:----------:|-------:|\n| Alert  | 2026-05-30 |   todo |\n| Retry  | 2026-06-30 |   todo |\n\nThe end.\n
headings|2|# T\n\n## Actions\n\n### Alert\n\n- Owner: Ann\n\n### Retry\n\n- Owner: Bo\n\n## Notes\n\nx\n
headings with text|2|# T\n\n## Actions\n\n### Alert\n\nWe need one.\n\nOwner: Ann\n\n### Retry\n\nOwner: Bo\n
sorted by headings|2|# T\n\n## Action items\n\n### Mitigation\n\n- [ ] Alert\n\n### Prevention\n\n- [ ] Retry\n
bold lines|2|# T\n\n## Actions\n\n**Alert**\n\n- Owner: Ann\n\n**Retry**\n\n- Owner: Bo\n
bold heading|2|**Summary**\n\nDown.\n\n**Action items:**\n\n- Alert (Owner: Ann)\n- Retry (Owner: Bo)\n
中文 tasks|2|# 复盘\n\n## 行动项\n\n- [ ] 加告警 @张三 due:2026-05-30\n- [ ] 加重试 @李四\n
中文列表|2|# 复盘\n\n## 改进措施\n\n- 加告警（负责人：王五，完成时间：2026年6月1日）\n- 加重试（负责人：李四）\n
顿号|2|# 复盘\n\n## 行动项\n\n1、加告警\n2、加重试\n
括号|2|# 复盘\n\n## 后续计划\n\n（1）加告警\n（2）加重试\n\n## 备注\n\nx\n
圆圈|2|# 复盘\n\n## 后续计划\n\n①加告警\n②加重试\n
汉字|2|# 复盘\n\n## 后续计划\n\n一、加告警\n二、加重试\n
中文表|2|# 复盘\n\n## 改进措施\n\n| 序号 | 改进措施 | 责任人 | 完成时间 | 状态 |\n|---|---|---|---|---|\n| 1 | 加告警 | 张三 | 2026-05-30 | 进行中 |\n| 2 | 加重试 | 李四 | 2026-06-30 | 未开始 |\n
中文标题|2|# 复盘\n\n## 后续计划\n\n### 加告警\n\n- 负责人：张三\n\n### 加重试\n\n- 负责人：李四\n
已有号|2|# 复盘\n\n## 行动项\n\n- [ ] A1：加告警\n- [ ] A2：加重试\n
CRLF|2|# T\r\n\r\n## Actions\r\n\r\n- [ ] Alert\r\n- [ ] Retry\r\n\r\n## Notes\r\n\r\nx\r\n
no line end|2|# T\n\n## Actions\n\n- [ ] Alert\n- [ ] Retry
EOF2

# only <kind>: what `git diff` shows is no more than that. fix: numbers and boxes
# came. close: one line has a box, a mark or a cell that it had not, or the
# box is on one and the mark at the end of its text on the next. open: the
# file is as before, but for a cell. add: nothing went, and the actions are one
# more; a file may get the line end that it lacked.
cat >"$TRASH/only" <<'EOF2'
my ($kind) = @ARGV;
my (@old, @new);
for (split /\n/, `git diff -U0 --no-color`) {
	next if /^(---|\+\+\+|@@|diff|index|\\)/;
	push @old, $1 if /^-(.*)/;
	push @new, $1 if /^\+(.*)/;
}
sub bare {
	my ($line) = @_;
	$line =~ s/ (?:已完成 )?done:[-0-9a-f]+//;
	$line =~ s/\[[ x]?\] ?//;
	$line =~ s/\bA\d+: //;
	return $line;
}
sub cells {
	my ($line) = @_;
	return $line unless $line =~ /^\|/;
	$line =~ s/\| *(?:open|todo|In progress|done|进行中|未开始|未完成|已完成)?(?: ?done:[-0-9a-f]+)? *\|/|state|/;
	$line =~ s/\| *done:[-0-9a-f]+ *\|/|state|/;
	return $line;
}
die "$kind: @old -> @new\n" if $kind ne 'add' && @old != @new;
die "$kind: " . @new . " lines\n" if $kind eq 'close' && @new > 1 + ($new[-1] =~ /^  /);
die "$kind: @old -> @new\n" if $kind eq 'add' && (@old > 1 || !@new || @new > 4 || (@old && $old[0] ne $new[0]));
exit 0 if $kind eq 'add';
for my $i (0 .. $#old) {
	my ($a, $b) = map { bare($kind eq 'fix' ? $_ : cells($_)) } $old[$i], $new[$i];
	die "$kind: '$old[$i]' -> '$new[$i]'\n" if $a ne $b;
	die "open: '$old[$i]' -> '$new[$i]'\n" if $kind eq 'open' && $old[$i] ne $new[$i] && $old[$i] !~ /^\|/;
}
EOF2

# ids: the numbers of the actions that are read.
ids () {
	git retro actions --format=json |
		perl -MJSON::PP -e 'local $/; print join(" ", map { "$_->{retro}#$_->{id}" } @{decode_json(<STDIN>)->{actions}}), "\n"'
}
only () { perl "$TRASH/only" "$1"; }

# style <name> <actions> <text>
style () {
	rm -rf style && new_repo style && cd style && git retro init >/dev/null &&
	printf "$3" >retros/2026-01-01-x.md && git add -A && git commit -q -m before &&
	{ git retro check --fix >/dev/null || test $? = 1; } && only fix && git commit -q -a --allow-empty -m fixed &&
	test "$(ids | wc -w)" = "$2" || return 1
	for id in $(ids)
	do
		git retro actions reopen "$id" >/dev/null 2>&1
		git commit -q -a --allow-empty -m open
		git retro actions done "$id" >/dev/null && only close &&
		git retro actions --format=json | grep -q "\"state\": *\"done\"" &&
		git retro actions reopen "$id" >/dev/null && only open || { echo "$id"; return 1; }
		git commit -q -a --allow-empty -m reopened
	done
	git retro link 2026-01-01-x --fix HEAD >/dev/null && git show HEAD:retros/2026-01-01-x.md >body &&
	tail -c "$(wc -c <body)" retros/2026-01-01-x.md | cmp - body &&
	git checkout -q retros && git retro actions add 2026-01-01-x "Page someone @cy" >/dev/null && only add &&
	test "$(ids | wc -w)" = "$(($2 + 1))" && git retro actions >out && has out "Page someone"
}

while IFS="|" read -r name nr text
do
	ok "$name" 'style "$name" "$nr" "$text"'
done <"$TRASH/styles"

# after <marker> <marker>: one more action behind the second one.
after () {
	printf "# 复盘\n\n## 后续计划\n\n%s加告警\n%s加重试\n" "$1" "$2" >retros/2026-01-01-x.md &&
	git retro actions add 2026-01-01-x "Page someone" >/dev/null && tail -n 1 retros/2026-01-01-x.md
}
ok 'the next number, of Han digits, too, where there is one' '
	new_repo han && cd han && git retro init >/dev/null &&
	{ after 八、 九、 && after 九、 十、 && after 十八、 十九、 && after 十九、 二十、; } >out &&
	printf "%sA1: Page someone\n" 十、 十一、 二十、 二十一、 | diff - out &&
	! after 九十八、 九十九、 2>err && has err "by hand"
'
test_done
