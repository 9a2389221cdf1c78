#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Every command that writes, with every kind of link in every place that it
# writes to: nothing outside the work tree and nothing in .git changes, nothing
# of what a link leads to gets into a file, and what is refused says why.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/hook.sh"

ours=$(ls "$TOP/hooks" | paste -sd'|' -)

# The state of all that may not change: what the links lead to.
precious () {
	git config --list --local | grep -vE "^(diff|merge)\.retro"
	find "$TRASH/far" .git docs .env -path .git/retro -prune -o \
		-path .git/config -prune -o -type f -exec cksum {} + \
		-o -print 2>/dev/null |
		grep -vE "hooks/($ours)(\.pre-retro)?$" | sort
}

# A repository with two retros, a secret that is ignored, and a folder outside.
make_base () {
	new_repo base && cd base &&
	commit first && git tag v1.0.0 && retro_for v1.0.0 &&
	printf "\n## Actions\n\n- [ ] A1: Do it\n" >>retros/v1.0.0.md &&
	printf -- "---\nid: broken\ntitle: T\ndate: 2026-01-05\nstatus: drafts\n---\n" \
		>retros/broken.md && mkdir docs && echo kept >docs/kept.md &&
	printf "TOKEN=ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8\n" >.env &&
	echo .env >.gitignore && git add . && git commit -q -m base &&
	commit second && git tag v1.1.0
}
(make_base) >/dev/null 2>&1 || echo "Bail out! no repository"

# base <name>: a copy of it; enters it.
base () {
	cd "$TRASH" && rm -rf "$1" far && mkdir far &&
	echo outside >"$TRASH/far/file" && cp -Rp base "$1" && cd "$1"
}

# What writes into the work tree, one a line: the file that it writes, and the
# command. "+": a file that is new.
writers () {
	cat <<-\END
	+retros/2026-01-05-one-of-ours.md new "One of ours" --no-edit
	+retros/2026-01-05-v1-1-0.md new --release v1.1.0 --no-edit
	+retros/2026-01-05-v1-1-0.md skip v1.1.0 --reason "none needed"
	retros/v1.0.0.md link r-v1.0.0 --path docs
	retros/v1.0.0.md unlink r-v1.0.0 --release v1.0.0
	retros/v1.0.0.md actions add r-v1.0.0 "More"
	retros/v1.0.0.md actions done r-v1.0.0#A1
	retros/v1.0.0.md actions decline r-v1.0.0#A1 --reason no
	retros/v1.0.0.md edit r-v1.0.0
	retros/broken.md check --fix
	+.retro.yml init
	+retros/.gitattributes init
	+.github/workflows/retro.yml init --ci github
	+.gitlab/retro.yml init --ci gitlab
	+lefthook-local.yml hooks install
	END
}

# What a link may lead to.
targets () {
	cat <<-END
	$TRASH/far/file
	$TRASH/far/none
	$PWD/.git/config
	$PWD/.git/hooks/none
	$PWD/.env
	docs/kept.md
	nowhere
	END
}

folders () {
	cat <<-END
	$TRASH/far
	$PWD/.git
	$PWD/.git/refs/heads
	docs
	nowhere
	END
}

# The bytes that a link leads to are nowhere in the work tree but where they
# belong, and no file of ours is outside.
no_leak () {
	! grep -rlE "ghp_a1B2|repositoryformatversion|^outside" . \
		--exclude-dir=.git --exclude=.env 2>/dev/null | grep . &&
	! grep -rlE "git-retro|retro" "$TRASH/far" | grep .
}

# run_one <command>: ends, with an exit code of its own.
run_one () {
	eval "set -- $1"
	GIT_EDITOR="sh -c 'echo edited >>\"\$1\"' -" timeout 60 \
		git-retro "$@" >"$TRASH/out" 2>"$TRASH/err" </dev/null
	code=$?
	[ $code -le 1 ] || [ $code = 128 ] || {
		echo "exit code $code: $*"
		cat "$TRASH/err"
		return 1
	}
}

# each_writer <what>: calls it with the file and the command of each.
each_writer () {
	writers | some >"$TRASH/writers" && while read -r file command
	do
		"$1" "$file" "$command" </dev/null || {
			echo "# $file: $command"
			return 1
		}
	done <"$TRASH/writers"
}

lefthook () {
	printf "#!/bin/sh\ncall_lefthook run\n" >.git/hooks/pre-push &&
	chmod +x .git/hooks/pre-push
}

