#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
. "${0%/*}/../lib/test.sh"

# Three retros of different age and kind, one written before this tool.
ok 'set up' '
	new_repo r && cd r && mkdir -p retros/old .hidden retros/.templates &&
	cat >retros/a.md <<-\EOF &&
	---
	id: 2026-03-01-loader
	title: "Loader: rows dropped"
	date: 2026-03-01
	status: final
	kind: incident
	severity: SEV2
	authors: [Ann Author <ann@example.com>, 李雷]
	owner: "@ann"
	labels: [data-quality, Loader]
	releases: [v1.0.0, v1.1.0]
	branches: [release/1.1]
	commits:
	  cause: [1111111111111111111111111111111111111111]
	  fix: 2222222
	paths: ["data/**"]
	started: 2026-02-27T09:00:00+08:00
	metrics:
	  - {name: accuracy, before: 0.91, after: 0.93, better: higher}
	x-team: {name: vision, size: 4}
	---
	# ignored heading
	EOF
	cat >retros/b.md <<-\EOF &&
	---
	id: 2026-05-02-标签
	title: 标签偏差
	date: 2026-05-02
	status: 已复盘
	kind: experiment
	tags: [labels]
	---
	## 踩过的坑

	- 标注员只看到了一半的数据：`data/split.py`
	EOF
	printf "# Outage of the queue\n\nIt was long.\n" \
		>retros/old/2019-07-04-queue.md &&
	printf "# Read me\n" >retros/README.md &&
	printf "# Template\n" >retros/.templates/t.md &&
	printf "no retro\n" >retros/notes.txt &&
	git add . && git commit -q -m retros
'
ok 'the table, newest first' '
	cd r && git retro list >out 2>err && golden cli/list.txt out &&
	test_empty err
'
ok 'json is the contract' '
	cd r && git retro list --format=json >out && golden cli/list.json out
'
ok 'ndjson is one object a line' '
	cd r && git retro list --format=ndjson >out &&
	golden cli/list.ndjson out && test "$(wc -l <out)" = 3
'
ok 'tsv has a head and escapes' '
	cd r && git retro list --format=tsv >out && golden cli/list.tsv out
'
# ids <option>...: the ids that a filtered list names.
ids () {
	(cd r && git retro list --format=tsv "$@" | tail -n +2 | cut -f1 |
		tr "\n" " ")
}
ok 'filters' '
	test "$(ids --status final)" = "2026-05-02-标签 2026-03-01-loader " &&
	test "$(ids --status approved --kind incident)" = "2026-03-01-loader " &&
	test "$(ids --kind experiment --kind incident)" = \
		"2026-05-02-标签 2026-03-01-loader " &&
	test "$(ids --severity 2)" = "2026-03-01-loader " &&
	test "$(ids --severity P1)" = "2026-03-01-loader " &&
	test "$(ids --label loader)" = "2026-03-01-loader " &&
	test "$(ids --author 李雷)" = "2026-03-01-loader " &&
	test "$(ids --owner ann)" = "2026-03-01-loader " &&
	test "$(ids --release "v1.*")" = "2026-03-01-loader " &&
	test "$(ids --since 2026-05-02)" = "2026-05-02-标签 " &&
	test "$(ids --until 2026-03-01)" = \
		"2026-03-01-loader 2019-07-04-queue " &&
	test "$(ids --status draft)" = ""
'
ok 'what history says of a release or a branch, of just that one' '
	new_repo lines && cd lines && commit Begin a && git tag v0.9.0 &&
	git branch release/0.9 && commit Break a broken && git tag v1.0.0 &&
	git branch release/1.0 && commit Mend a && mkdir retros &&
	printf "%s\n" "---" "id: a" "title: a" "date: 2026-01-05" \
		"status: final" "commits: {cause: [$(git rev-parse HEAD~)], fix: [$(
		git rev-parse HEAD)]}" "---" >retros/a.md &&
	git add . && git commit -q -m retro && git tag v1.1.0 &&
	on () {
		git retro list --format=tsv "$@" | tail -n +2 | cut -f1
	} &&
	test "$(on --release v1.0.0)" = a && test "$(on --release v1.1.0)" = a &&
	test "$(on --release v0.9.0)" = "" && test "$(on --branch release/1.0)" = a &&
	test "$(on --branch release/0.9)" = "" &&
	test "$(on --release v1.0.0 --branch release/0.9)" = "" &&
	test "$(on --release v0.9.0 --branch release/1.0)" = "" &&
	test "$(on --release v1.0.0 --branch release/1.0)" = a
