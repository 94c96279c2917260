import { readComplaint } from '../agent-log.ts';
import type { Failure } from '../case.ts';
import type { Cause } from '../causes.ts';
import type { Evidence } from '../finding.ts';
import {
	agentDenials,
	agentDisk,
	describeClock,
	describeDisk,
	disks,
	isAgentTooOld,
	isClockRefused,
	type ProfileGap,
	profileGap,
} from '../host-facts.ts';
import { answerOf, type HostKnowledge, nothing } from '../knowledge.ts';
import { apiEvidence, hostEvidence, type Verdict } from '../rule.ts';
import { serviceVerdict } from './agent-service.ts';
import { explainTrouble } from './agent-trouble.ts';

/** Something that keeps an agent from answering, and what shows it. */
type Trouble = { readonly cause: Cause; readonly evidence: Evidence };

/**
 * Why an agent did not answer, as far as its host was looked at: what is the matter with it first, then whether it runs
 * at all, since starting it does not help while the matter lasts. Undefined when nothing of that kind is known.
 */
export function agentExplained(failure: Failure): Verdict | undefined {
	const service = answerOf(failure.known.service);
	const ofService = service && serviceVerdict(failure, service);
	const troubles = troublesOf(failure);
	const [first] = troubles;
	const isAbsent = service?.state === 'not-installed';
	const own = first && troubles.filter(({ cause }) => cause === first.cause).map(({ evidence }) => evidence);
	const ofTrouble = first && own && explainTrouble(failure, first.cause, own);
	if (!ofTrouble || (isAbsent && ofService)) return ofService && besides(ofService, troubles);
	const stopped = service && service.state !== 'running' ? (ofService?.evidence ?? []) : [];
	const others = troubles.filter(({ cause }) => cause !== ofTrouble.cause);
	return besides(
		{ ...worded(ofTrouble, failure), evidence: [...(ofTrouble.evidence ?? []), ...stopped] },
		others,
	);
}

/** What else was found, which would keep the agent from answering as well. */
function besides(verdict: Verdict, others: readonly Trouble[]): Verdict {
	if (others.length === 0) return verdict;
	const [first, ...rest] = verdict.steps;
	const found = others.map(({ evidence }) => evidence.text).join('; ');
	return {
		...verdict,
		evidence: [...(verdict.evidence ?? []), ...others.map(({ evidence }) => evidence)],
		steps: [first, ...rest, `Put right what else was found, or it will fail again: ${found}.`],
	};
}

/** In order: the agent's own words, then what was measured. */
function troublesOf(failure: Failure): readonly Trouble[] {
	const { trouble, known, targets } = failure;
	const said = (text: string) => hostEvidence(targets[0], text);
	const words = readComplaint(answerOf(known.service)?.lastWords ?? '');
	return [
		...(trouble ? [{ cause: trouble.cause, evidence: said(trouble.line) }] : []),
		...(words ? [{ cause: words.cause, evidence: said(words.line) }] : []),
		...measured(failure),
	];
}

function measured({ known, targets: [target], hadAnswered, trouble }: Failure): readonly Trouble[] {
	const found: Trouble[] = [];
	const disk = agentDisk(answerOf(known.disk), disks.packed);
	if (disk) found.push({ cause: 'no-space-left', evidence: hostEvidence(target, describeDisk(disk)) });
	const clock = known.clock && answerOf(known.clock);
	const isOff = clock !== undefined && clock !== nothing && isClockRefused(clock);
	// Without credentials or with a wrong clock it would not have answered before either.
	if (isOff && (!hadAnswered || trouble?.cause === 'clock-skew'))
		found.push({
			cause: 'clock-skew',
			evidence: hostEvidence(target, `the clock is ${describeClock(clock)}`),
		});
	if (hadAnswered) return found;
	const gap = /^i-/.test(target) ? profileGap(known) : undefined;
	if (gap) found.push({ cause: 'missing-credentials', evidence: gapEvidence(target, gap) });
	const [denial] = agentDenials(answerOf(known.access) ?? []);
	if (denial)
		found.push({
			cause: 'agent-access-denied',
			evidence: apiEvidence(`access ${target}`, `${denial.action}: ${denial.reason}`),
		});
	return [...found, ...oldAgent(target, known)];
}

function oldAgent(target: Failure['targets'][0], known: HostKnowledge): readonly Trouble[] {
	const version = answerOf(known.version);
	if (version === undefined || version === nothing || !isAgentTooOld(version)) return [];
	return [{ cause: 'agent-outdated', evidence: hostEvidence(target, `agent ${version.version}`) }];
}

const gaps: Readonly<Record<ProfileGap, string>> = {
	none: 'the instance has no instance profile',
	'does-not-exist': 'the instance profile of the instance does not exist',
	'no-role': 'the instance profile has no role',
};

const gapEvidence = (target: string, gap: ProfileGap): Evidence =>
	apiEvidence(`IamInstanceProfile ${target}`, gaps[gap]);

/** What is missing differs from host to host, and what is denied has a name. */
function worded(verdict: Verdict, { known }: Failure): Verdict {
	if (verdict.cause === 'missing-credentials') {
		const gap = profileGap(known);
		if (gap === 'no-role') return { ...verdict, title: 'The instance profile has no role' };
		if (gap === 'does-not-exist') return { ...verdict, title: 'The instance profile does not exist' };
	}
	const [denial] = agentDenials(answerOf(known.access) ?? []);
	if (verdict.cause !== 'agent-access-denied' || !denial) return verdict;
	return {
		...verdict,
		title: "The role of the host may not use the agent's service",
		why: `The role of the host is denied ${denial.action}: ${denial.reason}. Without it the agent gets no work.`,
		steps: [
			`Allow ${denial.action} to the role of the host, and take away what denies it.`,
			'Restart the agent.',
		],
	};
}
