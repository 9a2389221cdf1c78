// SPDX-License-Identifier: GPL-2.0-only
//
// bridge.mjs <repository> [<port>]: answers streamable HTTP on loopback with what
// `git retro mcp` there says on stdio, for clients that speak nothing else, such
// as the conformance suite (conformance.sh). Prints its address. What a session
// begins with is a process of its own; requests of the latest revision, which
// need no session, share one.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

const [repository, port] = process.argv.slice(2);
const sessions = new Map();

// The ids of several clients meet in one process: each gets a number of ours.
function startServer() {
	const server = spawn('git-retro', ['mcp'], {
		cwd: repository,
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const waiting = new Map();
	let last = 0;

	createInterface({ input: server.stdout }).on('line', (line) => {
		const message = JSON.parse(line);
		const asked = waiting.get(message.id);

		waiting.delete(message.id);
		asked?.answer({ ...message, id: asked.id });
	});
	return {
		tell: (message) => server.stdin.write(JSON.stringify(message) + '\n'),
		ask(message) {
			const id = `bridge-${++last}`;

			this.tell({ ...message, id });
			return new Promise((answer) =>
				waiting.set(id, { id: message.id, answer }));
		},
		end: () => server.stdin.end(),
	};
}

const shared = startServer();

function versionOf(message) {
	return message.params?._meta?.['io.modelcontextprotocol/protocolVersion'];
}

function serverOf(request, message) {
	const session = request.headers['mcp-session-id'];

	if (message.method !== 'initialize' || versionOf(message))
		return session ? [sessions.get(session), session] : [shared];
	const id = randomUUID();

	sessions.set(id, startServer());
	return [sessions.get(id), id];
}

function reply(response, code, body, session) {
	response.writeHead(code, {
		'content-type': 'application/json',
		...(session && { 'mcp-session-id': session }),
	});
	response.end(body && JSON.stringify(body));
}

function refuse(response, id, code, message) {
	reply(response, 400, { jsonrpc: '2.0', id, error: { code, message } });
}

// What the latest revision says of errors over HTTP.
function statusOf({ error }) {
	return error?.code === -32601 ? 404
		: [-32022, -32600].includes(error?.code) ||
			error?.message.startsWith('_meta') ? 400 : 200;
}

async function take(request, response) {
	let text = '';

	for await (const part of request)
		text += part;
	let message;

	try {
		message = JSON.parse(text);
	} catch {
		return refuse(response, null, -32700, 'this is no JSON');
	}
	const version = versionOf(message);

	if (version && request.headers['mcp-protocol-version'] !== version)
		return refuse(response, message.id, -32020,
			'the header names another version than _meta');
	const [server, session] = serverOf(request, message);

	if (!server)
		return reply(response, 404);
	if (!message.method || message.id === undefined) {
		server.tell(message);
		return reply(response, 202);
	}
	const answer = await server.ask(message);

	return reply(response, session ? 200 : statusOf(answer), answer, session);
}

function isOurs(value) {
	return /^(https?:\/\/)?(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(value);
}

createServer((request, response) => {
	const { host, origin } = request.headers;
	const session = request.headers['mcp-session-id'];

	if (!isOurs(host) || (origin && !isOurs(origin)))
		return reply(response, 403);
	if (request.method === 'DELETE' && sessions.has(session)) {
		sessions.get(session).end();
		sessions.delete(session);
		return reply(response, 204);
	}
	if (request.method !== 'POST')
		return reply(response, 405);
	return take(request, response);
}).listen(Number(port ?? 0), '127.0.0.1', function () {
	console.log(`http://127.0.0.1:${this.address().port}/mcp`);
});
