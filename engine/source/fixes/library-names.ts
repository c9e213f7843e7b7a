import ts from 'typescript';
import type { TextEdit } from '../../base/source-fix.ts';
import { span } from '../../base/span.ts';
import { isLibrary } from '../models.ts';

/** How a file calls things of the library; what its imports have to say after a repair. */
export class LibraryNames {
  readonly #specifiers: ts.ImportSpecifier[] = [];
  #namespace: string | null = null;
  readonly #declarations = new Map<string, ts.Identifier[]>();
  readonly #uses = new Map<string, ts.Identifier[]>();
  readonly #added = new Set<string>();
  readonly #dropped = new Set<ts.Identifier>();

  constructor(tree: ts.SourceFile) {
    for (const statement of tree.statements) {
      if (!ts.isImportDeclaration(statement) || !isLibrary(statement.moduleSpecifier)) continue;
      const bindings = statement.importClause?.isTypeOnly ? undefined : statement.importClause?.namedBindings;
      if (bindings && ts.isNamespaceImport(bindings)) this.#namespace ??= bindings.name.text;
      else if (bindings) this.#specifiers.push(...bindings.elements.filter(({ isTypeOnly }) => !isTypeOnly));
    }
    const look = (node: ts.Node): void => {
      if (ts.isIdentifier(node)) this.#note(node);
      ts.forEachChild(node, look);
    };
    look(tree);
  }

  #note(node: ts.Identifier): void {
    const { parent } = node;
    const { name, propertyName } = parent as { readonly name?: ts.Node; readonly propertyName?: ts.Node };
    const isDeclared =
      (ts.isVariableDeclaration(parent) ||
        ts.isParameter(parent) ||
        ts.isBindingElement(parent) ||
        ts.isFunctionDeclaration(parent) ||
        ts.isFunctionExpression(parent) ||
        ts.isClassLike(parent) ||
        ts.isEnumDeclaration(parent) ||
        ts.isModuleDeclaration(parent) ||
        ts.isImportSpecifier(parent) ||
        ts.isNamespaceImport(parent) ||
        ts.isImportClause(parent)) &&
      name === node;
    if (isDeclared) this.#add(this.#declarations, node);
    // The name of a property is no use of a variable; in `{ p }` it is both.
    else if (
      (name !== node && propertyName !== node) ||
      ts.isShorthandPropertyAssignment(parent) ||
      ts.isExportSpecifier(parent)
    )
      this.#add(this.#uses, node);
  }

  #add(map: Map<string, ts.Identifier[]>, node: ts.Identifier): void {
    map.set(node.text, [...(map.get(node.text) ?? []), node]);
  }

  /** Where a name is declared, imports included. */
  declarations(name: string): readonly ts.Identifier[] {
    return this.#declarations.get(name) ?? [];
  }

  uses(name: string): readonly ts.Identifier[] {
    return this.#uses.get(name) ?? [];
  }

  isFree(name: string): boolean {
    return this.declarations(name).length === 0 && this.uses(name).length === 0;
  }

  /** What of the library an expression names: `relu` for `relu`, for `rg.relu` and for `r` after `import { relu as r }`. */
  libraryName(node: ts.Expression): string | null {
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
      const { text } = node.expression;
      return text === this.#namespace && this.declarations(text).length === 1 ? node.name.text : null;
    }
    // A name that is declared elsewhere too may be the other one here.
    if (!ts.isIdentifier(node) || this.declarations(node.text).length !== 1) return null;
    const specifier = this.#specifiers.find(({ name }) => name.text === node.text);
    return specifier ? (specifier.propertyName ?? specifier.name).text : null;
  }

  /** How this file may call something of the library, which is imported where it was not. Null where its name is taken. */
  use(name: string): string | null {
    const known = this.#specifiers.find((one) => (one.propertyName ?? one.name).text === name)?.name.text;
    if (known !== undefined) return this.declarations(known).length === 1 ? known : null;
    if (this.#specifiers.length === 0)
      return this.#namespace && this.declarations(this.#namespace).length === 1 ? `${this.#namespace}.${name}` : null;
    if (!this.#added.has(name) && !this.isFree(name)) return null;
    this.#added.add(name);
    return name;
  }

  /** A use of an import that goes; with the last one goes the import. */
  drop(node: ts.Expression): void {
    if (ts.isIdentifier(node)) this.#dropped.add(node);
  }

  edits(text: string): TextEdit[] {
    const unused = this.#specifiers.filter(({ name }) => {
      const uses = this.uses(name.text);
      return uses.length > 0 && uses.every((use) => this.#dropped.has(use));
    });
    const added = [...this.#added].sort();
    const edits: TextEdit[] = [];
    // In the place of what goes, else in alphabetical order before another.
    for (const specifier of unused) {
      const name = added.shift();
      if (name !== undefined) edits.push({ span: span(specifier.getStart(), specifier.end), text: name });
      else edits.push(...this.#removal(specifier, unused, text));
    }
    return [...edits, ...this.#insertions(added, unused, text)];
  }

  #insertions(added: readonly string[], unused: readonly ts.ImportSpecifier[], text: string): TextEdit[] {
    const own = this.#specifiers[0]?.parent.elements ?? [];
    return added.map((name): TextEdit => {
      const next = own.find((one) => !unused.includes(one) && (one.propertyName ?? one.name).text > name);
      if (next) {
        const at = next.getStart();
        const indent = /\n[ \t]*$/.exec(text.slice(0, at))?.[0] ?? ' ';
        return { span: span(at, at), text: `${name},${indent}` };
      }
      const last = own.at(-1)!;
      const indent = /\n[ \t]*$/.exec(text.slice(0, last.getStart()))?.[0] ?? ' ';
      return { span: span(last.end, last.end), text: `,${indent}${name}` };
    });
  }

  /** With the comma behind it, or before the last. Nothing where it is the only one: an import that is not used does no harm. */
  #removal(specifier: ts.ImportSpecifier, unused: readonly ts.ImportSpecifier[], text: string): TextEdit[] {
    const { elements } = specifier.parent;
    const i = elements.indexOf(specifier);
    if (elements.every((one) => unused.includes(one))) return [];
    const next = elements[i + 1];
    const [start, end] = next ? [specifier.getStart(), next.getStart()] : [elements[i - 1]!.end, specifier.end];
    return /\/[/*]/.test(text.slice(start, end)) ? [] : [{ span: span(start, end), text: '' }];
  }
}
