#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# rows.sh [postgresql|sqlite]: ROWS (1,000,000) rows in a PostgreSQL of our own,
# then in SQLite, or in one of them. A row is a retro: DISTINCT (10) repositories of
# COUNT (10,000) retros of the generator each are exported with --repos, and what is
# printed of them is repeated under other names until there are so many; all of it
# is one load. Prints how fast that is, how large it gets, how long questions like
# those of search, pitfalls and audit take and by which plan, by how many of 40
# words other retros are found than by `search --repos`, and what a second load
# after one change moves. Disk: about 15 KB a row. Fails where a word differs, or
# where not one row moved. DuckDB: tests/real/duckdb.mjs. The figures: rows.md.
set -eu
here=$(cd "${0%/*}" && pwd)
BUILD=${BUILD:-${here%/*/*}/build}
PATH=$BUILD:$PATH GIT_CONFIG_NOSYSTEM=1 LC_ALL=C.UTF-8
export PATH GIT_CONFIG_NOSYSTEM LC_ALL
unset GIT_DIR GIT_WORK_TREE
rows=${ROWS:-1000000} count=${COUNT:-10000} distinct=${DISTINCT:-10}
copies=$((rows / (count * distinct)))
scratch=$(mktemp -d "${TMPDIR:-/tmp}/retro-bench.XXXXXX")
chmod 755 "$scratch"
pg=$scratch/pg
. "${here%/*}/lib/postgresql.sh"
trap 'pg_stop; rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

cd "$scratch"
for nr in $(seq "$distinct")
do
	git init -q "org/all-0-$nr"
	perl "$here/corpus.pl" "org/all-0-$nr/retros" "$count" "$nr"
done
words='migration backup deadlock gradient leakage annotation runbook refund
	timezone latency restore replica schema baseline threshold tokenizer
	cluster snapshot quota vendor 标注 部署 模型 上线 回滚 数据 训练 版本 发布 测试
	问题 评审 样本 告警 缓存 磁盘 网络 权限 依赖 库'
asked='zebra deadlock 磁盘 migration_timeout 库 "数据_标注"'
bad=0
# clock: now, and the seconds of processors that what has ended used.
clock () {
	times >times.now
	{
		date +%s.%N
		tail -n 1 times.now | tr 'ms' '  '
		[ ! -f "$pg/data/postmaster.pid" ] ||
			cut -d' ' -f 16,17 "/proc/$(head -n 1 "$pg/data/postmaster.pid")/stat"
	} | awk 'NR == 1 { now = $1 }
		NR == 2 { used = 60 * ($1 + $3) + $2 + $4 }
		NR == 3 { used += ($1 + $2) / 100 }
		END { printf "%.2f %.2f\n", now, used }'
}
# timed <what> <command>...
timed () {
	what=$1
	shift
	clock >clock.from
	"$@"
	clock >clock.to
	paste clock.from clock.to | awk -v what="$what" \
		'{ printf "%s: %.2f s, of processors %.2f s\n", what, $3 - $1, $4 - $2 }'
}
# expression <target> <words>: what the engine is asked, as a string of SQL.
expression () {
	git -C org/all-0-1 retro export --to "$1" --match "$2" | sed "s/'/''/g"
}
export_all () {
	git retro export --to "$1" --repos=org >load
}
# split_load <line>: in what is printed before the first and behind the last
# repository and what is between them; behind begins with that line.
split_load () {
	first=$(grep -m 1 -n "$row" load | cut -d: -f 1)
	last=$(grep -n "^$1" load | tail -n 1 | cut -d: -f 1)
	head -n $((first - 1)) load >head
	tail -n "+$last" load >tail
	head -n $((last - 1)) load | tail -n "+$first" >body
	rm load
}
# repeated: the whole load.
repeated () {
	cat head
	for copy in $(seq 0 $((copies - 1)))
	do
		[ "$copy" = 0 ] || printf '%s' "$between"
		LC_ALL=C sed "s/all-0-/all-$copy-/g" body
	done
	cat tail
}
# compare <how>: each word, by its paths in the first repositories and by its
# number in all of them.
compare () {
	differ=0 hits=0
	for word in $words
	do
		{ git retro search --repos=org --limit 0 --format=tsv "\"$word\"" || :; } |
		tail -n +2 | sed 's/:[^	]*	/	/' | cut -f 1,4 | sort >want
		"$1" "$word" >got
		all=$(wc -l <got)
		grep '^all-0-' got | sort | cmp -s want - &&
		[ "$all" = $(($(wc -l <want) * copies)) ] ||
			{ differ=$((differ + 1)); echo "differs: $word"; }
		hits=$((hits + all))
	done
	echo "$(echo $words | wc -w) words, $hits hits: $differ differ"
	[ "$differ" = 0 ] || bad=1
}
# load_again <target> <how>: after one change in one of the repositories.
load_again () {
	echo "A zebra of $1" >>"$path"
	git -C org/all-0-1 retro export --to "$1" >again
	timed "loaded again, $count rows of which one is another" "$2" again
}
# moved: rows of before that are not in after.
moved () {
	n=$(diff before after | grep -c '^>' || :)
	echo "$n row moved"
	[ "$n" = 1 ] || bad=1
}
path=$(find org/all-0-1/retros -name '*.md' | sort | head -n 1)

pg_load () {
	pg <"$1"
}
pg_load_all () {
	repeated | pg
}
pg_find () {
	pg -F '	' -c "SELECT repo, path FROM retro
		WHERE words @@ '$(expression postgresql "$1")'"
}
# pg_ask <what> <statement>
pg_ask () {
	echo "$1"
	pg -c "EXPLAIN (ANALYZE, TIMING OFF) $2" |
		grep -E 'Scan|Sort|Aggregate|Join|Execution Time' | sed 's/^ */  /'
}
in_postgresql () {
	pg_start shared_buffers=1GB maintenance_work_mem=4GB max_wal_size=2GB \
		wal_level=minimal max_wal_senders=0
	echo "PostgreSQL $("$pg_bin/postgres" --version | sed 's/.*) \([0-9.]*\).*/\1/')"
	timed "export of $((count * distinct))" export_all postgresql
	row='^all-0-'
	split_load 'COPY retro_new'
	between=$(grep -A 1 '^COPY retro_new' tail)'
'
	timed "load of $((copies * count * distinct))" pg_load_all
	rm body
	pg -c "SELECT count(*) || ' rows, table ' || pg_size_pretty(pg_table_size('retro'))
		|| ', words ' || pg_size_pretty(pg_relation_size('retro_words')) || ', all '
		|| pg_size_pretty(pg_total_relation_size('retro')) FROM retro"
	timed vacuum pg -c 'VACUUM ANALYZE retro'

	for question in $asked
	do
		question=$(echo "$question" | tr _ ' ')
		match=$(expression postgresql "$question")
		pg_ask "the best for $question" "SELECT repo, id, title,
			ts_rank(words, '$match') AS score FROM retro
			WHERE words @@ '$match' ORDER BY score DESC LIMIT 10"
		pg_ask "the newest for $question" "SELECT repo, id, title FROM retro
			WHERE words @@ '$match' ORDER BY date DESC LIMIT 10"
	done
	pg_ask 'the pitfalls of a repository' "SELECT retro, text FROM retro_pitfall
		WHERE repo = 'all-0-1' ORDER BY date DESC LIMIT 10"
	pg_ask 'the newest pitfalls' "SELECT repo, retro, text FROM retro_pitfall
		ORDER BY date DESC LIMIT 10"
	# As audit prints it: a tenth of the retros, on two lines each.
	pg -c "CREATE TABLE retro_exposed AS SELECT repo, line, id AS retro, path,
			'exposed' AS state, '' AS pick
		FROM retro, unnest(ARRAY['main', 'release/1.0']) line
		WHERE hashtext(path) % 10 = 0" -c "ANALYZE retro_exposed"
	pg_ask 'what is exposed, the most severe first' "SELECT e.repo, e.line, r.title
		FROM retro_exposed e JOIN retro r ON r.repo = e.repo AND r.path = e.path
		WHERE e.state = 'exposed' AND e.line = 'release/1.0' AND e.repo = 'all-0-1'
		ORDER BY r.severity, r.date DESC LIMIT 10"
	timed 'compared' compare pg_find
	pg -c "SELECT xmin, repo, path FROM retro ORDER BY repo, path" >before
	load_again postgresql pg_load
	pg -c "SELECT xmin, repo, path FROM retro ORDER BY repo, path" >after
	moved
	pg_stop
	rm -rf "$pg"
}

lite () {
	sqlite3 db "$@"
}
lite_load () {
	lite <"$1"
}
lite_run () {
	lite "$1" >found
}
lite_load_all () {
	repeated | lite
}
lite_from='FROM retro_words w JOIN retro r ON r.n = w.rowid'
lite_find () {
	lite -separator '	' "SELECT r.repo, r.path $lite_from
		WHERE retro_words MATCH '$(expression sqlite "$1")'"
}
# lite_ask <what> <statement>
lite_ask () {
	echo "$1"
	lite "EXPLAIN QUERY PLAN $2" | grep -E 'SCAN|SEARCH|B-TREE' |
		sed 's/^[^A-Z]*/  /'
	timed '  with its start' lite_run "$2"
}
in_sqlite () {
	echo "SQLite $(sqlite3 --version | cut -d' ' -f 1)"
	timed "export of $((count * distinct))" export_all sqlite
	row='^INSERT INTO retro_new VALUES'
	between=
	split_load 'DROP TABLE retro_new'
	timed "load of $((copies * count * distinct))" lite_load_all
	rm body
	echo "$(lite 'SELECT count(*) FROM retro') rows, all $(du -h db | cut -f 1)"
	for question in $asked
	do
		question=$(echo "$question" | tr _ ' ')
		match=$(expression sqlite "$question")
		lite_ask "the best for $question, of $(lite "SELECT count(*)
			FROM retro_words WHERE retro_words MATCH '$match'")" \
			"SELECT r.repo, r.id, r.title $lite_from
			WHERE retro_words MATCH '$match' ORDER BY rank LIMIT 10"
	done
	lite_ask 'the pitfalls of a repository' "SELECT retro, text FROM retro_pitfall
		WHERE repo = 'all-0-1' ORDER BY date DESC LIMIT 10"
	lite_ask 'the newest pitfalls' "SELECT repo, retro, text FROM retro_pitfall
		ORDER BY date DESC LIMIT 10"
	lite "CREATE TABLE retro_exposed AS SELECT repo, line, id AS retro, path,
			'exposed' AS state, '' AS pick
		FROM retro, (SELECT 'main' AS line UNION SELECT 'release/1.0')
		WHERE n % 10 = 0"
	lite_ask 'what is exposed, the most severe first' "SELECT e.repo, e.line, r.title
		FROM retro_exposed e JOIN retro r ON r.repo = e.repo AND r.path = e.path
		WHERE e.state = 'exposed' AND e.line = 'release/1.0' AND e.repo = 'all-0-1'
		ORDER BY r.severity, r.date DESC LIMIT 10"
	timed 'compared' compare lite_find
	lite "SELECT n, repo, path FROM retro ORDER BY repo, path" >before
	load_again sqlite lite_load
	lite "SELECT n, repo, path FROM retro ORDER BY repo, path" >after
	moved
}

[ "${1:-}" = sqlite ] || in_postgresql
[ "${1:-}" = postgresql ] || in_sqlite
exit $bad
