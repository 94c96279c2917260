import type { ContextColour } from '../monitor/fleet/state.ts';
import type { PollPlan } from '../monitor/plan.ts';
import type { KeyOverrides } from '../view/keys/bindings.ts';
import type { Notifications } from '../view/notifications.ts';
import type { ThemeName } from '../view/theme-names.ts';
import type { LogGroups } from './command.ts';

/** A place to watch, as the configuration file names it: one profile in one or several regions. */
export type ContextSettings = {
	readonly label: string;
	readonly profile?: string;
	readonly regions: readonly string[];
	readonly endpointUrl?: string;
	readonly colour?: ContextColour;
	readonly protected?: readonly string[];
	readonly readOnly?: boolean;
};

/** How often AWS is asked: steps of the poll plan, and a sweep of the fleet. */
export type Cadence = Partial<PollPlan> & { readonly sweepMs?: number };

/** How much at a time AWS may be asked. */
export type BudgetSettings = {
	readonly burst?: number;
	readonly perSecond?: number;
	readonly concurrency?: number;
};

/** What `rollcall.yaml` may hold; what it leaves out has a default. */
export type Settings = {
	readonly contexts: readonly ContextSettings[];
	readonly cadence?: Cadence;
	readonly budget?: BudgetSettings;
	readonly protected?: readonly string[];
	readonly readOnly?: boolean;
	readonly ascii?: boolean;
	readonly logGroups?: LogGroups;
	readonly keys?: KeyOverrides;
	readonly theme?: ThemeName;
	readonly notifications?: Partial<Notifications>;
};

export const noSettings: Settings = { contexts: [] };

/** One context as it is going to be watched: the file, the environment and the command line have been merged. */
export type ContextOptions = {
	/** Unique among the contexts. */
	readonly label: string;
	readonly profile?: string;
	readonly region?: string;
	readonly endpointUrl?: string;
	readonly colour?: ContextColour;
	/** Globs of group and profile names that need their name typed before an action. */
	readonly protect: readonly string[];
	readonly readOnly: boolean;
};
