import { describe, expect, test } from 'vitest';
import { failureStories } from '../../../src/simulator/scenarios/failure-stories.ts';
import type { FailureStory } from '../../../src/simulator/scenarios/failure-story.ts';
import { plantedCause } from '../../../src/simulator/simulator.ts';
import { readTargets } from '../read-targets.ts';
import { type OpenSimulator, openSimulator, startAt } from '../support.ts';
import { runOn } from '../wire.ts';

/** How a story ends, where it is not that too few hosts are healthy. */
const otherEnds: Readonly<Record<string, readonly [string, string]>> = {
	'alarm-active': ['Stopped', 'ALARM_ACTIVE'],
	'stopped-by-user': ['Stopped', 'MANUAL_STOP'],
	'service-role-missing': ['Failed', 'IAM_ROLE_MISSING'],
	'service-role-permissions': ['Failed', 'IAM_ROLE_PERMISSIONS'],
	'no-instances': ['Failed', 'NO_INSTANCES'],
};

const stories: readonly FailureStory[] = failureStories;

describe.each(stories.map(story => [story.name, story] as const))('%s', (_name, story) => {
	test('ends as it must, soon, and shows on the host', async () => {
		// The names of the rows are the names of scenarios.
		const name = story.name as (typeof failureStories)[number]['name'];
		expect(plantedCause(name)).toBe(story.cause);
		const open = await openSimulator(name);
		const info = await open.untilEnded(open.sim.deploymentId);
		const [status, code] = otherEnds[name] ?? ['Failed', 'HEALTH_CONSTRAINTS'];
		expect(info).toMatchObject({ status, errorInformation: { code } });
		expect(open.clock.now() - startAt).toBeLessThan(150_000);
		if (story.shows !== undefined) await expectShown(open, story);
	});
});

/** Asks a host that was struck, as a person would. */
async function expectShown(open: OpenSimulator, { shows, fleet }: FailureStory): Promise<void> {
	const { sim, call } = open;
	const failed = (await readTargets(call, sim.deploymentId)).filter(({ status }) => status === 'Failed');
	expect(failed.length).toBeGreaterThanOrEqual(3);
	const group = await call('GetDeploymentGroup', {
		applicationName: 'checkout-api',
		deploymentGroupName: 'prod-blue',
	});
	const { deploymentGroupId } = group.body.deploymentGroupInfo as { deploymentGroupId: string };
	const command = (shows?.command ?? '')
		.replaceAll('$GROUP', deploymentGroupId)
		.replaceAll('$DEPLOYMENT', sim.deploymentId);
	const isWindows = fleet?.machines?.platform === 'windows';
	const document = isWindows ? 'AWS-RunPowerShellScript' : 'AWS-RunShellScript';
	const { StandardOutputContent } = await runOn(open, failed[0]?.targetId ?? '', [command], document);
	expect(StandardOutputContent).toContain(shows?.output);
}
