"""Functions that take and return functions, as in JAX: `grad`, `jacobian`, `hessian`, `jit`, `vmap`."""

from edgewise.api.transforms.derived import grad, hessian, jacobian, value_and_grad
from edgewise.api.transforms.jit import jit
from edgewise.api.transforms.vmap import vmap

__all__ = ["grad", "hessian", "jacobian", "jit", "value_and_grad", "vmap"]
