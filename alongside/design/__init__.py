"""What every page is made of: the layout, GOV.UK components as macros, forms that draw themselves, plain error pages.

Serves every strand of the strategy. No page of another app writes its own HTML for something that has a macro here.
"""
