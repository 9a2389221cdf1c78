#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The figures of `stats` are kept: what they hang on changes them at once.
. "${0%/*}/../lib/test.sh"

# seen <option>...: as they are without what is kept, and not as they were.
seen () {
	git retro stats "$@" >now && mv .git/retro aside &&
	git retro stats "$@" >cold && rm -rf .git/retro &&
	mv aside .git/retro && same cold now &&
	if cmp -s kept now; then echo "as before:"; cat now; return 1; fi
}
# unseen <option>...: as they were, and not counted again.
unseen () {
	cp .git/retro/stats before && git retro stats "$@" >now &&
	same kept now && cmp before .git/retro/stats
}
# retro <number> <commit> <line>...
retro () {
	file=retros/r$1.md
	printf -- '---\nid: r%s\ntitle: T\ndate: 2026-01-05\nkind: incident\n' \
		"$1" >"$file" &&
	printf 'resolved: 2026-01-06T12:00:00Z\ncommits:\n  cause: [%s]\n' \
		"$2" >>"$file" && shift 2 && printf '%s\n' "$@" >>"$file" &&
	printf -- '---\n\n## Actions\n\n- [ ] A1: Do it due:2026-03-01\n' \
		>>"$file"
}

# What changed a moment ago, and could change once more, is not relied on.
ok_files 'they are kept once nothing changes any more' '
	new_repo r && cd r && mkdir retros sub &&
	printf "releases:\n  tags: [\"v*\"]\n" >.retro.yml &&
	commit one a a && first=$(git rev-parse HEAD) && git tag v1.0.0 &&
	commit two a b && git tag v1.1.0 && commit three b b &&
	for i in 1 2 3 4 5 6
	do
		retro $i "$first" "started: 2026-01-05T12:00:00Z" \
			"labels: [l$((i % 2))]" "paths: [sub/]" || exit 1
	done && git add . && git commit -q -m retros && git branch side "$(git commit-tree -m other HEAD^{tree})" &&
	git retro stats >out && test ! -e .git/retro/stats && sleep 3 &&
	git retro stats >kept && same out kept && test -s .git/retro/stats &&
	unseen && GIT_TRACE=$PWD/trace git-retro stats >out &&
	if grep "built-in: git \(log\|rev\|ls-\|cat\|diff\)" trace; then false; fi
'
ok_files 'in every format, but of JSON all that they were made from' '
	cd r && for format in tsv markdown
	do
		git retro stats --format=$format >kept &&
		unseen --format=$format || exit 1
	done && git retro stats --format=json >json &&
	test "$(jq ".total.open.evidence | length" json)" = 6
'
ok_files 'another day, and another question' '
	cd r && git retro stats >kept && unseen &&
	(SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 86400 * 100)) && export SOURCE_DATE_EPOCH && seen) &&
	seen --by label && seen --since 2026-01-06 && seen --until 2025-12-31 &&
	seen --label l1 && seen --kind release && seen --path other && unseen
'
ok_files 'what a path means where one stands' '
	cd r && git retro stats --path sub >kept && unseen --path sub &&
	git -C sub retro stats --path sub >now &&
	git retro stats --path sub/sub >want && same want now
'
ok_files 'a retro that is edited, comes or goes' '
	cd r && git retro stats >kept && unseen &&
	sed -i "s/\\[ \\]/[x]/" retros/r1.md && seen && git checkout -q retros &&
	retro 7 "$(git rev-parse v1.0.0)" && seen && rm retros/r7.md retros/r6.md &&
	seen && git checkout -q retros && unseen
'
ok_files 'settings, here and in git' '
	cd r && echo "releases: {tags: [\"v1.0*\"]}" >.retro.yml && seen &&
	git checkout -q .retro.yml && unseen && git config retro.tags "v1.1*" &&
	seen && git config --unset retro.tags && unseen