'
ok 'a filter that nothing could match is wrong usage' '
	cd r && status 129 git retro list --status fnal 2>err &&
	has err "fnal" && status 129 git retro list --since someday 2>err &&
	has err "2026-11-24" && status 129 git retro list x 2>err &&
	has err "git retro show x"
'
ok 'an empty list is no failure' '
	new_repo none && cd none && git retro list >out && test_empty out &&
	git retro list --format=json >out && has out "\"retros\": []"
'
ok 'from a subfolder' '
	cd r/retros/old && git retro list --format=tsv >out &&
	test "$(wc -l <out)" = 4
'
ok 'a bare repository is read at HEAD' '
	git clone -q --bare r bare.git && cd bare.git &&
	git retro list --format=ndjson >../out &&
	git -C ../r retro list --format=ndjson >../want && same ../want ../out
'
ok 'and has its settings there' '
	git clone -q r moved && cd moved && git mv retros notes &&
	echo "dir: notes" >.retro.yml && git add . && git commit -q -m move &&
	git clone -q --bare . ../moved.git && cd ../moved.git &&
	git retro list --format=tsv >out && has out notes/a.md &&
	git -c retro.dir=nowhere retro list >out && test_empty out
'
ok 'git --git-dir and --work-tree' '
	git --git-dir=r/.git --work-tree=r retro list --format=ndjson >out &&
	git -C r retro list --format=ndjson >want && same want out
'
ok 'the undated takes the day of its first commit' '
	new_repo undated && cd undated && mkdir retros &&
	commit one retros/one.md "# One" && commit two retros/one.md "# Two" &&
	printf "# New\n" >retros/new.md &&
	git retro list --format=tsv >out && has out "one	2026-01-05" &&
	has out "new		"
'
ok 'not that of the commit where a shallow clone ends' '
	git clone -q --depth 1 "file://$TRASH/undated" shallow && cd shallow &&
	git retro list --format=tsv >out && has out "one		" &&
	commit three retros/three.md "# Three" &&
	git retro list --format=tsv >out && has out "one		" &&
	has out "three	2026-01-05"
'
ok 'nor where git cannot look at old commits' '
	git -C undated config uploadpack.allowFilter true &&
	git clone -q --filter=tree:0 "file://$TRASH/undated" treeless &&
	mv undated gone && cd treeless &&
	git retro list --format=tsv >out 2>err && has out "one		" &&
	test_empty err
'
ok 'in a linked worktree and in a submodule' '
	git -C r worktree add -q --detach "$TRASH/linked" && cd linked &&
	echo "# More" >retros/more.md && git retro list --format=tsv >out &&
	has out more.md && has out 2026-03-01-loader &&
	new_repo ../super && cd ../super &&
	git submodule -q add "$TRASH/r" sub && cd sub/retros &&
	git retro list --format=tsv >out && has out 2026-03-01-loader
'
ok 'one broken file never hides the others' '
	cp -r r broken && cd broken &&
	printf -- "---\ntitle: \"open\n---\n" >retros/bad.md &&
	printf "\377\376a\0" >retros/utf16.md &&
	ln -s /etc/passwd retros/out.md && ln -s nowhere retros/dangling.md &&
	mkfifo retros/fifo.md &&
	git retro list --format=tsv >out 2>err && has out 2026-03-01-loader &&
	has out "标签" && has err "git retro check" && lacks out root:
'
ok 'a folder that cannot be read never hides the others' '
	cp -r r deep && cd deep && name=$(printf "%0250d" 0) &&
	half=$name/$name/$name/$name/$name/$name/$name/$name/$name &&
	mkdir -p retros/$half $half && echo "# X" >$half/x.md &&
	mv $name retros/$half/ &&
	git retro list --format=tsv >out 2>err && has err "git retro check" &&
	git -C ../r retro list --format=tsv >want && same want out &&
	status 1 git retro check >out && has out "x.md: error: file" &&
	lacks out "$PWD"
