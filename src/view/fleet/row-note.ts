import { linkedDeployment } from '../../domain/rollback.ts';
import { blueGreenWait } from '../../domain/waits.ts';
import { formatAge } from '../../lib/duration.ts';
import { sanitizeLine } from '../../lib/sanitize.ts';
import type { FleetState } from '../../monitor/fleet/state.ts';
import type { UserKeys } from '../../monitor/user-keys.ts';
import { countdown, deadlineBrief, deadlinesOf } from '../deadlines.ts';
import { keyIn } from '../keys/hint.ts';
import { bold, cutSegments, dim, gap, type Segment, segment, segmentsWidth } from '../line.ts';
import { starterWords } from '../starter.ts';
import type { FleetRow } from './fleet-rows.ts';
import { causeOf, isActive, type RowState } from './row-facts.ts';

/** What a row has to say beside its numbers: what is wrong, what it waits for, who started it. */

/** Less of a phrase than this says nothing. */
const shortestCut = 12;
const air = 2;

/** What the looks of a row depend on besides the row. `now` is epoch milliseconds. */
export type RowLook = {
	readonly now: number;
	readonly userKeys: UserKeys;
	/** Nothing else tells in which context a row that is over was. */
	readonly namesContext: boolean;
};

/** How the rows of the list look now. */
export const rowLook = ({ now, userKeys, contexts, ui }: FleetState): RowLook => ({
	now,
	userKeys,
	namesContext: contexts.size > 1 && ui.list.grouping === 'context',
});

/** As many phrases as fit into `width` cells, the most important ones first; the last one may be cut. */
export function rowNote(row: FleetRow, width: number, look: RowLook): readonly Segment[] {
	const told: Segment[] = [];
	for (const spellings of phrasesOf(row, look)) {
		const between = told.length > 0 ? air : 0;
		const room = width - segmentsWidth(told) - between;
		const fitting = spellings.find(phrase => segmentsWidth(phrase) <= room);
		const phrase = fitting ?? spellings.at(-1) ?? [];
		if (phrase.length === 0) continue;
		if (!fitting && room < shortestCut) break;
		told.push(...(between > 0 ? [gap(between)] : []), ...cutSegments(phrase, room));
		if (!fitting) break;
	}
	return told;
}

type Phrase = readonly Segment[];
/** The same, the longest first; none, or nothing at the end: it may be left out. */
type Spellings = readonly Phrase[];

function* phrasesOf(row: FleetRow, { now, userKeys, namesContext }: RowLook): Generator<Spellings> {
	if (isActive(row.facts.state)) {
		yield stopPhrase(row, now);
		yield failurePhrase(row);
		yield alarmPhrase(row);
		yield waitPhrase(row, now, keyIn('fleet', 'continue', userKeys));
		yield budgetPhrase(row);
		yield causePhrase(row);
		yield storyPhrase(row);
		yield shiftPhrase(row, now);
		yield calmPhrase(row);
		yield starterPhrase(row);
		return;
	}
	if (namesContext) yield [[dim(row.key.context)]];
	yield storyPhrase(row);
	yield failurePhrase(row);
	yield causePhrase(row);
	yield endPhrase(row);
	yield starterPhrase(row);
}

function stopPhrase({ rollout, facts }: FleetRow, now: number): Spellings {
	if (!facts.isStopping) return [];
	return [[segment(`stop accepted ${formatAge(now - (rollout.stopAskedAt ?? now))} ago`, 'attention')]];
}

/** `✗ 4× AfterInstall`; before a failed target was read, how many there are. */
function failurePhrase({ deployment, facts }: FleetRow): Spellings {
	const tone = isActive(facts.state) ? 'failed' : 'dim';
	const [worst, ...others] = facts.clusters.filter(({ interrupted }) => !interrupted);
	const failed = deployment.overview?.failed ?? 0;
	if (!worst) return failed > 0 ? [[segment(`✗ ${failed} failed`, tone)]] : [];
	const words = `✗ ${worst.targets.length}× ${worst.event || worst.word}`;
	const more = others.reduce((sum, { targets }) => sum + targets.length, 0);
	const long = more > 0 ? [[segment(`${words}, ${more} more`, tone)]] : [];
	return [...long, [segment(words, tone)]];
}

/** `▲ checkout-5xx`: the alarms that fire. */
function alarmPhrase({ facts }: FleetRow): Spellings {
	const [first, ...others] = facts.alarms.firing;
	if (first === undefined) return [];
	return [[segment(`▲ ${first}${others.length > 0 ? ` +${others.length}` : ''}`, 'attention')]];
}

