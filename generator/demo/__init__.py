"""Writes a complete fictional city: the demo's reference month, or records of any number over three years.

Everything in it is made up, says so in every name (示例), and follows from a seed alone. The words are
in the YAML files beside the modules; the Python makes columns of them.
"""

from generator.demo.city import write_demo

__all__ = ["write_demo"]
