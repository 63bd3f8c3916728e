"""Words that say little: function words, words that ask, and words that only frame a question."""

from __future__ import annotations

FUNCTION = frozenset(
    """
    a an the this that these those such same own other another each every either neither both all any some nor
    of in on at by for from to into onto with within about above below under over after before since until
    during between among through across toward towards upon off out up down along around near per via as than
    and or but if then else so because while although though whether however therefore thus also too very quite
    just only even still yet already ever always often again once much many lot lots
    i me my mine we us our ours you your yours he him his she her hers it its they them their theirs itself himself
    herself themselves one ones someone anyone everyone something anything everything
    is am are was were be been being do does did done doing have has had having can could may might must shall should
    will would ought need get gets got getting let lets go goes come make makes made put
    here there now really actually basically literally maybe perhaps well ok okay hey hi hello thanks please
    etc eg ie oh um uh bot lol tbh btw imo guys
    """.split()
)

ASKING = frozenset("who whom whose what which when where why how".split())

# Words with which readers frame a question about any document, and words that turn its meaning only beside others;
# they weigh little, but not nothing.
FRAME = frozenset(
    """
    no not never neither without nothing against like more most few less least
    brief text paper document article author writer policy pdf report piece publication
    according say says said tell mention mentioned state stated claim claims describe described discuss discussed
    explain explained talk talks talking treat treats cover covers deal deals argue argues argued write written
    question answer info information know want wonder wondering understand thing things stuff way kind sort
    section paragraph part page passage chapter mean means
    """.split()
)

QUIET = FUNCTION | ASKING
