"""The rules as tables: python docs/make_pages.py writes what stands in this file, see `rulebook`."""

from fractions import Fraction
from typing import Final

from edgewise.ops.op import E as e
from edgewise.ops.op import Number

MARK: Final = 3362091151
LITERALS: Final[tuple[Number, ...]] = (1, 0, -1, 2, Fraction(1, 2), e, 3)
TABLES: Final[dict[str, tuple[dict[str, tuple[int, ...]], str]]] = {
    "exact": (
        {
            "lines": (76, 119),
            "index": (113, 119),
            "list_start": (193,),
            "lists": (616,),
            "pattern_start": (161,),
            "pattern": (732, 5),
            "build_start": (161,),
            "build": (539, 3),
            "rule": (160,),
            "surplus": (160,),
            "guarded": (160,),
            "guard": (160,),
            "literal_num": (7,),
            "literal_den": (7,),
            "commutative": (113,),
            "signs": (112,),
            "pair_start": (477,),
            "pair_lists": (144,),
            "pairs": (13, 6),
            "steps": (51, 2),
            "same": (113,),
        },
        "eNrtXQmUFMUZ/v9/ZnZZ7mOX5V7YBZdr790B3EVWEFiBVREEUQRETiEeeKASRYMRFRSJB0Yxoije4h08Y9RnEp+J0cSoiUmeiXnPJC9GI+hT"
        "YibV3TU91d3Vvb0nw1T197q36u+qv+r76+zpqu39if0K4RulAPrI0COmFNvOSrEdpBTbIUqxHaYU20Kl2I5Qiu0RSrFdrxTbu5Viu1sptvco"
        "xfZepdjuUYrtfUqxvV8ptg8oxfZBpdg+pBTbh5Vi+4hSbB9Viu1epdg+phTbx5Vi+4RSbJ9Uiu1TSrF9Wim2zyjF9sdKsd2nFNtnlWL7nFJs"
        "n1eK7QtKsCxg51BlyrQAuinFtqjD2W5Vqo+4SyGuW5Qq2V0Kcd2sVMnuVIjrJqVK9laFuG5UqmRvUojrBqVK9gaFuF6iVMluU4jrxUqV7PUK"
        "cb1IqZK9Ls3zl5WBNj+QOFRs56cV25wMLNuvDhnbk5Vie0pase3TYp0laVyXDybwkLBdlBFsh0PZYVi2/TNylvN1Imq7SUCuw9cclLY4Zvvj"
        "YCJiu7MFdHL4MgMHEqKvp4A8h685qGhxzPbHwUQv291XwACHL1PwdSLfdo8SMNbhC48xUN7CmB2Bg4nRtruRYxnMgiW2r30wo531y7BYYNgI"
        "qzlWwCpYbvvaByvbWb8MZwoMV6fxyKHRWtQJmObwtT0mtrN+GcDhO0pAvcPX9pjUzvqbxtECpjt84TEFjg0VbnIL9bcOCFNt9zECGhy+TITV"
        "eqPszIJIRvdQMXYWCxjp8IXHqBbG63joUUkN9NI20NDQ0NDQaHf0VoptV6XY9lGKba5uzRmLPG0DjYxAN22DjEVfpdh2V4ptvlJs++nWnLHo"
        "rwzTzubaqZwWxe102DAUMUDXbw0NDQ0NDQ0NDQ0NDQ0NF46E8RCHaqiEciiFsTA6o9nWwgQYBzVQBRVQBiUwRqmy7pIGeZjRYZjZgWn5QWQ+"
        "UPc2GYtB2gYaGhoaGhrtjh5KsR2sFNshun5nLAqUYjtUl3jGoqe2gYaGhoaGhoaGhoaGhoaGhoaGhoaGhoaGhsZhj2HaBhmLQm2DjEWRUmyH"
        "K8V2hFJsj9CtWUNDI+1gHAjGtzdikGV+pa4zdIGu0A16QE/oA7mQB/kwEAbBEDYeD2c92UjzC2AlUAblUAlVUA01EIdxMB4mwJFQa34ZZ5L5"
        "rZVjYBo0wAyYBY1wPMyGuTAfToVFsBRWwho4By6EDXA5XAXXwY3wQ9gF98NeeAZegNfgTXgX/ggfw7/gU/gMPocv4Ev4Br4Fwk7YFbthD+yJ"
        "vTEP++MwHIM1WI+zcAEuw3W4Aa/ErXgz3oK34u14J96DD+Lj+Cy+gm/ie/hX/Aw/x//gF7gfD+BX+A3+DxOIFKVOlENdqDv1pj6UR/1oEA2m"
        "IVRAQ2kYFdJwKqYxNJZKqYJqKE7jqZYmUT1Npql0LM2gmTSLGuk4Op5OoNl0Is2huXQSzaP5dDItoFPoVFpIp9EiWkxL6HRaSmfQMlpOK2gl"
        "rSLD6pblc0zbJ+3fncEoA+PaC3qzsship+UzyiWbnSlfHoufx0LlQV9+zWfoB/0ZBrDSG8zKrwCGsmehQrMcR7CSzGKnUaK57Cxm+oqZtNh0"
        "92HnaIYx7Bxr/h1rukr4tdT8W8bvlNnSMi4vt++UC/fK7bsVtqtSCFnpCFsphK4Uwlc5YlS74lQ7YlU74ok+950al9a4R2/cpTnu0Bb36DPa"
        "hNUqjHZhuGr5tc6UTLR9RwmuSfxePf8O0RSzHRnnVH6d5kp3uiTlBknuj5XKZvhIZ/rKZ0nTawwI3+ixbaPHlo0uVo0elo1wHMPx5nkCv862"
        "/54ouOY43HNdvpM8/nkSyXyp7GQf6QJf+Smsx1sIp7FebzHDEvM8nV+XwhkMy8xzOb+uYH3jSlhlnqv59UzWW66Bteb5HX49C85mPei5sA7O"
        "g/MZLjDPC/l1PVzEcLF5XsKvG+C7DJea52X8upH1v5fDFeb5PX7dBFfC91mvvBmuhmvgWtgCW1kPfT1sgxtgO/yA9dU3wc1wC+yAW1mvfRvc"
        "DjvhDvgR3MlGiVFsdABzNMkyR5KurIfqyfqjXNYXDWB90FDW34xkdaGM1Zw4q+l1rL5PZnW6gY8Qc5jl5jObLWLWWca4r2Us1zFOFzIGG1mu"
        "rmMp3wH3wiPwNBsnXoU34G34AD6Cv7Mx4mtAzMFe5pgwGquwFqfgTJyD8/FUXIqr8Rxcz0aHjbgJN+MW3IY34g5zhNiN9+FD+Cg+hc/hy/g6"
        "GyfewffxT/gx/oONFl/if5HY6NCdcmkAGw2OoNFUzkaAOtb3N7Aefy7r3ZewnnwtraOL6DK6kq6lG+gW2kl30x66nx6kh+lReoyeoKfoGdpH"
        "z9EL9BK9TK/Qa/Q6/ZzeoDfpV/Rreod+S7+j9+n39CGB8LVcY3ROulKH++vB5CtDHxk59Mjjkh2OmgwXMf1ZZgjvt40jpjR1FyUx/PLiHzfi"
        "Sg05N1leklpIsJYsB+5wxhGzNfhpbio1aEWuRHZi+bvtAiHjBts0alsx5oiZuiuWlIGYfTcWGNe4G+F3ideaGK9F6CpBkNT2mKQdxHiu3Nzk"
        "ZVTokLlLtbDJGJbVCiWlmm3aIWVFp5aopJ6m7haFTEOWlyJJuCJJ6ctaVJFPWwUfqVyGdk8gq2FxnxZq9Rpkx434aI6Yd2VaUk8uEUm6Ubuu"
        "xR0WsvKJwpfIk/oi9v2oj75UK4mYMcJo9uoDri/JreU59dfXspyKfGNtZj93/mKt5JvqucJraTpXzdUXJi9oxo21Q16stpPqd/1aGfE8pFqj"
        "qI8k3GT6SNJqZfpS+SOu+9DkDwPzR22Wv+bpo5D6sMPzF9Z+bV1f3PraL39NtyinhQzNqXlBcqZJfKQi1yxNptmPm1sz8R7aSsPfpuleJ9Op"
        "DsmedlI9K0hmPbLZMPnOaaIuLSg8AVnfMAaBF9lzlZZpIVtLJFALeZ6AWpKXYC3OvFg6awKeNcTyrbFbSolPDXOHKw0ZrixkuPKQ4SqaHQ4d"
        "M2B3uMqQ+ipD6qsKqa8qpL7qkPqqQ+qrkTyTlAQ8qWMTNaI0MG5wLSkLjBtcc8oD4wbXporAuBVtEldWChWSXgWanW5wXFm6lYF5Dm4BYeMG"
        "pyvLc9h0g+PK0q0KzHNwCw0bNzhdWZ7DphscV5ZudWCeg3uQsHGD05XlOWy6wXH9ejP3by26X9P9mu7XdL+mQr8W7g2HlqklS/7ebq0Vst7v"
        "djNXCfWF/jAICqAQRsBIGMtGkWoYD3VQD8fADGiEE+BEmAvzYAEshMXme+9lsMJ+t302nMff726B7bADdsJdsAcegr3wJOyDF+FV+AW8Be/C"
        "H+Aj+AT+DQfgICBmY1fshfk4GItwFJZgOVZhHCdgHU7CyTgVG3AmHoezcQ7OwwW4EBfjUlyOq3ANnoXn4vm4Hi/BS/Fy3IRX4TW4FbfhdrwJ"
        "d+BteAfuwt24Bx/Ah3EvPoFP4z58Hl/Cn+Jr+DN8A3+Jb+Hb+Bt8F9/DD/BD/DP+Bf+Gn+A/8VP8HPeb64q+ZaaKUBblUFfqQb3NNUUDCUIf"
        "EW77ILfzbWBE6DH8JOR6UywLEw2UQAiJFSsm1ePMf7A81qQ8+fZRtE/U/t09nDwWIBdTJMfvgVHX2wCRbwRyBD2FUnc4S4aVhElL9k7Q+h0n"
        "LjALI7dSj7YoTFR4ixsRSr+5YcS0YqHTikn1JMs9SEOE/9abuuusM/K4YhhZ/snHhsFyrzYScoKBccXfcVsTJiINQ/acxKmtLcJEfOqAPM9i"
        "Ww5O0dvDJMNEQ9ghGtoO0RAcg8L45ZYC7zrbMkn76o4KQy4uzjZY4hkvSj2SMo+k3COpCCGpDCGpCiGpDpBE+Gz7UHFsKzu0la1aa09t8/S3"
        "eYQ9C6TcAwT3YMF9tOBuENydzXFNnIP19khyPZI8jyTfIxnkkQzxSAo8kmEeSZFHMs4jmeCRTPZIpngkUz2SaR7Jco9kpUey2iM50yNZ45Gs"
        "tSVkP+EZz3jGvgRjF0E/cxfBQHMfiLWXILmbwNpPUGGuXrfWexsrvo0138n12qlV0ca6aPfKaHFt9Ol8TbSxDtpYCb2Cr3+2sFZY8Zxc82ys"
        "dbZWO6dWOFurnC1cxrGRQ1zhbOEqjs0cV3M0b+XzLvbEejfshnsgIRyWdZN/3e9Ixfek3iMZP6UJXXDrSoLst+cpP0EzHj3b/MBmIKGPVh2g"
        "j1bWVaPNJefUqTYEwkwcm6UtaNWsX0tpjra2PLI9iJlrm63Teyd5Td6PCZJscwzJDgQ63OjQk+3Qlc0tk9Ibk+hBW483JUPasUdnpZCbEcgz"
        "900eDkjOyeR7O4vNfbrWvrvkrrwKz37dWpho7jms53sNrf2F09msPLV3L8zOtiXCzG2FsGvNu1PtAtd8LbkLramdZxFhh3IO3yMrk6XWKrZ+"
        "ZzQJs6f0/+8hUfv3oBH8d8uoucPXkhtva8aZrBKJLtCNlb7lNvYPTzB/i0kk+rDafyR357PaVcvDDGQ1rI67C1gtm8jDFLGUjuLyYlbbJnH3"
        "GFbj6nmYMlbrivgsuND1t8j11zjjkN5/jePFNhgbXoKfpOkM6P/KM418",
    ),
    "real": (
        {
            "lines": (129, 119),
            "index": (113, 119),
            "list_start": (451,),
            "lists": (1414,),
            "pattern_start": (341,),
            "pattern": (1668, 5),
            "build_start": (341,),
            "build": (1258, 3),
            "rule": (340,),
            "surplus": (340,),
            "guarded": (340,),
            "guard": (340,),
            "literal_num": (7,),
            "literal_den": (7,),
            "commutative": (113,),
            "signs": (112,),
            "pair_start": (477,),
            "pair_lists": (500,),
            "pairs": (60, 6),
            "steps": (227, 2),
            "same": (113,),
        },
        "eNrtXQecFbXWPyfJ3AUWFt0VKdKX3peOyC5FpIMoiCIiHUQQxIogNkRELAiioKKgiIi9Yu8dKxYsz/Z86lMfVqyf7pdkcudOyczO3V0WvDP3"
        "/8tM5kxykpN6kjsz57vi7yKEnyOFPzIcOx1XEP8y9LdvpKStGSlpW0ZK2taRknZFpKS9PFLSXh8paddHStobIyXtxkhJSzBK0raNlLTtIiVt"
        "+0hJ2yFS0hZEStqOkZK2U6Sk7RwpabtEStqukZK2W6Sk7R4paXtEStoDIyVtz0hJe1CkpO0VKWkLIyVtUaSk7R0paftEStq+kZK2X6SkPThS"
        "0vaPlLSHREraAZGSdmCkpB0VKWmPiZS04yMl7YRISTspUtJOiZS0qyIl7cORkvbRSEi7nLuLI1OnQtrrIiRtnUjV7YYKl7ZmpEbENhGSdv9I"
        "1WzrCEmbG6mabR4haXMiVbP5EZK2SqRqtkGEpE1EqmYPiJC0RqRqtk6EpGWRqtnaEZKWRqpma+3l0uZmYJnvsr5xMTcS0g4DE9GQdiSYiIa0"
        "03HPtOQde3W/3SeDR6nqkRqTr4SGpeZ5214r7c7iP4vNjtvBQV+T4dJCBUv78R6T9stylPYGuOMfXbcnY5Ra8oWRkvaiDJN2Z4Sk7QTfQUco"
        "slG/rYD59os92pL/Z6Mux1uxISzD3Smt+3cSVqS0y22prUOhJ6/OuN2VlOZ4rU22m6S0V2ewtDfaZLuP+2tk4KrgV0varZGQ9kgwEQ1px4KJ"
        "aEg7FfdMS34vUv32g71C2qFwqDxHY6dGJ+0MzFRpR8EREZpvvdJO2001u8nB93bcE9Keo87N4BJ+XMndoAzSIH8vZvLcR12fZ0kLStpM+iWl"
        "hUhJG4W6HcilHcSPA6F/Rktbba9syVUj02+zIzRKVcn4MbnyP3QGqpRR821WxmoXORHSpTZ76nYkZqa0xMJV0Mh2lR5uL3XM3Q3xXwGVvgLu"
        "DI7RMAbuRwP2l1eZhV+Lk76HuIR5NuznuMoM7CpO+k7krp6FK6Cx7So93F3qmLsboiXXt67yORZjvjw3l8dVkJ9R+L24qeWfo7AR58BsuAbn"
        "QGZhV3HSdwOX7VSFB/BUOM26yhz8Wpz0PcglvDRSuCxSWGthHVxt+W/DtZAO7oK1eynEmHwNXMshrm62cCtstl2lgy1wZylj7n4IaW+xrrYp"
        "/AdehU+tq92DV3Yzfx0+sUm4DX5S+BF2wQ/W1e7Bz7uZvw7f2yT8CWiMjMVgjiEwFMbBCD4DHy2vBYZxd6h1VT4YXs78wgBhCkyWmM+vjuE4"
        "FsbL8yR5FJhg+coTE3cL12CcAtNgqsQZ/OowhTFwJtccj1BXYy16GIyCRaHCHe66Hp1WKqWD2K84GY6CkXAkv5ohMU8eT1dXM+Ak7k60rvSY"
        "W8J9PebY/CfwdcgMmFUqPiXjeHk8DqZzJzCTX5m91+AuC1hGj1AJ7jrb0FWduzioJaNbmuH3HKIx8yyEBZa/gLvK0lcpgyWu7LreL9Y/YsT4"
        "x6ADdOTHtjZKqwpJt1OFStnGcdXe5m+dgXXaLm7XkUGNSElbPVLS7h8paWvGvTljUSsugxgZgX3iMshY1I6UtPtGSto6kZL2gLg3ZyzqRkbS"
        "atxVgaqlipv9j5HQjnpx+44RI0aMGDFixIgRI0aMGDFcGAiHwMHQF3pDIRwEB0L3jJZ2EAyA/tAP+kAR9IKe0CNSdZ2zF+ThrArD2RWYlh/s"
        "ktePR5uMRYO4DGLEiBEjRozdjtxISdswUtI2itt3xqJxpKTNj2s8Y5EXl0GMGDFixIgRI0aMGDFixIgRI0aMGDFixIgRI0aMfzyaxGWQsWga"
        "l0HGolmkpG0eKWlbREralnFvjhEjxl4H8UMgwMCABGRBJagMVSAbqkI1yIHqsA/sC7nSxub+UBNqQx04AOpBfWgEjSGfa18toRW0gQLoKG1Z"
        "dIMDoSf0gkLoDX2gHxwMh8BAGALD4FAYCYfDKDgCxsBRMA4mwFQ4HubBGbAAzoRFcDacBxfAUlgGy6UluRWwEq6A1XAlrIGr4RpYB9fDDXAj"
        "3ASb4Ga4BbbAbXAn3AsPwuPwHLwKr8Eb8BbsgPfgA/gc/gPfwQ/wMxQDIsUE5mIe1sA6WBcbYFNshm2xPRZgDzwIe2ER9sWDsT8OwEE4FIfj"
        "SByNR+E4PAbH47E4ASfiJJyMU3AaHoezcC6egqfhfFyI5+D5eCFehMvxYrwEL8XLcAVejitxFa7Gq3AtXovr8HrcgDfiJtyMt+CteDvehffi"
        "VnwUn8Bn8CV8FbfjDvwYP8ev8Xv8Bf9GRrJJLqlNGpFWpID0IH3IYDKEDCPDyaHkcDKGjCXHkqnkODKTzCKzyRwyj5xKFpGl5HJyLdlM7icP"
        "kK3kQfIIeZQ8QZ4iz5EXyDbyNvmE7CS/kGJSiVam2TSH5tKatB5tQtvQLrSIDqZH0Ml0Cp1Kp9HpdAadSWfTE+k8ejI9jS6gC+kieg49ny6h"
        "S+lF9FJ6GV1BL6cr6Sp6Bb2SrqXr6HV0Pb2R3kw30y30dno3vYfeR7fSR+ij9DH6OH2CPkmfok/TZ+iz9Dn6PH2Bvkhfoi/TbfQV+ip9jb5O"
        "36Bv0u30Lfo2fYe+S3fQ9+j79EP6Mf03/YrupLvoXzTBslhlVoVVY/uy/Vldls9aszasLWvPClhH1pl1Yd1YbzaYDWFD2TA2nI1gI9kodiQ7"
        "ih3NJrBpbDqbwWayWWw2m8NOZfPZmewsdi5bxi5ll7PV7Dq2md3B7mFb2YPsIfYIe4w9zp5gT7Pn2PPsRbaNvc7eZh+wz9jX7Bv2P7aT/cB+"
        "ZLvYr+xPVszQIEZ1I9eoYeQbzY3WRlujndHF6GX0NvoZA4whxlBjmDHCOMwYbYw3JhlTjOnG8cYcY76xyDjLONs41zjPWGycbywxRM8ze1+2"
        "p9/VkD2vlux7Zv/L5q6utJRaHxrIY0PZHxPSNqy4En0zi7vUVRMeognn34T32Uby2IyjOdfDWsg+nMVda86htezPWfLYGtpKSltoxyntoD2/"
        "ag8dOAqk66iOnaxzZ5uvi8Pf1XXVDbpz9ODjhRgxhDtIHcXoUYm7QiiS5yI5lvSGvmpE6S9Hlf4wgI8s2dwNhEHyPAgG87Np/2soH3FGcBwq"
        "3Uh1PMw6H27zjXL4R7uuxHg1Bo6U7ih1HAtH85o42hPyaGl3zEurw50If4z27jHyzjgYL8ON9wkzHo7ltX6slYNjOSZIygQbbQJMdF1lczcR"
        "JrmokyR9EkzmtTpZ1u1k3komwxTeUqbwOp4ia3qKpIh7U1WYqYo+TR2nS0tOM/lIPgtmwwm8XZ0g+cyRMeeoOHOs2HPkvSkwV6Yz1+I21zqb"
        "8eZKO1fz4CQ4GU4BYSn2dJjP54p87hLcnc6d4CRmjyzu5nMn/ILnAp6DBXxGWQRnyXllkXyrWvjOUcdzrfN5auYxw5xnoy9WdxZb91KU8x3h"
        "llj0JbawS2yh7SEucMVdaru31BF/qYPDUgcP99WFHq7LHHyXuTgvc/Fe5uG3DC7iWA4Xc1wifZeq42WSssK6utzmW6nureJztzl7XwlXSbdG"
        "Hde68nW1JuVrNNJcq6Wt86Fe50u/HtbDBq5JiPFN6BNidLuR+zYqykapY5jUmzx53aTN7aaA1Da5eGzy1MQmT11skjZIN0t3izpusc632ny3"
        "Ofy3u67u8FzfqaHcpaXd7UO9x5d+L9wH98MDsJXrZA/CQ9I9rI6PwKMcj0n3uDo+AU9yPCXd0+r4DDzL8Zx0z6vjC/AivAQvS0upr0pNT7jX"
        "1fENeJNju3RvqePb8A7Hu9LtUMf34H2OD6T7UB3/BR/Bx/AJfAqfwb+l1vgFfAlfwX/ha/gGvoX/wU6uR37PNckfpeXSXfAL/Aq/we/wB/zJ"
        "5+n/k+4vdfzbOhfbfIB2P7quiOeaIuMwuM4qjlnqWMk6V7b5qjj82a6rqlgNcziq8/M+uC+H0ILzcD9PuBoayv5YE2thba4zH8BRV7p66lif"
        "a9ENsKF11cjma4z52IS7pvzYDJtjE2juuNtcxkweW0gnwrRwhWphhWipjmaolp5wOkorW+xW1jnJoRW2xjbcteXHdnwl0EH6C+RVR+zE0Vm6"
        "LurY1Tp3s/m6O/w9XFcHYk8Osb4Qc3ovLEQxyxfyc5HyFak7vVG4Pug37/eR4frIWEGh+qpwfVXIvihcP0dJHOy66o9iFj0Exbw5QPkHqqtB"
        "OBiHYDYMQaEzDEGhLwxBtx4hQpjnIXz1JEIPVeGHqhhDNXGGWrGG4jC+5hqOI3A4X3OeCQulHUzGZ/lK8gvAOVwTzpWrz1pcP6rP5/ZmfKRu"
        "xzXJrlxf7Mu1wKEwnJfIKK7hjOXyT+JaxnFcF5nLdYdTuV6wkI+25/Kx+iI+Q63kc9DVfFTeyEevu/hI9SgfcV7ko8h2PkL8i48A/+W9/Sfe"
        "w//kvZHy/pDN+04e7wcH8FLL56XWWq4au/H66sdLZwRfJx7NV4fTcTaexFeEZ6oV4cV8HXgFruHrv/W4ka/8tuBtfN13D97HV34P42P4NL6A"
        "L+Mr+Bq+ie/ge/ghfsJXgF/yNeC3uBN/wF/xL76sqEZqkHqkKWlLOpOepC8ZREaSo8hEvvY7kcwn55ALyQqyhmwgW8g95GHyNHmZvEa2k/fJ"
        "p+Qr8h1f7f1FErQ6rUUb0aa0JW1LC/harwftRfvQ/nQQHUZH0tH0SDqer/tm0rn0VL7OO5ev8C7h67q19Hp6E72Vr+S28hXcM3y19jpfnb1P"
        "P6Ff0G/pj/Q3+jdlfDW2j1yLNWYtWDu+BjuQr8AO4euvQ9lhfO11BF99jWXj2Hi+/prEpvA1mLkCO4HNZfPYyXwVdjo7gy1ki9jZfCW2mC1h"
        "S9lFbAW7kl3LbmBb+GrsYb4Ce569zF5h29l77CP2b/YlX399x35SKy9qZBnZRo6xr7GfUdOoY9TjK7CWRgejG1999TMG8nXXYcYYY5wxka+5"
        "ZhvzjNP4mut8Y7mx0lhrrDc2G3cZW43HjeeMV4y3jA+Mz4z/Gj8YvxskkZ3YL1Ev0TxRkOic6JnomxiSGJU4JjEtcVzihMRJidMSZyQWJhYl"
        "zk6cm1icAOtH5C5K0pf6ITh/xJeGPjTi4KOPS6xwpMRwYdMITjdFM3eQsuVVMhSV/mxbvpLhqmnCVdOEq6cJV08TrrsmXHdNuEJNuEJNuCJN"
        "uCJNuD6acH004WZrws3WhKOydlLhUJs/lDt2RMUBeSXCMe5nDn45mnQNBz+w0jNjGI4YqRZpxs3R5DnhigGO1FJ3URPDr135x6Wa/KFPXpJc"
        "iK3H6XLgDmeWQ5KDH+eSUoMy5Mpd+uDKaUl5Ac1Y4l+mzCpFw1Pn5l17TaFsQ/b24h/XkG3VvEvUyGM4Wl2qBtEqdzOnqVwlfHKlu4uqjev5"
        "ueVIBEqZCORnBObPKDF/JZe9yHOy1BJWqWFgGaAmrqHp5yWnm2qd5pikKyv0lGSYdP1aU9nltc98xFPOwemWRV5dumHbc/rttOztpSx1Xrp6"
        "K0vZ6/KMajQrKY1UOHc5k8D+S9IeX0hgvZG0xxcayI+Wip+/vLRU8oZpz0GSl2f+wtZb2Prw13LT74Mlz1vlOWZDyP67+8bsdOQt+5hdOnmD"
        "0y17/ZZPHaVTzmUpK12e/TXz0mmMwfz8dcyS81eWdP04h8mfO5zhWL+5Vyd+d1P50+mY/nOAUeIYZmj2IgxVVu49ALscWZbMhqP0iI2Dc4eA"
        "auojy5KAOrjoasu/7CsHri+d6w9zlqisWYOVHM5Z/mAr5yqh1n4AjR009wqycYkxTIkaa3JfupI07+aHTEOXl3xNuHzNSlNXM/k+9Ra8j+Sm"
        "oWuXwplGV5/dAHOMI1Zc6sOZyrs6LsTiQn3GA1MD66rZTUn2C2JxQYsLcfU89/hCrdYZhrOXHyh+SdlKn1N/fqXLqbvXlk/5ufNnlFHe1C5J"
        "eC4l5ypdfmHyktJayjsvZt9Jzb9+vYxY81myN9r5EY1sOn5E02t1/FL5I4r3nskfBuaPlFv+0uNHQvLDCs9f2PIr7/bi5rf78ldyj3KWkOBM"
        "bTpTct/fnKmIa0dYx9lPNjdnokZoMw3/Mt3b2+Te1IZ0/5ylRlbQaD26nXfiq9MwF5dkSSbn32T+qKM+SsuFWFxoIBfiWc+UJi/BXJx5IQ79"
        "GX1r0Ow7hlXfTLMDWbq4RO1LefPCSuyXVM2hyf/pmG0Xy10fUI78gvOcqgWd5hY2Nfeqo6z8Unk2OXcJ+C/L3qe7WKXW1mdUcYdrFzJc+5Dh"
        "OoQMV5B2ONTs8aTCdQzJr2NIfp1C8usUkl/nkPw6h+TXRbMObRvwTzCW0CLaBcYNbiXtA+MGt5wOgXGDW1NBYNyCcomrq4UCzUwCaacbHFeX"
        "bsfAPAf3gLBxg9PV5TlsusFxdel2CsxzcA8NGzc4XV2ew6YbHFeXbufAPAePIGHjBqery3PYdIPj+o1m7v21eFyLx7V4XIvHtSiMa4mQ/6LE"
        "tOjRsl3rc3A9QayPYa4Ngp5dEHHt+2G6uH7PAfjH1T3hTNX+AVUrWcP2lE74uPb/UanjP/B05KVqjc3Uvn/Ctl4vG7/U/8bmfkKiVGWafv7C"
        "8vPPH9E8Wa17Mp1Y6Wa79jKwhLrUp2E4/psxd3d17Yo4npQNjkE0z6rp8pyUMrUHFBQDNTFKTsP9jANxPV/sV85GSH5M87+9jh/z4Rf8vHIw"
        "v/JOtzzzRzTPkoDP023BbVf3zor/uFs1ZNyqgSO6X2+k6vkmZ2v3xk2VpD4G+uSqdD3UPwfp91XdHEBCjhF+cc0ycKdL0igD91gXVOLpjInm"
        "2yu6Okq9j0PV04Het1yC525djEKfNPxn3YTrn7jStVP0ievfTtFRfpBWHZWcWioc8X02L7VrX+hT9ua8mtC8VxRcCylNxkzD7+2k1NhZqJkD"
        "SLnlxYzrzEHqP1fdE1a6XJU9L1n8bFhlo8tVcLkka8vdxkWuhJymLmXYntArSwkl683LL9XWstS/Z6k79pw65fXXQXRcMJBL+nlhrr5KPVqL"
        "W9tE1zo5nbww33fsyq9cmOYZgvTzUj7lEpwXXd/KDdk/8jT9Q8cvLyS/3JD8cgN7Sp6mp+RpekqqJ+dpenKepidnyS+wMSsvTOYliHOuhnNu"
        "SM66PIct3VRp5GpKo3zyzKxxzZ1TJssvYa0eS1/iqTRyNWnkOtJwa0bdStzLCNbSkrpesvwwbS6o4RKcF53OSqy6zNbUZbZVLn7PslM1Y6cn"
        "pZ1z+eQZNXmGtPMcVKZuzu4WURj4tLpuZsfAp9+ZqzSc+przveiS3xwP1rjdunLqaXjdW3Tp05LPU5vfmDS/61FNftlD9427+vJ7dc2gJbSB"
        "9tARukB36Mlz2BcOgcEwHA6DI2Cs/H7kTJgDJ8N8WATnw3JYCWthPdwMd8D98DA8Ac/Dq/A2fAifwhfwDXwPu+APKAaGlTEH87AW1pNfi2mD"
        "7bEz9sBC7IcDcRgehmNwHE7EaXi8/NbjGXgWLsYL8RJciatxDa7DG/AmvFl+zfFOvBvvxfvxIXwMH8cn8Wl8Dl/Ebfgavo5v4HZ8G9/Bd3GH"
        "/MLHF/gt/oi/yW88ViY5JI/UInVJQ9KUtCIdSFdyEOlLBpLhZDQZRyaRGeQEcjKZTxaRxWQZuYysJteQDeQWcjd5SH7X8UWyjbxG3iRvkx3k"
        "A/IR+ZR8Tr4kX5NvyXfkR7KL/Eb+JH8TpIxm0Sq0Gt2H5tH9aW1alzagjWlT2oK2om1pB9qJdqU96EG0iPal/elAOoQOpyPpKDqGjqXH0Al0"
        "Mp0mvwg5i55A59J59BR6Ol0gvwi5mF5Al9GL6WV0JV1N19Br6HV0A91Ib5ZfgbyL3iu/Apn8fsg79EP6Gf2Kfk2/pTvpD/Rn+iv9g/5NCUuw"
        "KiyH5bKarC5rxJqxFqwVayO/7NhJftexB+vJerEi1pf1ZwPYIDaUjWCHszFsHJvIprHj2Vx2ClvAzmEXsIvZZWwlW83WsGvYdWwD28huYpvY"
        "zWwzu4VtYbey2+RXHh9gD7PH5bdFXmKvsbfYu+x99hH7lH3OvmRfMwj9o2o/W+8n1hoMtHQoxTHJJ8d62o46xkY93f6WBVUjXjCFuNaaujAs"
        "kAIhKGYsQ8vHXp4l0Y0S6cldNnsdMdtuchi6EUC3p5h8YzbhktfOuWLvGqW+6yx5FocsVUgjsLTD3nW2arbXhkz/rlO7q7i7tAx37Zxpmndp"
        "Od0l1ru8yXHJG9fvLinxLnGs6YNrLQp3aQXf1c3vFXmXpnU3+XS/UYq7JekDRhlHG6fuZL9b2bbeSc3sTO6+JcNk2+b6ajZ/Yx9/Zdcb4ibF"
        "nk8v3akj6TmH06nCUsKkpXvT11wnd7WNDWHozHrDIv0wzKb/Uts8m24Ye1pG6LQMLZ+kBhjEgao3uLranuswSoxrD6PLP/Epw2C6lxux5QQD"
        "49rfzipLGKoNQxxfP0hxK48w1KcN6PNs1+qDU/SuNZJhWIhyYKHLgYWQMSiMX25J4F1nXybaUbpiwthXyk790y1v2cKkm25Fh7d/iVM3FrX1"
        "zJjtPJT2HkoHD6UgBKVjCEqnEJTOARSqnivdUzKWVzmUV1mVtTzjMt/7y5xCns1fx+avZ/P3sfkH2vxV5Pxu35XK9VD281BqeCg1PZS6Hkp9"
        "D6WBh9LIQ8n3ULp5KD08lL4eSj8Ppb+HcoiHMtVDme6hHOehzPRQjvdQZrko9p1ec+0QvG4KHyZ4DRU+TPDas+LDJClFIfxmqQZRkr2st6ff"
        "eSk5Mm66dGrbB86x5YSkSQ/iY0oUfNe5psixfRnaLy51xaVQ3cdf1eV3tvlsH39hOfnNOg2mlD5usjYLPavvYHqKT7i7xDMaVMzdoDLZU2GS"
        "pVR7j1NK+49bd0/7MXtT4R6n+7fwdFtsarx19ncvJTXq2v9fs++jekd+778n3l07Yj0jIJ4SMK3hmdYodRbxzOcFaimLeMIeXl1p7U5YxBPW"
        "8Bopq3cmmip7d3Y0V9bvTAt4wgaeidYcbTjaSrt3SXt3HV3opNBZoYu0aifs2nXjukwPy5JdEddR+nOtZIC0VzdI2qdLWqgbBsM57BZdhE0X"
        "0+Zc0s7cOMv6m2k9xbTaNoVrNVNhmmWBzcRMaYnNxCxpRc20oSasqAk7asKSWsqW2gJYqHCmwiKFsxRSNq3OV1iicIHCUgXTXthyaf3LtN4p"
        "bIGtUjbATLtfwoqn0wbXjbDRsnUlbEqZ2KJsSwnrUsK+lGlhyrQxlbQyZbczJexLCQtTSRtTwraUsC6VtC9l4mmFZ1x41gVhcUrYnDIhLE8l"
        "bU8ln9Yvtv3MPmH6ijU/0TuSodzfNUHNWxL2e+j4VhFqnhQqy8/vW6/2HNulS8rnl0MdnVhf3EldJ2lE8927iv1hGhA1SVxwlqPzm67eL7zq"
        "yt5dLsR6ts37XoK7ZfnJom+H9njF8S/Cv+R7Z3bs2Rz5PV8V/6L8043CezpHYuwktrcfkm8r2S0NpMMteFbWl0c63Mrzl+WBId8YMJ33TvKY"
        "vG/YKFly1MkKBDr86OCT5eCVpUomxdfQ8EGLjzclQU1ZHczh64w8vq4Qdu4b8FVEU75OELZh2/F1gGnlvjscyLX7QmmT2rRwP1haITyUa/HC"
        "wv2RXHMXthgncF1dWDWewfXyWXAC18fncT38VK5/J22/Luf6srCbu4rryVdxHdm0c79B2p4VVu5v5RrwnVzzvZdrvFu5pvsI126f4NrsM1xP"
        "fYFrptvgVXgd3oS34B3YAe/Dh/ARfAKfwefwBXwFX8O3sBO+hx/hZ/gFfoO/eUMhyLAKVrVg2gStqSAsfgqbn+WLJtjUgWYVghYK7Sy0d6Gr"
        "tNYZjO4WekiLniXjIGn1MwVh21NY4tw96CfRH0fgSByFR0iMwSNxMk7FaTgdZ+BMPB5n4WychyfhKXgqnoan43w8AxfgQjwTF+FZeDaeg+fi"
        "ebgYl+AFuBQvxGW4HC/BS/EyXIGX40pchVfgarwSr8I1uBavxmvwWlyH1+H1uAFvwI14E27Cm3Ez3iKfihfWLu/F+/B+fAC34oP4ED6Mj+Cj"
        "8in5J/BJfAqfxmfwWXwOn8cX8EV8CV/GbfgKvqqenH8Tt+Nb1tPz7+H7+AF+iP/Cj/AT/BQ/w//gV/gNfoc/4k/4Mwor8nbXXvbTTtJfxaK2"
        "kav5AnCHriuP9a3ryp4Qe5urrnlvYm/Pc3k6MSp3hm4QVO/CtZO7Np1UrYr6FyFE7CraMhQ86/KWYI9Xic8LYveoBZ8BusivyRKoJq3S1pF7"
        "VS2htdytyuIzQk/I5nNGQ7XzJPaXBE242pYvR6KhtTvVVIYTnCupezmcS9In7DgeINPIkTYYg0FsfpHDaiXGSKI2d9RBYdwJmQ15lQjNKV1k"
        "WT6zdOzHOo4rIY8hNTCQkpp+MWNXV37xXtE+yl9VzuKmX9gPzlV+YUc4T/mFPeH9lF/Uew3lb8hrZn+p1xUXN+OlUFP5hQ5wnNq1FPuCp6tn"
        "tkSrm6+e/RLawRmKLrSEi1TcntCLz/Wmvwj6wMVyfVNc3A/6cw3A9A+AQXCpCjMEhnG9wPSPgJGwQoU5HEZzbcGkj4GjYKXyC4vPq1SYY2Ei"
        "rFd5EDuFG1TexH7hnyr/YtewJprhxb5hLeUX+4a10eQ5m2ssdZRf7CUegGb5iD3FusovdhbrKb/YXayv/GKPsYHyz4cF0FD5haX7Rsov9hUb"
        "K7/YWcxHJv0XwIXQRPmX8xJpqvwruITNlF9oSz1V3q7mOtNByr+ea069lH8T158Klf82rkUVKf89XJfqrfwPco2qj/I/zvWqvsr/LNeu+qky"
        "Ebt/B6t8vgKvQX/lF1rXYBVGWJgfovzC0vxQ5Rc25g9D85sywtL84Wh+50VYnM9WrTl5ruY613Odu7vOha5zkevcx3We7Tqbb/l7/TnqbLjO"
        "SfrfyuWr68auc77rLFxX2LvPf+8ml22NWOipb/PdU3362ba6TWj8dl4Jn/Zgv5cl33JO+fN8/LkaP7OFYT7hWQj+zCe8H397GG95gqY80VOe"
        "Jh+02iHzKW/xE9ppWVfJQrvdO/dT/h8OXrMM",
    ),
    "domain": (
        {
            "lines": (138, 119),
            "index": (113, 119),
            "list_start": (521,),
            "lists": (1590,),
            "pattern_start": (357,),
            "pattern": (1723, 5),
            "build_start": (357,),
            "build": (1300, 3),
            "rule": (356,),
            "surplus": (356,),
            "guarded": (356,),
            "guard": (356,),
            "literal_num": (7,),
            "literal_den": (7,),
            "commutative": (113,),
            "signs": (112,),
            "pair_start": (477,),
            "pair_lists": (738,),
            "pairs": (61, 6),
            "steps": (229, 2),
            "same": (113,),
        },
        "eNrtHQeY1URzZneTAw4OuENBqvQOR6/SlKIgHQEBERBpgooUFbAggqioiNgQBBEVUBHFjhULdrFXVOwNf3vn/slmX176vXd3HPjy3nybzE52"
        "Z3e2ZWZfkvkh74cIwS+Rgr9SHPY6YpD+pegvJ1LSHhYpaZtEStpmkZJ2e6SkfSRS0jbAKEnbMFLSNoqUtI0jJW2TSEnbNFLSdoyUtBMjJe3J"
        "kZJ2UqSknRwpaadEStqpkZJ2WqSkPSVS0k6PlLQzIiXtqZGS9rRISXt6pKSdGSlpz4iUtLMiJe3sSEk7J1LSzo2UtGdGStqzIiXt2ZGSdl6k"
        "pJ0fKWkXREracyIl7bmRkva8SEl7fqSkXRYpaa+OlLTXREra6yIl7apISbs6UtK+GylpgUVK2EhIexOF9ZHpU0PaVyIkbdVI9e1DkZL2tYhI"
        "ez/BAxQeLOZyB0Tq3n5ShKTtH6menRAhaY+JVM+OjZC0vSLVs6MiJG2PSPXs8AhJ2yVSPTskQtIeEameHRwhaTtHqmcHRUjaTpHq2YEHubQV"
        "UrDNf7W+xDM3EtIOBhOiIe1xYEI0pF2LB2Ykl8KDed5mp/AqVT5Sa/IOqAV3FpDn7oNW2r15f+f5TaD9L215PFDSHoZFJ+3rsOc/3bd3YJRG"
        "8qspJu3hGB1p20JNbAM9fKV9OBJr8rMpfgdqbaNWx/0vbSU8kNLWsJW+C3/EWvAKFmff3o7FKe0uW2l70NCT30+53ZW45vipTbavpLQfp7C0"
        "39pk+4vwiiloFfxuSftPJKQdAyZEQ9qxYEI0pF2DB2YkZ2KU5m2Zg0LaQTBMnqOxU+Mn7TpMVWmPh1ERut96pb1xP/Xsdw6+P+OBkHaHPC+D"
        "BnAznR+lsDCFNMg/84Q891TxZyxpQUmbSr+YtBApaVO7b8selH2bFZmRXCZC87Z0yq9Smf/RNblUSt2BSqbs/bZchLSLvZ6+vRhTU1pmwU6o"
        "A1ts8WTgowLm2/9g7J5zibWioBGMhNGwDzWoJGOpBb/nxbC/SUKdYCcax8uhoYw9Lo+pA3/mZchzLwqH2OBQRyw14Ne8GDabQg0LnoLacLct"
        "ngx8VsB8+x+MeXu4FatL8Cwax8ugkYw9Jo+pA3/m1bPwmQq+xplwBnyCMyG14Ne8GPYNyTZPQR7OgwVWLHXg97wY9i9JeAPB02gc18IaGXtS"
        "HlMFVtFIXkfHVXCjoqSytDeQtKstfEOk4JZIwUYLnoHNsFXhL+NGSAY+ho0HKRj3201W7B6Cp9A43gf3ytgT8pg68GfeNgt/3oLn4AV4UeE/"
        "4fOQDHwCzx+kYPTtS/AygRF7x4L34T34wBZPHD6ETwuUrzjAkPZdK/avgoq4D3LwX9ifkAf/FjtkY1zCf6EumlAH62FtrLtfof5+5u8HtTAu"
        "YV3kkIZUhQEEA2EQjIOhpDmfKOMGDKYwzIoVDQwpYn6JAMIUmCzhHIqNJzgJJsjzJHk0YKKFFSWcvF+4hsNZMA2mSjiXYrF3+o6HxTAfFhE2"
        "msJYi54IjIAlCaUb7oqPTKqUgoGxq3omnABjYBTFpkuYA+fTcQFcqOJzKcxWeBDMyue6P5xhw2fC6XQ8rUB88odT5fFsOAVmSDiPYubs1Shk"
        "gEjpFUqn0M4GHaAzHTtCewc1f+iUZPoDB9G481wACy28NYWSEiuRwhKXdMUPjbTm0TStfaXhPwWtoA0dc22UJsVSbttilbK5I9bShjdLwT5t"
        "kR7XkYGKkZK2fKSkrRQpaQ9Lz+aUhcrpNkhDSkB2ug1SFqpEStqcSElbNVLSVkvP5pSF6ikvYSkFWRQyoYwVTwZKFyhXcYMhYVkb1HDEUhHS"
        "8zcNaUhDGtKQhjSkIQ1pSEMa0pAsHAt94WjoDT3hSOgOXeGIlJa2P/SDY6AP9IKjoAd0gy6R6utyB0EdLio2WFqMZQWBXfLD06tNykLNdBuk"
        "IQ1pSEMa0rDfoUKkpK0VKWlrp8d3ykKdSElbN93jKQuHpNsgDWlIQxrSkIY0pCENaUhDGtKQhjSkIQ1pSEMa0pCGNKQhDf95qJdug5SF+uk2"
        "SFloEClpG0ZK2kaRkrZxejanIQ1pOOjA+CEwEGB4/s2AkvLLS6WhDGRBWSgH5SEbcqCC9I5bEQ6DylAVqkF1OBxqQh2oS7p1A2gCTaEltIY2"
        "0p9FR+gMXaEb9IAjoSf0gj5wNPSF/jAQBsMw6YNlJIyC0XACjIOJMBVOg7lwLpwHC2ERLIGL4GJYBsvhSrgKrobr4HpYBavhRlgL62C99B94"
        "G2yGO+BOuAu2wt2wDe6F++EheBR2wHPwKrwD78L7sBv2wKfwOeyFH+BH+Bv+JSEzMQsrY1WshrWkp6sm2BxzsR12wM7YBXthbzwa+2F/HICD"
        "cAgOwxE4EkfhGDwRT8LJOA1PwRl4Gs7GuXg2noMLcREuwYvxClyB1+J1eD2uwhtwNa7BtbgO1+MGvBU34Wa8A7fgPXgv3ocP4EO4HR/Bx/AJ"
        "fBJ34FP4ND6DO/F5fBFfwV34Br6N7+Fu/BS/xK/xO/wBf8E/8C/8G//Bf3Ef5lE3IWOMM41lsFKsNMtiZVl5lsMOZZVYZVaVVWM1WE1Wh9Vn"
        "jVlz1pq1Y51ZD9aL9WUD2XFsNJvAprBT2Ry2gF3ILmVXsVVsPdvMtrFH2KPscfYE28GeYc+zl9hr7B32AfuQfcQ+ZnvY5+xr9iP7m2m8HK/K"
        "G/JGvDFvwpvzXN6Kt+EdeCfelffhQ/g4PoXP5PP4fH4OP48v5Iv4hXwxv4hfwi/nV/Hr+Tq+kd/Nt/Nn+ev8Y/4J38M/5Z/xz/mX/Bu+l//A"
        "f+S/8D/4n/xvvo8zwYUmSojSoozIEmVFOVFeZIsKoqKoIqqK6qKmqCvqiQaisWguckVL0UZ0EB1FJ9FZHCG6iK6im+gueogjxVGip+gleos+"
        "4hjRV/QTx4r+YoAYKAaJwWKIGCqGiePEcDFCjBSjxAlivJgkpotZYr64UCwWF4ml4lJxhVgpVombxCaxWdwu7hR3ia3iHrFN3CceE8+J58UL"
        "4kXxknhZvCpeF2+Ld8R74iPxufhCfCm+Ft+K78Re8T/xs/hL/CPyBGpCy9AytRztUK2yVk2rqdXVGmmttHZaZ62X1lcbpA3TjtfGahO1k7VJ"
        "2hRtmjZdO1Wbqc3W5mhnavO0c7VF2sXacu067XrtBm21tlZbp92s3aJt0m7X7tK2atu0J7SntGe057V3tA+0D7XPtO+0H7SftN+0v7S/tX9o"
        "gnO9tJ6ll9dz9Ep6Vb2e3lBvqjfTm+st9JZ6K7213kZvqxurgBFKyC+wlaDgXQcqyZWgCq0FVeR6kCnXBMPnsrEuGMdaUJvWB52CGTPWijiW"
        "IVeOEhRqU6hPZdRXWAOChqQdNiKdqQmlM9YWnYKBNZOhKTSXlOaQS9RcaEGxFrT+tIRWMrRWxzbWua0Na+fA27tixupVhkJH6CTPnWgt6wxH"
        "yNBFHY21rQSFbtBdnrvLla4HHKXWu95yzetNq94x1C5m6CtDP8L7wbG0FvaHATCIYLAMQ9RxqHUeZsOOc+DDXTFjNR0Jx8swSh1HwxjqlzGe"
        "lGNoza1KwY8+BsbKPGN9r46V+U4MuHaivDbOKn0cjYZxBONtlPGSNh4mOGgTqEXMcJIMzmsn0f0hl0KGPNahcDKNm5PluQUFXR4n0biZRL01"
        "SaaarFJPVlenqONU6qupNL6mWr04lXJMlf03VfVjLDZNhhLyWF8e43mmyVzTrBzT4BSYDjPgVLqPnU5g+N7WKdSlMJGCSZlFtZpF9ZhlxetQ"
        "mE1cZlMJs4nnbJhDnOZIn19z4Uw4C86GeSTZPJJsHl2dJ8uaRzzny5aYL1thvixjvpJ4viV77OoCOi6QbbZAlr7AapUF1nk6nCPvv+fTHfgC"
        "ugdfCIvpPqxTqEvBKGkJ5VxCdOPunEHhDAoGx4so5UWSWofCJQSXUlgmz8skdpk6Xq5oV1hxE7vCoi+3XVmursXPV1rYChtthS33Ckf+Fbb0"
        "V9nwlY7cKx35V7o4rHTwcMeudnC9xsX3Ghfnazy8r/HwuwauJTA0HkPnMbAb1HG1pKyxYjfasLXq2jq4iWA93EywQYZb1PFWV01v8yl5o0/9"
        "NvnSNgdQbw+kG7raFtLWjLXb0NmMlXsrYXcryt0Uu0dR7/HUdZtvbbeFlLbNxWObp2+2eXrH0CLPpXAehQsoLKJwH+mV98MDMjyojg9Z54dt"
        "2HYH/ogr9qgn/pgP5XFf2hMB1CcD6TvgKXganoFnYSfBczI8r46Gl+IX4SUZXlbHV0hnfhV2yfCaOr4ObxC8KcNb6vi21KzfI936A/iQYLcM"
        "H6njx/AJwR4ZPlXHz0j//hy+kOFLdfwKvib4RoZv1fE7+F7q6f8jTf0n+Bl+gV/hN/gd/oA/4S/S3e+Df0h/3wd5pMMjMuRIihTqmIElsCSW"
        "Ir2+LJSWoYw6ZsXPNqycAy/vimV74jlYgeAQPFQeK6pjJet8mA2r7MCruGKGzVGdoAadD8eaBLWwNkEdT7q6PpR6WB8bYENshI0JmsjQVB2b"
        "kQ1jWDGxWAsb1hJbYWsKbejYluycetAOy1AwrR57unY4m+jG/aUd4e1lyvYybXuVur0rfXuZo73K015SOqh8HVTODlbeDp7cHVT+DhYHvzQd"
        "rVQdbek6WlfrWZQyFhYvsyN2IsuuEx4h7bszoCvOgm4y3l1SeuCRBEfJ0FMde1nn3jasjwM/2hU7BvsS9MNj0dCCjiUL0tCi+ktL0sQG0LWB"
        "6upAsi6lloVButQgmZKu42CVcnBI2sEq9WCyWe2yD3XFhqFxJz8Ojfv2cIWPULGReDxZuqYWNgrNo1sTM66PQiM2itKOtlKPxtjZm2O0zDNa"
        "5RpNtvQJBGNxIJSGLLLzl0qfp4J0jRLyu81ZZGdkk41xKNkXxj5DdbIW6pEl0Iy09LakjXchzbqv2kcYQWWdIP3STiEN5nTSUOaSxrSAVvAL"
        "SCu5hO4MK2hdX0V3yPV0v9hC6/nDtD4+S2ve67SWvU9r1Je07vxM68zftLJwWk1oHaE5X5FmXQ2am/VpPDaXs6cTjZfe1INDqJ3G4kSchqfj"
        "XFyA5+OFuBSX4XJcSfb/arL6N+BGsve3krX/ID5Mlv4TZOU/jS+Qbf8mvosf4if4GX6F3+Je/BF/I7t+H1n0jKz5kmTLlyU7viJZ8TEbvhHL"
        "Ze1ZN9aHbPcR7EQ2ic1gs9l8tkha7jewm9ntZLlvZ0+xF9mbbDf7gu1lv7F9jHGdl+EVeBVei2z1XLLPe/C+fCgfwUfy4/kJfDw/mU/lM8hS"
        "n8PPJkt9IdnoF/NlfAW/jt/IN/DNfCu/nz/Cd/Dn+Cv8Tf4+Wepf8u/5z2SZ53FNlCRr/BCywmuK+qKpaEV2d1eysfuSRT1cjBETxBRxqpgt"
        "5onzyYZeQhb0JWKZuFwsFyvIjr5GXEe29Gpxo1gn1osN4laxkazqO8QWaVPfK+4XD4qHxSNkWT8pdpJN/QZZ03vEN+Insp/3CUbWcymtnHYI"
        "2c7VtVpaPbKdm2kttbZaR62L1kPrqfUhG7o/WdFDyYo+kSzoGdos7WxpNS/VLtNWaNdqa8he3qjdqd2rbdd2kJ28iyzlj7WvyEr+TftXE3qm"
        "nq0fph+uN9Bz9Q56D72vPlQ/QZ+sT9Nn6mfpC/VL9Kv01fpafYO+Sb9T36rfo9+r368/qD+sg/VjckcthsV/CM4fC6RhAI05+PjnZVY6lm+6"
        "RMsILzf5dOauY6aMxVJxiWfa6h9LV8YnXRmfdNV80lXzSdfeJ117n3RdfNJ18UnX1SddV5903X3SdfdJN90n3XSfdFz2Yjwd+tYP5S4vU3lA"
        "xox0gnDh4JflU67m4AdWeWYOzZEjPnLNvFk+ddZdOcBRWvwq+uQIGlfBeblP/TCgLjEuzDYz/WrgTme2Q4xDEOf8SoNC1Mrd+uCqaX51AZ81"
        "J7hNhdWKmqfPzav2nkI5huzjJTivJseqeZWpFUpzjLp4D6LV7mZN47XSA2rldxXVGPfn55ZDD5VSD+WnhdZPy7d++be9UedYq+lWq2FoG6BP"
        "Xs1nnudfbnx0mmuSX1uhpyUTKTdoNBVeXvsdknnaObzcwsjrV26i4zn5cVr48VKYPi9YvxWm7f3qjGo1y6+MeDp3O7PQ+cuSXl9YaL+xpNcX"
        "HsqPF4hfsLy8QPImMp7DJC/K+iXab4n2R7CWm/wczP++VZRrNiQ4f/ffmp2MvIVfswsmb3i5he/foumjZNq5MG3lV+dgzbxgGmM4v2AdM//6"
        "FabcIM6J1M+dTnPYb27rJOhqcP2CcvjposH3Ci3ftc6v/dz1wwB9yN0faFtF7D9N5XXvUdjlzbDaWnO0CrNxcO5McJ9xEMQlVgZT80F31MGd"
        "Vw/Nq4Xm1Tx96t+/YTVNhJ9Qtl9+OdzWbEkfC7Kkj5Va0seazbDGG/epswjYP3BLXjJ018BpVZr3fr+65J/OqZHY26pUQhY9QC0Hzd2StfLN"
        "YUpUq8ha0rxaO8Ey/OpS2yddbZ/9A7+eqR3Qb+G7g24auvaenGW0DVyHjNWQWXl5AGcur/pxYRYXHrDKm3p1W589stiqwywuaHFhrnXNfdfg"
        "1uhMhLOXHyh+MdkKXtNgfgWrqXvWFk37ueunFVLe+N5X4lzyr1Wy/BKpS1wXLeq6mHMnfrcPmmXM0jlis9HOj/nI5seP+cxaP37x+jHF+8DU"
        "D0Prx4qsfsnxYwnyw2KvX6LtV9Tjxc1v/9Uv/xnlbCGDM7dppLF/c8w7FXPt8/txDpLNzZmpFdosI7hND/YxeTCNIb//TeMrK/hoPX7/p7BA"
        "ncbPZmK2+2+sftzRHwXlwiwuPJQL81ipBalLOBdnXZhDf8bAHjTnjmb1t/DZVy5YXqZ2G711EfnOS67uobF/X4Vtb9LdH1CE/MLrHO8FP80t"
        "0dLcVkdh+cXrbHJuE/IPpVtHco41M6/Zkk0DVhp3umYJpmueYLrcBNO1SDod+uzmxdO1TJBfywT5tUqQX6sE+bVOkF/rBPm18bFNm4b854/5"
        "jIhmoXnDR0nz0LzhIyc3NG/4aGoRmrdFkeT164UWAft6yZUbntev3JahdQ6fAYnmDS/Xr86Jlhue16/cVqF1Dp+hieYNL9evzomWG57Xr9zW"
        "oXUOX0ESzRterl+dEy03PG/Qaubec0uva+l1Lb2upde1KKxreoL/rKRp0aNl+tCyXHa8c58hM4CLaS+EPbli5LXvm/nlDXoKJDiv3/PtXO0z"
        "cGXxarZntBLPa/83mzv+mU9GXq5scaH+H9Btdn3h+MX/vTf3HfQCtWny9UuUX3D9mM9z9X7vJTCr3EzXngfm05f+ZWiO/3DMXWC/ccUcz0mH"
        "52A+Tyr61TkmZXyvKCwH+uTIvwz3Ey7M9XR5UDtrCfITPv/v+/ETAfzCn1YP51fU5RZl/ZjPc0EQ8Gxj+Nj1e7MpeN0tnWDe0qEretBs5Oqp"
        "HOdo9+aNt6R/DgyoVcFmaHANkp+rfvcAluAaEZTXbAN3uSyJNnCvdWEtnsyaaL675NdH8bexuHrWyvuOU/i92y9Hl4Aygu+6uusfu4KNUwzI"
        "GzxO0dF+kFQf5V9aPB0LfDIzvrvfJaDtzfuq7vNWWXgvxDUZs4ygd9Pia2cXn3sAK7K6mHmdNYj/N+v3JJZfrQpflww6a1bb+NUqvF1iveUe"
        "40atDDlNXUqzPSdZmBaK9ZuXX3ysZah/2eJX7DV1yhusg/hxwVAuyddFuOYq92gtbm0TXbZzMnURgW9YFl27CJ9nDZKvS9G0S3hd/OZWdoLz"
        "I8dnfvjxy0mQX3aC/LJDZ0qOz0zJ8Zkp8Zmc4zOTc3xmcob8ZqOw6iJkXcI4Z/twzk6Qs1+dE23deGtk+7RG0dRZWOuau6ZCtp9uWY8Fb/F4"
        "Gdk+ZWQ7ynBrRu0S2t8I1tJiul6s/TBpLujDJbwufjors/oy06cvM612CXqTgas7dnJS2jkXTZ3Rp86QdJ3D2tTN2T0iuoQ+1e53Z8fQp+SF"
        "qzWc+przrfj8vxsQrnG7deX4U/N+71AmT4s9d21+ldb8OkwZ+X2YoO9QHi6/K9kAGkMzaAGtab51hCOgGxwFfaAfDIShMAJGw3iYBKfA6TAH"
        "5sF5sAQug5VwA6yHTbAVHoBH4En5Ddm3YTd8Cl/B9/AT/A7/AKKOmVgOD8HKWAPrYEP5laK22Am7YU88BgfgUByJJ+AEnIzTcSbOxfl4Pi7G"
        "S/AKXInX4ipcg+vxNtyIm6zvwd6P2/EJfAZfwFfxTXwL38Z38X35jZjP8Qv8Cr/B7/F/+DP+hr/Lr8DGvgHLWQYrw3LYYawGq8sas1zWhnVk"
        "XdmRrDfrxwax4WyM+s6r8bWYC9hSdjlbyVaxtWwD28y2svvZI2wHe47tYu+yT9jX7Hu2l/3AfmK/sj/Y32wfQy54Bi/Fy/ByPIcfwivxKrw6"
        "r8nr8Pq8EW8qv/ralnfgnXlX3oP35H14X96fD+JD+HF8JB/Nx/LxfCKfzKfxGfx0PovP5WfzBfw8fgFfzJfyS/nlfDlfwVfya/h1fBVfw9fx"
        "m/mtfBO/g9/F7+H38Qf5dv4Yf5I/zXfyF/jLfBd/g7/N3+Mf8t38I76Hf8X38l/4XzQ0dFFafhP2UFFJVJHfhK0jGogmIle0Fu1FZ9Fd9BJ9"
        "xUAxWAwVx8kvvI4RY8U4MUFMFJPEFHGKOFWcLs4Qc8RZYoE4XywWl8ivvV4vbhQbxGaxVdwvHhKPiMfFDvGMeE68KF4Rr4pd4jXxunhDvCne"
        "Em+Ld8WH4hPxufhafC9+FL+IP8U++ZXXElqmlqWV1ypokPCPqz1wf5xZNhoE0u3ffUn2GOOZZT3Bxx3rqD/d/uYGV6tjOIW57FK/NCKUAglQ"
        "zFyaLx972+ZH1/Klx3bk7P0lbDvPidC1ELq9xNi71bpLXjvn4r2qFfiqs+VFOmWBUmqhrZ3oVeeoFgdtyuSvOjXB4rvKC3HVzpkneZUX0VVm"
        "vfUdW5e8eYOusnyvMof9H95rUbjKi/mq3/29OK/ypK7G3hjQCnA1P33AX0MozPrjfjsEXHdzEy9ps5zi930h9/FiaTJtmkAZV3r7uLLnSuSq"
        "vY8KepWHlitcV516Wi2bXHa8pOtLCSbF3uZeeiKcE9MYE6UkUpbfu9HmjkFb28qXCF1Y76Qkn0bYxiC3aRHJprGXpSVclubLJ6bfhnHg6p23"
        "trYnXLR889rT+NWfBbRhON3LjdlqgqF57e+zFSYN903DHF9QinMrijQ8YAz419lus4SX6LWkYmlEAu0gEm4HkYCMYWmCastCrzrnMvO9BxVP"
        "GvtugFO7dstbuDTJllvc6e1fpHXK5d27aOrRBJp5KM09lFwPpUUClJYJUFolQGkdQuHqCdwDJWNRtUNRtVVh2zPd5gd/m3PIseGVbXg1G97d"
        "hvex4aXkvd6+/5btoVTwUA7xUCp6KFU9lOoeSg0PpaaHUttDaeehdPBQengoR3ooPT2UXh7KRA9lkocyxUOZ6qFM81BOcVG8u+KmNRRuJyae"
        "JtxmTDxNuK1d/GlilK4J4GarhlFic62bZ/Z5KVkyb7J0btv3zrLVhCVJD+NjShR+1WllZNm+mR6Ul7vycigbgJd24c6RnxmAdyki3OzTcErB"
        "88Z6s4vHHg+nx/kkdpV5VoPiuRrWJgcqTayVDjvglIL+w9jeM37M2dTlgNODR3iyIza+3jrnu5cSX3Xt/yfad/C8K793t827J8ms5yeMJyhM"
        "f54lQr37ms9TxJ6oMJ6pMD39VldePWsqn54m1JUePJ1QX/nvNH14ml48TU+ehi9Pw5NnU9J+Db+ducpjpx1aKWitoI30ymn45TQ9c3ZQfjnj"
        "XjgND4ym982jCHoq75u9pcdhw9+m4XHT8LcZ87g50PJfaXhSivvPNP0WjVZelcZKX5ZxD5SGJ0XDy+Rk0m5MmCp9MZpg9/5oeHY0fDsanh0N"
        "f452T47zFSxQcI6CcxXY/S+asFjBEgUXKVgKFyv/dTH/d1c6fAiaPpMN74BrlN9k0y+g6QvwNoKNBJsUbFZe8wwvfYafvi3SR5/hWfkegm3S"
        "D959ytuc4W/O8Dhn+JwzvM4ZfucMz3OG7znD+5zhf86EHQqecsHTLjD81Jme6nYqH3Wml7qXrDcd8mw/c86YWF7Az5hBsZTu78egz1sm9mvo"
        "+CYU+jxpVZhfnFtMFi/3uJR2OZzX4m3hV28/OrO+dxSPx2jxN0riZRf/D5MAs5eZC5xt7P4aMYZ4JXL3uJ2r3Uu6uy+8I9MrTfA4jeWz9+l/"
        "5xfrBYSgNjhwMv132jP/esbe+bPDga6z/7Nr4DtPDvYft+w57+zlquUP1E8r0rvP/l29C7K+H/g65+Ux25spsTfJ7D5ACtcCwVKGt8H+b5sM"
        "D2jybQ4zeK/EjrHrmo2SIWdJRiigA0cHnwwHrwzVMnG+mg8ftPh4SzKocb+iWWTj5JBNU4VsmRpkwdQlG6WR9DydSzZHa7Iv2pNV0Zksim5k"
        "SRxFFkQfsh36kb1g+BkdSjbCCLIPRksP9+PJHjiZ7ICppPXPII1/Jmn6c0jDXyT9oF9MOvllpI9fSbr41aSHX086+BrSv28i3fsW0ro3kZ59"
        "p/R3vY006gdIk95O2vPjpC0/RXrwTtJ8X4SX4VV4Dd6At+AdeA8+gN3wMeyBz+AL+Aq+ge9gL/wPfoJf4Df4A/bRQGEosBSWtsDwWmz4MDXB"
        "8CJs+BEuWqiDdR1Qr1iggYJm0udxLraQ3o3bSM/Gpo9bw5+v0yuv4ZPX8L47EE3/uEPxOByOI6S/29E4Fk/EcTgeJ+BJOBFPxkk4GafgVJyG"
        "p+B0nIGn4ml4Op6Bs3AOzsUz8Sw8G+fhuXg+LsRFeCEuxiV4ES7Fi/ESvBSX4WV4OV6By/FKXIFX4Uq8Gq/Ba/E6vB5X4Q24GtfgjbgW1+FN"
        "uB5vxg14C96q3gnYjLfjHXgnbsGteDfeg/fhE/gU7sQX8EV8CV/BXfghfox78DP8Ar/Gb/F7/AF/xd/lWwGmD1nBdFaClWKlWRYrx7JZBXYo"
        "q8SqKG+ytVk91pA1Zk1Zc9aCtWJtWDvWgXViR7CurDs7kvVkvdnRrC87lg1kg9kwNpyNZKPYGDaWncQmsSnsFDaDncZmsllsDjuTnc3ms3PY"
        "eWwhW8QWs4vYxexSdhm7gl3JrmJXs2vZ9ewGtoatZTexm9kt7Da2id3O7mR3sbvZNnYfe4A9xLazR9nj7En2NHuWPcdeYrvYm+w9tpt9zPYw"
        "w8q3B2OnwNgTMPBMi2ruI7QEd+pq8ljDipfypDjYgt8bLQd7nYsyVIfDoY3c3wnudyM0lztErVWvNpXrdwuZO9O3DQ2exopvzxf7lfS54xq7"
        "WQ2hsdxv8u4QBOuO5i8LDD+1ZRO8+1axPfEU1/aMu1Ls/cGM/XbnL6HOxj6a8Y2Oqta+nrF3Z1LNY2VHzPiVtUIsT12569dAtVpJWwozlPZQ"
        "kI5VlaxlZTu7UyQbuC/V7I2sQnN3hsoKE4FpNDoa48joyRgto4hrsf9DCRfFHAPecxUPxQhZ0moybEWjtzWlaQuapyZu6GXlFW682ZetcOP9"
        "vhyFG37gKyjc8Ad/iMINv/CHKtyY/RUVbmh2ldQ+VgMaX4cp3ND0ZqjdcWPFuFA9LWjofovVHDR0wCWKbuiC16q8R0BXuE7h3eFI0ui4xHtC"
        "b1il8KOhL+l5ZppjYQCsVvggGELan5lmGAyHGxV9JIwindDEx8BYWKfSjIMJpB2adTB2nLeouhn7zplo1t/Yea6PZnpj57mBwo0d6IZo8jR2"
        "ohsp3NiRboxm+xj70k0UbuxNN1W4sUPdTOHGTnVzhc+DBZCr8PNgIbRQuLEv3VLhxp50KxQSXwqXQGuFXwbLoY3CV5Au3Fbhhk7cV9VtNbVC"
        "P4WvJ/34WIVvJC25v8K3kK48QOH3ksY8UOEPk948SOFPkPY8WOHPkg49RLXJS6RLD1X1fAV2wTCFG7r18SrNu6Rjj1L4+6Rtj1b4bvgIxqP5"
        "XadPSP+egOa3lj4lTTy2Z5cJznMZ17ma69zede7iOnd1nbu7ztNdZ/OLG148S5011zlG36dCbRWv5TrXdp2N0BYO7vO+/RRifWu+3+3sb/M9"
        "cP/yM219q/vgdl56wHiwXzO0gWwbnhOAZ/vgwpZGBKQXCfAXAemD+NvTeNsTfNoTPe1p8kFrHIqA9pbaGNlANNpZYXQjnWUwOCh//wftN9Xd",
    ),
}
