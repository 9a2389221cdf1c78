#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Our hooks next to whatever is there, and away again without a trace.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/hook.sh"
unset GIT_TEMPLATE_DIR # the samples are there, as people have them

# listing <folder>: names, modes and bytes of what lies there.
listing () {
	(cd "$1" && find . ! -type d | sort | while read -r file
	do
		stat -c '%A %n' "$file" && readlink "$file"
		[ -r "$file" ] && cksum <"$file"
		:
	done)
}

ok_shims 'installs, tells, and twice changes nothing' '
	new_repo plain && cd plain && status 1 git retro hooks status >out &&
	has out "pre-push: not installed" && git retro hooks install >out &&
	has out "pre-push: installed" && listing .git/hooks >one &&
	git retro hooks install >out && has out "already installed" &&
	listing .git/hooks >two && same one two &&
	git retro hooks status >out && has out "reference-transaction: installed" &&
	test "$(stat -c %a .git/hooks/pre-push)" = 755
'
ok 'uninstall leaves nothing of ours' '
	new_repo away && cd away && listing .git/hooks >one &&
	git retro hooks install && git retro hooks uninstall >out &&
	has out "pre-push: removed" && listing .git/hooks >two &&
	same one two && git retro hooks uninstall >out &&
	has out "not installed"
'
ok_shims 'a dry run writes nothing' '
	new_repo dry && cd dry && echo x >.git/hooks/pre-push &&
	listing .git >one && git retro hooks install --dry-run >out &&
	has out "kept as pre-push.pre-retro" && listing .git >two && same one two
'
ok_shims 'a hook that is there comes back to the byte and the mode' '
	new_repo other && cd other &&
	printf "#!/bin/sh\nexit 0" >.git/hooks/pre-push &&
	chmod 4711 .git/hooks/pre-push &&
	printf "\377\000binary" >.git/hooks/reference-transaction &&
	chmod 640 .git/hooks/reference-transaction &&
	listing .git/hooks >one && may_fail git retro hooks status >out && has out "another hook" &&
	git retro hooks install >out &&
	has out "kept as pre-push.pre-retro" && git retro hooks status &&
	git retro hooks install && git retro hooks uninstall >out &&
	has out "the earlier hook is back" && listing .git/hooks >two &&
	same one two
'
ok_shims 'a link is kept as a link' '
	new_repo link && cd link && commit first && echo "#!/bin/sh" >script &&
	chmod +x script && ln -s ../../script .git/hooks/pre-push &&
	ln -s nowhere .git/hooks/reference-transaction &&
	listing .git/hooks >one && git retro hooks install &&
	test -L .git/hooks/pre-push.pre-retro && test ! -L .git/hooks/pre-push &&
	test "$(cat script)" = "#!/bin/sh" && git tag x &&
	git retro hooks uninstall && listing .git/hooks >two && same one two
'
ok_shims 'a kept hook is never overwritten' '
	new_repo kept && cd kept && echo one >.git/hooks/pre-push &&
	git retro hooks install && echo two >.git/hooks/pre-push &&
	listing .git/hooks >one && status 128 git retro hooks install 2>err &&
	has err "pre-push.pre-retro" && listing .git/hooks >two && same one two
'
ok_shims 'a shim of another version or place is updated' '
	new_repo stale && cd stale && echo other >.git/hooks/pre-push &&
	git retro hooks install && listing .git/hooks >one &&
	sed -i "s|^program=.*|program=/nowhere/git-retro-hook|" \
		.git/hooks/pre-push && sed -i "s/shim 1/shim 0/" \
		.git/hooks/reference-transaction &&
	status 1 git retro hooks status >out && has out "outdated" &&
	git retro hooks install >out && has out "updated" &&
	listing .git/hooks >two && same one two
'
ok_shims 'a shim that lost its mode is updated' '
	new_repo mode && cd mode && git retro hooks install &&
	chmod -x .git/hooks/pre-push && status 1 git retro hooks status &&
	git retro hooks install && test -x .git/hooks/pre-push
