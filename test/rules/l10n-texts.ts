import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { filesOf, root } from './imports-of.ts';

/** Something in a source that people read, and where it stands: `engine/explain/card.ts:12`. */
export interface Found {
  readonly text: string;
  readonly at: string;
}

export interface Texts {
  /** What is handed to t(). */
  readonly texts: Found[];
  /** Calls of t() that nothing can be held against: no literal, other arguments than placeholders, or before the language is known. */
  readonly mistakes: Found[];
  /** What people read and t() never sees. */
  readonly bare: Found[];
}

/** Every call of t() in the sources, and what should be one. */
export function textsOf(folders: readonly string[]): Texts {
  const found: Texts = { texts: [], mistakes: [], bare: [] };
  const kinds = new Set<string>();
  for (const file of folders.flatMap(filesOf)) {
    if (file !== 'engine/base/l10n.ts') collect(file, readFileSync(join(root, file), 'utf8'), found, kinds);
  }
  return { ...found, bare: found.bare.filter(({ text }) => !kinds.has(text)) };
}

export const placeholders = (text: string): string[] => [...new Set(text.match(/\{\d+\}/g) ?? [])].sort();

/**
 * Of one file. Ops state their conventions as data, which the explanation translates when it shows them.
 * @param kinds is given the texts that types are made of: they tell cases apart and are shown to nobody.
 */
export function collect(file: string, text: string, found: Texts, kinds: Set<string> = new Set()): void {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const at = (node: ts.Node): string =>
    `${file}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`;
  const add = (list: Found[], node: ts.Node, what: string): void => void list.push({ text: what, at: at(node) });
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') {
      const [first, ...args] = node.arguments;
      if (first === undefined || !ts.isStringLiteralLike(first)) add(found.mistakes, node, 'no literal text');
      else {
        add(found.texts, node, first.text);
        const wanted = placeholders(first.text);
        if (!args.some(ts.isSpreadElement) && wanted.join() !== args.map((_, i) => `{${i}}`).join())
          add(found.mistakes, node, `arguments of '${first.text}'`);
        if (!isInFunction(node)) add(found.mistakes, node, `'${first.text}' is asked for while the module loads`);
      }
    } else if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) kinds.add(node.literal.text);
    else if (isConvention(file, node)) add(found.texts, node, node.initializer.text);
    else if (isForPeople(file, node)) add(found.bare, node, node.text.trim());
    ts.forEachChild(node, visit);
  };
  visit(source);
}

const isConvention = (file: string, node: ts.Node): node is ts.PropertyAssignment & { initializer: ts.StringLiteral } =>
  file.startsWith('engine/ops/') &&
  ts.isPropertyAssignment(node) &&
  node.name.getText() === 'convention' &&
  ts.isStringLiteralLike(node.initializer);

function isInFunction(node: ts.Node): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isFunctionLike(at)) return true;
    if (ts.isPropertyDeclaration(at)) return !at.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
  }
  return false;
}

const spoken = new Set([
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-valuetext',
  'title',
  'placeholder',
  'alt',
]);
/** Two words with a space between: names, keys, classes, paths and formulas have none, prose has. */
const prose = /[A-Za-z]{2,},? [A-Za-z]{2,}/;
const words = /[A-Za-z]{2,}/;
/** Commands that are to be typed, and programs. */
const code = /^\s*retrograd |^import \{|^export function|^type [A-Z]/m;
/** JSON and XML are for programs, which do not change with their user's language. */
const documents: ReadonlySet<string> = new Set(['engine/explain/json.ts', 'engine/explain/health/junit.ts']);

type Text =
  | ts.JsxText
  | ts.StringLiteral
  | ts.NoSubstitutionTemplateLiteral
  | ts.TemplateHead
  | ts.TemplateMiddle
  | ts.TemplateTail;

/** Text of the panel's markup, attributes that are spoken, and prose wherever words are made for people. */
function isForPeople(file: string, node: ts.Node): node is Text {
  if (ts.isJsxText(node)) return words.test(node.text);
  const isText =
    ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node);
  if (!isText || documents.has(file)) return false;
  if (ts.isJsxAttribute(node.parent)) return spoken.has(node.parent.name.getText()) && words.test(node.text);
  return (
    /^(engine\/(explain|node|source)|extension|webview)\//.test(file) &&
    prose.test(node.text) &&
    !code.test(node.text) &&
    !isForNobody(node)
  );
}

/** What is read by programs or by developers alone: arguments of t() itself, errors that are thrown, types, logs, styles, SQL-like keys. */
function isForNobody(node: ts.Node): boolean {
  for (let at = node; at; at = at.parent) {
    const { parent } = at;
    if (parent === undefined) return false;
    if (ts.isCallExpression(parent)) {
      const callee = parent.expression.getText();
      if (
        callee === 't' ||
        /^(this\.)?#?log\.|\.log\./.test(callee) ||
        /\.(addEventListener|querySelector(All)?|setAttribute)$/.test(callee)
      )
        return true;
    }
    if (ts.isNewExpression(parent) && parent.expression.getText().endsWith('Error')) return true;
    if (ts.isThrowStatement(parent) && !parent.getText().includes('WrongUse')) return true;
    if (ts.isPropertyAccessExpression(parent) && parent.name.text === 'split') return true;
    if (ts.isTypeNode(parent) || ts.isImportDeclaration(parent)) return true;
    if (
      ts.isPropertyAssignment(parent) &&
      parent.name.getText() === 'name' &&
      parent.getSourceFile().fileName.startsWith('extension/features/')
    )
      return true;
    if (ts.isJsxAttribute(parent)) return !spoken.has(parent.name.getText());
    if (ts.isFunctionLike(parent) || ts.isBlock(parent)) return false;
  }
  return false;
}
