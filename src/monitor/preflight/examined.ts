import type { Asked } from '../../diagnosis/knowledge.ts';
import type { PreflightFacts } from '../../diagnosis/preflight/facts.ts';
import type { DeploymentGroupSnapshot } from '../../domain/deployment-group.ts';
import type { Revision } from '../../domain/revision.ts';
import type { Inquire } from '../investigation/inquiry.ts';

/** A group under examination, as the parts of it see it. */
export type Examined = {
	readonly application: string;
	readonly name: string;
	readonly region: string;
	/** What is to be deployed, if that is known. */
	readonly revision: Revision | undefined;
	/** Asked for once, by all who need it. */
	readonly group: Promise<Asked<DeploymentGroupSnapshot>>;
	readonly ask: Inquire;
	/** Tells what has been found out. */
	readonly learn: (found: Partial<PreflightFacts>) => void;
};
