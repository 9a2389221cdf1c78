# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# complete.bash <word>...: what bash, with git's completion and ours, offers at
# the end of a line, one a line between brackets. The words are as readline
# splits them: `--format=js` is three.

# shellcheck source=/dev/null
. "$GIT_COMPLETION"
# shellcheck source=/dev/null
. "$BUILD/completion/bash"

COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*"
COMP_POINT=${#COMP_LINE} COMPREPLY=()
called=$(complete -p "$1")
called=${called#*-F }
"${called%% *}"
[ ${#COMPREPLY[@]} = 0 ] || printf '[%s]\n' "${COMPREPLY[@]}"
