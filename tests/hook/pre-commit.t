#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The hook pre-commit: past pitfalls of staged files, and errors of staged
# retros.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/hook.sh"

# trap_at <id> <pitfall> [<line>...]: a committed retro with a pitfall.
trap_at () {
	mkdir -p retros && id=$1 text=$2 && shift 2 &&
	{
		printf '%s\n' --- "id: $id" "title: The trap $id" \
			"date: 2026-01-05" "status: draft"
		[ $# = 0 ] || printf '%s\n' "$@"
		printf '%s\n' --- '' '## Pitfalls' '' "- $text"
	} >"retros/$id.md" && git add retros && git commit -q -n -m "$id"
}

# change <file> [<git commit's options>]: commits another line of it; what is
# said is in err.
change () {
	file=$1 && shift &&
	mkdir -p "$(dirname "$file")" && echo more >>"$file" && git add "$file" &&
	git commit -q -m "Change $file" "$@" 2>err
}

told () { has err "git retro: $1"; }
quiet () { test_empty err; }

ok 'a past pitfall of a staged file is told, once a day' '
	hooked told && trap_at a "never \`src/load.c\` alone" &&
	change src/load.c && told "src/load.c: never src/load.c alone (a)" &&
	test "$(wc -l <err)" = 1 && change src/load.c && quiet &&
	SOURCE_DATE_EPOCH=$((test_clock + 86400)) && export SOURCE_DATE_EPOCH &&
	change src/load.c && told "src/load.c"
'

ok 'to each person, and for each set of files' '
	hooked sets && trap_at a "all of \`src/\` is tricky" &&
	change src/one.c && told src/one.c &&
	change src/two.c && told src/two.c &&
	change src/one.c && quiet &&
	GIT_AUTHOR_EMAIL=bo@example.com && export GIT_AUTHOR_EMAIL &&
	change src/one.c && told src/one.c && change src/one.c && quiet
'

ok 'nothing to say starts nothing' '
	hooked nothing && trap_at a "never \`src/load.c\` alone" &&
	change other.c && quiet && mkdir bin &&
	cp "$BUILD/git-retro-hook" bin/ &&
	printf "#!/bin/sh\necho started >>%s/started\n" "$PWD" >bin/git-retro &&
	chmod +x bin/git-retro && sed -i "s|^program=.*|program=$PWD/bin/git-retro-hook|" \
		.git/hooks/pre-commit &&
	change other.c && change another.c && ! test -e started &&
	change src/load.c && test -e started
'

ok 'at most five lines' '
	hooked many && for i in 1 2 3 4 5 6 7
	do
		trap_at "r$i" "trap $i of \`f.c\`" || return 1
	done && change f.c && test "$(wc -l <err)" = 5 &&
	has err "and 3 more: git retro context --staged" && change f.c && quiet
'

ok 'it blocks nothing, also where it fails' '
	hooked fails && trap_at a "never \`f.c\`" && change f.c &&
	chmod 000 retros/a.md && rm -f .git/retro/paths-table .git/retro/index &&
	change f.c; git log -1 --format=%s >out && has out "Change f.c"
'

ok 'a glob of paths; a new retro is known at once' '
	hooked globs && trap_at a "one" "paths: [\"**/*.csv\", data/]" &&
	change deep/er/x.csv && told deep/er/x.csv && change data/y && told data/y &&
	change z && quiet && trap_at b "two" "paths: [z]" && change z && told z
'

ok 'a retro that is not committed yet speaks, too; one that is being does not' '
	hooked own && trap_at a "never \`f.c\`" && git rm -q --cached retros/a.md &&
	git commit -q -n -m out && change f.c && told "f.c: never f.c (a)" &&
	trap_at b "never \`g.c\`" && git reset -q --soft HEAD^ && change g.c && quiet
'

ok 'what the fix of a retro changed: only where its lines are' '
	hooked place && printf "%s\n" "int alpha_value = 1;" "int beta_value = 2;" a b c d \
		"int gamma_value = 3;" "int delta_value = 4;" >f.c && git add f.c &&
	git commit -q -m base && sed -i "s/= 1/= 10/" f.c && git commit -q -a -m fix &&
	trap_at a "one" "commits: {fix: [$(git rev-parse HEAD)]}" &&
	sed -i "s/= 4/= 40/" f.c && git commit -q -a -m c 2>err && quiet &&
	sed -i "s/= 2/= 20/" f.c && git commit -q -a -m c 2>err && told "f.c: one (a)"
'

ok 'commit -a, and a part of what is staged' '
	hooked partial && trap_at a "never \`f.c\`" && trap_at b "never \`g.c\`" &&
	echo 1 >f.c && echo 1 >g.c && git add . && git commit -q -n -m x &&
	echo 2 >f.c && git commit -q -a -m y 2>err && told f.c &&
	lacks err g.c && echo 3 >f.c && echo 3 >g.c && git add . &&
	git commit -q -m z g.c 2>err && told g.c && lacks err f.c
'

ok 'a split index, and a sparse one' '
	hooked split && trap_at a "never \`src/f.c\`" && change src/f.c -n &&
	git update-index --split-index && change src/f.c && told src/f.c &&
	cd .. && hooked sparse && trap_at a "never \`src/f.c\`" &&
	change src/f.c -n && change lib/g.c -n &&
	git sparse-checkout set --cone --sparse-index src retros 2>/dev/null &&
	change src/f.c && told src/f.c
'

ok 'the first commit of all' '
	new_repo first && cd first && git retro hooks install >/dev/null &&
	mkdir retros && printf "%s\n" --- "id: a" "title: T" "date: 2026-01-05" \
		"status: draft" "paths: [f.c]" --- >retros/a.md &&
	change f.c && told "f.c: T (a)"
'

ok 'from a subfolder, and in a linked worktree' '
	hooked places && trap_at a "never \`src/f.c\`" && mkdir -p src && cd src &&
	change f.c && told src/f.c && cd .. && git worktree add -q ../places-2 &&
	cd ../places-2 && change src/f.c && quiet && change src/f.c &&
	SOURCE_DATE_EPOCH=$((test_clock + 86400)) && export SOURCE_DATE_EPOCH &&
	change src/f.c && told src/f.c
'

ok 'never during a merge, a rebase, a cherry-pick or a revert' '
	hooked busy && trap_at a "never \`f.c\`" && echo base >f.c && git add f.c &&
	git commit -q -n -m base && git checkout -q -b side && echo side >f.c &&
	git commit -q -n -a -m side && git checkout -q main && echo main >f.c &&
	git commit -q -n -a -m main && status 1 git merge -q side &&
	echo both >f.c && git add f.c && git commit -q -m merged 2>err && quiet &&
	git checkout -q side && status 1 git rebase -q main~1 && echo r >f.c &&
	git add f.c && git commit -q -m during 2>err && quiet &&
	GIT_EDITOR=: git rebase --continue >/dev/null 2>&1;
	git checkout -q main && status 1 git cherry-pick side &&
	echo p >f.c && git add f.c && git commit -q -m picked 2>err && quiet
'

ok 'on-commit: off, GIT_RETRO=0 and --no-verify are silent' '
	hooked off && trap_at a "never \`f.c\`" && policy "on-commit: off" &&
	change f.c && quiet && rm .retro.yml && GIT_RETRO=0 change f.c && quiet &&
	change f.c --no-verify && quiet && change f.c && told f.c
'

# broken <status>: a staged retro with an error.
broken () {
	mkdir -p retros && printf "%s\n" --- "id: x" "title: T" \
		"date: 2026-02-30" "status: $1" --- >retros/x.md && git add retros
}

ok 'errors of a staged retro are told, and stop nothing' '
	hooked warn && broken final && git commit -q -m x 2>err &&
	told "retros/x.md:4:7: date: "
'

ok 'with check-staged: block a final one with errors stops the commit' '
	hooked block && policy "check-staged: block" && broken final &&
	status 1 git commit -q -m x 2>err && told "the commit is stopped" &&
	has err "git commit --no-verify" && git commit -q --no-verify -m x
'

ok 'but a draft does not, nor one that is not staged' '
	hooked draft && policy "check-staged: block" && broken draft &&
	git commit -q -m x 2>err && broken final && git reset -q &&
	change other && quiet
'

ok 'it is the staged text that counts' '
	hooked text && policy "check-staged: block" && broken final &&
	printf "%s\n" --- "id: x" "title: T" "date: 2026-02-03" "status: final" \
		--- "## Summary" s "## Pitfalls" p "## Actions" "- [ ] A1: a @b due:2027-01-01" >retros/x.md &&
	status 1 git commit -q -m x 2>/dev/null && git add retros &&
	git commit -q -m x
'

ok 'check-staged: off does not look' '
	hooked nocheck && policy "check-staged: off" && broken final &&
	git commit -q -m x 2>err && quiet
'

ok 'the hook that was there before can still refuse' '
	new_repo chained && cd chained &&
	printf "#!/bin/sh\nexit 3\n" >.git/hooks/pre-commit &&
	chmod +x .git/hooks/pre-commit && git retro hooks install >/dev/null &&
	status 1 change f.c
'

ok 'a damaged table, and what was shown, are made anew' '
	hooked damaged && trap_at a "never \`f.c\`" && change f.c && told f.c &&
	printf "git-retro paths-table 1\n=f" >.git/retro/paths-table &&
	echo nonsense >.git/retro/shown && change f.c && told f.c &&
	change f.c && quiet
'

ok 'a name with a quote, a blank and Chinese in it' '
	hooked names && trap_at a "\`数据/标 签.csv\` 不要改" "paths: [\"数据/*\"]" &&
	change "数据/标 签.csv" && told "数据/标 签.csv: 数据/标 签.csv 不要改 (a)" &&
	change "数据/\"q\".csv" && told "数据/\"q\".csv"
'

test_done
