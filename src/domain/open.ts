/**
 * An enum of AWS. Values that are known today are listed for the type checker's sake; any other string is carried
 * through and shown as it is, since AWS adds values without notice.
 */
export type Open<Known extends string> = Known | (string & Record<never, never>);
