#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# No table is wider than the terminal; what is cut can be had.
. "${0%/*}/../lib/test.sh"

PTY=$BUILD/tests/pty

# wide <file>: the widest line of a table on a terminal, in cells; prose, which
# stands at the margin or in parentheses, wraps by itself.
wide () {
	perl -CSD -ne '
		last if /^Problems/;
		next if /^\s*[(\x{ff08}]|^(?!20)\S|git retro skip </;
		s/\e\[[0-9;]*[a-zA-Z]//g; s/[\r\n]//g;
		my $n = 0;
		$n += /[\p{Mn}\p{Me}\x{200b}-\x{200d}]/ ? 0 : /[\x{1f300}-\x{1faff}\x{1100}-\x{115f}\x{2e80}-\x{a4cf}\x{ac00}-\x{d7a3}\x{f900}-\x{faff}\x{fe30}-\x{fe6f}\x{ff00}-\x{ff60}\x{ffe0}-\x{ffe6}]/ ? 2 : 1 for split //;
		$max = $n if $n > ($max // 0);
		END { print +($max // 0), "\n" }' "$1"
}

# on <columns> <command>...: as it looks on a terminal of that width.
on () {
	columns=$1
	shift
	"$PTY" -- sh -c "stty cols $columns; $*" >out || :
}

new_repo repo && cd repo && git config color.ui false &&
git config core.pager cat && commit first && git tag v1.0.0 &&
commit second && cause=$(git rev-parse HEAD) && git tag v1.1.0 &&
git branch release/a-branch-with-a-rather-long-name && commit third &&
fix=$(git rev-parse HEAD) && git tag v1.2.0 && mkdir retros &&
cat >retros/2026-01-05-a-name-that-is-much-longer-than-most-names-are.md <<EOF &&
---
id: 2026-01-05-a-name-that-is-much-longer-than-most-names-are
title: 推理服务每隔六小时被杀掉，重启之后一切正常，所以三个星期没有人发现
date: 2026-01-05
status: final
severity: S2
kind: incident
owner: a-person-with-a-long-handle
releases: [v1.1.0, v1.2.0]
commits:
  cause: [$cause]
  fix: [$fix]
---

## Pitfalls

- The first request waits for forty seconds while weights load: \`serving/health.py\`
- Café naïve: é 🚀🚀 the 💻 launch of the revéillon cluster took every half width ｶﾞ slot there was 🧯: \`serving/x.py\`
- 随机切分前必须先想清楚：什么是一个样本，指标好得不正常的时候，先怀疑数据

## Actions

- [ ] A1: 部署前在同型号机器上跑一次冒烟，并且把结果写进发布单 @a-person-with-a-long-handle due:2026-01-30
- [ ] A2: Make an image for machines that have no network at all @bo due:2026-02-28
EOF
cat >retros/2026-02-01-v1-1-0.md <<EOF
---
id: 2026-02-01-v1-1-0
title: v1.1.0
date: 2026-02-01
status: draft
kind: release
releases: [v1.1.0]
---
EOF
git add . && git commit -q -m retros && git config retro.require all

for command in list 'list --all' status actions pitfalls \
	'trace 2026-01-05-a-name' 'search 样本' 'search weights load zebra' \
	'search launch' templates doctor audit stats \
	'context serving/health.py'
do
	ok "no line is wider than the terminal: $command" "
		cd repo && for columns in \$(seq 40 3 131) 41 79 80 81 140 160 180 200
		do
			on \$columns 'git retro $command' && test -s out &&
			test \$(wide out) -le \$columns || {
				echo \"at \$columns:\" && cat out && exit 1
			}
		done
	"
done

ok 'nor in Chinese' '
	cd repo && for command in list status actions pitfalls "search 样本" \
		"trace 2026-01-05-a-name" audit "context serving/health.py" stats
	do
		for columns in 40 47 60 80
		do
			on $columns "LC_ALL=C.UTF-8 LANGUAGE=zh_CN git retro $command" &&
			test -s out && test $(wide out) -le $columns || {
				echo "$command at $columns:" && cat out && exit 1
			}
		done
	done
'
ok 'no line is wider than the terminal: import, and a name stands there once' '
	mkdir others && name=0003-always-use-integers-where-times-are-compared-with-numbers.md &&
	printf "# Always use integers where times are compared with numbers\n\nDate: 2024-12-03\n" >"others/$name" &&
	echo "# Two" >others/Two.md && cd repo && for columns in 60 80 100
	do
		on $columns git retro import --dry-run ../others && tr -d "\r" <out >lines &&
		test "$(wc -L <lines)" -le $columns && test "$(grep -c 0003-always lines)" = 1 || exit 1
	done
'
ok 'a pipe and --wide show all of it' '
	cd repo && long="重启之后一切正常，所以三个星期没有人发现" &&
	git retro list >piped && has piped "$long" && on 60 git retro list --wide &&
	has out "$long" && on 60 git retro list && lacks out "$long" &&
	on 60 git retro actions --wide && has out 并且把结果写进发布单 &&
	on 40 git retro actions && lacks out 并且把结果写进发布单 &&
	on 60 git retro pitfalls --wide && has out 先怀疑数据 &&
	on 40 git retro status --wide && has out "due 2026-01-12"
'
ok 'a release that the title names is told once' '
	cd repo && git retro list >out && grep "^2026-02-01-v1-1-0  *draft  *v1.1.0$" out &&
	has out "v1.1.0, v1.2.0"
'
test_done
