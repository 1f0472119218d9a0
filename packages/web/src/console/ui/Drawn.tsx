import type { DrawnSample } from "@longwave/api";
import type { JSX } from "preact";
import { addPeople } from "../text/add-people.ts";

/** What was drawn from which list, by groups. */
export function Drawn({ draw }: { readonly draw: DrawnSample }): JSX.Element {
  const { frame, frameHash, seed, strata } = draw;
  const total = strata.reduce((sum, { drawn }) => sum + drawn, 0);
  return (
    <section class="card" aria-labelledby="drawn">
      <h2 id="drawn">{addPeople.drawnTitle(total, frame)}</h2>
      <p class="soft">{addPeople.drawnText(seed)}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{addPeople.group}</th>
            <th scope="col" class="r">
              {addPeople.inFrame}
            </th>
            <th scope="col" class="r">
              {addPeople.drawn}
            </th>
          </tr>
        </thead>
        <tbody>
          {strata.map((each) => (
            <tr key={each.stratum}>
              <th scope="row">{each.stratum === "" ? addPeople.everybody : each.stratum}</th>
              <td class="r">{each.frame}</td>
              <td class="r">{each.drawn}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="small soft">
        {addPeople.frameHash}: <span class="hash">{frameHash}</span>
      </p>
    </section>
  );
}
