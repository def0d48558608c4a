// What speaks for two being one, and what against.
import type { JSX } from "preact";
import type { Pair } from "../api/types";
import { useLanguage } from "../desk";
import { identityWords, signTerm } from "../text/identity";

export function Evidence({ pair }: { pair: Pair }): JSX.Element {
  const language = useLanguage();
  const w = identityWords[language];
  const side = (against: boolean): JSX.Element => {
    const signs = pair.evidence.filter((sign) => sign.against === against);
    return (
      <div data-against={against}>
        <dt>{against ? w.against : w.for_it}</dt>
        {signs.map((sign) => <dd key={sign.kind}>{signTerm(language, sign)}</dd>)}
        {signs.length === 0 && <dd class="unsaid">{w.nothing}</dd>}
      </div>
    );
  };
  return <dl class="evidence">{side(false)}{side(true)}</dl>;
}
