#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What happens to a retro when writing it goes wrong: nothing.
. "${0%/*}/../lib/test.sh"

ok 'set up' '
	new_repo r && cd r && mkdir retros && commit one && git tag v1.0.0 &&
	cat >retros/a.md <<-\EOF &&
	---
	id: a
	title: A
	date: 2026-01-02
	status: draft
	---
	## Actions

	- [ ] A1: One
	EOF
	git add . && git commit -q -m retro && cp retros/a.md ../before
'

# unchanged: the retro is the old one, and nothing else lies beside it.
unchanged () {
	cmp "$TRASH/before" retros/a.md &&
	test "$(find retros -mindepth 1 | wc -l)" = 1
}

# full <command>...: files cannot grow beyond 0 bytes, as on a full disk.
full () {
	(trap "" XFSZ && ulimit -f 0 && "$@" 2>&1) | cat >&2
}
ok 'a full disk' '
	cd r && full git retro actions done a#A1 2>err && unchanged &&
	has err "cannot write" &&
	full git retro link a --fix HEAD 2>err && unchanged &&
	full git retro new --release v1.0.0 --no-edit 2>err && unchanged &&
	full git retro skip v1.0.0 --reason none 2>err && unchanged &&
	git retro check >out && test_empty out
'
# A person who may not write: root drops its rights for this, and takes copies
# of the programs along, which may lie where only root can read.
mkdir bin && cp "$BUILD/git-retro" "$BUILD/git-retro-hook" bin
if [ "$(id -u)" = 0 ]
then
	nobody () {
		PATH=$TRASH/bin:$PATH setpriv --reuid=65534 --regid=65534 \
			--clear-groups "$@"
	}
	give="chown -R 65534:65534"
else
	nobody () {
		"$@"
	}
	give=:
fi
ok 'a read-only directory' '
	cp -r r ro && $give ro home && chmod a+rx . && cd ro &&
	chmod a-w retros &&
	status 128 nobody git retro actions done a#A1 2>err && unchanged &&
	has err "retros" && has err "denied" &&
	status 128 nobody git retro new --release v1.0.0 --no-edit 2>err &&
	unchanged && has err "denied" && chmod u+w retros
'
ok 'a read-only .git' '
	cd ro && chmod -R a-w .git &&
	nobody git retro list >out && has out a &&
	status 128 nobody git retro actions done a#A1 2>err && unchanged &&
	has err "denied"
'
ok 'two at once: each edit is there' '
	cd r && for i in 1 2 3 4 5 6 7 8 9 10 11 12
	do
		git retro actions add a "Number $i" >/dev/null &
	done && wait &&
	test "$(grep -c "Number" retros/a.md)" = 12 &&
	test "$(grep -o "A[0-9]*:" retros/a.md | sort -u | wc -l)" = 13 &&
	git retro check >out && test_empty out && git checkout -q .
'
ok 'a held lock is waited for, and then named' '
	cd r && (
		flock 9 && git retro actions done a#A1 2>err
		test $? = 128 && has err "another process" && unchanged
	) 9>.git/retro/edit.lock && git retro actions done a#A1 &&
	has retros/a.md "[x] A1" && git checkout -q .
'
ok 'killed at any moment' '
	"$TESTS/faults/kills.sh" 7 40
'
test_done
