import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Finding } from '../../src/diagnosis/finding.ts';
import type { HostKnowledge } from '../../src/diagnosis/knowledge.ts';
import { type CorpusCase, caseOf, host, readCorpus } from './corpus.ts';

/**
 * Diagnosis is measured on what the real agent wrote. An answer is the cause of the first finding; `unknown-failure` is
 * no answer. Precision: how many of the answers are right. Recall: how many of the failures are answered rightly.
 */

/** What cannot be told apart by what the API shows. Everything else has to be right. */
const misses: Readonly<Record<string, string>> = {
	'shebang-interpreter-missing':
		'reads exactly like Windows line endings, which come first for a shell script; the interpreter comes second',
	'bundle-not-an-archive': 'tar says 2 for a broken archive and for a full disk: unknown, with both after it',
	'disk-full-unpack': 'tar says 2 for a broken archive and for a full disk: unknown, with both after it',
};

type Reading = 'first' | 'first and disk' | 'second' | 'second and scripts.log';

const corpus = readCorpus();
const succeeded = corpus.filter(({ failed }) => !failed);
const failed = corpus.filter(known => known.failed);

function findingsOf(known: CorpusCase, reading: Reading): readonly Finding[] {
	if (reading === 'first') return diagnose(caseOf(known, known.first));
	if (reading === 'first and disk')
		return diagnose({
			...caseOf(known, known.first),
			knowledge: { hosts: new Map([[host, diskOf(known)]]) },
		});
	const logs = reading === 'second and scripts.log' ? known.logs : undefined;
	return diagnose(caseOf(known, known.second ?? known.first, logs));
}

/** What the host of the case would have said of its disk: those that ran full were made to. */
const diskOf = ({ name }: CorpusCase): HostKnowledge => ({
	disk: { answer: [{ mount: '/', of: 'space', usedPercent: name.startsWith('disk-full') ? 100 : 41 }] },
});

type Outcome = { readonly cause: string; readonly name: string; readonly answer: string | undefined };

const outcomesOf = (reading: Reading): readonly Outcome[] =>
	failed
		.filter(({ second }) => reading.startsWith('first') || second !== undefined)
		.map(known => {
			const cause = findingsOf(known, reading)[0]?.cause;
			return {
				cause: known.cause,
				name: known.name,
				answer: cause === 'unknown-failure' ? undefined : cause,
			};
		});

function figuresOf(outcomes: readonly Outcome[]) {
	const answers = outcomes.filter(({ answer }) => answer !== undefined);
	const right = outcomes.filter(({ cause, answer }) => cause === answer);
	return {
		cases: outcomes.length,
		right: right.length,
		wrong: answers.length - right.length,
		unknown: outcomes.length - answers.length,
		precision: right.length / answers.length,
		recall: right.length / outcomes.length,
	};
}

const percent = (share: number) =>
	Number.isNaN(share) ? '   –' : `${(100 * share).toFixed(1)} %`.padStart(7);

function print(reading: Reading, outcomes: readonly Outcome[]): void {
	const { cases, right, wrong, unknown, precision, recall } = figuresOf(outcomes);
	process.stdout.write(
		`diagnosis, ${reading} report: precision ${percent(precision)}, recall ${percent(recall)} ` +
			`(${cases} failures: ${right} right, ${wrong} wrong, ${unknown} unknown)\n`,
	);
}

function printCauses(outcomes: readonly Outcome[]): void {
	const answered = (cause: string) => outcomes.filter(({ answer }) => answer === cause);
	for (const [cause, cases] of [...Map.groupBy(outcomes, ({ cause }) => cause)].sort()) {
		const right = cases.filter(({ answer }) => answer === cause).length;
		const figures = [right / answered(cause).length, right / cases.length].map(percent);
		process.stdout.write(
			`  ${cause.padEnd(34)} ${cases.length}×  precision ${figures[0]}  recall ${figures[1]}\n`,
		);
	}
}

describe('what the API shows of the failures of the real agent', () => {
	const outcomes = outcomesOf('first');
	print('first', outcomes);
	printCauses(outcomes);

	test('the corpus is there', () => {
		expect(failed.length).toBeGreaterThan(60);
		expect(succeeded.length).toBeGreaterThan(5);
	});

	test.each(outcomes.filter(({ name }) => !(name in misses)).map(known => [known.name, known] as const))(
		'%s',
		(_, { cause, answer }) => {
			expect(answer).toBe(cause);
		},
	);

	test.each(Object.entries(misses))('%s is missed: %s', name => {
		const known = failed.find(candidate => candidate.name === name);
		const findings = known ? findingsOf(known, 'first') : [];
		expect(findings[0]?.cause).not.toBe(known?.cause);
		expect(findings.slice(1).map(({ cause }) => cause)).toContain(known?.cause);
		expect(findings[0]?.confidence).not.toBe('certain');
	});

	test('what succeeded has no findings', () => {
		expect(succeeded.filter(known => findingsOf(known, 'first').length > 0)).toEqual([]);
	});
});

describe('the same, once the disk of the host has been looked at', () => {
	const outcomes = outcomesOf('first and disk');
	print('first and disk', outcomes);

	test('leaves one failure that reads like another', () => {
		expect(outcomes.filter(({ cause, answer }) => answer !== cause).map(({ name }) => name)).toEqual([
			'shebang-interpreter-missing',
		]);
	});
	test('finds nothing where nothing failed', () => {
		expect(succeeded.filter(known => findingsOf(known, 'first and disk').length > 0)).toEqual([]);
	});
});

describe("the agent's second report, which lacks the script's name and output", () => {
	const outcomes = outcomesOf('second');
	print('second', outcomes);

	test('is rather called unknown than read wrongly', () => {
		expect(figuresOf(outcomes).precision).toBeGreaterThanOrEqual(0.95);
		expect(
			outcomes
				.filter(({ cause, answer }) => answer !== undefined && answer !== cause)
				.map(({ name }) => name),
		).toEqual(['shebang-interpreter-missing']);
	});

	test('still says which script failed, and how', () => {
		const known = failed.find(({ name }) => name === 'python-keyerror');
		const [finding] = known ? findingsOf(known, 'second') : [];
		expect(finding).toMatchObject({
			cause: 'unknown-failure',
			script: 'scripts/render_settings.py',
			title: 'render_settings.py failed with exit code 1; its output is m…',
		});
	});

	test('is read like the first once scripts.log of the host is at hand', () => {
		const withLog = outcomesOf('second and scripts.log');
		print('second and scripts.log', withLog);
		expect(withLog.filter(({ cause, answer }) => answer !== cause).map(({ name }) => name)).toEqual(
			Object.keys(misses).toSorted(),
		);
	});
});

test('every finding is complete', () => {
	for (const reading of ['first', 'second'] as const) {
		for (const finding of failed.flatMap(known => findingsOf(known, reading))) {
			expect(finding.title.length).toBeGreaterThan(0);
			expect(finding.title.length).toBeLessThanOrEqual(60);
			expect(finding.why).toMatch(/\S\.$|[^.]$/);
			expect(finding.remedy.steps.length).toBeGreaterThan(0);
			expect(finding.docs).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/codedeploy\//);
			expect(finding.evidence.length).toBeGreaterThan(0);
		}
	}
});
