"""The rules as tables: python docs/make_pages.py writes what stands in this file, see `rulebook`."""

from typing import Final

from edgewise.ops.op import E as e
from edgewise.ops.op import Number

MARK: Final = 182558449
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
        "4x8izxcE+hm0pi3KpzFsxLdFW3u2Qh9SpoepFfxnMvvM+ZQkKTRtemEkyBUnl55Cl65Cx4M35ZO78xv7rt16K4mSvMIgsTboWRga8o7XGLGG"
        "GWu/IRT2Fp7xbtM08028Wc5bTNnVjbyyiXq3ZoVzx9d6h2atZxWTfVcms1rJvBMTvipJSG8a9rLfhAuSZb3IOv6GI0urjp6CcvMemMWywr4f"
        "ljTf37Pkxn1663tNOt1HrGkb7LjxbmCjeX8gnS4Wo3aKHTfeCGyy0xhva06146NESdPsNJVi5Ey35cYbYTPs+CQxgmbaaYy3wyrttWGF57PS"
        "82mEJvTsT2PbmwMb/QPs6+YVxP8AQVeybw==",
    ),
    "real": (
        {
            "lines": (111, 107),
            "index": (101, 107),
            "list_start": (379,),
            "lists": (1156,),
            "pattern_start": (296,),
            "pattern": (1415, 5),
            "build_start": (296,),
            "build": (1073, 3),
            "rule": (295,),
            "surplus": (295,),
            "guarded": (295,),
            "guard": (295,),
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
        "eNrtXQmcFcXRr+rq2YVdzl2WXW5huZSb5RTcRRAFEVAOQdQQvLhFRS4VFEURCSh4oTHEIxolnkk0XonRL8YrJjEar2iMRD/106AkKoLCfj09"
        "PfPm3nlv3+7yJvP+v57pqe6u7uprqmfmVX9e/XkM8WUssS8m2OW4guSXI7+8WErVJJZStY+lVB1iKdVlsZRqXSyluiKWUq2PpVRXxVKqjbGU"
        "6s1YSkUYR6l4LKXSYilVXiylyo+lVI1iKVXjWEpVEEupCmMpVZNYStU0llI1i6VUzWMpVYtYStUyllIVxVKq4lhK1SqWUpXEUqrWsZSqNJZS"
        "lcVSqvaxlKprLKXqHkupesZSqsNiKVXvWEp1SiylWhpLqZbFSqo1wl0cuzbSpbo8hlJdWe9t9a84DmFgMZyZPotlS2EMW+rjWLbU/hjK9EEs"
        "W2pvDGX6Ryxb6qsYyvROLFtqdwxl+lssW+qLGMr0dixb6vMYyvRWLFtq10FSjvxcvtdb/yQ7PVZSVYGBeEk1BgzES6p+2DA98NEGGVcFOdxW"
        "eyypzo6VVMeCgXhJdRwYiJdUfbBheuBjsRxXTzSAVOdCccY8r214rbP622q/x8N1L9VTOSXVBrg+J9pqJMaxB54QS6mmJlIdNFJ1g64CAxz0"
        "C2Mys5fbqNNQb6spWJ9SjcC6kGqajetZqK+vvpez7zlT66szbTKcLaU6PQZSLVIyVMLoGKzw3WthP6n6Y65LdTSMi+EK3ytV3zpqqSUOvudh"
        "XUo1XnFvA5coSpscnDX2VnN5rlDXEyypcvlnSgWxlCpObXW4kGqEOB4OQ029NnY9kFm4AFrZrtLDdRmnzBZ0PZCkr4twmsAxMF6eC+UxN7Gn"
        "2vSdI1wjGxo7rnILX1WbvjOEa2HhfCixXaWHGzNOmS3oPbClddVa4FhsLc9toXUOY291qeWfrbAYZ8P34QycDbmJr6pN30Ihw3wbFjiucgt7"
        "qk3fEuGWWVgJq2xX6WFbximzBX1crYaLBPSrtbHEpbHEZgtbYKvtKh1cAzdkmDJ70Hvg1dbVfQrPwv3wtHVVN/hZHfL+rU2S++BFhefhJXjO"
        "uqobvFCHvH9vk+RFoAQ5A/3Ln6NgLMwU5zNgBphfAx1t+bKHY+qApwmEWXCSxFxxNU7gWLES0c8T5VHHBMuXTRxXJ1wNnA6nwMkS88TVJIWp"
        "Qs84E6aoqxMtehQcD4sixZvsuj4hrVzCoa9/T4PpAtPE1fdsOMvyzXHQcwGz4VSl3X5fXBmjSxMuH3gsZoo84fr6oJ8vNRj904xf94jXjL5Q"
        "rKZMfy/hGktfoxhI1th13Sq5fydIkDUcBr3FsYeN0rVe8u1TJ1y7O64Otfm75XAb9Uz6ac6iJJZSNY+lVK1jKVVpMgpzBmVJHSRoULRI6iBn"
        "0CaWUrWMpVRtYylVu2QU5gzax06ipsIVQJOM0hYedJLY0SHprwkSJEiQIEGCBAkSJEhwEOJIqIIjYAQMh6EwGCpgQCykGg2joBJGwuEwDIbA"
        "IBgYy7ZrVo95La43nF2Pedkl7JjMBjmDTkkdJEiQIEGCHEBRLKU6JJZSdU76a86gSyylKk9aNmdQnNRBggQJEiRIkCBBggQJEiRIkCBBggQJ"
        "EiRIkEDa00dgwEGDPMiXVtoLoQk0g+bQAoqgGFpBa2gDbaE9HAKdoRy6QXc4VFo76iPt0Q2AChgCw+BwOAIqYRQcKW1iHg3jYSJMgZkwG+bC"
        "PFgAC2ExnAPnwzJYAavgIlgNa+ASuBQug3VwBVwJG2AjbIJrYAtcC9fB9XAjbIOb4UdwG9wF98Iv4Al4En4DT8Oz8Hv4E7wCf4HX4O/wD/gn"
        "7IJ98B1UC0EY5mNTbI5FWIxtsT12xO54KB6GvbEfDsCBOAiH4nAcgVU4GsfieDwWJ+BxOBEn4WQ8HqfgVJyG0/FEnIEz8SSchSfjqTgb5+Dp"
        "eAaehfNwAS7Cs3EJnotLcTmuwtV4Ca7DDbgZr8Nt+CO8A3fgA/gwPoHP4Iv4Z3wD/47v4fu4Ez/Aj/BT3IX/wb24Hw+IKkdGLI8VsJasDevC"
        "erOhbAybwKaxOWw+O4etZKvYhWwNu5StZ5vYdewWdid7gD3Ofs9eZa+xv7LX2RvsTfY2e5e9z3ayD9hH7FP2GdvFdrOv2NfsG/Ytq2ZASIyI"
        "OGmUTwXUjJpTS2pFZdSG2lFH6kLl1I16Um/qQ32pH/WnATSQKmgQDaYhNJSG0XA6nEbQSDqCKqmKRtGRNJrG0FE0lo6hcTSBJtM0mkVzaD4t"
        "oEW0mJbQOXQeLaVltIaupA10FW2kH9Amupq20g10I91E2+kndCfdRXfTDvoZ3U8P06/ocXqSfkvP0x/oT/QavUsf0Wf0BX1Ne+gb2kff0X46"
        "QMg513g+L+DNeDFvww/hPfmhvBfvzfvx/ryCD+bD+RG8io/iE/nxfCqfw8/k8/lCvogv5Rfyi/hqvoZfwtfyS/llfB3Xe7rR2wuhqezrRn8v"
        "FK6l6PVGvy8RcUqkv0SMgXzhTH+pSFkqYpRCmTq2kWOknRgl+cJ1ECk7SF9H6TpAJ0npJMZQvhxHecJ1ESiXrqs6drPO3W2+Hg5/T9eVPhYP"
        "g15iPOoj0hiVxrGfGJ2NhNPHaCN5HCjG6kAYJI6DxZgdKsftUBguxm6h3DNkhDyPgJHiPFKO50qoEiP6SBgt3Rh1PMo6j7X5jnb4j3FdjRMz"
        "wnhpV/ZYmKCOx4k5wh1romiLiTBJtMckn7BJwk2WMSb7hgZRj5fWW5vL4wmilU+wSmD3TZGuhTxOddCnihqZKjDNRZ0m6dNgumjV6bJtp4se"
        "Mh1OFO17omzlE+VVa+GM0BnqqIfMVDFmwkkwC06GU+BUaQt1Fnwf5sBpcDqcAWfCWXIGnS/izhe++SL1fMFPt/ufL9w8af9/gch1geC0wPpq"
        "eYk8L5G+c9TxXHk+T4WcZ1FTlKU22lIVO3U+3xZvmSPmMivOMltsO3W5I+0KV+oVtpgrHBxWOHisgJVyb4ALBC6UvovUcbWkrLGuLrb5LlFh"
        "htV6/Y6zDi6X7gp1XO/I/0pXnhs8pb3Kh7LRl/aDAOomV46bPXluDky52VWXmx28NrvqbzNcLXCNdFvUcat1vtbmu87hv951dYPn+kYfyjZf"
        "2k0B1JsD6T+EW8Tdfzv8GG4VuE2629XxDviJwJ3S3aWOP4W7Be6Rboc6/kxoDvfCfdLdr44PwIPwEPxcaBS/hIcFHpHuV+r4KDwm8Lh0T6jj"
        "k/Brgd9I95Q6/lZoIk/DM9L9jzr+Tuomz8Hz0lr8S/AHeBn+KHSVP0tt5VWhr/wVXoc34E14C96Gv8E78K7A3+E9efyHOr5vnXfafP90+D9w"
        "XX0I/yvwEXws8An8n8Cn8JnAvzzxdvlQPocvYDf8G/4DXwp8Jd3X6rgHvhHYa13ts/m+FVrXfuEOiKOufenxAO3hgKXKIerOiIGuOKhiMDSO"
        "ZizmiedHISs1oXlOcRCKA2rC5YljPjbCxtJfIK8KsYlAU+maqWNz69zC5mvp8Be5roqxlUAJtkb97tIaS1G/O5WKc5nylamQNqi7thh0j2or"
        "47WVqcJitVPx2qmY7VB37R1yd3BddcROeAh2FuiCo4SGv0ho5CA1/zyhHRRInV/X+HV9v0zq+52EptFNaBi9he4wSOgJuoY/Slq313X7E8R9"
        "6CRxv5oj7kmLxVyzSsyzl4v5aYsYxTeJUXunGH0PiVH1mBgxutb+ghgNr4gR8Jboge+LfveJ6J27RZ/bK/qOJtqipaivDlgu9PV+OFjq6GPw"
        "GKGfTxZa+Qyhic8WWvhcXIiLhf69FJfhCrxA6t+XCg18PW4UOvgWvB5vwlvwx3ib0MTvwnvx5/i41MT/gm8LHfwT/AK/EZp3I9aClbFDWE/W"
        "nw1jo9h4NoXNYqexBew8tpxdwNayK9nV7AZ2M9vObmd3sR3sfvZz9ojQvn/DnhEa+IvsZaGFv8XeYx8KrXs328P2CzW7sdCuS4Re3Zl6CH26"
        "QujOVUJPHi905Ol0stCR5wr9eCmtoovpcqEVbxHa8I/oDrqHHhA68BP0ND1Lz9EL9BK9LLTgV+hV+iu9QW/R34Q+/B69T/+kD4Ve/Al9Sv+i"
        "z2k3fSl04++EXsyFRtyct+JlvL3QibsKrbi30IcH8WF8pNCGR/OxfByfwCfxaXyW0Inn8bP5+XyV0IUv41fyTXwr38a38zv43fwB/gj/Nf8d"
        "f4n/hb/Nd/JP+Bd8Dz/ANa2JVqy11bpoh2kV2khtrDZJm6mdpp2pLdKWasu1C7TV2sXaWu0y7XJtvQa2Pdr0daXpS/3cWzqyQBoG0JiDj39a"
        "ZsVjNcaLmkd4vimasabOk1feWCSpqVD0SRGUR3BacuWGSg6/sphcmK32/Urgjge14Gcvl7223BJBxLThtcEt+TVHylSovY51aFaoFpAWVaiZ"
        "byqPvIA8/EKNnLUAfu5S5YWWOS+UnxZaPq3G8tVck3qZmRpDeWqEoG8r5Hn6pD2tZqWFNPJN9TWUaf3qCj01GSXfoL5Re3ntsxHz1HN4vrWR"
        "1y/fqP05/X5a+/5SmzbPrN1qU/dBs0WU8qXiueuZhY5flvb8wkLbjaU9v1AoP8qIX7C8lJG8UfpzmOTZLF/UdovaHsGaR/pjsOb7VjbnbIg4"
        "futuzk5H3trP2ZnJG55v7ds3O22UTj3Xpq78yhysIWem/4XzC9YYay5fbfIN4hylfO54mjXf+a0SgkJT5fPTMYPvAVqNc5jmsz7UVF2512V2"
        "OfItmTVH7TEbB+eqjXzaI9+SgBxc/ForVfeaWp2Y8QpqXLsYtC4OmmaF+IUG0VDuE+5ejWUmhxFaHjEPv7KU+8Qr91m1+fXY8oDVcfjK2k1L"
        "tbvfynBIwJrYmGGYlZYCOJMM9ePCLC4UMBoN/WeIo4ZSeqe5g73Jj6xwHjq6ydI0onD28gPFz5Qt85IG88uspO5ZKjv15y6fVkt5U08conOp"
        "uVTp8DPKE9SzmTWDmyPAzo9F5Md8Roofv1T5mOLdMOXD0PKxrJUvPX4sIj+s9/JFrb9s9xc3v7orX80jyllDOmeyaQnG3MXU3YG5nmj6cQ6S"
        "zc2ZqVnRyKP2Y7qh+uTB1If8nt+nZlbw0TT8nhyzQD2Cu7iYNWne88zykaM9MuXCLC4UyoV5NPhMyhLOxVkWg+fgkOfy9vYdbI2UPgE9zB2v"
        "b8R4/SLG6x8x3oC046HPCjcVb2BEfgMj8quIyK8iIr9BEfkNishvsM86oE/I+yisoUf0DU0b3kv6haYN7zn9Q9OG96YBoWkHZCWtXysM8JlV"
        "IO18w9P65TswtMzhIyBq2vB8/cocNd/wtH75VoSWOXyERk0bnq9fmaPmG57WL99BoWUOn0Gipg3P16/MUfMNTxs0m7mfbyTzWjKvJfNaMq/9"
        "N8xreRGfYie0hqMVulbMzjVdoU8K5nijYzx5KPRpfWbp8oWu1bbzbUHUPDTH80/jCUqh4zmIO9+aUzCfLyD8ymxKSVbNhKVAnxQ15+F+c8Zc"
        "36AF1bPzfV54PL98/b5Vixovar4Hc/mYzxtKCPhmIrzv+n2dGjyOmkRM2yR0hAaNRlJvzZ293Zs2VZP+KTCgVJmN0OASpD9WC33uQiziHBGU"
        "1qgDd74sjTpwz3VhNZ7OnIhQGdBGxrnS4uz9tja4DoJTVAbk4S5VUM+BDPspBqQN7qfoqD9Iq41qzi0VjwV+8cEszpUBdW/8JzpPvp/jabQC"
        "t6Q08iCZh5dLau6s9LmnsKyVxUjrLEHqvYbflwN+pap9WfLFWbPqxq9U4fVitpa7j+ul0uXkMl/N9t1HbWrIbDcvv1Rfy5dvku1P2e0ldcob"
        "rIP4ccFQLumXhbvGKnm0FoML91lDpF8W7rOKyXa9cJ/3dOmXJTv1El4Wv7FVFHF8FPuMDz9+xRH5FUXkVxQ6Uop9Rkqxz0hJjeRin5Fc7DOS"
        "86X1CW6VhcuyhHEu8uFcFJGzX5mj1m6qNop8aiM7ZebWvOYuKZf1l2d9Y5l5jafyKPLJo8iRh1szGlrj2jRcSzN1PbP+MG0u6MPFr6SVPiUl"
        "Hy2j0metEaalufWr1JeBft/zp08zvy0zbLIY/81sKv+dqdumKIEyaAcdoTN0hR7QC/pBhWiTEVAFY+R/RKfADDgF5sA8WALLYTWsg42wFW6C"
        "7XAH7ICH4FF4Cn4HL8Af4VV4E96FnfARfAa74Wv5j1oNC6T9lFJsj52xO/bC/jgYD8cqPArH4yScijPxVDwN5+IiPFfaQLkI1+IVuAE34tW4"
        "Ba/F6/FG3IY3y/9h3o534t14D+7Ae/F+fAAfxIfwYXwMn8Jn8SV8Bd/Ad3GntIzyOX6Je7EaNVbIWrJS1oF1Zb3YADaUHcHGsHFsIpvKTmKz"
        "2ZlsPlvElrDz2DK2UlpIWcvWsfXsKraJXc22suvZNvZDtp3dxn7Cfsp2sPvYg+wX7BH2GHuSPcWeYc+y59lL7GX2Z/Yqe529xd5h77Gd7EP2"
        "MftUWk/5ku1h+9h+Uf1EedSYCqmptJpSTCVUJq2mdKau1IMOoz7UnypoCA2nkVRFo2ksHU3jaQJNpMk0habTTDqZZtPpNJcW0hJaSitpNV1K"
        "62kDbaRNdA1tpevoBtpGN9MttJ1upTuUVZT76EH6JT1Kv6Zn6Dn6A71Cr9M7tJM+pl3yf597aB/tF52DeB7P5414Y17AC3kT3pQ34y3kP0Hb"
        "8Y68M+/Ge/JevC8fwCHyj9STJ38/s7Rr8KF7v9gkNXLDKcyl3/vF4REomm8cuxQ10bUa6eZTC3vNcNv3+VHomu0/WHkuWeyp6jdUyzjUWas8"
        "iZlRTC20tqOGOnssP2hjph/qfFZUf6FUi1A7Z0ozlLIUyqx/05hzkTdtUCirMZQ51j/hrfbfEEr1HMocX5LWfyilFWp+bahlEFrTvV6r5WzD"
        "HFqQPbSxTc9P3c1J6OWpOIW2+3tTm7+Lrz9aKPd8u5kJJUpefv/YMdZaQ2zjOwrdyJ1nFIfb1nBku1emG8eelxY5L82Xj6m5hXEw+4O3DCyg"
        "HsLpXm7MVhIMTWv/ars2ccg3DnP8DzDFLRtxKKAd/cts16jDc/Tq82YcHqEeeOR64BFkDIsTVFoWGuocj8x3tqyvOMwli3Mc9fHM2H09lH4e"
        "Sn8PZUAEysAIlIoIlEEhFFLf1jSUjNmqh2zVVW3rM6nzg7/O9f0lU/62Nn8Hm/9Im3+czV8g72v2JyFFHkorD6XEQyn1UNp7KB09lE4eSmcP"
        "pdxDGeqhDPdQRnsoYzyUsR7K0S6K/XmaU5+siuA3UoVRzJYd5WlrL6WZTBtGNzXhZrYcWQjdqT8bfCggPoXwMSQKDw3KKzgtudISNA/wN3H5"
        "nW1aGOCvzJLfaNNwSuZpzVY23nx411xB9BSfaKHM09vrJzSsThoqjllLbRqcYreWGOVoyjXM03+M0VRZI92vT1Z5xpSXkprZ7M/k7c9nvE9O"
        "vE9lvU8DmPXOTX/rZliH13dDKJDv3gz78C3lG7hiZR2+tbQEX6ZgWIB3op20CG+gg0BHhU7SErxuB76zsuZu2HN3oodCT4VDLVvvvYTe00fa"
        "dzdsug+XNtxHSJvtptX2KjFTj3JYQ9etyBp22A0L5scpi7KTpU100575dGmv/ESYIa2SG5il7JLrVsl1u+S6ZXLdNrndOvkChYUKixQWK5xt"
        "s2Vt4HyFZQrLFVYoC98Xql0idPvda5XdbsNWt75bhGkLW7cfbViQ1m1I61akdTvSpiVp05a0aU1atydtWpTWLUnrtqRNa9K6FWndjrSBuxXu"
        "cWGHC6aNacOytPldY7XtZ/Rcw5e6dlrGCbJwYkd47Ex//vaUzFLayw6QkiesbCaY9b/u1DXzfT5VXz+sAdXV6KoV9PzjI9gCrLsemA32/Vbc"
        "NevtK2Y+1aG/msKT38H2M+5WTtR/KYLe/Se/3Pr5zWANUQp9HmK276mctjaDLX0FcQu/R/nXQTrcMvnle6DJrwYN5w0xj2a4ZqPky3GfHwp0"
        "+NHBJ9/BK9/6P43moTvT60ewvcHQ0UhB13Ozj1Z1ClPzbm/DIRJdFbw6dTaga912DMwqBikMC0RlWjD2b0ofY7KIsWKNcYJYXUxXq4sZtr2N"
        "jLXDQtvq4Hxrp5/gVcB62wpgc6Q9ZIx9Y4x9Ysy9Ybz7wZh7wJj7vph7vfjt7/JHeAVegzfUXi5d1N54neS6rqtYL7Z07KpXIPfVayr32Ogh"
        "VnFm/M6qn+rpdFoL+W2xN52eRudpxi+V34F2kOtC45t1facxfR8wEKtVc4Wqr0l1mt0ZmqgZw9i9rK3kk9JSUzsENpN809lTENVaPzPoMmVz"
        "h0ND4qAjwcm2r2/nqi+SdStI89Q7Xv0L3PmKrn+Ju1KuYKqrm4rWWKX8LUVtXiDrrbq6RNTohcrfRkhzkYqj7/62Wvn1fRTXqDjdRMterOiH"
        "ilJdovz6+n6tiqPvsfiOKqe+c9sXij5UzAa7lV9/AvBvlVZ/EvAf5defB3wp01ZX688EvlJ+/cnA18qvPyHYo/z6k4JvlP8YGA97lf84mAT7"
        "lF9/VvCt8uvPDL6T9VNdre9rtl/59WcGB5R/thjv1cp/hhjzrdAo23xYBCXKr+9Y1Vr5l4laLlV+fd+uMuVfK8Z+G+VfL8Z/W+XX941sp/zX"
        "ivHfHo060eeADmiU84diJuio/LeKuaCTiqOv+ruh8d9XfW7ojsb/UfU54oDQlXVXrlbEXVznctdZd0Pg4D4fyJIrVPyM7/ANf4qW8gelq1T/"
        "MXD77bzs4fazPSxf/osh5S8O8Bf5+LktDg+IzyPw5wHxg/jb43jrE3zqEwPr03T6bzmuqLXKuxJXYcOua/4fPxfxVw==",
    ),
    "domain": (
        {
            "lines": (120, 107),
            "index": (101, 107),
            "list_start": (444,),
            "lists": (1319,),
            "pattern_start": (312,),
            "pattern": (1470, 5),
            "build_start": (312,),
            "build": (1115, 3),
            "rule": (311,),
            "surplus": (311,),
            "guarded": (311,),
            "guard": (311,),
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
        "eNrtXQecFbXWPyfJ7IILC+zSO7sISO9FYZXOA5WiIgiIhaKiooKg76lYAEXEgqI+wS4iKIgiFuw+e+/9ybOXZ/nsouJ+J5nM3Ok7dys7797/"
        "LzPJSXKSk35m5ibfFX+XQPyUSPyeEHzrckHmV01+NRIpVW4ipWqVSKlaJ1KqTYmU6vZESrUjkVL9nkip/kikVH8mUqqdiZTqr0RKlYNJlKpv"
        "IqXql0ip+idSqgGJlGrPREq1VyKlGphIqQYlUqqiREq1dyKl2ieRUg1OpFRDEinV0ERKNSyRUg1PpFQjEinVyERKNSqRUv0tkVKNTqRUYxIp"
        "1b6JlGpcIqWalEipDkmkVFMTKdWhiZTqsERKtSaRUm1JpFRbEyXVZWRWJa6OpFSbEyjVbYmsqy0Jk2o9YQOZWys53daJHG/7JFCqVomsqd4J"
        "lKpZImuqewKlapTImuqcQKnyE1lTHRIoVZ1E1lTbBEqVm8iaKkygVLUTWVMFCZSqViJrqs0uIlXNalyGP9v/Oz0qUVINAxPJkmoUmEiWVEdi"
        "1bTAT6ukX9WqxnX1qy3VvERJNRZMJEuq8WAiWVIdjlXTAj9LZL/6ogqkWgAN4LpS8ny4ylvgt8V/FActPCteqq+rlVR3wWPVoq5OwCS2wEsz"
        "Uu0yUnWA9oTegVJtTNQYeE5CRvbdHdTLUNbVSqxMqeZiRUh1mYPrzSj1q2uq7XOhlH611iHDJiXVjQmQ6lYtw1AYmQAN36sLB0k1A6u7VGNg"
        "vwRq+H6pjqigmrrdxfdOrEiplinui6AZXK4p+1XDUWNHsVD3ftp9gS1Vdf5ZUkEipbLq6o7E1RWzcTY0hOsd7nTwSCnjlR/kiokrWzsyBmFf"
        "2F/da6tr9cSvxZZtPpkswrkor2dBC+WqrthRnK3u/cns5kCOy1W98HOxZTuaTJ6NU6ER3OBwp4NHSxmv/CD7Vb7takxYjvJ6JjRXruqKHcVN"
        "bftMjdtwJsyCm3AmVE/8XGzZNpIMxzlwvMtVvfBrsWU7mczfbZwBp8ONDnc6eLyU8coPsl8tgcUE6VpBOB/l9VK4WLmqK3YUX+RyJ0GqlSTV"
        "hXRdCZeQ64pE4spEYrWNa+BquEnbL8HVkA6egNVVDDlarLFdawlLUV5vgXXKVV2xo/hm236fjQfhAdjmcMfHQ/CvUsUrT8i6ut92vafxA7wL"
        "39quisHbFcj7G4ck78FvGj/Dr/CT7aoY/FKBvH90SPIb8AyqDeQXdX+D0TCN7kfDVLC+shtj28oP+1YATwsI0+FQhWPJtR9hLOyv7hPUVWKc"
        "bStPjK8QriZmw+FwmMJx5DpA42DSQ46BeWSbTGaKTY+Dg2j1HyfcgR73xLRSiYZ8WjYLDiFMIteRGnPJzIH52jXTplcXHAVHwAyFE8hl9i6D"
        "TDaIRIwUWWR6uNCHTC/o6aGWhN5phq94JGtEPwlOtO1dydRUthoJkKymx93wf2KGbp9ZpWRQKegC3eja0UFpVynpdq8Qrnu4XJ0d9g7VuI46"
        "ZdpptUWjREpVL5FSNU6kVE0yvbDaoGmmDDKoUuRlyqDaoFkipcpPpFTNEylVi0wvrDZomRhJrG8Fc9VXj7VL9cVhrV3q+0cpSR0HWrlc1RmZ"
        "fpdBBhlkkEEGGWSQQQYZJAkjYBgMgX2gCAbCntAf+iZCqpEwHIbCYNgbBsFeMAD6JbLu6lZiWgsqDQsrMS2nhK0zo0G1QZtMGWSQQQYZZFAN"
        "UD+RUhUkUqrCTHutNmibSKl2z9RstUGDTBlkkEEGGWSQQQYZZJBBBhlkkEEGGWSQQQYZZJBBBur0DQQGQp3skA011T8Ba0Eu1IF6kAf50AAa"
        "QiNoAs2hBbSCQmgL7aAD7AGdoSt0gx7QE3pBH+gL/WFPGAR7wxAYCsNhhNoZcwzsDxPgYJgGM+BYOA7mwokwH06GhWrn9EVwFpwDS+FcOA/O"
        "hwtgBVwIF8NKuBRWwRVwFayGq+EauBauhxvgJlgHt8JmuBsehCfgSXganoOX4GV4Fd6D9+ED+AJ+VLunCszCmrgb1sJ6mI8NsTm2wFbYDjtg"
        "J+yFvbEvDsC9cCAW4WAcisNxBI7C0bg/jscDcRJOxmk4HQ/HWXg0zsHj8CQ8GU/BM/BsXIJL8Vw8D5fh+bgcV+CFeDGuxMvwCrwSr8I1eA3e"
        "gDfiWlyH63ED3oab8HbcjHfgnXgXbsW78R68F+/DbXg/PoAP4sP4KP4Ln8Cn8Gl8Fp/HF/FlfBVfxzfwLXwH38ft+DF+hl/hd/gj/oZ/IWc1"
        "WV3WkDVjbVgH1p31Y4PYMDacjWSj2Gi2HxvPDmST2XR2JJvBZrHZ7Gh2LDuBLWSL2HlsJbuarWd3sG3sKfYSe4t9wLazD9nH7FP2OfuCfcn+"
        "y75lP7Bf2U4meC3egLfiHXlfPpQP48P5CD6Sj+Kj+X58PJ/AD+QH8yl8Kj+UH85n8ln8KD6Hz+Un8BP5SXwen89P5gv53/kZfBE/iy/m5/Fl"
        "fDm/kK/kl/JV/Eq+hl/Nr+HX8uv49fwGfiO/ia/lN/N1/Ba+nm/gt/KNfBO/nW/md/A7+RZ+F9/K7+b38Pv4Nv4gf5Q/yZ/nr/H3+Pv8A76d"
        "f8g/4p/wT/nn/P/47/wP/iffyf/ixRyFEDVETZEj6oqGopFoLJqK5qKFaCXaiLaik+gquoueoo/oLwaKYWKUGCP2FxPERDFFzBBHi+PESWKh"
        "OF2cK1aIleJycYW4Ulwl1ohrxHXiRnGzWCfWi9vEZrFV3C8eE8+K58QL4kXxinhVvCHeEu+J7eJD8ZH4VHwhfhY7xE6RY9Q2co0GRgujpdHK"
        "aG0UGIVGW2N3o53R3pB9TZoa6n+3NcjUgbrU4+qqXpejel59gtn7sshIeyNoTHEa2/Ym5NuEYjeBpsrWlPg0hWYE2VtbUtiW1GezyLSE1srV"
        "muxtFKUNFBClgHp0lurVbWF3Zdrpa3v73sFh28Nl7+hxdaJRoTaZztBF3bvQGCFHCWm666scMWqQkeNGDXXtTeNHbxpB+kA/GkUGqJFkAOwF"
        "A6kcBhIGqfsgKKJ7EY0w+xAG0ygzFIYpM1xfR9j3kQ7bKJf9bx7XaBqjxsC+yuynr/vDWKqHsb6QY2Ec1c64QHoQbTxdxytO40P8J9B1guI5"
        "AQ6gOj/AzoG5i2yeuqZoB8JBVAYHeSgHwURFneihT6SRt4BMtro2IjOJanqSqu9J1HomKcpkajeTqbYm63CH6KsMM0WHnQJTdV3J+1RqY1Pt"
        "2pyq6ZPJTKWR3go3TYWcpsJOc4SeZvtPVtdDYTocBofDEWof2Bkwk9Kcqc5DOVjtYyspsyhvs0iCWZSXWTZtNqUwm/jPJk6z4SjidBTxOgqO"
        "hmNgDs0309WZI3PhBJp1ToJ5auZZQPEWUAoLKIUFlMICosqvvLPJNCJzsvrieyGls5DSWKjOxfgHmdPU/TRlO11fz1D3RdpnkU1dpOln2j5n"
        "OvzOtH3Pcvif7QpxtiNMyu60neOKu9gTe7Er/mJHvMUuHothCUHOwHIOlrZl+nq+oiy3XRc4bCu034VwEeFiuISwUplL9fUyV4qrPGle7svt"
        "FQGUKwNp/wyhXuVJcbUvzdWhMVd7ynK1p/RWu3ivhjXUqtZQu1pDrWoNtas1ap0iVyrSXKev19v3Gxy2G132mzyutT73zQGUdYG0W0Ko60Pp"
        "G2hFdRtshE1wO2GzMnfo652whXCXMlv19W64h3CvMvfp6za4n/CAMg/q60PwMDwCj8Jj8C94nPCEMk/q61O0dnsanlHmWX19Dp4nvKDMi/oq"
        "V3cvwyvKvKqvr8Hr8Aa8CW/B2/AOvKvWfv+m1d92+A98CB9RPXwMn8Cn8Bl8TivCL+Er+C98Dd8QvoXv1PX/9PV7+/6Dw/ajy/6Tx/Uz/EL4"
        "Ve3UvwN+J/wBfxJ2+sL9FUAppoU2IkNapBAMZbL0NRtrEGrart0cthxay9Ymk0vXOlgXZ0NdrE1Ghq/rClcX5XhaF5uQqUvrXxmyngpbT4eu"
        "5wlfT8eop+LUU5Q8HS9Px8yz4+b5YufZ8fM0h1TsfDt+voNDfgCPfAeXfJtPvu1bHxuQaUjXRkgzA86CJsrdVFGa0RpfrvKlaamvrex7a4et"
        "jcte4HEVYlvC7qQryNm4HbZHOW+3p3sHbeugffZAaToqV0fl1xHD5ncrVCcdrlNEyE4oTWdXaXXxuLpiN+yOPQg9cYjS006FU9Se8IJmtRpq"
        "P5ZcWnPk0RqxIc1xTWklKFd9hbRKkzpbd1pp9ae1VRGtoIZRHkarPfgPohl0Gs3BM2nePJFmvdNpzFxGY/sqGh+vplFjPY0KW9WZKI9SH36G"
        "+ucr1A/fob73IfW2L6m1f69O4dgJnHJbh+qlGZVpe8pvL9K39iZNaySOwbF4AB6MU0jDOhJnk341F+fhQvwHno6L8BzSsM4lvepS0qhW47Wk"
        "S91MetRG0qG2kP50D2lOD5HO9DjpS8/jS0pXepM0pe34KX6DP+NONFht1oA1Z4WsE+vF9mJD2Rh2AJtCGtEcNo+dxpawFWwVaUJrSRfayO5i"
        "97PH2DPsBfYi6USvkVb0HmlFH5NG9F/2HfuRtKE/WDFjvAbP5fV5U96at+OdeU/enxeRXjSaj+MTSQ86gjSg40nvkTrPYn4+v5hfTlrODaTR"
        "bCL9ZRt/RGktr/K3SWf5hH9FusovpK38SZoKCEaaShbpKruJWiKXtJU8UZ80FlNfaSlaiwLSV9qJDqSzdBO9SGPZSwwWI0hfGSsOEAeTvjJd"
        "HClmizlirpgnFohTxWlikThbLBHLxSWktVwr1opblaayTTwsHhfPiJdIR3mXNJTPxDfiJ/GHYEZNo57RhLSS9kZXo48x0BhqjDbGG5ONw41j"
        "jHnGacYS4yLjn8Ya40Zjg7HRuMO4y7jbuNfYZjxgPGSA4+RO+fzAsqV+3iNxWSgNQ2jMxSc4LrPDsRLDxU0jOt30w5nPWLKUyx+KK2rKFwNi"
        "hKURHpd7UkMtb1BeLC7MUUtBOfCGgzLwc+bLWVpeiSBm3OjSELb8hitmytdZxhKG7WuExEXta6WbSiMrJI0gXzNlI4SfN1dZkXnOiuRnRObP"
        "KDF/JZekzDPTfS1L9xAMrIUsX5t0xjXsuJBGuqm2hipuUFmhryTjpBvWNsour3PUYr5yjk63LPIGpRu3PaffTsveXspS56Wrt7KUfdhoESd/"
        "qXDecmaR/ZelPb6wyHpjaY8vPJIfLxW/cHl5qeSN056jJC/P/MWtt7j1Eb7ySL8PljxvleeYDTH7b8WN2enIW/Yxu3TyRqdb9votnzpKp5zL"
        "UlZBeQ5fIZdu/RfNL3zFWHL+ypJuGOc4+fOGM+zxLkhLCPMNz19YjKC1aPhcYZQ41gWVnzd/GLIe8tYHOkYR58/Qcb16o1PebLusDVepMAcH"
        "t7bIA9pBGBcrDab7Q5YrD964WZFxjci4hq9Og+s3Kqdx+AmtyZUUw7C5muFqBuiDNQN0zpoBumm23d54QJ6D2lAqB6mc7laiRmrSClw0rxwF"
        "JcYw5SgoNzlM38KYaQTlpTAgXGGALh7UXgpDnnlEPy/x0lK9Kkjf7xs6CsixiNlxeQhnrnyDuDCbCw8ZY81VbV9XCaW0CVDpM5sft/1F5JjN"
        "7fVjHM5+fqD5WbKVPqfh/EqXU+9cUT7l582fUUZ5U8+R4nMpOVfp8DPzE9aymT3LWj3AyY/F5McCekoQv1T+mOZdNfnDyPyxcstfevxYTH5Y"
        "6fmLW37l3V68/CoufyX3KHcJodpNEhy9ndslyV05DeMcJpuXM9OjoplG2ft0VbXJXakNBb29SY2sELDSCHofwELXEUFaAnPMeVb+uKs+SsuF"
        "2Vx4JBfm08tKk5doLu68mDz7RLxt8c7n7nTNuGbv6RLS6rzhusYM1y1muO4xw/VIOxwGPMtIhesZk1/PmPx6xeTXKya/3jH59Y7Jr0+AbtAl"
        "4s0jltAiukbGjW4l3SLjRrec7pFxo1tTj8i4PcolblAt9Ah5qpFeutFxg9LtGZnn6B4QN250ukF5jptudNygdHtF5jm6h8aNG51uUJ7jphsd"
        "Nyjd3pF5jh5B4saNTjcoz3HTjY4bNpp5n3lkxrXMuJYZ1zLj2v/CuJYV88l2hlZ1tJwAWq5Hs3brfkExmOvtnPmEIiegRTB7fZ/j0crdbxXi"
        "pmG4npOaT1pyXM9LvOmWHIMFfP8SlGdLSm6XTFQMDIhRchre96bM8wViWDm73+ZGhwtKN+hLxbjh4qa7K+ePBbxthpAvZqLbbtA3zOH9qFbM"
        "uLUie2hYb+T6Xa+7tfvjpkoyOAaG5Kp0PTQ8B+n31ZyAmYnFHCPC4ppl4E2XpVEG3rEuqsTTGRMRikLqyLwX2Zz9X1aHl0F4jKKQNLy5Cms5"
        "UMp2iiFxw9spusoP0qqjklNLhWOh3/swm3NRSNmbOyRkqfd4Io1aELaUZhpcpeHnkho7iwLmFFZueTHjunOQev8R9IVBUK7Knpdsuht22QTl"
        "KrpcrNrytnGZKymnUOkajq9vylJCVr35+aXaWrZ64+x8Gu/MqVve8DVIEBeM5JJ+XoSnr3LfqsXkIgL0ivTzIgI0m/IuFxHwPi/9vJRPuUTn"
        "Jahv5cXsH/kB/SOIX35Mfnkx+eVF9pT8gJ6SH9BTUj05P6An5wf05Gy1F42w8yJUXqI45wVwzovJOSjPcUs3VRp5AaVRPnkW9rjmzalQ5Zdl"
        "f/tX+hJPpZEXkEaeKw3vyqhfLH01fJVmrfWs8sO0uWAAl6CcFgXklAesMooCdI2oVZp3fZX6gjDo3xzp06xv0Mwdmsx/+NZW//Gtp3eJaQRN"
        "oYX9H98u0AP6wAAYBINhuPp/8YEwGQ6FI+EYOBFOgUWwFFbAZbAaroO1cBtsgW3wKDwJz8HL8Aa8C9vhE/gSvoUf4TfYCQyz1V5K9bEJtsRC"
        "7IBdsCf2w4E4GEfgGByHB+EhOB1n4NF4PM7DU/AfeAaehUtxOV6AK9QuSZerPZKuxZtwPW7CLXonpAfwIb0P0pP4jPpX78v4Cr6Gb+Cb+Ba+"
        "je/jf/Az/Bp/UDsgCVaT5bI8tQdSa9aOdWY9WX9WxIaxMWwCm8QOZTPYMWwum8/+zs5kS9kF7GJ2CVvJVrEr2Wp2Dbue3cTWsQ1sI9vMtrC7"
        "2b3sfvYQe5Q9zp5iz7IX2MvsNfYme4e9z7azj9in7Au1L9L37Cf2C9vB/lT/BjZ4DZ7Dc3k9Xp834k15C96aF/J2fA/emXfjPXlv3pf353vy"
        "gbyID+bD+Ei1c9I4fgCfyCfzqXw6P4LPVLsmHa/2TZqndkw6lZ/GF/Gz+RK+jK/gl/BV/J/8an4DX8dv43fwLXwrv4dv4w/wh/gj/DH+OH+S"
        "P82f5S/wl/mr/HX+Fn+Xf8A/4p/zr/n3/Bf+BzWULFFL5InGoploqfY9ai86ii6iu+gheopeorfoI/qKfqK/2FMUiSFiuNoHaayYIA4Sk8QU"
        "AbF/XD+tCrYze/UNoXQW8hUo1708msI8ukBQGBGDYgSGcUpUEt0okW494XCWknD8kyMO3XD8Wy/LI4szVuX6GqX2dZeqyIQsVUgjsrTj+rpb"
        "rNhlQ6bv636uVHm+vAy+Ts48TV9eTr7M/t+VNRb544b5shJ9mUtXiq61/wVfXsm+zPV1auX78rR8rS8YjVL4ljTXB8/+ZRl/vF+rgmsEtuw1"
        "HRpDaq7ntMJPhclxzP61PeGd7coZK46vs45K68sj0xUeX/e6scAhV4HvaW60r/B97VoaSpy0gv7jZGqdfR2jVxy6mbooVRjhaEfcUbbphnGm"
        "ZcROywjkY61LozhY7dmfBxZSDtF0PzfmyAlGxnV+516WMDwwDHPtJcAcfafsYXhIPQbn2akvRKfo11asMCJGOYjY5SBiyBgVJiy3LNLX3R9Z"
        "4FxQWWGYRxb/vGD5dvHNRF19lG4+SncfpUcMSs8YlF4xKL0jKFx/hVRVMpZXOZRXWZW1PDNlvuuXOYd8h72pw97CYR/ssI9y2HdTc5zzmU+e"
        "j1LfR2ngozTyUZr7KC19lFY+ShsfpdBH6eejDPBRhvgoQ32U4T7KCA/F/+zRvULeO4bdjBVFsep3H1+N+ym5Km4U3Vrb5zpSZBF0t0Zg8uEh"
        "4XkEH1OiaN+wtMLjck9cDnVC7LU8dnfN5oTYi8rJbtZpNKX0ca1aNt8K+XXMMHqKTzxf5mvtleMbVSZVFcYqpSZVTnHuNxrnasnV39d+zN5U"
        "VCI9qE3u7etTfkpqZHO+g3A+GfA/KfJr8f5nHcx+HynfSJqnWNSwT46R7yZz9WkW5hvKfH2ORUN1ZoWJJuq0CjfMcytMtFDnV5hoRWhNaKPO"
        "rLDOqmjnQXuNDhp7qBMp5JkUndRJFNZZFN31mTW91bkT8uQaeeqEPHdiAOypTp0YpM6akCdNWGdNDLHPb5D7NqdOjtjXPi/C3MV5vDrHwTqT"
        "YaI+X8HEIeoUhdR5B/LEA+vMA+s8A/PsAhNzNI7VOE7DeaKBifkaJ2ss0FgIp8Cpem97a9/7s+x9/81zd+SO/sv12TtyL/+L1Q7+cg9/uYv/"
        "ZbCKcLnaKd/aK3+1Y797ua+83Fle7i0vd5eX+8vLHeblHvNyl3kTt2is92CDB3I3ems/+s32N6HFjp/Zsk2bm+beLypsJxknokOX9pfiZuXN"
        "z93ysfLupaZihufYArP/VZ9ym2NUqmwq/4clQOYNPSWGvn/YhO+t7C0N5oDzZCtv+frbkpVOceTPqqviXfBnlSaCV7Zw2cv/t6uWTqr+vKWG"
        "av5yoiryFfxdBQS24F3hx21NwN/buS7Tiv8Z5Tpml//oF2c8rJp8FRczx7du7l1ww3driyeldxQPLoN0uJXml+2Dob7oNI3fx7pa/oaDkq3a"
        "c3Yk0GVHF59sF69s+79Oho/uji+v4HinIlFDQ66zyx/1KxTWqr+5A60V2mr41/PlAbnWd6JnuaK3hqk9WLqDeUKdqTOMdpwoN86hHViagVsn"
        "OMKlBcxRa37/+WX+VX30it46kctax5ur+DX6bE3vuVAbYCvcC/frM5weg8fVGZuvw5vwNrwH/4bt8CF8Bl/AV/C1OuHoB/gJfoHf4Hf4E/6i"
        "bsxQnsBZQ53AmYt1MQ8bYGNsis2xJbbGAmyrzuLsiJ2xK3bHnupEzv64pzqRcx8cgsP0iZz74jicgAfiRJyEh+BUPBQPwyNwBs7Co/AYPBaP"
        "xxPwJJyPC/AU/DuehmfgmXg2LsaleB6ejxfY53Oa357K0znleTKbcDPeieYZpu2VRllALa+u+u7Z1GOdWmw90lw7kPZohS/QZx3KeJJWT32T"
        "7Y8n40ieVviwX2N1qmpLpaemPwsH7TgY7yfPcS3Pn9Su5Qhexz6vUuryJtV/td4Sm8aK0Vg9D2imy0J4DPooglIz5RAVZJh+uy0qMA2/ke0B"
        "KjnNuMasv5Lv0uSqdaBc4SKNbIb9Fft8uz6zaDQzW7D8pn2BpsvTq5Zo/VWeQLxU2+U5xOeqdl9cLE8jPk/bm1ErWKbDyDNNz9f2Qup7y3WY"
        "9tSqLtD0TpTHFdouTy++UIeRZxh/rfMpnwcBmnQ5rqO2y/GdoRlXjvNc2+V4L9CUV477hrbLZ0ZZ2i6fHWVru3x+VEPb5RnJNbV9f5ojdtN2"
        "OU/kaLucL2qhUPaD5Vmd2j6VZo1cbT8cZkAdbZ9FM0hbnbc5NIPsru3y7OV22i5Ptmyv7afDmdBB2+V5zHto+zIqtY7afhHNIp20fRXNIp11"
        "mciZpIvO59U0n3TVdnliczcdRj4B6oPm/8nlU5++aP7HWz7vsXTrv7Qp1K2mwHMv9Nyl6Qu79v2vcjI5mp/5HxfTnqKl7GHxivT/d7x2Jy+n"
        "v/Pu9MtW/xBK2fND7HkBduEII0LCixj8RUj4MP7OMP7yhIDyxNDytIz8yRO9Ae4tk9oi/wVTtZrq/wNMyexo",
    ),
}
