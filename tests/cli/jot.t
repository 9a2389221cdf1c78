#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# git retro jot: a note of a line where it happens, and once in the draft of the
# release that contains it.
. "${0%/*}/../lib/test.sh"

ok 'a note is a file of its own, and says who, when and what about' '
	new_repo repo && cd repo && commit Start && git tag v1.0.0 && mkdir data &&
	cd data &&
	git retro jot --pitfall --path load.py --label data-quality \
		"The loader drops rows without a label" >path &&
	note=$(cat path) && cat >expected <<-\EOF && same expected "$note" &&
	---
	date: "2026-01-05T10:02:00+00:00"
	author: Ann Author <ann@example.com>
	kind: pitfall
	paths: [data/load.py]
	labels: [data-quality]
	---
	The loader drops rows without a label
	EOF
	git retro jot --pitfall --path load.py --label data-quality \
		"The loader drops rows without a label" >again &&
	same path again && test "$(ls ../retros/.notes | wc -l)" = 1
'
ok 'status counts what waits, and jot lists it' '
	cd repo && git retro status >out && has out "1 note waits for a draft" &&
	git retro status --format=json | jq -e ".notes == 1" >/dev/null &&
	git retro jot >out && cat >expected <<-\EOF && same expected out
	2026-01-05  pitfall  The loader drops rows without a label: data/load.py
	EOF
'
ok 'a note is no retro' '
	cd repo && git retro list >out && test_empty out &&
	git retro check >out 2>&1 && test_empty out
'
ok 'each kind comes into its section of the draft' '
	cd repo && tick && git retro jot --hard "Two drivers on one machine" &&
	git retro jot --solved "Pinned \`torch\` *everywhere*" &&
	git retro jot --improve "Ask for the driver first" &&
	git retro jot "Somebody should write this up" &&
	git add retros && git commit -q -m Notes &&
	commit "By trailer

Retro-Note: pitfall: A trailer is a note, too
Retro-Note: And so is this" other &&
	git tag v1.1.0 &&
	draft=$(git retro new --no-edit --release v1.1.0) &&
	has "$draft" "labels: [data-quality]" &&
	sed -n "/^## What was hard/,/^## Actions/p" "$draft" | grep "^[-#]" >got &&
	cat >expected <<-\EOF && same expected got &&
	## What was hard
	- Two drivers on one machine
	## How we solved it
	- Pinned `torch` *everywhere*
	## Pitfalls
	- P1: A trailer is a note, too
	- P2: The loader drops rows without a label: `data/load.py`
	## What to improve
	- Ask for the driver first
	## Actions
	EOF
	grep -A2 "^- Noted on the way:" "$draft" >got &&
	cat >expected <<-\EOF && same expected got &&
	- Noted on the way:
	  - And so is this
	  - Somebody should write this up
	EOF
	git retro check >out 2>&1 && test_empty out
'
ok 'what was gathered waits no longer, and is in no later draft' '
	cd repo && git retro status >out && lacks out "note" &&
	git add retros && git commit -q -m Retro && commit More && git tag v1.2.0 &&
	git retro status >out && lacks out "note" &&
	draft=$(git retro new --no-edit --release v1.2.0) &&
	lacks "$draft" "drops rows" && lacks "$draft" "Noted" && rm "$draft" &&
	git tag -d v1.2.0 >/dev/null
'
ok 'notes of a release without a retro still wait' '
	cd repo && git retro jot "One more" >/dev/null && git add retros &&
	git commit -q -m "One more" && git tag v1.2.0 &&
	git retro status >out && has out "1 note waits for a draft" &&
	draft=$(git retro new --no-edit --release v1.2.0) &&
	has "$draft" "  - One more" && rm "$draft"
'
ok 'a team template without a place for it leaves none out' '
	cd repo && mkdir retros/.templates && printf "%s\n" "---" "{{front}}" \
		"---" "# {{title}}" "" "{{git}}" >retros/.templates/short.md &&
	git retro jot --hard "No place" >/dev/null && git add retros &&
	git commit -q -m "No place" && git tag v1.3.0 &&
	draft=$(git retro new --no-edit --template short --release v1.3.0) &&
	has "$draft" "  - No place" && rm "$draft"
'
ok 'in Chinese' '
	new_repo zh && cd zh && commit Start && git tag v1.0.0 &&
	git retro jot --pitfall "标注不一致时加载器会丢行" >/dev/null &&
	git retro jot "记得写" >/dev/null && git add . && git commit -q -m 记 &&
	git tag v1.1.0 &&
	draft=$(git retro new --no-edit --release v1.1.0 --language zh) &&
	has "$draft" "- P1: 标注不一致时加载器会丢行" &&
	has "$draft" "- 随手记：" && has "$draft" "  - 记得写"
