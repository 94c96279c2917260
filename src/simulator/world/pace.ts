import type { Random } from '../../lib/random.ts';
import { between } from './chance.ts';
import type { Host } from './host.ts';
import type { RevisionScript } from './script.ts';

/** How long one event takes: what passes before the agent picks it up, and how long it runs. Scripted milliseconds. */
export type Timing = { readonly pickUpMs: number; readonly runMs: number };

/** What an event usually takes. One without an entry has no script: the agent answers for it at once. */
const usualMs: Readonly<Record<string, number>> = {
	BlockTraffic: 5000,
	ApplicationStop: 1800,
	DownloadBundle: 2500,
	BeforeInstall: 1500,
	Install: 2800,
	AfterInstall: 4000,
	ApplicationStart: 4500,
	ValidateService: 5500,
	AllowTraffic: 6000,
};
const noScriptMs = 120;

/** Only the team's own scripts are slow on a slow host, not the load balancer. */
const hooks = new Set(['BeforeInstall', 'AfterInstall', 'ApplicationStart', 'ValidateService']);
const slowFactor = 3;

/** The timing of one host's events, drawn one after the other. */
export function createPace(random: Random, script: RevisionScript, host: Host): (event: string) => Timing {
	const hostFactor = between(random, 0.85, 1.2) * (script.pace ?? 1);
	const isSlow = script.slowHosts?.includes(host.number) ?? false;
	return event => {
		const meanMs = script.durationsMs?.[event] ?? usualMs[event] ?? noScriptMs;
		const slow = isSlow && hooks.has(event) ? slowFactor : 1;
		return {
			pickUpMs: between(random, 100, 600) * (script.pace ?? 1),
			runMs: meanMs * hostFactor * slow * between(random, 0.75, 1.3),
		};
	};
}
