#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What the shells complete, asked of the shells themselves.
. "${0%/*}/../lib/test.sh"

GIT_COMPLETION=/usr/share/bash-completion/completions/git
export GIT_COMPLETION

# A repository with an id and a tag that a shell would run, were they not
# quoted.
{
	new_repo repo &&
	cd repo &&
	mkdir retros &&
	printf '%s\n' --- 'id: 2026-01-05-v1-0-0' 'title: Loader' \
		'date: 2026-01-05' 'status: draft' 'releases: [v1.0.0]' --- '' \
		'## Pitfalls' '' '- P1: Labels' '- Rows' '' \
		'## Actions' '' '- [ ] A1: Pin it' '- [x] A2: Test it' \
		>retros/one.md &&
	printf '%s\n' --- "id: \"it's \$(touch ran) ;touch ran\"" 'title: t' \
		'date: 2026-01-04' 'status: draft' --- >retros/two.md &&
	commit start &&
	git tag v1.0.0 &&
	git tag 'x;touch${IFS}ran' &&
	cd "$TRASH" &&
	make -s -C "$TOP" -o all BUILD="$BUILD" DESTDIR="$TRASH/dest" \
		PREFIX=/usr install
} >"$TRASH/log" 2>&1 || {
	cat "$TRASH/log"
	echo 'Bail out! no repository'
}
share=$TRASH/dest/usr/share

# offers <expected>... -- <word>...: exactly these, in any order.
offers () {
	: >"$TRASH/want"
	while [ "$1" != -- ]
	do
		printf '[%s]\n' "$1" >>"$TRASH/want"
		shift
	done
	shift
	bash --norc "$TESTS/lib/complete.bash" "$@" >"$TRASH/got" &&
	sort -o "$TRASH/want" "$TRASH/want" &&
	sort -o "$TRASH/got" "$TRASH/got" &&
	same "$TRASH/want" "$TRASH/got" &&
	test ! -e ran
}

commands=$(git retro help | sed -n 's/^   \([a-z-]*\) .*/\1/p')

ok 'a script for each shell, for no other' '
	for shell in bash zsh fish
	do
		git retro completion $shell >out && has out git_retro &&
		lacks out "{{" || exit 1
	done &&
	status 129 git retro completion 2>err && has err "bash, zsh or fish" &&
	status 129 git retro completion bsah 2>err &&
	has err "did you mean '\''bash'\''?" &&
	status 129 git retro completion dos 2>err &&
	has err "there is one for bash, zsh and fish"
'
ok 'it is not in the help and needs no repository' '
	mkdir -p nowhere && cd nowhere && git retro completion bash >out &&
	git retro help >help && lacks help completion
'
ok 'installed where the shells look, and removed again' '
	test -s "$share/bash-completion/completions/git-retro" &&
	test -s "$share/zsh/site-functions/_git-retro" &&
	test -s "$share/fish/vendor_completions.d/git-retro.fish" &&
	cp -R dest gone &&
	make -s -C "$TOP" DESTDIR="$TRASH/gone" PREFIX=/usr uninstall &&
	find gone -type f >left && test_empty left
'

