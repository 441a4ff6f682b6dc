import type { ReactNode } from 'react';
import type { Sample } from './model';

export function Code({ code, label, language }: { code: string; label: string; language?: string }): ReactNode {
  return (
    <pre tabIndex={0} role="group" aria-label={label} data-copy="" data-language={language}>
      <code>{code}</code>
    </pre>
  );
}

const NAMES: Record<string, string> = { curl: 'curl', typescript: 'TypeScript', python: 'Python', go: 'Go', java: 'Java', php: 'PHP' };

/** One call in each language. The choice works without script. */
export function Samples({ samples }: { samples: readonly Sample[] }): ReactNode {
  return (
    <div className="samples">
      <fieldset className="languages">
        <legend className="unseen">Language</legend>
        {samples.map(({ language }, index) => (
          <label key={language}>
            <input type="radio" name="language" value={language} defaultChecked={index === 0} />
            {NAMES[language] ?? language}
          </label>
        ))}
      </fieldset>
      {samples.map(({ language, code }) => (
        <div key={language} className="block" data-language={language}>
          <Code code={code} label={`Example in ${NAMES[language] ?? language}`} />
        </div>
      ))}
    </div>
  );
}
