#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Beside the real hook managers: whoever comes first, whoever goes first, and
# twice in a row. Each time a release is tagged and pushed, their hook runs with
# its arguments and input, and ours speaks once.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/hook.sh"
. "$TESTS/lib/tools.sh"
OLD_PATH=$PATH

# What their hook runs: it writes down what it is given. What is called git-lfs
# does the same in front of the real one.
mkdir "$TRASH/bin"
cat >"$TRASH/bin/theirs" <<'END'
#!/bin/sh
{ echo "arguments: $*" && cat; } >>"$TRASH/theirs"
END
cat >"$TRASH/bin/git-lfs" <<END
#!/bin/sh
PATH=$OLD_PATH
[ "\$1" = pre-push ] || exec git-lfs "\$@"
cat >"$TRASH/input" && cat "$TRASH/input" >>"$TRASH/theirs" &&
exec git-lfs "\$@" <"$TRASH/input"
END
chmod +x "$TRASH"/bin/*
npm_bin=$CACHE/npm/node_modules/.bin

# release <number>: tags it and pushes it, with a commit of its own.
release () {
	rm -f "$TRASH/theirs" && commit "change $1" &&
	git tag "v$1.0.0" 2>"$TRASH/tagged" &&
	git push -q origin HEAD "v$1.0.0" >"$TRASH/pushed" 2>&1
}

theirs_ran () {
	case $tool in
	pre-commit) has "$TRASH/theirs" "arguments: origin" ;;
	git-lfs) has "$TRASH/theirs" "refs/tags/v$1.0.0" ;;
	*)
		has "$TRASH/theirs" "arguments: origin $TRASH/$tool.git" &&
		has "$TRASH/theirs" "refs/tags/v$1.0.0" &&
		has "$TRASH/theirs" "refs/heads/main"
		;;
	esac
}

# ours_spoke <number>: once when the tag was made, and once at the push.
ours_spoke () {
	test "$(grep -c "v$1.0.0 has no retro yet" "$TRASH/tagged")" = 1 &&
	test "$(grep -c "v$1.0.0 has no retro yet" "$TRASH/pushed")" = 1 &&
	return
	cat "$TRASH/tagged" "$TRASH/pushed"
	return 1
}

ours_silent () {
	lacks "$TRASH/tagged" "git retro" && lacks "$TRASH/pushed" "git retro"
}

# files: names, modes and bytes of all that hooks are made of.
files () {
	find .git/hooks .git/config .husky lefthook* ! -type d 2>/dev/null |
	LC_ALL=C sort | while read -r file
	do
		stat -c '%a %n' "$file" && cksum <"$file"
	done
}

# What each tool needs in the repository; how it comes and goes.
prepare_husky () {
	mkdir -p .husky && echo 'theirs "$@"' >.husky/pre-push
}
add_husky () {
	"$npm_bin/husky"
}
remove_husky () {
	git config --unset core.hooksPath && rm -r .husky
}

prepare_lefthook () {
	cat >lefthook.yml <<-\END
	pre-push:
	  commands:
	    theirs:
	      use_stdin: true
	      files: echo lefthook.yml
	      run: theirs {0} # {files}
	END
}
add_lefthook () {
	"$npm_bin/lefthook" install
}
remove_lefthook () {
	"$npm_bin/lefthook" uninstall
}

prepare_pre_commit () {
	cat >.pre-commit-config.yaml <<-\END
	repos:
	- repo: local
	  hooks:
	  - id: theirs
	    name: theirs
	    language: system
	    entry: sh -c 'theirs "$PRE_COMMIT_REMOTE_NAME" </dev/null'
	    pass_filenames: false
	    always_run: true
	    stages: [push]
	END
}
add_pre_commit () {
	pre-commit install -t pre-push
}
remove_pre_commit () {
	pre-commit uninstall -t pre-push
}

# It never touches another hook; where there is one it says so and fails.
prepare_git_lfs () {
	:
}
add_git_lfs () {
	git lfs install --local || git lfs install --local --force
}
remove_git_lfs () {
	git lfs uninstall --local
}

# A hook written by hand.
prepare_hand () {
	:
}
add_hand () {
	printf '#!/bin/sh\ntheirs "$@"' >.git/hooks/pre-push &&
	chmod 750 .git/hooks/pre-push
}
remove_hand () {
	rm .git/hooks/pre-push
}

# start <number>: a fresh repository of the tool's.
start () {
	git init -q --bare "$TRASH/$tool.git" && new_repo "$tool" &&
	cd "$tool" && git config remote.origin.url "$TRASH/$tool.git" &&
	commit start && "prepare_$name" && git add . && git commit -q --allow-empty -m tool
}

# beside <tool> [<with>]: all the orders.
beside () {
	tool=$1 name=$(echo "$1" | tr - _) with=$2
	ok "$tool$with: there first, and ours goes first" '
		start && "add_$name" && files >"$TRASH/before" &&
		release 1 && theirs_ran 1 &&
		git retro hooks install && release 2 && theirs_ran 2 &&
		ours_spoke 2 && git retro hooks status &&
		files >"$TRASH/once" && git retro hooks install &&
		files >"$TRASH/twice" && same "$TRASH/once" "$TRASH/twice" &&
		release 3 && theirs_ran 3 && ours_spoke 3 &&
		git retro hooks uninstall && files >"$TRASH/after" &&
		same "$TRASH/before" "$TRASH/after" && release 4 &&
		theirs_ran 4 && ours_silent && git retro hooks uninstall &&
		files >"$TRASH/after" && same "$TRASH/before" "$TRASH/after"
	'
	ok "$tool$with: set up again over ours" '
		cd "$tool" && git retro hooks install && "add_$name" &&
		"add_$name" && { git retro hooks status ||
			git retro hooks install; } &&
		git retro hooks status && release 11 && theirs_ran 11 &&
		ours_spoke 11 && git retro hooks uninstall && release 12 &&
		theirs_ran 12 && ours_silent
	'
	ok "$tool$with: there first, and goes first" '
		rm -rf "$tool" "$tool.git" && start &&
		files >"$TRASH/before" && "add_$name" &&
		git retro hooks install && { "remove_$name" || :; } &&
		{ git retro hooks status || git retro hooks install; } &&
		release 1 && ours_spoke 1 && git retro hooks uninstall &&
		release 2 && ours_silent && ! grep -r git-retro .git/hooks
	'
	ok "$tool$with: comes after ours, and ours goes first" '
		rm -rf "$tool" "$tool.git" && start && git retro hooks install &&
		release 1 && ours_spoke 1 && "add_$name" &&
		{ git retro hooks status || git retro hooks install; } &&
		release 2 && theirs_ran 2 && ours_spoke 2 &&
		git retro hooks install && git retro hooks install &&
		release 3 && theirs_ran 3 && ours_spoke 3 &&
		git retro hooks uninstall && release 4 && theirs_ran 4 &&
		ours_silent && ! grep -r git-retro .git/hooks .git/config
	'
	ok "$tool$with: comes after ours, and goes first" '
		rm -rf "$tool" "$tool.git" && start && git retro hooks install &&
		files >"$TRASH/before" && "add_$name" &&
		{ git retro hooks status || git retro hooks install; } &&
		release 1 && theirs_ran 1 && ours_spoke 1 &&
		{ "remove_$name" || :; } &&
		{ git retro hooks status || git retro hooks install; } &&
		release 2 && ours_spoke 2 && git retro hooks uninstall &&
		release 3 && ours_silent &&
		! grep -r git-retro .git/hooks .git/config
	'
	rm -rf "${TRASH:?}/$tool" "$TRASH/$tool.git"
}

# A retro with an error, staged: ours holds the commit back, theirs runs.
staged_error () {
	mkdir -p retros && printf -- '---\nid: bad\ntitle: B\ndate: 2026-02-30\n' \
		>retros/bad.md && printf 'status: final\n---\n' >>retros/bad.md &&
	git add retros
}
prepare_commit () {
	case $1 in
	husky) mkdir -p .husky && echo theirs >.husky/pre-commit ;;
	lefthook)
		printf 'pre-commit:\n  commands:\n    x:\n      run: theirs </dev/null\n' \
			>lefthook.yml
		;;
	pre-commit)
		sed 's/push/commit/' .pre-commit-config.yaml >new &&
		mv new .pre-commit-config.yaml
		;;
	esac
}
# committing <tool> [<with>]: the hook pre-commit, beside theirs.
committing () {
	tool=$1 name=$(echo "$1" | tr - _) with=$2
	ok "$tool$with: at a commit, too" '
		start && prepare_commit "$tool" && git add . &&
		git commit -q --allow-empty -m config && "add_$name" &&
		{ [ $tool != pre-commit ] || pre-commit install -t pre-commit; } &&
		git retro hooks install && git retro hooks status &&
		rm -f "$TRASH/theirs" && commit fine && test -e "$TRASH/theirs" &&
		policy "check-staged: block" && staged_error &&
		rm "$TRASH/theirs" &&
		! git commit -q -m bad >out 2>&1 && has out retros/bad.md &&
		git retro hooks uninstall && git commit -q -m bad &&
		test -e "$TRASH/theirs"
	'
	rm -rf "${TRASH:?}/$tool" "$TRASH/$tool.git"
}

# each [<with>]: beside each that is here.
each () {
	for each in hand husky lefthook pre-commit git-lfs
	do
		if [ "$each" = hand ] || tool "$each"
		then
			beside "$each" "$1"
			case $each in
			husky | lefthook | pre-commit) committing "$each" "$1" ;;
			esac
		else
			skip "$each$1" "it cannot be had here"
		fi
	done
}

PATH=$TRASH/bin:$PATH
if tool lefthook
then
	ok_shims 'lefthook: post-rewrite is given its word and its lines' '
		new_repo rewrite && cd rewrite && commit one && printf \
			"post-rewrite:\n  commands:\n    x:\n      run: touch ran\n" \
			>lefthook.yml && add_lefthook && git retro hooks install &&
		has lefthook-local.yml "post-rewrite {1} #" &&
		old=$(git rev-parse HEAD) && tick &&
		git commit -q --amend -m two && test -e ran &&
		has .git/retro/rewrites "amend $old $(git rev-parse HEAD)"
	'
fi
each ''
if ! tool git
then
	skip 'git with hooks in its config' 'it cannot be had here'
	test_done
fi

PATH=$CACHE/git/bin:$PATH
each ', git with hooks in its config'

# place <name>: a repository with a commit, a server, and hooks in its config.
place () {
	git init -q --bare "$1.git" && new_repo "$1" && cd "$1" &&
	git config remote.origin.url "$TRASH/$1.git" && commit start &&
	git retro hooks install
}
ok 'in config: told so, and gone to the byte' '
	new_repo declared && cd declared && cp .git/config ../config &&
	git retro hooks install >out && has out "pre-push: installed in git config" &&
	test "$(ls .git/hooks | grep -v sample)" = "" &&
	git hook list pre-push >list && grep -x retro-pre-push list &&
	git retro hooks status >out && has out "$PWD/.git/config" &&
	mkdir sub && cd sub && git retro hooks status && cd .. &&
	git retro doctor >out && has out "Cost of the hook" &&
	git retro hooks uninstall >out && has out "pre-push: removed" &&
	cmp .git/config ../config
'
ok 'in config: core.hooksPath outside is no matter' '
	place outer && mkdir ../all && git config core.hooksPath "$TRASH/all" &&
	release 1 && ours_spoke 1 && git retro hooks install &&
	git retro hooks status && git retro hooks uninstall && release 2 &&
	ours_silent && test -z "$(ls ../all)"
'
ok 'in config: a linked worktree, a bare repository and a submodule' '
	place shared && git worktree add -q ../linked -b other &&
	cd ../linked && release 1 && ours_spoke 1 && git retro hooks status &&
	cd .. && git clone -q --bare shared clone.git && cd clone.git &&
	git retro hooks install && git tag v2.0.0 2>err && line v2.0.0 &&
	cd ../shared && git submodule --quiet add ../linked sub 2>/dev/null &&
	cd sub && git retro hooks install && git tag v3.0.0 2>err &&
	line v3.0.0
'
ok 'in config: the gate stops a push, GIT_RETRO=0 opens it' '
	place stopped && policy "on-push: block" && commit policy .retro.yml \
		"$(cat .retro.yml)" && git tag v1.0.0 2>err && line v1.0.0 &&
	! git push -q origin v1.0.0 2>err && has err "push rejected" &&
	GIT_RETRO=0 git push -q origin v1.0.0
'
ok 'in config: a program that is gone stops nothing' '
	mkdir gone && cp "$BUILD/git-retro" "$BUILD/git-retro-hook" gone &&
	place left && git retro hooks uninstall &&
	../gone/git-retro hooks install && rm -r ../gone &&
	commit more && release 1 && ours_silent &&
	status 1 git retro hooks status >out && has out "outdated or of another place" &&
	git retro hooks install && release 2 && ours_spoke 2
'
ok 'in config: a release is asked for at a terminal' '
	place asked && "$PTY" -e "[l]ater, [?] " -s "n\r" -- \
		git tag v1.0.0 && test "$(answer v1.0.0)" = no
'
ok 'in config: switched off, and of another config' '
	place off && git config hook.pre-push.enabled false &&
	status 1 git retro hooks status >out && has out "disabled there" &&
	git config --unset hook.pre-push.enabled && git retro hooks uninstall &&
	git config --global hook.retro-pre-push.command true &&
	git config --global hook.retro-pre-push.event pre-push &&
	git retro hooks install >out && has out "does not belong to this repository" &&
	git retro hooks uninstall >out && has out "left alone" &&
	git config --global --remove-section hook.retro-pre-push
'
ok_shims 'in config: never both ways at once, whichever git comes' '
	git init -q --bare moved.git && new_repo moved && cd moved &&
	git config remote.origin.url "$TRASH/moved.git" && commit start &&
	printf "#!/bin/sh\ntheirs \"\$@\"" >.git/hooks/pre-push &&
	chmod 750 .git/hooks/pre-push && files >../before && tool=moved &&
	PATH=$TRASH/bin:$OLD_PATH git retro hooks install &&
	test -e .git/hooks/pre-push.pre-retro && git retro hooks install &&
	test ! -e .git/hooks/pre-push.pre-retro && release 1 &&
	ours_spoke 1 && theirs_ran 1 && git retro hooks status &&
	PATH=$TRASH/bin:$OLD_PATH && status 1 git retro hooks status >out &&
	has out "this git does not look" && git retro hooks install &&
	lacks .git/config "[hook" && release 2 && ours_spoke 2 &&
	theirs_ran 2 && git retro hooks uninstall && files >../after &&
	same ../before ../after
'
test_done
