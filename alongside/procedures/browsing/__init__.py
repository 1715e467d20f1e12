"""Reading the rules: by words, by who must act, by act, one by one, two areas or two days beside each other, on paper."""
