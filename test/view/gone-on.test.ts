import { expect, test } from 'vitest';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { host, noon } from './support/cast.ts';
import { rollbackId, type Telling, tell, watchedId } from './support/stories.ts';
import { inSize, sitDown } from './support/user.ts';

const nextId = asDeploymentId('d-NEXT00000');
const next = { id: nextId, createdAt: noon + 7_000_000 };
const over: Telling = {
	now: 7_200,
	targets: [host(1, 'Succeeded')],
	deployment: { status: 'Succeeded', createdAt: noon, completedAt: noon + 90_000 },
	group: { lastAttempted: next },
};
const deployed = (more: Telling['deployment']) => ({ deployment: { ...over.deployment, ...more } });
const rollback = { rollbackDeploymentId: rollbackId };

test.each([
	[{}, true],
	[deployed({ status: 'Failed' }), true],
	[deployed({ status: 'Failed', rollback }), true],
	// It goes on, or may still get a rollback, which the group would name as well.
	[deployed({ status: 'InProgress' }), false],
	[{ now: 95, ...deployed({ status: 'Failed' }) }, false],
	// Nothing newer, or nothing of its own.
	[{ group: {} }, false],
	[{ group: { lastAttempted: { id: watchedId, createdAt: noon } } }, false],
	[{ group: { lastAttempted: { ...next, createdAt: noon - 1 } } }, false],
	[
		{ ...deployed({ status: 'Failed', rollback }), group: { lastAttempted: { ...next, id: rollbackId } } },
		false,
	],
	// It may be a launch.
	[{ group: { lastAttempted: next, autoScalingGroups: ['web'] } }, false],
	[{ also: [{ type: 'follow.switched', on: true }] }, false],
] as const satisfies readonly (readonly [Telling, boolean])[])(
	'after %j the group has gone on: %s',
	(more, isSaid) => {
		const { screen } = sitDown(inSize(tell({ ...over, ...more }), 80, 24));
		expect(screen.includes('▸ d-NEXT00000 has started in this group  3 min ago')).toBe(isSaid);
	},
);

test.each([
	[60, /▸ d-NEXT00000 has started in this group +F follow/],
	[40, /▸ d-NEXT00000 has started +F follow/],
])('in %i columns the line is short', (columns, said) => {
	expect(sitDown(inSize(tell(over), columns, 12)).screen).toMatch(said);
});
