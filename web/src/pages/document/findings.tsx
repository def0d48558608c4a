// The findings of a document as a list that is gone through by keyboard: the focus, the place in the text and the address move together.
// The keys work while the focus is in the list, and nowhere else, so that nobody decides by typing elsewhere.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Decision, DocumentPage as Page, Fact } from "../../api/types";
import { useLanguage, useWords } from "../../desk";
import { documentAddress, ErrorNote, factText, Sureness } from "../../parts/parts";
import { reviewWords, type ReviewWord } from "../../text/review";
import type { Span } from "../../text/spans";
import { predicateTerm, voiceTerm } from "../../text/terms";
import { Correct } from "./correct";
import { isCorrected, isUndecided, type Deciding } from "./deciding";

// Its sentence, and which of the findings in it. A click goes there as to any address; moving by keys takes the place of where one was.
export const findingAddress = (document: { id: string }, fact: Fact): string =>
  (fact.former ? `/documents/${document.id}?fact=${fact.id}` : `${documentAddress(document, fact.sentence.span)}&fact=${fact.id}`);

const stateWord = (fact: Fact): ReviewWord | null => (isUndecided(fact) ? null : isCorrected(fact) ? "corrected" : fact.state === "refused" ? "refused" : "confirmed");

function WasRead({ fact }: { fact: Fact }): JSX.Element | null {
  const language = useLanguage();
  const w = reviewWords[language];
  if (!fact.read) return null;
  const parts = [fact.read.subject !== fact.subject.name && fact.read.subject, fact.read.value !== fact.value && (fact.read.value || w.none), fact.read.object !== (fact.object?.name ?? "") && (fact.read.object || w.none),
    fact.read.date !== fact.date && (fact.read.date || w.none)].filter(Boolean);
  return parts.length ? <small class="was">{w.was_read} {parts.join(" · ")}</small> : null;
}

interface RowProps {
  fact: Fact;
  kind: string | undefined;
  page: Page;
  chosen: boolean;
  editing: boolean;
  names: string[];
  choose: () => void;
  focus: () => void;
  act: (what: "accept" | "refuse" | "edit" | "undo") => void;
  save: (decision: Decision) => void;
  leave: () => void;
}

function Row({ fact, kind, page, chosen, editing, names, choose, focus, act, save, leave }: RowProps): JSX.Element {
  const language = useLanguage();
  const words = useWords();
  const w = reviewWords[language];
  const state = stateWord(fact);
  return (
    <li data-here={chosen} data-state={fact.state} data-fact={fact.id}>
      <a href={findingAddress(page.document, fact)} onFocus={choose} onMouseDown={(e) => e.preventDefault()} onClick={focus} {...(chosen ? { "aria-current": "true" as const } : {})}>
        <span class="predicate">{predicateTerm(language, kind, fact.predicate, true)}</span> <strong>{fact.subject.name}</strong> <span class="says">{factText(language, fact)}</span>{fact.date && <time> {fact.date}</time>}
      </a>{" "}
      {state ? <span class="decided" data-state={state}>{w[state]}</span> : <Sureness value={fact.confidence} />}
      {isUndecided(fact) && fact.voices.length > 0 && <small class="voices"> {words("found_by")}{words("colon")}{fact.voices.map((voice) => voiceTerm(language, voice)).join(words("list_comma"))}</small>}
      <WasRead fact={fact} />
      {fact.former && <small class="was">{w.former}</small>}
      {chosen && !editing && (
        <p class="acts">
          {fact.state !== "confirmed" && <button type="button" onClick={() => act("accept")}>{w.accept} <kbd>A</kbd></button>}
          <button type="button" onClick={() => act("edit")}>{w.correct} <kbd>E</kbd></button>
          {fact.state !== "refused" && <button type="button" onClick={() => act("refuse")}>{w.refuse} <kbd>R</kbd></button>}
          {!isUndecided(fact) && <button type="button" onClick={() => act("undo")}>{w.undo} <kbd>Z</kbd></button>}
        </p>
      )}
      {editing && <Correct fact={fact} names={names} save={save} leave={leave} />}
    </li>
  );
}

const steps: Record<string, number> = { j: 1, J: 1, ArrowDown: 1, k: -1, K: -1, ArrowUp: -1 };
const verdicts: Record<string, Decision["verdict"]> = { a: "confirmed", A: "confirmed", r: "refused", R: "refused" };

