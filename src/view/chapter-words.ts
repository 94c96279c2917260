import { type DeploymentSnapshot, hasEnded } from '../domain/deployment.ts';
import { nameRevision } from '../domain/revision.ts';
import type { Chapter, ChapterRole } from '../domain/story.ts';
import { tallyTotal } from '../domain/tally.ts';
import { markOf } from './glyphs.ts';
import { bold, dim, type Part, type Segment, segment } from './line.ts';

/**
 * The chapters of a story but `watchedId`, whose screen it is, one phrase for each thing that happened:
 * `d-A ✗ Failed`, `rolled back by d-B ✓`, `2 hosts launched meanwhile got build-4699`, `updated by d-C ▸ 1/2`.
 */
export function chapterParts(chapters: readonly Chapter[], watchedId: string): readonly Part[] {
	const others = (role: ChapterRole) => chapters.filter(each => each.role === role && each.id !== watchedId);
	const ofScaling = (role: ChapterRole) => chapters.filter(each => each.role === role);
	const [launched, terminated] = [ofScaling('launch'), ofScaling('termination')];
	return [
		...others('original').map(each => part(6, 'part of ', each)),
		...others('rollback').map(each => part(9, 'rolled back by ', each)),
		...(launched.length > 0 ? [{ keep: 7, segments: launchWords(launched) }] : []),
		...others('follow-on').map(each => part(8, 'updated by ', each)),
		...(terminated.length > 0 ? [{ keep: 3, segments: terminationWords(terminated) }] : []),
	];
}

const part = (keep: number, words: string, chapter: Chapter): Part => ({
	keep,
	segments: [segment(words), bold(chapter.id), ...standing(chapter.deployment)],
});

/** How it stands: the sign alone says enough of a success, and a count of what still runs. */
function standing(deployment: DeploymentSnapshot | undefined): readonly Segment[] {
	if (!deployment) return [dim(' asking')];
	const { status, overview } = deployment;
	const mark = markOf(status);
	if (status === 'Succeeded') return [segment(` ${mark.glyph}`, mark.tone)];
	if (hasEnded(deployment)) return [segment(` ${mark.glyph} ${status}`, mark.tone)];
	const counts = overview ? ` ${overview.succeeded}/${tallyTotal(overview)}` : '';
	return [segment(` ${mark.glyph}`, mark.tone), segment(counts)];
}

/** AWS does not link these with anything: all that is said is that they came meanwhile. */
function launchWords(launched: readonly Chapter[]): readonly Segment[] {
	const read = launched.flatMap(({ deployment }) => deployment ?? []);
	const hosts = countHosts(read, launched.length);
	const failed = read.filter(({ status }) => status === 'Failed' || status === 'Stopped').length;
	const [first] = read;
	const name = first?.revision ? nameRevision(first.revision) : 'their revision';
	if (failed === launched.length)
		return [segment(`${hosts} launched meanwhile did not get ${name}`), segment(' ✗', 'failed')];
	const gets = hosts === '1 host' ? 'gets' : 'get';
	return [
		segment(`${hosts} launched meanwhile ${read.every(hasEnded) ? 'got' : gets} ${name}`),
		...(failed > 0 ? [segment(` ✗ ${failed} failed`, 'failed')] : []),
	];
}

function terminationWords(terminated: readonly Chapter[]): readonly Segment[] {
	const read = terminated.flatMap(({ deployment }) => deployment ?? []);
	return [dim(`${countHosts(read, terminated.length)} terminated meanwhile`)];
}

function countHosts(deployments: readonly DeploymentSnapshot[], fewest: number): string {
	const known = deployments.reduce((sum, { overview }) => sum + (overview ? tallyTotal(overview) : 1), 0);
	const hosts = Math.max(known, fewest);
	return hosts === 1 ? '1 host' : `${hosts} hosts`;
}
