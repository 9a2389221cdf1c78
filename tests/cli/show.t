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
	"$BUILD/tests/pty" -- env GIT_PAGER="sed s/^/FIRST:/" \
		git -c pager.retro="sed s/^/PAGED:/" retro show @ >out &&
	has out "FIRST:" && lacks out "PAGED:" &&
	"$BUILD/tests/pty" -- git -c pager.retro="sed s/^/OWN:/" \
		-c core.pager="sed s/^/PAGED:/" retro show @ >out &&
	has out "OWN:" &&
	"$BUILD/tests/pty" -- git -c core.pager=no-such-pager \
		retro show @ >out && has out 数据漂移
'
ok 'a full disk is no success' '
	test -w /dev/full && cd r &&
	status 128 git retro show @ >/dev/full 2>err &&
	has err "cannot write the output: No space left on device" &&
	status 128 git retro list >/dev/full 2>err &&
	has err "output: No space left on device" &&
	status 128 git retro export >/dev/full 2>err &&
	has err "output: No space left on device" && test "$(wc -l <err)" = 1
'

# --- parts, other times, a page ---

ok '--section by key and heading, in either language' '
	cd r && git retro show --section pitfalls 2026-03-01-loader >out &&
	golden cli/show-section.txt out &&
	for name in Pitfalls "## Pitfalls" 踩过的坑 "What went wrong?"
	do
		git retro show --section "$name" 2026-03-01-loader >again &&
		same out again || return 1
	done &&
	git retro show --section Pitfalls @ >out && has out 训练集 && lacks out 概述
'
ok 'the steps of a deployment are a checklist, environment by environment' '
	new_repo rollout && cd rollout && mkdir retros && printf "%s\n" --- \
		"id: d" "kind: deployment" "title: D" --- "" "# D" "" "## Rollout" "" \
		"### staging" "" "- [x] Driver and CUDA are what is locked" "" \
		"### production" "" "- [ ] 5 % of the traffic" "" "## Summary" "" "No" \
		>retros/d.md && git retro show --section rollout d >out &&
	has out "staging" && has out "[x] Driver and CUDA" &&
	has out "production" && has out "[ ] 5 % of the traffic" &&
	lacks out "No" && git retro actions >actions && test_empty actions
'
ok 'several sections of several retros' '
	cd r && status 1 git retro show --section actions --section summary \
		2026-03-01-loader @ >out 2>err &&
	golden cli/show-sections.txt out && golden cli/show-sections.err err
'
ok 'a section that is not there' '
	cd r && status 1 git retro show --section timeline @ >out 2>err &&
	test_empty out && has err "has no section '\''timeline'\''" &&
	has err "hint: it has: 概述, 踩过的坑"
'
ok 'a section named with markup' '
	new_repo odd && cd odd && mkdir retros &&
	printf "# T\n\n## <b>Bold</b> **and** \`code\`\n\nin it\n\n## Other\n\nnot\n\n## \033[31mRed\n" \
		>retros/odd.md &&
	git retro show --section "<b>Bold</b> **and** \`code\`" odd >out &&
	has out "in it" && lacks out not &&
	git retro show --section "bold and code" odd >out && has out "in it" &&
	status 1 git retro show --section "$(printf "\033[2J<i>")" odd 2>err &&
	has err "[2J<i>" && has err "Red" && ! grep -q "$(printf "\033")" err
'
ok '--section with --raw gives the lines' '
	cd r && git retro show --raw --section actions 2026-03-01-loader >out &&
	sed -n "/^## Actions/,\$p" retros/one.md >want && same want out &&
	printf -- "---\r\nid: crlf\r\n---\r\n## Impact\r\nx\r\n# B\r\n" \
		>retros/crlf.md &&
	git retro show --raw --section impact crlf >out && rm retros/crlf.md &&
	printf "## Impact\r\nx\r\n" >want && cmp want out
'
ok '--section with json has only its parts' '
	cd r && git retro show --format=json --section pitfalls \
		2026-03-01-loader >out &&
	has out "\"source\": \"## Pitfalls\\n" && has out "\"actions\": []" &&
	has out "The test set had none" && lacks out "\"heading\": \"Actions\""
'
ok '--at is the past' '
	cd r && git checkout -q -b later && git mv retros/one.md retros/two.md &&
	sed "s/drops rows/lost rows/" retros/two.md >x && mv x retros/two.md &&
	git rm -q -r retros/deep && git commit -q -a -m later &&
	git retro show --raw --at main retros/one.md >out &&
	git show main:retros/one.md >want && cmp want out &&
	git retro show --at main @ >out && has out 数据漂移 &&
	git retro show --at later @ >out && has out "lost rows" &&
	status 128 git retro show --at main retros/two.md 2>err &&
	has err "no retro" && git checkout -q main &&
	git tag blob "$(git rev-parse main:retros/one.md)" &&
	status 128 git retro show --at blob @ 2>err && has err "is not a commit"
'
ok 'the last one of a revision is the one that its own history added last' '
	new_repo last && cd last && mkdir retros &&
	retro_of () {
		printf -- "---\nid: %s\ntitle: T\ndate: %s\n---\n" $1 $2 >retros/$1.md &&
		git add . && tick && git commit -q -m $1
	} && retro_of new 2026-03-01 && git checkout -q -b side &&
	retro_of old 2026-01-01 && git checkout -q main && tick &&
	retro_of other 2026-02-01 && git retro show --at side @ >out &&
	has out "retros/old.md" && git retro show --at main @ >out &&
	has out "retros/other.md"
'
ok 'a bare repository is shown at HEAD' '
	git clone -q --bare r bare.git && cd bare.git &&
	git retro show --raw 2026-03-01-loader >out &&
	git show HEAD:retros/one.md >want && cmp want out &&
	git retro show --at later 2026-03-01-loader >out && has out "lost rows"
'
ok '--html is a page' '
	cd r && git retro show --html 2026-03-01-loader >out &&
	golden cli/show.html out &&
	status 1 git retro show --html --section actions 2026-03-01-loader @ \
		>out 2>err && has out "<h2>Actions</h2>" &&
	lacks out Pitfalls && test "$(grep -c "<article>" out)" = 2
'
ok 'nothing of a document runs in a page' '
	new_repo evil && cd evil && mkdir retros && cat >retros/evil.md <<-\EOF &&
	---
	title: "</title><script>alert(1)</script>"
	"<x>": "<script>"
	---
	<script>alert(2)</script>

	[a](javascript:alert(3)) ![b](data:text/html,x) <i onclick=x>c</i>
	[d](<  JaVaScRiPt:alert(4)>) [e](vbscript:x) <javascript:alert(5)>

	[f]: java&#x09;script:alert(6)
	[f]
	EOF
	git retro show --html evil >out && lacks out "<script" &&
	lacks out "<i " && lacks out "<x>" && lacks out "href=" && lacks out "<img"
'
ok 'one form at a time' '
	cd r && status 129 git retro show --html --raw @ &&
	status 129 git retro show --html --format=json @
'
ok 'the one added last is the same from every folder, whatever git is set to' '
	new_repo last && cd last && mkdir -p retros sub && for i in b:2026 a:2025
	do
		printf "%s\n" --- "id: ${i%:*}" "date: ${i#*:}-01-01" --- "# x" \
			>"retros/${i%:*}.md" && git add . && git commit -q -m x || exit 1
	done && git config diff.relative true && for dir in . sub retros
	do
		(cd $dir && git retro show @) >out && has out "id    a" || exit 1
	done
'
test_done
