#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Help on every way to it, and what is said to a misspelt word.
. "${0%/*}/../lib/test.sh"

new_repo repo || exit 1
commands=$(git retro help | sed -n 's/^   \([a-z-]*\) .*/\1/p')

# meant <word> <arguments>: wrong usage, and this is what it takes it for.
meant () {
	word=$1
	shift
	status 129 git retro "$@" >out 2>err && test_empty out &&
	has err "did you mean '$word'?"
}

ok 'without a command: the list of commands, and a negative answer' '
	status 1 git retro >out 2>err && test_empty err &&
	has out "usage: git retro" && has out "   list  " &&
	lacks out "   hook  "
'
ok 'in a repository: how it stands and what to do next, in five lines' '
	new_repo stands && cd stands && commit one && git tag v1.0.0 &&
	git retro >out && test "$(wc -l <out)" = 5 && has out "No retros yet." &&
	has out "1 release without a retro" && has out "next: git retro init" &&
	git retro init >/dev/null && git retro >out &&
	has out "No release needs a retro yet." && has out "next: git retro new" &&
	git retro new --release v1.0.0 --no-edit >name && git retro >out &&
	test "$(wc -l <out)" = 5 && has out "All releases have a retro." &&
	has out "1 retro, the newest: " && has out "0 open actions, 0 overdue"
'
ok '-h and help list them too' '
	status 1 git retro >want &&
	git retro -h >got && same want got &&
	git retro help >got && same want got &&
	git-retro --help >got && same want got
'
ok 'help of each command is what -h says, in no more than 80 columns' '
	test $(echo $commands | wc -w) -gt 10 &&
	for c in $commands
	do
		git retro help $c >want && git retro $c -h >got &&
		same want got && has got "usage: git retro $c" &&
		awk "length(\$0) > 80 { print; bad = 1 } END { exit bad }" got ||
		exit 1
	done
'
ok '-h anywhere among the options, but not behind --' '
	cd repo && git retro help list >want &&
	git retro list --all -h >got && same want got &&
	git retro --no-pager list -h >got && same want got &&
	status 129 git retro list -- -h
'
ok 'help needs no repository' '
	mkdir -p nowhere && cd nowhere && git retro help list && status 1 git retro
'
ok 'help takes one command, and one that there is' '
	status 129 git retro help list show &&
	meant list help lsit
'
ok '--version' '
	git retro --version >out &&
	sed -n "s/^VERSION = /git-retro /p" "$TOP/Makefile" | same - out
'

if command -v man >/dev/null
then
	ok '--help opens the manual page' '
		make -s -C "$TOP" -o all BUILD="$BUILD" \
			DESTDIR="$TRASH/installed" PREFIX=/usr install &&
		MANPATH=$TRASH/installed/usr/share/man PATH=$TRASH/installed/usr/bin:$PATH &&
		MANPAGER=cat && export MANPATH PATH MANPAGER && cd repo &&
		for asked in "retro --help" "help retro" "retro list --help"
		do
			git $asked >out && has out "GIT-RETRO(1)" &&
			has out "CONFIGURATION" || exit 1
		done
	'
	ok 'without the page, the usage' '
		cd repo && git retro help list >want && mkdir -p none &&
		MANPATH=$PWD/none git retro list --help >got && same want got
	'
else
	skip 'manual page' 'man is not installed'
fi

ok 'a misspelt command' '
	meant list lsit && meant status statsu && meant doctor docter &&
	status 129 git retro frobnicate 2>err &&
	has err "unknown command '\''frobnicate'\''" &&
	has err "git retro help" && lacks err "did you mean"
'
ok 'nobody is sent to a command that is not for people' '
	status 129 git retro hok 2>err && lacks err "'\''hook'\''"
'
ok 'a misspelt option' '
	meant --status list --stauts x &&
	meant --no-all list --no-al1 &&
	meant --version --verison && meant --no-pager --no-pagr list &&
	status 129 git retro list --frobnicate 2>err &&
	has err "unknown option" && has err "git retro list -h" &&
	status 129 git retro list -% 2>err && has err "git retro list -h"
'
ok 'an option that could be two' '
	status 129 git retro list --s 2>err &&
	has err "--status, --severity, --since, --sort"
'
ok 'a misspelt choice' '
	meant json list --format=jsn && meant ndjson list --format ndjsn &&
	status 129 git retro list --format=yaml 2>err &&
	has err "human, json, ndjson, tsv" && lacks err "did you mean"
'
ok 'a misspelt key of .retro.yml, and a value' '
	git init -q keys && cd keys &&
	printf "%s\n" "on-tga: off" "releases: {tgas: [v*]}" "on-push: blok" \
		>.retro.yml &&
	may_fail git retro check >out &&
	has out "did you mean '\''on-tag'\''?" &&
	has out "did you mean '\''releases.tags'\''?" &&
	has out "did you mean '\''block'\''?"
'
ok 'a misspelt setting of git config, and a value' '
	git init -q config && cd config &&
	git config retro.onTga off && git config retro.onPush blok &&
	may_fail git retro check >out &&
	has out "did you mean '\''retro.onTag'\''?" &&
	has out "did you mean '\''block'\''?"
'
ok 'a misspelt key of the front matter' '
	git init -q front && cd front && mkdir retros &&
	printf "%s\n" --- "id: a" "title: t" "date: 2026-01-05" \
		"status: draft" "severty: 1" --- >retros/a.md &&
	may_fail git retro check >out &&
	has out "did you mean '\''severity'\''?"
'
ok 'the options of the examples are options of their command' '
	for c in $commands
	do
		git retro $c -h >help && sed "/^examples:/,\$d" help >known &&
		sed "1,/^examples:/d; s/.*git retro//" help | grep -oE " --[a-z-]+" |
		while read -r option
		do
			has known "$option" || exit 1
		done || exit 1
	done
'
test_done
