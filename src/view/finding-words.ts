import type { Evidence, Finding, Severity } from '../diagnosis/finding.ts';
import { counted } from '../diagnosis/words.ts';
import type { TargetId } from '../domain/ids.ts';
import type { Rollout } from '../monitor/state.ts';
import type { Mark } from './glyphs.ts';

/** How findings are put into words, on the screen and on paper. */

const marks: Readonly<Record<Severity, Mark>> = {
	error: { glyph: '✗', tone: 'failed' },
	warning: { glyph: '▲', tone: 'attention' },
	info: { glyph: '·', tone: 'dim' },
};

/** Glyph and tone of a severity. */
export const severityMark = (severity: Severity): Mark => marks[severity];

/** Whether no rule knows the failure: then a finding is a list of what was seen. */
export const isUnknown = ({ cause }: Pick<Finding, 'cause'>): boolean => cause === 'unknown-failure';

/** How sure it is, in a word; what is certain needs none. */
export function confidenceWord(finding: Finding): string {
	if (isUnknown(finding)) return 'not recognised';
	return finding.confidence === 'certain' ? '' : finding.confidence;
}

/** Cause and id on one line, for what reads lines: `Windows line endings in the script (crlf-line-endings, likely)`. */
export function causeText(finding: Finding): string {
	const words = [finding.cause, isUnknown(finding) ? '' : confidenceWord(finding)];
	return `${finding.title} (${words.filter(word => word !== '').join(', ')})`;
}

/** What happened; of an unknown failure first of all that it is one. */
export function whyWords(finding: Finding): string {
	if (!isUnknown(finding) || /^No rule\b/.test(finding.why)) return finding.why;
	return `No rule recognises this failure. ${finding.why}`;
}

/** What a rollout calls its targets: most have hosts. */
export function targetNoun({ targets, deployment }: Pick<Rollout, 'targets' | 'deployment'>): string {
	const [first] = targets.values();
	const isHost = first ? first.kind === 'instance' : deployment.data?.platform === 'Server';
	return isHost ? 'host' : 'target';
}

/** Who a finding is about, for the reader: names beside ids where they are known. */
export type Roster = {
	/** `host`, or `target` where targets are none. */
	readonly noun: string;
	nameOf(id: TargetId): string | undefined;
	/** Named before the others. */
	readonly first?: TargetId;
};

/** What AWS knows of the hosts gives the names. */
export function rosterOf(rollout: Rollout, first?: TargetId): Roster {
	return {
		noun: targetNoun(rollout),
		nameOf: id => hostName(rollout, id),
		...(first !== undefined && { first }),
	};
}

function hostName({ hosts }: Rollout, id: TargetId): string | undefined {
	const host = hosts.data?.get(id);
	switch (host?.kind) {
		case 'ec2':
			return host.instance.name || undefined;
		case 'on-premises':
			return host.instance.name === id ? undefined : host.instance.name;
		default:
			return undefined;
	}
}

/** Those that are named; the others are counted. */
const namedHosts = 3;

/** `5 hosts: i-… (web-02), i-… and 3 more`. */
export function hostsWords({ targets }: Pick<Finding, 'targets'>, roster: Roster): string {
	if (targets.length === 0) return 'the deployment as a whole';
	const { first } = roster;
	const ordered =
		first !== undefined && targets.includes(first)
			? [first, ...targets.filter(each => each !== first)]
			: targets;
	const named = ordered.slice(0, ordered.length > namedHosts ? namedHosts - 1 : namedHosts);
	const more = ordered.length - named.length;
	const names = named.map(id => nameWords(id, roster)).join(', ');
	return `${counted(targets.length, roster.noun)}: ${names}${more > 0 ? ` and ${more} more` : ''}`;
}

/** `i-… (web-02)`. */
export function nameWords(id: TargetId, { nameOf }: Roster): string {
	const name = nameOf(id);
	return name === undefined ? id : `${id} (${name})`;
}

/** Where a piece of evidence is from: `log tail of i-…`. */
export function sourceWords({ source, where }: Evidence): string {
	switch (source) {
		case 'api':
			return where === undefined ? 'API' : `API: ${where}`;
		case 'message':
			return where === undefined ? 'message' : `message of ${where}`;
		case 'log':
			return where === undefined ? 'log tail' : `log tail of ${where}`;
		case 'host':
			return where === undefined ? 'read on the host' : `read on ${where}`;
	}
}
