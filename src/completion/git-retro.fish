# SPDX-License-Identifier: GPL-2.0-only
#
# fish completion for git retro: fish's own completion of git asks for that of
# git-retro; for old ones there is conf.fish. src/cmd/completion.c says what the
# rows are.

set -g __git_retro_table (string split \n -- '
{{table}}
')

# Prints the rows of a set.
function __git_retro_rows -a set
    for row in $__git_retro_table
        set -l columns (string split \t -- $row)
        test "$columns[1]" = "$set"; and echo $row
    end
end

# Prints the last column of a row; fails if there is no such row.
function __git_retro_find -a set word
    for row in (__git_retro_rows $set)
        set -l columns (string split \t -- $row)
        if test "$columns[2]" = "$word"
            echo $columns[4]
            return 0
        end
    end
    return 1
end

# Each id, and each release that a retro covers.
function __git_retro_retros
    git retro list --format=tsv 2>/dev/null | awk -F'\t' '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        {
            printf "%s\t%s\n", $at["id"], $at["title"]
            n = split($at["releases"], tag, ", ")
            for (i = 1; i <= n; i++) printf "%s\t%s\n", tag[i], $at["title"]
        }'
end

# Each pitfall that has a number.
function __git_retro_pitfalls
    git retro pitfalls --format=tsv 2>/dev/null | awk -F'\t' '
        NR > 1 && $NF != "" { printf "%s#%s\t%s\n", $1, $NF, $(NF - 1) }'
end

# What is muted: a pitfall by its number, without one all of its retro.
function __git_retro_mutable
    git retro pitfalls --format=tsv 2>/dev/null | awk -F'\t' '
        NR > 1 {
            printf "%s\t%s\n", $NF == "" ? $1 : $1 "#" $NF, $(NF - 1)
        }' | sort -u
end

function __git_retro_actions
    git retro actions $argv --format=tsv 2>/dev/null | awk -F'\t' '
        NR > 1 { printf "%s\t%s\n", $1, $NF }'
end

function __git_retro_refs
    git for-each-ref --format='%(refname:strip=2)' $argv 2>/dev/null
end

# Prints the words of a set with their help.
function __git_retro_words -a set
    for row in (__git_retro_rows $set)
        set -l columns (string split \t -- $row)
        echo $columns[2]\t(string replace -r '^\.$' '' -- $columns[3])
    end
end

# Prints what a placeholder stands for, or the words themselves.
function __git_retro_values -a what set
    switch "$what"
        case '<retro>'
            if string match -q '*#*' -- (commandline -ct)
                __git_retro_pitfalls
            else
                __git_retro_retros
            end
        case '<pitfall>'
            __git_retro_mutable
        case '<action>'
            if string match -q '* reopen' -- $set
                __git_retro_actions
            else
                __git_retro_actions --open
            end
        case '<tag>'
            __git_retro_refs refs/tags
        case '<branch>'
            __git_retro_refs refs/heads refs/remotes
        case '<rev>'
            __git_retro_refs refs/tags refs/heads refs/remotes
        case '<A..B>'
            set -l front (string match -r '^.*\.\.' -- (commandline -ct))
            __git_retro_refs refs/tags refs/heads refs/remotes |
                string replace -r '^' -- "$front"
        case '<template>'
            git retro new --list-templates 2>/dev/null | cut -d' ' -f1 | sort -u
        case '<path>' '<file>' '<glob>'
            __fish_complete_path (commandline -ct)
        case '<*'
            __git_retro_words $what
        case . ''
        case '*'
            string split ' ' -- $what
    end
end

# Options that only take another back are offered when asked for.
function __git_retro_options -a cmd cur
    for line in (__git_retro_words $cmd | string match -r '^-.*')
        string match -qr '^--no-.*\t$' -- $line
        and not string match -q -- '--no*' $cur
        or echo $line
    end
end

function __git_retro_argument -a cmd set nr
    if test $nr = 0 -a "$cmd" = "$set"
        __git_retro_words $cmd | string match -r '^[a-z].*'
    end
    set -l all (string split ' ' -- (__git_retro_find $set @))
    set -l what $all[(math $nr + 1)]
    if test -z "$what"; and string match -q '*...' -- $all[-1]
        set what $all[-1]
    end
    __git_retro_values (string replace -r '\.\.\.$' '' -- "$what") $set
end

function __git_retro_complete
    set -l words (commandline -opc)
    if test "$words[1]" = git
        set -l at (contains -i -- retro $words); or set at 2
        set -e words[1..$at]
    else
        set -e words[1]
    end
    set -l cur (commandline -ct)
    set -l cmd
    set -l set
    set -l nr 0
    set -l ended
    set -l value
    for word in $words
        if set -q value[1]
            set -e value
        else if not set -q cmd[1]
            string match -q -- '-*' $word; or set cmd $word
            set set $cmd
        else if test "$word" = --
            set ended 1
        else if string match -q -- '-*' $word; and not set -q ended[1]
            set value (__git_retro_find $cmd "$word=")
        else if test $nr = 0 -a "$cmd" = "$set"
            and __git_retro_find $cmd $word >/dev/null
            set set "$cmd $word"
        else
            set nr (math $nr + 1)
        end
    end
    if set -q value[1]
        __git_retro_values $value
    else if not set -q cmd[1]
        __git_retro_values '<command>'
    else if string match -q -- '--*=*' $cur; and not set -q ended[1]
        set -l option (string split -m1 = -- $cur)[1]
        __git_retro_values (__git_retro_find $cmd "$option=") |
            string replace -r '^' -- "$option="
    else if string match -q -- '-*' $cur; and not set -q ended[1]
        __git_retro_options $cmd $cur
    else
        __git_retro_argument $cmd $set $nr
    end
end

complete -c git-retro -f -a '(__git_retro_complete)'