'
ok_shims 'a shim that somebody added to is left alone' '
	new_repo edited && cd edited && git retro hooks install &&
	echo "make lint" >>.git/hooks/pre-push && listing .git/hooks >one &&
	git retro hooks install >out && has out "edited by hand" &&
	git retro hooks uninstall >out && has out "edited by hand" &&
	test -e .git/hooks/pre-push && tail -n 1 .git/hooks/pre-push | grep lint
'
ok_shims 'ours, renamed by another tool, is not chained twice' '
	hooked legacy && mv .git/hooks/pre-push .git/hooks/pre-push.legacy &&
	printf "#!/bin/sh\nexec .git/hooks/pre-push.legacy \"\$@\"\n" \
		>.git/hooks/pre-push && chmod +x .git/hooks/pre-push &&
	listing .git/hooks >one && git retro hooks install >out &&
	has out "pre-push.legacy" && listing .git/hooks >two && same one two &&
	git init -q --bare ../legacy.git && GIT_RETRO=0 git tag v1.0.0 &&
	git push -q ../legacy.git v1.0.0 2>err && line v1.0.0 &&
	git retro hooks status &&
	sed -i "s/shim 1/shim 0/" .git/hooks/pre-push.legacy &&
	git retro hooks install && listing .git/hooks >two && same one two &&
	git retro hooks uninstall && test ! -e .git/hooks/pre-push.legacy &&
	test -e .git/hooks/pre-push
'
ok_shims 'a deleted shim gives the kept hook back' '
	new_repo deleted && cd deleted && echo mine >.git/hooks/pre-push &&
	git retro hooks install && rm .git/hooks/pre-push &&
	git retro hooks uninstall && test "$(cat .git/hooks/pre-push)" = mine
'
ok_shims 'a repository without a hooks folder gets one' '
	git init -q --template= bald && cd bald && git retro hooks install &&
	test -x .git/hooks/pre-push
'
ok 'the program may have any path' '
	dir="$TRASH/it'\''s \$(a) \"place\"" && mkdir "$dir" &&
	cp "$BUILD/git-retro" "$BUILD/git-retro-hook" "$dir" &&
	new_repo odd && cd odd && commit first &&
	"$dir/git-retro" hooks install && git tag v1.0.0 2>err && line v1.0.0
'
ok 'without git-retro-hook beside it, nothing is installed' '
	mkdir alone && cp "$BUILD/git-retro" alone && new_repo lonely &&
	cd lonely && status 128 ../alone/git-retro hooks install 2>err &&
	has err "git-retro-hook" && test ! -e .git/hooks/pre-push
'
ok_shims 'a linked worktree and a submodule use the right folder' '
	new_repo main-tree && cd main-tree && commit first &&
	git worktree add -q ../linked && cd ../linked &&
	git retro hooks install && test -x ../main-tree/.git/hooks/pre-push &&
	cd .. && new_repo super && cd super && commit first &&
	git submodule --quiet add ../main-tree sub 2>/dev/null && cd sub &&
	git retro hooks install &&
	test -x ../.git/modules/sub/hooks/pre-push
'
ok_shims 'a folder of the work tree gets shims that look the program up' '
	new_repo shared && cd shared && commit first && mkdir .githooks &&
	git config core.hooksPath .githooks && git retro hooks install &&
	lacks .githooks/pre-push "$BUILD" && test ! -e .git/hooks/pre-push &&
	git tag v1.0.0 2>err && line v1.0.0 &&
	PATH=/usr/bin:/bin git tag v2.0.0 2>err && test_empty err &&
	mkdir sub && cd sub && git retro hooks status && cd .. &&
	git retro hooks uninstall && test -z "$(ls .githooks)"
'
ok_shims 'hooks outside the repository are left alone, with advice' '
	new_repo outside && cd outside && mkdir ../all &&
	git config core.hooksPath "$TRASH/all" &&
	status 128 git retro hooks install >out 2>err &&
	has out "post-rewrite: not installed" && has err "core.hooksPath" &&
	has err "not installed: reference-transaction, pre-push, pre-commit, commit-msg, post-rewrite" &&
	has err "hint:" && has err "git-retro-hook" &&
	has err "git config core.hooksPath $PWD/.git/hooks" &&
	test -z "$(ls ../all)" && status 128 git retro hooks status 2>err &&
	has err "which is left alone" && git retro doctor >out &&
	has out "which is left alone" && lacks out "is not installed"
