import type { Staff } from "@longwave/api";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { api } from "./data/api.ts";
import { SessionContext } from "./data/session.ts";
import { useFresh, useResource } from "./data/use-resource.ts";
import { useRoute } from "./data/use-route.ts";
import { useStaff } from "./data/use-staff.ts";
import { Account } from "./pages/Account.tsx";
import { NewStudy } from "./pages/NewStudy.tsx";
import { SignedOut, SignIn } from "./pages/SignIn.tsx";
import { Studies } from "./pages/Studies.tsx";
import { pageTitles, Study } from "./pages/Study.tsx";
import type { Route } from "./router.ts";
import { accountPage } from "./text/account.ts";
import { frame, signIn, studies } from "./text/en.ts";
import { newStudy } from "./text/new-study.ts";
import { Shell } from "./ui/Shell.tsx";
import { Empty, Full, Loading, Trouble } from "./ui/States.tsx";

/** The console: who is signed in, and the page the address names. */
export function App(): JSX.Element {
  const route = useRoute();
  const { visitor, arrive, leave, signOut, retry } = useStaff();
  useTitle(route);
  if (route.kind === "sign_in") {
    return (
      <Shell staff={undefined}>
        <SignIn token={route.token} onArrive={arrive} />
      </Shell>
    );
  }
  if (visitor.kind !== "staff") {
    return (
      <Shell staff={undefined}>
        {visitor.kind === "nobody" ? <SignedOut /> : null}
        {visitor.kind === "loading" ? <Loading /> : null}
        {visitor.kind === "failed" ? <Trouble failure={visitor.failure} onRetry={retry} /> : null}
      </Shell>
    );
  }
  return (
    <SessionContext.Provider value={{ staff: visitor.staff, ended: leave }}>
      <Pages route={route} staff={visitor.staff} onSignOut={signOut} />
    </SessionContext.Provider>
  );
}

interface PagesProps {
  readonly route: Exclude<Route, { kind: "sign_in" }>;
  readonly staff: Staff;
  readonly onSignOut: () => void;
}

function Pages({ route, staff, onSignOut }: PagesProps): JSX.Element {
  if (route.kind === "study")
    return <OneStudy key={route.study} route={route} staff={staff} onSignOut={onSignOut} />;
  return (
    <Shell staff={staff} onSignOut={onSignOut}>
      <OutsideStudies kind={route.kind} />
    </Shell>
  );
}

function OutsideStudies({
  kind,
}: {
  readonly kind: "studies" | "new_study" | "account" | "unknown";
}): JSX.Element {
  switch (kind) {
    case "studies":
      return <Studies />;
    case "new_study":
      return <NewStudy />;
    case "account":
      return <Account />;
    case "unknown":
      return (
        <Empty title={frame.notFoundTitle}>
          {frame.notFoundText} <a href="#/">{frame.studies}</a>
        </Empty>
      );
  }
}

interface OneStudyProps {
  readonly route: Extract<Route, { kind: "study" }>;
  readonly staff: Staff;
  readonly onSignOut: () => void;
}

function OneStudy({ route, staff, onSignOut }: OneStudyProps): JSX.Element {
  const fetched = useResource(`study ${route.study}`, () => api.study({ path: { study: route.study } }));
  useFresh(fetched, route.page);
  const study = fetched.resource.kind === "here" ? fetched.resource.value : undefined;
  return (
    <Shell staff={staff} study={study} page={route.page} onSignOut={onSignOut}>
      <Full fetched={fetched}>
        {(value) => (
          <Study
            key={JSON.stringify(route)}
            study={value}
            route={route}
            onStudy={fetched.replace}
            onChanged={fetched.reload}
          />
        )}
      </Full>
    </Shell>
  );
}

function useTitle(route: Route): void {
  const name =
    route.kind === "study"
      ? pageTitles[route.page]
      : {
          studies: studies.title,
          new_study: newStudy.title,
          account: accountPage.title,
          sign_in: signIn.title,
          unknown: frame.notFoundTitle,
        }[route.kind];
  useEffect(() => {
    document.title = `${name} – ${frame.brand}`;
  }, [name]);
}
