import { teamStates } from "../testing/console-team-states.ts";
import { testStates } from "../testing/gallery.ts";

testStates("console", teamStates, [{ width: 1280 }]);
