import { expect, test } from 'vitest';
import { exitCodeOf } from '../../src/cli/exit-codes.ts';
import { asDeploymentId } from '../../src/domain/ids.ts';
import type { FailureKind } from '../../src/gateway/failure.ts';
import type { AppEvent } from '../../src/monitor/events.ts';
import type { AppState } from '../../src/monitor/state.ts';
import { noon } from '../view/support/cast.ts';
import { rolledBack, running, tell, watchedId } from '../view/support/stories.ts';

const failing = (kind: FailureKind): AppEvent => ({
	type: 'part.failed',
	id: watchedId,
	part: 'deployment',
	failure: { kind, operation: 'GetDeployment', code: 'X', detail: 'x' },
	at: noon + 90_000,
});

const ended = (status: string) => tell({ deployment: { status, completedAt: noon } });

test.each<readonly [what: string, state: AppState, code: number]>([
	['succeeded', ended('Succeeded'), 0],
	['running', running(), 0],
	['running, and AWS is slow', running({ also: [failing('throttled')] }), 0],
	['failed', ended('Failed'), 1],
	['failed, and its rollback runs', rolledBack({}, { status: 'InProgress' }), 1],
	['failed, and so did its rollback', rolledBack({}, { status: 'Failed' }), 1],
	['stopped', ended('Stopped'), 3],
	['running, and nobody can know', running({ also: [failing('network')] }), 5],
	['running, and it may not be read any more', running({ also: [failing('denied')] }), 5],
	['running, and the credentials have expired', running({ also: [failing('expired')] }), 5],
	['failed, and AWS is gone', tell({ deployment: { status: 'Failed' }, also: [failing('network')] }), 1],
	['failed and rolled back', rolledBack(), 6],
	['stopped and rolled back', rolledBack({ deployment: { status: 'Stopped' } }), 6],
])('%s: %s', (_what, state, code) => {
	expect(exitCodeOf(state, watchedId)).toBe(code);
});

test('nothing is known of it', () => {
	expect(exitCodeOf(running(), asDeploymentId('d-UNKNOWN00'))).toBe(5);
});
