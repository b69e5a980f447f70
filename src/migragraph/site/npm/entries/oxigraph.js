// The SPARQL engine. bundle.mjs wraps it into a function and puts the WebAssembly beside it, for a worker to start.
export { Store, initSync } from "oxigraph/web.js";
