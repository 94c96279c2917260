import { shellWord } from '../../lib/shell-word.ts';
import type { DiagnosisCase } from '../case.ts';
import { aws } from '../commands.ts';
import { docs } from '../docs.ts';
import { apiEvidence, type FailureRule, type Verdict } from '../rule.ts';

/** Hooks of Amazon ECS and AWS Lambda are functions that report back (AWS: PutLifecycleEventHookExecutionStatus). */

const ofService: ReadonlySet<string> = new Set(['Install', 'AllowTestTraffic', 'AllowTraffic']);
const callbackMs = 55 * 60_000;

export const functionFailed: FailureRule = failure => {
	const { kind, event, report, tookMs = 0, case: of } = failure;
	if (kind === 'instance' || report !== 'silent' || event === '' || ofService.has(event)) return undefined;
	const code = of.deployment.error?.code;
	// An end that has a reason of its own took the event with it.
	if (code !== undefined && code !== 'HOOK_EXECUTION_FAILURE' && code !== 'TIMEOUT') return undefined;
	const evidence = [
		apiEvidence('lifecycleEvents', `${event} failed after ${Math.round(tookMs / 60_000)} min`),
	];
	if (isTimedOut(of) || tookMs >= callbackMs)
		return { ...noCallback(of, event), confidence: isTimedOut(of) ? 'certain' : 'likely', evidence };
	return { ...reportedFailure(of, event), confidence: code === undefined ? 'likely' : 'certain', evidence };
};

const isTimedOut = ({ deployment }: DiagnosisCase): boolean =>
	/while waiting for a status callback/.test(deployment.error?.message ?? '');

/** The function said Failed. */
export const reportedFailure = (of: DiagnosisCase, event?: string): Omit<Verdict, 'confidence'> => ({
	cause: 'hook-failed',
	title:
		event === undefined ? 'A hook function reported failure' : `The function of ${event} reported failure`,
	why: 'The function that the AppSpec names for this event ran and reported Failed. Why it did so stands in its own log.',
	steps: [
		'Read the log of the function for the time of the event.',
		'Correct what it found, or the function itself, and deploy again.',
	],
	commands: functionLog(of, event),
	docs: of.deployment.platform === 'Lambda' ? docs.lambda : docs.ecsHook,
});

/** The function said nothing for an hour. */
export const noCallback = (of: DiagnosisCase, event?: string): Omit<Verdict, 'confidence'> => ({
	cause: 'hook-no-callback',
	title:
		event === undefined
			? 'A hook function never reported back'
			: `The function of ${event} never reported back`,
	why: 'CodeDeploy calls the function and waits an hour for its report. None came: the function failed, or its role may not report.',
	steps: [
		'Allow codedeploy:PutLifecycleEventHookExecutionStatus in the role of the function.',
		'See in its log that it calls PutLifecycleEventHookExecutionStatus on every way out, errors included.',
		'It has to hand back DeploymentId and LifecycleEventHookExecutionId exactly as it got them.',
	],
	commands: functionLog(of, event),
	docs: of.deployment.platform === 'Lambda' ? docs.lambda : docs.ecsCallback,
});

/** The function's name stands in the AppSpec, whose text AWS hands out by hash only. */
function functionLog(of: DiagnosisCase, event: string | undefined): readonly string[] {
	const { revision, application } = of.deployment;
	if (revision?.type !== 'appSpec') return [];
	const name = event === undefined ? undefined : functionName(revision.content, event);
	if (name !== undefined) return [aws(of, `logs tail ${shellWord(`/aws/lambda/${name}`)}`, { since: '2h' })];
	if (application === undefined || revision.sha256 === undefined) return [];
	const location = { revisionType: 'AppSpecContent', appSpecContent: { sha256: revision.sha256 } };
	return [
		aws(of, 'deploy get-application-revision', {
			'application-name': application,
			revision: JSON.stringify(location),
			query: 'revision.appSpecContent.content',
			output: 'text',
		}),
	];
}

/** From JSON or YAML: the name behind the event, or the last part of an ARN. */
function functionName(content: string | undefined, event: string): string | undefined {
	if (!/^\w+$/.test(event)) return undefined;
	const value = new RegExp(`\\b${event}\\b["']?\\s*:\\s*["']?([\\w:-]+)`).exec(content ?? '')?.[1];
	return value?.split(':').at(-1) || undefined;
}
