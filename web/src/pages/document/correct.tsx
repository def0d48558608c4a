// A finding is corrected where it stands: Enter saves, Esc leaves.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { values } from "../../api/kinds";
import type { Decision, Fact } from "../../api/types";
import { useLanguage } from "../../desk";
import { reviewWords } from "../../text/review";
import { valueTerm } from "../../text/terms";

interface Props {
  fact: Fact;
  names: string[]; // whom the document names, to choose from
  save: (decision: Decision) => void;
  leave: () => void;
}

type Field = "subject" | "value" | "object" | "date";
const read = (fact: Fact): Record<Field, string> => ({ subject: fact.subject.name, value: fact.value, object: fact.object?.name ?? "", date: fact.date });

export function Correct({ fact, names, save, leave }: Props): JSX.Element {
  const language = useLanguage();
  const w = reviewWords[language];
  const before = read(fact);
  const [now, set] = useState(before);
  const form = useRef<HTMLFormElement>(null);
  const list = `names-${fact.id}`;
  const choices = Object.keys(values[fact.predicate] ?? {});
  const type = (field: Field) => (e: JSX.TargetedEvent<HTMLInputElement | HTMLSelectElement>): void => set((old) => ({ ...old, [field]: e.currentTarget.value }));
  useEffect(() => { form.current?.querySelector<HTMLElement>("[name=value]")?.focus(); }, []);

  function submit(event: Event): void {
    event.preventDefault();
    const changed = (Object.keys(before) as Field[]).filter((field) => now[field].trim() !== before[field]);
    if (!changed.length) leave();
    else save({ verdict: "corrected", ...Object.fromEntries(changed.map((field) => [field, now[field].trim()])) });
  }

  function key(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    leave();
  }

  const input = (field: Field, label: string, named: boolean): JSX.Element => (
    <label><span>{label}</span><input name={field} value={now[field]} onInput={type(field)} autocomplete="off" {...(named ? { list } : {})} /></label>
  );
  return (
    <form class="correct" ref={form} onSubmit={submit} onKeyDown={key}>
      {fact.subject.name && input("subject", w.who, true)}
      {choices.length > 0
        ? <label><span>{w.what}</span><select name="value" value={now.value} onChange={type("value")}>{choices.map((c) => <option key={c} value={c}>{valueTerm(language, fact.predicate, c)}</option>)}</select></label>
        : input("value", w.what, false)}
      {fact.subject.name && input("object", w.whom, true)}
      {fact.date && input("date", w.when, false)}
      <datalist id={list}>{names.map((name) => <option key={name} value={name} />)}</datalist>
      <p><button type="submit" class="main">{w.save} <kbd>Enter</kbd></button> <button type="button" onClick={leave}>{w.leave} <kbd>Esc</kbd></button></p>
    </form>
  );
}
