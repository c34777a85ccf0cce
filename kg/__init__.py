"""Facts to graph: quads, identity, lineage links, the store, the NetworkX view.

The way through: `statements.quads` turns the facts of one document into quads, `store` keeps them, `build.build` does
both for many documents and calls `derive.rederive`, `lineage.lineage` shows the result as a graph of networkx.

Graphs (all under `https://w3id.org/cnbl/graph/`; a triple stands in one of them only):

| graph | holds | comes from |
|---|---|---|
| `file.{first 16 digits of the sha256}` | all that one document states, with its evidence | its facts, replaced whole |
| `registry` | identity: bodies, divisions, official documents, recipients, codes that lists lack | derived |
| `codes` | the vocabulary and the code lists | the Turtle files of `ontology/` |
| `links.stated` | conflicts between printed statements | derived |
| `links.derived` | what a rule concludes from exactly one match: assertions and the plain relations | derived |
| `links.accepted` | candidates that people accepted (`decisions`): assertions and the plain relations | derived |
| `links.candidate` | what may be, or was rejected: assertions without plain relations: no path follows them | derived |
| `slices` | where to find what a body has in a year under a functional subject (`slices`) | derived |
| `checks` | reconciliations: what is unexplained at a node of money (`reconciliations`) | derived |

What a document states is held against the shapes of the ontology before it is written (`checks`, `shapes`): an error
refuses the document, or what is derived; a warning describes it, and `caimai check` lists it.

The derived graphs are made anew from the document graphs at the end of every build, by rules that read the document
graphs only: `origins` (issuer, origin level, relaying body, hops above), `programmes`, `successions` of bodies,
`carry_overs`, `similar_titles` and `inherited_money` (candidates only), `continuations` of projects, `targets`
(performance forms), `change_subjects`, `definitions` of indicators, `conflicts`. Each link has `bl:rule`, `bl:grade`,
`bl:rationale` and `bl:evidence`. `store.stated_graphs` lists the graphs without any inference; `sums` adds up amounts
that may be added up.

Several files of one disclosure (body, year, phase and reporting level) share it: of each part (a table, the
performance forms, the statements of change) the latest, else fullest statement is held (`files`); a file that states
nothing else is superseded and stays known by name, sha256 and what replaced it.
"""
