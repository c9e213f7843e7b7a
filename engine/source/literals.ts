import ts from 'typescript';
import { indicesOf } from '../base/indices.ts';
import { t } from '../base/l10n.ts';
import { type Span, span } from '../base/span.ts';
import { isLibrary } from './models.ts';
import { parse } from './parse.ts';
import { bare, hasModifier } from './syntax.ts';

/** Where the text has one number of a tensor, its sign included; or why it has none. */
export type FoundLiteral = { readonly span: Span } | { readonly why: string };

/**
 * The number in the text that one element of a leaf was made of.
 * @param call of the expression that made the leaf: `param([[1, 2], [3, 4]])`.
 * @param element row-major, in a tensor of this shape.
 */
export function literalOf(
  path: string,
  text: string,
  call: Span,
  shape: readonly number[],
  element: number,
): FoundLiteral {
  const tree = parse(path, text);
  const node = expressionAt(tree, call);
  if (!node || !ts.isCallExpression(node)) return { why: t('Nothing of the text made it by itself.') };
  const finder = new Finder(tree, libraryNames(tree), shape);
  return finder.inCall(node, indicesOf(shape, element));
}

/** Functions of the library whose first argument is the content. */
const holding = new Set(['param', 'tensor', 'input']);
const drawing = new Set(['randn', 'rand', 'randint']);
const filling = new Set(['zeros', 'ones', 'zerosLike', 'onesLike', 'eye', 'arange', 'linspace', 'oneHot', 'full']);
const arrayTypes = new Set(['Float32Array', 'Float64Array', 'Int32Array', 'Uint8Array']);

class Finder {
  constructor(
    readonly tree: ts.SourceFile,
    readonly names: LibraryNames,
    readonly shape: readonly number[],
  ) {}

  inCall(call: ts.CallExpression, place: readonly number[]): FoundLiteral {
    const name = this.names.calledBy(call);
    const [first, second] = call.arguments;
    if (name === null) return { why: t('It comes from {0}, which is no tensor written out.', short(call.expression)) };
    if (drawing.has(name)) return { why: t('It was drawn at random by {0}.', name) };
    if (name === 'full' && second && this.shape.every((size) => size === 1)) return this.inContent(second, []);
    if (filling.has(name)) return { why: t('{0} makes it by a rule, not from a number of its own.', name) };
    if (!holding.has(name) || first === undefined) return { why: t('{0} is no tensor written out.', short(call)) };
    return this.inContent(first, place);
  }

  /** In nested arrays, or in the one number of a scalar. */
  inContent(written: ts.Expression, place: readonly number[]): FoundLiteral {
    const content = bare(written);
    if (ts.isCallExpression(content) && this.names.calledBy(content) !== null) return this.inCall(content, place);
    if (ts.isIdentifier(content) && !isNumberName(content)) return this.#inVariable(content, place);
    const [index, ...rest] = place;
    if (index === undefined) return this.#number(content);
    const elements = elementsOf(content);
    if (elements === null) return { why: t('{0} is not written out as numbers.', short(content)) };
    if (elements.some((one) => ts.isSpreadElement(one))) return { why: t('Its array is put together with “…”.') };
    const element = elements[index];
    return element && !ts.isOmittedExpression(element)
      ? this.inContent(element, rest)
      : { why: t('The array in the text has no such element.') };
  }

  #number(content: ts.Expression): FoundLiteral {
    const signed = ts.isPrefixUnaryExpression(content) && isSign(content.operator) ? bare(content.operand) : content;
    if (ts.isNumericLiteral(signed)) return { span: span(content.getStart(this.tree), content.end) };
    return { why: t('{0} is an expression, not a number.', short(content)) };
  }

  /** A constant that is used here and nowhere else is as good as its number; any other says more than one thing. */
  #inVariable(name: ts.Identifier, place: readonly number[]): FoundLiteral {
    const uses = identifiers(this.tree).filter(({ text }) => text === name.text);
    const declared = uses.map(({ parent }) => parent).find(ts.isVariableDeclaration);
    if (!declared?.initializer || !isConstant(declared))
      return { why: t('It comes from {0}, which is no constant of this file.', name.text) };
    if (uses.length > 2 || isExported(declared))
      return { why: t('It comes from {0}, which is used in other places too.', name.text) };
    return this.inContent(declared.initializer, place);
  }
}

interface LibraryNames {
  /** What the library calls the function that is called, or null for any other. */
  calledBy(call: ts.CallExpression): string | null;
}

function libraryNames(tree: ts.SourceFile): LibraryNames {
  const direct = new Map<string, string>();
  const namespaces = new Set<string>();
  for (const statement of tree.statements) {
    if (!ts.isImportDeclaration(statement) || !isLibrary(statement.moduleSpecifier)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings && ts.isNamespaceImport(bindings)) namespaces.add(bindings.name.text);
    else
      for (const { name, propertyName } of bindings?.elements ?? []) direct.set(name.text, (propertyName ?? name).text);
  }
  return {
    calledBy: ({ expression }) => {
      if (ts.isIdentifier(expression)) return direct.get(expression.text) ?? null;
      const isMember = ts.isPropertyAccessExpression(expression) && ts.isIdentifier(expression.expression);
      return isMember && namespaces.has(expression.expression.text) ? expression.name.text : null;
    },
  };
}

function expressionAt(tree: ts.SourceFile, { start, end }: Span): ts.Expression | null {
  let found: ts.Expression | null = null;
  const look = (node: ts.Node): void => {
    if (node.pos > start || node.end < end) return;
    if (node.end === end && node.getStart(tree) === start && ts.isCallExpression(node)) found ??= node;
    ts.forEachChild(node, look);
  };
  look(tree);
  return found;
}

/** Of `[1, 2]`, `new Float32Array([1, 2])`, `Float32Array.of(1, 2)`. */
function elementsOf(content: ts.Expression): readonly ts.Expression[] | null {
  if (ts.isArrayLiteralExpression(content)) return content.elements;
  if (ts.isCallExpression(content)) {
    const { expression: of } = content;
    return ts.isPropertyAccessExpression(of) && of.name.text === 'of' && isArrayType(of.expression)
      ? content.arguments
      : null;
  }
  if (!ts.isNewExpression(content) || !isArrayType(content.expression)) return null;
  const first = content.arguments?.[0] && bare(content.arguments[0]);
  return first && ts.isArrayLiteralExpression(first) ? first.elements : null;
}

const isArrayType = (node: ts.Expression): boolean => ts.isIdentifier(node) && arrayTypes.has(node.text);

function identifiers(tree: ts.SourceFile): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) found.push(node);
    ts.forEachChild(node, look);
  };
  look(tree);
  return found;
}

const isSign = (operator: ts.PrefixUnaryOperator): boolean =>
  operator === ts.SyntaxKind.MinusToken || operator === ts.SyntaxKind.PlusToken;
const isNumberName = ({ text }: ts.Identifier): boolean =>
  text === 'Infinity' || text === 'NaN' || text === 'undefined';
const isConstant = ({ parent }: ts.VariableDeclaration): boolean =>
  ts.isVariableDeclarationList(parent) && (parent.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Const;

const isExported = ({ parent }: ts.VariableDeclaration): boolean =>
  ts.isVariableStatement(parent.parent) && hasModifier(parent.parent, ts.SyntaxKind.ExportKeyword);

/** As much of an expression as a sentence takes. */
function short(node: ts.Node): string {
  const text = node.getText().replace(/\s+/g, ' ');
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