'
ok_files 'a tag or a branch that comes, moves or goes, and HEAD' '
	cd r && git retro stats --format=tsv >kept && git tag v1.2.0 HEAD~1 &&
	seen --format=tsv && git tag -d v1.2.0 >/dev/null && unseen --format=tsv &&
	git tag -f v1.1.0 HEAD~1 >/dev/null && seen --format=tsv &&
	git tag -f v1.1.0 HEAD~2 >/dev/null && unseen --format=tsv &&
	git retro stats >kept && git symbolic-ref HEAD refs/heads/side && seen &&
	git symbolic-ref HEAD refs/heads/main && unseen
'
ok_files 'an object that comes without a ref' '
	cd r && git clone -q . ../other && cd ../other && commit lost c c &&
	lost=$(git rev-parse HEAD) && echo "$lost" | git pack-objects --stdout --revs \
		>../pack 2>/dev/null && cd ../r && retro 7 "$lost" "title: Y" &&
	git retro stats >kept && unseen &&
	git unpack-objects <../pack >/dev/null 2>&1 && git cat-file -e "$lost" &&
	cp .git/retro/stats before && git retro stats >now &&
	cmp before .git/retro/stats && rm retros/r7.md && sleep 3
'
ok_files 'the zone of who reads them' '
	cd r && retro 7 "$(git rev-parse v1.0.0)" "started: 2026-01-01 11:00" &&
	git retro stats >kept && unseen &&
	(TZ=Asia/Shanghai && export TZ && seen) &&
	retro 7 "$(git rev-parse v1.0.0)" "started: 2025-07-01 11:00" &&
	(TZ=Africa/Lagos && export TZ && git retro stats --format=tsv >kept &&
		unseen --format=tsv) &&
	(TZ=Europe/Berlin && export TZ && seen --format=tsv) &&
	rm retros/r7.md
'
ok_files 'beside a linked work tree, however long the log of its HEAD is' '
	cd r && git worktree add -q ../linked side && seq 2000 >>.git/worktrees/linked/logs/HEAD && sleep 3 &&
	git retro stats >kept && unseen &&
	(cd ../linked && git retro stats >now) && mv .git/retro aside &&
	(cd ../linked && git retro stats >cold) && rm -rf .git/retro &&
	mv aside .git/retro && same ../linked/cold ../linked/now &&
	if cmp kept ../linked/now; then false; fi &&
	git worktree remove --force ../linked
'
ok_files 'a tag that goes where it is one of very many' '
	cd r && git pack-refs --all && sleep 3 && git retro stats >kept &&
	unseen && git tag -d v1.1.0 >/dev/null && seen && git tag v1.1.0 HEAD~2
'
# unkept: nothing is kept of what is not known to change.
unkept () {
	rm -f .git/retro/stats && git retro stats >now && git retro stats >now &&
	test ! -e .git/retro/stats
}
ok_files 'not where refs or objects are elsewhere' '
	cd r && sleep 3 && git retro stats >kept && unseen &&
	git update-ref refs/odd/head HEAD && git symbolic-ref HEAD refs/odd/head &&
	unkept && git symbolic-ref HEAD refs/heads/main &&
	objects=$(cd ../other/.git/objects && pwd) &&
	(GIT_ALTERNATE_OBJECT_DIRECTORIES=$objects &&
		export GIT_ALTERNATE_OBJECT_DIRECTORIES && unkept) &&
	echo "$objects" >.git/objects/info/alternates && unkept &&
	rm .git/objects/info/alternates && git retro stats >kept &&
	test -e .git/retro/stats
'
ok_files 'what cannot be read is told of each time' '
	cd r && printf -- "---\ntitle: [\n---\n" >retros/r8.md &&
	for i in 1 2 3
	do
		git retro stats >out 2>err && has err "1 error" || exit 1
	done && rm retros/r8.md
'
ok_files 'damaged, it is as good as none' '
	cd r && git retro stats >kept && unseen && for i in 3 30 60 200 500
	do
		printf X | dd of=.git/retro/stats bs=1 seek=$i conv=notrunc 2>/dev/null &&
		git retro stats >out && same kept out || exit 1
	done
'
test_done
