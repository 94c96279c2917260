import { rollbackAppearsWithinMs } from '../domain/rollback.ts';
import { followOnAppearsWithinMs } from '../domain/story.ts';
import { logTailMs } from './host-log.ts';

/** How AWS is asked: every rhythm and limit of the engine in one place. Units are in the names. */
export type PollPlan = {
	/** Calls in flight at a time, all services. */
	readonly concurrency: number;
	/** Calls beside polling at a time: what is asked when something has to be explained. */
	readonly probes: number;
	/** A turn while things move; the second for more than `largeFleet` targets. */
	readonly turnMs: number;
	readonly largeTurnMs: number;
	readonly largeFleet: number;
	/** After `patientTurns` turns in which nothing changed, each further one adds `stretchMs`, up to `quietTurnMs`. */
	readonly patientTurns: number;
	readonly stretchMs: number;
	readonly quietTurnMs: number;
	/** What polling may cost CodeDeploy once the first picture is whole: while things move, and when nothing does. */
	readonly callsPerMinute: number;
	readonly quietCallsPerMinute: number;
	/** The list of targets is checked this often while things move. */
	readonly relistMs: number;
	readonly groupMs: number;
	readonly alarmsMs: number;
	/** Hosts that have failed or are stuck are asked about again this often. */
	readonly hostsMs: number;
	/** Between two calls to CodeDeploy's register of on-premises instances, while things move. */
	readonly onPremisesMs: number;
	/** What earlier deployments took is asked call by call, this far apart; it waits so long for calls to be left over. */
	readonly historyPauseMs: number;
	readonly historyPatienceMs: number;
	/** Earlier deployments whose targets are looked at, and batches of targets of the latest of them; one of the others. */
	readonly historyRuns: number;
	readonly historyBatches: number;
	/** So long it is taken over by other rollouts of the group. */
	readonly historyMs: number;
	/** The track record is read again at most this often. */
	readonly recordMs: number;
	/** A metric is read once per period of its alarm, but not more often than this. */
	readonly plotMs: number;
	/** What a plot shows beyond the rollout itself, on either side; alarms are followed for that long after its end. */
	readonly plotLeadMs: number;
	readonly plotTailMs: number;
	/** Alarms that are plotted while the alarms screen is closed. */
	readonly plottedAlarms: number;
	/** A log on the screen is followed this often while its deployment runs, and for so long after: lines arrive late. */
	readonly logMs: number;
	readonly logTailMs: number;
	/** A call that is not allowed is tried again this often: somebody may grant it meanwhile. */
	readonly deniedMs: number;
	readonly retryMs: number;
	readonly longestRetryMs: number;
	/** What else is deployed in the group: while it runs, and when its next deployment is waited for. */
	readonly siblingsMs: number;
	readonly followMs: number;
	/** How long the rollback of an ended deployment may take to appear. */
	readonly rollbackAppearsMs: number;
	/** The same of the update of machines that were launched meanwhile. */
	readonly followOnAppearsMs: number;
	/** Between the passes over targets that have no final status although their deployment has. */
	readonly lastPassMs: number;
	readonly lastPasses: number;
	/** Two turns of one kind are this far apart, however often a refresh is asked for. */
	readonly shortestTurnMs: number;
};

const second = 1_000;
const minute = 60 * second;

export const defaultPlan: PollPlan = {
	concurrency: 4,
	probes: 6,
	turnMs: 3 * second,
	largeTurnMs: 5 * second,
	largeFleet: 100,
	patientTurns: 3,
	stretchMs: second,
	quietTurnMs: 10 * second,
	callsPerMinute: 47,
	quietCallsPerMinute: 16,
	relistMs: minute,
	groupMs: 30 * second,
	alarmsMs: 15 * second,
	hostsMs: minute,
	onPremisesMs: 3 * second,
	historyPauseMs: 2 * second,
	historyPatienceMs: 10 * second,
	historyRuns: 3,
	historyBatches: 2,
	historyMs: 10 * minute,
	recordMs: 10 * second,
	plotMs: 15 * second,
	plotLeadMs: 10 * minute,
	plotTailMs: 2 * minute,
	plottedAlarms: 4,
	logMs: 5 * second,
	logTailMs,
	deniedMs: minute,
	retryMs: second,
	longestRetryMs: 30 * second,
	siblingsMs: 30 * second,
	followMs: 10 * second,
	rollbackAppearsMs: rollbackAppearsWithinMs,
	followOnAppearsMs: followOnAppearsWithinMs,
	lastPassMs: 10 * second,
	lastPasses: 3,
	shortestTurnMs: second,
};
