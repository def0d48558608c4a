// One document: its text coloured by what was found in it; beside it the findings, each of which opens its sentence.
import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { api } from "../../api/client";
import type { DocumentPage as Page, Fact, Naming } from "../../api/types";
import { go, useLanguage, useLoaded, usePlace, useTitle, useWords } from "../../desk";
import { ErrorNote } from "../../parts/parts";
import { Bytes, cut, type Piece, type Span } from "../../text/spans";
import { scriptTerm } from "../../text/terms";
import { useDeciding } from "./deciding";
import { findingAddress, Findings } from "./findings";
import "./document.css";

type Mark = { kind: "named"; naming: Naming } | { kind: "fact"; fact: Fact } | { kind: "here" } | { kind: "core" };

function chosen(query: URLSearchParams): Span | null {
  const found = /^(\d+)-(\d+)$/.exec(query.get("at") ?? "");
  return found ? [Number(found[1]), Number(found[2])] : null;
}

// The innermost naming gives the colour and the link; the chosen place is marked around it.
function PieceView({ piece }: { piece: Piece<Mark> }): JSX.Element | string {
  const here = piece.marks.some((m) => m.kind === "here");
  const core = piece.marks.some((m) => m.kind === "core");
  const namings = piece.marks.flatMap((m) => (m.kind === "named" ? [m.naming] : []));
  const naming = namings.sort((a, b) => a.span[1] - a.span[0] - (b.span[1] - b.span[0]))[0];
  const facts = piece.marks.some((m) => m.kind === "fact");
  if (naming) return <a class="named" data-kind={naming.kind} data-here={here} data-core={core} href={`/entities/${naming.entity.id}`}>{piece.text}</a>;
  if (here) return <mark data-here="true" data-core={core}>{piece.text}</mark>;
  return facts ? <span class="said">{piece.text}</span> : piece.text;
}

// The text is seen where the chosen place is: the window moves, or the text's own frame where it has one.
function bringIntoSight(box: HTMLElement): void {
  const mark = box.querySelector<HTMLElement>("[data-core=true]") ?? box.querySelector<HTMLElement>("[data-here=true]");
  if (!mark) return;
  if (box.scrollHeight > box.clientHeight + 1) box.scrollTop += mark.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
  else mark.scrollIntoView({ block: "center" });
}

function TextView({ page, facts, at, core }: { page: Page; facts: Fact[]; at: Span | null; core: Span | undefined }): JSX.Element {
  const w = useWords();
  const bytes = useMemo(() => new Bytes(page.text), [page.text]);
  const lines = useMemo(() => bytes.lines(), [bytes]);
  const box = useRef<HTMLElement>(null);
  useEffect(() => { if (box.current) bringIntoSight(box.current); }, [page, at?.[0], at?.[1], core?.[0], core?.[1]]);
  const marks: Array<{ span: Span; mark: Mark }> = [
    ...page.named.map((naming) => ({ span: naming.span, mark: { kind: "named" as const, naming } })),
    ...facts.filter((fact) => fact.state !== "refused" && !fact.former).map((fact) => ({ span: fact.span, mark: { kind: "fact" as const, fact } })),
    ...(at ? [{ span: at, mark: { kind: "here" as const } }] : []),
    ...(core ? [{ span: core, mark: { kind: "core" as const } }] : []),
  ].sort((a, b) => a.span[0] - b.span[0]);
  return (
    <article class="text" ref={box} tabIndex={0} aria-label={w("original_text")}>
      {lines.map(([from, to]) => <p key={from}>{cut(bytes, from, to, marks).map((piece) => <PieceView key={piece.from} piece={piece} />)}</p>)}
    </article>
  );
}

// What is chosen stands in the address: a sentence, and which of its findings.
function Beside({ page }: { page: Page }): JSX.Element {
  const place = usePlace();
  const deciding = useDeciding(page.facts);
  const at = chosen(place.query);
  const wanted = Number(place.query.get("fact") ?? 0);
  const fact = deciding.facts.find((f) => f.id === wanted) ?? deciding.facts.find((f) => at !== null && f.sentence.span[0] === at[0] && f.sentence.span[1] === at[1]);
  const choose = (f: Fact): void => {
    const address = findingAddress(page.document, f);
    if (address !== location.pathname + location.search) go(address, true);
  };
  return (
    <div class="beside">
      <TextView page={page} facts={deciding.facts} at={at} core={at && fact && !fact.former ? fact.span : undefined} />
      <Findings page={page} deciding={deciding} at={at} chosen={fact?.id ?? 0} choose={choose} />
    </div>
  );
}

export function DocumentPage({ id }: { id: string }): JSX.Element {
  const w = useWords();
  const language = useLanguage();
  const page = useLoaded(() => api.document(id), [id]);
  useTitle(page.value?.document.title || page.value?.document.name);
  if (page.error !== undefined) return <ErrorNote error={page.error} again={page.again} />;
  if (!page.value) return <p class="state">{w("searching")}</p>;
  const d = page.value.document;
  return (
    <div class="document">
      <header>
        <h1>{d.title || d.name}</h1>
        <p class="minor">{[d.title && d.name, d.date, scriptTerm(language, d.lang), `${d.format} · ${d.encoding}`].filter(Boolean).join("　")}{"　"}<a href={`/api/v1/documents/${d.id}/original`} download>{w("original")}</a></p>
      </header>
      <Beside page={page.value} />
    </div>
  );
}