'
ok_shims 'outside: what the advice says is all that is needed' '
	cd outside && git init -q --bare ../outside.git && commit one &&
	line=$(sed -n "s/.* there with .\(!.*\$@\"\).;.*/\1/p" err) &&
	printf "#!/bin/sh\ntest \"\$1\" != nowhere\n%s\n" "$line" \
		>../all/pre-push && chmod +x ../all/pre-push &&
	status 128 git retro hooks install >out 2>err &&
	has out "pre-push: started by the existing hook" &&
	has err "not installed: reference-transaction, pre-commit, commit-msg, post-rewrite" &&
	for hook in reference-transaction pre-commit commit-msg post-rewrite
	do
		cp ../all/pre-push ../all/$hook || exit 1
	done && git retro hooks install >out && git retro hooks status &&
	git retro init >out && has out "when you tag the next release" &&
	git retro doctor >out && has out "  none" &&
	git tag v1.0.0 2>err && line v1.0.0 &&
	git push -q ../outside.git v1.0.0 2>err && line v1.0.0 &&
	git retro hooks uninstall >out && has out "left alone" &&
	chmod -x ../all/pre-push && status 128 git retro hooks status 2>err &&
	has err "not installed: pre-push" && chmod +x ../all/pre-push &&
	PATH=/usr/bin:/bin git tag v2.0.0 && rm -r ../all && mkdir ../all
'
ok_shims 'outside: or those of the repository again' '
	cd outside && status 128 git retro hooks install 2>err &&
	eval "$(sed -n "s/.*: run .\(git config [^,]*\)., then.*/\1/p" err)" &&
	git retro hooks install && git tag v3.0.0 2>err && line v3.0.0
'
ok_shims 'outside: no folder at all, as to switch hooks off' '
	new_repo nowhere && cd nowhere && git config core.hooksPath /dev/null &&
	status 128 git retro init >out 2>err && has out "To draft one now" &&
	lacks out "You will be asked" && has err "/dev/null" && has err "which is not a folder" &&
	has err "git config core.hooksPath"
'
ok_shims 'so is a hooks folder that is a link to outside' '
	new_repo linkdir && cd linkdir && mkdir ../far && rm -r .git/hooks &&
	ln -s ../../far .git/hooks && status 128 git retro hooks install 2>err &&
	has err "a link instead of the hooks folder" && lacks err core.hooksPath &&
	test -z "$(ls ../far)"
'
ok_shims 'husky 9: its shims stay, the scripts get two lines' '
	git init -q --bare husky.git && new_repo husky && cd husky &&
	commit first && mkdir -p .husky/_ && git config core.hooksPath .husky/_ &&
	for hook in h pre-push prepare-commit-msg
	do
		cat >.husky/_/$hook <<-\EOF && chmod +x .husky/_/$hook || exit 1
		#!/usr/bin/env sh
		s=$(dirname "$(dirname "$0")")/$(basename "$0")
		[ ! -f "$s" ] || sh -e "$s" "$@"
		EOF
	done && printf "echo theirs >../theirs" >.husky/pre-push &&
	listing .husky >one && git retro hooks install &&
	has .husky/pre-push "git-retro-hook pre-push" &&
	test ! -e .husky/prepare-commit-msg && git retro hooks status &&
	listing .husky >two && git retro hooks install >out &&
	has out "already installed" && listing .husky >three &&
	same two three && git tag v1.0.0 2>err && line v1.0.0 &&
	git push -q ../husky.git v1.0.0 2>err && test -e ../theirs &&
	line v1.0.0 && GIT_RETRO=0 git tag v2.0.0 &&
	PATH=/usr/bin:/bin git push -q ../husky.git v2.0.0 2>err &&
	test_empty err && git retro hooks uninstall &&
	listing .husky >four && same one four
'
ok_shims 'husky 9: a gate stops the push there too' '
	git init -q --bare gate.git && new_repo gate && cd gate &&
	commit first && cp -R ../husky/.husky . &&
	git config core.hooksPath .husky/_ && policy "on-push: block" &&
	git retro hooks install && GIT_RETRO=0 git tag v1.0.0 &&
	! git push -q ../gate.git v1.0.0 2>err && has err "push rejected"
