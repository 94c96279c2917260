import type { FileExistsBehavior } from '../domain/deploy-order.ts';
import type { DeploymentId, TargetId } from '../domain/ids.ts';
import type { ProtectionWish } from '../domain/protection.ts';
import type { Revision } from '../domain/revision.ts';
import type { HostLog } from '../domain/shipped-log.ts';
import type { UserKeys } from '../monitor/user-keys.ts';
import type { Notifications } from '../view/notifications.ts';
import type { ThemeName } from '../view/theme-names.ts';
import type { Flags } from './common-options.ts';
import type { Shell } from './completion-scripts.ts';
import type { PolicyFeature } from './iam-policy.ts';
import type { LintFormat, LintPlatform } from './lint-command.ts';
import type { NamedRevision } from './revision-argument.ts';
import type { BudgetSettings, Cadence, ContextSettings } from './settings.ts';

/** Options that every command takes. Some have no use for all of them. */
export type CommonOptions = {
	readonly profile?: string;
	readonly region?: string;
	readonly endpointUrl?: string;
	readonly readOnly: boolean;
	readonly ascii: boolean;
	/** Globs of group and profile names that need their name typed before an action. */
	readonly protect: readonly string[];
	/** Log groups to look in before those that CodeDeploy's documentation suggests. */
	readonly logGroups?: LogGroups;
	/** In the place of `profile` and `region` where more than one was named. */
	readonly profiles?: readonly string[];
	readonly regions?: readonly string[];
	/** Labels of contexts that were picked. */
	readonly contexts?: readonly string[];
	/** The configuration file that was named. */
	readonly config?: string;
	/** The file that every call to AWS is written down in. */
	readonly debugLog?: string;
	/** The contexts that the configuration file holds. */
	readonly knownContexts?: readonly ContextSettings[];
	readonly cadence?: Cadence;
	readonly budget?: BudgetSettings;
	readonly keys?: UserKeys;
	readonly theme?: ThemeName;
	/** Says in lines what the screen would show. */
	readonly screenReader?: boolean;
	readonly notifications?: Notifications;
};

export type LogGroups = Partial<Readonly<Record<HostLog, readonly string[]>>>;

/** The deployment that is meant: by its id, or as what a group is doing now or has done last. */
export type Subject =
	| { readonly deploymentId: DeploymentId }
	| { readonly application: string; readonly group: string };

/** What `rollcall wait` waits for. */
export type WaitGoal = 'succeeded' | 'ready' | { readonly event: string };

/** What can be asked about the configuration. */
export type ConfigTask =
	| {
			readonly name: 'show';
			readonly origin: boolean;
			readonly format: 'text' | 'json';
			readonly flags: Flags;
	  }
	/** Of a file, or of the one that is used. */
	| { readonly name: 'check'; readonly file?: string }
	| { readonly name: 'keys' }
	| { readonly name: 'path' };

/** Makes a deployment: `rollcall rollback` and `rollcall deploy`. */
export type DeployCommand = {
	readonly type: 'deploy';
	readonly purpose: 'roll-back' | 'deploy';
	/** Of a deployment, its group is meant. */
	readonly subject: Subject;
	/** Unset, to roll back: the last that succeeded. */
	readonly source?: { readonly from: DeploymentId } | { readonly revision: Revision };
	readonly overrideAlarms: boolean;
	readonly ignoreApplicationStopFailures: boolean;
	/** Unset: as the deployment that is returned to. */
	readonly fileExistsBehavior?: FileExistsBehavior;
	readonly configName?: string;
	readonly description?: string;
	/** Only says what would be done. */
	readonly dryRun: boolean;
	/** Asks nothing. */
	readonly yes: boolean;
	/** The name of the group, where that is protected and nobody can be asked. */
	readonly confirm?: string;
	/** JSON of a dry run only. */
	readonly format: 'text' | 'json';
	readonly common: CommonOptions;
};

/** Changes what protects a group: `rollcall protect`. */
export type ProtectCommand = {
	readonly type: 'protect';
	/** Of a deployment, its group is meant. */
	readonly subject: Subject;
	readonly wish: ProtectionWish;
	/** Only says what would change. */
	readonly dryRun: boolean;
	/** Asks nothing. */
	readonly yes: boolean;
	/** The name of the group, where that is protected and nobody can be asked. */
	readonly confirm?: string;
	/** JSON of a dry run only. */
	readonly format: 'text' | 'json';
	readonly common: CommonOptions;
};

