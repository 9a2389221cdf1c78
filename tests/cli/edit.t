#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
. "${0%/*}/../lib/test.sh"

ok 'set up' '
	new_repo r && cd r && mkdir retros &&
	printf -- "---\nid: a\ntitle: A\ndate: 2026-01-02\nstatus: draft\n---\ntext\n" \
		>retros/a.md && cp retros/a.md ../before &&
	git add . && git commit -q -m retro
'
# editor <commands>: the editor is a script; "$1" is the file.
editor () {
	printf '#!/bin/sh\n%s\n' "$1" >"$TRASH/editor" &&
	chmod +x "$TRASH/editor" && GIT_EDITOR=$TRASH/editor &&
	export GIT_EDITOR
}
# gone: no copy is left behind.
gone () {
	test -z "$(find .git/retro/edit.d -type f 2>/dev/null)"
}
ok 'what the editor saved is taken over' '
	cd r && editor "echo more >>\"\$1\"" && git retro edit a >out 2>err &&
	test_empty err && has retros/a.md more && gone && git checkout -q .
'
ok 'without a name it opens the newest' '
	cd r && editor "echo newest >>\"\$1\"" && git retro edit &&
	has retros/a.md newest && git checkout -q .
'
ok 'the name of the copy tells the editor what it is' '
	cd r && editor "basename \"\$1\" >name" && git retro edit a &&
	echo a.md >want && same want name && rm name want && gone
'
ok 'then it is checked' '
	cd r && editor "sed -i s/draft/fnal/ \"\$1\"" &&
	git retro edit a 2>err && has err "retros/a.md:5:9: error: status" &&
	cd retros && git retro edit a 2>err && has err "a.md:5:9" &&
	lacks err "retros/a.md" && cd .. && git checkout -q .
'
ok 'a failing editor leaves the file, and says where the text is' '
	cd r && editor "echo lost >>\"\$1\"; exit 3" &&
	status 128 git retro edit a 2>err && cmp ../before retros/a.md &&
	has err "exited with 3" && has err "edit.d/retros/a.md" &&
	has .git/retro/edit.d/retros/a.md lost
'
ok 'that text is not overwritten by the next edit' '
	cd r && editor "echo again >>\"\$1\"" &&
	status 128 git retro edit a 2>err && has err "edit.d/retros/a.md" &&
	has err "unsaved changes from an earlier edit of a exist" &&
	has .git/retro/edit.d/retros/a.md lost && rm .git/retro/edit.d/retros/a.md &&
	git retro edit a && has retros/a.md again && git checkout -q .
'
ok 'an editor that fails without a change leaves nothing' '
	cd r && editor "exit 1" && status 128 git retro edit a 2>err &&
	cmp ../before retros/a.md && gone
'
ok 'no editor at all' '
	cd r && GIT_EDITOR=no-such-editor && status 128 git retro edit a 2>err &&
	cmp ../before retros/a.md && has err no-such-editor && gone
'
ok 'a change by other hands in the meantime is not overwritten' '
	cd r && editor "echo mine >>\"\$1\"; echo theirs >>$TRASH/r/retros/a.md" &&
	status 128 git retro edit a 2>err && has err "modified meanwhile" &&
	has retros/a.md theirs && lacks retros/a.md mine &&
	has .git/retro/edit.d/retros/a.md mine && rm .git/retro/edit.d/retros/a.md &&
	git checkout -q .
'
ok 'others can edit while the editor is open' '
	cd r && printf -- "---\nid: b\ntitle: B\ndate: 2026-01-01\nstatus: draft\n---\n" \
		>retros/b.md &&
	editor "git retro link b --fix HEAD || exit 9; echo x >>\"\$1\"" &&
	git retro edit a && has retros/b.md fix && rm retros/b.md &&
	git checkout -q .
'
ok 'Ctrl-C in the editor' '
	cd r && editor "echo ready; echo part >>\"\$1\"; sleep 20" &&
	! "$BUILD/tests/pty" -e ready -s "\x03" -- git retro edit a >out &&
	 cmp ../before retros/a.md &&
	rm -f .git/retro/edit.d/retros/a.md
'
ok 'mistakes' '
	cd r && status 128 git retro edit nope 2>err && has err nope &&
	status 129 git retro edit a b 2>err &&
	git clone -q --bare . ../bare.git && cd ../bare.git &&
	status 128 git retro edit a 2>err && has err bare
'
test_done
