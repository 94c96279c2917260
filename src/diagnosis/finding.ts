import type { TargetId } from '../domain/ids.ts';
import type { Cause } from './causes.ts';

/** How sure a finding is: the texts say so; they rarely mean anything else; one explanation among several. */
export type Confidence = 'certain' | 'likely' | 'possible';

/** The surest first. */
export const confidences: readonly Confidence[] = ['certain', 'likely', 'possible'];

export type Severity = 'error' | 'warning' | 'info';

/** What a finding rests on. `where` is the target, the field of the API or the file that the text was read from. */
export type Evidence = {
	readonly source: 'api' | 'message' | 'log' | 'host';
	readonly text: string;
	readonly where?: string;
};

/** What to do. Commands are complete and quoted for a POSIX shell; a comment at the end says on which host to run one. */
export type Remedy = {
	readonly steps: readonly string[];
	readonly commands: readonly string[];
};

/** One explanation of what went wrong, for the targets that it explains. */
export type Finding = {
	readonly cause: Cause;
	/** One line in plain words, at most 60 characters. */
	readonly title: string;
	/** What happened, in one to three sentences. */
	readonly why: string;
	readonly confidence: Confidence;
	readonly severity: Severity;
	/** Empty when the deployment as a whole is meant. */
	readonly targets: readonly TargetId[];
	readonly event?: string;
	/** As written in the AppSpec. */
	readonly script?: string;
	readonly evidence: readonly Evidence[];
	readonly remedy: Remedy;
	/** The AWS document behind it. */
	readonly docs: string;
};
