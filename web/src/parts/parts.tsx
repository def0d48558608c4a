// Small parts that every page uses.
import type { ComponentChildren, JSX } from "preact";
import { Refused } from "../api/client";
import type { DocumentRef, Fact } from "../api/types";
import { go, useWords } from "../desk";
import { Bytes, cut, type Span } from "../text/spans";
import { isWord, type Word } from "../text/words";

export function ErrorNote({ error, again }: { error: unknown; again?: () => void }): JSX.Element {
  const w = useWords();
  const refused = error instanceof Refused ? error : null;
  const text = refused?.code === "unreachable" ? w("unreachable") : `${w("error")}: ${refused?.message ?? String(error)}`;
  return (
    <p class="error" role="alert">
      {text} {again && <button type="button" onClick={again}>{w("retry")}</button>}
    </p>
  );
}

export function Empty({ children }: { children: ComponentChildren }): JSX.Element {
  return <p class="empty">{children}</p>;
}

// A sentence with the words that count marked in it.
export function Marked({ text, marks }: { text: string; marks: Span[] }): JSX.Element {
  const bytes = new Bytes(text);
  return <>{cut(bytes, 0, bytes.length, marks.map((span) => ({ span, mark: true }))).map((p) => (p.marks.length ? <mark key={p.from}>{p.text}</mark> : p.text))}</>;
}

export const documentAddress = (document: DocumentRef | { id: string }, span: Span): string => `/documents/${document.id}?at=${span[0]}-${span[1]}`;

export function Source({ document, span }: { document: DocumentRef; span: Span }): JSX.Element {
  const w = useWords();
  return (
    <a class="source" href={documentAddress(document, span)} aria-label={`${w("open_source")}: ${document.title || document.name}`}>
      <span aria-hidden="true">❝</span> {document.title || document.name}
      {document.date && <time dateTime={document.date}> {document.date}</time>}
    </a>
  );
}

export function Sureness({ value }: { value: number }): JSX.Element {
  const w = useWords();
  const percent = Math.round(value * 100);
  return (
    <span class="sureness" title={`${w("score")} ${percent}%`}>
      <span class="bar" aria-hidden="true"><span style={{ width: `${percent}%` }} /></span> {percent}%
    </span>
  );
}

// The register's own words for kinds and predicates, said in the desk's language where it knows them.
export function useTerm(): (key: string) => string {
  const w = useWords();
  const renamed: Record<string, Word> = { need: "need", "organized": "organized" };
  return (key) => {
    const word = renamed[key] ?? key;
    return isWord(word) ? w(word) : key;
  };
}

export function Pages({ offset, limit, total, address }: { offset: number; limit: number; total: number; address: (offset: number) => string }): JSX.Element | null {
  const w = useWords();
  if (total <= limit) return null;
  return (
    <nav class="pages" aria-label={w("more")}>
      {offset > 0 && <a href={address(Math.max(0, offset - limit))}>{w("previous")}</a>}
      <span>{offset + 1}–{Math.min(offset + limit, total)} / {total}</span>
      {offset + limit < total && <a href={address(offset + limit)}>{w("next")}</a>}
    </nav>
  );
}

// A search field whose text is part of the address.
export function SearchField({ label, hint, value, change }: { label: string; hint: string; value: string; change: (text: string) => void }): JSX.Element {
  return (
    <label class="search">
      <span>{label}</span>
      <input type="search" value={value} placeholder={hint} onInput={(e) => change(e.currentTarget.value)} autocomplete="off" spellcheck={false} />
    </label>
  );
}

export function replaceQuery(values: Record<string, string>): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) if (value) query.set(name, value); else query.delete(name);
  const text = query.toString();
  go(location.pathname + (text ? `?${text}` : ""), true);
}

export const factText = (f: Fact): string => [f.value, f.object?.name].filter(Boolean).join(" · ");
