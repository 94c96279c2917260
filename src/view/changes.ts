import type { Finding } from '../diagnosis/finding.ts';
import type { AlarmSnapshot } from '../domain/alarm.ts';
import { type DeploymentSnapshot, hasEnded } from '../domain/deployment.ts';
import { isInterrupted } from '../domain/failure-cluster.ts';
import type { DeploymentId } from '../domain/ids.ts';
import { linkedDeployment } from '../domain/rollback.ts';
import type { TargetSnapshot } from '../domain/target.ts';
import type { FailureDetails } from '../gateway/failure.ts';
import { type AppState, type Rollout, rolloutOf } from '../monitor/state.ts';
import { selectExplanations } from './explanations.ts';
import { isUnknown } from './finding-words.ts';
import { isStopped } from './stopping.ts';
import { movedPercent } from './traffic-lines.ts';

/** Something that has changed, for somebody who is told of changes instead of looking at a screen. */
export type Change =
	/** Status or counts of the deployment, or of the one at the other end of its rollback. */
	| {
			readonly type: 'status';
			readonly rollout: Rollout;
			readonly deployment: DeploymentSnapshot;
			readonly role: 'watched' | 'rollback' | 'original';
	  }
	| {
			readonly type: 'failure';
			readonly target: TargetSnapshot;
			/** Cut short by the stop: no failure of its own. */
			readonly interrupted: boolean;
			/** What explains it, if a rule recognises it. */
			readonly finding?: Finding;
	  }
	| { readonly type: 'alarm'; readonly alarm: AlarmSnapshot }
	/** AWS does not answer as it should; undefined: it does again. */
	| { readonly type: 'connection'; readonly failure: FailureDetails | undefined };

/** What has changed from one state to the next; from nothing, everything that is worth a word. */
export function findChanges(
	before: AppState | undefined,
	after: AppState,
	id: DeploymentId,
): readonly Change[] {
	const was = before && rolloutOf(before, id);
	const is = rolloutOf(after, id);
	const link = linkedDeployment(is.deployment.data);
	const other = link && rolloutOf(after, link.id);
	// It may have been read, as another deployment of the group, before anybody knew that it takes this one back.
	const wasLinked = link?.id === linkedDeployment(was?.deployment.data)?.id;
	const otherWas = before && link && wasLinked ? rolloutOf(before, link.id) : undefined;
	return [
		...statusChange(was, is, 'watched'),
		...failureChanges(was, is, after),
		...alarmChanges(was, is),
		...connectionChange(was, is),
		...(other ? statusChange(otherWas, other, link.role) : []),
	];
}

function statusChange(
	was: Rollout | undefined,
	is: Rollout,
	role: Extract<Change, { type: 'status' }>['role'],
): readonly Change[] {
	const deployment = is.deployment.data;
	if (!deployment || (was?.deployment.data && newsOf(was) === newsOf(is))) return [];
	return [{ type: 'status', rollout: is, deployment, role }];
}

/** Of all that a deployment has, its status, its counts and its traffic are news. */
function newsOf(rollout: Rollout): string {
	const { data } = rollout.deployment;
	const code = data && hasEnded(data) ? data.error?.code : undefined;
	return JSON.stringify([data?.status, data?.overview, code, movedPercent(rollout)]);
}

function failureChanges(was: Rollout | undefined, is: Rollout, after: AppState): readonly Change[] {
	if (was?.targets === is.targets && was.deployment === is.deployment) return [];
	const changes: Change[] = [];
	for (const target of is.targets.values()) {
		const before = was?.targets.get(target.id);
		if (!isCertain(is, target) || (was && before && isCertain(was, before))) continue;
		const finding = selectExplanations(after, is).get(target.id);
		changes.push({
			type: 'failure',
			target,
			interrupted: isInterrupted(target, isStopped(is)),
			...(finding && !isUnknown(finding) && { finding }),
		});
	}
	return changes;
}

/**
 * Whether a target has failed by what is known. One that says nothing may have been cut short by a stop, of which the
 * deployment tells: what has been said in a line cannot be taken back, so that is read first.
 */
function isCertain({ deployment, readAts }: Rollout, target: TargetSnapshot): boolean {
	if (target.status !== 'Failed') return false;
	if (!isInterrupted(target, true) || (deployment.data && hasEnded(deployment.data))) return true;
	return (deployment.dataAt ?? 0) >= (readAts.get(target.id) ?? 0);
}

function alarmChanges(was: Rollout | undefined, is: Rollout): readonly Change[] {
	const before = new Map(was?.alarms.data?.map(alarm => [alarm.name, alarm.state]));
	return (is.alarms.data ?? [])
		.filter(alarm => {
			const known = before.get(alarm.name);
			return known === undefined ? alarm.state === 'ALARM' : known !== alarm.state;
		})
		.map(alarm => ({ type: 'alarm', alarm }));
}

function connectionChange(was: Rollout | undefined, is: Rollout): readonly Change[] {
	const before = was?.deployment.failure;
	const { failure } = is.deployment;
	if (failure) return before?.code === failure.code ? [] : [{ type: 'connection', failure }];
	return before ? [{ type: 'connection', failure: undefined }] : [];
}
