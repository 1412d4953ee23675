"""A damped pendulum by small steps: the model of the engineer's walk."""

import numpy as np


def step(theta, omega, dt, g, l, drag):
    friction = drag * omega * np.sqrt(omega * omega)
    omega = omega + dt * (-g / l * np.sin(theta) - friction)
    return theta + dt * omega, omega


def swing(theta, omega, g, l, drag):
    for _ in range(100):
        theta, omega = step(theta, omega, 0.01, g, l, drag)
    height = l * (1 - np.cos(theta))
    return np.log(height - 0.001) * theta
