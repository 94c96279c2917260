import { isNothing } from '../../domain/plan-protection.ts';
import { describeProtection, type ProtectionChange } from '../../domain/protection-difference.ts';
import type { ProtectionPlan } from '../../domain/protection-plan.ts';

/** All that is said before a group is changed. */
export type ToldProtection = {
	readonly plan: ProtectionPlan;
	readonly changes: readonly ProtectionChange[];
	readonly notes: readonly string[];
	readonly warnings: readonly string[];
	readonly obstacles: readonly string[];
	/** To copy; undefined when there is nothing to send. */
	readonly command: string | undefined;
	/** Epoch milliseconds. */
	readonly now: number;
};

/** `automatic rollback: off → on: failure, alarm`. */
export const changeLine = ({ what, change }: ProtectionChange): string => `${what}: ${change}`;

/** The plan as plain lines, the most important first: what changes, what to know, what is in the way, the command. */
export function protectionLines(told: ToldProtection): readonly string[] {
	const { plan, changes, notes, warnings, obstacles, command } = told;
	const { application, name } = plan.group;
	const state = `${application} / ${name}: ${describeProtection(plan.before)}`;
	const remarks = [...warnings.map(warning => `  ▲ ${warning}`), ...notes.map(note => `  ${note}`)];
	return [
		...(isNothing(plan.blocks)
			? [`nothing to change: ${state}`]
			: [
					state,
					...section(
						'What changes',
						changes.map(change => `  ${changeLine(change)}`),
					),
				]),
		...section('Know before', remarks),
		...section(
			'In the way',
			obstacles.map(obstacle => `  ✗ ${obstacle}`),
		),
		...section('As a command', command === undefined ? [] : [`  ${command}`]),
	];
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
	lines.length === 0 ? [] : ['', title, ...lines];