'
ok 'five branches, merged in any order: each once, without a conflict' '
	for order in "1 2 3 4 5" "5 3 1 4 2" "2 4 5 1 3"
	do
		rm -rf five && new_repo five && (
			cd five && commit Start && git tag v1.0.0 &&
			for n in 1 2 3 4 5
			do
				git switch -q -c b$n v1.0.0 &&
				tick && git retro jot --pitfall "Note $n" >/dev/null &&
				git retro jot --hard "Hard $n" >/dev/null &&
				git add . && git commit -q -m "Note $n" &&
				commit "Work $n

Retro-Note: Trailer $n" work$n || exit 1
			done &&
			git switch -q main &&
			for n in $order
			do
				tick && git merge -q --no-ff -m "Merge $n" b$n ||
				exit 1
			done &&
			git tag v1.1.0 &&
			draft=$(git retro new --no-edit --release v1.1.0) &&
			for n in 1 2 3 4 5
			do
				test "$(grep -c "P[0-9]: Note $n" "$draft")" = 1 &&
				test "$(grep -c "Hard $n" "$draft")" = 1 &&
				test "$(grep -c "  - Trailer $n" "$draft")" = 1 ||
				exit 1
			done
		) || exit 1
	done
'
ok 'a note that was picked onto a release branch is told there, and once' '
	new_repo picked && cd picked && commit Start && git tag v1.0.0 &&
	git branch release/1.0 && git retro jot "On both" >/dev/null &&
	git add . && git commit -q -m Note && note=$(git rev-parse HEAD) &&
	git switch -q release/1.0 && tick && git cherry-pick "$note" >/dev/null &&
	git tag v1.0.1 && git switch -q main && commit More && git tag v1.1.0 &&
	draft=$(git retro new --no-edit --release v1.0.1) &&
	has "$draft" "  - On both" &&
	draft=$(git retro new --no-edit --release v1.1.0) &&
	lacks "$draft" "On both"
'
ok 'a commit of its own leaves what is staged' '
	new_repo alone && cd alone && commit Start && echo two >staged &&
	git add staged && echo three >file &&
	git retro jot --commit "Alone" >path && note=$(cat path) &&
	git log -1 --format=%s >out && echo "Note: Alone" >expected &&
	same expected out && git show --format= --name-only >out &&
	same path out && git diff --cached --name-only >out &&
	echo staged >expected && same expected out &&
	git diff --name-only >out && echo file >expected && same expected out
'
ok 'it works in a repository without a commit, and from a hook' '
	new_repo young && cd young && git retro jot "First" >/dev/null &&
	git retro status >out && has out "1 note waits" &&
	printf "%s\n" "#!/bin/sh" "git retro jot --hard \"From a hook\"" \
		>.git/hooks/post-commit && chmod +x .git/hooks/post-commit &&
	commit Start && git retro jot >out && has out "From a hook"
'
ok 'what is no note is refused' '
	cd young && ls retros/.notes >before &&
	status 129 git retro jot "" 2>err && has err "the note is empty" &&
	status 129 git retro jot one two 2>err && has err "takes one line" &&
	status 129 git retro jot --hard 2>err && has err "needs a line" &&
	status 129 git retro jot "one
two" 2>err && has err "one line of at most" &&
	status 129 git retro jot --path ../x out 2>err &&
	has err "is not a path inside" && ls retros/.notes >after &&
	same before after
'
ok 'a hostile note reaches no terminal, and breaks no draft' '
	new_repo hostile && cd hostile && commit Start && git tag v1.0.0 &&
	mkdir -p retros/.notes && printf "\033[31mred\r\n" >retros/.notes/a.md &&
	printf -- "---\nkind: [\n---\nBroken front\n" >retros/.notes/b.md &&
	ln -s /etc/passwd retros/.notes/c.md && : >retros/.notes/d.md &&
	printf -- "---\npaths: {a: b}\nlabels: [\"x]\"]\n---\nOdd\n" >retros/.notes/e.md &&
	git add . && git commit -q -m Notes && git tag v1.1.0 &&
	git retro jot >out 2>&1 && has out "Broken front" &&
	git retro status >/dev/null && ! grep -q "$(printf "\033")" out &&
	lacks out root: &&
	draft=$(git retro new --no-edit --release v1.1.0) &&
	! grep -q "$(printf "\033")" "$draft" && has "$draft" "Broken front" &&
	lacks "$draft" root: && git retro check >out 2>&1
'
test_done
