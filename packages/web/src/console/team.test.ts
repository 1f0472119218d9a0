import { importStates } from "../testing/console-import-states.ts";
import { teamStates } from "../testing/console-team-states.ts";
import { testStates } from "../testing/gallery.ts";

testStates("console", [...teamStates, ...importStates], [{ width: 1280 }]);
