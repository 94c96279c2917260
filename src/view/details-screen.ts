import type { AutoRollback, DeploymentSnapshot } from '../domain/deployment.ts';
import { deploymentElapsedMs } from '../domain/deployment.ts';
import type { DeploymentConfig, MinimumHealthyHosts } from '../domain/deployment-config.ts';
import { effectiveAlarms, effectiveAutoRollback } from '../domain/deployment-group.ts';
import type { DeploymentId } from '../domain/ids.ts';
import { describeRevision, nameRevision, type Revision } from '../domain/revision.ts';
import { describeRouting } from '../domain/traffic-shift.ts';
import { formatDuration, formatMinute, formatTimestamp } from '../lib/duration.ts';
import { sanitizeText } from '../lib/sanitize.ts';
import { selectChapters } from '../monitor/chapters.ts';
import { selectHostRevisions } from '../monitor/host-revisions.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import { describeFailure } from './freshness.ts';
import { mixedWords } from './host-revision.ts';
import { accountOf } from './identity-strip.ts';
import { bold, dim, gap, segment, spread } from './line.ts';
import type { PagedScreen } from './paged-screen.ts';
import { type PagerRow, pagerRow } from './pager.ts';

type Fact = readonly [label: string, value: string | undefined];
type Section = readonly [title: string, facts: readonly Fact[]];

/** All about the deployment, as AWS tells it. */
export function detailsScreen(state: AppState, rollout: Rollout): PagedScreen {
	const deployment = rollout.deployment.data;
	const sections = deployment ? sectionsOf(state, rollout, deployment) : [];
	return {
		heading: place =>
			spread([bold('Details'), segment(`  ${rollout.id}`)], [dim(place)], state.ui.size.columns),
		rows: sections.flatMap((section, index) => sectionRows(section, index, state.ui.size.columns)),
		opensAt: 'start',
	};
}

const labelWidth = 24;

/** Below this many columns a value stands under its label. */
const narrow = 50;

function sectionRows([title, facts]: Section, index: number, columns: number): readonly PagerRow[] {
	const told = facts.flatMap(([label, value]) =>
		value === undefined || value === '' ? [] : factRows(label, value.split('\n'), columns),
	);
	if (told.length === 0) return [];
	return [...(index === 0 ? [] : [pagerRow([])]), pagerRow([bold(title)]), ...told];
}

function factRows(label: string, values: readonly string[], columns: number): readonly PagerRow[] {
	if (columns < narrow) {
		return [pagerRow([dim(label)]), ...values.map(text => pagerRow([segment(text)], [gap(2)]))];
	}
	return values.map((text, at) =>
		pagerRow([segment(text)], [dim((at === 0 ? label : '').padEnd(labelWidth))]),
	);
}

function sectionsOf(state: AppState, rollout: Rollout, deployment: DeploymentSnapshot): readonly Section[] {
	return [
		['Deployment', deploymentFacts(state, rollout, deployment)],
		['Times', timeFacts(state, deployment)],
		['History', historyFacts(state, rollout)],
		['Revision', revisionFacts(state, rollout, deployment)],
		['How', howFacts(state, rollout, deployment)],
		['Safety', safetyFacts(state, rollout, deployment)],
		['Links', linkFacts(state, deployment)],
	];
}

const deploymentFacts = (
	state: AppState,
	rollout: Rollout,
	deployment: DeploymentSnapshot,
): readonly Fact[] => [
	['status', deployment.status],
	['application', deployment.application],
	['deployment group', deployment.group],
	['description', deployment.description],
	['creator', deployment.creator],
	['compute platform', deployment.platform],
	['account', accountOf(state, rollout)],
	['region', state.session.region],
	['you are', state.identity.data?.arn ?? failureText(state, state.identity.failure)],
	['error', deployment.error && `${deployment.error.code}: ${deployment.error.message}`],
	['status messages', deployment.statusMessages.join('\n')],
];

function failureText(state: AppState, failure: Rollout['group']['failure']): string | undefined {
	return failure && describeFailure(failure, state.session.profile);
}

function timeFacts(state: AppState, deployment: DeploymentSnapshot): readonly Fact[] {
	const elapsed = deploymentElapsedMs(deployment, state.now);
	return [
		['created', stamp(deployment.createdAt)],
		['started', stamp(deployment.startedAt)],
		['completed', stamp(deployment.completedAt)],
		['elapsed', elapsed === undefined ? undefined : formatDuration(elapsed)],
	];
}

/** What the group's last deployments took, or why that is not known. */
function historyFacts(state: AppState, { history }: Rollout): readonly Fact[] {
	const { data, failure } = history;
	if (!data) return [['earlier deployments', failureText(state, failure)]];
	const runs = data.runs.map(run => {
		const name = run.revision ? `  ${nameRevision(run.revision)}` : '';
		const took = formatDuration(run.durationMs).padEnd(7);
		return `${took} ${formatMinute(run.startedAt)}  ${run.deploymentId}${name}`;
	});
	const median = data.durationMs === undefined ? undefined : formatDuration(data.durationMs);
	return [
		['last that succeeded', runs.join('\n') || 'none'],
		['median', runs.length > 1 ? median : undefined],
		['more of them', failureText(state, failure)],
	];
}

const stamp = (at: number | undefined): string | undefined =>
	at === undefined ? undefined : formatTimestamp(at);

