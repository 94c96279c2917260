import type { DeploymentSnapshot } from './deployment.ts';
import type { DeploymentConfig } from './deployment-config.ts';
import type { Evidence } from './evidence.ts';
import type { GroupHistory } from './history.ts';
import type { TargetId } from './ids.ts';
import type { TargetSnapshot } from './target.ts';

/** What an estimate is made from. */
export type EtaCase = {
	readonly deployment: DeploymentSnapshot;
	readonly targets: ReadonlyMap<TargetId, TargetSnapshot>;
	/** When each target was last read, epoch milliseconds. */
	readonly readAts?: ReadonlyMap<TargetId, number>;
	readonly config: DeploymentConfig | undefined;
	readonly history: GroupHistory | undefined;
	/** From these targets and this history. */
	readonly evidence: Evidence;
};

/** An end, epoch milliseconds, and of what. */
export type Estimate = { readonly endsAt: number; readonly until: 'end' | 'ready' };
