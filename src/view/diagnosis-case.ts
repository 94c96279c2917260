import type { DiagnosisCase } from '../diagnosis/case.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import type { Finding } from '../diagnosis/finding.ts';
import { memoOne } from '../lib/memo.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import { hostLogsOf, knowledgeOf, unreadOf } from './case-knowledge.ts';

/** The case that a rollout makes for diagnosis: all that is known of it now. */
export const selectCase = (state: Pick<AppState, 'session'>, rollout: Rollout): DiagnosisCase | undefined =>
	caseOf(state.session, rollout.deployment.data, ...partsOf(rollout));

/** What went wrong in a rollout, best finding first; worked out anew only when something has been learned. */
export function selectFindings(state: AppState, rollout: Rollout): readonly Finding[] {
	const of = selectCase(state, rollout);
	return of === undefined ? [] : findingsOf(of);
}

const findingsOf = memoOne(diagnose);

const partsOf = ({ group, config, targets, alarms, logs, knowledge, hosts }: Rollout) =>
	[
		group.data,
		config.data,
		targets,
		alarms.data,
		logs,
		knowledge,
		hosts.data,
		group.failure,
		alarms.failure,
	] as const;

const caseOf = memoOne(
	(
		{ region, profile, endpointUrl }: AppState['session'],
		deployment: Rollout['deployment']['data'],
		...[group, config, targets, alarms, logs, knowledge, hosts, noGroup, noAlarms]: ReturnType<typeof partsOf>
	): DiagnosisCase | undefined =>
		deployment && {
			deployment,
			...(group && { group }),
			...(config && { config }),
			targets,
			...(alarms && { alarms }),
			unread: unreadOf(noGroup, noAlarms),
			region,
			...(profile !== undefined && { profile }),
			...(endpointUrl !== undefined && { endpointUrl }),
			hostLogs: hostLogsOf(logs, knowledge),
			knowledge: knowledgeOf(knowledge, hosts),
		},
);
