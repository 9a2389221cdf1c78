#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What may lie in retros/ and is no good retro: each gets a clear word with the
# way out, the others are read all the same, and time and memory are bounded:
# a minute of processor time and 1 GB for each command.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/hook.sh"
. "$TESTS/lib/every.sh"

# Sanitizers need address space of their own.
bounds="ulimit -t 60; ulimit -v 1048576"
[ -z "$sanitized" ] || bounds="ulimit -t 300"

# bounded <command>...
bounded () {
	(eval "$bounds" && ASAN_OPTIONS=$every_fast exec "$@")
}

# start <name>: a repository with a good retro; enters it.
start () {
	new_repo "$1" && cd "$1" && commit first && git tag v1.0.0 &&
	retro_for v1.0.0 && git add retros && git commit -q -m retro
}

# still_good <word>...: the good one is listed and shown, and check names the
# other with these words; every command comes to an end.
still_good () {
	bounded git retro list >"$TRASH/out" 2>"$TRASH/err" &&
	has "$TRASH/out" r-v1.0.0 &&
	bounded git retro show r-v1.0.0 >"$TRASH/out" 2>&1 &&
	has "$TRASH/out" v1.0.0 && { bounded git retro check \
		>"$TRASH/checked" 2>&1; code=$?; test $code -le 1; } &&
	for word
	do
		has "$TRASH/checked" "$word" || return 1
	done && (eval "$bounds" && every_of every_reading)
}

# unedited <file>: what edits refuses, and leaves the bytes.
unedited () {
	cp "$1" "$TRASH/was" &&
	! bounded git retro actions add "$1" "Do it" 2>"$TRASH/err" &&
	cmp "$1" "$TRASH/was" &&
	! bounded git retro link "$1" --path x 2>"$TRASH/err" &&
	cmp "$1" "$TRASH/was"
}

ok 'bytes that are no UTF-8' '
	start bytes && printf -- "---\nid: x\ntitle: caf\351\n---\n" \
		>retros/x.md && still_good retros/x.md UTF-8 && unedited retros/x.md
'
ok 'UTF-16, with its mark and without' '
	start utf16 && printf "\377\376-\0-\0-\0\n\0" >retros/le.md &&
	printf "\376\377\0-\0-\0-\0\n" >retros/be.md &&
	printf -- "-\0-\0-\0\n\0" >retros/bare.md &&
	still_good retros/le.md:1 retros/be.md:1 UTF-16 retros/bare.md &&
	unedited retros/le.md && unedited retros/bare.md
'
ok 'NUL bytes' '
	start nul && printf -- "---\nid: x\n---\na\0b\n" >retros/x.md &&
	still_good retros/x.md && unedited retros/x.md
'
ok 'TOML, an open block, tabs, a key twice' '
	start yaml && printf "+++\ntitle = 1\n+++\n" >retros/toml.md &&
	printf -- "---\nid: x\n" >retros/open.md &&
	printf -- "---\n\tid: x\n---\n" >retros/tab.md &&
	printf -- "---\nid: x\nid: y\n---\n" >retros/twice.md &&
	still_good retros/toml.md TOML retros/open.md:1 retros/tab.md:2:1 \
		retros/twice.md:3 && unedited retros/toml.md &&
	unedited retros/open.md &&
	status 128 git retro link retros/tab.md --release v1.0.0 2>err
'
ok 'an alias bomb' '
	start bomb && { echo "---" && echo "a: &a [x, x, x, x, x, x, x, x, x]" &&
	for i in b c d e f g h i j
	do
		p=${p:-a}
		echo "$i: &$i [*$p, *$p, *$p, *$p, *$p, *$p, *$p, *$p, *$p]"
		p=$i
	done && echo "---"; } >retros/bomb.md &&
	still_good retros/bomb.md "too many values"
'
ok '10,000 levels of YAML, of lists, of quotes' '
	start levels && perl -e "print qq(---\na: ), q([) x 10_000, qq(\n---\n)" \
		>retros/yaml.md &&
	perl -e "print q(> ) x 10_000, qq(x\n)" >retros/quotes.md &&
	perl -e "print q(- ) x 10_000, qq(x\n)" >retros/lists.md &&
	perl -e "print q( ) x (2 * \$_), qq(- x\n) for 0 .. 2_000" \
		>retros/nested.md &&
	perl -e "print q(*) x 50_000, q(a), q(*) x 50_000, qq(\n)" \
		>retros/stars.md && still_good retros/yaml.md
'
ok 'a line of 1 MB' '
	start line && perl -e "print qq(---\ntitle: ), q(x) x 1_000_000, qq(\n---\n)" \
		>retros/title.md &&
	perl -e "print qq(# T\n\n## Pitfalls\n\n- ), q(word ) x 200_000, qq(\n)" \
		>retros/body.md &&
	perl -e "print qq(# T\n\n## Actions\n\n- [ ] A1: ), q(x) x 1_000_000, qq(\n)" \
		>retros/action.md && still_good &&
	bounded git retro actions done action#A1 && bounded git retro list --sort=title
