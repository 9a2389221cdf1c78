#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# rows.sh [postgresql|sqlite]: ROWS (1,000,000) rows in a PostgreSQL of our own,
# then in SQLite, or in one of them: COUNT (10,000) retros of the generator,
# exported once and loaded again and again, each time as another repository. Prints how fast they are loaded, how large they are, how
# long questions take and by which plan, by how many of 40 words another number
# of retros is found than by `search`, and what a second load after one change
# moves. Disk: about 12 KB a row. Fails where a word differs, or where not one row
# moved. DuckDB: tests/real/duckdb.mjs. The figures: rows.md.
set -eu
here=$(cd "${0%/*}" && pwd)
BUILD=${BUILD:-${here%/*/*}/build}
PATH=$BUILD:$PATH GIT_CONFIG_NOSYSTEM=1 LC_ALL=C.UTF-8
export PATH GIT_CONFIG_NOSYSTEM LC_ALL
unset GIT_DIR GIT_WORK_TREE
rows=${ROWS:-1000000} count=${COUNT:-10000}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/retro-bench.XXXXXX")
chmod 755 "$scratch"
pg=$scratch/pg
. "${here%/*}/lib/postgresql.sh"
trap 'pg_stop; rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
seconds () {
	date +%s.%N
}

cd "$scratch"
git init -q -b main all
perl "$here/corpus.pl" all/retros "$count" 7
words='migration backup deadlock gradient leakage annotation runbook refund
	timezone latency restore replica schema baseline threshold tokenizer
	cluster snapshot quota vendor 标注 部署 模型 上线 回滚 数据 训练 版本 发布 测试
	问题 评审 样本 告警 缓存 磁盘 网络 权限 依赖 库'
bad=0
# search_paths <word>: of the retros that search finds.
search_paths () {
	{ git -C all retro search --limit 0 --format=tsv "\"$1\"" || :; } |
	tail -n +2 | cut -f 4 | sort
}
# expression <target> <words>: what the engine is asked, as a string of SQL.
expression () {
	git -C all retro export --to "$1" --match "$2" | sed "s/'/''/g"
}
# load_all <how>: the export as each repository; says how fast.
load_all () {
	from=$(seconds) nr=0
	while [ $((nr * count)) -lt "$rows" ]
	do
		nr=$((nr + 1))
		"$1" "$nr" load
		[ "$nr" != 1 ] || first=$(seconds)
	done
	last=$(seconds)
	awk -v a="$from" -v f="$first" -v b="$last" -v n="$((nr * count))" -v c="$count" \
		'BEGIN { printf "%d rows in %.0f s: %.0f a second; the first %d in %.1f s\n",
			n, b - a, n / (b - a), c, f - a }'
}
# compare <how>: each word, by its paths in the first repository and by its
# number in all of them.
compare () {
	differ=0 hits=0 from=$(seconds)
	for word in $words
	do
		search_paths "$word" >want
		"$1" "$word" >got
		all=$(head -n 1 got)
		tail -n +2 got | sort | cmp -s want - &&
		[ "$all" = $(($(wc -l <want) * nr)) ] ||
			{ differ=$((differ + 1)); echo "differs: $word"; }
		hits=$((hits + all))
	done
	last=$(seconds)
	echo "$(echo $words | wc -w) words, $hits hits: $differ differ, $(
		awk -v a="$from" -v b="$last" 'BEGIN { printf "%.1f", b - a }') s"
	[ "$differ" = 0 ] || bad=1
}
# load_again <target> <how>: after one change.
load_again () {
	echo "A zebra of $1" >>"all/$path"
	git -C all retro export --to "$1" --name NAME >again
	from=$(seconds)
	"$2" 1 again
	last=$(seconds)
}
# moved: rows of before that are not in after.
moved () {
	n=$(diff before after | grep -c '^>' || :)
	awk -v a="$from" -v b="$last" -v n="$n" \
		'BEGIN { printf "loaded again after one change: %d row moved, %.1f s\n", n, b - a }'
	[ "$n" = 1 ] || bad=1
}
path=$(git -C all retro list --format=tsv | sed -n 2p | cut -f 6)

# pg_load <nr> <file>: as the repository of that number.
pg_load () {
	sed "s/^NAME	/all-$1	/" "$2" | pg
}
pg_find () {
	where="words @@ '$(expression postgresql "$1")'"
	pg -c "SELECT count(*) FROM retro WHERE $where" \
		-c "SELECT path FROM retro WHERE repo = 'all-1' AND $where"
}
in_postgresql () {
	pg_start shared_buffers=256MB max_wal_size=4GB

	echo "PostgreSQL $("$pg_bin/postgres" --version | sed 's/.*) \([0-9.]*\).*/\1/')"
	git -C all retro export --to postgresql --name NAME >load
	load_all pg_load
	pg -c "VACUUM ANALYZE retro"
	pg -c "SELECT 'table ' || pg_size_pretty(pg_table_size('retro')) || ', words ' ||
		pg_size_pretty(pg_relation_size('retro_words')) || ', all ' ||
		pg_size_pretty(pg_total_relation_size('retro'))"

	for asked in zebra deadlock '磁盘' 'migration timeout' '库' '"数据 标注"'
	do
		match=$(expression postgresql "$asked")
		echo "$asked: $(pg -c "SELECT count(*) FROM retro WHERE words @@ '$match'") rows"
		pg -c "EXPLAIN (ANALYZE, TIMING OFF) SELECT repo, id, title,
			ts_rank(words, '$match') AS score FROM retro
			WHERE words @@ '$match' ORDER BY score DESC LIMIT 10" |
			grep -E 'Scan|Sort  |Execution Time' | sed 's/^ */  /'
	done
	echo 'what agents ask: the pitfalls of a path'
	pg -c "EXPLAIN (ANALYZE, TIMING OFF) SELECT p.text FROM retro_pitfall p
		WHERE p.repo = 'all-1' AND p.paths ? 'src/load.c'" |
		grep -E 'Scan|Execution Time' | sed 's/^ */  /'
	compare pg_find
	pg -c "SELECT xmin, path FROM retro WHERE repo = 'all-1' ORDER BY path" >before
	load_again postgresql pg_load
	pg -c "SELECT xmin, path FROM retro WHERE repo = 'all-1' ORDER BY path" >after
	moved
	pg_stop
	rm -rf "$pg"
}

lite () {
	sqlite3 db "$@"
}
# lite_load <nr> <file>: without waiting for the disk, as PostgreSQL above.
lite_load () {
	{ echo 'PRAGMA synchronous = off;'
		sed "s/^INSERT INTO retro_new VALUES('NAME',/INSERT INTO retro_new VALUES('all-$1',/" "$2"
	} | lite
}
lite_from='FROM retro_words w JOIN retro r ON r.n = w.rowid'
lite_find () {
	match=$(expression sqlite "$1")
	lite "SELECT count(*) FROM retro_words WHERE retro_words MATCH '$match'" \
		"SELECT r.path $lite_from
			WHERE retro_words MATCH '$match' AND r.repo = 'all-1'"
}
in_sqlite () {
	echo "SQLite $(sqlite3 --version | cut -d' ' -f 1)"
	git -C all retro export --to sqlite --name NAME >load
	load_all lite_load
	echo "all $(du -h db | cut -f 1)"
	for asked in zebra deadlock '磁盘' 'migration timeout' '库' '"数据 标注"'
	do
		match=$(expression sqlite "$asked")
		statement="SELECT r.repo, r.id, r.title $lite_from
			WHERE retro_words MATCH '$match' ORDER BY rank LIMIT 10"
		from=$(seconds)
		lite "$statement" >found
		last=$(seconds)
		echo "$asked: $(lite "SELECT count(*) FROM retro_words WHERE retro_words MATCH '$match'") rows"
		lite "EXPLAIN QUERY PLAN $statement" | grep -E 'SCAN|SEARCH' |
			sed 's/^[^A-Z]*/  /'
		awk -v a="$from" -v b="$last" \
			'BEGIN { printf "  Execution Time: %.0f ms, with its start\n", 1000 * (b - a) }'
	done
	compare lite_find
	lite "SELECT n, path FROM retro WHERE repo = 'all-1' ORDER BY path" >before
	load_again sqlite lite_load
	lite "SELECT n, path FROM retro WHERE repo = 'all-1' ORDER BY path" >after
	moved
}

[ "${1:-}" = sqlite ] || in_postgresql
[ "${1:-}" = postgresql ] || in_sqlite
exit $bad
