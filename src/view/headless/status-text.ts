import type { Deadline } from '../../domain/deadline.ts';
import { type DeploymentSnapshot, hasEnded, isWaitingToReroute } from '../../domain/deployment.ts';
import { shortConfigName } from '../../domain/deployment-config.ts';
import { effectiveAutoRollback } from '../../domain/deployment-group.ts';
import { budgetTally, healthBudget } from '../../domain/health-budget.ts';
import type { DeploymentId } from '../../domain/ids.ts';
import { nameRevision } from '../../domain/revision.ts';
import { isInTerminationWait } from '../../domain/termination-wait.ts';
import { formatMinute } from '../../lib/duration.ts';
import { sanitizeLine } from '../../lib/sanitize.ts';
import { type AppState, type Rollout, rolloutOf } from '../../monitor/state.ts';
import { conditionText, isDeleted, selectAlarms } from '../alarm-strip.ts';
import { deadlineWords, nextDeadline } from '../deadlines.ts';
import { etaOf, etaWords } from '../eta.ts';
import { markOf } from '../glyphs.ts';
import { startedWords } from '../starter.ts';
import { describeBudget, rollbackPhrase } from '../status-lines.ts';
import { causeLines, headline, rollbackLines, tallyWords } from '../summary.ts';
import { formatPercent, movedPercent } from '../traffic-lines.ts';
import type { UnreadDocument } from './status-document.ts';

/**
 * How a deployment stands, as a few lines of plain text: how far it is, what it is heading for, why it fails, its alarms,
 * and who started what.
 */
export function statusLines(
	state: AppState,
	id: DeploymentId,
	unread: readonly UnreadDocument[],
): readonly string[] {
	const rollout = rolloutOf(state, id);
	const { data } = rollout.deployment;
	if (!data) return [];
	return [
		headline(state, rollout),
		...indented(progressWords(state, rollout, data), outlook(state, rollout, data)),
		...causeLines(state, rollout),
		...rollbackLines(state, rollout),
		...indented(...alarmWords(rollout), originWords(data)),
		...unread.map(({ what, why }) => `  ? ${what} not read: ${why}`),
	];
}

const indented = (...lines: readonly string[]): readonly string[] =>
	lines.filter(line => line !== '').map(line => `  ${line}`);

/** Joins what there is to tell. */
export const joined = (words: readonly (string | undefined)[]): string =>
	words.filter(word => word !== undefined && word !== '').join(' · ');

/** How far it is, and how long it will take. */
export function progressWords({ now }: AppState, rollout: Rollout, { overview }: DeploymentSnapshot): string {
	const moved = movedPercent(rollout);
	const eta = etaOf(rollout, now);
	return joined([
		moved === undefined ? '' : `${formatPercent(moved)} of the traffic moved`,
		overview ? tallyWords(overview) : 'fleet not known yet',
		eta && etaWords(eta),
	]);
}

/** What it waits for and what would end it, while it runs. */
function outlook({ now }: AppState, rollout: Rollout, data: DeploymentSnapshot): string {
	const config = shortConfigName(data.configName ?? '');
	if (hasEnded(data)) return config;
	const minimum = rollout.config.data?.minimumHealthyHosts;
	const budget = describeBudget(healthBudget(minimum, budgetTally(data, rollout.targets.values())));
	const rollback = effectiveAutoRollback(data, rollout.group.data);
	const deadline = nextDeadline(rollout, now);
	return joined([
		waitWords(rollout, data),
		deadline && aboutWhom(deadline) + deadlineWords(deadline, now),
		budget?.map(({ text }) => text).join(''),
		config,
		rollback && rollbackPhrase(rollback),
	]);
}

/** `AfterInstall of i-… `: what fails then; nothing where it is the deployment that goes on. */
const aboutWhom = ({ kind, event, target }: Deadline): string =>
	target === undefined || kind === 'shift' ? '' : `${event === undefined ? '' : `${event} of `}${target} `;

/** What a blue/green deployment waits for. */
export function waitWords(rollout: Rollout, data: DeploymentSnapshot): string {
	if (isWaitingToReroute(data)) return 'waiting for somebody to reroute the traffic';
	return isInTerminationWait(data, rollout.targets.values()) ? 'waiting to terminate the original' : '';
}

/** Those that do not say that all is well. */
function alarmWords(rollout: Rollout): readonly string[] {
	return selectAlarms(rollout)
		.filter(({ alarm }) => alarm?.state !== 'OK')
		.map(entry => {
			const { name, alarm } = entry;
			if (!alarm) return `? alarm ${name} ${isDeleted(rollout, entry) ? 'does not exist' : 'not read'}`;
			const since = alarm.stateChangedAt === undefined ? '' : `since ${formatMinute(alarm.stateChangedAt)}`;
			return joined([
				`${markOf(alarm.state).glyph} ${alarm.state} ${name}`,
				conditionText(rollout, alarm),
				since,
			]);
		});
}

function originWords({ creator, createdAt, revision, description }: DeploymentSnapshot): string {
	const by = creator === undefined ? '' : startedWords(creator);
	const at = createdAt === undefined ? '' : `at ${formatMinute(createdAt)}`;
	return joined([
		[by, at].filter(word => word !== '').join(' '),
		revision && nameRevision(revision),
		description && `“${sanitizeLine(description)}”`,
	]);
}
