import { failed, received } from '../remote.ts';
import { type KnownGroups, type PickerEvent, type PickerState, unknownGroups } from './state.ts';

/** What the picker shows after `event`. Pure; returns the same reference when nothing has changed. */
export function reducePicker(state: PickerState, event: PickerEvent): PickerState {
	switch (event.type) {
		case 'clock.ticked':
			return event.now === state.now ? state : { ...state, now: event.now };
		case 'terminal.resized':
			return { ...state, size: { columns: event.columns, rows: event.rows } };
		case 'applications.received':
			return { ...state, applications: received(state.applications, event.names, event.at) };
		case 'applications.failed':
			return {
				...state,
				applications: failed(state.applications, event.failure, event.at, event.retryAt),
			};
		case 'groups.received':
		case 'facts.received':
		case 'groups.failed':
		case 'facts.failed': {
			const before = state.groups.get(event.application) ?? unknownGroups;
			return { ...state, groups: new Map(state.groups).set(event.application, learn(before, event)) };
		}
		case 'application.entered':
			return { ...state, application: event.application, groupList: { filter: '', top: 0 } };
		case 'application.left': {
			const { application: _left, ...rest } = state;
			return rest;
		}
		case 'list.changed': {
			const list = state.application === undefined ? 'applicationList' : 'groupList';
			return { ...state, [list]: { ...state[list], ...event.change } };
		}
		case 'group.asked':
			return { ...state, asking: event.group };
		case 'group.answered': {
			const { asking: _answered, ...rest } = state;
			return rest;
		}
		case 'notice.shown':
		case 'message.added':
			return { ...state, notice: { text: event.text, tone: event.tone, at: event.at } };
	}
}

type GroupEvent = Extract<PickerEvent, { readonly application: string; readonly at: number }>;

function learn(known: KnownGroups, event: GroupEvent): KnownGroups {
	switch (event.type) {
		case 'groups.received':
			return { ...known, names: received(known.names, event.names, event.at) };
		case 'facts.received': {
			const read = new Map(known.facts.data);
			for (const group of event.groups) read.set(group.name, group);
			return { ...known, facts: received(known.facts, read, event.at) };
		}
		case 'groups.failed':
			return { ...known, names: failed(known.names, event.failure, event.at, event.retryAt) };
		case 'facts.failed':
			return { ...known, facts: failed(known.facts, event.failure, event.at, event.retryAt) };
	}
}
