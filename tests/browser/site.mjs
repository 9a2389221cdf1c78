// SPDX-License-Identifier: GPL-2.0-only
//
// site.mjs <folder of the site> <queries> [<picture folder>]: opens the pages in
// Chromium, from the disk and over http on loopback, and prints TAP. `queries`
// has a line each: what is asked, and behind tabs the titles that the command
// finds, best first.
import { createServer } from 'node:http';
import { readFileSync, readdirSync } from 'node:fs';
import { join, normalize, resolve } from 'node:path';
import { createRequire } from 'node:module';
import puppeteer from 'puppeteer-core';
import { parseAtomFeed, parseJsonFeed } from 'feedsmith';

const [folder, queries, pictures] = process.argv.slice(2);
const root = resolve(folder);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let number = 0, failed = 0;

function ok(good, name, why) {
	number++;
	failed += good ? 0 : 1;
	console.log(`${good ? 'ok' : 'not ok'} ${number} - ${name}`);
	if (!good && why !== undefined)
		console.log(String(why).split('\n').map(line => `# ${line}`).join('\n'));
}

const types = { html: 'text/html', js: 'text/javascript', css: 'text/css',
	xml: 'application/atom+xml', json: 'application/feed+json' };
const server = createServer((request, answer) => {
	const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname));
	try {
		const bytes = readFileSync(join(root, path));
		answer.setHeader('content-type', types[path.split('.').pop()] ?? 'text/plain');
		answer.end(bytes);
	} catch {
		answer.statusCode = 404;
		answer.end();
	}
});
await new Promise(done => server.listen(0, '127.0.0.1', done));
const http = `http://127.0.0.1:${server.address().port}/`;
const disk = `file://${encodeURI(root)}/`;

const browser = await puppeteer.launch({
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
		'--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const page = await browser.newPage();
const asked = [], errors = [];
page.on('request', request => asked.push(request.url()));
page.on('pageerror', error => errors.push(error.message));
page.on('console', message => {
	if (message.type() === 'error')
		errors.push(message.text());
});

const open = async url => {
	await page.goto(url, { waitUntil: 'load' });
	if (await page.$('#search'))
		await page.waitForSelector('#search[data-ready]');
};
const rows = async () => {
	await page.waitForSelector('#search[data-ready]');
	if (await page.$('#rest:not([hidden])'))
		await page.click('#rest button');
	return page.$$eval('table.retros tbody tr',
		all => all.map(row => row.cells[1].textContent));
};
const seek = async words => {
	await page.$eval('#q', (input, value) => {
		input.value = value;
		input.dispatchEvent(new Event('input'));
	}, words);
	return rows();
};
const retro = `r/${encodeURIComponent(readdirSync(join(root, 'r')).sort()[0])}`;
const pages = ['index.html', retro, 'labels.html', 'figures.html', 'exposure.html'];

for (const [name, base] of [['disk', disk], ['http', http]]) {
	await open(`${base}index.html`);
	const all = await rows();
	ok(all.length > 0, `${name}: the index lists them`);
	for (const line of readFileSync(queries, 'utf8').split('\n').filter(Boolean)) {
		const [words, ...titles] = line.split('\t');
		const got = await seek(words);
		const same = (a, b) => a.join('\n') === b.join('\n');
		ok(same(got.toSorted(), titles.toSorted()) && same(got.slice(0, 5), titles.slice(0, 5)),
			`${name}: ${words.replaceAll('#', '')}: the command's ${titles.length}, best first`,
			`${got.slice(0, 8).join('\n')}\n(${got.length}) instead of\n${titles.slice(0, 8).join('\n')}`);
	}
	await seek('');
	await page.focus('body');
	await page.keyboard.press('/');
	await page.keyboard.type('zzzzqqq');
	ok((await rows()).length === 0 && (await page.$eval('#count', p => p.textContent)).length > 0,
		`${name}: by keyboard, and nothing found is said`);
	await page.keyboard.press('Escape');
	ok((await rows()).join() === all.join(), `${name}: Escape brings all back, in their order`);
}
for (const [scheme, width] of [['light', 1280], ['dark', 390]]) {
	await page.setViewport({ width, height: 900 });
	await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
	for (const path of pages) {
		await open(http + path);
		// The page's own policy lets no other script in.
		await page.evaluate(axe);
		const found = await page.evaluate(() => globalThis.axe.run());
		ok(!found.violations.length, `axe: ${path}, ${scheme}, ${width} wide`,
			found.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html).slice(0, 2).join(' ')}`).join('\n'));
		ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
			`${path} is not wider than ${width}`);
		if (pictures)
			await page.screenshot({ path: join(pictures, `${path.replace(/\W/g, '-')}-${width}.png`) });
	}
}
await open(`${http}labels.html`);
const labelled = await page.$$eval('.groups li', all => all.map(one => Number(/\((\d+)\)$/.exec(one.textContent)[1])));
await open(`${http}index.html`);
const filtered = [];
for (const label of await page.$$eval('#label option', all => all.slice(1).map(one => one.value))) {
	await page.select('#label', label);
	filtered.push((await rows()).length);
}
ok(filtered.join() === labelled.join(), 'each label keeps its retros', `${filtered} instead of ${labelled}`);
await open(http + retro);
const pdf = await page.pdf();
ok(pdf.length > 1000, 'a retro can be printed');
await open(`${http}index.html`);
const took = await page.evaluate(() => {
	const input = document.getElementById('q'), begun = performance.now();
	input.value = 'label';
	input.dispatchEvent(new Event('input'));
	return performance.now() - begun;
});
console.log(`# a search took ${took.toFixed(1)} ms`);
ok(asked.every(url => url.startsWith(disk) || url.startsWith(http)), 'nothing is asked for elsewhere',
	asked.filter(url => !url.startsWith(disk) && !url.startsWith(http)).join('\n'));
ok(!errors.length, 'no error, and nothing that the policy refused', errors.join('\n'));
const atom = parseAtomFeed(readFileSync(join(root, 'feed.xml'), 'utf8'));
const json = parseJsonFeed(JSON.parse(readFileSync(join(root, 'feed.json'), 'utf8')));
ok(atom.entries.length && atom.entries.every(entry => entry.id && entry.title && entry.updated),
	'a reader reads the Atom feed');
ok(json.items.length === atom.entries.length, 'and the JSON feed');
await browser.close();
server.close();
console.log(`1..${number}`);
process.exit(failed ? 1 : 0);
