"""The rules as tables: python docs/make_pages.py writes what stands in this file, see `rulebook`."""

from typing import Final

from edgewise.ops.op import E as e
from edgewise.ops.op import Number

MARK: Final = 3585576874
LITERALS: Final[tuple[Number, ...]] = (1, 0, -1, 2, 0.5, e, 3)
TABLES: Final[dict[str, tuple[dict[str, tuple[int, ...]], str]]] = {
    "exact": (
        {
            "lines": (69, 107),
            "index": (101, 107),
            "list_start": (178,),
            "lists": (539,),
            "pattern_start": (150,),
            "pattern": (694, 5),
            "build_start": (150,),
            "build": (499, 3),
            "rule": (149,),
            "surplus": (149,),
            "guarded": (149,),
            "guard": (149,),
            "literal_num": (7,),
            "literal_den": (7,),
            "commutative": (101,),
            "signs": (100,),
            "pair_start": (429,),
            "pair_lists": (132,),
            "pairs": (13, 6),
            "steps": (51, 2),
            "same": (101,),
        },
        "eNrtXQmQFcUZ/v7/vbcrl7Dsci3LsbvIvfeyXILAAq4GwQslICABo6IoaiTBA4P3LQoxYvAi3gohauKRMpaJiWW0YmLiFU00KS1TSSXGCsaD"
        "qrz0HG9ez7mzu2+P1+n5quf1/NP9d399/NNv5p/39qf3K4gvlQT0lidbSklWvZVkVaokq+FKshqpJKtRSrKqUJJVpZKszlKS1U4lWd2uJKvv"
        "Kclql5Ks7lCS1Z1KsrpLSVZ3K8nqHiVZ7VaS1feVZHWvkqzuU5LV/UqyekBJVg8qyeohJVk9rCSrR5Rk9aiSrPYoxaZMhBHK9VEZRnc5q8uU"
        "HO23KcjpUiV76rsKctqiZE9tV5DTBUr21E0KctqkZE9dpyCnc5XsqasU5HSOkj11pYKcNirZU1coyOlsJXvq8h5Sj4I8bsNP093FanG3sOqV"
        "x331WbexWqIkq2O6hVVRu3VO7AFj8ECauoXV0rxiVY7JPbivhuT1Vf+LdNKJs4Ri11FbMKndOXOHA+mEEy+UcJDrKL/waVo+OljCQNdRW1Dd"
        "7py5w4F0fydeImGo6yjf8EV6kBMfK2GC6yg+xqOqnTlziQPpcU682cYKLMCJzlHnYF4n6j5BYtKMlTbWYBVOdo46Byd1ou7VEpOVPcAia8TF"
        "FAmHuY5yj6ZO1A3X0VQJ011Huce0TtafxQwJc1xH8XGosG5x0s1sp/54IMx24rMkzHUd5TOs2ZUUoQAJJSxFSoTyHKAiJ1pyCX0VyE8U6TbQ"
        "0NDQ0MgDDFSSVV8lWRUryapEz8K8wSDdBhrdin66DfIGg5VkdbCSrIYoyWqonoV5g2HKMept+l70alfeg3ocExmlerxqaGhoaGhoaGhoaGj0"
        "QDSgDjWowiRMwDgcgkolWDWiHrWoxmRMxHiMxRgl+65PF5bV3GWY34VlyQyHa2uQNyjTbaChoaGhkQforySrEUqyGqnHa95glJKsRuuezRsM"
        "0G2goaGhoaGhoaGhoaGhoaGhoaGhoaGhoWH+ljTB+K29FArMX13ujT7oi37ojwEoQjEGYwiGYwRGYjQqUImxGIcJmIhJmIwqVKMGtahDPRrQ"
        "aP525HTMxKGYjTmYh/lYgMNxJBZhCY7DiViO1ViH03AWzsNmbMEVuA434zbchfuwB0/gR3gST+EZPIvn8QJewqv4HX6PN/Am3sa7eB8f4WN8"
        "DqZ+NIzKaTzV0jSaS4tpCR1Dx9MyWklraT2dSxfSFbSNdtFD9DA9Qo/SHtpL++hxepKeomfoWXqefkYv0Iv0Mr1Cv6bf0uv0Br1Jb9Hb9Ad6"
        "h/5I79MH9CF9RH+jf9LH9Antp8/pCzpA/yXmBCc5xQVcyAdxL+7Nfbgv9+ODuT8P4CIeyMVcwoN4MA/hoTyMS3k4G+1qtW0vs3UzLWz8irLV"
        "ygUiGPEi8/ehrc9CEYpFnmKRohgl9n6QgNEjw1AqeqXM7JdRomfKzb4pEKFchIEijBEaxgjpGDNeJMI4gfFmmGD2odWPmd605JPN48lSH2fk"
        "VfaZKlf/Z2TVUroaR1rjSlsjpZbT1LridS5NddK5Oo+2Opc+Ywxao9AYh0asyd5PNSXTnKPpUmyGfc4Ys4dilhi3s3GYGebY+7muGszz1LXZ"
        "V6f5AZIFgbKFIdLDPS3Q4qpBi4d1i6d+Lb4atoSW04IjBI40w1fs/SLn8ygpttgVX+I5Otp3fEyA5NhA2XEh0uND5UtxgrAly/BVYU+WY4UZ"
        "TrL3K7FKYLUZTrb3a/A1gbVmWGfvT8HXBU41w2n2/nSsxxk4ExuEfTpbYKMZzrH35wqbdR6+YYbz7f0mfFPgW2bYbO8vwIUCF5nhYnu/BZfg"
        "29iKS3EZLhdW70pchatxDa4V9u963IAbcRO2CUt4C7ZjB4YKG3uI+Rv/STGjDYvcV1iFAWJWl4iZXyrm/Ggxm8eL3qwRI9kavbPFOG02re0R"
        "os0Wi5ZaKlroJMF+rWB3mmC2wbS5W0WpN2Mn7sFD2Ces7XN4UVjZN/GeaVs/QxqFNMC0rhOojqbTLGFfW4R9PUHY1jV0Cp1OG+gcOp8208W0"
        "VVjZa+gGupl20O10N90vLO1jwsL+VNjWX9FvhE19l/5CfxU2dD99KS4yBcJSDhCWsYwreDxXcyPP4Dm8kBfxsbyMV/E6Xs8beRNfxJfy1Xw9"
        "38jb+BbewbfybXw77+I7+W7ezffy/fwgP8yP8l7ex4/xE/xjhvS/CMb1LBPLbt7/g+BQGYXI2KUnOC876bjVdAn7v4YoIJV1lqSzFJAjrC7h"
        "eROe0sjmFlSXjBaWWiuoBt506IA+uV5yz3kZIWbe6NZIOvxTrpzZs3IbG0g5Z1MheREw6lIB4zFll+GtKQJZVrhkKedM0NkwGQmZv48KTVbZ"
        "NnFrSQaMl+zZyphlBNWlMiBdZUBfBo3sypA5gxBpsIycGRk0XppCZoo1e9nJmwjRnDDPBmnJrrkTAeUaLW7N0iZXC1n1JOm/XzL6Es75ZIi+"
        "7JhPmDniaPbrg60vw639NQ3X176aynxTOWs/b/1SHeSbtUPxtbReq7bos+oTNrLZHJMkzQBZH8fUxwEzJUhftn5s6+6e+lFk/Thn9WubPo6p"
        "j7q8fnHbL9fjxauv8+rX+oxyt5ChOXstzqyy2L46sGedE6Q5jJtXM9tW0Sqj43O6u8ZkTxpDQSv9rGVFwEojaD3JoeuIpEcLSat/6x8uIPFi"
        "Z33QPi3saElEamHf6r89dYnW4q6LpXNKxGpd7t8pzkypChlh3nTVMdPVxExXGzNdXZvTkWvV6U1XH1NffUx9DTH1NcTU1xhTX2NMfVMCvgdU"
        "RXxLpVZGRHVk3uhRUhOZN3rk1EbmjR5NdZF563KSN6gX6gKsCtpcbnTeoHLrI+scPQPi5o0uN6jOccuNzhtUbkNknaNnaNy80eUG1TluudF5"
        "g8ptjKxztAWJmze63KA6xy03Om+YNfPe39B2Tds1bde0Xft/sGut35fXsu6TZe41Wx4e1tPEfqY3wWAMQxlGoQJjMVFcQ+rF9+UZ5pPE+ViI"
        "FhyJo3A0jrOfti63n66uxlqcaj9NvMT04NiG72An7sBuPIA9eBxP4zn8Ai/jNbyN9/Ah/o5P8B8cAFEh9aNiGkKlNIJGUyWNpQk0mWqonqbQ"
        "NJpJs2gONdNCOoIW0RI6lpbSMlpBq2gNraNTaT1toI10Hm2izXQhbaGtdDldRdfSDbSNttOttJN20V20m+6jB+kR2ks/pCfoSXqafkLP0nP0"
        "PP2cfkkv0Sv0Kr1Gr9Nb9A79if5MH5h+Hv+gf9G/Kf5/sSfsVo6Ku59gJaQ5GiZhz3PJoDTJGJJUYBp33aLlqVblmadhMvekaUHiy1MmY/nO"
        "WdJzX1/mkkAvKW9FYFzW03FJnLKCnlhZdzyaJGZx5FbpyXalSUrPGBNSz7Y1jVxWKnZZqUA9mb6O0pCw74r668Ah7RAt92tjqSYUmVe+a9mR"
        "NInANOxcgd3acpEmEdKPwXWW52B0iX4LkEmTjNEOydjtkIzBMSpNWG058qx7PnKgLe2qNOzh4p5HVT57Xu2T1PgktT5JXQxJfQxJQwxJY4Qk"
        "Ya8tu4tjrtohV23V0fbUbd7z2zwhVtzZeKkUHyHF50rxFine27yuyWungT5JiU8yyCcZ4pOU+SQjfZJRPkm5T1Lpk0z1Sab7JPN8kmafZIFP"
        "stCRsPPdxvh2Y3hZy37VRaYPteU3Pdj0mz7E9Iqdafr6Zrx9DS9fw893nvl7r4ZnrOEba3nHWh6oGR9Uyws164dqeKJmfFEtLLe/Ixlepxm/"
        "U8Pf1PI4zXiZWjjDxpk2Ntg4y+VxanmdWjjfxiYbWY/T1r1M09JmtWPm0+3jFv4lKJMzq4M8CJKx83w2e8yB6+yu2qgVpPUWc4PeYo85Y96w"
        "4x8izxcE+hm0pi3KpzFsxLdFW3u2Qh9SpoepFfxnMvvM+ZQkKTRtemEkyBUnl55Cl65Cx4M3A6+OTH5j37VbbyVRklcYJNYGPQtDQ97xGiPW"
        "MGPtN4TC3sIz3m2aZr6JN8t5iym7upFXNlHv1qxw7vha79Cs9axisu/KZFYrmXdiwlclCelNw172m3BBsqwXWcffcGRp1dFTUG7eA7NYVtj3"
        "w5Lm+3uW3LhPb32vSaf7iDVtgx033g1sNO8PpNPFYtROsePGG4FNdhrjbc2pdnyUKGmanaZSjJzpttx4I2yGHZ8kRtBMO43xdlilvTas8HxW"
        "ej6N0ISe/Wlse3Ngo3+Afd28gvgfJoeyaw==",
    ),
    "real": (
        {
            "lines": (107, 107),
            "index": (101, 107),
            "list_start": (371,),
            "lists": (1144,),
            "pattern_start": (288,),
            "pattern": (1383, 5),
            "build_start": (288,),
            "build": (1037, 3),
            "rule": (287,),
            "surplus": (287,),
            "guarded": (287,),
            "guard": (287,),
            "literal_num": (7,),
            "literal_den": (7,),
            "commutative": (101,),
            "signs": (100,),
            "pair_start": (429,),
            "pair_lists": (220,),
            "pairs": (45, 6),
            "steps": (171, 2),
            "same": (101,),
        },
        "eNrtXQmcFcXRr+rq2YVdFthdlksOYUEgyn2DLggiIJdyiyIiKociiJwKKIqiElE80aiJZxJvTczn9XlFE4/PRGMU8RY1XggSQQSi+/X09Myb"
        "e+e9fbvLTub9fz3TU91d3dXXVM/Mq95RviOG2BVL7IsJtjuuIPnVkl9OLKWqF0upWsRSqpaxlOqiWEq1NpZSXRJLqdbFUqrLYynV+lhK9U4s"
        "pSKMo1Q8llJpsZQqJ5ZS5cZSqjqxlKpuLKXKi6VU+bGUql4spSqIpVT1YylVg1hK1TCWUhXGUqqiWEpVHEupGsVSqpJYStU4llI1iaVUTWMp"
        "VYtYStUullJNjKVUZ8RSqvmxkmq1cOfHro10qS6OoVSXVntbfRvHIQwshjPTtli2FMawpb6MZUv9FEOZPotlS+2NoUwfx7KldsdQpvdj2VI7"
        "YyjTe7Fsqe9iKNO7sWypHTGUaUssW2r7AVKO3Np8r7f+8TIrVlINAgPxkmooGIiXVB2wZnrgYzUyrvJqcVvtsaQ6K1ZSHQMG4iXVaDAQL6na"
        "Y830wMdjOa6erAGpzobijHleU/NaZ/n+cr/Hw1Uv1TO1SqrL4Lpa0Va9MI49cGQspRqVSHXASNUe2gl0d9DPi8nMXmqjjka9rY7B6pSqJ1aF"
        "VKNtXE9CfX01uda+50ytr6bbZDhdSnVCDKQ6VclQBkNisMJ3r4X9pOqItV2qo2FEDFf4XqkOqaKWmu3gOw+rUqojFfdmcIGiNKuFs8becm7c"
        "L9T1UEuq2vwzpYJYShWnthogpBoojgOgr6LMjV0PZBbOhUa2q/RwbcYpswVdDyTpayucJjAcRspzvjzWTuwpN30LhatjQ13HVe3C7nLTd6pw"
        "DS0shhLbVXq4IeOU2YLeAwutq8YCQ7CxPDeHxrUYe8ubWP4ZCqfhDDgZTsQZUDuxu9z0zRIyzLVhnuOqdmFPuelbINwSC8thhe0qPWzKOGW2"
        "oI+rVbBSQL9aE0tcGEtssLARrrZdpYOr4PoMU2YPeg+80rq6X+FFeACes66qBvdWIe9nbZLcD68ovASvwl+tq6rBy1XI+y82SV4BSlBroH/P"
        "NBiOhInifDJMAPMbpyGWL3sYWgU8TSBMhkkSs8TVUQJHwzB5HimPOoZbvmxiRJVwNTADpsIUiVPFlflFyTg4DWbCWHU13qJHwWiYEyneKNf1"
        "mLRyCYe+/j0JjhM4VlxNs+EUyzfdQa8NOAGOF07HieLKGF2acLnAYzFT5Aj3Cx8c6ksNxmFpxq96xGtGnw2nW/4OwtWVvjoxkKyu67pRcv9O"
        "kCBrOAQ6uijtqiXfTtUsZ/ukrRPUAEpiKVWDWErVOJZSNUlGYa1B06QOEtQoGiZ1UGvQLJZSFcZSquaxlOqgZBTWGrSInUQFwuVBvYzS5h9w"
        "ktjRMumvCRIkSJAgQYIECRIkSHAA4ggYCP2hL/SGntAdukLnWEhVBofDAOgHfaAX9IBu0CWWbVe/GvOqvv+nVOd/a+wStkpmg1qD1kkdJEiQ"
        "IEGCWoCiWEp1cCylapP011qDtrGUqjRp2VqD4qQOEiRIkCBBggQJEiRIkCBBggQJEiRIkCBBggTSnj4CAw4a5ECutNKeD/WgPjSAhlAExdAI"
        "GkMzaA4t4GBoA6XQHg6BTtISXWfoAt2gO/SEPtAPBsARUCatYQ6V9iNHwhgYD1NhBsyGOTAPzoD5sBAWwxJYBitgJayC1XABXAgXwVq4BC6F"
        "y2A9XAFXwUa4Bq6F6+AG2AQ3wS1wG9wN98Ef4El4Cp6G5+BF+Av8Hd6Af8A/4UP4GD6F7bAP/gPlQhCGuViADbAIi7E5tsBWeAh2wl/gYdgV"
        "u2MP7IV9sT8OxEE4BIfhSDwGR+FoHINjcRwei+NxAk7ESTgZp+BUPB6n4Qk4HWfgTJyFp+LpOAfn4Zl4Fi7As/EcXIorcBVegGvxMtyA1+Im"
        "vAXvwHvwQXwUn8Tn8RV8HTfjh/gRfoJb8TP8Ar/B7fg97sWf8GdR5ciI5bA8VsiasbbsMNaXDWWj2EQ2k81lC9lytoKdx1azC9k6dgW7lt3M"
        "7mIPsifYX9ib7J/sLfY228zeYe+yD9gnbCv7jH3BvmHb2Ha2k+1mP7Af2X5WzoCQGBFx0iiX8qg+NaBCakRNqRkdRK2oLZVSe+pIh1Fn6kJd"
        "qRt1px7Uk3pRb+pDfakf9acBNJAOpyOojAbRYDqShtBQOoqG0XAaQaNoHE2kaTST5tIiWkmraDWdTxfQGrqILqHLaT1dQVfTJrqRbqKb6Vb6"
        "Nd1Ov6d76QF6iP5IT9Gz9Gd6id6g9+hj+oy+pm9oG22n72gn/Zt204+0l/bTz8R4Li/gjXgL3pK35gfzUt6Od+CdeGfenffkvfiR/Cg+nE/i"
        "x/PpfAY/mc/mC/hCfjZfxBfzJXwpX8aXc71nG707Hwpk3zb6d75whaKXG/28RMQpkf4S0edzhTP9TUTKJiJGE2iqjs3kmDhIjIpc4VqKlC2l"
        "r5V0LaG1pLQWYyZXjpsc4doKlErXTh3bW+dDbL4ODn9H11UnZTfyMDkCjVFoHLuK0VhHOH1M1pHHHmJs9oBe4thbjNG+cpz2hf5irObLPUIG"
        "yvNAOFycD5fjtwwGiRF8JAyRbqg6HmWdh9l8Rzv8w11XI8QMMBKOkW6UOo4Wc4I71hjRFmNgrGiPsT5hY4UbJ2OM8w0Noh4rjsdKnsfCcaKV"
        "j7NKYPeNl66hPE5w0CeIGpkgMNFFnSjpE2GSaNVJsm0niR4yCSaL9p0sW3myvGosnBE6RR31kKkqxlQ4Xto8PRGmw0lihpwGJ8NMOAVmwalw"
        "GpwuZ8y5Iu5c4ZsrUs8V/PRvkXOFmyO/SZ4ncp0nOM0Ts+p8OEu4BfK8QPoWquPZ8rxIhSyyqCnKOTbaOSp26rzYFm+JI+YSK84SW2w7dakj"
        "7TJX6mW2mMscHJY5eCyD5XIvgHMFzpO+leq4SlJWW1fn23wXqDDDSr1+h1kLF0t3iTquc+R/qSvPyzylvdyHst6X9ssA6hWuHDd48twQmHKD"
        "qy43OHhtcNXfBrhS4CrpNqrj1db5GpvvWof/OtfV9Z7rG3wom3xpNwZQbwqk/wpuFnf7W+HX8BuB26S7XR3vgDsF7pLubnX8LfxO4PfS3aOO"
        "9wpN4T64X7oH1PFBeAgehkeEBvFHeFTgT9L9jzo+Bo8LPCHdk+r4FPyvwNPSPaOOzwrN4zl4Xro/q+MLUhf5K7wkrcO/Cv8Hr8HfhG7yutRO"
        "3hT6yVvwNmyGd2ALvAvvwfvwgcCH8JE8fqyOn1jnrTbfpw7/Z66rzz3X//KhfAFfwlfwNXwD2wS+lW67Ou6A7wR2Wlf/tvm+h12wW7gfxHEP"
        "/Cjj/egI/1HcAw23Vzojxl5XnL0qxj51NGPt88Tzo+y3Uu+3zikO+4XG95NwP4ujrvkh6n6G+hUhF9Cky1HHXOtcx+ar6/Dnua7ysZ5AAdZH"
        "/S5SX+iV+l2ogTg3VL6GKqQQdVeEQfeiIhmvSKYKi1Ws4hWrmMVSk22EdrlLXFeNsQk2xWYCzXGw0NzPFJo2SI0+R2gBeVKX1zV5XY9vKvX4"
        "1kKjaC80icOEjtBL6AO65j5YlMjQ2Y8T95vjxX1pprj3zBdzygoxn14s5qGNYrTeKEbnXWKUPSxGz+NiZOja+Mui178hevoW0QM/Ef3uK9GS"
        "O0Ur7hUtoYk6LBTla4mlQg/vir2l7j0Uhwu9e5zQtqcIDXuG0K5n4xk4X+jV5+ASXIbnSr36QqFZr8P1QrfeiNfhjXgz/hpvExr23XgfPoJP"
        "SA37H/iu0K2/wu/wR6FR12ENWVN2MOvIurF+bDAbycazaewUNo8tYkvZuWwNu5Rdya5nN7Fb2e3sbnYPe4A9wv4ktOqn2fNCs36FvSa06y3s"
        "I/a50KZ3sj3sJ6E+1xVac4nQl9tQB6En9xQ68SCh/44Uuu8kOkHovrNpPp1DK4Tme7HQeDfSDXQL3SH03AfpUXqSnqMX6a/0Mr1Kr9Hfha77"
        "Jr1Fm2mL0Hk/oI/oE/qUPqcv6Cuh+35LO4Tmu0vovf8RWi/nebyB0HqbCr23NW/L2/OO/FDeRei7A4TGO4KP5ROFxnsSn8Xn8PlC113OV/OL"
        "+KX8Sn49v4Xfye/lj/An+PP8Zf4638w/5J/zbfx7vo8zLU8r1lpo7bUuWj9tiDZMG61N0CZr07Tp2gxtpjZLO02brYFtrzV9fWj6Uj/31ows"
        "kIYBNObg45+WWfFYhfGi5hGeb4pmrI1z5JU3FklqKhR9UgTlEZyWXLmhksOvLCYXZqt9vxK440El+NnLZa8tt0QQMW14bXBLfs2RMhVqr2Md"
        "mhWqBaRFFWrmm8ojJyAPv1AjZy2An7tUOaFlzgnlp4WWT6uwfBXXpF5mpsZQjhoh6NsKOZ4+aU+rWWkhjXxTfQ1lWr+6Qk9NRsk3qG9UXl77"
        "bMQ89Ryeb2Xk9cs3an9Ov59Wvr9Ups0za7fK1H3QbBGlfKl47npmoeOXpT2/sNB2Y2nPLxTKjzLiFywvZSRvlP4cJnk2yxe13aK2R7Dmkf4Y"
        "rPi+lc05GyKO36qbs9ORt/Jzdmbyhudb+fbNThulU8+VqSu/MgdryJnpf+H8gjXGistXmXyDOEcpnzueZs13fquEoNBU+fx0zOB7gFbhHKb5"
        "rA81VVfudZldjlxLZs1Re8zGwblqI5/2yLUkIAcXv9ZK1b2mVidmvLwK1y4Gra2DplkhfqFBNJT7fbtXY5nJYYSWRszDryylPvFKfVZtfj22"
        "NGB1HL6ydtNS7e63MuwTsCY2ZhhmpaUAziRD/bgwiwsFjEZD/+njqKGU3mnuRG/yIyuch45usjSNKJy9/EDxM2XLvKTB/DIrqXuWyk79ucun"
        "VVLe1BOH6FwqLlU6/IzyBPVsZs3g5giw82MR+TGfkeLHL1U+pnjXTPkwtHwsa+VLjx+LyA+rvXxR6y/b/cXNr+rKV/GIctaQzplsWoIxdzF1"
        "d2CuJ5p+nINkc3NmalY08qj8mK6pPnkg9SG/5/epmRV8NA2/J8csUI/gLi5mTZr3PLN85GiPTLkwiwuFcmEeDT6TsoRzcZbF4Nk75Lm8vX17"
        "WyOlc0APc8frEjFe14jxukWM1z3teOizwk3F6xGRX4+I/HpG5NczIr9eEfn1isivt886oHPI+yisoEd0CU0b3ku6hqYN7zndQtOG96buoWm7"
        "ZyWtXyt095lVIO18w9P65dsjtMzhIyBq2vB8/cocNd/wtH759gwtc/gIjZo2PF+/MkfNNzytX769QsscPoNETRuer1+Zo+YbnjZoNnM/30jm"
        "tWReS+a1ZF77b5jXciI+xU5oNUfLd62YnWu6fJ8UzPFGx3jykO/T+szS5fNdq23n24KoeWiO55/GE5R8x3MQd74Vp2A+X0D4ldmUkqyaCUuB"
        "PikqzsP95oy5vkELq2cW+C6G+TwRCWt9jNwP6kVMWy+0hwX1JlJvfZ2t5U2bqkn/FBhQqsx6WHAJ0u9r+T6zKIvYx4PSGnXgzpelUQfusRpW"
        "4+mMaYSygDYyzmUWZ++3ocF1EJyiLCAPd6mCeg5k2E8xIG1wP0VH/UFabVRxbql4LPCLBWZxLguoe+O/uTny/RJPoxW4JaWRB8k8vFxS7wzL"
        "fOZElrWyGGmdJUg9l/d78+1XqsqXJVecNatu/EoVXi9ma7n7uF4qXU4u89Vs3y1UpobMdvPyS/W1XPkm1P6U2F5Sp7zB91A/LhjKJf2ycNdY"
        "Jc9d1+DCfXTg9MvCfbTwbNcL93nPlH5ZslMv4WXxG1tFEcdHsc/48ONXHJFfUUR+RaEjpdhnpBT7jJTUSC72GcnFPiM5V1pB4FZZuCxLGOci"
        "H85FETn7lTlq7aZqo8inNrJTZm7Na+6Scll/OdY3gpnXeCqPIp88ihx5uDWjvhWurcK1NFPXM+sP0+aCPlz8SlrmU1Ly0TLKfNYaYVqaW79K"
        "fdnm9z16+jTz2yjDNojxX8IC+W9C3WZCCTSFg6AVtIF20AEOha7QU7TJQBgEQ+V/GsfDFDgRZsIcWABLYRWshfVwNdwIt8IdcA88DI/BM/AC"
        "vAx/gzfhHfgAtsIXsA12wg+wX2SsYZ6049EEW2AbPAQPxW7YGwfgIDwKR+JYnIBTcTqegrPxTDxb2uJYiWvwErwM1+OVuBGvwevwBtyEN8n/"
        "Dd6Od+Hv8Pd4D96HD+CD+BA+jI/i4/gMvoiv4hu4GT/ArdJCxw7chXuxHDWWzwpZE9aStWOHsu6sLzuCDWUj2Bg2gR3PZrDT2Fx2JlvAFrEl"
        "bLm01LGGrWXr2OXsCnYlu5pdxzaxX7Fb2W3sTvZbdg+7nz3E/sD+xB5nT7Fn2PPsRfYSe5W9xl5nb7K32Rb2PvuIbWWfsy/ZN9KKxy62h+1j"
        "P4nqJ8qhupRPBdJ6RzGVUFNpvaMNtaMO9AvqTN2oJ/Wh/nQ4DaIhNIyOppE0isbQOBpPk2gqnUAzaBadRrNpLp1JZ9FCWkSLaSktp3NpJZ1P"
        "F9JauoQuo1/SVXQt3Ui30h30O7qfHqHH6Gl6gV6h1+h1epPepi30Pn1EW+lT+ow+p3/RF/QlfUVf0zb6jnbRHtpHPxFyznN5Hi/gEPlH6kmJ"
        "v59Z2jT40L1fGJIaqeEU5tLn/eLwCBTNN45dioroWoV08ztle81w2/fkUeia7T9DOS5Z7KmqN1TLONRZqzyJmVFMLbS2o4Y6eyw/YGOmH+p8"
        "NlR9oVSJUDtnSjOUshTKrH9/mHORN21QKKswlDnWO+Gt9t8QStUcyhxfPlZ/KKUVan4dp2UQWtG9XqvkbMMcWpA9tK5Nr0/dzUno4ak4+bb7"
        "e4HN39bXHy2Ue741zIQSJS+/f5gYa6s+tvEdhW7kzjOKw21rNrLdK9ONY89Li5yX5svH1NzCOJj9wVsGFlAP4XQvN2YrCYamtX9lXJk45BuH"
        "Of63luKWjTgU0I7+ZbZr1OE5evV5Mw6PUA88cj3wCDKGxQkqLQsNdY5H5jtbVlcc5pLFOY46e2bsLh5KVw+lm4fSPQKlRwRKzwiUXiEUUt+C"
        "1JSM2aqHbNVVZeszqfMDv871fQ1T/uY2f0ub/0ibf4TNnyfva/YnIUUeSiMPpcRDaeKhtPBQWnkorT2UNh5KqYfS10Pp76EM8VCGeijDPJSj"
        "XRT78zSnPjkogt9IFUYxW3awp629lPoybcV0gga2HO3+ei6/U/b8AH9ZlvyG7OGUzNOatWG8EfCuTYLoKT7RQpmnV1RPaFid1FQcs5aa1TjF"
        "bgUvytGUq5+n/xgab1mFdL8+OcgzpryU1Axgf3Ztf47hfcLgfXrpXTUz612U/jbKsOatW6vPk++kDHvehfLNVLGy5t1YWu5uqmBY7HbiIGnB"
        "20BLgVYKraXlbt1udxtlfduwv+1EB4WOCp0s29yHCv2gs7THbdjg7i9tbg+UNrZNK9uDxIw22GG9WrcGatjNNixOj1aWQcdJG9am/elJ0r70"
        "ZJgirUgbmKbsSOtWpHU70rolad2WtN2a9DyFMxTOVJivcJbN9rCBxQpLFJYqLFMWmc9TVvx1e8trlJ1lw7aybs3ftF2s2/s1LP7qNn91q7+6"
        "3V/T8q9u+1e3/qvb/9UtAOs2gHUrwLodYNMSsIHbFe5w4U4XdNvAhnVg3SKw+X1fue1n9FTDl7p2WjgJslRhR3jsTH/+dnHMUtrLDpCSJ6xs"
        "Jpj1/9zUNfN9blNdP6wA5eXoqhUMsdzplpvZYN/vwl2T3r5h1mF56K+i8OR3oP2MPlXdv6B33smvdv2yO89Hz1WfZ5jtOyGnDcRgC0xB3NKR"
        "LPz+lr36yPVAk1/DGc4bYh7NcM1GyZU6Ym4o0OFHB59cB69cyxKbCTcPM71+BNuTeh11FHQ9NftoVKUwNecWNhws0U7BqxNnA7rWbEePrKKX"
        "Qr9AlKUFY7+c9DE0ixgm1gjHidXBJLU6mGLbS8bQ/c+wafeLrZ1VgrX4dTYNfkOkPTuMfTpSmve9vvtvmHtumPtsmHtr+O2n8Td4A/4Jm9Xe"
        "GW3V3mOt5bqsnVjvFTp2LcuT+5YVyL0OOohVmBm/jeqnejqd1lB+M+tNp6fReZrxm8jvG1vKdZ3xLba+s5O+7xKI1aa5wtTXlDrN7gxN04xh"
        "7BbVXPJJaaGpHdjqS77p7NmGaq2eGXSZsrmDnCFx0JHgBNtXpbPVl7a6dZo56l2m/mXpXEXXvzBdLlck5eUFojVWKH+hqM1zZb2Vl5eIGj1P"
        "+ZsJaVaqOPpuW6uUX9+nbrWK01607PmK3kmU6gLl19fna1QcfQ+791U59Z2yvlT0vmI2+Er59RX81yqtvpL/Rvn19fw2mba8XF/Tf6v8+sp+"
        "u/LrK/wdyq+v9L9T/uFirb9T+UeLtf6/lV9f63+v/Pqaf5esn/JyfR+p3cqvr/l/UP4ZYrzvUf5TxZivh0bZ5or1fYHy6zsE1Vf+JaKWGyi/"
        "vk9SQ+VfI8Z+ofKvE+O/SPn1ffmKlf8aMf4boVEn+hxQgkY5fyVmgsbK/xsxFzRRcfT1eEs0bKDqc0MrNKzW63PEz0I31l2pWuG2dZ1LXWfd"
        "9YED+/xzlly+4md8X274U7SUPyhdmfp23u2387KH28/2sFz5dX7KXxzgL/Lxc1scHhCfR+DPA+IH8bfH8dYn+NQnBtan6fSfvvdjZTXdhXg2"
        "1uw65v8BKxgA6g==",
    ),
    "domain": (
        {
            "lines": (116, 107),
            "index": (101, 107),
            "list_start": (436,),
            "lists": (1307,),
            "pattern_start": (304,),
            "pattern": (1438, 5),
            "build_start": (304,),
            "build": (1079, 3),
            "rule": (303,),
            "surplus": (303,),
            "guarded": (303,),
            "guard": (303,),
            "literal_num": (7,),
            "literal_den": (7,),
            "commutative": (101,),
            "signs": (100,),
            "pair_start": (429,),
            "pair_lists": (434,),
            "pairs": (46, 6),
            "steps": (173, 2),
            "same": (101,),
        },
        "eNrtXQd8FkUWf29mNoVAgIQaWkgQUHoHhSCdAwtNBAVRpCkqKojoqaAUpYoI6BlERdTDgihWbIcF9dTTs3t656mnp57iWREVcjOzs/ttz37J"
        "l4Ts7ff/ze7Mm5k386a/3f1mvin5JoL4IZL4JSLYa3NB/Ksmv4xISpUdSalaRFKq/EhKtT2SUt0bSan2R1KqXyIp1a+RlOq3SEp1IJJSHYyk"
        "VFkYRal6RlKqXpGUqnckpeoTSamOjKRUR0VSqr6RlKpfJKUqiqRU/SMp1dGRlGpAJKUaGEmpBkVSqsGRlGpIJKUaGkmphkVSquGRlOp3kZRq"
        "RCSlGhlJqY6JpFSjIinVhEhKtT6SUt0VSanuiZRU67nZEL3+xM2OCEp1dyTramfEpNrGcSc3d1VyuvmRHG97RFCqFpGsqe4RlKpJJGuqcwSl"
        "ahjJmmofQalyI1lTbSMoVe1I1lSrCEqVHcmaKoygVLUiWVMFEZSqZiRrquUhIlVmNS7DH83/x82KlFSDQUe0pBoOOqIl1clYNS3w0yrpVzWr"
        "cV3tM6WaGympjgcd0ZJqNOiIllQTsWpa4GeR7FefV4FU86E+3FxGnk9VeQvcW/JridfCs+Kl+qpaSfUAPF0t6moWRrEFroylOmSkagttOLp7"
        "SnVPpMbAxREZ2Q+zUFehqKsVWJlSzcSKkGqVhetmFPrVxmr7XCihX91okeF2KVVxBKS6VckwCIZFQMN36sJeUk3C6i7VSDg2ghq+W6qTKqim"
        "7rDxvRMrUqrLJPeF0ASq829/CbO5oyVVL+VeZEq1UVGOxeov1bbItUBi4gpoALdY3MngT2WMlzqIFROVttbcaBzHwHHyXkteqyf2lRi2edyk"
        "cVyB4no5NJOu6or9Jeny3pubGhZk2VzVCz+WGLYzuMkxcRE0hC0WdzLYXcZ4qYPoV7mmqxHHEhTXRdBUuqor9pfkmfbpCltxOsyATTgdqid+"
        "LDFst3EZzrbgHJuremFfiWG7gJuLTVwGl8KtFncyeLaM8VIH0a+WwhIO4VrNsRjF9VpYK13VFftLrra5oyDVOi7VGn5dB9dw13WRxPWRRLGJ"
        "zXAjbFX25VgMyeA5KK5iiNFik+m6jeNyFNc/wh3SVV2xv+R20/6oiSfgcdhlcYfHk/BMmeKlEqKuHjNd7yt8B3+DvaarYvBuBfL+2iLJ+/Cz"
        "wo+wD34wXRWDnyqQ9/cWSX4GGqPaQHwnOASGwkR+nw4TwPh2cJhpSx2GVwBPAwgnw0kSs7jrdxwjYYS8HyevAseYtlTi2ArhquN0mAyTJM7g"
        "LuNLrbFwJtev5nDbCdycaNLDYDScFyrcKId7TFKpBEM8LZsK4znGcdcpCrO5mQnnKtdpJr26YBqcClMkzuIuvXdp3KQDi8RIkcZNBxu6cNMJ"
        "OjqopaFzkuErHtEa0cUzCsN+BDeZ0pYRAckyHe4G/xczdJt4lRKjUnA4tHNQWldKuu0rWc62cV3HqAI0jKRUdSMpVaNIStU47oXVBnlxGcSo"
        "UuTEZVBt0CSSUuVGUqqmkZSqWdwLqw2aR0YS41vBbPnVY60yfXFY85D6/lFIUtuCFjZXdUbc72LEiBEjRowYMWLEiBElDISjoQj6wpHQG3pC"
        "d+gaCakGwQDoD/3gKOgDvaAHdItk3dWpxLTOrzTMrcS0rBLmx6NBtUHLuAxixIgRI0Y1QL1ISlUQSakK4/ZabdAqklIdFtdstUH9uAxixIgR"
        "I0aMGDFixIgRI0aMGDFixIgRI0aMGPL0DQQCTJ7skA6Z8p+ANSEbakNdyIFcqA8NoCE0hqbQDFpAIbSC1tAWDof20BE6QRfoCt2gB/SE3nAk"
        "9IP+MBAGyT0xh8tdJI+DMXAiTIZpcBacDXPgPJgHF8CFcuf0hXA5LIZlcCVcBStgFayGNbAW1sG1sAGugxugGG6EzXAT3AJbYCvcAXfBDngI"
        "noDnYA+8AC/Bq/AavA7vwwfwD/gcvpe7pzJMw0ysgTWxLuZiA2yKzbAFtsa22A67YXfsiX3wKOyLRTgAB+EQHIrDcQQeh6NxHE7AiTgZp+Bp"
        "OAPPwNl4Np6PF+ACvAyvwKW4DK/Eq3A5rsCVuBrX4Fpch+vxOrweb8BNuBm34K14G96B2/BOvBu34724A+/D+/EBfBAfwofxEXwUd+Fj+Dg+"
        "gU/hbnwGn8Pn8QX8M76Mf8HX8HV8E9/Cd/A9/AA/xE/wM/wSv8Hv8Wc8iJRkkjqkAWlCWpK2pDPpRfqRwWQIGUaGkxHkWDKajCMTyRRyOplG"
        "ZpCZ5AxyFjmXXEgWkqvIOnIj2UbuI7vI8+RV8g75B/mQfEQ+IZ+Sf5PPyRfkP2Qv+Y7sIwcIozVpfdqCHkF70kF0MB1Ch9JhdDgdQY+lo+kY"
        "Oo6eSE+mk+gp9DQ6nc6gs+hsOoeeS8+j59O5dB69gF5IL6aX0YX0crqEXkWX05V0DV1Hr6Ub6PV0E72RbqY30ZvpLXQLvZVupbfR2+kd9I90"
        "G72T3kXvodvpvXQHvY/eT3fSB+iD9CH6MH2U7qJP0N10D32ZvkHfp/+ie+k39L/0W/od/Z7+SH+mv9EDtIQyVoNlsZosm9VhdVk91oQ1Yy1Y"
        "AWvFWrMjWFfWg/VmfVl/NpANY6PYODaBTWanselsNruAXcwWsqVsBVvJVrE1bC1bx9az69gNrJjdyG5mW9k2di97iD3JnmK72dPsObaHvche"
        "Yq+yN9hb7G32HvuAfcG+Zt+yEoYa0TK1ulqOlqvV0xpoDbVGWmMtT2uiib4lTIb8n20GN7WhDu9hdWQvy5I9rR6H3tvSuBH2htCIx2lk2htz"
        "38Y8dmPIk7Y8zicPmnCI3tmch23O+2gaN80hX7ryub2lpLSEAk4p4D04TfbiVnCYNK3VtY15b2uxHW6zH+FwteOjQC1u2kMHee/Ax4SOclfL"
        "TtBZXcUIkcGNGCcy5LU7Hy+68xGjB/Tio0YfOXL0gaOgLy+Hvhz95L0fFPF7ER9RjuYYwEeVQTBYmiHqOtS8D7PYhtvsv3O4RvAxaSQcI82x"
        "6nocHM/r4XhXSLGPa11uvOhetNFyh9g68urtP4Zfx0ieY2Asr/OxZg7GcoyTlHEW2jg4gZfBCQ7KCTBeUsc76OP5SFvATbq8NuRmAq/pCbK+"
        "J/DWM0FSJvJ2M5HX1kQV7iR1FWFOVmFPhkmqrsR9Em9jk8zanKToE+XOupPNcJNlyMky7GRL6Mmm/0R5PQWmwKlwGkyF0zmmwXSe5nR5/smJ"
        "3OiUGTxvM7gEM3heZpi0mTyFmZz/TM5pJszinGZxXrPgDDgTZvP5ZYo8Y2QOnMtnGfHltphp5vN483kK83kK83kK8zl1Pp9/0rlpyI2Yi4R7"
        "AjfT5bx0Mfyem0vk/RJpu1RdL5P3hcpnoUldqOiLTJ9FFr9Fpu/lFv8rbCGusIRJ2K22xba4Sxyxl9jiL7HEW2LjsQSWcogZV8y5wrZcXVdI"
        "ykrTtcpiW6381sDVHGvhGo510lyrruttKW5wpLnRldvrPCjXe9L+4EO9wZFisSvNYt+YxY6yLHaUXrGNdzFs4q1qE29Xm3ir2sTb1Sa5LhEr"
        "E2FuVtdbzPsWi+1Wm32rw3Wby327B+UOT9offajbfOl38hXU3XAPbId7OXZIc5+63g87OR6Q5kF1fQge5nhEmkfVdRc8xvG4NE+o65PwFPwJ"
        "dsPT8Aw8y/GcNHvU9Xm+VnsBXpTmz+r6ErzM8Yo0f1FXsZp7Df4qzevq+ga8CW/B2/AOvAvvwd/kWu/vfLX3IfwTPoKPeT18Av+CT+Ez+Ddf"
        "AX4BX8J/4Cv4mmMvfCOv/1XXb837dxbb9zb7Dw7Xjy73Tx6UfXzVuR9+gV/hN44D0hxU1xKxuEZEw0UsNop8uYBivaphOmbIcBk2/wzkIx7y"
        "1QLK0RX5zM9pmSpkpiNspgydKcNnqhiZMk6m9K1hxqvhillDxa2hYtcw49dQHGqocFkWLlkefLJMTlkmrywLtyyTXxZfo9fiJptfa+N0qIMz"
        "oK5050hKLtbjqC9NA3VtaN4bWWyNbfY8h6sJ1wGEFtAcxazbnGsDYn5uwe/5ypavfFqiMAXSVSD9CtBvHjdCFapwhQEhC1GYVraSO8zhao1t"
        "uI5yOMcROFDqXxfBArnXO+OzV4bcZyWbry1y+FqwAZ/L8viKT6zuCvlqTOhinfmKqjdfQxXxlZI4f2AEXxeM5muCibzkT+Mz22w+J17IR8PF"
        "fEy/mo+Xf+B951Y+JtzL+7k462Q376sv8n74V97f3uN97CPeq77grf1bebrGAaA8p7V5uTbhJdQGO3Bdqg/25xrUMByJx+NYPBFP5prT6TiT"
        "601zcC5eiL/HS3EhLuaa05VcX7qWa0rFeBPXkW7n+tE9XDfayfWih7lG9CTXhZ7letDL+KrUgd7mGtCH+Cl+jT/iAb6grkXqk6akkLQj3chR"
        "ZBAZScaSk7mmM5vMJZeQpWQ12cA1nNu4jnMPeYA8Rp4mL5JXyF+4rvMG13be59rOJ1zT+Q/5hnzPtZxfSQkhNINm03o0j+bT1rQ97Up70yKu"
        "74ygo+h4rt9M5ZrNOVyfEbrMErqCrqUbufayhWsq27lesov+SWojr9N36T+4PvIl10Z+or9wPeQgBUYYY2ksg2sjui6Sw3WRBqwRy2NNWXOW"
        "rzSStqwd68S6ca3kKDaADWUj2fFsLBvPJrJJbAqbKvWS89gCqZes5BrJBq6N3KQ0kQfZLq6J7GGvsDfZ++xjrnt8y/Zz9T1dy9bqa021Qu0I"
        "rYvWRxugjdDGapO06doc7SLtEm2xtkJbrV2jrdc2atdrN2ibtM0aWE7gFEOVYUv8nMelEl8a+tCIjY93XGKGI6WGC5tGcLrJh9OflaRJlzsU"
        "ldSEL3rE8EvDPy51pIZKXq+8GFyIpZa8cuAMB+XgZ82XtbScEkHIuMGlwUz5NVvMhK+1jAU001fziYvK10g3kUaaTxpevnrKmg8/Z67SAvOc"
        "FshPC8yfVmr+Si9JkWei+lqa6iHoWQtprjZpjauZcSGJdBNtDWVcr7JCV0mGSdevbZRfXuuoRVzlHJxueeT1Sjdse06+nZa/vZSnzstWb+Up"
        "e7/RIkz+EuGc5UwC+y9JenwhgfVGkh5faCA/WiZ+/vLSMskbpj0HSZ7K/IWtt7D14b/ySL4Plj5vpXLMhpD9t+LG7GTkLf+YXTZ5g9Mtf/2m"
        "po6SKefylJVXnv1XyGVb/wXz818xlp6/8qTrxzlM/pzhNHO889IS/Hz98+cXw2st6j9XaKWOdV7l58wf+qyHnPWBllHE+tNUXKfeaJU33Sxr"
        "zVYqxMLBri1Sj3bgx8VIg6j+kGbLgzNuWmBcLTCu5qpT7/oNymkYfkxpcqXF0EyuerhMD30w00PnzPTQTdPN9kY98uzVhhI5SOS0RqkaqU4r"
        "sNGcchSUGkOXoyBlcui+hSHT8MpLoUe4Qg9d3Ku9FPo88wh+XuKkJXqVl77f03cUEGMRMeNSH85U+npxISYX6jPG6qvanrYSSmgTINMnJj9q"
        "+rPAMZua68cwnN38QPEzZCt7Tv35lS2nzrkiNeXnzJ9WTnkTz5HCcyk9V8nw0/Pj17KJOcsaPcDKj4TkRzx6ihe/RP6I4l01+cPA/JGU5S85"
        "fiQkP6z0/IUtv1S3Fye/istf6T3KXkKCM7WswfSxi6jZgTieU3tx9pPNyZmoUVFPo/x9uqra5KHUhrze3iRGVvBYaXi9DyC+6wgvLYFY5jwj"
        "f9RWH2XlQkwuNJALcellZclLMBd7XnSePQLetjjnc3u6ely993TwaXXOcB1DhusUMlznkOG6JB0OPZ5lJMJ1Dcmva0h+3ULy6xaSX/eQ/LqH"
        "5NfDQzfoEPDmEUtpER0D4wa3kk6BcYNbTufAuMGtqUtg3C4pietVC118nmokl25wXK90uwbmObgHhI0bnK5XnsOmGxzXK91ugXkO7qFh4wan"
        "65XnsOkGx/VKt3tgnoNHkLBxg9P1ynPYdIPj+o1mzmce8bgWj2vxuBaPa/8P41payCfbMa3qaFketGyHZm3X/bxiENvbOf0JRZZHiyDm+j7L"
        "oZXb3yqETUOzPSfVn7Rk2Z6XONMtPQbx+P7FK8+GlNQsmaAY6BGj9DSc702J4wvEoHImvu9siMeTE7+y9/oG178d1AwZt2ZgC/NrTVS9q7TX"
        "ljtuoiS9Y6BPrsrWwvxzkHxby/IYWUnINu4XVy8DZ7okiTJw9tWgEk+mTyMU+dSRfi8yObu/DPYvA/8YRT5pOHPl13KgjO0UfeL6t1O0lR8k"
        "VUelp5YIR3y/VyEm5yKfstf/qZ8m30OxJGqBmVLqaVCZhptL4t1ikceYSFKWFz2uPQeJ5/deb8i9clX+vKTzu2aWjVeugsvFqC1nGxe5EnIy"
        "ma5m+XqkPCVk1JubX6Ktpcs3ptanydac2uX1n0O9uGAgl+Tzwhx9lbpmXZ0L81gXJ58X5rEyT3W5MI/3UcnnJTXlEpwXr76VE7J/5Hr0Dy9+"
        "uSH55YTklxPYU3I9ekquR09J9ORcj56c69GT0+WeKMzMC5N5CeKc48E5JyRnrzyHLd1EaeR4lEZq8szMcc2ZUybLL838dq3sJZ5II8cjjRxb"
        "Gs6VUa9Q+pb/Ks1Y6xnlh0lzQQ8uXjkt8sgp9VhlFHnoGkGrNOf6KvEFnNe/EZKnGd9Q6TsF6f9IrSX/k1pX7V7SEPKgmfmf1A7QBXpAH+gH"
        "A2CI/D/sOJgIp8DpcCacBwtgISyD1bAeiuFmuA3uhp2wC3bDHngJXoO34G/wIfwLvoC98D38DAeAYLrc06ceNsbmWIhtsQN2xV7YFwfgUByJ"
        "o/AEPAmn4DQ8A8/BubgAf4+X4eW4DFfiKlwtd+vZKPfquQm34jbcjjvVjjyP45NqP549+KL8F+pr+Fd8A9/Ct/EdfBc/wH/iZ/gVfid34mEk"
        "k2STHLkXTz5pTdqTrqQ3KSKDyUgyhkwgp5Bp5Ewyh8wjF5NFZBlZRdaSa8g6soFcT4rJZnIL2UruIHeSe8gOspM8RB4hj5EnyW7yLHme/Jm8"
        "Ql4jb5C3yXvkA/Ih+Zh8Sj6X+/N8S34gP5H95Df571WNZtAsmk3r0nq0Ic2jzWg+LaSt6eG0Pe1Eu9LutCftTY+kfWkRHUAH02FyB59RdCwd"
        "TyfSSXQKnUqny917zpH798yVO/dcRC+hC+kVdCldTlfTq+k19Fq6kV5Pb6Cb6GZ6M91Ct9Lb6TZ6N91Od9Cd9CG6iz5Jn6Ev0Ffo6/Qd+gH9"
        "mH5O99If6D76Cz3AGwplaSyT1WS1WDarLfflyWG58v+weaw5a8lasTasHevIurDurBeD0D+qnq5424m52gZfOvH5apGqXh1MIY61v1cYFoKi"
        "eYaxSlQaXSuVbnxpbS0lZvnnQRi6Zvl3WZpDFmusyvXVyuxrL1UWhyxTSC2wtMP62lssO2RDJu9rf45Ueb60HL5WzjRJX5oiX2L+T8gYi9xx"
        "/XxJqb7EphsF19r/gy+tZF9i+5qy8n1pUr7GF3daGXxLm+u9Z//yjD/OryvBNgIb9kyLhpCY6ylf0SfCZFlm/1qO8NZ2ZY0VxtdaR2X1pYHp"
        "Moevfd1YYJGrwPX0NtiXub7OLAslTFpe/8nRtcyeltErDF1PnZUpDLO0I2op22TDWNPSQqelefIx1qVBHIz27M4D8SmHYLqbG7HkBAPjWr/L"
        "Lk8Y6hmG2P77Tix9p/xhqE89eufZqi8Ep+jWVowwLEQ5sNDlwELIGBTGL7ck0NfeH4nnXFBZYYhDFve8YPh2cM1EHV2UTi5KZxelSwhK1xCU"
        "biEo3QMoVH01U1UypqocUlVW5S3PuMwP/TKnkGux51nszSz2ARb7cIu9hpzjrM98clyUei5KfReloYvS1EVp7qK0cFFauiiFLkovF6WPizLQ"
        "RRnkogxxUYY6KO5nj/YVcv8Qdj1WEMWo36NdNe6mZMu4pdMp1LakaLXXdNjtJZDlYy9KkV2XPZhS9rhGaehvS9y6mB89wSecL3G1isrxDSqT"
        "qgpjlFLjKqdY95EMczXk6u1qP/oauKhUuleb7O/qU25KYgSwPqu3atDuJypubdf9TICY7+nEmzr91IEM82QP8c4uW50+oL+5y1XnDjSQZwzo"
        "aCxPF7BDP2dARzN53oCOFhz5HC3lGQPG2QKtHWij0FbhcHmCgDhDoJ08OcA4O6CzOlOkuzwnQJwsIk4JEOcE9IEj5SkB/eTZAOJkAONsgIHm"
        "fvti/93ETv/HmPv767vxjpb77ht76I9X++HrOEnuep/Yn17sUG/sUW/sP6/vNa9jtsJZCmcrWHeg1zFP4QKF+QoXwgK4SO1FbuxTfrm5T7t+"
        "LorYgX2lOhtF7L2+Vu64LvZcF7uur4cNHBvlzuZib3Oxu7nY31zsWS52KTf2KRf7gYsdwXVsUbjVga0OiJ3DE3uHG99Gllh+ekvWbXaafd8f"
        "vx1BrAgOXdZfgpuRNzd3w8fIu5OaiOmfYwPE/Hd0wq2PSYmyqfwflgKRN3SUGAbsieuUnlhgPVnIWZ7utmOUZEngz6ibkkPwZ5QeglM2f9lT"
        "/ztUSydRf85SQ6iKfHh/TwCeLfZQ+FHzqbe7N1M592uVkAstpWNy6kc3/1G/svNRUkIs33DZdyf130UrnFTBkgXPnakrj3QXNPmlom7cPsbV"
        "8NcslHTZftMDgTY72vik23ilm3skGnDyMOKLK1jeHQhkKIh1cupRr0JhrNqbWpAv0UrBvR5PBcRa3YquKUV3BX31b6z99RPB9DX/CMsJXqMs"
        "q3tjZW9f00+1reJnyzW7+7wo96o8eEVunIBkrMP1E4Y2qbMLnefw3AkPwiPwmDoz52l4Vp5h+Ca8De/C+/B3+BA+gs/gc/gSvpInzXwHP8BP"
        "8DP8Ar/BQd6NiTwxJkOecJiNdTAH62MjzMOm2BzzsQBbybMOj8D22BE7Y1d54mFvPFKeeHg0DsTB6sTDY3AUjsFxOB4n4Ek4CU/BU3EqTsMZ"
        "OAvPxLPwHDwXz8d5OB8X4MV4CV6Gi/AKXILL8CpcgavM8w/1byrF6YfiXI/tuAPvR/2MyDZSIyzgLa+O/J5X10OtWmhdrnm25dqfEb5AnS0n"
        "4glaXfmtsTueiCN4GuH9fo3kqZXNpZ6Z/KzrtRNcuJ84JzOVP6EdixG8tnk+oNDFdar7arwN1Y0Ro5HU55uosmAOgy4K46npcrAKMkS9xWUV"
        "mIbbiPYAlZxmWKPXX+l3YbLluq9EHjB1qnoCJHSveWZ9pvHRTG/B4lvt+YouThFaqvRRccLrMmUX57xeKdt9SYk47fUqZW/CW8FyFUacIblC"
        "2Qt531upwrThrWqVorfjeVyt7OJ02DUqjDgj9iuVT/E852dFF+P6fmUX4/svKq4Y539VdjHe/6bkFeP+AWUXz3wOKrt49lOi7OL5D6BuF2fQ"
        "orIfx+cIouxinqDKLuYLhkzaT+Szhqbsk/iskabsp8E0SFf2GXwGaYp63mbzGaSZsouzbZsruzhJsIWyXwqLIF/ZxXm3LZV9OS+1AmW/ms8i"
        "hcq+gc8irVAvEzGTHKbyeSOfT1oruzgRt40KI57QdEB9V2nxpKYj6ueAiNPeDN35oDKFqtUUOO6FjrswPeHQvh9MkclS/PT/buj2BC1h94tX"
        "pP6X4rRbeVn9rXerX7r850vCnutjz/GwM0sY5hOeheDPfML78beGcZcneJQn+panYcRPnJ8MsKNcaos4fblqNdP/ARxK3d0=",
    ),
}
