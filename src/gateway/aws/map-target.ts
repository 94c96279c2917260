import type {
	CloudFormationTarget,
	DeploymentTarget,
	ECSTarget,
	ECSTaskSet,
	InstanceTarget,
	LambdaFunctionInfo,
	LambdaTarget,
	LifecycleEvent as SdkEvent,
} from '@aws-sdk/client-codedeploy';
import { asTargetId } from '../../domain/ids.ts';
import type { Diagnostics, LifecycleEvent } from '../../domain/lifecycle-event.ts';
import type { LambdaVersions, TargetKind, TargetSnapshot, TaskSet } from '../../domain/target.ts';
import { lookup } from '../../lib/lookup.ts';
import { count, finite, identifier, line, list, present, text, time, word } from './fields.ts';

const kinds: Readonly<Record<string, TargetKind>> = {
	InstanceTarget: 'instance',
	ECSTarget: 'ecs',
	LambdaTarget: 'lambda',
	CloudFormationTarget: 'cloudformation',
};

type Body = InstanceTarget & LambdaTarget & ECSTarget & CloudFormationTarget;

/** AWS: DeploymentTarget. Undefined for one without an id: nothing could be asked or shown about it. */
export function mapTarget(target: DeploymentTarget | null | undefined): TargetSnapshot | undefined {
	const filled = filledBody(target);
	const id = identifier(filled?.body.targetId);
	if (!(target && filled) || id === undefined) return undefined;
	const { body } = filled;
	const type = word(target.deploymentTargetType);
	return present({
		id: asTargetId(id),
		kind: type === undefined ? filled.kind : (lookup(kinds, type) ?? 'unknown'),
		arn: line(body.targetArn),
		status: word(body.status) ?? 'Unknown',
		label: word(body.instanceLabel),
		updatedAt: time(body.lastUpdatedAt),
		events: list(body.lifecycleEvents).map(mapEvent),
		taskSets: mapTaskSets(list(body.taskSetsInfo)),
		lambda: mapLambda(body.lambdaFunctionInfo),
	});
}

/** Exactly one of the four is documented to be filled in. */
function filledBody(
	target: DeploymentTarget | null | undefined,
): { readonly kind: TargetKind; readonly body: Body } | undefined {
	if (target?.instanceTarget) return { kind: 'instance', body: target.instanceTarget };
	if (target?.ecsTarget) return { kind: 'ecs', body: target.ecsTarget };
	if (target?.lambdaTarget) return { kind: 'lambda', body: target.lambdaTarget };
	if (target?.cloudFormationTarget) return { kind: 'cloudformation', body: target.cloudFormationTarget };
	return undefined;
}

function mapEvent(event: SdkEvent): LifecycleEvent {
	return present({
		name: line(event.lifecycleEventName) ?? '?',
		status: word(event.status) ?? 'Unknown',
		startedAt: time(event.startTime),
		endedAt: time(event.endTime),
		diagnostics: mapDiagnostics(event.diagnostics),
	});
}

function mapDiagnostics(diagnostics: SdkEvent['diagnostics'] | null): Diagnostics | undefined {
	const errorCode = word(diagnostics?.errorCode);
	const scriptName = line(diagnostics?.scriptName);
	const message = line(diagnostics?.message);
	const logTail = text(diagnostics?.logTail);
	if ((errorCode ?? scriptName ?? message ?? logTail) === undefined) return undefined;
	return present({
		errorCode,
		scriptName: scriptName ?? '',
		message: message ?? '',
		logTail: logTail ?? '',
	});
}

/**
 * Weights are documented as percentages, but the same figure is a fraction for Lambda: task sets whose weights do not
 * add up to more than one are taken to be fractions as well.
 */
function mapTaskSets(sets: readonly ECSTaskSet[]): readonly TaskSet[] {
	const total = sets.reduce((sum, set) => sum + (finite(set.trafficWeight) ?? 0), 0);
	const scale = total > 0 && total <= 1 ? 100 : 1;
	return sets.flatMap(set => {
		const id = identifier(set.identifer);
		if (id === undefined) return [];
		return present({
			id,
			status: word(set.status) ?? 'Unknown',
			label: word(set.taskSetLabel),
			desired: count(set.desiredCount) ?? 0,
			pending: count(set.pendingCount) ?? 0,
			running: count(set.runningCount) ?? 0,
			weight: percentage((finite(set.trafficWeight) ?? 0) * scale),
			targetGroup: line(set.targetGroup?.name),
		});
	});
}

/** The weight is documented as a fraction: 1 is all of the traffic. */
function mapLambda(info: LambdaFunctionInfo | null | undefined): LambdaVersions | undefined {
	const functionName = line(info?.functionName);
	if (functionName === undefined) return undefined;
	const weight = finite(info?.targetVersionWeight) ?? 0;
	return present({
		functionName,
		alias: line(info?.functionAlias),
		current: line(info?.currentVersion),
		target: line(info?.targetVersion),
		weight: percentage(weight <= 1 ? weight * 100 : weight),
	});
}

/** Two decimals are enough, and keep 0.1 × 3 from being 30.000000000000004. */
function percentage(value: number): number {
	return Math.min(100, Math.max(0, Math.round(value * 100) / 100));
}
