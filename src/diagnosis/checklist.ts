import type { TargetId } from '../domain/ids.ts';
import type { DiagnosisCase } from './case.ts';
import { type CheckId, type CheckResult, deploymentChecks, hostChecks } from './check.ts';
import { judgeAgentLog } from './checks/agent-log.ts';
import { judgeService } from './checks/agent-service.ts';
import { judgeVersion } from './checks/agent-version.ts';
import { judgeAlarms } from './checks/alarms.ts';
import { judgeBundle } from './checks/bundle.ts';
import { judgeBundleAccess } from './checks/bundle-access.ts';
import { judgeClock } from './checks/clock.ts';
import { judgeStatus } from './checks/deployment-status.ts';
import { judgeDisk } from './checks/disk.ts';
import { judgeFailedEvent } from './checks/failed-event.ts';
import {
	type DeploymentJudge,
	type ExaminedHost,
	examine,
	type Found,
	type HostJudge,
	notApplicable,
	unknown,
} from './checks/found.ts';
import { judgeProfile } from './checks/instance-profile.ts';
import { judgeInstance } from './checks/instance-state.ts';
import { judgeReachability } from './checks/reachability.ts';
import { judgeScriptsLog } from './checks/scripts-log.ts';
import { judgeServiceRole } from './checks/service-role.ts';
import { diagnose } from './diagnose.ts';

const ofDeployment: Readonly<Record<keyof typeof deploymentChecks, DeploymentJudge>> = {
	'deployment-status': judgeStatus,
	'failed-event': judgeFailedEvent,
	alarms: judgeAlarms,
	'service-role': judgeServiceRole,
	bundle: judgeBundle,
};

const ofHost: Readonly<Record<keyof typeof hostChecks, HostJudge>> = {
	'instance-state': judgeInstance,
	reachability: judgeReachability,
	'instance-profile': judgeProfile,
	'bundle-access': judgeBundleAccess,
	'agent-service': judgeService,
	'agent-version': judgeVersion,
	'agent-log': judgeAgentLog,
	'scripts-log': judgeScriptsLog,
	disk: judgeDisk,
	clock: judgeClock,
};

/** What only the host itself can tell, and nobody can ask it from here when Systems Manager cannot know it. */
const onHost: ReadonlySet<CheckId> = new Set(['agent-service', 'agent-version', 'disk', 'clock']);

/**
 * The checklist as far as it is known: every step about the deployment, then every step about each of `hosts`. What is
 * not known yet is `pending`.
 */
export function judgeChecklist(of: DiagnosisCase, hosts: readonly TargetId[]): readonly CheckResult[] {
	const findings = diagnose(of);
	return [
		...keysOf(deploymentChecks).map(id => ({
			id,
			title: deploymentChecks[id],
			...ofDeployment[id](of, findings),
		})),
		...hosts.flatMap(target => {
			const host = examine(of, target, findings);
			return keysOf(hostChecks).map(id => ({ id, title: hostChecks[id], target, ...judgeHost(id, host) }));
		}),
	];
}

function judgeHost(id: keyof typeof hostChecks, host: ExaminedHost): Found {
	const { of, target, isManageable } = host;
	const kind = of.targets.get(target)?.kind ?? (isServer(of) ? 'instance' : 'unknown');
	if (kind !== 'instance') return notApplicable('there is no host');
	const found = ofHost[id](host);
	if (found.verdict !== 'pending' || isManageable || !onHost.has(id)) return found;
	return unknown('nothing can be run on it from here');
}

const isServer = ({ deployment }: DiagnosisCase): boolean =>
	deployment.platform === undefined || deployment.platform === 'Server';

/** The keys of an object that has no others. */
const keysOf = <K extends string>(object: Readonly<Record<K, unknown>>): readonly K[] =>
	Object.keys(object) as K[];
