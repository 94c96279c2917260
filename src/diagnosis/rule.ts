import type { TargetId } from '../domain/ids.ts';
import type { LogLine } from '../domain/log-tail.ts';
import type { DiagnosisCase, Failure } from './case.ts';
import type { Cause } from './causes.ts';
import type { Confidence, Evidence, Severity } from './finding.ts';

/** What a rule says. The engine adds what it knows anyway: targets, event, script and the message as evidence. */
export type Verdict = {
	readonly cause: Cause;
	readonly title: string;
	readonly why: string;
	readonly confidence: Confidence;
	/** An error, if nothing is said. */
	readonly severity?: Severity;
	/** Besides the message. */
	readonly evidence?: readonly Evidence[];
	readonly steps: readonly [string, ...string[]];
	readonly commands?: readonly string[];
	readonly docs: string;
	/** Found out by looking at the hosts: it says nothing of those that nobody has looked at. */
	readonly isOfHost?: true;
};

/** Explains failures that look alike, or leaves them to other rules. Pure, and quick for any text. */
export type FailureRule = (failure: Failure) => Verdict | undefined;

/**
 * What a rule says of the deployment as a whole. A `cause` ended it or kept it from starting; a `consequence` follows
 * from what failed on the hosts, and is told after that.
 */
export type DeploymentVerdict = Verdict & {
	readonly place: 'cause' | 'consequence';
	/** Those it is about, where it is not about the deployment as a whole. */
	readonly targets?: readonly TargetId[];
};

export type DeploymentRule = (of: DiagnosisCase) => DeploymentVerdict | undefined;

/** A rule that goes by the message alone. */
export const onMessage =
	(pattern: RegExp, say: (failure: Failure, match: RegExpExecArray) => Verdict | undefined): FailureRule =>
	failure => {
		const match = pattern.exec(failure.message);
		return match ? say(failure, match) : undefined;
	};

/** What a rule for an error code says: the code is certain, unless what it means is not. */
export type CodeVerdict = Omit<Verdict, 'confidence'> & Partial<Pick<Verdict, 'confidence'>>;

/** A rule for one error code of the deployment (AWS: ErrorCode). */
export const onCode =
	(
		code: string,
		say: (of: DiagnosisCase) => CodeVerdict,
		place: DeploymentVerdict['place'] = 'cause',
	): DeploymentRule =>
	of =>
		of.deployment.error?.code === code ? { place, confidence: 'certain', ...say(of) } : undefined;

/** A line of the log as evidence. */
export const logEvidence = ({ targets, linesFrom }: Failure, line: LogLine): Evidence => ({
	source: linesFrom,
	text: line.text.trim(),
	where: targets[0],
});

/** What was seen on a host, or said of it, as evidence. */
export const hostEvidence = (where: TargetId, text: string): Evidence => ({ source: 'host', text, where });

/** A field of the API as evidence. */
export const apiEvidence = (where: string, text: string): Evidence => ({ source: 'api', text, where });