'
ok 'no link is followed, wherever it leads' '
	cp -r r links && cd links && cp ../r/retros/a.md ../outside.md &&
	ln -s ../../outside.md retros/out.md &&
	ln -s ../.git/config retros/config.md &&
	mkdir docs && echo "# Kept" >docs/kept.txt &&
	ln -s ../docs/kept.txt retros/in.md &&
	git retro list --format=tsv >out 2>err && has err "3 errors" &&
	lacks out in.md && lacks out "out.md" && lacks out config.md &&
	may_fail git retro check >out && has out "retros/out.md: error: file" &&
	has out "retros/config.md: error: file" && has out "retros/in.md: error: file" &&
	mv retros ../elsewhere && ln -s ../elsewhere retros &&
	git retro list >out 2>err && test_empty out && has err "1 error" &&
	may_fail git retro check >out && has out "retros: error: file"
'
ok 'nor for the settings' '
	new_repo settings && cd settings && echo "secret: 1" >../secret.yml &&
	ln -s ../secret.yml .retro.yml &&
	git retro list 2>err && has err ".retro.yml: " && lacks err secret
'
ok 'a work tree that lies in a bare repository is one like any other' '
	git clone -q --bare r project && cd project &&
	git worktree add -q tree main && cd tree &&
	git retro list --format=tsv >out 2>err && test_empty err &&
	has out retros/a.md && git retro new "Here, too" --no-edit
'
ok 'a file of any size, and none that is too large' '
	new_repo large && cd large && mkdir retros && echo "# A" >retros/a.md &&
	truncate -s 17M retros/large.md && : >retros/empty.md &&
	git retro list --format=tsv >out 2>err && has err "1 error" &&
	has out "empty	" && has out "a	" && lacks out large &&
	status 1 git retro check >out &&
	has out "retros/large.md: error: file: '\''retros/large.md'\'' is larger"
'
ok 'what a file says never reaches the terminal raw' '
	new_repo hostile && cd hostile && mkdir retros &&
	printf -- "---\nid: x\ntitle: \"a\\\\e]0;evil\\\\a\\\\e[31m\"\ndate: 2026-01-01\nstatus: draft\n---\n# h \033[2J\n" \
		>retros/x.md &&
	git retro list >out && git retro show x >>out &&
	! grep -q "$(printf "[\033\007]")" out
'
ok 'no repository' '
	mkdir nowhere && cd nowhere && status 128 git retro list 2>err &&
	has err "not a git repository"
'

# --- as of a revision, and everywhere ---

# One retro on main, changed on a branch that has two more; one draft that is
# in the work tree alone.
ok 'set up branches' '
	new_repo many && cd many && git branch -M main &&
	commit base retros/one.md "$(printf -- "---\nid: one\ntitle: One\ndate: 2026-01-01\nstatus: draft\n---\n")" &&
	commit old retros/old.md "# Old" && git tag -a -m v1 v1 &&
	git tag blob "$(git rev-parse HEAD:retros/one.md)" &&
	git rm -q retros/old.md && git commit -q -m "drop old" &&
	git checkout -q -b side && git mv retros/one.md retros/moved.md &&
	sed "s/One/Changed/" retros/moved.md >retros/x &&
	mv retros/x retros/moved.md && git add . &&
	commit two retros/two.md "$(printf -- "---\nid: two\ntitle: Two\ndate: 2026-02-01\nstatus: final\n---\n")" &&
	commit bare retros/deep/notes.md "# Notes" && git branch same &&
	git checkout -q main &&
	printf -- "---\nid: new\ntitle: New\ndate: 2026-03-01\nstatus: draft\n---\n" >retros/new.md
'
ok '--at is the past' '
	cd many && git retro list --at v1 --format=tsv >out &&
	has out "retros/old.md" && has out "One" && lacks out "New" &&
	test "$(cut -f1,2 out | tail -n +2)" = "$(printf "old\t2026-01-05\none\t2026-01-01")" &&
	git retro list --at side --format=tsv >out && has out Changed &&
	has out "notes	2026-01-05" && lacks out "	New" &&
	cd retros && git retro list --at side~1 --format=tsv >out &&
	has out Changed && has out Two && lacks out notes