'
ok 'what is quadratic in cmark' '
	start quadratic &&
	perl -e "print q(![[]()) x 150_000, qq(\n)" >retros/images.md &&
	perl -e "print q([) x 100_000, qq(a\n)" >retros/brackets.md &&
	perl -e "print q([a](b) ) x 9_000, qq(\n)" >retros/links.md &&
	perl -e "print q(\`) x \$_, q(x) for 1 .. 1_500" >retros/ticks.md &&
	perl -e "print q(<!--) x 100_000" >retros/comments.md &&
	perl -e "print q(<?) x 100_000" >retros/php.md &&
	perl -e "print q(&) x 500_000" >retros/amps.md &&
	perl -e "print qq([x\$_]: u\n) for 1 .. 20_000" >retros/refs.md &&
	perl -e "print q(a**b) x 100_000" >retros/emph.md &&
	perl -e "print qq(| a ) x 20_000, qq(|\n), qq(|---) x 20_000, qq(|\n)" \
		>retros/table.md && still_good retros/images.md retros/brackets.md
'
ok '100 MB: refused, not read' '
	start large && truncate -s 100M retros/large.md && still_good \
		retros/large.md && rm retros/large.md &&
	yes "- [ ] A1: Do it" | head -c 15000000 >retros/many.md && still_good &&
	rm retros/many.md
'
ok 'fifos, sockets and devices' '
	start fifo && mkfifo retros/fifo.md && perl -MIO::Socket::UNIX -e \
		"IO::Socket::UNIX->new(Local => q(retros/socket.md), Listen => 1)" &&
	{ mknod retros/null.md c 1 3 || ln -s /dev/zero retros/null.md; } &&
	ln -s fifo.md retros/link.md && still_good &&
	! bounded git retro actions add retros/fifo.md x 2>err && has err fifo
'
ok 'a folder named like a retro, and one that cannot be entered' '
	start folder && mkdir retros/x.md retros/closed && chmod 0 retros/closed &&
	still_good && chmod 755 retros/closed
'
ok 'links out of the repository are not followed' '
	start links && printf -- "---\nid: secret\ntitle: SECRET\n---\n" \
		>../secret.md && ln -s ../../secret.md retros/one.md &&
	ln -s "$TRASH/secret.md" retros/two.md && mkdir ../far &&
	cp ../secret.md ../far && ln -s ../../far retros/far &&
	ln -s nowhere retros/three.md && ln -s four.md retros/four.md &&
	ln -s ../.git/config retros/five.md && still_good retros/one.md \
		retros/two.md "symbolic link" &&
	git retro list >out && lacks out SECRET && lacks out secret &&
	git retro show --raw r-v1.0.0 >out && lacks out SECRET &&
	! git retro actions add retros/one.md x 2>err && cmp ../secret.md ../far/secret.md &&
	git add . && git commit -q -m links && git retro list --at HEAD >out &&
	lacks out SECRET
'
ok 'retros/ itself is a link out' '
	start itself && mv retros ../outside && ln -s ../outside retros &&
	{ git retro list >out 2>err; test $? -le 128; } && lacks out r-v1.0.0 &&
	status 128 git retro new x --no-edit 2>err && has err "symbolic link" &&
	test "$(ls ../outside)" = v1.0.0.md
'
ok 'paths with .. and absolute ones lead nowhere' '
	start dots && cp ../secret.md ../dots.md && for name in ../dots.md \
		"$TRASH/dots.md" retros/../../dots.md
	do
		status 128 git retro show "$name" >out 2>err && lacks out SECRET &&
		status 128 git retro actions add "$name" x 2>err &&
		cmp ../dots.md ../secret.md || exit 1
	done && status 128 git retro link r-v1.0.0 --path ../x 2>err &&
	printf "version: 1\ndir: ../..\n" >.retro.yml &&
	git retro list >out 2>err && has out r-v1.0.0
'
ok 'names that differ by case alone, and in normal form' '
	start case && for name in a A "$(printf "\303\251")" "$(printf "e\314\201")"
	do
		printf -- "---\nid: id-%s\ntitle: T\ndate: 2026-01-02\n" "$name" \
			>"retros/$name.md" && printf "status: draft\n---\n" \
			>>"retros/$name.md"
	done && test "$(ls retros | wc -l)" = 5 && still_good &&
	git retro list >out && test "$(grep -c id- out)" = 4 &&
	git retro show id-a >out && git retro show id-A >out && git add . &&
	git commit -q -m case && git retro list --at HEAD >out &&
	test "$(grep -c id- out)" = 4 &&
	cp retros/a.md retros/B.md && still_good "id-a"
'
ok 'a tree that holds what no file system should' '
	start tree && blob=$(git rev-parse HEAD:retros/v1.0.0.md) && tree () {
		printf "100644 blob %s\t%s\n" "$@" | git mktree --missing
	} && inner=$(tree $blob good.md $blob "$(printf "\001\033[31m.md")") &&
	evil=$(printf "40000 ..\0%b" "$(echo $inner | sed "s/../\\\\x&/g")" |
		git hash-object --literally -t tree -w --stdin) &&
	top=$(printf "040000 tree %s\tretros\n" $evil | git mktree) &&
	commit=$(git commit-tree -m evil $top) &&
	{ git retro list --at $commit >out 2>err; test $? -le 128; } &&
	! LC_ALL=C grep "$(printf "[\001\033]")" out err
'
ok 'a .retro.yml that is a bomb, a fifo, a link out, 100 MB' '
	start policy && rm -f .retro.yml && mkfifo .retro.yml && still_good &&
	rm .retro.yml && ln -s ../secret.md .retro.yml && still_good &&
	rm .retro.yml && truncate -s 100M .retro.yml && still_good &&
	rm .retro.yml && cp ../bomb/retros/bomb.md .retro.yml && still_good
'
test_done
