import { describe, expect, test } from 'vitest';
import { clusterFailures } from '../../src/domain/failure-cluster.ts';
import { watchedRollout } from '../../src/monitor/state.ts';
import { selectFindings } from '../../src/view/diagnosis-case.ts';
import { explainCluster, findingsAbout, selectExplanations } from '../../src/view/explanations.ts';
import { hostId } from './support/cast.ts';
import { running, strange } from './support/stories.ts';

describe('what explains a failure', () => {
	const state = running();
	const rollout = watchedRollout(state);
	const explanations = selectExplanations(state, rollout);
	const clusters = clusterFailures(rollout.targets.values());

	test('is found by the ids of its targets', () => {
		const told = clusters.map(cluster => [cluster.event, explainCluster(cluster, explanations)[0]?.cause]);
		expect(told).toEqual([
			['AfterInstall', 'crlf-line-endings'],
			['AllowTraffic', 'load-balancer-health'],
			['ValidateService', 'script-timeout'],
		]);
		const [first] = clusters;
		if (!first) throw new Error('nothing has failed');
		expect(explainCluster({ ...first, targets: [hostId(4)] }, explanations)[0]?.cause).toBe(
			'load-balancer-health',
		);
	});

	test('is several things where a cluster has several, the larger share first', () => {
		const [first] = clusters;
		if (!first) throw new Error('nothing has failed');
		const mixed = { ...first, targets: [hostId(4), hostId(1), hostId(3)] };
		expect(explainCluster(mixed, explanations).map(({ cause }) => cause)).toEqual([
			'crlf-line-endings',
			'load-balancer-health',
		]);
	});

	test('is worked out once for the same state', () => {
		expect(selectExplanations({ ...state, now: state.now + 1000 }, rollout)).toBe(explanations);
	});

	test('is nothing where no rule knows it', () => {
		const unknown = strange();
		const [cluster] = clusterFailures(watchedRollout(unknown).targets.values());
		expect(cluster && explainCluster(cluster, selectExplanations(unknown, watchedRollout(unknown)))).toEqual(
			[],
		);
	});

	test('of one target comes with commands for that target', () => {
		const findings = selectFindings(state, rollout);
		const [finding] = findingsAbout(findings, hostId(5));
		expect(finding?.targets).toContain(hostId(5));
		const commands = finding?.remedy.commands.join('\n') ?? '';
		expect(commands).toContain(hostId(5));
		expect(commands).not.toContain(hostId(1));
	});

	test('of a target that nothing names is what ended the deployment', () => {
		const [finding] = selectFindings(state, rollout);
		if (!finding) throw new Error('nothing was found');
		const whole = { ...finding, targets: [] };
		expect(findingsAbout([finding, whole], hostId(20))).toEqual([whole]);
	});
});
