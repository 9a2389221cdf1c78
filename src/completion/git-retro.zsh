#compdef git-retro
#description write down what a release taught, and find it again
# SPDX-License-Identifier: GPL-2.0-only
#
# zsh completion for git retro: zsh's own completion of git calls _git-retro.
# src/cmd/completion.c says what the rows are.

local _git_retro_table='
{{table}}
'

# Gives the words of set $1 that match the pattern $2 in `reply`, as _describe
# wants them.
_git_retro_words () {
	local row
	local -a column
	reply=()
	for row in ${(f)_git_retro_table}; do
		column=("${(@ps:\t:)row}")
		[[ $column[1] == "$1" && $column[2] == ${~2} ]] || continue
		reply+=("${${column[2]%=}//:/\\:}${${column[3]:#.}:+:$column[3]}")
	done
}

# $1 set, $2 word: gives the row's last column in `what`.
_git_retro_find () {
	local row
	local -a column
	for row in ${(f)_git_retro_table}; do
		column=("${(@ps:\t:)row}")
		[[ $column[1] == "$1" && $column[2] == "$2" ]] || continue
		what=$column[4]
		return 0
	done
	what=
	return 1
}

# Each id, and each release that a retro covers.
_git_retro_retros () {
	_call_program retros git retro list --format=tsv | awk -F'\t' '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		{
			print $at["id"]
			n = split($at["releases"], tag, ", ")
			for (i = 1; i <= n; i++) print tag[i]
		}'
}

# Each pitfall that has a number.
_git_retro_pitfalls () {
	_call_program pitfalls git retro pitfalls --format=tsv | awk -F'\t' '
		NR > 1 && $NF != "" { print $1 "#" $NF }'
}

# What is muted: a pitfall by its number, without one all of its retro.
_git_retro_mutable () {
	_call_program pitfalls git retro pitfalls --format=tsv | awk -F'\t' '
		NR > 1 { print $NF == "" ? $1 : $1 "#" $NF }' | sort -u
}

_git_retro_refs () {
	_call_program refs \
		git for-each-ref '--format="%(refname:strip=2)"' $@
}

# Offers what $1 stands for; $2 is the subcommand.
_git_retro_value () {
	local expl
	local -a reply names all
	all=(refs/tags refs/heads refs/remotes)
	case $1 in
	'<retro>')
		if [[ $PREFIX == *'#'* ]]; then
			names=(${(f)"$(_git_retro_pitfalls)"})
		else
			names=(${(f)"$(_git_retro_retros)"})
		fi ;;
	'<pitfall>') names=(${(f)"$(_git_retro_mutable)"}) ;;
	'<action>')
		local open=--open
		[[ $2 == *' reopen' ]] && open=
		names=(${(f)"$(_call_program actions git retro actions $open \
			--format=tsv | cut -f1 | sed 1d)"}) ;;
	'<tag>') names=(${(f)"$(_git_retro_refs refs/tags)"}) ;;
	'<branch>')
		names=(${(f)"$(_git_retro_refs refs/heads refs/remotes)"}) ;;
	'<rev>') names=(${(f)"$(_git_retro_refs $all)"}) ;;
	'<A..B>')
		compset -P '*..'
		names=(${(f)"$(_git_retro_refs $all)"}) ;;
	'<template>')
		names=(${(f)"$(_call_program templates git retro new \
			--list-templates | cut -d" " -f1)"}) ;;
	'<path>'|'<file>'|'<glob>')
		_files
		return ;;
	'<'*)
		_git_retro_words $1 '*'
		_describe -t values "${${1#<}%>}" reply
		return ;;
	'.'|'') return 1 ;;
	*) names=(${=1}) ;;
	esac
	_wanted values expl "${${1#<}%>}" compadd -a names
}

# Options that only take another back are offered when asked for.
_git_retro_options () {
	setopt localoptions extendedglob
	local -a reply plain valued
	_git_retro_words $1 '-*[^=]'
	plain=($reply)
	[[ $PREFIX == --no* ]] || plain=(${plain:#--no-[^:]#})
	_git_retro_words $1 '-*='
	valued=($reply)
	_describe -o option plain -- valued -qS =
}

# $1 command, $2 command and subcommand, $3 how many arguments stand before
_git_retro_argument () {
	local what ret=1
	local -a reply all
	if [[ $3 == 0 && $1 == $2 ]]; then
		_git_retro_words $1 '[a-z]*'
		(( $#reply )) && _describe -t subcommands subcommand reply &&
			ret=0
	fi
	_git_retro_find $2 @ || return ret
	all=(${=what})
	what=$all[$3+1]
	[[ -z $what && $all[-1] == *... ]] && what=$all[-1]
	_git_retro_value "${what%...}" $2 && ret=0
	return ret
}

_git_retro_main () {
	local c word what cmd= set= nr=0 ended= value=
	for (( c = 2; c < CURRENT; c++ )); do
		word=${(Q)words[c]}
		if [[ -n $value ]]; then
			value=
		elif [[ -z $cmd ]]; then
			[[ $word == -* ]] || { cmd=$word; set=$word }
		elif [[ $word == -- ]]; then
			ended=1
		elif [[ $word == -* && -z $ended ]]; then
			_git_retro_find $cmd $word= && value=$what
		elif [[ $nr == 0 && $set == $cmd ]] &&
			_git_retro_find $cmd $word; then
			set="$cmd $word"
		else
			(( nr++ ))
		fi
	done
	word=$words[CURRENT]
	if [[ -n $value ]]; then
		_git_retro_value $value
	elif [[ -z $cmd ]]; then
		_git_retro_value '<command>'
	elif [[ $word == --*=* && -z $ended ]]; then
		_git_retro_find $cmd ${word%%=*}= || return 1
		compset -P 1 '*='
		_git_retro_value $what
	elif [[ $word == -* && -z $ended ]]; then
		_git_retro_options $cmd
	else
		_git_retro_argument $cmd $set $nr
	fi
}

_git_retro_main
