import { checkClosedJourneys } from "#test/conformance/events/check-closed-journeys.ts";
import { checkJourneyIndex } from "#test/conformance/events/check-journey-index.ts";
import { checkKeySearch } from "#test/conformance/events/check-key-search.ts";
import { checkMeasures } from "#test/conformance/events/check-measures.ts";
import { checkProjection } from "#test/conformance/events/check-projection.ts";
import { checkTrouble } from "#test/conformance/events/check-trouble.ts";
import { makeElasticsearchBed } from "#test/conformance/events/elasticsearch-bed.ts";

const elasticsearch = makeElasticsearchBed();

checkProjection(elasticsearch);
checkKeySearch(elasticsearch);
checkJourneyIndex(elasticsearch);
checkClosedJourneys(elasticsearch);
checkMeasures(elasticsearch);
checkTrouble(elasticsearch);
