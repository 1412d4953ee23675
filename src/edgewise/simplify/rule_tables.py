"""The rules as tables: python docs/make_pages.py writes what stands in this file, see `rulebook`."""

from fractions import Fraction
from typing import Final

from edgewise.ops.op import E as e
from edgewise.ops.op import Number

MARK: Final = 476139652
LITERALS: Final[tuple[Number, ...]] = (1, 0, -1, 2, Fraction(1, 2), e, 3)
TABLES: Final[dict[str, tuple[dict[str, tuple[int, ...]], str]]] = {
    "exact": (
        {
            "lines": (70, 107),
            "index": (101, 107),
            "list_start": (187,),
            "lists": (610,),
            "pattern_start": (155,),
            "pattern": (720, 5),
            "build_start": (155,),
            "build": (521, 3),
            "rule": (154,),
            "surplus": (154,),
            "guarded": (154,),
            "guard": (154,),
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
        "eNrtXQmUFMUZ/v9/ZliWS45dlnthl0tg7wORRRYQRGBVDkEUAQmnEA88UImiwYgKCsYD45GoKN7iHTTGZ9RnEh+JMXk848v1TMx7JnkxGkGf"
        "EjOprq7pqe6u7u0dZo+pVH+ve6r+rvqrvr+q/q6erp45lDykIb7SEmC2HNkSWrLqoiWrQVqyGqIlq2FasirRktUILVmN1JLVJi1ZPaAlqz1a"
        "snpQS1YPaclqr5asHtaS1SNasnpUS1aPacnqcS1ZPaElqye1ZPWUlqz2acnqaS1ZPaMlq2e1ZPWclqye15LVC1qyelErNsVsH6pdGxVDdy1Z"
        "lbY5qx1ajuH7NeS0XcuWuk9DTtu0bKl7NOS0VcuWulNDTlu0bKnbNOS0WcuW2qUhpyu0bKmdGnK6XMuWullDTpdp2VI3dZB6dMphGx5Other"
        "Re3CKj+H2+qLdmN1hpaszmwXVn0y1lnWAfrgkSS2C6ulOcVqOFR04Lbqn9NX/S+TcSdMEgpcsZagPOOc2cORZMwJ50no7IrlFg4n5VhPCYWu"
        "WEtQlXHO7OFIspcT7ithgCuWa/gyWeSEj5UwzhWLjrFQmWHObOJIcowTbhJYCXNguRNrHcxqRd3LJCZNsE5gNayFVU6sdbCmFXWfKzFZ1wE8"
        "skFU1EtodMWyj/GtqBtcseMkHO+KZR8TWll/GhMlTHHFomMSTIuUriFD/dGAMNkJnyBhqiuWy7BHV5ztnSCmhadIsH2YhBJXLDpKM8zXejBX"
        "gdxEL2MDAwMDA4McQG8tWXXTklUfLVkVmFGYMyg0NjBoV3Q3NsgZ9NWSVQ8tWRVpyaqfGYU5g/7aMerC117kZ5S3c4djImOA6a8GBgYGBgYG"
        "BgYGBgYdELVQDZVQDuNgDIyGkTBcC1Z1UANVUAFlMBaOhVEwQsu269qGZZ3YZpjehmXJDAcab5AzGGRsYGBgYGCQAzhGS1aDtWQ1xPTXnEGx"
        "lqyGmpbNGfQ0NjAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw4L8ljWD91l4COvFfXe4CXaEbdIdjoCf0gQIohCIYCINgCJTCcBgJo/kv45ZBBVRC"
        "NdRALdTxX6e0fsvxeP7bh5NgMkyBaXAizICZMAvmQBOcCnNhASyCs2AprIA1sB4ugEthM1wN18FNcCt8D+6DR2AfvAivwJtwAA7CH+BD+Cd8"
        "DJ/Ap/AZfA5fwddA2Bm7YXc8BntibyzE/jgMx2IdNuIcXIwrcSNuxmtxB96Od+CdeDf+AB/Ex/AZfAlfxwP4Hv4FP8FP8d/4GR7Cw/gFfoX/"
        "xSQixakz5VNX6kG9qQ8VUj8aRINpCBXTUBpGJTScRtFYGkflVEV1VE/H0USaTI00labTyTSLZtMcaqJT6FQ6jebSPJpPC+h0WkiL6AxaTGfS"
        "WbSEzqaltIyW0zm0gixL29bO5/ZO2bwHg2V369gLejP7d2K7HbPaIo/t6Vghy1/IUhVCX3EsYugH/RkGsBYbzNqsGIbyXxu02m4Ea71OfFXt"
        "SJZ7JIxi+qzVqKN4uA/bxzCMZfs4/jmOh8rEsZx/VogzFY60QsgrnTOV0rlK52yVE6qWUla70lZLqaul9DWuHLWePLWuXLWufHLMe6bOo7Xe"
        "p7feo7nepa3ep88aB/ZIsMbCeP6ro/axgUsmObETpNBkca6RjZopMJWNHGvsTOOrT+3jDE+5JylKnqmo/clK2awA6exA+RxleU0h6Zt8tm3y"
        "2bLJw6rJx7IJTmE4le+nieNc53OeFJrvCi/wxE73xRcqJIuUsjMCpIsD5WcyL7cEzmaebhnDcr6fI44r4BsMK/m+ShxXM3+4BtbyfZ04nss8"
        "5HrYwPdviuN5cD7zmhfCRrgILma4hO+XiuMmuIzhcr5fIY6b4VsMV/L9KnHcwnzu1XAN378tjlvhWvgO88Tb4Hq4AW6E7bCDeeWbYSfsglvg"
        "u8w/3wa3wx2wG+5knnoguwKM5v9BEGf+xLpidGNeqSfzQQXM/wxgfmco8zGjWftXsN5Sz3p3A+vjU1k/nimuBPOZtRYxOy1lFlnJ+G5gzDYy"
        "HpeyWm9hNbmJlXYvPARPwgvsevAGvA3vwvvwAfyNXQu+BMR87MV9/xiswYk4DWfjfFyEZ+EKXIcX4CZ2FdiCW3EbbsedeCvu5leCPfgwPo5P"
        "4fP4Mr6Gb7Hrwa/xt/hH/BD/zq4Kn+N/kNhVoAcV0ADm9UfSGKpknr6B+fiZzLMvYF58Oa2mDbSRLqOr6Fq6kXbRHXQPPUB76RF6jJ6gp+hp"
        "epaepxdpP71Mr9Cr9Bq9Tm/SW/QzepsO0C/pVwTSPzhYV95UKL15/7mCAmUYICOXHnVectJRs+li4l+RUJHKPovSWVTkCKpLcN6YpzQU3FR1"
        "SWkhyVqqGnjTWVvC0RCkubnS4ChqJbOT299rF4iYN9ymcceKCVfO9Fm5pSwknLOJ0LzW2Zg4S6LXJEQvQk8LgqK3JxTjICFq5eWmbqMSl8zb"
        "qiXN5rCtVqJo1Txuh7QV3Vriin6aPlsasQxVXUoV6UoVra8aUaUBYxUCpGoZOp5A1cPqA0ao7TXIyRsL0BzjZ1Va0nclMUW5caev1bssZNcT"
        "pX/HSemLOefjAfrSoyTGc0TR7NcHQl+KW+Y1DdaXWU1lvoms2c9bv8RR8k17ruhamq9VS/VFqQvyvIlWqIs9dtJ+N2iUkahDejTK+kjBTaWP"
        "FKNWpS9dPxK626d+GFo/ylr9WqaPIurDNq9fVPtlu7949bVe/ZofUW4LWZrT84LUTJPElYo8szSV5iBuXs0kPLRdRrBNO3qf7Eh9SHW3k/as"
        "oJj1qGbDFDiniXu0oHQHZP8fCUi8yJmrZKaFHC2xUC3kuwPKpC7hWtx1sXXWhdxryO1b54yUsoAe5k1XHjFdRcR0lRHTVbU4HbpmwN501RH1"
        "VUfUVxNRX01EfbUR9dVG1FenuCcpC7lTx2Z6RHlo3vBeUhGaN7znVIbmDe9NVaF5q7KSV9UKVQqvAi0uNzyvqtzq0DqHj4CoecPLVdU5arnh"
        "eVXl1oTWOXyERs0bXq6qzlHLDc+rKrc2tM7hHiRq3vByVXWOWm543iBv5v2uxfg149eMXzN+7f/Br0V7wmFk7SNLfe9tr8exn6125ytx+kJ/"
        "GATFUAIjYDSMY968Fo6DBmiEE/l/Lp8G82ABLITFsASW8efMK/k/I9vPks+Hi8Sz1e1wC+yGe+B+2AuPwz54DvbDj+EN+Dm8Awfhd/ABfAT/"
        "gsNwBBDzsBv2wiIcjKV4LJZhJdZgPU7ABpyMU3E6zsTZeArOxfm4EBfjElyGK3AVrsX1eB5eiBfjJrwCr8SrcStehzfgDtyJt+BtuBvvwnvx"
        "PtyDe/FRfAL34bP4Au7HH+Gr+BN8E3+Kb+Mv8B18F3+DB/E9fB9/j3/CP+Nf8SP8B36Mn+Ihvnbna2aqGHWifILIW0zYOyzsfhIXk0ZrkIQ8"
        "T2lVaeKhEoggsXMllHrc9Q+XJ5qVp578yfaJO995R5MnQuRyieT6Li7u+SZe5huDfElPiTIczZJRJVHKUj2Ps79DqZeYRZHbpcczShOXnqDG"
        "pNZvaRq5rETkshJKPal2D9MQE9+zps+6+4w6r5xGVX8KsGG43K+NpJpgaF75O9SjSRNTpiFnPuDWlo00sYA+oK6zPJbDS/R7mFSaeAQ7xCPb"
        "IR6BY1iaoNpS6Fn3WCalr26rNOTh4h6DZb7rRblPUuGTVPokVREk1REkNREktSGSmJjpthfHbNkhW7Y6Wnsam3d8m8fY/D8dHiCFB0vhKVJ4"
        "phTuwq9r8hyst09S4JMU+iRFPskgn2SIT1LskwzzSUp9kvE+yQSfZKpPMs0nme6TzHAk5NxpWfda1np8a/V8P756fiB/58FeQ59aRW+vo6/i"
        "q7btdc7WSmdrrXNqnXJ6NbC1Hti7IlheE3yOWAtsrf+1VgCvFut+bWyQVvqm1vpaa3ztVb7plb326l4bVwlsEZBX9tq4TmCbwPUCza/4vQvu"
        "ZneM98L3ISlttkVTn97nhPKzQv+Wyp/WhB54daVAzhPkdJygBbeAWd+wGSTN1uINzJZBP7TGU2remh4fIM12sUXawlaFBo2ClmjLZMvzIcHX"
        "6Nq7/0zqmDqfkCR53PfnhQJdYXTpyXPpynNWTSd8cnd+69i2WxctUZBTKOTv53UkpOY66ncFR/F3Pe33uFJveVX53vmcCJP4O2yN4t01+321"
        "k9gMNP0uWJQ3pZZLM6LV0ltQ/jefLvHMg1JvNaXmOzHpbdZ88W6lSpZe+3b0b9GSNBPpKBguviuzajdCfOcW52+A2nLr6cJ4Xvtksit0Z61p"
        "h633Syfw7xGSyT6s1x4vwkWst0wUaQayHtMgwsWs10wSaUpZSScI+SjWeyaL8FjWgxpFmgrWi0rFzLHE81nq+bT2eujYn9b2wyz46P3wUjvP"
        "IP4HLDfv5w==",
    ),
    "real": (
        {
            "lines": (119, 107),
            "index": (101, 107),
            "list_start": (437,),
            "lists": (1396,),
            "pattern_start": (327,),
            "pattern": (1624, 5),
            "build_start": (327,),
            "build": (1204, 3),
            "rule": (326,),
            "surplus": (326,),
            "guarded": (326,),
            "guard": (326,),
            "literal_num": (7,),
            "literal_den": (7,),
            "commutative": (101,),
            "signs": (100,),
            "pair_start": (429,),
            "pair_lists": (464,),
            "pairs": (60, 6),
            "steps": (227, 2),
            "same": (101,),
        },
        "eNrtPQeYFUXSVd09b4GFBXclZ5agEpddMiwCoiKCgCBBULKCCIiIIohnQBFBRTCAioIBFDAHzDkrZg/DneHOcB4n6onh/HX/7p5+8yb0zJu3"
        "uyzsOK++nqlO1VUdq/vNTO0u2R1B+DGS8L+IwLcOH8S/SvI7IJJS1Y2kVAdHUqq2kZRqVSSlujKSUt0USak2RFKqWyIp1a2RlIpgFKVqH0mp"
        "OkRSqo6RlKpTJKUqiKRUnSMpVWEkpSqKpFRdIilV10hK1S2SUnWPpFQ9IilVz0hK1SuSUvWOpFR9IilVcSSl6htJqQ6NpFT9IilV/0hKNTSS"
        "Uh0XSakuiqRU2yIp1V2RkmoFdysj10ZCqhsjKFWDSLbVxgqXqm4kZ6Z2EZSqTiRbqm0EpcqNZEu1iaBUOZFsqfwISlUtki3VNIJSJSLZUg0j"
        "KJURyZZqEEGpWCRbqn4EpaKRbKl6+4lUuZW4DvdY7/HMjZRUQ8CEaEk1HEyIllRjcd/0wJ37xbiqFYHZomYk58BroFmpaW7b51J9W/JbiTmw"
        "OjnC10ZEKqhgqT7Z61J9VY5S3Qx3VYq2mo5R7IGLIinVOZVUqm8jKFUh7IbO0NcWuqsC1qsvK6QH/scWugTXYzNYjHtTKvdvGu4NqZbYqF6O"
        "Qg9cVml35SmN6QqbDFdJqVZGQKprbDJs4njtSqzd/mxJdUekpBoDJkRLqnFgQrSkGo37pgd+EMlx9VGFSnU0DNOeW1TuHb5OqnFY2aUaCcdF"
        "cL3ySjVmL7XUWgfdm3BvSnWGureW19WVtLV+LWEOf7Sk6hchqY7kUg3i1yNhYCSkqrFf9sDqkRtX2RGcLapFZg6sup/P7FUq5XqVVelX4ZwI"
        "6hYLrLa6TEk1ACuvVEnd4jpPDxyMlbutiAXXQnObLzO4s9Q5ywvE2S2VWAF3BodRMBo2owF1pK9yws8lSWwrlyTPBgc6fJUL9pQksdO4a2zB"
        "VdDC5ssM7i11zvIC0QObWL58Dqdjvry3kdc1kF8p4deSVhY+R8G1OAdOhctwDlRO2FOSxK7mMixQcDsugDMtX+WDn0uS2BYuyeWRhCsiCess"
        "WA/XWfiNuA4ygXtg3T4GMQdeDzdwEL7NFmyF222+TGAL3F3KnOUHQqo7LN9rCr6AHfCZ5ds78PpepP2pTZLX4L8KfoA98L3l2zvw416k/Z1N"
        "kv8CjaHSwKEc+kF/GAEDYRYMl34BA7g73PKVDxxWzvTsgDAOxkqYw33HchgFI+V9jLwKOM7CyhNG7xWqJpwC4+F4CXO570gFQ+B0rgcerXzD"
        "rPAwcBTMD5VukMs/OKNSgkHsf2fCMXAEDOW+CRJOktfZyjcBZnA33fLpYVqaeD1MteFTYDK/TioVnRRMlNcT4GTuBJzIfeboMrjLAhaJmSLB"
        "3SE2aKfubR2h6aF9hun3PkRrRp/H9/dJvA13VSVWJQKSVXX5D4zX7xhiKDdoDQe5QlpWSLkHV7CcreK2jmEfQO1ISlUzklLViaRUdeNRWGmg"
        "XlwHMexTqBXXQaWB+pGU6oBIStUgklI1jEdhpYFGkZOoBnfVoHqp8mbvd5LYoXHcX2OIIYYYYoghhhhiiCGGGPZDKIbe0BO6Q1cogs7QCTpE"
        "Qqq+0Ad6QQ/oBl2gEAqgYyTbLqcCyzqjwmBBBZZll7BJPBtUGmga10EMMcQQQwyVAHIjKVWzSErVPO6vlQZaRFKq/LhlKw3kxXUQQwwxxBBD"
        "DDHEEEMMMcQQQwwxxBBDDDHEEEMMMcjv6SMQYGBAArKgClSFapAN1aEG5EBNqAUHQK78dnsdqAv1oQE0hMbQBJpDC8iHVnCw/JZdAXSGIugK"
        "3aAn9II+UCy/izkADoPD5dcPh8AwGA7HSktbo2EsjIeJMA1OgXlwNiyCc2AJ/AUugIthGSyHFfKLyatgNVwFV8M1sBaug+thPdwEN8MtcBts"
        "gs1wB2yBbXA33A8Pw5PwAuyAN+AteBd2wgfwEfwTvoDd8D38CCWASDGBuZiHtbEBNsKm2ApbY3vsiAXYA3tjH+yL/fEwHIhH4CA8GoficByF"
        "Y3E8TsAT8ESciJNwMk7BqTgdZ+AsnItn4Jm4EBfjebgUL8FLcQWuxMvwcrwCV+GVuBrX4NV4La7DG3A93oQb8RbchLfjHbgV78R78H7cjo/j"
        "U/gcvoI78B3ciZ/gP/Eb/A5/wj+QkWySS+qT5uQQUkB6kH7kKDKYDCFDyTByLBlNxpETyTQyg8wks8ipZA6ZRxaQJWQZuZLcQG4nD5KHyHby"
        "MHmMPE6eIs+QF8hL5DXyHvmUfEt+IiWkCq1Ks2kOzaV1aWPakrajXWhfehQ9jk6hU+k0Op2eRE+mM+mp9DQ6j86nZ9JFdDFdQs+jS+lFdBm9"
        "lF5Or6Cr6JV0NV1Dr6LX0HV0Pb2RbqC30M30drqF3knvpffRB+h2+hh9nD5Bn6RP0afpM/RZ+hx9nr5AX6Qv0ZfpK/RV+hp9ne6gb9A36Vv0"
        "bfoOfZe+Tz+gf6Of06/pbvozBYaMMsayWDarxeqwxqwV68C6sx6sJ+vFerM+rC/rzw5nR7BBbCgbyUax49gYNo4dzyazqewkNofNYwvYWew8"
        "tpQtZyvZlexadj27jW1im9kdbCvbxu5k97D72QPsIfYIe4I9y15mb7Kd7AP2EfuYfcI+Zf9gX7B/sX+z3ew79jsfHtQwjDyjrtHQaGTkG22N"
        "DkaB0cXoYfQ0ehl9jEONAcbRxjBjhDHKGGtMME4yZhmnGrONucZpxjzjdGO+IUaXOcKyPWOrthxd9eT4MsdYNneN5Ff5m0BTeW0mx1xC2hsQ"
        "PjH+srhL+VryFC05/ZZ8XDaX19Yc2sBBHMQ4zZLfm0zIb062k752HG8vQ9pDBx7SATpyX0foxKFAus7qWmjdi2xYFwfe1eXrBt059OBzgpgV"
        "hOutrmKGqMJdMfSV975yvjgU+qtZY6CcOQbCEXz2yFZfVM2W16P4/Sg+oxzNYQgcw2GYdMPVdYR1P9aGjXTgo1w+MSeNhjHSjVXXcXA8b4nj"
        "PSmP53OXLqwBdyL9BG3sBBkzHk6Q6U7wSSO+fdqQuyQHJ3KYKEMm2sImwiSXL5u7STDZFTpZhk+GKbxVp8i2ncJ7yRSYynvKVN7GU2VLT5Uh"
        "Im6aSjNNhU9X15PgZJgBM/lsPQtOhdm8X82WdObInHNUnjlW7jkybirMleXMtajNte5mvrmc7ml8BTgd5svnrM+Es2AhXw/yuUtwdxZ3gpJY"
        "IbK4W8idwAXNRZyDRXzVWALnyrVD3P8isfPU9XzrfoFaXcw0F9jCL1QxF1pxqZCljnQXWeEX2dJeZEttT3GxK+8yW9wyR/5lDgrLHDTcvks8"
        "VJc76C53UV7uor3cQ285XMphBazkcJnELlfXK2TIKst3pQ1breLW8PXZXKGvgWulW6uu61x8Xacp+XqNNDdow9b7hN7oG34TbICNXFsQ85vQ"
        "GcTsdgvHblUht0o9wgy9zcPrJi23mwJK2+SiscnTEps8bbFJfpf/dunuUNct1n2rDdvmwO90+e7y+O/WhNyjDbvXJ/Q+3/D74QF4EB6C7Vzv"
        "ehgeke5RdX0MHufwhHRPqutT8DSHZ6R7Vl2fg+c5vCDdi+r6ErwMr8Cr0nrADqnNCfemur4Fb3N4R7p31fU9eJ/DX6Xbqa4fwIccPpLuY3X9"
        "G/wdPoFP4TP4HP4hNcMv4Sv4Gv4F38C/YRf8B77luuJ3XFv8QX7lfw9fm3+S7md1/cW6/2rD/ufAf3P5/s/j/x3+4FDCle0/pFZqXol1pzaM"
        "OXDD5Ut4/FmakCpYFathNlbHGhxypKuprrXwAA65li/Phh3I9eQ63NXl13pY3xFTH1tCfZnTHd5AxjRQcQ2kc6doqNI0tFI1dIU3ssU0su5e"
        "Oo2wMTbhrim/NsPm2ELi+dLXkuv3QsMXro26HmTdD7Zhhzjwti5fO75HaI8d+D5BrNcdsROKFbwTvxcorIDHdVaxnbEQ/db0QpmmUOYq5OmK"
        "AlIWqbRFKnURdnHUSVeXrxuKFbI7ijWxh8J7Kl8vubvJhj4o9IE+KHSBPujWEUQK894Hi2XqYpW+WOUo1uQptnIV8/3ToRz64VC+ZzwHFsvv"
        "0zO+gleRX5TJ4Vpurtw91uO6TxO+brfms3AHriV25bpgf67hHQ1DeW2M5NrLOC77ZK5BzOB6xlyuFyzga/5iPpOez+fhS/nqs5qvL9fxGfdW"
        "PjPdw2ehx/ls8jKfId7ho/9vfHT/i4/k//JR9xsfDZSPgWzeb/J4T24oe0cb3qpi19eNSzqA7/WO4fu84/nu7iQ8FU/nO7pz1I5uJd/HXYVr"
        "+f5tA97Kd25bcBvft92HD/Cd26P4BD6LL+Gr+Dq+gW/j+/gBfoyf8h3cV3wPtwu/xe/xZ/wdDVKD1CaNSSvSnhSRXqQ/GUSGk7FkEt+7nUYW"
        "kvPIJWQVWUs2ki3kPvIoeZa8St4g75APyWfka7Kb79Z+Jwlak9ajzWkrejBtTwv4Xq0H7UP70YF0EB1Ch9NRdAw9ge/bZtK5dAHfp53Pd2iX"
        "8X3ZOnoTvY1u5Tux7XwH9hzfbb3Jd1cf0k/pl3QX/YH+Qv/gG6tqclfViLVgB/F9VRHfVR3Kd1NHs2FsBN9NmXup8ewENlHup6azk9lMNovN"
        "ZnP5vmq+3FmdzRazc/nu6lK2il3DbuQ7q7v4XupR9iR7mr3IXmdvs7/yvdQn7HO+j/qa76O+Zd+zn/lOihnZxgF8H9XIaG605vuoTnwX1cvo"
        "ZxxuDOa7p7HGRL53mm2cYZxjLDVWGKuNdcYGY7Nxl/Gg8bjxvPG68b7xifG18b3xm2EkqiRqJuokmiYOShQkeib6JPonjkgMTgxNDEuMSIxM"
        "HJcYkwCb1UBx0pHEUj+3MUTiG4Y+YcRBR5+XWOlI2nRhywguNxVGlZ1dtKWiEs+28ZVMV0OTroYmXWNNusaadN016bpr0hVr0hVr0vXVpOur"
        "SddPk66fJt0kTbpJmnRUtk4qHWr5Q3mqRlQekD6RTlivZA56OZpyDQc9sMozcxiOHKkeaebN0fCccOUAR2mpWNTk8OtX/nmphj/04SVJhdhG"
        "nI4DdzqzHpIU/CinKw3KwJW79sHFaTpeQDOX+Ncps2rR8LS5GWtvKZR9yN5f/PMasq+asUTNPIaj16VaEK16NzlNcZXw4UoXi6qP6+m55UgE"
        "SpkIpGcE8mek5S993Quek7WWsGoNA+sANXkNzThPX26qd5pzkq6u0FOTYcr1601ll9e+8hFPPQeXWxZ5deWG7c+Z99Oy95eytHnp2q0sda/j"
        "GdVslq6MVDp3PZPA8Usynl9IYLuRjOcXGkiPloqev7y0VPKG6c9Bkpcnf2HbLWx7+Gu5mY/B9OtWec7ZEHL87r05OxN5yz5nl07e4HLL3r7l"
        "00aZ1HNZ6krHs79mXjqNMZiev46Znr+ylOtHOQx/7nSGY//m3p34xab40+mY/muAkXYOMzRnEYaqK/cZgF2OLEtmw1F7xEbBeUJANe2RZUlA"
        "HVR0reVf91UD95fO/Ye5SlTV7MHSp3PWP9jquVqovR9AC0eYewfZIm0OU6IWGu5LV5NmbH7IMnS85GvS5Wt2mrqWyfdpt+BzJHcYuk4pnGV0"
        "9TkNMOc4YuWlPpSpjNVRIRYV6jMfmBpYV81pSnJcEIsKWlSIa+S55xdq9c4wlL30QNFLylZ6Tv3plY5T96gtn/pz82eUUd7UKUl4Kum5ypRe"
        "GF5SWkt582KOndT66zfKiLWeJUejnR7RyKajRzSjVkcvxR9RtPcNfxjIHyk3/jKjR0LSwwrnL2z9lXd/cdPbe/ylH1HOGhKUqU1nSp77mysV"
        "cZ0I6yj7yeamTNQMbZbhX6f7e5/cn/qQ7p+z1MwKGq1Hd/JOfHUa5qKSrMnk+pvkjzrao7RUiEWFBlIhnv1MaXgJpuLkhTj0Z/RtQXPsGFZ7"
        "M80JZOnyEnUu5eWFpR2XVK2hyf/pmO0Uy90eUI70gnlOtYJOcwtbmnvXUVZ6KZ5Nyl0C/suyj+kuVq2195lV3Ok6hEzXMWS6TiHTFWScDjVn"
        "PKl0nUPS6xySXmFIeoUh6RWFpFcUkl4XzT60fcA/wZimR3QIzBvcSzoG5g3uOZ0C8wb3poLAvAXlklfXCgWalQQyLjc4r67czoE8B4+AsHmD"
        "y9XxHLbc4Ly6cgsDeQ4eoWHzBper4zlsucF5deUWBfIcPIOEzRtcro7nsOUG5/Wbzdzna/G8Fs9r8bwWz2t/hnktEfJflDhs34Vlu/bJ4HqS"
        "V5/D1NGDniFAacEVbE+sevP6/R/vn1f3pDFV+3iqdpSG7WmZ8Hnt/2dSx3/RmchL1V6XqfP3hG3fXDZ6qf9vzX19olR1mjl/Yen580c0Tzjr"
        "nhAnVrnZrjMFTNOW+jIMx38k5imrrl8RxxOrwTmI5pkxHc9JKVNnMUE5UJMjfRnuZw2I6znfoHomvv8dE825WdBsgaHnjeoh81YPnJH8ehNV"
        "z8k4W8ubN1WT+hzow1Xpepg/B5n3Nd0cRkL2cb+8Zh24yyUZ1IF7rAbVeCZj2nwLQtdGqfc6qHrKzPu2RPDao8tR7FOG/6qRcP2jU7p+ij55"
        "/fspOuoPMmqj9KWl0hHfZ7xSp7/FPnVvrgsJzfspwa2QWonNMvzeckmdnhdr5kRSbryYeZ0cpP670z2po+Oq7Lxk8bth1Y2Oq+B6SbaWu48L"
        "roScpi5g2J70KksNJdvNSy/V17LUvzCpGDunTnn911AdFQykkjkvzDVWqWfVdWtL6NpvZcIL831Xq/zqhWn+i86cl/Kpl2BedGMrN+T4yNOM"
        "Dx29vJD0ckPSyw0cKXmakZKnGSmpkZynGcl5mpGcJb+2xSxemOQliHKuhnJuSMo6nsPWbqo2cjW1UT48M2tec3PKZP0lrN1P6Ws8VUaupoxc"
        "Rxluzahb2r14sJaW1PWS9YcZU0ENlWBedDorsdoyW9OW2Va9+D0TTdWKnZmUdsrlwzNqeIaMeQ6qUzdld48oDnzqWbeyYwZPsLv1Nef7tenf"
        "QA7WuN26cuqpat3bWJmHJZ/LNb8naH4Doob8CoTuW2dN5HfLWsPB0A46QmfoAt2hF+ewPxwOR8FQGAHHwTj5rcCZMAfmw0JYAkthBayGdbAB"
        "NsNd8CA8Ck/Bi7AD3oOP4TP4Ev4N38Ee+B+UAMOqmIN5WA8bYwtsg+2wIxZhDyzGAXgkDsEROBrH4yScjqfI7/qdjefihXgJXoar8Wpci+vx"
        "ZrwNN8sv992N9+L9+CA+gk/gk/g0Posv4Mv4Gr6Bb+Jb+A6+h+/jX3Gn/BrEl7gLf8Bf5Pf8qpIckkfqkUakGWlFDiGdSFfSm/QnR5KhZBQZ"
        "TyaTk8lsMp8sJEvIhWQ5uYJcTa4nG8kd5F7yiPyG38vkNfIGeZu8R3aSj8jfyWfkn+Qr8g3ZRXaTH8ge8gv5jfxBkDKaRavRGrQWzaN1aH3a"
        "iDalLWgrehA9hLannWgh7Up70N60L+1PB9Ij6WA6lA6nI+loOo5OoBPpFDpdfv1vFp1N59J59Ax6Fl0kv/53Ib2YLqcr6RV0Nb2arqXX0xvp"
        "Rnqz5ysT79Od9EP6Mf2Efk6/oF/TXfQ7+gP9kf5Ef6W/0d9pCRXf9DNYFqvKqrOa7ACWx+qw+qwxa85as7asE+vCerK+bCAbzIaz0Wwcm8Am"
        "silsOpvBZrE5bC47jc1jp7P57Ay2gJ3JFrJz5Pf9LmEr2Sq2hq1l69kGdgvbzLaor/tB6B9VZ656nFj7LNCGQymuSTo51pNZ1DH/6cPtT+RT"
        "NasFhxDXflKXhgWGQIgQM5ehpWOvz3ThRtrw5MmmvY2Y7cQzTLgREG4vMfl2ZcIlr51yxcYapY511jyLU5YqpRFY22Fjnb2a7bcpM491anAV"
        "F0vLEGunTDOMpeUUS6z3PpPzkjevXyxJG0sc+/bgVvszxNIKjtWt7xUZSzOKTT4JbpQiNp0+YJRxtnHqTvbYqrY9TWplZ/KELZkm27bW17Dh"
        "LXzwqq63ic0QO5/ecKeOpKccTqcKGxKmLN1boeZeuKttbggTzqyn8TNPw2z6L7Wts5mmsZdlhC7L0NJJaoBBFKh626er7dkDI21eexod/8Sn"
        "DoPDvdSIjRMMzGt/k6csaag2DXG8KZ+iVh5pqE8f0PNs1+qDS/TuNZJpWIh6YKHrgYWQMSiNH7ckMNY5lol2lq6YNPadslP/dMtbtjSZllvR"
        "6e1fbdTNRe09K2YHT0hHT0gnT0hBiJDOIUIKQ4QUBYRQ9QzivpKxvOqhvOqqrPUZ1/n+X+cU8mx4Axve2Ib3s+FH2vBqcn23n0rlekIO9ITU"
        "9oTU9YQ08oQ08YQ09YQ094Tke0K6eUJ6eEL6e0IGeEIGekIOd4XYT19NfT54LxM+TfC+Jnya4P1gxadJhvQNgZu1GhSS7PmHesaCNyRH5k0f"
        "TqGmrUQ7Xt2FO/tGtg9eXE64KXtwSOnzJmuj2LNzDA5P0QkXSzyjpmJig+pkX6VJ1lL9fR5S2n+Lunv6j7kzKt7n4f49PNMem5qXnOPdG5Ka"
        "nez/DdnPAL0zpPfk33viRKz/sMW/2KbVLtMyns5yl/l/dj1luUvY7WokrXIJy13CaldzZZ3LhFbKLpcd2igrXaalLmGry4S2HNpxaC/tcyXt"
        "cnV2QaGCIgVdpPUtYX+rG1+He1gWt/ry9XUgX1GPkHa1Bkk7WklLWkNgKAe7ZQphm8K0jZW0hzXeslJlWoIwrUtNhWkcpluWokyYKS1GmTBL"
        "WnsybT0Ja0/C3pOw+JSy+bQIFis4R8ESBecqSNneWargIgUXK1imwLRrtEJaKTItCQqbRWuUrSLTPpGwKGha7xGWgoStIGEnyIRbOQgrg0kL"
        "PcISTtIWjrCGI+zhCIs4wiaOsIoj7OIIyzjCNo6wjmPCQwq2u+BhFwjLOcJ2jgnCak7Sbk7yifES28/s9yZWovmJEZBM5f5GA2qe1LfHoeO7"
        "K6h5WqUsP7/vVto5tkuXlM+PQ104sb4ekvInw4jmG14V+8M0IFqPuMBZdxhg68HdcnYqdluf7pr29i4vv/q+Zs9XEv/+ZD+zx+7Ln99zPPHv"
        "z/Yr35WqdByIOZDYnpZPvt1i/8J5JtQykTJ4tS6/usnygCGfJDedNyZ5TcYbtpAsqVtnBQI6cHTQyXLQyrK++2x4wp35xTVloSyH6/F5XG8X"
        "Nq2bci29FdfDhY3IDlzPNi1ad4eeXHsulrZpTWvWR0mLZcO4liysWY/hmrGw2TaR68LCuunJXO+dBbO5vjuP67kLuH6btAG5guujwn7mGq6H"
        "Xst1UNOm9UZpg1JYtN7KNcu7uTZ5P9cet3O98DGuCT4Fz8Bz8AK8BK/Aa7AD3oS34V14H3bCh/Ax/B0+hS/ha/gGdsEP8KMFwuKgsIFmAqD4"
        "kXIG065gCnLKFWopqGNBXRc04dA0DTSzoDnmh4KWyn5gEoQ1QGEPsGzQVkJ77CYtjhdLEFbzBuMQHIrH4DAcgcfiSByF4/B4j93xaTgdT8KT"
        "cQbOxFNwFs7GOTgXT8N5OB8X4Jl4Fi7Es3ERLsZzcAmei3/B8/B8vAAvxKV4EV6My3A5XuqwUS7sk6/F6/B6aaP8RrwJN+BGvBlvwVvxNtyE"
        "m6W98i24FbfhnXgX3o334L14H96PD+CD+BBux4fxEXwMH8cn8Gl8Dl/EV3GHfBJaWHu2u45yHBVKvJoV2k7uZgvAnbqRvDax/FU9KfY3p7Ph"
        "vb/zHOTELFgk7Xb7t6NwHZSdb7OVRHuKFCJ3NW2dCJqNeMva81Xh87A4DTmIz7hd5FcgCdSQFiMbyLOXg6GtPH3JkjbDhT30ZuokRZyXJC2K"
        "17ewHAnNrNOWVjKdoFxFxeVwKklM2F9rKMvIkbbTgoHYcMFhjbQ5klCfO+oIYdwJmQ3pS4Sm5AdZFmbWgv3awOETfBtSUwEpkYmLlbCmwsX7"
        "GrUUXl2ujiYubHjmKlzY8sxTuLDpeaDCRfvWVngz3gJ1pP5TUtKaS1tX4WJtnaFO28R51lnqORnRuxaq523Eqnu2Cher76Uqby/ow9dQE+8L"
        "/WCl1PVLSgbAQL6ymvgRMAguV2kGwxC+3pr4MTAcVqk0x8Iovgqb4aNhLKxWuLC4ukalOREmwQbFgzjh2qh4E+dcexT/4rSrKprpxXlXNYWL"
        "865sNGkKe+nVFS7OwGqgWT/iLCxH4eJErKbCxalYLYWLs7EDFC5sn+cqXFiSzlO4OA87UOHiRKw2MolfDJdAHYULu911FS6sdtdTuNBC2ive"
        "ruO6SAeFb+AaSUeFb+J6SSeFb+PaSYHC7+M6SmeFP8w1lUKFP8n1lSKFP8+1li6qToRl566Kz9fhDeimcKHN9FZphAXnPgoXlpyLFS5sOB+G"
        "pjUQYcl5IJr2IoRF52zVm5P3Gq57Y9e9u+te7Lr3dd37ue6TXHfz7WkvnqPuhuueDP9DuXzlb+G657vuwnWF/fv+x15y2daMhZ72Nt/p05ef"
        "bWvbhAa300r49Ad7XJZ8ezSF5/nguRqc2dIwn/QsBH3mk96Pvj2Ntz5BU5/oqU+TDlr9kPnUt/gJTbGsu0yhae7b3fz/AzhybDM=",
    ),
    "domain": (
        {
            "lines": (128, 107),
            "index": (101, 107),
            "list_start": (507,),
            "lists": (1572,),
            "pattern_start": (343,),
            "pattern": (1679, 5),
            "build_start": (343,),
            "build": (1246, 3),
            "rule": (342,),
            "surplus": (342,),
            "guarded": (342,),
            "guard": (342,),
            "literal_num": (7,),
            "literal_den": (7,),
            "commutative": (101,),
            "signs": (100,),
            "pair_start": (429,),
            "pair_lists": (678,),
            "pairs": (61, 6),
            "steps": (229, 2),
            "same": (101,),
        },
        "eNrtPQeYFUXSVd09b4GFBXcVJOecM0jOKIIgoKAgAipBRUXAACgigughInIGBAN6HnKep6IY0FMx55zFHH/F0zMH9q/u6TdvQs/se7vLws69"
        "V1/3VKfqrk5T1W9m6tvCb2MIP8QSfosJ7PKEIPsrJ7+CWHJVM5ZctYklV+1iydX2WHL1QCy5aoFx5KplLLlqFUuuWseSqzax5KptLLk6KJZc"
        "HR9Lrk6IJVczYsnVzFhyNSuWXM2OJVcnxpKrk2LJ1cmx5GpOLLk6JZZcnRpLrk6LJVdzY8nV6bHkal4suZofS64WxJKrM2LJ1Zmx5OqsWHJ1"
        "diy5WhhLrlbEkqvVseTqmVhy9X0sufohVlzdQG5T7MZIcvVCDLmqE8uxui+WXL0cM662EdxD7t4yrvewWN5FjoshV6NiOVLTY8jVIbEcqSkx"
        "5GpoLEfq6BhyNTCWI3VkDLnqG8uRGhtDrvrEcqQOjyFXvWM5UmNiyFWvWI7U6H2Eq/3LcR/+6Lz1d0asuDocbIgXV0eADfHi6jLcOzOwEu4L"
        "6yo/BrvFfrHcA3dAI/hnMWnu3Otc7Sr8vdA0wfc8V/vhnuaqJpYeV6/AR+VirK7FOM7AR8opVw0wflx1g4bYFQYaubo/VnvgEzHZ2bu4Yuvh"
        "nufqQCwLruq7atmBH2MjeBjLcqw24p7gaoeL6qso5cDnyq1WnpKYXnPx8K7i6uUYcPWOi4evCa9RjqXbnx2udsWKq8lgQ7y4mgI2xIurS3Hv"
        "zMBcjOO6qlKmXI2B8WVyGlO2Gr6Jq7VY3rk6Co6O4f0qyNWaPTRSOz10P8U9ydVd6roKWqjQg+V0tH4tFJ5wvLgaEguuqu6TY5UXuxlYJYbr"
        "qnJsdovcfXwPrFQud/aK5f5+VS2Gd+H7nLG6UXO1CMsvV8m78AeBGbgMy/dYMQeehCZwmyucCbxfzHKlB/KUkyusMzmLYCJMgv+gBQeqUPmE"
        "nwuT2DfESYJgG0p/NbRUoYeUX/7g18IcdR1K7gAXVPeEyhf8WJjE5pOr78Cj0BjucIUzgU+KWa70QK6rBk6oKcHdKP1LoJUK/Vv55Q9+LWzm"
        "4HM1vIdz4XR4BedC+YQfC5PY28TDQg3f4UJY7ITKH/xcmMS+JU6uIbgfpX8dbFShR5Rf3mA9zcDryV8P1+qYOHB1DXG1wcFviiX8LZaw2YHH"
        "YQvcrvGHcDNkAh/A5r0M8n51ixO6k+AelP7dcJcKPaz88ge/Fm518KcdeAqegWc1/gk+DZnAh/D0XgY5Vs/B8wQy9KYD78Db8K4rnD68Bx8X"
        "q1xpguTqLSf0p4YauBsK8E/Yk1C4B2nnY4qTP6Ep2tAEm2FjbLpHofkepN0IU5w0RQ5ZKC8whGAoDIMj4RA4DY5QYQnDyY1wQqUDB5cyPTcg"
        "TIFjFMyj0ASCo2Ciuk5WvoSjHaw0YdIeoWrDKTAVjlUwn0KHahgNi0g3OZuww8mNd+LTgVGkw6STb6QvfFhGtUSDPC2bA+NgLIyh0DQFJ8IZ"
        "5J9O2okdPpncbI2Hwawi0s0w04XPgBPIP75YdFJwnPJPhZNguoIFFLJXl0UuB0QsdooEubYuaA+dyO8A7TyxRUPHDPPveYjXjn4WnOngrchV"
        "VFiFGHBW0Reu/j9xh26elVKyUCbQElr7YpqVSb1typjPFtmxzsJegBqx5Gq/WHJ1YCy5qpldheUGamX7IAt7FfKzfVBuoHYsuSqIJVd1YslV"
        "3ewqLDdQLzacVNKQRy4XqjjhTKBysUrtKZCcVHVBfU+oPEN23WUhC1nIQhaykIUsZCELWYgTDIIB0A/6QC/oCd2hK3SOBVeDYSD0h77QGw6C"
        "HtANusRy7KqVYV3nlBmcW4Z1uTlskN0Nyg00zPZBFrKQhSxkoRzA/rHkqlEsuWqcna/lBprEkqum2ZEtN3BAtg+ykIUsZCELWchCFrKQhSxk"
        "IQtZyEIWspCFLGQhC1nIgrK+gcBAgLTskAMV1ZuAlaEK5EFVqAb7QT4UwP7KKkINqAm1oA7UhXrQABpCE2gKzaAFtIG20Am6QFfoDj3hIOgN"
        "/aA/DIRB6uuYw+FgGAGjYDQcDuPhCJgAE+FomATHwFQ4HmbDqXAGnAtLYCksgxVwIVwEq2ANXAaXw1/hKrga1sMGuBaug+thk/ru9d9hC9wK"
        "/4R/we1wB2yFu2Ab3AcPwg54Cl6EN+EteAd2wkfwMXwKu+Bb+A5+hz+JyVzMw1pYB+tiI/XF2DbYHjtgd+yJvbEvDsVheDAeiqPwMByDY3E8"
        "TsCJeDROxmPxOJyJJ+JJOAdPxfl4Bp6N5+BSXIYr8CK8FNfilXgVXo3r8RrcgBvxOrweN+FNeDPeglvwVrwN78S78G68B+/D7fgA/hsfxkdw"
        "Bz6Kj+Hj+CQ+jc/iC/gSvopv4Nu4Ez/Gz/FL/Bq/xR/wF/wNf8c/8E/cjYU0TMgY48xiOawSq8zyWFW2Hytg1dmBrBarw+qy+qwha8Kas9as"
        "PevCurPebCAbykaw0ewINolNZ7PYKWwBW8wuYH9hl7P1bBPbwrayB9iD7CH2MNvBHmdPs+fYy+xN9i57j73PPmAfsU/Zl+w79juzeDVeh7fk"
        "rXhr3oa35x14Z96V9+S9eD8+nI/lU/ksPpcv5Iv4OXwJX8qX8Qv4cn4hv5iv5pfzq/n1fDO/g2/nT/BX+Af8Q/4R/5h/wj/ln/Ov+C7+Lf+O"
        "/8B/4b/y3/luzgQXlqggKosqIk9UFdXEfiJf7C9qiNqijqgnGoqmoploIVqL9qKD6CS6ip7iINFL9BZ9RF/RT/QXA8RAMUgMFkPEUDFMDBeH"
        "iBHiUDFSjBKHidFijDhcjBXjxQQxSUwVM8QcsUCcK5aIpeJ8sVxcJFaLdeIacaO4VWwT94h7xX3ifrFdPCgeFo+Jx8WT4jnxinhVvCbeEG+J"
        "t8W7Yqf4QHwsvhLfiG/F9+JH8Yv4QwirgpVrVbUKrBpWHaup1cpqZ3W2elh9rEHWSGusNc4abx1pTbSOtiZbx1rTreOsE6xZ1snWXOtM61xr"
        "hXWhdZF1sXWJtdq6zLrcutK62tpoXWvdYN1m3WE9ZD1qPW49bT1jvWy9bb1nfWB9Yn1hfWl9Ze2yvrN+s/6wCi1MJBKVEvsnaiRqJ+ok6ibq"
        "JxokGiYaJRonmiTkSpeugnrrtwK54Fo/UK322rTea6s1n6vWvbS/Ide+9BtBY9oDEuTskNwPUliO2h0qkGtMrjnV0VxjLQhaQiuC1rR35Kj9"
        "I0FOYu2Uk9/HTCi/A8V2gI4U6kh7TCforFwX7Xd1rt1cWHcP3sMXkjtUFXIHQS917UX7VW/oo1xf7cv9qwK5/jBAXQeo3WwgDNZ72jC1rw2j"
        "ne0Q6hfbjVDuUMLl919HERwGYwgOV26s9sc51/Eu7AgPfqQvJHfMieqLvNICqO1Pgsk0LpMDOSfTvlqHnCl+MkxRZaYYU6eocseGpB2r0qY6"
        "tU+l2TCVYJorZpqKmwbTPXHTqUdsd5xy3rTj6B7QgVyO8puQO4HmzQnq2pFcQvkzaN7MoNGaoXLN1Lln6tRZ2p9NYzWb5tdsZxRnU4nZavxm"
        "63FMhk5UroLymys/VeZEVepEp8SJcBKcDHPgFLpXnUYg7bMkyDUldzw5O2YetWoetWOeE25Cbj5RmU81zCea82EBUVpAtBbQPe9MOAvOhoXE"
        "2ULibCGlLlR1LSSai1RPLFK9sEjVsUhzvMjhPZm6mPzFqs8Wq9oXO72y2LmerJ5kXwLn0V32fLrPXgDL6V6bINeUnKxpBZVcQfHyDpxD7nRy"
        "kuKFlPNCFduE3MUEfyG3Sl1XKewS7a/WcZc6YRu71Ilf40pZo9NS18scbK0rbq2r9FpP+bWu/Je78HWe0us85df5KKzz0PCH/uqheoWP7hU+"
        "ylcEaF8RoHcFXEkgpRop10jsGu1vUDEbndC1Luw6nXY93ECwCW4kuEm5v2n/Zl9L/26oebOhfbcY47aExP4jNF7KY7eRRCb3bimXyZ37dsLu"
        "0DF3UOhOHXtnoK1bja3dGlHbVh+NrYGx2RoYHSkpnktuCbnzyS0jdzfJjtvgHuXu1f59zvV+F7bdgz/gCz0YCP/bEPOQMe7hkNhHQuN3wKPw"
        "GDwOT8CTBE8p97T2pSWOZ+E55Z7X/gskF78ILyn3svZfgVcJXlPude2/oaTnt0l+fhfeI9ip3Pva/wA+JPhIuY+1/wnJ2J/CZ8p9rv0v4EuC"
        "r5T7P+1/Dd8oWfw/JI1/D/+FH+BH+Al+hl/gV/iN5PO74Q+S0XdDIcnpiAw5CrSwKiSUy9F+Beda0YVV8uC5vlDlQLgK6QF5WBWrKX8/7ec7"
        "1wIXtr8HP8AXqh4I1zDEHIg1Se+orTSPulhPufrab4ANCRo5ocYuTNqCaKYsTzTDFtgSm0FLrEJuPjlZpqUnb0uU946WdG2lcrZSeVup3K10"
        "/la+Eq10mVYKb63LtdYlW+uyrZ3SrQPlWzsUWutwG4dKG4dOG4dSGxetNgZqbVz02mBbbEeuPfkd8HToiPOgkwp3VjFdsCtBN+W6a7+Hc+3p"
        "wg7y4L18od7Yh6Av9kMp4fTD/iglpP50HaCxAZQ2UKcOxEEqdhCGyUmDVM6o9ME6x2CUzqY2GId4+maoLzQM5V16OMp78sEaP0SHRpDeOhJt"
        "CWsk2r5fypLpI1GGRlLeUU7uUZi8BkuMUmVG6VJSMx5NMAZHQ2XIIz19pbJFIEiOqKC+A5RHOkQ+6Q/VSXeQ5wT1SBNoRlJ+O5LAu5Gk3Zek"
        "5hH6HEDakziG6Er55GSSmOaRRHQ2cbOE9ubltHevpl37CmWXbBPdC26jvfp+2vueoP3sFdqn3qH953PaU/5Le8jvtGtwWuG08mnV1aCVVp9m"
        "VHPqNzlTutIID6DeG0k6/UScgseTJn8a6fCL8Ty8AFfiKlyD60h/30Ba+024mfT120lbvxfvJ039YdLSH8NnSDd/Dd/C9/BD/AS/wP/DXfgd"
        "/kR6+W7SyBlp4xVJF69KengN0sKTOngr1oH1YP3ZcNK9J7Bj2Qw2h81ni9gypXlfw25k/yDNezt7lD3LXmM72WdsF/uJ7Sb1PsGr8P15bd6I"
        "dO0OpF8P5CP4OD6BT+RH8WP4NH4Cn83nkKa9gJ9NmvZS0rEv4qv4Wn4Vv5bfxLfw2/k2/gDfwZ/iL/DX+DukaX/Ov+H/Jc26kFuiImnTB5AW"
        "3VA0F21FZ9Kb+5GOPII04iPFZDFdzBKniPlioThPXCBWiJXiYrGKtOE1Yi1pxFeIq8R6sUFcK64Xm8RN4maxWWwhHfk2cbu4U9xNGvIjpBs/"
        "L14nffgzsYs04Z9IE95NmnBFK8/Kt6pbNUkTrm81Im24BWnDXaxe1kBruDWKtOEJpAVPs2ZYJyn9d7G11FppXWpdQTrvTdY/rK3WdmsH6bsv"
        "WW9a71ufWd9YP5COKxJVEtVJr22R6JToneiXGJoYmTgiMSUxM3FaYl7irMQ5iaWJCxIrEisTFydWJVYnwGVvVp56JbHUz29Gl4XGYUgc89Ax"
        "l2VOPlZkvnTriK4383xc2wpHVy6u8FxX+5P5qhjyVTHkq2vIV9eQr4chXw9Dvr6GfH0N+foZ8vUz5BtgyDfAkG+qId9UQz6uRjGVD43tQ3US"
        "y3QZUCGZT9pHFh56eYZ6LQ89cOqzS1ieEqmZa5fNM7Q54SsBntpSqWgoETavwstyQ/swpC1JKsy1Mk0t8Oez+yFJIYxyUbVBCVrl733wtbSo"
        "toBhzwnvU+H0ohUYczvVPVKo5pB7voSXtdRctVOZ3qEsz6xLjSA6/W63NNWqREirTKmo57iZnp+PRCSXiUh6VmT7rCLbV3TfyzYney3h9BpG"
        "9gEaylqGdV50vanZae9Jpr7CQE+mU2/YbCo5v+47JAv0c3S9JeHXVG+68znzeVry+VKSMS/euJWk701tRr2bFVVHKp+/n1nk+mUZ7y8sctxY"
        "xvsLj6THi0UvnF9eLH7Tmc9RnJdm+9Idt3THI1zKzXwNFn3fKs09G9Jcv3tuz86E35Lv2cXjN7reko9v6YxRJv1ckr4ytTlcMi+exBhNL1zG"
        "LLp9Jak3jHI67fPnszz6m187CUsNb19YCZMsGn6vsIrc60z9528fhshD/vFA1y7i/lm6rP+Mws1vjtPXlqdXmIuC92SCG+ZBGJVkHUyvh4Sn"
        "Df6yiciyVmRZKzCm5vGNamk69ITW/Yoq4ddmKxo0yIoGLbWiQZvNceYbN7RZhJwf+DmvGHlq4NUq7Xu/qS1F5/NKJO6+qpSWRg/QyBPn78lG"
        "RZawOWpUaj1ppzZOsw5TWxob8jU2nB+YRqZxyLhFnw7649B39uSto1voPiR3Q+aU5SGUuUo1UWEOFR6yy9tydTfDGVly12EOFXSoMN++5r9r"
        "cGd2pkM5SA80vSRvxW9pOL3itdS/akun//zts0rIb+rsK30qRbcqU3rptCUli5Z2W+y1k7rbh60y5sgcydXopscMvJnoMcOqNdFLtY9p2nun"
        "fRjZPlZq7cuMHkuTHpZ5+9Ltv9KeL356e659Ra8obw9JytwlkSb/zbHvVMx3zm+iHMabnzLTO7RdR3if7utzcl+aQ6b/TVM7KxikHtP/KSxU"
        "pjHpTMx1/022j3vGo7hUmEOFR1JhAS21OG2JpuJtC/PIzxg6gvbasZzxFoZz5eKVZfq0MdgWUeS65Poemvz3VbjOJv3jAaVIL7rNqVEwSW7p"
        "1ubXOkpKL9Vmm3LXiH8o/TKSd67ZZe2ebBuy0/jztUszX/s083VIM1/HjPOh4TQvla9TmvQ6pUmvc5r0OqdJr0ua9LqkSa+rQTdtG/GfPxYx"
        "I9pFlo2eJe0jy0bPnA6RZaNnU8fIsh1LpaxpFDqGnOtlVm90WVO9nSLbHL0C0i0bXa+pzenWG13WVG/nyDZHr9B0y0bXa2pzuvVGlzXV2yWy"
        "zdE7SLplo+s1tTndeqPLhu1m/jO37L6W3dey+1p2X/tf2NcSaf6zko3be3G5hrg8nz7t1fdzQ6jYcnvUEySyrPv8ylQ27GmM8LKm58y51ve5"
        "1jwt17NS6Zd1/6vMPf+QZ8Iv1zqx0Of0CZd+XTJ6qX/Rbf0/Uaw+zbx96dILbx8zPN9uej+AOfXm+s4esIixNNdhef5LsU9jTfOKeZ5Xji7B"
        "DE8Mmtqc5DJ1ZhNVAg0liq7D/6QJ8z3lHdXPLPQ/ZmY4Xwvre9MbMuH7RuU0y1aO3JHCZhPXT3d4RytYNtWT5hIY0qrizbDwFmQ+10x7GEtz"
        "joeVtfvAXy/LoA/8azWqxzNZ0/Y7MKYxSr3Vw/UzO8F3ZaLvPaYSfUPqCL9rJHz//BRvnmJI2fB5ip7+g4zGqOjaUvlY6BN+qVPiviF9b98X"
        "Eoa3k6JHIXUntusIe8cpdcre17AnslJri13W24LUf3ymJ3pMrSp5W3Loajl9Y2pVdL8kR8s/x2WrJJ+2LGC5nrcrSQ8lxy1ILzXXcvS/NakU"
        "d0u9/IbfQ01UMJJK5m0RvrXKA3ddv7SEPh0sk7aI0Df1Sq9fhOE/68zbUjr9Et0W09rKT3N9FBjWh4leQZr08tOklx+5UgoMK6XAsFJSK7nA"
        "sJILDCs5R32fTzhtEaotUZTzDZTz06RsanO6vZvqjXxDb5ROm4Wzr/lbKlT/JRztp/g9nqoj31BHvqcOv2TUPS39PFxKS8p6yf7DjKmggUp0"
        "W0wyK3PGMtcwlrlOv4Q9Ec/1HTszLt2US6fNaGgzZNzmqD71U/bPiL6RT0eb7uwY+bS18PWGV17zvl1d9Pvn0RK3X1ZOPX1tehcv87jk87v2"
        "F0jtL4lUUd8SCfseYQP1fcEW0BraQUfoQuvtIOgD/WEwDIdDYTSMgwkwCabBDDgJToMFsBCWwAq4BNbBNbAJboHb4R54AB5R3wt9A3bCx/AF"
        "fAPfw8/wByAmMBer4QFYC+ur79K0w47YDXthfxyCh+BhOA4n4jE4HWfiyTgXz8BFeB4ux4vxUlyHV+J63Iib8O+4GW9xvv25Dbfjw/g4PoMv"
        "4mv4Or6Bb+E76nsin+Jn+AV+hd/gf/C/+BP+rL74mfzeJ2c5rAorYDVZfdaUtWYdWFd2EOvHBrFh7FA2hh3JJutvesovi5zPVrLVbB1bz65j"
        "N7Et7Ha2jT3AdrCn2EvsLfYh+5J9w3axb9n37Ef2C/ud7WbIBc/hlXgVXo0X8AP4gbw2r8cb8ia8OW/F26ovfHbjPXlv3o8P5EP4cD6Cj+Jj"
        "+Fh+BJ/IJ/EpfBo/ns/kJ/I5/DQ+j5/Bz+aL+RJ+Pl/OV/K/8NV8DV/L1/Er+FV8Pd/Ir+c38pv5LfxW/i9+J7+b38u383/zR/hj/En+DH+W"
        "P8df5K/zd/lH/Au+i//Af6NJwYQQCVFRVBZVRb6oLmqp7382EI1FU9FctBStRVvRXnQUnUU30VP0En1EfzFIDBMjxGgxXhwlpojjXN80WSZW"
        "iIvEKnGpWCv+Kq4SV4v14hqxQWwU14rr1FdNbhZbxG3iTrFN3C8eFDvEk+IZ8bx4Wbwm3hTviJ0C0v5xfU5rxpmjh0FovPsbIZn6SZp5ztNe"
        "3LNXmuPdT/lzvQNGxzCf7mnKIyJjII0Yu5RlpOPu26LirSLjk6eg7vESrtPRdOKtiHh3jcn3cBM+ft2UyzbVKnaqt+dFNmexclqRvZ1uqndW"
        "i302Z+apXmmv7FJ5CVLdlHmGqbyUUpnzhnByXwqWDUtlRaYyj44fPWr/C6m8jFNN9/eyTOUZpSafLreKkVqUPGCWEEqy//jfJADf3dzGK7q0"
        "o9R9X6izumSeXJckUMWX3z2v3KXSSXWPUXFTeWS9wpfqldMaufhy4xV9b9XbMe4+D8anQzk9iTHdmHTqMr1Ha58KdHPtfOnEC+f9hczzCNcc"
        "5C4pItM87rqstOuyjHSS8m0UBa7fj+rmegrDKrKsO4+p/SykD6Pjg9SYqyUYWdb97lNJ8nBjHub52k6KWmnk4SFzwNxmt84SXWNQk0rmEWn0"
        "g0i7H0QaPEblCWsti0z1rmVmvAeVTR73aYBXuvbzW7I8mdZb1vndXy/18hU8u2gbkATaBWLaB2I6BGI6phHTKY2YzmnEdImI4fppzb3FY2n1"
        "Q2n1VUn7M9vn+36fcyhw4bVceF0XPsCFD3fhldS93n3+lh+I2T8Qc0AgpkYgpk4gpl4gpn4gpmEgpnEgpnsgpmcgZmAgZlAgZkggZqgvJnhS"
        "bWso0bpb+nmi9bj080Trv2WfJxnTLw3c7tWomOT87x9YEcGYPFW26HgOVV01uvHKPtw7Q3JD8L6lhNu8R8cUv2yyN/oGdMno+BSd9FJZYNWU"
        "TWpUn+ytPMleqrnXY4r771iPwPyxdaW+ez0+fIZnOmNT+5J3vQdjUruT+78w9+lTcIcMnhQFz9OY8/++/IfftjtYIdLSqP1/f/Iff/mfv211"
        "tJ62PthQ2x60oamyNOiF5trOoG1r0LY2aFsclDYHpcXBtiS5SfuCHbRlQTd01tBFQ1dlPVDaD7QtCPbU9gNT1gKlpTjbSuBggiHaSuAwZf1U"
        "2gWUlgGlXcCkZcDRjp09aSEmZefPtsEySVuLmaJs7qUs5UmLb9Ia3kyYpWG2shlng9tKnbRAJ23QSQt00u6c2+LcIg2LNZyj4VwNbjtxNizX"
        "sELDhRpWwkXazlbSTtdlHltntv1WacVso7bhalsws22Y2XbMbPtlN8PfCTYT3OJY+ZJWxaRdMWlZTFoVk/Ze74A7CbYqa17SfpcN2zTc44N7"
        "fSBtaUlrWjZIm1pJq1rJp+0LXT97XdhYYchPrpJkTv+3MNDwpoM7DT3ft0HD0z4l+aWoJXkJUk9x6ebDm5bqC1O7TfHM+XZLKpyMS73VkKq7"
        "7H9YBNgjy3zg7VeMsKLiH1U3FbflZX9/B2dfsMXhczFZzj1u5eeX7HWEsD7Yezzt2/1ZdNu8vbq3ehCMzz+a1sK+/uOO7htcofYbptZea5tV"
        "qneR0t95079v7c02FhYy15sMyTeP3LYHSsZxOJfRkkDp9U1OACz1lL/tgilJP5luuWJy1IzPiQT04Oihk+OhleN8kd0KxHvLSz9lgzCPdIgC"
        "0hlqk65QnzSEpqQDtFIWaDuQTN+F5PceJLX3Jom9v7LlLW14H0JS+Shlk3AcyeATSP6epCxdTyN5+wSSs2eTVD2HJOq5JEkvIAl6mbKHfBHJ"
        "vJeQvHsZybp/JTn3apJxN5J8ewNJtH8jOfYWkl//qezebiXp9B6SO7eTpPkQPAKPwuPwJDwNz8Lz8CK8DK/C6/AmvA3vwk74AD6DL+Ar+Bq+"
        "hx8ckPZRpY1DG6R9VGkhtXRBWkV1Q16pQjUN1R17qLY11KQF1EbKyqW09tkeO2BH7ISdlXVPr5VOaaFT2uIciINxGA7Hg/EQbfnStkw5Bg/H"
        "sTgOx+MReCROwIl4NE7CY3AKHotTcRpOxxk4C2fjSXgyzsFT8FQ8Defi6TgP5+MCPAPPxLPwbFyIi3AxnoPn4hI8D5fi+bgML8DluAIvxJV4"
        "EV6Mq/ASXI2X4Qa8Dm/Em9Wz3lvwVrwXt+OD+BA+go/hE/iUshv5Cr6Ob+Lb+C7uxA/wI/xEP+/9Ne7C/+D3+AP+jL/i7/gnFqK0JJnDKrJc"
        "VoVVZfuxAnYAq8FqstrapmRj1pQ1Zy1ZG9aOdWSdWVfWnfVkvVh/NogNYcPZIexQNoqNZoezcewINoEdxSaxY9ixbBo7jp3AZrLZ7CQ2h53K"
        "5rJ5bAE7k53NFrFz2BK2lC1jy9lKdjFbxdawdewqtpHdwG5kf2NSy3U7qSlLnVjiuU6srUd3An/uusqv74QrBXLsa870xsG+3uYoVw8aQFd1"
        "XhE+jtK1VyceXfQotVX7ZUdVOtfYJ5Km3GHd5ZK/ioY7ljydaQmt1flJUBsOl6/sXx5I+5JV07yr1XY9fZKSiORdIPm+Vk6J75wV9FWe/8hv"
        "H9RxzqPkmZMda/u1PCH5q+q4ZJmm6rSqhe6diq4ctqsciEHy62ieqqr+9OfI1HFjrN3reSWm7nW1NCZC81jky/kiRywZl1PKrcjcVfDF2GMa"
        "vNYOxEiXpzQCqQfJ0bO0hClofdm4lF/207h8Aypf4/I9qAKNS9vK+2tc2lg+QOPS1nJ1jctVW0PjUgI6UJ+1tKD5UlPjUiKao09p5Uq/QD9x"
        "JWWk5XrtSFlphY6XMtOVumwf6AdXaXwADCLJhyt8CAyD9Ro/GEaQPGTnGQmHwQaNj4GxJCXZecbDkXCtjp8IR5PsZOPSGvb1Os9UmE5SlN0G"
        "efJ5m26bPP+00G6/PAGtiXZ+eQJaS+PyJLQ22jTliWgdjcuT0bpo9488H62ncXlGWl/j8qS0gcbliWlDjS+ExdBI40tgKTTWuDwfbaJxeTba"
        "FIXCV8LF0Ezjl8AaaK7xtSQzttC4lB376LZtoF7oq/FNJEf20/hmkib7a/w2kikHaPwukiwHavx+ki8HafxhkjIHa/wJkjWH6D55jmTOobqd"
        "L8BLMEzjUgY9VOd5i2TRkRp/h6TSURrfCe/DOLTtK30IH8F4tG21fAyfQPLMKRe81yq+a13ftYfv2td37ee7DvBdp/qu9pcJgnievlq+azJ+"
        "t3aNdbiR79rYd5WuG+zb1917yCXH1n4P1jve9vuy5vpzXWObMOBuWomQ+eBOk3fxfBdeEILnG3DhyiNC8os06IuQ/GH03XmC/QmG/sRAf9p0"
        "0JmHIqS/5e9H/AkBfi7RkcEvpJ/s3dOY/wcfLGNS",
    ),
}
