// 对接: the need in, answers as one types. What was typed is in the address and kept on this machine.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { api, Refused, unreachable } from "../../api/client";
import { wanted } from "../../api/kinds";
import type { Answer, Condition, ConditionField, Match, MatchList, MatchQuestion, Reason, Status } from "../../api/types";
import { AGAIN_MS, useLanguage, useLoaded, usePlace, useSettled, useTitle, useWords } from "../../desk";
import { needWords } from "../../text/needs";
import { isConditionKind, kindsTerm, partTerm } from "../../text/terms";
import { KeepLine, Marks, MarkingContext, useAsked } from "../../parts/needs/marks";
import { ErrorNote, Marked, replaceQuery, Source, Sureness } from "../../parts/parts";
import { WaysView } from "../../parts/ways/ways";
import { Checks, Chips } from "./conditions";

type Want = NonNullable<MatchQuestion["want"]>;
const wants: Want[] = ["", ...wanted];
const asker = Math.random().toString(36).slice(2);
let turn = 0; // counts beyond one showing of the page: to the program it stays one asker
const DRAFT = "yiqiao.need";
// Of conditions left out, and those that came as fields ("region=华南"), as the address has them.
const ids = (without: string): string[] => without.split(";").filter(Boolean).slice(-24);
const fields = (where: string): ConditionField[] => where.split(";").flatMap((one) => {
  const at = one.indexOf("=");
  const kind = one.slice(0, at).trim(), words = one.slice(at + 1).trim();
  return isConditionKind(kind) && words ? [{ kind, words }] : [];
}).slice(0, 12);

function ReasonView({ reason }: { reason: Reason }): JSX.Element {
  return (
    <li>
      <blockquote><Marked text={reason.text} marks={reason.marks} /></blockquote>
      <Source document={reason.document} span={reason.span} />
    </li>
  );
}

function Parts({ answer }: { answer: Answer }): JSX.Element | null {
  const w = useWords();
  const language = useLanguage();
  if (!answer.parts.length) return null;
  return (
    <details class="parts">
      <summary>{w("parts")}</summary>
      <dl>{answer.parts.map((p) => <div key={p.name}><dt>{partTerm(language, p.name)}</dt><dd>{p.value.toFixed(2)}</dd></div>)}</dl>
    </details>
  );
}

// The strongest sentence stands there; the others are a key away.
function Reasons({ reasons }: { reasons: Reason[] }): JSX.Element | null {
  const w = useWords();
  const [first, ...others] = reasons;
  if (!first) return null;
  return (
    <>
      <ul class="reasons"><ReasonView reason={first} /></ul>
      {others.length > 0 && (
        <details class="parts">
          <summary>{w("more_sentences")} {others.length}</summary>
          <ul class="reasons">{others.map((r, i) => <ReasonView key={i} reason={r} />)}</ul>
        </details>
      )}
    </>
  );
}

function AnswerView({ answer, conditions }: { answer: Answer; conditions: Condition[] }): JSX.Element {
  return (
    <li class="answer">
      <h3><a href={`/entities/${answer.id}`}>{answer.name}</a> <Sureness value={answer.score} /></h3>
      {(answer.organization || answer.position) && <p class="where">{[answer.organization, answer.position].filter(Boolean).join(" ")}</p>}
      <Checks answer={answer} conditions={conditions} />
      <Reasons reasons={answer.reasons} />
      <Parts answer={answer} />
      <WaysView to={answer.id} />
      <Marks id={answer.id} />
    </li>
  );
}

// "最接近的是某某，但不在广东省": what is missing is said with the nearest where a condition keeps it out.
function NoneView({ list, conditions }: { list: MatchList; conditions: Condition[] }): JSX.Element {
  const w = useWords();
  const language = useLanguage();
  const kept_out = list.nearest && list.unmet ? `${list.nearest.name}${w("comma")}${w("but")}${language === "en" ? " " : ""}${list.unmet}` : undefined;
  return (
    <div class="none">
      <p><strong>{w("none")}</strong></p>
      {!kept_out && list.missing && <p>{w("missing")}{w("colon")}{list.missing.split("、").join(w("list_comma"))}</p>}
      {kept_out && <p>{w("nearest")}{language === "en" ? " " : ""}{kept_out}{language === "en" ? "." : "。"}</p>}
      {list.nearest && <>{!kept_out && <p>{w("nearest")}{w("colon")}</p>}<ul class="answers"><AnswerView answer={list.nearest} conditions={conditions} /></ul></>}
    </div>
  );
}

