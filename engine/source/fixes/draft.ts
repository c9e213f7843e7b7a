import ts from 'typescript';
import type { FixRequest, TextEdit } from '../../base/source-fix.ts';
import { type Span, span } from '../../base/span.ts';
import { parse, syntaxErrors } from '../parse.ts';
import { bare } from '../syntax.ts';
import { LibraryNames } from './library-names.ts';

/** How one kind of repair is done. @returns false for a form that is not understood: then nothing is edited at all. */
export type Repair<Kind extends FixRequest['kind']> = (
  draft: Draft,
  request: Extract<FixRequest, { kind: Kind }>,
) => boolean;

/** The edits of one repair of one text, while it is being worked out. */
export class Draft {
  readonly tree: ts.SourceFile;
  readonly names: LibraryNames;
  readonly #edits: TextEdit[] = [];

  constructor(
    path: string,
    readonly text: string,
  ) {
    this.tree = parse(path, text);
    this.names = new LibraryNames(this.tree);
  }

  get isSound(): boolean {
    return syntaxErrors(this.tree).length === 0;
  }

  start(node: ts.Node): number {
    return node.getStart(this.tree);
  }

  textOf(node: ts.Node): string {
    return this.text.slice(this.start(node), node.end);
  }

  /** The call at exactly this place. */
  callAt({ start, end }: Span): ts.CallExpression | null {
    const look = (node: ts.Node): ts.CallExpression | null => {
      if (node.end < end || this.start(node) > start) return null;
      if (ts.isCallExpression(node) && node.end === end && this.start(node) === start) return node;
      return ts.forEachChild(node, look) ?? null;
    };
    return look(this.tree);
  }

  replace(start: number, end: number, text: string): void {
    this.#edits.push({ span: span(start, end), text });
  }

  replaceNode(node: ts.Node, text: string): void {
    this.replace(this.start(node), node.end, text);
  }

  insert(at: number, text: string): void {
    this.replace(at, at, text);
  }

  /** Takes a stretch away. @returns false where a comment stands in it, which says something that should stay. */
  remove(start: number, end: number): boolean {
    if (/\/[/*]/.test(this.text.slice(start, end))) return false;
    this.replace(start, end, '');
    return true;
  }

  /** Puts `.method(…)` behind an expression, in parentheses where it would bind otherwise. */
  append(node: ts.Expression, text: string): void {
    if (!ts.isLeftHandSideExpression(node) || ts.isNumericLiteral(node) || ts.isNewExpression(node)) {
      this.insert(this.start(node), '(');
      this.insert(node.end, `)${text}`);
    } else this.insert(node.end, text);
  }

  /** The statement `const name = …` that an identifier stands for: not exported, and the only one of that name in the file. */
  constant(node: ts.Expression): ts.VariableDeclaration | null {
    const name = bare(node);
    if (!ts.isIdentifier(name)) return null;
    const found = this.names.declarations(name.text);
    const declaration = found[0]?.parent;
    if (found.length !== 1 || !declaration || !ts.isVariableDeclaration(declaration)) return null;
    const list = declaration.parent;
    if (!ts.isVariableDeclarationList(list) || !ts.isVariableStatement(list.parent)) return null;
    const isConst = (list.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Const;
    return isConst && list.declarations.length === 1 && !list.parent.modifiers && declaration.initializer
      ? declaration
      : null;
  }

  /** In the order of the text; null where two of them meet. */
  edits(): TextEdit[] | null {
    const edits = [...this.#edits, ...this.names.edits(this.text)].sort(
      (a, b) => a.span.start - b.span.start || a.span.end - b.span.end,
    );
    const meet = edits.some(({ span: { start } }, i) => i > 0 && edits[i - 1]!.span.end > start);
    return meet ? null : edits;
  }
}
