// The search engine, as a global: a classic script, since browsers refuse modules under file://.
import MiniSearch from "minisearch";

globalThis.MiniSearch = MiniSearch;
