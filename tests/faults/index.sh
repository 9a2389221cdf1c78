#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# index.sh [<seed> [<kills> [<retros>]]]: does to the index what a machine can
# do to a file, and holds every answer to that of an index that nothing
# happened to: a byte flipped on each page and all over a journal that a kill
# left, cut off at each page, foreign bytes, other versions, nothing to be
# written, a full disk, five readers and two writers at once, and killed at
# random moments while it is built. No command may answer otherwise, say a word
# on stderr, or fail.
set -u
seed=${1:-1} kills=${2:-100} retros=${3:-400}
here=$(cd "${0%/*}" && pwd)
BUILD=${BUILD:-${here%/*/*}/build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
PATH=$BUILD:$PATH GIT_CONFIG_NOSYSTEM=1
export PATH GIT_CONFIG_NOSYSTEM
scratch=$(mktemp -d "${TMPDIR:-/tmp}/retro-index.XXXXXX") || exit 1
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
cd "$scratch" || exit 1
git init -q repo && cd repo && git config user.name I &&
git config user.email i@example.com &&
"$here/../bench/corpus.pl" retros "$retros" "$seed" &&
git add . && git commit -q -m corpus || exit 1
index=.git/retro/index
page=16384

fail () {
	echo "FAILED (seed $seed): $what: $1"
	[ -s "$scratch/err" ] && cat "$scratch/err"
	exit 1
}

# random <limit>: the next number of the seed's sequence, in $number.
state=$seed
random () {
	state=$(((state * 1103515245 + 12345) % 2147483648))
	number=$((state / 65536 % $1))
}

# All that is read from the index.
cat >"$scratch/ask" <<'EOF'
git-retro list --format=tsv &&
git-retro search --format=json --limit=0 pipeline OR 数据 &&
git-retro search --format=json 的 label:capacity &&
git-retro grep -c data
EOF

ask () { # <where>
	sh "$scratch/ask" >"$1" 2>"$scratch/err"
}

# The right answer, twice: while it is built, and from what was built.
what='no fault'
ask "$scratch/right" || fail "no answer"
ask "$scratch/now" && cmp -s "$scratch/right" "$scratch/now" ||
	fail "two answers"
cp $index "$scratch/index"
pages=$(($(wc -c <$index) / page))

check () {
	ask "$scratch/now" || fail "a command failed"
	[ -s "$scratch/err" ] && fail "said something"
	cmp -s "$scratch/right" "$scratch/now" || fail "another answer"
}

fresh () {
	rm -rf .git/retro && mkdir .git/retro && cp "$scratch/index" $index
}

flip () { # <file> <byte> <bit>
	perl -e 'open my $f, "+<", shift or die; my $at = shift;
		seek $f, $at, 0; read $f, my $c, 1; seek $f, $at, 0;
		print $f chr(ord($c) ^ 1 << shift)' "$@"
}

i=0
while [ $i -lt $pages ]
do
	what="a byte flipped on page $i"
	random $page
	fresh
	flip $index $((i * page + number)) $((number % 8))
	check
	i=$((i + 1))
done
echo "a byte flipped on each of $pages pages: the same answers"

i=0
while [ $i -lt $pages ]
do
	what="cut off at page $i"
	fresh
	random 2
	truncate -s $((i * page + number * 1000)) $index
	check
	i=$((i + 1 + pages / 40))
done
what='two pages exchanged'
fresh
dd if="$scratch/index" of=$index bs=$page skip=3 seek=5 count=1 \
	conv=notrunc 2>/dev/null
dd if="$scratch/index" of=$index bs=$page skip=5 seek=3 count=1 \
	conv=notrunc 2>/dev/null
check
what='foreign bytes'
fresh && head -c 100000 /dev/urandom >$index && check
fresh && echo 'no database' >$index && check
fresh && head -c 65536 /dev/zero >$index && check
what='a folder in its place'
rm -f $index && mkdir $index && check && rmdir $index
what='a link to nowhere'
rm -f $index && ln -s /nowhere/at/all $index && check && rm -f $index
what='a fifo'
rm -f $index && mkfifo $index && check && rm -f $index
what='a journal that is none'
fresh && head -c 5000 /dev/urandom >$index-journal && check
what='another version'
fresh
perl -e 'open my $f, "+<", shift or die; seek $f, 60, 0; print $f "\0\0\0\1"' \
	$index
check
echo 'cut off, foreign, of another version: the same answers'

# Killed while it changed pages: the journal that it left is played back, unless
# there is anything about it that is not as it was written.
what='killed between two pages'
sed -i 's/^status: final/status: review/' retros/*2.md
ask "$scratch/right" || fail "a command failed"
fresh
(ASAN_OPTIONS=verify_asan_link_order=0 CUT_AT=5 \
	LD_PRELOAD=$BUILD/tests/cut.so git-retro list >/dev/null 2>&1)
[ $? = 137 ] || fail "not killed: is $BUILD/tests/cut.so there?"
rm -rf "$scratch/hot" && cp -a .git/retro "$scratch/hot"
hot () {
	rm -rf .git/retro && cp -a "$scratch/hot" .git/retro
}
size=$(wc -c <$index-journal)
[ "$size" -gt $page ] || fail "no journal"
check
# the header, the seals, and of each page its number, its bytes and their sum
i=0
while [ $i -lt 28 ]
do
	echo $i
	i=$((i + 1))
done >"$scratch/places"
i=256
while [ $i -lt 304 ]
do
	echo $i
	i=$((i + 5))
done >>"$scratch/places"
i=512
while [ $i -lt "$size" ]
do
	random $page
	printf '%s\n' $i $((i + 1)) $((i + 2)) $((i + 3)) $((i + 4 + number)) \
		$((i + page + 6))
	i=$((i + page + 8))
done >>"$scratch/places"
flipped=0
while read -r i
do
	[ "$i" -lt "$size" ] || break
	random 8
	what="killed, and bit $number of byte $i of the journal flipped"
	hot
	flip $index-journal "$i" "$number"
	check
	flipped=$((flipped + 1))
done <"$scratch/places"
what='killed, and a byte of the journal set to zero'
hot
printf '\0' | dd of=$index-journal bs=1 conv=notrunc 2>/dev/null
check
what='killed, and the journal deleted'
hot && rm $index-journal && check
for i in 0 20 300 520 $((size / 2)) $((size - 1))
do
	what="killed, and the journal cut off at $i"
	hot && truncate -s "$i" $index-journal && check
done
echo "a byte flipped at $flipped places of a journal, cut off, deleted:" \
	'the same answers'

# Root may always write, so somebody else asks.
check_read_only () {
	if [ "$(id -u)" = 0 ]
	then
		chmod 755 "$scratch" && chown -R 65534:65534 .
		HOME=$scratch setpriv --reuid=65534 --regid=65534 \
			--clear-groups sh "$scratch/ask" >"$scratch/now" \
			2>"$scratch/err" || fail "a command failed"
		chown -R 0:0 .
		[ -s "$scratch/err" ] && fail "said something"
		cmp -s "$scratch/right" "$scratch/now" || fail "another answer"
	else
		check
	fi
}
what='not to be written'
fresh && chmod -R a-w .git/retro && check_read_only
what='not to be made'
chmod -R u+w .git/retro && rm -rf .git/retro && chmod a-w .git &&
	check_read_only
chmod u+w .git
sed -i 's/^status: final/status: review/' retros/*1.md
ask "$scratch/right" || fail "a command failed"
what='not to be written, and old'
fresh && chmod -R a-w .git/retro && check_read_only
chmod -R u+w .git/retro
echo 'not to be written: the same answers'

for blocks in 0 1 64 500 2000
do
	what="a full disk: no file of more than $blocks blocks"
	rm -rf .git/retro
	(ulimit -f $blocks && sh "$scratch/ask" 2>&1) | cat >"$scratch/now"
	cmp -s "$scratch/right" "$scratch/now" || fail "another answer"
done
mkdir -p .git/retro
if mount -t tmpfs -o size=600k none .git/retro 2>/dev/null
then
	what='a full disk'
	check
	umount .git/retro
fi
echo 'a full disk: the same answers'

what='five at once'
rm -rf .git/retro
for i in 1 2 3 4 5
do
	sh "$scratch/ask" >"$scratch/now.$i" 2>&1 &
done
wait
for i in 1 2 3 4 5
do
	cmp -s "$scratch/right" "$scratch/now.$i" || fail "another answer"
done

# Each finds what it has just written, whatever the other does.
what='two writers'
write () {
	for n in 1 2 3 4 5 6 7 8 9 10 11 12
	do
		printf -- '---\nid: w%s\ntitle: W\n---\nword%sx%s\n' "$1" "$1" \
			"$n" >"retros/w$1.md"
		git-retro search "word$1x$n" >"$scratch/out.$1" 2>&1 ||
			return 1
	done
}
write 1 & one=$!
write 2 & two=$!
wait $one || fail "did not find what it wrote: $(cat "$scratch/out.1")"
wait $two || fail "did not find what it wrote: $(cat "$scratch/out.2")"
rm retros/w1.md retros/w2.md
check
echo 'five readers, two writers: the same answers'

what='a writer that stands still'
for n in 1 2 3
do
	rm -rf .git/retro
	git-retro list >/dev/null 2>&1 &
	pid=$!
	sleep 0.0$((n * 3))
	kill -STOP $pid 2>/dev/null
	begun=$(date +%s)
	check
	[ $(($(date +%s) - begun)) -lt 60 ] || fail "waited for it"
	kill -CONT $pid 2>/dev/null
	wait $pid
	check
done
echo 'one that stands still: the same answers'

what='killed'
rm -rf .git/retro
begun=$(date +%s%N)
git-retro list >/dev/null
took=$((($(date +%s%N) - begun) / 1000000 + 1))
killed=0 i=0
rm -rf .git/retro
while [ $i -lt "$kills" ]
do
	i=$((i + 1))
	[ $((i % 3)) = 0 ] && rm -rf .git/retro
	[ $((i % 3)) = 1 ] && touch retros/*"$((i % 10))".md
	[ $((i % 3)) = 2 ] && sed -i "s/^status: .*/status: draft # $i/" \
		retros/*"$((i % 10))".md
	git-retro list >/dev/null 2>&1 &
	pid=$!
	random "$took"
	sleep "$(printf '%d.%03d' $((number / 1000)) $((number % 1000)))"
	kill -9 $pid 2>/dev/null && killed=$((killed + 1))
	wait $pid 2>/dev/null
	ask "$scratch/now" || fail "a command failed after kill $i"
	[ -s "$scratch/err" ] && fail "said something after kill $i"
	mv .git/retro "$scratch/aside" 2>/dev/null
	ask "$scratch/right" || fail "a command failed"
	rm -rf .git/retro
	mv "$scratch/aside" .git/retro
	cmp -s "$scratch/right" "$scratch/now" ||
		fail "another answer after kill $i"
done
echo "seed $seed: killed $killed of $kills while it was built: the same answers"
