import type { Finding } from '../finding.ts';
import { ruleIds, rules } from '../rules.ts';
import { type LintReport, placeOutside } from './report.ts';

/** The report as SARIF 2.1.0 (OASIS), which code scanning services read. */
export function lintSarif(report: LintReport, version: string): object {
	return {
		$schema: 'https://json.schemastore.org/sarif-2.1.0.json',
		version: '2.1.0',
		runs: [
			{
				tool: {
					driver: {
						name: 'rollcall lint',
						semanticVersion: version,
						rules: ruleIds.map(id => ({
							id,
							shortDescription: { text: rules[id].why },
							help: { text: rules[id].fix },
							defaultConfiguration: { level: rules[id].severity },
						})),
					},
				},
				columnKind: 'utf16CodeUnits',
				results: report.result.findings.map(each => resultOf(report, each)),
			},
		],
	};
}

function resultOf(report: LintReport, { rule, severity, file, line, column, what }: Finding): object {
	const { why, fix } = rules[rule];
	const place = placeOutside(report, file);
	const uri = place.startsWith('s3://')
		? encodeURI(place)
		: place.split(/[\\/]/).map(encodeURIComponent).join('/');
	return {
		ruleId: rule,
		ruleIndex: ruleIds.indexOf(rule),
		level: severity,
		message: { text: `${what}; ${why}; ${fix}` },
		locations: [
			{
				physicalLocation: {
					artifactLocation: { uri },
					...(line !== undefined && {
						region: { startLine: line, ...(column !== undefined && { startColumn: column }) },
					}),
				},
			},
		],
	};
}
