/** What is left of a rollout, as far as there is evidence. */
export type Eta = {
	/** Milliseconds that are left from now on; negative: that long over what was expected. */
	readonly leftMs: number;
	/** What the estimate rests on: this rollout's own targets, earlier rollouts, or what the configuration prescribes. */
	readonly from: 'own' | 'history' | 'configuration';
};
