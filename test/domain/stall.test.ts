import { expect, test } from 'vitest';
import type { DeploymentSnapshot } from '../../src/domain/deployment.ts';
import type { LifecycleEvent } from '../../src/domain/lifecycle-event.ts';
import { findStall } from '../../src/domain/stall.ts';
import type { TargetSnapshot } from '../../src/domain/target.ts';
import { deployment, target } from './builders.ts';

const minute = 60_000;
const now = 100 * minute;

const inPlace = deployment({ platform: 'Server', type: 'IN_PLACE', startedAt: 0 });

const done = (name: string, endedAt: number): LifecycleEvent => ({
	name,
	status: 'Succeeded',
	startedAt: endedAt - 1000,
	endedAt,
});
const pending: LifecycleEvent = { name: 'Install', status: 'Pending' };
const at = (startedAt: number, name = 'Install'): LifecycleEvent => ({
	name,
	status: 'InProgress',
	startedAt,
});

const find = (
	targets: readonly TargetSnapshot[],
	more: Partial<DeploymentSnapshot> = {},
	{ readAt = now - 1000, usual = 0, zonal = false } = {},
) =>
	findStall(
		{
			deployment: { ...inPlace, ...more },
			targets,
			config: { name: 'a zone at a time', ...(zonal && { zonal: { monitorSeconds: 1_800 } }) },
			readAt: () => readAt,
			usualMs: () => usual,
		},
		now,
	);

const running = (...events: readonly LifecycleEvent[]) => target('i-1', 'InProgress', events);
const unclaimed = running(done('DownloadBundle', now - 3 * minute), pending);
const busy = running(done('DownloadBundle', now - 9 * minute), at(now - 1000));
const slow = running(done('DownloadBundle', 0), at(now - 11 * minute));
const finished = target('i-2', 'Succeeded', [done('Install', now - 11 * minute)]);
const untouched = target('i-3', 'Pending', [pending]);
const shifting = target('shop:api', 'InProgress', [at(now - 30 * minute, 'AllowTraffic')], { kind: 'ecs' });

test.each<readonly [string, ReturnType<typeof find>, object | undefined]>([
	[
		'a host that does not begin its next event',
		find([unclaimed, busy]),
		{ kind: 'unclaimed', at: now - minute / 2 },
	],
	['all is at work', find([busy, busy]), undefined],
	['one works while another takes long', find([busy, slow]), undefined],
	[
		'nothing moves anywhere',
		find([slow, slow]),
		{ kind: 'quiet', since: now - 11 * minute, at: now - minute },
	],
	['it has always taken so long', find([slow, slow], {}, { usual: 6 * minute }), undefined],
	['it waits for somebody', find([slow], { status: 'Ready' }), undefined],
	['it bakes', find([slow], { status: 'Baking' }), undefined],
	['it is over', find([slow], { status: 'Failed' }), undefined],
	['it waits to terminate', find([slow], { type: 'BLUE_GREEN', terminationWaitStarted: true }), undefined],
	['traffic moves in steps', find([shifting], { platform: 'ECS', type: 'BLUE_GREEN' }), undefined],
	['no host is begun', find([finished, untouched]), { kind: 'quiet', since: now - 11 * minute }],
	['a zone is monitored before the next', find([finished, untouched], {}, { zonal: true }), undefined],
	[
		'a host in a zone takes long',
		find([slow, untouched], {}, { zonal: true }),
		{ kind: 'quiet', at: now - minute },
	],
	['rows are old', find([unclaimed, slow], {}, { readAt: now - 2 * minute }), undefined],
	['no target is known', find([]), undefined],
])('%s', (_name, found, expected) => {
	if (expected === undefined) expect(found).toBeUndefined();
	else expect(found).toMatchObject(expected);
});
