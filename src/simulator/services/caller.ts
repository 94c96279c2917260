/** The identity of every caller: any signature is accepted. */
export function callerArn(accountId: string): string {
	return `arn:aws:sts::${accountId}:assumed-role/ReleaseEngineer/on-call`;
}
