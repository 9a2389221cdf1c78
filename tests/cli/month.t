#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A month in a team, as the README shows it in both languages.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/readme.sh"

# day <day of January 2026>: the clock is at ten o'clock.
day () {
	test_clock=$((1767607200 + ($1 - 5) * 86400))
	tick
}

# said <English> <Chinese>: whichever is shown.
said () {
	[ "$language" = zh ] && echo "$2" || echo "$1"
}

history () {
	day 5 && git init -q app && cd app &&
	commit "$(said 'Load the rows' 读取数据)" data/load.py \
		'rows = list(read_rows(path))' &&
	git tag v1.0.0 && git retro init --language "$language" >/dev/null &&
	git retro skip v1.0.0 --reason 'before we kept retros' >/dev/null &&
	git add . && git commit -q -m 'Keep retros' && tick &&
	commit "$(said 'Drop rows without a label' 丢弃没有标签的行)" data/load.py \
		'rows = [row for row in read_rows(path) if row.label]' &&
	git branch release/1.0 && tick &&
	git revert --no-edit HEAD >/dev/null
}

# filled: what a person writes into the draft.
filled () {
	sed -i -e "s/^<!-- What should the next.*/- A label can be empty: \`data\/load.py\`/" \
		-e "s/^<!-- 后来的人.*/- 标签可能为空：\`data\/load.py\`/" \
		-e 's/^<!-- [^>]*one line.*-->/Rows were lost for a week./' \
		-e 's/^<!-- 做了什么.*/有一周丢了数据。/' retros/*-v1-1-0.md
}

month () {
	said '# You tag a release and draft its retro from what git knows.' \
		'# 打发布标签，用 Git 已知的内容起草复盘。'
	run 'git tag v1.1.0'
	run 'git switch -q -c retro && git retro new --release v1.1.0 --no-edit'
	filled
	run "git retro actions add v1.1.0 '$(said 'Test with empty labels' \
		用空标签测试) @ann due:2026-01-16'"
	git add . && tick && git commit -q -m 'The retro of v1.1.0'
	echo
	said '# A colleague reviews it, here or in a comment on the pull request.' \
		'# 同事评审，可以在终端看，也可以看合并请求里的评论。'
	day 7
	run 'git retro review main'
	git switch -q main && git merge -q retro && tick
	echo
	said '# Someone sees the same error.' '# 有人遇到同样的错误。'
	day 14
	run "git retro search '$(said 'empty label' 标签为空)'"
	echo
	said '# Someone is about to undo the fix; the commit-msg hook warns them.' \
		'# 有人正要把修复改回去，commit-msg 钩子提醒了他。'
	day 16
	echo 'rows = [row for row in read_rows(path) if row.label][1:]' \
		>data/load.py
	run "git commit -q -a -m '$(said 'Skip the head and rows without a label' \
		跳过表头和没有标签的行)'"
	echo
	said '# Before a bug-fix release: which known problems does the branch have?' \
		'# 发布补丁版本之前：这个分支还有哪些已知问题？'
	day 20
	run 'git retro audit release/1.0'
	echo
	said '# A commit closes the action.' '# 一个提交关闭了行动项。'
	day 22
	echo test >data/test_load.py && git add .
	run "git commit -q -m '$(said 'Test empty labels' 测试空标签)' -m 'Retro-Action: 2026-01-05-v1-1-0#A1'"
	run 'git retro actions'
}

language=en
ok 'the month in the README is what happens' '
	(history) >/dev/null 2>&1 && cd app && month >../raw 2>&1 &&
	same_ids <../raw >../month && as_told "A month in a team" ../month
'
language=zh LC_ALL=zh_CN.UTF-8 page=$TOP/src/README.zh_CN.md
ok 'and in Chinese' '
	mkdir zh && cd zh && (history) >/dev/null 2>&1 && cd app &&
	month >../raw 2>&1 && same_ids <../raw >../month &&
	as_told "团队的一个月" ../month
'
test_done