'
ok 'husky 8: its own scripts are the hooks' '
	git init -q --bare eight.git && new_repo eight && cd eight &&
	commit first && mkdir -p .husky/_ && echo : >.husky/_/husky.sh &&
	git config core.hooksPath .husky &&
	printf "#!/bin/sh\n. \"\${0%%/*}/_/husky.sh\"\n" >.husky/pre-push &&
	chmod +x .husky/pre-push && listing .husky >one &&
	git retro hooks install && git retro hooks status &&
	git tag v1.0.0 2>err && line v1.0.0 &&
	git push -q ../eight.git v1.0.0 2>err && line v1.0.0 &&
	git retro hooks uninstall && listing .husky >two && same one two
'
ok_shims 'husky 9: a script that reads all its input leaves us ours' '
	git init -q --bare reads.git && new_repo reads && cd reads &&
	commit first && cp -R ../husky/.husky . &&
	git config core.hooksPath .husky/_ && policy "on-push: block" &&
	echo "cat >\"$TRASH/read\"; echo \"\$@\" >>\"$TRASH/read\"" \
		>.husky/pre-push &&
	git retro hooks install && GIT_RETRO=0 git push -q ../reads.git main &&
	test "$(sed -n "s/ .*//p" ../read)" = "refs/heads/main
../reads.git" && GIT_RETRO=0 git tag v1.0.0 &&
	! git push -q ../reads.git v1.0.0 2>err &&
	has err "push rejected" && rm ../read &&
	GIT_RETRO=0 git push -q ../reads.git main &&
	test "$(cat ../read)" = "../reads.git ../reads.git"
'
# A repository whose hook is lefthook'"'"'s.
lefthook () {
	new_repo "$1" && cd "$1" && commit first &&
	printf "#!/bin/sh\ncall_lefthook () { :; }\n" >.git/hooks/pre-push &&
	chmod +x .git/hooks/pre-push
}
ok_shims 'lefthook: an entry in its local settings, and out again' '
	lefthook left && cp .git/hooks/pre-push ../lefthooks &&
	git retro hooks install && has lefthook-local.yml "use_stdin: true" &&
	cmp .git/hooks/pre-push ../lefthooks && git retro hooks status &&
	git retro hooks uninstall && test ! -e lefthook-local.yml &&
	printf "output: [meta]" >lefthook-local.yml &&
	git retro hooks install && git retro hooks install &&
	has lefthook-local.yml "git-retro-hook" &&
	git retro hooks uninstall &&
	test "$(cat lefthook-local.yml)" = "output: [meta]" &&
	test "$(wc -c <lefthook-local.yml)" = 14
'
ok_shims 'lefthook: settings that are in the way are left alone, with advice' '
	lefthook way && printf "pre-push:\n  parallel: true\n" \
		>lefthook-local.yml && cp lefthook-local.yml ../way.yml &&
	git retro hooks install >out && has out "use_stdin: true" &&
	cmp lefthook-local.yml ../way.yml && status 1 git retro hooks status &&
	printf "\"pre-push\": {}\n" >lefthook-local.yml &&
	git retro hooks install >out && has out "not installed: lefthook-local.yml" &&
	mv lefthook-local.yml .lefthook-local.yml &&
	git retro hooks install >out && has out "not installed: .lefthook-local.yml" &&
	test ! -e lefthook-local.yml
'
ok_shims 'ours, put aside by lefthook, is not taken for installed' '
	lefthook aside && mv .git/hooks/pre-push ../hook &&
	git retro hooks install && mv .git/hooks/pre-push \
		.git/hooks/pre-push.old && mv ../hook .git/hooks/pre-push &&
	status 1 git retro hooks status && git retro hooks install &&
	git retro hooks status && git retro hooks uninstall &&
	test ! -e .git/hooks/pre-push.old
'
ok_shims 'pre-commit: ours stands where it starts an older hook' '
	new_repo legacy2 && cd legacy2 && printf \
		"#!/bin/sh\n# File generated by pre-commit: x\n" \
		>.git/hooks/pre-push && echo theirs >.git/hooks/pre-push.legacy &&
	chmod 711 .git/hooks/pre-push* && listing .git/hooks >one &&
	git retro hooks install >out && has out "kept as pre-push.pre-retro" &&
	git retro hooks status && git retro hooks install &&
	has .git/hooks/pre-push.legacy "git-retro hook shim" &&
	git retro hooks uninstall && listing .git/hooks >two && same one two