file_is_link () {
	base w && targets >"$TRASH/targets" && while read -r target
	do
		base w && lefthook && mkdir -p "$(dirname "${1#+}")" &&
		rm -f "${1#+}" && ln -s "$target" "${1#+}" &&
		precious >"$TRASH/before" && run_one "$2" &&
		precious >"$TRASH/after" &&
		same "$TRASH/before" "$TRASH/after" && no_leak && 
		test -L "${1#+}" || {
			echo "# -> $target"
			return 1
		}
	done <"$TRASH/targets"
}
ok 'each writer: the file is a link' '
	each_writer file_is_link
'

folder_is_link () {
	folder=$(dirname "${1#+}")
	[ "$folder" != . ] || return 0
	base w && folders >"$TRASH/targets" && while read -r target
	do
		base w && mkdir -p "$folder" && mv "$folder" aside &&
		ln -s "$target" "$folder" && precious >"$TRASH/before" &&
		run_one "$2" && precious >"$TRASH/after" &&
		same "$TRASH/before" "$TRASH/after" && no_leak &&
		test -L "$folder" || {
			echo "# -> $target"
			return 1
		}
	done <"$TRASH/targets"
}
ok 'each writer: the folder is a link' '
	each_writer folder_is_link
'
ok 'each writer: a folder further up is a link' '
	{ above () {
		base w && printf "version: 1\ndir: deep/in/retros\n" >.retro.yml &&
		mkdir -p aside/in && mv retros aside/in/retros &&
		for target in "$TRASH/far" "$PWD/.git" aside
		do
			rm -rf deep && ln -s "$target" deep &&
			precious >"$TRASH/before" && run_one "$2" &&
			precious >"$TRASH/after" &&
			same "$TRASH/before" "$TRASH/after" && no_leak || return 1
		done
	}; } &&
	each_writer above
'
ok 'a template, the policy, a retro, a folder: read through no link' '
	for target in "$TRASH/far/file" ../../.env ../../.git/config
	do
		base r && mkdir retros/.templates &&
		ln -s "$target" retros/.templates/release.md &&
		ln -s "$target" retros/.templates/retro.md &&
		{ git retro new --release v1.1.0 --no-edit >out 2>err
		test $? = 128; } && has err "symbolic link" &&
		{ git retro new x --no-edit >out 2>err; test $? = 128; } &&
		rm -rf retros/.templates && ln -s "$target" retros/one.md &&
		git retro check >out 2>&1; has out "retros/one.md" &&
		has out "symbolic link" && rm -f retros/one.md .retro.yml &&
		ln -s "${target#../}" .retro.yml && git retro check >out 2>&1;
		has out .retro.yml && no_leak || exit 1
	done
'
ok 'the folder is changed for a link while a command runs' '
	base race && { for i in 1 2 3 4 5 6 7 8 9 10 11 12
	do
		(while :
		do
			mv retros aside && ln -s "$TRASH/far" retros && rm retros &&
			mv aside retros
		done) 2>/dev/null & swapper=$!
		git retro new "Draft $i" --no-edit >/dev/null 2>&1
		git retro actions add r-v1.0.0 "More $i" >/dev/null 2>&1
		git retro link r-v1.0.0 --path "p$i" >/dev/null 2>&1
		kill $swapper; wait $swapper 2>/dev/null
		sleep 0.1
		[ ! -d aside ] || { rm -f retros; mv aside retros; }
	done; } 2>/dev/null && test "$(ls -A "$TRASH/far")" = file
'
ok 'hooks: a committed folder or script that leads out' '
	base husky && git config core.hooksPath .husky/_ && mkdir .husky &&
	for target in "$TRASH/far" .git/refs .git/hooks docs
	do
		rm -rf .husky && ln -s "$target" .husky &&
		precious >"$TRASH/before" && run_one "hooks install" &&
		precious >"$TRASH/after" && { [ "$target" = docs ] ||
			same "$TRASH/before" "$TRASH/after"; } || exit 1
	done && rm -rf .husky && mkdir -p .husky/_ && touch .husky/_/h &&
	printf "#!/bin/sh\n" >.husky/_/pre-push && chmod +x .husky/_/pre-push &&
	ln -s "$TRASH/far/file" .husky/pre-push && precious >"$TRASH/before" &&
	run_one "hooks install" && precious >"$TRASH/after" &&
	same "$TRASH/before" "$TRASH/after" && run_one "hooks uninstall" &&
	precious >"$TRASH/after" && same "$TRASH/before" "$TRASH/after"
'
ok 'names that some file system takes for .git' '
	base names && for dir in .git .GIT "git~1" "GIT~1" ".git " ".git." \
		"a/.git" ".git::\$INDEX_ALLOCATION" ".g\\u200Cit" \
		".\\uFEFFgit" ":!x" ":(top)x" ":/x" "a/:b" "a/-b"
	do
		printf "version: 1\ndir: \"%s\"\n" "$dir" >.retro.yml &&
		status 1 git retro check >out 2>&1 && has out .retro.yml:2 &&
		{ git retro new "In $dir" --no-edit >out 2>err || :; } &&
		test ! -e ".git/retros" || { echo "$dir"; cat out; exit 1; }
	done && precious >"$TRASH/before" && for dir in .git .github/retros
	do
		rm -f .retro.yml && git -c "retro.dir=$dir" retro new y --no-edit \
			>out 2>err; precious >"$TRASH/after" &&
		same "$TRASH/before" "$TRASH/after" || exit 1
	done
'
ok 'a git directory in the work tree by another name' '
	base other && mv .git repo.meta && export GIT_DIR=$PWD/repo.meta \
		GIT_WORK_TREE=$PWD && for dir in repo.meta repo.meta/refs/heads \
		REPO.META/refs
	do
		git -c "retro.dir=$dir" retro new "Inside" --no-edit >out 2>err
		! find repo.meta REPO.META -name "*inside*" 2>/dev/null | grep . ||
			exit 1
	done
'
# A kernel, or a sandbox, without openat2.
preload=$BUILD/tests/old-kernel.so
if [ -z "${OLD_KERNEL-}$sanitized" ]
then
	ok 'all of this without openat2' '{
		LD_PRELOAD=$preload OLD_KERNEL=1 "$TESTS/faults/links.t" >out 2>&1 ||
			{ cat out; exit 1; }
	}'
fi
test_done
