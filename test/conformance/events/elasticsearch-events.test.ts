import { checkDeadLetters } from "#test/conformance/events/check-dead-letters.ts";
import { checkEventLog } from "#test/conformance/events/check-event-log.ts";
import { checkForgetting } from "#test/conformance/events/check-forgetting.ts";
import { checkSources } from "#test/conformance/events/check-sources.ts";
import { makeElasticsearchBed } from "#test/conformance/events/elasticsearch-bed.ts";

const elasticsearch = makeElasticsearchBed();

checkDeadLetters(elasticsearch);
checkEventLog(elasticsearch);
checkForgetting(elasticsearch);
checkSources(elasticsearch);
