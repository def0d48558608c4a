// The queue: a bar for each file and one for all, what was found, what was refused and why.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useLanguage, useWords } from "../../desk";
import { refusal } from "../../text/refusals";
import { reviewWords } from "../../text/review";
import type { Word } from "../../text/words";
import { clear, isDone, isUnsent, type Item, type State } from "./uploads";
import "./queue.css";

const SHOWN = 300; // rows; beyond that a list is read by nobody, and the counts say the rest

const stateWords: Record<Exclude<State, "sending" | "hold">, Word> = { queued: "waiting", waiting: "waiting", reading: "reading", new: "read", known: "known", reread: "reread", refused: "refused" };

function Bar({ item }: { item: Item }): JSX.Element {
  const value = isUnsent(item) ? item.sent / 2 : item.state === "waiting" ? 0.5 : 1;
  return item.state === "reading" ? <progress max={1} aria-label={item.name} /> : <progress max={1} value={value} aria-label={item.name} />;
}

function Row({ item }: { item: Item }): JSX.Element {
  const w = useWords();
  const language = useLanguage();
  const own = reviewWords[language];
  const state = item.state === "sending" ? `${own.sending} ${Math.round(item.sent * 100)}%` : item.state === "hold" ? own.hold : w(stateWords[item.state]);
  const counted = item.state === "new" || item.state === "reread";
  return (
    <li data-state={item.state}>
      <span class="file">{item.document ? <a href={`/documents/${item.document}`}>{item.name}</a> : item.name}</span>
      <Bar item={item} />
      <span class="what">
        {state}
        {counted && ` · ${item.found} ${w("findings")}${w("comma")}${item.doubtful} ${w("doubtful")}`}
        {item.said && `${w("colon")}${refusal(language, item.said)}`}
      </span>
    </li>
  );
}

function Sum({ items }: { items: Item[] }): JSX.Element {
  const w = useWords();
  const language = useLanguage();
  const own = reviewWords[language];
  const count = (...states: State[]): number => items.filter((i) => states.includes(i.state)).length;
  const add = (of: (item: Item) => number): number => items.reduce((n, i) => n + of(i), 0);
  const done = items.filter(isDone).length;
  const rows: Array<[string, number]> = [[own.read_n, count("new", "reread")], [own.known_n, count("known")], [own.refused_n, count("refused")]];
  return (
    <p class="sum" role="status">
      <progress max={items.length} value={done} aria-label={own.all_files} /> <span>{done} {w("of")} {items.length}</span>{" "}
      <span>{rows.filter(([, n]) => n > 0).map(([word, n]) => `${word} ${n}`).join(" · ")}</span>{" "}
      <span>{add((i) => i.found)} {w("findings")}{w("comma")}{add((i) => i.doubtful)} {w("doubtful")}</span>
    </p>
  );
}

export function Queue({ items }: { items: Item[] }): JSX.Element | null {
  const language = useLanguage();
  const own = reviewWords[language];
  const [filter, only] = useState(false);
  if (!items.length) return null;
  const unsent = items.filter(isUnsent).length;
  const open = items.some((i) => !isDone(i));
  const refused = items.filter((i) => i.state === "refused").length;
  const wanted = filter && refused > 0 ? items.filter((i) => i.state === "refused") : items;
  const order = [...wanted.filter((i) => !isDone(i)), ...wanted.filter(isDone)]; // what is going on stands on top
  return (
    <section class="queue" aria-label={own.queue}>
      <Sum items={items} />
      <p class="acts">
        {open && <small>{unsent > 0 ? own.sending_note(unsent) : own.sent_note}</small>}
        {refused > 0 && <label><input type="checkbox" checked={filter} onChange={(e) => only(e.currentTarget.checked)} /> {own.only_refused}</label>}
        {items.some(isDone) && <button type="button" onClick={() => void clear()}>{own.clear}</button>}
      </p>
      <ul tabIndex={0} aria-label={own.all_files}>{order.slice(0, SHOWN).map((item) => <Row key={item.key} item={item} />)}</ul>
      {order.length > SHOWN && <small>… {order.length - SHOWN}</small>}
    </section>
  );
}