'
ok_shims 'the folder of husky 9 is known by its name, whatever is in it' '
	new_repo byname && cd byname && mkdir -p .husky/_ &&
	git config core.hooksPath .husky/_ && commit first &&
	printf "#!/bin/sh\nexec sh -e \"\${0%%/*}/../\${0##*/}\" \"\$@\"\n" \
		>.husky/_/pre-commit && chmod +x .husky/_/pre-commit &&
	echo "echo theirs >theirs" >.husky/pre-commit &&
	listing .husky >one && git retro hooks install &&
	has .husky/pre-commit "git-retro-hook pre-commit" &&
	commit second && test -e theirs && git retro hooks status &&
	git tag v1.0.0 2>err && line v1.0.0 &&
	git retro hooks uninstall && listing .husky >two && same one two
'
ok_shims 'a hook that asks for its own name is not renamed' '
	new_repo named && cd named && commit first &&
	for text in "exec sh .hooks/\"\${0##*/}\"" \
		"sh .hooks/\$(basename \"\$0\")" \
		"#!/usr/bin/env ruby\nhook_type = File.basename(\$0)" \
		"#!/usr/bin/perl\nbasename(\$0)"
	do
		printf "$text" >.git/hooks/pre-commit &&
		chmod +x .git/hooks/pre-commit && cp .git/hooks/pre-commit was &&
		git retro hooks install >out && same was .git/hooks/pre-commit &&
		test ! -e .git/hooks/pre-commit.pre-retro &&
		has out "git-retro-hook pre-commit" &&
		status 1 git retro hooks status >out &&
		has out "asks for its own name" &&
		git retro doctor >out &&
		has out "hook pre-commit is not installed" &&
		has out "let it call" || { echo "$text"; exit 1; }
	done &&
	printf "#!/bin/sh\necho \"\${0##*/}\" >name\n%s\n" \
		"git-retro-hook pre-commit \"\$@\"" >.git/hooks/pre-commit &&
	git retro hooks install >out && has out "started by the existing hook" &&
	git retro hooks status && commit second && test "$(cat name)" = pre-commit &&
	git retro hooks uninstall && has .git/hooks/pre-commit "git-retro-hook"
'
ok_shims 'init says that it will ask only if a hook does' '
	new_repo unasked && cd unasked &&
	printf "#!/bin/sh\nexit 0 # \${0##*/}\n" \
		>.git/hooks/reference-transaction &&
	chmod +x .git/hooks/reference-transaction && commit first &&
	git retro init >out && lacks out "You will be asked" &&
	rm .git/hooks/reference-transaction .retro.yml &&
	git retro init >out && has out "You will be asked"
'
ok 'a hook that its tool wrote again is kept as it was' '
	new_repo again && cd again && echo lfs >.git/hooks/pre-push &&
	listing .git/hooks >one && git retro hooks install &&
	echo lfs >.git/hooks/pre-push && git retro hooks install &&
	git retro hooks status && git retro hooks uninstall &&
	listing .git/hooks >two && same one two
'
ok 'uninstall finds ours where another folder took their place' '
	hooked asleep && git config core.hooksPath hooks &&
	git retro hooks install && git retro hooks uninstall &&
	! ls .git/hooks hooks | grep -E "^(pre-push|reference-transaction)$" &&
	git config --unset core.hooksPath && git retro hooks install &&
	git config core.hooksPath "$TRASH/all" && git retro hooks uninstall &&
	git config --unset core.hooksPath && status 1 git retro hooks status
'
ok 'wrong words get the usage' '
	new_repo usage && cd usage && status 129 git retro hooks &&
	status 129 git retro hooks mend && status 129 git retro hooks install x &&
	git retro hooks -h >out && has out "hooks uninstall"
'
ok 'a dry run of what has none removes nothing' '
	new_repo dry && cd dry && git retro hooks install &&
	status 129 git retro hooks uninstall --dry-run 2>err &&
	has err "goes with" && status 129 git retro hooks status -n &&
	git retro hooks status
'
test_done