/** The cause in plain words, where a rule knows it. */
function causePhrase({ rollout, context, facts }: FleetRow): Spellings {
	if (facts.state !== 'failing' && facts.state !== 'failed' && facts.state !== 'stopped') return [];
	const cause = causeOf(context.session, rollout);
	if (!cause) return [];
	return [[isActive(facts.state) ? segment(cause.title) : dim(cause.title)]];
}

/** What it waits for, the key that ends the wait, and what happens by itself. */
function waitPhrase({ rollout, deployment }: FleetRow, now: number, key: string): Spellings {
	const wait = blueGreenWait(deployment, rollout.targets.values());
	if (!wait) return [];
	const pressed = (does: string) => [bold(key, 'attention'), segment(does, 'attention')];
	const short = pressed(wait === 'reroute' ? ' continues' : ' ends the wait');
	const shortest = wait === 'reroute' ? short : pressed(' ends wait');
	const end = deadlinesOf(rollout).find(({ kind }) => kind === 'ready' || kind === 'termination');
	if (!end) return [short, shortest];
	const happens = end.kind === 'ready' ? 'stops' : 'terminates the original';
	const left = end.at - now;
	const when = left > 0 ? `in ≈ ${formatAge(left)}` : 'any moment';
	return [[...short, segment(` · ${happens} ${when}`, 'attention')], short, shortest];
}

/** How many more failures end it, once there is one. */
function budgetPhrase({ facts, deployment }: FleetRow): Spellings {
	const { budget } = facts;
	if (budget.type === 'exhausted') return [[segment('no failures left', 'failed')]];
	if (budget.type !== 'left' || (deployment.overview?.failed ?? 0) === 0) return [];
	const left = segment(`≈ ${budget.failures} more`, budget.failures <= 2 ? 'attention' : 'plain');
	// Without its end it would say nothing.
	return [[dim('fails after '), left], []];
}

function storyPhrase({ deployment, facts, takenBack }: FleetRow): Spellings {
	const link = linkedDeployment(deployment);
	if (!link) return [];
	const tone = isActive(facts.state) ? 'attention' : 'dim';
	if (takenBack !== undefined) return [[segment(`↩ ${takenBackWords(takenBack)}`, tone)]];
	const short = link.role === 'original' ? '↩ rolls back' : '↩ rolled back';
	const long = link.role === 'original' ? `${short} ${link.id}` : `${short} by ${link.id}`;
	return [[segment(long, tone)], [segment(short, tone)]];
}

function takenBackWords(rollback: RowState): string {
	if (isActive(rollback)) return 'is being rolled back';
	return rollback === 'succeeded' ? 'rolled back' : `rollback ${rollback}`;
}

/** A share of the traffic that was read longer ago than this is not that of now. */
const unseenMs = 30_000;

/** `next shift to 40 % in ≈ 31s`; of one that should have come since, when it was looked at last. */
function shiftPhrase({ rollout }: FleetRow, now: number): Spellings {
	const shift = deadlinesOf(rollout).find(({ kind }) => kind === 'shift');
	if (!shift) return [];
	const { at, seenAt = now } = shift;
	// Due, and nobody has looked since: it has probably happened, and more steps with it.
	if (at <= now && now - seenAt > unseenMs) return [[dim(`seen ${formatAge(now - seenAt)} ago`)]];
	return [[dim(deadlineBrief(shift, now))], [dim(`${shift.percent ?? 100} % ${countdown(shift, now)}`)]];
}

function calmPhrase({ facts: { alarms } }: FleetRow): Spellings {
	if (alarms.total === 0 || alarms.calm < alarms.total) return [];
	return [[dim(alarms.total === 1 ? '✓ alarm OK' : `✓ ${alarms.total} alarms OK`)]];
}

/** Why it ended, in AWS's words, where nothing else says so. */
function endPhrase({ deployment, facts, rollout, context }: FleetRow): Spellings {
	const { error } = deployment;
	if (!error || facts.state === 'succeeded' || causeOf(context.session, rollout)) return [];
	return [[dim(error.message === '' ? error.code : error.message)]];
}

/** Who or what started it; a person has said what for. */
function starterPhrase({ deployment: { creator = '', description = '' } }: FleetRow): Spellings {
	const said = creator === '' || creator === 'user' ? sanitizeLine(description) : starterWords(creator);
	return said === '' ? [] : [[dim(said)]];
}
