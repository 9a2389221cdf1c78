#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# git retro new: a draft full of what git knows, and nothing else.
. "${0%/*}/../lib/test.sh"

# release <tag>: an annotated tag, a minute after what was before it.
release () {
	tick && git tag -a -m "$1" "$1"
}

# draft <arguments>: drafts without an editor; the file's path in $draft.
draft () {
	draft=$(git retro new --no-edit "$@") && [ -f "$draft" ]
}

ok 'a history with a release' '
	new_repo repo && cd repo &&
	commit Start a && release v1.0.0 &&
	commit "Add the loader" src/load.c one &&
	loader=$(git rev-parse HEAD) &&
	commit "Add a table" table.c &&
	tick && GIT_AUTHOR_NAME=Bo git revert --no-edit "$loader" >/dev/null &&
	git checkout -q -b topic && commit "Topic" topic.c &&
	git checkout -q main && commit "Main" main.c &&
	tick && git merge -q --no-ff -m "Merge pull request #12 from bo/topic

Draw faster" topic &&
	commit "Need a library

Co-authored-by: Cy <cy@example.com>" go.mod "require x v1" &&
	release v1.1.0
'
ok 'a release is drafted and the path printed' '
	cd repo &&
	git retro new --release v1.1.0 --no-edit >path 2>err &&
	test_empty err &&
	echo retros/2026-01-05-v1-1-0.md >expected && same expected path &&
	git retro check >out 2>&1 && test_empty out
'
ok 'it says what git knows' '
	cd repo && draft=$(cat path) &&
	has "$draft" "releases: [v1.1.0]" &&
	has "$draft" "range: v1.0.0..v1.1.0" &&
	has "$draft" "authors: [Ann Author <ann@example.com>, Bo <ann@example.com>]" &&
	has "$draft" "Since v1.0.0: 7 commits (1 merge) by 2 people, 5 Jan 2026;" &&
	has "$draft" "  - Draw faster (#12, $(git rev-parse --short :/Merge))" &&
	has "$draft" "Ann Author (5), Bo (1), Cy (co-author of 1)" &&
	has "$draft" "- Dependencies: \`go.mod\`: +x v1" &&
	has "$draft" "  - \`main.c\` (+1 -0)"
'
ok 'a revert is a suggested pitfall, tied' '
	cd repo && draft=$(cat path) &&
	loader=$(git rev-parse ":/^Add the loader") &&
	revert=$(git rev-parse ":/^Revert") &&
	has "$draft" "  - pitfall: P1" &&
	has "$draft" "    cause: [$loader] # Add the loader" &&
	has "$draft" "    fix: [$revert] # Revert \"Add the loader\"" &&
	has "$draft" "- P1: \"Add the loader\" ($(git rev-parse --short \
		"$loader")) was reverted by $(git rev-parse --short "$revert")"
'
ok 'it is not overwritten' '
	cd repo && cp "$(cat path)" before &&
	status 128 git retro new --release v1.1.0 --no-edit >out 2>err &&
	test_empty out && has err "$(cat path)" && has err "hint: edit" &&
	same before "$(cat path)" && test "$(ls retros | wc -l)" = 1
'
ok 'a file name that is taken gets a number' '
	new_repo taken && cd taken && commit Start &&
	draft "One thing" && test "$draft" = retros/2026-01-05-one-thing.md &&
	draft "One thing!" &&
	test "$draft" = retros/2026-01-05-one-thing-2.md &&
	has "$draft" "id: 2026-01-05-one-thing-2" &&
	mv "$draft" retros/elsewhere.md && draft "One thing" &&
	test "$draft" = retros/2026-01-05-one-thing-3.md &&
	sed "s/^id: .*/id: other/" "$draft" >retros/2026-01-05-two-things.md &&
	cp retros/2026-01-05-two-things.md ../kept && draft "Two things" &&
	test "$draft" = retros/2026-01-05-two-things-2.md &&
	same ../kept retros/2026-01-05-two-things.md &&
	git retro check >out 2>&1 && test_empty out
'
ok 'the first release has no range' '
	cd repo && draft --release v1.0.0 &&
	has "$draft" "Since the first commit: 1 commit by 1 person, \
5 Jan 2026; 1 file, +1 -0 lines." &&
	lacks "$draft" "range:" && lacks "$draft" "commits:" &&
	has "$draft" "## Pitfalls"
'
ok 'a tag that is not there' '
	cd repo &&
	status 128 git retro new --release v1.1.00 --no-edit >out 2>err &&
	test_empty out && has err "no tag '"'v1.1.00'"'" &&
	has err "did you mean '"'v1.1.0'"'?" &&
	status 128 git retro new --release main --no-edit 2>err &&
	has err "no tag"