if [ -r "$GIT_COMPLETION" ] && bash --version >/dev/null 2>&1
then
	ok 'bash: the commands' '
		cd repo && set -- &&
		for c in $commands; do set -- "$@" "$c "; done &&
		offers "$@" -- git retro "" &&
		offers "show " -- git retro sh &&
		offers "show " -- git retro --no-pager sh &&
		offers "search " "site " "skip " "show " "stats " "status " -- git retro help s &&
		offers -- git retro completion-of-nothing ""
	'
	ok 'bash: options, those taken back only when asked for' '
		cd repo &&
		offers "--range=" "--release=" "--run=" -- git retro new --r &&
		offers "--exit-code " "--format=" "--repos=" "--wide " -- git retro status -- &&
		offers "--no-exit-code " "--no-repos " "--no-wide " -- git retro status --no &&
		offers "--no-edit " -- git retro new --no-e &&
		offers -- git retro status -- --
	'
	ok 'bash: choices, behind = and as a word of their own' '
		cd repo &&
		offers "human " "json " "ndjson " "tsv " -- \
			git retro list --format = &&
		offers "json " -- git retro list --format = j &&
		offers "json " -- git retro list --format j &&
		offers "final " -- git retro list --status f &&
		offers "incident " -- git retro list --kind = i &&
		offers "zh " -- git retro new --language z &&
		offers "experiment " -- git retro new --template e &&
		offers "pitfalls " -- git retro show --section pit
	'
	ok 'bash: retros by id and release, names that a shell would run quoted' '
		cd repo &&
		offers "2026-01-05-v1-0-0 " "v1.0.0 " \
			"it\\'\''s\\ \\\$\\(touch\\ ran\\)\\ \\;touch\\ ran " \
			-- git retro show "" &&
		offers "v1.0.0 " -- git retro show 2026-01-05-v1-0-0 v &&
		offers "2026-01-05-v1-0-0 " -- git retro link x --related 2 &&
		offers "2026-01-05-v1-0-0 " -- git retro link 2 &&
		offers -- git retro link x 2
	'
	ok 'bash: what was begun with a backslash goes on' '
		cd repo &&
		offers "it\\'\''s\\ \\\$\\(touch\\ ran\\)\\ \\;touch\\ ran " \
			-- git retro show "it\\'\''s\\ \\\$"
	'
	ok 'bash: tags, revisions, ranges' '
		cd repo &&
		offers "v1.0.0 " "x\\;touch\\\$\\{IFS\\}ran " -- \
			git retro skip "" &&
		offers "v1.0.0 " -- git retro new --release = v &&
		offers "main " -- git retro link x --cause m &&
		offers "v1.0.0..main " -- git retro new --range v1.0.0..m
	'
	ok 'bash: subcommands, and actions for those that close them' '
		cd repo &&
		offers "install " -- git retro hooks i &&
		offers "2026-01-05-v1-0-0#A1 " -- git retro actions done "" &&
		offers "2026-01-05-v1-0-0#A1 " "2026-01-05-v1-0-0#A2 " -- \
			git retro actions reopen "" &&
		offers "2026-01-05-v1-0-0 " -- git retro actions add 2 &&
		offers -- git retro actions add x 2
	'
	ok 'bash: the pitfalls of a retro, once # is typed' '
		cd repo &&
		offers "2026-01-05-v1-0-0#P1 " -- git retro trace 2026-01-05-v1-0-0# &&
		offers "2026-01-05-v1-0-0#P1 " -- git retro link 2026-01-05-v1-0-0#P
	'
	ok 'bash: what can be muted, by name' '
		cd repo &&
		offers "2026-01-05-v1-0-0 " "2026-01-05-v1-0-0#P1 " -- \
			git retro context --mute 2 &&
		offers "2026-01-05-v1-0-0#P1 " -- \
			git retro context --mute=2026-01-05-v1-0-0#
	'
	ok 'bash: from elsewhere, through an alias, as git-retro' '
		offers "v1.0.0 " -- git -C repo retro show v &&
		cd repo && git config alias.r retro &&
		offers "show " -- git r sh &&
		offers "show " -- git-retro sh
	'
	ok 'bash: outside of a repository nothing, without a word' '
		mkdir -p outside && cd outside &&
		offers -- git retro show "" 2>err && test_empty err &&
		offers "json " -- git retro list --format j
	'
else
	skip 'bash' 'git brings no completion here'
fi

if [ -r /usr/share/bash-completion/bash_completion ]
then
	ok 'bash: loaded by itself, at a terminal; a hostile name runs nothing' '
		cd repo &&
		XDG_DATA_DIRS=$share:/usr/share PS1="ready> " \
		"$BUILD/tests/pty" -e "ready> " \
			-s ". /usr/share/bash-completion/bash_completion\r" \
			-e "ready> " -s "git retro show --format json it\x09\r" \
			-e "\"title\": \"t\"" -e "ready> " -s "exit\r" -- \
			bash --norc --noprofile -i >out &&
		test ! -e ran
	'
else
	skip 'bash: loaded by itself' 'bash-completion is not installed'
fi

