#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Retros where more than one machine searches them: a PostgreSQL of our own and
# SQLite find what `search` finds, and what is sent twice moves nothing.
# EXPORT_COUNT=10000 takes that many retros.
. "${0%/*}/../lib/test.sh"
pg=$TRASH/pg
. "$TESTS/lib/postgresql.sh"

: "${EXPORT_COUNT:=300}"
english='migration backup deadlock gradient leakage annotation runbook refund
	timezone latency restore replica schema baseline threshold tokenizer
	cluster snapshot quota vendor'
chinese='标注 部署 模型 上线 回滚 数据 训练 版本 发布 测试 问题 评审 样本 告警 缓存
	磁盘 网络 权限 依赖 库'

has_pg () {
	command -v psql >/dev/null && [ -x "$pg_bin/initdb" ] &&
	{ [ "$(id -u)" != 0 ] || command -v setpriv >/dev/null; }
}
trap 'pg_stop; chmod -R u+w "$TRASH" 2>/dev/null; rm -rf "$TRASH"' EXIT

# found <word>...: what search finds by each, a word and a path in each line.
found () {
	for word in $english $chinese
	do
		may_fail git retro search --limit 0 --format=tsv "\"$word\"" |
		tail -n +2 | cut -f 4 | sed "s/^/$word /"
	done | sort
}

# asked <target> <begin> <middle> <end>: the statement for each word, around
# the word and its expression.
asked () {
	for word in $english $chinese
	do
		printf "%s%s%s%s%s\n" "$2" "$word" "$3" \
			"$(git retro export --to "$1" --match "$word" |
				sed "s/'/''/g")" "$4"
	done
}

ok 'set up' '
	new_repo all && cd all &&
	perl "$TESTS/bench/corpus.pl" retros "$EXPORT_COUNT" 7 &&
	git add . && git commit -q -m retros && found >"$TRASH/found" &&
	test "$(cut -d" " -f 1 "$TRASH/found" | sort -u | wc -l)" -gt 20
'
ok 'ndjson: what list says, the text, the blob and the words' '
	cd all && git retro export --to ndjson >out && test "$(wc -l <out)" = \
		"$EXPORT_COUNT" &&
	path=$(git ls-files retros | head -n 1) &&
	grep -F "\"$path\"" out >one &&
	has one "\"repo\":\"all\"" &&
	has one "\"blob\":\"$(git rev-parse "HEAD:$path")\"" &&
	has one "\"sections\":[" && has one "\"words\":\"" &&
	test "$(git retro export --to ndjson --name x --at HEAD |
		grep -c "\"repo\":\"x\"")" = "$EXPORT_COUNT"
