import { type DeploymentSnapshot, deploymentElapsedMs, hasEnded } from '../../domain/deployment.ts';
import type { DeploymentId } from '../../domain/ids.ts';
import { linkedDeployment } from '../../domain/rollback.ts';
import { formatDuration } from '../../lib/duration.ts';
import { type AppState, type Rollout, rolloutOf } from '../../monitor/state.ts';
import { selectAlarms } from '../alarm-strip.ts';
import { markOf } from '../glyphs.ts';
import { causeLines } from '../summary.ts';
import { joined, progressWords, waitWords } from './status-text.ts';

/** A deployment on one line, for a log or a chat: whatever matters, the most important first. */
export function statusLine(state: AppState, id: DeploymentId): string {
	const rollout = rolloutOf(state, id);
	const { data } = rollout.deployment;
	if (!data) return `? ${id}`;
	const elapsed = deploymentElapsedMs(data, state.now);
	const time = elapsed === undefined ? '' : `${hasEnded(data) ? 'after' : 'for'} ${formatDuration(elapsed)}`;
	const name = data.application === undefined ? '' : `${data.application} / ${data.group ?? '?'}`;
	const head = [markOf(data.status).glyph, name, id, data.status, time].filter(word => word !== '').join(' ');
	return joined([
		head,
		progressWords(state, rollout, data),
		waitWords(rollout, data),
		...firingWords(rollout),
		causeWords(state, rollout),
		rollbackWords(state, data),
	]);
}

const firingWords = (rollout: Rollout): readonly string[] =>
	selectAlarms(rollout)
		.filter(({ alarm }) => alarm?.state === 'ALARM')
		.map(({ name }) => `${markOf('ALARM').glyph} ALARM ${name}`);

/** What failed on most targets and why, else why it failed as a whole. */
function causeWords(state: AppState, rollout: Rollout): string {
	const lines = causeLines(state, rollout).map(text => text.trim());
	const root = lines.findIndex(text => text.startsWith('✗'));
	const [what = '', why] = root < 0 ? lines.slice(0, 1) : lines.slice(root, root + 2);
	return why === undefined ? what : `${what}: ${why}`;
}

function rollbackWords(state: AppState, data: DeploymentSnapshot): string {
	const link = linkedDeployment(data);
	if (!link) return '';
	const status = rolloutOf(state, link.id).deployment.data?.status ?? 'not read';
	return link.role === 'rollback' ? `rolled back by ${link.id} ${status}` : `rolls back ${link.id}`;
}
