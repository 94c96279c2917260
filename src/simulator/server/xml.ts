/** An element with text, or with one child per member. Members that are undefined are left out. */
export function element(name: string, content: unknown): string {
	if (typeof content !== 'object' || content === null) {
		return `<${name}>${escapeXml(String(content))}</${name}>`;
	}
	const children = Object.entries(content)
		.filter(([, value]) => value !== undefined)
		.map(([child, value]) => element(child, value));
	return `<${name}>${children.join('')}</${name}>`;
}

export function escapeXml(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}