'
if command -v sqlite3 >/dev/null
then
	ok 'sqlite: the retros that search finds' '
		cd all && git retro export --to sqlite >"$TRASH/load.sql" &&
		sqlite3 "$TRASH/db" <"$TRASH/load.sql" &&
		asked sqlite "SELECT '\''" " '\'' || r.path FROM retro_words w JOIN retro r ON r.n = w.rowid WHERE retro_words MATCH '\''" "'\'';" |
		sqlite3 "$TRASH/db" | sort >"$TRASH/sqlite" &&
		same "$TRASH/found" "$TRASH/sqlite" &&
		sqlite3 "$TRASH/db" "SELECT count(*) FROM retro_pitfall" >out &&
		test "$(cat out)" = "$(git retro pitfalls --format=tsv | tail -n +2 | wc -l)" &&
		sqlite3 "$TRASH/db" "SELECT count(*) FROM retro_action WHERE state = '\''open'\''" >out &&
		test "$(cat out)" = "$(git retro actions --open --format=tsv | tail -n +2 | wc -l)"
	'
	ok 'sqlite: a change moves one row, and what is gone goes' '
		cd all && sqlite3 "$TRASH/db" "SELECT n, path, blob FROM retro" | sort >before &&
		path=$(git ls-files retros | head -n 1) &&
		echo "A zebra" >>"$path" && git rm -q --cached \
			"$(git ls-files retros | tail -n 1)" &&
		rm "$(git ls-files -o retros)" &&
		git retro export --to sqlite | sqlite3 "$TRASH/db" &&
		sqlite3 "$TRASH/db" "SELECT n, path, blob FROM retro" | sort >after &&
		test "$(comm -23 before after | wc -l)" = 2 &&
		test "$(comm -13 before after | cut -d"|" -f 2)" = "$path" &&
		sqlite3 "$TRASH/db" "SELECT r.path FROM retro_words w JOIN retro r ON r.n = w.rowid WHERE retro_words MATCH '\''zebra'\''" >out &&
		test "$(cat out)" = "$path" && git reset -q --hard
	'
	ok 'sqlite: only what is not known there is sent, and another list is refused' '
		cd all && git retro export --to sqlite | sqlite3 "$TRASH/db" &&
		sqlite3 -separator "$(printf "\t")" "$TRASH/db" "SELECT repo, path, blob FROM retro" >known &&
		git retro export --to sqlite --known known >load.sql &&
		test "$(grep -c "sections" load.sql)" = 0 && sqlite3 "$TRASH/db" <load.sql &&
		test "$(sqlite3 "$TRASH/db" "SELECT count(*) FROM retro")" = "$EXPORT_COUNT" &&
		sqlite3 "$TRASH/db" "DELETE FROM retro WHERE path = '\''$(git ls-files retros | head -n 1)'\''" &&
		sqlite3 "$TRASH/db" "SELECT * FROM retro" >before &&
		status 1 sqlite3 "$TRASH/db" <load.sql 2>err && has err "--known" &&
		sqlite3 "$TRASH/db" "SELECT * FROM retro" >after && same before after &&
		git retro export --to sqlite | sqlite3 "$TRASH/db" &&
		test "$(sqlite3 "$TRASH/db" "SELECT count(*) FROM retro")" = "$EXPORT_COUNT"
	'
	ok 'sqlite: cut off, nothing has changed' '
		cd all && sqlite3 "$TRASH/db" "SELECT count(*) FROM retro" >before &&
		head -c 100000 "$TRASH/load.sql" >cut.sql &&
		may_fail sqlite3 "$TRASH/db" <cut.sql 2>err &&
		head -n -1 "$TRASH/load.sql" >cut.sql &&
		may_fail sqlite3 "$TRASH/db" <cut.sql 2>err &&
		sqlite3 "$TRASH/db" "SELECT count(*) FROM retro" >after &&
		same before after
	'
else
	skip 'sqlite' 'it is not installed'
