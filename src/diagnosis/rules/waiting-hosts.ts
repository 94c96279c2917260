import { hasEnded } from '../../domain/deployment.ts';
import { currentEvent, type TargetSnapshot } from '../../domain/target.ts';
import { readAgentLog } from '../agent-log.ts';
import type { DiagnosisCase, Failure } from '../case.ts';
import { answerOf } from '../knowledge.ts';
import type { DeploymentVerdict, Verdict } from '../rule.ts';
import { counted } from '../words.ts';
import { agentExplained } from './agent-known.ts';
import { instanceGone } from './instance-gone.ts';

/**
 * Hosts that CodeDeploy is still waiting for, and that cannot answer: it finds out after five minutes, or after an hour.
 * One verdict for each reason.
 */
export function waitingHosts(of: DiagnosisCase): readonly DeploymentVerdict[] {
	if (hasEnded(of.deployment)) return [];
	const told = [...of.targets.values()].flatMap(target => {
		const failure = waiting(of, target);
		const verdict =
			failure && (instanceGone(failure) ?? (mayCome(failure) ? undefined : agentExplained(failure)));
		return verdict ? [{ target: target.id, verdict }] : [];
	});
	return [...Map.groupBy(told, ({ verdict }) => `${verdict.cause} ${verdict.title}`).values()].flatMap(
		group => {
			const [first] = group;
			return first === undefined
				? []
				: [
						foretell(
							first.verdict,
							group.map(({ target }) => target),
						),
					];
		},
	);
}

/** One that starts, or has been started by hand, is about to answer. */
function mayCome({ known }: Failure): boolean {
	const state = answerOf(known.service)?.state;
	return state === 'starting' || state === 'running';
}

function waiting(of: DiagnosisCase, target: TargetSnapshot): Failure | undefined {
	if (target.kind !== 'instance' || (target.status !== 'InProgress' && target.status !== 'Pending'))
		return undefined;
	const known = of.knowledge?.hosts.get(target.id);
	if (known === undefined) return undefined;
	const trouble = readAgentLog(of.hostLogs?.get(target.id)?.agentLog);
	return {
		case: of,
		kind: target.kind,
		targets: [target.id],
		event: currentEvent(target)?.name ?? '',
		script: '',
		errorCode: '',
		message: '',
		report: 'silent',
		lines: [],
		linesFrom: 'log',
		isLogWhole: false,
		known,
		isExamined: true,
		peersPast: 0,
		hadAnswered: target.events.some(({ status }) => status === 'Succeeded'),
		...(trouble && { trouble }),
	};
}

function foretell(verdict: Verdict, targets: DeploymentVerdict['targets'] & {}): DeploymentVerdict {
	const title = targets.length === 1 ? verdict.title : verdict.title.replace(/\bthis host\b/, 'these hosts');
	return {
		...verdict,
		title,
		why: `${verdict.why} CodeDeploy still waits for ${counted(targets.length, 'such host')}, and gives up after five minutes, or after an hour in the middle of an event.`,
		confidence: 'likely',
		severity: 'warning',
		place: 'cause',
		targets,
	};
}
