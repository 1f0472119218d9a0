import {
  type MemberRequest,
  may,
  type Role,
  roles,
  type StudySummary,
  type TeamMember,
  type Team as Value,
} from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useAction, useResource } from "../data/use-resource.ts";
import { shortMoment } from "../text/en.ts";
import { roleWords, teamPage as words } from "../text/team.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { InviteForm } from "../ui/InviteForm.tsx";
import { Full, NotDone } from "../ui/States.tsx";

interface TeamProps {
  readonly study: StudySummary;
  /** Somebody may have changed their own role. */
  readonly onChanged: () => void;
}

/** Who works on a study, and, for owners, who is to. */
export function Team({ study, onChanged }: TeamProps): JSX.Element {
  const fetched = useResource(`team ${study.id}`, () => api.team({ path: { study: study.id } }));
  const owns = may(study.role, "team.manage");
  const replace = (team: Value): void => {
    fetched.replace(team);
    onChanged();
  };
  return (
    <div class="stack">
      <p class="soft measure">{words.lede}</p>
      {owns && study.names !== "shown" ? (
        <p class="measure">
          {words.factorNeeded} <a href="#/account">{words.toAccount}</a>
        </p>
      ) : null}
      <Full fetched={fetched}>{(team) => <Members study={study} team={team} onTeam={replace} />}</Full>
      {owns ? <InviteForm study={study.id} onTeam={replace} /> : <p class="soft">{words.onlyOwners}</p>}
      <Roles />
    </div>
  );
}

interface MembersProps {
  readonly study: StudySummary;
  readonly team: Value;
  readonly onTeam: (team: Value) => void;
}

function Members({ study, team, onTeam }: MembersProps): JSX.Element {
  const [leaving, setLeaving] = useState<string | undefined>(undefined);
  const path = { study: study.id };
  const change = useAction((body: MemberRequest) => api.changeMember({ path, body }), onTeam);
  const remove = useAction((email: string) => api.removeMember({ path, body: { email } }), onTeam);
  const owns = may(study.role, "team.manage");
  return (
    <section class="card stack" aria-label={words.title}>
      <ul class="rows">
        {team.members.map((member) => (
          <li key={member.email}>
            <Who member={member} />
            {owns ? (
              <div class="acts">
                <RoleChoice member={member} onRole={(role) => change.run({ ...placeOf(member), role })} />
                <button
                  type="button"
                  class="btn quiet"
                  aria-label={words.removeOf(member.email)}
                  onClick={() => setLeaving(member.email)}
                >
                  {words.remove}
                </button>
              </div>
            ) : (
              <p>{roleWords[member.role].name}</p>
            )}
          </li>
        ))}
      </ul>
      <NotDone failure={change.failure ?? remove.failure} />
      {leaving === undefined ? null : (
        <Dialog
          title={words.removeTitle(leaving)}
          confirm={words.remove}
          dismiss={words.keep}
          onConfirm={() => {
            remove.run(leaving);
            setLeaving(undefined);
          }}
          onDismiss={() => setLeaving(undefined)}
        >
          <p>{words.removeText}</p>
        </Dialog>
      )}
    </section>
  );
}

function placeOf({ email, site }: TeamMember): Pick<MemberRequest, "email" | "site"> {
  return site === null ? { email } : { email, site };
}

function Who({ member }: { readonly member: TeamMember }): JSX.Element {
  const { email, site, addedAt, addedBy, you } = member;
  return (
    <div>
      <p class="break">
        <b>{email}</b>
        {you ? ` (${words.you})` : ""}
      </p>
      <p class="soft small">
        {site === null ? words.allSites : words.site(site)}, {words.added(shortMoment(addedAt), addedBy)}
      </p>
    </div>
  );
}

interface RoleChoiceProps {
  readonly member: TeamMember;
  readonly onRole: (role: Role) => void;
}

function RoleChoice({ member, onRole }: RoleChoiceProps): JSX.Element {
  return (
    <select
      aria-label={words.roleOf(member.email)}
      value={member.role}
      onChange={(event) => {
        const wanted = roles.find((role) => role === event.currentTarget.value);
        // Until the server has agreed the list shows what holds.
        event.currentTarget.value = member.role;
        if (wanted !== undefined && wanted !== member.role) onRole(wanted);
      }}
    >
      {roles.map((role) => (
        <option key={role} value={role}>
          {roleWords[role].name}
        </option>
      ))}
    </select>
  );
}

function Roles(): JSX.Element {
  return (
    <section class="card stack" aria-labelledby="roles">
      <h2 id="roles">{words.rolesTitle}</h2>
      <dl class="roles">
        {roles.map((role) => (
          <div key={role}>
            <dt>{roleWords[role].name}</dt>
            <dd>{roleWords[role].may}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
