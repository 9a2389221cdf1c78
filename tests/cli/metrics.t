#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Metrics and parameters: of both ends of a range, of a run, in a table, in a
# list.
. "${0%/*}/../lib/test.sh"

ok 'a project with metrics, parameters and data' '
	new_repo repo && cd repo && mkdir eval data &&
	printf "%s" "{\"auc\": 0.910, \"val\": {\"loss\": 0.5, \"n\": 100},
		\"note\": \"x\", \"curve\": [1, 2], \"bad\": NaN, \"big\": Infinity}" \
		>metrics.json &&
	printf "%s\n" "latency_p95_ms: 180" >eval/speed.yaml &&
	printf "%s\n" "stages:" "  eval:" "    metrics:" "    - eval/speed.yaml:" \
		"        cache: false" "    - gone.json" >dvc.yaml &&
	printf "%s\n" "train: {lr: 0.1, epochs: 3}" "seed: 1" >params.yaml &&
	echo "{\"f1\": 1}" >gone.json &&
	printf "%s\n" "outs:" "- md5: 3f2c91b0d4aa00c5b1e3f3f0e6f7f5b2" \
		"  path: train.csv" >data/train.csv.dvc &&
	git add . && git commit -q -m Start && git tag v1.0.0 && tick &&
	printf "%s" "{\"auc\": 0.93, \"val\": {\"loss\": 0.4, \"n\": 100},
		\"note\": \"y\", \"bad\": NaN, \"big\": -Infinity, \"new\": 1e-5}" \
		>metrics.json &&
	printf "%s\n" "latency_p95_ms: 140.5" >eval/speed.yaml &&
	printf "%s\n" "train: {lr: 0.01, epochs: 3}" "warmup: true" >params.yaml &&
	git rm -q gone.json && sed -i s/3f2c/aaaa/ data/train.csv.dvc &&
	git add . && git commit -q -m Better && git tag v1.1.0
'
ok 'the draft has the numbers that changed, and where they are from' '
	cd repo && draft=$(git retro new --no-edit --release v1.1.0) &&
	sed -n "/^metrics:/,/^---/p" "$draft" >got && cat >expected <<-\EOF &&
	metrics:
	  # gone.json: does not exist any more
	  - {name: latency_p95_ms, before: 180, after: 140.5, unit: ms, better: lower, from: eval/speed.yaml}
	  - {name: auc, before: 0.910, after: 0.93, better: higher, from: metrics.json}
	  - {name: big, before: Infinity, after: "-Infinity", from: metrics.json}
	  - {name: new, after: 1e-5, from: metrics.json}
	  - {name: val.loss, before: 0.5, after: 0.4, better: lower, from: metrics.json}
	---
	EOF
	same expected got && git retro check 2>&1 &&
	has "$draft" "- Parameters: \`params.yaml\`: train.lr 0.1 → 0.01, +warmup true, −seed" &&
	has "$draft" "\`data/train.csv.dvc\`: data train.csv 3f2c91b0d4 → aaaa91b0d4"
