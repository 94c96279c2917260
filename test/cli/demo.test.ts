import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fleetScenarios, scenarios } from '../../src/simulator/simulator.ts';
import { TerminalLab } from '../terminal/terminal-lab.ts';
import { credentials, Lab } from './lab.ts';

test('demo --list names every scenario', async () => {
	await using lab = new Lab();
	const { exitCode, stdout, stderr } = await lab.run(['demo', '--list']);
	expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
	const lines = stdout.trimEnd().split('\n');
	expect(lines.map(line => line.split(/ {2,}/))).toEqual(
		[...fleetScenarios, ...scenarios].map(({ name, title }) => [name, title]),
	);
});

test('the demo needs no home, no network and no configuration, and heeds none', async () => {
	await using lab = new Lab();
	const config = path.join(lab.folder(), 'config');
	writeFileSync(config, '[default]\nuse_fips_endpoint = true\nendpoint_url = http://192.0.2.1\n[broken');
	const running = lab.start(['demo', 'healthy', '--profile', 'nope'], {
		HOME: '/nonexistent',
		AWS_CONFIG_FILE: config,
		AWS_PROFILE: 'nope',
		AWS_REGION: 'mars',
		AWS_USE_FIPS_ENDPOINT: 'true',
		AWS_ENDPOINT_URL: 'http://192.0.2.1',
		AWS_ENDPOINT_URL_CODEDEPLOY: 'http://192.0.2.1',
		HTTPS_PROXY: 'http://192.0.2.1',
		HTTP_PROXY: 'http://192.0.2.1',
		NODE_USE_ENV_PROXY: '1',
	});
	await running.printed(/^\d\d:\d\d:\d\d {2}\S d-[A-Z0-9]{9} (Created|InProgress)/m);
	running.child.kill('SIGTERM');
	expect(await running.finished).toMatchObject({ exitCode: 143, stderr: '' });
});

test('the demo draws the screen in the region asked for, acts, and leaves no audit trail', async () => {
	await using lab = new TerminalLab();
	const home = lab.folder();
	const args = ['demo', 'healthy', '--protect', 'none', '--region', 'us-east-2'];
	const session = lab.session(args, { env: { HOME: home }, before: 'unset TERM', columns: 120 });
	await session.waitFor(/us-east-2/, 10_000);
	session.send('s');
	await session.waitFor(/Cancel/);
	session.send('y');
	await session.waitFor(/stop, without rolling back accepted/);
	session.send('q');
	// It is running, or stopped already.
	expect([0, 3]).toContain(await session.ended());
	expect(existsSync(path.join(home, '.local'))).toBe(false);
});

test('simulate serves what the line that it prints leads to', async () => {
	await using lab = new Lab();
	const served = lab.start([
		'simulate',
		'healthy',
		'--port',
		'0',
		'--speed',
		'1000',
		'--region',
		'ap-south-1',
	]);
	const [line = ''] = await served.printed(/^rollcall watch d-.*$/m);
	expect(line).toMatch(/--region ap-south-1 --endpoint-url http:\/\/127\.0\.0\.1:\d+$/);
	const watched = await lab.run(line.split(' ').slice(1), credentials);
	expect(watched).toMatchObject({ exitCode: 0, stderr: '' });
	served.child.kill('SIGINT');
	expect(await served.finished).toMatchObject({ exitCode: 130, stderr: '' });
});
