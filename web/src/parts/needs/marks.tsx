// What a person says of an answer: small buttons beside it. First whether it is of use; how it went on is asked once it is.
import { createContext, type JSX } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { api } from "../../api/client";
import type { ConditionField, KeptNeed, Mark } from "../../api/types";
import { useLanguage } from "../../desk";
import { needWords } from "../../text/needs";
import { ErrorNote } from "../parts";
import { useAsker } from "../ways/asker";
import "./needs.css";

const AFTER_THE_ANSWERS_MS = 350;
type MarkName = Mark["mark"];
const judgements: MarkName[] = ["useful", "not_useful"];
const course: MarkName[] = ["contacted", "declined", "met", "signed"];

// Which need the answers of a page belong to, and what was said of them.
export interface Marking {
  marks: Mark[];
  toggle: (entity: string, mark: MarkName, on: boolean) => void;
}
export const MarkingContext = createContext<Marking | null>(null);

export interface Asked extends Marking {
  need: KeptNeed | undefined;
  keep: () => void;
  error: unknown;
}

// What is known of the need that is being typed; asked once its answers are there.
export function useAsked(text: string, want: KeptNeed["want"], where: ConditionField[], without: string[]): Asked {
  const [state, set] = useState<{ need: KeptNeed | undefined; marks: Mark[]; error: unknown }>({ need: undefined, marks: [], error: undefined });
  const who = useAsker()?.name;
  const by = who ? { who } : {};
  const question = { text, want, conditions: where, without };
  useEffect(() => {
    const abort = new AbortController();
    set({ need: undefined, marks: [], error: undefined });
    const timer = text.trim() ? setTimeout(() => {
      api.asked(question, abort.signal).then((page) => set({ need: page.need, marks: page.marks, error: undefined }), () => undefined);
    }, AFTER_THE_ANSWERS_MS) : undefined;
    return () => { clearTimeout(timer); abort.abort(); };
  }, [text, want, JSON.stringify(where), without.join(";")]);
  const done = (work: Promise<{ need: KeptNeed; marks: Mark[] }>): void => {
    work.then((page) => set({ need: page.need, marks: page.marks, error: undefined }), (error: unknown) => set((old) => ({ ...old, error })));
  };
  return {
    ...state,
    toggle: (entity, mark, on) => done((on ? api.mark : api.unmark)({ ...question, entity, mark, ...by })),
    keep: () => done(api.keep({ ...question, ...by })),
  };
}

export function Marks({ id }: { id: string }): JSX.Element | null {
  const w = needWords(useLanguage());
  const marking = useContext(MarkingContext);
  if (!marking) return null;
  const own = marking.marks.filter((m) => m.id === id);
  const has = (mark: MarkName): Mark | undefined => own.find((m) => m.mark === mark);
  const offered = own.some((m) => m.mark !== "not_useful") ? [...judgements, ...course] : judgements;
  return (
    <div class="marks" role="group" aria-label={w.marks}>
      {offered.map((mark) => {
        const set = has(mark);
        return (
          <button type="button" key={mark} aria-pressed={set !== undefined} title={set ? `${w.said_by} ${set.who === "office" ? w.office : set.who} ${set.at.slice(0, 10)}` : undefined}
            onClick={() => marking.toggle(id, mark, set === undefined)}>{w[mark]}</button>
        );
      })}
    </div>
  );
}

// Under the answers: keep the need, or that it is kept.
export function KeepLine({ asked }: { asked: Asked }): JSX.Element {
  const w = needWords(useLanguage());
  const kept = asked.need?.state === "kept";
  return (
    <div class="keep">
      {kept ? <><span role="status">{w.kept}</span> <a href="/needs">{w.look}</a></>
        : <><button type="button" onClick={asked.keep}>{w.keep}</button> <small>{w.keep_hint}</small></>}
      {asked.error !== undefined && <ErrorNote error={asked.error} />}
    </div>
  );
}
