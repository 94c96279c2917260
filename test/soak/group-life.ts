import type { DeploymentSnapshot } from '../../src/domain/deployment.ts';
import { asDeploymentId, type DeploymentId } from '../../src/domain/ids.ts';
import type { FakeDeployment } from '../monitor/support/fake-aws.ts';
import { deployment, earlierId, noon, target, targetIds, watchedId } from '../monitor/support/snapshots.ts';
import { createStage, type Stage } from '../monitor/support/stage.ts';

export const minuteMs = 60_000;

/** A release begins so often. */
export const releaseMinutes = 12;
const everyMs = releaseMinutes * minuteMs;
/** And takes so long. */
const lastsMs = 3 * minuteMs;
/** AWS lists so many at once; what is older is nobody's business here. */
const listLimit = 100;
const hostCount = 24;

const named = { application: 'checkout-api', group: 'prod-blue' };

/** A group that is released to again and again, and to which Auto Scaling adds a machine now and then. */
export type GroupLife = {
	readonly stage: Stage;
	/** Lets so many minutes pass. */
	live(minutes: number): Promise<void>;
	/** No release begins any more; what Auto Scaling does goes on. */
	rest(): void;
};

export function createGroupLife(): GroupLife {
	const hosts = targetIds(hostCount);
	const stage = createStage({
		targets: hosts.map(id => target(id, 'InProgress')),
		visible: 20,
		withTicker: true,
		deployment: { ...named, createdAt: noon - 5_000 },
	});
	const { aws } = stage;
	aws.group = { ...aws.group, autoScalingGroups: ['web'] };
	aws.listed = [watchedId];
	let running: FakeDeployment | undefined = stage.watched;
	let releases = 0;
	let minutes = 0;
	let isResting = false;

	const add = (id: DeploymentId, change: Partial<DeploymentSnapshot>, targets = hosts): FakeDeployment => {
		const snapshot = deployment({ id, ...named, createdAt: stage.clock.now(), ...change });
		const added = { snapshot, targets: new Map(targets.map(each => [each, target(each, 'InProgress')])) };
		aws.deployments.set(id, added);
		aws.listed = [id, ...aws.listed].slice(0, listLimit);
		forgetDeployments(stage);
		return added;
	};
	const end = (ended: FakeDeployment, status: 'Succeeded' | 'Failed') => {
		const ids = [...(ended.targets?.keys() ?? [])];
		ended.targets = new Map(ids.map(id => [id, target(id, status)]));
		ended.snapshot = { ...ended.snapshot, status, completedAt: stage.clock.now() };
	};
	const beginNext = () => {
		releases += 1;
		// What is asked for is what came since the one that is watched.
		aws.listed = aws.listed.slice(0, 1);
		running = add(asDeploymentId(`d-R${String(releases).padStart(8, '0')}`), {
			description: `Release ${releases}`,
			revision: { type: 'other', name: `build-${releases}` },
		});
	};
	const launch = () => {
		const id = asDeploymentId(`d-L${String(minutes).padStart(8, '0')}`);
		end(add(id, { creator: 'autoscaling' }, targetIds(1, 100)), 'Succeeded');
	};
	const passMinute = async () => {
		const phase = (minutes * minuteMs) % everyMs;
		if (phase === 0 && minutes > 0 && !isResting) beginNext();
		if (phase === lastsMs && running) {
			end(running, releases % 3 === 1 ? 'Failed' : 'Succeeded');
			running = undefined;
		}
		if (minutes % (isResting ? 2 : 4) === 0) launch();
		lookAround(stage, minutes);
		await stage.advance(minuteMs / 2);
		goBack(stage);
		await stage.advance(minuteMs / 2);
		minutes += 1;
		forgetCalls(stage);
	};

	stage.store.dispatch({ type: 'follow.switched', on: true });
	stage.store.dispatch({ type: 'hostCommands.allowed' });
	stage.start();
	return {
		stage,
		rest() {
			isResting = true;
		},
		async live(count) {
			for (let passed = 0; passed < count; passed += 1) await passMinute();
		},
	};
}

/** Somebody opens a screen, looks for half a minute, and goes back. */
function lookAround({ store, clock, rollout, engine }: Stage, minute: number): void {
	const pager = { wrap: false, search: '' };
	const { id, targetIds: ids } = rollout();
	const targetId = ids[minute % Math.max(1, ids.length)];
	if (targetId === undefined) return;
	store.dispatch({ type: 'cursor.moved', targetId, top: 0 });
	switch (minute % 6) {
		case 0:
			store.dispatch({ type: 'screen.opened', screen: { type: 'details', pager } });
			break;
		case 1:
			store.dispatch({ type: 'screen.opened', screen: { type: 'timeline', top: 0, order: 'start' } });
			break;
		case 2:
			store.dispatch({ type: 'screen.opened', screen: { type: 'logs', targetId, source: 'agent', pager } });
			store.dispatch({ type: 'log.wanted', id, targetId, source: 'agent', at: clock.now() });
			break;
		case 3:
			store.dispatch({ type: 'screen.opened', screen: { type: 'history', top: 0 } });
			break;
		case 4:
			store.dispatch({ type: 'screen.opened', screen: { type: 'alarms', zoom: 0 } });
			break;
		default:
			engine.nudge();
	}
}

function goBack({ store, clock, rollout }: Stage): void {
	const { id, logs } = rollout();
	for (const { isWanted, targetId, source } of logs.values()) {
		if (isWanted) store.dispatch({ type: 'log.left', id, targetId, source, at: clock.now() });
	}
	store.dispatch({ type: 'screen.closed' });
}

/** AWS keeps them; here they would be counted. */
function forgetDeployments({ aws, store }: Stage): void {
	const { trail, scope } = store.getState();
	const kept = new Set([watchedId, earlierId, scope.deploymentId, ...trail, ...aws.listed]);
	for (const id of aws.deployments.keys()) if (!kept.has(id)) aws.deployments.delete(id);
}

/** The record of what was asked is the test's own, and would grow for ever. */
function forgetCalls({ aws }: Stage): void {
	(aws.calls as unknown[]).splice(0);
}