const revisionFacts = (
	state: AppState,
	rollout: Rollout,
	deployment: DeploymentSnapshot,
): readonly Fact[] => [
	['revision', revisionText(deployment.revision)],
	['bundle type', deployment.revision?.type === 's3' ? deployment.revision.bundleType : undefined],
	['ETag', deployment.revision?.type === 's3' ? deployment.revision.eTag : undefined],
	['previous revision', revisionText(deployment.previousRevision)],
	['revision now', revisionNow(state, rollout)],
	['AppSpec', readableAppSpec(rollout.appSpec.data) ?? failureText(state, rollout.appSpec.failure)],
];

/** AppSpecs are YAML or JSON; JSON often comes on one line. */
function readableAppSpec(content: string | undefined): string | undefined {
	if (content === undefined) return undefined;
	try {
		// What was escaped in the JSON, and so harmless, is not when it has been parsed.
		return sanitizeText(JSON.stringify(JSON.parse(content), undefined, 2));
	} catch {
		return content;
	}
}

const revisionText = (revision: Revision | undefined): string | undefined =>
	revision && describeRevision(revision);

function revisionNow(state: AppState, rollout: Rollout): string | undefined {
	const fleet = selectHostRevisions(state.rollouts, rollout.id);
	return fleet.hosts.size > 0 ? mixedWords(fleet) : undefined;
}

/** What Auto Scaling did is linked with nothing: it is the time that tells. */
const launchedMeanwhile = (state: AppState, id: DeploymentId): string =>
	selectChapters(state.rollouts, id)
		.filter(chapter => chapter.role === 'launch' && chapter.id !== id)
		.map(chapter => chapter.id)
		.join(', ');

const howFacts = (state: AppState, { config }: Rollout, deployment: DeploymentSnapshot): readonly Fact[] => [
	[
		'style',
		deployment.type &&
			`${deployment.type}, ${deployment.trafficControl ? 'with' : 'without'} traffic control`,
	],
	['configuration', deployment.configName],
	[
		'minimum healthy hosts',
		config.data ? minimumText(config.data.minimumHealthyHosts) : failureText(state, config.failure),
	],
	['traffic', routingText(config.data)],
	['zonal', zonalText(config.data)],
	['load balancers', deployment.loadBalancers.join(', ')],
	['file exists behaviour', deployment.fileExistsBehavior],
	['mode', deployment.deploymentMode],
	['ignores stop failures', flag(deployment.ignoreApplicationStopFailures)],
	['outdated hosts only', flag(deployment.updateOutdatedInstancesOnly)],
	['replacement fleet', deployment.blueGreen?.greenFleet],
	['when ready', readyText(deployment)],
	['original fleet', terminationText(deployment)],
];

const flag = (value: boolean | undefined): string | undefined =>
	value === undefined ? undefined : value ? 'yes' : 'no';

const minimumText = (minimum: MinimumHealthyHosts | undefined): string | undefined =>
	minimum &&
	(minimum.type === 'FLEET_PERCENT' ? `${minimum.value} % of the fleet` : `${minimum.type} ${minimum.value}`);

const routingText = (config: DeploymentConfig | undefined): string | undefined =>
	config?.trafficRouting && describeRouting(config.trafficRouting);

function zonalText(config: DeploymentConfig | undefined): string | undefined {
	const zonal = config?.zonal;
	if (!zonal) return undefined;
	const first = zonal.firstZoneMonitorSeconds ?? zonal.monitorSeconds ?? 0;
	return `one zone after another, ${first} s after the first, ${zonal.monitorSeconds ?? 0} s after each other`;
}

function readyText({ blueGreen }: DeploymentSnapshot): string | undefined {
	if (!blueGreen?.onReadyTimeout) return undefined;
	if (blueGreen.onReadyTimeout === 'CONTINUE_DEPLOYMENT') return 'reroutes traffic at once';
	return `waits ${blueGreen.readyWaitMinutes ?? '?'} min for somebody to continue, then stops`;
}

function terminationText({ blueGreen }: DeploymentSnapshot): string | undefined {
	if (!blueGreen?.onSuccess) return undefined;
	if (blueGreen.onSuccess === 'KEEP_ALIVE') return 'kept';
	return `terminated ${blueGreen.terminationWaitMinutes ?? 0} min after success`;
}

function safetyFacts(state: AppState, rollout: Rollout, deployment: DeploymentSnapshot): readonly Fact[] {
	const alarms = effectiveAlarms(deployment, rollout.group.data);
	const rollback = effectiveAutoRollback(deployment, rollout.group.data);
	const last = rollout.group.data?.lastSuccessful;
	return [
		['automatic rollback', rollback && rollbackText(rollback)],
		[
			'alarms',
			alarms && (alarms.configuration.enabled ? alarms.configuration.alarms.join(', ') || 'none' : 'off'),
		],
		[
			'alarms set by',
			alarms && (alarms.from === 'deployment' ? 'this deployment (override)' : 'the deployment group'),
		],
		[
			'unreadable alarms',
			alarms && (alarms.configuration.ignorePollAlarmFailure ? 'are ignored' : 'stop the deployment'),
		],
		['last successful', last?.id],
		['group settings', failureText(state, rollout.group.failure)],
	];
}

function rollbackText(rollback: AutoRollback): string {
	return rollback.enabled ? `on ${rollback.events.join(', ') || 'nothing'}` : 'off';
}

const linkFacts = (state: AppState, deployment: DeploymentSnapshot): readonly Fact[] => [
	['rolled back by', deployment.rollback?.rollbackDeploymentId],
	['rolls back', deployment.rollback?.triggeringDeploymentId],
	['rollback', deployment.rollback?.message],
	['follow-up of', deployment.related?.autoUpdateRoot],
	['follow-ups', deployment.related?.autoUpdates.join(', ')],
	['launched meanwhile', launchedMeanwhile(state, deployment.id)],
	['external id', deployment.externalId],
];
