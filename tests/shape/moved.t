#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A repository that moves, to another format of refs or another place, and one
# of which git knows more than libgit2 does: each command answers as before. Of
# one from which objects are missing, none answers otherwise without a word.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/hook.sh"
. "$TESTS/lib/tools.sh"

questions () {
	printf '%s\n' actions audit stats
	some <<-\END
	list --all
	list --format=json
	list --at v1.1.0
	show lost
	show --format=json lost
	status
	check
	check --range HEAD~1..HEAD
	grep --history batch
	search batch
	pitfalls
	context data/load.py
	context --range v1.0.0..main
	trace lost
	trace --format=json lost
	audit release/1.0 v1.0.0
	report --format=json
	env v1.1.0
	review HEAD~1
	link --suggest --fix v1.1.0~1
	relink --dry-run
	export --to ndjson
	END
}

# answers <name>: what each of them says here.
answers () {
	mkdir -p "$TRASH/$1" && while read -r words
	do
		set -- "$1" "$(echo "$words" | tr ' /' '__')"
		# shellcheck disable=SC2086
		timeout 60 git-retro $words >"$TRASH/$1/$2.out" \
			2>"$TRASH/$1/$2.err" </dev/null
		echo "exit code $?" >>"$TRASH/$1/$2.out"
		[ "$(tail -n 1 "$TRASH/$1/$2.out")" != 'exit code 124' ] ||
			return 1
	done <"$TRASH/questions"
}

# alike: what they said in the repository as it was.
alike () {
	rm -rf "$TRASH/now" && answers now && diff -r "$TRASH/before" "$TRASH/now"
}

# another <folder>: a copy of it, in a folder of the same name; enters it.
another () {
	mkdir "$TRASH/$1" && cp -R "$TRASH/r" "$TRASH/$1/r" && cd "$TRASH/$1/r"
}

# fetches <question>: it names the command that brings what is missing.
fetches () {
	cat "$TRASH/now/$1.out" "$TRASH/now/$1.err" >"$TRASH/said" &&
	has "$TRASH/said" 'git fetch --refetch --no-filter'
}

ok 'set up' '
	questions >questions && new_repo r && cd r && commit first &&
	commit "Load in batches" data/load.py "$(printf "%s\n" "def load(rows):" \
		"    for at in range(0, len(rows) // 32):" \
		"        yield rows[at * 32:(at + 1) * 32]")" &&
	bad=$(git rev-parse HEAD) && git tag v1.0.0 && git branch release/1.0 &&
	commit "Load the last batch, too" data/load.py "$(printf "%s\n" \
		"def load(rows):" \
		"    for at in range(0, (len(rows) + 31) // 32):" \
		"        yield rows[at * 32:(at + 1) * 32]")" &&
	fix=$(git rev-parse HEAD) && commit other src/other.c other &&
	git tag -a -m t v1.1.0 && git retro init >../out && mkdir -p retros &&
	printf "%s\n" --- "id: lost" "title: Lost rows" "date: 2026-01-05" \
		"status: final" "releases: [v1.1.0]" "commits:" \
		"  cause: [$bad]" "  fix: [$fix]" --- "# Lost rows" "" \
		"## Pitfalls" "" "- The last batch was dropped" "" "## Actions" \
		"" "- [ ] A1: Test it @ann due:2026-01-16" >retros/lost.md &&
	git add . && git commit -q -m retro &&
	sed -i "s/was dropped/was silently dropped/" retros/lost.md &&
	tick && git commit -q -a -m more -m "Retro-Action: lost#A1" &&
	answers before && cd .. && has before/audit.out "cherry-pick -x" &&
	has before/actions.out "done by" && lacks before/stats.out "exit code 1"
'
if tool git
then
	PATH=$CACHE/git/bin:$PATH
	ok 'to a reftable and back, with what was kept before' '
		another there && git refs migrate --ref-format=reftable && alike &&
		git refs migrate --ref-format=files && alike
	'
	ok 'the folder of another repository of refs' '
		another elsewhere && git refs migrate --ref-format=reftable &&
		mkdir ../refs && cp -R .git/reftable .git/HEAD ../refs &&
		git config extensions.refStorage "reftable://$PWD/../refs" &&
		if git rev-parse HEAD; then alike; fi
	'
	ok 'extensions of which libgit2 knows nothing' '
		another extended &&
		git config core.repositoryFormatVersion 1 && for one in submodulePathConfig noop-v1 \
			relativeWorktrees preciousObjects
		do
			git config "extensions.$one" true || exit 1
		done && git rev-parse HEAD && alike
	'
	ok 'a linked worktree with relative paths, moved with its repository' '
		mkdir linked && cd linked && cp -R ../r main && cd main &&
		git worktree add -q --relative-paths --detach ../r &&
		cd ../.. && mkdir away && mv linked away && cd away/linked/r && alike
	'
else
	skip 'to a reftable and back, with what was kept before' \
		'no git that knows it'
	skip 'the folder of another repository of refs' 'no git that knows it'
	skip 'extensions of which libgit2 knows nothing' 'no git that knows it'
	skip 'a linked worktree with relative paths, moved with its repository' \
		'no git that knows it'
fi
for filter in blob:none tree:0
do
	ok "$filter, and no way to fetch: the same, or what brings it" '
		git -C r config uploadpack.allowFilter true &&
		name=$(echo $filter | tr -d :) && mkdir "$name" && cd "$name" &&
		git clone -q --no-local --filter=$filter "file://$TRASH/r" r && cd r &&
		git branch -q release/1.0 origin/release/1.0 &&
		git remote set-url origin "file://$TRASH/gone" &&
		git remote set-head origin -d &&
		git for-each-ref --format="delete %(refname)" refs/remotes |
			git update-ref --stdin &&
		git retro hooks install >../out && rm -rf ../../now && answers now &&
		bad=0 && for said in ../../now/*.out
		do
			said=${said##*/} said=${said%.out}
			# Its shares are of what is known.
			[ "$said" = stats ] || cmp -s ../../before/$said.out ../../now/$said.out ||
				fetches "$said" || {
				echo "$said: differs without a word"
				diff ../../before/$said.out ../../now/$said.out
				bad=1
			}
		done && test $bad = 0
	'
done
test_done
