import { candidateIndex } from '../../actions/deploy.ts';
import type { DeploymentSnapshot } from '../../domain/deployment.ts';
import { nameRevision } from '../../domain/revision.ts';
import { displayWidth, fitEnd } from '../../lib/width.ts';
import { type AppState, userKeysOf } from '../../monitor/state.ts';
import type { DeployRequest } from '../../monitor/ui-state.ts';
import { keyIn } from '../keys/hint.ts';
import { focusedLayer } from '../keys/layer.ts';
import { bold, dim, fitParts, gap, joinParts, type Line, line, segment, spread } from '../line.ts';
import { deploymentParts } from './headline.ts';

/** Rows of the list; the rest is counted. */
const shownRows = 5;

/** The deployments that can be returned to, around the one that is chosen. */
export function candidateLines(state: AppState, request: DeployRequest): readonly Line[] {
	const { candidates, purpose } = request;
	if (purpose !== 'roll-back' || candidates.length < 2) return [];
	const chosen = candidateIndex(request);
	const top = Math.min(Math.max(0, chosen - 2), Math.max(0, candidates.length - shownRows));
	const shown = candidates.slice(top, top + shownRows);
	const nameWidth = Math.max(...shown.map(each => displayWidth(nameOf(each))));
	const left = candidates.length - top - shown.length;
	return [
		heading(state, candidates.length),
		...shown.map((each, index) => candidateLine(state, each, nameWidth, top + index === chosen)),
		...(left > 0 ? [line(gap(5), dim(`… ${left} older`))] : []),
	];
}

function heading(state: AppState, count: number): Line {
	const layer = focusedLayer(state.ui);
	const key = (intent: 'vary' | 'vary.back') => bold(keyIn(layer, intent, userKeysOf(state)));
	const keys = [key('vary'), dim(' older  '), key('vary.back'), dim(' newer')];
	return spread([gap(2), segment(`${count} to return to`), gap(3), ...keys], [], state.ui.size.columns);
}

const nameOf = ({ revision, id }: DeploymentSnapshot): string =>
	revision === undefined ? id : nameRevision(revision);

function candidateLine(
	state: AppState,
	deployment: DeploymentSnapshot,
	nameWidth: number,
	isChosen: boolean,
): Line {
	const { columns } = state.ui.size;
	const name = fitEnd(nameOf(deployment), nameWidth);
	// They have all succeeded.
	const [, ...parts] = deploymentParts(deployment, state.now);
	const room = columns - 2 - 4 - nameWidth - 2;
	const rest = joinParts(fitParts(parts, room, 2), 2);
	const mark = isChosen ? bold('→ ', 'attention') : gap(2);
	return spread([gap(2), mark, isChosen ? bold(name) : segment(name), gap(2), ...rest], [], columns);
}
