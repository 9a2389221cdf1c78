#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Warm against cold: whatever was found out before and is kept below .git/retro,
# each answer is that of a repository which keeps nothing.
. "${0%/*}/../lib/test.sh"

ids='r1 r2 r3'

# write_retro <id> <text> [<line>...]: in place, as an editor that makes no new file.
write_retro () {
	file=retros/$1.md
	{
		printf '%s\n' --- "id: $1" "title: Retro $1" "date: 2026-01-05" \
			"status: draft"
		text=$2
		shift 2
		[ $# = 0 ] || printf '%s\n' "$@"
		printf '%s\n' --- '' '## Pitfalls' '' "- $text in \`src/a.c\`" '' \
			'## Actions' '' '- [ ] A1: Look again @ann due:2026-01-10'
	} >"$file"
}

# The commands that keep something.
questions () {
	cat <<-\END
	list
	list --all
	list --open-actions
	list --path src/a.c
	list --format=json
	status
	actions
	pitfalls
	search retro
	search in:pitfalls wobble
	grep wobble
	grep --history wobble
	grep --history -c gone
	audit
	audit main
	context src/a.c src/b.c
	check
	check --staged
	show @
	trace --fix HEAD
	review main
	link --suggest --fix HEAD
	show retros/r1.md
	show v1.0.0
	show r
	END
	for id in $ids
	do
		printf "%s $id\n" show trace check "link --suggest"
	done
}

# answers: to all of them, on stdout.
answers () {
	questions | some >"$TRASH/questions" && while read -r question
	do
		echo "== $question"
		git retro $question </dev/null 2>&1 || :
	done <"$TRASH/questions"
}

# same_cold <step>: what is kept changes no answer; asked twice, as the first
# time may have written it.
same_cold () {
	tick
	answers >"$TRASH/first" && answers >"$TRASH/warm" &&
	rm -rf "$TRASH/copy" && cp -a . "$TRASH/copy" &&
	rm -rf "$TRASH/copy/.git/retro" &&
	(cd "$TRASH/copy" && answers >"$TRASH/cold") &&
	for which in first warm
	do
		diff -u "$TRASH/cold" "$TRASH/$which" >"$TRASH/diff" || {
			echo "after: $1 ($which)"
			head -n 30 "$TRASH/diff"
			return 1
		}
	done
}

# step <commands>: done in the repository that goes on, then asked.
step () {
	step=$1
	ok "$(printf %s "$1" | tr "\n" " ")" \
		'cd r && eval "$step" && same_cold "$step"'
}

ok 'a repository with a cause, a fix and a release branch' '
	new_repo r && cd r && mkdir src retros && git retro init >/dev/null &&
	git retro hooks uninstall >/dev/null &&
	commit base src/a.c one && commit other src/b.c b &&
	commit "a: the cause" src/a.c "two" && git tag v1.0.0 &&
	git branch release/1.0 && commit "a: the fix" src/a.c three &&
	write_retro r1 wobble "commits:" \
		"  cause: [$(git rev-parse HEAD~1)]" \
		"  fix: [$(git rev-parse HEAD)]" "releases: [v1.0.0]" &&
	write_retro r2 gone "related: [r1]" && git add . &&
	git commit -q -m retros && same_cold start
'
step 'write_retro r3 wobble'
step 'write_retro r3 wabble "paths: [src/b.c]"'
step 'git add retros'
step 'git commit -q -m "Add r3"'
step 'git mv retros/r3.md retros/moved.md'
step 'sed -i "s/^id: r3/id: r4/" retros/moved.md'
step 'sed -i "s/^id: r4/id: r1/" retros/moved.md && git add .'
step 'sed -i "s/^id: r1/id: r3/" retros/moved.md && git add . && git commit -q -m Moved'
step 'git checkout -q release/1.0'
step 'git cherry-pick -x $(git log --format=%H --grep="the fix" main) >/dev/null'
step 'git tag v1.0.1'
step 'git revert --no-edit HEAD >/dev/null'
step 'git checkout -q main && git branch -D release/1.0 >/dev/null'
step 'git branch release/2.0 v1.0.0'
step 'rm retros/r2.md'
step 'git commit -q -a -m "Remove r2" && git gc -q --prune=now'
step 'echo "sections: {pitfalls: [Wobbles]}" >.retro.yml'
step 'sed -i "s/^## Pitfalls/## Wobbles/" retros/*.md'
step 'commit "Retro r3" src/b.c x && git commit -q --amend -m "b: x" -m "Retro-Fix: r3"'
step 'git replace --graft HEAD'
step 'git replace -d $(git replace -l) >/dev/null'
step 'echo "bad: [" >retros/bad.md'
step 'write_retro r9 wobble "severity: 99" && mv retros/r9.md retros/bad.md'
step 'git update-ref refs/heads/topic HEAD~2 && git reset -q --hard topic'
test_done
