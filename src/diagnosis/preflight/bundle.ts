import { describeRevision } from '../../domain/revision.ts';
import { judgeBundle } from '../checks/bundle.ts';
import { notApplicable, pending, unanswered } from '../checks/found.ts';
import { nothing } from '../knowledge.ts';
import type { PreflightJudge } from './found.ts';

/**
 * The bundle of what is to be deployed. While nobody has said what that is, the one of the last successful deployment: a
 * rollback, or a host that Auto Scaling adds, needs it (AWS user guide: redeploy and roll back; integrating with Auto
 * Scaling).
 */
export const judgePreflightBundle: PreflightJudge = ({ facts, next }) => {
	if (facts.revision) return judgeBundle(next, []);
	const { lastSuccessful: last } = facts;
	if (last === undefined) return pending;
	if ('unanswered' in last) return unanswered(last);
	if (last.answer === nothing)
		return notApplicable('nothing has been deployed yet that could be returned to');
	const { revision, id } = last.answer;
	if (revision === undefined) return notApplicable(`${id} names no revision`);
	const found = judgeBundle({ ...next, deployment: { ...next.deployment, revision } }, []);
	if (found.verdict === 'pending' || found.verdict === 'not-applicable') return found;
	const evidence = found.evidence.length > 0 ? [] : [describeRevision(revision)];
	return {
		...found,
		// The next deployment may well bring another one.
		...(found.verdict === 'problem' && { severity: 'warning' }),
		summary: `of ${id}: ${found.summary}`,
		evidence: [
			...found.evidence,
			...evidence.map(text => ({ source: 'api' as const, text, where: `revision of ${id}` })),
		],
	};
};
