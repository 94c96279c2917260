import { hasEnded } from '../domain/deployment.ts';
import { type HostRevision, isMixed, tallyWords } from '../domain/host-revision.ts';
import type { TargetId } from '../domain/ids.ts';
import { nameRevision } from '../domain/revision.ts';
import { type FleetRevisions, selectHostRevisions } from '../monitor/host-revisions.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import { keyHint } from './keys/hint.ts';
import { bold, dim, type Line, type Segment, segment, spreadCutting } from './line.ts';

/** Which revision the hosts are on now, in words. */

/** How a fleet ended up that is not all on one revision; undefined while that may change, or where all is well. */
export function selectMixedFleet(state: AppState, rollout: Rollout): FleetRevisions | undefined {
	const { data } = rollout.deployment;
	// Two fleets beside each other are what a blue/green deployment is meant to have.
	if (!data || !hasEnded(data) || (data.type === 'BLUE_GREEN' && data.platform === 'Server'))
		return undefined;
	const fleet = selectHostRevisions(state.rollouts, rollout.id);
	return fleet.isWhole && isMixed(fleet.tally) ? fleet : undefined;
}

/** `12 new · 46 old · 2 unknown`; traffic that is split between two versions by its share. */
export function mixedWords({ tally, hosts }: FleetRevisions): string {
	const [only] = hosts.values();
	const { newPercent } = only ?? {};
	if (tally.split === 1 && hosts.size === 1 && newPercent !== undefined)
		return `${round(newPercent)} % of the traffic new · ${round(100 - newPercent)} % old`;
	return tallyWords(tally).join(' · ');
}

/** One line about a fleet that is left mixed, and the key that shows which hosts are meant. */
export function mixedLine(state: AppState, rollout: Rollout): Line | undefined {
	const fleet = selectMixedFleet(state, rollout);
	if (!fleet) return undefined;
	const old = oldNames(fleet);
	const names = [fleet.fresh && `new ${nameRevision(fleet.fresh)}`, old === '' ? undefined : `old ${old}`];
	const { columns } = state.ui.size;
	const said = columns < 90 ? [] : [dim(`   ${names.filter(name => name !== undefined).join(', ')}`)];
	const odd = oddState(rollout, fleet);
	const key = !odd || columns < 60 ? [] : [bold(keyHint(state, 'filter')), dim(` revision:${odd}`)];
	return spreadCutting(
		[segment('▲ ', 'attention'), segment('revision now: '), bold(mixedWords(fleet)), ...said],
		key,
		columns,
	);
}

/** The revisions that the old hosts are on: several, where attempts before have left theirs. */
function oldNames({ hosts, before }: FleetRevisions): string {
	const found = [...hosts.values()].filter(({ state }) => state === 'old').map(({ revision }) => revision);
	const revisions = found.length === 0 ? [before] : found;
	return [...new Set(revisions.map(each => (each ? nameRevision(each) : 'unknown')))].join(' or ');
}

/** What is worth looking for in this list; hosts that were launched meanwhile are in others. */
function oddState({ targets }: Rollout, { hosts }: FleetRevisions): 'old' | 'unknown' | undefined {
	const listed = new Set([...targets.keys()].map(id => hosts.get(id)?.state));
	return (['old', 'unknown'] as const).find(state => listed.has(state));
}

/** What is on one target, for its own screen: `revision build-4711 (new)`. */
export function targetRevision(state: AppState, rollout: Rollout, id: TargetId): readonly Segment[] {
	const fleet = selectHostRevisions(state.rollouts, rollout.id);
	const found = fleet.hosts.get(id);
	if (!found || state.ui.size.columns < narrow) return [];
	const by = found.by === undefined || found.by === rollout.id ? '' : ` by ${found.by}`;
	const why = found.state === 'unknown' && state.ui.size.columns >= roomy ? unknownWhy(found) : '';
	return [dim('  revision '), ...revisionWords(found, fleet), dim(by), dim(why)];
}

/** Below this many columns name and position of a target need the room. */
const narrow = 72;
/** From here on there is room for a reason. */
const roomy = 110;

function revisionWords(found: HostRevision, { fresh, before }: FleetRevisions): readonly Segment[] {
	switch (found.state) {
		case 'new':
		case 'old':
			return found.revision
				? [segment(nameRevision(found.revision)), dim(` (${found.state})`)]
				: [segment(found.state)];
		case 'split': {
			const percent = round(found.newPercent ?? 0);
			const [one, other] = [fresh, before].map(each => (each ? ` ${nameRevision(each)}` : ''));
			return [segment(`${percent} %${one} (new), ${100 - percent} %${other} (old)`, 'attention')];
		}
		case 'unknown':
			return [segment('unknown', 'attention')];
	}
}

const unknownWhy = ({ by }: HostRevision): string =>
	by === undefined
		? ' · what was on it before is not known'
		: ' · Install did not end: files of both may be there';

/** A word to find it by. */
export const revisionText = (found: HostRevision | undefined): string =>
	found === undefined ? '' : `${found.state} ${found.revision ? nameRevision(found.revision) : ''}`;

const round = (percent: number): number => Math.round(percent);
