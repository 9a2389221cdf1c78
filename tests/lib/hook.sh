# SPDX-License-Identifier: GPL-2.0-only
#
# For the tests of hooks: repositories that have ours, and a terminal.

PTY=$BUILD/tests/pty

# hooked <folder>: a repository with our hooks and one commit; enters it.
hooked () {
	new_repo "$1" && cd "$1" && git retro hooks install >/dev/null &&
	commit first
}

# answer <tag>: what is remembered of the question for it.
answer () {
	sed -n "s/^\([a-z]*\)	$1	.*/\1/p" \
		"$(git rev-parse --git-common-dir)/retro/asked"
}

# retro_for <tag>: a retro that covers it, in the work tree.
retro_for () {
	mkdir -p retros &&
	printf -- '---\nid: r-%s\ntitle: T\ndate: 2026-01-05\n' "$1" \
		>"retros/$1.md" &&
	printf 'status: %s\nreleases: [%s]\n---\n' "${2:-draft}" "$1" \
		>>"retros/$1.md"
}

# policy <line>...: these lines are the `.retro.yml`.
policy () {
	printf '%s\n' 'version: 1' "$@" >.retro.yml
}

# silent <command>...: it works and says nothing of ours.
silent () {
	"$@" >out 2>&1 || { cat out; return 1; }
	lacks out 'git retro'
}

# line <tag>: the one line for it, and nothing more, is in err.
line () {
	printf '%s\n' "git retro: $1 has no retro yet. To draft one:\
 git retro new --release $1" >want &&
	same want err
}
