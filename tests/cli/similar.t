#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Retros like another one, in show and in new.
. "${0%/*}/../lib/test.sh"

PTY=$BUILD/tests/pty
stty cols 200 2>/dev/null

# terminal <git arguments>: what a person sees, without the colours.
terminal () {
	GIT_PAGER=cat "$PTY" -- git -c color.ui=false "$@" | tr -d "\r"
}

# retro <id> <title> <pitfall> [<line>...]
retro () {
	mkdir -p retros &&
	{
		printf '%s\n' --- "id: $1" "title: $2" "date: 2026-01-05" \
			"status: final"
		id=$1 text=$3
		shift 3
		[ $# = 0 ] || printf '%s\n' "$@"
		printf '%s\n' --- '' '## Pitfalls' '' "- $text"
	} >retro.tmp && mv retro.tmp "retros/$id.md"
}

# collection <folder>: twelve retros, two of which are about the same.
collection () {
	new_repo "$1" && cd "$1" && commit first &&
	for i in 1 2 3 4 5 6 7 8 9 10
	do
		retro "r$i" "Release number$i" "The release$i of module$i was slow" || return 1
	done &&
	retro kafka-1 "Kafka consumers rebalance forever" \
		"A heartbeat timeout of the Kafka consumer group made partitions rebalance in a storm" &&
	retro kafka-2 "Consumer group storm" \
		"Kafka partitions rebalance when the heartbeat of a consumer group is late" &&
	git add . && git commit -q -m retros
}

ok 'show names what is similar, and what both have' '
	collection shared && terminal retro show kafka-1 >out &&
	has out "Similar retros" && has out "kafka-2  Consumer group storm  (both: " &&
	has out rebalance && has out heartbeat &&
	test "$(sed -n "/^Similar/,\$p" out | wc -l)" = 2
'

ok 'nothing is named where only common words are shared' '
	collection common && terminal retro show r1 >out && lacks out "Similar retros"
'

ok 'two globs in common speak for themselves, one does not' '
	collection paths && retro a "First thing" "one" "paths: [src/a.c, src/b.c]" &&
	retro b "Other matter" "two" "paths: [src/b.c, src/a.c]" &&
	retro c "Third case" "three" "paths: [src/a.c]" &&
	terminal retro show a >out && has out "b  Other matter  (both: src/b.c, src/a.c)" &&
	lacks out "c  Third case"
'

ok 'not in a part, a revision, JSON, HTML or the bytes' '
	collection parts && terminal retro show kafka-1 --section pitfalls >out &&
	lacks out Similar &&
	terminal retro show --at HEAD kafka-1 >out && lacks out Similar &&
	terminal retro show --format=json kafka-1 >out && lacks out Similar &&
	terminal retro show --html kafka-1 >out && lacks out Similar &&
	terminal retro show --raw kafka-1 >out && lacks out Similar &&
	terminal retro show kafka-1 >out && has out Similar
'

ok 'not where nobody waits: all retros are looked at for it' '
	cd shared && git retro show kafka-1 >out && lacks out Similar &&
	terminal retro show kafka-1 >out && has out Similar
'

ok 'at most three' '
	collection three && for i in 3 4 5 6
	do
		retro "kafka-$i" "Consumer group storm $i" \
			"Kafka partitions rebalance when the heartbeat of a consumer group is late" || return 1
	done && retro other "x" "y" && for i in $(seq 11 60)
	do
		retro "s$i" "Case number$i" "Thing$i about stuff$i" || return 1
	done && terminal retro show kafka-1 >out &&
	test "$(sed -n "/^Similar/,\$p" out | wc -l)" = 4
'

ok 'in Chinese' '
	collection chinese && retro 标注-1 "标注队列积压导致训练延迟" "标注队列积压, 训练任务超时" &&
	retro 标注-2 "训练任务超时" "标注队列积压时训练任务会超时" &&
	terminal retro show 标注-1 >out && has out "标注-2  训练任务超时"
'

ok 'new offers to mark a recurrence, to a person' '
	collection offer &&
	GIT_EDITOR=: "$PTY" -e "Has one of these happened again?" -s "1\r" -- \
		git retro new --kind incident "Kafka consumer group rebalance storm after late heartbeat partitions" >out &&
	has out "1  kafka-" && grep -h "^seen-before: \[kafka-[12]\]" retros/*.md
'

ok 'or of one pitfall of theirs' '
	collection pitfall && sed -i "s/^- /- P1: /" retros/kafka-*.md &&
	grep -q "^- P1: " retros/kafka-1.md &&
	GIT_EDITOR=: "$PTY" -e "Has one of these happened again?" -s "1#P1\r" -- \
		git retro new --kind incident "Kafka consumer group rebalance storm after late heartbeat partitions" >out &&
	grep -h "^seen-before: \[\"\?kafka-[12]#P1" retros/*.md
'

ok 'Enter, or anything else, is none' '
	collection none && for answer in "" x 7 1#P9 1#x 11
	do
		rm -f retros/20*.md
		GIT_EDITOR=: "$PTY" -e "Has one of these happened again?" -s "$answer\r" -- \
			git retro new --kind incident "Kafka consumer group rebalance storm after late heartbeat partitions" >out &&
		! grep -h "^seen-before: \[k" retros/*.md || return 1
	done
'

ok 'never in the way: no terminal, --no-edit, nothing similar' '
	collection way &&
	git retro new --kind incident "Kafka consumer group rebalance storm after late heartbeat partitions" >out 2>err &&
	lacks err "one of these" && rm retros/20*.md &&
	"$PTY" -- git retro new --no-edit --kind incident "Kafka consumer group rebalance storm after late heartbeat partitions" >out &&
	lacks out "one of these" && rm retros/20*.md &&
	"$PTY" -- git retro new --format json --kind incident "Kafka consumer group rebalance storm after late heartbeat partitions" >out &&
	lacks out "one of these" && has out "\"sections\"" && rm retros/20*.md &&
	GIT_EDITOR=: "$PTY" -- git retro new --kind incident "Nothing alike" >out &&
	lacks out "one of these"
'

ok 'runs of text are named, not the pairs of characters that they are sought by' '
	collection runs && retro gpu-1 "升级显卡驱动后训练任务全部失败" "驱动与算子版本配不上" &&
	retro gpu-2 "显卡驱动升级，任务跑不起来" "重启之后恢复" &&
	terminal retro show gpu-2 >out && has out "gpu-1" && grep "both: .*显卡驱动" out &&
	lacks out "卡驱," && lacks out "卡驱)"
'
ok 'titles alone can speak, a name in many of them does not' '
	collection titles && retro pool-1 "Connection pool exhausted" "one" &&
	retro pool-2 "Connection pool exhausted at night" "two" &&
	for i in 1 2 3 4 5
	do
		retro p$i "Acme Store outage$i" "cause$i" || exit 1
	done &&
	terminal retro show pool-2 >out && has out "pool-1" &&
	terminal retro show p1 >out && lacks out "Similar retros"
'
test_done
