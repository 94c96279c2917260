import type { DeployPlan } from '../../domain/deploy-plan.ts';
import type { DeploymentSnapshot } from '../../domain/deployment.ts';
import { nameRevision, type Revision } from '../../domain/revision.ts';
import { formatAge } from '../../lib/duration.ts';
import { sanitizeLine } from '../../lib/sanitize.ts';
import type { AppState } from '../../monitor/state.ts';
import { markOf } from '../glyphs.ts';
import { bold, dim, fitParts, gap, joinParts, type Line, type Part, segment, spread } from '../line.ts';

/** What is there, and what would be in its place: one line each. */
export function fromAndToLines(state: AppState, { latest, revision, from }: DeployPlan): readonly Line[] {
	return [
		deploymentLine(state, 'now', latest?.revision, latest),
		...(revision === undefined ? [] : [deploymentLine(state, 'then', revision, from)]),
	];
}

function deploymentLine(
	state: AppState,
	when: string,
	revision: Revision | undefined,
	deployment: DeploymentSnapshot | undefined,
): Line {
	const { columns } = state.ui.size;
	const name = revision === undefined ? 'nothing that is known' : nameRevision(revision);
	const parts: readonly Part[] = [
		{ segments: [bold(name)], keep: 4 },
		...deploymentParts(deployment, state.now),
	];
	const room = columns - 2 - 8;
	return spread([gap(2), dim(when.padEnd(6)), ...joinParts(fitParts(parts, room, 2), 2)], [], columns);
}

/** The state of a deployment, its id, its age, and what was said of it, as far as there is room. */
export function deploymentParts(deployment: DeploymentSnapshot | undefined, now: number): readonly Part[] {
	if (!deployment) return [];
	const { id, status, description, completedAt, createdAt } = deployment;
	const mark = markOf(status);
	const at = completedAt ?? createdAt;
	return [
		{ segments: [segment(`${mark.glyph} ${status}`, mark.tone)], keep: 3 },
		{ segments: at === undefined ? [] : [segment(`${formatAge(now - at)} ago`)], keep: 2 },
		{ segments: [segment(id)], keep: 2 },
		{ segments: description === undefined ? [] : [dim(sanitizeLine(description))], keep: 1 },
	];
}
