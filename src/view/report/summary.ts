import { formatAccount } from '../../domain/arn.ts';
import { deploymentConsoleUrl } from '../../domain/console-link.ts';
import { type DeploymentSnapshot, deploymentElapsedMs, hasEnded } from '../../domain/deployment.ts';
import { describeRevision } from '../../domain/revision.ts';
import { linkedDeployment } from '../../domain/rollback.ts';
import { formatDuration, formatTimestamp } from '../../lib/duration.ts';
import { selectChapters } from '../../monitor/chapters.ts';
import { type AppState, type Rollout, rolloutOf } from '../../monitor/state.ts';
import { describeFailure } from '../freshness.ts';
import { mixedWords, selectMixedFleet } from '../host-revision.ts';
import { accountOf } from '../identity-strip.ts';
import { tallyWords } from '../summary.ts';
import { code, facts, link, prose } from './markdown.ts';

/** What it is about, and how it went. */
export function summarySection(state: AppState, rollout: Rollout): string {
	const deployment = rollout.deployment.data;
	const { region, endpointUrl, profile } = state.session;
	const account = accountOf(state, rollout);
	const failure = rollout.deployment.failure;
	return facts([
		['Deployment', [code(rollout.id), link(deploymentConsoleUrl(region, rollout.id))].join(' ').trim()],
		...(deployment ? deploymentFacts(state, deployment) : []),
		['Story', storyWords(state, rollout)],
		['Revision now', revisionNow(state, rollout)],
		['Account', account && code(formatAccount(account))],
		['Region', code(region)],
		['Endpoint', endpointUrl && `${code(endpointUrl)}, which is not AWS`],
		[
			'Not known',
			deployment ? undefined : prose(failure ? describeFailure(failure, profile) : 'not read yet'),
		],
	]);
}

/** The other deployments that belong to it, beside what it rolls back or is rolled back by. */
function storyWords(state: AppState, rollout: Rollout): string {
	const named = selectChapters(state.rollouts, rollout.id).filter(
		({ id, role }) => id !== rollout.id && role !== 'rollback' && role !== 'original',
	);
	return named
		.map(({ id, role, deployment }) =>
			`${roleWords[role]} ${code(id)} ${code(deployment?.status ?? '')}`.trim(),
		)
		.join(', ');
}

const roleWords = {
	original: '',
	rollback: '',
	'follow-on': 'updated by',
	launch: 'hosts launched meanwhile by',
	termination: 'hosts terminated meanwhile by',
} as const;

/** How a fleet is left that is not all on one revision. */
function revisionNow(state: AppState, rollout: Rollout): string | undefined {
	const fleet = selectMixedFleet(state, rollout);
	return fleet && prose(mixedWords(fleet));
}

type Fact = readonly [label: string, value: string | undefined];

function deploymentFacts(state: AppState, deployment: DeploymentSnapshot): readonly Fact[] {
	const { application, group, status, error, overview, revision, previousRevision } = deployment;
	const { createdAt, startedAt, completedAt, creator, description, configName, platform, type } = deployment;
	const elapsed = deploymentElapsedMs(deployment, state.now);
	const kind = [platform, type].filter(word => word !== undefined).map(word => code(word));
	return [
		['Application', application && code(application)],
		['Deployment group', group && code(group)],
		['Status', `${code(status)}${hasEnded(deployment) ? '' : ' (it has not ended)'}`],
		['Error', error && `${code(error.code)} ${code(error.message)}`],
		['Targets', overview && tallyWords(overview)],
		['Rollback', rollbackWords(state, deployment)],
		['Started', timeOf(startedAt ?? createdAt)],
		['Ended', timeOf(completedAt)],
		['Duration', elapsed === undefined ? undefined : formatDuration(elapsed)],
		['Started by', creator && code(creator)],
		['Description', description && code(description)],
		['Revision', revision && code(describeRevision(revision))],
		['Revision before', previousRevision && code(describeRevision(previousRevision))],
		['Configuration', configName && code(configName)],
		['Kind', kind.join(', ')],
	];
}

function rollbackWords(state: AppState, deployment: DeploymentSnapshot): string | undefined {
	const linked = linkedDeployment(deployment);
	if (!linked) return deployment.rollback?.message && code(deployment.rollback.message);
	const other = rolloutOf(state, linked.id).deployment.data;
	const words = linked.role === 'rollback' ? 'rolled back by' : 'rolls back';
	return `${words} ${code(linked.id)}${other ? ` ${code(other.status)}` : ''}`;
}

const timeOf = (at: number | undefined): string | undefined =>
	at === undefined ? undefined : formatTimestamp(at);
