// How the person at the desk can be introduced to an answer: one quiet line that is there after the answers, and unfolds to the ways in words.
import { Fragment, type JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { api, Refused, unreachable } from "../../api/client";
import type { Way, Ways, WayStep } from "../../api/types";
import { useLanguage, useLoaded, useSettled } from "../../desk";
import { joint, monthOf, waysWord, type WaysWord } from "../../text/ways";
import { documentAddress, ErrorNote } from "../parts";
import { setAsker, useAsker, type Asker } from "./asker";
import "./ways.css";

const AFTER_THE_ANSWERS_MS = 350;
const useWaysWords = (): ((word: WaysWord) => string) => {
  const language = useLanguage();
  return (word) => waysWord(language, word);
};

// One question after the other: what is being typed is answered first.
let line: Promise<unknown> = Promise.resolve();
function inTurn<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const next = line.then(() => (signal.aborted ? Promise.reject(new DOMException("", "AbortError")) : work()));
  line = next.catch(() => undefined);
  return next;
}

interface Found {
  ways: Ways | undefined;
  error: unknown;
}

function useWays(to: string, asker: Asker | null): Found {
  const [found, set] = useState<Found>({ ways: undefined, error: undefined });
  const from = asker?.id ?? "";
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      inTurn(abort.signal, () => api.ways(to, from, abort.signal)).then(
        (ways) => set({ ways, error: undefined }),
        (error: unknown) => { if (!abort.signal.aborted) set({ ways: undefined, error }); },
      );
    }, AFTER_THE_ANSWERS_MS);
    return () => { clearTimeout(timer); abort.abort(); };
  }, [to, from]);
  return found;
}

// ---------------------------------------------------------------- one way

function Step({ step }: { step: WayStep }): JSX.Element {
  const w = useWaysWords();
  const language = useLanguage();
  const [first, other] = step.facts;
  return (
    <span class="joint">
      {first ? <a href={documentAddress(first.document, first.sentence.span)} title={first.sentence.text}>{joint(language, step)}</a> : joint(language, step)}
      {step.date && <time dateTime={step.date}> {monthOf(step.date)}</time>}
      {other && other.sentence.text !== first?.sentence.text && (
        <> <a class="source" href={documentAddress(other.document, other.sentence.span)} title={other.sentence.text}>
          <span class="quiet">{w("other")}</span><span aria-hidden="true">❝</span>
        </a></>
      )}
    </span>
  );
}

function You({ name }: { name: string }): JSX.Element {
  const w = useWaysWords();
  return <>{useLanguage() === "zh" ? `${w("you")}（${name}）` : `${w("you")} (${name})`}</>;
}

function Stop({ end }: { end: WayStep["to"] }): JSX.Element {
  return <span class="stop"><a href={`/entities/${end.id}`}>{end.name}</a>{end.organization && <small> {end.organization}</small>}</span>;
}

function WayView({ way }: { way: Way }): JSX.Element {
  const [start] = way.steps;
  return (
    <li class="way">
      <span class="stop"><You name={start?.from.name ?? ""} /></span>
      {way.steps.map((step) => <Fragment key={step.to.id}> — <Step step={step} /> — <Stop end={step.to} /></Fragment>)}
    </li>
  );
}

// ---------------------------------------------------------------- who asks

function Who({ done }: { done?: () => void }): JSX.Element {
  const w = useWaysWords();
  const [text, type] = useState("");
  const q = useSettled(text.trim(), 150);
  const found = useLoaded((signal) => (q ? api.entities(q, "", 0, 20, signal) : Promise.resolve(undefined)), [q]);
  const fit = (found.value?.items ?? []).filter((e) => e.kind === "person" || e.kind === "organization").slice(0, 6);
  return (
    <div class="who">
      <label class="search"><span>{w("who_label")}</span>
        <input type="search" value={text} onInput={(e) => type(e.currentTarget.value)} autocomplete="off" spellcheck={false} />
      </label>
      <p class="hint">{w("who_help")}</p>
      <ul aria-live="polite">
        {fit.map((e) => (
          <li key={e.id}><button type="button" onClick={() => { setAsker({ id: e.id, name: e.name }); done?.(); }}>{e.name}{e.organization && <small> {e.organization}</small>}</button></li>
        ))}
        {q !== "" && found.value && fit.length === 0 && <li>{w("who_none")}</li>}
      </ul>
    </div>
  );
}

function AskerLine({ asker, name }: { asker: Asker | null; name: string }): JSX.Element {
  const w = useWaysWords();
  const [choosing, choose] = useState(false);
  if (choosing) return <Who done={() => choose(false)} />;
  return (
    <p class="asker">
      <You name={name} /> <button type="button" onClick={() => choose(true)}>{w("change")}</button>
      {asker && <> <button type="button" onClick={() => setAsker(null)}>{w("forget")}</button></>}
    </p>
  );
}

// ---------------------------------------------------------------- the panel

function Contact({ ways }: { ways: Ways }): JSX.Element | null {
  const w = useWaysWords();
  const language = useLanguage();
  const step = ways.contact;
  if (!step) return null;
  return language === "zh"
    ? <p>{step.to.name}{w("contact")} <Stop end={step.from} />：<Step step={step} /></p>
    : <p>{step.to.name} {w("contact")} <Stop end={step.from} />: <Step step={step} /></p>;
}

function Told({ ways }: { ways: Ways }): JSX.Element {
  const w = useWaysWords();
  if (ways.outcome === "self") return <p>{w("self")}</p>;
  return (
    <>
      {ways.end && ways.end.id !== ways.to?.id && <p>{w("by")}<Stop end={ways.end} /></p>}
      {ways.ways.length > 0 ? <ol>{ways.ways.map((way, i) => <WayView key={i} way={way} />)}</ol> : <><p>{w("none")}</p><Contact ways={ways} /></>}
    </>
  );
}

// What the folded line says: by whom.
function Short({ ways }: { ways: Ways }): JSX.Element {
  const w = useWaysWords();
  const [best] = ways.ways;
  if (ways.outcome === "who") return <>{w("who")}</>;
  if (ways.outcome === "self") return <>{w("self")}</>;
  if (!best) return <>{w("none")}</>;
  const between = best.steps.slice(0, -1).map((step) => step.to.name);
  return <>{between.length ? `${w("via")} ${between.join(" → ")}` : w("direct")}</>;
}

function Panel({ found, asker }: { found: Found; asker: Asker | null }): JSX.Element | null {
  const w = useWaysWords();
  if (found.error instanceof Refused && found.error.status === 404 && asker) return <><p>{w("gone")}</p><Who /></>;
  if (found.error !== undefined) return <ErrorNote error={found.error} />;
  if (!found.ways) return null;
  if (found.ways.outcome === "who") return <Who />;
  return <><Told ways={found.ways} />{found.ways.from && <AskerLine asker={asker} name={found.ways.from.name} />}</>;
}

export function WaysView({ to, open = false }: { to: string; open?: boolean }): JSX.Element | null {
  const w = useWaysWords();
  const asker = useAsker();
  const found = useWays(to, asker);
  if ((!found.ways && found.error === undefined) || unreachable(found.error)) return null;
  return (
    <details class="ways" open={open && found.ways?.outcome !== "who"}>
      <summary><span class="title">{w("ways")}</span> {found.ways && <span class="short"><Short ways={found.ways} /></span>}</summary>
      <Panel found={found} asker={asker} />
    </details>
  );
}
