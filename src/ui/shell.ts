import { type AuditParts, recorderOf } from '../actions/audit.ts';
import { planShell, type ShellPlan } from '../actions/shell.ts';
import { judgeShell, type ShellVerdict } from '../actions/shell-end.ts';
import { asTargetId, type TargetId } from '../domain/ids.ts';
import { formatDuration } from '../lib/duration.ts';
import { type Rollout, watchedRollout } from '../monitor/state.ts';
import type { ShellProgram } from './run-shell.ts';
import { stopReading } from './stop-reading.ts';

/** Hands the terminal over to a shell on a host, and takes it back. */
export type Shell = {
	/** Whether another program has the terminal, or what was typed into it may still arrive. */
	readonly isOpen: boolean;
	/** Resolves when the terminal is back, or at once when there is nothing to open. */
	open(targetId: TargetId): Promise<void>;
	/** Ends the program that has the terminal; resolves when the terminal is back. */
	end(): Promise<void>;
};

export type ShellParts = AuditParts & {
	readonly run: ShellProgram;
	/** Gives the terminal away for as long as `work` takes, and draws the screen again after it. */
	readonly suspend: (work: () => Promise<void>) => Promise<void>;
	/** Leaves ctrl-c and its like to the program that has the terminal; returns the way back. */
	readonly yieldInterrupts: () => () => void;
	readonly stdout: { write(text: string): unknown };
	readonly stdin: { pause(): unknown };
};

type Possible = Extract<ShellPlan, { possible: true }>;

/** What was typed ahead into a shell that has ended is no key for the screen. */
const typedAheadMs = 100;

export function createShell(parts: ShellParts): Shell {
	const { store, clock } = parts;
	let ending = new AbortController();
	let opening: Promise<void> | undefined;

	const tell = ({ tone, text }: Pick<ShellVerdict, 'tone' | 'text'>) =>
		store.dispatch({ type: 'notice.shown', tone, text, at: clock.now() });

	async function handOver(plan: Possible, rollout: Rollout): Promise<ShellVerdict> {
		const deed = { action: 'Open a shell', command: plan.commandLine, target: plan.instanceId };
		const record = recorderOf(parts, rollout.id, deed);
		const startedAt = clock.now();
		let verdict: ShellVerdict | undefined;
		record('sending', '');
		await parts.suspend(async () => {
			await stopReading(parts.stdin);
			const takeBack = parts.yieldInterrupts();
			parts.stdout.write(farewell(plan, rollout));
			const end = await parts.run(plan.words, ending.signal).finally(() => {
				takeBack();
				parts.stdout.write(terminalReset);
			});
			verdict = judgeShell(end, plan.instanceId, formatDuration(clock.now() - startedAt));
			record(verdict.outcome, verdict.text);
		});
		return verdict ?? { outcome: 'failed', tone: 'bad', text: 'no shell: the terminal was not handed over' };
	}

	async function openPlanned(plan: Possible, rollout: Rollout): Promise<void> {
		try {
			tell(await handOver(plan, rollout));
		} catch (error) {
			tell({ tone: 'bad', text: `no shell: ${error instanceof Error ? error.message : String(error)}` });
		}
		await clock.sleep(typedAheadMs, ending.signal);
	}

	return {
		get isOpen() {
			return opening !== undefined;
		},
		async open(targetId) {
			if (opening) return;
			const state = store.getState();
			const rollout = watchedRollout(state);
			const plan = planShell(state, rollout, targetId);
			if (!plan.possible) return tell({ tone: 'attention', text: `no shell: ${plan.refusal}` });
			ending = new AbortController();
			opening = openPlanned(plan, rollout);
			await opening;
			opening = undefined;
		},
		async end() {
			ending.abort();
			await opening;
		},
	};
}

/** On the normal screen: what is run, and the way back. */
function farewell({ instanceId, commandLine }: Possible, { hosts, deployment }: Rollout): string {
	const facts = hosts.data?.get(asTargetId(instanceId));
	const name = facts?.kind === 'ec2' && facts.instance.name !== undefined ? ` (${facts.instance.name})` : '';
	const { application, group } = deployment.data ?? {};
	const whose = application === undefined ? '' : `, ${application} / ${group ?? '?'}`;
	return [
		'',
		`rollcall: a shell on ${instanceId}${name}${whose}`,
		`  ${commandLine}`,
		'Come back with exit or ctrl-d. The deployment is watched meanwhile.',
		'',
		'',
	].join('\r\n');
}

/**
 * What a remote program may have left switched on when its connection went: the other screen (left without moving the
 * cursor back to where it was before), mouse reports, paste brackets, a scroll region, other keys, another character
 * set, colours, no cursor.
 */
const terminalReset = [
	'\x1b[?1047l',
	'\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1004l\x1b[?1006l\x1b[?2004l',
	'\x1b7\x1b[r\x1b8',
	'\x1b[?1l\x1b[?7h\x1b>',
	'\x1b(B\x0f\x1b[0m\x1b[?25h',
	// Ink draws from where the cursor is, and the summary will be printed there.
	'\r\n',
].join('');
