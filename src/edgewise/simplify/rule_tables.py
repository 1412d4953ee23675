"""The rules as tables: python docs/make_pages.py writes what stands in this file, see `rulebook`."""

from typing import Final

from edgewise.ops.op import E as e
from edgewise.ops.op import Number

MARK: Final = 421907493
LITERALS: Final[tuple[Number, ...]] = (1, 0, -1, 2, 0.5, e, 3)
TABLES: Final[dict[str, tuple[dict[str, tuple[int, ...]], str]]] = {
    "exact": (
        {
            "lines": (75, 119),
            "index": (113, 119),
            "list_start": (184,),
            "lists": (545,),
            "pattern_start": (156,),
            "pattern": (706, 5),
            "build_start": (156,),
            "build": (517, 3),
            "rule": (155,),
            "surplus": (155,),
            "guarded": (155,),
            "guard": (155,),
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
        "eNrtXQmUFMUZ/v9/ZnblZtnlWhaW3UXuvQ8uQW5WguCFEk4JGAREASMJohgQb1EQLwhexFshqKhookZj4jP6YmKiSDTR5OkzL3mJ8QUPJC+T"
        "6u6anuru6t7e2dmDqervVW/131V//V8df9d0V28fiR9RCN8oBdBbhm4xpdi2V4ptvlJs+yjFtp9SbAuVYlusFNsSpdheqBTbnUqx3aUU2x8p"
        "xXa3UmzvUort3UqxvUcptvcqxfY+pdjuUYrtj5Vie79SbB9Qiu2DSrF9SCm2DyvF9hGl2D6qFNvHlGL7uFJs9yrFdp9SbH+iFNv9SrF9Qim2"
        "TyrF9iklWBaw0FeZNi2A/i3O9kqlRs2dCnHdrFTL3qEQ141KtewOhbheqlTL3qwQ13VKtewNCnFdq1TLXqMQ1zVKtezVCnFdrVTLXqUQ14uU"
        "atktbdy+rAys8y/ircV2Zpti2y4D2/arVmM7Sym2p7cptjkp6xzahvvysTi2CtvZGcG2CIYfh23bMyNnOUfjUTtOAnIdR43BsJRzNj+OxSN2"
        "PFvACY6jzMAXcfGos4BujqPGoCzlnM2PY/EudjxPQC/HUabgaLy7HR8oYIjjKDwGQ2mKOVsCx+KD7PgkjnkwBc6xj5oHE5tZvwxnCwwnwQKO"
        "xbAQzrWPmgfzm1m/DIsEhgva8JVDo6kYI2CK4yj9OKmZ9csAjqOxAk52HKUf45pZf8MYL2Cq4yg8JkJ9qHQTUtTfNCBMtuOit57WCleIloU1"
        "eqMsZEEkoz1UjIVBacDgtGhpCeirkhrI0XWgoaGhoaHR7OimFNuOSrHNVYptnh7NGYvuug40MgKddB1kLHooxbazUmx7KsW2lx7NGYveyjBt"
        "b66dapdS3hOOG4Yi8nX/1tDQ0NDQ0NDQ0NDQ0NBwYRSMgFqohkooh1IYBkMymu1oGAl1UANVUAFlMByGKtXWHdqADae0GKa3YFl+EJn30d4m"
        "Y1Gg60BDQ0NDQ6PZ0UUptn2VYttP9++MRaFSbPvrFs9YdNV1oKGhoaGhoaGhoaGhoaGhoaGhoaGhoaGhoXHco0jXQcaiWNdBxqJEKbYDlGJ7"
        "olJsB+rRrKGh0eZgbAjGtzdikGV+pa49dICO0Am6QFfIgVzoAT2hD/SFftCfzbZKmC8bBENgKAyD4VAKZVAOFVAJVVANNVALI2CU+W2ccebX"
        "VibDFJgG02EGzIIz4RyYC4tgKZwPF8LFsB42wlVwA2yHO+EeeAD2wgF4Gp6Fg/A8vAAvw6vwOrwFv4c/wLtwCA7DB/ARfAqfwddA2Al7YxEO"
        "xgociRNwJs7C0/EsnIMLcAmuwLW4Aa/CbbgbH8FH8TF8HPfiPtyPT+GzeBCfxxfwZXwFX8XX8A18E3+Dv8N38F08hO/hYfwjvo9/wo/wY/wE"
        "P8W/47/wM/wcj+DXeBSP4f+QKEJRilEWZdMJ1I7aUwfqSJ2oM3WhrpRD3SiX8qg79aCe1It6Uz71oQLqS/2okPpTERl1bNVzO7OmE7VtfFHO"
        "qvEsFox4jvkNPetvNgu5LE8uS5ELeXzfncFond6Qz1qowGyjQtZKRWY7ZbFQxEI3FgYwDQOYdIAZz2Eh8Q2RwawtB/Ew1G5ZSz7cPB4utHdC"
        "XsrPlDr6QkJWJqQrt6XljrTlQmoxTYUjXunQVCmcq3Rpq3ToM/qj1SONPmnE6vh+hCkZaR+NEmKj+Tmj/55kfvNoHJxshvF8P8FhwUSXrZM8"
        "Nk2WSKZIZVN9pNNcNVDvsKDexbreZV+9x8J633Lq7fdPp8O3+H6G/fdUITbTEZ/lOjrNc3y6RHKGVHamj/QsX/lsOJv5lTnwbeZb5sI8M8zn"
        "+wWwkGGRGc7l+8XwHYYlZljK9+fBdxmWmeF8vl8OK2AlXACrmK+6iGG1Gdbw/Vrmvy6G75nhEr5fB99n+IEZ1vP9pbCB4TIzXM73G+EK+CFs"
        "gs1wJWxhHvBquAauhevgeuYLb4StcBPcDNuYV7wFdsCtcBvcDncwD7kTdkEv5ntPNL+hGmWj2/DUHZmH6MpGeB7zAvls/PdnI3swa9ly1qut"
        "njyO9dlJphc+hdXfTFZrs1ltzWc1sYQxPZ+xXGX64k3Mgu2slPvgEdjPvPBL8BrzvofgQ9PnfgVxyMauptcdgpU4Cscyv1vP/O7ZzOcuxvNw"
        "Oa7CNXgJrsfLcRPzvtfhVtyOt+IuvBcfZB74SeZ5X2Q+99f4W+ZrP8C/4t+Ybz2C37CLTxbzoF2ZxyygYhpMZVRDo2k8TaUZdAbNoYW0lFbQ"
        "alpHl9FmupZupJtoG91Ct9LtdCftot10N91Le+h+epAepkfpcdpH++lJOkDP0EF6nn5GL9LP6RUC4Ru0xjUvEUtu7m/ykq8MfWTk0CPPS3Y6"
        "ajBdhH+XHiWprLMonEVJDj9b/PNGXKUh5yazJaGFhNqSWeBOB03QJ9oltpybEYTMG1wbUZt/zJEzeVasYwMx+2zMJy9Iel1M0h9jvAy3pSBl"
        "WeyQxewzsrN+MjTvp7nbKNtklawTp5aopL8kz5aELENmS4kkXYmkLWU9u8RnzICPVC5De0TK+kudz0ixRi/ZeSM+miPmWZmW5Lw8IinXqHFr"
        "lNY5asiyE4XvbCf0RezzUR99yT4fMXOE0ezVB1xfglvqlvrrS81SkW8sbfXnti/WRL5JPxReS8NWNUafZY9fzyazT6IwAkR9FFIfSUaKTF/S"
        "PuK6W8c+DLSP0mZf4/RRSH3Y4vaFrb909xe3vuazr+ER5awhQ3PyWpyYZRG/OpBrniPT7MfNrZm4V7TKaPqYbq0+2Zb6kGymn/SsIJlpyOaT"
        "5DuPiLq0oDD7t76KCwIvsucHqWkhW0skUAt5Zv+p2BKsxWmLpbM2YLYutm+tPVJKfXqYO11ZyHTlIdNVhExX2eh06Jh1utNVhdRXFVJfdUh9"
        "1SH11YTUVxNSX63kd0BpwK9UbKBHlAXmDe4l5YF5g3tORWDe4N5UGZi3Mi15Za1QKfEq0Ohyg/PKyq0KtDl4BITNG1yuzOaw5QbnlZVbHWhz"
        "8AgNmze4XJnNYcsNzisrtybQ5mAPEjZvcLkym8OWG5zXz5u5729ov6b9mvZr2q+p4Ncavi+vZerJEve4rdUn1hPNTubqhh7QGwqgEIphIAxl"
        "164q9jt9tPk0czJMhXqYDqfCaXAmf/o7lz/tXQRLYBl/onmFubpkG9wGO+Eu2AMPwV54Cp6Dl+CX8Aa8DYfhQ/gE/gGfw5dwDBCzsRPmYk/M"
        "x77YH0twIA7B4ViOVViLI3EMjsXxOAmn4ik4A2fhGTgb5+A8XIiLcSkuwxW4ClfjxbgO1+MG3IibcAteg9fjVtyGO/B23Im78R7cgw/gw/gY"
        "7sMn8AA+i8/hT/EFfAlfxl/gr/B1fBPfwrfxHXwP38c/41/wY3MNyj/x3/gf/BKP4n8xjkQxgtBbhNd4UNz5FC0i+Ak/CbmejcrSRENIYtI0"
        "TtuC5bEG5YknciL3qOnFwstjJmPx7l3U9WxB5BKBdkLeYmlc1NN0SZiyZE/NrLsudQKzMHKr9GhKaaLCc86I0LKNTSOWFQtdVkyqJ9HWQRoi"
        "/M6s1wbyqYdguVcbCZZgYF7xzmlT0kSkacieBTi1pSNNxKcd5TaLYzC4RK8HSKSJhqiHaOh6iIbgGJTGz1oKPOscjyT1pS2VhlxcnOOo1OPP"
        "yzySco+kwiOpDCGpCiGpDiGpCZBE+Py2tTimqx7SVVdNrU9d522/ziNs9p2M5wvxvkJ8ghCvF+LtzeuaOHfq5pHkeSTdPZKeHkmBR9LPIyn0"
        "SIo8khKPZIRHMsojmeiRTPJIpngkUz2S8zySZR7Jco9khUey0iO5wJaQ/ZvK+FVlrDYX15fnmGvJrfXjPcz14yeaq4PHmGueE6uejdXOxnrn"
        "iYyntULYWCNsrRK2VuIm1uJaq3GT63GNFbmJNbkW5vLfZsbq28T6W2PdrbXyNrHa1sJKjgs4VnFc6Fh5a62+tXAJxzqO5Mrbxq22jQubVaeJ"
        "v871fej7WyuRM6kDXZDJyH42nTwmaMRPvLRv2AjE9ZbCBnpLqV8aY4vs9TPimALpOoyGtAWt+fQbFY3Rls4t24OYuTLXCt4ziX3ifEyQZJvX"
        "huxAoCOODj3ZDl3ZvGaSemMSPWjr8ZZkSFt2a68U8jIC3dlc5fhAL5938gawudZA/kaX3xuUxrtoI823KMfab50lZ2HiDCzoXah59h1x652n"
        "Ja7ZVvLdpsSsKvEOU+NnTxHh7dF2/I1GmSy56q/pb62SMFNq+/9/Jmrf5ynm9xSj5vuZltx47mH9NozHO7C5ejWPG+9+1pj3WOLxXNb7a3nc"
        "eOOzjqcx3swdweOFrKSRPE0J62mjuNx44280jw9jPW4MT2O8/VfC57nFrr8lrr9GqIO2/dfYDqTh2vA0PNNGZ0D/Bx9qTt4=",
    ),
    "real": (
        {
            "lines": (117, 119),
            "index": (113, 119),
            "list_start": (385,),
            "lists": (1162,),
            "pattern_start": (302,),
            "pattern": (1427, 5),
            "build_start": (302,),
            "build": (1091, 3),
            "rule": (301,),
            "surplus": (301,),
            "guarded": (301,),
            "guard": (301,),
            "literal_num": (7,),
            "literal_den": (7,),
            "commutative": (113,),
            "signs": (112,),
            "pair_start": (477,),
            "pair_lists": (232,),
            "pairs": (45, 6),
            "steps": (171, 2),
            "same": (113,),
        },
        "eNrtXQmYFcW1PqdO9QzMsM4w7MMAwyb7vuoMiyC4QFhkMwZRIrKJbAIiKooi8gQRiLjExDUJUVETfW4J0RdN1GeiMYliXCJq1KfB8CIiKk6q"
        "q6v79j597yzA7b7/V93Vp6pO1Tm19KnuvlWfVXwWI3weK3yV5djvuILkl6W/nFhJWy9W0raOlbTFsZL2qlhJuz5W0l4TK2k3xEra62Il7aZY"
        "Sft6rKQljJO0PFbSarGSNidW0ubGSto6sZK2bqykzYuVtPmxkrZerKStHytpG8RK2oaxkrZRrKRtHCtpC2IlbWGspG0SK2mLYiVt01hJ2yxW"
        "0jaPlbQtYiVty1hJ2ypW0raOlbTFsZK2TaykbR8rabvGStrusZK2Z6yk7R0rafvGStpzYyXt6lhJuyYW0l4m3OWxqVNd2qtjJO21tV63/4zT"
        "EAEsRiPip7GqWYxRzX4Uq5o9EiNZ349VzR6Okax/j1XNHoyRrG/GqmYPxEjWv8WqZv8VI1nfiFXNfhYjWffGqmb3H+Ply81G28Za9eG8WEhb"
        "DgbiIe0oMBAPaQfg0WnJjx1T/TYvC+v2kCXthbGQ9lQwEA9pTwcD8ZC2Hx6dlvx4rPrtk8eQtEugMGOe245da73i6wq/1xQ1L+2erJB2I+w4"
        "rut2JMapJU+LlbQzEmmPW2k7QgeBPg76miy/A5XaqDNRr9vpWJvSjsDalHamLbcFqM9v52Td9wKp+e1Cm2xLpbTzs1ja5Uq2MhhZK88ujq60"
        "5rMLP2kHYrZKOwbGZvH81j0H8krbv4ZqdoWD7yo8GtJOULm2gCsUpSSLRqvDFVye+6nrSZa02fgzpYVYSRuHuh0qpB0mjkNhkKKsjE1LZhYu"
        "gSa2q/SwPeOUNQ3dTibpay+cJnAKjJPnfHnMLhyqMH0XCVfHhrqOq+zAwQrTN0e4RhaWQ5HtKj3clHHKmobekhtbV00FJmJTeW4JTbMQhyua"
        "Wf5ZCktwFpwD83AWZBcOVpi+ZUK2eTbMd1xlBw5VmL7Fwq2wsApW267Sw86MU9Y09H67Fi4V0K/WxQpXxgqbLWyFG21X6eAG+EGGKWseekve"
        "Yl3dr/AsPABPW1c1g5/XMH8//MYm4f3wgsLv4UX4nXVVM3i+hvn74TmbhC8AJchajBM4FU6D74nzfDhbXus43fJVH86oAZ6VAYWFaNhSi8TV"
        "eIHvwAR5niyPOiZavurEpBrhGo55cC7MlrhQXE1RmCEsqwUwXV1916JHwVRYGinema7raWnlkhn05xUXwFkCM8XVHBsWWr65DvrxjO/DecLp"
        "OF9cGb1XEy4XeFaPUDnC9ffBAF9qMAamGf/oIR53niVwkeXvI1xd6auTxRLXdV03SeyPBAmOG/SGvuLYw0bpWiv59qtVKbs7rnrZ/N2ysE57"
        "Ju06NiiKlbQNYyVt01hJ2yzpzVmL5okOEmQFGiU6yFq0iJW0jWMlbctYSdsq6c1Zi9axkbS+cHlQL6O0+ceNhHYUJ+07QYIECRIkSJAgQYIE"
        "CRIkcOEUGA2jYASUw0kwDIbAoKyWdiyMgZNhJAyHMjgRhsLgWNV1g2OgDMtqDctrMa8g2CVvk4w2WYuSRAcJEiRIkCBBjaMgVtK2jZW07ZL2"
        "nbVoHytpS5Maz1oUJjpIkCBBggQJEiRIkCBBggQJEiRIkCBBggQJEiRIcNyjQ6KDrEXHRAdZi06xkrZzrKTtEitpT0h6c4IECY456D8EBhw0"
        "yIFcuZtmPtSDBtAQGkEBFEITaAotoCW0hrbQDkqFxdVJjGddoTv0gJ7QG/pAPxgIg2EonARlMBxGwCg4GcbIHXImwXSYBXPhApgPC2ARXATL"
        "YQWshNVwKayFy+AKuBKugvVwDVwLG2ETXA83wFbYBtthB9wEO+EW+CHcAffCffALeBKegl/D0/AsPAd/hFfgT/BneBv+Du/BfvgKvoEKIQjD"
        "XKyPDbEAC7EltsY22AlPwK7YHXthH+yL/XEQDsFhWI4jcTSOw1PxNDwdz8DxOAG/g5NwMk7BM3EqTsPpOANn4ll4Ns7C2XgezsHz8QKcjwvx"
        "QlyMS3AZXoyrcS1egetxI27G7bgTf4h34S7cjY/gk/gMvoAv42v4Nr6D7+I+fB8/xE9wP/4bD+MR/FaoHBmxHJbHGrMWrD3rzgaxUew0NoXN"
        "ZvPYRWwVW83WsMvYlWwDu55tZ7exe9hu9gR7jr3K/sz+wv7KXmOvszfYW+xdto+9zz5kn7BP2X52gB1kX7Av2desggEhMSLipFEu5VEDakiN"
        "qQk1pxbUitpQeyqljtSFulMP6km9qDf1ob7Uj/rTABpIg2gwDaGhNIxOpJOojMppOI2gkTSKTqbRNIZOobE0jk6l0+gMGk8T6UyaSefQXFpM"
        "F9FSWkYr6GJaRatpDa2nzbSFbqCtdCNtox20k26jH9KP6G7aRT+n++gBepAeosfoSfoV7aHf0Yv0B3qN3qS/03v0T/o3fUnf0BH6loAzTpzz"
        "XJ7H83l93og34S14Ce/Ee/JevA/vywfwgXwIP4mX8xF8NB/DJ/OpfAY/m8/ii/gSvpSv5uv4lfwqvp5fwzfwa/lGfh3XW73R8vOhvmz3RtvP"
        "F66x6AFGHygScYqkv0j0h1zhTH8zkbKZiNEMmqtjC9lfWokekytcsUhZLH1tpCuGEkkpEf0pV/apHOHaC5RK10EdO1rnTjZfZ4e/i+tK75dd"
        "oZvom3rvNHqocewlemod4fT+Wkce+4p+2xf6i+MA0X8HyT48CIaIfpwv94seJs/D4ERxPlH27TIoF717BIyUbpQ6nmydR9t8Yxz+U1xXY9VO"
        "XcZuXcbxdDFeuGOdIeriDBgv6mO8T9h44SbIGBN8Q4Oo35H7ZjWUx4milidaJbD7JknXSB4nO+iThUYmC0xxUadIur57VFvhcuWxSLipon6n"
        "ylqeKq+aCmeETlNHPWS6ijEdZsBMOAu+C2fD98ToORPOgdlwLpwnd006X46m80TcecI3T6SeJ/jpe6nmCneB3FN1vsh1vuA0X4y4i+BC4RbL"
        "82Lpu0gdl8jzUhWy1KKmKMtstGUqduq83BZvhSPmCivOCltsO/ViR9qVrtQrbTFXOjisdPBYCavkvqqXCKyRvkvVca2kXGZdXW7zXaHCjB08"
        "9bvPerhaumvUcYMj/2tdeW70lPY6H8omX9p/BVCvd+W42ZPn5sCUm1263Ozgtdmlv82wReAG6baq443WeZvNt93h3+G6+oHn+iYfyk5f2s0B"
        "1FsC6bfCbcISuB1+BD8WuEO6O9XxLrhb4B7p7lXHn8BPBX4m3S51/LmwIu6D+6V7QB13w4PwEDwsrItfwiMCj0r33+r4GDwu8IR0T6rjU/Ar"
        "gV9Lt0cdfyOskqfhGen+Rx1/K+2U38Hv5Y6XL8L/wkvwB2G3vCwtl1eF7fIX+Cu8Bq/DXngD/gZvwlvCmnlH2DPvwj5h07wH78MH8vgPdfzQ"
        "On9k833s8P+f6+oT+FTgn8JC2g+fwb8EDsD/C/zbE+9zH8pB+AIOwZdwWNhXX8HX0n2jjkfgW4EK6wow5UNhh5FwXBw1zHGE5KCeKgebCZcj"
        "rDVnWK4KzZXh3tA6VngdFaOOontj1rXFrWvFrmuF5mG+cPXEsT42EDaj7m8krxoL+1G3IHXXRB2LrHNTm6+Zw9/cddVC2KAtsZWwQ/U7TWss"
        "Rv1OZR7boO5aY4kKLcG2GHS/aivjtJUpzWM71F1winYqTTts79BEqeuqA3YUVnJngS44XFj+C4WlDnJGkCMshTw5F9BnAvo8oLmcB5QIq6Oj"
        "sDa6Czuiv7AZdMt/uCiFYfNPFPekGeLeNVvcnxaJcWe1GHOvFmPVVtGjbxY9+B7REx8SPexx0Xt0a/550TNeEb1hr+gB74o2/7ForwdECz0s"
        "SqmJ+mgsdFksynmCsOEHSNt9FJ4i7PYJwlqfJiz0WcI6n4sLcJGwy5fhClyJl0i7/EphmW/ATcI234o78Ga8DX+EdwgL/V68Dx/GJ6SF/id8"
        "Q9jmH+O/8EthkddhjVhz1pZ1Yb3ZYDacjWOT2Ex2LpvPlrKL2SVsHbuWbWE/YLew29md7F62iz3AHmaPCqv81+wZYZm/wF4S1vle9g77QFjj"
        "B9ghdkSY33WF1V0k7O121FnY2f2ETV0u7OdxNEFYzGfRbGExLxLW8mq6nK6mTcJGvknYxnfRz2g3PSIs4qfpWWERPy9s4pfoj/QKvUp/Ebbx"
        "XvobvUXv0LvCQv6APqSP6RNhKX9GB4S1fJAO0WH6WljMIGzlOsJWbsSb8la8Le/Au/DuvDfvzwfzE/lwfjIfy0/j4/lEPoVP4zP5Ofx8YScv"
        "55fwK/jVwjLewrfzm/nt/G6+i+/mv+RP8mf48/xl/hp/m/+D7+cH+TdiapGnNdaaayVaJ62nNlAr18ZqE7WZ2hztQm2Jtkq7XLtSu0bbqG3S"
        "rte2aFu1bRpYPybnnqYv9UNw/lggDQNozMHHPy2z4rFK40XNIzzfFM2Yd+fIK28sktRUKPqkCMojOC25ckMlh19ZTC7Mpn2/ErjjQRX42ctl"
        "15ZbIoiYNlwb3JJfc6RMhdp1rEOzQrWAtKhCzXxTeeQE5OEXauSsBfBzlyontMw5ofy00PJplZavck3qZWaqD+WoHoK+tZDjaZP2tJqVFtLI"
        "N9XWUKb10xV6NBkl36C2UXV57aMR8+g5PN+qyOuXb9T2nH47rXp7qUqdZ1ZvVdF90GgRpXypeG49s9D+y9IeX1hovbG0xxcK5UcZ8QuWlzKS"
        "N0p7DpO8OssXtd6i1kew5ZF+H6z8vlWdYzZE7L81N2anI2/Vx+zM5A3Pt+r1Wz11lI6eq6IrvzIHW8iZ2X/h/IItxsrLV5V8gzhHKZ87nmaN"
        "d36zhKDQVPn8bMzge4BW6Rim+cwPNaUr97zMLkeuJbPm0B6zcXDO2sinPnItCcjBxa+2UrrX1OzEjJdX6dzFoLV30DQrxC80iIaC5p2NZSaH"
        "EVoaMQ+/spT6xCv1mbX5tdjSgNlx+MzaTUvVu9/McGDAnNgYYZiVlgI4kwz148IsLhTQGw37Z6BDQym7E2T+zOJHVjgP7d1kWRpROHv5geJn"
        "ypZ5SYP5ZVZS9yhVPfpzl0+rorypJw7RuVReqnT4GeUJatnMGsHNHmDnxyLyYz49xY9fqnxM8T465cPQ8rFqK196/FhEfljr5Yuqv+puL25+"
        "NVe+ynuUU0M6Z7JZCcbYxdTdgbmeaPpxDpLNzZmpUdHIo+p9+mi1yWOpDfk9v0+NrOBjafg9OWaBdgR3cTE1ad7zzPKRoz4y5cIsLhTKhXks"
        "+EzKEs7FWRaD54CQ5/L2+h1g9ZQeAS3MHa9nxHi9IsbrHTFen7Tjoc8MNxWvb0R+fSPy6xeRX7+I/PpH5Nc/Ir8BPvOAHiHvo7CSFtEzNG14"
        "K+kVmja85fQOTRvemvqEpu1TLWn9aqGPz6gCaecbntYv376hZQ7vAVHThufrV+ao+Yan9cu3X2iZw3to1LTh+fqVOWq+4Wn98u0fWubwESRq"
        "2vB8/cocNd/wtEGjmfv5RjKuJeNaMq4l41ocxrWciE+xE1r8aPmumbpzLpnvk4I53iQZTzzyfVods+YQ+a5ZvvMtRdQ8NMdzV+PJTb7j+Ys7"
        "38pTMJ8vL/zKbEpJlmbCUqBPisrzcL+xY65v34L07HyPGB7PL1+/b+Sixoua77FcPubzZhQCvtUIb7t+X8UG96N6EdPWC+2hQb2R1Nt6Z2v3"
        "pk1p0j8FBpQqsx4aXIL0+2q+z92PRRwjgtIaOnDny9LQgXusC9N4OmMiQllAHRnnMouz95veYB0EpygLyMNdqqCWAxm2UwxIG9xO0aE/SKuO"
        "Ks8tFY8FfmnCLM5lAbo3/q+dI98L8jRqgVtSGnmQzMPLJTV2lvncU1i1lcVI6yxB6n2K3xcLfqWqellyxVmzdONXqnC9mLXlbuN6qXQ5ucxX"
        "s31vUhUNmfXm5Zdqa7nyDbb96b69pE55g20QPy4YyiX9snBXXyWP1WJw4T5zl/TLwn1mT9WtF+7zfjD9slSPXsLL4te3CiL2j0Kf/uHHrzAi"
        "v4KI/ApCe0qhT08p9OkpqZ5c6NOTC316cq5cGYNbZeGyLGGcC3w4F0Tk7FfmqNpNaaPARxvVU2ZujWvuknKpvxzr287MNZ7Ko8AnjwJHHm7L"
        "aFClc9NwK8209Uz9Ydpc0IeLX0nLfEpKPlZGmc9cI8xKc9tXqS8S/f5HkD7N/KbNWC/G+H9offkPUX2tjCJoDq2gDbSDDtAZukEv6CfqZBiU"
        "wyj539RJMA2+C7PhAlgMF8NaWA+b4Ea4GW6Hu2AXPASPwR74LTwPf4BX4XV4C/bBh/ApHIAv4GuRsYZ5cm2XZtga22En7Ia9cQAOxXI8Gcfh"
        "eJyM0/FsPBfn4kJcItdnuRTX4TW4ETfhFtyK23AH3oQ78Rb5X9A78R78Kf4Md+F9+ADuxgfxIXwEH8c9+Cy+iK/ga/gW7pOrtnyGn+NhrECN"
        "5bPGrBkrZh1YN9aHDWInsVFsLDuDTWYz2Cz2fTaPLWSL2VK2gq2Sq7esY+vZBnYdu55tYTeyHWwnu5Xdzu5gd7OfsF3sfvYg+wV7lD3OnmJ7"
        "2DPsWfZ79iJ7ib3MXmV/ZXvZm+wdto99wD5in8iVXT5nh9hX7IhQP1EO1aV8qi9XdCmkImouV3RpRx2oM3WlHtSb+tFAGkInUjmNpNE0lk6T"
        "q7RMoWk0nc6is2kWzaY5NJfm0yJaQitoNa2ldXQ1XUdbaDvdTLfKNVrupLvpXvop7VLrtDxMj9Bj9AQ9RXvoGXqOXqA/0p9pL71N79FHtJ8+"
        "p69E4yCew+vyerwhL+BFvDlvwVvyVrw1L+ZteAlvy9vzTrwr78F78358EB/KT+LD+SgOkX+knkL5+5llaYMP3fvVKKleHE5hLlvfLw6PQNF8"
        "49ilqIyuVUo3n2DYNcNt/xGIQtds/wPLccliT1W7oVrGoU6t8iRmRjG1UG1HDXW2WH7Mxkw/1PncqPZCqQqhds6UZihVUyiz/tFjjkXetEGh"
        "rNJQ5pgLhddaHEKplkOZ42vW2g+ltELNLx61DEIru9drVRxtmMMKsofWtdn8qbs5CRs9FSffdn+vb/O39/VHC+We70czoUTJy+9fQ8a8a6Ct"
        "f0ehG7nzjOJw23yObPfKdOPY89Ii56X58jEttzAOZnvwloEF6CGc7uXGbCXB0LT2L8erEod84zDHfxFT3KojDgXUo3+Z7RZ1eI5ee96MwyPo"
        "gUfWA48gY1icoNKy0FBnf2S+o2VtxWEuWZz9qIdnxO7pofTyUHp7KH0iUPpGoPSLQOkfQiH1fc/RkrG69FBduqqqPhOdH/s6Jyi0+Vva/MU2"
        "/wibf6zNnyfva/YnIQUeShMPpchDaeahtPZQ2ngoJR5KOw+l1EMZ5KEM8VBGeiijPJTRHsoYD+X7HspcD2WehzLfQ1ngoSx0UezP7py2a3kE"
        "v5EqjGK2ouGeduWlNJBpw+im1d3AliMLoTttdYMPBcSnED6GROGhQXkFpyVXWoKGAf56Lr+zTvMD/GXV5DfqNJySeVqzlo03Lt75XRA9xSda"
        "KPO09toJDdPJ0YpjaqnFUafYV4eMcjTlGuxpP0ZvKquU7tcmyz19yktJjWz25//2Z0HepzTeJ8DeJw/Metenv+0zVsnXd4jIk+/8jHXyG8s3"
        "f4VqlfymckX85grGSvhOtJIr4xsoFmijUCJXxNfXw2+nVrU31rV3orNCF4UTrDXvuwkbq4dc595Y236IXMt+mFy73ly9vlyM1MMdq8Lrq+Ya"
        "69EbK7mfrlbQnSDXhjfXdT9Trts+FabJ1dkNzFTrs+urs+vrs+srtOtrtNtXaZ+vsEBhocIihQtta3obWK6wQuFihZVqpfM1aucMfR3zdWr9"
        "cmPNcn0HjdSa4KmVtPV1tI2VtPW1tPXVtPX1tM0VtY01te9wrKStr6Ctr6FtrqKtr56tr59trqBt4AGF3S486IK+vra5wvaj1reVFbaf0YoN"
        "X+rauSpQ0OoudoTHzvTnv5aUWUp72QFS8oSVzQSz/tOeuma+z8Vq64dpoKICXRpCzz9fglfCdeuE2WDfm8atZW+7MfOpCP1VFp78juWfcUdz"
        "ovZLEfQtQvI7fn9+I9vRKIU+PjHbd1/OtUiDV0IL4hZ+H/PXQTrcqvOX64Emv3o0nDfEPJrhmo2SK8eG3FCgw48OPrkOXrlKMym+mg8ftPh4"
        "c9KpYHsbo6OOgm5HVz+aHBWYFn9rG9pKdFDw2vLVAd3at6NvraC/wuBAlKUFY1+t9DGqFjBazIUmilnQmWoWNM22F5Uxx1lgm8Ust3ZmCp6t"
        "bAiYqQTv+WPMTox9fcy9fLz795h79pj79Jh786SzH88b8JbcU9DYCae92u+wRM5LO4j5bmPHTol5cq/E+nJ/lM5iFmrGb6fau55OpzWS32R7"
        "0+lpdJ5m/Gby+9liOa81vvXXd4zT93MDMds2Z9j6nFqn2Z1hMZsxjF3oWko+KWs6tetjA8k3nX0iUT2ryAy6TLWxm6WhiaAjwVm2r5nnqi+8"
        "9dWsLlDvyfUvmucpuv5l8yo5G6uoqC9qabXyNxZavkTqs6KiSGh6jfK3EFJequLou/utVX59z8zLVJyOosYvV/QTRKmuUH79ucU6FUffT3Of"
        "Kqe+M98Xij5IjCqHlF9/svGlSqs/4Tis/Ppzjq9k2ooK/VnH18qvP/H4Rvn1Jx9HlF9/AvKt8p8C4/Qdd6T/dBivf28t/fozEFR+/VkIQy79"
        "+r51pPz6sxCu/LPE+KAp/xwxRrREo2zzYCG0Un59R7LWyr9CaLlY+fV92doo/zoxVpQo/wYxXrRVfn2P0HbKv02MF+3R0Ik+ZpSqct4qRo4O"
        "yv9jMXZ0VHH0Jxvd0PgvsT6WdEfj/736mPKtsO91V6pm9+1d51LXWXcD4dg+f1tNLl/xM/7XYPhTtJQ/KF2Z+s+G22/nZQ+3n+1hufJfISl/"
        "YYC/wMfPbXF4QHwegT8PiB/E3x7Hq0/w0ScG6tN0+u9SXFtl0/wyvByPzXnZfwAstdR1",
    ),
    "domain": (
        {
            "lines": (126, 119),
            "index": (113, 119),
            "list_start": (450,),
            "lists": (1325,),
            "pattern_start": (318,),
            "pattern": (1482, 5),
            "build_start": (318,),
            "build": (1133, 3),
            "rule": (317,),
            "surplus": (317,),
            "guarded": (317,),
            "guard": (317,),
            "literal_num": (7,),
            "literal_den": (7,),
            "commutative": (113,),
            "signs": (112,),
            "pair_start": (477,),
            "pair_lists": (470,),
            "pairs": (46, 6),
            "steps": (173, 2),
            "same": (113,),
        },
        "eNrtXQd8FcXWP2dmNgkGAiRA6CVBQAgQQmgKQTqCBRApCmKhYwcBK6ioKGBBUZ/BhliwgaJYsGHB+nzY6/d49q7v2bGQb2Z2du/27E0j3t37"
        "/83e2TMzZ+ZMP3v3zvm+7PsI4adI4fcUx3e2O4g/KfrJiJS0WZGStk2kpG0bKWnviZS0GyMl7a5ISft7pKT9I1LS/hkpaf+KlLS7IyVtJkZJ"
        "2t6RkrZPpKTtGylp+0VK2n0jJe1+kZK2f6SkHRApaUsiJe3ASEm7f6SkHRQpaQdHStohkZJ2aKSkHRYpaYdHStoRkZJ2ZKSkPSBS0o6KlLSj"
        "IyXtgZGS9qBISXtwpKQ9JFLSjomUtGMjJe24SEk7IVLSHhkpaY+KlLTHREra6ZGSdmakpF0XKWkfjpS0WyMh7ZXcrYlMmwppN0VI2rsi1bab"
        "IyLtBo47uLuzhvNtG6n5v1eEpG0TqZYtjpC0LSLVsoURkjY3Ui1bECFpcyLVsp0iJG39SLVs+whJmxWpls2PkLT1ItWyeRGStm6kWrZdLZe2"
        "TgrW+c/m2TSzIyHtUNARDWlHgo5oSDsH90xP/rRWjdu6Kdi2v5rSzo+EtIeAjmhIOxZ0REPaWbhnevJnkRq3X9QiaRdCY7ixgjyfqLU9+buy"
        "P8q8NuzVL+03KSHt/fDU37ptF2KUevI/Ymn/ttJ2go4cxZ7S3h2JOfm8FF+B9rZQr0XRttdgTUp7KtaktNdacrsThX67PuWeEyb027ssst0n"
        "pb0jhaXdrGQbAiNq5NnFnpXWeHbhJe1cTFVpR8NBKazfOnUgt7Szq6llH7DxfQj3hLSXylyXQAu4SlEOTaHZalcZk9991P3lprSp+DGkhUhJ"
        "a7Ttg5FpW2LiXGgCN1nuk8GTFUxX/RA7Ryp9HbjTOA6Eg+V3PXlNLfxaZvgWcJfGsRLF9RxoJe9SDbvK0uV3X+72siDTdpca+LnM8M3hLtvE"
        "aZAL6yz3yWBbBdNVP8S4zTHvmnJchuK6FFrKu1TDrrLmpn+Gwv04A2bCBpwBqYWfywzfvVy24y04wXaXGvi1zPCdyt3pJs6Gs+Bmy30yeKaC"
        "6aofYtyeD8s4xN0qARTXK+Ay/S7FsKvsUjslhaVdzaW9hF9Xw+X87upI4ZpIodTE9XAdrFf+q7EUksGzUFpLIWaptebdLRyrUVxvh9vkXaph"
        "V9mtpv9hE4/Bo/CI5T48HoenK5SuJiDadqt5977CD/AefGfeVQ/eqWb+XvjWIuH78JvCz/Ar/GTeVQ9+qWb+XvjRIuFvQGOkLA7mOATGwLH8"
        "+0Q4Rt4LjDV9VYdx1cCzPCDXfqZLnMLvDuU4DMbL70nyKjDB9FUlJlYL12AcD7O4Jiswn99NVpgKC+AkOI37pnF3tEkPgyPgjFDxDnfcT0kq"
        "l4pBPFU9Do7iOJLfzVE4lbuTuU6k380z6X93nACzYa7EQn6nj16Nu3RgKT1DpXHXx4b9uOsHfR3U8rBvkvH3HKKx8iyGRaa/mLs60peRwhLX"
        "cdw3ifTOo2u8+4rxt0JP6MWvhRZKQY3k27tGpexuuyuy+LulYJv2iPt1ZJAbKWkbRkrappGStlk8mlMWzeM6iJESyI7rIGXRIlLS5kRK2paR"
        "krZVPJpTFq1TXkLjXeUs+TZ2vQq98Vz3b/FetpCwvgVtbHepiHj8xogRI0aMGDFixIgRI0aMZHEgjIKRMByGwmDYH0qgf0pLexCMhgNgBAyD"
        "ITAIBsKASLV1g1pQhjNrDGfVYF5+sEreNp5tUhbt4jqIESNGjBgxqh2NIiVtXqSkzY/7d8qifaSk3Ttu8ZRF47gOYsSIESNGjBgxYsSIESNG"
        "jBgxYsSIESNGjBgxYvzt0SGug5RFx7gOUhadIiXtPpGStnOkpO0Sj+YYMWLUOogPAgEmLf+mQx158lJdyIL60BCyIQcaQxPIhWbQElpBG8iH"
        "9nw/3YmvVgXQDbpDDyiSJ4n3hr6wLwyAgTAYhsAwGA4j4QAYLe3kTISpMB2Og+PhRDgZFsCpsEhaslwC58B5cAFcCMvhYlgJq+ASuAxWwxWw"
        "Bq6Ga6EUroPr4Qa4CdbBergN7oRNsAUeg2dhOzwPL8G/YAe8Bu/DB/Bv+AJ+lNadGKZhHdwL62JDzMEm2BJbYRvsgJ2wC/bEYuyN/XA/7I8l"
        "OAiH4DAcjiNxFB6MY3E8TsLJOBWn4dE4E+fgPDweT8FTcTGejefi+XgBXojL8SK8GFfgKrwEL8PVeCVejdfgtbgWr8d1eDPegrfhBrwD78J7"
        "cCNuwnvxPrwfH8At+CA+hA/jI7gVH8XH8Anchk/js/gcPo8v4sv4Cu7A1/ANfBPfxnfxA9yJH+Nn+BV+jz/ib7gbKalDGpAmpAVpRzqRQtKH"
        "DCBDyTAygowko8hBZCwZTyaTaeRYMp3MJLPIHHIcOYksIkvIcrKaXEc2kHvJI+Q58i/yNvk32Uk+JB+TT8nn5AvyJfmafEd+IL+SvwijdWlj"
        "2oZ2pr3pEDqUDqPD6Qg6ko6iB9GxdBwdTyfSI+gUeiQ9ms6gM+lsOo+eSE+iJ9NT6Hy6gJ5KF9HT6dl0CT2HLqPL6UV0Bb2ErqZX0DX0GrqW"
        "XkevpzfQG+lNdB29ma6nt9Bb6W30drqB3kHvpHfTe+hGuoneS++jm+n99AG6hT5IH6IP00foVvoofYw+QZ+kT9Pn6Mv0Nfou/ZB+RD+hn9LP"
        "6Rf0K/o1/Zb+QnnzMy4GY0xj6WwvlsXqs4asCWvJWrHWrC3LY/lsb9aRdWZdWTHrzfqy/VgJG8yGs4PZWHYYO5xNY7PZcexENp8tZmezZewS"
        "dgW7mq1l17Hr2Y1sHVvPbmUb2F3sbraR3ce2sK1sG3ue7WCvstfZG+xt9g57n+1kH7KP2efsC/Y1+479wepomVp9LUdrpLXQ8rX22t5aB62T"
        "to/WWeuiFWhdNTHuhMuQZ55lcFcfGvDR10COwEw5Chtx6CMxjTvhz4WmPE1T09+MhzbjqZtBc+lrzvk0hxYcYuS25nFb8/Gbxl1raCvv2nJ/"
        "O0lpB3mcksdHd5oc4e1hb+k6qGtH87uTxbePzd/ZcdeFzxD1uCuArvK7K58vxIwhXKG6itkjgzsxh2TIazGfS4r5bNIL+vAZpZ+cVfrBftCf"
        "10N/jgHyewCU8O8SPtvszzGIzzhDYKh0w9R1uPk9wuIbafMf4Lgbxeer0XCgdAepq7An1oA7Z0xhZawhd150L9pYfh0rOY31CR/Hr+Mkz3Fw"
        "KG/zQ80SCFtY4yVlvIU2Hg7jdXCYg3IYTJDUCQ76BD4L53GXLq+53E3iLT1Jtvck3nsmScpk3m8m89aarOIdrq4izhEq7hEwRbWV+J7C+9gU"
        "szWnKLqwmDWFz/pGvKky5lQZd6ol9lQzfLK8HgnT4Cg4Go6BYzmmwwye5wxp23oidzplJi/bTC7BTF6WmSZtFs9hFuc/i3OaBbM5p9mc12yY"
        "A3NhHl97pkk70SfCSXwFOgXmy1VoIU+3kOewkOewkOewkFMX8rUpnbtc7sQ6Je4ncTdDrlmnwxncnSm/z5S+s9T1bPm9RIUsMalLFH2pGbLU"
        "ErbUDD3HEn6uLca5ljgJv9V3ni3tMkfqZbb0yyzpltl4LIPzOcRqLNZj4btIXS+WlBXm3UqLb5UKuwQu5bgMLudYLd0V6nqlLcc1jjyvcpX2"
        "ag/KNZ60f/hQr3XkWOrKs9Q3ZamjLksdtVdq410Ka3mvWsv71Vreq9byfrVW7lnErkW4G9X1JvN7ncV3s82/3nF3i+v+Vg/KbZ60232oG3zp"
        "d/Dd1V1wN9wDGzk2SXevut4Hmznul+4Bdd0CD3I8JN3D6voIbOV4VLrH1PVxeAKehG3wFDwNz3A8K912dX2O7+Oehxeke1FdX4KXOf4p3Svq"
        "KnZ6O+BV6V5T19fhDXgT3oK34R14F96T+8D/4zvBnfAf+BA+4u3wMXwCn8Jn8DnfHX4JX8HX8A18C9/B9/Bf+B/8wHeMP8JPfNcorr+o66/m"
        "928W3y6b/3fH3R/wJ8dfsJujTGynEZFwUHTGYx4Uje9Y0zFD7lr3wkzp6qprPcziqG/eNbD4GmI23+FmYyN+bcx3urOgCdbjTsyjTWSqJrbY"
        "TZDvEPg1V8bMlXFzVexcFT/XkSJXpjHiNjVjNzXjN3WlaKrSNFV3s9SdwaOZhUszC59mXpxMXs1MyiyT0hxbcNeSX1vhDGiNM6GNvG8rKe0w"
        "jyNfuvbqurf53cHi62jzd3Lc7YOdObpgAYqVuQC7oljDjWs3FK4Au6vQ7lgofYUyvBD91vqgkB4o3Bjl1/n0wCJbXfV03BVjL67b9OHoi4Ol"
        "/nYaLJY2JRlf4TLkubhZfP+RzfeLTfh615zvCsUOMJ/v2IQuV8h3XX35PquE76aG8jKN4nuHsXzfIOxtHs1Xv3l83VzEZ8zz+Lx/KZ9T/8HH"
        "18183tjI5wJhE3obH88v8LH6Kh+T7/Jx+CEfeV/y0fY/aVX4L6C8f9fn/bQFb5eOvM56cj1sINfARuBoPAQPxYl4BNe8jsVZXO86EefjIjwD"
        "z8IleB7XvC7k+tYVXNMqxRu4jnUr16/u5rrVZq5XPcg1qse5LvUM16Nexn9JHeotrkHtxE/xW/wZ/0KN1CONSUuST7qQnmQ/MoSMJoeSI7im"
        "NI/MJ2eS88kqsoZrSLdwHelucj/ZSp4iL5B/kle4rvQ615be59rSx1xT+pp8T37kWtIfpIwQmkGzaCPanLalHWgBLaJ9aQnXl0bRMXQC14+O"
        "4ZrRCVwfErrQMnoxvYxexbWfdVzTuYfrNY9wLWa71GHeof/mGsxX9L9cc/md/kl3c/2FcN0ljWVw3aUu114asGzWiOsvTVlzrsPoGkx71oF1"
        "4hpMAevGClkR12P6cC1mIBvERrCD2Dg2kR3BtZhj2Sw2T+oxi9gZbAk7l53PlrMVXJ+5nOsz13E95k52L3uQPcr1l+3sJa7BvMk1lw/ZZ1xn"
        "+YHtYqCla1laY60V11YKtJ7avtogbaR2iDZBm6rN0I7XFmpLtOXa5Vqpdot2u7ZR26I9rD2mPak9pT2jbdee117UwPwQ+YzB8CU+CPYP8aWh"
        "D43Y+HinJWY8Um68sHkE55t8PP05TJq8c8eikpoIRY8Ufnn4p6WO3FDJ61UWgwuxtJJXCZzxoBL8rOWy1pZTIgiZNrg2mCm/ZkuZCLXWsYBm"
        "hmo+aVGFGvkm8kjzycMrVM9Z8+HnLFVaYJnTAvlpgeXTyi1f+TUpykzUWEtTIwQ9WyHN1SetaTUzLSSRb6KvoUzrVVfoqskw+fr1jcrLa521"
        "iKueg/OtjLxe+Ybtz8n308r3l8q0ecXarTJ17zdbhClfIp6znkng+CVJzy8ksN1I0vMLDeRHK8TPX15aIXnD9OcgyauyfGHbLWx7+O88kh+D"
        "5a9bVTlnQ8jxW31zdjLyVn7Orpi8wflWvn2rpo2SqefK1JVXmf13yBXb/wXz898xll++yuTrxzlM+ZzxNHO+89IS/EL9y+eXwmsv6r9WaOXO"
        "dV715ywf+uyHnO2BllnE+tFUWqfeaJU33axrzVYrxMLBri1Sj37gx8XIg6jxkGYrgzNtWmBaLTCt5mpT7/YNKmkYfkxpcuWl0Eyuerw6Hvpg"
        "HQ+ds46Hbppu9jfqUWavPpQoQaKke5Wrkeq0PBvNKUdeuSl0OfKqTA49ND9kHl5lyfeIl++hi3v1l3yfZx7Bz0uctMSo8tL3e/vOAmIuImZa"
        "6sOZylAvLsTkQn3mWH1X29tWQwltAmT+xORHzXAWOGdTc/8YhrObHyh+hmwVL6k/v4qV1LlWVE39OcunVVLexHOk8FzKL1Uy/PTy+PVsYq6y"
        "xgiw8iMh+RGPkeLFL1E+onjvmfJhYPlIlZUvOX4kJD+s8fKFrb+q7i9OftVXvvJHlL2GBGdq2YPpcxdRqwNxPKf24uwnm5MzUbOinkflx/Se"
        "6pO1qQ95/XqTmFnBY6fh9XsA8d1HeGkJxLLmGeWjtvaoKBdicqGBXIhLL6tIWYK52Mui8+wV8GuLcz2356un1UdPV59e54zXLWS87iHjFYaM"
        "1yPpeOjxLCMRrygkv6KQ/HqG5NczJL/ikPyKQ/Lr5aEbdA345RHL6RHdAtMG95LugWmDe05hYNrg3tQjMG2PKknr1Qo9fJ5qJJdvcFqvfIsC"
        "yxw8AsKmDc7Xq8xh8w1O65Vvz8AyB4/QsGmD8/Uqc9h8g9N65VscWObgGSRs2uB8vcocNt/gtH6zmfOZRzyvxfNaPK/F81oU5rW0kE+2Y1r0"
        "aJketCyHRm/XOb1SENuvgvqTkUyPnkhMvSLT8TTA/mtG2Dw02/NZ/QlPpu05jTPf8lMQj/duvMpsSEnNmglKgR4pys/D+Xstcbz56FfP9l+R"
        "g+N55ev1hmTYeGHzrc3lIx6/coPPmzrBfdfr3Wn/cVQ3ZNq6gSPUbzRS9Ruzvbe70yZq0jsF+pSqYiPUvwTJj9VMjxWRhJwj/NLqdeDMlyRR"
        "B865LqjGk5kTEUp82kj/LjE5u9/o9q8D/xQlPnk4S+XXc6CC/RR90vr3U7TVHyTVRuXnlohHfN8zIibnEp+6109vSJO/H7IkWoGZUup5UJmH"
        "m0ti7izxWFNIlZVFT2svQeJ3F683G7xKVfmypPNvzawbr1IF14vRWs4+Lkol5GQyX83y1k9lashoNze/RF9Ll790W38FsJbULq//HsSLCwZy"
        "Sb4szDFWqWvXonNhHvpM8mVhHhpVVdcL8/gdMfmyVE29BJfFa2xlhxwfOR7jw4tfTkh+2SH5ZQeOlByPkZLjMVISIznHYyTneIzkdHlODjPL"
        "wmRZgjhne3DODsnZq8xhazdRG9ketVE1ZWbmvOYsKZP1l2a+c1jxGk/kke2RR7YtD+fOqE8ofdV/l2bs9Yz6w6S5oAcXr5KWeJSUeuwySjx0"
        "jaBdmnN/lXhz0etfJMnTjHff9NOj9H8Z15P/M26oTq3JhebQyvyfcVfoAb2gHwyAQTBM/ud5PEyGI+FYmAsnw2JYAhfAKrgSSuFGuAXugs3w"
        "CGyD7fAS7IA34T3YCZ/Al/Ad/Ai/wV9AMF2e89QIm2FrzMdO2BWLsA/2x0E4HEfjGDwMD8dpOB3n4Ak4HxfjGXg2noMX4ApciavkCU5XyfOb"
        "bsD1uAHvwc3qlKZH8XF1RtN2fEH+s3gHvoqv45v4Fr6N7+AH+B/8DL/BH+TpTIzUIVkkW57P1JZ0IAWkiPQlJWQoGU3GkUnkSDKdzCUnkgXk"
        "dLKUXEBWksvI5WQ1WUOuIaXkenITWU9uI3eQu8kmsplsIQ+RreRxso08Q54jL5J/kh3kdfIWeZd8QHaSj8in5At5ZtP/yE/kF7KL/Cn/kazR"
        "DJpJs2hD2ojm0ua0FW1L82kHug8toN1pES2mvWlfui/tT0voIDqUjpCnOo2hh9IJdDKdQqfRY+gMeaLTCfRkukCe5HQWXUrPoefS8+mF6iyn"
        "y+mV9GpaSm+gN9Pb6J10I72fPkwfp0/TZ+lz9AX6Mn2F7qCv0TfoW/Qd+h79gO6UpzR9Rr+k39D/0p/oLrqbUpbB6rFs1pS1Zu3lWUyFrCfr"
        "zfqx/mwgG8yGsKFsGBvORrCR7AA2ih3IxrDxbCI7nE1lR7PpbBaby45nEPpD1ZMrbz8xd+LgSyc+b6JSNeKDKcShF3jFYSEommccq0Tl0bVy"
        "6cbTDmstMcu/ScLQNcs/BtMcslhT1WyoVuFQe62yOGaFYmqBtR021N5jWa2NmXyo/RlTzYXSSoRaOdMkQ2kVhRLzv1/GXORO6xdKyg0lNr0p"
        "uNWiEEprOJTY3pCt+VCaVKjxFqVWgdDy1nrv1b8y84/zjVmwzcCGv45Fe0is9ZTv9hNxMi2rfz1HfGu/sqYKE2pto4qG0sB8mSPUvm/Ms8iV"
        "53qyGxzKXG/cVoQSJi+v/1npGmhvy+wVhq7nzioUh1n6EbXUbbJxrHlpofPSPPkY+9IgDkZ/dpeB+NRDMN3NjVhKgoFpre/aVyYO9YxDbOcZ"
        "EMvYqXwc6tOO3mW26gvBObq1FSMOC1EPLHQ9sBAyBsXxKy0JDLWPR+K5FtRUHOKQxb0uGKFdXStRNxelu4tS6KL0CEEpCkHpGYJSHECh6k2o"
        "PSVjVdVDVdVVZeszrvPaX+cUciz+5hZ/K4t/kMU/0uLfS65x1mc+2S5KIxelsYuS66K0dFFauyhtXJR2Lkq+i9LHRennogx2UYa4KMNclOEu"
        "ygwXZZaLMsdFmeuizHNRjnNQ3M857bvxgSH8eqogitGX9nf1LjclS6YNoht6RJYlRxJAt2sfOh/qE58G8NElCg71y8s/LXWkpVDfx1/X4be3"
        "bKaPv6SK/HqbBlMqntZoZf3XKLc+60dP8AkXSly9vWZCg+pkT8UxaqnZHqdYz1cNczXk6uvqP/poKimX7tUnB7rGlJuSmNmsv3dYn0K4n0q5"
        "nxi4n6sQ83dQ8Uuobs0jw7SmI34TzVJWPfRfRnOUPY8m0naHjmbSaocduv0OHa2kHQ8dbTjacrSTtjsMmx0dHOio0ElhH2mZQ9jm6CItchg2"
        "OQqVHZ9iaX9DWPMR1jeE/Y1+sK+0vjFA2twQFjcMmxuDTTsW4gzrhAWNA027GfqJ1mOlPQvDNsUEZWdCx+HSmkTC7oOw/GDYfjDsOug2HHTM"
        "UzhO4XgFq2UHHQsUTlVYqLAIFsNp6ox/4/z/c0z7B7otImHZYIWyR6TbNNDtGKyBqziEpQBhK0BYCxD2AkotZ/6Lk/WNs/XF6frifH1xwr44"
        "Y1+csi/O2Rcn7Yuz9sVp+zruUdjowCYHxEn895nn7xvvpZZZPnov1312mv2sLL9TdKwIjl3RT4KbUTY3dyPEKLuTmkjpX2IDxDxRIHGvz1eJ"
        "uqn5DyYBUU501B66/mnkf8a0s2aIBVYrYM66dvcrI5+ywI/RbmW18GPUJoJTNn/Zq/5TW2vHuy2dNYhyjbNiT5TL+z0P8OzNteFDTW3BPQtQ"
        "VafV/9GqdC6v3hkyzJy5Z8pVVkYs7+TZTwn2P80unJTO2d27DpLhVpWfdBc0+Uaq7twhxtUI1yyUdNnn0wOBNj/a+KTbeKWrmknw1Tz4oMnH"
        "nZOgguX3IYEMBbGPr3o02iMwtI2WFrSVaK/g1iOqAkLHsKKoRlCsoGszhi6jWw7UdZhRFkt/YyzaiqGp2HWUY2xayTypg7jtyrm1jPAaRsIS"
        "2Vpl/7Q8e12Gja4tsA2egeeUDa1XYIe0jPof+Ag+gc/hS/gavoUfpP2p3+B3+BN28ymDoLCYmiEtpmZhA2lPqgk2lXaUWmM7bC9tp3bGAuyG"
        "hVgkLaj2xX2lBdX9cTAOVRZUD8SDcQyOw/E4ASfhFDwSj8JjcDrOxNk4F4/DE/AkPAUX4EJcjKfjmXg2LsVzcRlegMvxYlxp2lO9yrSneiOu"
        "w/V4K96u7KlukrZUt+BD6v3cp3A7voivKJs/ul3ajlIjzuM9uIF8X1zXw61aeEOueXfi2q8RP0/ZrBTpBK2hfJfdnU6kETyN+H6fptJSbmup"
        "Zye/Q/A6ITLcR9jmrYmPeGogVpr6pj1S8YxCp7qvxi/tujNSNJXPOVqoOmIOhy4K47np8rFqckS9IcCqMQ+3E/0EajjP6nJ6e5f/LVyW3OuW"
        "SVN5R6knaUIXXWC2fxqfRfWRIP5TsFDRhQWz85XuLqxTX6D8wkb1hXL8lJUJS9XLlb8F7zUXqTjCxu3Fyp/Px/AKFacj74UrFb0LL+Mq5ReW"
        "rS9RcYR96x9UOcVzsTTU6WI9SVd+sa5koJ5WrC91lF+sM3uhLq9YbzKVXzw7q6v84hlaPeUXz9GylF/Yz66v/AfztamB8ov1qaHyi3UqG5n0"
        "T+SrVY7yT+GrVSPlPxqmQ2Pln8lXrs6qbPP4ytVF+YVd7gLlF5ZOuyr/WbAUuim/sNXdXfkv4rVWqPyX8tWrh/Kv4atXkaoTsYL1VOW8jq9j"
        "xcovrHn3UnHEarYf6v/nF6taf9T/Yy9WN+NZwm7l8lWvyXN85zu+hesNtft7dxW5TMVP/4+R7k/QEn6/dCXq/1NOv5WXNdz6bQ1Ll//QSvhz"
        "fPzZHn5micN84rMQ/JlPfD/+1jju+gSP+kTf+jSc+AgL7wCPV0odewKfrKWq+v8Ddg0N9w==",
    ),
}
