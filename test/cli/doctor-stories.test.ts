import { expect, test } from 'vitest';
import { plantedCause, scenarios } from '../../src/simulator/simulator.ts';
import { validateDoctor } from '../diagnosis/schema.ts';
import { documentOf, runDoctor } from '../support/doctor.ts';

const stories = scenarios.flatMap(({ name }) => {
	const cause = plantedCause(name);
	return cause === undefined ? [] : [[name, cause] as const];
});

test.each(stories)('%s: %s', async (name, cause) => {
	const told = await runDoctor(name);
	const document = documentOf(told);
	expect(validateDoctor(document)).toEqual([]);
	const found = document.findings.map(finding => finding.cause);
	console.log(
		'STORY',
		name,
		'|',
		cause,
		'|',
		found.join(' '),
		'|',
		told.exitCode,
		'|',
		document.checks
			.filter(c => c.verdict === 'problem' || c.verdict === 'unknown')
			.map(c => `${c.verdict[0]} ${c.id}:${c.summary}`)
			.join(' ; '),
	);
	expect(found).toContain(cause);
});
