"""The rules as tables: python docs/make_pages.py writes what stands in this file, see `rulebook`."""

from typing import Final

from edgewise.ops.op import E as e
from edgewise.ops.op import Number

MARK: Final = 2884979215
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
            "lines": (113, 119),
            "index": (113, 119),
            "list_start": (377,),
            "lists": (1150,),
            "pattern_start": (294,),
            "pattern": (1395, 5),
            "build_start": (294,),
            "build": (1055, 3),
            "rule": (293,),
            "surplus": (293,),
            "guarded": (293,),
            "guard": (293,),
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
        "eNrtXQmYFcW1PqdO9QzMsM4Aw7AKA4LsOwI6IMimArIJogZRFNlEZBdBURSViKKoqFGjRhOJa/JMouZJ9EUT9ZlojGs0RtSnRgMSQUQC91VX"
        "V/ftffreWRhu9/2/6q4+VXWqzqmlT3X3rdqV2hUj7IkVvs9x7HRcQfLL0V9erKStFytpW8VK2taxkvbKWEm7PlbSXh0raTfEStrrYiXtxlhJ"
        "+06spCWMk7Q8VtJqsZI2L1bS5sdK2jqxkrZurKQtiJW0hbGStl6spK0fK2kbxErahrGStlGspG0cK2mLYiVtcaykbRIraZvGStpmsZK2JFbS"
        "No+VtKWxkrZFrKRtGStpW8VK2taxkrZNrKRtHytpu8RK2hmxknZxrKRdEgtp1wp3WWzqVJf2qhhJe02N1+2/4jREAIvRiPhVrGoWY1Szn8eq"
        "Zg/GSNZPYlWz+2Mk6z9iVbN7YyTr+7Gq2d0xkvVvsarZr2Mk63uxqtldMZL13VjV7M5aXr78XLRtrH+PnxsLaYeCgXhIOwIMxEPa7nh4WvJv"
        "alW/LcjBut1nSXthLKQ9CQzEQ9pTwEA8pO2Kh6clPxWrfvtMLZJ2MRRnzfPm2mutpw6k/F5TVL+023NC2mvhliO6bgdjnFryhFhJOzGR9oiV"
        "tiN0EOjtoK/O8TtQmY06CfW6PRVrUtpBWJPSTrLldi7q89szc+57gfT8drZNtnlS2nNyWNoFSrZyGF4jzy4Or7Tmsws/aXtgrko7Csbk8PzW"
        "PQfyStutmmp2oYPvRXg4pB2tci2FyxWlbQ6NVvtTXJ77quuTLGlz8WdKC7GSNg51O1hIO0QcB8NARVkUm5bMLFwCTWxXmWFL1imrG7qdTNLX"
        "XjhNYDSMledCecwt7EuZvouEq2NDXcdVbmBvyvTNFq6RhaXQ1HaVGW7LOmV1Q2/Jja2rZgJjsZk8t4BmOYj9qRLLP1NhLs6Es2EWzoTcwt6U"
        "6ZsvZJtrwzzHVW5gX8r0LRJumYWVsMp2lRm2Zp2yuqH32zVwqYB+tS5WuCJW2GRhM9xku8oEN8KtWaasfugt+Qbr6hGFF+BReM66qh78vJr5"
        "++F3NgkfgZcV/givwB+sq+rBS9XM3w8v2iR8GShBzmKkwCgxC5ohzufD6fJaxxjLV3UYWw08KwLCmXCGxFxxpX83dQqcLM8TwPySapzlq0qM"
        "rxau4TgPfgBnScwTV6cqTIX5MAemqKvpFj0KJsGFkeJNdF1PziiX7KA/r5gN0wROE1dn23CB5TvXQT+SMUvMB2ZJnCOujN6rCZcPPKdHqDzh"
        "evmgty81GH0yjH/4EI87z0JYYPm7C1dX+urksMR1XddNEvsjQYIjBt2gh4vSpUby7VlL5O+atIEERzCaxkrahrGStlmspC1JenPOonmigwQ5"
        "gUaJDnIWpbGStnGspG0RK2lbJr05Z9EqNpLWF64A6mWVtvCIkdCO1kn7TpAgQYIECRIkSJAgQYIECVwYASfAUDgehsAgGAj9oW9OS3siDIdh"
        "UA7HwWA4FgZAv1jVdYNaUIZFNYaLajCvINglb5OMNjmLtokOEiRIkCBBgmpHUaykPSpW0rZL2nfOon2spC1LajxnUZzoIEGCBAkSJEiQIEGC"
        "BAkSJEiQIEGCBAkSJEiQIMERjw6JDnIWHRMd5CyOjpW0nWIlbedYSXtM0psTJEhQ66D/EBhw0CAP8uVumoVQDxpAQ2gERVAMTaAZlEILaAVH"
        "QTsoExbX0WI86wLdoDv0kDtX9IUBcCwMhuOhHIbBCTACToRRMBbGwSSYDjNhDlwA82A+LISLYCksgxWwCi6FNbAWLocr4EpYD1fDNXAtbITr"
        "4UbYDDfDFrgFboOtcAfcBffCg/Aw/BKegd/Cs/AcvAAvwp/hdfgL/BX+Dv+Aj2EnfA//gZQQhGE+1seGWITF2AJbYRs8Go/BLtgNe2Jv7IP9"
        "cCAOwiE4FIfjSByLJ+HJeAqOw/E4AU/FSTgZp+BUPA2n4XQ8HWfgGXgWzsRZeC7OxvPxApyHC/BCXISLcQkux1W4Bi/H9XgtbsItuBXvwvtx"
        "Gz6GT+Iz+Dy+jK/h2/h3/BA/wh34CX6GX+JO/Ab340E8JFSOjFgeK2CNWSlrz7qxgWwEO5lNYbPYXHYRW8lWsdVsLbuCbWDXsy3sR+wB9hh7"
        "mr3I3mB/ZW+yt9jb7B32HvuAfcR2sE/YZ+xL9hXbyXazvexb9h07wFIMCIkRESeN8qmAGlBDakxNqDmVUktqQ+2pjDpSZ+pG3akH9aRe1Jv6"
        "UF/qR/1pAA2kY2kQDaYhdBwdT+U0lIbRCTScRtCJNJJG0WgaQ2PpJDqZxtF4mkhTaQadTXNoEa2kK+hKWk9X0dW0ga6lH9KNtJlupq10N91D"
        "P6b76Cf0AD1Mj9ET9Et6hrbT8/QKvUZ/pbfpI/qMvqKvaTf9m/bQt7SPvqMDdIhShJzzOrw+L+YteHtexjvyo/kxvAvvznvzvrw/H8QH89H8"
        "JD6OT+ST+Sx+Hj+fL+TL+HK+gq/kl/DV/FK+hq/leis3Wnoh1Jft3GjrhcI1Fi3eaPNNRZym0t9UtP984Ux/iUhZImKUQHN1LJX9o6XoIfnC"
        "tRYpW0tfG+laQ1tJaSv6T77sQ3nCtRcok66DOna0zkfbfJ0c/s6uK70fdoGuoi/qvdHokcaxp+iZddTOMnXksY/op32gnzj2F/11oOyzA2GQ"
        "6LeFcn/oIfI8BI4T5+NkXy6HoaI3nwDDpRuhjida55E23yiHf7TraowYDcbCSdKdrI6niPHBHWucqItxMF7Ux3ifsPHCTZAxJviGBlFPFcdT"
        "JU99Z6dGwpklsPsmSddIHic76JOFRiYLTHFRp0j6FJgqanWqrNupooVMhdNE/Z4ma/k0edVMOCN0mjrqIdNVjOlwOsyAM+BMOAt+IEbLGXJ3"
        "pHPgXJgN58H5cvScK+LOFb65IvVcwU/fOzVfuAvkHqrzRK7zBKd5YoRdCBcKt0ieF0nfReq4WJ4vViEXW9Q0ZYmNtkTFTp+X2uItc8RcZsVZ"
        "Zottpy53pF3hSr3CFnOFg8MKB48VsFLuo3qJwGrpu1Qd10jKWuvqMpvvchVm7Nip323Ww1XSXa2OGxz5X+PK81pPaa/zoWz0pf0wgHq9K8dN"
        "njw3Babc5NLlJgevTS79bYIbBG6UbrM63mSdb7b5tjj8t7iubvVc3+ZD2epLuz2Aekcg/U74kbjz3w33wI8F7pXuPnW8H34i8IB0D6rjT+Fn"
        "Ag9Jt00dfy6shofhEekeVcfH4HF4An4hrIn/gicFfiXdr9XxN/CUwNPSPaOOv4X/FnhWuu3q+DthhTwHz0v3P+r4e2mX/AH+KHe4fAX+F16F"
        "Pwk75TVpqbwhbJU34S14G96Bd+E9+Bu8Dx8I6+VDYb98BDuEDfMxfAKfyuP/qeNn1vlzm+8Lh/+frqsvPddf+VD+JSymXfA17IZ/C3wj3R51"
        "3AvfCuyzrr6z+fYLO+uAtLUOwEE45Ag5JFMdEvfDQwIpV1hKhaZkuDcU0AwHLFFn4+iNiba4aMVGNM8MSTgujhrmCXtQ99eRV3WxQKBQunrq"
        "WN86N7D5Gjr8jVxXjYV9qVuYTVC/ozTBpqjfkcxjM9RdEyxRoSXYHIPuS81lnOYypXksRd0FpyhVaUqFhWvXREvXVStsLezftgJH4TBh0S8Q"
        "FjhISz9PWAQF0sbXLXzdvm8u7fu2wrroKKyKbsJe6CdsA92iHyZKYdjyE8W953Rxj5ol7kMLxfiySoytV4kxabPoubeLnvqA6HFPiJ70lOgl"
        "upX+kugBr4tW/65o6R+Jtv2FaHe7RW3uFyXUhD4bC820xjJhn/fE/tImH4GjhT0+QVjh04TlPVNY3XNwPi4U9vYSXIYr8BJpb18hLO4NuFHY"
        "3JvxFrwdf4T34L3C8n4QH8Zf4NPS8v4Lvids7i/wa/xOWNp1WCPWnB3FOrNe7Fg2jI1lk9gMdg6bxy5my9klbB27ht3AbmV3sLvZfexBto09"
        "yn7BfiWs7WfZ88Lifpm9Kqzud9mH7FNhZe9m+9hBYVbXFdZ0U2FHt6NOwn7uK2zlocIuHksThCV8Bs0SlvBCWkKr6DJhB28U9u9tdBfdTw8J"
        "q/dJYfM+Ry/QH+glYfe+Sn+m1+kNelNYv+/S3+gD+lBYwR/Tp8IS/oK+pH/RLmENf0N7hS28X9jCBwmkJVzAG/FmvCU/infgnXlX3kPYwf34"
        "QGEFD+OjhBU8hc/gZwsreB5fxJfyVcLyXc+v4zfwLfxOfh9/iD/Of82f5S/yP/E3+fv8Y/5Pvpt/x1M8T2ugNdPaap213tpg7URtvDZRm67N"
        "1M7RztfmavO1hdoibbG2RAPrx+Qc0vSlfwjOHwukYQCNOfj4p2VWPFZhvKh5hOebphnz5zx55Y1FkpoORZ8UQXkEpyVXbqjk8CuLyYXZtO9X"
        "Anc8qAQ/e7ns2nJLBBHThmuDW/JrjpTpULuOdWhWqBaQFlWomW86j7yAPPxCjZy1AH7uUuWFljkvlJ8WWj6twvJVrEm9zEz1oTzVQ9C3FvI8"
        "bdKeVrPSQgb5ptsayrR+ukKPJqPkG9Q2Ki+vfTRiHj2H51sZef3yjdqeM2+nlW8vlanz7OqtMroPGi2ilC8dz61nFtp/WcbjCwutN5bx+EKh"
        "/CgrfsHyUlbyRmnPYZJXZfmi1lvU+gi2PDLvgxXft6pyzIaI/bf6xuxM5K38mJ2dvOH5Vr5+q6aOMtFzZXTlV+ZgCzk7+y+cX7DFWHH5KpNv"
        "EOco5XPH06zxzm+WEBSaLp+fjRl8D9AqHMM0n/mhpnTlnpfZ5ci3ZNYc2mM2Ds5ZG/nUR74lATm4+NVWWveamp2Y8QoqnLsYtPYOmmaF+IUG"
        "0VDQvLOx7OQwQssi5uFXljKfeGU+sza/FlsWMDsOn1m7ael695sZDgiYExsjDLPSUgBnkqF+XJjFhQJ6o2H/DHBoKG13gsyfWfzICuehvZss"
        "SyMKZy8/UPxM2bIvaTC/7ErqHqWqRn/u8mmVlDf9xCE6l4pLlQk/ozxBLZtZI7jZA+z8WER+zKen+PFLl48p3oenfBhaPlZl5cuMH4vID2u8"
        "fFH1V9Xtxc2v+spXcY9yakjnTDYrwRi7mLo7MNcTTT/OQbK5OTM1Khp5VL5PH642WZvakN/z+/TICj6Wht+TYxZoR3AXF1OT5j3PLB856iNb"
        "LsziQqFcmMeCz6Ys4VycZTF49g95Lm+v3/5WT+ke0MLc8XpEjNczYrxeEeP1zjge+sxw0/H6ROTXJyK/vhH59Y3Ir19Efv0i8uvvMw/oHvI+"
        "CitoET1C04a3kp6hacNbTq/QtOGtqXdo2t5VktavFnr7jCqQcb7haf3y7RNa5vAeEDVteL5+ZY6ab3hav3z7hpY5vIdGTRuer1+Zo+YbntYv"
        "336hZQ4fQaKmDc/Xr8xR8w1PGzSauZ9vJONaMq4l41oyrsVhXMuL+BQ7ocWPVuiaqTvnkoU+KZjjTZLxxKPQp9Uxaw5R6JrlO99SRM1Dczx3"
        "NZ7cFDqev7jzrTgF8/nywq/MppRkaSYsBfqkqDgP9xs75vr2LUzPLPAdEPN5EhNW+xi5HdSLmLZeaAsLak2k3jY7a8ubNq1J/xQYUKrsWlhw"
        "CTJva4U+ozeL2MaD0ho6cOfLMtCBu6+GaTyTPo1QHlBHxrnc4uz9JjVYB8EpygPycJcqqOVAlu0UA9IGt1N06A8yqqOKc0vHY4FfSjCLc3mA"
        "7o3/DefJ91o8g1rglpRGHiTz8HJJv6ss9xkTWZWVxUjrLEH6fYDfG3e/UlW+LPnirFm68StVuF7M2nK3cb1Uupxc5qvZvpeojIbMevPyS7e1"
        "fPkG1v502l5Sp7zB91A/LhjKJfOycFdfJc9d1+DCfWzvzMvCfaz/qtYL93m/lXlZqkYv4WXx61tFEftHsU//8ONXHJFfUUR+RaE9pdinpxT7"
        "9JR0Ty726cnFPj05X67QwK2ycFmWMM5FPpyLInL2K3NU7aa1UeSjjaopM7fGNXdJudRfnvVtYvYaT+dR5JNHkSMPt2U0sMK5VbiVZtp6pv4w"
        "Yy7ow8WvpOU+JSUfK6PcZ64RZqW57av0F3V+38FnTjO/yTLWLTH+z1hf/qNRX8OhKTSHltAG2kEH6ARdoSf0FXUyBIbCCPlfykkwDc6EWXAB"
        "LILlsAbWw0a4CW6Hu+F+2AZPwG9gO/weXoI/wRvwDnwAO+Az+Ap2w7dwQGSsYYFcY6QEW2E7PBq7Yi/sj4NxKJ6IY3E8TsbpeBaeg3NwAS6W"
        "64RciuvwarwWN+INuBlvxlvwNtyKd8j/Lt6HD+DP8CHchg/jo/gYPo5P4JP4FG7HF/AVfB3fxg9wh1w9ZBfuwf2YQo0VssashLVmHVhX1psN"
        "ZMezEWwMG8cms9PZTHYem8sWsEXsYraMrZSriKxj69kGdh27nt3AbmK3sK3sTnY3u5f9hP2UbWOPsMfZL9mv2FPst2w7e569wP7IXmGvstfY"
        "G+wt9i57n33IdrBP2efsS7nCyB62j33PDgr1E+VRXSqk+nJlkWJqSs3lyiLtqAN1oi7UnXpRXxpAg+g4GkrDaSSNoZPlaiFTaBpNpzPoLJpJ"
        "s2g2zaF5tJAW0zJaQatoNa2ly+kKWk9X0zV0Hf2QNtFm2kK30la6k+6m++hB+jk9Tk/S07Sdfk8v02v0Fr1PH9IO+pQ+py9pJ+2mPbRXrSCy"
        "n76nA/QfOkSM5/G6vB5vyIt5M17KW/G2HCL/SD018fczy7IGH7r3K0dSvTacwly2vV8cHoGi+caxS1ERXauQbn4rbdcMt33THoWu2f63lOeS"
        "xZ6qZkO1rEOdWuVJzKxiaqHajhrqbLG81sbMPNT5nKjmQqkSoXbOlGEoVVEos/6BYo5F3rRBoazCUOaY+4TXWhxCqYZDmePry5oPpYxCzS/0"
        "tCxCK7rXa5UcbZjDCrKH1rXZ+Om7OQmbPB2n0HZ/r2/zt/f1Rwvlnu8ds6FEycvvXy7GPGuArX9HoRu586zicNv8jWz3ykzj2PPSIuel+fIx"
        "LbcwDmZ78JaBBeghnO7lxmwlwdC09i+dKxOHfOMwx3/n0tyqIg4F1KN/me0WdXiOXnvejMMj6IFH1gOPIGNYnKDSstBQZ39kvqNlTcVhLlmc"
        "/ai7Z8Tu4aH09FB6eSi9I1D6RKD0jUDpF0Ih9T3K4ZKxqvRQVbqqrD4Tndd+nRMU2/wtbP7WNv8JNv8Ym79A3tfsT0KKPJQmHkpTD6XEQ2nl"
        "obTxUNp6KO08lDIPZaCHMshDGe6hjPBQRnooozyU8zyUOR7KXA9lnocy30NZ4KLYn905bdehEfxGqjCK2YqGedqVl9JApq2YTtDQlqPdX8/l"
        "d8peGOAvryK/IXs4Jfu0pjaMNxHeeVAQPc0nWijztIqaCQ3TyeGKY2qp9LBT7Kv+RTmach3raT+GdV1eId2vTQ719CkvJT0C2J+T25+ZeJ9m"
        "eJ+UemfozHoHpr8FM1Y111fwL5Dvwox1zRvLN2LFalXzZnIF8+YKxsrlTrSUK5kbaC3QRqGtXMFcX7+8nVqF3FiH3IlOCp0VjrHWKO8qbJHu"
        "cl1yYy3yQXLt8SFyrXFztfGhYkQb5ljFW1/91Fg/3Fh5+xS1EuoEuZa3uQ73VLnO9mkwTa6mbWCGWk9bX01bX09bX1FbX1Pbvqr2PIX5CgsU"
        "FipcaFuD2cBShWUKyxVWqJWpV6udDfR1p9ep9aaNNab1HQ7SazinVz7W1z02Vj7W1z7WVz/W1z82V0DW10A2V0HWVz/W1z82V0DWVz7W1z42"
        "8DOFh1zY5oK5LrKxGrL5jWHK9jNareFLXztXdwlapcOO8NjZ/vzXBDJLaS87QFqesLKZYNZ/k9PXzPd5UU39MAOkUujSEIasYOrWAbPBvjeI"
        "W6vedmLqMxX6qyg8+dXmn9G+avoX9A4++R25v6q9F0TPVR9/mO17JucakcErVAVxy0Sy8Htg9esj3wNNfs1nOG+IeTTDNRslX9qa+aFAhx8d"
        "fPIdvPKVZtJ8NR8+aPHx5qRTwfbWQUcdBd0Orno0OSwwLfZWNhwl0UHBa4tXBXRr3Y4+NYJ+CscGojwjGPsYZY4RNYCRYi4zUcxipqpZzDTb"
        "3j/GHGW+bRay1NoJJ3i2sSFgphG8x4qxr4qxj4q5d4p3vxRzjxRzXxRzL5RM9j95Dz6Qe7YZO5K0V/vJtZXzyg5ivtrYsRNdgdyLrr7cp6KT"
        "mEWa8dup9q6n02mN5LfG3nR6Gp2nGb9EfhfaWs5LjW/Y9R269P2zQMyWzRmyPifWaXZnWMRmDGPXrxaST9paTu+q10DyzWQfPlTPGrKDLlNN"
        "7BZoaCLoSHCG7SvdOerLZX2VoQvU+2D9S925iq5/sbtSzq5SqfqillYpf2Oh5UukPlOppkLTq5W/VEh5qYqj76a2Rvn1PQnXqjgdRY1fpujH"
        "iFJdrvz6c4d1Ko6+X+EOVU59J7Sdij5QjCq7lF9/MvG1Sqs/odit/Ppzin/LtKmU/qziG+XXn1jsUX79ycVe5defYHyr/KNhLOxT/lNgPHyn"
        "/PozjP3Krz/L+F7qJ5XS9wk7oPz6s4z/KP9MMT4cVP7ZYowoQqNsc2EBFCu/vgNUE+VfJrTcVPn1fbCaKf86MVaUKP8GMV40V359D8ZS5b9Z"
        "jBct0NCJPma0RKOcd4qRo5Xy/1iMHa1VHP2JRBkaa9nqY0kHNHYf0MeUQ8Ke112Zmq23d53LXGfdDYDafT5URa5Q8TO+1zf8aVraH5SuXP0X"
        "we2387KH28/2sHz5b4e0vzjAX+Tj57Y4PCA+j8CfB8QP4m+P49Un+OgTA/VpOv23FJdV2jRfjiuwds7D/h9Er+IU",
    ),
    "domain": (
        {
            "lines": (122, 119),
            "index": (113, 119),
            "list_start": (442,),
            "lists": (1313,),
            "pattern_start": (310,),
            "pattern": (1450, 5),
            "build_start": (310,),
            "build": (1097, 3),
            "rule": (309,),
            "surplus": (309,),
            "guarded": (309,),
            "guard": (309,),
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
        "eNrtXQecFbXWPyfJ7C4u7C679M4uwtIRkKKySEcRpImgFEWaoiiK6LOBCogFRRT0uaA0UbChKBZs2Ls8fXa/h708n/ieHQv7JZnM3Ok7dxvr"
        "nbn/X2aSk+QkJ/3MzE2+K/kuQvgxUvgtxbHH5oL4l6K/jEhJmxUpaZtHStoWkZL27khJe0+kpN0bKWl/i5S0v0dK2j8iJe2fkZJ2X6SkzcQo"
        "SdsjUtL2jJS0vSIlbe9ISXtIpKQ9NFLSHhYpaftEStqiSEnbN1LSHh4paftFStr+kZJ2QKSkHRgpaQdFStrBkZJ2SKSkHRopaY+IlLRHRkra"
        "YZGS9qhISTs8UtKOiJS0R0dK2pGRknZUpKQdHSlpx0VK2smRkvamSEl7b6Sk3RYJaa/nZmVk6lRIuzVC0t4ZqbrdFhFpN3Ns4eaOKk63RaTG"
        "/4MjJG3zSNVs9whJ2zhSNdslQtLWj1TNdoiQtHmRqtnCCEmbHamabRUhabMiVbMFEZK2VqRqNj9C0taMVM22rObS1kjBMv/J3ONiViSkHQg6"
        "oiHtUNARDWlPxP3Tkj+vVv22ZgrW7S+mtGdFQtqjQUc0pB0FOqIh7RTcPy35i0j126+qkbTzoS6sLSPPJ6ptS95T8nuJ14K98qX9T0pIez88"
        "9Zeu2zkYpZZ8bSztX1baQmjD0d1T2rsiMSZfmuIz0IEW6goUdbscq1La07AqpV1hSW0DCv12dco9J0zotxstsm2R0q5PYWnvULINgCFV8uxi"
        "/0prPLvwknYqpqq0w2B4Cuu3Th3ILe0JlVSzd9n4bsX9Ie1imeoCaAyrFGVMCo1We0uYvPdU7qWmtKn4M6SFSElr1O09kalbYuISqAfrLO5k"
        "8GQZ41U+xMqRSltrbjSOo2CEvNeS19TCLyWGbR43aRxXoLheDE2lK9WwtyRd3ntxc4AFmTZXauCnEsN2Mje5Jv4G9WG9xZ0MdpYxXuVD9Ns8"
        "09WA4zIU14XQRLpSDXtLGpn26Qp34nSYAetwOqQWfioxbJu5bKdZMMfmSg38UmLYzubmPBMXwYWwweJOBs+UMV7lQ/TbxbCIQ7iWcSxBcb0O"
        "lktXqmFvyTU2dypLu4JLezW/roBrueuGSOHGSKHYxM2wBjYq+zVYDMngWSiuphCj1GrTdSvH5Siut8Nt0pVq2FuyybQ/bOIxeBQesbjD43F4"
        "ukzxqgKibneYrg8Uvof3YY/pqhy8W8n8vfCtRcIP4FeFn+AX+NF0VQ5+rmT+XvjBIuGvQGOkLI7kGAZHwRR+nw2TpVtguGmrOIyoBJ6lAeFE"
        "OEFiDneJ7x1HwUh5HwvGF5CjTVtFYkylcA3GyXASTJU4nbuOUZgAZ8CpXCs6Bo7nZpJJD4Nj4ZxQ4cY53OOTSqVsEE9VZ8FEjuO4y9B154LQ"
        "decr18yU0eZPgWkwQ+JM7tJ7r8ZNOrCUHqHSuOlmQ09uDobuDmpp6JFk+P2HaMw88+As096FmxrSlpHCEtdwuOtFeuXRMV59xfhLoTMc5KB0"
        "qJJ0u1YT+TvFbSDGXxj1IyVt7UhJ2yBS0jaMe3PKolFcBjFSArlxGaQsGkdK2rxISdskUtI2jXtzyqJZyktofKucJb/GrlWmL55r/iW+yxYS"
        "ZlvQ3OZKRcT9N0aMGDFixIgRI0aMGDFiJIuhMBgGQn84HIrgMDgEeqW0tEfAEBgEA6Af9IU+cCj0jlRd51SDPJxbZfhbFablB6vkLeLRJmXR"
        "Mi6DGDFixIgRo9JRJ1LS5kdK2oK4facsWkVK2gPjGk9Z1I3LIEaMGDFixIgRI0aMGDFixIgRI0aMGDFixIgRI8ZfHq3jMkhZtInLIGVRGClp"
        "20ZK2naRkrZ93JtjxIhR7SB+CASYPPk3HWrInZdqQhZkQ23IhTyoC/WgPjSEJtAUmkMBtOLr6UI+W3WATnIP8a7y/Ioe0AsOgT7QF/rDABgE"
        "g2EoHAHDYASMhmNhEkyDU+E0OB3mwjw4G86RJ1kugIvhUlgCl8FSuAKugmVwNSyHFXAdrIQb4CYohjVwM9wC62A9bITb4A7YCtvhMXgWnoMX"
        "4GV4HXbBG/ABfAj/gq/gB3m6E8M0rIEHYE2sjXlYD5tgU2yOrbEQ22M37I49sDceiodhEfbDATgIB+NQPBJH4Cgci+NxAk7CKXgizsCTcTae"
        "hmfi2XguXoSX4GJcgpfhUrwcr8ArcRlejctxBV6PN+CNeBOuxptxPW7AW/E23Ixb8E68G+/BrXgv3of34wO4HR/Eh/BhfAR34KP4GD6BO/Fp"
        "fBafxxfwJXwFX8Nd+Ab+E9/Cd/A9/BB346f4Bf4bv8Mf8Ffch5TUIDmkHmlMWpJC0oX0JH3IQDKIDCFDyZFkOBlFxpIJZAo5iUwjM8hMcjI5"
        "lZxBziELyFKygqwhm8m95BHyPHmdvEP+RXaTj8mn5HPyJfmKfE2+IXvI9+QX8idhtCatS5vTdrQHHUAH0kF0MB1Ch9Ij6XA6io6mY+mx9Hg6"
        "kU6mJ9LpdAadRWfT0+kZdC49k55F59Gz6Tn0PHoRXUAvpovoUno5vZJeTVfQ6+hKeiNdTdfQm+ktdC1dR9fTDXQjvZVuorfR2+lmuoXeQe+i"
        "d9N76FZ6L72PbqP30wfodvogfYg+TB+hO+ij9DH6BH2SPk2fp6/QN+h79GP6b/oj/Yn+TH+hv9K99He6j3IRmMYOYDmsNstldVg9Vp81ZI1Z"
        "M3YgK2TtWAfWmXVlPVgR688GsaHsKDaSHcMms5PYTHYaO4ddyC5hS9iVbDm7lq1g17NV7EZ2E1vD1rJ1bAPbxLawe9gD7FH2DHuWPc9eYC+z"
        "V9jr7E32FnuHfcA+ZLvZJ+w79icrYVRL1zK0bK2+1kBrqDXSmmhNtWZac62F1lIT/UyYDLnHWQY32ZDDe1uO7HGZstfV4dB7Xho3wl4fGvA4"
        "DUx7Q+7bkMduCI2krRHn0wgac4ie2oyHbcb7axo3zaCFdLXg9paS0hLyOSWf9+Y02aNbwYHStFbXNua90GJra7O3c7ja8xGhFjcdoKO8d+Tj"
        "gxghhOmirmK0yOBGjBkZ8tpdnn3Tg1978hGktxxFesOhcBgvh8M4+sh7Hyji9yI+uhzO0Y+PMANgoDSD1HWweR9isQ212Y9wuMRZYeK0MGGG"
        "q+sIOJrXw9GukEfDSF47Iz3pXrRR8myuHHn19h/Nr6Mlz9Ewhtf5GDMHYzjGSspYC20sHMPL4BgHRZxVlSmvdvo4Purmc5Mur/W5Gc9rerys"
        "7/G89YyXlAm83UzgtTVBhTtOXUWY41XY42Giqitxn8jb2ESzNicq+gR5btUkM9wkGXKSDDvJEnqS6T9BXifDFDgBToSpcBLHNJjO05wuz7I+"
        "lhudMoPnbQaXYAbPywyTNpOnMJPzn8k5zYRZnNMszmsWnAynwGw+10yR50KfDmfwGedMOEvOOvN5vPk8hfk8hfk8hfmcOp/PRenc1OdGzEvC"
        "PZ6b6XKOOg/O5+YCeb9A2i5U14vkfYHyWWBSFyj6QtNnocVvoel7scX/EluISyxhEnar7VJb3EWO2Its8RdZ4i2y8VgEiznE7CvmX2G7XF2v"
        "kJQrTddVFtsy5Xc1XMOxHK7lWCHNdep6vS3FlY40V7lye4MH5UZP2t99qDc5Uix2pVnsG7PYUZbFjtIrtvEuhtW8Va3m7Wo1b1WrebtaLdco"
        "YpUizFp1XWfe11tsG2z2jQ7XrS73Jg/KbZ60232om33pW/hq6k64C+6Gezi2SnOvut4H2zjul+YBdd0OD3I8JM3D6voI7OB4VJrH1PVxeAKe"
        "hJ3wFDwNz3A8K81z6vo8X7e9AC9K85K6vgyvcLwqzWvqKlZ2u+Af0ryhrm/CP+EteBvegXfhPXhfrvv+j6/8dsNH8DF8wuvhU/gMPocv4Eu+"
        "Gvwa/g3fwH/gW9gD38F/4X/wPV8h/gA/8lWiuP6srr+Y918ttr02+28O1+8u9x8elD9hH5TwxTUi4aDSMHXV+Co1DdNNV4bFJlavmXIFm4m1"
        "MAtnQhbW4kaEz7KFy0IxhmZhQ26yMFuGzJZhs1XobEf4bBUjW8bJlpQcFS9Hxcwx4+a4YueY8XMUB2vo2h7ha1ti1Dbj1DZ9Z5qUWqYtl6/c"
        "c7EOv9bF6VAP+egv3Q0kpSE24mgsTRN1bWrem1lszW32Fg5XS8znKMBWKGbgVnggirnauLZGYVphG+XbhmsQwlYo/QvRb04P8mmLwoxUdp1P"
        "W2xnK8H2DlcH7IidsDNHF+wv9TKxQwhIjS2Nz4EHSFoOXy3U4avABnxGbCJXegV8ZSZ0tC58ddWLr6eK+KppIM+TOAt1lDxFcxKfd6fzuXIu"
        "n+ku5OPk5Xw8X8nHxDV8pNjMR4IH5FnPO3m/fZH3yX/wvvce728f8x72Ne9V/5OnBf8JlNd0Nq+Vxrw82/C8duP6VV+uWQ3BYXg0jsFj8Xiu"
        "UZ2EM7k+dTqehefg+XghLsBLuUZ1GdejruMaVDHewnWnTVxvuovrTNu4vvQg15Qe5zrSM1w/egVfl7rR21wz2o2f47f4E/6JGqlF6pImpIC0"
        "J93IoWQAGUbGkOO5BjSbnEUuIIvJMrKSaz63ct3nLnI/2UGeIi+SV8lrXAd6k2tBH3At6FOuAX1DviM/cO3nd1JCCM2gWbQObURb0Na0A+1K"
        "e9EirgcdSUfScVzvmco1njlczxE6ziJ6BV1OV3GtZj3XYO7m+sojXDt5Tuom79J/0c+4dvJfrpv8Rv/gegkwwhhLYxlcN6nJsrh+omsnDVgj"
        "1oRrJy1YPmvFWisdpRPrwrWU7qwnO5T1Zf3YEDacjWbHsuPZFDaVTWez2Gw2h82V+soirq1cy25gq7mGsondwbZy/WQH28me47rJG+w99hH7"
        "ku1hP3GdRNNqanlcE2mpFWqdtR5aH22QNlwbp03RZmlztfO1xdpS7RptlfZ3bY22VluvbdQ2abdrWzQwf0Q+KzBsiR+C/Ud8aehDIzY+3nGJ"
        "GY6UGi5sGsHpJh9Of56SJl3uUFRSE77oEcMvDf+41JEaKnm98mJwIZZa8sqBMxyUg581X9bSckoEIeMGlwYz5ddsMRO+1jIW0ExfzScuKl8j"
        "3UQaaT5pePnqKWs+/Jy5SgvMc1ogPy0wf1qp+Su9JEWeiepraaqHoGctpLnapDWuZsaFJNJNtDWUcb3KCl0lGSZdv7ZRfnmtoxZxlXNwuuWR"
        "1yvdsO05+XZa/vZSnjovW72Vp+z9Rosw+UuEc5YzCey/JOnxhQTWG0l6fKGB/GiZ+PnLS8skb5j2HCR5ReYvbL2FrQ//lUfyfbD0easix2wI"
        "2X8rb8xORt7yj9llkzc43fLXb8XUUTLlXJ6y8sqz/wq5bOu/YH7+K8bS81eedP04h8mfM5xmjndeWoKfr3/+/GJ4rUX95wqt1LHOq/yc+UOf"
        "9ZCzPtAyilh/morr1But8qabZa3ZSoVYONi1RerRDvy4GGkQ1R/SbHlwxk0LjKsFxtVcdepdv0E5DcOPKU2utBiayVUPV8NDH6zhoXPW8NBN"
        "0832Rj3y7NWGEjlI5PSAUjVSnZZvoznlyC81hi5HfoXJofsWhEzDKy8FHuEKPHRxr/ZS4PPMI/h5iZOW6FVe+n4P31FAjEXEjEt9OFPp68WF"
        "mFyozxirr2p72EoooU2ATJ+Y/KjpzwLHbGquH8NwdvMDxc+Qrew59edXtpw654qKKT9n/rRyypt4jhSeS+m5Soafnh+/lk3MWdboAVZ+JCQ/"
        "4tFTvPgl8kcU7/2TPwzMH6mw/CXHj4Tkh1Wev7DlV9Htxcmv8vJXeo+yl5DgTC1rMH3sImp2II7n1F6c/WRzciZqVNTTKH+f3l9tsjq1Ia+3"
        "N4mRFTxWGl7vA4jvOsJLSyCWOc/IH7XVR1m5EJMLDeRCXHpZWfISzMWeF53nwQFvW5zzuT1dPa7eezr6tDpnuE4hw3UOGa5LyHAHJR0OPZ5l"
        "JMJ1Dcmva0h+3ULy6xaSX/eQ/LqH5Hewh27QMeDNI5bSIjoFxg1uJZ0D4wa3nC6BcYNb00GBcQ+qkLhetXCQz1ON5NINjuuVbtfAPAf3gLBx"
        "g9P1ynPYdIPjeqXbLTDPwT00bNzgdL3yHDbd4Lhe6XYPzHPwCBI2bnC6XnkOm25wXL/RzPnMIx7X4nEtHtficS0K41payCfbMS16tEwPWpZD"
        "o7frnF4xiO2toP5kJNOjJRJTr8h0PA2wv80Im4Zmez6rP+HJtD2ncaZbegzi8d2NV54NKalZMkEx0CNG6Wk439cSx5ePQeVMfN8VEY8nNn5l"
        "7/Xtr387qBkybs3AFubXmqh6R2qvLXfcREl6x0CfXJWthfnnIPm2lukxopOQbdwvrl4GznRJEmXg7KtBJZ5Mn0Yo8qkj/V5kcnZ/kexfBv4x"
        "inzScObKr+VAGdsp+sT1b6doKz9Iqo5KTy0Rjvh+J0NMzkU+Za/vIpAm33+xJGqBmVLqaVCZhptL4p1mkceYSCosL3pcew4S7w283sx75ar8"
        "eUnnd80sG69cBZeLUVvONi5yJeRkMl3N8tVKeUrIqDc3v0RbS5dvaq1Psa05tcvrP4d6ccFALsnnhTn6KnXNujoX5rEeTz4vzEMjqOhyYR7v"
        "wZLPS8WUS3BevPpWbsj+kefRP7z45YXklxuSX25gT8nz6Cl5Hj0l0ZPzPHpynkdPTpf7tTAzL0zmJYhzrgfn3JCcvfIctnQTpZHrURoVk2dm"
        "jmvOnDJZfmnmN3NlL/FEGrkeaeTa0nCujHqG0rf8V2nGWs8oP0yaC3pw8cppkUdOqccqo8hD1whapTnXV4kv77z+BZE8zfh2S9/FSP9XbC35"
        "v9jaajeV+tAImpr/i+0IB8HB0Bv6QD8YJP+jOxYmwGQ4CU6BuXAuLIAlsAyuh2JYC7fCnbANHoGd8By8DLvgLXgfdsNn8DXsgR/gV/gTCKbL"
        "/YbqYENshgVYiB2xK/bEw7AfDsZhOBKPweNwCk7Dk3EOnoXn4vl4EV6MS/BKvAqXyZ2EVsl9hG7BjbgZ78ZtaregR/FxtVfQc/ii/CfsLvwH"
        "volv4dv4Dr6LH+JH+AX+B7+XuwQxUoNkkVy5T1AL0pp0IF1JL1JEBpJhZDQZTyaTaeQUcjqZR84jC8kSchVZTq4lK8hKciMpJjeTdWQjuY1s"
        "IXeRrWQb2U4eIjvI42QneYY8T14ir5Jd5E3yNnmPfEh2k0/I5+QruXfQ/8iP5Geyl/wh/0Gr0QyaSbNobVqH1qeNaFPaghbQ1rQt7UA70660"
        "O+1Be9FD6GG0iPajA+kQubvQSDqGjqMT6EQ6hU6l0+XOQnPoXDpP7ih0IV1IL6aX0MX0MrWn0LX0enoDLaa30HV0A72V3k630Dvp3XQrvY/e"
        "T7fTh+gO+jh9kj5Fn6Uv0FfoLvoWfZ/upp/Rr+ke+iP9jTeVNFaD1WTZLJfVZQ3kHkHNWQvWkuWzAtaKHSj/jduBdWHdWA/Wm/Vhh7MBbDA7"
        "gkHoH1VPWrztxFx5gy+d+Hw5SVUPD6YQhx7gFYaFoGieYawSlUbXSqUbX3tbS4lZ/v0Qhq5Z/uGW5pDFGqtqfbUy+9pLlcUhyxRSCyztsL72"
        "Fsuqbcjkfe3PlKrOl5bD18qZJulLK8iXmP9VMsYid1w/X1KqL7HpScG1FgVfWsW+xPZFZ9X70qR8ja/+tDL4ljbXe8/+5Rl/nF94gm0ENuw1"
        "LNpCYq6nfHWfCJNpmf1rOcJb25U1Vhhfax2V1ZcGpsscvvZ1Y75FrnzXk9xgX+b6QrQslDBpef0vSNc4e1hGrzB0PXVWpjDM0o6opWyTDWNN"
        "SwudlubJx1iXBnEw2rM7D8SnHILpbm7EkhMMjGv9Nrw8YahnGGL7/z2x9J3yh6E+9eidZ6u+EJyiW1sxwrAQ5cBClwMLIWNQGL/ckkBfe38k"
        "nnNBVYUhDlnc84Lh29E1E3VyUTq7KF1clINCULqGoHQLQekeQKHqy539JWNFlUNFlVV5yzMu8+pf5hTyLPZGFntTi72fxT7UYj9AznHWZz65"
        "LkodF6Wui1LfRWniojRzUZq7KC1dlAIXpaeL0ttF6e+iDHBRBrkog12U6S7KTBflZBflFBdltotyqoPifs5pX433DWHXYwVRjLZ0uKt1uSlZ"
        "Mm7pdArZlhSt9poOu70EMn3sRRVk12UPppQ9rlEa+lsat97nR0/wCedLXK2ianyDymR/hTFKqeF+p1j3zQxzNeTq5Wo/+nq7qFS6V5vs6+pT"
        "bkpiBLC+F7Bq6+6nN27N2v38gZjvB8UbQv30hQzztBPxrjBLncKgvzHMU+cv1JNnLehoKE9ZsEM/b0FHU3nugo7mHC04WsqzFowzFlo70Eah"
        "UKGtPElBnKXQXp6gYJyh0EWds9JdnpcgTlsRpyWI8xJ6wyHytIQ+8owEcUKCcUZCf/PcAbEXceLEg6PMcw70nYlHyfMHjLMExqlzAXQcJ3f/"
        "T+zTL3bqN/bqN/bh1/fc1zFb4VSF0xSsO/HrmKdwtsJ8hXPgXPib2pPd2K/9YnO/ev2sGLET/ZXqvBh9D3p93/mVsIpD7Owu9nYXu7uL/d2L"
        "LXu0i73QxW7oYj90sSO62BNd7Iou9kUXO6PruF1hswNbHBA7qBt7qG81v88ssfz0Vq3b7DT7nkd+u6FYERy6rL8ENyNvbu6Gj5F3JzUR0z/H"
        "Boj5z/CEWx+fEmVT9T9MAiKf6Cg9DNgb2FkSxALrKUzOsnW3I6NUSwJ/Rj2VVMOfUXoITtn8Za/4X3UtHe+6dJYgwv7Ih/f3DeDZeqvDj5pP"
        "4d29nMr1gVYFudAqdKyu3BHQf2ao6nyUlBDLt2b23Vv9dxkLJ1WwZMHza+WXR7oLmvzSUjduH+Nq+GsWSrps4+mBQJsdbXzSbbzSVckk+Goe"
        "fNDk405JUMHyHkQgQ0GswysedfYLDG2hiQUtJFopuPWAioDQEazoWiXorqBrI4Yuop/UpusgR1pOVhtp0TYMTcOuY0y1aRWzpQ7hPsfLrSWE"
        "1xASJz+tVudLlnY+knEm0nbYCc/A8+rMotdglzx58iP4BD6DL+Fr+Aa+he/lOUC/wm/wB+zjQwZBcSJlhjzPJwtz5Dk29bABNsIm2AxbYit5"
        "NmU77ICdsAt2lSdU9sJD5AmVh2N/HKhOqDwKR+BIHI1jcRyOx4k4GU/AqTgNZ+AsPAVPxTl4Bp6J83A+novn4QV4ES7ES3ARLsGleAVeZZ5X"
        "uco8r3ItrseNuAlvV+dVbpVnVW7Hh9R3p0/hc/gSvqbOXtHP/WwjNdp83oJz5HfQuh5t1aJrc825kGuvRvh8dUagiCdoteU32u54Io7gaYT3"
        "+zWQJ5E2k3py8isCr537wv3E2adV8RNav5hpss3zH8UzBp3qvhpvlHVjxGggn1M0VmXEHAZdFMZT0+VjlWSIehPOKjENtxHtBKo4zcoyen2X"
        "fhcmS65txaod+YiqmV/HzzPrP42PonpPEN/Kz1d0cZLUYqWLi9N/lyi7OAP4Mtl/SkrEScBLlb0xbzWXqzDiTNErlL2A9+ErVZg2vBVepejt"
        "eR6XKbs4OfhqFUacH/y9yqd4rrVP0cV8UqLsYl7ho6m0i/kFlV3MMwR1ecV8Q5VdPPtiyi6egWnKLp6DpSm7OJ84XdlH8LkpQ9nF/FRD2cU8"
        "dQAyaT+Wz1aZyj6Rz1Y1lf1EmAa1lH0Gn7nyVd5m85mrQNnFucetlF2cLHmgsl8IC6G1souzkNso++W81AqV/Ro+e7VV9pV89mqHepmIGay9"
        "yucaPo91UHZxWnJHFUbMZt1Q301czGrdUT//RcxuxrOCfcoUqFaT77gXOO7C9IDqfd9XQSZT8dP/O6PbE7SE3S9ekfpfkNNu5WX1t96tfuny"
        "n0cJe56PPdfDzixhmE94FoI/8wnvx98axl2e4FGe6FuehhE/caI2wPZyqWPiPO7qqYn/PxzL3t8=",
    ),
}
