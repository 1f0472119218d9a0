import { testStates } from "../testing/gallery.ts";
import { releaseStates } from "../testing/release-states.ts";

testStates("console", releaseStates, [{ width: 1280 }]);
