import type { AccessDecision } from '../../domain/access.ts';
import type { DiagnosisCase } from '../case.ts';
import { answerOf, nothing } from '../knowledge.ts';

/** Whether the bundle is encrypted with a key of KMS; undefined when that is not known. */
function isKmsEncrypted({ knowledge }: DiagnosisCase): boolean | undefined {
	const head = answerOf(knowledge?.bundle);
	if (head === undefined || head === nothing || head.type !== 'found') return undefined;
	const { algorithm, kmsKeyArn } = head.encryption ?? {};
	return kmsKeyArn !== undefined || algorithm?.startsWith('aws:kms') === true;
}

/**
 * What of a role's permissions matters to the download: a key only where the bundle is known to be encrypted with one, and the right
 * to read versions only where the revision names one.
 */
export function matteringDecisions(
	of: DiagnosisCase,
	decisions: readonly AccessDecision[],
): readonly AccessDecision[] {
	const { revision } = of.deployment;
	const hasVersion = revision?.type === 's3' && revision.version !== undefined;
	return decisions.filter(({ action }) => {
		if (action === 's3:GetObject') return true;
		if (action === 's3:GetObjectVersion') return hasVersion;
		return action.startsWith('kms:') && isKmsEncrypted(of) === true;
	});
}
