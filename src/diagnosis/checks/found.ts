import type { TargetId } from '../../domain/ids.ts';
import { clip } from '../../lib/cut-text.ts';
import type { DiagnosisCase, HostLogs } from '../case.ts';
import type { CheckResult } from '../check.ts';
import type { Evidence, Finding, Remedy } from '../finding.ts';
import { type Spot, spotOf } from '../host.ts';
import type { Asked, HostKnowledge, Unanswered } from '../knowledge.ts';
import { shorten } from '../words.ts';

/** What the judges of single checks have in common. */

/** What a judge says; the checklist adds which check it is, and of which host. */
export type Found = Omit<CheckResult, 'id' | 'title' | 'target'>;

export type DeploymentJudge = (of: DiagnosisCase, findings: readonly Finding[]) => Found;

/** A host as its judges see it. */
export type ExaminedHost = {
	readonly of: DiagnosisCase;
	readonly target: TargetId;
	readonly known: HostKnowledge;
	readonly logs: HostLogs;
	readonly spot: Spot;
	/** EC2 has it, or had it; otherwise it is a machine on the premises, which goes by a name or by `mi-…`. */
	readonly isEc2: boolean;
	/** Systems Manager could know it by this id. */
	readonly isManageable: boolean;
	readonly findings: readonly Finding[];
};

export type HostJudge = (host: ExaminedHost) => Found;

export function examine(of: DiagnosisCase, target: TargetId, findings: readonly Finding[]): ExaminedHost {
	return {
		of,
		target,
		known: of.knowledge?.hosts.get(target) ?? {},
		logs: of.hostLogs?.get(target) ?? {},
		spot: spotOf(of, target),
		isEc2: /^i-[0-9a-f]+$/.test(target),
		isManageable: /^m?i-[0-9a-f]+$/.test(target),
		findings,
	};
}

export const pending: Found = { verdict: 'pending', summary: '', evidence: [] };

export const ok = (summary: string, evidence: readonly Evidence[] = []): Found => ({
	verdict: 'ok',
	summary: shorten(summary, longest),
	evidence: evidence.map(tidy),
});

export const notApplicable = (summary: string): Found => ({
	verdict: 'not-applicable',
	summary: shorten(summary, longest),
	evidence: [],
});

export const problem = (summary: string, evidence: readonly Evidence[], remedy: Remedy): Found => ({
	verdict: 'problem',
	summary: shorten(summary, longest),
	evidence: evidence.map(tidy),
	remedy,
});

/** One that did not stop this deployment, and may stop the next one. */
export const warning = (summary: string, evidence: readonly Evidence[], remedy: Remedy): Found => ({
	...problem(summary, evidence, remedy),
	severity: 'warning',
});

export const unknown = (summary: string, evidence: readonly Evidence[] = []): Found => ({
	verdict: 'unknown',
	summary: shorten(summary, longest),
	evidence: evidence.map(tidy),
});

/** What was asked in vain: by the permission that is missing if there is one, else by the reason. */
export function unanswered({ unanswered: reason, needs }: Unanswered, beside?: string): Found {
	const asFor = beside === undefined ? '' : `${beside}; `;
	if (needs === undefined) return unknown(`${asFor}${reason.trim() || 'no answer'}`);
	const evidence: readonly Evidence[] =
		reason.trim() === '' ? [] : [{ source: 'api', text: reason, where: needs }];
	return { ...unknown(`${asFor}needs ${needs}`, evidence), needs };
}

/** Judges an answer; while there is none the check is pending, and without one unknown. */
export function judgeAnswer<T, F extends Found = Found>(
	asked: Asked<T> | undefined,
	judge: (answer: T) => F,
): F | Found {
	if (asked === undefined) return pending;
	return 'answer' in asked ? judge(asked.answer) : unanswered(asked);
}

/** A line on the screen, and not much more. */
const longest = 200;

const tidy = (evidence: Evidence): Evidence => ({ ...evidence, text: clip(evidence.text, 400) });
