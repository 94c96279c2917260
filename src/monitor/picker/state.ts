import type { DeploymentGroupSnapshot } from '../../domain/deployment-group.ts';
import type { FailureDetails } from '../../gateway/failure.ts';
import type { GroupName } from '../find-deployment.ts';
import { type Remote, unasked } from '../remote.ts';
import type { MessageTone, Session } from '../state.ts';
import type { Notice } from '../ui-state.ts';

/** How one of the two lists stands. The cursor is a name, never an index. */
export type PickerList = {
	readonly filter: string;
	/** Unset until the user first moves it: then it rests on the top row. */
	readonly cursor?: string;
	readonly top: number;
};

/** What is known of an application's groups; their last deployments come a little after their names. */
export type KnownGroups = {
	readonly names: Remote<readonly string[]>;
	readonly facts: Remote<ReadonlyMap<string, DeploymentGroupSnapshot>>;
};

/** Choosing what to watch: an application, then one of its groups. */
export type PickerState = {
	readonly session: Session;
	/** The last tick of the one-second clock, epoch milliseconds. */
	readonly now: number;
	readonly size: { readonly columns: number; readonly rows: number };
	readonly applications: Remote<readonly string[]>;
	/** By application: only those that somebody has looked into. */
	readonly groups: ReadonlyMap<string, KnownGroups>;
	/** The application whose groups are shown; unset: the applications are. */
	readonly application?: string;
	/** The application was given: there is nothing to go back to. */
	readonly isGiven: boolean;
	readonly applicationList: PickerList;
	readonly groupList: PickerList;
	/** The group whose deployment is being asked for. */
	readonly asking?: GroupName;
	readonly notice?: Notice;
};

export type PickerEvent =
	| { readonly type: 'clock.ticked'; readonly now: number }
	| { readonly type: 'terminal.resized'; readonly columns: number; readonly rows: number }
	/** Names so far: more may follow. */
	| { readonly type: 'applications.received'; readonly names: readonly string[]; readonly at: number }
	| {
			readonly type: 'applications.failed';
			readonly failure: FailureDetails;
			readonly at: number;
			readonly retryAt: number;
	  }
	| {
			readonly type: 'groups.received';
			readonly application: string;
			readonly names: readonly string[];
			readonly at: number;
	  }
	| {
			readonly type: 'facts.received';
			readonly application: string;
			readonly groups: readonly DeploymentGroupSnapshot[];
			readonly at: number;
	  }
	| {
			readonly type: 'groups.failed' | 'facts.failed';
			readonly application: string;
			readonly failure: FailureDetails;
			readonly at: number;
			readonly retryAt: number;
	  }
	| { readonly type: 'application.entered'; readonly application: string }
	| { readonly type: 'application.left' }
	| { readonly type: 'list.changed'; readonly change: Partial<PickerList> }
	| { readonly type: 'group.asked'; readonly group: GroupName }
	/** It was found, or not, or is not wanted any more. */
	| { readonly type: 'group.answered' }
	| {
			readonly type: 'notice.shown' | 'message.added';
			readonly text: string;
			readonly tone: MessageTone;
			readonly at: number;
	  };

const initialList: PickerList = { filter: '', top: 0 };

/** `application`: given, and so the only one. */
export const initialPicker = (session: Session, application?: string): PickerState => ({
	session,
	now: session.startedAt,
	size: { columns: 80, rows: 24 },
	applications: unasked,
	groups: new Map(),
	...(application !== undefined && { application }),
	isGiven: application !== undefined,
	applicationList: initialList,
	groupList: initialList,
});

export const unknownGroups: KnownGroups = { names: unasked, facts: unasked };

/** What is known of the groups that are shown. */
export const shownGroups = ({ groups, application }: PickerState): KnownGroups =>
	(application === undefined ? undefined : groups.get(application)) ?? unknownGroups;

/** How the list stands that is shown. */
export const shownList = ({ application, applicationList, groupList }: PickerState): PickerList =>
	application === undefined ? applicationList : groupList;
