import { type Deployment, isActive, type StopCause } from '../world/deployment.ts';
import type { DeploymentGroup } from '../world/deployment-group.ts';
import { copyOf, type Host } from '../world/host.ts';
import { type Revision, revisionKey } from '../world/revision.ts';
import { type Mishap, realTimeScale, type TimeScale } from '../world/script.ts';
import { createWorld, type World } from '../world/world.ts';
import { buildAccount } from './build-account.ts';
import { foundGroup } from './found-group.ts';
import { planTerminations, plantHosts } from './plant-hosts.ts';
import type { AccountPlant, GroupStory, StagedRollout } from './scenario.ts';
import { setUpAlarms } from './set-up-alarms.ts';

export type StagingOptions = {
	readonly accountId: string;
	readonly region: string;
	readonly seed: number;
	readonly speed: number;
	/** When the story begins, epoch milliseconds. What came before has happened by then. */
	readonly startAt: number;
};

/** What the stories of one world have in common. */
export type Surroundings = {
	readonly account?: AccountPlant | undefined;
	readonly scale?: Partial<TimeScale> | undefined;
};

export type StagedWorld = {
	readonly world: World;
	/** Those that exist when the story begins, story by story. */
	readonly deployments: readonly Deployment[];
};

/** How long before the story its alarms are looked at, and what is the matter with hosts and account begins. */
const leadMs = 20 * 60_000;
/** Alarms are up for so long before the first rollout that they could stop. */
const alarmsLeadMs = 5 * 60_000;

/** How often somebody looked after the deployments of the days before. */
const lookMs = 5000;

type StagedGroup = { readonly story: GroupStory; readonly group: DeploymentGroup };

/** Builds one account in one region and brings it to the moment the story begins. */
export function stageWorld(
	stories: readonly GroupStory[],
	{ account, scale }: Surroundings,
	options: StagingOptions,
): StagedWorld {
	const { startAt } = options;
	const rolloutAges = stories.flatMap(({ rollouts }) => rollouts.map(({ agoMs }) => agoMs));
	const longestLeadMs = Math.max(leadMs, ...rolloutAges.map(agoMs => agoMs + alarmsLeadMs));
	const ages = stories.flatMap(({ history }) => history.map(({ agoMs }) => agoMs));
	const world = createWorld({
		...options,
		startAt: startAt - Math.max(longestLeadMs, ...ages),
		scale: { ...realTimeScale, ...scale },
	});
	for (const { revisions = [], configs = [] } of stories) {
		for (const { revision, script } of revisions) world.scripts.set(revisionKey(revision), script);
		for (const config of configs) world.configs.set(config.name, config);
	}
	buildAccount(world, stories);
	const groups = stories.map(story => ({ story, group: foundGroup(world, story.group) }));
	liveThrough(world, groups, startAt);
	world.clockwork.advanceTo(startAt - longestLeadMs);
	for (const { story, group } of groups) setUpAlarms(world, story, group.exposure, startAt);
	buildAccount(world, stories, account);
	forgetBundles(world, stories, account?.deletedBundles ?? []);
	const deployments = groups.map(each => begin(world, each, startAt));
	world.clockwork.advanceTo(startAt);
	for (const { group } of groups) {
		if (group.workload.type === 'fleet') planTerminations(world, group.workload);
	}
	return { world, deployments: deployments.flatMap(startNow => startNow()) };
}

/** Whoever deploys one of these from now on finds that it cannot be fetched. */
function forgetBundles(world: World, stories: readonly GroupStory[], deleted: readonly Revision[]): void {
	const sizes = stories.map(({ group: { deploysTo } }) => (deploysTo.type === 'fleet' ? deploysTo.hosts : 0));
	const hosts = Array.from({ length: Math.max(0, ...sizes) }, (_, number) => number);
	const gone: Mishap = {
		hosts,
		event: 'DownloadBundle',
		failure: { type: 'agent', case: 's3-no-such-key' },
		afterMs: 400,
	};
	for (const revision of deleted) {
		const key = revisionKey(revision);
		const script = world.scripts.get(key);
		world.scripts.set(key, { ...script, mishaps: [gone, ...(script?.mishaps ?? [])] });
	}
}

