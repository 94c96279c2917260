import { type BundleReader, BundleRefused } from '../bundle.ts';
import type { ByteSource } from './byte-source.ts';

/** An AppSpec by itself. Takes over `source`. Names that only differ in what stands before `appspec` are all its own. */
export async function openSingleFile(name: string, source: ByteSource): Promise<BundleReader> {
	const ending = /\.(ya?ml|json)$/i.exec(name)?.[1]?.toLowerCase() ?? 'yml';
	const entry = { path: `appspec.${ending}`, type: 'file', size: source.size } as const;
	return {
		kind: 'file',
		entries: [entry],
		async read({ path }, maxBytes) {
			if (path !== entry.path) throw new BundleRefused('it is a single file');
			return source.read(0, Math.min(source.size, maxBytes));
		},
		close: () => source.close(),
	};
}
