import type { CheckResult } from '../diagnosis/check.ts';
import { judgeChecklist } from '../diagnosis/checklist.ts';
import { type HostScript, hostScript } from '../domain/host-command.ts';
import type { TargetId } from '../domain/ids.ts';
import { memoOne } from '../lib/memo.ts';
import { hostSteps } from '../monitor/investigation/host-steps.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import { selectCase } from './diagnosis-case.ts';
import type { Mark } from './glyphs.ts';

/** One check as it is shown: `waiting` for the user to let commands be run, or being found out. */
export type ShownCheck = CheckResult & { readonly isWaiting: boolean };

/** The checklist of a rollout, in its order, as far as it is known; empty before a run has begun. */
export function selectChecks(state: AppState, rollout: Rollout): readonly ShownCheck[] {
	const { checkup } = rollout;
	const of = selectCase(state, rollout);
	if (of === undefined || checkup?.targets === undefined) return [];
	return shownOf(judgedOf(of, checkup.targets), checkup);
}

const judgedOf = memoOne(judgeChecklist);

const shownOf = memoOne(
	(checks: readonly CheckResult[], { withheld, endedAt }: NonNullable<Rollout['checkup']>) =>
		checks.map((check): ShownCheck => {
			const isWaiting =
				check.verdict === 'pending' && check.target !== undefined && withheld.includes(check.target);
			// Whatever is not known after all has been asked will not be.
			return check.verdict === 'pending' && endedAt !== undefined && !isWaiting
				? { ...check, verdict: 'unknown', summary: 'it was not found out', isWaiting }
				: { ...check, isWaiting };
		}),
);

export type CheckCounts = Readonly<
	Record<'ok' | 'problem' | 'warning' | 'unknown' | 'running' | 'waiting', number>
>;

/** How many checks there are of each kind; those that do not apply are not counted. */
export function countChecks(checks: readonly ShownCheck[]): CheckCounts {
	const counts = { ok: 0, problem: 0, warning: 0, unknown: 0, running: 0, waiting: 0 };
	for (const check of checks) {
		const word = checkWord(check);
		if (word !== 'skipped') counts[word] += 1;
	}
	return counts;
}

/** The verdict in a word. */
export function checkWord({ verdict, severity, isWaiting }: ShownCheck): keyof CheckCounts | 'skipped' {
	switch (verdict) {
		case 'pending':
			return isWaiting ? 'waiting' : 'running';
		case 'problem':
			return severity === undefined || severity === 'error' ? 'problem' : 'warning';
		case 'not-applicable':
			return 'skipped';
		case 'ok':
		case 'unknown':
			return verdict;
	}
}

const marks: Readonly<Record<ReturnType<typeof checkWord>, Mark>> = {
	ok: { glyph: '✓', tone: 'succeeded' },
	problem: { glyph: '✗', tone: 'failed' },
	warning: { glyph: '▲', tone: 'attention' },
	unknown: { glyph: '?', tone: 'attention' },
	running: { glyph: '·', tone: 'running' },
	waiting: { glyph: '·', tone: 'attention' },
	skipped: { glyph: '╌', tone: 'dim' },
};

/** The glyph of a verdict, and its tone. */
export const checkMark = (check: ShownCheck): Mark => marks[checkWord(check)];

/** Commands that would be run if the user let them, each with the hosts that it would be run on. */
export type ProposedCommand = { readonly script: HostScript; readonly hosts: readonly TargetId[] };

/** What has not been run on the hosts because nobody has allowed it; empty once it is allowed, and where it never is. */
export function selectProposal(state: AppState, rollout: Rollout): readonly ProposedCommand[] {
	const { checkup } = rollout;
	if (checkup?.targets === undefined || state.hostCommandsAllowed || state.session.readOnly) return [];
	// Before all is asked that needs no command, it is not known yet which hosts can be reached.
	const hosts = checkup.endedAt === undefined ? checkup.targets : checkup.withheld;
	const byText = new Map<string, ProposedCommand>();
	for (const host of hosts) {
		for (const { command } of hostSteps(rollout, host)) {
			const script = hostScript(command);
			if (script === undefined) continue;
			const known = byText.get(script.text)?.hosts ?? [];
			byText.set(script.text, { script, hosts: [...known, host] });
		}
	}
	return [...byText.values()];
}