'
ok 'show is a table, with the change in the unit and in per cent' '
	cd repo && git retro show v1.1.0 >out &&
	sed -n "/^metrics/,/^\$/p" out >got && cat >expected <<-\EOF &&
	metrics
	  latency_p95_ms  180 → 140.5 ms        -39.5   -21.9 %
	  auc             0.910 → 0.93          +0.020  +2.2 %
	  big             Infinity → -Infinity
	  new             1e-5
	  val.loss        0.5 → 0.4             -0.1    -20.0 %

	EOF
	same expected got &&
	git -c color.ui=always retro show v1.1.0 | grep "latency_p95_ms" >out &&
	grep -q "$(printf "\033\[32m")-39.5" out
'
ok 'what became worse is red, and what nobody knows has no colour' '
	cd repo && printf "%s\n" "---" "id: worse" "title: Worse" \
		"date: 2026-01-05" "status: draft" "metrics:" \
		"- {name: auc, before: 0.9, after: 0.8, better: higher}" \
		"- {name: same, before: 1, after: 1, better: 高}" \
		"- {name: what, before: 1, after: 2}" \
		"- {name: zero, before: 0, after: 2, better: lower}" \
		"- {name: words, before: slow, after: fast, better: lower}" \
		"---" "# Worse" >retros/worse.md &&
	git -c color.ui=always retro show worse >out &&
	red=$(printf "\033\[31m") green=$(printf "\033\[32m") &&
	grep "auc" out | grep -q "$red" && ! grep " same " out | grep -qE "$red|$green" &&
	! grep " what " out | grep -qE "$red|$green" &&
	grep " zero " out | grep -q "$red" && grep " zero " out | grep -qv "%" &&
	grep " words " out | grep -q "slow → fast"
'
ok 'a list by metric' '
	cd repo && git retro list --metric AUC >out && test "$(wc -l <out)" = 2 &&
	git retro list --metric latency >out && has out v1-1-0 &&
	test "$(wc -l <out)" = 1 && git retro list --metric nothing >out &&
	test_empty out &&
	git retro list --metric latency --format=json |
	jq -e ".retros[0].metrics[0] | .from == \"eval/speed.yaml\" and
		.before == \"180\" and .better == \"lower\"" >/dev/null
'
ok 'a draft of a template that asks for metrics has them there' '
	cd repo && for language in en zh
	do
		draft=$(git retro new --no-edit --kind experiment \
			--language $language --range v1.0.0..v1.1.0 "E $language") &&
		test "$(grep -c "^metrics:" "$draft")" = 1 &&
		has "$draft" "  - {name: auc, before: 0.910, after: 0.93, " &&
		git retro check "$draft" 2>&1 || exit 1
	done
'
ok 'a metrics file that is broken is named, and the draft written' '
	cd repo && echo "{\"auc\": 0.9" >metrics.json &&
	git commit -q -a -m Broken && git tag v1.2.0 &&
	draft=$(git retro new --no-edit --release v1.2.0) &&
	has "$draft" "  # metrics.json: not read: line 2 is not valid JSON" &&
	git retro check "$draft" 2>&1
'

# new_run <arguments>: the front matter of an experiment of these runs.
new_run () {
	draft=$(git retro new --no-edit --kind experiment "$@" "Run $#$*") &&
	sed -n "/^metrics:/,/^environment:/p" "$draft" | grep "^  -" >got
}

ok 'a folder of MLflow, and the one before it' '
	cd repo && rm retros/*.md && mkdir -p ../mlruns/1/one/metrics/val \
		../mlruns/1/one/params ../mlruns/1/two/metrics &&
	printf "%s\n" "1700000000 0.8 0" "1700000001 0.9 1" \
		>../mlruns/1/one/metrics/auc &&
	echo "1 NaN 0" >../mlruns/1/one/metrics/val/loss &&
	printf "0.1" >../mlruns/1/one/params/lr &&
	echo "1 0.7 0" >../mlruns/1/two/metrics/auc &&
	find ../mlruns -type f -exec md5sum {} + | sort >before &&
	new_run --run ../mlruns/1/one --run ../mlruns/1/two &&
	cat >expected <<-\EOF && same expected got &&
	  - {name: auc, before: 0.7, after: 0.9, better: higher, from: "../mlruns/1/one"}
	  - {name: val/loss, after: NaN, better: lower, from: "../mlruns/1/one"}
	EOF
	has "$draft" "- Parameters: \`../mlruns/1/one\`: lr 0.1" &&
	find ../mlruns -type f -exec md5sum {} + | sort >after && same before after
'
ok 'a run of W&B, and a plain file' '
	cd repo && mkdir -p ../wandb/run-1/files &&
	echo "{\"_step\": 9, \"acc\": 0.5, \"_wandb\": {\"runtime\": 3}}" \
		>../wandb/run-1/files/wandb-summary.json &&
	printf "%s\n" "_wandb: {value: {cli: 1}}" "lr: {desc: null, value: 0.3}" \
		>../wandb/run-1/files/config.yaml &&
	new_run --run ../wandb/run-1 && cat >expected <<-\EOF && same expected got &&
	  - {name: acc, after: 0.5, better: higher, from: "../wandb/run-1"}
	EOF
	has "$draft" "\`../wandb/run-1\`: lr 0.3" &&
	echo "{\"wer\": 12.5}" >../out.json && new_run --run ../out.json &&
	has got "{name: wer, after: 12.5, better: lower, from: \"../out.json\"}"
'
ok 'what is no run is said' '
	cd repo && mkdir ../empty && ls retros >before &&
	status 128 git retro new --no-edit --kind experiment --run ../nowhere x 2>err &&
	has err "there is no run" &&
	status 128 git retro new --no-edit --kind experiment --run ../empty x 2>err &&
	has err "there is no run in" && has err "mlflow.db" &&
	echo "no database" >../mlflow.db &&
	status 128 git retro new --no-edit --kind experiment --run ../mlflow.db x 2>err &&
	has err "is not an SQLite database" &&
	echo "{" >../bad.json &&
	status 128 git retro new --no-edit --kind experiment --run ../bad.json x 2>err &&
	has err "not valid JSON" && ls retros >after && same before after
'
if python3 -c 'import sqlite3' 2>/dev/null
then
	ok 'a database of MLflow: the newest run, one by its id, none while it is written' '
		cd repo && rm ../mlflow.db && python3 -c "
import sqlite3
db = sqlite3.connect(\"../mlflow.db\")
db.executescript(\"\"\"PRAGMA journal_mode = WAL;
CREATE TABLE runs(run_uuid TEXT, start_time INTEGER, lifecycle_stage TEXT);
CREATE TABLE latest_metrics(key TEXT, value REAL, is_nan INTEGER, run_uuid TEXT);
CREATE TABLE params(key TEXT, value TEXT, run_uuid TEXT);
INSERT INTO runs VALUES(\\\"aa1\\\", 1, \\\"active\\\"), (\\\"bb2\\\", 2, \\\"active\\\"),
	(\\\"cc3\\\", 3, \\\"deleted\\\");
INSERT INTO latest_metrics VALUES(\\\"auc\\\", 0.9, 0, \\\"bb2\\\"),
	(\\\"loss\\\", 0, 1, \\\"bb2\\\"), (\\\"auc\\\", 0.75, 0, \\\"aa1\\\");
INSERT INTO params VALUES(\\\"lr\\\", \\\"0.1\\\", \\\"bb2\\\");
\"\"\")
db.commit(); db.close()" &&
		md5sum ../mlflow.db >before &&
		new_run --run ../mlflow.db --run "../mlflow.db#aa" &&
		cat >expected <<-\EOF && same expected got &&
		  - {name: auc, before: 0.75, after: 0.9, better: higher, from: "../mlflow.db"}
		  - {name: loss, after: NaN, better: lower, from: "../mlflow.db"}
		EOF
		has "$draft" "\`../mlflow.db\`: lr 0.1" &&
		test "$(ls ../mlflow.db*)" = ../mlflow.db &&
		md5sum ../mlflow.db >after && same before after &&
		status 128 git retro new --no-edit --kind experiment \
			--run "../mlflow.db#zz" x 2>err &&
		has err "there is no run '\''zz'\'' in it" &&
		echo busy >../mlflow.db-journal &&
		status 128 git retro new --no-edit --kind experiment \
			--run ../mlflow.db x 2>err &&
		has err "is locked or in use" && has err "try again"
	'
else
	skip 'a database of MLflow' 'python3 has no sqlite3'
fi
test_done
