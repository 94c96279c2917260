import type { DiagnosisCase, Failure } from '../case.ts';
import { showDeployment, showTarget } from '../commands.ts';
import { docs } from '../docs.ts';
import type { Evidence } from '../finding.ts';
import { showAgentLog, showScriptsLog } from '../host.ts';
import { apiEvidence, type DeploymentVerdict, logEvidence, type Verdict } from '../rule.ts';
import { scriptName, sentence, shorten, withoutArchive } from '../words.ts';

/** What is said of a failure that no rule recognises: what was seen, and where to look. Never a guess. */
export function unknownFailure(failure: Failure): Verdict {
	return {
		cause: 'unknown-failure',
		title: shorten(titleOf(failure), 60),
		why: whyOf(failure),
		confidence: 'possible',
		evidence:
			failure.report === 'silent' ? [apiEvidence('lifecycleEvents', silence(failure))] : lastLines(failure),
		steps: nextSteps(failure),
		commands: failure.kind === 'instance' ? hostCommands(failure) : [showTarget(failure)],
		docs: failure.kind === 'instance' ? docs.troubleshootHosts : docs.errorCodes,
	};
}

function titleOf({ exit, script, message, event }: Failure): string {
	const name = sentence(scriptName(script));
	if (exit?.code !== undefined) return `${name} failed with exit code ${exit.code}; its output is missing`;
	if (isUnpacking(message)) return 'The bundle could not be unpacked';
	if (message !== '') return `${event || 'The target'}: ${withoutArchive(message)}`;
	return event === '' ? 'A target failed without a word' : `${event} failed without a word`;
}

const isUnpacking = (message: string): boolean => message.startsWith('Error extracting ');

function whyOf({ exit, message, report, kind }: Failure): string {
	if (exit?.code === 127)
		return 'Exit code 127 means that a command or the interpreter of the script was not found, and only the output says which. It did not reach the API.';
	if (exit?.code !== undefined)
		return 'Only the output says why, and it did not reach the API: the agent sent its report without it.';
	if (isUnpacking(message))
		return 'The archive is damaged or of another type than registered, or the disk was full: the agent says the same for both.';
	if (report === 'silent')
		return kind === 'instance'
			? 'The host reported nothing for this event.'
			: 'CodeDeploy says no more than that the event failed.';
	return 'No rule recognises this message.';
}

const silence = ({ event, tookMs }: Failure): string =>
	`${event || 'the target'} failed without diagnostics${tookMs === undefined ? '' : ` after ${Math.round(tookMs / 1000)} s`}`;

const lastLines = (failure: Failure): readonly Evidence[] =>
	failure.lines
		.filter(({ text }) => text.trim() !== '')
		.slice(-3)
		.map(line => logEvidence(failure, line));

function nextSteps({ kind, script, exit, message }: Failure): Verdict['steps'] {
	if (kind !== 'instance')
		return ['Look at the events of the target, and at the service or function that is deployed.'];
	if (isUnpacking(message))
		return [
			'See whether the disk of these hosts is full.',
			'Unpack the bundle by hand, as the type that it was registered as.',
		];
	const reading = 'Read the log of the agent on one of these hosts.';
	if (script === '' && exit === undefined)
		return [reading, 'Compare with a host on which the event succeeded.'];
	return ['Read scripts.log of this deployment on one of these hosts.', reading];
}

const hostCommands = (failure: Failure): readonly string[] => [
	showTarget(failure),
	...(failure.script === '' ? [] : [showScriptsLog(failure)]),
	showAgentLog(failure),
];

/** The same for an error of the deployment whose code is new. */
export const unknownError = (
	of: DiagnosisCase,
	error: { readonly code: string; readonly message: string },
): DeploymentVerdict => ({
	place: 'cause',
	cause: 'unknown-failure',
	title: shorten(`The deployment ended with ${error.code || 'an error'}`, 60),
	why: 'No rule recognises this error code; its message says what AWS makes of it.',
	confidence: 'possible',
	steps: [
		'Read the message, and look the code up in the list of error codes.',
		'Look at the targets that failed.',
	],
	commands: [showDeployment(of)],
	docs: docs.errorCodes,
});
