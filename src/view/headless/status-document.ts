import type { Tally } from '../../domain/tally.ts';

/** The version of `rollcall status --json`. A number that is raised when a field is taken away or changes its meaning. */
export const statusSchema = 'rollcall/status/v1';

/**
 * What `rollcall status --json` prints: schemas/status.schema.json describes it, and scripts depend on it. Every field is
 * always there: what does not apply, or is not known, is null or an empty list. Times are ISO 8601, in UTC.
 */
export type StatusDocument = {
	readonly schema: typeof statusSchema;
	/** When the snapshot was taken. */
	readonly at: string;
	readonly deploymentId: string | null;
	readonly application: string | null;
	readonly group: string | null;
	readonly region: string | null;
	readonly profile: string | null;
	/** As AWS names it; null: AWS has not told. */
	readonly status: string | null;
	readonly ended: boolean;
	/** What this command ends with. */
	readonly exitCode: number;
	readonly platform: string | null;
	readonly type: string | null;
	readonly configuration: string | null;
	readonly revision: string | null;
	readonly description: string | null;
	/** AWS: DeploymentCreator. */
	readonly startedBy: string | null;
	readonly createdAt: string | null;
	readonly startedAt: string | null;
	readonly endedAt: string | null;
	readonly elapsedSeconds: number | null;
	readonly targets: CountsDocument | null;
	/** How much of the traffic has moved, of ECS and Lambda. */
	readonly trafficShiftedPercent: number | null;
	/** An estimate; null where nothing was measured, and while a person is waited for. */
	readonly eta: EtaDocument | null;
	/** What CodeDeploy will do by itself, the next first; of each event only when it has lasted for long. */
	readonly deadlines: readonly DeadlineDocument[];
	readonly healthBudget: {
		readonly state: 'left' | 'safe' | 'exhausted';
		readonly failuresLeft: number | null;
		readonly minimumHealthy: number;
	} | null;
	readonly alarms: readonly AlarmDocument[];
	readonly failures: readonly FailureDocument[];
	readonly error: { readonly code: string; readonly message: string } | null;
	readonly rollback: RollbackDocument | null;
	readonly consoleUrl: string | null;
	/** What was asked for and could not be read. */
	readonly unread: readonly UnreadDocument[];
	/** Why there is nothing to tell; null: there is. */
	readonly problem: ProblemDocument | null;
};

export type CountsDocument = Readonly<Record<keyof Tally | 'total', number>>;

export type EtaDocument = {
	readonly endsAt: string;
	readonly secondsLeft: number;
	/** For how long it has been over. */
	readonly secondsOver: number;
	/** What comes then: the `end`, or that it waits for somebody (`ready`). */
	readonly until: string;
};

export type DeadlineDocument = {
	readonly kind: string;
	readonly at: string;
	readonly secondsLeft: number;
	/** AWS does not tell: it is the best guess. */
	readonly inferred: boolean;
	readonly target: string | null;
	readonly event: string | null;
	/** The share of the traffic that the new version has then. */
	readonly percent: number | null;
	/** In words. */
	readonly text: string;
};

export type AlarmDocument = {
	readonly name: string;
	/** As AWS names it; `DELETED` for one that does not exist any more; null: not known. */
	readonly state: string | null;
	readonly reason: string | null;
	readonly since: string | null;
};

/** Failures that look the same. */
export type FailureDocument = {
	readonly event: string | null;
	readonly script: string | null;
	/** What happened, in a word or two: `exit 127`. */
	readonly word: string;
	readonly targets: readonly string[];
	/** The targets did not fail by themselves: the stop cut them short. */
	readonly interrupted: boolean;
	readonly logLine: string | null;
	/** The best explanation; the ids are those of schemas/diagnosis.schema.json. */
	readonly cause: {
		readonly id: string;
		readonly title: string;
		readonly confidence: string;
		readonly firstStep: string | null;
	} | null;
};

export type RollbackDocument = {
	readonly deploymentId: string;
	/** This other deployment takes back the one that the document is about, or is what that takes back. */
	readonly role: 'rollback' | 'original';
	readonly status: string | null;
	readonly targets: CountsDocument | null;
};

export type UnreadDocument = { readonly what: string; readonly why: string };

export type ProblemDocument = {
	/** Of the closed set of kinds of failure; `missing`: there is no such deployment, group or application. */
	readonly kind: string;
	readonly message: string;
};
