// SPDX-License-Identifier: GPL-2.0-only
//
// client.mjs <repository>: asks `git retro mcp` there with the official client, as
// both revisions have it, and by hand, and holds each answer to the schema that
// comes with the client. MCP_SCHEMA=<folder> with <revision>/schema.json of the
// specification holds them to that, too. Speaks TAP.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Client, specTypeSchemas } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as z from 'zod';

const repository = process.argv[2];
const revisions = ['2025-11-25', '2026-07-28'];
let nr = 0;
let failed = 0;

function ok(good, title, detail) {
	console.log(`${good ? 'ok' : 'not ok'} ${++nr} - ${title}`);
	if (!good) {
		failed++;
		console.log(`# ${detail}`);
	}
}

async function works(title, act) {
	try {
		const bad = await act();
		ok(!bad, title, bad);
	} catch (error) {
		ok(false, title, error.stack.replace(/\n/g, '\n# '));
	}
}

/* --- the official client --- */

const asked = {
	context: { paths: ['src/load.c'] },
	search: { query: 'label' },
	pitfalls: {},
	show: { id: 'r-1' },
	audit: {},
	actions: {},
	list: { limit: 3 },
};

async function useClient(revision) {
	const transport = new StdioClientTransport({
		command: 'git-retro',
		args: ['mcp'],
		cwd: repository,
		env: process.env,
	});
	const client = new Client({ name: 'tests', version: '1' }, {
		versionNegotiation: {
			mode: revision === '2025-11-25' ? 'legacy' : { pin: revision },
		},
	});

	await works(`${revision}: the client connects`, async () => {
		await client.connect(transport);
		return client.getNegotiatedProtocolVersion() === revision
			? ''
			: client.getNegotiatedProtocolVersion();
	});
	await works(`${revision}: lists`, async () => {
		const { tools } = await client.listTools();
		const { prompts } = await client.listPrompts();
		const { resourceTemplates } = await client.listResourceTemplates();

		return tools.length === 7 && prompts.length === 2 &&
			resourceTemplates.length === 1
			? ''
			: `${tools.length} tools, ${prompts.length} prompts`;
	});
	// Some hosts turn a schema into a dialect in which a type is one word.
	await works(`${revision}: schemas for any host`, async () => {
		const { tools } = await client.listTools();

		return /"type":\[/.test(JSON.stringify(tools)) ? 'a list of types' : '';
	});
	for (const [name, args] of Object.entries(asked))
		await works(`${revision}: ${name}`, async () => {
			const result = await client.callTool({ name, arguments: args });

			if (result.isError || !result.structuredContent)
				return JSON.stringify(result);
			return JSON.stringify(result.structuredContent) ===
				JSON.stringify(JSON.parse(result.content[0].text))
				? ''
				: 'the text says something else';
		});
	await works(`${revision}: every page of resources, and one read`, async () => {
		let resources = [];
		let cursor;

		do {
			const page = await client.listResources(cursor ? { cursor } : {});

			resources = resources.concat(page.resources);
			cursor = page.nextCursor;
		} while (cursor);
		const { contents } = await client.readResource({
			uri: resources[0].uri,
		});
		return new Set(resources.map((r) => r.uri)).size === 120 &&
			contents[0].text.includes('title:')
			? ''
			: `${resources.length} resources`;
	});
	await works(`${revision}: a prompt`, async () => {
		const { messages } = await client.getPrompt({
			name: 'write-retro',
			arguments: { release: 'v1.0.0' },
		});

		return messages[0].content.text.includes('v1.0.0') ? '' : 'no tag';
	});
	await works(`${revision}: what is not there`, async () => {
		const codes = [];

		for (const act of [
			() => client.readResource({ uri: 'retro:///nope' }),
			() => client.getPrompt({ name: 'nope' }),
		])
			await act().catch((error) => codes.push(error.code));
		return codes.join() === '-32602,-32602' ? '' : codes.join();
	});
	await works(`${revision}: a call that is given up`, async () => {
		const controller = new AbortController();
		const call = client.callTool({ name: 'list', arguments: {} }, {
			signal: controller.signal,
		});
		let ended = 'answered';

		controller.abort('enough');
		await call.catch(() => (ended = 'given up'));
		await client.callTool({ name: 'list', arguments: { limit: 1 } });
		return ended === 'given up' ? '' : ended;
	});
	await client.close();
}

/* --- by hand, held to schemas --- */

const ajv = new Ajv2020({ strict: false, validateFormats: false });

function fromClient(name) {
	const schema = z.toJSONSchema(specTypeSchemas[name], { unrepresentable: 'any' });

	delete schema.$schema;
	return ajv.compile(schema);
}

function fromSpecification(revision) {
	const file = `${process.env.MCP_SCHEMA}/${revision}/schema.json`;

	if (!process.env.MCP_SCHEMA || !existsSync(file))
		return () => null;
	const schema = JSON.parse(readFileSync(file));

	ajv.addSchema(schema, revision);
	return (name) => ajv.getSchema(`${revision}#/$defs/${name}`);
}

/* The kind of result, or the error's code in each revision. */
const requests = [
	['tools/list', {}, 'ListToolsResult'],
	['prompts/list', {}, 'ListPromptsResult'],
	['resources/list', {}, 'ListResourcesResult'],
	['resources/list', { cursor: '100' }, 'ListResourcesResult'],
	['resources/templates/list', {}, 'ListResourceTemplatesResult'],
	['resources/read', { uri: 'retro:///r-1' }, 'ReadResourceResult'],
	['resources/read', { uri: 'retro:///nope' }, [-32002, -32602]],
	['prompts/get', { name: 'before-editing' }, 'GetPromptResult'],
	['prompts/get', {}, [-32602, -32602]],
	['tools/call', { name: 'nope' }, [-32602, -32602]],
	['tools/call', { name: 'show', arguments: { id: 'nope' } }, 'CallToolResult'],
	['nope', {}, [-32601, -32601]],
	...Object.entries(asked).map(([name, args]) => [
		'tools/call', { name, arguments: args }, 'CallToolResult',
	]),
];

function metaOf(revision) {
	return revision === '2025-11-25' ? {} : {
		_meta: {
			'io.modelcontextprotocol/protocolVersion': revision,
			'io.modelcontextprotocol/clientCapabilities': {},
		},
	};
}

async function converse(revision) {
	const server = spawn('git-retro', ['mcp'], {
		cwd: repository,
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const answers = new Map();
	const send = (message) => server.stdin.write(
		JSON.stringify({ jsonrpc: '2.0', ...message }) + '\n');

	if (revision === '2025-11-25') {
		send({ id: 'first', method: 'initialize', params: {
			protocolVersion: revision, capabilities: {},
			clientInfo: { name: 'tests', version: '1' } } });
		send({ method: 'notifications/initialized' });
	} else {
		send({ id: 'first', method: 'server/discover', params: metaOf(revision) });
	}
	requests.forEach(([method, params], id) =>
		send({ id, method, params: { ...params, ...metaOf(revision) } }));
	server.stdin.end();
	for await (const line of createInterface({ input: server.stdout }))
		answers.set(JSON.parse(line).id, JSON.parse(line));
	return answers;
}

async function holdToSchemas(revision) {
	const published = fromSpecification(revision);
	const answers = await converse(revision);
	const first = revision === '2025-11-25' ? 'InitializeResult' : 'DiscoverResult';

	for (const [id, name] of [['first', first],
		...requests.map((r, i) => [i, r[2]])]) {
		const answer = answers.get(id);
		const title = `${revision}: ${id === 'first' ? name
			: `${requests[id][0]} ${JSON.stringify(requests[id][1])}`}`;
		const fails = Array.isArray(name);
		const value = fails ? answer : answer?.result;
		const kind = fails ? 'JSONRPCErrorResponse' : name;
		const checks = [fromClient(kind), published(kind)].filter(Boolean);
		const bad = checks.filter((check) => !check(value));
		const right = !fails ||
			answer?.error?.code === name[revisions.indexOf(revision)];

		ok(answer && right && !bad.length, `${title} fits the schema`,
			JSON.stringify(bad[0]?.errors ?? answer));
	}
	ok(answers.size === requests.length + 1, `${revision}: one answer each`,
		[...answers.keys()].join());
}

for (const revision of revisions) {
	await useClient(revision);
	await holdToSchemas(revision);
}
console.log(`1..${nr}`);
process.exit(failed ? 1 : 0);
