// 关注: needs that are kept, what arrived for each, and what became of the answers in numbers.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { api } from "../../api/client";
import type { Condition, KeptNeed, NeedPage as OneNeed, Notice, Report, ReportNumbers } from "../../api/types";
import { useLanguage, useLoaded, useTitle } from "../../desk";
import { Marks, MarkingContext, type Marking } from "../../parts/needs/marks";
import { newsChanged, useNewsChanges } from "../../parts/needs/news";
import { ErrorNote, Source, Sureness } from "../../parts/parts";
import { useAsker } from "../../parts/ways/asker";
import { needWords } from "../../text/needs";
import { conditionText, kindsTerm, kindTerm } from "../../text/terms";

const useNeedWords = (): ReturnType<typeof needWords> => needWords(useLanguage());
const day = (instant: string): string => {
  const at = new Date(instant);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, "0")}-${String(at.getDate()).padStart(2, "0")}`;
};

// ---------------------------------------------------------------- one need

function NoticeView({ notice }: { notice: Notice }): JSX.Element {
  const w = useNeedWords();
  const language = useLanguage();
  return (
    <li class="answer">
      <h3>
        <span><a href={`/entities/${notice.id}`}>{notice.name}</a> <span class="fresh">{notice.fresh ? w.fresh : w.more_evidence}{notice.unseen && <span aria-hidden="true"> ●</span>}</span></span>
        <Sureness value={notice.score} />
      </h3>
      <p class="where">{[kindTerm(language, notice.kind), notice.organization, notice.position].filter(Boolean).join(" ")}</p>
      <ul class="reasons"><li><blockquote>{notice.sentence}</blockquote><Source document={notice.document} span={notice.span} /></li></ul>
      <Marks id={notice.id} />
    </li>
  );
}

// The same answer may have been told several times; its buttons stand with each.
function Told({ page, change }: { page: OneNeed; change: (page: OneNeed) => void }): JSX.Element {
  const w = useNeedWords();
  const who = useAsker()?.name;
  const by = who ? { who } : {};
  const [error, fail] = useState<unknown>(undefined);
  const marking: Marking = {
    marks: page.marks,
    toggle: (entity, mark, on) => {
      (on ? api.mark : api.unmark)({ need: page.need.id, entity, mark, ...by }).then((next) => { change(next); fail(undefined); newsChanged(); }, fail);
    },
  };
  return (
    <MarkingContext.Provider value={marking}>
      {error !== undefined && <ErrorNote error={error} />}
      {page.notices.length ? <ul class="answers">{page.notices.map((n, i) => <NoticeView key={i} notice={n} />)}</ul> : <p class="minor">{w.nothing_yet}</p>}
    </MarkingContext.Provider>
  );
}

function Deeds({ need, done }: { need: KeptNeed; done: (page: OneNeed) => void }): JSX.Element {
  const w = useNeedWords();
  const [error, fail] = useState<unknown>(undefined);
  const run = (work: Promise<OneNeed>): void => { work.then((page) => { done(page); newsChanged(); }, fail); };
  return (
    <div class="deeds">
      <small>{[need.want && kindsTerm(useLanguage(), need.want), `${w.asked_by} ${need.who === "office" ? w.office : need.who}`, w.since(day(need.kept))].filter(Boolean).join(" · ")}</small>
      {need.unseen > 0 && <button type="button" onClick={() => run(api.seen(need.id))}>{w.seen}</button>}
      {need.state === "kept" ? <button type="button" onClick={() => run(api.close(need.id))}>{w.close}</button>
        : <button type="button" onClick={() => run(api.keep({ text: need.text, want: need.want, conditions: need.where, without: need.without }))}>{w.again}</button>}
      {error !== undefined && <ErrorNote error={error} />}
    </div>
  );
}

// What an answer is held to before it is told.
function Held({ conditions }: { conditions: Condition[] }): JSX.Element | null {
  const w = useNeedWords();
  const language = useLanguage();
  if (!conditions.length) return null;
  return <ul class="held" aria-label={w.held}>{conditions.map((c) => <li key={c.id}>{conditionText(language, c)}</li>)}</ul>;
}

function NeedView({ need }: { need: KeptNeed }): JSX.Element {
  const w = useNeedWords();
  const [open, show] = useState(need.unseen > 0);
  const [page, set] = useState<OneNeed | undefined>(undefined);
  const [error, fail] = useState<unknown>(undefined);
  useEffect(() => {
    if (open) api.need(need.id).then(set, fail);
  }, [open, need.id, need.told, need.unseen]);
  const query = new URLSearchParams({ q: need.text, ...(need.want ? { want: need.want } : {}), ...(need.where.length ? { where: need.where.map((f) => `${f.kind}=${f.words}`).join(";") } : {}),
    ...(need.without.length ? { without: need.without.join(";") } : {}) });
  return (
    <li class="kept">
      <details open={open} onToggle={(e) => show(e.currentTarget.open)}>
        <summary><span class="said">{need.text}</span> {need.unseen > 0 && <span class="count">{need.unseen}<span class="quiet"> {w.new_items}</span></span>}</summary>
        <Deeds need={page?.need ?? need} done={set} />
        <Held conditions={need.conditions} />
        <p><a href={`/?${query.toString()}`}>{w.answers}</a></p>
        {error !== undefined && <ErrorNote error={error} />}
        {page && <Told page={page} change={set} />}
      </details>
    </li>
  );
}

// ---------------------------------------------------------------- the report

function Numbers({ row }: { row: ReportNumbers }): JSX.Element {
  const cells = [row.shown, row.useful, row.not_useful, row.contacted, row.declined, row.met, row.signed];
  return <>{cells.map((n, i) => <td key={i}>{n}</td>)}<td>{row.precision === undefined ? "–" : `${Math.round(row.precision * 100)}%`}</td></>;
}

function ReportView({ report }: { report: Report }): JSX.Element | null {
  const w = useNeedWords();
  if (!report.needs.length) return null;
  return (
    <section aria-label={w.report}>
      <h2>{w.report}</h2>
      <div class="report" role="region" aria-label={w.report} tabIndex={0}>
        <table>
          <thead><tr>{[w.need, w.shown, w.useful, w.not_useful, w.contacted, w.declined, w.met, w.signed, w.precision].map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
          <tbody>{report.needs.map((row) => <tr key={row.id}><td>{row.text}</td><Numbers row={row} /></tr>)}</tbody>
          <tfoot><tr><td>{w.total}</td><Numbers row={report.all} /></tr></tfoot>
        </table>
      </div>
      <p class="hint">{w.report_note}</p>
    </section>
  );
}

// ---------------------------------------------------------------- the page

export function NeedsPage(): JSX.Element {
  const w = useNeedWords();
  const needs = useLoaded(() => api.needs(), []);
  const report = useLoaded(() => api.report(), []);
  useNewsChanges(() => { needs.again(); report.again(); });
  useTitle(w.title);
  const all = needs.value?.needs ?? [];
  const kept = all.filter((n) => n.state === "kept").sort((a, b) => Number(b.unseen > 0) - Number(a.unseen > 0));
  const closed = all.filter((n) => n.state === "closed");
  return (
    <>
      <h1>{w.title}</h1>
      {needs.error !== undefined && <ErrorNote error={needs.error} again={needs.again} />}
      {needs.value && !kept.length && <p class="empty">{w.empty}</p>}
      {kept.filter((n) => n.unseen > 0).length > 1 && <button type="button" class="allseen" onClick={() => { api.allSeen().then(newsChanged, () => undefined); }}>{w.all_seen}</button>}
      <ul>{kept.map((n) => <NeedView key={n.id} need={n} />)}</ul>
      {closed.length > 0 && <details><summary class="minor">{w.closed_ones} {closed.length}</summary><ul>{closed.map((n) => <NeedView key={n.id} need={n} />)}</ul></details>}
      {report.value && <ReportView report={report.value} />}
    </>
  );
}
