// Small parts that every page uses.
import type { ComponentChildren, JSX } from "preact";
import { Refused, unreachable } from "../api/client";
import type { DocumentRef, Fact } from "../api/types";
import { go, useLanguage, useWords } from "../desk";
import { refusal } from "../text/refusals";
import { Bytes, cut, type Span } from "../text/spans";
import { kindTerm, valueTerm } from "../text/terms";
import type { Language } from "../text/words";

export function ErrorNote({ error, again }: { error: unknown; again?: () => void }): JSX.Element {
  const w = useWords();
  const language = useLanguage();
  const text = unreachable(error) ? w("unreachable") : `${w("error")}${w("colon")}${refusal(language, error instanceof Refused ? error.message : String(error))}`;
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
    <a class="source" href={documentAddress(document, span)}>
      <span class="quiet">{w("open_source")}{w("colon")}</span><span aria-hidden="true">❝</span> {document.title || document.name}
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

export function Kind({ kind }: { kind: string }): JSX.Element {
  return <span class="kind" data-kind={kind}>{kindTerm(useLanguage(), kind)}</span>;
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

export const factText = (language: Language, f: Fact): string => [valueTerm(language, f.predicate, f.value), f.object?.name].filter(Boolean).join(" · ");
