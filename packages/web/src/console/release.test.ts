import { testStates } from "../testing/gallery.ts";
import { dataStates, releaseStates } from "../testing/release-states.ts";

testStates("console", [...releaseStates, ...dataStates], [{ width: 1280 }]);
