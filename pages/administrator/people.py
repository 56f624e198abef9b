"""People: who may see what, and since when."""

from ui.administration import people_parts

people_parts.finding()
people_parts.listed()
people_parts.change()
