#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# git retro trials: the tables of what was tried, so that what did not help is
# found before it is tried again.
. "${0%/*}/../lib/test.sh"

ok 'two experiments, one in Chinese' '
	new_repo repo && cd repo && mkdir -p retros data &&
	cat >retros/2026-01-02-batch.md <<-\EOF &&
	---
	id: 2026-01-02-batch
	title: Batch size
	date: 2026-01-02
	status: draft
	kind: experiment
	paths: [train/]
	---
	# Batch size

	## What we tried

	| Tried | What it did | Kept |
	| --- | --- | --- |
	| Twice the batch size | accuracy +0.2, *memory* doubled | no |
	| Warm-up in `data/load.py` | loss is smoother | yes |
	| Label smoothing | not measured | |

	## Actions

	| Action | Owner | Done |
	| --- | --- | --- |
	| Buy memory | @bo | no |
	EOF
	cat >retros/2026-01-03-标注.md <<-\EOF &&
	---
	id: 2026-01-03-标注
	title: 标注
	date: 2026-01-03
	status: draft
	kind: experiment
	---
	# 标注

	## 试过的办法

	| 试了什么 | 效果 | 是否保留 |
	| --- | --- | --- |
	| 双人标注 | 一致率 0.62 → 0.81 | 是 |
	| 自动标注 | 没有提升 | 否 |
	EOF
	commit Load data/load.py
'
ok 'each row is a trial, newest retro first' '
	cd repo && git retro trials >out && cat >expected <<-\EOF && same expected out
	2026-01-03-标注   kept     双人标注: 一致率 0.62 → 0.81
	2026-01-03-标注   dropped  自动标注: 没有提升
	2026-01-02-batch  dropped  Twice the batch size: accuracy +0.2, memory doubled
	2026-01-02-batch  kept     Warm-up in data/load.py: loss is smoother
	2026-01-02-batch           Label smoothing: not measured
	EOF
'
ok 'only what was not kept' '
	cd repo && git retro trials --failed >out && cat >expected <<-\EOF &&
	2026-01-03-标注   dropped  自动标注: 没有提升
	2026-01-02-batch  dropped  Twice the batch size: accuracy +0.2, memory doubled
	EOF
	same expected out && git retro trials --failed --since 2026-01-03 >out &&
	test "$(wc -l <out)" = 1
'
ok 'a trial is about the files that it names, else about those of its retro' '
	cd repo && git retro trials --path data/load.py >out && cat >expected <<-\EOF &&
	2026-01-02-batch  kept  Warm-up in data/load.py: loss is smoother
	EOF
	same expected out && git retro trials --path train/a.py >out &&
	has out "Twice the batch" && has out "Label smoothing" &&
	lacks out "Warm-up" && lacks out 标注 &&
	cd data && git retro trials --path load.py >out && has out "Warm-up"
'
ok 'as JSON' '
	cd repo && git retro trials --failed --format=json | jq -e "
		.version == 1 and (.trials | length) == 2 and
		.trials[1] == {retro: \"2026-01-02-batch\",
		path: \"retros/2026-01-02-batch.md\", line: 15,
		date: \"2026-01-02\", tried: \"Twice the batch size\",
		effect: \"accuracy +0.2, memory doubled\", kept: \"dropped\",
		paths: []}" >/dev/null
'
ok 'search finds them' '
	cd repo && git retro search "batch size memory" >out &&
	has out 2026-01-02-batch && git retro search 自动标注 >out &&
	has out 2026-01-03-标注
'
ok 'context tells of experiments what was tried on a file, and dropped' '
	cd repo && git retro context train/a.py >out &&
	has out "Tried before, and dropped:" &&
	has out "2026-01-02-batch  dropped  Twice the batch size: accuracy +0.2, memory doubled" &&
	lacks out "Warm-up" && may_fail git retro context nothing.c >out &&
	lacks out "Tried before" && git retro context train/a.py --format=json |
	jq -e ".version == 1" >/dev/null
'
ok 'a table of something else is none, and a comment of a template neither' '
	new_repo none && cd none && mkdir retros && commit Start &&
	git retro new --no-edit --kind experiment "Nothing yet" >/dev/null &&
	printf "%s\n" "# X" "" "| Result | Kept |" "| --- | --- |" "| a | no |" \
		"" "| Tried |" "| --- |" "| b |" >retros/x.md &&
	git retro trials >out && test_empty out &&
	status 129 git retro trials extra 2>err && has err "unexpected argument"
'
test_done
