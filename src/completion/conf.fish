# SPDX-License-Identifier: GPL-2.0-only
#
# For fish up to 3.6.0, whose own completion of git does not ask for that of
# git-retro. Lies in vendor_conf.d.
complete -c git -n __fish_git_needs_command -a retro \
    -d 'Write down what a release taught, and find it again'
complete -c git -f -n '__fish_git_using_command retro' \
    -a "(functions -q __git_retro_complete; or complete -C 'git-retro ' >/dev/null
        __git_retro_complete)"
