import { consoleStates } from "../testing/console-states.ts";
import { testStates } from "../testing/gallery.ts";

testStates("console", consoleStates, [{ width: 1280 }]);
