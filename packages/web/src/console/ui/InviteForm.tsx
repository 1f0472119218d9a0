import type { MemberRequest, Role, Team } from "@longwave/api";
import { roles } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useAction } from "../data/use-resource.ts";
import { roleWords, teamPage as words } from "../text/team.ts";
import { NotDone } from "./States.tsx";

interface InviteProps {
  readonly study: string;
  readonly onTeam: (team: Team) => void;
}

/** Invite somebody to the team of a study by e-mail. */
export function InviteForm({ study, onTeam }: InviteProps): JSX.Element {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("data_entry");
  const [site, setSite] = useState("");
  const [tried, setTried] = useState(false);
  const [invited, setInvited] = useState("");
  const action = useAction(
    (body: MemberRequest) => api.inviteMember({ path: { study }, body }),
    (team) => {
      setInvited(words.invited(email.trim()));
      setEmail("");
      setSite("");
      setTried(false);
      onTeam(team);
    },
  );
  const wrong = tried && !/^\S+@\S+\.\S+$/.test(email.trim());
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    setInvited("");
    if (!/^\S+@\S+\.\S+$/.test(email.trim())) return;
    action.run({ email: email.trim(), role, ...(site.trim() === "" ? {} : { site: site.trim() }) });
  };
  return (
    <form class="card stack" onSubmit={submit} noValidate aria-labelledby="invite">
      <h2 id="invite">{words.inviteTitle}</h2>
      <div class={wrong ? "field wrong" : "field"}>
        <label for="invite-email">{words.email}</label>
        <input
          id="invite-email"
          type="email"
          autocomplete="off"
          value={email}
          aria-invalid={wrong}
          aria-describedby="invite-email-error"
          onInput={(event) => setEmail(event.currentTarget.value)}
        />
        <p role="alert" class="error" id="invite-email-error">
          {wrong ? words.emailWrong : ""}
        </p>
      </div>
      <div class="field">
        <label for="invite-role">{words.role}</label>
        <select
          id="invite-role"
          value={role}
          onChange={(event) =>
            setRole(roles.find((each) => each === event.currentTarget.value) ?? "data_entry")
          }
        >
          {roles.map((each) => (
            <option key={each} value={each}>
              {roleWords[each].name}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="invite-site">
          {words.siteLabel} <span class="hint">{words.siteHint}</span>
        </label>
        <input
          id="invite-site"
          type="text"
          value={site}
          onInput={(event) => setSite(event.currentTarget.value)}
        />
      </div>
      <div>
        <button type="submit" class="btn" aria-disabled={action.busy}>
          {action.busy ? words.inviting : words.invite}
        </button>
      </div>
      <p role="status">{invited}</p>
      <NotDone failure={action.failure} />
    </form>
  );
}
