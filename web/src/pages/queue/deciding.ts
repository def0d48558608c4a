// Decisions on the pairs of the queue: the next one is shown at once, they are sent one after the other, and taken back in the order of doing.
import { useEffect, useRef, useState } from "preact/hooks";
import { api } from "../../api/client";
import type { Pair, PairDecision, Queue } from "../../api/types";
import { tellUndecided } from "../../parts/undecided";

export type State = "open" | "aside" | "decided";
export type Verdict = Exclude<PairDecision["verdict"], "undo">;
const LIMIT = 20;

const isPair = (a: Pair, b: Pair): boolean => a.a.id === b.a.id && a.b.id === b.b.id;

export interface Deciding {
  queue: Queue | undefined;
  pair: Pair | undefined; // the one to be decided
  error: unknown;
  canUndo: boolean;
  decide: (pair: Pair, verdict: Verdict) => Promise<boolean>;
  undo: () => Promise<Pair | undefined>;
  again: () => void;
}

export function useDeciding(state: State): Deciding {
  const [queue, set] = useState<Queue | undefined>(undefined);
  const [error, fail] = useState<unknown>(undefined);
  const [steps, count] = useState(0);
  const [turn, again] = useState(0);
  const present = useRef<Queue | undefined>(undefined);
  const done = useRef<Array<{ pair: Pair; sequence: number }>>([]);
  const line = useRef<Promise<unknown>>(Promise.resolve());

  const show = (next: Queue): void => { present.current = next; set(next); tellUndecided(next.open); };

  // The pair on the page stays there as long as it waits, whatever else has moved.
  async function refresh(first: Pair | undefined): Promise<void> {
    const next = await api.queue(state, "", 0, LIMIT);
    const found = first && next.items.find((p) => isPair(p, first));
    show(found ? { ...next, items: [found, ...next.items.filter((p) => p !== found)] } : next);
  }

  useEffect(() => {
    set(undefined);
    refresh(undefined).then(() => fail(undefined), fail);
  }, [state, turn]);

  // One after the other, so that quick fingers decide in the order of their keys.
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = line.current.then(work);
    line.current = next.catch(() => undefined);
    return next;
  }

  async function send(pair: Pair, verdict: Verdict): Promise<boolean> {
    try {
      const { sequence } = await api.decidePair({ a: pair.a.id, b: pair.b.id, verdict });
      done.current.push({ pair, sequence });
      fail(undefined);
      await refresh(present.current?.items[0]);
      return true;
    } catch (cause) {
      fail(cause);
      await refresh(pair).catch(() => undefined);
      return false;
    } finally {
      count(done.current.length);
    }
  }

  async function takeBack(): Promise<Pair | undefined> {
    const step = done.current.pop();
    if (!step) return undefined;
    try {
      await api.undoDecision(step.sequence);
      fail(undefined);
      await refresh(step.pair);
      return step.pair;
    } catch (cause) {
      fail(cause);
      return undefined;
    } finally {
      count(done.current.length);
    }
  }

  return {
    queue, error, pair: queue?.items[0], canUndo: steps > 0,
    decide: (pair, verdict) => {
      const now = present.current;
      if (now) show({ ...now, [state]: now[state] - 1, items: now.items.filter((p) => !isPair(p, pair)) });
      return inTurn(() => send(pair, verdict));
    },
    undo: () => inTurn(takeBack),
    again: () => again((n) => n + 1),
  };
}
