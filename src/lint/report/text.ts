import type { Finding, Severity } from '../finding.ts';
import { rules } from '../rules.ts';
import { type LintReport, placeOutside } from './report.ts';

/** One line for each finding, then what they come to. */
export function lintLines(report: LintReport): readonly string[] {
	const { result, fixed, localCommand } = report;
	return [
		...fixed.map(({ file, what }) => `${placeOutside(report, file)}  fixed  ${what}`),
		...result.findings.map(each => findingLine(report, each)),
		...(result.findings.length + fixed.length > 0 ? [''] : []),
		...counted(result.findings, 'error'),
		...counted(result.findings, 'warning'),
		...result.notChecked.map(sentence => `not checked: ${sentence}`),
		conclusion(report),
		...(localCommand === undefined ? [] : [`To run it on a test host: ${localCommand}`]),
	];
}

function findingLine(report: LintReport, { file, line, column, severity, rule, what }: Finding): string {
	const at = [placeOutside(report, file), line, line === undefined ? undefined : column]
		.filter(part => part !== undefined)
		.join(':');
	const { why, fix } = rules[rule];
	return `${at}  ${severity}  ${rule}  ${what}; ${why}; ${fix}`;
}

/** The rules that were broken, those broken most often first. */
function counted(findings: readonly Finding[], severity: Severity): readonly string[] {
	const counts = new Map<string, number>();
	for (const each of findings) {
		if (each.severity === severity) counts.set(each.rule, (counts.get(each.rule) ?? 0) + 1);
	}
	if (counts.size === 0) return [];
	const words = [...counts].sort((a, b) => b[1] - a[1]).map(([rule, count]) => `${rule} ${count}`);
	return [`${severity}s: ${words.join(', ')}`];
}

const platforms = { server: 'servers', ecs: 'Amazon ECS', lambda: 'AWS Lambda' } as const;

function conclusion({ location, result }: LintReport): string {
	const { findings, files, platform } = result;
	const errors = findings.filter(({ severity }) => severity === 'error').length;
	const target = platform === undefined ? '' : `, for ${platforms[platform]}`;
	const found = `${number(errors, 'error')}, ${number(findings.length - errors, 'warning')}`;
	return `${location}: ${found} in ${number(files, 'file')}${target}`;
}

const number = (count: number, what: string): string =>
	`${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
