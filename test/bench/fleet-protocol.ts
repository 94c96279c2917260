/** What a measurement tells the server of prepared answers, and hears from it. */

export type FleetOptions = {
	readonly targets: number;
	/** How many of them are at work; the others wait. All unless told. */
	readonly running?: number;
	/** Before each answer. */
	readonly latencyMs: number;
	/** How many targets go on to their next event each second. */
	readonly changesPerSecond: number;
};

export type ServerOrder =
	| { readonly type: 'change'; readonly perSecond: number }
	| { readonly type: 'report' };

export type ServerReport = {
	readonly type: 'report';
	/** By operation, since the start. */
	readonly calls: Readonly<Record<string, number>>;
	readonly bytes: number;
	/** From the first call to the last answer about targets. */
	readonly pictureMs: number;
};

export type ServerMessage =
	| { readonly type: 'listening'; readonly url: string; readonly deploymentId: string }
	| ServerReport;
