#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A tag is made: the one line for a release, and all the times when there is
# nothing to say.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/hook.sh"

ok 'a release tag gets one line where nobody can answer' '
	hooked line && git tag v1.0.0 2>err && line v1.0.0
'
ok 'so does an annotated tag, and one with a message' '
	hooked annotated && git tag -a -m one v1.0.0 2>err && line v1.0.0 &&
	git tag -m two v1.1.0 HEAD~0 2>err && line v1.1.0
'
ok 'a retro in the work tree, committed or not, is enough' '
	hooked covered && retro_for v1.0.0 && silent git tag v1.0.0 &&
	git checkout -q -b side && git add retros &&
	git commit -q -m "retro" && git checkout -q main && test ! -e retros &&
	git tag -d v1.0.0 && silent git tag v1.0.0
'
ok 'a waiver is enough' '
	hooked waived && retro_for v1.0.0 waived && silent git tag v1.0.0
'
ok 'what is no release, or owes nothing, is silent' '
	hooked none && silent git tag nightly && silent git tag v1.0.0-rc1 &&
	silent git tag v1.0.1 && silent git tag -a -m x v2.1.1
'
ok 'a tag of a blob or a tree is silent' '
	hooked blob && silent git tag v1.0.0 HEAD:file &&
	silent git tag v2.0.0 HEAD^{tree}
'
ok 'a release older than since is silent' '
	hooked since && commit second && git tag v2.0.0 2>err &&
	policy "releases:" "  since: v2.0.0" &&
	silent git tag v1.0.0 HEAD~1 && commit third &&
	git tag v3.0.0 2>err && line v3.0.0
'
ok 'policy and git config decide, also git -c' '
	hooked policy && policy "on-tag: off" && silent git tag v1.0.0 &&
	policy "releases:" "  tags: [\"r*\"]" && silent git tag v2.0.0 &&
	git tag r1.0 2>err && line r1.0 &&
	silent git -c retro.onTag=off tag r2.0 &&
	git tag r3.0 2>err && line r3.0 &&
	git config retro.onTag off && silent git tag r4.0
'
ok 'a change in an included config file is seen' '
	hooked include && mkdir ../conf && git config include.path ../../conf/a &&
	git config --file ../conf/a retro.onTag off && sleep 0.1 &&
	silent git tag v1.0.0 && test -e .git/retro/hooks-table &&
	git config --file ../conf/a retro.onTag prompt &&
	git tag v2.0.0 2>err && line v2.0.0
'
ok 'a copy of a repository has settings of its own' '
	hooked original && policy "on-tag: off" && sleep 0.1 &&
	silent git tag v1.0.0 && test -e .git/retro/hooks-table && cd .. &&
	cp -R original copied && cd copied && policy "on-tag: hint" && sleep 0.1 &&
	git tag v2.0.0 2>err && line v2.0.0
'
ok 'packing says nothing' '
	hooked pack && git tag v1.0.0 2>err && git tag -a -m x v2.0.0 2>err &&
	silent git pack-refs --all && git tag v3.0.0 2>err && silent git gc -q
'
ok_files 'packing is told from tagging by packed-refs alone' '
	hooked packed && for i in 1 2 3 4 5 6 7 8 9
	do
		git tag -a -m x v$i.0.0 && git tag v$i.5.0 && git branch b$i
	done 2>err && git pack-refs --all &&
	zero=0000000000000000000000000000000000000000 &&
	git for-each-ref --format="$zero %(objectname) %(refname)" >in &&
	test "$(wc -l <in)" = 28 &&
	git-retro-hook reference-transaction committed <in >out 2>&1 &&
	test_empty out &&
	tail -n 1 in | sed "s|refs/tags/.*|refs/tags/v9.1.0|" >new &&
	git update-ref refs/tags/v9.1.0 HEAD 2>err &&
	git-retro-hook reference-transaction committed <new >out 2>&1 &&
	has out "v9.1.0 has no retro yet"
