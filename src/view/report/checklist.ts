import { judgeChecklist } from '../../diagnosis/checklist.ts';
import type { AppState, Rollout } from '../../monitor/state.ts';
import { selectCase } from '../diagnosis-case.ts';
import { code, prose, some, table } from './markdown.ts';

const rowLimit = 100;

/** The debugging checklist as far as it was run; undefined when it was not. */
export function checklistSection(state: AppState, rollout: Rollout): string | undefined {
	const { checkup } = rollout;
	const of = selectCase(state, rollout);
	if (!(checkup && of)) return undefined;
	const results = judgeChecklist(of, checkup.targets ?? []).filter(
		({ verdict }) => verdict !== 'not-applicable',
	);
	if (results.length === 0) return undefined;
	const { shown, more } = some(results, rowLimit);
	const rows = shown.map(({ verdict, title, target, summary, needs }) => [
		verdict === 'problem' ? '**problem**' : verdict,
		prose(title),
		code(target ?? ''),
		[prose(summary), needs === undefined ? '' : `needs ${code(needs)}`]
			.filter(text => text !== '')
			.join('; '),
	]);
	return table(['verdict', 'step', 'host', 'what was found'], rows) + more;
}
