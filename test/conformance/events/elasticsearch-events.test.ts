import { checkClosedJourneys } from "#test/conformance/events/check-closed-journeys.ts";
import { checkDeadLetters } from "#test/conformance/events/check-dead-letters.ts";
import { checkEventLog } from "#test/conformance/events/check-event-log.ts";
import { checkJourneyIndex } from "#test/conformance/events/check-journey-index.ts";
import { checkKeySearch } from "#test/conformance/events/check-key-search.ts";
import { checkMeasures } from "#test/conformance/events/check-measures.ts";
import { checkProjection } from "#test/conformance/events/check-projection.ts";
import { checkForgetting, checkForgettingDerived } from "#test/conformance/events/check-forgetting.ts";
import { checkSources } from "#test/conformance/events/check-sources.ts";
import { checkTrouble } from "#test/conformance/events/check-trouble.ts";
import { makeElasticsearchBed } from "#test/conformance/events/elasticsearch-bed.ts";

const elasticsearch = makeElasticsearchBed();

checkDeadLetters(elasticsearch);
checkEventLog(elasticsearch);
checkForgetting(elasticsearch);
checkJourneyIndex(elasticsearch);
checkClosedJourneys(elasticsearch);
checkKeySearch(elasticsearch);
checkMeasures(elasticsearch);
checkProjection(elasticsearch);
checkForgettingDerived(elasticsearch);
checkSources(elasticsearch);
checkTrouble(elasticsearch);
