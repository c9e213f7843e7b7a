import ts from 'typescript';
import type { LibraryNames } from './library-names.ts';

/** The declaration that a name means at its place: the innermost one round it. Null for none, and where one scope has two. */
export function declarationOf(names: LibraryNames, use: ts.Identifier): ts.Identifier | null {
  const round = names.declarations(use.text).flatMap((declaration) => {
    const scope = scopeOf(declaration);
    return scope.pos <= use.pos && use.end <= scope.end ? [{ declaration, size: scope.end - scope.pos }] : [];
  });
  const [nearest, next] = round.sort((a, b) => a.size - b.size);
  return nearest && nearest.size !== next?.size ? nearest.declaration : null;
}

/** The `const` that a name means at its place. */
export function constantOf(names: LibraryNames, use: ts.Identifier): ts.VariableDeclaration | null {
  const declaration = declarationOf(names, use)?.parent;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !ts.isVariableDeclarationList(declaration.parent))
    return null;
  return (declaration.parent.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Const ? declaration : null;
}

/** The part of the text in which a declared name can be used. */
function scopeOf(name: ts.Identifier): ts.Node {
  const isVar = ts.isVariableDeclaration(name.parent) && !isBlockScoped(name.parent);
  for (let at: ts.Node = name.parent; ; at = at.parent) {
    if (ts.isSourceFile(at)) return at;
    if (ts.isFunctionLike(at) && at !== name.parent) return at;
    if (ts.isFunctionExpression(at)) return at;
    const isBlock = ts.isBlock(at) || ts.isCaseBlock(at) || ts.isModuleBlock(at) || ts.isIterationStatement(at, false);
    if (isBlock && !isVar) return at;
  }
}

const isBlockScoped = ({ parent }: ts.VariableDeclaration): boolean =>
  !ts.isVariableDeclarationList(parent) || (parent.flags & ts.NodeFlags.BlockScoped) !== 0;
