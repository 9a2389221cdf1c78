#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# 100,000 tags: `init`, `status` with nothing owed and with each of them owed,
# and `new --release`, against git's own list of them. Medians of whole processes
# in milliseconds, and what they took of the processors. Needs hyperfine.
. "${0%/*}/common"

cd "$scratch" && git init -q -b main r && cd r
git config user.name B && git config user.email b@example.com
git config gc.auto 0
"$here/tags.pl" | git fast-import --quiet && git reset -q --hard
git pack-refs --all
peer='git for-each-ref refs/tags'

echo "$(git --version), $(uname -sm), $(nproc) processors, 100,000 tags"
heads
row 5 -p 'rm -rf .retro.yml retros .git/retro' 'git-retro init' "$peer"
git-retro init >/dev/null
row 5 git-retro\ status "$peer"
row 5 -p 'rm -rf .git/retro' git-retro\ status "$peer"
row 5 -p 'find retros -name 2*.md -delete' \
	'git-retro new --no-edit --release v55.5.5' "$peer"
echo '    all of them owed:'
printf 'releases:\n  tags: ["*"]\n  require: all\n' >.retro.yml
row 5 git-retro\ status "$peer"
row 5 'git-retro status --format=json' "$peer"