/** The deployments of the days before, of all groups, one after the other. */
function liveThrough(world: World, groups: readonly StagedGroup[], startAt: number): void {
	const past = groups.flatMap(({ story, group }) => story.history.map(each => ({ ...each, group })));
	for (const each of past.sort((a, b) => b.agoMs - a.agoMs)) {
		world.clockwork.advanceTo(startAt - each.agoMs);
		seeThrough(world, deploy(world, each.group, each));
	}
}

/** Lets the deployment come to its end; where it waits for somebody, somebody is there. */
function seeThrough(world: World, deployment: Deployment): void {
	const { clockwork } = world;
	while (isActive(deployment)) {
		clockwork.advanceTo(clockwork.now + lookMs);
		const wait = world.waitOf(deployment);
		if (wait !== undefined) world.continueDeployment(deployment, wait);
	}
}

/** Makes the machines what they are, and plans the rollouts. The answer starts those that begin with the story. */
function begin(world: World, { story, group }: StagedGroup, startAt: number): () => readonly Deployment[] {
	const { workload } = group;
	if (workload.type === 'fleet') plantHosts(world, workload, story.hosts ?? [], startAt);
	const started: Deployment[] = [];
	const start = (rollout: StagedRollout) => {
		started.push(deploy(world, group, rollout));
	};
	/** A group takes one at a time; only launches go on beside it. */
	const startWhenFree = (rollout: StagedRollout) => {
		if (rollout.launched !== undefined || world.busyWith(group) === undefined) start(rollout);
		else world.clockwork.after(lookMs, () => startWhenFree(rollout));
	};
	for (const rollout of story.rollouts) {
		if (rollout.agoMs !== 0) world.clockwork.at(startAt - rollout.agoMs, () => startWhenFree(rollout));
	}
	return () => {
		for (const rollout of story.rollouts) if (rollout.agoMs === 0) start(rollout);
		return started;
	};
}

function deploy(world: World, group: DeploymentGroup, script: StagedRollout): Deployment {
	const configName = script.configName ?? group.settings.configName;
	const config = world.configs.get(configName);
	if (config === undefined) throw new Error(`the scenario names an unknown configuration: ${configName}`);
	const deployment = world.createDeployment({
		group,
		revision: script.revision,
		config,
		creator: script.launched === undefined ? 'user' : 'autoscaling',
		options: script.description === undefined ? {} : { description: script.description },
		queuedMs: script.queuedMs,
		...(script.launched !== undefined && { launched: launch(world, group, script.launched) }),
	});
	planStop(world, deployment, script);
	return deployment;
}

function planStop(world: World, deployment: Deployment, script: StagedRollout): void {
	const { stoppedAfterMs, stoppedByAlarms } = script;
	if (stoppedAfterMs === undefined) return;
	world.clockwork.after(stoppedAfterMs, () => {
		if (!isActive(deployment)) return;
		const cause: StopCause =
			stoppedByAlarms === undefined
				? { type: 'request', rollBack: false }
				: { type: 'alarm', alarmNames: stoppedByAlarms };
		world.stopDeployment(deployment, cause);
	});
}

/** Machines like those that are there. */
function launch(
	world: World,
	{ id, applicationName, workload }: DeploymentGroup,
	count: number,
): readonly Host[] {
	const like = workload.type === 'fleet' ? workload.hosts[0] : undefined;
	if (workload.type !== 'fleet' || like === undefined) throw new Error('only a fleet has machines launched');
	const { now } = world.clockwork;
	const random = world.chance(`launched for ${id} at ${now}`);
	const first = workload.hosts.length;
	return Array.from({ length: count }, (_, index) => {
		const number = first + index;
		const host = copyOf({ ...like, number }, random, now);
		host.machine = { ...host.machine, name: `${applicationName}-${String(number).padStart(2, '0')}` };
		return host;
	});
}
