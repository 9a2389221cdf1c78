// SPDX-License-Identifier: GPL-2.0-only
//
// duckdb.mjs <folder> <retros> [<times>]: what `git retro search` finds, DuckDB finds in
// what `export --to ndjson` prints, by 40 words of two languages, in that many
// retros of the generator, loaded so many times, each time as another repository;
// and what is loaded again after one change differs in one row. <folder> is where
// `npm install @duckdb/node-api` was run.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, appendFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const [folder, count, times = '1'] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(join(resolve(folder), 'x.js'))(
	'@duckdb/node-api');
const words = `migration backup deadlock gradient leakage annotation runbook refund
	timezone latency restore replica schema baseline threshold tokenizer
	cluster snapshot quota vendor 标注 部署 模型 上线 回滚 数据 训练 版本 发布 测试
	问题 评审 样本 告警 缓存 磁盘 网络 权限 依赖 库`.trim().split(/\s+/);
const scratch = mkdtempSync(join(tmpdir(), 'retro-duckdb.'));
const repository = join(scratch, 'all');

process.on('exit', () => rmSync(scratch, { recursive: true }));

function run(command, args, options) {
	try {
		return execFileSync(command, args,
			{ cwd: repository, maxBuffer: 1 << 30, ...options });
	} catch (error) {
		if (error.status === 1)
			return error.stdout; // nothing was found
		throw error;
	}
}

function exportTo(file) {
	run('git-retro', ['export', '--to', 'ndjson'],
		{ stdio: ['ignore', openSync(file, 'w'), 'inherit'] });
}

// The expression of SQLite is one word, or the beginning of one.
function condition(word) {
	const match = run('git-retro', ['export', '--to', 'sqlite', '--match', word],
		{ encoding: 'utf8' });
	const [, token, begins] = /^\(\("([^" ]+)"( \*)?\)\)\n$/.exec(match);

	return begins
		? `list_bool_or([starts_with(w, '${token}') for w in tokens])`
		: `list_contains(tokens, '${token}')`;
}

function searched(word) {
	return run('git-retro',
		['search', '--limit', '0', '--format=tsv', `"${word}"`],
		{ encoding: 'utf8' }).split('\n').slice(1, -1)
		.map((line) => line.split('\t')[3]).sort();
}

execFileSync('git', ['init', '-q', repository]);
execFileSync('perl', [new URL('../bench/corpus.pl', import.meta.url).pathname,
	join(repository, 'retros'), count, '7']);
const first = join(scratch, 'first.ndjson');

exportTo(first);
const database = await (await DuckDBInstance.create(join(scratch, 'db'))).connect();
const rows = async (sql) => (await database.runAndReadAll(sql)).getRows();
const read = (repo, file) => `SELECT ${repo} AS repo, path, blob,
	string_split_regex(words, '[ /]+') AS tokens FROM read_json('${file}',
	format = 'newline_delimited', maximum_object_size = 33554432,
	columns = {repo: 'VARCHAR', path: 'VARCHAR', blob: 'VARCHAR', words: 'VARCHAR'})`;
const seconds = (from) => `${((performance.now() - from) / 1000).toFixed(1)} s`;

let from = performance.now();
await database.run(`CREATE TABLE retro AS ${read('repo', first)}`);
for (let time = 1; time < times; time++)
	await database.run(`INSERT INTO retro ${read(`repo || '-${time}'`, first)}`);
await database.run('CHECKPOINT');
console.log(`${count * times} rows in ${seconds(from)}, ` +
	`${(statSync(join(scratch, 'db')).size / 2 ** 20).toFixed(0)} MiB`);
from = performance.now();
let differ = 0;
let found = 0;

for (const word of words) {
	const found_there = await rows(`SELECT repo, path FROM retro WHERE ${condition(word)}`);
	const there = found_there.filter((row) => row[0] === 'all')
		.map((row) => row[1]).sort();

	found += found_there.length;
	if (found_there.length !== there.length * times || there.join('\n') !== searched(word).join('\n')) {
		differ++;
		console.log(`${word}: ${there.length} there, ${searched(word).length} here`);
	}
}

console.log(`asked in ${seconds(from)}`);
appendFileSync(join(repository, run('git-retro',
	['list', '--format=tsv'], { encoding: 'utf8' }).split('\n')[1].split('\t')[5]),
	'A zebra\n');
exportTo(join(scratch, 'second.ndjson'));
await database.run(`CREATE TABLE next AS ${read('repo', join(scratch, 'second.ndjson'))}`);
const [[moved]] = await rows(`SELECT count(*) FROM next ANTI JOIN retro
	USING (repo, path, blob)`);

console.log(`${count * times} rows, ${words.length} words, ${found} hits: ` +
	`${differ} words differ; after one change ${moved} row differs`);
process.exit(differ || Number(moved) !== 1 ? 1 : 0);
