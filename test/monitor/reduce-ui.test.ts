import { describe, expect, test } from 'vitest';
import { liveNotice, reduceUi } from '../../src/monitor/reduce-ui.ts';
import type { UiEvent } from '../../src/monitor/ui-events.ts';
import {
	currentScreen,
	initialPager,
	initialUi,
	listOf,
	type Screen,
	type UiState,
} from '../../src/monitor/ui-state.ts';
import { noon, rollbackId, targetId, watchedId } from './support/snapshots.ts';

const reduced = (...events: readonly UiEvent[]): UiState =>
	events.reduce((ui, event) => reduceUi(ui, event, watchedId), initialUi);
const open = (screen: Screen): UiEvent => ({ type: 'screen.opened', screen });
const help: Screen = { type: 'help', pager: initialPager };
const logs: Screen = { type: 'logs', targetId: targetId(1), source: 'tail', pager: initialPager };

describe('screens', () => {
	test('are a stack whose first one stays', () => {
		expect(currentScreen(reduced(open(logs), open(help)))).toBe(help);
		expect(currentScreen(reduced(open(logs), open(help), { type: 'screen.closed' }))).toBe(logs);
		expect(reduced({ type: 'screen.closed' })).toBe(initialUi);
	});

	test('can go on to another target, but the first cannot', () => {
		const other: Screen = { ...logs, targetId: targetId(2) };
		expect(reduced(open(logs), { type: 'screen.replaced', screen: other }).screens).toEqual([
			{ type: 'deployment' },
			other,
		]);
		expect(reduced({ type: 'screen.replaced', screen: other })).toBe(initialUi);
	});

	test('of text scroll, others do not', () => {
		const scrolled = reduced(open(logs), { type: 'pager.changed', pager: { top: 7 } });
		expect(currentScreen(scrolled)).toEqual({ ...logs, pager: { ...initialPager, top: 7 } });
		expect(reduced({ type: 'pager.changed', pager: { top: 7 } })).toBe(initialUi);
	});
});

describe('the list', () => {
	test('is remembered for each deployment', () => {
		const ui = reduced(
			{ type: 'filter.changed', filter: 'zone:1a' },
			{ type: 'show.changed', show: 'failed' },
			{ type: 'sort.changed', sort: 'time' },
		);
		expect(listOf(ui, watchedId)).toMatchObject({ filter: 'zone:1a', show: 'failed', sort: 'time' });
		expect(listOf(ui, rollbackId)).toMatchObject({ filter: '', show: 'all', sort: 'state' });
	});

	test('has no cursor until it is moved', () => {
		expect(listOf(initialUi, watchedId)).not.toHaveProperty('cursor');
	});
});

describe('a prompt', () => {
	const opened: UiEvent = { type: 'prompt.opened', purpose: 'filter', text: 'web' };

	test('remembers what to return to, and forgets its problem with the next character', () => {
		const ui = reduced(
			opened,
			{ type: 'prompt.edited', text: 'web:' },
			{ type: 'prompt.refused', problem: 'unknown field' },
		);
		expect(ui.prompt).toEqual({
			purpose: 'filter',
			text: 'web:',
			before: 'web',
			problem: 'unknown field',
		});
		expect(reduceUi(ui, { type: 'prompt.edited', text: 'web' }, watchedId).prompt).not.toHaveProperty(
			'problem',
		);
		expect(reduceUi(ui, { type: 'prompt.closed' }, watchedId)).not.toHaveProperty('prompt');
	});

	test('that is not open cannot be edited', () => {
		expect(reduced({ type: 'prompt.edited', text: 'x' })).toBe(initialUi);
		expect(reduced({ type: 'prompt.refused', problem: 'x' })).toBe(initialUi);
	});
});

describe('a question', () => {
	const request = { action: 'stop', deploymentId: watchedId, rollBack: false } as const;
	const asked: UiEvent = { type: 'action.asked', request, seenStatus: 'InProgress', token: 'prod-blue' };

	test('takes the name that is typed, can be varied, and is sent', () => {
		const varied = { ...request, rollBack: true };
		const ui = reduced(
			asked,
			{ type: 'action.edited', typed: 'prod' },
			{ type: 'action.varied', request: varied },
			{ type: 'action.sent' },
		);
		expect(ui.confirmation).toMatchObject({
			request: varied,
			token: 'prod-blue',
			typed: 'prod',
			sending: true,
		});
		expect(reduceUi(ui, { type: 'action.closed' }, watchedId)).not.toHaveProperty('confirmation');
	});

	test.each<UiEvent>([
		{ type: 'action.edited', typed: 'x' },
		{ type: 'action.varied', request },
		{ type: 'action.sent' },
		{ type: 'action.closed' },
	])('that is not open ignores $type', event => {
		expect(reduced(event)).toBe(initialUi);
	});
});

test('a notice goes by itself', () => {
	const ui = reduced({ type: 'notice.shown', text: 'copied', tone: 'good', at: noon });
	expect(liveNotice(ui, noon + 7_999)?.text).toBe('copied');
	expect(liveNotice(ui, noon + 8_000)).toBeUndefined();
	expect(liveNotice(initialUi, noon)).toBeUndefined();
});

test('the terminal is as large as it says', () => {
	expect(reduced({ type: 'terminal.resized', columns: 200, rows: 60 }).size).toEqual({
		columns: 200,
		rows: 60,
	});
});