'
ok 'a tag that does not point to a commit' '
	cd repo && git tag blob $(git rev-parse HEAD:a) &&
	status 128 git retro new --release blob --no-edit 2>err &&
	has err "does not point to a commit"
'
ok 'a range keeps the names of tags, and nothing that moves' '
	cd repo && draft --range v1.0.0..HEAD~1 "A look back" &&
	has "$draft" "range: v1.0.0..$(git rev-parse HEAD~1)" &&
	has "$draft" "title: A look back" && has "$draft" "kind: project" &&
	has "$draft" "6 commits (1 merge)" && lacks "$draft" "releases:" &&
	draft --range main~2.. &&
	has "$draft" "range: $(git rev-parse main~2)..$(git rev-parse main)" &&
	has "$draft" "title: main~2.."
'
ok 'a range that is none' '
	cd repo && ls retros >before &&
	for range in v1.0.0 .. v1.0.0...v1.1.0
	do
		status 129 git retro new --range "$range" --no-edit 2>err &&
		has err "not a range" || exit 1
	done &&
	status 128 git retro new --range nowhere..main --no-edit 2>err &&
	has err "nowhere" && ls retros >after && same before after
'
ok 'without a word, what came since the newest release' '
	new_repo since && cd since && commit Start && release v1.0.0 &&
	status 128 git retro new --no-edit 2>err &&
	has err "since v1.0.0" && has err "new --release v1.0.0" &&
	commit More && draft &&
	has "$draft" "title: Since v1.0.0" && has "$draft" "kind: project" &&
	has "$draft" "range: v1.0.0..$(git rev-parse HEAD)" &&
	draft "Named" && has "$draft" "range: v1.0.0..$(git rev-parse HEAD)"
'
ok 'the highest version, where an older line was merged' '
	new_repo lines && cd lines && commit Start && release v1.0.0 &&
	git checkout -q -b maint && git checkout -q main && commit Two &&
	release v2.0.0 && git checkout -q maint && commit Mend b &&
	release v1.0.1 && git checkout -q main &&
	git merge -q -m Merge maint && draft &&
	has "$draft" "range: v2.0.0.."
'
ok 'no release yet, and no commit yet' '
	new_repo young && cd young &&
	status 128 git retro new --no-edit 2>err && has err "no commits yet" &&
	draft "An idea" && lacks "$draft" commit &&
	commit Start && draft &&
	has "$draft" "title: So far" && has "$draft" "Since the first commit: 1 commit"
'
ok 'an incident has a title and no range of its own' '
	cd repo &&
	status 129 git retro new --kind incident --no-edit 2>err &&
	has err "title" &&
	draft --kind incident "No rows: the loader" &&
	has "$draft" "kind: incident" && lacks "$draft" "range:" &&
	has "$draft" "title: \"No rows: the loader\"" &&
	has "$draft" "## Timeline" && has "$draft" "started:" &&
	draft --kind 事故 --range v1.0.0..v1.1.0 "Rows" &&
	has "$draft" "kind: incident" && has "$draft" "range: v1.0.0..v1.1.0" &&
	git retro check >out 2>&1 && test_empty out
'
ok 'wrong usage' '
	cd repo && ls retros >before &&
	status 129 git retro new --kind disaster x 2>err &&
	has err disaster && status 129 git retro new one two 2>err &&
	status 129 git retro new "  " 2>err &&
	status 129 git retro new --language fr x 2>err && has err "en or zh" &&
	status 128 git retro new --template nosuch x 2>err && has err nosuch &&
	status 128 git retro new --template ../release x 2>err &&
	ls retros >after && same before after
'
ok 'in Chinese' '
	cd repo && draft --language zh --range v1.0.0..v1.1.0 标签漂移 &&
	test "$draft" = retros/2026-01-05-标签漂移.md &&
	has "$draft" "# 标签漂移" && has "$draft" "## 踩过的坑" &&
	has "$draft" "自 v1.0.0 以来：7 次提交（含 1 次合并），2 人参与" &&
	has "$draft" "- P1: “Add the loader”" &&
	git config retro.language zh && draft --kind incident 断网 &&
	has "$draft" "## 时间线" && git config --unset retro.language &&
	git retro check >out 2>&1 && test_empty out
'
ok 'two tags on one commit, and tags of another part' '
	new_repo mono && cd mono &&
	commit Start && release v1.0.0 && release client/v1.0.0 &&
	commit Two && release v1.1.0 && release v1.1.1 &&
	printf "version: 1\nreleases:\n  tags: [\"v[0-9]*\", \"*/v[0-9]*\"]\n" \
		>.retro.yml &&
	commit Three && release client/v1.2.0 &&
	draft --release v1.1.1 && has "$draft" "range: v1.0.0..v1.1.1" &&
	draft --release client/v1.2.0 &&
	test "$draft" = retros/2026-01-05-client-v1-2-0.md &&
	has "$draft" "range: client/v1.0.0..client/v1.2.0"
