#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# ROWS (1,000,000) rows in a PostgreSQL of our own: COUNT (10,000) retros of the
# generator, exported once and loaded again and again, each time as another
# repository. Prints how fast they are loaded, how large they are, how long
# questions take and by which plan, and what a second load after one change
# moves. Disk: about 8 KB a row. It is no test: it judges nothing.
set -eu
here=$(cd "${0%/*}" && pwd)
BUILD=${BUILD:-${here%/*/*}/build}
PATH=$BUILD:$PATH GIT_CONFIG_NOSYSTEM=1 LC_ALL=C.UTF-8
export PATH GIT_CONFIG_NOSYSTEM LC_ALL
unset GIT_DIR GIT_WORK_TREE
rows=${ROWS:-1000000} count=${COUNT:-10000}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/retro-bench.XXXXXX")
chmod 755 "$scratch"
bin=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)

# PostgreSQL refuses the superuser.
as_user () {
	if [ "$(id -u)" = 0 ]
	then
		setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"
	else
		"$@"
	fi
}
stop () {
	[ ! -f "$scratch/pg/data/postmaster.pid" ] ||
		as_user "$bin/pg_ctl" -s -m immediate -D "$scratch/pg/data" stop
	rm -rf "$scratch"
}
trap stop EXIT
trap 'exit 1' HUP INT TERM
pg () {
	psql -X -q -At -h "$scratch/pg" -U retro postgres "$@"
}
seconds () {
	date +%s.%N
}

cd "$scratch"
git init -q -b main all
perl "$here/corpus.pl" all/retros "$count" 7
mkdir -m 777 pg
as_user "$bin/initdb" -D "$scratch/pg/data" -U retro -A trust -N -E UTF8 \
	--locale=C >/dev/null
as_user "$bin/pg_ctl" -s -w -D "$scratch/pg/data" -l "$scratch/pg/log" \
	-o "-k $scratch/pg -c listen_addresses='' -c fsync=off -c shared_buffers=256MB -c max_wal_size=4GB" start

git -C all retro export --to postgresql --name NAME >load
# load <nr> <file>: as the repository of that number.
load () {
	sed "s/^NAME	/all-$1	/" "$2" | pg
}
from=$(seconds) nr=0
while [ $((nr * count)) -lt "$rows" ]
do
	nr=$((nr + 1))
	load "$nr" load
	[ "$nr" != 1 ] || first=$(seconds)
done
last=$(seconds)
awk -v a="$from" -v f="$first" -v b="$last" -v n="$((nr * count))" -v c="$count" \
	'BEGIN { printf "%d rows in %.0f s: %.0f a second; the first %d in %.1f s\n",
		n, b - a, n / (b - a), c, f - a }'
pg -c "VACUUM ANALYZE retro"
pg -c "SELECT 'table ' || pg_size_pretty(pg_table_size('retro')) || ', words ' ||
	pg_size_pretty(pg_relation_size('retro_words')) || ', all ' ||
	pg_size_pretty(pg_total_relation_size('retro'))"

for words in zebra deadlock '磁盘' 'migration timeout' '库' '"数据 标注"'
do
	match=$(git -C all retro export --to postgresql --match "$words" |
		sed "s/'/''/g")
	echo "$words: $(pg -c "SELECT count(*) FROM retro WHERE words @@ '$match'") rows"
	pg -c "EXPLAIN (ANALYZE, TIMING OFF) SELECT repo, id, title,
		ts_rank(words, '$match') AS score FROM retro
		WHERE words @@ '$match' ORDER BY score DESC LIMIT 10" |
		grep -E 'Scan|Sort  |Execution Time' | sed 's/^ */  /'
done
echo 'what agents ask: the pitfalls of a path'
pg -c "EXPLAIN (ANALYZE, TIMING OFF) SELECT p.text FROM retro_pitfall p
	WHERE p.repo = 'all-1' AND p.paths ? 'src/load.c'" |
	grep -E 'Scan|Execution Time' | sed 's/^ */  /'

path=$(git -C all retro list --format=tsv | sed -n 2p | cut -f 6)
echo 'A zebra' >>"all/$path"
git -C all retro export --to postgresql --name NAME >again
pg -c "SELECT xmin, path FROM retro WHERE repo = 'all-1' ORDER BY path" >before
from=$(seconds)
load 1 again
last=$(seconds)
pg -c "SELECT xmin, path FROM retro WHERE repo = 'all-1' ORDER BY path" >after
awk -v a="$from" -v b="$last" -v n="$(diff before after | grep -c '^>')" \
	'BEGIN { printf "loaded again after one change: %d row moved, %.1f s\n", n, b - a }'
