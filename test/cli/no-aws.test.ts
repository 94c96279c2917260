import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { FaultKind } from '../../src/simulator/server/faults.ts';
import { credentials, type Environment, Lab, optionsFor } from './lab.ts';

const id = 'd-ABC123DEF';

async function listen(server: Server): Promise<number> {
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	return address.port;
}

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
	const server = createServer();
	const port = await listen(server);
	server.close();
	return port;
}

/** A port that takes connections and never says a word: what a firewall makes of the metadata services. */
async function silentPort(lab: Lab): Promise<number> {
	const server = createServer();
	lab.defer(() => server.close());
	return listen(server);
}

test.concurrent('an endpoint that is down is waited for, then named', async () => {
	await using lab = new Lab();
	const url = `http://127.0.0.1:${await freePort()}`;
	const args = [id, '--endpoint-url', url, '--region', 'eu-west-1'];
	const startedAt = performance.now();
	const result = await lab.run(args, credentials);
	expect(result).toMatchObject({ exitCode: 5, stdout: '' });
	expect(result.stderr).toMatch(/^rollcall: no answer from AWS: connect ECONNREFUSED .*\n$/);
	expect(result.stderr).toContain(`(${url})`);
	expect(performance.now() - startedAt).toBeGreaterThan(9_000);
});

test.concurrent('connections that break at first are no failure', async () => {
	await using lab = new Lab();
	const simulator = await lab.serve('release');
	const { port } = new URL(simulator.url);
	let broken = 0;
	const flaky = createServer(socket => {
		if (broken < 3) {
			broken += 1;
			socket.destroy();
			return;
		}
		const onward = connect(Number(port), '127.0.0.1');
		socket.on('error', () => onward.destroy()).pipe(onward);
		onward.on('error', () => socket.destroy()).pipe(socket);
	});
	const address = await listen(flaky);
	lab.defer(() => flaky.close());
	const args = [id, '--endpoint-url', `http://127.0.0.1:${address}`, '--region', simulator.region];
	const { exitCode, stderr } = await lab.run(args, credentials);
	expect({ exitCode, broken }).toEqual({ exitCode: 2, broken: 3 });
	expect(stderr).toContain(`there is no deployment ${id}`);
});

const refusals: readonly (readonly [FaultKind['type'], RegExp])[] = [
	['deny', /^rollcall: not allowed: codedeploy:GetDeployment \(http:\/\/127\.0\.0\.1:\d+\)\n$/],
	[
		'expiredCredentials',
		/^rollcall: credentials expired: run aws sso login \(http:\/\/127\.0\.0\.1:\d+\)\n$/,
	],
];

test.concurrent.for(refusals)('%s ends it at once', async ([type, sentence]) => {
	await using lab = new Lab();
	const simulator = await lab.serve('release');
	simulator.inject({ type } as FaultKind);
	const args = [simulator.deploymentId, ...optionsFor(simulator)];
	const result = await lab.run(args, credentials);
	expect(result).toMatchObject({ exitCode: 5, stdout: '' });
	expect(result.stderr).toMatch(sentence);
});

test.concurrent('no credentials anywhere, and a metadata service that is silent', async () => {
	await using lab = new Lab();
	const port = await silentPort(lab);
	const env = { AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${port}` };
	const result = await lab.run([id, '--region', 'eu-west-1'], env);
	expect(result).toMatchObject({ exitCode: 5, stdout: '' });
	expect(result.stderr).toMatch(
		/^rollcall: Could not load credentials .*: try --profile, aws configure .*\n$/,
	);
});

test.concurrent('credentials that never come are given up after ten seconds', async () => {
	await using lab = new Lab();
	const home = lab.folder();
	mkdirSync(path.join(home, '.aws'));
	const slow = '[profile slow]\nregion = eu-west-1\ncredential_process = sleep 12\n';
	writeFileSync(path.join(home, '.aws/config'), slow);
	const port = await silentPort(lab);
	const silent: Environment = { AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${port}/` };
	const runs = await Promise.all([
		lab.run([id, '--profile', 'slow'], { HOME: home }),
		lab.run([id, '--region', 'eu-west-1'], silent),
	]);
	for (const result of runs) {
		expect(result).toMatchObject({ exitCode: 5, stdout: '' });
		expect(result.stderr).toMatch(/^rollcall: no answer from CodeDeploy in eu-west-1 within 10 s: .*\n$/);
	}
});

test.concurrent('a profile that wants an MFA code says what to run, and nothing waits for the code', async () => {
	await using lab = new Lab();
	const home = lab.folder();
	mkdirSync(path.join(home, '.aws'));
	const role = 'role_arn = arn:aws:iam::222222222222:role/release\nsource_profile = keys\n';
	const config = `[profile release]\n${role}mfa_serial = arn:aws:iam::111111111111:mfa/me\n`;
	const keys = '[profile keys]\naws_access_key_id = AKIAQWERTYUIOPASDFGH\naws_secret_access_key = s\n';
	writeFileSync(path.join(home, '.aws/config'), config + keys);
	const log = path.join(home, 'calls.jsonl');
	const place = ['--region', 'eu-west-1', '--profile', 'release'];
	const { exitCode, stderr } = await lab.run([id, ...place, '--debug-log', log], { HOME: home });
	expect(exitCode).toBe(5);
	expect(stderr).toBe(
		'rollcall: profile release wants an MFA code: run eval "$(aws configure export-credentials --profile release --format env)", then rollcall without a profile\n',
	);
	const text = readFileSync(log, 'utf8');
	expect(text).toContain('"attempt":0,"waitedMs":0');
	expect(text).toContain('"outcome":"credentials","code":"MfaRequired"');
	expect(text).not.toContain('AKIA');
});
