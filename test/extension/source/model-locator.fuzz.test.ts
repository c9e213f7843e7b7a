import assert from 'node:assert/strict';
import fc from 'fast-check';
import ts from 'typescript';
import { locateModels } from '../../../extension/source/model-locator.ts';

/** The slow, obvious way: every call of `model` in TypeScript's own tree. */
function byParsing(text: string): number[] {
  const file = ts.createSourceFile('model.ts', text, ts.ScriptTarget.ESNext, true);
  const found: number[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'model') {
      found.push(node.getStart());
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found.sort((a, b) => a - b);
}

const expression = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(
      'x',
      '1.5',
      "'model('",
      '"it\'s /*"',
      '`model(`',
      '/model\\(/g',
      '/[/"]model(/',
      'x.model(y)',
      'x?.y',
      '$model(1)',
    ),
    tie('expression').map((inner) => `model(${inner})`),
    tie('expression').map((inner) => `model<Array<() => void>>(${inner})`),
    tie('expression').map((inner) => `\`a \${${inner}} model( \${{ y: ${inner} }}\``),
    tie('expression').map((inner) => `(${inner}) /* model( ' */ / 2`),
    tie('expression').map((inner) => `[${inner}] / 2 / x // model(\n`),
    tie('expression').map((inner) => `() => { return ${inner}; }`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `f(${a}, { z: ${b} })`),
  ),
})).expression;

describe('finding models without a parser', () => {
  it('finds what TypeScript finds', () => {
    fc.assert(
      fc.property(fc.array(expression, { minLength: 1, maxLength: 5 }), (parts) => {
        const text = `import { model } from 'retrograd';\n${parts.map((part) => `export const a = ${part};`).join('\n')}`;
        assert.deepEqual(locateModels(text), byParsing(text), text);
      }),
      { numRuns: 300 },
    );
  });

  it('never throws', () => {
    const piece = fc.constantFrom(
      'model',
      '(',
      ')',
      '`',
      '${',
      '}',
      '{',
      '/',
      '/*',
      '*/',
      '//',
      "'",
      '"',
      '\\',
      '\n',
      '<',
      '>',
      '.',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.array(piece),
        (pieces) => void locateModels(`import { model } from 'retrograd';${pieces.join('')}`),
      ),
    );
  });
});
