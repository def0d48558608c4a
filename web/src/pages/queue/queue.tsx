// 待定: pairs of which the program cannot tell whether they are one. A person decides by keyboard; the keys work while the focus is on the pair.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Pair } from "../../api/types";
import { useLanguage, usePlace, useTitle, useWords } from "../../desk";
import { Evidence } from "../../parts/evidence";
import { Empty, ErrorNote, replaceQuery } from "../../parts/parts";
import { identityWords } from "../../text/identity";
import { useDeciding, type State, type Verdict } from "./deciding";
import { Beside } from "./record";
import "./queue.css";

const states: State[] = ["open", "aside", "decided"];
const keys: Record<string, Verdict> = { s: "same", d: "different", u: "undecided" };

interface ActsProps {
  state: State;
  canUndo: boolean;
  act: (verdict: Verdict) => void;
  undo: () => void;
}

// What was decided before may be decided otherwise, but not the same again.
function Acts({ state, canUndo, act, undo }: ActsProps): JSX.Element {
  const w = identityWords[useLanguage()];
  return (
    <p class="acts">
      <button type="button" class="main" onClick={() => act("same")}>{w.same} <kbd>S</kbd></button>
      {state !== "decided" && <button type="button" class="main" onClick={() => act("different")}>{w.different} <kbd>D</kbd></button>}
      {state !== "aside" && <button type="button" onClick={() => act("undecided")}>{w.later} <kbd>U</kbd></button>}
      {canUndo && <button type="button" onClick={undo}>{w.undo} <kbd>Z</kbd></button>}
    </p>
  );
}

const empty = { open: "no_open", aside: "no_aside", decided: "no_decided" } as const;

function Waiting({ state }: { state: State }): JSX.Element {
  const words = useWords();
  const w = identityWords[useLanguage()];
  const deciding = useDeciding(state);
  const box = useRef<HTMLElement>(null);
  const [said, say] = useState("");
  const { queue, pair } = deciding;
  const shown = pair && `${pair.a.id} ${pair.b.id}`;
  useEffect(() => { if (queue) box.current?.focus({ preventScroll: true }); }, [shown, queue === undefined]);

  const tell = (word: string, p: Pair): void => say(`${word}${words("colon")}${p.a.name}${words("list_comma")}${p.b.name}`);
  function act(verdict: Verdict): void {
    if (!pair || (state === "aside" && verdict === "undecided") || (state === "decided" && verdict === "different")) return;
    void deciding.decide(pair, verdict).then((well) => { if (well) tell(w.done[verdict], pair); });
    scrollTo(0, 0);
  }
  function undo(): void {
    void deciding.undo().then((back) => { if (back) tell(w.taken_back, back); });
  }
  function key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const verdict = keys[event.key.toLowerCase()];
    if (verdict) act(verdict);
    else if (event.key.toLowerCase() === "z") undo();
    else return;
    event.preventDefault();
  }

  if (!queue) return deciding.error !== undefined ? <ErrorNote error={deciding.error} again={deciding.again} /> : <p class="state">{words("searching")}</p>;
  return (
    <section class="waiting" ref={box} tabIndex={0} onKeyDown={key} aria-label={w[state]}>
      <div class="told">
        <p class="happened" role="status">{said}</p>
        {!said && pair && state === "open" && <p class="hint">{w.lead}</p>}
        {!pair && deciding.canUndo && <p class="acts"><button type="button" onClick={undo}>{w.undo} <kbd>Z</kbd></button></p>}
      </div>
      {deciding.error !== undefined && <ErrorNote error={deciding.error} />}
      {!pair ? <Empty>{w[empty[state]]}</Empty> : (
        <>
          <div class="judge">
            <Evidence pair={pair} />
            <div><Acts state={state} canUndo={deciding.canUndo} act={act} undo={undo} /><p class="hint">{w.hang(pair.facts)}{words("comma")}{w.keys}</p></div>
          </div>
          <Beside pair={pair} />
        </>
      )}
    </section>
  );
}

export function QueuePage(): JSX.Element {
  const words = useWords();
  const w = identityWords[useLanguage()];
  useTitle(words("queue"));
  const asked = usePlace().query.get("state");
  const state = states.find((s) => s === asked) ?? "open";
  return (
    <div class="doubts">
      <h1>{words("queue")}</h1>
      <div class="chips" role="group" aria-label={words("queue")}>
        {states.map((s) => <button type="button" key={s} aria-pressed={s === state} onClick={() => replaceQuery({ state: s === "open" ? "" : s })}>{w[s]}</button>)}
      </div>
      <Waiting key={state} state={state} />
    </div>
  );
}
