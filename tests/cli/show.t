#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
. "${0%/*}/../lib/test.sh"

ok 'set up' '
	new_repo r && cd r && mkdir -p retros/deep &&
	cat >retros/one.md <<-\EOF &&
	---
	id: 2026-03-01-loader
	title: Loader drops rows
	date: 2026-03-01
	status: final
	releases: [v1.0.0]
	x-team: vision
	---
	A loader that reads `data/load.py` **twice**.

	## Pitfalls

	- Rows without a label are dropped: `data/load.py`
	- The test set had none,
	  so nobody saw it

	| metric | before | after |
	|:-------|-------:|------:|
	| rows   | 90     | 100   |

	## Actions

	- [ ] A1: Test with empty labels @ann due:2026-12-01 !high
	- [x] A2: Count rows @bo done:2222222
	- [-] A3: Rewrite it (declined: the vendor does)
	EOF
	cat >retros/deep/zh.md <<-\EOF &&
	---
	id: 2026-04-01-数据漂移
	title: 上线一周后的数据漂移
	date: 2026-04-01
	status: draft
	kind: experiment
	---
	## 概述

	模型上线一周后准确率下降，原因是输入分布发生了变化，而我们没有任何监控可以提前发现这一点，直到客户投诉才知道。

	| 指标 | 之前 | 之后 |
	|:-----|-----:|-----:|
	| 准确率 | 0.93 | 0.81 |
	| accuracy | 0.9 | 0.8 |

	## 踩过的坑

	1. 训练集只有白天的数据
	2. 没有人看 `monitor/drift.py` 的结果
	EOF
	git add . && git commit -q -m retros
'
ok 'rendered in 80 columns' '
	cd r && git retro show 2026-03-01-loader >out 2>err &&
	test_empty err && golden cli/show.txt out
'
ok 'Chinese is aligned and wrapped' '
	cd r && COLUMNS=60 git retro show 2026-04-01-数据漂移 >out &&
	golden cli/show-zh.txt out
'
ok 'json with sections, pitfalls and actions' '
	cd r && git retro show --format=json 2026-03-01-loader >out &&
	golden cli/show.json out
'
ok 'raw is the file, byte for byte' '
	cd r && printf "\357\273\277---\r\nid: crlf\r\n---\r\nx\r\n" \
		>retros/crlf.md &&
	git retro show --raw crlf >out && cmp retros/crlf.md out &&
	rm retros/crlf.md
'
ok 'nothing to show' '
	new_repo none && cd none && status 128 git retro show 2>err &&
	has err "git retro new"
'
ok 'a retro that cannot be read whole says so' '
	new_repo broken && cd broken && mkdir retros &&
	printf -- "---\ntitle: \"open\n---\n# Seen\n" >retros/bad.md &&
	printf "# Fine\n" >retros/fine.md &&
	git retro show bad >out 2>err && has out Seen &&
	has err "git retro check" &&
	git retro show fine >out 2>err && has out Fine && test_empty err
'
ok '--raw and --format do not go together' '
	cd r && status 129 git retro show --raw --format=json @
'
ok 'colour and pager are as git has them' '
	cd r && git -c color.ui=always retro show @ >out &&
	grep -q "$(printf "\033")" out &&
	git -c color.ui=always -c color.retro=false retro show @ >out &&
	! grep -q "$(printf "\033")" out
'
ok 'through the pager on a terminal' '
	cd r && unset GIT_PAGER && export TERM=xterm &&
	"$BUILD/tests/pty" -- git -c core.pager="sed s/^/PAGED:/" \
		retro show @ >out && has out "PAGED:" &&
	"$BUILD/tests/pty" -- git -c pager.retro=false \
		-c core.pager="sed s/^/PAGED:/" retro show @ >out &&
	lacks out "PAGED:" &&
	"$BUILD/tests/pty" -- git -c core.pager=no-such-pager \
		retro show @ >out && has out 数据漂移
'
ok 'a full disk is no success' '
	test -w /dev/full && cd r &&
	status 128 git retro show @ >/dev/full 2>err && has err "cannot write"
'
test_done
