import { describe, expect, test } from 'vitest';
import { validateDoctor } from '../diagnosis/schema.ts';
import { credentials, Lab, optionsFor } from './lab.ts';

/** The built program, as a script runs it. */
describe('rollcall doctor as a process', () => {
	test('prints JSON alone on standard output, and ends with 1 where there is a problem', async () => {
		await using lab = new Lab();
		const { simulator } = await lab.serveStill('service-role-missing', 600_000);
		const args = ['doctor', simulator.deploymentId, '--json', ...optionsFor(simulator)];
		const { exitCode, stdout, stderr } = await lab.run(args, credentials);
		const document = JSON.parse(stdout);
		expect(validateDoctor(document)).toEqual([]);
		expect(document.findings[0].cause).toBe('service-role-missing');
		expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
	});

	test('ends with 2 and one line for a target that is none, and with 5 without AWS', async () => {
		await using lab = new Lab();
		const { simulator } = await lab.serveStill('service-role-missing', 600_000);
		const args = ['doctor', simulator.deploymentId, '--target', 'i-0123456789abcdef0'];
		const unknown = await lab.run([...args, ...optionsFor(simulator)], credentials);
		expect(unknown).toMatchObject({ exitCode: 2, stdout: '' });
		expect(unknown.stderr).toMatch(
			/^rollcall: i-0123456789abcdef0 is not among the 0 targets of d-\w+: [^\n]+\n$/,
		);
		simulator.inject({ type: 'expiredCredentials' });
		const locked = await lab.run(['doctor', simulator.deploymentId, ...optionsFor(simulator)], credentials);
		expect(locked).toMatchObject({ exitCode: 5, stdout: '' });
	});
});
