import time, collections
from tests.discord.conftest import *
from tests.discord import test_digest as d
async def test_s(server):
    env=server.env
    steps=collections.Counter()
    orig=env._move_clock
    def mv(t):
        steps["n"]+=1; 
        if steps["n"]<8: print("move", t)
        return orig(t)
    env._move_clock=mv
    t=time.perf_counter()
    await d.later(server, days=3)
    print("TOOK", time.perf_counter()-t, steps)
    for x in list(__import__("asyncio").all_tasks()): print(x.get_name(), str(x.get_coro())[:90])
