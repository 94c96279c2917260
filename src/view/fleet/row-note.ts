import { linkedDeployment } from '../../domain/rollback.ts';
import { blueGreenWait } from '../../domain/waits.ts';
import { formatAge } from '../../lib/duration.ts';
import { deadlineBrief, deadlinesOf } from '../deadlines.ts';
import { bold, cutSegments, dim, gap, type Segment, segment, segmentsWidth } from '../line.ts';
import type { FleetRow } from './fleet-rows.ts';
import { causeOf, isActive } from './row-facts.ts';

/** What a row has to say beside its numbers: what is wrong, what it waits for, who started it. */

/** Less of a phrase than this says nothing. */
const shortestCut = 8;
const air = 2;

/** As many phrases as fit into `width` cells, the most important ones first; the last one may be cut. */
export function rowNote(row: FleetRow, width: number, now: number): readonly Segment[] {
	const told: Segment[] = [];
	for (const phrase of phrasesOf(row, now)) {
		const size = segmentsWidth(phrase);
		if (size === 0) continue;
		const room = width - segmentsWidth(told) - (told.length > 0 ? air : 0);
		if (size > room && room < shortestCut) break;
		told.push(...(told.length > 0 ? [gap(air)] : []), ...cutSegments(phrase, room));
		if (size > room) break;
	}
	return told;
}

type Phrase = readonly Segment[];

function* phrasesOf(row: FleetRow, now: number): Generator<Phrase> {
	if (isActive(row.facts.state)) {
		yield stopPhrase(row, now);
		yield failurePhrase(row);
		yield alarmPhrase(row);
		yield waitPhrase(row, now);
		yield budgetPhrase(row);
		yield causePhrase(row);
		yield storyPhrase(row);
		yield shiftPhrase(row, now);
		yield calmPhrase(row);
		yield starterPhrase(row);
		return;
	}
	yield storyPhrase(row);
	yield failurePhrase(row);
	yield causePhrase(row);
	yield endPhrase(row);
	yield starterPhrase(row);
}

function stopPhrase({ rollout, facts }: FleetRow, now: number): Phrase {
	if (!facts.isStopping) return [];
	return [segment(`stop accepted ${formatAge(now - (rollout.stopAskedAt ?? now))} ago`, 'attention')];
}

/** `✗ 4× AfterInstall`; before a failed target was read, how many there are. */
function failurePhrase({ deployment, facts }: FleetRow): Phrase {
	const tone = isActive(facts.state) ? 'failed' : 'dim';
	const [worst, ...others] = facts.clusters.filter(({ interrupted }) => !interrupted);
	const failed = deployment.overview?.failed ?? 0;
	if (!worst) return failed > 0 ? [segment(`✗ ${failed} failed`, tone)] : [];
	const more = others.length > 0 ? ` +${others.length}` : '';
	return [segment(`✗ ${worst.targets.length}× ${worst.event || worst.word}${more}`, tone)];
}

/** `▲ checkout-5xx`: the alarms that fire. */
function alarmPhrase({ facts }: FleetRow): Phrase {
	const [first, ...others] = facts.alarms.firing;
	if (first === undefined) return [];
	return [segment(`▲ ${first}${others.length > 0 ? ` +${others.length}` : ''}`, 'attention')];
}

/** The cause in plain words, where a rule knows it. */
function causePhrase({ rollout, context, facts }: FleetRow): Phrase {
	if (facts.state !== 'failing' && facts.state !== 'failed' && facts.state !== 'stopped') return [];
	const cause = causeOf(context.session, rollout);
	if (!cause) return [];
	return [isActive(facts.state) ? segment(cause.title) : dim(cause.title)];
}

/** What it waits for, the key that ends the wait, and what happens by itself. */
function waitPhrase({ rollout, deployment }: FleetRow, now: number): Phrase {
	const wait = blueGreenWait(deployment, rollout.targets.values());
	if (!wait) return [];
	const end = deadlinesOf(rollout).find(({ kind }) => kind === 'ready' || kind === 'termination');
	return [
		bold('c', 'attention'),
		segment(wait === 'reroute' ? ' continues' : ' ends the wait', 'attention'),
		...(end ? [segment(` · ${deadlineBrief(end, now)}`, 'attention')] : []),
	];
}

/** How many more failures end it, once there is one. */
function budgetPhrase({ facts, deployment }: FleetRow): Phrase {
	const { budget } = facts;
	if (budget.type === 'exhausted') return [segment('no failures left', 'failed')];
	if (budget.type !== 'left' || ((deployment.overview?.failed ?? 0) === 0 && budget.failures > 2)) return [];
	const isNear = budget.failures <= 2;
	return [dim('fails after '), segment(`≈ ${budget.failures} more`, isNear ? 'attention' : 'plain')];
}

function storyPhrase({ deployment, facts, isUnderRollback }: FleetRow): Phrase {
	const link = linkedDeployment(deployment);
	if (!link) return [];
	const tone = isActive(facts.state) ? 'attention' : 'dim';
	if (link.role === 'original') return [segment(`↩ rolls back ${link.id}`, tone)];
	return [segment(isUnderRollback ? '↩ rolled back' : `↩ rolled back by ${link.id}`, tone)];
}

function shiftPhrase({ rollout }: FleetRow, now: number): Phrase {
	const shift = deadlinesOf(rollout).find(({ kind }) => kind === 'shift');
	return shift ? [dim(deadlineBrief(shift, now))] : [];
}

function calmPhrase({ facts: { alarms } }: FleetRow): Phrase {
	if (alarms.total === 0 || alarms.calm < alarms.total) return [];
	return [dim(alarms.total === 1 ? '✓ alarm OK' : `✓ ${alarms.total} alarms OK`)];
}

/** Why it ended, in AWS's words, where nothing else says so. */
function endPhrase({ deployment, facts, rollout, context }: FleetRow): Phrase {
	const { error } = deployment;
	if (!error || facts.state === 'succeeded' || causeOf(context.session, rollout)) return [];
	return [dim(error.message === '' ? error.code : error.message)];
}

/** AWS's words for what started a deployment, as a person would say them (AWS: DeploymentCreator). */
const starters: Readonly<Record<string, string>> = {
	user: '',
	autoscaling: 'by Auto Scaling',
	autoscalingTermination: 'by Auto Scaling, terminating',
	codeDeployRollback: 'automatic rollback',
	CodeDeployAutoUpdate: 'automatic update',
	CloudFormation: 'by CloudFormation',
	CloudFormationRollback: 'by CloudFormation, rolling back',
};

function starterPhrase({ deployment: { creator, description } }: FleetRow): Phrase {
	const by = creator === undefined ? '' : (starters[creator] ?? `by ${creator}`);
	const said = by !== '' ? by : creator === 'user' ? (description ?? '') : '';
	return said === '' ? [] : [dim(said)];
}
