import { expect, test } from 'vitest';
import type { ScenarioName, Simulator } from '../../src/simulator/simulator.ts';
import type { DiagnosisDocument } from '../../src/view/diagnosis-json.ts';
import { validateDiagnosis } from '../diagnosis/schema.ts';
import { credentials, Lab, optionsFor } from './lab.ts';

/** A story whose deployment has ended, asked by a real process. */
async function over(lab: Lab, story: ScenarioName) {
	const { simulator } = await lab.serveStill(story, 30 * 60_000);
	return {
		simulator,
		diagnose: (...args: readonly string[]) =>
			lab.run(['diagnose', simulator.deploymentId, ...optionsFor(simulator), ...args], credentials),
	};
}

test.concurrent('people get text without escape sequences, and no command is broken', async () => {
	await using lab = new Lab();
	const { diagnose, simulator } = await over(lab, 'crlf-shebang');
	const { exitCode, stdout, stderr } = await diagnose();
	expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
	expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
	const lines = stdout.split('\n');
	expect(lines[0]).toBe(`✗ ${simulator.deploymentId}  checkout-api / prod-blue  Failed`);
	expect(lines[1]).toBe('3 findings: 2 on 3 of 6 hosts, one about the deployment as a whole');
	expect(lines[3]).toBe('1 ✗ Windows line endings in the script  likely');
	expect(stdout).toMatch(/^ {4}sudo file \/opt\/codedeploy-agent\/\S+\/before_install\.sh {2}# on i-\w+$/m);
});

test.concurrent('programs get a document that is valid, best finding first', async () => {
	await using lab = new Lab();
	const { diagnose, simulator } = await over(lab, 'hook-failures');
	const { exitCode, stdout, stderr } = await diagnose('--json');
	expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
	const document: DiagnosisDocument = JSON.parse(stdout);
	expect(validateDiagnosis(document)).toEqual([]);
	expect(document).toMatchObject({ deploymentId: simulator.deploymentId, status: 'Failed' });
	expect(document.findings[0]).toMatchObject({
		cause: 'command-not-found',
		script: 'scripts/start_server.sh',
	});
	expect(document.findings.at(-1)).toMatchObject({ cause: 'health-constraints', targets: [], event: null });
});

test.concurrent('hostile logs stay text in every format', async () => {
	await using lab = new Lab();
	const { diagnose } = await over(lab, 'hostile-logs');
	const [text, json, markdown] = await Promise.all([diagnose(), diagnose('--json'), diagnose('--markdown')]);
	expect(validateDiagnosis(JSON.parse(json.stdout))).toEqual([]);
	for (const { exitCode, stdout } of [text, json, markdown]) {
		expect(exitCode).toBe(0);
		expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
	}
	expect(markdown.stdout).toMatch(/^### 1\. /m);
});

test.concurrent('with --ascii nothing else is printed', async () => {
	await using lab = new Lab();
	const { diagnose } = await over(lab, 'file-exists');
	const { stdout } = await diagnose('--ascii');
	expect(stdout).toMatch(/^[\x20-\x7e\n]+$/);
	expect(stdout).toContain('1 F A file to install is already on the host');
});

test.concurrent('a deployment that went well has nothing to tell, and ends with 0 all the same', async () => {
	await using lab = new Lab();
	const { diagnose } = await over(lab, 'healthy');
	const [text, json] = await Promise.all([diagnose(), diagnose('--json')]);
	expect(text).toMatchObject({ exitCode: 0, stderr: '' });
	expect(text.stdout).toMatch(/^\S d-.*\nNothing has failed {2}the deployment is Succeeded\n$/);
	expect(JSON.parse(json.stdout)).toMatchObject({ status: 'Succeeded', findings: [] });
});

test.concurrent('what may not be read is said, and the rest is told', async () => {
	await using lab = new Lab();
	const { diagnose, simulator } = await over(lab, 'alarm-active');
	simulator.inject({ type: 'deny', operations: ['GetDeploymentGroup'] });
	const { exitCode, stdout, stderr } = await diagnose('--json');
	expect({ exitCode, stderr }).toEqual({
		exitCode: 0,
		stderr: 'rollcall: deployment group not read: not allowed: codedeploy:GetDeploymentGroup\n',
	});
	expect(JSON.parse(stdout)).toMatchObject({ findings: [{ cause: 'alarm-active' }] });
});

test.concurrent('targets that may not be read are counted', async () => {
	await using lab = new Lab();
	const { diagnose, simulator } = await over(lab, 'file-exists');
	simulator.inject({ type: 'deny', operations: ['BatchGetDeploymentTargets'] });
	const { exitCode, stdout, stderr } = await diagnose();
	expect(exitCode).toBe(0);
	expect(stderr).toBe('rollcall: 0 of 6 targets read: not allowed: codedeploy:BatchGetDeploymentTargets\n');
	expect(stdout).toContain('3 of 6 failed, and 3 have to stay healthy');
});

const refusals: readonly (readonly [
	name: string,
	args: (simulator: Simulator) => readonly string[],
	exitCode: number,
	sentence: RegExp,
])[] = [
	['no such deployment', () => ['d-NOSUCHONE'], 2, /there is no deployment d-NOSUCHONE in eu-west-1/],
	['no id', () => ['nothing'], 2, /no deployment id in “nothing”/],
	[
		'two formats',
		({ deploymentId }) => [deploymentId, '--json', '--markdown'],
		2,
		/'--json' cannot be used with option '--markdown'/,
	],
	[
		'a profile that is not there',
		({ deploymentId }) => [deploymentId, '--profile', 'no'],
		2,
		/no profile “no”/,
	],
];

test.concurrent.for(refusals)('%s is refused in one line', async ([, args, exitCode, sentence]) => {
	await using lab = new Lab();
	const simulator = await lab.serve('healthy');
	const refused = await lab.run(['diagnose', ...args(simulator), ...optionsFor(simulator)], credentials);
	expect(refused).toMatchObject({ exitCode, stdout: '' });
	expect(refused.stderr).toMatch(/^rollcall: [^\n]+\n$/);
	expect(refused.stderr).toMatch(sentence);
});

test.concurrent('AWS that does not allow it ends it with 5', async () => {
	await using lab = new Lab();
	const { diagnose, simulator } = await over(lab, 'healthy');
	simulator.inject({ type: 'deny' });
	const denied = await diagnose('--json');
	expect(denied).toMatchObject({ exitCode: 5, stdout: '' });
	expect(denied.stderr).toMatch(/^rollcall: not allowed: codedeploy:GetDeployment /);
});
