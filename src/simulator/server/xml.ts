/**
 * An element with text, with one child per member, or, for a list, with one `itemName` per item. Members that are
 * undefined are left out.
 */
export function element(name: string, content: unknown, itemName = 'member'): string {
	return `<${name}>${inner(content, itemName)}</${name}>`;
}

/** What stands within an element, or several elements one after the other. */
export function inner(content: unknown, itemName = 'member'): string {
	if (typeof content !== 'object' || content === null) return escapeXml(String(content));
	if (Array.isArray(content)) return content.map(item => element(itemName, item, itemName)).join('');
	return Object.entries(content)
		.filter(([, value]) => value !== undefined)
		.map(([child, value]) => element(child, value, itemName))
		.join('');
}

/** A line break within a text survives only as a reference. */
export function escapeXml(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll('\r', '&#xD;');
}
