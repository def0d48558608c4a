// What a person decides of a document's findings: shown at once, sent one after the other, and taken back in the order of doing.
import { useRef, useState } from "preact/hooks";
import { api } from "../../api/client";
import type { Decision, Fact } from "../../api/types";

export const isUndecided = (fact: Fact): boolean => fact.state === "proposed";
export const isCorrected = (fact: Fact): boolean => fact.read !== undefined;

// How a fact that was decided so is decided so again.
function asBefore(fact: Fact): Decision {
  if (isUndecided(fact)) return { verdict: "undone" };
  if (!isCorrected(fact)) return { verdict: fact.state === "refused" ? "refused" : "confirmed" };
  return { verdict: "corrected", value: fact.value, date: fact.date, subject: fact.subject.name, object: fact.object?.name ?? "" };
}

const sameSentence = (a: Fact, b: Fact): boolean => a.sentence.span[0] === b.sentence.span[0] && a.sentence.span[1] === b.sentence.span[1];
const byPlace = (a: Fact, b: Fact): number => a.span[0] - b.span[0] || a.span[1] - b.span[1] || a.id - b.id;

// A correction has another number than what it corrects: the one that was not there before.
function successor(before: Fact[], now: Fact[], id: number): number {
  const fresh = now.filter((f) => !before.some((b) => b.id === f.id));
  return now.some((f) => f.id === id) || fresh.length !== 1 ? id : (fresh[0] as Fact).id;
}

export interface Deciding {
  facts: Fact[];
  error: unknown;
  decide: (fact: Fact, decision: Decision) => Promise<Fact | undefined>; // as it now stands, maybe under another number; undefined: it failed
  undo: () => Promise<Fact | undefined>;
  canUndo: boolean;
}

export function useDeciding(loaded: Fact[]): Deciding {
  const [facts, set] = useState(() => [...loaded].sort(byPlace));
  const [error, fail] = useState<unknown>(undefined);
  const [steps, count] = useState(0);
  const present = useRef(facts);
  const done = useRef<Array<{ id: number; before: Fact }>>([]);
  const line = useRef<Promise<unknown>>(Promise.resolve());

  const show = (next: Fact[]): void => { present.current = next; set(next); };

  async function send(fact: Fact, decision: Decision, remember: boolean): Promise<Fact | undefined> {
    try {
      const before = present.current.filter((f) => sameSentence(f, fact));
      const answer = await api.decide(fact.id, decision);
      const id = successor(before, answer.facts, fact.id);
      show([...present.current.filter((f) => !sameSentence(f, fact)), ...answer.facts].sort(byPlace));
      for (const step of done.current) if (step.id === fact.id) step.id = id;
      if (remember && answer.changed) done.current.push({ id, before: fact });
      fail(undefined);
      return present.current.find((f) => f.id === id);
    } catch (cause) {
      fail(cause);
      return undefined;
    } finally {
      count(done.current.length);
    }
  }

  // One after the other, so that quick fingers decide in the order of their keys.
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = line.current.then(work);
    line.current = next.catch(() => undefined);
    return next;
  }

  return {
    facts, error, canUndo: steps > 0,
    decide: (fact, decision) => inTurn(() => send(present.current.find((f) => f.id === fact.id) ?? fact, decision, true)),
    undo: () => inTurn(async () => {
      const step = done.current.pop();
      const fact = step && present.current.find((f) => f.id === step.id);
      return step && fact ? send(fact, asBefore(step.before), false) : undefined;
    }),
  };
}