/** What the command line asks for, validated. */
export type Command =
	/** Everything in flight, over several profiles and regions. */
	| { readonly type: 'fleet'; readonly common: CommonOptions }
	| {
			readonly type: 'watch';
			readonly subject: Subject;
			/** Goes on to the group's next deployment when that starts. */
			readonly follow: boolean;
			readonly common: CommonOptions;
	  }
	/** Lets the user choose among the groups of an application, or among all applications. */
	| {
			readonly type: 'pick';
			readonly application?: string;
			readonly follow: boolean;
			readonly common: CommonOptions;
	  }
	/** One snapshot. */
	| {
			readonly type: 'status';
			readonly subject: Subject;
			readonly format: 'text' | 'json' | 'line' | 'tmux';
			/** Columns that `tmux` and `line` may take. */
			readonly width?: number;
			readonly common: CommonOptions;
	  }
	/** Lines on change, until the goal is reached or cannot be. */
	| {
			readonly type: 'wait';
			readonly subject: Subject;
			readonly goal: WaitGoal;
			readonly timeoutMs?: number;
			readonly format: 'text' | 'json';
			readonly common: CommonOptions;
	  }
	/** The deployments there are. */
	| {
			readonly type: 'list';
			readonly activeOnly: boolean;
			readonly limit?: number;
			readonly application?: string;
			readonly group?: string;
			readonly format: 'text' | 'json';
			readonly common: CommonOptions;
	  }
	/** What became of the last deployments of a group. */
	| {
			readonly type: 'history';
			/** An id stands for the group of that deployment. */
			readonly subject: Subject;
			readonly limit?: number;
			readonly format: 'text' | 'json';
			readonly common: CommonOptions;
	  }
	| DeployCommand
	| ProtectCommand
	| { readonly type: 'demo'; readonly scenario: string; readonly common: CommonOptions }
	/** Says why a deployment failed; `markdown` is the incident report. */
	| {
			readonly type: 'diagnose';
			readonly subject: Subject;
			readonly format: 'text' | 'json' | 'markdown';
			readonly common: CommonOptions;
	  }
	/** Runs the debugging checklist. */
	| {
			readonly type: 'doctor';
			readonly subject: Subject;
			/** Only this target. */
			readonly target?: TargetId;
			/** Whether commands may be run on the hosts. */
			readonly hostCommands: boolean;
			readonly format: 'text' | 'json';
			readonly common: CommonOptions;
	  }
	/** Says what would make the next deployment of a group fail, or hard to undo. */
	| {
			readonly type: 'preflight';
			/** The group, or a deployment of it. */
			readonly subject: Subject;
			/** What is to be deployed. */
			readonly revision?: NamedRevision;
			readonly format: 'text' | 'json';
			readonly common: CommonOptions;
	  }
	/** Says what would make the deployment of a bundle fail. */
	| {
			readonly type: 'lint';
			/** A folder or file, or `s3://bucket/key`. */
			readonly bundle: string;
			readonly platform?: LintPlatform;
			readonly format: LintFormat;
			/** Mends what can be mended safely. */
			readonly fix: boolean;
			readonly common: CommonOptions;
	  }
	| { readonly type: 'iam-policy'; readonly features: readonly PolicyFeature[] }
	| { readonly type: 'list-scenarios' }
	/** Prints the script that teaches a shell to complete. */
	| { readonly type: 'completion'; readonly shell: Shell }
	/** What that script asks: what can stand for the last of the words. */
	| { readonly type: 'complete'; readonly words: readonly string[] }
	/** Tells what the configuration is, or what is wrong with it. */
	| {
			readonly type: 'config';
			readonly task: ConfigTask;
			readonly common: CommonOptions;
	  }
	| {
			readonly type: 'simulate';
			readonly scenario: string;
			readonly port: number;
			readonly speed: number;
			readonly common: CommonOptions;
	  }
	/** Help or version: text for standard output. */
	| { readonly type: 'print'; readonly text: string };
