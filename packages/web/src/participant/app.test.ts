import { testStates } from "../testing/gallery.ts";
import { participantStates } from "../testing/participant-states.ts";

testStates("participant", participantStates, [{ width: 390 }]);
