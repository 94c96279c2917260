/** What the scripts of the stories' applications print when they succeed. An event that is not here has no script. */
export type UsualHook = { readonly script: string; readonly output: readonly string[] };

export function usualHook(
	event: string,
	application: string,
	platform: 'linux' | 'windows',
): UsualHook | undefined {
	const output = usualOutputs[event]?.(application);
	const name = scriptName(event);
	return output && { script: platform === 'windows' ? `scripts\\${name}.ps1` : `scripts/${name}.sh`, output };
}

const usualOutputs: Readonly<Record<string, (application: string) => readonly string[]>> = {
	ApplicationStop: application => [
		`[stdout]Stopping ${application}`,
		`[stdout]${application} has stopped after 1.2 s, 0 requests were cut off`,
	],
	BeforeInstall: application => [
		`[stdout]Keeping the old release of ${application} in /var/cache/${application}/previous`,
		'[stdout]14 files, 31 MB',
	],
	AfterInstall: application => [
		`[stdout]Installing the dependencies of ${application}`,
		'[stderr]npm warn deprecated glob@8.1.0: Glob versions prior to v9 are no longer supported',
		'[stdout]added 412 packages in 3s',
		'[stdout]Compiling templates: 38 of 38',
	],
	ApplicationStart: application => [
		`[stdout]Starting ${application}`,
		`[stdout]${application} listens on 127.0.0.1:8080`,
	],
	ValidateService: () => [
		'[stdout]GET http://127.0.0.1:8080/health',
		'[stdout]attempt 1: 503 Service Unavailable',
		'[stdout]attempt 2: 200 OK',
		'[stdout]the service is healthy',
	],
};

/** `AfterInstall` is in `after_install`. */
function scriptName(event: string): string {
	return event.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();
}