fi
if has_pg && chmod 755 "$TRASH" && pg_start >"$TRASH/pg.out" 2>&1
then
	ok 'postgresql: the retros that search finds, by its own index' '
		cd all && git retro export --to postgresql | pg &&
		asked postgresql "SELECT '\''" " '\'' || path FROM retro WHERE words @@ '\''" "'\'';" |
		pg | sort >"$TRASH/pg.found" && same "$TRASH/found" "$TRASH/pg.found" &&
		pg -c "SELECT count(*) FROM retro_pitfall" >out &&
		test "$(cat out)" = "$(git retro pitfalls --format=tsv | tail -n +2 | wc -l)" &&
		pg -c "SELECT count(*) FROM retro_action WHERE due < '\''2100-01-01'\''" >out &&
		test "$(cat out)" -gt 0 &&
		pg -c "SET enable_seqscan = off; EXPLAIN SELECT path FROM retro WHERE words @@ '\''zebra'\''" >out && has out retro_words
	'
	ok 'postgresql: a change moves one row' '
		cd all && pg -c "SELECT xmin, path FROM retro" | sort >before &&
		git retro export --to postgresql | pg &&
		pg -c "SELECT xmin, path FROM retro" | sort >after &&
		same before after && path=$(git ls-files retros | head -n 1) &&
		echo "A zebra" >>"$path" &&
		git retro export --to postgresql | pg &&
		pg -c "SELECT xmin, path FROM retro" | sort >after &&
		test "$(comm -13 before after | cut -d"|" -f 2)" = "$path" &&
		test "$(comm -23 before after | wc -l)" = 1 &&
		pg -c "SELECT path FROM retro WHERE words @@ '\''zebra'\''" >out &&
		test "$(cat out)" = "$path" && git reset -q --hard
	'
	ok 'postgresql: only what is not known there is sent' '
		cd all && git retro export --to postgresql | pg &&
		pg -F "$(printf "\t")" -c "SELECT repo, path, blob FROM retro" >known &&
		git retro export --to postgresql --known known >load &&
		test "$(grep -c "{" load)" = 0 && pg <load &&
		test "$(pg -c "SELECT count(*) FROM retro")" = "$EXPORT_COUNT" &&
		pg -c "DELETE FROM retro WHERE path = '\''$(git ls-files retros | head -n 1)'\''" &&
		status 3 pg <load 2>err && has err "known" &&
		git retro export --to postgresql | pg &&
		test "$(pg -c "SELECT count(*) FROM retro")" = "$EXPORT_COUNT" &&
		pg -F "$(printf "\t")" -c "SELECT repo, path, blob FROM retro" |
		git retro export --to ndjson --known - >out && test_empty out
	'
	ok 'postgresql: a backslash in the name of a repository is one, on an old server, too' '
		cd all && name="q\\x'\''y" && git retro export --to postgresql --name "$name" |
		PGOPTIONS="-c standard_conforming_strings=off" pg &&
		test "$(pg -c "SELECT count(*) FROM retro WHERE repo LIKE '\''q%x_y'\''")" = "$EXPORT_COUNT" &&
		pg -c "DELETE FROM retro WHERE repo LIKE '\''q%x_y'\''"
	'
	ok 'postgresql: cut off, nothing has changed' '
		cd all && echo "A zebra" >>"$(git ls-files retros | head -n 1)" &&
		git retro export --to postgresql >load &&
		head -c "$(($(wc -c <load) / 2))" load >cut && may_fail pg <cut 2>err &&
		head -n -1 load >cut && may_fail pg <cut 2>err &&
		test "$(pg -c "SELECT count(*) FROM retro WHERE words @@ '\''zebra'\''")" = 0 &&
		git reset -q --hard
	'
	ok 'postgresql: the server goes away in the middle: none of it, and the next load is whole' '
		cd all && git retro export --to postgresql | pg && pg -c "SELECT path, blob FROM retro ORDER BY path" >before &&
		echo "A zebra" >>"$(git ls-files retros | head -n 1)" && git retro export --to postgresql >load &&
		sed "/^CREATE INDEX.*retro_words/i SELECT pg_sleep(60);" load >slow &&
		{ pg <slow >"$TRASH/slow.out" 2>&1 & slow=$!; } && tries=0 &&
		until pg -c "SELECT query FROM pg_stat_activity WHERE state = '\''active'\''" | grep -q "^SELECT pg_sleep"
		do
			tries=$((tries + 1)) && test $tries -lt 100 && sleep 0.1 || exit 1
		done && pg_stop && ! wait "$slow" && has "$TRASH/slow.out" "server closed the connection" &&
		pg_own "$pg_bin/pg_ctl" -s -w -D "$pg/data" -l "$pg/log" -o "$pg_settings" start &&
		pg -c "SELECT path, blob FROM retro ORDER BY path" >after && same before after && pg <load &&
		pg -c "SELECT path, blob FROM retro ORDER BY path" >after && test "$(diff before after | grep -c "^>")" = 1 &&
		git reset -q --hard
	'
	ok 'postgresql: two first loads at once are one after the other' '
		cd all && pg -c "DROP TABLE retro CASCADE" 2>"$TRASH/err" && name="it'\''s \\ \$REPO" && git retro export --to postgresql --name "$name" >load &&
		sed "/^LOCK TABLE/i SELECT pg_sleep(1);" load >slow &&
		{ pg <slow >"$TRASH/slow.out" 2>&1 & slow=$!; } && sleep 0.3 && pg <load && wait "$slow" &&
		test "$(pg -c "SELECT count(*) FROM retro WHERE repo = '\''it'\'''\''s \\ \$REPO'\''")" = "$EXPORT_COUNT" &&
		new_repo "$TRASH/none" && git -C "$TRASH/none" retro export --to postgresql --name "$name" | pg &&
		test "$(pg -c "SELECT count(*) FROM retro")" = 0
	'
	ok 'postgresql: many repositories; one that is broken keeps its rows' '
		mkdir -p org/team && git clone -q all org/app && git init -q org/team/lib &&
		(cd org/team/lib && commit one retros/one.md "# Ones

It'\''s a \\backslash	tab, and AutoVacuum") &&
		git retro export --to postgresql --repos=org | pg &&
		test "$(pg -c "SELECT count(*) FROM retro WHERE repo = '\''app'\''")" = "$EXPORT_COUNT" &&
		pg -c "SELECT path FROM retro WHERE repo = '\''team/lib'\'' AND words @@ '\''vacuum & autovacuum'\''" >out &&
		test "$(cat out)" = retros/one.md &&
		pg -c "SELECT record #>> '\''{sections,0,source}'\'' FROM retro WHERE repo = '\''team/lib'\''" >out &&
		has out "It'\''s a \\backslash	tab" &&
		rm -rf org/app/.git/objects &&
		(cd org/team/lib && git rm -q retros/one.md && commit two retros/two.md "# Two") &&
		status 2 git retro export --to postgresql --repos=org >load 2>err &&
		has err "org/app: not a git repository" && pg <load &&
		test "$(pg -c "SELECT count(*) FROM retro WHERE repo = '\''app'\''")" = "$EXPORT_COUNT" &&
		test "$(pg -c "SELECT path FROM retro WHERE repo = '\''team/lib'\''")" = retros/two.md
	'
	ok 'postgresql: what audit says of many goes in as it is' '
		git retro audit --repos=org --format=tsv 2>err | head -n 1 >head &&
		has head "repo	line	type	retro" &&
		pg -c "CREATE TABLE retro_exposed (repo text, line text, type text, retro text, path text, severity text, state text, why text, pick text, pitfall text, problem text)" &&
		pg -c "\\copy retro_exposed FROM '\''head'\'' WITH (FORMAT csv, DELIMITER E'\''\\t'\'', HEADER, QUOTE E'\''\\b'\'')"
	'
else
	skip 'postgresql' 'it is not installed'
fi
ok 'elasticsearch: an action and a document each, and what is gone' '
	new_repo two && cd two && commit one retros/one.md "# One
AutoVacuum daemon" && commit two retros/two.md "# Two" &&
	git retro export --to elasticsearch >out && test "$(wc -l <out)" = 4 &&
	test "$(sed -n 1p out)" = \
		"{\"index\":{\"_index\":\"retros\",\"_id\":\"two:retros/one.md\"}}" &&
	has out "\"words\":\"on autovacuum daemon auto vacuum\"" &&
	git retro export --to ndjson |
	sed "s/.*\"repo\":\"\\([^\"]*\\)\",\"path\":\"\\([^\"]*\\)\",\"blob\":\"\\([^\"]*\\)\".*/\\1\t\\2\t\\3/" >known &&
	printf "two\tretros/gone.md\tabc\nother\tretros/gone.md\tabc\n" >>known &&
	git retro export --to elasticsearch --known known >out &&
	test "$(cat out)" = \
		"{\"delete\":{\"_index\":\"retros\",\"_id\":\"two:retros/gone.md\"}}"
'
# bulk <file>: holds it to what a bulk request is: one line each, the last one
# ended, an action of one kind, behind `index` a document, ids that are not too
# long, and each once.
bulk () {
	test "$(tail -c 1 "$1" | od -An -c | tr -d " ")" = "\\n" &&
	test "$(jq -c . "$1" | wc -l)" = "$(wc -l <"$1")" &&
	jq -es "reduce .[] as \$l ({want: \"action\", ids: [], good: true};
		if .want == \"document\" then .want = \"action\" |
			.good = (.good and (\$l | (.words | type) == \"string\" and (.path | type) == \"string\"))
		elif (\$l | keys) == [\"index\"] then .want = \"document\" | .ids += [\$l.index._id]
		elif (\$l | keys) == [\"delete\"] then .ids += [\$l.delete._id]
		else .good = false end) |
		.good and .want == \"action\" and (.ids | unique | length) == (.ids | length) and
		all(.ids[]; utf8bytelength <= 512)" "$1" >/dev/null
}
ok 'elasticsearch: a bulk request, whatever a path and a text are' '
	new_repo bulk && cd bulk && long=$(printf "%0200d" 0) && mkdir -p "retros/$long/$long/标$long" &&
	for i in 1 2
	do
		printf "# \"Quoted\" \\\\n\n\342\200\250a\tb\n" >"retros/$long/$long/标$long/$i.md" || exit 1
	done && echo "# b" >"retros/a\"b.md" && printf "bulk\tretros/gone.md\tabc\nbulk\tretros/$long/$long/标$long/3.md\tabc\n" >known &&
	git retro export --to elasticsearch --known known >out && bulk out && test "$(wc -l <out)" = 8 &&
	git retro export --to elasticsearch >again && head -n 6 out | same - again &&
	split -l 2 out part. && for part in part.*; do bulk "$part" || exit; done &&
	sed 1d out >cut && ! bulk cut && head -c -1 out >cut && ! bulk cut
'
ok 'cloudevents: the source is an address' '
	cd two && git retro export --to cloudevents --name "my app: 标注" >out && jq -r .source out | sort -u >got &&
	test "$(cat got)" = "my%20app%3A%20%E6%A0%87%E6%B3%A8" && test "$(jq -r .data.repo out | sort -u)" = "my app: 标注"
'
ok 'cloudevents: one for each text, by its blob' '
	cd two && git retro export --to cloudevents >out &&
	test "$(wc -l <out)" = 2 && has out "\"specversion\":\"1.0\"" &&
	has out "\"id\":\"retros/one.md@$(git rev-parse HEAD:retros/one.md)\"" &&
	has out "\"data\":{" &&
	printf "two\tretros/gone.md\tabc\n" >known &&
	git retro export --to cloudevents --known known >out &&
	has out "\"type\":\"git-retro.retro.removed\"" && test "$(wc -l <out)" = 3 &&
	has out "\"id\":\"retros/gone.md@abc removed\""
'
ok 'a path that stands twice in a list is sent, and is not gone' '
	cd two && blob=$(git rev-parse HEAD:retros/one.md) &&
	printf "two\tretros/one.md\t%s\ntwo\tretros/one.md\tabc\ntwo\tretros/two.md\t%s\ntwo\tretros/gone.md\tabc\ntwo\tretros/gone.md\tdef\n" \
		"$blob" "$(git rev-parse HEAD:retros/two.md)" >known &&
	git retro export --to cloudevents --known known >out && test "$(wc -l <out)" = 2 &&
	has out "\"id\":\"retros/one.md@$blob\"" && test "$(grep -c "removed\"" out)" = 1 &&
	git retro export --to elasticsearch --known known >out && test "$(wc -l <out)" = 3
'
ok 'expressions: words, phrases, one or the other, not' '
	cd two && git retro export --to postgresql --match "empty labels" >out &&
	test "$(cat out)" = "(('\''empti'\'') & ('\''label'\''))" &&
	git retro export --to sqlite --match "版本号 OR 库 -\"data drift\"" >out &&
	test "$(cat out)" = "((\"版本 本号\" OR \"库\" *)) NOT (\"data drift\")" &&
	git retro export --to postgresql --match "版本号 OR 库 -\"data drift\"" >out &&
	test "$(cat out)" = "(('\''版本'\'' <-> '\''本号'\'' | '\''库'\'':*)) & !('\''data'\'' <-> '\''drift'\'')"
'
ok 'what cannot be done is said in a line or two' '
	cd two && status 129 git retro export --to oracle 2>err && has err postgresql &&
	status 129 git retro export --to ndjson --match x 2>err &&
	status 129 git retro export --to sqlite --match "label:x" 2>err &&
	has err "takes no filters" && status 129 git retro export x 2>err &&
	echo odd >known && status 128 git retro export --to ndjson --known known 2>err &&
	has err "known:1: not a repository" &&
	status 128 git retro export --to ndjson --known nowhere 2>err && has err nowhere
'
test_done
