/** The account of an ARN, 12 digits; undefined for anything that is not one (AWS: ARN format). */
export function accountOfArn(arn: string | undefined): string | undefined {
	const account = arn?.split(':')[4];
	return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}

/** `123456789012` as people read it: `1234-5678-9012`. */
export const formatAccount = (account: string): string => account.replace(/(\d{4})(?=\d)/g, '$1-');
