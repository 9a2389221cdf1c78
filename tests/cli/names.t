#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# How a person names a retro.
. "${0%/*}/../lib/test.sh"

# retro <file> <id> <day> [<tag>]
retro () {
	cat >"$1" <<-EOF
	---
	id: $2
	title: T
	date: $3
	status: draft
	releases: [$4]
	---
	EOF
}
# shown <name>: the id of the retro that it names.
shown () {
	git retro show --format=json "$1" | sed -n 's/^ *"id": "\(.*\)",/\1/p'
}
ok 'set up' '
	new_repo r && cd r && mkdir -p retros/deep &&
	retro retros/one.md 2026-03-01-loader 2026-03-01 v1.0.0 &&
	retro retros/deep/zh.md 2026-04-01-数据漂移 2026-04-01 &&
	git add . && git commit -q -m retros
'
ok 'by path, from anywhere' '
	cd r && test "$(shown retros/one.md)" = 2026-03-01-loader &&
	test "$(shown ./retros//deep/../one.md)" = 2026-03-01-loader &&
	test "$(shown "$PWD/retros/one.md")" = 2026-03-01-loader &&
	cd retros/deep && test "$(shown zh.md)" = 2026-04-01-数据漂移 &&
	test "$(shown ../one.md)" = 2026-03-01-loader &&
	test "$(shown retros/one.md)" = 2026-03-01-loader
'
ok 'by id, tag, beginning of an id and @' '
	cd r && test "$(shown 2026-03-01-loader)" = 2026-03-01-loader &&
	test "$(shown v1.0.0)" = 2026-03-01-loader &&
	test "$(shown 2026-04)" = 2026-04-01-数据漂移 &&
	test "$(shown @)" = 2026-04-01-数据漂移 &&
	git retro show --raw >out && has out 数据漂移
'
ok 'in that order' '
	new_repo order && cd order && mkdir retros &&
	retro retros/a.md retros/b.md 2026-01-01 x && retro retros/b.md x 2026-01-02 &&
	retro retros/c.md xy 2026-01-03 &&
	test "$(shown retros/b.md)" = x && test "$(shown x)" = x &&
	retro retros/b.md z 2026-01-02 && test "$(shown x)" = retros/b.md &&
	retro retros/a.md a 2026-01-01 && test "$(shown x)" = xy
'
ok 'the file keeps its name where its id is another' '
	cd r && cp retros/one.md retros/2026-04-01-other.md &&
	status 128 git retro show 2026-04-01-other 2>err &&
	rm retros/2026-04-01-other.md
'
ok 'several at once, in the order of the command line' '
	cd r && git retro show --format=json v1.0.0 @ >out &&
	test "$(sed -n "s/^ *\"id\": //p" out | tr -d "\n")" = \
		"\"2026-03-01-loader\",\"2026-04-01-数据漂移\","
'
ok 'a name that means several, or none' '
	cd r && status 128 git retro show 2026 2>err && has err "matches 2 retros" &&
	has err 2026-03-01-loader && has err 2026-04-01 &&
	status 128 git retro show 2026-03-01-laoder 2>err &&
	has err "did you mean" && status 128 git retro show "" 2>err &&
	has err "git retro list" &&
	retro retros/two.md two 2026-01-01 v1.0.0 &&
	status 128 git retro show v1.0.0 2>err && has err "two" &&
	rm retros/two.md
'
ok 'of two with one id neither: both are named' '
	new_repo twice && cd twice && mkdir retros &&
	retro retros/a.md same 2026-01-01 && retro retros/b.md same 2026-01-02 &&
	status 128 git retro show same 2>err && has err retros/a.md &&
	has err retros/b.md && git retro show retros/b.md >out &&
	has out retros/b.md &&
	git retro list --format=tsv >out && test "$(grep -c ^same out)" = 2
'
ok 'in a bare repository' '
	git clone -q --bare r bare.git && cd bare.git &&
	test "$(shown retros/one.md)" = 2026-03-01-loader &&
	test "$(shown v1.0.0)" = 2026-03-01-loader
'
test_done
