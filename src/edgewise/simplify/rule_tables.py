"""The rules as tables: python docs/make_pages.py writes what stands in this file, see `rulebook`."""

from fractions import Fraction
from typing import Final

from edgewise.ops.op import E as e
from edgewise.ops.op import Number

MARK: Final = 4023315114
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
        "eNrtXQecFbXWPyfJ3AUWFt0VKdKX3peOyC5FpIMoigWRDiIIYkUQGyIiFgRRUFFQRMResfeOYO/P9nzqUx9WrJ/ul2Ry507JzM7dXZb1ztz/"
        "LzOZM8lJTupJ7syc74q/ixB+jhT+yHDsdFxB/MvQ396RkrZ2pKRtHSlp20ZK2hWRkvbySEl7faSkXR8paW+MlLQbIyUtwShJ2z5S0naIlLQd"
        "IyVtp0hJWxApaTtHStoukZK2a6Sk7RYpabtHStoekZK2Z6Sk7RUpafePlLS9IyXtAZGStk+kpC2MlLRFkZK2b6Sk7RcpaftHStoBkZL2wEhJ"
        "OzBS0h4UKWkHRUrawZGSdkykpB0XKWnHR0raCZGSdlKkpJ0SKWlXRUrahyMl7aORkHY5dxdHpk6FtNdFSNp6karbDRUube1IjYjtIiTtvpGq"
        "2bYRkjY3UjXbMkLS5kSqZvMjJG21SNVsowhJm4hUze4XIWmNSNVsvQhJyyJVs3UjJC2NVM3WqeTS5mZgme+yvnExNxLSjgAT0ZB2NJiIhrTT"
        "cc+05Hcrdb/dK4NHqZqRGpOvhMal5nlbpZV2Z/GfxWbH7eSgr8lwaaGCpf14j0n7ZTlKewPc8Y+u25MxSi35wkhJe1GGSbszQtJ2ge+gMxTZ"
        "qN9WwHz7xR5tyf+zUZfjrdgYluHulNb9OwkrUtrlttTWodCTV2fc7kpKc7zWJttNUtqrM1jaG22y3cf9tTJwVfCrJe3WSEh7BJiIhrRHgYlo"
        "SDsV90xLfi9S/faDSiHtcDhYnqOxU6OTdgZmqrRj4PAIzbdeaaftpprd5OB7O+4Jac9R5xZwCT+u5G5IBmmQvxczee6nrs+zpAUlbSb9ktJC"
        "pKSNQt0O5tIO4cfBMDCjpa1RKVty9cj02+wIjVLVMn5MrvoPnYGqZNR8m5Wx2kVOhHSpzZ66HY2ZKS2xcBU0sV2lh9tLHXN3Q/xXQKWvgDuD"
        "4zAYC/ejAfvKq8zCr8VJ30Ncwjwb9nFcZQZ2FSd9J3LXwMIV0NR2lR7uLnXM3Q3RkhtaV/kcizFfnlvK4yrIzyj8Xtzc8s9R2IhzYDZcg3Mg"
        "s7CrOOm7gct2qsIDeCqcZl1lDn4tTvoe5BJeGilcFimstbAOrrb8t+FaSAd3wdpKCjEmXwPXcoirmy3cCpttV+lgC9xZypi7H0LaW6yrbQr/"
        "ge3wqXW1e/DKbuavwyc2CbfBTwo/wi74wbraPfh5N/PX4XubhD8BjZGxGMoxDIbDOBjFZ+Cj5bXACO4Otq7KByPLmV8YIEyByRLz+dUxHMfC"
        "eHmeJI8CEyxfeWLibuEajFNgGkyVOINfHaIwFs7kmuPh6uooix4GY2BRqHCHuq4PSyuV0kHsV5wMR8JoOIJfzZCYJ4+nq6sZcBJ3J1pXeswt"
        "4b4ec2z+E/g6ZAbMKhWfknG8PB4H07kTmMmvzN5rcJcFLKNHqAR3XW3ors7dHNSS0SPN8HsO0Zh5FsICy1/AXVXpq5LBEld1Xe8T6x8xYvxj"
        "0Ak682N7G6VNhaTbpUKlbOe46mjzt83AOu0Qt+vIoFakpK0ZKWn3jZS0tePenLGoE5dBjIzAXnEZZCzqRkravSMlbb1ISbtf3JszFvUjI2kN"
        "7qpB9VLFzf7HSGhHg7h9x4gRI0aMGDFixIgRI0aMGC4MhoPgQOgPfaEQDoD9oWdGSzsEBsFAGAD9oAj6QG/oFam6zqkEeTirwnB2BablB7vk"
        "DePRJmPRKC6DGDFixIgRY7cjN1LSNo6UtE3i9p2xaBopafPjGs9Y5MVlECNGjBgxYsSIESNGjBgxYsSIESNGjBgxYsSIEeMfj2ZxGWQsmsdl"
        "kLFoESlpW0ZK2laRkrZ13JtjxIhR6SB+CAQYGJCALKgCVaEaZEN1qAE5UBP2gr0hV9rY3BdqQ12oB/tBA2gITaAp5HPtqzW0gXZQAJ2lLYse"
        "sD/0hj5QCH2hHwyAA+EgGAzDYAQcDKPhUBgDh8NYOBLGwQSYCsfDPDgDFsCZsAjOhvPgAlgKy2C5tCS3AlbCFbAaroQ1cDVcA+vgergBboSb"
        "YBPcDLfAFrgN7oR74UF4HJ6D7bADXoM34V14Dz6Az+E/8B38AD9DMSBSTGAu5mEtrIf1sRE2xxbYHjtiAfbCA7APFmF/PBAH4iAcgsNxJI7G"
        "w/BIHIfH4Hg8FifgRJyEk3EKTsPjcBbOxVPwNJyPC/EcPB8vxItwOV6Ml+CleBmuwMtxJa7C1XgVrsVrcR1ejxvwRtyEm/EWvBVvx7vwXtyK"
        "j+IT+Ay+hNvxDXwXP8bP8Wv8Hn/Bv5GRbJJL6pImpA0pIL1IPzKUDCMjyEhyMDmUjCVHkWPJVHIcmUlmkdlkDplHTiWLyFJyObmWbCb3kwfI"
        "VvIgeYQ8Sp4gT5HnyAtkG3mLfEJ2kl9IMalCq9JsmkNzaW3agDaj7Wg3WkSH0sPpZDqFTqXT6HQ6g86ks+mJdB49mZ5GF9CFdBE9h55Pl9Cl"
        "9CJ6Kb2MrqCX05V0Fb2CXknX0nX0Orqe3khvppvpFno7vZveQ++jW+kj9FH6GH2cPkGfpE/Rp+kz9Fn6HH2evkBfpC/Rl+k2+grdTnfQV+lr"
        "9HX6Bn2TvkXfpu/Qd+l79H36If2Y/pt+RXfSXfQvmmBZrCqrxmqwvdm+rD7LZ21ZO9aBdWQFrDPryrqxHqwvG8qGseFsBBvJRrHRbAw7gh3J"
        "jmYT2DQ2nc1gM9ksNpvNYaey+exMdhY7ly1jl7LL2Wp2HdvM7mD3sK3sQfYQe4Q9xh5nT7Cn2XPsefYi28ZeZW+xD9hn7Gv2Dfsf28l+YD+y"
        "XexX9icrZmgQo6aRa9Qy8o2WRlujvdHB6Gb0MfoaA4xBxjBjuDHCGGUcYhxmjDcmGVOM6cbxxhxjvrHIOMs42zjXOM9YbJxvLDFEzzN7X7an"
        "39WSPa+O7Htm/8vmrr60lNoQGsljY9kfE9I2rLgSfTOLu9RVMx6iGeffjPfZJvLYgqMl18NayT6cxV1bzqGt7M9Z8tgW2ktKe+jAKR2gI7/q"
        "CJ04CqTrrI5drHNXm6+bw9/dddUDenL04uOFGDGEO0AdxehRhbtCKJLnIjmW9IX+akQZKEeVgTCIjyzZ3A2GIfI8BIbys2n/azgfcUZxHCzd"
        "aHU8xDofavONcfgPc12J8WosHCHdkep4FBzNa+JoT8ijpd0xL60edyL8Mdq7x8g742C8DDfeJ8x4OJbX+rFWDo7lmCApE2y0CTDRdZXN3USY"
        "5KJOkvRJMJnX6mRZt5N5K5kMU3hLmcLreIqs6SmSIu5NVWGmKvo0dZwuLTnN5CP5LJgNJ/B2dYLkM0fGnKPizLFiz5H3psBcmc5ci9tc62zG"
        "myvtXM2Dk+BkOAWEpdjTYT6fK/K5S3B3OneCk5g9sribz53wC54LeA4W8BllEZwl55VF8q1q4TtHHc+1zuepmccMc56NvljdWWzdS1HOd4Rb"
        "YtGX2MIusYW2h7jAFXep7d5SR/ylDg5LHTzcVxd6uC5z8F3m4rzMxXuZh98yuIhjOVzMcYn0XaqOl0nKCuvqcptvpbq3is/d5ux9JVwl3Rp1"
        "XOvK19WalK/RSHOtlrbOh3qdL/16WA8buCYhxjehT4jR7Ubu26goG6WOYVJv8uR1kza3mwJS2+TisclTE5s8dbFJ2iDdLN0t6rjFOt9q893m"
        "8N/uurrDc32nhnKXlna3D/UeX/q9cB/cDw/AVq6TPQgPSfewOj4Cj3I8Jt3j6vgEPMnxlHRPq+Mz8CzHc9I9r44vwIvwErwsLaVul5qecK+q"
        "42vwOscb0r2pjm/B2xzvSPeuOr4H73N8IN2H6vgv+Ag+hk/gU/gM/i21xi/gS/gK/gtfwzfwLfwPdnI98nuuSf4oLZfugl/gV/gNfoc/4E8+"
        "T/+fdH+p49/WudjmA7T70XVFPNcUGYfBdVZxzFLHKta5qs1XzeHPdl1VxxocOViTYy/cm0NowXm4jydcLQ1lX6yNdbAu15n346gvXQN1bMi1"
        "6EbY2LpqYvM1xXxsxl1zfmyBLbEZtHTcbSljJo+tpBNhWrlCtbJCtFZHM1RrTzgdpY0tdhvrnOTQBttiO+7a82MHvhLoJP0F8qozduHoKl03"
        "dexunXvYfD0d/l6uq/2xN4dYX4g5vQ8WopjlC/m5SPmK1J2+KFw/9Jv3+8lw/WSsoFD9Vbj+KmR/FG6AoyQOdF0NRDGLHoRi3hyk/IPV1RAc"
        "isMwG4ah0BmGodAXhqFbjxAhzPMwvnoSoYer8MNVjOGaOMOtWMNxBF9zjcRROJKvOc+EhdIOJuOzfBX5BeAcrgnnytVnHa4fNeRzews+Unfg"
        "mmR3ri/251rgcBjJS2QM13CO4vJP4lrGcVwXmct1h1O5XrCQj7bn8rH6Ij5DreRz0NV8VN7IR6+7+Ej1KB9xXuSjyBt8hPgXHwH+y3v7T7yH"
        "/8l7I+X9IZv3nDzeD/bjpZbPS62tXDX24PU1gJfOKL5OPJqvDqfjbDyJrwjPVCvCi/k68Apcw9d/63EjX/ltwdv4uu8evI+v/B7Gx/BpfAFf"
        "xldwB76Ob+N7+CF+wleAX/I14Le4E3/AX/EvvqyoQWqRBqQ5aU+6kt6kPxlCRpMjyUS+9juRzCfnkAvJCrKGbCBbyD3kYfI0eZnsIG+Q98mn"
        "5CvyHV/t/UUStCatQ5vQ5rQ1bU8L+FqvF+1D+9GBdAgdQUfTw+gRdDxf982kc+mpfJ13Ll/hXcLXdWvp9fQmeitfyW3lK7hn+GrtVb46e59+"
        "Qr+g39If6W/0b8r4amwvuRZrylrxlVhXtj9fgR3E118Hs0P42utwvvo6io1j4/n6axKbwtdg5grsBDaXzWMn81XY6ewMtpAtYmfzldhitoQt"
        "ZRexFexKdi27gW3hq7GH+QrsefYye4W9wd5jH7F/sy/5+us79pNaeVEjy8g2coy9jX2M2kY9owFfgbU2Ohk9+OprgDGYr7sOMcYa44yJfM01"
        "25hnnMbXXOcby42VxlpjvbHZuMvYajxuPGe8YrxpfGB8ZvzX+MH43SCJ7MQ+iQaJlomCRNdE70T/xLDEmMQxiWmJ4xInJE5KnJY4I7EwsShx"
        "duLcxOIEWD8id1GSvtQPwfkjvjT0oREHH31cYoUjJYYLm0ZwuimauYOULa+Soaj0Z9vylQxXQxOuhiZcA024BppwPTXhemrCFWrCFWrCFWnC"
        "FWnC9dOE66cJN1sTbrYmHJW1kwqH2vyh3LEjKg7IKxGOcT9z8MvRpGs4+IGVnhnDcMRItUgzbo4mzwlXDHCklrqLmhh+7co/LtXkD33ykuRC"
        "bD1OlwN3OLMckhz8OJeUGpQhV+7SB1dOS8oLaMYS/zJlVikanjo379prCmUbsrcX/7iGbKvmXaJGHsPR6lI1iFa5mzlN5SrhkyvdXVRtXM/P"
        "LUciUMpEID8jMH9GifkruexFnpOllrBKDQPLADVxDU0/LzndVOs0xyRdWaGnJMOk69eayi6vfeYjnnIOTrcs8urSDdue02+nZW8vZanz0tVb"
        "Wcpel2dUo1lJaaTCucuZBPZfkvb4QgLrjaQ9vtBAfrRU/PzlpaWSN0x7DpK8PPMXtt7C1oe/lpt+Hyx53irPMRtC9t/dN2anI2/Zx+zSyRuc"
        "btnrt3zqKJ1yLktZ6fLsr5mXTmMM5uevY5acv7Kk68c5TP7c4QzH+s29OvG7m8qfTsf0nwOMEscwQ7MXYaiycu8B2OXIsmQ2HKVHbBycOwRU"
        "Ux9ZlgTUwUVXW/5lXzVwfelcf5izRFXNGqzkcM7yB1s5Vwu19gNo6qC5V5BNS4xhStRUk/vSlaR5Nz9kGrq85GvC5WtWmrqayfept+B9JDcN"
        "XbsUzjS6++wGmGMcseJSH85U3tVxIRYX6jMemBpYd81uSrJfEIsLWlyIq+e5xxdqtc4wnL38QPFLylb6nPrzK11O3b22fMrPnT+jjPKmdknC"
        "cyk5V+nyC5OXlNZS3nkx+05q/vXrZcSaz5K90c6PaGTT8SOaXqvjl8ofUbz3TP4wMH+k3PKXHj8Skh9WeP7Cll95txc3v92Xv5J7lLOEBGdq"
        "05mS+/7mTEVcO8I6zn6yuTkTNUKbafiXaWVvk5WpDen+OUuNrKDRenQ778RXp2EuLsmSTM6/yfxRR32UlguxuNBALsSznilNXoK5OPNCHPoz"
        "+tag2XcMq76ZZgeydHGJ2pfy5oWV2C+pmkOT/9Mx2y6Wuz6gHPkF5zlVCzrNLWxq7lVHWfml8mxy7hbwX5a9T3ezSq29z6jiDtchZLiOIcN1"
        "ChmuIO1wqNnjSYXrHJJf55D8uoTk1yUkv64h+XUNya+bZh3aPuCfYCyhRXQIjBvcSjoGxg1uOZ0C4wa3poLAuAXlEldXCwWamQTSTjc4ri7d"
        "zoF5Du4BYeMGp6vLc9h0g+Pq0u0SmOfgHho2bnC6ujyHTTc4ri7droF5Dh5BwsYNTleX57DpBsf1G83c+2vxuBaPa/G4Fo9rURjXEiH/RYlp"
        "0aNlu9bn4HqCWB/DXBsEPbsg4tr3w3Rx/Z4D8I+re8KZqv0Dqlayhu0pnfBx7f+jUsd/4OnIS9Uam6l9/4RtvV42fqn/jc39hESpyjT9/IXl"
        "558/onmyWvdkOrHSzXbtZWAJdalPw3D8N2Pu7uraFXE8KRscg2ieVdPlOSllag8oKAZqYpSchvsZB+J6vtivnJnm/3i/cLp0dc8hhw0XNt3K"
        "nD+ieZYEfJ5uC267undW/Mfd6iHjVg8c0f16I1XPNzlbuzduqiT1MdAnV6Xrof45SL+v6uYAEnKM8ItrloE7XZJGGbjHuqAST2dMNN9e0dVR"
        "6n0cqp4O9L7lEjx362IU+qThP+smXP/Ela6dok9c/3aKjvKDtOqo5NRS4Yjvs3mpXftCn7I359WE5r2i4FpIaTJmGn5vJ6XGzkLNnELKLS9m"
        "XGcOUv+56p6w0uWq7HnJ4mfDKhtdroLLJVlb7jYuciXkNHUpw/aEXllKKFlvXn6ptpal/j1L3bHn1Cmvvw6i44KBXNLPC3P1VerRWtzaJrrW"
        "yenkhfm+Y1d+5cI0zxCkn5fyKZfgvOj6Vm7I/pGn6R86fnkh+eWG5Jcb2FPyND0lT9NTUj05T9OT8zQ9OUt+gY1ZeWEyL0GcczWcc0Ny1uU5"
        "bOmmSiNXUxrlk2dmjWvunDJZfglr9Vj6Ek+lkatJI9eRhlsz6lHiXkawlpbU9ZLlh2lzQQ2X4LzodFZi1WW2pi6zrXLxe5adqhk7PSntnMsn"
        "z6jJM6Sd56AydXN2t4jCwKfVdTM7Bj79zlyl4dTXnO9Fl/zmeLDG7daVU0/D696iS5+WfJ7a/Mak+V2PGvLLHrpv3DWU36trAa2hHXSEztAN"
        "ekJvnsP+cBAMhZFwCBwOR8nvR86EOXAyzIdFcD4sh5WwFtbDzXAH3A8PwxPwPGyHt+BD+BS+gG/ge9gFf0AxMKyKOZiHdbCB/FpMO+yIXbEX"
        "FuIAHIwj8BAci+NwIk7D4+W3Hs/As3AxXoiX4EpcjWtwHd6AN+HN8muOd+LdeC/ejw/hY/g4PolP43P4Im7DHfgqvoZv4Fv4Nr6D78ovfHyB"
        "3+KP+Jv8xmNVkkPySB1SnzQmzUkb0ol0JweQ/mQwGUkOI+PIJDKDnEBOJvPJIrKYLCOXkdXkGrKB3ELuJg/J7zq+SLaRHeR18hZ5l3xAPiKf"
        "ks/Jl+Rr8i35jvxIdpHfyJ/kb4KU0Sxajdage9E8ui+tS+vTRrQpbU5b0Ta0Pe1Eu9DutBc9gBbR/nQgHUyH0ZF0NB1Dx9Kj6DF0Ap1Mp8kv"
        "Qs6iJ9C5dB49hZ5OF8gvQi6mF9Bl9GJ6GV1JV9M19Bp6Hd1AN9Kb5Vcg76L3yq9AJr8f8jb9kH5Gv6Jf02/pTvoD/Zn+Sv+gf1PCEqway2G5"
        "rDarz5qwFqwVa8PayS87dpHfdezFerM+rIj1ZwPZIDaEDWej2KFsLBvHJrJp7Hg2l53CFrBz2AXsYnYZW8lWszXsGnYd28A2spvYJnYz28xu"
        "YVvYrew2+ZXHB9jD7HH5bZGX2A72JnuHvc8+Yp+yz9mX7GsGoX9U7Wfr/cRag4GWDqU4JvnkWE/bUcfYqKfb37KgasQLphDXWlMXhgVSIATF"
        "jGVo+djLsyS6USI9uctmryNm200OQzcC6PYUk2/MJlzy2jlX7F2j1HedJc/ikKUKaQSWdti7zlbNKm3I9O86tbuKu0vLcNfOmaZ5l5bTXWK9"
        "y5scl7xx/e6SEu8Sx5o+uNaicJdW8F3d/F6Rd2lad5NP9xuluFuSPmCUcbRx6k72u1Vt653UzM7k7lsyTLZtrq9h8zf18Vd1vSFuUuz59NKd"
        "OpKeczidKiwlTFq6N33NdXJ329gQhs6sNyzSD8Ns+i+1zbPphrGnZYROy9DySWqAQRyoeoOru+25DqPEuPYwuvwTnzIMpnu5EVtOMDCu/e2s"
        "soSh2jDE8fWDFLfyCEN92oA+z3atPjhF71ojGYaFKAcWuhxYCBmDwvjllgTedfZloh2lKyaMfaXs1D/d8pYtTLrpVnR4+5c4dWNRe8+M2cFD"
        "6eihdPJQCkJQOoegdAlB6RpAoeq50j0lY3mVQ3mVVVnLMy7zyl/mFPJs/no2fwObv5/NP9jmrybnd/uuVK6Hso+HUstDqe2h1PdQGnoojTyU"
        "Jh5KvofSw0Pp5aH091AGeCgDPZSDPJSpHsp0D+U4D2Wmh3K8hzLLRbHv9Jprh+B1U/gwwWuo8GGC154VHyZJKQrhN0s1iJLsZX09/c5LyZFx"
        "g+jJksyxpUgC6E49P8f6WrMuPA3gY0oUfNcvLf+41BWXQk0ff3WX39nms338heXkN+s0mFL6uMlaLvSsvoPpKT7h7hLPaFAxd4PKZE+FSZZS"
        "3T1OKe0/bj097cfsTYV7nO7fwtNtsanx1tnfvZTUqGv/f82+j+od+b3/nnh37Yj1jIB4SsC0hmdao9RZxDOfF6ijLOIJe3j1pbU7YRFPWMNr"
        "oqzemWiu7N3Z0VJZvzMt4AkbeCbacrTjaC/t3iXt3XV2oYtCV4Vu0qqdsGvXg+syvSxLdkVcRxnItZJB0l7dEGmfLmmhbgSM5LBbdBE2XUyb"
        "c0k7c+Ms62+m9RTTatsUrtVMhWmWBTYTM6UlNhOzpBU104aasKIm7KgJS2opW2oLYKHCmQqLFM5SSNm0Ol9hicIFCksVTHthy6X1L9N6p7AF"
        "tkrZADPtfgkrnk4bXDfCRsvWlbApZWKLsi0lrEsJ+1LCwlTSxlTSypTdzpSwLyUsTCVtTAnbUsK6VNK+lImnFZ5x4VkXhMUpYXPKhLA8lbQ9"
        "lXxav9j2M/uE6SvW/ETvSIZyf9cENW9J2O+h41tFqHlSqCw/v2+92nNsly4pn18OdXRifXEndZ2kEc137yr2h2lA1CRxwVmOunLwlq43jr0s"
        "iPVsm/e9BHfL8pNF3w7t8YrjX4R/5nztxJ7Nkd/zVfEvyj/dKLyncyTGTmJ7+yH5tpLd0kA63IJnZX15pMOtPH9ZHhjyjQHTee8kj8n7ho2S"
        "JUedrECgw48OPlkOXlmqZFJ8DQ0ftPh4UxLUlNXBHL7OyOPrCmHnvhFfRTTn6wRhG7YDXweYVu57wv5cuy+UNqlNC/dDpRXCg7kWLyzcH8E1"
        "d2GLcQLX1YVV4xlcL58FJ3B9fB7Xw0/l+nfS9utyri8Lu7mruJ58FdeRTTv3G6TtWWHl/lauAd/JNd97uca7lWu6j3Dt9gmuzT7D9dQXuGa6"
        "DbbDq/A6vAlvw7vwPnwIH8En8Bl8Dl/AV/A1fAs74Xv4EX6GX+A3+Js3FIIMq2F1C6ZN0NoKwuKnsPlZvmiGzR1oUSFopdDBQkcXuktrncHo"
        "aaGXtOhZMg6QVj9TELY9hSXO3YMBEgNxFI7GMXi4xFg8AifjVJyG03EGzsTjcRbOxnl4Ep6Cp+JpeDrOxzNwAS7EM3ERnoVn4zl4Lp6Hi3EJ"
        "XoBL8UJchsvxErwUL8MVeDmuxFV4Ba7GK/EqXINr8Wq8Bq/FdXgdXo8b8AbciDfhJrwZN+Mt8ql4Ye3yXrwP78cHcCs+iA/hw/gIPiqfkn8C"
        "n8Sn8Gl8Bp/F5/B5fAFfxJfwZdyGr+B29eT86/gGvmk9Pf8evo8f4If4L/wIP8FP8TP8D36F3+B3+CP+hD+jsCJvdx1lP+0i/dUsaju5mi8A"
        "d+j68tjQuq7qCVHZXE3NexOVPc/l6cSo3BV6QFC9C9dB7tp0UbUq6l+EELGractQ8KzPW4I9XhU+L4jdo1Z8BugmvyZLoIa0SltP7lW1hrZy"
        "tyqLzwi9IZvPGY3VzpPYXxI04epavhyJxtbuVHMZTnCuou7lcC5Jn7DjuJ9MI0faYAwGsflFDmuUGCOJutxRB4VxJ2Q25FUiNKd0kWX5zNKx"
        "H+s5roQ8htTAQEpq+sWMXVP5xXtFeyl/dTmLm35hPzhX+YUd4TzlF/aE91F+Ue+1lL8xr5l9pV5XXNyCl0Jt5Rc6wHFq11LsC56untkSrW6+"
        "evZLaAdnKLrQEi5ScXtDHz7Xm/4i6AcXy/VNcfEAGMg1ANM/CIbApSrMMBjB9QLTPwpGwwoV5lA4jGsLJn0sHAkrlV9YfF6lwhwLE2G9yoPY"
        "Kdyg8ib2C/9U+Re7hrXRDC/2Desov9g3rIsmz9lcY6mn/GIvcT80y0fsKdZXfrGz2ED5xe5iQ+UXe4yNlH8+LIDGyi8s3TdRfrGv2FT5xc5i"
        "PjLpvwAuhGbKv5yXSHPlX8ElbKH8QlvqrfJ2NdeZDlD+9Vxz6qP8m7j+VKj8t3Etqkj57+G6VF/lf5BrVP2U/3GuV/VX/me5djVAlYnY/TtQ"
        "5fMV2AEDlV9oXUNVGGFhfpjyC0vzw5Vf2Jg/BM1vyghL84ei+Z0XYXE+W7Xm5LmG69zAde7pOhe6zkWucz/XebbrbL7l7/XnqLPhOifpfyuX"
        "r66bus75rrNw3aFyn//eTS7bGrHQU9/mu6f69LNtdZvQ+O28Ej7twX4vS77lnPLn+fhzNX5mC8N8wrMQ/JlPeD/+9jDe8gRNeaKnPE0+aLVD"
        "5lPe4ie007KukoV2Wzn3U/4fErKzGQ==",
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
        "eNrtHQeY1URzZnfzDjg44A4FqdJ770WaUhREqoCAKIg0QUWKClgQQeyK2BAEERWwodixYu/YKyr2hr+9c/9ksy8vZZN77+448OW9+TaZnezO"
        "7mzLzL4k80P+DxGCXyIFf6U57HLFIPNL019epKQ9IFLSNouUtC0iJe3WSEn7cKSkbYRRkrZxpKRtEilpm0ZK2maRkrZ5pKTtEilpJ0VK2uMj"
        "Je3kSEk7JVLSTo2UtNMiJe30SEl7QqSknREpaWdGStoTIyXtSZGS9uRISTsrUtKeEilpZ0dK2jmRknZupKSdFylpT42UtKdFStrTIyXt/EhJ"
        "uyBS0i6MlLRnREraMyMl7VmRkvbsSEl7UaSkXREpaa+KlLTXREralZGSdlWkpH03UtICi5SwkZD2BgrrItOnprSvREja6pHq2wcjJe1rEZH2"
        "PoL7KTxQwuUeEal7+3ERknZQpHp2YoSkPSxSPTs+QtL2jVTPjomQtL0j1bMjIyRt90j17LAISXtQpHp2aISk7Rapnh0SIWm7RqpnB+/j0lZK"
        "wzb/1f4Sz7xISDsULIiGtEeCBdGQdg3unZFcBvfleZubxqtUxUitydugDtxeSJ479llpd+X/na+bQHte2oq4t6Q9AItP2tdh53+6b2/DKI3k"
        "V9NM2gMxOtJ2gNrYHnprpX0oEmvyM2l+B2rnoNbEPS9tFdyb0tZylL4df8Q68AqWZN/eiiUp7XZHaTvR1JPfT7vdlYTm+KlDtq+ktB+nsbTf"
        "OmT7i/DKaWgV/G5L+08kpB0HFkRD2vFgQTSkXY17ZyRnY5Tmbbl9QtohMEKeo7FTo5N2LaartEfBmAjdb/3SXr+HevY7F9+fcW9Iu02eL4JG"
        "cCOdH6GwKI00yD/zhTz3UfGnbWlBSZtOv7i0EClp07tvy++TfZsTmZFcLkLztmzar1LZ/9E1uUxa3YFKp+39tkKEtItdvr49H9NTWmbDs1AP"
        "7nDEU4GPCplvz4O5e84l1paCQTAaxsJuNKCKjKUX/J4fx/4mCWMEz6J5vAQay9hj8pg+8Gd+ljz3pbCfA/Z3xdIDfs2PY3Mo1LLhSagLdzni"
        "qcBnhcy358GctwfasfoEz6B5vBiayNij8pg+8Gd+AxufpeBrnAWnwCc4C9ILfs2PY9+QbPMV5ON8WGjH0gd+z49j/5KE1xE8heZxDayWsSfk"
        "MV1gJY3ktXRcCdcrSjpLex1Ju8rG10cKbooUbLDhadgEmxX+Mm6AVOBj2LCPgnm/3WjH7iZ4Es3jvXCPjD0uj+kDf+ZvsfHnbXgOXoAXFf4T"
        "Pg+pwCfw/D4KZt++BC8TmLF3bHgf3oMPHPHk4UP4tFD5SgJMad+1Y/8qqIy7IQ//hT0J+fBviUMuJiT8F+qjBfWwAdbF+nsUGu5h/jqogwkJ"
        "6yOHDKQrHEEwGIbAsTCcNOdjZNyEoRRG2LHigWHFzC8ZQJgKUyScQbEJBMfBRHmeLI8mTLKx4oTj9wjXcDgNpsM0CWdSLP5O31GwBBbAYsLG"
        "Uhhv05OBUbA0qXQjPfHRKZVSODB3VU+Fo2EcjKHYDAlz4Ww6LoRzVXwehTkKD4LZBVzXwykOfBacTMeTCsWnYDhRHk+HE2CmhLMoZs1eg0IW"
        "iLReoWIUOjqgM3SjYxfo5KIWDF1TTL/3IBp3nnNgkY23o1BaYqXSWOLSnvj+kdY8mme0rwz8p6AttKdjKwelWYmU26FEpWzpirVx4C3SsE9b"
        "Z8Z1ZKBypKStGClpq0RK2gMyszltoWqmDTKQFpCbaYO0hWqRkjYvUtJWj5S0NTKzOW2hZtpLWEZBDoVsKGfHU4GyhcpV0mBKWN4BtVyxdITM"
        "/M1ABjKQgQxkIAMZyEAGMpCBDKQKh8MAOBT6QR84GHpBDzgoraUdBAPhMOgPfeEQ6A09oXuk+rrCPlCH80oMlpVgWUHglPzAzGqTtlA70wYZ"
        "yEAGMpCBDOxxqBQpaetEStq6mfGdtlAvUtLWz/R42sJ+mTbIQAYykIEMZCADGchABjKQgQxkIAMZyEAGMpCBDGQgAxnIwH8eGmTaIG2hYaYN"
        "0hYaRUraxpGStkmkpG2amc0ZyEAG9jkwfwgMBJief7OgtPzyUlkoBzlQHipARciFPKgkveNWhgOgKlSHGlATDoTaUA/qk27dCJpBc2gD7aC9"
        "9GfRBbpBD+gJveFg6AN9oT8cCgNgEAyGoTBC+mAZDWNgLBwNx8IkmAYnwTw4E86CRbAYlsJ5cD5cBJfB5XAFXAnXwLWwElbB9bAG1sI66T/w"
        "FtgEt8HtcCdshrtgC9wD98GD8Ahsg+fgVXgH3oX3YQfshE/hc9gFP8CP8Df8S0JmYw5WxepYA+tIT1fNsCW2wo7YGbthd+yL/fBQHIiD8Agc"
        "gsNwBI7C0TgGx+ExeBxOwel4As7Ek3AOzsPT8QxchItxKZ6Pl+JyvBqvwWtxJV6Hq3A1rsG1uA7X4824ETfhbXgH3o334L14Pz6IW/FhfBQf"
        "xydwGz6JT+HT+Cw+jy/iK7gd38C38T3cgZ/il/g1foc/4C/4B/6Ff+M/+C/uxnzqJmSMcWawLFaGlWU5rDyryPLY/qwKq8qqsxqsFqvN6rGG"
        "rClrydqxjqwb6836sgFsMDuSjWUT2VR2IpvLFrJz2YXsCraSrWOb2Bb2MHuEPcYeZ9vY0+x59hJ7jb3DPmAfso/Yx2wn+5x9zX5kfzODV+DV"
        "eWPehDflzXhL3oq35e15Z96V9+D9+TB+LJ/KZ/H5fAE/g5/FF/HF/Fy+hJ/HL+CX8Cv4tXwt38Dv4lv5M/x1/jH/hO/kn/LP+Of8S/4N38V/"
        "4D/yX/gf/E/+N9/NmeDCEKVEWVFO5IjyooKoKHJFJVFZVBPVRU1RW9QXDUQj0VS0FK1EG9FedBZdRFfRTRwkuoseoqfoJXqLg8Uhoo/oK/qJ"
        "/uIwMUAMFIeLQeIIMVgMEUPFMDFcjBBHipFilBgtxoijxQQxWcwQs8UCca5YIs4Ty8SF4lKxQqwUN4iNYpO4Tdwu7hSbxd1ii7hXPCqeE8+L"
        "F8SL4iXxsnhVvC7eFu+I98RH4nPxhfhSfC2+Fd+JXeJ/4mfxl/hH5As0hJFlZBt5xv5GVaOGUduobzQx2hodjW5GX2OAMcQYYRxljDcmGccb"
        "k42pxnRjhnGiMcuYY8w1TjXmG2cai43zjcuMa4xrjeuMVcYaY61xo3GTsdG41bjT2GxsMR43njSeNp433jE+MD40PjO+M34wfjJ+M/4y/jb+"
        "oQnOY2VjObGKsbxYlVj1WINY41jzWItYy1jrWJtY21i7WPtYh5i5CpihlPwCWykK/nWgilwJqtFaUE2uB9lyTTB9LpvrgnmsA3VpfYhRsGLm"
        "WpHAsuTKUYpCXQoNqYyGCmtE0Ji0wyakMzWjdObaEqNgYi1kaA4tJaUltCJqK2hNsda0/rSBtjK0U8f29rmDA+vowjt5YubqVY5CF+gqz11p"
        "LesGB8nQXR3Nta0UhZ7QS557yZWuNxyi1rt+cs3rR6veYdQuVhggw0DCB8LhtBYOgiNgCMFQGYap43D7PMKBHenCR3pi5mo6Go6SYYw6joVx"
        "1C/jfCnH0ZpbnYKOPg7GyzzjtVfHy3zHBFw7Rl471i79WBoNxxJMcFAmSNoEmOiiTaQWscJxMrivHUf3h1YUsuSxHoXjadwcL8+tKcTkcTKN"
        "m8nUW5Nlqikq9RR1dao6TqO+mkbja5rdi9MoxzTZf9NUP8Zj02UoJY8N5TGRZ7rMNd3OMR1OgBkwE06k+9jJBKbv7RiF+hQmUbAos6lWs6ke"
        "s+14PQpziMscKmEO8ZwDc4nTXOnzax6cCqfB6TCfJJtPks2nq/NlWfOJ5wLZEgtkKyyQZSxQEi+wZY9fXUjHhbLNFsrSF9qtstA+z4Az5P33"
        "bLoDn0P34HNhCd2HYxTqUzBLWko5lxLdvDtnUTiFgsnxPEp5nqTWo3ABwYUULpLniyR2sTpeomiX2nELu9SmX+a4cpm6ljhfbmPLHbTljtzL"
        "XfmXO9Jf4cBXuHKvcOVf4eGwwsXDG7vSxfUqD9+rPJyv8vG+ysfvKriawNR4TJ3HxK5Tx1WSstqOXe/A1qhra+EGgnVwI8F6GW5Sx5s9Nb1F"
        "U/IGTf02ammbAqi3BtJNXe0O0tbMtdvU2cyVezNhdynKXRS7W1Hv9tV1i7a2W0JK2+LhscXXN1t8vWNqkWdSOIvCORQWU7iX9Mr74H4ZHlDH"
        "B+3zQw5sqwt/2BN7xBd/VEN5TEt7PID6RCB9GzwJT8HT8Aw8S/CcDM+ro+ml+EV4SYaX1fEV0plfhe0yvKaOr8MbBG/K8JY6vi016/dIt/4A"
        "PiTYIcNH6vgxfEKwU4ZP1fEz0r8/hy9k+FIdv4KvCb6R4Vt1/A6+l3r6/0hT/wl+hl/gV/gNfoc/4E/4i3T3e+Ef0t93Qz7p8IgMOZIihTHM"
        "wlJYGsuQXl8eyspQTh1zEmcHVsGFV/TEcn3xPKxEsB/uL4+V1bGKfT7AgVV14dU8MdPmqIE1sRbBgViboA7WJajnS1dfQ2mADbERNsYm2JSg"
        "mQzN1bEF2TCmFROPtXZgbbAttqPQno4dyM5pAB2xHAXL6nGm64hziG7eXzoS3kmm7CTTdlKpO3nSd5I5Oqk8nSSls8rXWeXsbOft7MvdWeXv"
        "bHPQpelip+riSNfFvtrAppSzsUSZXbArWXZd8SBp350CPXA29JTxXpLSGw8mOESGPurY1z73c2D9XfihnthhOIBgIB6OphZ0OFmQphY1SFqS"
        "FnYEXRusrg4m61JqWRikSw2RKek6DlUph4akHapSDyWb1Sn7cE9sBJp38iPRvG+PVPgoFRuNR5Gla2lhY9A6ejUx8/oYNGNjKO1YO/VYjJ/9"
        "OcbKPGNVrrFkSx9NMB4HQ1nIITt/mfR5KkjXKCW/25xDdkYu2Rj7k31h7jPUJGuhAVkCLUhL70DaeHfSrAeofYRRVNbR0i/tVNJgTiYNZR5p"
        "TAtpBT+HtJIL6M6wnNb1lXSHXEf3iztoPX+I1sdnaM17nday92mN+pLWnZ9pnfmbVhZOqwmtIzTnK9Osq0VzsyGNx5Zy9nSl8dKPenAYtdN4"
        "nITT8WSchwvxbDwXl+FFeBmuIPt/FVn963ED2fubydp/AB8iS/9xsvKfwhfItn8T38UP8RP8DL/Cb3EX/oi/kV2/myx6RtZ8abLly5MdX5ms"
        "+LgN34S1Yp1YT9afbPdR7Bg2mc1kc9gCtlha7texG9mtZLlvZU+yF9mbbAf7gu1iv7HdjPEYL8cr8Wq8Dtnqrcg+780H8OF8FB/Nj+JH8wn8"
        "eD6NzyRLfS4/nSz1RWSjn88v4sv5Nfx6vp5v4pv5ffxhvo0/x1/hb/L3yVL/kn/PfybLPJ8bojRZ4/uRFV5bNBTNRVuyu3uQjT2ALOqRYpyY"
        "KKaKE8UcMV+cTTb0UrKgLxAXiUvEZWI52dFXiWvIll4lrhdrxTqxXtwsNkir+g5pU98j7hMPiIfEw2RZPyGeJZv6DbKmd4pvxE9kP+8WjKzn"
        "MkYFYz+ynWsadYwGZDu3MNoYHYwuRnejt9HH6E829CCyooeTFX0MWdAzjdnG6dJqXmZcbCw3rjZWk728wbjduMfYamwjO3k7WcofG1+Rlfyb"
        "8a8hYtmx3NgBsQNjjWKtYp1jvWMDYsNjR8emxKbHZsVOiy2KXRC7IrYqtia2PrYxdntsc+zu2D2x+2IPxB6Kgf1jckctjiV+CO4fC6RhAI25"
        "+OjzMjsdKzBdsmWEl5t6OmvXMVvG4qm4xLMd9Y+nK6dJV06TroYmXQ1Nuk6adJ006bpr0nXXpOuhSddDk66XJl0vTboZmnQzNOm47MVEOtTW"
        "D+UuL1N5QMbMdIJw4eKXoynXcPEDuzwrh+HKkRi5Vt4cTZ1jnhzgKi1xFTU5gsZVcF6uqR8G1CXOhTlmpq4G3nRWO8Q5BHEuqDQoQq28rQ+e"
        "mhZUF9CsOcFtKuxWNHx9bl119hTKMeQcL8F5DTlWratMrVCGa9QlehDtdrdqmqhVLKBWuquoxrien1eOWKiUsVB+Rmj9jALrV3Dbm3WOt1rM"
        "bjUMbQPU5DU087zgchOj01qTdG2FvpZMptyg0VR0eZ13SOZr5/ByiyKvrtxkx3Pq47To46UofV64fitK2+vqjGo1K6iMRDpvO7PQ+ctSXl9Y"
        "aL+xlNcXHsqPF4pfsLy8UPImM57DJC/O+iXbb8n2R7CWm/ocLPi+VZxrNiQ5f/fcmp2KvEVfswsnb3i5Re/f4umjVNq5KG2lq3OwZl44jTGc"
        "X7COWXD9ilJuEOdk6udNZ7jsN691EnQ1uH5BOXS6aPC9wihwrdO1n7d+GKAPefsDHauI82eovN49Cqe8WXZbG65WYQ4O7p0JrhkHQVziZTA1"
        "H2KuOnjzxkLzGqF5DV+f6vs3rKbJ8BPK9isoh9eaLa2xIEtrrNTSGms2yx5vXFNnEbB/4JW8dOiugduqtO79uroUnM6tkTjbqkxSFj1AHRfN"
        "25J1CsxhSVSn2FrSulo3yTJ0damrSVdXs3+g65m6Af0WvjvopaFn78ldRofAdchcDZmdlwdw5vKqjguzufCAVd7Sqzto9sjiqw6zuaDNhXnW"
        "Ne9dg9ujMxnOfn6g+MVlK3xNg/kVrqbeWVs87eetn1FEeRN7X8lzKbhWqfJLpi4JXbS462LNncTdPmiWMVvniM9GJz+mkU3Hj2lmrY5fon5M"
        "8d479cPQ+rFiq19q/FiS/LDE65ds+xX3ePHy23P1K3hGuVvI5MwdGmn83xzrTsU8+/w6zkGyeTkztUJbZQS36b4+JvelMaT73zSxsoJG69H9"
        "n8ICdRqdzcQc9994/birPwrLhdlceCgX5rNSC1OXcC7uujCX/oyBPWjNHcPub6HZVy5cXqZ2G/11EQXOS67uofF/X4Vjb9LbH1CM/MLrnOgF"
        "neaWbGleq6Oo/BJ1tji3D/mH0qsjucealddqyeYBK403XYsk07VMMl2rJNO1TjkdanbzEunaJMmvTZL82ibJr22S/Nolya9dkvzaa2zT5iH/"
        "+WMBI6JFaN7wUdIyNG/4yGkVmjd8NLUOzdu6WPLqeqF1wL5eauWG59WV2ya0zuEzINm84eXq6pxsueF5deW2Da1z+AxNNm94ubo6J1tueF5d"
        "ue1C6xy+giSbN7xcXZ2TLTc8b9Bq5t1zy6xrmXUts65l1rUorGuxJP9ZydCiR8vW0HI8drx7nyE7gItlL4Q9uWLmde6b6fIGPQUSnFf3fDtX"
        "+wxcWbyG4xmt5PM6/83mrn/mU5GXK1tcqP8HYg67vmj8Ev/eW/sOsUK1aer1S5ZfcP2Y5rl63XsJzC4327PngQX0pb4Mw/UfjrULrBtXzPWc"
        "dHgOpnlSUVfnuJSJvaKwHKjJUXAZ3idcmOfp8qB2Fpr/7YPS6crVPYWebLpky92X68c0zwVBwLON4WNX92ZT8LpbNsm8ZUNX9KDZyNVTOe7R"
        "7s+baEl9DgyoVeFmaHANUp+runsAS3KNCMprtYG3XJZCG3jXurAWT2VNtN5d0vVR4m0srp618r/jFH7v1uXoHlBG8F035vnHrnDjFAPyBo9T"
        "dLUfpNRHBZeWSMcCn8xM7O53D2h7674a07xVFt4LCU3GKiPo3bTE2tldc09hxVYXK6+7Bon/ZnVPYulqVfS6ZNHZsNtGV6vwdon3lneMm7Uy"
        "5bR0KcPxnGRRWijeb35+ibGWpf5lS1xx1tQtb7AOouOCoVxSr4vwzFXu01q82iZ6bOdU6iIC37AsvnYRmmcNUq9L8bRLeF10cys3yfmRp5kf"
        "On55SfLLTZJfbuhMydPMlDzNTEnM5DzNTM7TzOQs+c1GYddFyLqEcc7VcM5NkrOuzsm2bqI1cjWtUTx1Fva65q2pkO0Xs63Hwrd4ooxcTRm5"
        "rjK8mlHHpPY3grW0uK4Xbz9MmQtquITXRaezMrsvszV9mW23S9CbDFzdsVOT0sm5eOqMmjpDynUOa1MvZ++I6B76VLvuzo6hT8kLT2u49TX3"
        "W/EFfzcgXOP26sqJp+Z171CmTos/d219ldb6Okw5+X2YoO9QHii/K9kImkILaA3taL51gYOgJxwC/WEgDIbhMArGwgSYDCfAyTAX5sNZsBQu"
        "hhVwHayDjbAZ7oeH4Qn5Ddm3YQd8Cl/B9/AT/A7/AGIMs7EC7odVsRbWw8byK0UdsCv2xD54GB6Bw3E0Ho0TcQrOwFk4Dxfg2bgEL8BLcQVe"
        "jStxNa7DW3ADbrS/B3sfbsXH8Wl8AV/FN/EtfBvfxfflN2I+xy/wK/wGv8f/4c/4G/4uvwIb/wYsZ1msHMtjB7BarD5rylqx9qwL68EOZv3Y"
        "QDaEjWTj1Hdeza/FnMOWsUvYCraSrWHr2Sa2md3HHmbb2HNsO3uXfcK+Zt+zXewH9hP7lf3B/ma7GXLBs3gZXo5X4Hl8P16FV+M1eW1ejzfk"
        "TXhz+dXXDrwz78Z78N68D+/PB/BBfAgfxo/ko/lYPp5P4JP4FD6dz+Qn89l8Hj+dL+Rn8XP4Er6MX8gv4Zfx5XwFv4pfw1fy1Xwtv5HfzDfy"
        "2/id/G5+L3+Ab+WP8if4U/xZ/gJ/mW/nb/C3+Xv8Q76Df8R38q/4Lv4L/4uGRkyUld+E3V9UEdXkN2HriUaimWgl2olOopvoJfqKAWKwGCqG"
        "iyPlF17HifHiWDFRTBKTxVRxgjhRnCxOEXPFaWKhOFssERfIr71eK64X68UmsVncJx4UD4vHxDbxtHhOvCheEa+K7eI18bp4Q7wp3hJvi3fF"
        "h+IT8bn4WnwvfhS/iD/FbvmV11JGtpFjVDQqGZD0j6s9cD3ObBsNAunO776keozzzLGf4OOudVRPd765wdXqGE5hHrtUl0aEUiAJipXL0PJx"
        "tm1BdKNAenxHztlfwrHznAzdCKE7S4y/Wx3zyOvkXLJXjUJfdbe8yKQsVEojtLWTveoe1WKfTZn6VbcmWHJXeRGuOjnzFK/yYrrK7Le+4+uS"
        "P2/QVVbgVeay/8N7LQpXeQlf1d3fS/IqT+lq/I0BoxBXC9IH9BpCUdYf79sh4LmbW3hph+WUuO8LuY8XT5Pt0ATKedI7x5UzVzJXnX1U2Ks8"
        "tFzhuerW0+o45HLipT1fSrAozjb305PhnJzGmCwlmbJ070ZbOwYdHCtfMnRhv5OSehrhGIPcoUWkmsZZlpF0WYaWT1y/DePA1TtvHRxPuBgF"
        "5nWm0dWfBbRhON3PjTlqgqF5ne+zFSUN16Zhri8oJbgVRxoeMAb0dXbaLOEl+i2peBqRRDuIpNtBJCFjWJqg2rLQq+65zLT3oJJJ49wNcGvX"
        "XnmLlibVcks6vfOLtG65/HsXzX2aQAsfpaWP0spHaZ0EpU0SlLZJUNqFULh6AndvyVhc7VBcbVXU9sy0+b7f5hzyHHhVB17Dgfdy4P0deBl5"
        "r3fuv+X6KJV8lP18lMo+SnUfpaaPUstHqe2j1PVROvoonX2U3j7KwT5KHx+lr48yyUeZ7KNM9VGm+SjTfZQTPBT/rrhlDYXbicmnCbcZk08T"
        "bmuXfJo4pUcSuNWqYZT4XOvpm31+So7MG0aPt2SOo0QWQndr/jn2d8x16XkIH0ui8KtBZQXn5Z68HMoH4GU9uHvkZwfg3YsJt/o0nFL4vPFe"
        "7u6zx8PpCT7JXWW+1aBkroa1yd5KE2+lA/Y6pbD/MHbyjR9rNnXf6/TgEZ7qiE2st+757qckVl3n/4nOHTz/yu/fbfPvSTL7+QnzCQrLn2ep"
        "UO++1vMU8ScqzGcqLE+/NZVXz9rKp6cF9aUHTzc0VP47LR+elhdPy5On6cvT9OTZnLRf029nK+Wx0wltFbRT0F565TT9clqeOTsrv5wJL5ym"
        "B0bL++YhBH2U981+0uOw6W/T9Lhp+tuMe9wcbPuvND0pJfxnWn6LxiqvSuOlL8uEB0rTk6LpZXIKaTcWTJO+GC1wen80PTuavh1Nz46mP0en"
        "J8cFChYqOEPBmQqc/hctWKJgqYLzFCyD85X/urj/u8tdPgQtn8mmd8DVym+y5RfQ8gV4C8EGgo0KNimveaaXPtNPn+mpz/KsfDfBFukH717l"
        "bc70N2d6nDN9zple50y/c6bnOdP3nOl9zvQ/Z8E2BU964CkPmH7qLE91zyofdZaXupfsNx3yHT9rzlhYfsDPnEHxlN7vx6DmLRPnNXR9Ewo1"
        "T1oV5ZfgFpfFzz0hpVMO97VEW+jqraMz+3tHiXiclnijJFF2yf8wBbB6mXnA3ca61vCPCX8eZ4sw+7lBru0n/8j0SxM8TuP5nH363/nFewEh"
        "qA32nkz/nfYsuJ6WPuCGvV1n/bNroJ0n+/qP2/acf/Zy1fZ762cU691nz67ehVnf936d8/OZ482U+JtkTh8gRWuBYCnD22DPt02WDwz5NocV"
        "/Ffix/h1w0HJkrMkKxTQhaOLT5aLV5ZqmQRfQ8MHbT7+kkxqwq9oDtk4eWTTVCNbphZZMPXJRmkiPU+3IpujHdkXnciq6EYWRU+yJA4hC6I/"
        "2Q4DyV4w/YwOJxthFNkHY6WH+wlkDxxPdsA00vpnksY/izT9uaThL5Z+0M8nnfxi0scvJ138StLDryUdfDXp3zeQ7n0Tad0bSc++Xfq73kIa"
        "9f2kSW8l7fkx0pafJD34WdJ8X4SX4VV4Dd6At+AdeA8+gB3wMeyEz+AL+Aq+ge9gF/wPfoJf4Df4A3bTQGEosAyWtcH0Wmz6MLXA9CJs+hEu"
        "XqiH9V3QoESgkYIW0udxK2wtvRu3l56NLR+3pj9ft1de0yev6X13MFr+cYfjkTgSR0l/t2NxPB6Dx+IEnIjH4SQ8HifjFJyK03A6noAzcCae"
        "iCfhyXgKzsa5OA9PxdPwdJyPZ+LZuAgX47m4BJfiebgMz8cL8EK8CC/GS/BSvAwvx+V4Ba7AK/EqvBqvwWtxJV6Hq3A1Xo9rcC3egOvwRlyP"
        "N+HN6p2ATXgr3oa34x24Ge/Cu/FefByfxGfxBXwRX8JXcDt+iB/jTvwMv8Cv8Vv8Hn/AX/F3+VaA5UNWsBgrxcqwsiyHVWC5rBLbn1Vh1ZQ3"
        "2bqsAWvMmrLmrCVrzdqy9qwj68y6soNYD9aLHcz6sH7sUDaAHc4Gs6FsBBvJRrMxbBwbz45jk9lUdgKbyU5is9hsNpedyk5nC9gZ7Cy2iC1m"
        "S9h57Hx2IbuYXcouZ1ewK9nV7Fp2HVvN1rAb2I3sJnYL28huZbezO9ldbAu7l93PHmRb2SPsMfYEe4o9w55jL7Ht7E32HtvBPmY7mWnlO4O5"
        "U2DuCZh4tk219hHagDd1DXmsZcfL+FLsa0H3Rsu+XufiDDXhQGgv93eC+90MLeUOUTvVq83l+t1a5s7WtqHJ01zxnfniv9KaO665m9UYmsr9"
        "Jv8OQbDuaP1ywPRTWz7Ju281xxNPCW3PvCvF3x/M2mN3/lLqbO6jmd/oqG7v65l7dxbVOlZ1xcxfeTvE89SXu36NVKuVdqSwQlkfBelYXcla"
        "XrazN0WqgWupVm/kFJm7O1RVmAhMY9DRHEdmT8ZpWcVciz0fSnko1hjwn6v5KGbIkVaTaSuavW0oTVvQPLVwUy+rqHDzzb5chZvv9+Up3PQD"
        "X0nhpj/4/RRu+oXfX+Hm7K+scFOzq6L2sRrR+DpA4aamN1PtjpsrxrnqaUFT91ui5qCpAy5VdFMXvFrlPQh6wDUK7wUHk0bHJd4H+sFKhR8K"
        "A0jPs9IcDkfAKoUPgWGk/VlpRsBIuF7RR8MY0gktfByMh7UqzbEwkbRDqw7mjvMdqm7mvnM2WvU3d54bopXe3HlupHBzB7oxWjzNnegmCjd3"
        "pJui1T7mvnQzhZt7080Vbu5Qt1C4uVPdUuHzYSG0UvhZsAhaK9zcl26jcHNPui0KiS+DC6Cdwi+Gy6C9wpeTLtxB4aZOPEDVbRW1wkCFryP9"
        "+HCFbyAteZDC7yBd+QiF30Ma82CFP0R68xCFP07a81CFP0M69DDVJi+RLj1c1fMV2A4jFG7q1kepNO+Sjj1G4e+Ttj1W4TvgI5iA1nedPiH9"
        "eyJa31r6lDTx+J5dNrjP5TznGp5zJ8+5u+fcw3Pu5TnP8JytL2748Rx1NjznOH23CnVVvI7nXNdzNkMH2LfPu/dQiPet9X63u7+t98D15Wc7"
        "+jamwZ28YgHjwXnN1AZyHXheAJ6rwYUjjQhIL5LgLwLSB/F3pvG3J2jaE33tafFBexyKgPaW2hjZQDTaWVF0oxjLYrBP/v4PE3TV6g==",
    ),
}
