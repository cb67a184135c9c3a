"""From a thought to an initiative: what is asked, which route fits, on paper for somebody else."""
