// One document: its text coloured by what was found in it; beside it the findings, each of which opens its sentence.
import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { api } from "../../api/client";
import type { DocumentPage as Page, Fact, Naming } from "../../api/types";
import { useLanguage, useLoaded, usePlace, useTitle, useWords } from "../../desk";
import { documentAddress, ErrorNote, factText, Sureness } from "../../parts/parts";
import { Bytes, cut, type Piece, type Span } from "../../text/spans";
import { predicateTerm, scriptTerm, voiceTerm } from "../../text/terms";

type Mark = { kind: "named"; naming: Naming } | { kind: "fact"; fact: Fact } | { kind: "here" };

function chosen(query: URLSearchParams): Span | null {
  const found = /^(\d+)-(\d+)$/.exec(query.get("at") ?? "");
  return found ? [Number(found[1]), Number(found[2])] : null;
}

// The innermost naming gives the colour and the link; the chosen place is marked around it.
function PieceView({ piece }: { piece: Piece<Mark> }): JSX.Element | string {
  const here = piece.marks.some((m) => m.kind === "here");
  const namings = piece.marks.flatMap((m) => (m.kind === "named" ? [m.naming] : []));
  const naming = namings.sort((a, b) => a.span[1] - a.span[0] - (b.span[1] - b.span[0]))[0];
  const facts = piece.marks.some((m) => m.kind === "fact");
  if (naming) return <a class="named" data-kind={naming.kind} data-here={here} href={`/entities/${naming.entity.id}`}>{piece.text}</a>;
  if (here) return <mark data-here="true">{piece.text}</mark>;
  return facts ? <span class="said">{piece.text}</span> : piece.text;
}

function TextView({ page, at }: { page: Page; at: Span | null }): JSX.Element {
  const bytes = useMemo(() => new Bytes(page.text), [page.text]);
  const lines = useMemo(() => bytes.lines(), [bytes]);
  const box = useRef<HTMLElement>(null);
  useEffect(() => { box.current?.querySelector("[data-here=true]")?.scrollIntoView({ block: "center" }); }, [page, at?.[0], at?.[1]]);
  const marks: Array<{ span: Span; mark: Mark }> = [
    ...page.named.map((naming) => ({ span: naming.span, mark: { kind: "named" as const, naming } })),
    ...page.facts.map((fact) => ({ span: fact.span, mark: { kind: "fact" as const, fact } })),
    ...(at ? [{ span: at, mark: { kind: "here" as const } }] : []),
  ].sort((a, b) => a.span[0] - b.span[0]);
  return (
    <article class="text" ref={box}>
      {lines.map(([from, to]) => <p key={from}>{cut(bytes, from, to, marks).map((piece) => <PieceView key={piece.from} piece={piece} />)}</p>)}
    </article>
  );
}

function FoundBy({ voices }: { voices: Fact["voices"] }): JSX.Element | null {
  const w = useWords();
  const language = useLanguage();
  if (!voices.length) return null;
  return <small class="voices">{w("found_by")}{w("colon")}{voices.map((voice) => voiceTerm(language, voice)).join(w("list_comma"))}</small>;
}

function FactRow({ fact, kind, page, at }: { fact: Fact; kind: string | undefined; page: Page; at: Span | null }): JSX.Element {
  const language = useLanguage();
  const here = at !== null && at[0] === fact.sentence.span[0] && at[1] === fact.sentence.span[1];
  return (
    <li data-here={here}>
      <a href={documentAddress(page.document, fact.sentence.span)}>
        <span class="predicate">{predicateTerm(language, kind, fact.predicate, true)}</span> <strong>{fact.subject.name}</strong> {factText(language, fact)}
      </a> <Sureness value={fact.confidence} /> <FoundBy voices={fact.voices} />
    </li>
  );
}

// The finding that was chosen stays in sight in its own list, wherever the text was scrolled to.
function Findings({ page, at }: { page: Page; at: Span | null }): JSX.Element {
  const w = useWords();
  const box = useRef<HTMLElement>(null);
  const facts = [...page.facts].sort((a, b) => a.span[0] - b.span[0]);
  const kinds = new Map(page.named.map((naming) => [naming.entity.id, naming.kind]));
  useEffect(() => {
    const row = box.current?.querySelector<HTMLElement>("li[data-here=true]");
    if (box.current && row) box.current.scrollTop = row.offsetTop - box.current.clientHeight / 3;
  }, [page, at?.[0], at?.[1]]);
  return (
    <aside aria-label={w("what_was_found")} ref={box}>
      <h2>{w("what_was_found")} <small>{facts.length}</small></h2>
      <p class="hint">{w("by_position")}</p>
      <ul class="facts">{facts.map((f) => <FactRow key={f.id} fact={f} kind={kinds.get(f.subject.id)} page={page} at={at} />)}</ul>
    </aside>
  );
}

export function DocumentPage({ id }: { id: string }): JSX.Element {
  const w = useWords();
  const place = usePlace();
  const language = useLanguage();
  const page = useLoaded(() => api.document(id), [id]);
  useTitle(page.value?.document.title || page.value?.document.name);
  const at = chosen(place.query);
  if (page.error !== undefined) return <ErrorNote error={page.error} again={page.again} />;
  if (!page.value) return <p class="state">{w("searching")}</p>;
  const d = page.value.document;
  return (
    <div class="document">
      <header>
        <h1>{d.title || d.name}</h1>
        <p class="minor">{[d.title && d.name, d.date, scriptTerm(language, d.lang), `${d.format} · ${d.encoding}`].filter(Boolean).join("　")}{"　"}<a href={`/api/v1/documents/${d.id}/original`} download>{w("original")}</a></p>
      </header>
      <div class="beside">
        <TextView page={page.value} at={at} />
        <Findings page={page.value} at={at} />
      </div>
    </div>
  );
}