'
ok '--at something that is no commit' '
	cd many && status 128 git retro list --at blob 2>err &&
	has err "'\''blob'\'' is not a commit" &&
	status 128 git retro list --at nowhere 2>err &&
	has err "no such commit, tag or branch: '\''nowhere'\''" &&
	status 128 git retro list --at 1111111111111111111111111111111111111111 \
		2>err && has err "no such commit" &&
	status 128 git retro list --at=--all 2>err && has err "no such" &&
	status 128 git retro list --at= 2>err && has err "no such" &&
	status 129 git retro list --at v1 --all 2>err && has err "--at"
'
ok 'what was wrong then is not for check' '
	cd many && git checkout -q -b wrong && rm retros/new.md &&
	commit wrong retros/wrong.md "$(printf -- "---\ntitle: \"x\n---\n")" &&
	git checkout -q main && git retro list --at wrong >out 2>err &&
	has err "retros of wrong" && lacks err check && git branch -q -D wrong &&
	printf -- "---\nid: new\ntitle: New\ndate: 2026-03-01\nstatus: draft\n---\n" >retros/new.md
'
ok '--all shows each once, and where' '
	cd many && git retro list --all >out 2>err && test_empty err &&
	golden cli/list-all.txt out &&
	git retro list --all --format=tsv >out && golden cli/list-all.tsv out &&
	git retro list --all --format=ndjson >out &&
	golden cli/list-all.ndjson out &&
	git retro list --all --format=json >out &&
	test "$(grep -c "\"here\"" out)" = 4 && git retro list --format=json >out &&
	lacks out "\"here\""
'
ok 'the newest branch counts where the work tree has none' '
	cd many && git checkout -q side &&
	test_clock=$((test_clock + 9000)) && commit newer retros/two.md \
		"$(printf -- "---\nid: two\ntitle: Newest\ndate: 2026-02-01\nstatus: final\n---\n")" &&
	git checkout -q main && git retro list --all >out &&
	has out "on side, differs on same  Newest" && lacks out " Two"
'
ok 'remote-tracking branches and a bare repository' '
	git clone -q many clone && cd clone && git retro list --all >out &&
	has out "on origin/side, differs on origin/same" && lacks out New"  " &&
	lacks out origin/HEAD && git clone -q --bare ../many ../many.git &&
	cd ../many.git && git retro list --all >out && has out "on main" &&
	has out "on side, differs on same" && has out "differs on main" &&
	git retro list --at same --format=tsv >out && has out Two
'
ok 'line endings of a checkout are no other text' '
	git clone -q -c core.autocrlf=true many crlf && cd crlf &&
	grep -q "$(printf "\r")" retros/one.md &&
	git retro list --all --format=tsv >out &&
	grep "^one	" out >line && has line "true	main, origin/main	origin/side, origin/same"
'
ok 'five hundred branches are as one' '
	cd many && for i in $(seq 500)
	do
		echo "create refs/heads/copy/$i main"
	done | git update-ref --stdin &&
	git retro list --all --format=tsv >out && test "$(wc -l <out)" = 5 &&
	git retro list --all >out && has out "differs on side +1" &&
	git for-each-ref --format="delete %(refname)" refs/heads/copy |
		git update-ref --stdin
'
ok 'a branch that cannot be read hides no other' '
	git clone -q --bare many gap.git && cd gap.git &&
	blob=$(git rev-parse side:retros/two.md) &&
	tree=$(git rev-parse side:retros/deep) &&
	rm -f objects/$(echo $blob | cut -c1-2)/$(echo $blob | cut -c3-) \
		objects/$(echo $tree | cut -c1-2)/$(echo $tree | cut -c3-) &&
	git retro list --all --format=tsv >out 2>err && has out "One" &&
	has err "error"