'
ok 'a shallow clone says so' '
	git clone -q --depth 3 "file://$TRASH/repo" shallow && cd shallow &&
	git fetch -q --depth 3 origin tag v1.1.0 &&
	draft --release v1.1.0 && has "$draft" "a shallow clone" &&
	git retro check >out 2>&1 && test_empty out
'
ok 'from a folder below, and from a linked worktree' '
	cd repo && mkdir -p deep/er && cd deep/er &&
	git retro new --no-edit "From below" >out &&
	echo ../../retros/2026-01-05-from-below.md >expected &&
	same expected out && test -f "$(cat out)" &&
	cd ../.. && git worktree add -q ../linked && cd ../linked &&
	draft "From the side" && test -f retros/2026-01-05-from-the-side.md &&
	test ! -e ../repo/retros/2026-01-05-from-the-side.md
'
ok 'a bare repository has no place for it' '
	git clone -q --bare repo bare.git && cd bare.git &&
	status 128 git retro new --release v1.1.0 --no-edit 2>err &&
	has err "bare"
'
ok 'nothing is written through a link' '
	new_repo out && cd out && commit Start && mkdir ../outside &&
	ln -s ../outside retros &&
	status 128 git retro new --no-edit "Away" 2>err &&
	has err "symbolic link" &&
	test -z "$(ls ../outside)" && rm retros &&
	ln -s nowhere retros &&
	status 128 git retro new --no-edit "Away" 2>err &&
	rm retros && mkdir real && ln -s real retros &&
	status 128 git retro new --no-edit "Inside" 2>err &&
	test -z "$(ls real)" && test -L retros