# fish_offers <file> <line>
fish_offers () {
	XDG_DATA_DIRS=$share:/usr/share PATH=$TRASH/dest/usr/bin:$PATH \
		fish -c 'complete -C $argv[1]' "$2" >"$1" &&
	test ! -e ran
}

if command -v fish >/dev/null
then
	ok 'fish: the commands with what they do' '
		cd repo && fish_offers out "git retro " && cut -f1 out >got &&
		for c in $commands; do echo $c; done | sort >want &&
		sort got | same want - &&
		has out "$(printf "help\\tList the commands")"
	'
	ok 'fish: options, choices, values' '
		cd repo && fish_offers out "git retro list --" &&
		has out "--status=" && lacks out "--no-" &&
		fish_offers out "git retro list --no" && has out "--no-all" &&
		fish_offers out "git retro list --format=j" &&
		echo "--format=json" | same - out &&
		fish_offers out "git retro list --format j" &&
		echo json | same - out
	'
	ok 'fish: retros, tags, actions' '
		cd repo && fish_offers out "git retro show " &&
		has out "$(printf "2026-01-05-v1-0-0\\tLoader")" &&
		has out "$(printf "v1.0.0\\tLoader")" &&
		has out "it'\''s \$(touch ran) ;touch ran" &&
		fish_offers out "git retro skip x" &&
		has out "x;touch\${IFS}ran" &&
		fish_offers out "git retro actions done " &&
		printf "2026-01-05-v1-0-0#A1\\tPin it\\n" | same - out &&
		fish_offers out "git-retro actions add 2" &&
		printf "2026-01-05-v1-0-0\\tLoader\\n" | same - out &&
		fish_offers out "git retro show 2026-01-05-v1-0-0#" &&
		printf "2026-01-05-v1-0-0#P1\\tLabels\\n" | same - out
	'
	ok 'fish: what can be muted, by name' '
		cd repo && fish_offers out "git retro context --mute 2" &&
		printf "%s\\t%s\\n" 2026-01-05-v1-0-0 Rows 2026-01-05-v1-0-0#P1 Labels |
		same - out
	'
	ok 'fish: the script is in order' '
		fish -n "$BUILD/completion/fish" &&
		fish -n "$BUILD/completion/conf.fish"
	'
else
	skip 'fish' 'it is not installed'
fi

# zsh_offers <file> <line>
zsh_offers () {
	zsh -f "$TESTS/lib/complete.zsh" "$share/zsh/site-functions" "$2" >"$1" &&
	test ! -e ran
}

if command -v zsh >/dev/null
then
	ok 'zsh: the commands' '
		cd repo && zsh_offers out "git retro " && sed \$d out | sort >got &&
		for c in $commands; do echo $c; done | sort | same - got
	'
	ok 'zsh: options and choices' '
		cd repo && zsh_offers out "git retro list --" &&
		has out "--status" && lacks out "--no-" &&
		zsh_offers out "git retro list --no" && has out "--no-all" &&
		zsh_offers out "git retro list --format=j" &&
		has out "> git retro list --format=json"
	'
	ok 'zsh: retros, tags, actions; a hostile name is quoted' '
		cd repo && zsh_offers out "git retro show 2" &&
		has out "> git retro show 2026-01-05-v1-0-0" &&
		zsh_offers out "git retro show i" &&
		has out "> git retro show it\\'\''s\\ \\\$\\(touch\\ ran\\)\\ \\;touch" &&
		zsh_offers out "git-retro skip x" &&
		has out "x\\;touch\\\$\\{IFS\\}ran" &&
		zsh_offers out "git retro actions done " &&
		has out "2026-01-05-v1-0-0\\#A1" &&
		zsh_offers out "git retro show 2026-01-05-v1-0-0\\#" &&
		has out "2026-01-05-v1-0-0\\#P1"
	'
	ok 'zsh: what can be muted, by name' '
		cd repo && zsh_offers out "git retro context --mute 2026-01-05-v1-0-0#" &&
		has out "> git retro context --mute 2026-01-05-v1-0-0\\#P1"
	'
	ok 'zsh: the script is in order' 'zsh -n "$BUILD/completion/zsh"'
else
	skip 'zsh' 'it is not installed'
fi
test_done
