# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154
#
# bash completion for git retro. git's own completion calls _git_retro and
# provides __git, cur, words and cword. src/cmd/completion.c says what the rows
# are.

__git_retro_table='
{{table}}
'

# $1 set, $2 word: gives the row's last column in `what`.
__git_retro_find ()
{
	local set word help
	while IFS=$'\t' read -r set word help what
	do
		[[ $set == "$1" && $word == "$2" ]] && return
	done <<<"$__git_retro_table"
	what=
	return 1
}

# $1 set, $2 how the words of it begin: prints them.
__git_retro_words ()
{
	local set word help what
	while IFS=$'\t' read -r set word help what
	do
		[[ $set == "$1" && $word == "$2"* ]] && echo "$word"
	done <<<"$__git_retro_table"
}

# Each id, and each release that a retro covers.
__git_retro_retros ()
{
	__git retro list --format=tsv 2>/dev/null | awk -F'\t' '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		{
			print $at["id"]
			n = split($at["releases"], tag, ", ")
			for (i = 1; i <= n; i++) print tag[i]
		}'
}

# Each pitfall that has a number.
__git_retro_pitfalls ()
{
	__git retro pitfalls --format=tsv 2>/dev/null | awk -F'\t' '
		NR > 1 && $NF != "" { print $1 "#" $NF }'
}

# What is muted: a pitfall by its number, without one all of its retro.
__git_retro_mutable ()
{
	__git retro pitfalls --format=tsv 2>/dev/null | awk -F'\t' '
		NR > 1 { print $NF == "" ? $1 : $1 "#" $NF }' | sort -u
}

__git_retro_actions ()
{
	__git retro actions "$@" --format=tsv 2>/dev/null | cut -f1 | sed 1d
}

# $@: namespaces of refs
__git_retro_refs ()
{
	__git for-each-ref --format='%(refname:strip=2)' "$@" 2>/dev/null
}

# $1 what is wanted: words, or a placeholder; $2 subcommand. Prints words.
__git_retro_values ()
{
	case $1 in
	"<retro>")
		case $cur in
		*"#"*) __git_retro_pitfalls ;;
		*) __git_retro_retros ;;
		esac ;;
	"<pitfall>") __git_retro_mutable ;;
	"<action>")
		case $2 in
		*" reopen") __git_retro_actions ;;
		*) __git_retro_actions --open ;;
		esac ;;
	"<tag>") __git_retro_refs refs/tags ;;
	"<branch>") __git_retro_refs refs/heads refs/remotes ;;
	"<rev>" | "<A..B>") __git_retro_refs refs/tags refs/heads refs/remotes ;;
	"<template>")
		__git retro new --list-templates 2>/dev/null |
			cut -d' ' -f1 | sort -u ;;
	"<"*) __git_retro_words "$1" "" ;;
	.) ;;
	*) printf '%s\n' "${1// /$'\n'}" ;;
	esac
}

# Takes the words of stdin that begin with $1, quoted, for a name can hold
# anything; $2 goes before each, $3 behind it.
__git_retro_take ()
{
	local word quoted
	while IFS= read -r word
	do
		printf -v quoted %q "$word"
		if [[ $word && ($word == "$1"* || $quoted == "$1"*) ]]
		then
			COMPREPLY+=("${2-}$quoted${3- }")
		fi
	done
}

# $1 what is wanted, $2 what of it is typed, $3 subcommand
__git_retro_value ()
{
	local front=
	if [[ $1 == "<A..B>" && $2 == *..* ]]
	then
		front=${2%"${2##*..}"}
	fi
	__git_retro_take "${2#"$front"}" "$front" \
		<<<"$(__git_retro_values "$1" "${3-}")"
}

# $1 command: its options. Those that only take another back are offered when
# asked for.
__git_retro_options ()
{
	local set word help what behind
	while IFS=$'\t' read -r set word help what
	do
		[[ $set == "$1" && $word == --* && $word == "$cur"* ]] ||
			continue
		[[ $help != . || $cur == --no* ]] || continue
		behind=' '
		[[ $word == *= ]] && behind=
		COMPREPLY+=("$word$behind")
	done <<<"$__git_retro_table"
}

# $1 command, $2 command and subcommand, $3 how many arguments stand before
__git_retro_argument ()
{
	local what all last
	if [[ $3 == 0 && $1 == "$2" ]]
	then
		__git_retro_take "$cur" <<<"$(__git_retro_words "$1" "" |
			grep '^[a-z]')"
	fi
	__git_retro_find "$2" @ || return
	read -ra all <<<"$what"
	what=${all[$3]-}
	last=${all[${#all[@]} - 1]}
	[[ $what || $last != *... ]] || what=$last
	__git_retro_value "${what%...}" "$cur" "$2"
}

_git_retro ()
{
	local c word what cmd='' set='' nr=0 ended=''
	for ((c = ${__git_cmd_idx-1} + 1; c < cword; c++))
	do
		word=${words[c]}
		if [[ ! $cmd ]]
		then
			[[ $word == -* ]] || cmd=$word set=$word
		elif [[ $word == -- ]]
		then
			ended=1
		elif [[ $word == -* && ! $ended ]]
		then
			__git_retro_find "$cmd" "$word=" || continue
			if ((++c == cword))
			then
				__git_retro_value "$what" "$cur"
				return
			fi
		elif [[ $nr == 0 && $set == "$cmd" ]] &&
			__git_retro_find "$cmd" "$word"
		then
			set="$cmd $word"
		else
			((nr++))
		fi
	done
	if [[ ! $cmd ]]
	then
		__git_retro_value "<command>" "$cur"
	elif [[ $cur == --*=* && ! $ended ]]
	then
		__git_retro_find "$cmd" "${cur%%=*}=" &&
			__git_retro_value "$what" "${cur#*=}"
	elif [[ $cur == -* && ! $ended ]]
	then
		__git_retro_options "$cmd"
	else
		__git_retro_argument "$cmd" "$set" "$nr"
	fi
}

if declare -F __git_complete >/dev/null
then
	__git_complete git-retro _git_retro
fi
