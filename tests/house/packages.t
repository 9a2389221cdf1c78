#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What it is packed as: the same bytes everywhere, files that their tools can
# read, and set-ups that take no other archive than the one they name.
. "${0%/*}/../lib/test.sh"

# script <file>: the last block of commands in a file of YAML.
script () {
	awk '
		/^ *(run|-): \|$/ || /^ *- \|$/ {
			match($0, /^ */)
			deep = RLENGTH
			text = ""
			inside = 1
			next
		}
		inside {
			match($0, /^ */)
			if (NF && RLENGTH <= deep)
				inside = 0
			else
				text = text $0 "\n"
		}
		END { printf "%s", text }
	' "$1"
}

# served: an archive with a program in it, which curl brings from here; its
# checksum is in $sum.
served () {
	mkdir -p tree/bin fake && printf '#!/bin/sh\necho ours\n' \
		>tree/bin/git-retro && chmod +x tree/bin/git-retro &&
	tar -C tree -czf archive.tar.gz bin &&
	cat >fake/curl <<-EOT &&
	#!/bin/sh
	while [ "\$1" != -o ]; do shift; done
	cp '$PWD/archive.tar.gz' "\$2"
	EOT
	chmod +x fake/curl && sum=$(sha256sum archive.tar.gz | cut -c 1-64) &&
	other=$(echo other | sha256sum | cut -c 1-64)
}

if git -C "$TOP" rev-parse -q --verify HEAD >/dev/null 2>&1
then
	ok 'make dist: the same bytes from two folders' '
		for folder in one two/deeper
		do
			git clone -q "$TOP" $folder && (umask 077 &&
				make -s -C $folder dist) &&
			cp $folder/build/git-retro-*.tar.gz $(echo $folder |
				tr / -).tar.gz || exit 1
		done && tar -tzf one.tar.gz >list && has list /Makefile &&
		cmp one.tar.gz two-deeper.tar.gz
	'
else
	skip 'make dist: the same bytes from two folders' 'no repository'
fi
ok 'all of them are of one version' '
	cd "$TOP" && version=$(sed -n "s/^VERSION = //p" Makefile) &&
	test -n "$version" && cd src/packaging &&
	has git-retro.nix "version = \"$version\";" &&
	has git-retro.rb "version \"$version\"" &&
	grep -qx "Version: *$version" git-retro.spec &&
	has debian/changelog "git-retro (@VERSION@-"
'
# checked <title> <program> <command>
checked () {
	if command -v "$2" >/dev/null
	then
		ok "$1" "$3"
	else
		skip "$1" "no $2"
	fi
}
checked 'the expression of nix can be read' nix-instantiate '
	nix-instantiate --parse "$TOP/src/packaging/git-retro.nix" >out
'
checked 'the formula of Homebrew can be read' ruby '
	ruby -c "$TOP/src/packaging/git-retro.rb"
'
checked 'the RPM spec can be read' rpmspec '
	rpmspec -P "$TOP/src/packaging/git-retro.spec" >out && has out %files
'
checked 'the RPM spec is as it should be' rpmlint '
	rpmlint "$TOP/src/packaging/git-retro.spec" >out 2>&1 &&
	has out "0 errors"
'
checked 'pre-commit: the hook of this repository' pre-commit '
	new_repo offers && cd offers && cp "$TOP/.pre-commit-hooks.yaml" . &&
	git add . && git commit -q -m hooks && rev=$(git rev-parse HEAD) &&
	cd .. && new_repo uses && cd uses && printf "%s\n" "repos:" \
		"  - repo: $TRASH/offers" "    rev: $rev" \
		"    hooks: [{id: git-retro-check}]" >.pre-commit-config.yaml &&
	mkdir retros && printf "%s\n" --- "id: a" "title: A" \
		"date: 2026-01-05" "status: draft" --- "" "# A" >retros/a.md &&
	git add . && export PRE_COMMIT_HOME="$TRASH/pre-commit" &&
	pre-commit run && sed -i "s/draft/nothing/" retros/a.md &&
	git add . && status 1 pre-commit run >out && has out retros/a.md
'
validator=$TOP/build/npm/node_modules/.bin/action-validator
if [ -x "$validator" ]
then
	ok 'GitHub: held to the schema of actions' '
		"$validator" "$TOP/.github/actions/setup/action.yml" >out 2>&1 &&
		mkdir -p bad && sed "s/using:/used:/" \
			"$TOP/.github/actions/setup/action.yml" >bad/action.yml &&
		! "$validator" bad/action.yml >out 2>&1
	'
else
	skip 'GitHub: held to the schema of actions' \
		'make test-deps installs the validator'
fi
ok 'GitHub: the archive of that checksum, and no other' '
	served && mkdir temp && script "$TOP/.github/actions/setup/action.yml" \
		>run && test -s run && export RUNNER_TEMP="$PWD/temp" &&
	export GITHUB_PATH="$PWD/path" && PATH=$PWD/fake:$PATH &&
	URL=https://forge.example/a.tar.gz SUM=$sum bash -e run &&
	test "$("$(cat path)/git-retro")" = ours && rm -r path temp/* &&
	for wrong in "URL=http://forge.example/a SUM=$sum" \
		"URL=https://forge.example/a SUM=$other" \
		"URL=https://forge.example/a SUM=abc"
	do
		! env $wrong bash -e run 2>err && test ! -e path || exit 1
	done
'
ok 'GitLab: the archive of that checksum, and no other' '
	served && script "$TOP/templates/setup/template.yml" >run &&
	test -s run && echo "git-retro" >>run && PATH=$PWD/fake:$PATH &&
	export GIT_RETRO_URL=https://forge.example/a.tar.gz &&
	test "$(GIT_RETRO_SHA256=$sum sh -e run)" = ours &&
	! GIT_RETRO_SHA256=$other sh -e run >out 2>err && lacks out ours
'
# The same with curl itself, which must know the server.
if command -v curl >/dev/null && command -v openssl >/dev/null
then
	ok 'from a server: one that is known, and no other' '
		served && mkdir tls && cd tls && cp ../archive.tar.gz . &&
		openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout key \
			-subj /CN=localhost -addext subjectAltName=DNS:localhost \
			-out cert && {
			openssl s_server -accept 127.0.0.1:0 -cert cert -key key \
				-WWW >log 2>&1 &
			server=$!
		} && trap "kill $server" EXIT && for at in $(seq 100)
		do
			port=$(sed -n "s/^ACCEPT 127.0.0.1://p" log)
			[ -z "$port" ] || break
			sleep 0.1
		done && test -n "$port" && export CURL_CA_BUNDLE=$PWD/cert &&
		script "$TOP/templates/setup/template.yml" >run &&
		echo "git-retro" >>run &&
		export GIT_RETRO_URL=https://localhost:$port/archive.tar.gz &&
		test "$(GIT_RETRO_SHA256=$sum sh -e run)" = ours &&
		! GIT_RETRO_SHA256=$other sh -e run >out 2>err && lacks out ours &&
		! env -u CURL_CA_BUNDLE GIT_RETRO_SHA256=$sum sh -e run \
			>out 2>err && lacks out ours && has err certificate
	'
else
	skip 'from a server: one that is known, and no other' 'no curl or openssl'
fi
test_done
