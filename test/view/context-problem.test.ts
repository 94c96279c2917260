import { expect, test } from 'vitest';
import type { FailureDetails } from '../../src/gateway/failure.ts';
import { reduceFleet } from '../../src/monitor/fleet/reduce.ts';
import { initialFleet } from '../../src/monitor/fleet/state.ts';
import { contextProblemLine } from '../../src/view/fleet/context-lines.ts';
import { lineText } from '../../src/view/line.ts';
import { contexts, fleetNow, staging } from './support/fleet-stories.ts';

function problem(action: string): string | undefined {
	const failure: FailureDetails = {
		kind: 'denied',
		operation: action.replace('codedeploy:', ''),
		code: 'AccessDeniedException',
		detail: 'not you',
		action,
	};
	const failed = { failure, at: fleetNow, retryAt: fleetNow + 40_000 };
	const state = reduceFleet(initialFleet(contexts, fleetNow), {
		type: 'list.failed',
		context: staging,
		list: 'active',
		...failed,
	});
	const of = state.contexts.get(staging);
	const line = of && contextProblemLine(of, fleetNow, 160);
	return line && lineText(line).trim();
}

test('a context that may not list everything says what it lacks, and how to come by it', () => {
	expect(problem('codedeploy:ListDeployments')).toBe(
		'▲ staging: access denied: needs codedeploy:ListDeployments for all groups · ' +
			'rollcall iam-policy --for fleet tells what to grant · tries again in 40 s',
	);
});

test('one that may list and not look needs nothing more than that', () => {
	expect(problem('codedeploy:BatchGetDeployments')).toContain('needs codedeploy:BatchGetDeployments · ');
});
