// The conditions that were read from a need: chips that can be taken away, and on each answer whether it meets them and what says so.
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { Answer, Condition, ConditionState } from "../../api/types";
import { useLanguage, useWords } from "../../desk";
import { documentAddress } from "../../parts/parts";
import { conditionText } from "../../text/terms";

const MARK: Record<ConditionState["state"], string> = { met: "✓", not_met: "✗", unknown: "?" };
const SHORT = 28; // characters of what says so that stand beside it

// Removing one gives the focus to the next, and to the way back when none is left: who works by keyboard does not start over.
export function Chips({ conditions, without, change }: { conditions: Condition[]; without: string[]; change: (without: string[]) => void }): JSX.Element | null {
  const w = useWords();
  const language = useLanguage();
  const group = useRef<HTMLDivElement>(null);
  if (!conditions.length && !without.length) return null;
  const leave = (id: string): void => {
    const buttons = [...(group.current?.querySelectorAll("button") ?? [])];
    const here = buttons.findIndex((b) => b === document.activeElement);
    change([...without, id]);
    (buttons[here + 1] ?? buttons[here - 1])?.focus();
  };
  return (
    <div class="chips conditions" role="group" aria-label={w("conditions")} ref={group}>
      {conditions.filter((c) => !without.includes(c.id)).map((c) => (
        <button type="button" key={c.id} data-hard={c.hard} aria-label={`${w("leave_out")}${w("colon")}${conditionText(language, c)}`} onClick={() => leave(c.id)}>
          {conditionText(language, c)} <span aria-hidden="true">×</span>
        </button>
      ))}
      <button type="button" key="restore" class="restore" hidden={!without.length} onClick={() => change([])}>{w("restore_conditions")}</button>
    </div>
  );
}

function Said({ check }: { check: ConditionState }): JSX.Element | null {
  const w = useWords();
  if (!check.said) return null;
  const short = [...check.said].length > SHORT ? `${[...check.said].slice(0, SHORT).join("")}…` : check.said;
  if (!check.document || !check.span) return <span class="said-by">{short}</span>;
  return <a class="source said-by" href={documentAddress(check.document, check.span)} title={check.said}><span class="quiet">{w("open_source")}{w("colon")}</span>{short}</a>;
}

export function Checks({ answer, conditions }: { answer: Answer; conditions: Condition[] }): JSX.Element | null {
  const w = useWords();
  const language = useLanguage();
  const byId = new Map(conditions.map((c) => [c.id, c]));
  const shown = answer.conditions.flatMap((check) => { const condition = byId.get(check.id); return condition ? [{ check, condition }] : []; });
  if (!shown.length) return null;
  return (
    <ul class="checks" aria-label={w("conditions")}>
      {shown.map(({ check, condition }) => (
        <li key={check.id} data-state={check.state}>
          <span class="tick" aria-hidden="true">{MARK[check.state]}</span> <span class="quiet">{w(check.state)}{w("colon")}</span>{conditionText(language, condition)} <Said check={check} />
        </li>
      ))}
    </ul>
  );
}
