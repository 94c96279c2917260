import type { Finding } from '../../diagnosis/finding.ts';
import type { Rollout } from '../../monitor/state.ts';
import { selectDifferences } from '../host-differences.ts';
import { code, fenced, link, prose, some } from './markdown.ts';

const findingLimit = 10;
const evidenceLimit = 12;
const targetLimit = 10;

/** Why it failed, and what to do, best finding first. */
export function findingsSection(findings: readonly Finding[], rollout: Rollout): string {
	if (findings.length === 0) return 'Nothing was found that explains a failure.';
	const { shown, more } = some(findings, findingLimit);
	return shown.map((finding, index) => findingMarkdown(finding, index, rollout)).join('\n\n') + more;
}

function findingMarkdown(finding: Finding, index: number, rollout: Rollout): string {
	const { title, why, confidence, severity, cause, docs } = finding;
	return [
		`### ${index + 1}. ${prose(title)}`,
		`${confidence}, ${severity}, ${code(cause)}${whereOf(finding)}`,
		prose(why),
		...evidenceOf(finding),
		...selectDifferences(rollout, finding.targets).map(({ text }) => `What sets them apart: ${prose(text)}`),
		...remedyOf(finding),
		`See ${link(docs) || code(docs)}`,
	]
		.filter(part => part !== '')
		.join('\n\n');
}

function whereOf({ event, script, targets }: Finding): string {
	const { shown, more } = some(targets, targetLimit);
	const place = [event, script]
		.filter(word => word !== undefined && word !== '')
		.map(word => code(word ?? ''));
	const hosts = shown.map(id => code(id)).join(', ') + more.trim().replace(/^…/, '');
	return [...place, hosts === '' ? '' : `on ${hosts}`].map(word => (word === '' ? '' : `, ${word}`)).join('');
}

/** In one block: a key that a log shows over several lines is recognised only as a whole. */
function evidenceOf({ evidence }: Finding): readonly string[] {
	if (evidence.length === 0) return [];
	const { shown, more } = some(evidence, evidenceLimit);
	const lines = shown.map(({ where, text }) => (where === undefined ? text : `${where}: ${text}`));
	return [`Evidence:\n\n${fenced(lines.join('\n'))}${more}`];
}

function remedyOf({ remedy: { steps, commands } }: Finding): readonly string[] {
	return [
		...(steps.length === 0
			? []
			: [`What to do:\n\n${steps.map((step, at) => `${at + 1}. ${prose(step)}`).join('\n')}`]),
		...(commands.length === 0 ? [] : [fenced(commands.join('\n'))]),
	];
}
