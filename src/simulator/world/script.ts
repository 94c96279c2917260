import type { AgentCaseName } from '../data/agent-cases.ts';
import type { Diagnostics } from './target.ts';

/** How hosts fare with one revision. Deploying it again, by whomever, goes the same way. */
export type RevisionScript = {
	/** Multiplies how long everything takes. */
	readonly pace?: number;
	/** How long an event takes on average, in scripted milliseconds, where it differs from the usual. */
	readonly durationsMs?: Readonly<Record<string, number>>;
	readonly mishaps?: readonly Mishap[];
	/** What goes wrong later, when another revision takes its place: the scripts of some events are its own. */
	readonly leaves?: readonly Mishap[];
	/** Hosts whose hooks take three times as long. */
	readonly slowHosts?: readonly number[];
	/** Serving this revision makes metrics worse. */
	readonly faulty?: boolean;
};

/** Something that goes wrong on some hosts, by their numbers in the fleet. */
export type Mishap = {
	readonly hosts: readonly number[];
	readonly event: string;
	readonly failure: Failure;
	/** When it fails, in scripted milliseconds after the event began; without it, when the event would have ended. */
	readonly afterMs?: number;
};

/**
 * What a hook that fails reports: a case the real agent was seen in (in this script, with this timeout), a text
 * written for a scenario, or nothing, because the load balancer never calls the host healthy.
 */
export type Failure =
	| {
			readonly type: 'agent';
			readonly case: AgentCaseName;
			readonly script?: string;
			readonly timeoutSeconds?: number;
	  }
	| { readonly type: 'authored'; readonly diagnostics: Diagnostics }
	| { readonly type: 'unhealthy' };

/** The rules of AWS that take minutes or hours, in scripted milliseconds: each scenario shortens them as it needs. */
export type TimeScale = {
	/** AWS: an event that no agent picks up fails after five minutes. */
	readonly unclaimedEventMs: number;
	/**
	 * AWS: up to an hour passes before an event ends of which nothing is heard any more, because the host is gone or
	 * the load balancer does not call it healthy.
	 */
	readonly silentEventMs: number;
	/** What stands for one minute in traffic shifts and wait times. */
	readonly minuteMs: number;
};

export const realTimeScale: TimeScale = {
	unclaimedEventMs: 5 * 60_000,
	silentEventMs: 60 * 60_000,
	minuteMs: 60_000,
};
