#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Where a retro covers its release, asked through `skip`: it refuses for one
# that is covered, and writes a waiver for one that is not.
. "${0%/*}/../lib/test.sh"

# retro <file> <tag>
retro () {
	mkdir -p "${1%/*}" &&
	printf -- '---\nid: r\ntitle: R\ndate: 2026-01-01\nstatus: draft\nreleases: [%s]\n---\nv9.0.0\n' \
		"$2" >"$1"
}
covered () {
	status 128 git retro skip "$1" --reason why 2>err && has err already
}
uncovered () {
	git retro skip "$1" --reason why >out && rm "$(cat out)"
}
ok 'set up' '
	new_repo r && cd r && commit one &&
	for v in 1 2 3 9; do git tag v$v.0.0 || return 1; done
'
ok 'in the work tree, committed or not' '
	cd r && uncovered v1.0.0 && retro retros/a.md v1.0.0 && covered v1.0.0
'
ok 'on a local and on a remote-tracking branch' '
	cd r && git checkout -q -b topic && git add retros &&
	git commit -q -m draft && git checkout -q main && covered v1.0.0 &&
	git clone -q . ../clone && cd ../clone && covered v1.0.0
'
ok 'not by a word in its text, nor where no retro is read' '
	cd r && uncovered v9.0.0 && retro retros/README.md v2.0.0 &&
	retro retros/.old/a.md v2.0.0 && retro retros/a.txt v2.0.0 &&
	uncovered v2.0.0 && git checkout -q -b more && git add . &&
	git commit -q -m more && git checkout -q main && uncovered v2.0.0
'
ok 'not through a link that leads out' '
	cd r && retro ../outside/a.md v3.0.0 && mkdir -p retros &&
	ln -s ../../outside/a.md retros/a.md && uncovered v3.0.0 &&
	rm retros/a.md
'
ok 'what is missing in a partial clone is passed over' '
	git -C r config uploadpack.allowFilter true &&
	git clone -q --filter=blob:none --no-checkout "file://$TRASH/r" part &&
	cd part &&
	uncovered v1.0.0
'
test_done
