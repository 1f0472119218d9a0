import { useEffect, useState } from "preact/hooks";
import type { Route } from "../router.ts";
import { routeOf } from "../router.ts";

/** The route of the address bar, followed as it changes. */
export function useRoute(): Route {
  const [route, setRoute] = useState<Route>(() => routeOf(location.hash));
  useEffect(() => {
    const follow = (): void => setRoute(routeOf(location.hash));
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  return route;
}
