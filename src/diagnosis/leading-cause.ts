import type { DeploymentSnapshot } from '../domain/deployment.ts';
import type { TargetSnapshot } from '../domain/target.ts';
import type { PastCause } from '../domain/track-record.ts';
import { diagnose } from './diagnose.ts';

/** Why a deployment went wrong, in one line, from what CodeDeploy itself tells of it; undefined when nothing did. */
export function leadingCause(
	deployment: DeploymentSnapshot,
	targets: readonly TargetSnapshot[],
): PastCause | undefined {
	const byId = new Map(targets.map(target => [target.id, target]));
	const [finding] = diagnose({ deployment, targets: byId, region: '' });
	return finding && { id: finding.cause, title: finding.title, confidence: finding.confidence };
}