'
ok 'nothing committed yet' '
	new_repo unborn && cd unborn && mkdir retros && echo "# A" >retros/a.md &&
	git retro list --all --format=tsv >out 2>err && test_empty err &&
	has out "a	" && status 128 git retro list --at HEAD 2>err
'

# --- paths, branches, actions ---

ok 'set up retros that concern something' '
	new_repo what && cd what && mkdir -p retros src/data && : >src/data/a.py &&
	printf -- "---\nid: globs\ntitle: G\ndate: 2026-01-01\nstatus: draft\npaths: [\"/src/**/*.py\", \"!b.py\", docs/]\nbranches: [\"release/*\"]\nreleases: [v1.10]\nseverity: 2\n---\n" >retros/globs.md &&
	printf -- "---\nid: named\ntitle: a\ndate: 2026-01-03\nstatus: review\nbranches: [main]\nreleases: [v1.9]\nseverity: 1\n---\n## Pitfalls\n\n- never touch \`src/data/load.c\` nor \`setup.cfg\`\n\n## Actions\n\n- [ ] A1: x\n" >retros/named.md &&
	printf -- "---\nid: plain\ntitle: Ｂ\ndate: 2026-01-02\nstatus: final\n---\n\`src/x.py\` is mentioned\n\n## Actions\n\n- [x] A1: y\n" >retros/plain.md &&
	git add . && git commit -q -m all
'
# found <option>...: the ids, from wherever one stands.
found () {
	git retro list --format=tsv "$@" | tail -n +2 | cut -f1 | tr "\n" " "
}
ok '--path' '
	cd what && test "$(found --path src/x.py)" = "globs " &&
	test "$(found --path src/data/b.py)" = "" &&
	test "$(found --path x.py)" = "" &&
	test "$(found --path docs/a/b)" = "globs " &&
	test "$(found --path docs)" = "" && test "$(found --path docs/)" = "globs " &&
	test "$(found --path src/data/load.c)" = "named " &&
	test "$(found --path sub/setup.cfg)" = "named " &&
	test "$(found --path src/data)" = "named " &&
	test "$(found --path src/)" = "named globs " &&
	test "$(found --path .)" = "named globs " &&
	test "$(found --path nowhere --path src/x.py)" = "globs " &&
	test "$(found --path "$PWD/src/x.py")" = "globs " &&
	test "$(found --path ../outside)" = "" &&
	cd src/data && test "$(found --path a.py)" = "globs " &&
	test "$(found --path load.c)" = "named " &&
	test "$(found --path ../../docs/)" = "globs "
'
ok '--path counts what cause and fix commits touched' '
	new_repo touched && cd touched && mkdir -p src retros docs &&
	commit base src/y.c && commit cause src/x.c &&
	cause=$(git rev-parse --short=8 HEAD) && git checkout -q -b side HEAD~1 &&
	commit part docs/part.md && git checkout -q - &&
	git merge -q -m merge side && merge=$(git rev-parse HEAD) &&
	retro () {
		printf -- "---\nid: %s\ntitle: T\ndate: 2026-01-0%s\nstatus: draft\ncommits:\n  %s\n---\n" \
			"$1" "$2" "$3" >retros/$1.md
	} &&
	retro cause 3 "cause: [$cause]" && retro fix 2 "fix: [$merge]" &&
	retro dead 1 "{cause: [1111111111111111111111111111111111111111, abcdef12], fix: [side:x, \"\"]}" &&
	retro other 4 "other: [$cause]" &&
	test "$(found --path src/x.c)" = "cause " &&
	test "$(found --path src)" = "cause " &&
	test "$(found --path src/)" = "cause " &&
	test "$(found --path src/x)" = "" &&
	test "$(found --path src/y.c)" = "" &&
	test "$(found --path docs/part.md)" = "fix " &&
	test "$(found --path src/x.c --path docs)" = "cause fix " &&
	test "$(found --path src/x.c --until 2026-01-02)" = "" &&
	test "$(found --path .)" = "cause fix " &&
	test "$(found --path ..)" = "" && test "$(found --path ../src)" = "" &&
	test "$(found --path /src/x.c)" = "" &&
	cd src && test "$(found --path x.c)" = "cause "
