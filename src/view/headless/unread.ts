import type { Part } from '../../monitor/events.ts';
import type { Unread } from '../../monitor/read-snapshot.ts';
import { type AppState, type Rollout, rolloutOf } from '../../monitor/state.ts';
import { describeFailure } from '../freshness.ts';
import type { UnreadDocument } from './status-document.ts';

const words: Readonly<Partial<Record<Part, string>>> = {
	config: 'deployment configuration',
	group: 'deployment group',
	alarms: 'alarms',
	targets: 'targets',
};

/** What was asked for about the deployment that is told of and is not there, and why, in words. */
export const unreadDocuments = (state: AppState, unread: readonly Unread[]): readonly UnreadDocument[] =>
	unread.map(({ part, id }) => {
		const { failure } = remoteOf(rolloutOf(state, id), part);
		return {
			what: part === 'deployment' ? `deployment ${id}` : (words[part] ?? part),
			why: failure ? describeFailure(failure, state.session.profile) : 'no answer yet',
		};
	});

/** Targets are told as read. */
const remoteOf = (rollout: Rollout, part: Part) => rollout[part === 'targets' ? 'reading' : part];
