import type { DeployOptions } from '../../domain/deploy-order.ts';
import { type DeployPlan, isRead } from '../../domain/deploy-plan.ts';
import { isForHosts } from '../../domain/deployment-group.ts';
import type { Revision } from '../../domain/revision.ts';
import { type DiffLine, diffLines } from '../../lib/line-diff.ts';
import { sanitizeText } from '../../lib/sanitize.ts';

/** What is there against what would be deployed. */
export type PlanDifference = {
	/** What is the same on both sides, too. */
	readonly rows: readonly DifferenceRow[];
	/** Of AppSpecs that are deployed as text, where both could be read; JSON with one field a line. */
	readonly appSpec?: readonly DiffLine[];
};

export type DifferenceRow = {
	/** `S3 key`, `Git commit`, `configuration`. */
	readonly label: string;
	/** Undefined: not known, or there is none. */
	readonly current: string | undefined;
	readonly wanted: string | undefined;
	readonly isSame: boolean;
};

/** In the order in which they are told. */
const labels = {
	source: 'source',
	bucket: 'S3 bucket',
	key: 'S3 key',
	version: 'S3 version',
	eTag: 'ETag',
	repository: 'Git repository',
	commitId: 'Git commit',
	appSpec: 'AppSpec',
	config: 'configuration',
	fileExists: 'files that exist',
} as const;

type Fields = Partial<Record<keyof typeof labels, string>>;

export function planDifference(plan: DeployPlan, options: DeployOptions): PlanDifference {
	const { latest, revision, group, configName } = plan;
	const current: Fields = {
		...fieldsOf(latest?.revision),
		...(latest?.configName !== undefined && { config: latest.configName }),
		...(latest && isForHosts(group) && { fileExists: latest.fileExistsBehavior ?? 'DISALLOW' }),
	};
	const config = configName ?? group.configName;
	const wanted: Fields = {
		...fieldsOf(revision),
		...(config !== undefined && { config }),
		...(isForHosts(group) && { fileExists: options.fileExistsBehavior ?? 'DISALLOW' }),
	};
	const appSpec = appSpecDifference(plan);
	return { rows: rowsOf(current, wanted), ...(appSpec && { appSpec }) };
}

const sources: Readonly<Record<Revision['type'], string>> = {
	s3: 'S3',
	github: 'GitHub',
	appSpec: 'AppSpec content',
	other: 'another kind',
};

function fieldsOf(revision: Revision | undefined): Fields {
	if (revision === undefined) return {};
	const source = sources[revision.type];
	switch (revision.type) {
		case 's3': {
			const { bucket, key, version, eTag } = revision;
			return {
				source,
				bucket,
				key,
				...(version !== undefined && { version }),
				...(eTag !== undefined && { eTag }),
			};
		}
		case 'github':
			return { source, repository: revision.repository, commitId: revision.commitId };
		case 'appSpec':
			return { source, ...(revision.sha256 !== undefined && { appSpec: revision.sha256 }) };
		case 'other':
			return { source: revision.name };
	}
}

function rowsOf(current: Fields, wanted: Fields): readonly DifferenceRow[] {
	const rows: DifferenceRow[] = [];
	for (const [field, label] of Object.entries(labels) as [keyof Fields, string][]) {
		const [is, becomes] = [current[field], wanted[field]];
		if (is === undefined && becomes === undefined) continue;
		rows.push({ label, current: is, wanted: becomes, isSame: is === becomes });
	}
	// Where it comes from is worth a line only where that changes.
	return rows.filter(({ label, isSame }) => label !== labels.source || !isSame);
}

function appSpecDifference({ appSpecs }: DeployPlan): readonly DiffLine[] | undefined {
	if (!appSpecs?.current || !isRead(appSpecs.current) || !isRead(appSpecs.wanted)) return undefined;
	return diffLines(readable(appSpecs.current.value), readable(appSpecs.wanted.value));
}

/** JSON often comes as one line. What is escaped in it has not been sanitised yet. */
function readable(text: string): string {
	try {
		return sanitizeText(JSON.stringify(JSON.parse(text), undefined, 2));
	} catch {
		return text.replace(/\n+$/, '');
	}
}
