import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { credentials, Lab, launcher, optionsFor } from './lab.ts';

const timedLine = /^\d\d:\d\d:\d\d {2}\S/;

/** Standard output as lines: those with a time, and the summary below them. */
function parts(stdout: string) {
	const lines = stdout.trimEnd().split('\n');
	const end = lines.findIndex(line => !timedLine.test(line));
	return { changes: lines.slice(0, end), summary: lines.slice(end) };
}

test.concurrent('a deployment that succeeds, line by line to its end', async () => {
	await using lab = new Lab();
	const simulator = await lab.serve('healthy', 60);
	const { exitCode, stdout, stderr } = await lab.watch(simulator).finished;
	expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
	expect(stdout).not.toContain('\x1b');
	const { changes, summary } = parts(stdout);
	expect(changes.join('\n')).toContain(`✓ ${simulator.deploymentId} Succeeded  60/60 succeeded`);
	expect(summary[0]).toMatch(`✓ ${simulator.deploymentId}  checkout-api / prod-blue  Succeeded after`);
	expect(summary).toContain('  60/60 succeeded');
	expect(new Set(changes).size).toBe(changes.length);
});

test.concurrent('a deployment that fails, to the end of its rollback, with the root failure', async () => {
	await using lab = new Lab();
	const simulator = await lab.serve('hook-failures', 60);
	const { exitCode, stdout, stderr } = await lab.watch(simulator).finished;
	expect({ exitCode, stderr }).toEqual({ exitCode: 6, stderr: '' });
	expect(stdout).not.toContain('\x1b');
	const { changes, summary } = parts(stdout);
	expect(changes.some(line => line.includes('ApplicationStart scripts/start_server.sh exit 127'))).toBe(true);
	const rollback = /✓ (d-[A-Z0-9]{9}) Succeeded/.exec(changes.join('\n'))?.[1] ?? 'no rollback';
	expect(rollback).not.toBe(simulator.deploymentId);
	const [headline = '', ...rest] = summary;
	expect(headline).toMatch(`✗ ${simulator.deploymentId}  checkout-api / prod-blue  Failed after`);
	expect(rest.join('\n')).toMatch(
		/exit 127 on 2 targets: i-\w+, i-\w+\n +Command not found: pm2 \(command-not-found\)\n +pm2: command not found/,
	);
	expect(rest.at(-1)).toMatch(`  rolled back by ${rollback}  Succeeded after`);
});

test.concurrent('a deployment that was stopped and rolled back', async () => {
	await using lab = new Lab();
	const { exitCode, stdout } = await lab.watch(await lab.serve('alarm-stop', 60)).finished;
	expect(exitCode).toBe(6);
	expect(parts(stdout).summary[0]).toMatch(/^■ d-[A-Z0-9]{9} .* Stopped after/);
});

test.concurrent('an interrupt prints the summary of what is known', async () => {
	await using lab = new Lab();
	const running = lab.watch(await lab.serve('release'));
	await running.printed(timedLine);
	running.child.kill('SIGINT');
	const { exitCode, stdout, stderr } = await running.finished;
	expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: '' });
	expect(parts(stdout).summary[0]).toMatch(/^\S d-[A-Z0-9]{9} .* for \d+s$/);
});

test.concurrent('nobody reads on: it ends quietly', async () => {
	await using lab = new Lab();
	const simulator = await lab.serve('release', 20);
	const running = lab.watch(simulator);
	await running.printed(timedLine);
	running.child.stdout.destroy();
	expect(await running.finished).toMatchObject({ exitCode: 141, stderr: '' });
});

test.concurrent('… | head -1', async () => {
	await using lab = new Lab();
	const simulator = await lab.serve('release', 20);
	const command = [process.execPath, launcher, simulator.deploymentId, ...optionsFor(simulator)];
	const shell = spawn('sh', ['-c', '"$@" | head -1', 'sh', ...command], {
		env: lab.environment(credentials),
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const { stdout, stderr } = await lab.follow(shell).finished;
	expect(stdout).toMatch(/^\d\d:\d\d:\d\d [^\n]*\n$/);
	expect(stderr).toBe('');
});

test.skipIf(!existsSync('/dev/full'))('… > a disk that is full', async () => {
	await using lab = new Lab();
	const shell = spawn('sh', ['-c', '"$@" > /dev/full', 'sh', process.execPath, launcher, '--help'], {
		env: lab.environment(),
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const { exitCode, stderr } = await lab.follow(shell).finished;
	expect({ exitCode, stderr }).toEqual({
		exitCode: 2,
		stderr: expect.stringMatching(/^rollcall: standard output cannot be written \(ENOSPC\): [^\n]+\n$/),
	});
});
