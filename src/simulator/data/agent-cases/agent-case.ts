/**
 * What the AWS CodeDeploy agent 1.8.1 reported and left on the host when something failed, byte for byte, taken from
 * small bundles that were written for the purpose. `test/fixtures/agent-output` holds the whole corpus.
 */
export type AgentCase = {
	/** The lifecycle event that failed. */
	readonly event: string;
	/** The agent's own number, not AWS's public LifecycleErrorCode. */
	readonly errorCode: number;
	readonly scriptName: string;
	readonly message: string;
	readonly log: string;
	/** What scripts.log holds, without the times, where that is not `log`. */
	readonly scriptsLog?: string;
	/** The script that failed, where its bytes are the reason. */
	readonly script?: string;
	/** The AppSpec, where it is the reason; undefined where its absence is. */
	readonly appSpec?: string | undefined;
};

export function lines(...texts: readonly string[]): string {
	return texts.map(text => `${text}\n`).join('');
}
