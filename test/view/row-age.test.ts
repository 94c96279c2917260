import { expect, test } from 'vitest';
import { host } from './support/cast.ts';
import { tell } from './support/stories.ts';
import { sitDown } from './support/user.ts';

test('a row that was read long ago says at least how long it took, and stops counting', () => {
	const user = sitDown(tell({ now: 90, targets: [host(1, 'InProgress', { at: 'Install' })] }));
	const time = () => /≥?\d+:\d\d/.exec(user.row('Install'))?.[0];
	expect(time()).toBe('1:14');
	user.hear({ type: 'clock.ticked', now: user.state.now + 10_000 });
	expect(time()).toBe('1:24');
	user.hear({ type: 'clock.ticked', now: user.state.now + 15_000 });
	expect(time()).toBe('≥1:13');
	user.hear({ type: 'clock.ticked', now: user.state.now + 500_000 });
	expect(time()).toBe('≥1:13');
});

test('between two events a row says for how long the next one is waited for', () => {
	const running = host(1, 'InProgress', { at: 'Install' });
	const events: typeof running.events = running.events.map(event =>
		event.status === 'InProgress'
			? { ...event, status: 'Succeeded', endedAt: (event.startedAt ?? 0) + 60_000 }
			: event,
	);
	const user = sitDown(tell({ now: 90, targets: [{ ...running, events }] }));
	expect(user.row('AfterInstall')).toMatch(/AfterInstall +0:14$/);
});
