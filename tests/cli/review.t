#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# git retro review: a team's repository, and a branch that does a bit of
# everything; what is said of it is golden/cli/review.*.
. "${0%/*}/../lib/test.sh"

# retro <file> <line>...: its front matter; the body is on stdin.
retro () {
	file=$1
	shift
	{
		echo ---
		printf '%s\n' "$@"
		echo ---
		cat
	} >"$file"
}

history () {
	git init -q app && cd app && commit 'Load the rows' data/load.py &&
	git tag v1.0.0 && git retro init --language en >/dev/null &&
	git add . && git commit -q -m 'Keep retros' && tick &&
	commit 'Train on them' train/run.py &&
	commit 'Drop rows without a label' data/load.py &&
	git branch release/1.0 && tick && git revert --no-edit HEAD >/dev/null && tick &&
	git tag v1.1.0 2>/dev/null
	tick && git retro new --release v1.1.0 --no-edit >/dev/null &&
	sed -i 's/^<!-- What should the next.*/- Labels can be empty: `data\/load.py`/' \
		retros/*-v1-1-0.md &&
	git retro actions add v1.1.0 'Test with empty labels @ann due:2026-01-07' \
		>/dev/null &&
	git retro actions add v1.1.0 'Count the rows @bo due:2026-02-01' \
		>/dev/null &&
	retro retros/2025-11-02-cache.md 'id: 2025-11-02-cache' \
		'title: 缓存雪崩' 'date: 2025-11-02' 'status: final' \
		'kind: incident' 'severity: 2' <<-\EOF &&
	# 缓存雪崩

	## 概述

	缓存同时过期。

	## 踩过的坑

	- 过期时间不要相同

	## 行动项

	- [x] A1: 过期时间加随机数 @李雷 done:2025-11-20
	EOF
	retro retros/2025-10-01-old.md 'id: 2025-10-01-old' 'title: Old' \
		'date: 2025-10-01' 'status: draft' </dev/null &&
	git add . && tick && git commit -q -m 'Draft the retro of v1.1.0' &&
	commit 'More' train/run.py 'more' && git tag v1.2.0 2>/dev/null
}

branch () {
	git checkout -q -b topic &&
	sed -i -e 's/^status: draft/status: final/' \
		-e 's/^<!-- What is this about.*/Rows were dropped./' \
		retros/*-v1-1-0.md &&
	echo '- 不要删除没有标签的行 `data/load.py`' >pitfall &&
	sed -i '/^- Labels can be empty/r pitfall' retros/*-v1-1-0.md &&
	rm pitfall && git rm -q retros/2025-10-01-old.md &&
	sed -i 's/^- 过期时间不要相同/&，也不要相近/' retros/2025-11-02-cache.md &&
	tick && git retro new --release v1.2.0 --no-edit >/dev/null &&
	sed -i -e 's/^status: .*/status: draf/' \
		-e 's/^# v1.2.0/&\n\nSee [the numbers](numbers.csv). It was human error./' \
		retros/*-v1-2-0.md &&
	git retro actions add v1.2.0 'Ask @ann about #12 at https://example.com' \
		>/dev/null 2>&1
	sed -i 's/^due: 5d/due: 10d/' .retro.yml &&
	git add -A && tick && git commit -q -m 'Finish one, begin another' &&
	tick && echo 'count' >data/count.py && echo 'more' >>data/load.py &&
	git add . &&
	git commit -q -m 'Count the labels' \
		-m 'Retro-Action: 2026-01-05-v1-1-0#A2'
}

(history && branch) >setup 2>&1 || { cat setup; exit 1; }
# A week later.
now=$((1767607200 + 7 * 86400))
SOURCE_DATE_EPOCH=$now
export SOURCE_DATE_EPOCH

# clean <file>: ids of commits depend on everything.
clean () {
	sed -E 's/\b[0-9a-f]{40}\b/<id>/g; s/`[0-9a-f]{10}`/`<id>`/g
		s/\(([0-9a-f]{7})\)( was reverted by )[0-9a-f]{7}/(<id>)\2<id>/g' "$1"
}

ok_sha1 'as Markdown' '
	cd app && git retro review --format=markdown >../out 2>../err &&
	test_empty ../err && clean ../out >../clean &&
	golden cli/review.md ../clean
'
ok_sha1 'for a person' '
	cd app && git retro review >../human 2>../err && test_empty ../err &&
	clean ../human >../clean && golden cli/review.txt ../clean
'
ok_sha1 'as JSON' '
	cd app && git retro review --format=json >../json 2>../err &&
	clean ../json >../clean && golden cli/review.json ../clean
'
ok 'always the same' '
	cd app && git retro review --format=markdown >../again &&
	same ../out ../again && cd retros &&
	git retro review --format=markdown main >../../again &&
	same ../../out ../../again
'
ok 'A...B in a bare clone, with the settings of its HEAD' '
	git clone -q --bare app app.git && cd app.git &&
	git symbolic-ref HEAD refs/heads/main &&
	git retro review --format=markdown main...topic >../bare &&
	same ../out ../bare
'
ok 'nothing where there is nothing' '
	new_repo quiet && cd quiet && commit one && git checkout -q -b topic &&
	commit two && for format in human markdown
	do
		git retro review --format=$format >../none 2>../err &&
		test_empty ../none && test_empty ../err || exit 1
	done && git retro review --format=json >../none &&
	has ../none "\"retros\": []"
'
ok 'what was done on the other side meanwhile is not the branch'\''s' '
	cd app && git checkout -q main && mkdir -p retros &&
	retro retros/main.md "id: main" "title: Main" "date: 2026-01-01" \
		"status: draft" </dev/null && git add . && tick &&
	git commit -q -m "On main" && git checkout -q topic &&
	SOURCE_DATE_EPOCH=$now && export SOURCE_DATE_EPOCH && git retro review --format=markdown >../after && same ../out ../after &&
	git branch -q -f main main~1
'
ok 'the base: the remote'\''s HEAD before anything local' '
	git clone -q app clone && cd clone && git checkout -q -b mine &&
	git retro review --format=markdown >../mine &&
	lacks ../mine "### Retros" && git remote set-head origin main &&
	git retro review --format=markdown >../mine && has ../mine "### Retros"
'
ok 'a name that nobody knows, two names, no common ancestor' '
	cd app && status 128 git retro review gone 2>err && has err gone &&
	status 129 git retro review main topic 2>err && rm err &&
	new_repo ../lone && cd ../lone && git checkout -q -b odd && commit one &&
	status 128 git retro review 2>../err && has ../err "name the base" &&
	git checkout -q --orphan main && git commit -q -m two &&
	status 128 git retro review odd 2>../err &&
	has ../err "no common ancestor" && (GIT_TRACE=1 && export GIT_TRACE &&
	status 128 git retro review odd 2>../err) &&
	has ../err "no common ancestor"
'
ok 'a shallow clone says how to get the rest' '
	git clone -q --depth 1 --no-single-branch "file://$TRASH/app" shallow &&
	cd shallow && status 128 git retro review origin/main 2>../err &&
	has ../err "fetch --unshallow"
'
ok 'sections that moved, came twice and went' '
	new_repo parts && cd parts && mkdir retros &&
	retro retros/a.md "id: a" "title: A" "date: 2026-01-01" "status: draft" \
		<<-\EOF && git add . && git commit -q -m a && git branch base &&
	above

	## One
	x

	## Same
	1

	## Same
	2

	## Gone
	g
	EOF
	retro retros/a.md "id: a" "title: A" "date: 2026-01-01" "status: draft" \
		<<-\EOF && git commit -q -a -m b &&
	## Same
	1

	## One
	x

	## Same
	3

	## New
	n
	EOF
	git retro review --format=markdown base >../out &&
	sed -n "/changed/,/^$/p" ../out >../have && cat >../want <<-\EOF &&
	- **changed** A, draft: `retros/a.md`
	  - above the first heading: +0 −1
	  - Same: +1 −1
	  - New: +1 −0
	  - Gone: +0 −1
	EOF
	same ../want ../have
'
ok 'earlier retros like a new one, unless it names them already' '
	new_repo alike && cd alike && mkdir retros &&
	words="The Kafka broker dropped heartbeats while garbage collection
	paused the coordinator during rebalancing of partitions" &&
	for i in 1 2 3 4 5 6
	do
		retro retros/$i.md "id: r$i" "title: Other $i" \
			"date: 2026-01-0$i" "status: draft" </dev/null || exit 1
	done && retro retros/old.md "id: old" "title: Coordinator @ann" \
		"date: 2026-01-01" "status: draft" <<-EOF &&
	## Pitfalls

	- $words
	EOF
	git add . && git commit -q -m before && git checkout -q -b topic &&
	retro retros/new.md "id: new" "title: Again" "date: 2026-01-09" \
		"status: draft" <<-EOF && git add . && git commit -q -m new &&
	## Pitfalls

	- $words
	EOF
	git retro review --format=markdown main >../out &&
	has ../out "  - similar to \`old\` Coordinator @<!-- -->ann (both: " &&
	has ../out "heartbeats" && git retro review --format=json main >../json &&
	jq -e ".retros[0].similar[0].id == \"old\"" ../json &&
	sed -i "s/^status: draft/&\nseen-before: [old]/" retros/new.md &&
	git commit -q -a -m known &&
	git retro review --format=markdown main >../out && lacks ../out " like "
'
ok 'what is overdue in a retro that the branch leaves alone is not told' '
	new_repo late && cd late && mkdir retros &&
	echo "- [ ] A1: Late @ann due:2026-01-01" |
	sed "1i## Actions\n" >actions &&
	retro retros/a.md "id: a" "title: a" "date: 2025-12-01" "status: final" \
		<actions && git add retros && git commit -q -m a &&
	git checkout -q -b topic && for id in b c
	do
		retro retros/$id.md "id: $id" "title: $id" "date: 2026-01-05" \
			"status: final" </dev/null || exit 1
	done &&
	git add retros && git commit -q -m new && git retro review main >../out &&
	has ../out "new b" &&
	lacks ../out overdue && printf "\nMore.\n" >>retros/a.md &&
	git commit -q -a -m more && git retro review main >../out &&
	has ../out "overdue \`a#A1\` Late"
'
ok 'a retro that was renamed is the same' '
	cd parts && git mv retros/a.md retros/b.md && git commit -q -m move &&
	git retro review --format=markdown HEAD~1 >../out &&
	has ../out "path: \`retros/a.md\` → \`retros/b.md\`" && lacks ../out new
'
ok 'of many changes of one retro, how many more there are' '
	new_repo much && cd much && mkdir retros && {
		echo "---"; echo "id: a"; echo "title: A"; echo "---"
		for i in $(seq 13); do printf "\n## S%s\n\nx\n" $i; done
	} >retros/a.md && git add . && git commit -q -m a && git branch base && {
		printf "%s\n" --- "id: a" "title: B" "date: 2026-01-01" \
			"status: draft" "kind: incident" "severity: S1" \
			"labels: [x]" "authors: [Ann]" "owner: Ann" \
			"paths: [a]" "started: 2026-01-01T10:00Z" \
			"detected: 2026-01-01T10:00Z" "mitigated: 2026-01-01T10:00Z" \
			"resolved: 2026-01-01T10:00Z" ---
		for i in $(seq 13); do printf "\n## S%s\n\ny\n" $i; done
	} >retros/a.md && git commit -q -a -m b &&
	git retro review base --format=markdown >../out &&
	has ../out "  - and 1 more field" && has ../out "  - and 1 more section" &&
	lacks ../out "1 more sections"
'
ok 'what the merge of another branch is called says nothing of this one' '
	new_repo merged && cd merged && mkdir retros &&
	sum () { printf "%s\n" "int sum(int a)" "{" "	int four = 4;" "	return a + four + $1;" "}" >a.c && git add . ; } &&
	sum 1 && git commit -q -m base && sum 2 && git commit -q -m Cause && cause=$(git rev-parse HEAD) &&
	sum 3 && git commit -q -m Better && fix=$(git rev-parse HEAD) &&
	printf "%s\n" --- "id: a" "title: The trap" "date: 2026-01-05" "status: draft" \
		"commits: {cause: [$cause], fix: [$fix]}" --- "" "## Pitfalls" "" "- Mind it" >retros/a.md &&
	git add . && git commit -q -m retro && git checkout -q -b topic && sum 2 &&
	git commit -q -m Tidy && git checkout -q -b fix-crash main && commit other && git checkout -q main &&
	git merge -q --no-ff -m "Merge branch fix-crash" fix-crash && git checkout -q topic &&
	git merge -q --no-edit fix-crash && git log -1 --format=%s >../out && has ../out fix-crash &&
	git retro review main...topic >../out && lacks ../out trap && git commit -q --allow-empty -m "#12: Fix it" &&
	git retro review main...topic >../out && has ../out trap
'
ok 'of a cause of several problems that a message names, those whose fix the change meets' '
	new_repo causes && cd causes && mkdir retros &&
	set_to () { printf "%s\n" "int $1(int a)" "{" "	int four = 4;" "	return a + four + $2;" "}" >$1.c && git add . ; } &&
	set_to first_sum 1 && set_to other_sum 1 && git commit -q -m base && set_to first_sum 2 && set_to other_sum 2 &&
	git commit -q -m Cause && cause=$(git rev-parse HEAD) && for name in first other
	do
		set_to ${name}_sum 3 && git commit -q -m "Better $name" &&
		printf "%s\n" --- "id: $name" "title: The $name trap" "date: 2026-01-05" "status: draft" \
			"commits: {cause: [$cause], fix: [$(git rev-parse HEAD)]}" --- >retros/$name.md || return 1
	done && git add . && git commit -q -m retros && git checkout -q -b topic && echo x >x && git add x &&
	git commit -q -m "Fix x, after $cause" && git retro review main...topic >../out && lacks ../out trap &&
	set_to other_sum 4 && git commit -q -m "Fix it, after $cause" && git retro review main...topic >../out &&
	has ../out "other trap" && lacks ../out "first trap" && git rm -q retros/other.md && git commit -q -m alone &&
	git checkout -q -b alone && echo y >x && git commit -q -a -m "Tidy, after $cause" &&
	git retro review topic...alone >../out && lacks ../out trap &&
	echo z >x && git commit -q -a -m "Fix z, after $cause" &&
	git retro review topic...alone >../out && lacks ../out trap &&
	has ../out "- Same place or cause, perhaps another matter: \`$(echo $cause | cut -c1-10)\` (\`first\`)"
'
ok 'where only the function is the same, one line for all, without the pitfalls' '
	new_repo weak && cd weak && mkdir retros &&
	sum () { printf "%s\n" "int add_up(int a)" "{" "	int four = $2;" "	int five = 5;" "	int rest = 6;" \
		"	return a + four + $1;" "}" "struct end {" "	int rows$3;" "};" >sum.c && git add sum.c ; } &&
	sum 1 4 && git commit -q -m base && sum 2 4 && git commit -q -m "Round upwards" &&
	printf "%s\n" --- "id: a" "title: The trap" "date: 2026-01-05" "status: draft" \
		"commits: {fix: [$(git rev-parse HEAD)]}" --- "" "## Pitfalls" "" "- Mind the rounding" >retros/a.md &&
	git add . && git commit -q -m retro && git checkout -q -b topic && sum 2 5 && git commit -q -m "Fix a typo" &&
	git retro review main...topic >../out && lacks ../out "The trap" && lacks ../out "Mind" &&
	has ../out "- Same place or cause, perhaps another matter: \`add_up()\` (\`a\`)" &&
	git retro review main...topic --format json >../out && has ../out "\"weak\": true" &&
	git commit -q --amend -m "Fix the rounding" && git retro review main...topic >../out &&
	has ../out "Mind the rounding" && has ../out "add_up() (same function)" && lacks ../out "Same place or" &&
	git retro review main...topic --format json >../out && has ../out "\"weak\": false" &&
	git checkout -q -B topic main && sum 2 4 _more && git commit -q -m "Fix the rounding" &&
	git retro review main...topic >../out && lacks ../out add_up
'
test_done
