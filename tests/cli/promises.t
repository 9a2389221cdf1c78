#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Open actions that nobody works on, and done ones that are not in effect.
. "${0%/*}/../lib/test.sh"

later () {
	GIT_AUTHOR_DATE="2026-02-$1T12:00:00Z"
	GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE
	export GIT_AUTHOR_DATE GIT_COMMITTER_DATE
}
ok 'set up' '
	new_repo r && cd r && mkdir retros data src && echo a >data/load.py &&
	echo b >src/train.py && echo c >src/eval.py &&
	printf "%s\n" --- "id: 2026-01-10-a" "title: A" "date: 2026-01-10" \
		"status: draft" "paths: [src/**]" --- "" "# A" "" "## Actions" "" \
		"- [ ] A1: Test empty labels in data/load.py" \
		"- [ ] A2: Read the settings once" "- [ ] A3: Look into \`src/eval.py\`" \
		>retros/a.md &&
	printf "%s\n" --- "id: b" "title: B" "date: 2026-01-10" "status: draft" \
		--- "" "# B" "" "## Actions" "" "- [ ] A1: Talk to the vendor" \
		"- [x] A2: Ask done:2026-01-12" >retros/b.md &&
	git add . && git commit -q -m retros && git tag v1.0.0
'
# names <option>...
names () {
	git retro actions --format=tsv "$@" | tail -n +2 | cut -f1 | tr "\n" " "
}
ok 'open, and no commit touched its files since' '
	cd r && later 01 && echo bb >>src/train.py &&
	git commit -q -a -m "Train faster" &&
	test "$(names --stalled)" = "2026-01-10-a#A1 2026-01-10-a#A3 " &&
	git retro actions --stalled >out &&
	has out "no commit touched its files since" &&
	git retro actions --stalled --format=json >out &&
	jq -e ".actions[0].promise == \"untouched\"" out
'
ok 'a commit that touches the file ends it; one of the retro does not' '
	cd r && later 02 && echo more >>retros/a.md && git commit -q -a -m words &&
	test "$(names --stalled)" = "2026-01-10-a#A1 2026-01-10-a#A3 " &&
	echo aa >>data/load.py && git commit -q -a -m load &&
	test "$(names --stalled)" = "2026-01-10-a#A3 "
'
ok 'done by a commit that was reverted' '
	cd r && later 03 && git commit -q --allow-empty -m "Test" \
		-m "Retro-Action: 2026-01-10-a#A1" && test -z "$(names --undone)" &&
	echo bbb >>src/train.py && git commit -q -a -m "Read once" \
		-m "Retro-Action: 2026-01-10-a#A2" && test -z "$(names --undone)" &&
	git revert --no-edit HEAD >/dev/null &&
	test "$(names --undone)" = "2026-01-10-a#A2 " &&
	git retro actions --undone --format=json >out &&
	jq -e ".actions[0].promise == \"reverted\"" out
'
ok 'done, and in no release though one was tagged since' '
	cd r && later 04 && git switch -q -c release v1.0.0 &&
	git commit -q --allow-empty -m patch && git tag -a -m v1.0.1 v1.0.1 &&
	git switch -q main && names --undone &&
	test "$(names --undone)" = "2026-01-10-a#A1 2026-01-10-a#A2 " &&
	git retro actions --undone >out && has out "not in any release yet" &&
	later 05 && git commit -q --allow-empty -m next &&
	git tag -a -m v1.1.0 v1.1.0 && test "$(names --undone)" = "2026-01-10-a#A2 "
'
ok 'stats counts both, of those of which it is known' '
	cd r && git retro stats --format=json >out &&
	jq -e ".total.stalled | .n == 1 and .of == 1" out &&
	jq -e ".total.undone | .n == 1 and .of == 2" out
'
ok 'a shallow clone says nothing of what it cannot know' '
	git clone -q --depth=1 "file://$PWD/r" shallow && cd shallow &&
	test -z "$(names --stalled)"
'
ok 'a thousand retros with open actions, each of many globs, are soon told' '
	new_repo many && cd many && mkdir retros && perl -e "
		for my \$i (1 .. 1200) {
			open my \$out, q(>), qq(retros/\$i.md) or die;
			print \$out qq(---\ndate: 2026-01-10\npaths: [),
				join(q(, ), map { qq(lib/\$_/**) } \$i .. \$i + 24),
				qq(]\n---\n\n## Actions\n\n- [ ] A1: Do it\n);
		}" && mkdir -p lib/1200 && echo a >lib/1200/a && git add . &&
	git commit -q -m many && test "$(names --stalled | wc -w)" = 25 &&
	later 06 && echo b >lib/1200/a && git commit -q -a -m change &&
	test -z "$(names --stalled)" && git retro stats >out
'
ok 'no commit yet' '
	new_repo unborn && cd unborn && mkdir retros && cp ../r/retros/a.md retros &&
	test -z "$(names --stalled --undone)"
'
ok 'a file is named in a Chinese sentence, by a Chinese name, at the end of one' '
	new_repo z && cd z && mkdir retros src 数据 && echo a >数据/清洗.py &&
	echo b >src/train.py && echo c >src/eval.py && echo d >src/other.py &&
	printf "%s\n" --- "id: z" "title: Z" "date: 2026-01-10" "status: draft" \
		--- "" "# Z" "" "## 改进措施" "" "- [ ] A1: 和团队谈一谈" \
		"- [ ] A2: 检查（src/train.py）；再看看" \
		"- [ ] A3: Look into src/eval.py." "- [ ] A4: 补上「数据/清洗.py」的测试" \
		"- [ ] A5: 重写src/other.py的入口" >retros/z.md &&
	git add . && git commit -q -m z &&
	test "$(names --stalled)" = "z#A2 z#A3 z#A4 z#A5 "
'
test_done