export function Findings({ page, deciding, at, chosen, choose }: { page: Page; deciding: Deciding; at: Span | null; chosen: number; choose: (fact: Fact) => void }): JSX.Element {
  const words = useWords();
  const language = useLanguage();
  const w = reviewWords[language];
  const box = useRef<HTMLElement>(null);
  const [editing, edit] = useState(0);
  const [said, say] = useState("");
  const [filter, only] = useState(false);
  const facts = deciding.facts.filter((f) => !filter || isUndecided(f) || f.id === chosen);
  const kinds = new Map(page.named.map((naming) => [naming.entity.id, naming.kind]));
  const names = [...new Set(page.named.map((naming) => naming.entity.name))];
  const open = deciding.facts.filter(isUndecided).length;
  const current = facts.find((f) => f.id === chosen);

  // The chosen row stays in sight in its own list, wherever the text was scrolled to.
  useEffect(() => {
    const row = box.current?.querySelector<HTMLElement>(`li[data-fact="${chosen}"]`);
    if (!box.current || !row) return;
    if (box.current.scrollHeight > box.current.clientHeight) box.current.scrollTop = row.offsetTop - box.current.clientHeight / 3;
    else if (document.activeElement === row.querySelector("a")) row.scrollIntoView({ block: "nearest" });
  }, [chosen, at?.[0], at?.[1], page]);

  // After the list was drawn anew the row may be another one.
  const focus = (id: number): void => { requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`li[data-fact="${id}"] > a`)?.focus()); };
  const goTo = (fact: Fact | undefined): void => { if (fact) { choose(fact); focus(fact.id); } };
  const tell = (fact: Fact, word: ReviewWord): void => say(`${w[word]}${words("colon")}${fact.subject.name} ${factText(language, fact)}`);

  // The next one that waits, from here on and around.
  function nextOpen(from: Fact): Fact | undefined {
    const here = facts.findIndex((f) => f.id === from.id);
    return [...facts.slice(here + 1), ...facts.slice(0, here)].find(isUndecided);
  }

  function decide(fact: Fact, decision: Decision): void {
    const next = decision.verdict === "corrected" ? undefined : nextOpen(fact);
    edit(0);
    void deciding.decide(fact, decision).then((now) => {
      if (!now) return focus(fact.id);
      tell(now, decision.verdict === "undone" ? "taken_back" : decision.verdict);
      if (!next || decision.verdict === "undone") goTo(now);
      return undefined;
    });
    if (next && decision.verdict !== "undone") goTo(next);
  }

  function undo(fact: Fact): void {
    if (!deciding.canUndo) { if (!isUndecided(fact)) decide(fact, { verdict: "undone" }); return; }
    void deciding.undo().then((back) => {
      if (!back) return;
      tell(back, "taken_back");
      goTo(back);
    });
  }

  function key(event: KeyboardEvent): void {
    if (!current || editing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const step = steps[event.key];
    const verdict = verdicts[event.key];
    if (step) goTo(facts[facts.indexOf(current) + step]);
    else if (verdict) decide(current, { verdict });
    else if (event.key === "e" || event.key === "E") edit(current.id);
    else if (event.key === "z" || event.key === "Z") undo(current);
    else return;
    event.preventDefault();
  }

  const act = (fact: Fact) => (what: "accept" | "refuse" | "edit" | "undo"): void => {
    if (what === "edit") edit(fact.id);
    else decide(fact, { verdict: what === "accept" ? "confirmed" : what === "refuse" ? "refused" : "undone" });
  };
  return (
    <aside aria-label={words("what_was_found")} ref={box} onKeyDown={key}>
      <h2>{words("what_was_found")} <small>{w.total(deciding.facts.length)}{open > 0 && `${words("comma")}${w.undecided(open)}`}</small></h2>
      {deciding.facts.length === 0 ? <p class="hint">{w.nothing_found}</p> : (
        <>
          <p class="begin">
            {open > 0 ? <button type="button" onClick={() => goTo(current && isUndecided(current) ? current : deciding.facts.find(isUndecided))}>{w.begin}</button> : <span>{w.done}</span>}
            {open > 0 && <label><input type="checkbox" checked={filter} onChange={(e) => only(e.currentTarget.checked)} /> {w.only_undecided}</label>}
          </p>
          <p class="hint">{w.keys}</p>
        </>
      )}
      <p class="quiet" role="status">{said}</p>
      {deciding.error !== undefined && <ErrorNote error={deciding.error} />}
      <ul class="facts">
        {facts.map((f) => (
          <Row key={f.id} fact={f} kind={kinds.get(f.subject.id)} page={page} chosen={f.id === chosen} editing={f.id === editing} names={names} choose={() => choose(f)} focus={() => focus(f.id)}
            act={act(f)} save={(decision) => decide(f, decision)} leave={() => { edit(0); focus(f.id); }} />
        ))}
      </ul>
    </aside>
  );
}
