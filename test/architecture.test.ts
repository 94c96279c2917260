import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { floors, importsOf, type SourceFile, violations } from './support/architecture.ts';

const root = path.join(import.meta.dirname, '..');

function filesIn(folder: string): SourceFile[] {
	return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter(name => /\.tsx?$/.test(name))
		.map(name => ({
			path: `${folder}/${name.replaceAll(path.sep, '/')}`,
			text: readFileSync(path.join(root, folder, name), 'utf8'),
		}));
}

describe('the house', () => {
	const files = [...filesIn('src'), ...filesIn('test')];

	test('is looked at', () => {
		expect(files.length).toBeGreaterThan(20);
		expect(files.flatMap(({ text }) => importsOf(text)).length).toBeGreaterThan(files.length);
	});

	test('is in order', () => {
		expect(files.flatMap(violations)).toEqual([]);
	});
});

describe('a violation is caught', () => {
	test.each(Object.entries(floors).filter(([floor]) => floor !== 'main'))(
		'%s imports its floors only',
		(from, allowed) => {
			const refused = Object.keys(floors).filter(to => {
				const up = '../'.repeat(from.split('/').length);
				const text = `import { x } from '${up}${to === 'main' ? to : `${to}/x`}.ts';\n`;
				return violations({ path: `src/${from}/planted.ts`, text }).length > 0;
			});
			expect(refused).toEqual(Object.keys(floors).filter(to => to !== from && !allowed.includes(to)));
		},
	);

	test('a floor may use itself, and main everything', () => {
		const own: SourceFile[] = [
			{ path: 'src/view/rows/planted.ts', text: "import { x } from '../columns.ts';\n" },
			{ path: 'src/main.ts', text: "await import('./simulator/serve.ts');\nprocess.exit(await run());\n" },
			{ path: 'src/ui/app.tsx', text: "import { Box } from 'ink';\nimport { memo } from 'react';\n" },
			{ path: 'src/gateway/aws/planted.ts', text: "import { X } from '@aws-sdk/client-codedeploy';\n" },
		];
		expect(own.flatMap(violations)).toEqual([]);
	});

	test.each([
		"import { x } from '../../simulator/x.ts';",
		"import type { X } from '../../simulator/x.ts';",
		"import {\n\ttype X,\n\ty,\n} from '../../simulator/x.ts';",
		"import '../../simulator/x.ts';",
		"export { x } from '../../simulator/x.ts';",
		"export * from '../../simulator/x.ts';",
		"const x = await import('../../simulator/x.ts');",
		"type X = import('../../simulator/x.ts').X;",
	])('however it is imported: %s', text => {
		expect(violations({ path: 'src/view/rows/planted.ts', text })).toEqual([
			'src/view/rows/planted.ts imports src/simulator/x.ts',
		]);
	});

	test.each([
		['src/view/planted.ts', "import { Text } from 'ink';", 'imports Ink and React'],
		['src/cli/planted.ts', "import type { ReactNode } from 'react';", 'imports Ink and React'],
		['src/main.ts', "import { jsx } from 'react/jsx-runtime';", 'imports Ink and React'],
		['src/gateway/planted.ts', "import { X } from '@aws-sdk/client-codedeploy';", 'imports the AWS SDK'],
		['src/simulator/planted.ts', "await import('@smithy/core');", 'imports the AWS SDK'],
		['src/view/planted.ts', "import { setTimeout as wait } from 'node:timers/promises';", 'imports timers'],
		['src/view/planted.ts', 'export const at = Date.now();', "has the machine's clock"],
		['src/view/planted.ts', 'export const at = new Date();', "has the machine's clock"],
		['src/view/planted.ts', 'export const at = new Date;', "has the machine's clock"],
		['src/simulator/planted.ts', 'export const at = performance.now();', "has the machine's clock"],
		['src/domain/planted.ts', 'export const x = Math.random();', 'has chance'],
		['src/ui/planted.tsx', 'useEffect(() => globalThis.setInterval(f, 1));', 'has timers'],
		['src/actions/planted.ts', 'setTimeout(f, 1);', 'has timers'],
		['src/gateway/planted.ts', 'setImmediate(f);', 'has timers'],
		['src/cli/planted.ts', 'process.exit(1);', 'has the end of the process'],
		['src/lib/planted.ts', 'export default 1;', 'has a default export'],
		['src/lib/planted.ts', 'const x = 1;\nexport { x as default };', 'has a default export'],
		['src/main.ts', 'await import(name);', 'has an import nobody can check'],
		['src/utils/planted.ts', '', 'is on no floor'],
		['src/planted.ts', '', 'is on no floor'],
		['src/gateway/gcp/planted.ts', '', 'is on no floor'],
		['src/lib/planted.ts', "import { x } from '../../test/support/x.ts';", 'imports test/support/x.ts'],
		['src/lib/planted.ts', '\n'.repeat(301), 'has 301 lines, more than 300'],
		['test/planted.test.ts', '\n'.repeat(301), 'has 301 lines, more than 300'],
	])('%s: %s', (file, text, sentence) => {
		expect(violations({ path: file, text: `${text}\n`.replace(/\n\n$/, '\n') })).toEqual([
			`${file} ${sentence}`,
		]);
	});

	test('what only looks like one is none', () => {
		const text = `
			// Date.now() is read elsewhere; import { x } from '../simulator/x.ts' would be wrong.
			/** Never process.exit() or setTimeout(). */
			export const at = (now: number) => new Date(now);
			process.exitCode = 1;
		`;
		expect(violations({ path: 'src/view/planted.ts', text })).toEqual([]);
	});
});
