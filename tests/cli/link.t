#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
. "${0%/*}/../lib/test.sh"

ok 'set up' '
	new_repo r && cd r && mkdir retros && commit one src/a.c &&
	commit two src/a.c && git tag v1.0.0 && git branch release/1.0 &&
	git update-ref refs/remotes/origin/release/0.9 HEAD~1 &&
	cat >retros/a.md <<-\EOF &&
	---
	id: 2026-01-02-a
	title: A # the first
	date: 2026-01-02
	status: draft
	labels:
	  - x # why
	---
	text
	EOF
	printf -- "---\nid: 2025-12-01-b\ntitle: B\ndate: 2025-12-01\nstatus: draft\n---\n" \
		>retros/b.md &&
	git add . && git commit -q -m retros
'
ok 'every kind of tie' '
	cd r && git retro link @ --cause HEAD~2 --fix $(git rev-parse --short HEAD~1) \
		--commit v1.0.0 --release v1.0.0 --branch release/1.0 \
		--branch release/0.9 --path src/a.c --path "data/**" \
		--related 2025-12 --seen-before retros/b.md &&
	git diff -U0 | grep "^[-+]" | grep -v "^[-+][-+]" \
		>got && ! grep "^-" got &&
	sed -e "s/$(git rev-parse HEAD~2)/CAUSE/; s/$(git rev-parse HEAD~1)/FIX/" \
		retros/a.md >out && golden cli/link.md out &&
	git retro check >out && test_empty out
'
ok 'twice changes nothing' '
	cd r && cp retros/a.md before &&
	git retro link @ --cause HEAD~2 --release v1.0.0 --path "data/**" &&
	cmp before retros/a.md
'
ok 'an abbreviation in the file is the same commit' '
	cd r && full=$(git rev-parse HEAD) &&
	printf -- "---\nid: 2024-01-01-c\ntitle: C\ndate: 2024-01-01\nstatus: draft\ncommits:\n  fix: [%.8s]\n---\n" \
		"$full" >retros/c.md && cp retros/c.md before &&
	git retro link 2024 --fix HEAD && cmp before retros/c.md &&
	git retro unlink 2024 --fix HEAD && has retros/c.md "fix: []" &&
	rm retros/c.md
'
ok 'unlink takes each away' '
	cd r && git retro unlink @ --cause HEAD~2 --fix HEAD~1 --commit v1.0.0 \
		--release v1.0.0 --branch release/1.0 --branch release/0.9 \
		--path src/a.c --path "data/**" --related 2025-12-01-b \
		--seen-before 2025-12-01-b &&
	git retro show --format=json @ >out &&
	lacks out "$(git rev-parse HEAD~2)" && lacks out "release/1.0\"" &&
	has retros/a.md "title: A # the first" && has retros/a.md "  - x # why"
'
ok 'what git cannot resolve is refused, with what is near' '
	cd r && git checkout -q . && cp retros/a.md before &&
	status 128 git retro link @ --cause deadbeef 2>err &&
	has err deadbeef &&
	status 128 git retro link @ --release v1.0.1 2>err &&
	has err "v1.0.0" &&
	status 128 git retro link @ --branch relaese/1.0 2>err &&
	has err "release/1.0" &&
	status 128 git retro link @ --path src/none.c 2>err && has err none.c &&
	status 128 git retro link @ --path ../../etc/passwd 2>err &&
	status 128 git retro link @ --related 2025-12-01-c 2>err &&
	has err 2025-12-01-b &&
	status 129 git retro link @ --related @ 2>err &&
	status 129 git retro link @ 2>err && status 129 git retro link 2>err &&
	status 128 git retro unlink @ --release v1.0.0 2>err &&
	cmp before retros/a.md
'
ok 'one refused link leaves the whole file' '
	cd r && cp retros/a.md before &&
	status 128 git retro link @ --release v1.0.0 --related nope 2>err &&
	cmp before retros/a.md
'
ok 'a dead commit can be unlinked by its beginning' '
	cd r && git retro link @ --commit HEAD &&
	sed -i "s/$(git rev-parse HEAD)/1234567890123456789012345678901234567890/" \
		retros/a.md && git retro unlink @ --commit 12345678 &&
	lacks retros/a.md 12345678
'
ok 'two at once: both are there' '
	cd r && git checkout -q . &&
	for i in 1 2 3 4 5 6 7 8
	do
		git retro link @ --path "p$i/**" &
	done && wait &&
	for i in 1 2 3 4 5 6 7 8
	do
		has retros/a.md "p$i/**" || exit 1
	done
'
ok 'with --suggest, a link that it would ignore is refused' '
	new_repo asked && cd asked && commit a && mkdir retros &&
	printf -- "---\nid: a\ntitle: A\ndate: 2026-01-01\n---\n" >retros/a.md &&
	status 129 git retro link a --suggest --cause HEAD 2>err &&
	has err "only --fix goes with" && status 129 git retro link a --suggest --path x 2>err
'
test_done