'
ok '--path where git has no trees to look into' '
	cd touched && git config uploadpack.allowFilter true &&
	git add retros && git commit -q -m retros &&
	git clone -q --filter=tree:0 "file://$PWD" ../trees && cd ../trees &&
	printf -- "---\npaths: [src/]\n---\n" >retros/2026-01-05-own.md &&
	mv ../touched ../touched.away && found --path src/x.c >out 2>err &&
	mv ../touched.away ../touched && has out 2026-01-05-own &&
	test_empty err
'
ok '--branch, either way round' '
	cd what && test "$(found --branch release/1.1)" = "globs " &&
	test "$(found --branch "release/*")" = "globs " &&
	test "$(found --branch "m*")" = "named " &&
	test "$(found --branch "o*")" = ""
'
ok 'a branch or a release that nobody knows is no empty list' '
	cd what && git branch quiet && git tag v0.1 &&
	test "$(found --branch quiet)" = "" && test "$(found --release v0.1)" = "" &&
	for each in list pitfalls trials
	do
		status 128 git retro $each --branch nowhere 2>err &&
		has err "no such branch, and no retro names it: '\''nowhere'\''" &&
		status 128 git retro $each --release v7 --kind incident 2>err &&
		has err "no such tag, and no retro names it: '\''v7'\''" || exit 1
	done &&
	status 128 git retro report --release v7
'
ok '--open-actions' '
	cd what && test "$(found --open-actions)" = "named " &&
	git commit -q --allow-empty -m "close" -m "Retro-Action: named#A1" &&
	test "$(found --open-actions)" = "" &&
	test "$(found --open-actions --at HEAD~1)" = "named " &&
	test "$(found --open-actions --at HEAD)" = ""
'
ok 'the quality of labels, and roles' '
	new_repo roles && cd roles && mkdir retros &&
	printf "%s\n" --- "id: one" "labels-quality: {kappa: {before: 0.6, after: 0.8}}" \
		"roles: {lead: Ann Author, data: [Bo, Cy]}" --- "# One" >retros/one.md &&
	printf "%s\n" --- "id: two" "roles: {ops: Cy}" "labels-quality: 0.6" --- \
		"# Two" >retros/two.md &&
	test "$(found --labels-quality kappa)" = "one " &&
	test "$(found --labels-quality Rework)" = "" &&
	test "$(found --role cy)" = "one two " && test "$(found --role ops)" = "two " &&
	test "$(found --role ann --labels-quality kap)" = "one "
'
ok '--sort' '
	cd what && test "$(found)" = "named plain globs " &&
	test "$(found --sort date)" = "globs plain named " &&
	test "$(found --sort=-date)" = "named plain globs " &&
	test "$(found --sort id)" = "globs named plain " &&
	test "$(found --sort release)" = "named globs plain " &&
	test "$(found --sort -release)" = "globs named plain " &&
	test "$(found --sort severity)" = "named globs plain " &&
	test "$(found --sort -severity)" = "globs named plain " &&
	test "$(found --sort status)" = "globs named plain " &&
	test "$(found --sort title)" = "named plain globs " &&
	test "$(found --sort -title)" = "globs plain named " &&
	status 129 git retro list --sort size 2>err && has err "severity"
'
ok 'a severity is shown as it was written, and is a number for programs' '
	new_repo grades && cd grades && commit one && mkdir retros &&
	for grade in P1 一级事故 2 "P0 (the whole site was down)"
	do
		n=$((n + 1)) && printf -- "---\nid: 2026-01-0$n-x\ntitle: T\ndate: 2026-01-0$n\nstatus: draft\nkind: incident\nseverity: $grade\n---\n" \
			>retros/2026-01-0$n-x.md || exit 1
	done && for again in 1 2
	do
		git retro list >out && has out "draft  P1        T" &&
		has out "draft  一级事故  T" && has out "draft  S2        T" &&
		has out "draft  S1        T" || exit 1
	done && git retro show 2026-01-02-x >out && has out "severity  一级事故" &&
	git retro list --format=tsv >out && test "$(cut -f 5 out | tr "\n" " ")" = \
		"severity 1 2 1 2 " && test "$(git retro list --severity 2 | wc -l)" = 2
'
test_done