'
ok_shims 'fetched, pulled and cloned tags say nothing' '
	hooked server && git tag v1.0.0 2>err && git tag -a -m x v2.0.0 2>err &&
	mkdir -p ../template/hooks && cp .git/hooks/pre-push \
		.git/hooks/reference-transaction ../template/hooks &&
	cd .. && silent git clone -q --template=template server client &&
	test -x client/.git/hooks/reference-transaction &&
	for i in 3 4 5 6 7 8 9
	do
		git -C server tag v$i.0.0 2>err &&
		git -C server tag -a -m x v$i.1.0 2>err || exit 1
	done && cd client && silent git fetch -q --tags &&
	test "$(git tag | wc -l)" = 16 &&
	git -C ../server tag v10.0 2>err && silent git pull -q --tags &&
	git -C ../server tag v11.0 2>err && silent git remote update &&
	silent git fetch origin "refs/tags/v11.0:refs/tags/v12.0"
'
ok 'history that is rewritten takes its tags along without a word' '
	hooked rewritten && for i in 1 2 3
	do
		commit c$i && git tag -a -m x v$i.0.0 2>err || exit 1
	done && FILTER_BRANCH_SQUELCH_WARNING=1 && GIT_COMMITTER_NAME=Bo &&
	export FILTER_BRANCH_SQUELCH_WARNING &&
	silent git filter-branch --env-filter "GIT_AUTHOR_NAME=Bo" \
		--tag-name-filter cat -- --all && has out "v3.0.0 -> v3.0.0" &&
	git tag v4.0.0 2>err && line v4.0.0 &&
	git update-ref refs/tags/v5.0.0 HEAD 2>err && line v5.0.0
'
ok 'what is pushed to this repository says nothing' '
	hooked pushed && cd .. && git clone -q pushed pusher && cd pusher &&
	git tag v1.0.0 && silent git push -q origin v1.0.0 &&
	git -C ../pushed rev-parse -q --verify v1.0.0
'
ok 'a deleted tag, a moved branch, a rebase and a stash say nothing' '
	hooked quiet && git tag v1.0.0 2>err && silent git tag -d v1.0.0 &&
	commit a && silent git branch b && silent git branch -f b HEAD~1 &&
	silent git checkout -q b && commit c other && silent git rebase main &&
	echo x >file && silent git stash && silent git stash pop
'
ok 'a hook that was here runs first, with arguments and input' '
	new_repo old && cd old && commit first && mkdir -p .git/hooks &&
	cat >.git/hooks/reference-transaction <<-\EOF &&
	#!/bin/sh
	echo "$@" >>../seen
	cat >>../seen
	EOF
	chmod +x .git/hooks/reference-transaction &&
	git tag before && mv ../seen ../want && git tag -d before &&
	git retro hooks install && rm ../seen && git tag before &&
	same ../want ../seen && rm ../seen && git tag v1.0.0 2>err &&
	line v1.0.0 && sed -i "s/v1.0.0/before/" ../seen &&
	same ../want ../seen && rm ../seen &&
	GIT_RETRO=0 git tag v2.0.0 2>err && test_empty err &&
	sed -i "s/v2.0.0/before/" ../seen && same ../want ../seen
'
ok 'if it fails, git fails as before' '
	new_repo refusing && cd refusing && commit first &&
	printf "#!/bin/sh\ntest \$1 != prepared || exit 3\n" \
		>.git/hooks/reference-transaction &&
	chmod +x .git/hooks/reference-transaction &&
	git retro hooks install && ! git tag v1.0.0 2>err &&
	! git rev-parse -q --verify v1.0.0 && lacks err "git retro"
'
ok_shims 'without the program git works, and the old hook runs' '
	mkdir gone && cp "$BUILD/git-retro" "$BUILD/git-retro-hook" gone &&
	new_repo left && cd left && commit first &&
	printf "#!/bin/sh\necho old >>../ran\n" \
		>.git/hooks/reference-transaction &&
	chmod +x .git/hooks/reference-transaction &&
	../gone/git-retro hooks install && rm -r ../gone &&
	silent git tag v1.0.0 && test "$(wc -l <../ran)" = 2 &&
	rm .git/hooks/reference-transaction.pre-retro &&
	silent git tag v2.0.0
