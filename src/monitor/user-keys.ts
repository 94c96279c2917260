/**
 * Keys of the user's own: for an intent of one layer of the view's table of keys, or of `all` layers. A name that is
 * not in that table changes nothing.
 */
export type UserKeys = {
	readonly [layer: string]: { readonly [intent: string]: readonly string[] } | undefined;
};

export const noUserKeys: UserKeys = {};
