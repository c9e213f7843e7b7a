import { useEffect, useState } from 'preact/hooks';
import { t } from '../../engine/base/l10n.ts';
import type { FormulaFormat, GradientFunctionView } from '../../engine/explain/gradient-function/view.ts';
import { Formula } from '../math/formula.tsx';
import { ask, hover, snapshot } from '../state.ts';
import type { TabProps } from './tabs.ts';

const formats: readonly { readonly format: FormulaFormat; readonly label: () => string }[] = [
  { format: 'latex', label: () => t('Copy as LaTeX') },
  { format: 'markdown', label: () => t('Copy as Markdown') },
  { format: 'typescript', label: () => t('Copy as TypeScript') },
];

/** The gradient of the chosen node as one function of the leaves, to be read and to be copied. */
export function GradientFunction({ node }: TabProps) {
  const [told, setTold] = useState<GradientFunctionView | null>(null);
  const sequence = snapshot.value?.sequence;
  useEffect(() => ask({ kind: 'formula', node: node.id }, setTold), [node.id, sequence]);
  if (told?.node !== node.id) return null;
  if (told.lines === null) return <p data-testid="formula">{told.refusal}</p>;
  return (
    <div data-testid="formula">
      <CopyButtons texts={told.texts!} />
      {/* Focus lets the keyboard scroll a formula that is wider than the panel. */}
      <div class="gradient-function" role="group" aria-label={told.title} tabIndex={0}>
        <table>
          <tbody>
            {told.lines.map(({ left, right, node: defined }, i) => (
              <tr key={i} onMouseEnter={() => defined !== null && hover(defined)} onMouseLeave={() => hover(null)}>
                <td>
                  <Formula latex={left} />
                </td>
                <td>
                  <Formula latex={`{} = ${right}`} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function CopyButtons({ texts }: { readonly texts: Readonly<Record<FormulaFormat, string>> }) {
  const [message, setMessage] = useState('');
  useEffect(() => setMessage(''), [texts]);
  const copy = async (format: FormulaFormat): Promise<void> => {
    try {
      await navigator.clipboard.writeText(texts[format]);
      setMessage(t('Copied.'));
    } catch {
      setMessage(t('The clipboard is not within reach: the browser does not allow it.'));
    }
  };
  return (
    <p class="actions">
      {formats.map(({ format, label }) => (
        <vscode-button key={format} appearance="secondary" data-format={format} onClick={() => void copy(format)}>
          {label()}
        </vscode-button>
      ))}
      <span role="status" class="dim">
        {message}
      </span>
    </p>
  );
}
