#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The server for coding agents, asked by the official client (client.mjs) with
# what package.json names from npm, and by a hostile one (hostile.pl).
. "${0%/*}/../lib/test.sh"

# retros: 120 of them, and a file that they concern.
retros () {
	new_repo "$1" && cd "$1" && mkdir retros && commit base src/load.c "int load;" &&
	for i in $(seq 120)
	do
		printf '%s\n' --- "id: r-$i" "title: Empty labels $i" 'date: 2026-01-05' \
			'status: final' --- '' '## Pitfalls' '' '- P1: A label can be empty: `src/load.c`' \
			'' '## Actions' '' '- [ ] A1: Test it @ann due:2026-01-16' >"retros/r-$i.md" || return 1
	done && git add . && git commit -q -m retros
}

modules=$TOP/build/agents/node_modules
if command -v node >/dev/null && [ -d "$modules/@modelcontextprotocol/client" ]
then
	ok 'the official client, in both revisions, and the schemas' '
		retros client && cp "$TESTS"/agents/client.mjs "$TOP/build/agents/" &&
		may_fail node "$TOP/build/agents/client.mjs" . >tap && has tap "1..70" &&
		if grep "^not ok" -A 5 tap; then return 1; fi
	'
else
	skip 'the official client' 'node or the client is not installed'
fi

if perl -MJSON::PP -e 1 2>/dev/null
then
	ok 'hostile messages' '
		retros hostile && perl "$TESTS/agents/hostile.pl" . 1 "${HOSTILE:-100}"
	'
else
	skip 'hostile messages' 'perl has no JSON::PP'
fi
test_done
