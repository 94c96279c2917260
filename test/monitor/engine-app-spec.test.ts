import { expect, test } from 'vitest';
import { initialPager } from '../../src/monitor/ui-state.ts';
import { failure } from './support/snapshots.ts';
import { createStage } from './support/stage.ts';

const details = { type: 'screen.opened', screen: { type: 'details', pager: initialPager } } as const;

test('the text of an AppSpec is asked for once, when somebody looks at the details', async () => {
	const stage = createStage({ deployment: { revision: { type: 'appSpec', sha256: 'abc' } } });
	stage.start();
	await stage.advance(60_000);
	expect(stage.aws.count('GetApplicationRevision')).toBe(0);

	stage.store.dispatch(details);
	await stage.advance(60_000);
	expect(stage.rollout().appSpec.data).toBe('the AppSpec abc');
	expect(stage.aws.count('GetApplicationRevision')).toBe(1);
	await stage.stop();
});

test('a denied AppSpec is told in the details and disturbs nothing else', async () => {
	const stage = createStage({ deployment: { revision: { type: 'appSpec', sha256: 'abc' } } });
	stage.aws.fault = ({ operation }) =>
		operation === 'GetApplicationRevision' ? failure('denied', operation) : undefined;
	stage.start();
	stage.store.dispatch(details);
	await stage.advance(10_000);
	expect(stage.rollout().appSpec.failure?.kind).toBe('denied');
	expect(stage.rollout().deployment.failure).toBeUndefined();
	await stage.stop();
});
