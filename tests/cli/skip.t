#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# git retro skip: a release that knowingly has no retro.
. "${0%/*}/../lib/test.sh"

ok 'a waiver is written and its path printed' '
	new_repo repo && cd repo && commit Start && git tag v1.0.0 &&
	git retro skip v1.0.0 --reason "only a typo: see #3" >out 2>err &&
	test_empty err &&
	echo retros/2026-01-05-v1-0-0.md >expected && same expected out &&
	cat >expected <<-\END &&
	---
	id: 2026-01-05-v1-0-0
	title: No retro for v1.0.0
	date: 2026-01-05
	status: waived
	kind: release
	authors: [Ann Author <ann@example.com>]
	releases: [v1.0.0]
	summary: "only a typo: see #3"
	---

	# No retro for v1.0.0
	END
	same expected retros/2026-01-05-v1-0-0.md &&
	git retro check >out 2>&1 && test_empty out
'
ok 'a release that is covered is left alone' '
	cd repo && ls retros >before &&
	status 128 git retro skip v1.0.0 --reason again 2>err &&
	has err "waiver already: retros/2026-01-05-v1-0-0.md" &&
	status 128 git retro new --release v1.0.0 --no-edit 2>err &&
	has err "waiver already" && ls retros >after && same before after
'
ok 'also where its retro lies on another branch' '
	cd repo && commit More && git tag v1.1.0 && git checkout -q -b topic &&
	git retro new --release v1.1.0 --no-edit && git add retros &&
	git commit -q -m Retro && git checkout -q main &&
	status 128 git retro skip v1.1.0 --reason why 2>err &&
	has err "another branch" && test ! -e retros/2026-01-05-v1-1-0.md
'
ok 'it wants one release and a reason' '
	cd repo && git tag v1.2.0 &&
	status 129 git retro skip v1.2.0 2>err && has err "reason" &&
	status 129 git retro skip v1.2.0 --reason " " 2>err &&
	status 129 git retro skip --reason why 2>err &&
	status 129 git retro skip v1.2.0 v1.0.0 --reason why 2>err &&
	status 128 git retro skip v1.2.00 --reason why 2>err &&
	has err "did you mean"
'
ok 'the reason is only text, and one can skip in Chinese' '
	cd repo && git retro skip v1.2.0 --language zh \
		--reason "$(printf "只改了\n---\n文档")" >out &&
	has "$(cat out)" "title: v1.2.0 不做复盘" &&
	has "$(cat out)" "summary: \"只改了\\n---\\n文档\"" &&
	git retro check >out 2>&1 && test_empty out
'
ok 'a bare repository has no place for it' '
	git clone -q --bare repo bare.git && cd bare.git &&
	status 128 git retro skip v1.0.0 --reason why 2>err && has err bare
'
test_done
