"""Rule pack and reports to results: verdicts with what they rest on."""
