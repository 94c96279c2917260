import { expect } from 'vitest';
import type { CheckId } from '../../../src/diagnosis/check.ts';
import type { HostKnowledge } from '../../../src/diagnosis/knowledge.ts';
import { check, healthyCase, healthyHost, knowing } from '../known.ts';

/** A check, what is changed of a host in good order, and what the check makes of it. */
export type Row = readonly [id: CheckId, change: Partial<HostKnowledge>, verdict: string, summary: string];

/** Judges a row: problems come with what shows them and what to do. */
export function expectRow([id, change, verdict, summary]: Row): void {
	const found = check(healthyCase({ knowledge: knowing({ ...healthyHost, ...change }) }), id);
	expect([found.severity ?? found.verdict, found.summary]).toEqual([verdict, summary]);
	if (found.verdict === 'problem') {
		expect(found.remedy?.steps.length).toBeGreaterThan(0);
		expect(found.evidence.length).toBeGreaterThan(0);
	}
}
