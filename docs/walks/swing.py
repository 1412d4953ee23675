"""A damped pendulum by small steps: the model of the engineer's walk."""

import numpy as np


def step(theta, omega, dt, g, length, drag):
    """The angle and the speed after a time dt."""
    friction = drag * omega * np.sqrt(omega * omega)
    omega = omega + dt * (-g / length * np.sin(theta) - friction)
    return theta + dt * omega, omega


def swing(theta, omega, g, length, drag):
    """A hundred steps, and a penalty for a swing that stays low."""
    for _ in range(100):
        theta, omega = step(theta, omega, 0.01, g, length, drag)
    height = length * (1 - np.cos(theta))
    return np.log(height - 0.001) * theta
