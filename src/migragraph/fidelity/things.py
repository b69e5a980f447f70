"""Things: where the phrase names a person, a body or a place, is it the one that the graph has?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from migragraph.fidelity.case import Case, Fault
from migragraph.fidelity.context import list_wholes
from migragraph.fidelity.names import Mention, split_words
from migragraph.fidelity.words import Words, is_printed
from migragraph.namespaces import FOAF, MG, ORG, RDF
from migragraph.support import Fact

__all__ = ["judge_speaker", "judge_thing"]


# The territory of a body, the body and the title of whoever holds a post, and where people go, are told by a part of a
# name: "the Consular Department" by "Deputy Director of the Consular Department".
_TOLD_WITHIN = frozenset((MG.destination, MG.inPost, MG.territory, ORG.organization))


def judge_thing(case: Case, fact: Fact) -> Iterator[Fault]:
    """Find the value that the words do not name while they name others that the property has elsewhere."""
    return _judge(case, fact, "name-differs", _list_things(case, within=fact.predicate in _TOLD_WITHIN))


def judge_speaker(case: Case, fact: Fact) -> Iterator[Fault]:
    """Find the speaker whom the words do not name while they name another person, or a body that speaks."""
    differing = list(_judge(case, fact, "speaker-differs", _list_speakers(case)))
    return iter(differing or _judge_post(case, fact))


def _judge_post(case: Case, fact: Fact) -> Iterator[Fault]:
    """Find the speaker who is known in posts, but not in the one that the words name and no speaker with it."""
    holders = case.context.holders
    posts = {post for post in _list_posts(case) if fact.object not in holders[post]}
    is_named = any(fact.object in words.named for words in case.words)
    if posts and not is_named and any(fact.object in known for known in holders.values()):
        holds = f"{case.name(fact)}, who is not known to hold that post"
        yield case.say("speaker-differs", fact, f"name {case.list_names(posts)}", holds)


def _judge(case: Case, fact: Fact, rule: str, told: Iterable[Mention]) -> Iterator[Fault]:
    """Compare the value of a fact with what the words tell that the property has as a value elsewhere.

    Another value that the thing has itself is no rival, nor is a part of the value: what happens in Hanoi happens in
    Viet Nam.
    """
    if any(fact.object in words.named for words in case.words):
        return
    could_be = case.context.rivals.get(fact.predicate, frozenset())
    rivals = {
        thing
        for mention in told
        if mention.things.isdisjoint(case.index[fact.subject][fact.predicate])
        for thing in mention.things & could_be
        if fact.object not in set(list_wholes(thing, case.index))
    }
    if rivals:
        yield case.say(rule, fact, f"name {case.list_names(rivals)}", case.name(fact))
    elif all(_is_strange(words, fact, case) for words in case.words):
        yield case.say(rule, fact, "are a name of nothing in the graph", case.name(fact))


def _is_strange(words: Words, fact: Fact, case: Case) -> bool:
    """Tell whether words are a name, but of nothing in the data, and no part of a name of the value either."""
    if not words.is_name or any(named in case.index for named in words.named):
        return False
    assert isinstance(fact.object, NamedNode)
    names = (split_words(name.value) for _, name in case.context.labels.names.get(fact.object, ()))
    return not any(is_printed([" ".join(words.folded)], name) for name in names)


def _list_things(case: Case, *, within: bool) -> Iterator[Mention]:
    """Give what the words name; what a part of a longer name names only where it is asked for."""
    for words in case.words:
        yield from words.mentions if within else words.whole_mentions


def _list_speakers(case: Case) -> Iterator[Mention]:
    for words in case.words:
        for mention in words.whole_mentions:
            if words.is_speaking(mention) or any(_is_person(thing, case) for thing in mention.things):
                yield mention


def _list_posts(case: Case) -> Iterator[NamedNode]:
    for words in case.words:
        for mention in words.whole_mentions:
            yield from mention.things & case.context.holders.keys()


def _is_person(thing: NamedNode, case: Case) -> bool:
    return FOAF.Person in case.index.get(thing, {}).get(RDF.type, ())