'
ok 'hostile names are only names' '
	new_repo hostile && cd hostile && commit Start && release v1.0.0 &&
	tick &&
	printf "x\n" >"$(printf "a\`b\nc *d* <b>.c")" &&
	printf "x\n" >"$(printf "\377.c")" && git add . &&
	GIT_AUTHOR_NAME="# \`x\` <b>: [l](u) -->" git commit -q \
		-m "# --> <b>| \`x\` \"*y*\" {{front}} ---" &&
	tick && git revert --no-edit HEAD >/dev/null &&
	tick && git tag "v1;\$(x)|&\`y\`" && git tag -d v1.0.0 &&
	git config user.name "{[: #" && unset GIT_AUTHOR_NAME &&
	draft --release "v1;\$(x)|&\`y\`" --language en &&
	git retro check >out 2>&1 && test_empty out &&
	git retro list --format=json >out &&
	has out "\"v1;\$(x)|&\`y\`\"" &&
	draft "$(printf "# <b>|\`a: b\nc")" &&
	git retro check >out 2>&1 && test_empty out
'
ok 'the editor is opened on the draft' '
	cd repo && cat >../editor <<-\END &&
	#!/bin/sh
	sed "s/^status: draft/status: dratf/" "$1" >"$1.new" &&
	mv "$1.new" "$1" && echo "$1" >"$TRASH/edited"
	END
	chmod +x ../editor &&
	GIT_EDITOR=../editor git retro new "To be edited" >out 2>err &&
	has ../edited "$(cat out)" && has err "status" &&
	has err "$(cat out):5:" && rm "$(cat out)"
'
ok 'an editor that fails leaves the draft' '
	cd repo &&
	status 128 env GIT_EDITOR=false git retro new "Not edited" >out 2>err &&
	test -f retros/2026-01-05-not-edited.md &&
	has err retros/2026-01-05-not-edited.md
'
ok 'at a terminal the editor is the one that git takes' '
	cd repo && printf "#!/bin/sh\necho \"\$1\" >\"\$TRASH/edited\"\n" \
		>../editor && unset GIT_EDITOR &&
	TERM=xterm EDITOR=../editor "$BUILD/tests/pty" -- \
		git retro new "At a terminal" >../screen &&
	has ../edited retros/2026-01-05-at-a-terminal.md &&
	has ../screen retros/2026-01-05-at-a-terminal.md &&
	rm ../edited && TERM=xterm EDITOR=../editor "$BUILD/tests/pty" -- \
		git retro new --no-edit "Not opened" && test ! -e ../edited &&
	env -u EDITOR "$BUILD/tests/pty" -- git retro new "Dumb" >../screen &&
	has ../screen "editor was not opened"
'
ok 'no terminal, no editor, no question' '
	cd repo && unset GIT_EDITOR && EDITOR=false && export EDITOR &&
	git retro new "Nobody here" >out 2>err && test -f "$(cat out)" &&
	has err "editor was not opened"
'
ok 'a team has templates of its own' '
	cd repo && mkdir -p retros/.templates &&
	printf -- "---\n{{front}}\nlabels: []\n---\n\n# {{title}}\n\nOurs\n" \
		>retros/.templates/ours.md &&
	draft --template ours "With ours" && has "$draft" "Ours" &&
	has "$draft" "labels: []" &&
	cp retros/.templates/ours.md retros/.templates/incident.en.md &&
	draft --kind incident "Ours too" && has "$draft" "Ours" &&
	draft --kind incident --language zh "Not ours" && lacks "$draft" Ours &&
	ln -s /etc/passwd retros/.templates/out.md &&
	status 128 git retro new --no-edit --template out x 2>err &&
	has err "symbolic link" && lacks err root:
'
ok 'the setting for the directory holds' '
	new_repo dir && cd dir && commit Start &&
	git config retro.dir docs/lessons && draft "Elsewhere" &&
	test "$draft" = docs/lessons/2026-01-05-elsewhere.md
'
ok 'what earlier retros left open is carried over' '
	new_repo carry && cd carry && commit Start && release v1.0.0 &&
	draft --release v1.0.0 && id=2026-01-05-v1-0-0 &&
	git retro actions add $id "Some day" &&
	git retro actions add $id "Later @bo due:2030-01-01" &&
	git retro actions add $id "Pin *it* @ann due:2025-12-01 !high" &&
	git retro actions add $id "Done" && git retro actions done $id#A4 &&
	git retro actions add $id "Closed" &&
	git retro actions add $id "Overdue too due:2026-01-02" &&
	commit "Close it

Retro-Action: $id#A5" && release v1.1.0 &&
	draft --release v1.1.0 && git retro check &&
	cat >expected <<-END &&
	Open actions from earlier retros; close one with \`git retro actions done\`:

	- \`$id#A3\` Pin it @ann due:2025-12-01 !high (overdue)
	- \`$id#A6\` Overdue too due:2026-01-02 (overdue)
	- \`$id#A2\` Later @bo due:2030-01-01
	- \`$id#A1\` Some day

	END
	sed -n "/^Open actions from/,/^##/{/^##/d;p}" "$draft" >out &&
	same expected out
'
ok 'as a reminder: an action is counted and closed in one retro' '
	cd carry && git retro actions --open --format=tsv >out &&
	test "$(grep -c v1-1-0 out)" = 0 && test "$(grep -c v1-0-0# out)" = 4 &&
	git retro actions add v1.1.0 "Ours" >out &&
	has out "2026-01-05-v1-1-0#A1" &&
	has retros/2026-01-05-v1-1-0.md "- [ ] A1: Ours" &&
	git retro actions done 2026-01-05-v1-0-0#A3 && draft "Plain" &&
	lacks "$draft" "v1-0-0#A3" && has "$draft" "v1-0-0#A6" &&
	has "$draft" "2026-01-05-v1-1-0#A1"
'
ok 'in Chinese, and not into an incident' '
	cd carry && draft --kind project --language zh 中文 &&
	has "$draft" "之前的复盘中未完成的行动项" &&
	has "$draft" "due:2026-01-02（已逾期）" &&
	draft --kind incident "Away" && lacks "$draft" "v1-0-0#"
'
ok 'of many, the most urgent' '
	cd carry && {
		printf "# Old\n\n## Actions\n\n"
		for i in $(seq 10 40)
		do
			echo "- [ ] A$i: Step due:2026-01-0$((i % 3 + 1))"
		done
	} >retros/2025-01-01-old.md && draft "Many" &&
	test "$(grep -c "^- .2025-01-01-old#" "$draft")" = 20 &&
	test "$(grep -c "due:2026-01-01" "$draft")" = 10 &&
	lacks "$draft" "due:2026-01-03" && lacks "$draft" "v1-0-0#A2" &&
	has "$draft" "- and 15 more: \`git retro actions --open\`"
'
ok 'a revert by a button is in the draft, once' '
	new_repo button && cd button && commit root a 1 && GIT_RETRO=0 git tag v1.0.0 &&
	commit "Drop rows (#12)" a 2 && git checkout -q -b back && tick &&
	echo 1 >a && git commit -q -a -m "Revert \"Drop rows (#12)\" (#13)" \
		-m "Reverts acme/data#12" && git checkout -q main && tick &&
	git merge -q --no-ff -m "Revert \"Drop rows (#12)\" (#13)" back &&
	GIT_RETRO=0 git tag v1.1.0 && f=$(git retro new --release v1.1.0 --no-edit) &&
	test "$(grep -c "was reverted by" $f)" = 1
'
ok 'a draft says that it may lack what could not be read' '
	git init -q unread && cd unread && mkdir retros && commit one &&
	printf -- "---\nid: bad\ntitle: T\ndate: 2026-02-30\n---\n\n# T\n" \
		>retros/bad.md &&
	git retro new Plain --no-edit >out 2>err && has err "1 error in the retros"
'
test_done
