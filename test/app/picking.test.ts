import { describe, expect, test } from 'vitest';
import { NoAwsError } from '../../src/cli/refusal.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { launchPicker, type PickerApp } from '../support/picker-app.ts';

const operations = (app: PickerApp) => app.simulator.calls.map(({ operation }) => operation);

describe('choosing what to watch', () => {
	test('goes from the applications to the groups with what they do, to the deployment, and back', async () => {
		await using app = await launchPicker('fleet');
		expect(app.row('rollcall')).toMatch(/choose an application +prod · eu-west-1/);
		expect(app.selectedRow).toContain('catalog');
		expect(operations(app)).toEqual(['ListApplications']);
		await app.press('Down', 'Enter');
		await app.advance(3);
		expect(app.row('rollcall')).toContain('checkout-api  choose a deployment group');
		expect(app.row('prod-blue')).toMatch(/^ [·▸] prod-blue {2}(Created|InProgress) +d-\w{9} {2}\d s ago$/);
		expect(operations(app).slice(1)).toEqual(['ListDeploymentGroups', 'BatchGetDeploymentGroups']);
		await app.press('Enter');
		await app.advance(5);
		expect(app.row('rollcall')).toMatch(/checkout-api \/ prod-blue {2}d-\w{9}/);
		expect(app.row('open').trimEnd()).toMatch(/esc groups/);
		await app.press('Esc');
		expect(app.row('prod-blue')).toContain('▸ prod-blue  InProgress');
		await app.press('Esc');
		expect(app.selectedRow).toContain('checkout-api');
		await app.advance(60);
		expect(operations(app).filter(operation => operation === 'ListApplications')).toHaveLength(1);
		await app.press('ctrl-c');
		expect(await app.ended).toBe(0);
	});

	test('narrows the list as one types, and Esc brings it back', async () => {
		await using app = await launchPicker('fleet-50');
		expect(app.row('filter')).toContain('50');
		await app.type('vice-4 7');
		expect(app.row('filter')).toContain('vice-4 7│  1 of 50');
		expect(app.selectedRow).toContain('service-47');
		await app.press('Backspace');
		expect(app.row('filter')).toContain('10 of 50');
		await app.paste('9\n');
		expect(app.selectedRow).toContain('service-49');
		await app.type('nothing');
		expect(app.shows('no name matches')).toBe(true);
		await app.press('Enter', 'Esc');
		expect(app.selectedRow).toContain('service-00');
		await app.press('End', 'PgUp');
		expect(app.selectedRow).toMatch(/service-1\d/);
		expect(operations(app)).toEqual(['ListApplications']);
	});

	test('of one application begins with its groups, and says at the end how what was watched stands', async () => {
		await using app = await launchPicker('fleet', { application: 'checkout-api', follow: true });
		expect(app.row('rollcall')).toContain('checkout-api  choose a deployment group');
		await app.press('Esc');
		expect(app.shows('choose a deployment group')).toBe(true);
		await app.press('Enter');
		await app.advance(5);
		expect(app.row('rollcall')).toContain('following');
		await app.press('q');
		expect(await app.ended).toBe(0);
		expect(app.printed).toMatch(/^▸ d-\w{9} {2}checkout-api \/ prod-blue {2}InProgress for/);
	});

	test('says in its place what AWS does not tell, and tries again', async () => {
		await using app = await launchPicker('fleet', {
			prepare: simulator => void simulator.inject({ type: 'deny', operations: ['BatchGetDeploymentGroups'] }),
		});
		await app.type('checkout');
		await app.press('Enter');
		await app.advance(2);
		expect(app.row('prod-blue')).not.toContain('InProgress');
		expect(app.row('filter')).toContain('codedeploy:BatchGetDeploymentGroups');
		await app.press('Enter');
		await app.advance(5);
		expect(app.row('rollcall')).toMatch(/checkout-api \/ prod-blue {2}d-\w{9}/);
	});
});

describe('a watch that is left while a stop is being sent', () => {
	/** The stop takes this long. */
	const left = async (latencyMs: number): Promise<PickerApp> => {
		const app = await launchPicker('fleet', { application: 'checkout-api' });
		await app.press('Enter');
		await app.advance(5);
		app.simulator.inject({ type: 'latency', operations: ['StopDeployment'], latencyMs });
		await app.press('s');
		await app.type('prod-blue');
		await app.press('Enter');
		await app.advance(1);
		app.abandonWatch();
		return app;
	};
	const outcomes = ({ audited }: PickerApp) => audited.map(({ outcome }) => outcome);

	test('has its outcome told where one chooses', async () => {
		await using app = await left(8_000);
		expect(outcomes(app)).toEqual(['sending']);
		await app.advance(8);
		expect(outcomes(app)).toEqual(['sending', 'accepted']);
		expect(app.notice).toMatch(/^checkout-api \/ prod-blue: stop.* accepted/);
	});

	test('is not waited for without end', async () => {
		await using app = await left(60_000);
		await app.press('ctrl-c');
		await app.advance(6);
		expect(await app.ended).toBe(0);
		expect(outcomes(app)).toEqual(['sending', 'unknown']);
	});
});

describe('where there is no terminal', () => {
	test.each([
		[
			undefined,
			/expected a deployment id, or --application and --group.*in eu-west-1 with profile prod are .*checkout-api/,
		],
		[
			'checkout-api',
			/expected --group.*the groups of “checkout-api” in eu-west-1 with profile prod are prod-blue$/,
		],
		['nope', /there is no application “nope” in eu-west-1 with profile prod: check --application/],
	])('%s: what there is to choose is named', async (application, message) => {
		const given = application === undefined ? {} : { application };
		await using app = await launchPicker('fleet', { ...given, isInteractive: false });
		const outcome = await app.ended;
		expect(outcome).toBeInstanceOf(UsageError);
		expect(String(outcome)).toMatch(message);
	});

	test('who may not list is told what is missing', async () => {
		await using app = await launchPicker('fleet', {
			isInteractive: false,
			prepare: simulator => void simulator.inject({ type: 'deny', operations: ['ListApplications'] }),
		});
		const outcome = await app.ended;
		expect(outcome).toBeInstanceOf(NoAwsError);
		expect(String(outcome)).toContain('codedeploy:ListApplications');
	});
});

test('an application that does not exist is an error before anything is drawn', async () => {
	await using app = await launchPicker('fleet', { application: 'nope' });
	expect(String(await app.ended)).toContain('there is no application “nope”');
});
