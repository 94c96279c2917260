import { expect, test } from 'vitest';
import type { Command } from '../../src/cli/command.ts';
import { list } from '../../src/cli/list.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import type { ListDocument } from '../../src/view/headless/list-json.ts';
import { runCommand, type Told } from '../support/run-command.ts';
import { problemsOf } from './schemas.ts';

type ListCommand = Extract<Command, { type: 'list' }>;

const common = { readOnly: false, ascii: false, protect: [] };
const place = (label: string, region: string) => ({ label, region, protect: [], readOnly: false });
const ireland = place('ireland', 'eu-west-1');
/** There the account has nothing. */
const virginia = place('virginia', 'us-east-1');

/** `rollcall list` on a story that has been going on for a minute, in virtual time. */
const runList = (
	asked: Partial<ListCommand> & { readonly prepare?: (simulator: Simulator) => void },
	contexts = [ireland, virginia],
): Promise<Told> => {
	const { prepare, ...changes } = asked;
	const command: ListCommand = { type: 'list', activeOnly: false, format: 'json', common, ...changes };
	return runCommand('hook-failures', { after: 60, ...(prepare && { prepare }) }, parts =>
		list(command, contexts, parts),
	);
};

function documentOf({ stdout }: Told): ListDocument {
	const document: ListDocument = JSON.parse(stdout);
	expect(problemsOf('list', document)).toEqual([]);
	return document;
}

test('the places are listed together, the newest first, and each is said where there are several', async () => {
	const told = await runList({});
	expect(told).toMatchObject({ exitCode: 0, stderr: '' });
	const { deployments, contexts } = documentOf(told);
	expect(deployments.length).toBeGreaterThan(1);
	expect(deployments[0]).toMatchObject({ context: 'ireland', region: 'eu-west-1', status: 'InProgress' });
	expect(deployments.map(({ createdAt }) => createdAt)).toEqual(
		deployments
			.map(({ createdAt }) => createdAt)
			.toSorted()
			.toReversed(),
	);
	expect(contexts.map(({ label, problem }) => [label, problem])).toEqual([
		['ireland', null],
		['virginia', null],
	]);
	const text = await runList({ format: 'text', activeOnly: true });
	expect(text.stdout).toMatch(/^STATUS .* PLACE\n▸ InProgress .* ireland\n$/);
	const alone = await runList({ format: 'text', activeOnly: true }, [virginia]);
	expect(alone).toMatchObject({ exitCode: 0, stdout: 'nothing is being deployed\n' });
});

test('what looks like a secret is not told, not even in a name', async () => {
	const contexts = [place('password=hunter2', 'eu-west-1'), virginia];
	const { stdout } = await runList({ format: 'text', activeOnly: true }, contexts);
	expect(stdout).toMatch(/ password=\[redacted\]\n$/);
});

test('a place that fails fails alone, and is named', async () => {
	const prepare = ({ inject }: Simulator) => inject({ type: 'deny', regions: ['us-east-1'] });
	const told = await runList({ prepare });
	expect(told).toMatchObject({
		exitCode: 0,
		stderr: 'rollcall: virginia: not allowed: codedeploy:ListDeployments\n',
	});
	expect(documentOf(told).contexts[1]).toMatchObject({ label: 'virginia', problem: { kind: 'denied' } });
	expect(documentOf(told).deployments.length).toBeGreaterThan(1);
});

test('when all have failed, it ends with 5', async () => {
	const told = await runList({ prepare: ({ inject }) => inject({ type: 'blackHole' }) });
	expect(told.exitCode).toBe(5);
	expect(told.seconds).toBeLessThanOrEqual(21);
	expect(documentOf(told).deployments).toEqual([]);
	expect(told.stderr.match(/^rollcall: (ireland|virginia): no answer from AWS/gm)).toHaveLength(2);
});

test('a group is asked for where it is; where none has it, it was the question that was wrong', async () => {
	const application = 'checkout-api';
	const here = await runList({ application, group: 'prod-blue', limit: 1 });
	expect(here).toMatchObject({ exitCode: 0, stderr: '' });
	expect(documentOf(here).deployments).toHaveLength(1);
	expect(documentOf(here).contexts[1]?.problem).toMatchObject({ kind: 'missing' });

	const whole = await runList({ application, activeOnly: true });
	expect(documentOf(whole).deployments).toMatchObject([{ application, group: 'prod-blue' }]);

	const nowhere = await runList({ application: 'chekout' });
	expect(nowhere).toMatchObject({
		exitCode: { name: 'UsageError', message: 'there is no application “chekout” in eu-west-1' },
		stderr: '',
	});
});
