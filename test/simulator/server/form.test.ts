import { expect, test } from 'vitest';
import { expandForm } from '../../../src/simulator/server/form.ts';
import { element, inner } from '../../../src/simulator/server/xml.ts';

test.each([
	['Action=A&Version=1', { Action: 'A', Version: '1' }],
	['Id.1=a&Id.2=b', { Id: ['a', 'b'] }],
	['Id.2=b&Id.10=c&Id.1=a', { Id: ['a', 'b', 'c'] }],
	['Names.member.1=a', { Names: ['a'] }],
	[
		'Filter.1.Name=n&Filter.1.Value.1=x&Filter.1.Value.2=y&Filter.2.Name=m',
		{ Filter: [{ Name: 'n', Value: ['x', 'y'] }, { Name: 'm' }] },
	],
	['A.B=1&A.C=2', { A: { B: '1', C: '2' } }],
	['A.member=x', { A: { member: 'x' } }],
	['A=1&A.B=2', { A: { B: '2' } }],
	['', {}],
])('the form %s', (form, expected) => {
	expect(expandForm(new URLSearchParams(form))).toEqual(expected);
});

test('XML: lists, nested members, and what has to be escaped', () => {
	expect(element('a', { b: [1, 'x<y'], c: undefined, d: { e: '"&\r' } })).toBe(
		'<a><b><member>1</member><member>x&lt;y</member></b><d><e>&quot;&amp;&#xD;</e></d></a>',
	);
	expect(inner({ set: [{ id: 1 }] }, 'item')).toBe('<set><item><id>1</id></item></set>');
});
