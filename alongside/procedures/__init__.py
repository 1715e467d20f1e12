"""The procedures in force: packs per area and day, local choices adopted, the partnership's own copies of the documents, the browser of rules."""
