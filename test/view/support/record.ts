import { asDeploymentId } from '../../../src/domain/ids.ts';
import { learnTrackRecord, type RecordEvidence } from '../../../src/domain/track-record.ts';
import type { AppEvent } from '../../../src/monitor/events.ts';
import type { RecordReading } from '../../../src/monitor/record/reading.ts';
import { host, lineEndings, noon } from './cast.ts';
import { deployment, watchedId } from './stories.ts';

const hour = 3_600_000;
const idOf = (index: number) => asDeploymentId(`d-PAST${String(index).padStart(5, '0')}`);

/** The deployment `index` hours ago, which took `took` minutes. */
const past = (index: number, took: number, more: Parameters<typeof deployment>[0] = {}): RecordEvidence => {
	const from = noon - index * hour;
	return {
		deployment: deployment({
			id: idOf(index),
			status: 'Succeeded',
			creator: 'user',
			createdAt: from,
			startedAt: from,
			completedAt: from + took * 60_000,
			...more,
		}),
		targets: [1, 2, 3].map(number => host(number, 'Succeeded', { from: -index * 3600 })),
		failedIds: [],
	};
};

const failed = (index: number): RecordEvidence => {
	const targets = [
		host(4, 'Failed', {
			from: -index * 3600,
			at: 'AfterInstall',
			status: 'Failed',
			took: 3,
			diagnostics: lineEndings,
		}),
	];
	const base = past(index, 2, { status: 'Failed', rollback: { rollbackDeploymentId: idOf(index - 1) } });
	return {
		deployment: {
			...base.deployment,
			overview: { pending: 0, inProgress: 0, failed: 1, skipped: 2, ready: 0, succeeded: 9 },
		},
		targets,
		failedIds: targets.map(({ id }) => id),
		cause: { id: 'crlf-line-endings', title: 'The script has Windows line endings', confidence: 'likely' },
	};
};

const undo = (index: number) =>
	past(index, 1, {
		creator: 'codeDeployRollback',
		rollback: { triggeringDeploymentId: idOf(index + 1) },
	});

const evidence = [
	past(2, 5),
	undo(3),
	failed(4),
	past(5, 4),
	past(7, 4, { status: 'Stopped', creator: 'CloudFormation' }),
	past(8, 1, { creator: 'autoscaling' }),
	undo(9),
	failed(10),
	...[11, 12, 13].map(index => past(index, 3)),
];

const reading: RecordReading = {
	group: { application: 'checkout-api', group: 'prod-blue' },
	limit: 20,
	record: learnTrackRecord(evidence),
	hostNames: new Map(),
	gaps: [],
	settled: new Map(),
	isWhole: true,
};

const received = (change: Partial<RecordReading>): AppEvent => ({
	type: 'record.received',
	id: watchedId,
	reading: { ...reading, ...change },
	at: noon + 50_000,
});

/** What became of the last deployments of the group. */
export const record = received({});

/** The same, as far as it may be read. */
export const partialRecord = received({
	record: learnTrackRecord(
		evidence.map(({ deployment: each }) => ({ deployment: each, targets: [], failedIds: [] })),
	),
	gaps: [4, 10].map(index => ({
		what: 'failed targets',
		id: idOf(index),
		failure: {
			kind: 'denied',
			operation: 'ListDeploymentTargets',
			code: 'AccessDeniedException',
			detail: '',
			action: 'codedeploy:ListDeploymentTargets',
		},
	})),
});

/** A group that was never deployed to. */
export const emptyRecord = received({ record: learnTrackRecord([]) });
