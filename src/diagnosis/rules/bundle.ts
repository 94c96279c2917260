import type { Failure } from '../case.ts';
import { aws, redeploy } from '../commands.ts';
import { docs } from '../docs.ts';
import { showAgentLog, showDisk } from '../host.ts';
import { agentDisk, describeDisk, disks } from '../host-facts.ts';
import { answerOf, nothing } from '../knowledge.ts';
import { apiEvidence, type FailureRule, hostEvidence, onMessage, type Verdict } from '../rule.ts';

/** The archive itself: changed, or not to be unpacked. */

export const bundleChanged: FailureRule = onMessage(
	/^Expected deployment artifact bundle etag (?<expected>\S+) but was actually "?(?<actual>[^"\s]+)/,
	(failure, match) => ({
		cause: 'bundle-etag-mismatch',
		title: 'The bundle was replaced after it was registered',
		why: 'The object in S3 is not the one that this revision was registered with: its ETag has changed, and the agent refuses it.',
		confidence: 'certain',
		steps: [
			'Register what is in the bucket now as a new revision and deploy that, or upload the original again.',
			'Write each build to a key of its own, or turn on versioning and deploy with the version.',
		],
		commands: [...headObject(failure)],
		evidence: [apiEvidence('revision.s3Location.eTag', `${match.groups?.expected ?? '?'} was registered`)],
		docs: docs.pushRevision,
	}),
);

const tarFailed = /^Error extracting (?<kind>tar|zip) archive: (?<code>\d+)/;

/** `unzip` says 50 for a full disk; `tar` says 2 for a full disk and for a broken archive alike. */
export const bundleUnpacking: FailureRule = failure => {
	const match = tarFailed.exec(failure.message);
	if (!match) return undefined;
	const mismatch = typeMismatch(failure);
	if (mismatch !== undefined)
		return { ...corrupt(failure), evidence: [apiEvidence('revision.s3Location', mismatch)] };
	if (isEmpty(failure))
		return { ...corrupt(failure), evidence: [apiEvidence('HeadObject', 'the object has 0 bytes')] };
	const byDisk = judgeByDisk(failure);
	if (byDisk) return byDisk;
	if (match.groups?.kind === 'zip') return corrupt(failure);
	if (failure.trouble?.cause === 'no-space-left') return { ...noRoom(failure), confidence: 'likely' };
	// Others unpacked the same archive: it is sound, and these hosts had no room for it.
	if (failure.peersPast > 0) return { ...noRoom(failure), confidence: 'likely' };
	return failure.targets.length > 1 ? corrupt(failure) : undefined;
};

/**
 * How full the disk is tells the two apart: what was unpacked stays until the next deployment. In between, and where
 * others unpacked the same archive, it tells nothing.
 */
function judgeByDisk(failure: Failure): Verdict | undefined {
	const usage = answerOf(failure.known.disk);
	if (usage === undefined || usage.length === 0) return undefined;
	const [target] = failure.targets;
	const full = agentDisk(usage, disks.full);
	if (full)
		return {
			...noRoom(failure),
			title: 'The disk is full, so the bundle was not unpacked',
			why: `The bundle was downloaded, and there was no room to unpack it: ${describeDisk(full)}. The agent does not say so itself.`,
			confidence: 'likely',
			evidence: [hostEvidence(target, describeDisk(full))],
			isOfHost: true,
		};
	if (agentDisk(usage, disks.mention) || failure.peersPast > 0) return undefined;
	const most = agentDisk(usage, 0);
	if (most === undefined) return undefined;
	return { ...corrupt(failure), evidence: [hostEvidence(target, describeDisk(most))], isOfHost: true };
}

function isEmpty({ case: of }: Failure): boolean {
	const head = answerOf(of.knowledge?.bundle);
	return head !== undefined && head !== nothing && head.type === 'found' && head.size === 0;
}

/** Beside the rule above: what remains possible. */
export const bundlePerhapsCorrupt: FailureRule = failure =>
	tarFailed.test(failure.message) && failure.peersPast === 0 && judgeByDisk(failure) === undefined
		? { ...corrupt(failure), confidence: 'possible' }
		: undefined;

export const diskPerhapsFull: FailureRule = failure =>
	tarFailed.test(failure.message) &&
	typeMismatch(failure) === undefined &&
	!isEmpty(failure) &&
	judgeByDisk(failure) === undefined
		? noRoom(failure)
		: undefined;

/** Agent 1 tries a second way to unpack a zip; its complaint comes through. */
export const bundleNoZip: FailureRule = onMessage(
	/^Zip end of central directory signature not found/,
	failure => ({
		...corrupt(failure),
		confidence: 'certain',
	}),
);

function corrupt(failure: Failure): Verdict {
	const { revision } = failure.case.deployment;
	const type = revision?.type === 's3' ? (revision.bundleType ?? 'tar') : 'tar';
	return {
		cause: 'bundle-corrupt',
		title: `The bundle is not a readable ${type} archive`,
		why: `The bundle was downloaded, but cannot be unpacked as ${type}. It is damaged, empty, or an archive of another type than it was registered as.`,
		confidence: 'likely',
		steps: [
			'Unpack the object by hand, with the tool for the registered type.',
			'See that the bundle type of the revision fits the file, and that the upload was complete.',
			'Upload it again, register it and deploy it.',
		],
		commands: [...headObject(failure), ...redeploy(failure.case)],
		docs: docs.pushRevision,
	};
}

const noRoom = (failure: Failure): Verdict => ({
	cause: 'no-space-left',
	title: 'No room to unpack the bundle',
	why: 'The bundle was downloaded, but the disk was probably full while it was unpacked. The agent does not say so itself.',
	confidence: 'possible',
	steps: [
		'See how full the disk with /opt/codedeploy-agent is on these hosts.',
		'Free space, or lower max_revisions in codedeployagent.yml, then deploy again.',
	],
	commands: [showDisk(failure), showAgentLog(failure)],
	docs: docs.agentConfiguration,
});

/** A key that ends like another type of archive than the one it was registered as. */
function typeMismatch({ case: { deployment } }: Failure): string | undefined {
	const { revision } = deployment;
	if (revision?.type !== 's3' || revision.bundleType === undefined) return undefined;
	const ending = /\.(zip|tar\.gz|tgz|tar)$/i.exec(revision.key)?.[1]?.toLowerCase().replace('tar.gz', 'tgz');
	if (ending === undefined || ending === revision.bundleType.toLowerCase()) return undefined;
	return `${revision.key} is registered as ${revision.bundleType}`;
}

/** Shows the object as S3 has it; empty for other revisions. */
export function headObject({ case: of }: Pick<Failure, 'case'>): readonly string[] {
	const { revision } = of.deployment;
	if (revision?.type !== 's3') return [];
	const { bucket, key, version } = revision;
	return [aws(of, 's3api head-object', { bucket, key, 'version-id': version })];
}
