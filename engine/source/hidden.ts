import ts from 'typescript';

/** What may stand between two tokens. */
const gap = String.raw`(?:\s|/\*[^]*?\*/|//.*)*`;

/** Looked for by `namesHidden`. A name that a program puts together from parts is not found: nobody does that unawares. */
const hidden = new RegExp(
  [
    String.raw`\\u`,
    // What makes accessors, proxies, conversions, iterators that remember, code from texts.
    String.raw`\b(?:Proxy|Reflect|Symbol|WeakRef|FinalizationRegistry|Function|eval|globalThis|prototype|__\w+__|valueOf|toString|toJSON|defineProperty|defineProperties|setPrototypeOf|assign)\b`,
    String.raw`\b(?:get|set|static)\s+(?=[\w$#['"])`,
    String.raw`\bObject\b(?!\.(?:keys|values|entries|fromEntries|freeze|hasOwn|is)\()`,
    // Of anything but a class this is the maker of functions, or leads to it.
    String.raw`\bconstructor\b(?!\s*\()|\.${gap}constructor\b`,
    // Functions of the language that answer otherwise each time, handed on: the library would call them, and no call be seen.
    String.raw`\bbind\b|\b(?:random|now)\b(?!\s*\()|(?:\.${gap}|['"\x60])(?:pop|shift|next|splice|exec)\b(?!\s*\()`,
    // A tensor's number, which is another one at each step.
    String.raw`\bhandle\b`,
  ].join('|'),
  'g',
);

/**
 * Whether a program names something by which what looks like reading or calling may do something else, unseen. One too many is
 * found rather than one too few: in texts too, and in some comments.
 */
export function namesHidden(tree: ts.SourceFile): boolean {
  for (const { index } of tree.text.matchAll(hidden)) if (!isBetweenTokens(tree, index)) return true;
  return false;
}

/** Whether a place is in what stands before a token. False for comments before a closing bracket, which belong to no node. */
function isBetweenTokens(tree: ts.SourceFile, at: number): boolean {
  let node: ts.Node = tree;
  for (;;) {
    const inner: ts.Node | undefined = ts.forEachChild(node, (child) =>
      child.pos <= at && at < child.end ? child : undefined,
    );
    if (inner === undefined) return at < node.getStart(tree);
    node = inner;
  }
}
