import type { AlarmSnapshot } from '../../domain/alarm.ts';
import type { BundleHead } from '../../domain/bundle.ts';
import type { DeployOptions } from '../../domain/deploy-order.ts';
import { type DeployPlan, isRead } from '../../domain/deploy-plan.ts';
import { describeRevision, type Revision } from '../../domain/revision.ts';

export type PlanObstacle = {
	readonly kind: 'busy' | 'revision' | 'bundle' | 'app-spec' | 'alarm';
	/** What is in the way, in one line. */
	readonly text: string;
	/** What to try. */
	readonly advice: string;
};

/** What makes the deployment impossible, or pointless; empty when it can be made. */
export const planObstacles = (plan: DeployPlan, options: DeployOptions): readonly PlanObstacle[] =>
	[
		busyObstacle(plan),
		revisionObstacle(plan),
		bundleObstacle(plan),
		appSpecObstacle(plan),
		...alarmObstacles(plan, options),
	].filter(obstacle => obstacle !== undefined);

/** As one line. */
export const obstacleLine = ({ text, advice }: PlanObstacle): string => `${text}: ${advice}`;

function busyObstacle({ active, group }: DeployPlan): PlanObstacle | undefined {
	if (active === undefined) return undefined;
	return {
		kind: 'busy',
		text: `group ${group.name} is busy with ${active.id} (${active.status})`,
		advice: `rollcall watch ${active.id} shows it; wait for its end, or stop it there`,
	};
}

function revisionObstacle({ revision, purpose, latest, group }: DeployPlan): PlanObstacle | undefined {
	if (revision?.type === 'other') {
		return {
			kind: 'revision',
			text: `the revision is of a kind that is not known here (${revision.name})`,
			advice: 'choose another deployment with --to, or use the AWS console',
		};
	}
	if (revision !== undefined) return undefined;
	if (purpose !== 'roll-back') {
		return {
			kind: 'revision',
			text: `group ${group.name} has no deployment whose revision could be deployed`,
			advice: 'name a revision',
		};
	}
	const where = latest?.status === 'Succeeded' ? `before ${latest.id}, with another revision, ` : '';
	return {
		kind: 'revision',
		text: `there is nothing to return to: no deployment of group ${group.name} ${where}succeeded`,
		advice: 'deploy a revision that is known to be good (rollcall deploy --revision …)',
	};
}

function bundleObstacle({ bundle, revision }: DeployPlan): PlanObstacle | undefined {
	if (bundle === undefined || !isRead(bundle) || revision?.type !== 's3') return undefined;
	const problem = bundleProblem(bundle.value, revision);
	if (problem === undefined) return undefined;
	return { kind: 'bundle', text: `${problem} (${describeRevision(revision)})`, advice: mendBundle };
}

const mendBundle = 'upload it again under the same key, or choose another revision';

function bundleProblem(head: BundleHead, revision: Extract<Revision, { type: 's3' }>): string | undefined {
	switch (head.type) {
		case 'found':
			if (head.size === 0) return 'the bundle is empty (0 bytes)';
			return isReplaced(head, revision)
				? 'another bundle lies under this key now: hosts refuse one whose ETag differs'
				: undefined;
		case 'missing':
			if (head.deleted) return 'the bundle was deleted from the bucket';
			return head.what === 'bucket' ? 'the bucket does not exist' : 'the bundle is not in the bucket';
		case 'elsewhere':
			return `the bucket is in ${head.region ?? 'another region'}`;
		case 'denied':
			return undefined;
	}
}

/** Without quotes, as some write them. */
const bare = (eTag: string): string => eTag.replace(/^"|"$/g, '');

const isReplaced = (
	{ eTag }: Extract<BundleHead, { type: 'found' }>,
	revision: Extract<Revision, { type: 's3' }>,
): boolean =>
	eTag !== undefined &&
	revision.eTag !== undefined &&
	revision.version === undefined &&
	bare(eTag) !== bare(revision.eTag);

function appSpecObstacle({ appSpecs }: DeployPlan): PlanObstacle | undefined {
	if (!appSpecs || isRead(appSpecs.wanted)) return undefined;
	return {
		kind: 'app-spec',
		text: `the text of the AppSpec cannot be read (${appSpecs.wanted.unread})`,
		advice: 'codedeploy:GetApplicationRevision gives it; or choose another revision',
	};
}

function alarmObstacles(plan: DeployPlan, { overrideAlarms }: DeployOptions): readonly PlanObstacle[] {
	if (overrideAlarms) return [];
	return firingAlarms(plan).map(({ name }) => ({
		kind: 'alarm',
		text: `alarm ${name} is in ALARM and would stop the deployment`,
		advice: 'wait until it is over, or override the alarms (--override-alarms)',
	}));
}

/** The group's alarms that would stop a deployment now. */
export const firingAlarms = ({ alarms }: DeployPlan): readonly AlarmSnapshot[] =>
	alarms && isRead(alarms) ? alarms.value.filter(({ state }) => state === 'ALARM') : [];