'
ok_shims 'a program that crashes stops nothing' '
	mkdir crash && cp "$BUILD/git-retro-hook" crash &&
	printf "#!/bin/sh\nkill -SEGV \$\$\n" >crash/git-retro &&
	chmod +x crash/git-retro && hooked crashing &&
	for hook in pre-push reference-transaction
	do
		sed "s|^program=.*|program=$TRASH/crash/git-retro-hook|" \
			.git/hooks/$hook >new && cp new .git/hooks/$hook ||
		exit 1
	done && git init -q --bare remote && git tag v1.0.0 &&
	git push -q remote v1.0.0 && git -C remote rev-parse v1.0.0
'
ok '5,000 refs in one transaction' '
	hooked many && seq 5000 | sed "s|.*|create refs/heads/b& HEAD|" >in &&
	silent git update-ref --stdin <in &&
	seq 5000 | sed "s|.*|create refs/tags/t& HEAD|" >in &&
	silent git update-ref --stdin <in &&
	seq 5000 | sed "s|.*|create refs/tags/v&.0 HEAD|" >in &&
	git update-ref --stdin <in 2>err && test "$(wc -l <err)" = 1 &&
	has err "5000 releases have no retro yet: v1.0, v2.0" &&
	git retro hooks uninstall &&
	printf "#!/bin/sh\ncat >../lines.\$1\n" \
		>.git/hooks/reference-transaction &&
	chmod +x .git/hooks/reference-transaction && git retro hooks install &&
	seq 5000 | sed "s|.*|create refs/tags/x& HEAD|" >in &&
	silent git update-ref --stdin <in &&
	test "$(wc -l <../lines.prepared)" = 5000 &&
	same ../lines.prepared ../lines.committed
'
ok 'release tags behind the sixteenth line are found' '
	hooked deep && seq 20 | sed "s|.*|create refs/heads/a& HEAD|" >in &&
	echo "create refs/tags/v1.0.0 HEAD" >>in &&
	git update-ref --stdin <in 2>err && line v1.0.0 &&
	{ echo "create refs/tags/v2.0.0 HEAD" &&
	  seq 20 | sed "s|.*|create refs/heads/z& HEAD|"; } >in &&
	git update-ref --stdin <in 2>err && line v2.0.0
'
ok 'a linked worktree has the hooks and its own work tree' '
	hooked main-tree && git worktree add -q ../linked && cd ../linked &&
	git tag v1.0.0 2>err && line v1.0.0 &&
	"$PTY" -e "v2.0.0 has" -s "y\r" -- git tag v2.0.0 &&
	grep v2.0.0 retros/*.md && test ! -e ../main-tree/retros &&
	cd ../main-tree && test "$(answer v2.0.0)" = yes
'
ok 'a broken .retro.yml is one line and never blocks' '
	hooked yaml && printf "on-tag: [\n" >.retro.yml &&
	git tag v1.0.0 2>err && test "$(wc -l <err)" = 1 &&
	has err ".retro.yml:" && git rev-parse v1.0.0 &&
	chmod 0 .retro.yml && git tag v2.0.0 && git rev-parse v2.0.0
'
ok 'a damaged table or memory is no matter' '
	hooked damaged && mkdir -p .git/retro && echo x >.git/retro/hooks-table &&
	printf "nonsense\n\n\t\t\nyes\tv1.0.0" >.git/retro/asked &&
	git tag v1.0.0 2>err && line v1.0.0 &&
	rm -r .git/retro && echo >.git/retro && git tag v2.0.0 2>err &&
	has err "v2.0.0 has no retro yet"
'
ok 'a tag cannot put a command or an escape into the line' '
	hooked hostile && git tag "v1.0;id" 2>err &&
	has err "--release '\''v1.0;id'\''" &&
	git tag "v2.0$(printf "\342\200\256")x" 2>err &&
	lacks err "$(printf "\342\200\256")"
'
ok_shims 'under a hook manager the command is still seen' '
	hooked managed && mkdir ../managers && cd .git/hooks &&
	mv reference-transaction ours &&
	printf "#!/bin/sh\n\${0%%/*}/ours \"\$@\"\n" >reference-transaction &&
	chmod +x reference-transaction && cd ../.. &&
	git tag v1.0.0 2>err && line v1.0.0 && git clone -q . ../copy &&
	git -C ../copy tag v2.0.0 && silent git fetch -q --tags ../copy
'
test_done
