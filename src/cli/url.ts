import { sanitizeLine } from '../lib/sanitize.ts';

/** What an endpoint may be, as a JSON schema can say it too. */
export const urlPattern = /^https?:\/\/[^\s/]+/;

/** Whether `text` is a URL of AWS, or of what stands in for it. What cannot be seen the parser of URLs would let pass. */
export const isUrl = (text: string): boolean =>
	urlPattern.test(text) && URL.canParse(text) && sanitizeLine(text) === text;
