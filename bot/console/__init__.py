"""Our own pages for people, without scripts, cookies or anything of third parties."""
