// Whether this is one: pairs in doubt, merging with another, taking apart by sources, and what people decided - each with its undoing.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../../api/client";
import type { Appearance, Appearances, Done, Entity, Pair, Ruling } from "../../api/types";
import { useLanguage, useLoaded, useSettled, useWords } from "../../desk";
import { Evidence } from "../../parts/evidence";
import { documentAddress, ErrorNote, SearchField } from "../../parts/parts";
import { tellUndecided } from "../../parts/undecided";
import { identityWords, verdictTerm } from "../../text/identity";
import "./who.css";

const FOUND = 6;
const SHOWN = 50;

// Runs a decision; told says what happened, with the number by which it is taken back.
type Act = (work: () => Promise<Done>, told: JSX.Element | string, undoable?: boolean) => Promise<void>;

// ---------------------------------------------------------------- may be the same

function Maybe({ entity, pairs, act }: { entity: Entity; pairs: Pair[]; act: Act }): JSX.Element | null {
  const w = identityWords[useLanguage()];
  if (!pairs.length) return null;
  const decide = (pair: Pair, verdict: "same" | "different"): void => { void act(() => api.decidePair({ a: pair.a.id, b: pair.b.id, verdict }), w.done[verdict]); };
  return (
    <section class="maybe">
      <h2>{w.maybe}</h2>
      <ul>
        {pairs.map((pair) => {
          const other = pair.a.entity === entity.id ? pair.b : pair.a;
          return (
            <li key={`${pair.a.id} ${pair.b.id}`}>
              <a href={`/entities/${other.entity}`}>{other.name}</a> <small>{[other.organization, other.position].filter(Boolean).join(" ")}</small>
              <Evidence pair={pair} />
              <p class="acts"><button type="button" onClick={() => decide(pair, "same")}>{w.same}</button> <button type="button" onClick={() => decide(pair, "different")}>{w.different}</button></p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

// ---------------------------------------------------------------- merging

function Merge({ entity, act }: { entity: Entity; act: Act }): JSX.Element {
  const w = identityWords[useLanguage()];
  const [q, type] = useState("");
  const settled = useSettled(q, 150);
  const [chosen, choose] = useState<Entity | null>(null);
  const found = useLoaded((signal) => (settled ? api.entities(settled, entity.kind, 0, FOUND, signal) : Promise.resolve({ total: 0, items: [] })), [settled, entity.id]);
  const fit = found.value?.items.filter((e) => e.id !== entity.id) ?? [];
  const merge = (gone: Entity): void => { void act(() => api.merge(entity.id, gone.id), w.merged).then(() => { choose(null); type(""); }); };
  return (
    <section>
      <h3>{w.merge}</h3>
      <SearchField label={w.merge_label} hint={w.merge_hint} value={q} change={(text) => { type(text); choose(null); }} />
      {chosen ? (
        <p class="acts">{w.merge_ask([chosen.name, chosen.organization].filter(Boolean).join(" "))} <button type="button" onClick={() => merge(chosen)}>{w.merge_yes}</button> <button type="button" onClick={() => choose(null)}>{w.leave}</button></p>
      ) : (
        <ul class="found">
          {fit.map((e) => <li key={e.id}><button type="button" onClick={() => choose(e)}>{e.name} <small>{[e.organization, e.position].filter(Boolean).join(" ")}</small></button></li>)}
          {settled && !found.busy && fit.length === 0 && <li>{w.merge_none}</li>}
        </ul>
      )}
    </section>
  );
}

// ---------------------------------------------------------------- taking apart

function Source({ appearance: a, marked, mark }: { appearance: Appearance; marked: boolean; mark: () => void }): JSX.Element {
  const w = identityWords[useLanguage()];
  const words = useWords();
  const title = a.document.title || a.document.name;
  return (
    <li>
      <label>
        <input type="checkbox" checked={marked} onChange={mark} />
        <span>{title} {a.document.date && <time dateTime={a.document.date}>{a.document.date}</time>} <small>{[a.name, a.organization, a.position].filter(Boolean).join(" ")}</small></span>
      </label>
      <span class="places">{w.named(a.named)} {a.places.map((span, i) => <a key={span[0]} href={documentAddress(a.document, span)} aria-label={`${words("open_source")}${words("colon")}${title} ${i + 1}`}>❝</a>)}</span>
    </li>
  );
}

// This address leads to one of the two afterwards; both are named.
function Split({ entity, known, act }: { entity: Entity; known: Appearances; act: Act }): JSX.Element {
  const words = useWords();
  const w = identityWords[useLanguage()];
  const [marked, set] = useState<string[]>([]);
  const [further, add] = useState<Appearance[]>([]);
  const [error, fail] = useState<unknown>(undefined);
  const items = [...known.items, ...further];
  const stays = items.find((a) => !marked.includes(a.id));
  const toggle = (id: string): void => set(marked.includes(id) ? marked.filter((m) => m !== id) : [...marked, id]);
  const first = marked[0];
  const more = (): void => { void api.appearances(entity.id, items.length, SHOWN).then((next) => { add([...further, ...next.items]); fail(undefined); }, fail); };
  function split(): void {
    if (!first || !stays) return;
    const two = <>{w.split_done}<a href={`/entities/${stays.id}`}>{stays.name}{w.sources(known.total - marked.length)}</a>{words("list_comma")}<a href={`/entities/${first}`}>{entity.name}{w.sources(marked.length)}</a></>;
    void act(() => api.split(entity.id, marked), two).then(() => set([]));
  }
  return (
    <section>
      <h3>{w.split}</h3>
      {known.total < 2 ? <p class="hint">{w.split_one}</p> : (
        <>
          <p class="hint">{w.split_help}</p>
          <ul class="sources">{items.map((a) => <Source key={a.id} appearance={a} marked={marked.includes(a.id)} mark={() => toggle(a.id)} />)}</ul>
          {known.total > items.length && <p class="acts"><button type="button" onClick={more}>{w.more_places(items.length, known.total)}</button></p>}
          {error !== undefined && <ErrorNote error={error} />}
          <p class="acts"><button type="button" disabled={!first || !stays} onClick={split}>{!first ? w.split_none : !stays ? w.split_all : w.split_do(marked.length)}</button></p>
        </>
      )}
    </section>
  );
}

// ---------------------------------------------------------------- what people decided

function Rulings({ rulings, undo }: { rulings: Ruling[]; undo: (sequence: number) => void }): JSX.Element | null {
  const language = useLanguage();
  const words = useWords();
  const w = identityWords[language];
  if (!rulings.length) return null;
  return (
    <section>
      <h3>{w.decisions}</h3>
      <ul class="rulings">
        {rulings.map((r) => (
          <li key={r.sequence}>
            <time dateTime={r.at}>{r.at.slice(0, 10)}</time>
            <span><a href={`/entities/${r.a.id}`}>{r.a.name}</a>{words("list_comma")}<a href={`/entities/${r.b.id}`}>{r.b.name}</a>{words("colon")}{verdictTerm(language, r.verdict)}{r.why && <small> {w.why}{words("colon")}{r.why}</small>}</span>
            <button type="button" onClick={() => undo(r.sequence)}>{w.undo}</button>
          </li>
        ))}
      </ul>
    </section>
  );
}

// ---------------------------------------------------------------- all of it

export function WhoView({ entity, again }: { entity: Entity; again: () => void }): JSX.Element {
  const w = identityWords[useLanguage()];
  const [turn, next] = useState(0);
  const [happened, tell] = useState<{ text: JSX.Element | string; sequence: number } | null>(null);
  const [error, fail] = useState<unknown>(undefined);
  const pairs = useLoaded(() => api.queue("open", entity.id, 0, FOUND), [entity.id, turn]);
  const [open, toggle] = useState(false);
  const known = useLoaded<Appearances | undefined>(() => (open ? api.appearances(entity.id, 0, SHOWN) : Promise.resolve(undefined)), [entity.id, turn, open]);

  const act: Act = async (work, text, undoable = true) => {
    try {
      const { sequence } = await work();
      tell({ text, sequence: undoable ? sequence : 0 });
      fail(undefined);
      next((n) => n + 1);
      again();
      tellUndecided((await api.status()).counts.undecided);
    } catch (cause) {
      fail(cause);
    }
  };
  const undo = (sequence: number): void => { void act(() => api.undoDecision(sequence), w.taken_back, false); };
  return (
    <>
      <p class="happened" role="status">{happened && <>{happened.text} {happened.sequence > 0 && <button type="button" onClick={() => undo(happened.sequence)}>{w.undo}</button>}</>}</p>
      {error !== undefined && <ErrorNote error={error} />}
      <Maybe entity={entity} pairs={pairs.value?.items ?? []} act={act} />
      <details class="who-is" onToggle={(e) => toggle(e.currentTarget.open)}>
        <summary>{w.who}</summary>
        {open && <div>
          <Merge entity={entity} act={act} />
          {known.value && <Split key={`${entity.id} ${turn}`} entity={entity} known={known.value} act={act} />}
          {known.value && <Rulings rulings={known.value.decisions} undo={undo} />}
        </div>}
      </details>
    </>
  );
}
