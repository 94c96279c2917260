import { error, warning } from './rule.ts';

/** What is in the bundle, and how it is packed. */
export const contentRules = {
	'bundle-not-an-archive': error(
		'the agent fails at DownloadBundle with “Error extracting … archive”',
		'pack the bundle again as zip, tar or tar.gz, and give the ending that fits',
	),
	'bundle-parent-path': error(
		'tar refuses such a path and DownloadBundle fails; unzip writes it elsewhere',
		'pack from within the folder of the bundle, with paths relative to it',
	),
	'bundle-absolute-path': warning(
		'the leading slash is dropped when the bundle is unpacked, so the file lies where nobody expects it',
		'pack from within the folder of the bundle, with paths relative to it',
	),
	'bundle-link-outside': warning(
		'on the host it leads to whatever lies there, or nowhere',
		'pack the file itself in the place of the link',
	),
	'bundle-duplicate-entry': warning(
		'the archive holds the path more than once, and the last one wins when it is unpacked',
		'pack the bundle again from a clean folder',
	),
	'bundle-case-clash': warning(
		'the names differ in case only: on Windows one replaces the other',
		'rename one of them',
	),
	'bundle-macos-leftovers': warning(
		'macOS adds such files when it packs; beside a single top folder they keep the agent from finding the AppSpec',
		'pack without them: zip -r bundle.zip . -x "__MACOSX/*" "*.DS_Store"',
	),
	'bundle-large-file': warning(
		'each host downloads it, and keeps it in the five revisions that the agent holds back',
		'leave it out of the bundle, or fetch it from where it belongs',
	),
	'bundle-version-control': warning(
		'the history of the project goes to every host',
		'leave .git out of the bundle',
	),
	'bundle-secret-file': warning(
		'whoever can read the bundle, or a host, has it; it stays in old revisions',
		'leave it out, and read it on the host from Secrets Manager or Parameter Store',
	),
	'bundle-secret-content': warning(
		'whoever can read the bundle, or a host, has it; it stays in old revisions',
		'take it out, replace it, and read it on the host from Secrets Manager or Parameter Store',
	),
} as const;
