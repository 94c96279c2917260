import type { DeploymentId, TargetId } from '../domain/ids.ts';
import type { HostLog } from '../domain/shipped-log.ts';
import type { PolicyFeature } from './iam-policy.ts';

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
};

export type LogGroups = Partial<Readonly<Record<HostLog, readonly string[]>>>;

/** What the command line asks for, validated. */
export type Command =
	| { readonly type: 'watch'; readonly deploymentId: DeploymentId; readonly common: CommonOptions }
	| { readonly type: 'demo'; readonly scenario: string; readonly common: CommonOptions }
	/** Says why a deployment failed; `markdown` is the incident report. */
	| {
			readonly type: 'diagnose';
			readonly deploymentId: DeploymentId;
			readonly format: 'text' | 'json' | 'markdown';
			readonly common: CommonOptions;
	  }
	/** Runs the debugging checklist. */
	| {
			readonly type: 'doctor';
			readonly deploymentId: DeploymentId;
			/** Only this target. */
			readonly target?: TargetId;
			/** Whether commands may be run on the hosts. */
			readonly hostCommands: boolean;
			readonly format: 'text' | 'json';
			readonly common: CommonOptions;
	  }
	| { readonly type: 'iam-policy'; readonly features: readonly PolicyFeature[] }
	| { readonly type: 'list-scenarios' }
	| {
			readonly type: 'simulate';
			readonly scenario: string;
			readonly port: number;
			readonly speed: number;
			readonly common: CommonOptions;
	  }
	/** Help or version: text for standard output. */
	| { readonly type: 'print'; readonly text: string };
