#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# git's configuration, kept: what any of its files says counts at once.
. "${0%/*}/../lib/test.sh"

unset GIT_CONFIG_NOSYSTEM GIT_CONFIG_SYSTEM GIT_CONFIG_GLOBAL

# retros <folder>: a repository with a retro in each of three folders.
retros () {
	mkdir "$TRASH/$1" && cd "$TRASH/$1" && git init -q --object-format=sha1 . &&
	for dir in retros one two
	do
		mkdir "$dir" && printf -- '---\nid: of-%s\ntitle: T\ndate: 2026-01-05\nstatus: final\n---\n' \
			"$dir" >"$dir/of-$dir.md" || return 1
	done
}

# lists <id>: twice, as one answer may be kept for the next.
lists () {
	sleep 0.1 &&
	for i in 1 2
	do
		git retro list --format=tsv >out && tail -n +2 out | cut -f1 >ids &&
		echo "$1" >expect && cmp expect ids || return 1
	done
}

# asked: how often git was asked for its configuration by `git retro list`.
asked () {
	: >trace && GIT_TRACE=$PWD/trace git-retro list >/dev/null &&
	{ grep -c "built-in: git config -z" trace || :; } >count && cat count
}

kept () {
	git retro list >/dev/null && sleep 0.1 && test "$(asked)" = 1 && test "$(asked)" = 0
}

ok_files 'a second command asks git for nothing that is kept' '
	retros plain && kept && test -f .git/retro/config
'
ok_files 'of a git that is a script, too, and nobody'"'"'s editor is started for it' '
	retros script && mkdir bin && printf "#!/bin/sh\nexec %s \"\$@\"\n" "$(command -v git)" >bin/git &&
	chmod +x bin/git && own=$(command -v git-retro) && sleep 0.1 &&
	(PATH=$PWD/bin:$PATH && GIT_EDITOR="touch \"$PWD/started\" &&" && export GIT_EDITOR &&
	"$own" list >out && sleep 0.1 && "$own" list >out && test ! -e started &&
	GIT_TRACE=$PWD/trace "$own" list >out && ! grep "git config" trace)
'
ok 'each file of it counts at once: that of the repository' '
	retros own && lists of-retros && git config retro.dir one && lists of-one &&
	git config retro.dir two && lists of-two && git config --unset retro.dir && lists of-retros
'
ok 'that of the person, in both places' '
	retros person && lists of-retros && git config --global retro.dir one && lists of-one &&
	git config --global --unset retro.dir && lists of-retros &&
	mkdir -p "$HOME/.config/git" && printf "[retro]\n\tdir = two\n" >"$HOME/.config/git/config" && lists of-two &&
	rm "$HOME/.config/git/config" && lists of-retros &&
	mkdir -p "$TRASH/xdg/git" && printf "[retro]\n\tdir = one\n" >"$TRASH/xdg/git/config" && lists of-retros &&
	XDG_CONFIG_HOME=$TRASH/xdg && export XDG_CONFIG_HOME && lists of-one && unset XDG_CONFIG_HOME && lists of-retros
'
ok 'one that is a link, by what it leads to' '
	retros link && mv "$HOME/.gitconfig" "$HOME/dotfile" && ln -s dotfile "$HOME/.gitconfig" && lists of-retros &&
	git config --file "$HOME/dotfile" retro.dir one && lists of-one &&
	git config --file "$HOME/dotfile" --unset retro.dir && lists of-retros && rm "$HOME/.gitconfig" && mv "$HOME/dotfile" "$HOME/.gitconfig"
'
ok 'those that the environment names, and what it says itself' '
	retros named && lists of-retros && printf "[retro]\n\tdir = one\n" >../global && printf "[retro]\n\tdir = two\n" >../system &&
	GIT_CONFIG_GLOBAL=$TRASH/global && export GIT_CONFIG_GLOBAL && lists of-one && unset GIT_CONFIG_GLOBAL && lists of-retros &&
	GIT_CONFIG_SYSTEM=$TRASH/system && export GIT_CONFIG_SYSTEM && lists of-two &&
	printf "[retro]\n\tdir = one\n" >../system && lists of-one &&
	GIT_CONFIG_NOSYSTEM=1 && export GIT_CONFIG_NOSYSTEM && lists of-retros && unset GIT_CONFIG_NOSYSTEM && lists of-one &&
	rm ../system && lists of-retros && printf "[retro]\n\tdir = two\n" >../system && lists of-two &&
	unset GIT_CONFIG_SYSTEM && lists of-retros &&
	GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=retro.dir GIT_CONFIG_VALUE_0=one && export GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0 &&
	lists of-one && unset GIT_CONFIG_COUNT && lists of-retros &&
	git -c retro.dir=two retro list --format=tsv >out && grep of-two out && lists of-retros
'
ok 'what another file includes is asked of git each time' '
	retros include && lists of-retros && git config --global include.path "$TRASH/more" && lists of-retros &&
	printf "[retro]\n\tdir = one\n" >../more && lists of-one && printf "[retro]\n\tdir = two\n" >../more && lists of-two &&
	git config --global --unset include.path && lists of-retros &&
	git config "includeIf.onbranch:topic.path" "$TRASH/more" && lists of-retros && git checkout -q -b topic && lists of-two
'
ok_files 'what is kept is for nobody else, without what may be secret' '
	retros secret && git config --global http.extraheader "Authorization: hush" && git config --global credential.helper hush &&
	git config --global user.name Plain && kept && grep -q Plain .git/retro/config && ! grep -q hush .git/retro/config &&
	test "$(stat -c %a .git/retro/config)" = 600 && git config --global --remove-section http && git config --global --remove-section credential &&
	git config --global --remove-section user
'
ok_files 'damaged, it is as good as none' '
	retros damaged && git config retro.dir one && lists of-one && test -f .git/retro/config &&
	printf "%s" "git-retro config 1" >.git/retro/config && lists of-one &&
	for i in 20 40 100 300
	do
		printf X | dd of=.git/retro/config bs=1 seek=$i conv=notrunc 2>/dev/null && lists of-one || exit 1
	done &&
	: >.git/retro/config && lists of-one && rm .git/retro/config && mkdir .git/retro/config && lists of-one
'
ok 'another git may read other files' '
	retros other && lists of-retros && mkdir "$TRASH/bin" &&
	printf "#!/bin/sh\nGIT_CONFIG_SYSTEM=\$TRASH/elsewhere exec \"$(command -v git)\" \"\$@\"\n" >"$TRASH/bin/git" && chmod +x "$TRASH/bin/git" &&
	printf "[retro]\n\tdir = one\n" >"$TRASH/elsewhere" && (PATH=$TRASH/bin:$PATH && lists of-one) && lists of-retros
'
ok 'nothing is made where there is nothing of ours' '
	retros none && rm -r retros && sleep 0.1 && git retro list >out && test_empty out && git retro list >out && test ! -e .git/retro
'
test_done