function ListView({ list, conditions }: { list: MatchList; conditions: Condition[] }): JSX.Element {
  const name = kindsTerm(useLanguage(), list.want);
  return (
    <section class="list" aria-label={name}>
      <h2>{name}</h2>
      {list.answers.length ? <ol class="answers">{list.answers.map((a) => <AnswerView key={a.id} answer={a} conditions={conditions} />)}</ol>
        : <NoneView list={list} conditions={conditions} />}
    </section>
  );
}

function Counts({ status }: { status: Status }): JSX.Element {
  const w = useWords();
  const c = status.counts;
  return (
    <p class="counts">
      <a href="/documents">{c.documents} {w("counts")}</a> <a href="/register?kind=person">{c.people} {w("people_count")}</a>{" · "}
      <a href="/register?kind=organization">{c.organizations} {w("organizations_count")}</a>{" · "}
      <a href="/register?kind=technology">{c.technologies} {w("technologies_count")}</a>{" · "}
      <a href="/register?kind=need">{c.needs} {w("needs_count")}</a>
    </p>
  );
}

// Answers of the newest text; while they are under way the former ones stay.
function useAnswers(text: string, want: Want, where: string, without: string): { match: Match | undefined; error: unknown; busy: boolean } {
  const [state, set] = useState<{ match: Match | undefined; error: unknown; busy: boolean }>({ match: undefined, error: undefined, busy: false });
  useEffect(() => {
    if (!text.trim()) return set({ match: undefined, error: undefined, busy: false });
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      set((old) => ({ ...old, busy: true }));
      api.match({ text, want, top: want ? 10 : 5, conditions: fields(where), without: ids(without), asker, turn: ++turn }, abort.signal).then(
        (match) => set({ match, error: undefined, busy: false }),
        (error: unknown) => {
          if (abort.signal.aborted || (error instanceof Refused && error.code === "overtaken")) return;
          set((old) => ({ ...old, error, busy: false }));
          if (unreachable(error)) timer = setTimeout(ask, AGAIN_MS);
        },
      );
    };
    ask();
    return () => { abort.abort(); clearTimeout(timer); };
  }, [text, want, where, without]);
  return state;
}

export function MatchPage(): JSX.Element {
  const w = useWords();
  const language = useLanguage();
  const place = usePlace();
  const [text, type] = useState(place.query.get("q") ?? localStorage.getItem(DRAFT) ?? "");
  const [composing, compose] = useState(false);
  const want = (place.query.get("want") ?? "") as Want;
  const settled = useSettled(text, 30, composing);
  const written = useSettled(text, 150, composing);
  const status = useLoaded(() => api.status(), []);
  const without = place.query.get("without") ?? "";
  const where = place.query.get("where") ?? "";
  const answers = useAnswers(settled, want, where, without);
  const asked = useAsked(settled, want, fields(where), ids(without));
  const conditions = answers.match?.conditions ?? [];
  useEffect(() => {
    if ((place.query.get("q") ?? "") !== written) replaceQuery(written.trim() ? { q: written } : { q: "", where: "", without: "" });
  }, [written]);
  useTitle(w("match"));
  // In lower case: Preact asks the element how an event is written, and elements have no property for these two.
  const composition = { oncompositionstart: () => compose(true), oncompositionend: () => compose(false) };
  const write = (next: string): void => {
    localStorage.setItem(DRAFT, next);
    type(next);
  };
  return (
    <div class="match">
      <h1 class="quiet">{w("match")}</h1>
      <label class="need">
        <span>{w("need_label")}</span>
        <textarea rows={3} maxLength={4000} value={text} placeholder={w("need_hint")} autofocus
          onInput={(e) => write(e.currentTarget.value)} {...composition} />
      </label>
      <div class="chips" role="group" aria-label={w("kind")}>
        {wants.map((kind) => (
          <button type="button" key={kind} aria-pressed={want === kind} onClick={() => replaceQuery({ want: kind })}>{kind ? kindsTerm(language, kind) : w("all")}</button>
        ))}
      </div>
      {settled.trim() && <Chips conditions={conditions} without={ids(without)} change={(left) => replaceQuery({ without: left.join(";") })} />}
      <div aria-live="polite" class="state">{answers.busy ? w("searching") : ""}</div>
      {answers.error !== undefined && <ErrorNote error={answers.error} />}
      {answers.match ? <MarkingContext.Provider value={asked}>
        <div class="lists" data-busy={answers.busy}>{answers.match.lists.map((l) => <ListView key={l.want} list={l} conditions={conditions} />)}</div>
        <KeepLine asked={asked} />
        {answers.match.weights > 0 && <p class="hint">{needWords(language).weights(answers.match.weights)}</p>}
      </MarkingContext.Provider>
        : <><p class="hint">{w("need_help")}</p>{status.value && <Counts status={status.value} />}</>}
    </div>
  );
}
