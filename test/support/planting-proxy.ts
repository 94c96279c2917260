import { once } from 'node:events';
import { createServer } from 'node:http';

/** What every planted secret contains, in capitals or not, and nothing else does. */
export const planted = /pl4nted/i;

/** Secrets as they come in logs, messages, names and URLs. */
export const secrets: readonly string[] = [
	'export DB_PASSWORD=pl4nted-password',
	'{"clientSecret": "pl4nted-json", "apiKey":"pl4nted-key"}',
	'Authorization: Bearer pl4nted.bearer.0123456789',
	'https://acme.s3.amazonaws.com/b.zip?X-Amz-Credential=AKIAPL4NTEDPL4NTED12&X-Amz-Signature=pl4nted-signature&X-Amz-Security-Token=pl4nted-token',
	'postgres://app:pl4nted-in-url@db.internal/checkout',
	'AWS_SECRET_ACCESS_KEY=pl4ntedPl4ntedPl4ntedPl4ntedPl4ntedPl4nt',
	'curl -u deploy:pl4nted-basic https://example.com --token pl4nted-option',
];

const allOfThem = secrets.join(' ; ');

/** Where people write freely, or scripts do. */
const texts = /("(?:logTail|message|description|StandardOutputContent|stateReason|StateReason)":\s*")/g;
/** A key that somebody took from a presigned URL. */
const keys = /("key":\s*"[^"?]+\.zip)(")/g;
const presigned = '?X-Amz-Credential=AKIAPL4NTEDPL4NTED12&X-Amz-Signature=pl4nted-in-key';

/** A way to a simulator on which secrets get into every text. Take it with `await using`. */
export async function plantSecrets(url: string): Promise<{ readonly url: string } & AsyncDisposable> {
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const { host: _, connection: __, 'content-length': ___, expect: ____, ...headers } = request.headers;
		const method = request.method ?? 'POST';
		const answer = await fetch(new URL(request.url ?? '/', url), {
			method,
			headers: headers as Record<string, string>,
			...(method !== 'GET' && method !== 'HEAD' && { body: Buffer.concat(chunks) }),
		});
		const body = plantIn(await answer.text());
		const type = answer.headers.get('content-type') ?? 'application/x-amz-json-1.1';
		response.writeHead(answer.status, { 'content-type': type });
		response.end(body);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('expected a port');
	return {
		url: `http://127.0.0.1:${address.port}`,
		async [Symbol.asyncDispose]() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

const plantIn = (body: string): string =>
	body
		.replace(texts, (_, before: string) => `${before}${JSON.stringify(`${allOfThem}\n`).slice(1, -1)}`)
		.replace(keys, (_, before: string, after: string) => `${before}${presigned}${after}`);
