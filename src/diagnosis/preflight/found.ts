import type { DeploymentGroupSnapshot } from '../../domain/deployment-group.ts';
import type { ProtectionWish } from '../../domain/protection.ts';
import type { DiagnosisCase } from '../case.ts';
import { type Found, problem } from '../checks/found.ts';
import type { Evidence, Severity } from '../finding.ts';
import type { PreflightFacts } from './facts.ts';

/** What the judges of a preflight have in common. */

/** What a judge says; which check it is, is added to it. */
export type PreflightFound = Found & { readonly wish?: ProtectionWish };

/** A group that has been read, and all else that is known of it. */
export type Scene = {
	readonly facts: PreflightFacts;
	readonly group: DeploymentGroupSnapshot;
	/** The next deployment, as a case: for what is judged as it is of any other deployment, and for commands. */
	readonly next: DiagnosisCase;
};

export type PreflightJudge = (scene: Scene) => PreflightFound;

/** One thing that is wrong; a check may find several. */
export type Fault = {
	readonly severity: Severity;
	readonly summary: string;
	readonly evidence: readonly Evidence[];
	readonly steps: readonly string[];
	readonly commands?: readonly string[];
	readonly wish?: ProtectionWish;
};

const order: readonly Severity[] = ['error', 'warning', 'info'];

/** All that is wrong as one finding, the gravest first; `otherwise` where nothing is. */
export function tellFaults(faults: readonly Fault[], otherwise: () => PreflightFound): PreflightFound {
	const [first, ...more] = faults.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
	return first === undefined ? otherwise() : tellFault(first, ...more);
}

/** What is wrong, of one severity or in the order of their severities. */
export function tellFault(...faults: readonly [Fault, ...Fault[]]): PreflightFound {
	const found = problem(
		faults.map(({ summary }) => summary).join('; '),
		faults.flatMap(({ evidence }) => evidence),
		{
			steps: [...new Set(faults.flatMap(({ steps }) => steps))],
			commands: [...new Set(faults.flatMap(({ commands = [] }) => commands))],
		},
	);
	let wish: ProtectionWish | undefined;
	for (const each of faults) if (each.wish) wish = { ...wish, ...each.wish };
	return { ...found, severity: faults[0].severity, ...(wish && { wish }) };
}

/** The kind of group whose hosts an agent deploys to. */
export const isServer = ({ platform }: DeploymentGroupSnapshot): boolean =>
	platform === undefined || platform === 'Server';
