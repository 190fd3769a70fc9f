#!/bin/sh
# MyST runs this for the directive {chapter-bibliography}.
if ! command -v dl4es-bib-myst >/dev/null; then
  echo "dl4es-bib is not installed. Install it: pip install dl4es-bib" >&2
  exit 127
fi
exec dl4es-bib-myst "$@"
