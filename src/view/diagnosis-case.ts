import type { DiagnosisCase, HostLogs } from '../diagnosis/case.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import type { Finding } from '../diagnosis/finding.ts';
import type { TargetId } from '../domain/ids.ts';
import { memoOne } from '../lib/memo.ts';
import type { AppState, Rollout } from '../monitor/state.ts';

/** The case that a rollout makes for diagnosis: all that is known of it now. */
export const selectCase = (state: AppState, rollout: Rollout): DiagnosisCase | undefined =>
	caseOf(state.session, rollout.deployment.data, ...partsOf(rollout));

/** What went wrong in a rollout, best finding first; worked out anew only when something has been learned. */
export function selectFindings(state: AppState, rollout: Rollout): readonly Finding[] {
	const of = selectCase(state, rollout);
	return of === undefined ? [] : findingsOf(of);
}

const findingsOf = memoOne(diagnose);

const partsOf = ({ group, config, targets, alarms, logs, knowledge }: Rollout) =>
	[group.data, config.data, targets, alarms.data, logs, knowledge] as const;

const caseOf = memoOne(
	(
		{ region, profile, endpointUrl }: AppState['session'],
		deployment: Rollout['deployment']['data'],
		...[group, config, targets, alarms, logs, knowledge]: ReturnType<typeof partsOf>
	): DiagnosisCase | undefined =>
		deployment && {
			deployment,
			...(group && { group }),
			...(config && { config }),
			targets,
			...(alarms && { alarms }),
			region,
			...(profile !== undefined && { profile }),
			...(endpointUrl !== undefined && { endpointUrl }),
			hostLogs: hostLogsOf(logs),
			knowledge,
		},
);

const names = { scripts: 'scriptsLog', agent: 'agentLog' } as const;

function hostLogsOf(logs: Rollout['logs']): ReadonlyMap<TargetId, HostLogs> {
	const hosts = new Map<TargetId, HostLogs>();
	for (const { targetId, source, read } of logs.values()) {
		if (source === 'deployments' || read.data === undefined) continue;
		hosts.set(targetId, { ...hosts.get(targetId), [names[source]]: read.data.text });
	}
	return hosts;
}
